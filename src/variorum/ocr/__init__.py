"""How good a copy is: measured against a truth, estimated without one, bettered by voting."""

from __future__ import annotations
