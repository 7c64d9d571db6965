"""Words as evidence: a reading that is a word is likelier than one that is none.

How much likelier is not assumed but read off the copies themselves.  Words in
which all copies agree are mostly right, readings that were outvoted mostly
wrong; so the share of known words among either tells what being known is
worth *here*, with these copies and this lexicon::

                        agreed    outvoted    worth
    in the lexicon        .93        .12      + 2.0       a lexicon of another language knows
    agreed on elsewhere   .71        .06      + 2.5       as few of the ones as of the others,
    neither               .04        .85      − 3.1       and comes out at nothing

A stretch is then decided as a whole: every combination of what the copies show
in its doubtful columns is weighed by its votes and its words, and by how likely
it is that no copy reads it: that takes an error of the best copy, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

import numpy as np
import regex
from attrs import frozen
from numpy.typing import NDArray

from variorum.ocr.vote.channel import UNHEARD, Votes
from variorum.ocr.vote.columns import Columns

__all__ = ["Agreed", "Knows", "Words", "decided", "words_of"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Knows = Callable[[str], bool]

DOUBT = 9.0
"""A symbol whose votes are likelier than another's by more than this (natural log) is safe from
it: no word is worth as much as eight thousand to one."""

DOUBTFUL = 6
"""So many columns of a stretch are decided together, the most doubtful ones."""

COMBINATIONS = 256
"""So many combinations of a stretch are weighed, the likeliest symbols first."""

FEW = 3
"""Words of each kind that are added on both sides: a handful of words proves nothing."""

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['\u2019-][\p{L}\p{M}\p{N}]+)*")
_REGULAR = regex.compile(
    r"\p{Lu}?[\p{Ll}\p{Lo}\p{M}'\u2019-]+|[\p{Lu}\p{M}'\u2019-]+|[\p{L}\p{M}]+"
)


@frozen(eq=False)
class Agreed:
    """How often all copies agree on a word, as written and in any case."""

    written: Counter[str]
    cased: Counter[str]


@frozen(eq=False)
class Words:
    """Which words are known, and what each kind of word is worth (natural log, 0 the best)."""

    agreed: Agreed
    lexicon: Knows | None
    worth: Mapping[str, float]

    def of(self, text: str) -> float:
        """What the words of *text* say for it, on the average: 0 at best.

        Not in all, or what has fewer words would always be the likelier division.
        """
        found = [self.worth[kind(w, self.agreed, self.lexicon)] for w in _WORD.findall(text)]
        return sum(found) / len(found) if found else 0.0


def kind(word: str, agreed: Agreed, lexicon: Knows | None, own: int = 0) -> str:
    """What kind of word *word* is; *own* are occurrences of it that may not attest it."""
    if word.isdigit():
        return "number"
    if not _regular(word):
        return "mixed"
    low = word.lower()
    if agreed.written[word] > own:
        return "agreed"
    if agreed.cased[low] > own:
        return "recased"
    return "listed" if lexicon and (lexicon(word) or lexicon(low)) else "unknown"


def _regular(word: str) -> bool:
    """Letters as words have them: no digits, no capital after a small letter."""
    return all(_REGULAR.fullmatch(part) for part in regex.split(r"['\u2019-]", word))


KINDS = ("number", "mixed", "agreed", "recased", "listed", "unknown")
"""Digits; letters as no word has them; agreed on elsewhere as written; in other case only; in the
lexicon; none of these."""


def words_of(columns: Columns, votes: Votes, truth: Ints, lexicon: Knows | None) -> Words:
    """What the copies say about words, given a presumed *truth*."""
    agreed = Agreed(Counter(), Counter())
    right: list[str] = []
    wrong: list[str] = []
    for start, end in zip(columns.bounds[:-1].tolist(), columns.bounds[1:].tolist(), strict=True):
        rows = _readings(votes.symbols[start + 1 : end], votes.names)
        made = set(_WORD.findall(spelled(truth[start + 1 : end].tolist(), votes.names)))
        if len(rows) == votes.symbols.shape[1] and len(set(rows)) == 1:
            right += made
            agreed.written.update(made)
            agreed.cased.update(word.lower() for word in made)
        else:
            wrong += [w for row in rows for w in _WORD.findall(row) if w not in made]
    good = Counter(kind(word, agreed, lexicon, 1) for word in right)
    bad = Counter(kind(word, agreed, lexicon) for word in wrong)
    return Words(agreed, lexicon, _worth(good, bad))


def _worth(good: Mapping[str, int], bad: Mapping[str, int]) -> dict[str, float]:
    """Log of how much likelier a class is among right words than among wrong ones."""
    more, less = (sum(side.values()) + FEW * len(KINDS) for side in (good, bad))
    found = {
        kind: float(
            np.log((good.get(kind, 0) + FEW) / more) - np.log((bad.get(kind, 0) + FEW) / less)
        )
        for kind in KINDS
    }
    best = max(found.values())
    return {kind: value - best for kind, value in found.items()}


def _readings(symbols: Ints, names: Sequence[str]) -> list[str]:
    """What each copy that is heard has in a stretch."""
    return [spelled(row, names) for row in symbols.T.tolist() if row and UNHEARD not in row]


def spelled(symbols: Iterable[int], names: Sequence[str]) -> str:
    """Symbols as text."""
    return "".join(map(names.__getitem__, symbols))


def decided(
    columns: Columns, votes: Votes, likely: Floats, words: Words, errors: Floats
) -> tuple[Ints, Floats]:
    """The symbol of each column, and the log odds of each stretch against its best rival.

    *likely* are the weighed votes, *errors* the rate of each copy; a stretch in
    which nothing else was possible has infinite odds.
    """
    unread = _unread(errors)
    best = likely.argmax(axis=1)
    truth = np.take_along_axis(votes.symbols, best[:, None], axis=1)[:, 0]
    odds = np.full(len(columns.bounds) - 1, np.inf)
    top = np.take_along_axis(likely, best[:, None], axis=1)
    rivals = (votes.symbols != truth[:, None]) & (votes.symbols != UNHEARD)
    doubtful = (rivals & (likely > top - DOUBT)).any(axis=1)
    starts = np.searchsorted(columns.bounds, np.flatnonzero(doubtful), "right") - 1
    for number in np.unique(starts).tolist():
        start, end = columns.bounds[number : number + 2].tolist()
        found = _stretch(votes, likely, slice(start, end), words, unread)
        truth[start:end], odds[number] = found
    return truth, odds


def _unread(errors: Floats) -> float:
    """What counts (natural log) against a word that no copy has: how much the best copy is better.

    Copies that are equally good are mended letter by letter, and need that.
    But where one has a fifteenth of the errors of the next, as O1 of the
    witnesses, such a word supposes an error where hardly any is.  Twice as much
    was too much: words that chance had spoilt in every copy stayed spoilt.
    """
    best, following = np.sort(errors)[:2]
    return float(np.log(following / best))


def _stretch(
    votes: Votes, likely: Floats, place: slice, words: Words, unread: float
) -> tuple[list[int], float]:
    """The best symbols of one stretch, and its log odds against the next best."""
    rows = _readings(votes.symbols[place.start + 1 : place.stop], votes.names)
    read = {word for row in rows for word in row.split(" ")}
    plain = votes.symbols[place][np.arange(place.stop - place.start), likely[place].argmax(axis=1)]
    number = max(1, len(_WORD.findall(spelled(plain[1:].tolist(), votes.names))))
    options = [
        _options(symbols, values)
        for symbols, values in zip(
            votes.symbols[place].tolist(), likely[place].tolist(), strict=True
        )
    ]
    ranked = sorted(
        (-(sum(score for score, _ in way) + number * words.of(text) - against), text, symbols)
        for way in _ways(options)
        for symbols in [[symbol for _, symbol in way]]
        for text in [spelled(symbols[1:], votes.names)]
        for against in [unread * sum(word not in read for word in text.split(" "))]
    )
    odds = ranked[1][0] - ranked[0][0] if len(ranked) > 1 else np.inf
    return ranked[0][2], float(odds)


Option = tuple[float, int]


def _options(symbols: Sequence[int], values: Sequence[float]) -> list[Option]:
    """(log likelihood, symbol), likeliest first, without those that are out of the question."""
    found = dict(zip(symbols, values, strict=True))
    found.pop(UNHEARD, None)
    ranked = sorted(((value, symbol) for symbol, value in found.items()), reverse=True)
    return [option for option in ranked if option[0] > ranked[0][0] - DOUBT]


def _ways(options: Sequence[Sequence[Option]]) -> Iterator[tuple[Option, ...]]:
    """Combinations of options: those of the most doubtful columns, elsewhere the likeliest."""
    margin = {
        at: option[0][0] - option[1][0] for at, option in enumerate(options) if len(option) > 1
    }
    open_ = set(sorted(margin, key=lambda at: (margin[at], at))[:DOUBTFUL])
    narrowed = [option if at in open_ else option[:1] for at, option in enumerate(options)]
    return islice(product(*narrowed), COMBINATIONS)
