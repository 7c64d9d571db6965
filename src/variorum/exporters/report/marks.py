"""Marks inside words: which characters of a reading differ from the base's.

The comparison is of the words with single spaces, since a line break is no
difference; its result is carried back to the text as read::

    base      s t r o n g ␣ p o w e r        strong power
    variant   s t r 0 n g ⏎ p o w e r        marks: the 0, not the line break

Stretches are widened to whole graphemes (no accent is marked without its
letter).  Readings that share too little, or are too long, are marked whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from variorum.pairwise import differences
from variorum.text import Span

__all__ = ["different", "folded", "merged", "placed"]

_CHARACTERS = 250_000
"""Pairs with more cells than this (500 × 500 characters) are marked whole: nobody reads such
a passage letter by letter, and the comparison is quadratic."""

_KEPT = 0.5
"""With less than this share in common, marks inside would be confetti: the whole is marked."""

_GRAPHEME = regex.compile(r"\X")


def merged(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Spans with nothing but white space between them are one stretch on the page."""
    held: Span | None = None
    for span in spans:
        if held is not None and not text[held.end : span.start].strip():
            held = Span(held.start, max(held.end, span.end))
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def folded(text: str, spans: Sequence[Span]) -> tuple[str, list[int]]:
    """The words of *spans* with single spaces, and where each character stands in the text."""
    chars: list[str] = []
    places: list[int] = []
    for span in spans:
        for at in range(span.start, span.end):
            char = " " if text[at].isspace() else text[at]
            if char != " " or (chars and chars[-1] != " "):
                chars.append(char)
                places.append(at)
    return "".join(chars), places


Pairs = list[tuple[int, int]]


@lru_cache(maxsize=1 << 14)
def different(ours: str, theirs: str) -> tuple[Pairs, Pairs]:
    """Stretches of either that the other has not, in whole graphemes."""
    whole = ([(0, len(ours))], [(0, len(theirs))])
    if not ours or not theirs or len(ours) * len(theirs) > _CHARACTERS:
        return whole
    lost: Pairs = []
    new: Pairs = []
    a = b = 0
    for operation, piece in differences(ours, theirs):
        if operation < 0:
            lost.append((a, a + len(piece)))
        if operation > 0:
            new.append((b, b + len(piece)))
        a += len(piece) if operation <= 0 else 0
        b += len(piece) if operation >= 0 else 0
    kept = len(ours) - sum(end - start for start, end in lost)
    if kept < _KEPT * max(len(ours), len(theirs)):
        return whole
    return _widened(ours, lost), _widened(theirs, new)


def _widened(text: str, stretches: Pairs) -> Pairs:
    """The stretches with no grapheme cut in two."""
    if text.isascii():
        return stretches
    edges = [0, *(m.end() for m in _GRAPHEME.finditer(text))]
    return [
        (edges[bisect_right(edges, start) - 1], edges[bisect_left(edges, end)])
        for start, end in stretches
    ]


def placed(stretches: Pairs, places: Sequence[int]) -> Iterator[Span]:
    """Stretches of folded words as spans of the text, cut where the text goes elsewhere."""
    for start, end in stretches:
        first = start
        for at in range(start + 1, end + 1):
            if at == end or places[at] != places[at - 1] + 1:
                yield Span(places[first], places[at - 1] + 1)
                first = at
