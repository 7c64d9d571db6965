"""Misread words mended: only to words that somebody has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracles import mended_word
from variorum.errors import RuleError
from variorum.rules import Context, Lexicon, apply, attested, explain, recipe_of
from variorum.rules.misreadings import MOST

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


@pytest.mark.parametrize(
    ("table", "text", "there", "result"),
    [
        ({"m": ["rn"], "s": ["r"]}, "carn", "cam casn", "carn"),
        ({"m": ["rn"], "s": ["r"]}, "carn", "casn", "casn"),
        ({"m": ["rn"], "s": ["r"]}, "carn", "cam", "cam"),
        ({"e": ["c"], "o": ["c"], "d": ["l"]}, "hcl", "hel hod", "hcl"),
        ({"x": ["aa"], "y": ["a"]}, "baaa", "bax bxa", "baaa"),
        ({"x": ["aa"]}, "baaa", "bax", "bax"),
        ({"v": ["y"], "m": ["rn"]}, "y rn", "v m", "y rn"),
    ],
)
def test_every_way_is_tried(
    table: dict[str, list[str]], text: str, there: str, result: str
) -> None:
    """No misreading hides another that begins at its place or inside it, and none goes first."""
    assert mended(text, table=table, W=there) == result


@pytest.mark.parametrize(
    "text", ["1959", "5", "1,500 men", "11", "mid-5", "5-s", "1959-60", "page 11, 5", "5!", "!"]
)
def test_numbers_are_never_mended(text: str) -> None:
    """Which number stands there no list of words can say, whatever it makes of it."""
    words = {"i959", "s", "i", "ll", "l", "l,500", "i,500", "mid-s", "s-s", "i9s9-60", "i959-60"}
    context = Context("en", attested=attested({"O": text}, [Lexicon("en", words)]), siglum="O")
    table = {"i": ["1", "!"], "s": ["5"], "l": ["1"]}
    assert (
        apply(recipe_of("r", [{"rule": "misreadings", "read": table}]), text, context).result
        == text
    )


@pytest.mark.parametrize(
    ("text", "result"), [("wor1d", "world"), ("5he", "she"), ("| am", "I am"), ("Al!", "Al!")]
)
def test_digits_among_letters_are_letters(text: str, result: str) -> None:
    """A digit in a word is mended; a mark behind a word that W has is a mark."""
    table = {"s": ["5"], "l": ["1", "!"], "I": ["|"]}
    assert mended(text, table=table, W="I saw the world. she? All of Al") == result


@pytest.mark.parametrize("table", [{"s": ["S"], "e": ["c"]}, {"e": ["c"], "S": ["s"]}])
@pytest.mark.parametrize(
    ("text", "result"), [("Shc", "She"), ("shc", "she"), ("shE", "shE"), ("ShX", "ShX")]
)
def test_case_is_no_misreading(table: dict[str, list[str]], text: str, result: str) -> None:
    """Letters that differ in case only make no second way, and nothing by themselves."""
    assert mended(text, table=table, W="She Shx") == result


_LETTERS = "crnm1sS"
_TABLES = st.dictionaries(
    st.sampled_from([*_LETTERS, "rn", "cl"]),
    st.lists(st.text(alphabet=_LETTERS, min_size=1, max_size=2), max_size=2),
    max_size=4,
).map(lambda table: {right: [w for w in others if w != right] for right, others in table.items()})


@st.composite
def misread(draw: st.DrawFn) -> tuple[dict[str, list[str]], str, list[str]]:
    """A table, a word, and words of another witness: some that the word can be mended to."""
    table = {right: list(dict.fromkeys(others)) for right, others in draw(_TABLES).items()}
    word = draw(st.text(alphabet=_LETTERS, min_size=1, max_size=6))
    near = {
        form.lower()
        for right, others in table.items()
        for wrong in others
        for once in [word.replace(wrong, right, 1)]
        for form in [once, *(once.replace(o, r, 1) for r, all_ in table.items() for o in all_)]
    } - {word.lower()}
    chosen = draw(st.lists(st.sampled_from(sorted(near)), max_size=3)) if near else []
    return table, word, [form for form in chosen if form.isalpha()] + draw(_WORDS)


_WORDS = st.lists(st.text(alphabet="crnms", min_size=1, max_size=5), max_size=4)


@settings(max_examples=300)
@given(misread())
def test_a_word_becomes_the_only_word_it_can_be(
    made: tuple[dict[str, list[str]], str, list[str]],
) -> None:
    """As the oracle that tries every subset of places: else the word stays."""
    table, word, words = made
    assert mended(word, table=table, W=" ".join(words)) == mended_word(word, table, words, MOST)


@given(misread(), misread())
def test_words_become_words_of_others(
    one: tuple[dict[str, list[str]], str, list[str]],
    other: tuple[dict[str, list[str]], str, list[str]],
) -> None:
    """Whatever the table and the texts, what is changed is changed to a word of another witness."""
    own, there = [one[1], other[1]], {*one[2], *other[2]}
    made = mended(" ".join(own), table=one[0], W=" ".join(there)).split(" ")
    for before, after in zip(own, made, strict=True):
        assert after == before or (after.lower() in there and before.lower() not in there)


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
