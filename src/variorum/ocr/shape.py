"""Where words stand on a page, and what that tells which no word can tell of itself.

An engine that loses text leaves its place empty, and one that breaks a line
reads the pieces one after the other; a word that lost letters has a box too
wide for those it has::

    line in pieces    We thank you ──────      gap    We thank      for
                                 ─ for the

    box               ┌─────────┐
                      │  fam ly │   read "famy": 1.1 letters missing

How wide letters are is fitted on each page, in three classes (il, anu, mw), so
that a typewriter, where all are alike, and print are asked the same question.
Marks at the ends of a row are specks on the margin, no text beyond a gap; lines
far off their neighbours and under one another are a column, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import numpy as np
from attrs import frozen

from variorum.witness import Box, Line, Word

__all__ = ["Shape", "misfits", "shape_of"]

TINY = 2
"""Letters of a word whose width says little."""

WIDE = 2.5
"""Letters' widths that a gap between two words of a row must exceed to be one."""

ABREAST = 0.45
"""Heights of a line by which the middles of two in one row may differ, half a line at most."""

COLUMNS = 0.25
"""Share of letters out of the order of rows from which on the rows are those of columns."""

TABULAR = 3
"""Lines under one another, their left edges alike, that are a column and no broken lines; pieces of
broken lines begin anywhere and end at the margin."""

NARROW, BROAD = frozenset("iljftrI.,;:'!|()[]1-\"`"), frozenset("mwMW@")
"""Letters that print sets narrower and wider than the rest."""

PRINTED = (0.8, 1.0, 1.2)
"""What narrow, usual and broad letters measure where a page cannot tell: between type and print."""

HOLD = 12.0
"""Letters of a page that weigh as much as ``PRINTED`` does; of 4 to 100 the choice hardly tells."""

SLACK = 0.7
"""Letters' widths that a box may be off, its edges being where the ink happens to end."""


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


def shape_of(lines: Sequence[tuple[Line, Sequence[Word]]], text: str) -> Shape:
    """The shape of a page, its lines as read with their words; as read where boxes are missing."""
    as_read = tuple(range(len(lines)))
    boxes = [line.box for line, _ in lines]
    widths = _widths([word for _, held in lines for word in held])
    if not widths or None in boxes:
        return Shape(as_read)
    held = [box for box in boxes if box]
    width = median(widths) or 1.0
    rows = _rows(held)
    aside = _columns(rows, held, width)
    letters = [sum(len(word.span) + 1 for word in words) for _, words in lines]
    total = sum(letters)
    gaps = sum(
        gap
        for row in _parted(rows, aside)
        for gap in _gaps([word for at in row for word in lines[at][1]], text, width)
    )
    order = tuple(at for row in rows for at in row)
    own = [at for at in order if at not in aside]
    displaced = (sum(letters[at] for at in own) - _in_order(own, letters)) / total
    if displaced > COLUMNS:
        return Shape(as_read, 0.0, 0.0)
    return Shape(order, displaced, gaps / total)


def _columns(rows: Sequence[Sequence[int]], boxes: Sequence[Box], width: float) -> frozenset[int]:
    """Lines that stand beside others in a column: far off them, and under one another."""
    far = [
        after
        for row in rows
        for before, after in pairwise(row)
        if boxes[after][0] - boxes[before][2] > WIDE * width
    ]
    return frozenset(
        at
        for at in far
        if sum(abs(boxes[at][0] - boxes[other][0]) <= width for other in far) >= TABULAR
    )


def _parted(rows: Sequence[Sequence[int]], aside: frozenset[int]) -> Iterator[list[int]]:
    """Rows cut before the lines of a column, where a gap is no loss."""
    for row in rows:
        part: list[int] = []
        for at in row:
            if at in aside and part:
                yield part
                part = []
            part.append(at)
        yield part


def _widths(words: Sequence[Word]) -> list[float]:
    """Pixels a letter, of words long enough to tell."""
    return [
        (word.box[2] - word.box[0]) / len(word.span)
        for word in words
        if word.box and len(word.span) > TINY
    ]


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


def _gaps(words: Sequence[Word], text: str, width: float) -> Iterator[float]:
    """Widths in letters of the gaps of a row that are wider than gaps between words are."""
    held = sorted(
        (word.box, any(map(str.isalnum, word.span.of(text)))) for word in words if word.box
    )
    solid = [at for at, (_, is_text) in enumerate(held) if is_text]
    inner = held[solid[0] : solid[-1] + 1] if solid else []
    for (before, _), (after, _) in pairwise(inner):
        gap = (after[0] - before[2]) / width
        if gap > WIDE:
            yield gap - 1


def misfits(words: Sequence[Word], text: str) -> tuple[float, ...]:
    """By how many letters the box of each word of a page is too wide, or below 0 too narrow.

    By letter of the word, -1 to 1; 0 where the box fits, or there is none.
    """
    widths = _widths(words)
    if not widths or not median(widths):
        return (0.0,) * len(words)
    usual = median(widths)
    kinds = np.array([_kinds(word.span.of(text)) for word in words], dtype=float)
    boxes = np.array([(w.box[2] - w.box[0]) / usual if w.box else 0.0 for w in words])
    telling = np.array([bool(w.box) and len(w.span) > TINY for w in words])
    letters = kinds[telling]
    printed = HOLD * np.array(PRINTED)
    fitted = np.linalg.solve(
        letters.T @ letters + HOLD * np.eye(3), letters.T @ boxes[telling] + printed
    )
    return tuple(
        _beyond(float(off), len(word.span)) if word.box else 0.0
        for word, off in zip(words, boxes - kinds @ fitted, strict=True)
    )


def _kinds(word: str) -> tuple[int, int, int]:
    """How many letters are narrow, usual, broad."""
    narrow = sum(char in NARROW for char in word)
    broad = sum(char in BROAD for char in word)
    return narrow, len(word) - narrow - broad, broad


def _beyond(off: float, letters: int) -> float:
    """What a word is off by, a letter, the slack taken away."""
    size = min(1.0, max(0.0, abs(off) - SLACK) / letters)
    return size if off > 0 else -size
