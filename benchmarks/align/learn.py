"""``python -m benchmarks.align.learn``: what each feature of a step counts.

    python -m benchmarks.align.learn --data FOLDER [--only EVIDENCE] [--without NAME]

It needs scipy.

The weights of ``variorum.aligners.across_languages.weights`` are those under which
the known alignments are most likely: a conditional random field over whole
alignments, whose gradient is what the truth has of each feature less what all
ways have of it on the average (Lafferty, McCallum & Pereira 2001).  Learnt from

- the hard sets of the Declaration in ``benchmarks/parallel`` (eight pairs of
  languages, one of them with a lexicon),
- the narrative sets of ``verses.DEV`` (Albanian–English; not ``HELD_OUT``),
- the development document of Text+Berg (German–French).

Beads that the programme cannot make (moves, merges beyond its shapes) are taken
out of both sides.  A large weight costs a little, and *crossed* is drawn to 2,
*begins* to .7 and *speaker* to 1: made sets hardly ever break a turn and tell
little of speakers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from benchmarks.align.sets import Bead, Set, found, read
from benchmarks.align.verses import DEV
from benchmarks.parallel.make import SETS
from variorum.aligners import Passage, Sentence, Side
from variorum.aligners.across_languages import programme
from variorum.aligners.across_languages.evidence import View, bare, dense, tables, views
from variorum.aligners.across_languages.likeness import chained, measured
from variorum.aligners.across_languages.programme import Grid
from variorum.aligners.across_languages.steps import (
    ALONE,
    LIKE,
    PAIRS,
    SHAPES,
    Steps,
    lengthened,
)
from variorum.aligners.across_languages.vectors import embedded
from variorum.languages.lexicon import lexicon
from variorum.text import Span

Floats = NDArray[np.float64]

PENALTY = 1e-5
"""Of half the square of a weight, beside the mean log-likelihood of a bead."""

DRAWN = {"crossed": (2.0, 2e-3), "begins": (0.7, 2e-3), "speaker": (1.0, 2e-2)}
"""Weights that are drawn elsewhere than to 0: where to, and how much."""

BAND = 40
"""Columns on either side of the truth that are looked at, for memory's sake."""

EVIDENCE = (("words",), ("lexicon",), ("vectors", "words"), ("lexicon", "vectors"))

_NUMBER = {shape: number for number, shape in enumerate(SHAPES)}


class Kept(Steps):
    """Steps whose features are computed once."""

    def row(self, i: int, low: int, high: int) -> Floats:
        """As that of ``Steps``, from memory."""
        held: dict[tuple[int, int, int], Floats] = self.__dict__.setdefault("held", {})
        if (i, low, high) not in held:
            held[i, low, high] = super().row(i, low, high).astype(np.float32)
        return held[i, low, high]


@frozen(eq=False)
class Document:
    """A text whose beads are known, and what the truth has of each feature."""

    steps: Steps
    chain: list[tuple[int, int]]
    gold: tuple[Bead, ...]
    has: Floats


def sets(data: Path, evidence: Sequence[str]) -> Iterator[Set]:
    """Everything that is learnt from; with a lexicon, what there is one for."""
    for name, tags in found(SETS).items():
        if "lexicon" not in evidence or lexicon(*tags):
            yield read(SETS, name, tags)
    for name, tags in found(data / "sets").items():
        if name.removesuffix(".worn").removesuffix(".minutes") in DEV:
            yield read(data / "sets", name, tags)
    if "lexicon" not in evidence:
        yield read(data / "textberg-dev", "dev", ("de", "fr"))


def document(told: Set, evidence: Sequence[str], cache: Path) -> Document:
    """The features of a set, and what its truth has of them."""
    source, target, gold = _possible(told)
    words = lexicon(*told.languages) if "lexicon" in evidence else None
    seen: list[View] = [*views(source, target, tables(source, target, words))]
    if "vectors" in evidence:
        x, y = (
            embedded([bare(s.text) for s in side.sentences], cache) for side in (source, target)
        )
        seen.append(dense(source, target, (x, y)))
    chain = chained(seen)
    scales = {view.name: measured(view, chain) for view in seen}
    steps = Kept(source, target, seen, scales, lengthened(source, target, chain))
    return Document(steps, [(a[0], b[0]) for a, b in gold if a and b], gold, _had(steps, gold))


