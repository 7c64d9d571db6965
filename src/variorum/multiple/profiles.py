"""Profiles: aligned witnesses seen as a sequence of columns, and how two of them are merged.

A profile keeps, for each column, which symbols (interned forms) stand there
and in how many of its members; merging two profiles is dynamic programming
over columns with the *sum of pairs* as cost, so a gap costs by how many
members it concerns and a column that few of them fill is cheap to pass::

    members 3       the    quick  brown  fox     offset  0  1      3      4   5
                    the    qu1ck  brown  fox     symbol  ⟨the⟩ ⟨quick qu1ck⟩ …
                    the    -      brown  fox     count   3     1     1       …

Leaving a word alone costs its weight.  That two stand beside one another costs

- nothing for the same form, ``same_key`` of both weights for the same word in
  other case or accents;
- for two words (1 − likeness) of both weights less ``pairing``, likeness being
  1 − Levenshtein ÷ longer.  Below ``chance`` it is none, unless one letter is
  all that differs; a letter more or less counts half as much again there,
  since a misreading mostly keeps the number of letters, while another ending,
  or a word torn in two, does not.  The small ``pairing`` lets unlike words in
  one place stand as variants of one another, as editors print them; and since
  it is the same for every pair, *which* of two places an unlike word takes is
  a tie, and goes to the left, where editors put the word that renders two;
- a mark beside a word more than leaving both alone: it never happens;
- two different marks ``marks``, two numbers at most like ``numbers``.

Opening a gap costs ``open`` of a full weight more, so that absent phrases stay
whole.

Integers throughout: the compiled kernel (``variorum._kernel``, used if it was built)
and the plain Python here agree to the bit.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from types import ModuleType

import numpy as np
from attrs import astuple, frozen
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from variorum.pairwise import KERNEL, Chain
from variorum.tokens import folded

__all__ = ["COSTS", "MARK", "Costs", "Profile", "Symbols", "fuse", "leaf", "merge", "tally"]

Array = NDArray[np.int32]

MARK, WORD, NUMBER = 0, 1, 2
FAR = 1 << 60
FULL = 1000
"""The weight of a word that occurs once."""

MARK_WEIGHT = 200
"""A comma says little about where words belong."""

COMMON_WEIGHT = 500
"""The weight of a word as common as words can be."""


VOICES = 3
"""The most frequent forms of a column that speak for it; with more, noise copies cost k² time."""


@frozen
class Costs:
    """In thousandths; the header argues them."""

    open: int = 200
    pairing: int = 150
    same_key: int = 10
    chance: int = 540
    marks: int = 450
    numbers: int = 500


COSTS = Costs()


@frozen(eq=False)
class Symbols:
    """The interned forms of a collation, with what comparing them needs."""

    forms: tuple[str, ...]
    key: Array  # the same for forms equal but for case, accents and marks
    weight: Array
    kind: Array
    offset: Array  # into chars
    chars: NDArray[np.uint32]
    keys: tuple[str, ...]  # folded form of each symbol
    names: tuple[str, ...]  # folded form of each key

    @cached_property
    def comparer(self) -> object:
        """What the kernel compares with: these arrays, and the likenesses it remembers."""
        assert KERNEL is not None
        arrays = (self.key, self.weight, self.kind, self.offset, self.chars)
        return KERNEL.comparer(arrays, astuple(COSTS))

    @classmethod
    def of(cls, forms: Sequence[str], counts: Sequence[int], witnesses: int) -> Symbols:
        """Symbols of *forms* that occur *counts* times in all *witnesses* together."""
        keys = [folded(form) for form in forms]
        names = [key or form for key, form in zip(keys, forms, strict=True)]
        number: dict[str, int] = {}
        key = np.fromiter((number.setdefault(n, len(number)) for n in names), np.int32, len(names))
        kind = np.fromiter(map(_kind, keys), np.int32, len(keys))
        total = np.bincount(key, weights=np.asarray(counts)).astype(np.float64)
        lengths = np.fromiter(map(len, names), np.int64, len(names))
        offset = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
        chars = np.frombuffer("".join(names).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        weight = _weights(total, witnesses)[key]
        weight[kind == MARK] = MARK_WEIGHT
        return cls(tuple(forms), key, weight, kind, offset, chars, tuple(names), tuple(number))


def _kind(key: str) -> int:
    if not key:
        return MARK
    return NUMBER if key.isdecimal() else WORD


def _weights(total: NDArray[np.float64], witnesses: int) -> Array:
    """Information, scaled: the rarer a word in a witness, the more its place is worth."""
    each = np.maximum(total / max(1, witnesses), 1.0)
    scale = math.log(max(2.0, float(total.sum()) / max(1, witnesses)))
    out = FULL - (FULL - COMMON_WEIGHT) * np.log(each) / scale
    return np.floor(out).astype(np.int32)


@frozen(eq=False)
class Profile:
    """The columns of ``members`` aligned witnesses.

    Symbols and counts of column c stand in ``offset[c]:offset[c + 1]``, by
    falling count, then by rising number.
    """

    members: int
    offset: Array
    symbol: Array
    count: Array

    def __len__(self) -> int:
        return len(self.offset) - 1

    @property
    def arrays(self) -> tuple[Array, Array, Array]:
        """What the kernel takes."""
        return self.offset, self.symbol, self.count

    def consensus(self) -> Array:
        """The most frequent symbol of each column."""
        return self.symbol[self.offset[:-1]]


def leaf(symbols: Array) -> Profile:
    """The profile of one witness."""
    n = len(symbols)
    return Profile(1, np.arange(n + 1, dtype=np.int32), symbols, np.ones(n, dtype=np.int32))


def merge(
    symbols: Symbols, a: Profile, b: Profile, chain: Chain, *, kernel: ModuleType | None = KERNEL
) -> Array:
    """Pairs (column of a or -1, column of b or -1), in order, at least cost along *chain*."""
    if kernel is not None:
        data = kernel.merge(symbols.comparer, a.arrays, a.members, b.arrays, b.members, chain)
        return np.frombuffer(data, dtype=np.int32).reshape(-1, 2)
    plain = _Plain(symbols, a, b)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for stop_i, stop_j, run in [*chain.tolist(), [len(a), len(b), 0]]:
        pairs += plain.settle(i, stop_i, j, stop_j)
        pairs += [(stop_i + r, stop_j + r) for r in range(run)]
        i, j = stop_i + run, stop_j + run
    return np.array(pairs, dtype=np.int32).reshape(-1, 2)


def fuse(a: Profile, b: Profile, pairs: Array, *, kernel: ModuleType | None = KERNEL) -> Profile:
    """The profile of the merged columns."""
    members = a.members + b.members
    if kernel is not None:
        parts = kernel.fuse(a.arrays, b.arrays, np.ascontiguousarray(pairs))
        offset, symbol, count = (np.frombuffer(part, dtype=np.int32) for part in parts)
        return Profile(members, offset, symbol, count)
    columns = []
    for i, j in pairs.tolist():
        here: dict[int, int] = {}
        for profile, column in ((a, i), (b, j)):
            for symbol_, count_ in _cells(profile, column) if column >= 0 else ():
                here[symbol_] = here.get(symbol_, 0) + count_
        columns.append(sorted(here.items(), key=lambda cell: (-cell[1], cell[0])))
    return Profile(members, *_flat(columns))


def tally(
    table: Array, *, skip: int = -1, kernel: ModuleType | None = KERNEL
) -> tuple[Profile, Array]:
    """The profile of a table of symbols (columns × members), and its columns' numbers.

    Member *skip* is left out, and with it the columns that only it fills.
    """
    members = table.shape[1] - (skip >= 0)
    if kernel is not None:
        parts = kernel.tally(np.ascontiguousarray(table), table.shape[1], skip)
        offset, symbol, count = (np.frombuffer(part, dtype=np.int32) for part in parts)
    else:
        offset, symbol, count = _tallied(table, skip)
    lengths = np.diff(offset)
    filled = np.flatnonzero(lengths).astype(np.int32)
    offset = np.concatenate(([0], np.cumsum(lengths[filled]))).astype(np.int32)
    return Profile(members, offset, symbol, count), filled


def _tallied(table: Array, skip: int) -> tuple[Array, Array, Array]:
    columns = []
    for cells in table.tolist():
        here = Counter(x for m, x in enumerate(cells) if m != skip and x >= 0)
        columns.append(sorted(here.items(), key=lambda cell: (-cell[1], cell[0])))
    return _flat(columns)


def _flat(columns: Sequence[Sequence[tuple[int, int]]]) -> tuple[Array, Array, Array]:
    offset = np.cumsum([0, *map(len, columns)]).astype(np.int32)
    flat = np.array([c for column in columns for c in column], dtype=np.int32).reshape(-1, 2)
    return offset, flat[:, 0].copy(), flat[:, 1].copy()


def _cells(profile: Profile, column: int) -> Iterable[tuple[int, int]]:
    begin, end = int(profile.offset[column]), int(profile.offset[column + 1])
    return zip(profile.symbol[begin:end].tolist(), profile.count[begin:end].tolist(), strict=True)


def _least(pair: int, only_a: int, only_b: int) -> tuple[int, int]:
    """The least of three states and its number; of equals a's gap, then b's, then the pair."""
    cost, _, state = min((only_a, 0, 1), (only_b, 1, 2), (pair, 2, 0))
    return cost, state


class _Plain:
    """The kernel's work in plain Python, the same sums in the same order."""

    def __init__(self, symbols: Symbols, a: Profile, b: Profile) -> None:
        self.symbols = symbols
        self.key: list[int] = symbols.key.tolist()
        self.weight: list[int] = symbols.weight.tolist()
        self.kind: list[int] = symbols.kind.tolist()
        self.members = (a.members, b.members)
        self.columns = tuple([list(_cells(p, c)) for c in range(len(p))] for p in (a, b))
        self.gaps = tuple(
            [sum(1000 * self.weight[x] * n for x, n in cells) for cells in side]
            for side in self.columns
        )
        self.present = tuple([sum(n for _, n in cells) for cells in s] for s in self.columns)
        self.known: dict[tuple[int, int], int] = {}

    def likeness(self, x: int, y: int) -> int:
        """In thousandths; below chance nothing."""
        pair = (min(self.key[x], self.key[y]), max(self.key[x], self.key[y]))
        if pair not in self.known:
            a, b = self.symbols.keys[x], self.symbols.keys[y]
            distance = Levenshtein.distance(a, b)
            longer, other = max(len(a), len(b)), abs(len(a) - len(b))
            kin = distance < 2 or 1000 - 500 * (2 * distance + other) // longer >= COSTS.chance
            self.known[pair] = 1000 - 1000 * distance // longer if kin else 0
        return self.known[pair]

    def apart(self, x: int, y: int) -> int:
        """What it costs that x stands beside y."""
        both = self.weight[x] + self.weight[y]
        if self.key[x] == self.key[y]:
            return 0 if x == y else COSTS.same_key * both
        marks = (self.kind[x] == MARK) + (self.kind[y] == MARK)
        if marks:
            return (COSTS.marks if marks == 2 else 1000 + COSTS.pairing) * both
        like = self.likeness(x, y)
        if self.kind[x] == self.kind[y] == NUMBER:
            like = max(like, COSTS.numbers)
        return (1000 - like) * (both - COSTS.pairing)

    def together(self, i: int, j: int) -> int:
        """What it costs that two columns become one."""
        (ma, mb), (ga, gb), (pa, pb) = self.members, self.gaps, self.present
        voices_a, voices_b = self.columns[0][i][:VOICES], self.columns[1][j][:VOICES]
        seen = sum(n for _, n in voices_a), sum(m for _, m in voices_b)
        total: int = sum(self.apart(x, y) * n * m for x, n in voices_a for y, m in voices_b)
        if seen != (pa[i], pb[j]):
            total = total // (seen[0] * seen[1]) * pa[i] * pb[j]
        return int(total + ga[i] * (mb - pb[j]) + gb[j] * (ma - pa[i]))

    def settle(self, i0: int, i1: int, j0: int, j1: int) -> list[tuple[int, int]]:
        """Gotoh (1982): three states, affine gaps; ties put gaps late, so pairs stand leftmost."""
        if i0 == i1 or j0 == j1:
            return [(i, -1) for i in range(i0, i1)] + [(-1, j) for j in range(j0, j1)]
        (ma, mb), (ga, gb), (pa, pb) = self.members, self.gaps, self.present
        pairs, only_a, only_b = [0], [FAR], [FAR]
        froms = [[(0, 0, 0)]]
        for j in range(j0, j1):
            fresh = pairs[-1] + COSTS.open * 1000 * pb[j] * ma
            best, way = (only_b[-1], 2) if only_b[-1] <= fresh else (fresh, 0)
            pairs.append(FAR)
            only_a.append(FAR)
            only_b.append(best + gb[j] * ma)
            froms[0].append((0, 0, way))
        for i in range(i0, i1):
            rows: tuple[list[int], list[int], list[int]] = ([], [], [])
            ways = []
            open_a = COSTS.open * 1000 * pa[i] * mb
            for column, j in enumerate(range(j0 - 1, j1)):
                best_x, way_x = _least(
                    pairs[column] + open_a, only_a[column], only_b[column] + open_a
                )
                rows[1].append(best_x + ga[i] * mb)
                if not column:
                    rows[0].append(FAR)
                    rows[2].append(FAR)
                    ways.append((0, way_x, 0))
                    continue
                best_m, way_m = _least(pairs[column - 1], only_a[column - 1], only_b[column - 1])
                open_b = COSTS.open * 1000 * pb[j] * ma
                best_y, way_y = _least(rows[0][-1] + open_b, rows[1][-2] + open_b, rows[2][-1])
                rows[0].append(best_m + self.together(i, j))
                rows[2].append(best_y + gb[j] * ma)
                ways.append((way_m, way_x, way_y))
            pairs, only_a, only_b = rows
            froms.append(ways)
        state = _least(pairs[-1], only_a[-1], only_b[-1])[1]
        return self._walked(froms, state, i0, j0)

    @staticmethod
    def _walked(
        froms: Sequence[Sequence[tuple[int, int, int]]], state: int, i0: int, j0: int
    ) -> list[tuple[int, int]]:
        i, j = len(froms) - 1, len(froms[0]) - 1
        out = []
        while i or j:
            way = froms[i][j][state]
            i, j = i - (state != 2), j - (state != 1)
            out.append((i0 + i if state != 2 else -1, j0 + j if state != 1 else -1))
            state = way
        return out[::-1]
