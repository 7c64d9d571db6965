"""Which language a copy is in, which the engine took it for, and what that cost.

An engine that reads with another language's model is as sure as ever; what it
cannot write are the letters which that model lacks::

    page       Shqipërisë … është        read with -l eng      Shqiperise … eshte
    known                                as Albanian           hardly a word
    known but for diacritics             as Albanian           nearly all: so it is Albanian
    ë, ç       9 % of letters expected   found                 none: so the model was wrong

The language is told from the words of which the engine is surer than of most,
diacritics aside, so that neither wear nor a wrong model hides it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt
from statistics import median

from variorum.ocr.lexica import SHIPPED, Lexicon, lexicon, words_in
from variorum.witness import Word

__all__ = ["ENOUGH", "identified", "lost", "model_of", "primary", "stranger"]

ENOUGH = 150
"""Letters needed to say that a letter is missing: one in fifty should have come thrice by then."""

AT_HOME = 0.35
"""Share of a text's letters in words of its language, at least: of another they are .25 at most."""

SURELY = 1.64
"""Standard errors by which a share is beyond chance, nineteen times in twenty."""

ABROAD = 0.28
"""Share of them below which a text is not in the language that the engine read it in."""

MISSING = 0.2
"""Of the letters with diacritics that are expected; fewer are there only by chance."""

RARE = 0.02
"""Share of a language's letters with diacritics from which on their absence tells."""

_TAGS = dict(
    tag.split("=")
    for tag in "eng=en english=en sqi=sq alb=sq albanian=sq deu=de ger=de german=de "
    "fra=fr fre=fr french=fr".split()
)
"""Tags and names that engines use, and the shorter tag."""


def primary(tag: str) -> str:
    """The language of a tag as engines and editors write it: ``sqi`` and ``sq-AL`` are ``sq``."""
    bare = tag.lower().replace("_", "-").partition("-")[0].strip()
    return _TAGS.get(bare, bare)


def identified(text: str, words: Sequence[Word]) -> str:
    """The shipped language that most of the surer words belong to, or nothing.

    Against what the engine says it read, few words prove little: then the share
    must be beyond chance.
    """
    chosen = _surer(text, words)
    ranked = sorted((-_at_home(chosen, lexicon(name)), name) for name in SHIPPED)
    share, name = -ranked[0][0], ranked[0][1]
    chance = SURELY * sqrt(share * (1 - share) / max(1, len(chosen)))
    agreed = model_of(words) in ("", name)
    return name if share >= AT_HOME + (0.0 if agreed else chance) else ""


def stranger(text: str, words: Sequence[Word], model: str) -> bool:
    """Whether a text is not in the language that it was read in; only of shipped languages."""
    chosen = _surer(text, words)
    if model not in SHIPPED or sum(map(len, chosen)) < ENOUGH / 2:
        return False
    return _at_home(chosen, lexicon(model)) < ABROAD


def _surer(text: str, words: Sequence[Word]) -> list[str]:
    """Words of three letters and more of which the engine is at least as sure as of half."""
    told = [word.confidence for word in words if word.confidence is not None]
    least = median(told) if told else 0.0
    parts = [
        word.span.of(text) for word in words if word.confidence is None or word.confidence >= least
    ] or [text]
    return [part[i:j] for part in parts for i, j in words_in(part) if j - i > 2][:2000]


def _at_home(words: Sequence[str], known: Lexicon) -> float:
    """The share of letters in words that the lexicon has, diacritics aside."""
    letters = sum(map(len, words))
    return sum(len(word) for word in words if known.nearly(word)) / letters if letters else 0.0


def lost(text: str, known: Lexicon | None) -> float:
    """The share of letters that must have lost their diacritics, where hardly any has one; or 0."""
    if known is None:
        return 0.0
    lower = unicodedata.normalize("NFC", text).lower()
    letters = sum(map(str.isalpha, lower))
    expected = sum(known.diacritics.values())
    there = sum(lower.count(char) for char in known.diacritics) / max(1, letters)
    if letters < ENOUGH or expected < RARE or there >= MISSING * expected:
        return 0.0
    return expected - there


def model_of(words: Iterable[Word]) -> str:
    """The language that the engine says it read most words in, or nothing."""
    counted = Counter(primary(word.language) for word in words if word.language)
    return min(counted, key=lambda tag: (-counted[tag], tag)) if counted else ""
