"""What an editor is shown of a translation: each kind, its traps, and the laws of findings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from variorum.aligners import Link, Pair, Parallel, Passage, Sentence, Side, Word
from variorum.errors import LexiconError
from variorum.languages.lexicon import Lexicon, lexicon
from variorum.languages.names import read
from variorum.review import KINDS, Finding, concordance, review
from variorum.sentences import words
from variorum.text import Span


def side(lines: Sequence[str], language: str) -> Side:
    """Each line a sentence of one text, joined by newlines."""
    found, at = [], 0
    for line in lines:
        inside = tuple(Word(w, Span(at + w.start, at + w.end)) for w in words(line))
        found.append(Sentence(Span(at, at + len(line)), line, 0, inside))
        at += len(line) + 1
    return Side(f"{language}.txt", language, tuple(found), (Passage("turn"),))


def parallel(
    source: Sequence[str], target: Sequence[str], languages: tuple[str, str] = ("sq", "en")
) -> Parallel:
    """Two texts whose lines render each other one to one."""
    pairs = tuple(Pair((n,), (n,), 0.95) for n in range(len(source)))
    here, there = (side(x, tag) for x, tag in zip((source, target), languages, strict=True))
    return Parallel(here, there, pairs, (), {})


def albanian() -> Lexicon:
    """The shipped lexicon."""
    found = lexicon("sq", "en")
    assert found is not None
    return found


def kinds(source: str, target: str, languages: tuple[str, str] = ("sq", "en")) -> list[str]:
    """The kinds of what is found in one bead."""
    words_ = albanian() if languages == ("sq", "en") else None
    return [each.kind for each in review(parallel([source], [target], languages), words_)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Erdhën 1.500 shokë.", "There came 1,200 friends."),
        ("Ai punoi tre muaj.", "He worked for seven months."),
        ("U mblodhën 60 vetë.", "They gathered."),
    ],
)
def test_numbers_that_disagree(source: str, target: str) -> None:
    """Another value, in figures or in words, and one that is not there."""
    assert kinds(source, target) == ["number"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Erdhën 60.000 veta.", "There came 60,000 people."),
        ("Ishte ora e nëntë.", "It was nine o'clock."),
        ("Një njeri erdhi.", "A man came."),
        ("Erdhën të dy.", "Both came."),
        ("Erdhën të dymbëdhjetët.", "The twelve came."),
        ("Ata erdhën.", "They came [in 1959]."),
    ],
)
def test_numbers_that_agree(source: str, target: str) -> None:
    """Marks of thousands, ordinals, articles, pairs, and what a translator puts in brackets."""
    assert kinds(source, target) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Ai nuk erdhi.", "He came."),
        ("Ai erdhi.", "He didn’t come."),
        ("Askush nuk erdhi.", "Everybody came."),
        ("Mos e prekni!", "Touch it!"),
    ],
)
def test_denied_on_one_side(source: str, target: str) -> None:
    """A negation out, or in."""
    assert kinds(source, target) == ["negation"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Nuk pashë asnjë njeri.", "I saw nobody."),
        ("Jo vetëm ne erdhëm.", "Not only we came."),
        ("Ai nuk është veçse një njeri.", "He is only a man."),
        ("Është e padrejtë.", "It is not just."),
        ("Erdhi pa bukë.", "He came and had no bread."),
        ("E ëma doli dhe i tha s'ëmës.", "She went out and told her mother."),
        ("Ai nuk pranoi.", "He refused."),
        ("A nuk erdhi ai?", "Did he come?"),
        ("Mos harro!", "Remember!"),
        ("Ruhuni se e prekni.", "Be careful that you don’t touch it."),
    ],
)
def test_denied_on_both_sides(source: str, target: str) -> None:
    """Double negation, *only*, denials within a word, by *without* and by a verb."""
    assert kinds(source, target) == []


def test_name_exchanged() -> None:
    """A name that comes back everywhere else is missed where another stands for it."""
    source = ["Erdhi Pjetri.", "Foli Pjetri.", "Iku Pjetri.", "Atje ishte Pjetri."]
    target = ["There came Peter.", "So spoke Peter.", "So left Peter.", "There was Robert."]
    (only,) = review(parallel(source, target), albanian())
    assert (only.kind, only.pair) == ("name", 3)
    assert [s.of("\n".join(source)) for s in only.source] == ["Pjetri"]
    assert [s.of("\n".join(target)) for s in only.target] == ["Robert"]


def test_name_left_out() -> None:
    """A name that *he* stands for is missed by nobody."""
    source = ["Erdhi Pjetri.", "Foli Pjetri.", "Iku Pjetri.", "Atje ishte Pjetri."]
    target = ["There came Peter.", "So spoke Peter.", "So left Peter.", "There he was."]
    assert review(parallel(source, target), albanian()) == ()


def test_name_misspelt() -> None:
    """A name but for one letter of another is that one."""
    source = [f"Foli {name}." for name in ["Zoti", "Mrika"] * 6 + ["Tzoti"]]
    target = [f"So spoke {name}." for name in ["Yahweh", "Bardha"] * 6 + ["Yahweh"]]
    assert review(parallel(source, target), albanian()) == ()


def test_names_of_an_editor() -> None:
    """A file of an editor's own says that two names are one, and only that."""
    told = parallel(["Foli Mrika.", "Foli Zefi."], ["So spoke Bardha.", "So spoke Robert."])
    own = read("own.toml", '[people]\nmrika = { en = "Bardha", sq = "Mrika" }\n')
    assert [f.pair for f in review(told, albanian())] == [0, 1]
    assert [f.pair for f in review(told, albanian(), own)] == [1]


