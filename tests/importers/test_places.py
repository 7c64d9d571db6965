"""Where words stand in two texts: whole sentences, in order, each once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.parallels import side
from importers.texts import beads, sides
from variorum.errors import ImporterError
from variorum.importers import Said, Sought, placed

SHORT = st.lists(st.sampled_from(["a", "b", "a b", "", "b  c", "c"]), max_size=8)


@given(SHORT, st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=4).map(" ".join))
def test_every_place_is_found(lines: list[str], wanted: str) -> None:
    """Every run of sentences that reads so, compared with trying them all."""
    texts = [" ".join(line.split()) for line in lines]
    slow = {
        tuple(n for n in range(start, end) if texts[n])
        for start in range(len(lines))
        for end in range(start + 1, len(lines) + 1)
        if " ".join(filter(None, texts[start:end])) == wanted
    }
    assert set(Sought.of(side("x", "en", lines)).find(wanted)) == slow


def test_long_texts_that_begin_alike() -> None:
    """Texts are told apart by their ends too."""
    lines = ["a" * 100 + "b", "a" * 100 + "c", "a" * 100]
    sought = Sought.of(side("x", "en", lines))
    assert [sought.find(line) for line in lines] == [((0,),), ((1,),), ((2,),)]


def words(*pairs: tuple[str, str]) -> list[Said]:
    """A file that has only words, a pair a line."""
    return [Said(n, one, other) for n, (one, other) in enumerate(pairs, 1)]


def test_a_repeated_answer_belongs_to_its_question() -> None:
    """Of two places the one between the neighbours' is taken."""
    texts = sides(["q", "Po.", "r", "Po."], ["Q", "Yes.", "R", "Yes."])
    found = placed("x", words(("r", "R"), ("Po.", "Yes.")), *texts)
    assert beads(found) == [((2,), (2,)), ((3,), (3,))]
    found = placed("x", words(("Po.", "Yes."), ("r", "R")), *texts)
    assert beads(found) == [((1,), (1,)), ((2,), (2,))]


def test_one_side_decides_for_the_other() -> None:
    """Where the target stands in one place, the source's place is that beside it."""
    texts = sides(["a", "Po.", "b", "c", "Po."], ["A", "Yes.", "B", "C", "Indeed."])
    found = placed("x", words(("a", "A"), ("Po.", "Indeed.")), *texts)
    assert beads(found) == [((0,), (0,)), ((4,), (4,))]


def test_what_has_no_counterpart_takes_its_place() -> None:
    """The first of two is left out: the lock is of the second."""
    texts = sides(["Po.", "Po."], ["Yes."])
    assert beads(placed("x", words(("Po.", ""), ("Po.", "Yes.")), *texts)) == [((1,), (0,))]


def test_many_of_the_same() -> None:
    """A litany stays in order."""
    texts = sides(["Po."] * 60, ["Yes."] * 60)
    found = placed("x", words(*[("Po.", "Yes.")] * 60), *texts)
    assert beads(found) == [((n,), (n,)) for n in range(60)]


def test_one_of_many_beside_its_counterpart() -> None:
    """Among more places than are weighed the one as far along as the other side is found."""
    texts = sides(["a", *["Po."] * 80], ["A", *["Yes."] * 59, "Indeed.", "Yes."])
    found = placed("x", words(("a", "A"), ("Po.", "Indeed.")), *texts)
    assert beads(found) == [((0,), (0,)), ((60,), (60,))]


def test_white_space_and_normal_forms() -> None:
    """White space and the two spellings of ë make no difference."""
    texts = sides(["Me\u0308  ne."], ["With us."])
    assert beads(placed("x", words(("Më\nne.", "With\u00a0us.")), *texts)) == [((0,), (0,))]


def test_what_is_missed_is_told() -> None:
    """A text that is not there, a text in use, and a sentence cut."""
    texts = sides(["Po.", "Ai erdhi."], ["Yes.", "He came."])
    found = placed("x", words(("Po.", "Yes."), ("Po.", "Yes."), ("Ai", "He came.")), *texts)
    assert found.missed == (
        "x:2: “Po.” stands in another pair of the file already",
        "x:3: “Ai” is no sentence of source.txt",
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ([Said(3, (7,), (0,))], "x:3: names sentence 7 of source.txt, whose 1 count from 0"),
        ([Said(1, (0,), (0,)), Said(2, (), (0,))], "x:2: names sentence 0 .* as line 1 does"),
        ([Said(1, "no", "nor")], "not one of its 1 pairs is found .* “no” is no sentence"),
        ([], "x: holds no pair"),
    ],
)
def test_what_cannot_be(said: list[Said], told: str) -> None:
    """Positions that are not there or told twice, and a file of other texts."""
    with pytest.raises(ImporterError, match=told):
        placed("x", said, *sides(["Po."], ["Yes."]))
