"""Which token of the frame each token of another witness stands for.

First the one in its column; in a passage that stands elsewhere the one that a
move links; last, among what neither table nor moves could settle, words that
only the leftovers of both have::

    frame     …  p q r s t  …  a b c d e  …       the witness's column of p holds nothing,
    witness   …  x x x x x  …  p q r s t  …       a … e stand beside p … t by accident

Where several witnesses moved different passages to one place, their words
share columns there without being alike, so columns and moves are believed
only where enough words equal their counterparts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from variorum.collation import NOTHING, Collation
from variorum.moves import Move
from variorum.tokens import Tokens

__all__ = ["UNKNOWN", "Flags", "Indexes", "Read", "columns_of", "counterparts"]

Indexes = NDArray[np.int32]
Flags = NDArray[np.bool_]

Pair = tuple[int, int]
"""A token of a witness and its counterpart in the frame."""

UNKNOWN = -1

STEP = 3
"""Words in step that prove a passage's place: one may be chance, and two a phrase."""

REACH = 12
"""Tokens that may lie between two of them, on either side: noise, and other words."""

SLACK = 3
"""Tokens by which one side may be ahead of the other from one such word to the next."""

LONG = 8
"""Fewest tokens of a passage called moved; see ``moves`` on shorter ones."""

AROUND = 4
"""Tokens on either side that tell whether a column is to be believed."""

BELIEVED = 0.25
"""Share of words around a token that equal their counterpart, from which its column is believed.

At 8 % character noise and 10 % word changes about six words in ten do; of words
that stand side by side by accident hardly any, save for articles.
"""


@frozen(eq=False)
class Read:
    """A witness against the frame: for each token its column and the frame's token, or UNKNOWN.

    ``moved`` says whose counterpart was sought elsewhere than in its column;
    ``same`` which tokens are equal to their counterpart, ``words`` which are no mere marks.
    """

    tokens: Tokens
    columns: Indexes
    counterpart: Indexes
    moved: Flags
    same: Flags
    words: Flags


def columns_of(collation: Collation, row: int) -> Indexes:
    """The column of each token of a row."""
    return np.flatnonzero(collation.table[:, row] != NOTHING).astype(np.int32)


def counterparts(collation: Collation, row: int, frame: int) -> Read:
    """The witness of a *row* against the *frame*'s; the frame is its own counterpart."""
    columns = columns_of(collation, row)
    tokens, theirs = collation.tokens[row], collation.tokens[frame]
    found = collation.table[:, frame][columns]
    moved = np.zeros(len(columns), dtype=np.bool_)
    words = np.array([form[:1].isalnum() for form in tokens.forms], dtype=np.bool_)
    if row != frame:
        _across_moves(collation, row, frame, found, moved)
        believed = _believed(found, _same(tokens, theirs, found) & words, words)
        _left_over(tokens, theirs, ~moved & ~believed, found, moved)
    return Read(tokens, columns, found, moved, _same(tokens, theirs, found), words)


def _same(tokens: Tokens, theirs: Tokens, found: Indexes) -> Flags:
    """Which tokens are equal to their counterpart."""
    others = theirs.forms
    return np.array(
        [
            at != UNKNOWN and form == others[at]
            for form, at in zip(tokens.forms, found.tolist(), strict=True)
        ],
        dtype=np.bool_,
    )


def _across_moves(collation: Collation, row: int, frame: int, found: Indexes, moved: Flags) -> None:
    """Counterparts of passages that this witness has elsewhere than the frame."""
    siglum, other = collation.sigla[row], collation.sigla[frame]
    token_at = collation.table[:, row]
    linked: list[tuple[Indexes, Indexes]] = []
    for move in collation.moves:
        for side in _sides(move, siglum, other):
            links = np.array(move.links, dtype=np.int32)
            own, theirs = token_at[links[:, side]], collation.table[links[:, 1 - side], frame]
            both = (own != NOTHING) & (theirs != NOTHING)
            own, theirs = own[both], theirs[both]
            if not _is_told_of(collation, (row, own), (frame, theirs)):
                continue
            place = move.there if side else move.here
            inside = token_at[place.start : place.end]
            inside = inside[inside != NOTHING]
            found[inside], moved[inside] = UNKNOWN, True
            linked.append((own, theirs))
    for own, theirs in linked:  # after all places are cleared: passages may overlap
        found[own] = theirs


