"""Scores of an alignment against gold beads, and whether its confidence can be trusted.

*Strict*: the bead is in the gold.  *Lax*: it shares a sentence with one gold bead on
both sides.  As is the custom (vecalign's ``score.py``, after Bleualign's), beads with
an empty side count in the precision and not in the recall::

    gold    [0]:[0]   [1,2]:[1]   [3]:[]
    found   [0]:[0]   [1]:[1]     [2]:[]   [3]:[]
            strict    no, lax     no       strict        precision 2/4, recall 1/2

Sentences without counterpart are also judged by themselves, each position for
itself, since most aligners are weakest there.

The *expected calibration error* is the mean distance, over ten equal bins of
confidence and weighted by how much falls into each, between the confidence given
and the share of beads that are exactly right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import field, frozen

from benchmarks.align.sets import Bead
from benchmarks.score import Counts, counted

__all__ = ["Bin", "Rates", "Score", "Trust", "bins", "calibration_error", "judged", "trusts"]

BINS = 10

Trust = tuple[float, bool]
"""The confidence given to a bead, and whether it was exactly right."""


@frozen
class Rates:
    """Precision and recall that count different things; they add up."""

    right: int = 0
    found: int = 0
    met: int = 0
    wanted: int = 0

    def __add__(self, other: Rates) -> Rates:
        return Rates(
            self.right + other.right,
            self.found + other.found,
            self.met + other.met,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """The right share of the beads found; 1 where none was."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share met of the gold beads that have two sides; 1 where there are none."""
        return self.met / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@frozen
class Score:
    """All that is said of one alignment; scores of several add up (micro-averaged)."""

    strict: Rates = field(factory=Rates)
    lax: Rates = field(factory=Rates)
    nulls: Counts = field(factory=Counts)
    moves: Counts = field(factory=Counts)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.strict + other.strict,
            self.lax + other.lax,
            self.nulls + other.nulls,
            self.moves + other.moves,
        )


@frozen
class Bin:
    """Beads of like confidence: how many, the mean of what was said, the share that is right."""

    number: int
    said: float
    right: float


def judged(
    gold: Sequence[Bead],
    found: Sequence[Bead],
    *,
    moves: Sequence[Sequence[Bead]] = (),
    moved: Iterable[Bead] | None = None,
) -> Score:
    """How the beads *found* do, and those said to have *moved*, if anything is, against *moves*."""
    return Score(
        _rates(set(gold), set(found), lax=False),
        _rates(set(gold), set(found), lax=True),
        counted(_nulls(gold), _nulls(found)),
        Counts() if moved is None else _moves(moves, set(moved)),
    )


def trusts(gold: Iterable[Bead], found: Iterable[Bead], confidence: Iterable[float]) -> list[Trust]:
    """The confidence of each bead beside its being right."""
    true = set(gold)
    return [(said, bead in true) for bead, said in zip(found, confidence, strict=True)]


def bins(told: Sequence[Trust]) -> list[Bin]:
    """The reliability table: the bins that are not empty, by rising confidence."""
    groups: dict[int, list[Trust]] = {}
    for said, right in told:
        groups.setdefault(min(int(said * BINS), BINS - 1), []).append((said, right))
    return [
        Bin(
            len(group),
            sum(said for said, _ in group) / len(group),
            sum(right for _, right in group) / len(group),
        )
        for _, group in sorted(groups.items())
    ]


def calibration_error(told: Sequence[Trust]) -> float:
    """The expected calibration error; 0 where nothing was said."""
    total = sum(each.number * abs(each.said - each.right) for each in bins(told))
    return total / len(told) if told else 0.0


def _rates(gold: set[Bead], found: set[Bead], *, lax: bool) -> Rates:
    asked, made = _whole(gold), _whole(found)
    right, met = gold & found, asked & made
    if lax:
        right |= _touching(made, asked)
        met |= _touching(asked, made)
    return Rates(len(right), len(found), len(met), len(asked))


def _whole(beads: Iterable[Bead]) -> set[Bead]:
    return {bead for bead in beads if bead[0] and bead[1]}


def _touching(beads: set[Bead], others: set[Bead]) -> set[Bead]:
    """Those of *beads* that share a sentence with one of *others* on both sides."""
    linked = {(s, t) for other in others for s in other[0] for t in other[1]}
    return {bead for bead in beads if any((s, t) in linked for s in bead[0] for t in bead[1])}


def _nulls(beads: Iterable[Bead]) -> set[tuple[int, int]]:
    """The positions without counterpart, as (side, position)."""
    alone = [bead for bead in beads if not (bead[0] and bead[1])]
    return {(side, n) for bead in alone for side in (0, 1) for n in bead[side]}


def _moves(groups: Sequence[Sequence[Bead]], moved: set[Bead]) -> Counts:
    """A group counts as found if any of its beads is said to have moved."""
    allowed = {bead for group in groups for bead in group}
    true = sum(any(bead in moved for bead in group) for group in groups)
    return Counts(true, len(moved - allowed), len(groups) - true)
