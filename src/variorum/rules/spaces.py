"""White space and what is invisible: one kind of space, one kind of line end.

Between words one space; at a line end one newline; between paragraphs two; a
page break stays a page break, and white space around it goes::

    extremely U+00A0 U+0020 happy TAB CR LF CR LF CR LF Our   →   extremely happy LF LF Our

Line breaks inside a paragraph are kept: whether a newline ends a paragraph is
for the room of turns to say, which looks at the lines.  Signs that nobody
sees and that part nothing (byte order mark, word joiner, marks of writing
direction) are cut.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from variorum.rules import Context, replaced
from variorum.text import Edit

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "spaces"
VERSION = "1"
IDEMPOTENT = True
OPTIONS: Mapping[str, object] = {}

_BLANK = r"[\p{Zs}\t\v\x1f]"
_BREAK = r"(?:\r\n|[\r\n\x85\u2028\u2029\x1c\x1d\x1e])"
_FOUND = regex.compile(
    rf"(?P<page>(?:{_BLANK}|{_BREAK})*+\f(?:{_BLANK}|{_BREAK}|\f)*)"
    rf"|(?P<lines>{_BLANK}*+{_BREAK}(?:{_BLANK}|{_BREAK})*)"
    rf"|(?P<words>{_BLANK}+)"
    r"|(?P<unseen>[\ufeff\u2060\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+)"
)
_ONE = regex.compile(_BREAK)


def edits(text: str, _context: Context) -> list[Edit]:
    """What is not yet plain white space, made plain."""
    return [
        edit
        for edit in replaced(_FOUND, _plain, text)
        if len(edit.span) != len(edit.replacement) or edit.span.of(text) != edit.replacement
    ]


def _plain(match: regex.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "lines":
        breaks = _ONE.findall(match.group())
        return "\n\n" if len(breaks) > 1 or "\u2029" in breaks else "\n"
    return {"page": "\f" * match.group().count("\f"), "words": " "}.get(str(kind), "")
