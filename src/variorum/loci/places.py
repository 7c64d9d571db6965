"""Where loci lie: columns of the collation, cut where an editor would cut.

::

    base   the  cannot  -    rose  by  15  %  Albanians  that  had  come  ,   dear  friend
    A      the  can     not  rose  by  16  %  Albanians  -     -    -     ,   friend dear
                └─ one ─┘              └┘                └─── one ─────┘      └── one ────┘

A *place* is a range of columns and the witnesses whose difference is told
there.  In order: what moved is brought to where the base has it; then, each
witness against the base with the columns that both leave empty set aside,

- words that change places with their neighbours are one place (``order``);
- a bracketed insertion is one, whatever became of its brackets (``bracket``);
- words divided otherwise, or a name in other pieces, are one (``pieces``);
- words that do not correspond one to one are one (``phrase``);
- what a witness lacks in a row is one (``absence``), what the base lacks in a
  row is one (``addition``);
- every other column that differs is a place of its own.

Overlapping places of words become one; a long absence stays apart from the
variants within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import ClassVar

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from variorum.collation import NOTHING, Collation
from variorum.text import Span
from variorum.tokens import folded

__all__ = ["CLOSING", "OPENING", "Place", "View", "places", "view"]

Table = NDArray[np.int32]
Flags = NDArray[np.bool_]

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

OPENING = frozenset("[⟨<{⟦")
CLOSING = frozenset("]⟩>}⟧")
_MISREAD_BRACKETS = frozenset("/|(){}[]lI1!J")
"""What machine-read copies and typewriters without square brackets have for them."""


@frozen(eq=False)
class View:
    """A collation as the base sees it.

    ``table`` has moved words where the base has them; ``forms`` holds the
    number of each cell's compared form, ``names`` its spelling; ``keys`` the
    folded spelling and ``key_of`` its number, by number of form.
    """

    collation: Collation
    base: int
    table: Table
    forms: Table
    names: tuple[str, ...]
    keys: tuple[str, ...]
    key_of: Table

    def cells(self, row: int, span: Span) -> list[int]:
        """The numbers of a witness's forms in a range of columns."""
        return [f for f in self.forms[span.start : span.end, row].tolist() if f >= 0]

    def words(self, row: int, span: Span) -> list[str]:
        """The compared forms of a witness in a range of columns."""
        return [self.names[f] for f in self.cells(row, span)]

    @cached_property
    def is_word(self) -> Flags:
        """By number of form, whether it has letters or digits."""
        return np.array([bool(key) for key in self.keys], dtype=np.bool_)

    @cached_property
    def others(self) -> tuple[int, ...]:
        """The rows of all witnesses but the base."""
        return tuple(row for row in range(self.forms.shape[1]) if row != self.base)


@frozen
class Place:
    """A range of columns, the rows whose difference is told there, and what made it one."""

    span: Span
    rows: frozenset[int]
    why: str = ""  # one of the words in the module's list, "label", "mixed" or nothing

    @property
    def order(self) -> tuple[int, int, str, list[int]]:
        """What places are sorted by."""
        return self.span.start, self.span.end, self.why, sorted(self.rows)


def view(collation: Collation, base: str) -> View:
    """*collation* as *base* sees it."""
    row = collation.row(base)
    table = _brought(collation, base)
    number: dict[str, int] = {}
    forms = np.full(table.shape, NOTHING, dtype=np.int32)
    for other, tokens in enumerate(collation.tokens):
        ids = np.fromiter(
            (number.setdefault(form, len(number)) for form in tokens.forms), np.int32, len(tokens)
        )
        there = table[:, other] != NOTHING
        forms[there, other] = ids[table[there, other]]
    keys = tuple(map(folded, number))
    same: dict[str, int] = {}
    key_of = np.array([same.setdefault(key, len(same)) for key in keys], dtype=np.int32)
    return View(collation, row, table, forms, tuple(number), keys, key_of)


def _brought(collation: Collation, base: str) -> Table:
    """The table with moved words brought to where the base has them."""
    table = collation.table.copy()
    for move in collation.moves:
        to_there = base in move.sigla_there and base not in move.sigla_here
        sigla = move.sigla_here if to_there else move.sigla_there
        rows = [collation.row(siglum) for siglum in sigla]
        for a, b in move.links:
            to, source = (b, a) if to_there else (a, b)
            free = table[to, rows] == NOTHING
            brought = table[source, rows]
            table[to, rows] = np.where(free, brought, table[to, rows])
            table[source, rows] = np.where(free, NOTHING, brought)
    return table


def places(seen: View, labels: Sequence[Place] = ()) -> list[Place]:
    """The places of a collation, in order of their columns; *labels* are found already."""
    told = np.zeros(seen.forms.shape, dtype=np.bool_)
    joint = list(labels)
    for place in labels:
        told[place.span.start : place.span.end, sorted(place.rows)] = True
    for row in seen.others:
        pair = _Pair.of(seen, row, told)
        for find in _WITHIN:
            joint += find(pair)
    absences = list(_absences(seen, told))
    joint += _additions(seen, told)
    joint += _columns(seen, told)
    return sorted([*_united(joint), *absences], key=lambda place: place.order)


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
    all_told: Flags = field()

    BRACKET: ClassVar[str] = "bracket"

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
        return self.all_told[self.columns, self.row]

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
        is_word = self.seen.is_word
        return ((self.base >= 0) & is_word[self.base]) | ((self.own >= 0) & is_word[self.own])

    def keyed(self, side: Table) -> Table:
        """Numbers of keys, ``NOTHING`` where there is nothing."""
        return np.where(side >= 0, self.seen.key_of[side], NOTHING).astype(np.int32)


