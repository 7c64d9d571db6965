"""One witness against the base: words in other order, in other pieces, in other brackets.

Columns that both leave empty are set aside first, so that what stands together
in the two is together here, whatever the other witnesses have between::

    base   dear    friend  ,   can  not  -         went  away   quickly
    own    friend  dear    ,   -    -    cannot    left  -      -
           └─── order ──┘      └── pieces ──┘      └──── phrase ─────┘
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from variorum.collation import NOTHING
from variorum.loci.views import Flags, Place, Table, View, runs, torn
from variorum.text import Span

__all__ = ["ALIKE", "PHRASE", "differing"]

NEAR = 3
"""Columns that may stand between the two places of words which only change their order."""

JOINED = 0.7
"""From this likeness on, neighbouring pieces are taken for one word in other pieces."""

PIECES = 4
"""Columns of one word at most: three pieces, and a speck or a hyphen among them."""

ALIKE = 0.6
"""Letters that two forms of one word share at least; below, they are two words."""

PHRASE = 6
"""Words without a counterpart that may belong to a phrase; more of them are a passage."""

_MISREAD_BRACKETS = frozenset("/|(){}[]lI1!J")
"""What machine-read copies and typewriters without square brackets have for them."""


def differing(seen: View, row: int, told: Flags) -> Iterator[Place]:
    """The places of a witness that are more than a column; *told* is marked as they are found."""
    pair = _Pair.of(seen, row, told)
    for find in (_swaps, _orders, _brackets, _pieces, _phrases):
        yield from find(pair)


@frozen(eq=False)
class _Pair:
    """One witness against the base, without the columns that both leave empty.

    ``columns`` are those of the collation; ``base`` and ``own`` numbers of
    forms or ``NOTHING``; ``told`` what has been told, of the whole collation.
    """

    seen: View
    row: int
    columns: NDArray[np.intp]
    base: Table
    own: Table
    all_told: Flags

    @classmethod
    def of(cls, seen: View, row: int, told: Flags) -> _Pair:
        base, own = seen.forms[:, seen.base], seen.forms[:, row]
        columns = np.flatnonzero((base >= 0) | (own >= 0))
        return cls(seen, row, columns, base[columns], own[columns], told)

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def told(self) -> Flags:
        """Which of these columns have been told, now."""
        out: Flags = self.all_told[self.columns, self.row]
        return out

    def is_told(self, start: int, end: int) -> bool:
        return bool(self.all_told[self.columns[start:end], self.row].any())

    def place(self, start: int, end: int, why: str) -> Place:
        """The place of a range of these columns; it is told from now on."""
        span = Span(int(self.columns[start]), int(self.columns[end - 1]) + 1)
        self.all_told[span.start : span.end, self.row] = True
        return Place(span, frozenset([self.row]), why)

    def keys(self, side: Table, start: int, end: int) -> list[str]:
        """The folded words of one side, marks left out."""
        names = self.seen.keys
        return [names[f] for f in side[start:end].tolist() if f >= 0 and names[f]]

    def like(self, start: int, end: int) -> float:
        """How alike (0–1) the letters of the two sides are."""
        a = "".join(self.keys(self.base, start, end))
        return Levenshtein.normalized_similarity(a, "".join(self.keys(self.own, start, end)))

    @cached_property
    def lone(self) -> Flags:
        """Where one of the two has nothing."""
        return (self.base < 0) | (self.own < 0)

    @cached_property
    def worded(self) -> Flags:
        """Where one of the two has a word."""
        is_word = np.append(self.seen.is_word, False)  # which ``NOTHING`` is not
        found: Flags = is_word[self.base] | is_word[self.own]
        return found

    @property
    def lengths(self) -> NDArray[np.int64]:
        """By side, the letters that stand before each column, and at last of all."""
        letters = np.array([*map(len, self.seen.keys), 0], dtype=np.int64)
        counts = np.stack((letters[self.base], letters[self.own]))
        return np.concatenate((np.zeros((2, 1), dtype=np.int64), counts.cumsum(axis=1)), axis=1)

    def keyed(self, side: Table) -> Table:
        """Numbers of keys, ``NOTHING`` where there is nothing."""
        return np.where(side >= 0, self.seen.key_of[side], NOTHING).astype(np.int32)


def _swaps(pair: _Pair) -> Iterator[Place]:
    """Two words that stand in each other's columns, with at most one between them."""
    a, b = pair.keyed(pair.base), pair.keyed(pair.own)
    for apart in (1, 2):
        crossed = (a[:-apart] == b[apart:]) & (b[:-apart] == a[apart:]) & (a[:-apart] != b[:-apart])
        crossed &= (a[:-apart] >= 0) & (b[:-apart] >= 0)
        if apart == 2:
            crossed &= a[1:-1] == b[1:-1]
        for start in np.flatnonzero(crossed).tolist():
            words = pair.keys(pair.base, start, start + 1), pair.keys(pair.own, start, start + 1)
            if all(words) and not pair.is_told(start, start + apart + 1):
                yield pair.place(start, start + apart + 1, "order")


