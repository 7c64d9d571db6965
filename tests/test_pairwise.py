"""Two sequences: the chain, the script, the differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles import edit_distance
from variorum.errors import PairwiseError
from variorum.pairwise import Change, Script, chain, differences, script
from variorum.text import Span

IDS = st.lists(st.integers(0, 6), max_size=40)
SHORT = st.text(alphabet="ab '’ë", max_size=12)


def ids(values: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """An array of ids."""
    return np.array(values, dtype=np.int32)


@given(IDS, IDS)
def test_chain_rises_and_matches(a: list[int], b: list[int]) -> None:
    """Runs hold equal ids, rise on both sides and do not overlap."""
    end_i = end_j = 0
    for i, j, n in chain(ids(a), ids(b)).tolist():
        assert i >= end_i
        assert j >= end_j
        assert a[i : i + n] == b[j : j + n]
        assert n > 0
        end_i, end_j = i + n, j + n


def test_chain_of_itself_is_whole() -> None:
    """A sequence with one unique triple is one run against itself."""
    values = [1, 2, 1, 2, 3, 1, 2, 1, 2]
    assert chain(ids(values), ids(values)).tolist() == [[0, 0, 9]]


def test_repeated_phrase_is_no_anchor() -> None:
    """A phrase repeated nine words later does not tear out what lies between."""
    a = (
        list(range(100, 112))
        + [1, 2, 3]
        + list(range(200, 206))
        + [1, 2, 4]
        + list(range(300, 312))
    )
    b = (
        list(range(100, 112))
        + [1, 2, 9]
        + list(range(200, 206))
        + [1, 2, 3]
        + list(range(300, 312))
    )
    runs = chain(ids(a), ids(b))
    assert all(i == j for i, j, _ in runs.tolist())


def test_chain_finds_words_unique_in_a_large_gap() -> None:
    """Where no triple is left in a large gap, shorter n-grams unique within it are used."""
    a = [x for word in range(10, 310) for x in (7, word)]
    b = [x for word in range(10, 310) for x in (8, word)]
    shared = [a[i] for i, _, n in chain(ids(a), ids(b)).tolist() for i in range(i, i + n)]
    assert shared == list(range(10, 310))


def test_a_stray_word_is_no_anchor() -> None:
    """One word that both have, far off the diagonal, does not tear two sequences apart."""
    a = [1, *range(100, 160), 2]
    b = [3, 1, *range(200, 260)]
    assert chain(ids(a), ids(b)).tolist() == []


@given(SHORT, SHORT)
def test_script_applies_and_inverts(a: str, b: str) -> None:
    """Applied to its source a script gives its target; inverted it gives the source back."""
    made = script(a, b)
    assert "".join(made.apply(a, b)) == b
    assert "".join(made.inverse().apply(b, a)) == a
    assert made.inverse().inverse() == made


@given(SHORT, SHORT)
def test_script_is_shortest(a: str, b: str) -> None:
    """A script changes as few characters as the textbook distance says."""
    changed = sum(
        max(len(c.source), len(c.target)) for c in script(a, b).changes if c.tag != "equal"
    )
    assert changed == edit_distance(a, b)


def test_script_with_a_gap_is_refused() -> None:
    """A script that leaves out part of its source does not exist."""
    with pytest.raises(PairwiseError, match="gap or overlap"):
        Script((Change("equal", Span(1, 2), Span(0, 1)),), (2, 1))


@given(SHORT, SHORT)
def test_differences_spell_both(a: str, b: str) -> None:
    """The pieces spell both strings, and swapping the strings swaps the signs."""
    pieces = differences(a, b)
    assert "".join(text for op, text in pieces if op <= 0) == a
    assert "".join(text for op, text in pieces if op >= 0) == b
    swapped = differences(b, a)
    assert sorted((-op, text) for op, text in swapped) == sorted(pieces)
