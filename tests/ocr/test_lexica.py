"""Words of a language: what comes with the package, and what a user gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import OcrError
from variorum.ocr.lexica import (
    SHIPPED,
    from_text,
    from_words,
    lexicon,
    packed,
    unpacked,
    words_in,
)

LETTERS = st.text("abëçdß'-é", min_size=1, max_size=40)


@given(st.sets(LETTERS).map(sorted))
def test_packing_loses_nothing(words: list[str]) -> None:
    """A packed list unpacks to what it was."""
    assert unpacked(packed(words)) == words


def test_the_packed_form_is_readable() -> None:
    """As the docstring shows it."""
    assert packed(["abet", "abets", "abetted"]) == "AabetEsEted"


@pytest.mark.parametrize(
    ("language", "known", "unknown"),
    [
        ("en", ["the", "Comrade", "collectivization", "people's", "well-known"], ["tbe", "rnany"]),
        ("sq", ["është", "Shqipërisë", "të", "njerëzit"], ["eshtc", "njcrezit", "qwrt"]),
    ],
)
def test_what_comes_with_the_package(language: str, known: list[str], unknown: list[str]) -> None:
    """Words are known whatever their case, errors are not."""
    words = lexicon(language)
    assert all(words.knows(word) for word in known)
    assert not any(words.knows(word) for word in unknown)
    assert len(words.words) > 100_000


def test_other_languages_need_words() -> None:
    """What does not come with the package is refused with a sentence that says what to do."""
    with pytest.raises(OcrError, match="no words of 'eo' come with the package"):
        lexicon("eo")
    assert SHIPPED == ("en", "sq")


def test_words_without_their_diacritics() -> None:
    """Known but for so many letters; nothing if that does not explain the word."""
    words = lexicon("sq")
    assert words.undressed("Shqipërisë") == 0
    assert words.undressed("Shqiperise") == 2
    assert words.undressed("njerezit") == 1
    assert words.undressed("xqwzrt") is None


def test_rubbish_is_stranger_than_names() -> None:
    """The letters of a name are those of a language, those of rubbish are not."""
    words = lexicon("en")
    rubbish = words.strange("xqzvkj")
    assert max(words.strange("assistance"), words.strange("Berlinger")) < 1 < 3 < rubbish


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Όλοι οι άνθρωποι", ["Όλοι", "οι", "άνθρωποι"]),
        ("सभी मनुष्यों को", ["सभी", "मनुष्यों", "को"]),
        ("人人生而自由 free", ["free"]),
        ("l’uomo 1959 ben-fatto.", ["l’uomo", "ben-fatto"]),
    ],
)
def test_words_of_any_script_with_spaces(text: str, expected: list[str]) -> None:
    """Combining vowels belong to their word; scripts without spaces have no words to look up."""
    assert [text[i:j] for i, j in words_in(text)] == expected


def test_a_text_is_no_list() -> None:
    """A list is taken to cover what lists do; of a text, what comes but once tells."""
    listed = from_text("xx", "alpha\nbeta\ngamma\ndelta\n")
    running = from_text("xx", "the cat and the dog and the bird and the cat")
    assert listed.coverage == 0.93
    assert running.coverage == pytest.approx(1 - 2 / 11)
    assert 0 < running.weight < listed.weight < lexicon("en").weight + 0.3


def test_greek_and_hindi_as_words() -> None:
    """Case, final sigma and composed forms do not hide a word."""
    greek = from_text("el", "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι")
    assert greek.knows("ΟΙ")
    assert greek.knows("ά" + "νθρωποι")  # the accent apart
    hindi = from_text("hi", "सभी मनुष्यों को गौरव और अधिकारों के मामले में")
    assert hindi.knows("मनुष्यों")
    assert not hindi.knows("मनुष्य")


@pytest.mark.parametrize("text", ["人人生而自由", "1959 1960", "… — !"])
def test_no_word_is_no_list(text: str) -> None:
    """A text in which no word can be told is refused."""
    with pytest.raises(OcrError, match="no word in the word list"):
        from_text("xx", text, "words.txt")
    with pytest.raises(OcrError, match=r"words\.txt: no word"):
        from_words("xx", ["", " "], "words.txt")
