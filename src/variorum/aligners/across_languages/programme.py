"""All ways through two texts, and the alignment that is right in most places.

A cell stands between the first *i* sentences of one side and the first *j* of
the other; a step takes *a* and *b* sentences further::

          j ─▶
        i ┌──┬──┬──┬──┐     1–1 ╲    2–1, 1–2 …       a pair
        │ │ ╲│  │  │  │     1–0 │    0–1 ─            a sentence left over
        ▼ │  │ ╲├──┤  │
          └──┴──┴──┴──┘

Forward, each cell learns the sum over all ways to it; backward, the sum over all
ways from it.  What share of all ways goes through a step is its probability
(Rabiner 1989), which is what ``Pair.confidence`` is.  So that no two ways are the
same alignment, sentences of the source are left over before those of the target
between the same neighbours.

The way taken is not the likeliest whole, which may be unlikely in many places,
but the one whose steps have the greatest shares together (minimum Bayes risk),
each less a price, without which many doubtful steps would be better than few good
ones.  Against the likeliest whole this finds more of the sentences that have no
counterpart, where several ways agree on that and differ in the rest.

Rows are computed at once; of long texts only a band around the chain of
sentences that are each other's best counterpart, so that work is linear in
length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from variorum.aligners.across_languages.likeness import Chain
from variorum.aligners.across_languages.steps import LARGEST, PAIRS, SHAPES, Steps

__all__ = ["Grid", "Step", "path"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WHOLE = 2_000_000  # cells that are all looked at
BAND = 120  # columns on either side of the chain

_NEVER = -1e30  # the logarithm of no way at all; finite, so that differences are numbers
_UP, _LEFT = len(SHAPES), len(SHAPES) + 1

PRICE = 0.3
"""Paid for each pair: one that fewer ways go through is worth less than none."""

LONE = 0.2
"""Paid for a sentence left over: two of them cost rather more than a pair."""

HARDLY = 0.05
"""Share of ways below which a sentence is left over only if nothing else can be done."""

ROUNDING = 1e-7
"""What sums over the longest texts may differ by without being different."""

FAINT = 0.001
"""Shares of pairs that are not looked at any more, far below the price."""


@frozen
class Step:
    """*a* sentences from *i* with *b* from *j*, and the share of all ways that go through it."""

    i: int
    j: int
    a: int
    b: int
    confidence: float


def path(steps: Steps, weights: Floats, chain: Chain) -> tuple[Step, ...]:
    """The steps of the best path, in order; every position of either side in exactly one.

    *weights* are those of ``PAIRS`` and then those of ``ALONE``.
    """
    grid = Grid(steps, weights, chain)
    n, m = steps.size
    told = _Shares([()] * (n + 1), np.zeros(n), np.zeros(m))
    for i, pairs, up, left in grid.shares():
        start = int(grid.low[i])
        told.left[start : start + len(left)] += left
        if i < n:
            told.up[i] = up
            numbers, columns = np.nonzero(pairs >= FAINT)
            values = pairs[numbers, columns].tolist()
            told.pairs[i] = tuple(zip(numbers.tolist(), columns.tolist(), values, strict=True))
    return _traced(_ends(told, grid), told, grid)


@frozen(eq=False)
class _Shares:
    """Of all ways: by row those through pairs (shape, column from ``low``, share), and alone."""

    pairs: list[Sequence[tuple[int, int, float]]]
    up: Floats
    left: Floats


def _ends(told: _Shares, grid: Grid) -> list[NDArray[np.int64]]:
    """For each row and column the step that the best way there ends with: a shape, up or left."""
    before = np.concatenate([[0.0], np.cumsum(_alone(told.left))])
    above = _alone(told.up)
    best: list[Floats] = []
    ends = []
    for i in range(len(told.pairs)):
        start, width = int(grid.low[i]), int(grid.high[i] - grid.low[i])
        top, end = np.full(width, _NEVER), np.full(width, _UP)
        if i:
            _put(top, best[i - 1], start - int(grid.low[i - 1]), float(above[i - 1]))
        else:
            top[0] = 0.0
        for a in range(1, min(LARGEST, i) + 1):
            shift = int(grid.low[i - a]) - start
            for number, column, share in told.pairs[i - a]:
                there = column + shift + SHAPES[number][1]
                if SHAPES[number][0] == a and 0 <= there < width:
                    value = float(best[i - a][column]) + share - PRICE
                    if value > top[there]:
                        top[there], end[there] = value, number
        run = np.maximum.accumulate(top - before[start : start + width])
        run += before[start : start + width]
        end[run > top + ROUNDING] = _LEFT
        best.append(np.where(end == _LEFT, run, top))
        ends.append(end)
        if i >= LARGEST:
            best[i - LARGEST] = np.zeros(0)  # no step reaches back so far
    return ends


def _alone(shares: Floats) -> Floats:
    """What it is worth to leave sentences over; little where hardly any way does."""
    return shares - LONE - (shares < HARDLY)


def _traced(ends: Sequence[NDArray[np.int64]], told: _Shares, grid: Grid) -> tuple[Step, ...]:
    """The steps of the best way, in order."""
    i, j = len(told.up), len(told.left)
    out = []
    while i or j:
        number = int(ends[i][j - int(grid.low[i])])
        a, b = (1, 0) if number == _UP else (0, 1) if number == _LEFT else SHAPES[number]
        i, j = i - a, j - b
        if a and b:
            shares = {(k, column): share for k, column, share in told.pairs[i]}
            share = shares[number, j - int(grid.low[i])]
        else:
            share = float(told.up[i] if a else told.left[j])
        out.append(Step(i, j, a, b, share))
    return tuple(reversed(out))


class Grid:
    """All ways through two texts, and what share of them goes where."""

    def __init__(self, steps: Steps, weights: Floats, chain: Chain) -> None:
        self._steps, self.chain = steps, chain
        self._pairs, lone = weights[: len(PAIRS)], weights[len(PAIRS) :]
        self._up, self._left = lone @ steps.alone(0), lone @ steps.alone(1)
        self._before = np.concatenate([[0.0], np.cumsum(self._left)])
        self.low, self.high = _band(*steps.size, chain)
        self._scores: dict[int, Floats] = {}
        self._every: list[Floats] = []  # by row: the sum over all ways to each cell
        self._upright: list[Floats] = []  # but those that end in one of the target left over
        self._forward()
        self.total = float(self._every[-1][-1])
        """The logarithm of the sum over all ways."""

    def _score(self, i: int) -> Floats:
        """For each shape, of the pairs that begin at (i, low[i]) …: shape (shapes, width)."""
        if i not in self._scores:
            low, high = int(self.low[i]), min(int(self.high[i]), self._steps.size[1])
            self._scores = {k: v for k, v in self._scores.items() if abs(k - i) <= LARGEST}
            self._scores[i] = np.tensordot(self._pairs, self._steps.row(i, low, high), axes=1)
        return self._scores[i]

    def _forward(self) -> None:
        for i in range(self._steps.size[0] + 1):
            start, width = int(self.low[i]), int(self.high[i] - self.low[i])
            sums = self._ways(i, width)
            if i:
                offset = start - int(self.low[i - 1])
                _put(sums[_UP], self._upright[i - 1], offset, float(self._up[i - 1]))
            before = self._before[start : start + width]
            self._upright.append(_logsum(sums))
            self._every.append(np.logaddexp.accumulate(self._upright[i] - before) + before)

    def _ways(self, i: int, width: int) -> Floats:
        """The ways to row *i* by each shape, the last row for those from above, still empty."""
        out = np.full((len(SHAPES) + 1, width), _NEVER)
        if i == 0:
            out[_UP, 0] = 0.0
        for k, (a, b) in enumerate(SHAPES):
            if a <= i:
                told = self._score(i - a)[k]
                offset = int(self.low[i]) - int(self.low[i - a]) - b
                _put(out[k], self._every[i - a][: len(told)] + told, offset, 0.0)
        return out

    def shares(self) -> Iterator[tuple[int, Floats, float, Floats]]:
        """By row, the last first: what share of all ways goes through each step that begins there.

        Of pairs (shapes × columns from ``low``), of the source's sentence left over
        (one number), and of the target's (columns from ``low``).
        """
        n = self._steps.size[0]
        below: dict[int, Floats] = {}
        for i in range(n, -1, -1):
            start, width = int(self.low[i]), int(self.high[i] - self.low[i])
            onward = self._onward(i, below, width)
            before = self._before[start : start + width]
            across = _logsum(onward[:-1])
            if i == n:
                across[-1] = 0.0
            across = np.logaddexp.accumulate((across + before)[::-1])[::-1] - before
            below[i] = np.logaddexp(across, onward[_UP])
            below.pop(i + LARGEST, None)
            every = self._every[i] - self.total
            up = float(np.exp(self._upright[i] - self.total + onward[_UP]).sum())
            left = np.exp(every[:-1] + self._left[start : start + width - 1] + across[1:])
            yield i, np.exp(np.minimum(every + onward[:-1], 0.0)), up, left

    def _onward(self, i: int, below: Mapping[int, Floats], width: int) -> Floats:
        """The sums over all ways onward from row *i* by each shape, and straight down."""
        out = np.full((len(SHAPES) + 1, width), _NEVER)
        for k, (a, b) in enumerate(SHAPES):
            if i + a in below:
                told = self._score(i)[k]
                offset = int(self.low[i]) + b - int(self.low[i + a])
                _put(out[k, : len(told)], below[i + a], offset, 0.0)
                out[k, : len(told)] += told
        if i + 1 in below:
            _put(out[_UP], below[i + 1], int(self.low[i]) - int(self.low[i + 1]), self._up[i])
        return out


def _put(out: Floats, row: Floats, offset: int, more: float) -> None:
    """Put *row* plus *more* into *out*, of which the first column is the row's *offset*."""
    start, end = max(0, offset), min(len(row), offset + len(out))
    if start < end:
        out[start - offset : end - offset] = row[start:end] + more


def _logsum(rows: Floats) -> Floats:
    top = rows.max(axis=0)
    out: Floats = top + np.log(np.exp(rows - top).sum(axis=0))
    return out


def _band(n: int, m: int, chain: Chain) -> tuple[Ints, Ints]:
    """For each row the columns looked at: all, or those near the chain of best counterparts.

    Each row reaches from the centre of the one before to that of the next, so
    that however much the target has more between two rows, the path can go
    through it in either.
    """
    if n * m <= WHOLE:
        return np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m + 1, dtype=np.int64)
    points = [(0, 0), *((i + 1, j + 1) for i, j in chain), (n, m)]
    rows, columns = (np.array(each, dtype=np.float64) for each in zip(*points, strict=True))
    centre = np.interp(np.arange(n + 1), rows, columns).astype(np.int64)
    low = np.maximum(np.concatenate([[0], centre[:-1]]) - BAND, 0)
    high = np.minimum(np.concatenate([centre[1:], [m]]) + BAND, m) + 1
    return low, high
