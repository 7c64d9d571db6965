"""Where loci lie: columns of the collation, cut where an editor would cut.

::

    base   the  cannot  -    rose  by  15  %  Albanians  that  had  come  ,   dear  friend
    A      the  can     not  rose  by  16  %  Albanians  -     -    -     ,   friend dear  -
                └─ one ─┘              └┘                └─── one ─────┘      └── one ────┘

A *place* is a range of columns and the witnesses whose difference is told
there.  In order: what moved is brought to where the base has it; words that
change places with their neighbours are one place; words divided otherwise, or
a name in other pieces, are one place; what a witness lacks in a row is one
place; what the base lacks in a row is one place; every other column that
differs is a place of its own.  Overlapping places of words become one; a long
absence stays apart from variants within it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from variorum.collation import NOTHING, Collation
from variorum.text import Span
from variorum.tokens import folded

__all__ = ["Place", "View", "places", "view"]

Table = NDArray[np.int32]

NEAR = 3
"""Columns that may stand between the two places of words which only change their order."""

JOINED = 0.7
"""From this likeness on, neighbouring pieces are taken for one word in other pieces."""


@frozen(eq=False)
class View:
    """A collation as the base sees it.

    ``table`` has moved words where the base has them; ``forms`` holds the
    number of each cell's compared form, ``names`` and ``keys`` its spelling and
    its folded spelling.
    """

    collation: Collation
    base: int
    table: Table
    forms: Table
    names: tuple[str, ...]
    keys: tuple[str, ...]

    def words(self, row: int, span: Span) -> list[str]:
        """The compared forms of a witness in a range of columns."""
        return [self.names[f] for f in self.forms[span.start : span.end, row].tolist() if f >= 0]

    def key(self, row: int, span: Span) -> str:
        """The folded forms of a witness in a range of columns, run together."""
        return "".join(
            self.keys[f] for f in self.forms[span.start : span.end, row].tolist() if f >= 0
        )


@frozen
class Place:
    """A range of columns, the rows whose difference is told there, and what made it one."""

    span: Span
    rows: frozenset[int]
    why: str = ""  # "order", "pieces", "absence", "addition" or nothing


def view(collation: Collation, base: str) -> View:
    """*collation* as *base* sees it."""
    row = collation.row(base)
    table = collation.table.copy()
    for move in collation.moves:
        to_there = base in move.sigla_there and base not in move.sigla_here
        sigla = move.sigla_here if to_there else move.sigla_there
        rows = [collation.row(siglum) for siglum in sigla]
        for a, b in move.links:
            to, source = (b, a) if to_there else (a, b)
            table[to, rows] = np.where(
                table[to, rows] == NOTHING, table[source, rows], table[to, rows]
            )
            kept = table[to, rows] == table[source, rows]
            table[source, rows] = np.where(kept, NOTHING, table[source, rows])
    number: dict[str, int] = {}
    forms = np.full(table.shape, NOTHING, dtype=np.int32)
    for other, tokens in enumerate(collation.tokens):
        ids = np.fromiter(
            (number.setdefault(form, len(number)) for form in tokens.forms), np.int32, len(tokens)
        )
        there = table[:, other] != NOTHING
        forms[there, other] = ids[table[there, other]]
    return View(collation, row, table, forms, tuple(number), tuple(map(folded, number)))


def places(seen: View) -> list[Place]:
    """The places of a collation, in order of their columns."""
    told = np.zeros(seen.forms.shape, dtype=np.bool_)
    joint = [*_orders(seen, told), *_pieces(seen, told)]
    absences = list(_absences(seen, told))
    joint += _additions(seen, told)
    joint += _columns(seen, told)
    return sorted([*_united(joint), *absences], key=lambda p: (p.span, p.why, sorted(p.rows)))


def _mark(told: NDArray[np.bool_], span: Span, row: int) -> None:
    told[span.start : span.end, row] = True


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(s), int(e)) for s, e in edges.reshape(-1, 2)]


def _orders(seen: View, told: NDArray[np.bool_]) -> Iterator[Place]:
    """Words that a witness lacks here and has again close by: only their order differs."""
    base = seen.forms[:, seen.base]
    for row in _others(seen):
        own = seen.forms[:, row]
        added = _runs((own >= 0) & (base < 0))
        if not added:
            continue
        lacking = _runs((own < 0) & (base >= 0))
        at = 0
        for s, e in lacking:
            while at < len(added) and added[at][1] + NEAR < s:
                at += 1
            for s2, e2 in added[at : at + 2]:
                span = Span(min(s, s2), max(e, e2))
                apart = max(s, s2) - min(e, e2)
                if apart < 0 or apart > NEAR:
                    continue
                key = seen.key(seen.base, Span(s, e))
                if key and key == seen.key(row, Span(s2, e2)) and not told[s:e, row].any():
                    _mark(told, span, row)
                    yield Place(span, frozenset([row]), "order")


def _others(seen: View) -> list[int]:
    return [row for row in range(seen.forms.shape[1]) if row != seen.base]


def _pieces(seen: View, told: NDArray[np.bool_]) -> Iterator[Place]:
    """Words divided otherwise: neighbouring columns whose letters run together are alike."""
    base = seen.forms[:, seen.base]
    for row in _others(seen):
        own = seen.forms[:, row]
        lone = ((own < 0) != (base < 0)) & ~told[:, row]
        for column in np.flatnonzero(lone).tolist():
            if told[column, row]:
                continue
            best = max(
                (s for s in _windows(column, len(own)) if _joins(seen, row, s, told)),
                key=lambda s: (_like(seen, row, s), -len(s)),
                default=None,
            )
            if best is not None:
                _mark(told, best, row)
                yield Place(best, frozenset([row]), "pieces")


def _windows(column: int, columns: int) -> Iterator[Span]:
    for start, end in ((-1, 1), (0, 2), (-2, 1), (-1, 2), (0, 3)):
        if column + start >= 0 and column + end <= columns:
            yield Span(column + start, column + end)


def _like(seen: View, row: int, span: Span) -> float:
    return Levenshtein.normalized_similarity(seen.key(seen.base, span), seen.key(row, span))


def _joins(seen: View, row: int, span: Span, told: NDArray[np.bool_]) -> bool:
    """Whether the columns, taken together, are one word in other pieces."""
    if told[span.start : span.end, row].any():
        return False
    a, b = seen.words(seen.base, span), seen.words(row, span)
    if not a or not b or len(a) == len(b) or not all(map(folded, [*a, *b])):
        return False
    together = _like(seen, row, span)
    if together < JOINED:
        return False
    best = max(Levenshtein.normalized_similarity(folded(x), folded(y)) for x in a for y in b)
    return together == 1 or together > best


def _absences(seen: View, told: NDArray[np.bool_]) -> Iterator[Place]:
    """What a witness lacks in a row of two words and more."""
    main = np.flatnonzero(seen.forms[:, seen.base] >= 0)
    found: dict[tuple[int, int], list[int]] = {}
    for row in _others(seen):
        lacking = (seen.forms[main, row] < 0) & ~told[main, row]
        for s, e in _runs(lacking):
            if e - s > 1:
                span = (int(main[s]), int(main[e - 1]) + 1)
                found.setdefault(span, []).append(row)
                own = seen.forms[span[0] : span[1], row] < 0
                told[span[0] : span[1], row] |= own
    for (start, end), rows in sorted(found.items()):
        yield Place(Span(start, end), frozenset(rows), "absence")


def _additions(seen: View, told: NDArray[np.bool_]) -> Iterator[Place]:
    """What others have in a row where the base has nothing."""
    empty = seen.forms[:, seen.base] < 0
    for s, e in _runs(empty):
        here = (seen.forms[s:e] >= 0) & ~told[s:e]
        rows = np.flatnonzero(here.any(axis=0)).tolist()
        if rows:
            told[s:e, rows] = True
            yield Place(Span(s, e), frozenset(rows), "addition")


def _columns(seen: View, told: NDArray[np.bool_]) -> Iterator[Place]:
    """Every other column in which some witness differs."""
    differs = (seen.forms != seen.forms[:, seen.base : seen.base + 1]) & ~told
    for column in np.flatnonzero(differs.any(axis=1)).tolist():
        rows = np.flatnonzero(differs[column]).tolist()
        yield Place(Span(column, column + 1), frozenset(rows))


def _united(found: Sequence[Place]) -> Iterator[Place]:
    """Overlapping places become one."""
    held: Place | None = None
    for place in sorted(found, key=lambda p: (p.span, p.why)):
        if held is not None and place.span.start < held.span.end:
            end = max(held.span.end, place.span.end)
            why = (
                held.why if place.why in ("", held.why) else place.why if not held.why else "mixed"
            )
            held = Place(Span(held.span.start, end), held.rows | place.rows, why)
            continue
        if held is not None:
            yield held
        held = place
    if held is not None:
        yield held
