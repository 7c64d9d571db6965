"""Can voting help at all? Judged from the copies alone, and said plainly.

A vote mends what copies get wrong *apart*.  Two readings of one image, or two
images worn by the same damage, get the same things wrong together, and agree on
them: no count of agreements can tell that from being right.  But engines say
how sure they are, and copies of one damage doubt the same words::

    word            commmune  of   the   Soviet  Uniom        rank correlation
    O1 is sure      .41       .96  .95   .88     .52   ┐
    O2 is sure      .47       .96  .93   .90     .44   ┴ .7   one source
    O3 is sure      .93       .90  .96   .35     .95   ─ .2   a voice of its own

The correlation of two such measures is the share of their variance that they
have in common.  Words differ in difficulty for every reader, and that alone
gives .1 to .2 (pages worn apart, Tesseract); the same image read twice gives .9,
read larger .7, the same damage in two strengths .7.  From one half on, most of
what makes one copy doubt makes the other doubt, and the two count as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from variorum.ocr.vote.channel import Votes
from variorum.ocr.vote.columns import Columns
from variorum.ocr.vote.copies import Copy

__all__ = ["Kinship", "confirmed", "kinship", "notes"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

COMMON = 0.5
"""Copies whose doubts correlate so much are one voice: more is common to them than is not."""

FEWEST = 50
"""Words under which no correlation is told: its standard error would exceed a seventh."""

MUCH = 4
"""A copy with so many times fewer errors than the next is right in four of five places where the
two differ, and a vote that departs from it is a worse bet than it is."""

STRANGE = 0.5
"""A copy of which fewer characters are confirmed by any other is hardly a copy of the same text:
texts that have nothing to do with each other share .17 to .31 when aligned, copies in which one
letter in three is wrong still .62 to .85."""


@frozen
class Kinship:
    """Which copies are one voice.

    ``likeness`` has the rank correlation of confidences of pairs of rows, where
    it can be told; ``voices`` the rows, grouped.
    """

    likeness: Mapping[tuple[int, int], float]
    voices: tuple[tuple[int, ...], ...]

    def sharing(self, row: int) -> int:
        """How many copies share a voice with *row*, itself included."""
        return next(len(voice) for voice in self.voices if row in voice)


def kinship(columns: Columns, copies: Sequence[Copy]) -> Kinship:
    """Who shares a source with whom, as far as confidences tell; the same files always do."""
    sure = _words(columns, copies)
    likeness: dict[tuple[int, int], float] = {}
    for a, b in combinations(range(len(copies)), 2):
        if copies[a].received and copies[a].received == copies[b].received:
            likeness[a, b] = 1.0
        elif (found := _correlation(sure[:, a], sure[:, b])) is not None:
            likeness[a, b] = found
    return Kinship(likeness, _grouped(len(copies), likeness))


def _words(columns: Columns, copies: Sequence[Copy]) -> Floats:
    """Stretches × copies: the mean confidence in the characters there."""
    stretch = np.repeat(np.arange(len(columns.bounds) - 1), np.diff(columns.bounds))
    size = len(columns.bounds) - 1
    out = np.full((size, len(copies)), np.nan)
    for row, copy in enumerate(copies):
        there = columns.cells[:, row] >= 0
        count = np.bincount(stretch[there], minlength=size)
        total = np.bincount(stretch[there], copy.sure[columns.cells[there, row]], size)
        out[count > 0, row] = total[count > 0] / count[count > 0]
    return out


def _correlation(a: Floats, b: Floats) -> float | None:
    """Spearman's rank correlation where both have a value; nothing for few or constant ones."""
    both = ~np.isnan(a) & ~np.isnan(b)
    if both.sum() < FEWEST:
        return None
    x, y = _ranks(a[both]), _ranks(b[both])
    if not x.std() or not y.std():
        return None
    return float(np.corrcoef(x, y)[0, 1])


