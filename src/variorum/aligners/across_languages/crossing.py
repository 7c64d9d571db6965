"""Counterparts that stand elsewhere: what the path had to leave over on both sides.

A path never crosses itself, so that a sentence that moved is left over twice,
here and there.  Two leftovers that are each other's best counterpart, and
plainly alike, are a pair that moved::

    source  0 ─ 0      source  0 ─ 0
            1   1  ∅           1 ╲ 1
            2 ─ 2              2 ─╲2
            ∅   3              3 ─ 3 ╲ 3: pair (1, 3), a move
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.aligners import Pair
from variorum.aligners.across_languages.evidence import View, mutual, units

__all__ = ["crossed"]

ALIKE = 0.4
"""Cosine from which two leftovers are a pair: far above what neighbours in a text have."""


def crossed(pairs: Sequence[Pair], seen: Sequence[View]) -> tuple[Pair, ...]:
    """The pairs with leftovers that render each other joined, in the order of the source.

    The score of such a pair is the cosine of the two.
    """
    lost = [pair.source[0] for pair in pairs if not pair.target]
    added = [pair.target[0] for pair in pairs if not pair.source]
    x, y = units(seen)
    found = {
        lost[i]: Pair((lost[i],), (added[j],), round(alike, 4), move=True)
        for i, j, alike in mutual(x[lost], y[added])
        if alike >= ALIKE
    }
    joined = {pair.target for pair in found.values()}
    return tuple(
        pair if pair.target else found.get(pair.source[0], pair)
        for pair in pairs
        if pair.source or pair.target not in joined
    )
