"""Errors to be expected a letter of a word, from what is said of it and of its page.

A logistic function of ``terms``, after Platt (1999): what is fitted is few
coefficients for each way of speaking, and a copy by another engine or in another
language moves the terms, not the coefficients::

    of the word     how unsure the engine is, by two curves · unknown, and how strange
                    · unless it has the shape of a name or comes again · its box
    of the page     how unsure the engine is throughout · how many words are unknown

The page's terms say how far to trust the word's: an unknown word on a page of
known ones is more likely a name.  A word that lacks nothing but its diacritics,
where the model lost them all, has an error for each and is read well otherwise.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp, log

from attrs import frozen

from variorum.ocr.evidence import TINY, Heard
from variorum.ocr.lexica import Lexicon

__all__ = [
    "PAGE_TERMS",
    "SPEAKS",
    "Calibration",
    "Means",
    "Weights",
    "letters_of",
    "mean_of",
    "means_of",
    "rates_of",
    "shipped",
    "terms",
    "voices",
]

SETTLED = 3.0
"""Doubt of a word that lacks nothing but diacritics: what the engine doubted were those."""


@frozen
class Weights:
    """What was fitted for one way of speaking.

    ``coefficients`` of the ``terms``; ``spread`` of the interval: a share of the
    rate, a floor, and how errors cluster (1 if each came by itself).
    """

    coefficients: tuple[float, ...]
    spread: tuple[float, float, float]


Calibration = Mapping[str, Weights]
"""The weights by what speaks: "engine and words", "engine", "words"."""


@frozen
class Means:
    """The page as a whole, in the light of which each of its words is read.

    ``weight`` is what an unknown word tells (``Lexicon.weight``); ``lenient``
    whether diacritics are left aside, the model having lost them; ``undressed``
    the share of letters that lost theirs then, in words that are known but for it.
    """

    doubt: float
    unknown: float
    weight: float
    lenient: bool = False
    undressed: float = 0.0


def letters_of(words: Sequence[Heard]) -> int:
    """Letters with the space after each word."""
    return sum(word.letters + 1 for word in words)


def mean_of(words: Sequence[Heard], of: Callable[[Heard], float | bool | None]) -> float:
    """The mean by letter over the words of which it is told; 0 if of none."""
    told = [(value, word.letters + 1) for word in words if (value := of(word)) is not None]
    total = sum(weight for _, weight in told)
    return sum(value * weight for value, weight in told) / total if total else 0.0


SPEAKS = {
    (True, True): "engine and words",
    (True, False): "engine",
    (False, True): "words",
    (False, False): "nothing",
}


@cache
def shipped() -> Calibration:
    """What comes with the package; where from, ``calibration.toml`` says."""
    told = tomllib.loads((files("variorum.ocr") / "calibration.toml").read_text("utf-8"))
    return {
        name: Weights(tuple(told[name]["coefficients"]), tuple(told[name]["spread"]))
        for name in ("engine and words", "engine", "words")
    }


def means_of(words: Sequence[Heard], lexicon: Lexicon | None, *, lenient: bool) -> Means:
    """The page as a whole."""
    coverage = lexicon.coverage if lexicon else 1.0
    unknown = mean_of(words, lambda w: None if w.known is None else not _accepted(w, lenient))
    beyond = max(0.0, unknown - (1 - coverage)) / max(0.1, coverage)
    weight = lexicon.weight if lexicon else 0.0
    undressed = _undressed(words) if lenient else 0.0
    return Means(mean_of(words, lambda w: w.doubt), beyond, weight, lenient, undressed)


def _undressed(words: Sequence[Heard]) -> float:
    explained = [word for word in words if word.undressed is not None]
    return sum(word.undressed or 0 for word in explained) / max(1, letters_of(explained))


def _accepted(word: Heard, lenient: bool) -> bool:
    return word.undressed is not None if lenient else bool(word.known)


def terms(word: Heard, means: Means, speaks: str) -> tuple[float, ...]:
    """What the coefficients of ``calibration.toml`` are multiplied with, for one word.

    First those of the word, then those of its page (``PAGE_TERMS``).
    """
    tiny = float(word.letters <= TINY)
    standing = (max(0.0, word.misfit), max(0.0, -word.misfit))
    engine, engine_of_page = _of_engine(word, means), (means.doubt, exp(-means.doubt))
    lexical, words_of_page = _of_words(word, means), (log(0.02 + means.unknown),)
    if speaks == "engine":
        return (1.0, tiny, *standing, *engine, *engine_of_page)
    if speaks == "words":
        return (1.0, tiny, *standing, *lexical, *words_of_page)
    return (1.0, tiny, *standing, *engine, *lexical, *engine_of_page, *words_of_page)


def _of_engine(word: Heard, means: Means) -> tuple[float, float]:
    """Its doubt, logarithmic and plain: the one tells sure words apart, the other unsure ones."""
    doubt = SETTLED if means.lenient and word.undressed else word.doubt or 0.0
    return doubt, exp(-doubt)


def _of_words(word: Heard, means: Means) -> tuple[float, float, float, float]:
    """Whether it is unknown; then how strange its letters, if like a name, if it comes again."""
    accepted = word.known is None or _accepted(word, means.lenient)
    unknown = 0.0 if accepted else means.weight
    return unknown, (word.strange or 0.0) * unknown, word.name * unknown, word.again * unknown


PAGE_TERMS: Mapping[str, int] = {"engine and words": 3, "engine": 2, "words": 1}
"""How many of the terms, the last, are the page's."""


def voices(word: Heard) -> str:
    """Who speaks of a word."""
    return SPEAKS[word.confidence is not None, word.known is not None]


def rates_of(words: Sequence[Heard], means: Means, calibration: Calibration) -> tuple[float, ...]:
    """Errors to be expected a letter of each word of a page, from 0 to 1.

    A word of which nobody speaks (a number, without an engine) is taken to be
    as the others, of which some must be spoken of.
    """
    told = {word.span: _rate(word, means, calibration) for word in words if _spoken_of(word)}
    usual = mean_of(words, lambda word: told.get(word.span))
    return tuple(told.get(word.span, usual) for word in words)


def _spoken_of(word: Heard) -> bool:
    return voices(word) != "nothing"


def _rate(word: Heard, means: Means, calibration: Calibration) -> float:
    said = _said(word, means, calibration)
    if not means.lenient:
        return said
    bare = means.undressed if word.undressed is None else word.undressed / (word.letters + 1)
    return said + bare - said * bare  # a letter is wrong once


def _said(word: Heard, means: Means, calibration: Calibration) -> float:
    """What the voices say of a word, diacritics aside where the model lost them."""
    speaks = voices(word)
    weights = calibration[speaks].coefficients
    total = sum(w * t for w, t in zip(weights, terms(word, means, speaks), strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
