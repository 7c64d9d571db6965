"""The apparatus: how close witnesses are to one another."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.apparatus import closeness
from variorum.collation import Collation
from variorum.multiple import collate
from variorum.tokens import Tokens


def words(text: str) -> Tokens:
    """Ready-made tokens: words parted by spaces."""
    parts = text.split()
    ends = np.cumsum([len(part) + 1 for part in parts], dtype=np.int32) - 1
    starts = ends - np.array([len(part) for part in parts], dtype=np.int32)
    return Tokens(" ".join(parts), starts, ends, tuple(parts))


def of(**texts: str) -> Collation:
    """Texts by siglum, collated."""
    return collate({siglum: words(text) for siglum, text in texts.items()})


def test_share_of_places_with_the_same_form() -> None:
    """Three places of four agree; a place where one has nothing counts against both."""
    found = closeness(of(A="the cat sat down", B="the cat sat up", C="the cat sat"))
    assert found == {("A", "B"): 0.75, ("A", "C"): 0.75, ("B", "C"): 0.75}


def test_places_where_neither_has_a_word_do_not_count() -> None:
    """A third witness's additions do not bring two others apart."""
    found = closeness(of(A="one two", B="one two", C="one and a half two"))
    assert found["A", "B"] == 1.0
    assert found["A", "C"] == pytest.approx(0.4)


def test_witnesses_without_words() -> None:
    """Two empty witnesses agree; an empty one and another share nothing."""
    assert closeness(of(A="", B="", C="one")) == {
        ("A", "B"): 1.0,
        ("A", "C"): 0.0,
        ("B", "C"): 0.0,
    }


@given(
    st.dictionaries(
        st.sampled_from("ABCD"), st.lists(st.sampled_from("a b c".split()), max_size=8), min_size=1
    )
)
def test_closeness_is_a_share_of_every_pair(rows: dict[str, list[str]]) -> None:
    """Each pair of sigla in order has its share, which a plain count confirms."""
    collation = of(**{siglum: " ".join(forms) for siglum, forms in rows.items()})
    found = closeness(collation)
    assert list(found) == list(combinations(sorted(rows), 2))
    for (one, other), share in found.items():
        a, b = collation.row(one), collation.row(other)
        cells = [(collation.form(c, a), collation.form(c, b)) for c in range(len(collation))]
        filled = [cell for cell in cells if cell != (None, None)]
        same = sum(x == y for x, y in filled)
        assert share == (round(same / len(filled), 6) if filled else 1.0)