def _ranks(values: Floats) -> Floats:
    """Ranks from 1, ties at their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return ranks


def _grouped(number: int, likeness: Mapping[tuple[int, int], float]) -> tuple[tuple[int, ...], ...]:
    """Rows that are linked, directly or through others."""
    voice = list(range(number))
    for (a, b), value in sorted(likeness.items()):
        if value >= COMMON:
            low, high = sorted((voice[a], voice[b]))
            voice = [low if v == high else v for v in voice]
    return tuple(
        tuple(row for row in range(number) if voice[row] == first) for first in sorted(set(voice))
    )


def confirmed(votes: Votes, columns: Columns) -> list[float]:
    """For each copy the share of its characters that another has in their place; 1 for a blank."""
    out = []
    for row in range(votes.symbols.shape[1]):
        there = columns.cells[:, row] >= 0
        same = votes.symbols[there] == votes.symbols[there, row, None]
        same[:, row] = False
        out.append(float(same.any(axis=1).mean()) if there.any() else 1.0)
    return out


def notes(
    copies: Sequence[Copy], kin: Kinship, errors: Floats, shared: Sequence[float]
) -> tuple[str, ...]:
    """What a user must know before trusting the made text, in sentences.

    *errors* and *shared* are by row: the share of characters presumed wrong, and
    of those that another copy has too.
    """
    heard = [row for row, copy in enumerate(copies) if copy.keys]
    if not heard:
        return ("No copy has any text: there is nothing to vote on.",)
    if all(copy.text == copies[0].text for copy in copies):
        return ("The copies are the same, character for character: there is nothing to vote on.",)
    said = [f"{copy.siglum} has no text, and so no vote." for copy in copies if not copy.keys]
    if len(heard) > 1:
        said += [_stranger(copies[row], shared[row]) for row in heard]
    said += [_twins(copies[a], copies[b]) for a, b in combinations(heard, 2)]
    said += [_one_voice(copies, voice, kin) for voice in kin.voices if len(voice) > 1]
    said += _promise(copies, kin, errors, heard)
    return tuple(sentence for sentence in said if sentence)


def _promise(
    copies: Sequence[Copy], kin: Kinship, errors: Floats, heard: Sequence[int]
) -> Iterator[str]:
    """Whether the vote beats the best copy, as far as it can be told; nothing if it should."""
    voices = [voice for voice in kin.voices if not set(voice).isdisjoint(heard)]
    best, *others = sorted(heard, key=lambda row: (errors[row], row))
    if not others:
        yield f"Only {copies[best].siglum} has text: the made text is its text."
        return
    if len(voices) == 1:
        yield (
            f"Voting does not beat the best single copy here: {_named(copies, voices[0])} "
            "err together, and what all misread no vote can mend. Take the copy you trust most."
        )
    elif len(voices) == 2:
        yield (
            "Two independent voices make no majority: where they differ, confidence and known "
            "words decide."
        )
    if len(voices) > 1 and errors[best] * MUCH < errors[others[0]]:
        yield _much_better(copies[best].siglum, float(errors[best]), float(errors[others[0]]))
    if not kin.likeness.keys() >= set(combinations(heard, 2)):
        yield (
            "Whether these copies err independently cannot be told: that takes the engine's "
            "confidence in at least fifty words of each. If they were read from one image, "
            "voting does not beat the best of them."
        )


def _stranger(copy: Copy, share: float) -> str:
    if share >= STRANGE:
        return ""
    return (
        f"Only {share:.0%} of the characters of {copy.siglum} stand in another copy too: "
        "is it a copy of the same text?"
    )


def _twins(copy: Copy, other: Copy) -> str:
    if copy.text != other.text or not copy.text:
        return ""
    return (
        f"{copy.siglum} and {other.siglum} are the same, character for character: if one was made "
        "from the other, leave one out."
    )


def _one_voice(copies: Sequence[Copy], voice: Sequence[int], kin: Kinship) -> str:
    if all(copies[row].received == copies[voice[0]].received != () for row in voice):
        return f"{_named(copies, voice)} are the same files: they count as one voice."
    told = sorted(value for pair, value in kin.likeness.items() if set(pair) <= set(voice))
    values = " to ".join(
        f"{value:.2f}" for value in (told if len(told) == 1 else told[:: len(told) - 1])
    )
    return (
        f"{_named(copies, voice)} doubt the same words (rank correlation of their confidences "
        f"{values}): they have one source and count as one voice."
    )


def _much_better(siglum: str, best: float, next_best: float) -> str:
    return (
        f"Voting hardly beats {siglum} here, which is much better than the others "
        f"({best:.2%} of its characters presumed wrong, {next_best:.2%} of the next best's): "
        "take it, and look at the disputed places."
    )


def _named(copies: Sequence[Copy], rows: Sequence[int]) -> str:
    sigla = [copies[row].siglum for row in rows]
    return ", ".join(sigla[:-1]) + " and " + sigla[-1]
