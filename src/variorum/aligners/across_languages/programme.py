"""The best path through two texts: merges, and sentences without counterpart.

A cell stands between the first *i* sentences of one side and the first *j* of
the other; a step takes *a* and *b* sentences further::

          j ─▶
        i ┌──┬──┬──┬──┐     1–1 ╲    2–1, 1–2 …       score by likeness
        │ │ ╲│  │  │  │     1–0 │    0–1 ─            nothing, neither won nor lost
        ▼ │  │ ╲├──┤  │
          └──┴──┴──┴──┘

The score of a step is counted once however many sentences it takes (counted a
sentence, merges of sentences that are not alike pay: F1 .83 against .88 on
German–French with the same vectors).  A sentence without counterpart gains
nothing; two of them between the same neighbours are rather a pair, however
unlike, unless their lengths or turns speak against it.  Where the evidence says
little (no lexicon, languages without a word in common) unlikeness says nothing
either; how much it says is read off the chain of best counterparts, and what is
lacking is made up by the lengths and by the expectation that sentences have
counterparts.  Rows are computed at once; of long texts only a band around the
chain of sentences that are each other's best counterpart, so that work is
linear in length.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from variorum.aligners import Pair, Side
from variorum.aligners.across_languages.evidence import Vectors, View, mutual, sizes, units

__all__ = ["LARGEST", "SHAPES", "path"]

_Floats = NDArray[np.float64]
_Shapes = NDArray[np.int8]

LARGEST = 5
"""Sentences of one side that may stand in one pair."""

SHAPES = tuple(
    (a, b)
    for a in range(1, LARGEST + 1)
    for b in range(1, LARGEST + 1)
    if min(a, b) == 1 or a + b <= 6
)
"""Merges looked for: up to 1–5, 2–4, 3–3."""

PAIR = 0.05  # gained by any pair over two sentences left over
MERGE = 0.04  # gained by each sentence beyond two, which else would gain nothing
LENGTH = 0.2  # lost by the square of the logarithm of the lengths' ratio
BOUNDARY = 0.1  # lost by a pair that goes over the end of a turn, for each side
SPEAKER = 0.1  # won or lost where both speakers are known, and agree or not
TELLING = 0.8  # mean likeness of best counterparts from which the evidence speaks for itself
EXPECTED = 1.0  # gained by any pair where the evidence says nothing
BARE = 8  # times that lengths count more where the evidence says nothing
WHOLE = 2_000_000  # cells that are all looked at
BAND = 200  # columns on either side of the chain

_UP, _LEFT = len(SHAPES), len(SHAPES) + 1


def path(source: Side, target: Side, seen: Sequence[View]) -> tuple[Pair, ...]:
    """The best pairs in the order of both sides; every position of either exactly once."""
    n, m = len(source.sentences), len(target.sentences)
    low, high = _band(n, m, seen)
    steps = _Steps(source, target, seen)
    rows = [_first(int(high[0]), m)]
    backs: list[_Shapes] = [np.zeros(0, dtype=np.int8)]
    for i in range(1, n + 1):
        row, back = _row(i, int(low[i]), int(high[i]), rows, steps, m)
        rows = [*rows[-LARGEST + 1 :], row]
        backs.append(back)
    return _traced(n, m, low, backs, steps)


def _first(high: int, m: int) -> _Floats:
    row = np.full(m + 1, -np.inf)
    row[:high] = 0.0
    return row


def _row(
    i: int, low: int, high: int, rows: Sequence[_Floats], steps: _Steps, m: int
) -> tuple[_Floats, _Shapes]:
    """The best scores of row *i* within its band, and the step that each came by."""
    best = rows[-1][low:high].copy()
    back = np.full(high - low, _UP, dtype=np.int8)
    for number, (a, b) in enumerate(SHAPES):
        start = max(low, b)
        if a > i or start >= high:
            continue
        gained = rows[-a][start - b : high - b] + steps.score(i - a, a, b, start - b, high - b)
        better = gained > best[start - low :]
        best[start - low :][better] = gained[better]
        back[start - low :][better] = number
    running = np.maximum.accumulate(best)
    back[running > best] = _LEFT
    row = np.full(m + 1, -np.inf)
    row[low:high] = running
    return row, back


def _traced(
    n: int, m: int, low: NDArray[np.int64], backs: Sequence[_Shapes], steps: _Steps
) -> tuple[Pair, ...]:
    out: list[Pair] = []
    i, j = n, m
    while i or j:
        number = int(backs[i][j - int(low[i])]) if i else _LEFT
        if number == _UP:
            i -= 1
            out.append(Pair((i,), (), 0.0))
        elif number == _LEFT:
            j -= 1
            out.append(Pair((), (j,), 0.0))
        else:
            a, b = SHAPES[number]
            i, j = i - a, j - b
            score = round(float(steps.score(i, a, b, j, j + 1)[0]), 4)
            out.append(Pair(tuple(range(i, i + a)), tuple(range(j, j + b)), score))
    return tuple(reversed(out))


class _Steps:
    """The scores of steps, a row at a time; what rows share is computed once."""

    def __init__(self, source: Side, target: Side, seen: Sequence[View]) -> None:
        self.seen = seen
        self.norms = [
            (_norms(view.source, view.source_rest), _norms(view.target, view.target_rest))
            for view in seen
        ]
        self.sums = [(_summed(view.source), _summed(view.target)) for view in seen]
        self.lengths = (_lengths(source), _lengths(target))
        chain = _chain(seen)
        self.ratio = _ratio(source, target, chain)
        self.turns = (_turns(source), _turns(target))
        self.speakers = _speakers(source, target)
        dumb = 1 - min(1.0, _telling(seen, chain) / TELLING)
        self.start = PAIR + EXPECTED * dumb
        self.merge = MERGE * (1 + dumb)
        self.length = LENGTH * (1 + (BARE - 1) * dumb)

    def score(self, i: int, a: int, b: int, start: int, end: int) -> _Floats:
        """Of taking *a* sentences from *i* with *b* from each of *start* to *end*."""
        out = np.full(end - start, self.merge * (a + b - 2) + self.start)
        for view, (x, y), (p, q) in zip(self.seen, self.norms, self.sums, strict=True):
            vector = p[i + a] - p[i]
            dots = q[start + b : end + b] @ vector - q[start:end] @ vector
            cosine = dots / (x[a - 1][i] * y[b - 1][start:end])
            out += view.weight * _likeness(cosine)
        here, there = self.lengths
        size = (there[start + b : end + b] - there[start:end]) / (here[i + a] - here[i])
        out -= self.length * (np.log(size) - self.ratio) ** 2
        mine, its = self.turns
        out -= BOUNDARY * (mine[i + a - 1] != mine[i])
        out -= BOUNDARY * (its[start + b - 1 : end + b - 1] != its[start:end])
        own, others = self.speakers[0][i], self.speakers[1][start:end]
        if own >= 0:
            out += SPEAKER * np.where(others == own, 1, -(others >= 0).astype(np.int64))
        return out


def _likeness(cosine: _Floats) -> _Floats:
    """Fisher's z, so that the step from .8 to .9 counts more than that from .1 to .2."""
    likeness: _Floats = np.arctanh(np.clip(cosine, -0.97, 0.97))
    return likeness


