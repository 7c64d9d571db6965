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

import numpy as np

from variorum.aligners import Pair
from variorum.aligners.across_languages.evidence import View

__all__ = ["crossed"]

ALIKE = 0.4
"""Cosine from which two leftovers are a pair: far above what neighbours in a text have."""


def crossed(pairs: Sequence[Pair], seen: Sequence[View]) -> tuple[Pair, ...]:
    """The pairs with leftovers that render each other joined, in the order of the source."""
    lost = [pair.source[0] for pair in pairs if not pair.target]
    added = [pair.target[0] for pair in pairs if not pair.source]
    found = _found(lost, added, seen) if lost and added else {}
    out = []
    for pair in pairs:
        if not pair.source and pair.target[0] in found.values():
            continue
        other = found.get(pair.source[0]) if pair.source and not pair.target else None
        out.append(pair if other is None else Pair(pair.source, (other,), ALIKE, move=True))
    return tuple(out)


def _found(lost: Sequence[int], added: Sequence[int], seen: Sequence[View]) -> dict[int, int]:
    alike = np.zeros((len(lost), len(added)))
    for view in seen:
        x, y = view.source[lost], view.target[added]
        x_size = np.sqrt((x * x).sum(axis=1) + view.source_rest[lost] + 1e-6)
        y_size = np.sqrt((y * y).sum(axis=1) + view.target_rest[added] + 1e-6)
        alike += (x @ y.T) / (x_size[:, None] * y_size[None, :]) / len(seen)
    mine, its = alike.argmax(axis=1), alike.argmax(axis=0)
    return {
        lost[i]: added[j]
        for i, j in enumerate(mine.tolist())
        if its[j] == i and alike[i, j] >= ALIKE
    }
