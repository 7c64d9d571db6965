"""Counterparts that stand elsewhere: what the path had to leave over on both sides.

A path never crosses itself, so that a sentence that moved is left over twice,
here and there.  Two leftovers that are each other's best counterpart, and
plainly alike, are a pair that moved::

    source  0 ─ 0      source  0 ─ 0
            1   1  ∅           1 ╲ 1
            2 ─ 2              2 ─╲2
            ∅   3              3 ─ 3 ╲ 3: pair (1, 3), a move

Plainly alike is what is far more alike than the likest of that many would be by
chance.  Neighbours that changed places a path takes as pairs of sentences that
have nothing to do with each other, since it must leave nobody over; such pairs
are loosened first, and stay if nothing better is found.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from attrs import evolve

from variorum.aligners import Pair
from variorum.aligners.across_languages.evidence import View, mutual, sizes, units
from variorum.aligners.across_languages.likeness import Floats, Scale, ascending

__all__ = ["crossed"]

ALIKE = 2.0
"""Standard deviations above the likest of as many by chance from which two are a pair."""

LOOSE = 0.4
"""Likeness below which a pair of one with one, or of two with two, may come apart."""


def crossed(
    pairs: Sequence[Pair], seen: Sequence[View], scales: Mapping[str, Scale]
) -> tuple[Pair, ...]:
    """The pairs with what stands elsewhere joined, in no order."""
    loose = [pair for pair in pairs if _loose(pair, seen, scales)]
    lost = sorted(n for pair in loose for n in pair.source)
    added = sorted(n for pair in loose for n in pair.target)
    x, y = units(seen)
    many = math.sqrt(2 * math.log(max(2, len(lost) * len(added))))
    found = []
    for row, column, _ in mutual(x[lost], y[added]):
        i, j = lost[row], added[column]
        above = _standing(i, j, seen, scales) - many - ALIKE
        if above >= 0:
            found.append(Pair((i,), (j,), round(1 / (1 + math.exp(-1 - above)), 4)))
    return _joined(pairs, frozenset(loose), found)


def _loose(pair: Pair, seen: Sequence[View], scales: Mapping[str, Scale]) -> bool:
    """Whether the sentences of a pair may belong elsewhere: no counterpart, or an unlike one."""
    shape = len(pair.source), len(pair.target)
    if pair.locked or shape not in ((1, 0), (0, 1), (1, 1), (2, 2)):
        return False
    straight = zip(pair.source, pair.target, strict=False)
    return all(_likeness(i, j, seen, scales) < LOOSE for i, j in straight)


def _joined(
    pairs: Sequence[Pair], loose: frozenset[Pair], found: Sequence[Pair]
) -> tuple[Pair, ...]:
    """*pairs* with those *found*, of which those that cross are moves; the rest alone."""
    gone = {("s", n) for pair in found for n in pair.source}
    gone |= {("t", n) for pair in found for n in pair.target}
    out = list(found)
    for pair in pairs:
        mine = [n for n in pair.source if ("s", n) not in gone]
        its = [n for n in pair.target if ("t", n) not in gone]
        if pair not in loose or len(mine) + len(its) == len(pair.source) + len(pair.target):
            out.append(pair)
        else:
            out += [Pair((n,), (), pair.confidence) for n in mine]
            out += [Pair((), (n,), pair.confidence) for n in its]
    return _marked(out, set(found))


def _marked(pairs: Sequence[Pair], found: set[Pair]) -> tuple[Pair, ...]:
    """Those *found* that do not fit into the order of the others, or of each other, as moves."""
    whole = [pair for pair in pairs if pair.source and pair.target]
    firm = sorted(p.source[0] for p in whole if p not in found and not p.move)
    its = {p.source[0]: p.target[0] for p in whole if p not in found and not p.move}
    fits = []
    for pair in sorted(found, key=lambda pair: pair.source):
        at = bisect_left(firm, pair.source[0])
        before = its[firm[at - 1]] if at else -1
        after = its[firm[at]] if at < len(firm) else math.inf
        if before < pair.target[0] < after:
            fits.append((pair.source[0], pair.target[0]))
    chain = set(ascending(fits))
    return tuple(
        evolve(pair, move=True)
        if pair in found and (pair.source[0], pair.target[0]) not in chain
        else pair
        for pair in pairs
    )


def _likeness(i: int, j: int, seen: Sequence[View], scales: Mapping[str, Scale]) -> float:
    """The mean likeness by all views; by chance about 0, of counterparts about 1."""
    return sum(float(scales[v.name](_cosine(i, j, v))[0]) for v in seen) / len(seen)


def _standing(i: int, j: int, seen: Sequence[View], scales: Mapping[str, Scale]) -> float:
    """How far above chance, in standard deviations of chance, by all views together."""
    told = [(scales[v.name], float(scales[v.name](_cosine(i, j, v))[0])) for v in seen]
    return sum(like * scale.unit / scale.scatter for scale, like in told) / math.sqrt(len(seen))


def _cosine(i: int, j: int, view: View) -> Floats:
    size = sizes(view.source[[i]], view.source_rest[[i]])
    size = size * sizes(view.target[[j]], view.target_rest[[j]])
    cosine: Floats = view.source[i] @ view.target[[j]].T / size
    return cosine
