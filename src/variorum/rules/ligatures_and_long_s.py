"""Typographic ligatures and the long s, as the letters they are.

Shapes of the fount, not of the spelling::

    Wiſſenſchaft   →   Wissenschaft          e U+FB03 cient   →   efficient

Ligatures that are letters of an orthography (æ, œ, ß) stay.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from variorum.rules import Context, replaced
from variorum.text import Edit

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "ligatures-and-long-s"
VERSION = "1"
IDEMPOTENT = True
OPTIONS: Mapping[str, object] = {}

_LETTERS = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\u0132": "IJ",
    "\u0133": "ij",
    "\u017f": "s",
    "\u1e9b": "\u1e61",
    "\ua75b": "r",
}
_FOUND = regex.compile(f"[{''.join(_LETTERS)}]")


def edits(text: str, _context: Context) -> list[Edit]:
    """Each shape by its letters."""
    return replaced(_FOUND, lambda match: _LETTERS[match.group()], text)