def _orders(pair: _Pair) -> Iterator[Place]:
    """Words that a witness lacks here and has again close by: only their order differs."""
    added = runs((pair.base < 0) & ~pair.told)
    at = 0
    for s, e in runs((pair.own < 0) & ~pair.told) if added else ():
        while at < len(added) and added[at][1] + NEAR < s:
            at += 1
        for s2, e2 in added[at : at + 2]:
            start, end, apart = min(s, s2), max(e, e2), max(s, s2) - min(e, e2)
            if not 0 < apart <= NEAR or pair.is_told(start, end):
                continue
            a = "".join(pair.keys(pair.base, s, e))
            b = "".join(pair.keys(pair.own, s2, e2))
            if a and b and Levenshtein.normalized_similarity(a, b) >= 0.5 + JOINED / 2:
                yield pair.place(start, end, "order")


def _brackets(pair: _Pair) -> Iterator[Place]:
    """A bracketed insertion of either side that the other lacks or has in other brackets."""
    for side, other in ((pair.base, pair.own), (pair.own, pair.base)):
        for start, end in _bracketed(pair, side):
            edges = [start, end - 1]
            if bool((side[edges] == other[edges]).all()) or pair.is_told(start, end):
                continue
            missing = bool((other[start:end] < 0).all())
            if missing and _passage(start, end, other):
                continue
            if missing or _words_agree(pair, start, end):
                yield pair.place(*_misread(pair, start, end, other), "bracket")


def _bracketed(pair: _Pair, side: Table) -> Iterator[tuple[int, int]]:
    """Where one side has words in square brackets (from, to)."""
    opening, closing = pair.seen.brackets
    ends = np.flatnonzero(np.isin(side, closing)) if opening and closing else np.zeros(0, np.intp)
    for start in np.flatnonzero(np.isin(side, opening)).tolist() if len(ends) else ():
        after = int(np.searchsorted(ends, start))
        if after < len(ends) and 1 < ends[after] - start <= 2 * PHRASE:
            yield start, int(ends[after]) + 1


def _passage(start: int, end: int, other: Table) -> bool:
    """Whether the insertion is the smaller part of what is missing there."""
    reach = 2 * (end - start)
    around = other[max(0, start - reach) : end + reach] < 0
    inside = start - max(0, start - reach)
    before = around[:inside][::-1]
    after = around[inside + end - start :]
    missing = sum(len(side) if side.all() else int(side.argmin()) for side in (before, after))
    return missing > end - start


def _words_agree(pair: _Pair, start: int, end: int) -> bool:
    return pair.like(start + 1, end - 1) >= ALIKE


def _misread(pair: _Pair, start: int, end: int, other: Table) -> tuple[int, int]:
    """The range with a misread bracket of the other side that stands just outside of it."""
    names = pair.seen.names
    lone = pair.lone
    if start > 0 and lone[start - 1] and other[start] < 0 and other[start - 1] >= 0:
        start -= names[int(other[start - 1])] in _MISREAD_BRACKETS
    if end < len(pair) and lone[end] and other[end - 1] < 0 and other[end] >= 0:
        end += names[int(other[end])] in _MISREAD_BRACKETS
    return start, end


