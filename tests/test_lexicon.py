"""The lexicon: words in every form and spelling, and tables of an editor's own."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from variorum.errors import LexiconError
from variorum.languages.lexicon import content, fold, lexicon, read_tsv
from variorum.languages.lexicon.albanian import made

SPECIMEN = Path(__file__).parent.parent / "witnesses" / "hoxha-choe-1959" / "A.txt"

LEXEMES = """-lexeme
 lex: popull
 stem: popuj.|popull.
 gramm: NOUN
 paradigm: 1a
 paradigm: 5a
 trans_en: people; the populace (of a place)

-lexeme
 lex: jap
 stem: jap.//ep.
 paradigm: v
 trans_en: give
"""

PARADIGMS = """-paradigm: 1a
 -flex: <1>.
  gramm: sg
 -flex: <1>.it
  gramm: sg

-paradigm: 5a
 -flex: <0>.ve
  gramm: pl

-paradigm: plain
 -flex: .

-paradigm: v
 -flex: .
 -flex: .<.>ni
  paradigm: clitics

-paradigm: clitics
 -flex: .më
"""


@pytest.mark.parametrize(
    ("word", "rendering"),
    [
        ("popullit", "people"),
        ("shokut", "comrade"),
        ("Shokët", "friend"),
        ("eshte", "be"),
        ("pergjithshme", "general"),
        ("nji", "one"),
        ("LIRINË", "freedom"),
    ],
)
def test_albanian(word: str, rendering: str) -> None:
    """Case endings, lost accents, capitals and old forms are known."""
    shipped = lexicon("sq", "en")
    assert shipped is not None
    assert rendering in shipped.renderings(word)


def test_what_is_not_known() -> None:
    """An unknown word has no renderings, and an unknown pair of languages no lexicon."""
    shipped = lexicon("sq", "en")
    assert shipped is not None
    assert shipped.renderings("xyzq") == ()
    assert lexicon("de", "fr") is None


def test_most_words_of_the_specimen_are_known() -> None:
    """Of the forms in small letters of an Albanian text nineteen in twenty are known."""
    shipped = lexicon("sq", "en")
    assert shipped is not None
    text = SPECIMEN.read_text(encoding="utf-8").partition("6 qershor")[2]
    words = set(regex.findall(r"(?<!\p{L})\p{Ll}{3,}", text))
    known = sum(bool(shipped.renderings(word)) for word in words)
    assert known >= 0.95 * len(words)


def test_table_is_made_of_stems_and_endings() -> None:
    """Stems by number with the endings of their paradigms; always the same."""
    told = made(LEXEMES, PARADIGMS)
    assert told == made(LEXEMES, PARADIGMS)
    endings, stems = told.split("\n\n")
    allowed = dict(line.split("\t") for line in endings.split("\n"))
    kinds = {line.split("\t")[0]: line.split("\t")[1:] for line in stems.split("\n") if line}
    assert {allowed[kind] for kind in kinds["popull"][0].split(",")} == {",it"}
    assert {allowed[kind] for kind in kinds["popuj"][0].split(",")} == {"ve"}
    assert {allowed[kind] for kind in kinds["ep"][0].split(",")} == {",meni"}
    assert kinds["popull"][1] == "people populace"


def test_a_table_of_ones_own() -> None:
    """Lines of word, tab, rendering; comments and several renderings."""
    own = read_tsv("own.tsv", "# mine\nHaus\thouse\nHaus\tthe home (old)\n\n", "de", "en")
    assert own.renderings("haus") == ("home", "house")
    assert own.digest == read_tsv("b.tsv", "Haus\thome\nhaus\thouse", "de", "en").digest


@pytest.mark.parametrize("line", ["Haus house", "Haus\t", "\thouse", "Haus\t(…)"])
def test_a_broken_line(line: str) -> None:
    """A line without word or rendering is told by its number."""
    with pytest.raises(LexiconError, match=r"own\.tsv:2: "):
        read_tsv("own.tsv", f"a\tb\n{line}\n", "de", "en")


def test_glosses() -> None:
    """Function words and remarks are no renderings, unless there is nothing else."""
    assert content("to give up (sth)") == ("give",)
    assert content("for") == ("for",)
    assert fold("Çë’") == "ce'"