def _possible(told: Set) -> tuple[Side, Side, tuple[Bead, ...]]:
    """The sides without the beads that no path can have, and the beads renumbered."""
    moved = {bead for group in told.moves for bead in group}
    kept = [
        (a, b)
        for a, b in told.gold
        if (a, b) not in moved and (not a or not b or (len(a), len(b)) in _NUMBER)
    ]
    numbers: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for bead in kept:
        for number, positions in zip(numbers, bead, strict=True):
            for n in positions:
                number[n] = len(number)
    sides = [
        Side(
            told.name,
            language,
            tuple(Sentence(Span(0, 0), lines[n].text, lines[n].turn) for n in number),
            (Passage("turn"),) * (lines[-1].turn + 1),
        )
        for language, lines, number in zip(
            told.languages, (told.source, told.target), numbers, strict=True
        )
    ]
    gold = tuple(
        (tuple(numbers[0][n] for n in a), tuple(numbers[1][n] for n in b)) for a, b in kept
    )
    return sides[0], sides[1], gold


def _had(steps: Steps, gold: Sequence[Bead]) -> Floats:
    out = np.zeros(len(PAIRS) + len(ALONE))
    alone = (steps.alone(0), steps.alone(1))
    for a, b in gold:
        if a and b:
            number = _NUMBER[len(a), len(b)]
            out[: len(PAIRS)] += Steps.row(steps, a[0], b[0], b[0] + 1)[:, number, 0]
        for side, positions in enumerate((a, b)):
            if not (a and b):
                out[len(PAIRS) :] += alone[side][:, list(positions)].sum(axis=1)
    return out


def likelihood(told: Document, weights: Floats) -> tuple[float, Floats]:
    """The log-likelihood of the truth, and its gradient."""
    grid = Grid(told.steps, weights, told.chain)
    alone = (told.steps.alone(0), told.steps.alone(1))
    n, m = told.steps.size
    on_average = np.zeros_like(weights)
    for i, shares, up, left in grid.shares():
        low, high = int(grid.low[i]), min(int(grid.high[i]), m)
        if i < n:
            features = told.steps.row(i, low, high)
            on_average[: len(PAIRS)] += np.tensordot(features, shares[:, : high - low], 2)
            on_average[len(PAIRS) :] += up * alone[0][:, i]
        on_average[len(PAIRS) :] += alone[1][:, low : low + len(left)] @ left
    return float(told.has @ weights) - grid.total, told.has - on_average


def learnt(documents: Sequence[Document], start: Floats, used: Sequence[str]) -> Floats:
    """The weights under which the truth of all documents is most likely."""
    from scipy.optimize import minimize

    beads = sum(len(each.gold) for each in documents)
    to, cost = np.zeros(len(start)), np.full(len(start), PENALTY)
    for name, (value, much) in DRAWN.items():
        to[PAIRS.index(name)], cost[PAIRS.index(name)] = value, much
    free = np.array([name in used or name not in LIKE for name in (*PAIRS, *ALONE)])

    def lost(weights: Floats) -> tuple[float, Floats]:
        told = [likelihood(each, weights) for each in documents]
        value = -sum(one for one, _ in told) / beads + float(cost @ (weights - to) ** 2) / 2
        slope = -np.sum([other for _, other in told], axis=0) / beads + cost * (weights - to)
        return value, slope * free

    found_ = minimize(lost, start * free, jac=True, method="L-BFGS-B", options={"maxiter": 80})
    out: Floats = found_.x
    return out


def main() -> int:
    """Learn the weights for each kind of evidence, and print them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.align.learn")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", choices=[" ".join(each) for each in EVIDENCE])
    parser.add_argument("--without", default="", help="the set that is left out")
    options = parser.parse_args()
    programme.WHOLE, programme.BAND = 0, BAND
    start = np.array([1.0, -1.0, -1.0, 3.0, 3.0, 3.0, 10.0, 2.0, 0.7, 2.0, 1.0, -2.0, 0.4])
    for evidence in EVIDENCE:
        if options.only in (None, " ".join(evidence)):
            cache = options.data / "vectors.sqlite"
            known = [s for s in sets(options.data, evidence) if s.name != options.without]
            documents = [document(each, evidence, cache) for each in known]
            weights = learnt(documents, start, evidence)
            told = " ".join(f"{value:.4g}" for value in weights)
            print(f'    "{" ".join(evidence)}": "{told}",', flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
