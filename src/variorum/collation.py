"""The collation: a table of aligned tokens, its graph, and their laws.

Columns are places, rows are witnesses, a cell is one token or nothing::

    A   the   quick  brown  fox    ,   -
    B   the     -    brown  f0x    ,   again
    C   the   quick  brown  -      -   -

Law 1: reading a row from left to right, skipping nothing, spells its witness:
every token once, in order.  Law 2: no column is empty.  Law 3: ``table → graph
→ table`` is the identity.  Rows are in the order of their sigla.

A passage that stands elsewhere in some witnesses occupies columns in both
places, and a ``Move`` ties the two together; so the rows still spell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from variorum.errors import CollationError
from variorum.moves import Move
from variorum.text import Span
from variorum.tokens import Tokens

__all__ = ["NOTHING", "Collation", "Graph", "Move", "Node", "carriers", "to_graph", "to_table"]

NOTHING = -1

Table = NDArray[np.int32]
"""Columns × witnesses; a token's index in its witness, or ``NOTHING``."""


@frozen(eq=False)
class Collation:
    """Witnesses aligned token by token.  Raises ``CollationError`` where a law is broken."""

    sigla: tuple[str, ...]
    tokens: tuple[Tokens, ...]
    table: Table = field()
    moves: tuple[Move, ...] = ()

    @table.validator
    def _spells(self, _: object, table: Table) -> None:
        if table.shape[1:] != (len(self.sigla),) or len(self.sigla) != len(self.tokens):
            raise CollationError("the table has not one row for each witness")
        if list(self.sigla) != sorted(set(self.sigla)):
            raise CollationError("sigla must be different and in order")
        for row, tokens in enumerate(self.tokens):
            path = table[:, row]
            path = path[path != NOTHING]
            if len(path) != len(tokens) or not bool(
                (path == np.arange(len(tokens), dtype=np.int32)).all()
            ):
                raise CollationError("cannot be spelled from its row", place=self.sigla[row])
        if len(table) and bool((table == NOTHING).all(axis=1).any()):
            raise CollationError("the table has an empty column")

    def __len__(self) -> int:
        return len(self.table)

    def row(self, siglum: str) -> int:
        """The row of *siglum*.  Raises ``CollationError`` for a stranger."""
        try:
            return self.sigla.index(siglum)
        except ValueError:
            raise CollationError(f"no witness {siglum!r}") from None

    def form(self, column: int, row: int) -> str | None:
        """The compared form in a cell, or nothing."""
        index = int(self.table[column, row])
        return None if index == NOTHING else self.tokens[row].forms[index]

    def path(self, siglum: str) -> tuple[str, ...]:
        """The witness as its row spells it, in compared forms."""
        row = self.row(siglum)
        forms = self.tokens[row].forms
        return tuple(forms[i] for i in self.table[:, row].tolist() if i != NOTHING)


@frozen
class Node:
    """A word shared by some witnesses: rank (its column) and token of each."""

    rank: int
    form: str
    members: Mapping[str, int]


@frozen
class Graph:
    """The variant graph: words as nodes, each witness a path along the ranks."""

    sigla: tuple[str, ...]
    nodes: tuple[Node, ...]

    def edges(self) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """(from, to, sigla) for neighbouring nodes on some path; -1 is the start."""
        last = dict.fromkeys(self.sigla, -1)
        found: dict[tuple[int, int], list[str]] = {}
        for number, node in enumerate(self.nodes):
            for siglum in sorted(node.members):
                found.setdefault((last[siglum], number), []).append(siglum)
                last[siglum] = number
        for (source, target), sigla in sorted(found.items()):
            yield source, target, tuple(sigla)


def to_graph(collation: Collation) -> Graph:
    """The variant graph of a table: in each column, equal forms become one node."""
    nodes: list[Node] = []
    for rank in range(len(collation)):
        here: dict[str, dict[str, int]] = {}
        for row, siglum in enumerate(collation.sigla):
            form = collation.form(rank, row)
            if form is not None:
                here.setdefault(form, {})[siglum] = int(collation.table[rank, row])
        nodes += [Node(rank, form, members) for form, members in here.items()]
    return Graph(collation.sigla, tuple(nodes))


def to_table(graph: Graph) -> Table:
    """The table of a variant graph."""
    width = 1 + max((node.rank for node in graph.nodes), default=-1)
    table = np.full((width, len(graph.sigla)), NOTHING, dtype=np.int32)
    rows = {siglum: row for row, siglum in enumerate(graph.sigla)}
    for node in graph.nodes:
        for siglum, index in node.members.items():
            table[node.rank, rows[siglum]] = index
    return table


def carriers(
    collation: Collation, base: str
) -> Iterator[tuple[str, Callable[[Sequence[Span]], tuple[Span, ...]]]]:
    """For each other witness: where it has what the base has at some spans.

    From its first word in their columns to its last; a passage that moved is not
    followed.
    """
    row = collation.sigla.index(base)
    own = collation.tokens[row]
    columns = np.flatnonzero(collation.table[:, row] != NOTHING)
    for number, siglum in enumerate(collation.sigla):
        if siglum != base:
            tokens, path = collation.tokens[number], collation.table[:, number]
            yield siglum, partial(_carried, own, columns, tokens, path)


def _carried(
    own: Tokens,
    columns: NDArray[np.int64],
    other: Tokens,
    path: NDArray[np.int32],
    spans: Sequence[Span],
) -> tuple[Span, ...]:
    out = []
    for span in spans:
        first, last = np.searchsorted(own.starts, [span.start, span.end])
        if first < last:
            part = path[columns[first] : columns[last - 1] + 1]
            there = part[part != NOTHING]
            if len(there):
                out.append(Span(int(other.starts[there[0]]), int(other.ends[there[-1]])))
    return tuple(out)
