"""CollateX's table: its shape, its segments, and ready-made tokens unharmed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import evolve

from exporters.specimen import apparatus_of, ready_made, specimen
from variorum.apparatus import Apparatus
from variorum.collation import Move
from variorum.errors import ExportError
from variorum.exporters import collatex_json
from variorum.text import Span


def _table(made: Apparatus, *, segment: bool = False) -> Any:
    return json.loads(collatex_json.export(made, segment=segment))


def _letters(made: Apparatus, *, segment: bool = False) -> list[str]:
    """A row a witness, cells parted by a bar."""
    rows = _table(made, segment=segment)["table"]
    return ["|".join(" ".join(t["t"] for t in cell or []) for cell in row) for row in rows]


CATS = {"B": "the quick brown cat sat", "A": "the old brown cat", "C": "the quick brown cat sat"}


def test_one_token_a_cell() -> None:
    """Every column is one cell of one token or null, in rows in the order of sigla."""
    found = _table(apparatus_of(CATS))
    assert found["witnesses"] == ["A", "B", "C"]
    assert found["table"][0][-1] is None
    assert found["table"][0][1] == [{"t": "old", "n": "old"}]
    assert {len(row) for row in found["table"]} == {5}


def test_segments_join_where_the_same_witnesses_agree() -> None:
    """Runs with one pattern of agreement are one cell; a new pattern begins a new one."""
    assert _letters(apparatus_of(CATS), segment=True) == [
        "the|old|brown cat|",
        "the|quick|brown cat|sat",
        "the|quick|brown cat|sat",
    ]


def test_segments_stop_at_a_move() -> None:
    """A passage that stands elsewhere too keeps its own cell."""
    made = apparatus_of({"A": "a b c d", "B": "a b c d"})
    move = Move(Span(1, 3), Span(3, 4), ("A",), ("B",), ())
    moved = evolve(made, collation=evolve(made.collation, moves=(move,)))
    assert _letters(moved, segment=True) == ["a|b c|d"] * 2


def test_segmented_and_plain_spell_the_same() -> None:
    """Joining cells neither loses nor reorders a token."""

    def spelled(segment: bool) -> list[list[str]]:
        rows = _table(specimen(), segment=segment)["table"]
        return [[t["n"] for cell in row if cell for t in cell] for row in rows]

    assert spelled(False) == spelled(True)


def test_written_and_compared() -> None:
    """``t`` is as the witness has it, ``n`` as it was compared."""
    found = _table(specimen())
    tokens = [t for row in found["table"] for cell in row if cell for t in cell]
    assert {"t": "extre-\nmely", "n": "extremely"} in tokens
    assert {"t": "people’s", "n": "people's"} in tokens


def test_further_keys_come_back() -> None:
    """Keys of ready-made tokens keep their values, whatever JSON they are."""
    made = ready_made({"A": [("a ", "A", '{"k": [1, null, "ë"]}')], "B": [("b", None, "1.5")]})
    assert _table(made)["table"] == [
        [[{"t": "a ", "n": "A", "x": {"k": [1, None, "ë"]}}]],
        [[{"t": "b", "n": "b", "x": 1.5}]],
    ]


def test_a_value_json_does_not_know_is_refused() -> None:
    """NaN in a token's further keys is an error, not a broken file."""
    with pytest.raises(ExportError, match="NaN"):
        collatex_json.export(ready_made({"A": [("a", None, "NaN")], "B": [("b", None, "")]}))


def test_says_what_it_merges() -> None:
    """Kinds of absence, moves, roles and white space are named as lost."""
    for word in ("absence", "moves", "roles", "white space"):
        assert word in collatex_json.MERGES