def _sides(move: Move, siglum: str, other: str) -> list[int]:
    """Where a witness has a moved passage that another has on the other side: 0 here, 1 there."""
    sides = (move.sigla_here, move.sigla_there)
    return [side for side in (0, 1) if siglum in sides[side] and other in sides[1 - side]]


def _is_told_of(
    collation: Collation, ours: tuple[int, Indexes], theirs: tuple[int, Indexes]
) -> bool:
    """Whether a move is this witness's: others may have moved something else to its columns."""
    (row, own), (frame, others) = ours, theirs
    forms, told = collation.tokens[row].forms, collation.tokens[frame].forms
    pairs = zip(own.tolist(), others.tolist(), strict=True)
    words = [(forms[a], told[b]) for a, b in pairs if forms[a][:1].isalnum()]
    equal = sum(a == b for a, b in words)
    return bool(equal >= BELIEVED * max(1, len(words)))


def _believed(found: Indexes, same: Flags, words: Flags) -> Flags:
    """Which counterparts stand among enough words that equal theirs."""
    here = np.arange(len(found))
    low, high = np.maximum(here - AROUND, 0), np.minimum(here + AROUND + 1, len(found))
    equal, all_ = (
        np.concatenate(([0], np.cumsum(flags, dtype=np.int32))) for flags in (same, words)
    )
    enough = equal[high] - equal[low] >= BELIEVED * (all_[high] - all_[low])
    return np.asarray((found != UNKNOWN) & enough)


def _left_over(tokens: Tokens, frame: Tokens, loose: Flags, found: Indexes, moved: Flags) -> None:
    """Give *loose* tokens those of the frame that nobody else claims."""
    free = np.ones(len(frame), dtype=np.bool_)
    free[found[~loose & (found != UNKNOWN)]] = False
    ours = _once(tokens.forms, np.flatnonzero(loose))
    theirs = _once(frame.forms, np.flatnonzero(free))
    runs = _in_step(sorted((at, theirs[form]) for form, at in ours.items() if form in theirs))
    stretch = np.cumsum(np.diff(loose, prepend=False))  # one number each, odd where loose
    taken = np.zeros_like(loose)
    for run in runs:
        first, last = stretch[run[0][0]], stretch[run[-1][0]]
        within = loose & (stretch >= first) & (stretch <= last)
        found[within], taken[within] = UNKNOWN, True
    around = np.where(taken, UNKNOWN, found)
    for run in runs:
        for at, counterpart in run:
            found[at] = counterpart
        if _out_of_order(run, around):
            moved[run[0][0] : run[-1][0] + 1] = True


def _out_of_order(run: Sequence[Pair], around: Indexes) -> bool:
    """Whether a passage is long enough to be called moved, and its counterpart stands elsewhere.

    *around* are the counterparts of what is not in such a passage.
    """
    (first, there), (last, until) = run[0], run[-1]
    before, after = around[:first], around[last + 1 :]
    known_before, known_after = before[before != UNKNOWN], after[after != UNKNOWN]
    lowest = int(known_before[-1]) if len(known_before) else UNKNOWN
    highest = int(known_after[0]) if len(known_after) else until + 1
    return last - first + 1 >= LONG and not lowest < there <= until < highest


def _once(forms: Sequence[str], indexes: NDArray[np.intp]) -> dict[str, int]:
    """Where each form stands that occurs once among some tokens."""
    listed = indexes.tolist()
    often = Counter(forms[at] for at in listed)
    return {forms[at]: at for at in listed if often[forms[at]] == 1}


def _follows(last: Pair, pair: Pair) -> bool:
    """Whether a pair follows another on both sides, about as far on."""
    ours, theirs = pair[0] - last[0], pair[1] - last[1]
    return min(ours, theirs) > 0 and max(ours, theirs) <= REACH and abs(ours - theirs) <= SLACK


def _in_step(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Runs of pairs that rise together, close to one another, long enough to prove a place."""
    runs: list[list[Pair]] = []
    for pair in pairs:
        last = runs[-1][-1] if runs else None
        near = last and _follows(last, pair)
        runs[-1].append(pair) if near else runs.append([pair])
    return [run for run in runs if len(run) >= STEP]