def _pieces(pair: _Pair) -> Iterator[Place]:
    """Words divided otherwise: neighbouring columns whose letters run together are alike."""
    lone = np.flatnonzero(pair.lone & ~pair.told)
    if not len(lone):
        return
    lengths = pair.lengths
    for column in lone.tolist():
        first = max(0, column - PIECES + 1)
        near = lengths[:, first : column + PIECES + 1].tolist()
        best = max(
            (
                (like, start - end, -start, start, end)
                for start, end in _windows(first, column, len(pair), near)
                if (like := _joined(pair, start, end))
            ),
            default=None,
        )
        if best is not None:
            yield pair.place(best[3], best[4], "pieces")


def _windows(
    first: int, column: int, columns: int, letters: Sequence[Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """Ranges around a column whose two sides are not too unlike in length to be one word.

    *letters* counts those of base and witness before each column from *first*.
    """
    ours, theirs = letters
    for start in range(first, column + 1):
        for end in range(max(column + 1, start + 2), min(columns, start + PIECES) + 1):
            a = ours[end - first] - ours[start - first]
            b = theirs[end - first] - theirs[start - first]
            if min(a, b) >= JOINED * max(a, b) and a and b:
                yield start, end


def _joined(pair: _Pair, start: int, end: int) -> float:
    """How alike the columns, taken together, are as one word in other pieces; 0 if they are not."""
    if not pair.worded[start] or not pair.worded[end - 1]:
        return 0.0
    a, b = pair.keys(pair.base, start, end), pair.keys(pair.own, start, end)
    if not a or not b or len(a) == len(b) or min(len(a), len(b)) > 2 or pair.is_told(start, end):
        return 0.0
    together = Levenshtein.normalized_similarity("".join(a), "".join(b))
    if together < JOINED:
        return 0.0
    apart = max(Levenshtein.normalized_similarity(x, y) for x in a for y in b)
    return together if together == 1 or together > apart else 0.0


def _phrases(pair: _Pair) -> Iterator[Place]:
    """Words that do not correspond one to one: some without counterpart beside some unlike."""
    lone = pair.lone & ~pair.told
    if not lone.any():
        return
    part = lone | _unlike(pair, lone)
    for start, end in runs(part):
        filled = np.flatnonzero(pair.worded[start:end])
        if not len(filled):
            continue
        first, after = start + int(filled[0]), start + int(filled[-1]) + 1
        if not lone[first:after].any() or _longest(lone[first:after]) > PHRASE:
            continue
        if pair.keys(pair.base, first, after) and pair.keys(pair.own, first, after):
            yield pair.place(first, after, "phrase")


def _longest(flags: Flags) -> int:
    return max((e - s for s, e in runs(flags)), default=0)


def _unlike(pair: _Pair, lone: Flags) -> Flags:
    """Where the two have words that are not alike, next to a word without counterpart."""
    is_word = pair.seen.is_word
    differs = (pair.base != pair.own) & ~pair.lone & ~pair.told
    differs &= is_word[pair.base] & is_word[pair.own]
    out = np.zeros(len(pair), dtype=np.bool_)
    for start, end in runs(differs | lone):
        if not lone[start:end].any():
            continue
        for at in (start + np.flatnonzero(differs[start:end])).tolist():
            out[at] = not _correspond(pair, at)
    return out


def _correspond(pair: _Pair, at: int) -> bool:
    """Whether two words of one column answer each other: alike, torn, or both numbers."""
    a, b = (pair.keys(side, at, at + 1)[0] for side in (pair.base, pair.own))
    like = Levenshtein.normalized_similarity(a, b)
    return like >= ALIKE or torn(a, b) or _numbers(pair, at)


def _numbers(pair: _Pair, at: int) -> bool:
    """Whether both sides are numbers: those correspond, however unlike."""
    names = pair.seen.names
    return all(
        any(char.isnumeric() for char in names[int(side[at])]) for side in (pair.base, pair.own)
    )