def test_names_of_no_shape() -> None:
    """A file of another shape is refused by name."""
    for data in ("[people", '[people]\nmrika = "Bardha"\n'):
        with pytest.raises(LexiconError, match=r"own\.toml"):
            read("own.toml", data)


def test_number_in_place_of_another() -> None:
    """A value that the other side has too, but for another thing."""
    assert kinds("Tri ditë e tri net, pesë javë.", "Five days and three nights, five weeks.") == [
        "number"
    ]


def test_said_in_another_way() -> None:
    """One denial more than the other side's is a finding only if what it denies is there."""
    assert kinds("Ai nuk foli, nuk hëngri bukë.", "He did not speak, he ate bread.") == ["negation"]
    assert kinds("Nuk erdhën dhe nuk dinin gjë.", "They did not come, being perplexed.") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Ne pamë Shqipërinë.", "We saw Albania."),
        ("Ne njohim Hrushovin.", "We know Khrushchev."),
        ("Foli KQ i BRSS.", "So spoke the Central Committee of the Soviet Union."),
        ("Ai shkoi në Tiranën e re.", "He went to the new Tirana."),
    ],
)
def test_names_across_spellings(source: str, target: str) -> None:
    """By the table, by consonants, by case endings."""
    assert "name" not in kinds(source, target)


def test_names_of_german() -> None:
    """Nouns with capitals alarm nobody."""
    source = ["Der Mann sah das Haus und den Garten."] * 3
    target = ["The man saw the house and the garden."] * 3
    assert review(parallel(source, target, ("de", "en"))) == ()


def test_names_learnt_from_the_text() -> None:
    """What stands beside a name throughout is its rendering, however it is spelled."""
    source = [f"Foli {name}." for name in ["Zoti", "Mrika"] * 6]
    target = [f"So spoke {name}." for name in ["Yahweh", "Bardha"] * 6]
    assert review(parallel(source, target)) == ()


def test_sentences_without_counterpart() -> None:
    """Neighbours left out are one finding, and what was put in is of the other kind."""
    told = parallel(["A.", "B.", "C.", "D."], ["A.", "X.", "D."])
    pairs = (
        *(Pair((0,), (0,), 0.9), Pair((1,), (), 0.8), Pair((2,), (), 0.8)),
        *(Pair((), (1,), 0.8), Pair((3,), (2,), 0.9)),
    )
    found = review(evolve(told, sentences=pairs))
    assert [(f.kind, f.pair, len(f.source), len(f.target)) for f in found] == [
        ("not translated", 1, 2, 0),
        ("added in translation", 3, 0, 1),
    ]


