"""Each copy is a noisy channel: how often it errs, where, and what it takes for what.

Nobody knows the truth, so it is estimated in turns: what most copies have is
taken for true; that says how often each copy errs at each degree of confidence,
and which characters are taken for which; with that the votes are weighed, and
what wins is taken for true (Dawid and Skene 1979 did so with physicians)::

    votes ─▶ presumed truth ─▶ errors of each copy by its confidence ─▶ weighed votes
                  ▲            confusions  o → c, e → s, nothing → .          │
                  └───────────────────────────────────────────────────────────┘

A copy that shows *r* where *t* is true does so with probability

    rate(copy, confidence) · bias(t → r)        and is right with the rest,

where the bias says how much more often than the average error it happens.
Where an engine gives no confidence, all of a copy has one rate.

Two things make the votes of a column less than so many witnesses.  Copies worn
apart still take the same letter for the same other now and then, since they have
one typeface: that they agree on an error is discounted by ``TOGETHER``.  And a
copy that has lost a word has lost it once, not letter by letter::

    O1   H o w ␣ a r e      O3 has lost H, O1 says so
    O2   · · . ␣ a r e      O2 has lost o, as O1 and O3 say, and so says nothing of H:
    O3   · o w ␣ a r e      it is one copy against one, not two
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from variorum.ocr.vote.columns import GAP, SPACE, Columns
from variorum.ocr.vote.copies import Copy

__all__ = [
    "NOTHING",
    "UNHEARD",
    "Channel",
    "Votes",
    "attentive",
    "believed",
    "cast",
    "learned",
    "shares",
    "weighed",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

UNHEARD, NOTHING, BLANK = -1, 0, 1
"""Symbols in place of a character: no vote; nothing stands here; a space."""

DEGREES = 8
"""Degrees of confidence that are told apart in one copy, each with as many characters."""

LEAST = 200
"""Characters in a degree; fewer would say little about an error rate of a few percent."""

PRESUMED = 60
"""The rate of a degree is drawn to that of its copy, and that of a copy to that of all, as if by
so many characters: a line, which is little in a text and much in a sentence."""

CLAIMS = (0.05, 0.95)
"""Confidences are believed at first within these bounds: nothing is sure before the first count."""

TOGETHER = 0.01
"""The correlation of being wrong in the same way at the same letter, confusions taken into account:
.00 to .06 in copies worn apart (six pairs of Tesseract's, and O2 with O3 of the witnesses), most of
it in common confusions.  Without it two poor copies that share an error outvote one that is hardly
ever wrong; with more, agreement proves too little for equals (.05: a third more errors)."""

LIKELIER = 0.5
"""What is believed more than this is likelier than not."""

HIGHEST = 0.75
"""No rate is higher: worse than that is no reading."""


@frozen(eq=False)
class Votes:
    """Columns × copies of symbols, the degree of confidence of each, and what its engine claims.

    Degrees are of one copy and tell its better from its worse parts; ``claims``
    are 0–1 as the engine has them, ½ if some copy has none.  ``gaps`` is
    where a copy has nothing in a word that others have, edges apart.  ``names``
    spells each symbol.
    """

    symbols: Ints
    degrees: Ints
    claims: Floats
    gaps: Flags
    names: tuple[str, ...]


@frozen(eq=False)
class Channel:
    """What was learned: rates (copies × degrees), the overall rate of each copy, and biases.

    ``pairs`` are codes of (true symbol, shown symbol), in order, ``counts``
    how often each is presumed, ``due`` how many errors its rates would expect
    of each true symbol: a bias is a count by what was due.  ``total`` is the
    sum of the biases of a true symbol, ``prior`` the log share of each symbol
    in the presumed truth, ``belief`` that truth.
    """

    rates: Floats
    overall: Floats
    pairs: Ints
    counts: Floats
    due: Floats
    total: Floats
    prior: Floats
    belief: Floats


def cast(columns: Columns, copies: Sequence[Copy]) -> Votes:
    """The columns as symbols and degrees."""
    names: dict[str, int] = {"": NOTHING, " ": BLANK}
    symbols = np.full(columns.cells.shape, UNHEARD, dtype=np.int64)
    degrees = np.zeros(columns.cells.shape, dtype=np.int64)
    claims = np.full(columns.cells.shape, 0.5)
    for row, copy in enumerate(copies):
        cells = columns.cells[:, row]
        own = np.array([names.setdefault(key, len(names)) for key in copy.keys], dtype=np.int64)
        there = cells >= 0
        symbols[there, row] = own[cells[there]]
        symbols[cells == SPACE, row] = BLANK
        symbols[cells == GAP, row] = NOTHING
        if len(copy.keys):
            degrees[:, row] = _degrees(copy.sure)[_nearest(cells)]
            claims[:, row] = np.clip(copy.sure[_nearest(cells)], *CLAIMS)
    if bool(np.isnan(claims).any()):
        claims[:] = 0.5
    gaps = (columns.cells == GAP) & ~columns.edges[:, None]
    return Votes(symbols, degrees, claims, gaps, tuple(names))


def _nearest(cells: Ints) -> Ints:
    """For each cell the unit in it or last before it; at the beginning, the first."""
    last = np.maximum.accumulate(np.where(cells >= 0, np.arange(len(cells)), -1))
    found: Ints = cells[np.maximum(last, np.argmax(cells >= 0))]
    return found


def _degrees(sure: Floats) -> Ints:
    """The degree of confidence of each unit of a copy."""
    if not len(sure) or bool(np.isnan(sure).any()):
        return np.zeros(len(sure), dtype=np.int64)
    number = int(np.clip(len(sure) // LEAST, 1, DEGREES))
    cuts = np.quantile(sure, np.arange(1, number) / number)
    return np.searchsorted(cuts, sure, "right")


def shares(votes: Votes) -> Floats:
    """Columns × copies: what is believed at first of what each copy has, by number and claims."""
    symbols = votes.symbols
    said = np.where(symbols != UNHEARD, votes.claims / (1 - votes.claims), 0.0)
    same = symbols[:, :, None] == symbols[:, None, :]
    whole: Floats = (same * said[:, None, :]).sum(axis=2)
    return np.where(said > 0, whole / np.maximum(said.sum(axis=1), 1e-9)[:, None], 0.0)


def believed(votes: Votes, likely: Floats) -> Floats:
    """Columns × copies: the probability that what this copy has is true, from log likelihoods."""
    best = likely.max(axis=1, keepdims=True)
    odds = np.exp(likely - np.where(np.isfinite(best), best, 0.0))
    whole = (odds * _first(votes.symbols)).sum(axis=1, keepdims=True)
    likeliness: Floats = odds / np.maximum(whole, 1.0)
    return likeliness


def _first(symbols: Ints) -> Flags:
    """Where a symbol is the first of its kind in its column, and a vote."""
    first: Flags = symbols != UNHEARD
    for row in range(1, symbols.shape[1]):
        first[:, row] &= (symbols[:, :row] != symbols[:, row, None]).all(axis=1)
    return first


def learned(votes: Votes, truth: Floats) -> Channel:
    """The channel under which the votes came about, if each is true as far as *truth* says."""
    heard = votes.symbols != UNHEARD
    held = np.where(_first(votes.symbols), truth, 0.0)
    nothing = np.where(votes.symbols == NOTHING, held, 0.0).sum(axis=1, keepdims=True)
    wrong = np.where(heard, 1 - truth, 0.0)
    trial = np.where(heard, np.where(votes.symbols == NOTHING, 1 - nothing, 1.0), 0.0)
    rates, overall = _rates(votes, wrong, trial)
    size = len(votes.names)
    expected = trial * np.take_along_axis(rates.T, votes.degrees, axis=0)
    pairs, counts = _pairs(votes, held)
    index = np.where(heard, votes.symbols, 0).ravel()
    due = _tallied(index, (held * expected.sum(axis=1, keepdims=True)).ravel(), size) + 1
    due[NOTHING] = (expected * (1 - nothing)).sum() + 1
    total = (_tallied(pairs // size, counts, size) + 1) / due
    count = _tallied(index, held.ravel(), size) + 1
    count[NOTHING] = count[NOTHING + 1 :].sum()
    return Channel(rates, overall, pairs, counts, due, total, np.log(count / count.sum()), truth)


def _tallied(kinds: Ints, weights: Floats, number: int) -> Floats:
    """The sum of the weights of each of so many kinds."""
    return np.bincount(kinds, weights, number).astype(np.float64, copy=False)


def _pairs(votes: Votes, held: Floats) -> tuple[Ints, Floats]:
    """Codes of (true symbol, another shown for it), in order, and how often each is presumed."""
    size, symbols = len(votes.names), votes.symbols
    codes, weights = [], []
    for row in range(symbols.shape[1]):
        for other in range(symbols.shape[1]):
            at = (held[:, row] > 0) & (symbols[:, other] != symbols[:, row])
            at &= symbols[:, other] != UNHEARD
            codes.append(symbols[at, row] * size + symbols[at, other])
            weights.append(held[at, row])
    pairs, where = np.unique(np.concatenate(codes), return_inverse=True)
    return pairs, _tallied(where, np.concatenate(weights), len(pairs))


def _rates(votes: Votes, wrong: Floats, trial: Floats) -> tuple[Floats, Floats]:
    """Error rates by copy and degree, drawn to the copy's own, and those of the copies."""
    number = int(votes.degrees.max(initial=0)) + 1
    copies = votes.symbols.shape[1]
    rates = np.zeros((copies, number))
    bad, tried = wrong.sum(axis=0), trial.sum(axis=0)
    common = (bad.sum() + 1) / (tried.sum() + 2)
    overall = (bad + PRESUMED * common) / (tried + PRESUMED)
    for row in range(copies):
        degree = votes.degrees[:, row]
        errors = _tallied(degree, wrong[:, row], number)
        trials = _tallied(degree, trial[:, row], number)
        rates[row] = (errors + PRESUMED * overall[row]) / (trials + PRESUMED)
    return np.minimum(rates, HIGHEST), overall


def weighed(votes: Votes, channel: Channel, voices: Floats) -> Floats:
    """Columns × copies: the log likelihood of all votes if what this copy shows is true.

    *voices* is what each copy counts for, 1 or less (copies of one source share
    a voice).  Minus infinity where the copy is not heard.
    """
    symbols = votes.symbols
    rate = np.take_along_axis(channel.rates.T, votes.degrees, axis=0)
    counted = voices * attentive(votes, channel.belief)
    out = np.full(symbols.shape, -np.inf)
    for row in range(symbols.shape[1]):
        there = symbols[:, row] != UNHEARD
        truth, shown = symbols[there, row], symbols[there]
        own = channel.belief[there, row, None] * (shown[:, :, None] == shown[:, None]).sum(axis=2)
        told = _likelihood(channel, truth[:, None], shown, rate[there], own)
        out[there, row] = channel.prior[truth] + _together(truth, shown, told, counted[there])
    return out


def attentive(votes: Votes, belief: Floats) -> Floats:
    """Columns × copies: what it is worth, 0–1, that a copy has nothing.

    All, unless it is likelier than not that, beside it, the copy has lost a
    letter that two others have: then it has lost more, and says nothing here.
    """
    symbols, gap = votes.symbols, votes.gaps
    twice = (symbols[:, :, None] == symbols[:, None]).sum(axis=2) > 1
    there = (twice & (symbols > BLANK) & (belief > LIKELIER)).any(axis=1)
    lost = np.where(gap & there[:, None], 1 - belief, 0.0)
    beside = np.zeros(belief.shape)
    run = gap[1:] & gap[:-1]
    beside[1:] = np.where(run, lost[:-1], 0.0)
    beside[:-1] = np.maximum(beside[:-1], np.where(run, lost[1:], 0.0))
    attention: Floats = np.minimum((1 - beside) / (1 - LIKELIER), 1.0)
    return attention


def _together(truth: Ints, shown: Ints, told: Floats, voices: Floats) -> Floats:
    """The log likelihood of each column of *shown*, those that err alike taken together.

    With g the mean (geometric) of the probabilities of k copies that show the
    same error, all do so with g · (g + ``TOGETHER``)^(k - 1): for two that is what
    a correlation is.
    """
    total = np.zeros(len(truth))
    alike = shown[:, :, None] == shown[:, None]
    for row in range(shown.shape[1]):
        number = (alike[:, row] * voices).sum(axis=1)
        mean = (alike[:, row] * voices * told).sum(axis=1) / np.maximum(number, 1e-9)
        more = np.maximum(number - 1, 0) * np.log(np.exp(mean) + TOGETHER)
        share = voices[:, row] / np.maximum(number, 1e-9)
        wrong = share * (np.minimum(number, 1) * mean + more)
        total += np.where(shown[:, row] == truth, voices[:, row] * told[:, row], wrong)
    return total


def _likelihood(channel: Channel, truth: Ints, shown: Ints, rate: Floats, own: Floats) -> Floats:
    """The log probability that *truth* is shown as *shown*; 0 where nobody is heard.

    *own* is what these very votes have added to the count of the confusion: it
    is taken off, or a guess would be evidence for itself.
    """
    size = len(channel.prior)
    count = np.zeros(shown.shape)
    if len(channel.pairs):
        codes = truth * size + shown
        at = np.minimum(np.searchsorted(channel.pairs, codes), len(channel.pairs) - 1)
        count = np.where(channel.pairs[at] == codes, channel.counts[at] - own, 0.0)
    bias = (np.maximum(count, 0) + 1 / size) / channel.due[truth]
    right = 1 - np.minimum(rate * channel.total[truth], HIGHEST)
    return np.where(shown == UNHEARD, 0.0, np.log(np.where(shown == truth, right, rate * bias)))
