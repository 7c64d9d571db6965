"""In which order witnesses are merged: a guide tree from n-gram sketches.

Witnesses that share more pairs of neighbouring words are merged first.  Each
is represented by the smallest hashes of its word pairs (a bottom sketch,
Broder 1997), so that thirty witnesses need no thirty times thirty edit
scripts; the tree is average linkage (UPGMA), ties broken by the order of
sigla, so it does not depend on the order in which witnesses come::

    A ─┐
    C ─┴─┐         steps: (0, 2), (1, 3), ((0, 2), (1, 3))
    B ─┐ │
    D ─┴─┘
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["merges"]

SKETCH = 512
"""Hashes a witness: the error of a share estimated from them is about 1/√512, some 4 %."""


def _sketch(keys: NDArray[np.int32]) -> NDArray[np.uint64]:
    ids = keys.astype(np.uint64) + np.uint64(1)
    pairs = (ids[:-1] * np.uint64(0x9E3779B97F4A7C15)) ^ (ids[1:] * np.uint64(0xC2B2AE3D27D4EB4F))
    pairs = (pairs ^ (pairs >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = pairs ^ (pairs >> np.uint64(32))
    if len(hashes) > 4 * SKETCH:  # the smallest, without sorting all
        hashes = np.partition(hashes, 4 * SKETCH)[: 4 * SKETCH]
    return np.unique(hashes)[:SKETCH]


def _likeness(rows: Sequence[NDArray[np.int32]]) -> NDArray[np.float64]:
    """Shared hashes of each pair over the smaller sketch, 0–1; symmetric."""
    sketches = [_sketch(row) for row in rows]
    names, places = np.unique(np.concatenate(sketches), return_inverse=True)
    has = np.zeros((len(rows), max(1, len(names))), dtype=np.float32)
    at = 0
    for number, sketch in enumerate(sketches):
        has[number, places[at : at + len(sketch)]] = 1
        at += len(sketch)
    sizes = np.maximum(1.0, has.sum(axis=1))
    return np.asarray((has @ has.T) / np.minimum.outer(sizes, sizes), dtype=np.float64)


def merges(rows: Sequence[NDArray[np.int32]]) -> list[tuple[int, int]]:
    """Pairs of clusters to merge, in order; cluster *i* is row *i*, later ones count on from k.

    The smaller first row comes first in each pair.
    """
    like = np.round(_likeness(rows), 9)
    alive: dict[int, tuple[int, ...]] = {number: (number,) for number in range(len(rows))}
    mean = {(i, j): float(like[i, j]) for i in alive for j in alive if i < j}
    out: list[tuple[int, int]] = []
    while len(alive) > 1:
        i, j = min(mean, key=lambda pair: (-mean[pair], alive[pair[0]], alive[pair[1]]))
        new = len(rows) + len(out)
        out.append((i, j) if alive[i] < alive[j] else (j, i))
        sizes = len(alive[i]), len(alive[j])
        for other in alive:
            if other not in (i, j):
                to = [mean.pop((min(other, x), max(other, x))) for x in (i, j)]
                mean[other, new] = (to[0] * sizes[0] + to[1] * sizes[1]) / sum(sizes)
        del mean[i, j]
        alive[new] = tuple(sorted(alive.pop(i) + alive.pop(j)))
    return out
