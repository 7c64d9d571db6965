"""Passages brought home: what one copy has elsewhere votes where most copies have it.

Engines read lines in another order, or half a line after its neighbour.  In the
table of words such a copy has a hole where the others have the words, and the
words, alone, in another place::

    A   camp ,  very  strong  .   the  Balkans   -     -     .
    B   camp ,   -      -     .   the  Balkans  very  strng  .      B's words go to A's and C's
    C   camp ,  very  strong  .   the  Balkans   -     -     .      columns and vote there

Left where they are they would be outvoted in both places, or printed in both.
Moves of the collation are long enough to be told to an editor; a fragment of
two words, brought home wrongly, costs nothing but its vote, since the place it
goes to has the same words anyway.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from variorum.collation import NOTHING, Collation
from variorum.moves import Move

__all__ = ["home"]

Table = NDArray[np.int32]

REACH = 1000
"""Columns between a fragment and its home: two pages of type, since lines are read out of order
within a page."""

ALIKE = 0.6
"""Two words count as one if they share so much (Indel similarity); chance words share a third."""

HALF = 0.5
"""Share of a fragment's letters, or of a hole's, that must have their like on the other side."""

LEAST = 4
"""Letters that must agree: "a" and "of" stand everywhere."""

ALONE = 0.8
"""A single word must be so much alike: half a broken word has its like in many endings."""


@frozen(order=True)
class _Fit:
    """A fragment of one row and the hole that it fits: letters in common, and pairs of columns."""

    loss: int  # minus the letters: the best fit comes first
    pairs: tuple[tuple[int, int], ...]


def home(collation: Collation, rank: Sequence[int]) -> Table:
    """The table with each moved passage where more copies, or the better ones, have it.

    *rank* lists the rows, the best first.  Rows keep their tokens but not
    their order.
    """
    table = collation.table.copy()
    for move in collation.moves:
        _carry(table, collation, move, rank)
    for row in reversed(rank):
        taken: set[int] = set()
        for fit in sorted(_fits(table, collation, row, rank)):
            touched = {column for pair in fit.pairs for column in pair}
            if taken.isdisjoint(touched):
                taken |= touched
                for source, target in fit.pairs:
                    _shift(table, row, source, target)
    kept: Table = table[(table != NOTHING).any(axis=1)]
    return kept


def _shift(table: Table, row: int, source: int, target: int) -> None:
    if table[target, row] == NOTHING:
        table[target, row], table[source, row] = table[source, row], NOTHING


def _carry(table: Table, collation: Collation, move: Move, rank: Sequence[int]) -> None:
    """A move of the collation: the columns of the fewer, or lesser, copies are emptied."""
    here, there = ([collation.row(s) for s in side] for side in (move.sigla_here, move.sigla_there))
    stays = _standing(here, rank) >= _standing(there, rank)
    for first, second in move.links:
        for row in there if stays else here:
            _shift(table, row, second if stays else first, first if stays else second)


def _standing(rows: Sequence[int], rank: Sequence[int]) -> tuple[int, int]:
    """How many copies there are, and how good the best is; more is better."""
    return len(rows), -min((rank.index(row) for row in rows), default=len(rank))


def _fits(table: Table, collation: Collation, row: int, rank: Sequence[int]) -> Iterator[_Fit]:
    """Every fragment of *row* with every hole that it fits."""
    order = np.flatnonzero(table[:, row] != NOTHING)
    order = order[np.argsort(table[order, row])]
    lonely = _minor(table, row, rank)
    fragments = list(_runs(order, lambda column: bool(lonely[column])))
    empty = table[:, row] == NOTHING
    holes = list(_runs(np.arange(len(table)), lambda column: bool(empty[column])))
    begins, ends = [hole[0] for hole in holes], [hole[-1] for hole in holes]
    for fragment in fragments:
        first = bisect_right(ends, fragment[0] - REACH)
        for hole in holes[first : bisect_left(begins, fragment[0] + REACH)]:
            fit = _fit(table, collation, row, fragment, hole)
            if fit and _better(table, row, fit.pairs, rank):
                yield fit


def _minor(table: Table, row: int, rank: Sequence[int]) -> NDArray[np.bool_]:
    """Columns in which *row* stands with fewer than half of the copies, or the lesser half."""
    there = table != NOTHING
    count = there.sum(axis=1)
    half = (2 * count == len(rank)) & ~there[:, rank[0]]
    found: NDArray[np.bool_] = there[:, row] & ((2 * count < len(rank)) | half)
    return found


def _runs(columns: NDArray[np.intp], belongs: Callable[[int], bool]) -> Iterator[list[int]]:
    """Neighbours among *columns* that belong."""
    run: list[int] = []
    for column in columns.tolist():
        if belongs(column):
            run.append(column)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _better(table: Table, row: int, pairs: Sequence[tuple[int, int]], rank: Sequence[int]) -> bool:
    """Whether more copies, or better ones, have the passage where the hole is."""
    own, other = (
        [r for r in rank if r != row and any(table[pair[side], r] != NOTHING for pair in pairs)]
        for side in (0, 1)
    )
    return _standing(other, rank) > _standing(own, rank)


def _fit(
    table: Table, collation: Collation, row: int, fragment: Sequence[int], hole: Sequence[int]
) -> _Fit | None:
    """The words that a fragment and a hole have in common, in order, if they are enough."""
    own = [collation.tokens[row].forms[table[column, row]] for column in fragment]
    others = [_form(table[column], collation) for column in hole]
    pairs, letters = _common(own, others)
    words = [max(_weight(own[i]), _weight(others[j])) for i, j in pairs]
    least = HALF * min(_letters(own), _letters(others))
    if letters < max(LEAST, least) or (
        len(words) - words.count(0) < 2 and letters < ALONE * max(words)
    ):
        return None
    return _Fit(-letters, tuple((fragment[i], hole[j]) for i, j in pairs))


def _form(cells: NDArray[np.int32], collation: Collation) -> str:
    """The longest of the words in a column."""
    forms = [
        collation.tokens[row].forms[token] for row, token in enumerate(cells) if token != NOTHING
    ]
    return max(forms, key=lambda form: (len(form), form), default="")


def _letters(forms: Sequence[str]) -> int:
    return sum(map(_weight, forms))


def _weight(form: str) -> int:
    return len(form) if any(map(str.isalnum, form)) else 0


def _common(own: Sequence[str], others: Sequence[str]) -> tuple[list[tuple[int, int]], int]:
    """The heaviest common subsequence of like words: pairs of positions, letters in it."""
    alike = [[_like(a, b) for b in others] for a in own]
    if not any(map(any, alike)):
        return [], 0
    best = [[0] * (len(others) + 1) for _ in range(len(own) + 1)]
    for i, row in enumerate(alike):
        for j, value in enumerate(row):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + value)
    i, j = len(own), len(others)
    pairs: list[tuple[int, int]] = []
    while i and j:
        if alike[i - 1][j - 1] and best[i][j] == best[i - 1][j - 1] + alike[i - 1][j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1], best[-1][-1]


def _like(a: str, b: str) -> int:
    """The letters that two like words have in common; marks weigh nothing much."""
    if a == b:
        return max(1, _weight(a))
    if not _weight(a) or not _weight(b):
        return 0
    likeness = Indel.normalized_similarity(a.lower(), b.lower(), score_cutoff=ALIKE)
    return round(likeness * min(len(a), len(b)))
