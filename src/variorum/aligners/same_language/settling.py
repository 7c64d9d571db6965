"""Every token into a unit: strays follow their neighbours, the unknown are shared out.

::

    units    3 3 3 7 3 3   → 3 3 3 3 3 3        a stray between two of one unit
             3 3 3 ? ? 3   → 3 3 3 3 3 3        unknown between two of one unit
             3 3 . ? ? . 5 → 3 3 . 5 5 . 5      between two: cut at the label, else the
                                                paragraph, else the end of a sentence
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from variorum.aligners.same_language.counterparts import UNKNOWN, Flags, Indexes, Read
from variorum.tokens import Tokens
from variorum.turns import Division

__all__ = ["STRAY", "settle"]

STRAY = 2
"""Runs of up to so many tokens between two of one unit follow them."""

Boundaries = Sequence[NDArray[np.intp]]
"""Tokens that begin something new, the strongest evidence first: labels, paragraphs."""


def settle(units: Indexes, read: Read, of_frame: Indexes, division: Division | None) -> None:
    """Fill *units* in place: one for each token, UNKNOWN where no counterpart tells.

    *of_frame* has the unit of each of the frame's tokens; what no token tells
    of goes to the first unit.
    """
    _absorb(units)
    _forget(units, read)
    if not (units != UNKNOWN).any():
        units[:] = 0
    _share_out(units, read, of_frame, _boundaries(read.tokens, division))


def _edges(values: Indexes) -> NDArray[np.intp]:
    """Where runs of equal values begin, and the end."""
    return np.flatnonzero(np.diff(values, prepend=UNKNOWN - 1, append=UNKNOWN - 1))


def _absorb(units: Indexes) -> None:
    """Short runs between two longer ones of one unit follow them, the shortest first."""
    known = np.flatnonzero(units != UNKNOWN)
    for size in range(1, STRAY + 1):
        while True:
            values = units[known]
            edges = _edges(values)
            if len(edges) < 4:
                return
            lengths = np.diff(edges)
            around = values[edges[:-3]] == values[edges[2:-1]]
            short = (lengths[1:-1] <= size) & (lengths[:-2] > size)
            runs = np.flatnonzero(short & around)
            if not len(runs):
                break
            for run in runs:
                units[known[edges[run + 1] : edges[run + 2]]] = values[edges[run]]


def _forget(units: Indexes, read: Read) -> None:
    """What differs from its counterpart where units meet out of order tells nothing.

    At the edge of a moved passage words, and marks more often, are set beside
    others by accident.  A short run whose unit lies between its neighbours in
    order stays if it has a word: a turn may be a single word.
    """
    known = np.flatnonzero(units != UNKNOWN)
    values = units[known]
    edges = _edges(values).tolist()
    for number, (start, end) in enumerate(pairwise(edges)):
        inner = 0 < number < len(edges) - 2
        run = known[start:end]
        if end - start > 2 * STRAY:
            before = number > 0 and values[start] != values[start - 1] + 1
            after = end < len(values) and values[end] != values[start] + 1
            units[_seams(run, read.same, before, after)] = UNKNOWN
        elif inner and end - start <= STRAY and not (read.same & read.words)[run].any():
            between = values[start - 1] < values[start] < values[end]
            if not (between and read.words[run].any()):
                units[run] = UNKNOWN


def _seams(run: NDArray[np.intp], same: Flags, before: bool, after: bool) -> NDArray[np.intp]:
    """The tokens at either end of a run, where another meets it, up to one that is the same."""
    equal = same[run]
    head = int(np.argmax(np.append(equal[:STRAY], True))) if before else 0
    tail = int(np.argmax(np.append(equal[::-1][:STRAY], True))) if after else 0
    return np.concatenate((run[:head], run[len(run) - tail :]))


def _share_out(units: Indexes, read: Read, of_frame: Indexes, boundaries: Boundaries) -> None:
    """Stretches of unknown tokens go to the unit on both sides, or are cut between the two."""
    known = np.flatnonzero(units != UNKNOWN)
    if not len(known):
        return
    after = np.searchsorted(known, np.arange(len(units)), side="right")
    for gap in np.flatnonzero((np.diff(known) > 1) & (np.diff(units[known]) != 0)):
        left, right = int(known[gap]), int(known[gap + 1])
        expected = _expected(read.counterpart, of_frame, left, right)
        after[_cut(read.tokens, expected, left, right, boundaries) : right] += 1
    units[:] = units[known[np.clip(after - 1, 0, len(known) - 1)]]


def _boundaries(tokens: Tokens, division: Division | None) -> Boundaries:
    turns = division.turns if division is not None else ()
    labels = [turn.span.start for turn in turns]
    paragraphs = [span.start for turn in turns for span in turn.paragraphs]
    return [np.unique(np.searchsorted(tokens.starts, places)) for places in (labels, paragraphs)]


_ENDS = frozenset(".!?…。؟;·")


def _cut(tokens: Tokens, expected: float, left: int, right: int, boundaries: Boundaries) -> int:
    """Which of the tokens after *left* up to *right* starts the next unit.

    Of the strongest evidence the nearest to where it is *expected*.
    """
    for places in boundaries:
        low, high = np.searchsorted(places, (left + 1, right + 1))
        if low < high:
            return _nearest(places[low:high].tolist(), expected)
    starts, ends = tokens.starts, tokens.ends
    every = range(left + 1, right + 1)
    blank = [at for at in every if tokens.text.count("\n", ends[at - 1], starts[at]) > 1]
    stops = [at for at in every if tokens.forms[at - 1][-1:] in _ENDS]
    return _nearest(blank or stops or [round(expected)], expected)


def _nearest(places: Sequence[int], expected: float) -> int:
    return min(places, key=lambda at: (abs(at - expected), -at))


def _expected(counterpart: Indexes, of_frame: Indexes, left: int, right: int) -> float:
    """Where the next unit would start if each side got its share of what it lacks."""
    before, after = int(counterpart[left]), int(counterpart[right])
    lacks_left = lacks_right = 0
    if before != UNKNOWN:
        lacks_left = int(np.searchsorted(of_frame, of_frame[before], side="right")) - 1 - before
    if after != UNKNOWN:
        lacks_right = after - int(np.searchsorted(of_frame, of_frame[after]))
    lacks = lacks_left + lacks_right
    return left + 1 + (right - left - 1) * (lacks_left / lacks if lacks else 1.0)