def test_length() -> None:
    """A bead far shorter than the others are."""
    long = "Kjo është një fjali mjaft e gjatë për të gjithë lexuesit tanë."
    same = "This is a sentence that is long enough for all our readers."
    found = review(parallel([long] * 12, [same] * 11 + ["This it is."]))
    assert [(f.kind, f.pair) for f in found] == [("length", 11)]


def test_words_left_standing() -> None:
    """Words of the source in a row in the translation."""
    source = ["Ata erdhën me furgonin nga fshati.", "Ai iku."]
    target = ["They came me furgonin from the village.", "He left."]
    (only,) = review(parallel(source, target), albanian())
    assert only.kind == "untranslated"
    assert only.evidence["words"] == ["me", "furgonin"]


def linked(renderings: Sequence[str]) -> Parallel:
    """*shok* rendered in turn by each of *renderings*, with the link drawn."""
    told = parallel(
        [f"erdhi {w}" for w in ["shoku"] * len(renderings)], [f"came {r}" for r in renderings]
    )
    pairs = tuple(
        evolve(
            pair,
            words=(
                Link(
                    told.source.sentences[n].words[1].span, told.target.sentences[n].words[1].span
                ),
            ),
        )
        for n, pair in enumerate(told.sentences)
    )
    return evolve(told, sentences=pairs)


def test_concordance() -> None:
    """A term with its renderings, forms of one word together, and a finding for the odd one."""
    told = linked(["comrade"] * 9 + ["comrades", "friend"])
    (term,) = concordance(told, albanian())
    assert (term.word, term.count) == ("shoku", 11)
    assert [(r.word, r.count) for r in term.renderings] == [("comrade", 10), ("friend", 1)]
    assert [(f.kind, f.pair) for f in review(told, albanian())] == [("term", 10)]


def test_no_usual_rendering() -> None:
    """Where no rendering is the usual one, none is odd."""
    assert review(linked(["comrade"] * 6 + ["friend"] * 5), albanian()) == ()


def test_doubtful_beads_weigh_less() -> None:
    """A finding in a bead that is likely wrong is said, but lower."""
    told = parallel(["Ai nuk erdhi."], ["He came."])
    doubtful = evolve(told, sentences=(Pair((0,), (0,), 0.1),))
    locked = evolve(told, sentences=(Pair((0,), (0,), 0.1, locked=True),))
    sure, unsure, said = (review(each)[0] for each in (told, doubtful, locked))
    assert unsure.weight < sure.weight == said.weight
    assert unsure.id == sure.id


SAID = st.lists(
    st.sampled_from(
        ["Pjetri nuk erdhi", "We saw 12 men", "Robert", "not", "pa", "1959", "Ata u kthyen", "x"]
    ),
    min_size=1,
    max_size=6,
)


@given(SAID, SAID)
def test_laws(source: list[str], target: list[str]) -> None:
    """Spans stand in the texts, ids are unique, the worst comes first, and twice is the same."""
    count = min(len(source), len(target))
    told = parallel(source[:count], target[:count])
    found = review(told, albanian())
    assert found == review(told, albanian())
    assert len({each.id for each in found}) == len(found)
    assert [each.weight for each in found] == sorted((f.weight for f in found), reverse=True)
    for each in found:
        assert each.kind in KINDS
        assert 0 <= each.weight <= 1
        assert each.said.endswith(".")
        inside(each, told)


def inside(found: Finding, told: Parallel) -> None:
    """Every span lies in a sentence of the finding's bead."""
    pair = told.sentences[found.pair]
    for spans, one, at in (
        (found.source, told.source, pair.source),
        (found.target, told.target, pair.target),
    ):
        homes = [one.sentences[n].span for n in at]
        assert all(any(home.covers(span) for home in homes) for span in spans)


@given(SAID)
def test_a_text_and_itself(text: list[str]) -> None:
    """Nothing is found between a text and itself."""
    for tag in ("sq", "en"):
        assert review(parallel(text, text, (tag, tag))) == ()
