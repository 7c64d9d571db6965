"""One text out of several copies: a vote, character by character, each copy heard as it deserves.

::

    copies ─▶ tokens ─▶ collation ─▶ passages brought home ─▶ character columns ─▶ votes weighed
                                                                                       │
       Consensus ◀─ choices, notes ◀─ text in the leader's lines ◀─ words weighed ◀────┘

The result is a *made* text.  It attests nothing by itself: what its copies
share, right or wrong, it has too, and where copies descend from one another
their majority means nothing.  Whether voting can help at all is judged from the
copies alone (``doubts``) and said in ``Consensus.notes``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from variorum.errors import OcrError
from variorum.multiple import collate
from variorum.ocr.vote.channel import (
    NOTHING,
    Channel,
    believed,
    cast,
    learned,
    shares,
    weighed,
)
from variorum.ocr.vote.choices import Choice, Weighing, choices_of
from variorum.ocr.vote.columns import columns
from variorum.ocr.vote.copies import Copy, copy_of, esteemed
from variorum.ocr.vote.doubts import Kinship, confirmed, kinship, notes
from variorum.ocr.vote.made import made
from variorum.ocr.vote.present import absent
from variorum.ocr.vote.words import decided, words_of
from variorum.witness import Witness

__all__ = ["VOTE", "Choice", "Consensus", "vote"]

VOTE = "vote 2"
"""Name and version of the method, for the fingerprint."""

ROUNDS = 3
"""Times that truth is presumed and the channel learned from it; measured, nothing moves after."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@frozen
class Consensus:
    """A made text and all that it rests on.

    ``copies`` are sigla, the leader (whose lines and pages the text keeps)
    first, then the others as they are esteemed.  ``errors`` gives each copy's
    rate of characters presumed wrong, ``weights`` its share of the votes, by
    siglum.  ``voices`` groups the copies that have one source; ``likeness`` is the
    correlation of the doubts of two copies, −1 to 1, where it can be told.
    ``notes`` are sentences for the user.
    """

    text: str
    choices: tuple[Choice, ...]
    copies: tuple[str, ...]
    errors: Mapping[str, float]
    weights: Mapping[str, float]
    voices: tuple[tuple[str, ...], ...]
    likeness: Mapping[tuple[str, str], float]
    notes: tuple[str, ...]
    language: str = ""

    @property
    def disputed(self) -> tuple[Choice, ...]:
        """The choices that could have gone otherwise."""
        return tuple(choice for choice in self.choices if choice.disputed)


def vote(
    copies: Sequence[Witness],
    lexicon: Callable[[str], bool] | None = None,
    language: str = "",
) -> Consensus:
    """The text that *copies* make together; their order does not matter.

    *lexicon* says whether a word, as written or lower-cased, is one.  Raises
    ``OcrError`` for fewer than two copies, and for two of one siglum.
    """
    found = sorted(map(copy_of, _voters(copies)), key=lambda copy: copy.siglum)
    collation = collate({copy.siglum: copy.tokens for copy in found})
    rank = esteemed(collation, found)
    columns_ = columns(collation, found, rank)
    kin = kinship(columns_, found)
    votes = cast(columns_, found)
    voices = _voices(found, kin)
    belief = shares(votes)
    for _ in range(ROUNDS):
        channel = learned(votes, belief)
        likely = weighed(votes, channel, voices)
        belief = believed(votes, likely)
    truth = np.take_along_axis(votes.symbols, likely.argmax(axis=1)[:, None], axis=1)[:, 0]
    weights = _weights(channel, voices)
    words = words_of(columns_, votes, truth, lexicon)
    truth, odds = decided(columns_, votes, likely, words, channel.overall)
    gone = absent(columns_, votes, found, weights)
    truth[np.repeat(gone, np.diff(columns_.bounds))] = NOTHING
    text = made(columns_, votes, truth, found, rank)
    return Consensus(
        text.text,
        choices_of(columns_, Weighing(votes, likely, truth, odds, weights), text, found),
        tuple(found[row].siglum for row in rank),
        {copy.siglum: float(rate) for copy, rate in zip(found, channel.overall, strict=True)},
        {copy.siglum: float(w) for copy, w in zip(found, weights, strict=True)},
        *_kin(found, kin),
        notes(found, kin, channel.overall, confirmed(votes, columns_)),
        language,
    )


def _voters(copies: Sequence[Witness]) -> Sequence[Witness]:
    if len(copies) < 2:
        raise OcrError(
            f"{'one copy has' if copies else 'no copy has'} nobody to vote with",
            place=copies[0].siglum if copies else "",
            remedy="give two copies or more; three make a majority",
        )
    seen: set[str] = set()
    for copy in copies:
        if copy.siglum in seen:
            raise OcrError("two copies have this siglum", place=copy.siglum, remedy="rename one")
        seen.add(copy.siglum)
    return copies


def _voices(copies: Sequence[Copy], kin: Kinship) -> Floats:
    """What each copy counts for: those of one source share a voice, blank ones have none."""
    heard = np.array([bool(copy.keys) for copy in copies])
    own = np.array([1 / kin.sharing(row) for row in range(len(copies))])
    return np.where(heard | (not heard.any()), own, 0.0)


def _kin(
    copies: Sequence[Copy], kin: Kinship
) -> tuple[tuple[tuple[str, ...], ...], dict[tuple[str, str], float]]:
    """Voices and likeness by siglum."""
    return (
        tuple(tuple(copies[row].siglum for row in voice) for voice in kin.voices),
        {(copies[a].siglum, copies[b].siglum): value for (a, b), value in kin.likeness.items()},
    )


def _weights(channel: Channel, voices: Floats) -> Floats:
    """Shares of the votes: log odds of being right, as independent voters have them."""
    odds = voices * np.maximum(np.log((1 - channel.overall) / channel.overall), 0.1)
    shares: Floats = odds / odds.sum()
    return shares
