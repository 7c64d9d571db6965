"""Paragraphs, where the page does not always say where they end.

Blank lines end paragraphs.  Where there are none, the lines themselves are
looked at::

    … and the light thanks to the Soviet Union      full line: goes on
    that encouraged its efforts.                    room for the next word, sentence ends
    Our enemies, the imperialists …                 ◀ so a paragraph begins here
       We can now clearly see …                     ◀ and here, since it is set in

Only a text of *wrapped* lines is read so: much the same width, most lines
beginning in the middle of a sentence.  Verse and lists are not, and in them a
line end ends nothing; in a text whose lines are wider than any page it ends a
paragraph each time.  Over a page break, or a stretch that stands apart, a
paragraph goes on unless its last line has room or its last sentence ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

import regex
from attrs import frozen

from variorum.text import Derived, Span

__all__ = ["Gap", "Line", "begins", "lines", "sentence_ends"]

_WIDEST = 130  # characters: no page sets or types a longer line of running text
_FULL = 0.75  # of the usual width: ragged lines of a typist seldom fall below
_SPARE = 0.1  # of the usual width: room left beyond the next word that is no accident
_AMPLE = 0.25  # of the usual width: so much room ends a paragraph whatever mark is read
_MOST = 0.6  # of the lines that end no sentence must be full for a text to be called wrapped
_SET_IN = 2  # characters of indentation

_LINE = regex.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_BREAK = regex.compile(r"\r\n|[\r\n\v\x85\u2028]")
_END = regex.compile(
    r"[.!?:\u2026\u3002\uff01\uff1f\u061f\u06d4\u037e\u0964][\p{Pe}\p{Pf}\p{Pi}'\"]*$"
)


class Gap(Enum):
    """What stands before a line."""

    LINE = "a line end"
    BLANK = "a blank line"
    PAGE = "a page break, or what stands apart"


@frozen
class Line:
    """A line of a normalised text: its span there, what stands before it, how far it is set in."""

    span: Span
    gap: Gap
    indent: int
    text: str


def sentence_ends(text: str) -> bool:
    """Whether the text, so far, ends a sentence."""
    return _END.search(text.rstrip()) is not None


def lines(derived: Derived, apart: Sequence[Span]) -> list[Line]:
    """The lines of the result that hold something; *apart* are sorted spans of the result."""
    text = _masked(derived.result, apart)
    found: list[Line] = []
    at = 0
    for match in _LINE.finditer(text):
        said = match.group().strip()
        if not said:
            continue
        start = match.start() + match.group().index(said)
        gap = _gap(derived.result[at:start], text[at:start]) if found else Gap.BLANK
        indent = match.group().index(said) or _indent(derived, start)
        found.append(Line(Span(start, start + len(said)), gap, indent, said))
        at = start + len(said)
    return found


def _masked(text: str, apart: Sequence[Span]) -> str:
    parts: list[str] = []
    at = 0
    for span in apart:
        parts += (text[at : span.start], " " * (span.end - max(at, span.start)))
        at = max(at, span.end)
    return "".join((*parts, text[at:]))


def _gap(between: str, masked: str) -> Gap:
    if "\f" in between or between != masked:
        return Gap.PAGE
    blank = "\u2029" in between or len(_BREAK.findall(between)) > 1
    return Gap.BLANK if blank else Gap.LINE


def _indent(derived: Derived, start: int) -> int:
    """How far a line was set in as read, where a rule has taken the white space away."""
    at = first = derived.to_base(Span(start, start + 1)).start
    base = derived.base
    while first > max(0, at - 80) and base[first - 1].isspace() and base[first - 1] not in "\r\n\f":
        first -= 1
    return len(base[first:at].expandtabs(4))


def begins(found: Sequence[Line]) -> list[bool]:
    """Whether a paragraph begins with each line, as far as the layout says."""
    if not found:
        return []
    width = sorted(len(line.text) for line in found)[len(found) * 9 // 10]
    inner = [pair for pair in pairwise(found) if pair[1].gap is Gap.LINE]
    wrapped = _wrapped(inner, width)
    margin = _margin(found)
    out = [True]
    for before, line in pairwise(found):
        set_in = wrapped and line.indent >= margin + _SET_IN > before.indent
        if line.gap is Gap.BLANK:
            out.append(True)
        elif line.gap is Gap.LINE and not wrapped:
            out.append(width > _WIDEST)
        else:
            out.append(set_in or _ends(before, line, width if wrapped else 0))
    return out


def _margin(found: Sequence[Line]) -> int:
    """The left margin; beyond any indentation where most lines are set in (hanging paragraphs)."""
    margin = sorted(line.indent for line in found)[len(found) // 10]
    set_in = sum(line.indent >= margin + _SET_IN for line in found)
    return margin if set_in <= _MOST * len(found) else max(line.indent for line in found)


def _wrapped(inner: Sequence[tuple[Line, Line]], width: int) -> bool:
    """Whether these neighbours are lines of running text, broken where the page was full."""
    going_on = [before for before, _ in inner if not sentence_ends(before.text)]
    if not going_on or width > _WIDEST:
        return False
    full = sum(len(line.text) >= _FULL * width for line in going_on)
    capital = sum(line.text[0].isupper() for _, line in inner)
    return full >= _MOST * len(going_on) and 2 * capital < len(inner)


def _ends(before: Line, line: Line, width: int) -> bool:
    """Whether a paragraph ends with one line: by its sentence and its room (0: no width known)."""
    if line.text[0].islower():
        return False
    ended = sentence_ends(before.text)
    if not width:
        return ended
    room = width - len(before.text) - 1 - len(line.text.split(maxsplit=1)[0])
    return room >= (_SPARE if ended else _AMPLE) * width
