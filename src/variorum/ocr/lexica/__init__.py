"""Words of a language: a list that comes with the package, a list of the user's, or any text.

A lexicon answers three questions about a word as it was read: is it known; if
not, is it known with its diacritics or without (an engine reading with another
language's model drops them); and how strange are its letters, in bits beyond
what words of the language need.  The last comes from a small n-gram model of
the lexicon's own words::

    Shqipërisë    known                    −0.2 bits a letter more than usual
    Shqiperise    known but for diacritics
    Shqiplrlsc    unknown                  +3.1

English and Albanian come with the package (sources and licences: NOTICE in this
folder; ``benchmarks/lexica.py`` makes them).  For any other language a word
list or any text of some length does.
"""

from __future__ import annotations

import lzma
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from itertools import product
from math import log2

import regex
from attrs import field, frozen

from variorum.errors import OcrError

__all__ = ["SHIPPED", "Letters", "Lexicon", "from_text", "from_words", "lexicon", "words_in"]

SHIPPED = ("en", "sq")
"""Languages whose words come with the package."""

SAMPLE = 8_000
"""Words, evenly spaced through the list, that the letters are learnt from: a third of a second."""

DOUBTS = 8
"""Letters of a word that may have lost a diacritic, at most; each doubles what is looked up."""

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’‐-][\p{L}\p{M}]+)*")
_EDGE = "\0"


def words_in(text: str) -> list[tuple[int, int]]:
    """Where words of letters stand in *text*; numbers and marks are none."""
    return [match.span() for match in _WORD.finditer(text)]


def folded(word: str) -> str:
    """Lower case, composed, with the straight apostrophe and hyphen."""
    lower = unicodedata.normalize("NFC", word).lower()
    return lower.replace("’", "'").replace("‐", "-")


def bare(word: str) -> str:
    """Without diacritics."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(part for part in parts if not unicodedata.combining(part))


@frozen
class Letters:
    """Trigrams of the letters of words, smoothed by bigrams and single letters.

    Interpolation after Witten and Bell (1991): the more different letters have
    followed a context, the more the shorter context counts.
    """

    follow: Mapping[str, Counter[str]]
    usual: float = 0.0  # bits a letter that words of the language need

    @classmethod
    def of(cls, words: Iterable[str]) -> Letters:
        """The letters of *words*."""
        chosen = list(words)
        follow: dict[str, Counter[str]] = {}
        for word in chosen:
            padded = f"{_EDGE}{_EDGE}{word}{_EDGE}"
            for at in range(2, len(padded)):
                for size in (0, 1, 2):
                    counts = follow.setdefault(padded[at - size : at], Counter())
                    counts[padded[at]] += 1
        made = cls(follow)
        some = chosen[:: max(1, len(chosen) // 2000)]
        letters = sum(len(word) + 1 for word in some) or 1
        return cls(follow, sum(made.bits(word) * (len(word) + 1) for word in some) / letters)

    def bits(self, word: str) -> float:
        """Bits a letter of *word*, its end counted as a letter."""
        padded = f"{_EDGE}{_EDGE}{word}{_EDGE}"
        total = sum(-log2(self._chance(padded, at)) for at in range(2, len(padded)))
        return total / (len(word) + 1)

    def _chance(self, padded: str, at: int) -> float:
        chance = 1e-4  # a letter that the language does not have at all
        for size in (0, 1, 2):
            counts = self.follow.get(padded[at - size : at])
            if counts:
                seen, kinds = counts.total(), len(counts)
                chance = (counts[padded[at]] + kinds * chance) / (seen + kinds)
        return chance


@frozen(eq=False)
class Lexicon:
    """Words of a language, lower case and composed; ``source`` says where they are from."""

    language: str
    words: frozenset[str] = field(repr=False)
    sample: tuple[str, ...] = field(repr=False)
    source: str = ""

    def knows(self, word: str) -> bool:
        """Whether *word* is one, or its parts between hyphens and apostrophes all are."""
        form = folded(word)
        if form in self.words:
            return True
        parts = regex.split(r"['-]", form)
        return len(parts) > 1 and all(len(p) < 3 or p in self.words for p in parts)

    def nearly(self, word: str) -> bool:
        """Whether *word* is one, or would be with diacritics that the language has."""
        return self.knows(word) or any(form in self.words for form in self._restored(word))

    def _restored(self, word: str) -> Iterator[str]:
        """The forms of *word* with diacritics on any of the letters that may have one."""
        choices = [(char, *self._dressed.get(char, ())) for char in folded(word)]
        if sum(len(choice) > 1 for choice in choices) <= DOUBTS:
            yield from map("".join, product(*choices))

    def strange(self, word: str) -> float:
        """Bits a letter that *word* needs beyond what is usual; below 0 for common shapes."""
        return self.letters.bits(folded(word)) - self.letters.usual

    @cached_property
    def letters(self) -> Letters:
        """The letters of the words."""
        return Letters.of(self.sample)

    @cached_property
    def diacritics(self) -> Mapping[str, float]:
        """Letters with diacritics, and what share of the letters of the words they are."""
        counts = Counter(char for word in self.sample for char in word)
        least = counts.total() / 1000
        found = {c: n / counts.total() for c, n in counts.items() if n > least and bare(c) != c}
        return dict(sorted(found.items()))

    @cached_property
    def _dressed(self) -> Mapping[str, tuple[str, ...]]:
        """Letters without a diacritic → those with one."""
        out: dict[str, tuple[str, ...]] = {}
        for char in self.diacritics:
            out[bare(char)] = (*out.get(bare(char), ()), char)
        return out


@cache
def lexicon(language: str) -> Lexicon:
    """The words that come with the package.  Raises ``OcrError`` for other languages."""
    if language not in SHIPPED:
        raise OcrError(
            f"no words of {language!r} come with the package",
            remedy=f"give a word list or any text with --words ({', '.join(SHIPPED)} are here)",
        )
    packed = (files(__package__) / f"{language}.txt.xz").read_bytes()
    words = lzma.decompress(packed).decode("utf-8").split("\n")
    return Lexicon(language, frozenset(words), _spaced(words), f"variorum {language}")


def _spaced(words: Sequence[str]) -> tuple[str, ...]:
    """A sample of words in their order."""
    return tuple(words[:: max(1, len(words) // SAMPLE)])


def from_words(language: str, words: Iterable[str], source: str = "") -> Lexicon:
    """A lexicon of the user's words.  Raises ``OcrError`` if there is none."""
    kept = frozenset(folded(word) for word in words if word.strip())
    if not kept:
        raise OcrError(
            "no word in the word list", place=source, remedy="give a word list, or any text"
        )
    return Lexicon(language, kept, _spaced(sorted(kept)), source)


def from_text(language: str, text: str, source: str = "") -> Lexicon:
    """The words of a text, or of a list with one word a line."""
    return from_words(language, (text[i:j] for i, j in words_in(text)), source)
