"""The table, its laws, and the graph."""

from __future__ import annotations

import numpy as np
import pytest

from test_multiple import tokens
from variorum.collation import NOTHING, Collation, carriers, to_graph
from variorum.errors import CollationError
from variorum.multiple import collate
from variorum.text import Span

A, B = tokens(["the", "fox"]), tokens(["the", "red", "fox"])


def table(*rows: list[int]) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
    """A table from rows."""
    return np.array(rows, dtype=np.int32).T.copy()


def test_a_table_that_spells_is_a_collation() -> None:
    """Rows that spell their witnesses make a collation, and say what stands where."""
    made = Collation(("A", "B"), (A, B), table([0, NOTHING, 1], [0, 1, 2]))
    assert made.form(1, made.row("A")) is None
    assert made.form(1, made.row("B")) == "red"
    assert made.path("A") == ("the", "fox")


@pytest.mark.parametrize(
    ("sigla", "rows", "says"),
    [
        (("A", "B"), ([1, NOTHING, 0], [0, 1, 2]), "cannot be spelled"),
        (("A", "B"), ([0, NOTHING, NOTHING], [0, 1, 2]), "cannot be spelled"),
        (("A", "B"), ([0, NOTHING, NOTHING, 1], [0, 1, NOTHING, 2]), "empty column"),
        (("B", "A"), ([0, 1, NOTHING], [0, 1, 2]), "in order"),
        (("A", "A"), ([0, 1, NOTHING], [0, 1, 2]), "in order"),
        (("A",), ([0, 1, NOTHING], [0, 1, 2]), "one row for each"),
    ],
)
def test_a_table_that_breaks_a_law_is_refused(
    sigla: tuple[str, ...], rows: tuple[list[int], list[int]], says: str
) -> None:
    """A token lost or out of order, an empty column, or sigla out of order, are refused."""
    with pytest.raises(CollationError, match=says):
        Collation(sigla, (A, B), table(*rows))


def test_graph_joins_what_agrees() -> None:
    """Equal forms of a column are one node; the edges tell who goes where."""
    graph = to_graph(Collation(("A", "B"), (A, B), table([0, NOTHING, 1], [0, 1, 2])))
    assert [node.form for node in graph.nodes] == ["the", "red", "fox"]
    assert list(graph.edges()) == [
        (-1, 0, ("A", "B")),
        (0, 1, ("B",)),
        (0, 2, ("A",)),
        (1, 2, ("B",)),
    ]


def test_nothing_collates_to_nothing() -> None:
    """No witness, or witnesses without words, give an empty table."""
    assert collate({}).table.shape == (0, 0)
    assert collate({"A": tokens([]), "B": tokens([])}).table.shape == (0, 2)


def test_unknown_siglum_is_refused() -> None:
    """A siglum that is no witness has no row."""
    with pytest.raises(CollationError, match="no witness 'Z'"):
        collate({"A": A, "B": B}).row("Z")


def test_what_others_have_where_the_base_has_it() -> None:
    """A span of the base is carried over to the words that stand in its columns."""
    texts = {"A": "one two three four", "B": "zero one two 3 four", "C": "one four"}
    collation = collate({siglum: tokens(text.split()) for siglum, text in texts.items()})
    there = dict(carriers(collation, "A"))
    assert set(there) == {"B", "C"}
    assert [span.of(texts["B"]) for span in there["B"]([Span(4, 13)])] == ["two 3"]
    assert there["C"]([Span(4, 7)]) == ()
    assert [span.of(texts["C"]) for span in there["C"]([Span(0, 3), Span(14, 18)])] == [
        "one",
        "four",
    ]
