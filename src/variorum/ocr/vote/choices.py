"""Choices: token by token, who has it so, who has it otherwise, and where.

::

    made       A      E  come to Tirana                    choice "come"
    O1   see Notes    come                                   has it so: O1, O3   votes .71
    O2   …            ccme                                   otherwise: "ccme" O2       .29
    O3   …            come                                   disputed: no

Every character of every copy stands in one choice: what was left out stands in
the choice of the token before it, or, where nothing of a stretch was kept, in
one with no text.

Where another reading has more votes, ``Choice.why`` says what overruled them::

    conditions   O1       .49    Conditions   O2 O3   .51    errors: O2 and O3 often take c for C
    agents       O1       .49    ag nts       O2 O3   .51    words: nts is none
    borders      nobody   .00    hborders     O1      .49    letters: each has the most votes
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

__all__ = ["WHY", "Alternative", "Choice", "Weighing", "choices_of"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SURE = 3.0
"""Log odds, about twenty to one, under which a choice is disputed."""

TIE = 1e-9
"""Shares of the votes that differ by no more are the same."""

WHY = (
    "letters: each letter has the most votes",
    "errors: those outvoted doubt it here, or often err so",
    "words: a likelier word, or one that a copy reads",
    "passage: kept or left out as a whole",
)
"""What may overrule the votes for a reading."""


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
    next best are under twenty to one.  ``why`` is what overruled the votes, one of
    ``WHY``; nothing where no alternative has more.
    """

    text: str
    span: Span
    copies: tuple[str, ...]
    votes: float
    places: Mapping[str, tuple[Span, ...]]
    alternatives: tuple[Alternative, ...]
    disputed: bool
    why: str = ""


@frozen(eq=False)
class Weighing:
    """What was decided in each column (``truth``), and on what.

    ``likely`` are the weighed votes, columns × copies; ``odds`` are of the
    stretches; ``weights`` the shares of the votes that copies have.
    """

    votes: Votes
    likely: Floats
    truth: Ints
    odds: Floats
    weights: Floats


def choices_of(
    columns: Columns, weighing: Weighing, made: Made, copies: Sequence[Copy]
) -> tuple[Choice, ...]:
    """The choices, in the order of the made text."""
    owners = _owners(columns, made)
    edges = columns.edges
    stretch = np.repeat(np.arange(len(weighing.odds)), np.diff(columns.bounds))
    found: list[Choice] = []
    for _, group in groupby(range(len(owners)), key=lambda at: int(owners[at])):
        place = list(group)
        sure = float(weighing.odds[stretch[place]].min())
        letters = [at for at in place if not edges[at]]
        held = [_held(columns.cells[place, row], copy) for row, copy in enumerate(copies)]
        found.append(_choice(letters, _span(place, made), held, weighing, made, copies, sure))
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
    letters: Sequence[int],
    span: Span,
    held: Sequence[tuple[Span, ...]],
    weighing: Weighing,
    made: Made,
    copies: Sequence[Copy],
    sure: float,
) -> Choice:
    """The choice made in the columns *letters*; *held* is what the copies have there."""
    votes, weights = weighing.votes, weighing.weights
    won = _spelled(weighing.truth[letters].tolist(), votes)
    has = [
        len(pieces) < 2 and _spelled(votes.symbols[letters, row].tolist(), votes) == won
        for row, pieces in enumerate(held)
    ]
    share = float(weights[has].sum())
    alternatives = _alternatives(copies, has, held, weights)
    sigla = [copy.siglum for copy in copies]
    overruled = alternatives and alternatives[0].votes > share + TIE
    return Choice(
        span.of(made.text),
        span,
        tuple(siglum for siglum, same in zip(sigla, has, strict=True) if same),
        share,
        {siglum: pieces for siglum, pieces in zip(sigla, held, strict=True) if pieces},
        alternatives,
        bool(share <= 0.5) or sure < SURE,
        _why(letters, weighing, sigla.index(alternatives[0].copies[0])) if overruled else "",
    )


def _why(letters: Sequence[int], weighing: Weighing, rival: int) -> str:
    """What speaks for the truth in *letters* against what copy number *rival* has there."""
    symbols, truth = weighing.votes.symbols[letters], weighing.truth[letters, None]
    if (symbols == UNHEARD).any():
        return WHY[3]
    chosen, other = symbols == truth, symbols == symbols[:, rival, None]
    differs = ~chosen[:, rival]
    gain = weighing.likely[letters].max(axis=1, where=chosen, initial=-np.inf)
    if (gain - weighing.likely[letters, rival])[differs].sum() <= 0:
        return WHY[2]
    more = chosen @ weighing.weights > other @ weighing.weights + TIE
    return WHY[0] if more[differs].all() else WHY[1]


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
