"""Tokens: what one is in many scripts, and how it points to the text as read."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

import strategies
from variorum.errors import TokenError
from variorum.rules import Context, Recipe, apply
from variorum.text import Derived, Edit, Span, Text
from variorum.tokens import Tokens, folded, given, tokenise
from variorum.witness import GivenToken, Witness


def _forms(text: str) -> list[str]:
    return list(tokenise(Derived.of(text)).forms)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Comrade N.S. Khrushchev’s visit.", "Comrade|N.S.|Khrushchev’s|visit|."),
        ("Yong-geon [Yong Gon]?", "Yong-geon|[|Yong|Gon|]|?"),
        ("5,000 by 12:30, 15% ($45)", "5,000|by|12:30|,|15|%|(|$|45|)"),
        ("“not even the cannons”--as", "“|not|even|the|cannons|”|--|as"),
        ("wait... what?! 'so'", "wait|...|what|?|!|'|so|'"),
        ("në K.Q. të P.P.Sh. sot", "në|K.Q.|të|P.P.Sh.|sot"),
        ("N.S.Khrushchev", "N.S.|Khrushchev"),
        ("Mr. A. Smith", "Mr|.|A|.|Smith"),
        ("l’homme, aujourd'hui col·legi", "l’homme|,|aujourd'hui|col·legi"),
        (
            "\u1f00\u03bb\u03bb\u2019 \u1f10\u03b3\u03ce;",
            "\u1f00\u03bb\u03bb\u2019|\u1f10\u03b3\u03ce|;",
        ),
        (
            "\u05e6\u05d4\u05f4\u05dc \u05d5\u05db\u05d5\u05f3.",
            "\u05e6\u05d4\u05f4\u05dc|\u05d5\u05db\u05d5\u05f3|.",
        ),
        (
            "\u0627\u0644\u0639\u0640\u0640\u0631\u0628\u061f",
            "\u0627\u0644\u0639\u0640\u0640\u0631\u0628|\u061f",
        ),
        ("会谈记录。", "会|谈|记|录|。"),
        ("東京タワーです", "東|京|タワーです"),
        ("\u0e01\u0e47\u0e44\u0e21\u0e48", "\u0e01\u0e47\u0e44\u0e21\u0e48"),
        ("e\u0301a\u0300-b .\u0301", "e\u0301a\u0300-b|.\u0301"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("extre-\nmely", "extre|-|mely"),
        ("a\u200bb", "a|b"),
        ("", ""),
    ],
)
def test_what_is_one_token(text: str, tokens: str) -> None:
    """Words keep their inner marks, every other mark stands alone, in any script."""
    assert "|".join(_forms(text)) == tokens


@for_all(strategies.texts())
def test_every_visible_character_is_in_exactly_one_token(text: str) -> None:
    """Tokens ascend, do not overlap, hold no white space, and leave nothing else out."""
    tokens = tokenise(Derived.of(text))
    covered = np.zeros(len(text), dtype=np.int32)
    for index in range(len(tokens)):
        covered[tokens.starts[index] : tokens.ends[index]] += 1
    seen = [not (char.isspace() or char in "\u200b\ufeff") for char in text]
    assert covered.tolist() == [int(visible) for visible in seen]
    assert all(tokens.ends > tokens.starts)


@for_all(strategies.texts())
def test_combining_marks_are_never_split_off(text: str) -> None:
    """A combining mark begins a token only where it stands on nothing."""
    tokens = tokenise(Derived.of(text))
    for start in tokens.starts.tolist():
        if unicodedata.category(text[start])[0] == "M":
            assert start == 0 or text[start - 1].isspace() or text[start - 1] in "\u200b\ufeff"


@for_all(st.data())
def test_tokens_point_where_to_base_points(data: st.DataObject) -> None:
    """The mapping of all tokens at once equals the mapping one by one, less overlaps."""
    made = Derived.of(data.draw(st.text("ab -'", max_size=20)))
    for step in range(2):
        made = made.then(data.draw(strategies.edits(made.result)), f"rule-{step}")
    tokens = tokenise(made)
    plain = tokenise(Derived.of(made.result))
    reached = 0
    for index in range(len(tokens)):
        slow = made.to_base(plain.outer(index))
        assert tokens.outer(index) == Span(max(slow.start, reached), slow.end)
        reached = slow.end


@for_all(strategies.texts(), strategies.recipes())
def test_tokens_after_any_recipe_stay_in_order(text: str, recipe: Recipe) -> None:
    """Whatever rules do, tokens are in the order of the text as read and do not overlap."""
    tokens = tokenise(apply(recipe, text, Context()))
    assert (tokens.starts[1:] >= tokens.ends[:-1]).all()
    assert (tokens.ends >= tokens.starts).all()


def test_a_token_shows_what_stands_in_the_witness() -> None:
    """The compared form may differ; as written is as read."""
    made = Derived.of("Yong-\ngeon’s").then([Edit(Span(5, 6), ""), Edit(Span(10, 11), "'")], "x")
    tokens = tokenise(made)
    assert tokens.forms == ("Yong-geon's",)
    assert tokens.written(0) == "Yong-\ngeon’s"


def test_one_changed_stretch_shared_by_two_tokens_is_the_first_ones() -> None:
    """Where a rule made two tokens out of one stretch, no character is told twice."""
    made = Derived.of("x & y").then([Edit(Span(2, 3), "et cetera")], "signs")
    tokens = tokenise(made)
    assert tokens.forms == ("x", "et", "cetera", "y")
    assert [tokens.written(i) for i in range(4)] == ["x", "&", "", "y"]


def test_what_stands_apart_is_left_out_or_leaves_pieces() -> None:
    """A token within such a stretch goes; one around it is left in pieces."""
    text = "Ko-\n2\nrean 3 word"
    made = Derived.of(text).then([Edit(Span(2, 6), "")], "hyphens")
    tokens = tokenise(made, apart=[Span(4, 6), Span(11, 13)])
    assert tokens.forms == ("Korean", "word")
    assert tokens.spans(0) == (Span(0, 4), Span(6, 10))
    assert tokens.written(0) == "Ko-\nrean"
    assert tokens.outer(0) == Span(0, 10)
    assert tokens.spans(1) == (Span(13, 17),)


def test_apart_trims_a_token_at_its_edge() -> None:
    """A token half within a stretch that stands apart keeps its other half, in one piece."""
    tokens = tokenise(Derived.of("abcdef gh"), apart=[Span(4, 7)])
    assert [tokens.written(i) for i in range(len(tokens))] == ["abcd", "gh"]
    assert not tokens.pieces


def test_equal_forms_are_one_string() -> None:
    """Forms are interned."""
    forms = _forms("the cat the cat")
    assert forms[0] is forms[2]
    assert forms[1] is forms[3]


def test_ready_made_tokens_are_taken_as_they_are() -> None:
    """A given n is kept, a missing one is t without its white space, extra keys stay."""
    witness = Witness(
        "A",
        Text("The black cat"),
        tokens=(
            GivenToken(Span(0, 4), "the"),
            GivenToken(Span(4, 10)),
            GivenToken(Span(10, 13), "CAT", (("pos", '"noun"'),)),
        ),
    )
    tokens = given(witness)
    assert tokens.forms == ("the", "black", "CAT")
    assert tokens.written(0) == "The "
    assert dict(tokens.extra) == {2: (("pos", '"noun"'),)}
    with pytest.raises(TokenError, match="A: this witness has no ready-made tokens"):
        given(Witness("A", Text("x")))


def test_tokens_out_of_order_are_refused() -> None:
    """Tokens follow their text."""
    with pytest.raises(TokenError, match="not in the order"):
        Tokens("ab", np.array([1, 0], np.int32), np.array([2, 1], np.int32), ("b", "a"))


@pytest.mark.parametrize(
    ("form", "fold"),
    [
        ("Choe", "choe"),
        ("CHOË", "choe"),
        ("Yong-geon's", "yonggeons"),
        ("...", ""),
        ("—", ""),
        ("\ufb03", "ffi"),
        ("Straße", "strasse"),
        ("\u1f08\u03bb\u03bb\u2019", "\u03b1\u03bb\u03bb"),
        ("5,000", "5000"),
    ],
)
def test_folded_forms(form: str, fold: str) -> None:
    """Case, accents and marks do not count for likeness."""
    assert folded(form) == fold
