"""Choices: token by token, who has it so, who has it otherwise, and where.

::

    made       A      E  come to Tirana                    choice "come"
    O1   see Notes    come                                   has it so: O1, O3   votes .71
    O2   …            ccme                                   otherwise: "ccme" O2       .29
    O3   …            come                                   disputed: no

Every character of every copy stands in one choice: what was left out stands in
the choice of the token before it, or, where nothing of a stretch was kept, in
one with no text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from variorum.ocr.vote.channel import UNHEARD, Votes
from variorum.ocr.vote.columns import Columns
from variorum.ocr.vote.copies import Copy, token_starts
from variorum.ocr.vote.made import Made
from variorum.text import Span

__all__ = ["Alternative", "Choice", "choices_of"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SURE = 3.0
"""Log odds, about twenty to one, under which a choice is disputed."""


@frozen
class Alternative:
    """Another reading: its text as read ("" for nothing), who has it, their share of the votes."""

    text: str
    copies: tuple[str, ...]
    votes: float


@frozen
class Choice:
    """One token of the made text, or one place where something was left out (``text`` is "").

    ``span`` is its place in the made text; ``copies`` the sigla that have it
    so, white space and line-end hyphens apart (none, where characters of
    several were put together); ``votes`` their share of all votes, 0–1;
    ``places`` where each copy that has anything here has it, in its text as
    read, in several pieces where they stand apart there.  ``disputed``: the
    copies that have it so are no majority of the votes, or the odds against the
    next best are under twenty to one.
    """

    text: str
    span: Span
    copies: tuple[str, ...]
    votes: float
    places: Mapping[str, tuple[Span, ...]]
    alternatives: tuple[Alternative, ...]
    disputed: bool


def choices_of(
    columns: Columns,
    votes: Votes,
    truth: Ints,
    odds: Floats,
    made: Made,
    copies: Sequence[Copy],
    weights: Floats,
) -> tuple[Choice, ...]:
    """The choices, in the order of the made text."""
    owners = _owners(columns, made)
    edges = columns.edges
    stretch = np.repeat(np.arange(len(odds)), np.diff(columns.bounds))
    found: list[Choice] = []
    for _, group in groupby(range(len(owners)), key=lambda at: int(owners[at])):
        place = list(group)
        sure = float(odds[stretch[place]].min())
        found.append(_choice(place, columns, votes, truth, made, copies, weights, edges, sure))
    return tuple(found)


def _owners(columns: Columns, made: Made) -> Ints:
    """For each column the choice it belongs to: even for tokens, odd for what stands between."""
    number = np.arange(len(made.starts))
    put = made.starts >= 0
    token = np.full(len(number), -1, dtype=np.int64)
    token[put] = np.searchsorted(token_starts(made.text), made.starts[put], "right") - 1
    stretch = np.repeat(np.arange(len(columns.bounds) - 1), np.diff(columns.bounds))
    before = np.maximum.accumulate(np.where(put, number, -1))
    after = np.minimum.accumulate(np.where(put, number, len(number))[::-1])[::-1]
    last, following = np.append(token, -1)[before], np.append(token, -2)[after]
    where = np.append(stretch, -1)
    own = (last == following) | ((before >= 0) & (where[before] == stretch))
    next_ = (after < len(number)) & (where[after] == stretch)
    return np.where(own, 2 * last, np.where(next_, 2 * following, 2 * last + 1))


def _choice(
    place: Sequence[int],
    columns: Columns,
    votes: Votes,
    truth: Ints,
    made: Made,
    copies: Sequence[Copy],
    weights: Floats,
    edges: Flags,
    sure: float,
) -> Choice:
    """The choice made in the columns *place*."""
    held = [_held(columns.cells[place, row], copy) for row, copy in enumerate(copies)]
    letters = [at for at in place if not edges[at]]
    won = _spelled(truth[letters].tolist(), votes)
    has = [
        len(pieces) < 2 and _spelled(votes.symbols[letters, row].tolist(), votes) == won
        for row, pieces in enumerate(held)
    ]
    span = _span(place, made)
    return Choice(
        span.of(made.text),
        span,
        tuple(copy.siglum for copy, same in zip(copies, has, strict=True) if same),
        float(weights[has].sum()),
        {c.siglum: pieces for c, pieces in zip(copies, held, strict=True) if pieces},
        _alternatives(copies, has, held, weights),
        bool(weights[has].sum() <= 0.5) or sure < SURE,
    )


def _span(place: Sequence[int], made: Made) -> Span:
    """From the first to the last character put; for nothing, the place where it would stand."""
    put = [at for at in place if made.starts[at] >= 0]
    if put:
        return Span(int(made.starts[put[0]]), int(made.ends[put[-1]]))
    at = int(made.ends[: place[0]].max(initial=0))
    return Span(at, at)


def _held(cells: Ints, copy: Copy) -> tuple[Span, ...]:
    """Where a copy has what it has in these columns, a span for each piece that stands together."""
    units = np.sort(cells[cells >= 0])
    if not len(units):
        return ()
    pieces = np.split(units, np.flatnonzero(np.diff(units) != 1) + 1)
    return tuple(Span(int(copy.starts[p[0]]), int(copy.ends[p[-1]])) for p in pieces)


def _spelled(symbols: Sequence[int], votes: Votes) -> str:
    return "".join(votes.names[symbol] for symbol in symbols if symbol != UNHEARD).strip()


def _alternatives(
    copies: Sequence[Copy],
    has: Sequence[bool],
    places: Sequence[tuple[Span, ...]],
    weights: Floats,
) -> tuple[Alternative, ...]:
    """What the others have, the most votes first; pieces that stand apart with a space between."""
    found: dict[str, list[int]] = {}
    for row, (copy, same, pieces) in enumerate(zip(copies, has, places, strict=True)):
        if not same:
            text = " ".join(piece.of(copy.text) for piece in pieces)
            found.setdefault(text, []).append(row)
    told = [
        Alternative(text, tuple(copies[row].siglum for row in rows), float(weights[rows].sum()))
        for text, rows in found.items()
    ]
    return tuple(sorted(told, key=lambda other: (-other.votes, other.text)))
