"""Counterparts that stand elsewhere: what the path had to leave over on both sides.

A path never crosses itself, so that a sentence that moved is left over twice,
here and there.  Two leftovers that are each other's best counterpart, and
plainly alike, are a pair that moved::

    source  0 ─ 0      source  0 ─ 0
            1   1  ∅           1 ╲ 1
            2 ─ 2              2 ─╲2
            ∅   3              3 ─ 3 ╲ 3: pair (1, 3), a move

Plainly alike is what is as alike as counterparts are, and more than the likest
of that many would be by chance.  Two neighbours that changed places a path takes
as one pair of two with two; they are parted where each is like the other's
neighbour and not like its own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from variorum.aligners import Pair
from variorum.aligners.across_languages.evidence import View, mutual, sizes, units
from variorum.aligners.across_languages.likeness import Scale

__all__ = ["crossed"]

ALIKE = 0.8
"""Likeness (of counterparts about 1) from which two leftovers may be a pair."""

PLAIN = 0.4
"""By how much each of two neighbours is liker to the other's counterpart than to its own."""

STEEP = 4.0
"""What a likeness more by 1 adds to the log-odds, about as the weights of pairs have it."""


def crossed(
    pairs: Sequence[Pair], seen: Sequence[View], scales: Mapping[str, Scale]
) -> tuple[Pair, ...]:
    """The pairs with leftovers that render each other joined."""
    pairs = [each for pair in pairs for each in _exchanged(pair, seen, scales)]
    lost = [pair.source[0] for pair in pairs if not pair.target and not pair.locked]
    added = [pair.target[0] for pair in pairs if not pair.source and not pair.locked]
    x, y = units(seen)
    many = math.sqrt(2 * math.log(max(2, len(lost) * len(added))))
    bar = max(ALIKE, *(many * scale.scatter / scale.unit for scale in scales.values()))
    found: dict[int, Pair] = {}
    for row, column, _ in mutual(x[lost], y[added]):
        i, j = lost[row], added[column]
        above = _likeness(i, j, seen, scales) - bar
        if above >= 0:
            sure = round(1 / (1 + math.exp(-STEEP * above)), 4)
            found[i] = Pair((i,), (j,), sure, move=True)
    joined = {pair.target for pair in found.values()}
    return tuple(
        pair if pair.target or pair.locked else found.get(pair.source[0], pair)
        for pair in pairs
        if pair.source or pair.locked or pair.target not in joined
    )


def _exchanged(pair: Pair, seen: Sequence[View], scales: Mapping[str, Scale]) -> tuple[Pair, ...]:
    """A pair of two with two as the two that crossed, or as it is."""
    if pair.locked or len(pair.source) != 2 or len(pair.target) != 2:
        return (pair,)
    (i, k), (j, m) = pair.source, pair.target
    straight = [_likeness(i, j, seen, scales), _likeness(k, m, seen, scales)]
    across = [_likeness(i, m, seen, scales), _likeness(k, j, seen, scales)]
    if min(across) < ALIKE or min(across) - max(straight) < PLAIN:
        return (pair,)
    sure = pair.confidence
    return Pair((i,), (m,), sure, move=True), Pair((k,), (j,), sure)


def _likeness(i: int, j: int, seen: Sequence[View], scales: Mapping[str, Scale]) -> float:
    """The mean likeness by all views."""
    told = []
    for view in seen:
        size = sizes(view.source[[i]], view.source_rest[[i]])
        size = size * sizes(view.target[[j]], view.target_rest[[j]])
        told.append(float(scales[view.name](view.source[[i]] @ view.target[j] / size)[0]))
    return sum(told) / len(told)
