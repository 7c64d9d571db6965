"""Is it there at all? Passages that some copies have and others lack.

An engine loses lines and invents scraps.  A passage is decided as a whole: the
copies that have it speak for it as far as they are sure of it, those that are
silent speak against it with half a voice, since to lose a line of the page is
commoner than to invent one::

    A   ~ ~ ~ ~                       A   the  Balkans  .
    B   very strong camp   → in       B   the  Balkans  .
    C   very strang camp              C   ;·   ~  1  é     → out
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from variorum.ocr.vote.channel import UNHEARD, Votes
from variorum.ocr.vote.columns import Columns
from variorum.ocr.vote.copies import Copy

__all__ = ["absent"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SILENCE = 0.5
"""What the voice of a copy weighs that says nothing, against one that is sure of what it says."""


def absent(columns: Columns, votes: Votes, copies: Sequence[Copy], weights: Floats) -> Flags:
    """For each stretch, whether it is left out."""
    silent = votes.symbols[np.maximum(columns.bounds[1:] - 1, 0)] == UNHEARD
    out = np.zeros(len(silent), dtype=np.bool_)
    start = 0
    for at in range(1, len(silent) + 1):
        if at < len(silent) and bool((silent[at] == silent[start]).all()):
            continue
        if silent[start].any():
            cells = columns.cells[columns.bounds[start] : columns.bounds[at]]
            out[start:at] = _outweighed(cells, silent[start], copies, weights)
        start = at
    return out


def _outweighed(cells: Ints, silent: Flags, copies: Sequence[Copy], weights: Floats) -> bool:
    """Whether the copies without a passage outweigh those that have it."""
    voice = [
        weight * (-SILENCE if quiet else certainty(copy, cells[:, row]))
        for row, (copy, quiet, weight) in enumerate(zip(copies, silent, weights, strict=True))
    ]
    return bool(sum(voice) <= 0)


def certainty(copy: Copy, cells: Ints) -> float:
    """How sure a copy is of a passage, 0–1: the share of its text of which it is no surer, twice.

    So all is well that is at least as sure as the middle of the text.  Where
    the engine gives no confidence, half-way between that and a tie of two.
    """
    sure = copy.sure[cells[cells >= 0]]
    if not len(sure) or bool(np.isnan(copy.sure).any()):
        return (1 + SILENCE) / 2
    return min(1.0, 2 * float((copy.sure <= sure.mean()).mean()))
