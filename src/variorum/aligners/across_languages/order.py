"""In which order pairs are told: as the source has them, and as the target where it is alone.

A sentence or turn that only the target has comes behind the pair that it
follows there::

    source 0 ─ target 0
               target 1        behind 0, since it follows it in the target
    source 1 ─ target 2
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from variorum.aligners import Pair

__all__ = ["ordered"]


def ordered(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """*pairs* by the source; what is alone in the target where it stands there."""
    told = sorted(pairs, key=lambda pair: pair.source)
    fixed = [pair for pair in told if pair.source and pair.target and not pair.move]
    reach = -1
    firm = []
    for pair in fixed:  # a pair of several stretches may reach back; it places nothing then
        if pair.target[0] > reach:
            firm.append(pair)
            reach = pair.target[-1]
    return tuple(sorted(told, key=lambda pair: _place(pair, firm)))


def _place(pair: Pair, firm: Sequence[Pair]) -> tuple[int, int]:
    """By its source, or behind the last pair before it in the target."""
    if pair.source:
        return pair.source[0], -1
    before = bisect_left(firm, pair.target, key=lambda other: other.target)
    return (firm[before - 1].source[0] if before else -1), pair.target[0]
