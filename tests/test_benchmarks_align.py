"""The alignment benchmark: what its scores count, and that its sets are what they say."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from benchmarks.align.ours import BY_VECTORS
from benchmarks.align.peers import PEERS
from benchmarks.align.report import kind
from benchmarks.align.score import bins, calibration_error, judged, trusts
from benchmarks.align.sets import Bead, bead_of, found, read, write
from benchmarks.align.vectors import PROGRAM
from benchmarks.align.verses import spoken, units
from benchmarks.align.wear import Labels, Unit, Wear, worn
from benchmarks.parallel.make import SETS, WEARS, made

WORDS = "one two three four five six seven eight nine ten".split()
SAYING = "The first {} of it, and another. Here it ends at last."
SAGEND = "Davon ist dies, {}, das erste. Hier aber ist es aus."
UNITS = [Unit(SAYING.format(w), SAGEND.format(w), n // 4) for n, w in enumerate(WORDS * 12)]


def beads(said: str) -> list[Bead]:
    """Beads written like ``[0]:[0] [1,2]:[1]``."""
    return [bead_of(each) for each in said.split()]


def test_strict_lax_and_null_scores_by_hand() -> None:
    """Null beads count in precision only; lax asks for a shared sentence on both sides."""
    score = judged(beads("[0]:[0] [1,2]:[1] [3]:[]"), beads("[0]:[0] [1]:[1] [2]:[] [3]:[]"))
    assert (score.strict.precision, score.strict.recall) == (2 / 4, 1 / 2)
    assert (score.lax.precision, score.lax.recall) == (3 / 4, 1.0)
    assert score.strict.f1 == pytest.approx(0.5)
    assert (score.nulls.precision, score.nulls.recall) == (0.5, 1.0)


def test_a_bead_beside_the_gold_is_not_lax() -> None:
    """Sharing a sentence on one side only is nothing."""
    score = judged(beads("[0]:[0] [1]:[1]"), beads("[0]:[1] [1]:[0]"))
    assert score.lax.f1 == score.strict.f1 == 0.0


def test_nulls_are_counted_by_position() -> None:
    """A gold bead of three lone sentences is three; the sides are not mixed up."""
    score = judged(beads("[]:[3,4,5] [0]:[0]"), beads("[]:[3] []:[4] [5]:[] [0]:[0]"))
    assert (score.nulls.true, score.nulls.false, score.nulls.missed) == (2, 1, 1)


def test_scores_add_up() -> None:
    """Two sets are judged by what was counted in both."""
    good, bad = (judged(beads("[0]:[0]"), beads(said)) for said in ("[0]:[0]", "[0]:[] []:[0]"))
    assert (good + bad).strict.precision == pytest.approx(1 / 3)
    assert (good + bad).strict.recall == pytest.approx(1 / 2)


def test_either_of_two_that_changed_places_is_the_move() -> None:
    """A group counts once; a bead of no group is invented; no opinion is no score."""
    gold = beads("[0]:[1] [1]:[0] [2]:[2] [3]:[5]")
    groups = [beads("[0]:[1] [1]:[0]"), beads("[3]:[5]")]
    moves = judged(gold, gold, moves=groups, moved=beads("[1]:[0] [2]:[2]")).moves
    assert (moves.true, moves.false, moves.missed) == (1, 1, 1)
    assert judged(gold, gold, moves=groups).moves.missed == 0


def test_calibration_error_by_hand() -> None:
    """Four beads said to be .9 and half of them right: .4; two at .1, none right: .1."""
    told = [(0.9, True), (0.9, True), (0.9, False), (0.9, False), (0.1, False), (0.1, False)]
    assert calibration_error(told) == pytest.approx((4 * 0.4 + 2 * 0.1) / 6)
    assert [(each.number, each.right) for each in bins(told)] == [(2, 0.0), (4, 0.5)]
    assert calibration_error([]) == 0.0
    assert calibration_error([(1.0, True)]) == 0.0


def test_confidence_is_held_against_exact_beads() -> None:
    """Overlapping is not right."""
    assert trusts(beads("[0]:[0]"), beads("[0]:[0,1] [0]:[0]"), [0.7, 0.8]) == [
        (0.7, False),
        (0.8, True),
    ]


@pytest.mark.parametrize(
    "wear",
    [Wear(), Wear(swap=0.1, far=0.1), Wear(noise=0.05, fold=True), Wear(lost=0.3)],
)
def test_gold_covers_every_line_once(wear: Wear) -> None:
    """Whatever is done to the units, each position stands in one bead."""
    labels = Labels(("A",), ("B",)) if wear.lost else None
    told = [Unit(u.source, u.target, u.turn, 0) for u in UNITS] if labels else UNITS
    made_of = worn("test", ("en", "de"), told, wear, labels)
    for side, lines in enumerate((made_of.source, made_of.target)):
        assert sorted(n for bead in made_of.gold for n in bead[side]) == list(range(len(lines)))
    assert all(len(b[0]) + len(b[1]) == 1 for b in made_of.gold if not (b[0] and b[1]))


def test_beads_are_least() -> None:
    """Where one side only is cut, one side of a bead is one line, unless lines were merged."""
    made_of = worn("least", ("en", "de"), UNITS, Wear(merge=0.0, split=1.0, drop=0.0))
    assert len(made_of.gold) == len(UNITS)
    assert all(min(map(len, bead)) == 1 for bead in made_of.gold)
    assert any(max(map(len, bead)) > 1 for bead in made_of.gold)


def test_what_is_dropped_stands_alone() -> None:
    """About as many units as asked for have no counterpart; without it none has none."""
    alone = [b for b in worn("x", ("en", "de"), UNITS, Wear(drop=0.2)).gold if not all(b)]
    assert len(UNITS) * 0.1 < len(alone) < len(UNITS) * 0.6
    assert all(map(all, worn("x", ("en", "de"), UNITS, Wear(drop=0.0)).gold))


def test_moves_cross_their_neighbours() -> None:
    """Every group of moves is gold, and some bead before it lies beyond it."""
    made_of = worn("moves", ("en", "de"), UNITS, Wear(swap=0.05, far=0.05, drop=0.0))
    assert made_of.moves
    paired = [bead for bead in made_of.gold if bead[0] and bead[1]]
    for group in made_of.moves:
        assert set(group) <= set(made_of.gold)
        assert any(
            (bead[0] < other[0]) != (bead[1] < other[1])
            for bead in group
            for other in paired
            if other != bead
        )


def test_lost_labels_join_turns() -> None:
    """Every turn is announced but those whose label is lost, and these have no turn."""
    told = [Unit(u.source, u.target, u.turn, u.turn % 2) for u in UNITS]
    labels = Labels(("Shoku A", "Shoku B"), ("Comrade A", "Comrade B"))
    made_of = worn("labels", ("sq", "en"), told, Wear(lost=0.3), labels)
    for lines in (made_of.source, made_of.target):
        turns = {line.turn for line in lines}
        assert len(turns) < UNITS[-1].turn
        assert sum(line.text.startswith(("Shoku", "Comrade")) for line in lines) == len(turns)


def test_the_same_name_gives_the_same_set() -> None:
    """Chance is drawn from the name, or from the seed where one is named."""
    one, same, other = (
        worn(name, ("en", "de"), UNITS, Wear(), seed=seed)
        for name, seed in (("a", ""), ("b", "a"), ("b", ""))
    )
    assert one.gold == same.gold != other.gold


def test_sets_are_written_and_read(tmp_path: Path) -> None:
    """Lines, turns, beads and moves survive their files."""
    wear = Wear(swap=0.05, far=0.05)
    was = worn("back", ("en", "de"), UNITS, wear)
    write(was, tmp_path)
    assert found(tmp_path) == {"back": ("en", "de")}
    now = read(tmp_path, "back", ("en", "de"))
    assert (now.gold, now.moves) == (was.gold, was.moves)
    for old, new in ((was.source, now.source), (was.target, now.target)):
        assert [line.text for line in old] == [line.text for line in new]
        assert len({line.turn for line in old}) == len({line.turn for line in new})


@pytest.mark.parametrize("name", sorted(WEARS))
def test_the_sets_kept_are_those_that_are_made(name: str, tmp_path: Path) -> None:
    """The files beside the texts are what ``make`` writes, byte for byte."""
    write(made(name), tmp_path)
    assert list(tmp_path.iterdir())
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (SETS / path.name).read_bytes(), path.name


def test_no_other_set_is_kept() -> None:
    """Every set that is kept is made."""
    assert set(found(SETS)) == set(WEARS)


def test_verses_that_one_side_lacks_are_no_units() -> None:
    """Units are the verses that both have; speakers change with every turn."""
    told = units({(1, 1): "a", (1, 2): "b", (2, 1): ""}, {(1, 1): "A", (2, 1): "C", (1, 3): "D"})
    assert told == [Unit("a", "A")]
    said = list(spoken(UNITS, "x", 3))
    for one, other in pairwise(said):
        assert (one.turn == other.turn) == (one.speaker == other.speaker)


@pytest.mark.parametrize("program", [*PEERS.values(), BY_VECTORS, PROGRAM])
def test_what_other_interpreters_run_is_python(program: str) -> None:
    """The programs given to the peers' interpreters can be read by ours."""
    compile(program, "program", "exec")


@pytest.mark.parametrize(
    ("name", "said"),
    [("ruth", "plain"), ("ruth.worn", "worn"), ("de-hard", "hard"), ("dev", "plain")],
)
def test_kinds_of_sets(name: str, said: str) -> None:
    """What was done to a set is read off its name."""
    assert kind(name) == said
