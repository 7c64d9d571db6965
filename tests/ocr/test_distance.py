"""Distances: a metric, a shortest way, and what is said beyond the stated size."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

import oracles
from variorum.ocr.distance import STRETCH, Edits, distance, edits, interned

short = st.text(alphabet="ab \nc\u00eb\u0301", max_size=12)


def applied(way: Edits, a: str, b: str) -> str:
    """*a* after the edits of *way*, with the letters that *b* has there."""
    out = []
    at = 0
    for tag, i, j in way.ops:
        out.append(a[at:i])
        out.append("" if tag == "delete" else b[j])
        at = i if tag == "insert" else i + 1
    return "".join([*out, a[at:]])


def worn(text: str, rate: float, seed: int) -> str:
    """*text* with letters exchanged, lost and added at *rate*."""
    rng = random.Random(seed)
    out = []
    for char in text:
        luck = rng.random() / rate
        other = rng.choice("abcdefghij")
        out.append(
            char if luck > 1 else other if luck < 0.6 else "" if luck < 0.8 else char + other
        )
    return "".join(out)


def prose(length: int, seed: int, words: int = 400) -> str:
    """So many letters of words that come again and again, as those of a language do."""
    rng = random.Random(seed)
    stock = ["".join(rng.choices("abcdefghij", k=rng.randint(1, 9))) for _ in range(words)]
    out = " ".join(rng.choices(stock, k=length // 3))
    return out[:length]


@given(short, short, short)
def test_distance_is_a_metric(a: str, b: str, c: str) -> None:
    """Nothing to itself, the same both ways, no detour is shorter; the textbook's value."""
    assert distance(a, a) == 0
    assert distance(a, b) == distance(b, a) == oracles.edit_distance(a, b)
    assert (distance(a, b) == 0) == (a == b)
    assert distance(a, c) <= distance(a, b) + distance(b, c)


@given(short, short)
def test_a_way_leads_there_and_is_shortest(a: str, b: str) -> None:
    """The edits applied to one text give the other, and are as many as the distance."""
    way = edits(a, b)
    assert applied(way, a, b) == b
    assert len(way) == oracles.edit_distance(a, b)
    assert way.exact


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.3])
@pytest.mark.parametrize("words", [3, 400])
def test_a_way_cut_into_stretches_is_shortest_too(rate: float, words: int) -> None:
    """Long texts, however noisy or repetitive, take as few edits as they can."""
    a = prose(4 * STRETCH, 1, words)
    b = worn(a, rate, 2)
    way = edits(a, b)
    assert applied(way, a, b) == b
    assert len(way) == Levenshtein.distance(a, b)


def test_a_moved_passage_is_no_trap() -> None:
    """Where the copy has a passage elsewhere the way is shortest all the same."""
    a = prose(5 * STRETCH, 3)
    b = a[:2000] + a[6000:7000] + a[2000:6000] + a[7000:]
    way = edits(a, b)
    assert applied(way, a, b) == b
    assert len(way) == Levenshtein.distance(a, b)


def test_beyond_the_stated_size_the_bound_says_so() -> None:
    """A way that is not proved shortest is one all the same, no shorter, and marked."""
    a = prose(4 * STRETCH, 4)
    b = worn(a, 0.05, 5)
    way = edits(a, b, exact_to=STRETCH)
    assert not way.exact
    assert applied(way, a, b) == b
    assert len(way) >= Levenshtein.distance(a, b)


def test_one_long_line() -> None:
    """A line of a million letters without a space is a text like another."""
    a = "".join(random.Random(6).choices("abcdefghij", k=1_000_000))
    b = worn(a, 0.01, 7)
    way = edits(a, b)
    assert applied(way, a, b) == b
    assert 9_000 < len(way) < 10_500


@given(
    st.lists(st.sampled_from(["a", "b", "e\u0301", "m\u0303", "\U000f0000"]), max_size=8),
    st.lists(st.sampled_from(["a", "e\u0301", "n\u0303", "\U000f0001"]), max_size=8),
)
def test_letters_of_several_code_points_are_one_each(a: Sequence[str], b: Sequence[str]) -> None:
    """Interned texts are as long as the letters, and their distance is that of the letters."""
    x, y = interned(a, b)
    assert (len(x), len(y)) == (len(a), len(b))
    assert distance(x, y) == oracles.edit_distance(a, b)