def _ratio(source: Side, target: Side, chain: Sequence[tuple[int, int]]) -> float:
    """The logarithm of target characters for a source character: the median of the chain's.

    Not that of the whole texts, of which one may be a part of the other only.
    """
    told = [
        math.log(max(1, len(target.sentences[j].text)) / max(1, len(source.sentences[i].text)))
        for i, j in chain
    ]
    return float(np.median(told)) if told else 0.0


def _telling(seen: Sequence[View], chain: Sequence[tuple[int, int]]) -> float:
    """The likeness of best counterparts in their *chain*, as a mean over the shorter side."""
    if not chain:
        return 0.0
    rows, columns = (list(each) for each in zip(*chain, strict=True))
    total = np.zeros(len(chain))
    for view in seen:
        x, y = view.source[rows], view.target[columns]
        size = sizes(view.source[rows], view.source_rest[rows])
        size *= sizes(view.target[columns], view.target_rest[columns])
        total += view.weight * _likeness((x * y).sum(axis=1) / size)
    return float(total.sum()) / min(len(seen[0].source), len(seen[0].target))


def _summed(vectors: Vectors) -> _Floats:
    out = np.zeros((len(vectors) + 1, vectors.shape[1]))
    np.cumsum(vectors, axis=0, out=out[1:])
    return out


def _norms(vectors: Vectors, rest: Vectors) -> list[_Floats]:
    """For 1, 2 … sentences from each position: the length of their sum."""
    sums = _summed(vectors)
    more = np.concatenate([[0.0], np.cumsum(rest)])
    out = []
    for count in range(1, LARGEST + 1):
        part = sums[count:] - sums[:-count]
        out.append(np.sqrt((part * part).sum(axis=1) + more[count:] - more[:-count] + 1e-6))
    return out


def _lengths(side: Side) -> _Floats:
    """Characters before each sentence, and at the end; a sentence has at least one."""
    letters = [max(1, len(sentence.text)) + 1 for sentence in side.sentences]
    return np.concatenate([[0.0], np.cumsum(letters)])


def _turns(side: Side) -> NDArray[np.int64]:
    return np.array([sentence.turn for sentence in side.sentences], dtype=np.int64)


def _speakers(source: Side, target: Side) -> list[NDArray[np.int64]]:
    """For each sentence of either side the number of its speaker; -1 if not known to both."""
    said = [[side.passages[s.turn].speaker for s in side.sentences] for side in (source, target)]
    known = {name for name in said[0] if name is not None}.intersection(said[1])
    number = {name: n for n, name in enumerate(sorted(known))}
    return [
        np.array([-1 if name is None else number.get(name, -1) for name in each], dtype=np.int64)
        for each in said
    ]


def _band(n: int, m: int, seen: Sequence[View]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each row the columns looked at: all, or those near the chain of best counterparts.

    Each row reaches from the centre of the one before to that of the next, so
    that however much the target has more between two rows, the path can go
    through it in either.
    """
    if n * m <= WHOLE:
        return np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m + 1, dtype=np.int64)
    chain = [(0, 0), *((i + 1, j + 1) for i, j in _chain(seen)), (n, m)]
    rows, columns = (np.array(each, dtype=np.float64) for each in zip(*chain, strict=True))
    centre = np.interp(np.arange(n + 1), rows, columns).astype(np.int64)
    low = np.maximum(np.concatenate([[0], centre[:-1]]) - BAND, 0)
    high = np.minimum(np.concatenate([centre[1:], [m]]) + BAND, m) + 1
    return low, high


def _chain(seen: Sequence[View]) -> list[tuple[int, int]]:
    """Sentences that are each other's best counterpart, in a chain that ascends on both sides."""
    return _ascending([(i, j) for i, j, _ in mutual(*units(seen))])


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
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
