"""Can voting help at all? Judged from the copies alone, and said plainly.

A vote mends what copies get wrong *apart*.  Two readings of one image, or two
images worn by the same damage, get the same things wrong together, and agree on
them: no count of agreements can tell that from being right.  But engines say
how sure they are, and copies of one damage doubt the same words::

    word            commmune  of   the   Soviet  Uniom        correlation, shapes apart
    O1 is sure      .41       .96  .95   .88     .52   ┐
    O2 is sure      .47       .96  .93   .90     .44   ┴ .6   one source
    O3 is sure      .93       .90  .96   .35     .95   ─ .1   a voice of its own

Every reader doubts long words, names and numbers more than "of" and "the": that
is no common source, and is taken out first.  What the shape of a word (its
length, letters or marks, capitals, digits) explains of the ranks of confidences
is subtracted, and what is left over is correlated.  Measured with Tesseract on
30 pairs of copies worn apart, in three languages and four typefaces: .02 to .24
(.12 to .50 before shapes were taken out).  The same image read in another mode:
.96; larger or softened: .3 to .5; by another language's model .5; the same damage
in two strengths .6.  Truth says the same of the latter: letters are misread
together (phi .3 to .8), where copies worn apart have at most .15.
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

COMMON = 0.25
"""Copies whose doubts correlate more than this, beyond two standard errors, are one voice: no
copies worn apart had more in common."""

FEWEST = 50
"""Words under which no correlation is told: its standard error would exceed a seventh."""

ERRORS = 2
"""Standard errors that a correlation must lie above ``COMMON``."""

MUCH, OUTVOTED = 4, 10
"""A copy with ``MUCH`` times fewer errors than the only other voice is right in four of five places
where the two differ, and a vote that departs from it is a worse bet than it is.  Two voices and
more can outvote it, rightly but where they err together: copies worn apart do that at up to a
tenth of their errors (phi .03 to .15), so that one with ``OUTVOTED`` times fewer has little to
gain (measured at fifteen times fewer: an eighth)."""

KINDS = (str.isalpha, str.isupper, str.isdigit)
"""What makes words hard or easy: letters, capitals, digits."""

TINY = 1e-6
"""Left over of the ranks: nothing, where shapes explain all of them."""

STRANGE = 0.5
"""A copy of which fewer characters are confirmed by any other is hardly a copy of the same text:
texts that have nothing to do with each other share .17 to .31 when aligned, copies in which one
letter in three is wrong still .62 to .85."""


@frozen
class Kinship:
    """Which copies are one voice.

    ``likeness`` has the correlation of the doubts of pairs of rows, −1 to 1, where
    it can be told; ``voices`` the rows, grouped.
    """

    likeness: Mapping[tuple[int, int], float]
    voices: tuple[tuple[int, ...], ...]

    def sharing(self, row: int) -> int:
        """How many copies share a voice with *row*, itself included."""
        return next(len(voice) for voice in self.voices if row in voice)


def kinship(columns: Columns, copies: Sequence[Copy]) -> Kinship:
    """Who shares a source with whom, as far as confidences tell; the same files always do."""
    sure, shapes = _words(columns, copies), _shapes(columns, copies)
    likeness: dict[tuple[int, int], float] = {}
    links: list[tuple[int, int]] = []
    for a, b in combinations(range(len(copies)), 2):
        found = _correlation(sure[:, a], sure[:, b], shapes)
        if copies[a].received and copies[a].received == copies[b].received:
            found = 1.0, 0.0
        if found is None:
            continue
        likeness[a, b], margin = found
        if likeness[a, b] - ERRORS * margin > COMMON:
            links.append((a, b))
    return Kinship(likeness, _grouped(len(copies), links))


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


def _shapes(columns: Columns, copies: Sequence[Copy]) -> Floats:
    """Stretches × what makes a word hard to read, whatever the copy; the mean of all copies.

    Its length and the square of it, the shares of its letters, capitals and digits,
    and a constant.
    """
    stretch = np.repeat(np.arange(len(columns.bounds) - 1), np.diff(columns.bounds))
    size = len(columns.bounds) - 1
    length = np.zeros(size)
    kinds = np.zeros((size, len(KINDS)))
    for row, copy in enumerate(copies):
        there = columns.cells[:, row] >= 0
        units = columns.cells[there, row]
        length += np.bincount(stretch[there], minlength=size)
        for at, kind in enumerate(KINDS):
            flags = np.array([kind(key) for key in copy.keys], dtype=np.float64)
            kinds[:, at] += np.bincount(stretch[there], flags[units], size)
    shares = kinds / np.maximum(length, 1)[:, None]
    mean = length / len(copies)
    return np.column_stack([np.ones(size), mean, mean**2, shares])


def _correlation(a: Floats, b: Floats, shapes: Floats) -> tuple[float, float] | None:
    """The correlation of the ranks of *a* and *b*, *shapes* taken out, and its standard error.

    Where both have a value; nothing for few or constant ones.
    """
    both = ~np.isnan(a) & ~np.isnan(b)
    if both.sum() < FEWEST or not np.ptp(a[both]) or not np.ptp(b[both]):
        return None
    x, y = (_unexplained(_ranks(values[both]), shapes[both]) for values in (a, b))
    whole = float(np.sqrt((x @ x) * (y @ y)))
    value = float(x @ y) / whole if whole > TINY else 0.0
    return value, (1 - value**2) / float(np.sqrt(both.sum() - 1))


def _unexplained(ranks: Floats, shapes: Floats) -> Floats:
    """What a linear function of the shapes leaves of ranks (least squares)."""
    coefficients = np.linalg.lstsq(shapes, ranks, rcond=None)[0]
    left: Floats = ranks - shapes @ coefficients
    return left


def _ranks(values: Floats) -> Floats:
    """Ranks from 1, ties at their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return ranks


