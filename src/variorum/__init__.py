"""Text comparison and translation alignment for scholarly editors."""

__version__ = "0.1.0"
