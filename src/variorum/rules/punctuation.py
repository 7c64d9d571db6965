"""Marks that are typed in more than one way, as compared.

An ellipsis of one character, of three points and of spaced points is one mark,
and a full-width mark is the mark::

    well… well . . . well   →   well... well... well        U+FF1A   →   :

No mark is dropped: whether a comma stands is a reading.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from variorum.rules import Context, replaced
from variorum.text import Edit

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "punctuation"
VERSION = "1"
IDEMPOTENT = True
OPTIONS: Mapping[str, object] = {}

_FULL = {chr(code + 0xFEE0): chr(code) for code in b"!\"%'(),./:;<=>?[]"}
_FOUND = regex.compile(rf"(?P<dots>\u2026|(?<!\.)\.(?: \.){{2,3}}(?! ?\.))|[{''.join(_FULL)}]")


def edits(text: str, _context: Context) -> list[Edit]:
    """Each mark in its plain form."""
    return replaced(_FOUND, lambda m: "..." if m["dots"] else _FULL[m.group()], text)
