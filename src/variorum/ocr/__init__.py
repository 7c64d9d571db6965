"""How good a copy is: measured against a truth, estimated without one, and made better by voting."""

from __future__ import annotations
