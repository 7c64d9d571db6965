"""Line by line: which edits belong to which line of the copy, and what was lost between lines.

A line of the copy is a *row* with the stretch of the truth that it renders; a
line cut in two by a moved passage is two rows, and a long stretch of the truth
that no line renders is a row of its own, without copy::

    truth    Our assistance was very small.│Comrade Choe Yong-geon: No,│it was
    copy     Our asistance was very smail.⏎ │                           │it was⏎
    row      2 edits, 30 letters            │ lost: 27 edits, 27 letters│ right

The rows tile both texts, so that their edits and letters add up to the whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from attrs import frozen

from variorum.ocr.confusions import groups
from variorum.ocr.distance import Op
from variorum.ocr.order import Ordered
from variorum.text import Span

__all__ = ["LOST", "Cut", "Piece", "cuts"]

LOST = 12
"""Letters in a row that the copy lacks, from which on they are a row of their own."""

Piece = tuple[str, str, str]
"""What was done ("equal", "replace", "delete", "insert"), letters of the truth, of the copy."""


@frozen
class Cut:
    """A row in letters: its line (of the copy, from 0), what it renders, what is wrong in it."""

    line: int
    truth: Span
    copy: Span
    edits: int
    moved: bool
    lost: bool
    pieces: tuple[Piece, ...]


def cuts(
    truth: Sequence[str], copy: Sequence[str], told: Ordered, line_starts: Sequence[int]
) -> list[Cut]:
    """The rows in the order of the truth.

    *copy* is the copy put back in order, *line_starts* are letters of the copy
    as read, the first 0.
    """
    ops = told.edits.ops
    points = dict(_points(told.pieces, line_starts))
    moved = sorted(passage.copy for passage in told.passages)
    out: list[Cut] = []
    at = number = 0
    stops = sorted({*points, *_long(ops), len(copy)})
    where = 0
    for start, end in pairwise([*stops, len(copy)]):
        where = points.get(start, where)
        lost = _run(ops, number, start)
        if lost >= LOST or (lost and start == len(copy)):
            span = Span(at, at + lost)
            line = bisect_right(line_starts, where) - 1
            pieces: tuple[Piece, ...] = (("delete", "".join(truth[at : at + lost]), ""),)
            out.append(Cut(line, span, Span(where, where), lost, False, True, pieces))
            at, number = at + lost, number + lost
        first = number
        while number < len(ops) and ops[number][2] < end:
            number += 1
        if start == end:
            continue
        mine = ops[first:number]
        length = end - start + sum((tag == "delete") - (tag == "insert") for tag, _, _ in mine)
        place = Span(where, where + end - start)
        out.append(
            Cut(
                bisect_right(line_starts, where) - 1,
                Span(at, at + length),
                place,
                len(mine),
                any(span.covers(place) for span in moved),
                False,
                tuple(_pieces(truth, copy, mine, (at, start), (at + length, end))) if mine else (),
            )
        )
        at, where = at + length, where + end - start
    return out


def _points(pieces: Sequence[Span], line_starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where rows begin in the copy put back, and the letter of the copy as read that is there."""
    offset = 0
    for piece in pieces:
        yield offset, piece.start
        first = bisect_right(line_starts, piece.start)
        for start in line_starts[first : bisect_left(line_starts, piece.end)]:
            yield offset + start - piece.start, start
        offset += len(piece)


def _run(ops: Sequence[Op], number: int, start: int) -> int:
    """How many letters of the truth are missing just before letter *start* of the copy."""
    first = number
    while number < len(ops) and ops[number][0] == "delete" and ops[number][2] == start:
        number += 1
    return number - first


def _long(ops: Sequence[Op]) -> Iterator[int]:
    """Where in the copy a long stretch of the truth is missing."""
    missing = (op for op in ops if op[0] == "delete")
    for start, run in groupby(missing, key=lambda op: op[2]):
        if sum(1 for _ in run) >= LOST:
            yield start


def _pieces(
    truth: Sequence[str],
    copy: Sequence[str],
    ops: Sequence[Op],
    first: tuple[int, int],
    last: tuple[int, int],
) -> Iterator[Piece]:
    """What is alike and what is not between two corners, edits that touch taken together."""
    i, j = first
    for group in groups(ops):
        if group.truth[0] > i:
            yield "equal", "".join(truth[i : group.truth[0]]), "".join(copy[j : group.copy[0]])
        i, j = group.truth[1], group.copy[1]
        a, b = "".join(truth[slice(*group.truth)]), "".join(copy[slice(*group.copy)])
        yield "replace" if a and b else "delete" if a else "insert", a, b
    if last[0] > i:
        yield "equal", "".join(truth[i : last[0]]), "".join(copy[j : last[1]])
