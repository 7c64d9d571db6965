"""The best path through two texts, and how sure each of its steps is.

A cell stands between the first *i* sentences of one side and the first *j* of
the other; a step takes *a* and *b* sentences further::

          j ─▶
        i ┌──┬──┬──┬──┐     1–1 ╲    2–1, 1–2 …       a pair
        │ │ ╲│  │  │  │     1–0 │    0–1 ─            a sentence left over
        ▼ │  │ ╲├──┤  │
          └──┴──┴──┴──┘

Forward, each cell learns the best way to it and the sum over all ways; backward,
the sum over all ways from it.  What share of all ways goes through a step is its
probability (Rabiner 1989), which is what ``Pair.confidence`` is.  So that no two
ways are the same alignment, sentences of the source are left over before those
of the target between the same neighbours.

Rows are computed at once; of long texts only a band around the chain of
sentences that are each other's best counterpart, so that work is linear in
length.
"""

from __future__ import annotations

from collections import defaultdict
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
_NUMBER = {shape: number for number, shape in enumerate(SHAPES)}


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
    traced = grid.best()
    rows: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for i, j, a, b in traced:
        rows[i].append((j, a, b))
    sure: dict[tuple[int, int, int, int], float] = {}
    passed = np.zeros(steps.size[1])
    for i, shares, up, left in grid.shares():
        start = int(grid.low[i])
        passed[start : start + len(left)] += left
        for j, a, b in rows[i]:
            sure[i, j, a, b] = up if not b else float(shares[_NUMBER[a, b], j - start]) if a else 0
    return tuple(
        Step(i, j, a, b, float(passed[j]) if not a else sure[i, j, a, b]) for i, j, a, b in traced
    )


class Grid:
    """All ways through two texts: the best of them, and what share goes where."""

    def __init__(self, steps: Steps, weights: Floats, chain: Chain) -> None:
        self._steps = steps
        self._pairs, lone = weights[: len(PAIRS)], weights[len(PAIRS) :]
        self._up, self._left = lone @ steps.alone(0), lone @ steps.alone(1)
        self._before = np.concatenate([[0.0], np.cumsum(self._left)])
        self.low, self.high = _band(*steps.size, chain)
        self._scores: dict[int, Floats] = {}
        self._every: list[Floats] = []  # by row: the sum over all ways to each cell
        self._upright: list[Floats] = []  # but those that end in one of the target left over
        self._back: list[NDArray[np.int8]] = []  # the last step of the best way
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
        best: list[Floats] = []
        for i in range(self._steps.size[0] + 1):
            start, width = int(self.low[i]), int(self.high[i] - self.low[i])
            sums, tops = self._ways(i, self._every, width), self._ways(i, best, width)
            if i:
                offset, more = start - int(self.low[i - 1]), self._up[i - 1]
                _put(sums[_UP], self._upright[i - 1], offset, more)
                _put(tops[_UP], best[i - 1], offset, more)
            before = self._before[start : start + width]
            self._upright.append(_logsum(sums))
            self._every.append(np.logaddexp.accumulate(self._upright[i] - before) + before)
            top, back = tops.max(axis=0), tops.argmax(axis=0).astype(np.int8)
            running = np.maximum.accumulate(top - before) + before
            back[running > top + 1e-9] = _LEFT
            best.append(np.where(back == _LEFT, running, top))
            self._back.append(back)
            if i >= LARGEST:
                best[i - LARGEST] = np.zeros(0)  # no step reaches back so far

    def _ways(self, i: int, rows: Sequence[Floats], width: int) -> Floats:
        """The ways to row *i* by each shape, the last row for those from above, still empty."""
        out = np.full((len(SHAPES) + 1, width), _NEVER)
        if i == 0:
            out[_UP, 0] = 0.0
        for k, (a, b) in enumerate(SHAPES):
            if a <= i:
                told = self._score(i - a)[k]
                offset = int(self.low[i]) - int(self.low[i - a]) - b
                _put(out[k], rows[i - a][: len(told)] + told, offset, 0.0)
        return out

    def best(self) -> list[tuple[int, int, int, int]]:
        """The steps of the best path, in order, as (i, j, a, b)."""
        i, j = self._steps.size
        out = []
        while i or j:
            number = int(self._back[i][j - int(self.low[i])])
            a, b = (1, 0) if number == _UP else (0, 1) if number == _LEFT else SHAPES[number]
            i, j = i - a, j - b
            out.append((i, j, a, b))
        return out[::-1]

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
