"""Where the witnesses divide their paragraphs differently, inside the turns.

A paragraph's beginning is no word, so it has no column: it stands *between*
the column of the word before and that of the word after, and two witnesses
begin a paragraph at the same place if their intervals share a cut::

    base   … the  camp  .  ¶  -    We  are …      cuts 3–4
    A      … the  camp  .  ¶  Now  we  are …      cut  3       the same beginning
    B      … the  camp  .     -    We  are …      no beginning: told as a locus
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from attrs import frozen

from variorum.collation import NOTHING
from variorum.loci import Cause, Feature, Operation, Reading, Significance
from variorum.loci.sight import Sight
from variorum.text import Span
from variorum.witness import Role

__all__ = ["Break", "breaks", "told"]

NEAR = 4
"""Columns around a cut in which a witness must have words, for its silence to say anything."""


@frozen
class Break:
    """A paragraph that begins in some witnesses and not in others; by row, the token it begins at.

    ``column`` is that of the base's word after the break.
    """

    column: int
    begins: dict[int, int]
    runs_on: dict[int, int]


@frozen(order=True)
class _Beginning:
    """The cuts (first, last) at which a paragraph of a witness may begin, and its first token."""

    first: int
    last: int
    token: int


def breaks(sight: Sight) -> Iterator[Break]:
    """Paragraph divisions that are not everywhere, in order."""
    base = sight.seen.base
    ours = _beginnings(sight, base, [Role.TURN])
    theirs: dict[int, list[_Beginning]] = {}
    extra: list[tuple[_Beginning, int]] = []
    edges = _beginnings(sight, base, None)
    for row in sight.seen.others:
        if sight.collation.sigla[row] in sight.divisions:
            theirs[row] = _beginnings(sight, row, None)
            extra += [
                (found, row)
                for found in _beginnings(sight, row, [Role.TURN])
                if _meeting(edges, found) is None and _in_turn(sight, found.last)
            ]
    found = [*_not_everywhere(sight, ours, theirs), *_only_elsewhere(sight, extra, theirs)]
    yield from sorted(found, key=lambda place: place.column)


def _not_everywhere(
    sight: Sight, ours: Sequence[_Beginning], theirs: dict[int, list[_Beginning]]
) -> Iterator[Break]:
    base = sight.seen.base
    for own in ours:
        begins, runs_on = {base: own.token}, {}
        for row, found in theirs.items():
            meeting = _meeting(found, own)
            if meeting is not None:
                begins[row] = meeting.token
            elif (token := _passing(sight, row, own.last)) is not None:
                runs_on[row] = token
        if runs_on:
            yield Break(own.last, begins, runs_on)


def _only_elsewhere(
    sight: Sight,
    extra: Sequence[tuple[_Beginning, int]],
    theirs: dict[int, list[_Beginning]],
) -> Iterator[Break]:
    base = sight.seen.base
    reached = -1
    for own, _ in sorted(extra):
        token = _passing(sight, base, own.last)
        if token is None or own.first <= reached:
            continue
        reached = max(own.last, int(sight.columns[base][token]))
        begins, runs_on = {}, {base: token}
        for row, found in theirs.items():
            meeting = _meeting(found, own)
            if meeting is not None:
                begins[row] = meeting.token
            elif (passing := _passing(sight, row, own.last)) is not None:
                runs_on[row] = passing
        yield Break(int(sight.columns[base][token]), begins, runs_on)


def _beginnings(sight: Sight, row: int, roles: Sequence[Role] | None) -> list[_Beginning]:
    """Where paragraphs begin in a witness; with *roles* nothing, where anything else does too."""
    division = sight.divisions.get(sight.collation.sigla[row])
    if division is None:
        return []
    starts = {p.start for turn in division.turns for p in turn.paragraphs}
    if roles is None:
        starts |= {
            s.span.start for s in division.stretches if s.role not in (Role.STAGE, Role.FURNITURE)
        }
    tokens, columns = sight.collation.tokens[row], sight.columns[row]
    indices = sorted({int(i) for i in np.searchsorted(tokens.starts, sorted(starts))})
    out = []
    for index in indices:
        if 0 < index < len(tokens):
            last, before = int(columns[index]), int(columns[index - 1])
            out.append(_Beginning(min(before + 1, last), last, index))
    return sorted(out, key=lambda one: (one.last, one.first))


def _meeting(found: Sequence[_Beginning], own: _Beginning) -> _Beginning | None:
    """The beginning among *found* that shares a cut with *own*."""
    at = bisect_left(found, own.first, key=lambda one: one.last)
    return found[at] if at < len(found) and found[at].first <= own.last else None


def _passing(sight: Sight, row: int, cut: int) -> int | None:
    """The first token of a witness after a cut, if it has words close by on both sides."""
    column = sight.seen.table[:, row]
    before, after = column[max(0, cut - NEAR) : cut], column[cut : cut + NEAR]
    if not (before != NOTHING).any() or not (after != NOTHING).any():
        return None
    return int(after[after != NOTHING][0])


def _in_turn(sight: Sight, cut: int) -> bool:
    """Whether the base is speaking at a cut."""
    token = _passing(sight, sight.seen.base, cut)
    division = sight.divisions.get(sight.base)
    if token is None or division is None:
        return False
    at = int(sight.collation.tokens[sight.seen.base].starts[token])
    number = bisect_left(division.turns, at + 1, key=lambda turn: turn.span.start) - 1
    return number >= 0 and at < division.turns[number].span.end


def told(sight: Sight, place: Break) -> tuple[Reading, Reading]:
    """The two readings of a break, the base's first."""
    new = sight.seen.base in place.begins
    ours, theirs = (place.begins, place.runs_on) if new else (place.runs_on, place.begins)
    return (
        Reading("¶" if new else "", _anchors(sight, ours.items()), evidence=(_says(new),)),
        Reading(
            "" if new else "¶",
            _anchors(sight, theirs.items()),
            operation=Operation.MERGE if new else Operation.SPLIT,
            feature=Feature.PARAGRAPH,
            significance=Significance.ACCIDENTAL,
            cause=Cause.UNKNOWN,
            evidence=(_says(not new),),
        ),
    )


def _says(begins: bool) -> str:
    return "a new paragraph begins" if begins else "the paragraph runs on"


def _anchors(sight: Sight, tokens: Iterable[tuple[int, int]]) -> dict[str, tuple[Span, ...]]:
    """An empty span before each token, by siglum."""
    out: dict[str, tuple[Span, ...]] = {}
    for row, token in sorted(tokens):
        at = int(sight.collation.tokens[row].starts[token])
        out[sight.collation.sigla[row]] = (Span(at, at),)
    return out