def _grouped(number: int, links: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Rows that are linked, directly or through others."""
    voice = list(range(number))
    for a, b in links:
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
    strange = [row for row in heard if shared[row] < STRANGE and len(heard) > 1]
    said += [_stranger(copies[row], shared[row]) for row in strange]
    said += [_twins(copies[a], copies[b]) for a, b in combinations(heard, 2)]
    said += [_one_voice(copies, voice, kin) for voice in kin.voices if len(voice) > 1]
    if strange != heard:
        said += _promise(copies, kin, errors, heard)
    return tuple(sentence for sentence in said if sentence)


def _promise(
    copies: Sequence[Copy], kin: Kinship, errors: Floats, heard: Sequence[int]
) -> Iterator[str]:
    """Whether the vote beats the best copy, as far as it can be told; nothing if it should.

    Measured on copies of one source: from a fifth more errors than the best copy has to a
    third fewer; on two copies worn apart, a third fewer unless one of them reads lines in
    another order, since two cannot say whose order is right.
    """
    voices = [voice for voice in kin.voices if not set(voice).isdisjoint(heard)]
    best, *others = sorted(heard, key=lambda row: (errors[row], row))
    if not others:
        yield f"Only {copies[best].siglum} has text: the made text is its text."
        return
    if len(voices) == 1:
        yield (
            "Voting does not reliably beat the best single copy here: "
            f"{_named(copies, voices[0])} err together, and what all misread no vote can mend. "
            "Take the copy you trust most."
        )
    elif len(voices) == 2:
        yield (
            "Two independent voices make no majority: where they differ, confidence and known "
            "words decide, and voting does not always beat the better copy."
        )
    much = MUCH if len(voices) == 2 else OUTVOTED
    if len(voices) > 1 and errors[best] * much < errors[others[0]]:
        yield _much_better(copies[best].siglum, float(errors[best]), float(errors[others[0]]))
    if not kin.likeness.keys() >= set(combinations(heard, 2)):
        yield (
            "Whether these copies err independently cannot be told: that takes the engine's "
            "confidence in at least fifty words of each. If they were read from one image, "
            "voting does not reliably beat the best of them."
        )


def _stranger(copy: Copy, share: float) -> str:
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
        f"{_named(copies, voice)} doubt the same words (correlation of their confidences "
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
