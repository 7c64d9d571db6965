"""Turns in one language: tokens first, then the turns are read off the collation.

One witness frames the text: the base, or, where the base has lost its labels,
the witness that has kept most.  Each of its turns, and each heading, dateline
or closer, is a bead; a token of another witness belongs where the frame's
token in its column belongs, or, in a passage that stands elsewhere, where its
counterpart does::

    frame    │ Enver Hoxha : We are happy . │ Choe Yong-geon : They are very well . │
    witness           -       We arc happy .          -         Tbey are very well .   yes .
    bead      1               1  1   1     1                     2    2   2    2   2    2   2
                                                                          inserted: to a side

Measured on the minutes with every label lost, comparing paragraph with
paragraph puts .95 of the tokens into the right turn, this way .998 and more.

What stands in no column of the frame goes with its neighbours in its own
witness; where they disagree the witness's own structure decides: its label,
else its paragraph, else the end of a sentence.  A turn that the frame lacks
altogether is a bead of its own.  Last, a token or two that disagree with both
sides are taken for accidents of alignment and follow them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from variorum.aligners import Bead
from variorum.collation import NOTHING, Collation
from variorum.text import Span, digest
from variorum.tokens import Tokens
from variorum.turns import Division
from variorum.witness import Role, Stretch

__all__ = ["NAME", "VERSION", "align"]

NAME = "same-language"
VERSION = "1"

Units = NDArray[np.int32]

STRAY = 2
"""Runs of up to so many tokens between two of one bead follow them."""

OWN_TURN = 0.5
"""Share of a turn's tokens that must lack a counterpart for it to be a bead of its own."""

INSIDE = frozenset([Role.TURN, Role.STAGE])
UNKNOWN = -1


@frozen
class _Unit:
    """A stretch of the frame that makes a bead."""

    start: int
    turn: int | None
    role: str
    speaker: str | None


def align(
    collation: Collation, *, base: str, divisions: Mapping[str, Division]
) -> tuple[Bead, ...]:
    """The beads of a collation, in the order of the frame; own turns of others where they stand.

    Every token of every witness lies in exactly one bead.
    """
    frame = _frame(collation, base, divisions)
    row = collation.row(frame)
    units = list(_units(divisions.get(frame), len(collation.tokens[row].text)))
    by_column = _of_frame(collation, row, units)
    assigned = {}
    moved: set[int] = set()
    extra: dict[int, _Unit] = {}
    for number, siglum in enumerate(collation.sigla):
        votes, elsewhere = _votes(collation, number, row, by_column)
        division = divisions.get(siglum)
        if number != row and division is not None:
            _own_turns(votes, division, collation.tokens[number], len(units), extra)
        assigned[siglum] = _settled(votes, collation.tokens[number], division)
        moved.update(set(assigned[siglum][elsewhere & (assigned[siglum] == votes)].tolist()))
    every = [(i, unit) for i, unit in enumerate(units)] + sorted(extra.items())
    return tuple(
        _bead(number, unit, collation, divisions, assigned, by_column, moved, frame)
        for number, unit in sorted(every, key=lambda item: _place(item, assigned, collation, units))
    )


def _frame(collation: Collation, base: str, divisions: Mapping[str, Division]) -> str:
    """The base if it has at least half as many turns as any; else who has most."""
    turns = {s: len(divisions[s].turns) if s in divisions else 0 for s in collation.sigla}
    most = max(turns.values(), default=0)
    if turns[base] * 2 >= most:
        return base
    return min(s for s in collation.sigla if turns[s] == most)


