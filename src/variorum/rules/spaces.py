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

from collections.abc import Iterator, Mapping

import regex

from variorum.rules import Context
from variorum.text import Edit, Span

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
_PLAIN = frozenset((" ", "\n", "\n\n", "\f"))
_ANY, _PAGE, _NONE = regex.compile("."), regex.compile("\f"), regex.compile(r"(?!)")
_ONE = regex.compile(_BREAK)


def edits(text: str, _context: Context) -> list[Edit]:
    """What is not yet plain white space, made plain."""
    found = (match for match in _FOUND.finditer(text) if match.group() not in _PLAIN)
    return [edit for match in found for edit in _plain(match)]


def _plain(match: regex.Match[str]) -> Iterator[Edit]:
    """The edits that leave one space, or the first breaks, of a stretch of white space."""
    wanted = {"page": "\f", "lines": "\n", "words": " ", "unseen": ""}[str(match.lastgroup)]
    pattern = {"\f": _PAGE, "\n": _ONE, " ": _ANY}.get(wanted, _NONE)
    at = match.start()
    left = 1 if wanted == " " else 2 if wanted == "\n" else len(match.group())
    for one in pattern.finditer(match.string, match.start(), match.end()):
        if left <= 0:
            break
        left -= 2 if one.group() == "\u2029" else 1
        yield Edit(Span(at, one.start()), "")
        yield Edit(Span(*one.span()), "\n\n" if one.group() == "\u2029" else wanted)
        at = one.end()
    yield Edit(Span(at, match.end()), "")
