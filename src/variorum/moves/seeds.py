"""Seeds: words that stand in two places, and chains of them that rise together.

::

    here    … p q r s t …        seeds  p–p, q r–q r, t–t: they rise together,
    there   … p q x s t …        close to one another: a chain
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from variorum.moves.loose import NOTHING

__all__ = ["REACH", "chained", "seeds_of"]

Array = NDArray[np.int32]
Flags = NDArray[np.bool_]

PROOF = 2
"""Fewest seeds of a passage that occur once in each witness: one may be chance, two in step not."""

REACH = 12
"""Columns that may lie between two shared words of one passage: noise, and other words."""


@frozen
class _Seed:
    """Two neighbouring words at column ``a`` of some witness and at ``b`` of another."""

    a: int
    b: int
    proof: bool


def seeds_of(keys: Array, wide: Flags) -> list[_Seed]:
    """Words and word groups in two *wide* columns, neither shared by the other's witness."""
    places: dict[int, dict[int, int]] = {}  # what -> column -> a row that has it there
    counts: dict[int, int] = {}  # what -> how often at most in one witness
    base = np.int64(keys.max() + 2)
    for row in range(keys.shape[1]):
        at = np.flatnonzero(keys[:, row] != NOTHING)
        words = keys[at, row].astype(np.int64)
        pairs = (words[:-1] + 1) * base + words[1:]  # words alone are below base
        triples = pairs[:-1] * base + words[2:] + 2 * base * base  # and pairs below these
        for what, where, most in (
            (words, at, 1),
            (pairs, at[:-1], len(at)),
            (triples, at[:-2], len(at)),
        ):
            here = wide[where]
            found = np.unique(what[here])
            often = np.bincount(np.searchsorted(found, what[np.isin(what, found)]))
            kept = often <= most
            often_by = dict(zip(found[kept].tolist(), often[kept].tolist(), strict=True))
            for name, count in often_by.items():
                counts[name] = max(count, counts.get(name, 0))
            for name, column in zip(what[here].tolist(), where[here].tolist(), strict=True):
                if name in often_by:
                    places.setdefault(name, {}).setdefault(column, row)
    out = {
        _Seed(a, b, counts[name] == 1)
        for name, columns in places.items()
        if 1 < len(columns) <= keys.shape[1] + 2
        for a, row_a in columns.items()
        for b, row_b in columns.items()
        if a < b and keys[a, row_b] != keys[a, row_a] and keys[b, row_a] != keys[b, row_b]
    }
    return sorted(out, key=lambda seed: (seed.a, seed.b, not seed.proof))


def chained(seeds: Sequence[_Seed]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Seeds that rise together, close to one another; those with enough proof."""
    open_: list[list[_Seed]] = []
    done: list[list[_Seed]] = []
    for seed in seeds:
        near = [r for r in open_ if seed.a - r[-1].a <= REACH]
        done += [r for r in open_ if seed.a - r[-1].a > REACH]
        fits = [r for r in near if r[-1].a < seed.a and 0 < seed.b - r[-1].b <= REACH]
        if fits:
            best = min(fits, key=lambda r: (abs((seed.b - r[-1].b) - (seed.a - r[-1].a)), -len(r)))
            best.append(seed)
        else:
            near.append([seed])
        open_ = near
    for run in done + open_:
        if sum(seed.proof for seed in run) >= PROOF:
            yield tuple((seed.a, seed.b) for seed in run)
