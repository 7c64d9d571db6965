"""Misread words mended: only to words that somebody has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import RuleError
from variorum.rules import Context, Lexicon, apply, attested, explain, recipe_of

TABLE = {"m": ["rn"], "e": ["c"], "l": ["1"], "I": ["1"]}
W = "Comrade Enver Hoxha: we welcome the corner. All of Italy sleeps."


def mended(text: str, *, table: object = TABLE, own: str = "O", **others: str) -> str:
    """*text*, the witness *own*, after the rule, beside *others* (W if none are given)."""
    context = Context("en", attested=attested({own: text, **(others or {"W": W})}), siglum=own)
    return apply(recipe_of("r", [{"rule": "misreadings", "read": table}]), text, context).result


@pytest.mark.parametrize(
    ("read", "result"),
    [
        ("Cornrade Enver", "Comrade Enver"),
        ("wc wclcomc the corner", "we welcome the corner"),
        ("A1l of 1taly", "All of Italy"),
        ("Xrnq", "Xrnq"),
        ("Comrade", "Comrade"),
    ],
)
def test_words_are_mended_to_words_that_another_witness_has(read: str, result: str) -> None:
    """A word nobody else has becomes the one somebody has; others stay."""
    assert mended(read) == result


def test_own_mistakes_attest_nothing() -> None:
    """A misreading made twice in one copy is no word for that."""
    assert mended("Cornrade and Cornrade") == "Comrade and Comrade"


def test_two_ways_are_no_way() -> None:
    """A word that could be mended to two words is left."""
    assert mended("hc", table={"e": ["c"], "a": ["c"]}, W="he ha") == "hc"


def test_a_witness_counts_before_a_lexicon() -> None:
    """Of two words the one in a witness of this text is taken, and the run says where it is."""
    where = attested({"O": "hc", "W": "he"}, [Lexicon("en", {"ha"})])
    recipe = recipe_of("r", [{"rule": "misreadings", "read": {"e": ["c"], "a": ["c"]}}])
    told = explain(recipe, "hc", Context("en", attested=where, siglum="O"))
    assert [(change.after, change.note) for change in told] == [("he", "attested in W")]


@pytest.mark.parametrize("table", [{"m": "rn"}, {"m": ["m"]}, {"m": [""]}])
def test_bad_tables_are_refused(table: object) -> None:
    """A table that is no table of lists, or says nothing, is an error with a remedy."""
    with pytest.raises(RuleError, match=r"list|misreading"):
        mended("x", table=table)


@given(st.text(alphabet="crnmel1I o", max_size=40), st.text(alphabet="mel Irno", max_size=40))
def test_a_second_pass_changes_nothing(text: str, other: str) -> None:
    """The rule has the idempotence it claims, whatever the texts."""
    once = mended(text, W=other)
    context = Context("en", attested=attested({"O": text, "W": other}), siglum="O")
    again = apply(recipe_of("r", [{"rule": "misreadings", "read": TABLE}]), once, context)
    assert again.result == once
