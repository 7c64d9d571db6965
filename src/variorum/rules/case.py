"""Letters without regard to case, as compared.

In no built-in recipe: a capital can tell a name from a word and a new sentence
from an old one, and alignment compares without case anyway.  For editions in
whose witnesses capitals mean nothing (headings in capitals, telegrams)::

    COMRADE Enver HOXHA   →   comrade enver hoxha

A word is lowered as a whole, since a Greek sigma at its end is another letter.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from variorum.rules import Context, replaced
from variorum.text import Edit

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "case"
VERSION = "1"
IDEMPOTENT = True
OPTIONS: Mapping[str, object] = {}

_WORD = regex.compile(r"[\p{L}\p{M}]+")


def edits(text: str, _context: Context) -> list[Edit]:
    """Each word in small letters."""
    return [
        edit for edit in replaced(_WORD, _lowered, text) if edit.span.of(text) != edit.replacement
    ]


def _lowered(match: regex.Match[str]) -> str:
    return match.group().lower()
