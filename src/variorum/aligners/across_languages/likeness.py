"""How alike sentences are, on the document's own scale.

A cosine means nothing by itself: .3 is much where two languages share a few
names, and little among sentence vectors of a model.  So each view is measured
on the document: what two sentences have by chance (all that are no best
counterparts), and what counterparts have above that::

    chance ├──────────┼──────────────────────┼────▶  cosine, stretched
           0          ·                      1       likeness
                                        counterparts

One scale for every kind of evidence lets the same weights serve them all, and a
view that tells counterparts hardly from chance (languages without a word in
common) is held down: its unit is never smaller than twice the scatter of chance,
here or elsewhere.

The vector of sentences that stand together is the sum of theirs, so that the
product of two such sums is a block of the table of products; blocks come from
sums along rows and columns, and no merge costs a product of its own.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from variorum.aligners.across_languages.evidence import LONG, View, mutual, narrowed, sizes, units

__all__ = ["Chain", "Floats", "Likeness", "Scale", "ascending", "chained", "measured", "stretched"]

Floats = NDArray[np.float64]
Chain = Sequence[tuple[int, int]]

SAMPLE = 500
"""Sentences of each side, evenly spaced, between which chance is measured."""

KNOWN = 20
"""Cells that what is known beforehand counts for: a text of two lines has a scale too."""

ROWS = 64
"""Rows of products computed at once."""


def stretched(cosine: Floats) -> Floats:
    """Fisher's z, so that the step from .8 to .9 counts more than that from .1 to .2."""
    out: Floats = np.arctanh(np.clip(cosine, -0.97, 0.97))
    return out


@frozen
class Scale:
    """Where a view's likeness is 0 (``chance``) and how far from there it is 1 (``unit``).

    ``scatter`` is the standard deviation of chance; all are of stretched cosines.
    """

    chance: float
    unit: float
    scatter: float

    def __call__(self, cosine: Floats) -> Floats:
        """The likeness of a cosine: about 0 by chance, about 1 and more for counterparts."""
        return (stretched(cosine) - self.chance) / self.unit


def chained(seen: Sequence[View]) -> list[tuple[int, int]]:
    """Sentences that are each other's best counterpart, in a chain that ascends on both sides."""
    x, y = units(seen)
    if len(x) * len(y) > LONG:
        x, y = narrowed(x), narrowed(y)
    return ascending([(i, j) for i, j, _ in mutual(x, y)])


def measured(view: View, chain: Chain) -> Scale:
    """The scale of a view; *chain* are best counterparts by all views."""
    chance, scatter = _chance(view, chain)
    rows, columns = ([each[side] for each in chain] for side in (0, 1))
    x, y = view.source[rows], view.target[columns]
    size = sizes(x, view.source_rest[rows]) * sizes(y, view.target_rest[columns])
    above = stretched((x * y).sum(axis=1) / size) - chance
    count = min(len(view.source), len(view.target)) + KNOWN / 4
    gained = (float(above.sum()) + view.typical * KNOWN / 4) / count
    scatter = max(scatter, view.scatter)
    return Scale(chance, max(gained, 2 * scatter), scatter)


def _chance(view: View, chain: Chain) -> tuple[float, float]:
    """Mean and standard deviation of stretched cosines between sentences not in *chain*."""
    rows, columns = (
        np.unique(np.linspace(0, len(side) - 1, min(SAMPLE, len(side))).astype(np.int64))
        for side in (view.source, view.target)
    )
    x = view.source[rows] / sizes(view.source[rows], view.source_rest[rows])[:, None]
    y = view.target[columns] / sizes(view.target[columns], view.target_rest[columns])[:, None]
    told = stretched(x @ y.T)
    kept = np.ones(told.shape, dtype=bool)
    at = ({int(n): k for k, n in enumerate(each)} for each in (rows, columns))
    mine, its = at
    for i, j in chain:
        if i in mine and j in its:
            kept[mine[i], its[j]] = False
    some = told[kept]
    mean = float(some.sum()) / (len(some) + KNOWN)
    spread = float(((some - mean) ** 2).sum()) + KNOWN * view.scatter**2
    return mean, math.sqrt(spread / (len(some) + KNOWN))


def ascending(pairs: Chain) -> list[tuple[int, int]]:
    """The longest part of *pairs*, ordered by the first, that ascends by the second too."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(at[place - 1] if place else -1)
        ends[place : place + 1] = [j]
        at[place : place + 1] = [number]
    out = []
    number = at[-1] if at else -1
    while number >= 0:
        out.append(pairs[number])
        number = before[number]
    return out[::-1]


class Likeness:
    """A view's likeness of up to *most* sentences of one side and of the other, row by row."""

    def __init__(self, view: View, scale: Scale, most: int) -> None:
        self._view, self._scale, self._most = view, scale, most
        self._sizes = (
            _windows(view.source, view.source_rest, most),
            _windows(view.target, view.target_rest, most),
        )
        self._held: tuple[int, int, int, Floats] = (0, 0, -1, np.zeros((0, 0)))

    def row(self, i: int, low: int, high: int) -> Floats:
        """Of 1 … *most* sentences from *i* with as many from each of *low* … *high*.

        Shape (most, most, high − low); what would go over an end is meaningless.
        """
        products = self._products(i, low, high + self._most - 1)
        sums = np.zeros((self._most, products.shape[1] + 1))
        np.cumsum(np.cumsum(products, axis=0), axis=1, out=sums[:, 1:])
        width = high - low
        mine = self._sizes[0][:, i]
        out = np.empty((self._most, self._most, width))
        for b in range(1, self._most + 1):
            block = sums[:, b : b + width] - sums[:, :width]
            out[:, b - 1] = block / (mine[:, None] * self._sizes[1][b - 1, low:high])
        return self._scale(out)

    def _products(self, i: int, low: int, high: int) -> Floats:
        """Products of sentences *i* … with *low* … *high*, zero beyond an end."""
        first, start, end, held = self._held
        if not (
            first <= i and i + self._most <= first + len(held) and start <= low and high <= end
        ):
            first = i // ROWS * ROWS
            start, end = max(0, low - ROWS), high + ROWS
            rows = self._view.source[first : first + ROWS + self._most - 1]
            held = np.zeros((ROWS + self._most - 1, end - start))
            part = rows @ self._view.target[start:end].T
            held[: part.shape[0], : part.shape[1]] = part
            self._held = first, start, end, held
        return held[i - first : i - first + self._most, low - start : high - start]


def _windows(vectors: NDArray[np.float32], rest: NDArray[np.float32], most: int) -> Floats:
    """For 1 … *most* sentences from each position: the length of their sum; 1 beyond the end."""
    count = len(vectors)
    out = np.ones((most, count))
    squares = (vectors.astype(np.float64) ** 2).sum(axis=1) + rest
    total = squares.copy()
    for more in range(most):
        if more:
            total = total[:-1] + squares[more:] + _crossed(vectors, more)
        out[more, : count - more] = np.sqrt(np.maximum(total, 0) + 1e-6)
        if len(total) < 2:
            break
    return out


def _crossed(vectors: NDArray[np.float32], more: int) -> Floats:
    """Twice the products of each sentence that comes in with those it joins."""
    count = len(vectors) - more
    out = np.zeros(count)
    for back in range(1, more + 1):
        products = np.einsum("ij,ij->i", vectors[back:], vectors[:-back], dtype=np.float64)
        out += 2 * products[more - back : more - back + count]
    return out
