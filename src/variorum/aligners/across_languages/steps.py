"""What speaks for a step: the features of pairs, and of sentences without counterpart.

A pair of *a* sentences with *b* is described by a few numbers, each of them 0
where nothing is said::

    pair 1   merge a + b − 2   both min(a, b) − 1      how many sentences
    words or lexicon, vectors                          how alike (``likeness``)
    length   − (log of the lengths' ratio)², from −4   translations keep their length
    crossed  − turns' ends that it goes over           speakers are not merged
    begins   − one side begins a turn, one does not    turns begin together
    closes   − its sides end in unlike marks           . with . and ? with ?
    speaker  + or − 1 where both speakers are known
    alone 1  long: log of the length                   for a sentence left over

Where one side has much that the other lacks, sentences left over are no surprise
there: *alone* is then less than 1, by the share of the side that is too much.

``weights`` says what each counts; the score of a step is their sum, a
log-likelihood, so that the programme can tell how sure it is of every pair.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import regex
from numpy.typing import NDArray

from variorum.aligners import Sentence, Side
from variorum.aligners.across_languages.evidence import View
from variorum.aligners.across_languages.likeness import Chain, Likeness, Scale
from variorum.aligners.across_languages.speakers import speakers

__all__ = ["ALONE", "LARGEST", "PAIRS", "SHAPES", "Steps", "lengthened"]

Floats = NDArray[np.float64]

LARGEST = 5
"""Sentences of one side that may stand in one pair."""

SHAPES = tuple(
    (a, b)
    for a in range(1, LARGEST + 1)
    for b in range(1, LARGEST + 1)
    if min(a, b) == 1 or a + b <= 6
)
"""Merges looked for: up to 1–5, 2–4, 3–3."""

LIKE = ("words", "lexicon", "vectors")
"""The views there may be: words go by a lexicon or not."""

PAIRS = (
    *("pair", "merge", "both", *LIKE),
    *("length", "crossed", "begins", "closes", "speaker"),
)
"""The features of a pair, in the order of the weights."""

ALONE = ("alone", "long")
"""The features of a sentence without counterpart."""

MOST = 4.0  # of the squared length ratio: a bad enough length is bad enough

KNOWN = 5
"""Pairs that the lengths of the whole texts count for."""

_A, _B = (np.array([shape[side] for shape in SHAPES]) for side in (0, 1))
_CLOSING = regex.compile(r"[\s'\"\p{Pf}\p{Pi}\p{Pe}\\]+$")
_ASKED, _ENDED = frozenset("?？؟;;՞"), frozenset(".!…。！।॥۔։።")


class Steps:
    """The features of every step, a row at a time."""

    def __init__(
        self,
        source: Side,
        target: Side,
        seen: Sequence[View],
        scales: Mapping[str, Scale],
        ratio: float,
    ) -> None:
        self.size = (len(source.sentences), len(target.sentences))
        self._like = {view.name: Likeness(view, scales[view.name], LARGEST) for view in seen}
        self._letters = (_letters(source), _letters(target))
        self._ratio = ratio
        self._turns = (_turns(source), _turns(target))
        self._closes = (_closings(source), _closings(target))
        self._speakers = _speakers(source, target)

    def alone(self, side: int) -> Floats:
        """The features of the sentences of a side left over: shape (2, n)."""
        letters = [np.diff(self._letters[k])[: self.size[k]] for k in (0, 1)]
        own, other = (float(letters[k].sum()) for k in (side, 1 - side))
        other *= math.exp(-self._ratio if side == 0 else self._ratio)
        expected = np.full(self.size[side], min(1.0, other / own))
        return np.stack([expected, np.log(letters[side] / letters[side].mean())])

    def row(self, i: int, low: int, high: int) -> Floats:
        """Those of pairs that begin with sentence *i* and with each of *low* … *high*.

        Shape (features, shapes, high − low); what would go over an end is
        meaningless.
        """
        out = np.zeros((len(PAIRS), len(SHAPES), high - low))
        out[0] = 1
        out[1] = (_A + _B - 2)[:, None]
        out[2] = (np.minimum(_A, _B) - 1)[:, None]
        for n, name in enumerate(LIKE, 3):
            if name in self._like:
                out[n] = self._like[name].row(i, low, high)[_A - 1, _B - 1]
        out[6] = self._length(i, low, high)
        self._bounds(out[7:9], i, low, high)
        self._closing(out[9], i, low, high)
        own, others = self._speakers[0][i], self._speakers[1][low:high]
        if own >= 0:
            out[10] = np.where(others == own, 1, -(others >= 0).astype(np.float64))
        return out

    def _length(self, i: int, low: int, high: int) -> Floats:
        mine, its = self._letters
        here = mine[i + _A] - mine[i]
        there = its[np.arange(low, high) + _B[:, None]] - its[low:high]
        ratio = np.log(there / here[:, None]) - self._ratio
        off: Floats = -np.minimum(ratio * ratio, MOST)
        return off

    def _bounds(self, out: Floats, i: int, low: int, high: int) -> None:
        mine, its = self._turns
        for a in range(1, LARGEST + 1):
            out[0, a == _A] = -1.0 * (mine[i + a - 1] != mine[i])
        for b in range(2, LARGEST + 1):
            over = its[low + b - 1 : high + b - 1] != its[low:high]
            out[0, b == _B] -= over
        begins = mine[i] != mine[i - 1]
        out[1] = -1.0 * (begins != (its[low:high] != its[np.arange(low, high) - 1]))

    def _closing(self, out: Floats, i: int, low: int, high: int) -> None:
        mine, its = self._closes
        for number, (a, b) in enumerate(SHAPES):
            np.subtract(0.0, its[low + b - 1 : high + b - 1] != mine[i + a - 1], out=out[number])


def _letters(side: Side) -> Floats:
    """Characters before each sentence, and beyond the end as if there were more."""
    letters = [max(1, len(sentence.text)) + 1 for sentence in side.sentences]
    return np.concatenate([[0.0], np.cumsum([*letters, *[1] * LARGEST])])


def lengthened(source: Side, target: Side, chain: Chain) -> float:
    """The logarithm of target characters for a source character: the median of the *chain*'s.

    Not that of the whole texts, of which one may be a part of the other only; it
    counts as ``KNOWN`` more, for a chain of few.
    """
    letters = [_letters(side) for side in (source, target)]
    mine, its = (np.diff(each) for each in letters)
    whole = [float(each[-1 - LARGEST]) for each in letters]
    told = [math.log(its[j] / mine[i]) for i, j in chain]
    return float(np.median([*told, *[math.log(max(1, whole[1]) / max(1, whole[0]))] * KNOWN]))


def _turns(side: Side) -> NDArray[np.int64]:
    """The turn of each sentence; beyond the end, and so before the start, another one."""
    return np.array([s.turn for s in side.sentences] + [-1] * LARGEST, dtype=np.int64)


def _closings(side: Side) -> NDArray[np.int64]:
    return np.array([_closes(s) for s in side.sentences] + [0] * LARGEST, dtype=np.int64)


def _closes(sentence: Sentence) -> int:
    """How a sentence closes: 2 with a question, 1 with another full stop, 0 with neither."""
    last = _CLOSING.sub("", sentence.text)[-1:]
    return 2 if last in _ASKED and last else 1 if last in _ENDED and last else 0


def _speakers(source: Side, target: Side) -> list[NDArray[np.int64]]:
    """For each sentence of either side the number of its speaker; -1 if not known to both."""
    same = speakers(
        {p.speaker for p in source.passages if p.speaker},
        {p.speaker for p in target.passages if p.speaker},
    )
    number = {name: n for n, name in enumerate(sorted(same))}
    its = {other: number[name] for name, other in same.items()}
    return [
        np.array(
            [known.get(side.passages[s.turn].speaker or "", -1) for s in side.sentences],
            dtype=np.int64,
        )
        for known, side in ((number, source), (its, target))
    ]
