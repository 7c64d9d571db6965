"""Where witnesses are loose: what the table could not settle, noise taken out.

::

    A   a b c   p q r s t   d e f   -  -  -  -  -
    B   a b c   p q r s t   d e f   -  -  -  -  -
    C   a b c   -  -  -  -  -   d e f   p q r s t
                C is loose: it      C is loose: it has
                lacks what half     what half of them
                of them have        lack
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

__all__ = ["NOTHING", "alike", "cleaned", "consensus", "wide"]

Array = NDArray[np.int32]
Flags = NDArray[np.bool_]

NOTHING = -1

WINDOW = 5
"""Columns looked at together: a witness is loose there if it is in all but one of them."""

LIKE = 0.6
"""Words are alike from here: below, as many letters differ by accident."""


def wide(keys: Array) -> Flags:
    """Columns in a stretch where some witness is loose."""
    out: Flags = np.asarray(_stretches(_loose(keys)).any(axis=1), dtype=np.bool_)
    return out


def cleaned(keys: Array, names: Sequence[str], columns: Flags) -> Array:
    """The table without noise in some *columns*: a word like the column's is the column's."""
    part = keys[columns]
    top = consensus(part, range(keys.shape[1]))
    known: dict[tuple[int, int], bool] = {}
    for column, row in np.argwhere((part != NOTHING) & (part != top[:, None])).tolist():
        pair = (int(part[column, row]), int(top[column]))
        if pair not in known:
            known[pair] = alike(names, *pair)
        if known[pair]:
            part[column, row] = top[column]
    out = keys.copy()
    out[columns] = part
    return out


def alike(names: Sequence[str], x: int, y: int) -> bool:
    """Whether two keys spell the same word, or words alike."""
    return x == y or Levenshtein.normalized_similarity(names[x], names[y]) >= LIKE


def consensus(keys: Array, rows: Sequence[int] | range) -> Array:
    """The most frequent key of each column among *rows*; of equals the smallest."""
    part = np.sort(keys[:, list(rows)], axis=1)
    best = np.full(len(keys), NOTHING, dtype=np.int32)
    most = np.zeros(len(keys), dtype=np.int32)
    for column in range(part.shape[1]):
        word = part[:, column]
        count = ((part == word[:, None]).sum(axis=1) * (word != NOTHING)).astype(np.int32)
        better = count > most
        best[better], most[better] = word[better], count[better]
    return best


def _loose(keys: Array) -> Flags:
    """Cells without what half of the witnesses have there, or with what half of them lack."""
    filled = keys != NOTHING
    witnesses = keys.shape[1]
    agreeing = keys == _majority(keys)[:, None]
    main = agreeing.sum(axis=1, dtype=np.int32)[:, None] * 2 > witnesses
    present = filled.sum(axis=1, dtype=np.int32)[:, None] * 2 >= witnesses
    out: Flags = np.where(filled, ~(agreeing & main), present)
    return out


def _majority(keys: Array) -> Array:
    """The key that more than half of those present have, if one does (Boyer and Moore 1981)."""
    word = np.full(len(keys), NOTHING, dtype=np.int32)
    lead = np.zeros(len(keys), dtype=np.int32)
    for row in range(keys.shape[1]):
        own = keys[:, row]
        word = np.where(lead == 0, own, word)
        step = np.where(own == word, 1, -1)
        lead = np.where(own == NOTHING, lead, np.abs(lead + step))
    return word


def _stretches(loose: Flags) -> Flags:
    """Cells within a window in which their witness is loose in all columns but one."""
    columns = len(loose)
    if columns < WINDOW:
        return np.zeros_like(loose)
    counts = np.cumsum(loose, axis=0, dtype=np.int32)
    sums = np.concatenate((np.zeros((1, loose.shape[1]), np.int32), counts))
    dense = sums[WINDOW:] - sums[:-WINDOW] >= WINDOW - 1
    out = np.zeros_like(loose)
    for shift in range(WINDOW):
        out[shift : shift + len(dense)] |= dense
    return out