def _runs(flags: Flags) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(s), int(e)) for s, e in edges.reshape(-1, 2)]


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
    added = _runs((pair.base < 0) & ~pair.told)
    at = 0
    for s, e in _runs((pair.own < 0) & ~pair.told) if added else ():
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
            if missing and _passage(pair, start, end, other):
                continue
            if missing or _words_agree(pair, start, end):
                yield pair.place(*_misread(pair, start, end, other), "bracket")


def _bracketed(pair: _Pair, side: Table) -> Iterator[tuple[int, int]]:
    names = pair.seen.names
    opening = [f for f, name in enumerate(names) if name in OPENING]
    closing = [f for f, name in enumerate(names) if name in CLOSING]
    ends = np.flatnonzero(np.isin(side, closing))
    for start in np.flatnonzero(np.isin(side, opening)).tolist() if len(ends) else ():
        after = int(np.searchsorted(ends, start))
        if after < len(ends) and 1 < ends[after] - start <= 2 * PHRASE:
            yield start, int(ends[after]) + 1


def _passage(pair: _Pair, start: int, end: int, other: Table) -> bool:
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
    for column in np.flatnonzero(pair.lone & ~pair.told).tolist():
        best = max(
            (
                (like, start - end, -start, start, end)
                for start in range(max(0, column - PIECES + 1), column + 1)
                for end in range(max(column + 1, start + 2), min(len(pair), start + PIECES) + 1)
                if (like := _joined(pair, start, end))
            ),
            default=None,
        )
        if best is not None:
            yield pair.place(best[3], best[4], "pieces")


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
    for start, end in _runs(part):
        filled = np.flatnonzero(pair.worded[start:end])
        if not len(filled):
            continue
        first, after = start + int(filled[0]), start + int(filled[-1]) + 1
        if not lone[first:after].any() or _longest(lone[first:after]) > PHRASE:
            continue
        if pair.keys(pair.base, first, after) and pair.keys(pair.own, first, after):
            yield pair.place(first, after, "phrase")


def _longest(flags: Flags) -> int:
    return max((e - s for s, e in _runs(flags)), default=0)


def _unlike(pair: _Pair, lone: Flags) -> Flags:
    """Where the two have words that are not alike, next to a word without counterpart."""
    is_word = pair.seen.is_word
    differs = (pair.base != pair.own) & ~pair.lone & ~pair.told
    differs &= is_word[pair.base] & is_word[pair.own]
    out = np.zeros(len(pair), dtype=np.bool_)
    for start, end in _runs(differs | (lone & pair.worded)):
        if not lone[start:end].any():
            continue
        for at in range(start, end):
            out[at] = differs[at] and pair.like(at, at + 1) < ALIKE and not _numbers(pair, at)
    return out


def _numbers(pair: _Pair, at: int) -> bool:
    """Whether both sides are numbers: those correspond, however unlike."""
    names = pair.seen.names
    return all(
        any(char.isnumeric() for char in names[int(side[at])]) for side in (pair.base, pair.own)
    )


_WITHIN = (_swaps, _orders, _brackets, _pieces, _phrases)


def _absences(seen: View, told: Flags) -> Iterator[Place]:
    """What a witness lacks in a row of two words and more."""
    main = np.flatnonzero(seen.forms[:, seen.base] >= 0)
    found: dict[tuple[int, int], list[int]] = {}
    for row in seen.others:
        lacking = (seen.forms[main, row] < 0) & ~told[main, row]
        for s, e in _runs(lacking):
            if e - s > 1:
                span = (int(main[s]), int(main[e - 1]) + 1)
                found.setdefault(span, []).append(row)
                own = seen.forms[span[0] : span[1], row] < 0
                told[span[0] : span[1], row] |= own
    for (start, end), rows in sorted(found.items()):
        yield Place(Span(start, end), frozenset(rows), "absence")


def _additions(seen: View, told: Flags) -> Iterator[Place]:
    """What others have in a row where the base has nothing."""
    empty = seen.forms[:, seen.base] < 0
    for s, e in _runs(empty):
        here = (seen.forms[s:e] >= 0) & ~told[s:e]
        rows = np.flatnonzero(here.any(axis=0)).tolist()
        if rows:
            filled = np.flatnonzero(here.any(axis=1))
            told[s:e, rows] = True
            yield Place(Span(s + int(filled[0]), s + int(filled[-1]) + 1), frozenset(rows), "addition")


def _columns(seen: View, told: Flags) -> Iterator[Place]:
    """Every other column in which some witness differs."""
    differs = (seen.forms != seen.forms[:, seen.base : seen.base + 1]) & ~told
    for column in np.flatnonzero(differs.any(axis=1)).tolist():
        rows = np.flatnonzero(differs[column]).tolist()
        yield Place(Span(column, column + 1), frozenset(rows))


def _united(found: Iterable[Place]) -> Iterator[Place]:
    """Overlapping places become one."""
    held: Place | None = None
    for place in sorted(found, key=lambda place: place.order):
        if held is None or place.span.start >= held.span.end:
            if held is not None:
                yield held
            held = place
            continue
        end = max(held.span.end, place.span.end)
        whys = {held.why, place.why} - {""}
        why = "mixed" if len(whys) > 1 else "".join(whys)
        held = Place(Span(held.span.start, end), held.rows | place.rows, why)
    if held is not None:
        yield held
