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

_UNSEEN = r"\ufeff\u2060\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_SPACE = r"[\p{Zs}\t\v\x1f]"
_BLANK = rf"[\p{{Zs}}\t\v\x1f{_UNSEEN}]"
_BREAK = r"(?:\r\n|[\r\n\x85\u2028\u2029\x1c\x1d\x1e])"
_FOUND = regex.compile(
    rf"(?P<page>(?:{_BLANK}|{_BREAK})*+\f(?:{_BLANK}|{_BREAK}|\f)*)"
    rf"|(?P<lines>{_BLANK}*+{_BREAK}(?:{_BLANK}|{_BREAK})*)"
    rf"|(?P<words>[{_UNSEEN}]*+{_SPACE}{_BLANK}*)"
    rf"|(?P<unseen>[{_UNSEEN}]+)"
)
_KEEPS = {
    "page": ("\f", regex.compile("\f")),
    "lines": ("\n", regex.compile(_BREAK)),
    "words": (" ", regex.compile(_SPACE)),
}
_PLAIN = frozenset((" ", "\n", "\n\n", "\f"))


def edits(text: str, _context: Context) -> list[Edit]:
    """What is not yet plain white space, made plain."""
    found = (match for match in _FOUND.finditer(text) if match.group() not in _PLAIN)
    return [edit for match in found for edit in _plain(match)]


def _plain(match: regex.Match[str]) -> Iterator[Edit]:
    """The edits that leave of a stretch one space, one or two breaks, or its page breaks.

    What goes is cut bit by bit around what stays, so that a stretch which
    another rule has cut from its middle keeps that rule's name.
    """
    at, end = match.span()
    if match.lastgroup in _KEEPS:
        plain, pattern = _KEEPS[match.lastgroup]
        left = {" ": 1, "\n": 2}.get(plain, end - at)
        for one in pattern.finditer(match.string, at, end):
            if left <= 0:
                break
            times = min(left, 2 if one.group() == "\u2029" else 1)  # a paragraph separator
            left -= times
            yield Edit(Span(at, one.start()), "")
            yield Edit(Span(*one.span()), plain * times)
            at = one.end()
    yield Edit(Span(at, end), "")
