"""What speaks for and against each word of a copy, when there is no truth to ask.

Three witnesses of different character are heard, and each can be silent:

- the *engine*: its confidence in the word.  It knows blur and dirt, and nothing
  of a wrong language model, under which it is as sure as ever;
- the *words*: whether a lexicon knows the word.  It knows wrong letters, and
  mistakes names for them;
- the *letters*: how strange an unknown word's letters are, which tells names
  from rubbish.

And the page as a whole: wide gaps inside its lines and lines in pieces are
where an engine lost text, which no word can tell::

    line in pieces    We thank you ──────      gap    We thank      for
                                 ─ for the

Confidences that are all alike, or only 0 and 1, say nothing and are not heard.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log
from statistics import median
from typing import TypeVar

from attrs import frozen

from variorum.ocr.lexica import Lexicon, words_in
from variorum.text import Span
from variorum.witness import Box, Line, Page, Witness, Word

__all__ = ["Heard", "PageHeard", "Shape", "heard", "pages_of", "shape_of", "speaking", "within"]

TINY = 2
"""Letters of a word that confidence says little of."""

WIDE = 2.5
"""Letters' widths that a gap between two words of a row must exceed to be one."""

ABREAST = 0.45
"""Heights of a line by which the middles of two in one row may differ, half a line at most."""

COLUMNS = 0.25
"""Share of letters out of the order of rows from which on the rows are those of columns."""


@frozen
class Heard:
    """One word and what is said of it.

    ``doubt`` is −log of confidence's complement, nothing where the engine is
    silent; ``known`` and ``strange`` (bits a letter beyond the usual) are
    nothing where no lexicon speaks, as of numbers and marks; ``undressed`` is
    how many letters lack their diacritic, nothing if that does not explain the word.
    """

    span: Span
    letters: int
    doubt: float | None
    confidence: float | None
    known: bool | None
    undressed: int | None
    strange: float | None


@frozen
class Shape:
    """Where the words stand: what no word can tell of itself.

    ``order``: the lines by their place, rows downwards and each from left to
    right (or as read, where the rows of a page are those of columns);
    ``displaced``: letters that were read out of that order, by letter;
    ``gaps``: widths in letters of the gaps inside rows, by letter.
    """

    order: tuple[int, ...]
    displaced: float = 0.0
    gaps: float = 0.0


@frozen
class PageHeard:
    """A page: its words line by line as read, and its shape."""

    page: Page
    lines: tuple[tuple[Line, tuple[Heard, ...]], ...]
    shape: Shape


def speaking(words: Sequence[Word]) -> bool:
    """Whether the engine's confidences say anything: they vary, and not only between 0 and 1."""
    values = {word.confidence for word in words if word.confidence is not None}
    return len(values - {0.0, 1.0}) > 1 or (len(words) < 4 and bool(values - {0.0, 1.0}))


def pages_of(witness: Witness) -> tuple[Page, ...]:
    """The pages of a witness; the whole of it where it tells none."""
    whole = Span(0, len(witness.text))
    file = witness.received[0].file if witness.received else witness.siglum
    return witness.layout.pages or (Page(whole, file),)


def heard(witness: Witness, lexicon: Lexicon | None) -> Iterator[PageHeard]:
    """Every page of *witness* with what is said of its words."""
    words = witness.layout.words or tuple(_cut(witness))
    lines = witness.layout.lines or tuple(_typed(witness))
    engine = speaking(words)
    for page in pages_of(witness):
        own = within(lines, page.span)
        set_ = [(line, within(words, line.span)) for line in own]
        told = tuple(
            (line, tuple(_said(witness, word, lexicon, engine) for word in held))
            for line, held in set_
        )
        yield PageHeard(page, told, shape_of(set_))


def _cut(witness: Witness) -> Iterator[Word]:
    """Words of a plain text."""
    text = witness.text.chars
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield Word(Span(at, at + len(word)))
        at += len(word)


def _typed(witness: Witness) -> Iterator[Line]:
    at = 0
    for line in witness.text.chars.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = at + line.index(body)
            yield Line(Span(start, start + len(body)))
        at += len(line)


