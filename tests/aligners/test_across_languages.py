"""Aligning across languages: the laws, and goldens one can read."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.aligners import Pair, Passage, Sentence, Side
from variorum.aligners.across_languages import align, programme
from variorum.text import Span

WORDS = "house river 1944 Shehu Tirana friend 60 war Budapest mountain 15 Kim Party army".split()
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
        for near, far in zip(banded, whole, strict=True):
            assert near.confidence == pytest.approx(far.confidence, abs=0.05)


def test_speakers_speak_for_a_pair() -> None:
    """Of two places without a word in common, the one with the same speaker."""
    one = evolve(side(["alfa bravo"]), passages=(Passage("turn", "a"),))
    other = evolve(
        side(["delta gamma", "omega sigma"], turns=[0, 1]),
        passages=(Passage("turn", "b"), Passage("turn", "a")),
    )
    pairs, _ = align(one, other)
    assert [(pair.source, pair.target) for pair in pairs] == [((), (0,)), ((0,), (1,))]


def test_turns_of_one_side_stand_where_they_stood() -> None:
    """A turn that the source lacks comes behind its neighbour in the target."""
    lines = [f"In {1900 + n} the house of Shehu {n} had {n * 7 + 3} rooms." for n in range(4)]
    more = [lines[0], "Nothing of the kind was ever heard.", *lines[1:]]
    _, turns = align(side(lines, turns=[0, 1, 2, 3]), side(more, turns=[0, 1, 2, 3, 4]))
    assert [(t.source, t.target) for t in turns][:3] == [((0,), (0,)), ((), (1,)), ((1,), (2,))]