def _units(division: Division | None, length: int) -> Sequence[_Unit]:
    """The stretches of the frame that make beads, in order; one turn where nothing is known."""
    if division is None or not division.stretches:
        return [_Unit(0, 1, Role.TURN, None)] if length or division is None else []
    out = [
        _Unit(turn.span.start, number, Role.TURN, turn.speaker)
        for number, turn in enumerate(division.turns, 1)
    ]
    starts = {unit.start for unit in out}
    before: Stretch | None = None
    for stretch in division.stretches:
        within = stretch.role in INSIDE and bool(out) and stretch.span.start >= min(starts)
        same = before is not None and before.role == stretch.role
        if stretch.role is not Role.FURNITURE:
            if not within and not same and stretch.span.start not in starts:
                out.append(_Unit(stretch.span.start, None, stretch.role, None))
            before = stretch
    return sorted(out, key=lambda unit: unit.start)


def _of_frame(collation: Collation, row: int, units: Sequence[_Unit]) -> Units:
    """For each column the unit of the frame's token, or -1."""
    starts = np.array([unit.start for unit in units], dtype=np.int64)
    tokens = collation.tokens[row]
    of_token = np.maximum(np.searchsorted(starts, tokens.starts, side="right") - 1, 0)
    index = collation.table[:, row]
    out = np.full(len(index), UNKNOWN, dtype=np.int32)
    out[index != NOTHING] = of_token[index[index != NOTHING]]
    return out


def _votes(
    collation: Collation, row: int, frame: int, by_column: Units
) -> tuple[Units, NDArray[np.bool_]]:
    """For each token of a witness the unit its column votes for; whether by way of a move."""
    votes = by_column.copy()
    elsewhere = np.zeros(len(votes), dtype=np.bool_)
    if row != frame:
        siglum, other = collation.sigla[row], collation.sigla[frame]
        for move in collation.moves:
            for own, there, side in (
                (move.sigla_here, move.sigla_there, 0),
                (move.sigla_there, move.sigla_here, 1),
            ):
                if siglum in own and other in there:
                    links = np.array(move.links, dtype=np.int64)
                    ours, theirs = links[:, side], links[:, 1 - side]
                    span = move.here if side == 0 else move.there
                    votes[span.start : span.end] = UNKNOWN
                    votes[ours] = by_column[theirs]
                    elsewhere[span.start : span.end] = True
    present = collation.table[:, row] != NOTHING
    return votes[present], elsewhere[present]


def _own_turns(
    votes: Units, division: Division, tokens: Tokens, first: int, extra: dict[int, _Unit]
) -> None:
    """Turns of a witness that the frame lacks vote for units of their own."""
    for turn in division.turns:
        low, high = np.searchsorted(tokens.starts, (turn.span.start, turn.span.end))
        mine = votes[low:high]
        label = 0
        if turn.label is not None:
            label = int(np.searchsorted(tokens.starts[low:high], turn.label.span.end))
        speech = mine[label:]
        if len(speech) and (speech == UNKNOWN).mean() > OWN_TURN and len(speech) > STRAY:
            number = first + len(extra)
            extra[number] = _Unit(turn.span.start, None, Role.TURN, turn.speaker)
            mine[mine == UNKNOWN] = number
            mine[:label] = number


def _settled(votes: Units, tokens: Tokens, division: Division | None) -> Units:
    """Every token in a unit: strays follow their neighbours, the unknown are shared out."""
    out = votes.copy()
    if not len(out):
        return out
    known = np.flatnonzero(out != UNKNOWN)
    if not len(known):
        return np.zeros_like(out)
    _absorb(out, known)
    known = np.flatnonzero(out != UNKNOWN)
    out[: known[0]] = out[known[0]]
    out[known[-1] + 1 :] = out[known[-1]]
    for left, right in zip(known[:-1].tolist(), known[1:].tolist(), strict=True):
        if right - left == 1:
            continue
        cut = right if out[left] == out[right] else _cut(tokens, division, left, right)
        out[left + 1 : cut] = out[left]
        out[cut:right] = out[right]
    return out


