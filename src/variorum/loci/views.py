"""A collation as its base sees it, and what a place in it is."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from variorum.collation import NOTHING, Collation
from variorum.text import Span
from variorum.tokens import folded

__all__ = ["CLOSING", "OPENING", "Flags", "Place", "Table", "View", "runs", "torn", "view"]

Table = NDArray[np.int32]
Flags = NDArray[np.bool_]

OPENING = frozenset("[⟨<{⟦")
CLOSING = frozenset("]⟩>}⟧")


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
    def brackets(self) -> tuple[list[int], list[int]]:
        """The numbers of the forms that open and that close square brackets."""
        opening = [form for form, name in enumerate(self.names) if name in OPENING]
        return opening, [form for form, name in enumerate(self.names) if name in CLOSING]

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


def runs(flags: Flags) -> list[tuple[int, int]]:
    """The stretches (from, to) in which *flags* are set."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(s), int(e)) for s, e in edges.reshape(-1, 2)]


def torn(one: str, other: str) -> bool:
    """Whether one word is the beginning or the end of the other, two letters at least."""
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and (long.startswith(short) or long.endswith(short))
