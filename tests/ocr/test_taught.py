"""What an evaluation teaches: traits, proposals, and what is none."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.ocr.evaluate import Side, compare
from variorum.ocr.figures import Evaluation
from variorum.ocr.profiles import profile
from variorum.ocr.taught import OFTEN, TRAIT, misreadings, of_one_sound, taught, to_rules
from variorum.ocr.told import fingerprint, to_json
from variorum.rules import recipe_of
from variorum.text import Text
from variorum.witness import Witness


def evaluated(truth: str, copy: str) -> Evaluation:
    """*copy* against *truth*."""
    a, b = (Side(Witness(siglum, Text(text))) for siglum, text in (("W", truth), ("O", copy)))
    return Evaluation(profile("plain"), (compare("O", a, b, profile("plain")).summary,))


def proposed(evaluation: Evaluation) -> tuple[dict[str, Any], str]:
    """The table of the proposed rule, and the comments above it."""
    text = to_rules(evaluation, {"id": "0" * 16}).decode()
    rules = tomllib.loads(text)["rules"]
    recipe_of("r", rules)
    comments = "\n".join(line for line in text.splitlines() if line.startswith("#   "))
    return (rules[0]["read"] if rules else {}), comments


FILL = "the quick brown fox jumps over all lazy dogs in my big yard "


def read_as(right: str, wrong: str, times: int = 5) -> Evaluation:
    """A text in which *right* stands between other words, and was so often read as *wrong*."""
    truth = "".join(f"{FILL}b{right}t " for _ in range(times + 3))
    return evaluated(truth, truth.replace(f"b{right}t", f"b{wrong}t", times))


@pytest.mark.parametrize(("right", "wrong"), [("h", "k"), ("l", "1"), ("a", "4"), ("m", "rn")])
def test_traits_are_proposed(right: str, wrong: str) -> None:
    """What was misread often, and far more often than by chance, is proposed with its counts."""
    table, comments = proposed(read_as(right, wrong))
    assert table == {right: [wrong]}
    assert f"{wrong} for {right}: 5 times" in comments
    assert proposed(read_as(right, wrong, OFTEN - 1)) == ({}, "")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("k", "K"),
        ("1", "i"),
        ("5", "S"),
        ("1", "7"),
        ("19", "l9"),
        (",", "."),
        ("k", ""),
        ("", "k"),
    ],
)
def test_case_numbers_and_marks_are_not_proposed(right: str, wrong: str) -> None:
    """Letters that differ in case, digits of the truth, marks, and what came or went."""
    assert proposed(read_as(right, wrong)) == ({}, "")


@pytest.mark.parametrize(("right", "wrong"), [("z", "s"), ("e", "\u00eb"), ("a", "u"), ("k", "c")])
def test_spellings_are_told_not_proposed(right: str, wrong: str) -> None:
    """Letters of one sound are left to the editor, who sees how often they came."""
    evaluation = read_as(right, wrong)
    assert misreadings(evaluation) == {}
    table, comments = proposed(evaluation)
    assert (table, f"{wrong} for {right}: 5 times" in comments) == ({}, True)


def test_noise_is_not_proposed() -> None:
    """Of hundreds of pairs that came once or twice, one that came thrice is noise."""
    letters = "bcdfghklmnprtvwy"
    truth = " ".join(a * 3 for a in letters for _ in letters)
    copy = " ".join(f"{a}{b}{a}" for a in letters for b in letters)
    told = evaluated(f"{truth} bbb bbb", f"{copy} bkb bkb")
    assert {(c.truth, c.copy): c.count for c in told.confusions}["b", "k"] == OFTEN
    assert misreadings(told) == {}


@pytest.mark.parametrize(
    ("right", "wrong", "same"),
    [
        ("z", "s", True),
        ("ph", "f", True),
        ("ct", "x", True),
        ("l", "ll", True),
        ("\u00e9", "e", True),
        ("\u03b7", "\u03b9", True),
        ("m", "rn", False),
        ("h", "b", False),
        ("h", "k", False),
        ("l", "i", False),
    ],
)
def test_one_sound(right: str, wrong: str, same: bool) -> None:
    """Letters that spellings write for one another, in either direction."""
    assert of_one_sound(right, wrong) == of_one_sound(wrong, right) == same


@given(
    st.lists(st.sampled_from(["corn", "hail", "moss", "1 a"]), min_size=1, max_size=30),
    st.sampled_from("chmoa1 "),
    st.sampled_from("eknuii"),
)
def test_the_json_teaches_what_was_measured(words: list[str], right: str, wrong: str) -> None:
    """Counts, chance and digests come back from the JSON; a trait is often and above chance."""
    truth = " ".join(words)
    evaluation = evaluated(truth, truth.replace(right, wrong))
    told = taught(to_json(evaluation, fingerprint(evaluation)), "o.json")
    assert told.copies == {Text(truth.replace(right, wrong)).digest}
    assert told.truths == {Text(truth).digest}
    for p in evaluation.patterns:
        assert told.counts[p.truth, p.copy] == p.count
    patterned = {*"".join(p.truth + p.copy for p in evaluation.patterns)}
    for c in evaluation.confusions:
        apart = patterned.isdisjoint(c.truth + c.copy)
        assert told.counts[c.truth, c.copy] <= c.count
        assert told.counts[c.truth, c.copy] == c.count or not apart
        expected = told.expected.get((c.truth, c.copy), 0.0)
        assert expected == (c.expected or 0.0)
        trait = c.count >= OFTEN and c.count >= TRAIT * expected
        assert told.is_trait((c.truth, c.copy), c.count) == trait
    assert proposed(evaluation)[0] == misreadings(evaluation)