def _absorb(out: Units, known: NDArray[np.intp]) -> None:
    """Short runs between two of one unit follow them, the shortest first."""
    for size in range(1, STRAY + 1):
        while True:
            values = out[known]
            edges = np.flatnonzero(np.diff(values)) + 1
            starts = np.concatenate(([0], edges))
            ends = np.concatenate((edges, [len(values)]))
            short = [
                (s, e)
                for n, (s, e) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True))
                if 0 < n < len(starts) - 1
                and e - s <= size
                and values[s - 1] == values[e]
                and starts[n] - starts[n - 1] > size
            ]
            if not short:
                break
            for s, e in short:
                out[known[s:e]] = out[known[s - 1]]


_ENDS = frozenset(".!?…。؟;·")


def _cut(tokens: Tokens, division: Division | None, left: int, right: int) -> int:
    """Which token of ``left + 1 … right`` starts the next unit: label, paragraph, sentence."""
    starts = tokens.starts
    bounds = (int(starts[left]), int(starts[right]))
    if division is not None:
        labels = [t.span.start for t in division.turns]
        paragraphs = [p.start for t in division.turns for p in t.paragraphs]
        for places in (labels, paragraphs):
            inside = [p for p in places if bounds[0] < p <= bounds[1]]
            if inside:
                return int(np.searchsorted(starts, inside[0]))
    for index in range(left, right):
        between = tokens.text[int(tokens.ends[index]) : int(starts[index + 1])]
        if between.count("\n") > 1:
            return index + 1
    for index in range(right - 1, left - 1, -1):
        if tokens.forms[index] and tokens.forms[index][-1] in _ENDS:
            return index + 1
    return right


def _place(
    item: tuple[int, _Unit],
    assigned: Mapping[str, Units],
    collation: Collation,
    units: Sequence[_Unit],
) -> tuple[int, int]:
    """Units of the frame in their order; one of another witness after what precedes it there."""
    number, _ = item
    if number < len(units):
        return number, -1
    for siglum in collation.sigla:
        at = np.flatnonzero(assigned[siglum] == number)
        if len(at):
            before = assigned[siglum][: at[0]]
            before = before[before < len(units)]
            return (int(before[-1]) if len(before) else -1), number
    return len(units), number


def _bead(
    number: int,
    unit: _Unit,
    collation: Collation,
    divisions: Mapping[str, Division],
    assigned: Mapping[str, Units],
    by_column: Units,
    moved: set[int],
    frame: str,
) -> Bead:
    witnesses = {}
    aligned = total = 0
    for row, siglum in enumerate(collation.sigla):
        mine = assigned[siglum] == number
        if not mine.any():
            continue
        tokens = collation.tokens[row]
        division = divisions.get(siglum)
        apart = division.furniture() if division is not None else ()
        witnesses[siglum] = tuple(_stretches(tokens, mine, apart))
        if siglum != frame:
            columns = np.flatnonzero(collation.table[:, row] != NOTHING)
            total += int(mine.sum())
            aligned += int((by_column[columns[mine]] == number).sum())
    told = [(s, span.start, span.end) for s, spans in sorted(witnesses.items()) for span in spans]
    return Bead(
        digest(repr((unit.role, told)))[:12],
        unit.turn,
        unit.role,
        unit.speaker,
        witnesses,
        number in moved,
        round(aligned / total, 4) if total else 1.0,
    )


def _stretches(tokens: Tokens, mine: NDArray[np.bool_], apart: Sequence[Span]) -> Sequence[Span]:
    """The maximal stretches of the text as read that some tokens make, furniture left out."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mine.astype(np.int8), [0]))))
    out = []
    for first, after in edges.reshape(-1, 2).tolist():
        at, end = int(tokens.starts[first]), int(tokens.ends[after - 1])
        for cut in apart:
            if at < cut.end and cut.start < end:
                if cut.start > at:
                    out.append(Span(at, cut.start))
                at = max(at, cut.end)
        if at < end:
            out.append(Span(at, end))
    return out
