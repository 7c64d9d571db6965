"""Aligning across languages: the laws, and goldens one can read."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import oracles
from variorum.aligners import Pair, Passage, Sentence, Side, Word
from variorum.aligners.across_languages import align, programme
from variorum.aligners.across_languages.evidence import views
from variorum.aligners.across_languages.likeness import chained, measured
from variorum.aligners.across_languages.programme import Grid
from variorum.aligners.across_languages.speakers import speakers
from variorum.aligners.across_languages.steps import SHAPES, Steps, lengthened
from variorum.aligners.across_languages.weights import weights_for
from variorum.errors import AlignmentError
from variorum.languages.lexicon import lexicon
from variorum.sentences import words
from variorum.text import Span

WORDS = "house river 1944 Shehu Tirana friend 60 war Budapest mountain 15 Kim Party army".split()
TEXTS = st.lists(
    st.sampled_from(["Shehu 1944.", "The river, 60?", "Party"]), min_size=1, max_size=3
)
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join))


def side(lines: list[str], language: str = "xx", turns: list[int] | None = None) -> Side:
    """A side of one sentence a line."""
    numbers = turns or [0] * len(lines)
    sentences, at = [], 0
    for line, turn in zip(lines, numbers, strict=True):
        sentences.append(Sentence(Span(at, at + len(line)), line, turn))
        at += len(line) + 1
    passages = (Passage("turn"),) * (max(numbers, default=-1) + 1)
    return Side("text", language, tuple(sentences), passages)


def positions(pairs: tuple[Pair, ...]) -> tuple[list[int], list[int]]:
    """Every position that stands in some pair, of either side, sorted."""
    return (
        sorted(n for pair in pairs for n in pair.source),
        sorted(n for pair in pairs for n in pair.target),
    )


@settings(deadline=None)
@given(SENTENCES, SENTENCES)
def test_every_position_stands_in_one_pair(one: list[str], other: list[str]) -> None:
    """Sentences and turns are each told exactly once; a pair of one side has one sentence."""
    pairs, turns = align(side(one), side(other))
    assert positions(pairs) == (list(range(len(one))), list(range(len(other))))
    assert positions(turns) == ([0] if one else [], [0] if other else [])
    for pair in (*pairs, *turns):
        assert (pair.source and pair.target) or len(pair.source) + len(pair.target) == 1


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12, unique=True))
def test_identical_texts_align_one_to_one(words: list[str]) -> None:
    """A text beside itself: each sentence with itself."""
    lines = [f"{word} {word.upper()} {n}00 {word}" for n, word in enumerate(words, 1)]
    pairs, _ = align(side(lines), side(lines))
    assert [(pair.source, pair.target) for pair in pairs] == [
        ((n,), (n,)) for n in range(len(lines))
    ]


def test_the_path_mirrors_when_the_sides_are_exchanged() -> None:
    """Source and target exchanged: the same pairs the other way round."""
    one = ["Shehu came to Tirana in 1944.", "The war.", "60 houses stood by the river in Budapest."]
    other = ["Shehu 1944 Tirana.", "60 Budapest houses.", "They stood by the river."]
    pairs, _ = align(side(one), side(other))
    mirrored, _ = align(side(other), side(one))
    assert {(p.source, p.target) for p in pairs} == {(p.target, p.source) for p in mirrored}


def test_a_sentence_left_out_changes_its_neighbours_only() -> None:
    """One sentence more on one side is without counterpart, and all others stay."""
    lines = [f"In {1900 + n} the house of Shehu {n} had {n * 7 + 3} rooms." for n in range(20)]
    more = [*lines[:10], "Nothing of the kind was ever heard.", *lines[10:]]
    pairs, _ = align(side(lines), side(more))
    got = {(pair.source, pair.target) for pair in pairs}
    assert got == {((), (10,)), *(((n,), (n + (n >= 10),)) for n in range(20))}


def test_what_moved_is_found() -> None:
    """A sentence that stands elsewhere is a pair, marked as a move."""
    lines = [f"In {1900 + n} the house of Shehu {n} had {n * 7 + 3} rooms." for n in range(12)]
    moved = [*lines[:2], *lines[3:10], lines[2], *lines[10:]]
    pairs, _ = align(side(lines), side(moved))
    (move,) = [pair for pair in pairs if pair.move]
    assert (move.source, move.target) == ((2,), (9,))
    assert move.confidence > 0.9


def test_neighbours_that_changed_places_are_found() -> None:
    """Two neighbours exchanged are two pairs, one of them moved, not one pair of two with two."""
    lines = [f"In {1900 + n} {WORDS[n]} had {n * 7 + 3} {WORDS[-n]}." for n in range(1, 12)]
    moved = [*lines[:4], lines[5], lines[4], *lines[6:]]
    pairs, _ = align(side(lines), side(moved))
    assert {(p.source, p.target) for p in pairs if 4 in p.source or 5 in p.source} == {
        ((4,), (5,)),
        ((5,), (4,)),
    }
    assert sum(pair.move for pair in pairs) == 1


def test_turns_are_read_off() -> None:
    """A label that one side lacks joins its turns."""
    lines = [f"In {1900 + n} the house of Shehu {n} had {n * 7 + 3} rooms." for n in range(6)]
    _, turns = align(side(lines, turns=[0, 0, 1, 1, 2, 2]), side(lines, turns=[0, 0, 1, 1, 1, 1]))
    assert [(turn.source, turn.target) for turn in turns] == [((0,), (0,)), ((1, 2), (1,))]


def test_a_band_finds_what_the_whole_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """With much more on one side between two neighbours than the band is wide."""
    lines = [f"In {1900 + n} the house of Shehu {n} had {n * 7 + 3} rooms." for n in range(30)]
    more = [f"Nothing of kind {n} was heard by friend {n * 3}." for n in range(60)]
    sides = side(lines), side([*lines[:10], *more, *lines[10:]])
    for one, other in (sides, sides[::-1]):
        whole, _ = align(one, other)
        with monkeypatch.context() as patched:
            patched.setattr(programme, "WHOLE", 0)
            patched.setattr(programme, "BAND", 5)
            banded, _ = align(one, other)
        assert [(p.source, p.target) for p in banded] == [(p.source, p.target) for p in whole]


def test_a_long_text_in_its_band() -> None:
    """Sums over thousands of sentences lead nowhere outside the band, and each finds its own."""
    lines = [
        f"In {n} {WORDS[n % 13]} of Shehu {n * 7919 % 4001} had {n * 31 % 977} {WORDS[n * 5 % 13]}."
        for n in range(3000)
    ]
    fewer = [line for n, line in enumerate(lines) if n % 7]
    pairs, _ = align(side(lines), side(fewer))
    assert positions(pairs) == (list(range(3000)), list(range(len(fewer))))
    right = sum(
        pair.source == (pair.target[0] * 7 // 6 + 1,) for pair in pairs if len(pair.target) == 1
    )
    assert right > 0.95 * len(fewer)


def test_speakers_speak_for_a_pair() -> None:
    """Of two places without a word in common, the one with the same speaker."""
    known = [f"In {1900 + n} the house of Shehu {n} had {n * 7 + 3} rooms." for n in range(6)]
    said = (Passage("turn", "a"), Passage("turn", "b"))
    one = evolve(side([*known, "alfa bravo"], turns=[0] * 6 + [1]), passages=said)
    lines = [*known, "delta gamma", "omega sigma"]
    for turns, wanted in (([0] * 7 + [1], (7,)), ([0] * 6 + [1, 0], (6,))):
        other = evolve(
            side(lines, turns=[0] * 6 + [1, 2]),
            passages=(said[0], said[turns[6]], said[turns[7]]),
        )
        pairs, _ = align(one, other)
        assert ((6,), wanted) in [(pair.source, pair.target) for pair in pairs]


def test_turns_of_one_side_stand_where_they_stood() -> None:
    """A turn that the source lacks comes behind its neighbour in the target."""
    lines = [f"In {1900 + n} the house of Shehu {n} had {n * 7 + 3} rooms." for n in range(4)]
    more = [lines[0], "Nothing of the kind was ever heard.", *lines[1:]]
    _, turns = align(side(lines, turns=[0, 1, 2, 3]), side(more, turns=[0, 1, 2, 3, 4]))
    assert [(t.source, t.target) for t in turns][:3] == [((0,), (0,)), ((), (1,)), ((1,), (2,))]


def grid(one: list[str], other: list[str]) -> tuple[Grid, Steps]:
    """All ways through two small texts."""
    sides = side(one), side(other)
    seen = views(*sides, ({}, {}))
    chain = chained(seen)
    scales = {view.name: measured(view, chain) for view in seen}
    steps = Steps(*sides, seen, scales, lengthened(*sides, chain))
    return Grid(steps, weights_for(frozenset(scales)), chain), steps


@settings(deadline=None, max_examples=30)
@given(TEXTS, TEXTS)
def test_shares_and_the_way_taken_are_those_of_all_ways_told(
    one: list[str], other: list[str]
) -> None:
    """The programme against every way written out."""
    found, steps = grid(one, other)
    told = oracles.ways(steps, weights_for(frozenset(["words"])))
    best = max(told, key=lambda way: way[1])
    total = sum(math.exp(score - best[1]) for _, score in told)
    wanted: dict[tuple[int, int, int, int], float] = defaultdict(float)
    for way, score in told:
        for step in way:
            wanted[step] += math.exp(score - best[1]) / total
    for i, pairs, up, left in found.shares():
        for number, (a, b) in enumerate(SHAPES):
            for j in range(len(other)):
                share = float(pairs[number, j]) if i + a <= len(one) and j + b <= len(other) else 0
                assert share == pytest.approx(wanted[i, j, a, b], abs=1e-9)
        if i < len(one):
            assert up == pytest.approx(sum(v for s, v in wanted.items() if s[0] == i and not s[3]))
        for j, share in enumerate(left):
            assert share == pytest.approx(wanted[i, j, 0, 1], abs=1e-9)
    taken = programme.path(steps, weights_for(frozenset(["words"])), found.chain)
    shares = oracles.expected(wanted)
    worth = {way: sum(shares(step) for step in way) for way, _ in told}
    own = sum(shares((each.i, each.j, each.a, each.b)) for each in taken)
    assert own == pytest.approx(max(worth.values()), abs=0.01)
    for each in taken:
        price = programme.PRICE if each.a and each.b else programme.LONE
        sure = shares((each.i, each.j, each.a, each.b)) + price
        assert each.confidence == pytest.approx(sure % 1 if sure < 0 else sure, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(SENTENCES, SENTENCES, st.data())
def test_locks_are_kept(one: list[str], other: list[str], data: st.DataObject) -> None:
    """What an editor said stands, whatever it is, and all the rest is still told once."""
    mine = data.draw(st.permutations(range(len(one))))
    its = data.draw(st.permutations(range(len(other))))
    locks = []
    while mine or its:
        a, b = data.draw(st.integers(0, 2)), data.draw(st.integers(0, 2))
        took, mine = tuple(sorted(mine[:a])), mine[a:]
        gave, its = tuple(sorted(its[:b])), its[b:]
        if (took and gave) or len(took) + len(gave) == 1:
            locks.append(Pair(took, gave, 1.0, locked=True))
        elif not took and not gave:
            break
    pairs, _ = align(side(one), side(other), locks=locks)
    kept = {(pair.source, pair.target) for pair in pairs if pair.locked}
    assert kept == {(lock.source, lock.target) for lock in locks}
    assert positions(pairs) == (list(range(len(one))), list(range(len(other))))


def test_a_lock_that_cannot_be_is_refused() -> None:
    """A position that is none, or that stands in two locks."""
    sides = side(["one", "two"]), side(["uno", "due"])
    for locks in ([Pair((2,), (0,), 1.0)], [Pair((0,), (0,), 1.0), Pair((0,), (1,), 1.0)]):
        with pytest.raises(AlignmentError, match=r"cannot be locked|is locked twice"):
            align(*sides, locks=locks)


def test_a_lock_divides_what_stands_around_it() -> None:
    """No pair reaches over a lock, and what is locked wrongly stays so."""
    lines = [f"In {1900 + n} the house of Shehu {n} had {n * 7 + 3} rooms." for n in range(8)]
    pairs, _ = align(side(lines), side(lines), locks=[Pair((2,), (5,), 1.0)])
    for pair in pairs:
        if pair.source and pair.target and not pair.move:
            assert (pair.source[0] < 2) == (pair.target[0] < 5) or pair.locked


@settings(deadline=None)
@given(SENTENCES, SENTENCES)
def test_confidence_is_a_probability(one: list[str], other: list[str]) -> None:
    """From 0 to 1, of sentences and of turns."""
    for pair in (*(told := align(side(one), side(other)))[0], *told[1]):
        assert 0 <= pair.confidence <= 1


def worded(lines: list[str], language: str) -> Side:
    """A side whose words are known."""
    plain = side(lines, language)
    return evolve(
        plain,
        sentences=tuple(
            evolve(
                s,
                words=tuple(
                    Word(at, Span(s.span.start + at.start, s.span.start + at.end))
                    for at in words(s.text)
                ),
            )
            for s in plain.sentences
        ),
    )


def test_words_are_linked() -> None:
    """By the lexicon, by numbers in words, by names; each link in its pair, spans as read."""
    one = ["Populli shqiptar do paqen.", "Më 1959 Hrushovi erdhi me gjashtëdhjetë vetë."]
    other = ["The Albanian people want peace.", "In 1959 Khrushchev came with sixty men."]
    source, target = worded(one, "sq"), worded(other, "en")
    pairs, _ = align(source, target, lexicon=lexicon("sq", "en"))
    here, there = "\n".join(one), "\n".join(other)
    got = {(link.source.of(here), link.target.of(there)) for pair in pairs for link in pair.words}
    assert {
        ("Populli", "people"),
        ("shqiptar", "Albanian"),
        ("paqen", "peace"),
        ("1959", "1959"),
        ("Hrushovi", "Khrushchev"),
        ("erdhi", "came"),
        ("gjashtëdhjetë", "sixty"),
    } <= got


def test_speakers_of_two_languages() -> None:
    """One person under two labels; titles that all have say nothing; nobody is forced together."""
    assert speakers(
        {"shoku-enver-hoxha", "shoku-coe-jong-gon"},
        {"comrade-enver-hoxha", "comrade-choe-yong-gon"},
    ) == {"shoku-enver-hoxha": "comrade-enver-hoxha", "shoku-coe-jong-gon": "comrade-choe-yong-gon"}
    assert speakers({"anna", "bert"}, {"xaver", "zoe"}) == {}
    assert speakers({"hoxha"}, {"hoxha", "hoxha-enver"}) == {"hoxha": "hoxha"}