T = TypeVar("T", Line, Word)


def within(things: Sequence[T], span: Span) -> Sequence[T]:
    """Those of *things*, in the order of their spans, that begin in *span*."""
    first = bisect_left(things, span.start, key=lambda thing: thing.span.start)
    after = bisect_left(things, span.end, key=lambda thing: thing.span.start)
    return things[first:after]


def _said(witness: Witness, word: Word, lexicon: Lexicon | None, engine: bool) -> Heard:
    """What is said of one word."""
    text = unicodedata.normalize("NFC", word.span.of(witness.text.chars))
    known, undressed, strange = _looked_up(text, lexicon) if lexicon else (None, None, None)
    confidence = word.confidence if engine else None
    doubt = None if confidence is None else -log(1.03 - confidence)
    return Heard(word.span, len(word.span), doubt, confidence, known, undressed, strange)


def _looked_up(text: str, lexicon: Lexicon) -> tuple[bool | None, int | None, float | None]:
    """What the lexicon says of a word as printed; nothing of numbers and bare marks."""
    found = words_in(text)
    if not found or any(map(str.isdigit, text)):
        return None, None, None
    start, end = found[0][0], found[-1][1]
    core = text[start:end]
    known = lexicon.knows(core)
    return known, lexicon.undressed(core), max(0.0, min(6.0, lexicon.strange(core)))


def shape_of(lines: Sequence[tuple[Line, Sequence[Word]]]) -> Shape:
    """The shape of a page, its lines as read with their words; as read where boxes are missing."""
    as_read = tuple(range(len(lines)))
    boxes = [line.box for line, _ in lines]
    widths = [
        (word.box[2] - word.box[0]) / len(word.span)
        for _, held in lines
        for word in held
        if word.box and len(word.span) > TINY
    ]
    if not widths or None in boxes:
        return Shape(as_read)
    rows = _rows([box for box in boxes if box])
    letters = [sum(len(word.span) + 1 for word in held) for _, held in lines]
    total = sum(letters)
    width = median(widths) or 1.0
    gaps = sum(
        gap
        for row in rows
        for gap in _gaps([word.box for at in row for word in lines[at][1] if word.box], width)
    )
    order = tuple(at for row in rows for at in row)
    displaced = (total - _in_order(order, letters)) / total
    if displaced > COLUMNS:
        return Shape(as_read, 0.0, 0.0)
    return Shape(order, displaced, gaps / total)


def _rows(boxes: Sequence[Box]) -> list[list[int]]:
    """Lines that stand beside each other, in rows from the top, each from left to right."""
    height = median(box[3] - box[1] for box in boxes)
    rows: list[list[int]] = []
    last = float("-inf")
    for middle, at in sorted(((box[1] + box[3]) / 2, at) for at, box in enumerate(boxes)):
        if middle - last < ABREAST * height and not _overlaps(boxes[at], rows[-1], boxes):
            rows[-1].append(at)
        else:
            rows.append([at])
        last = middle
    return [sorted(row, key=lambda at: (boxes[at][0], at)) for row in rows]


def _overlaps(box: Box, row: Sequence[int], boxes: Sequence[Box]) -> bool:
    """Whether a line stands above or below one of a row, rather than beside them all."""
    slack = (box[3] - box[1]) / 2
    return any(min(box[2], boxes[at][2]) - max(box[0], boxes[at][0]) > slack for at in row)


def _in_order(order: Sequence[int], letters: Sequence[int]) -> int:
    """Letters of the heaviest run of lines that were read in *order*."""
    best: list[int] = []
    for place, at in enumerate(order):
        before = (best[earlier] for earlier in range(place) if order[earlier] < at)
        best.append(letters[at] + max(before, default=0))
    return max(best, default=0)


def _gaps(boxes: Sequence[Box], width: float) -> Iterator[float]:
    """Widths in letters of the gaps of a row that are wider than gaps between words are."""
    for before, after in pairwise(sorted(boxes)):
        gap = (after[0] - before[2]) / width
        if gap > WIDE:
            yield gap - 1
