"""What is read off a finished text: its lines, and roles that do not overlap.

Elements nest, roles do not: of a closer with a signature in it the parts before
and behind the signature are the closer's::

    <closer>Long live friendship! <signed>Hoxha</signed> Tirana, 1959</closer>
    Long live friendship! ⏎⏎ Hoxha ⏎⏎ Tirana, 1959
    ├──────closer───────┤    ├sig┤    ├──closer──┤
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex
from attrs import evolve

from variorum.text import Span
from variorum.witness import Stretch

__all__ = ["innermost", "lines"]


def lines(text: str, offset: int, cuts: Iterable[int]) -> Iterator[Span]:
    """The lines of a text that begins at *offset*, none blank.

    A cut, an offset like those given back, ends a line without a character.
    """
    bounds = {at + offset for match in regex.finditer(r"[\n\f]", text) for at in match.span()}
    start = offset
    for end in sorted({*bounds, *cuts, offset + len(text)}):
        if text[start - offset : end - offset].strip():
            yield Span(start, end)
        start = end


def innermost(text: str, roles: Iterable[Stretch]) -> Iterator[Stretch]:
    """Stretches without overlap, in order: what stands in another is cut out of it.

    They are given as elements end: what another holds before the other.
    """
    open_: list[Stretch] = []
    at = 0

    def close(until: int) -> Iterator[Stretch]:
        nonlocal at
        while open_ and open_[-1].span.end <= until:
            last = open_.pop()
            yield from _trimmed(text, at, last.span.end, last)
            at = max(at, last.span.end)

    outer_first = reversed(list(roles))  # an element is complete before what holds it
    for stretch in sorted(outer_first, key=lambda s: (s.span.start, -s.span.end)):
        yield from close(stretch.span.start)
        if open_:
            yield from _trimmed(text, at, stretch.span.start, open_[-1])
        at = stretch.span.start
        open_.append(stretch)
    yield from close(len(text))


def _trimmed(text: str, start: int, end: int, stretch: Stretch) -> Iterator[Stretch]:
    """The part of a stretch from *start* up to *end*, if more than white space."""
    part = text[start:end]
    if part.strip():
        start += len(part) - len(part.lstrip())
        yield evolve(stretch, span=Span(start, start + len(part.strip())))
