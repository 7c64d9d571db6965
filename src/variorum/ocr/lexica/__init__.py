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
from itertools import product, takewhile
from math import log2

import regex
from attrs import field, frozen

from variorum.errors import OcrError

__all__ = [
    "SHIPPED",
    "Letters",
    "Lexicon",
    "bare",
    "folded",
    "from_text",
    "from_words",
    "lexicon",
    "packed",
    "unpacked",
    "words_in",
]

SHIPPED = ("en", "sq")
"""Languages whose words come with the package."""

SAMPLE = 8_000
"""Words, evenly spaced through the list, that the letters are learnt from: a third of a second."""

LISTED = 0.93
"""Share of a clean text that a word list of the user's is taken to have: it lacks names."""

ONCE = 0.97
"""Share of words that come but once from which on a text is a list: of running text half do."""

DOUBTS = 8
"""Letters of a word that may have lost a diacritic, at most; each doubles what is looked up."""

_SOLID = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
"""Scripts without spaces between words: where a word ends there, no list can say."""

_WORD = regex.compile(
    rf"(?V1)[\p{{L}}--[{_SOLID}]][[\p{{L}}\p{{M}}]--[{_SOLID}]]*"
    rf"(?:['’‐-][[\p{{L}}\p{{M}}]--[{_SOLID}]]+)*"
)
_EDGE = "\0"

MOST = 30
"""Letters that two words of a packed list share at most: from ``A`` to ``_``."""

_PACKED = regex.compile(r"([A-_])([^A-_]*)")


def words_in(text: str) -> list[tuple[int, int]]:
    """Where words of letters stand in *text*; numbers, marks and unspaced scripts have none."""
    return [match.span() for match in _WORD.finditer(text)]


def folded(word: str) -> str:
    """Lower case, composed, with the straight apostrophe and hyphen."""
    lower = unicodedata.normalize("NFC", word).lower()
    return lower.replace("’", "'").replace("‐", "-")


def bare(word: str) -> str:
    """Without diacritics."""
    parts = unicodedata.normalize("NFD", word)
    kept = "".join(part for part in parts if not unicodedata.combining(part))
    return unicodedata.normalize("NFC", kept)


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
    """Words of a language, lower case and composed.

    ``source`` says where they are from; ``coverage`` what share of the running
    words of a clean text they have, from 0 to 1.
    """

    language: str
    words: frozenset[str] = field(repr=False)
    sample: tuple[str, ...] = field(repr=False)
    source: str = ""
    coverage: float = 0.97

    @property
    def weight(self) -> float:
        """What a word's not being known tells against it; 1 for a list that has all but 3 %.

        In bits: of wrong words hardly one is known by chance, of right ones
        those that the list lacks are not.
        """
        told = log2(0.95 / max(0.03, 1 - self.coverage)) / log2(0.95 / 0.03)
        return max(0.0, told)

    def knows(self, word: str) -> bool:
        """Whether *word* is one, or its parts between hyphens and apostrophes all are."""
        form = folded(word)
        if form in self.words:
            return True
        parts = regex.split(r"['-]", form)
        return len(parts) > 1 and all(len(p) < 3 or p in self.words for p in parts)

    def nearly(self, word: str) -> bool:
        """Whether *word* is one, or would be with the right diacritics."""
        return self.undressed(word) is not None

    def undressed(self, word: str) -> int | None:
        """Letters of *word* that lack their diacritic or have a wrong one; nothing if unknown."""
        if self.knows(word):
            return 0
        form = folded(word)
        restored = (one for one in self._restored(form) if one in self.words)
        costs = [sum(a != b for a, b in zip(form, one, strict=False)) for one in restored]
        return min(costs, default=None)

    def _restored(self, form: str) -> Iterator[str]:
        """The forms of a word with any diacritics of the language, or none, on its letters."""
        choices = [(char, *self._dressed.get(char, ())) for char in bare(form)]
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
        marked = (c for c in counts if c.isalpha() and len(bare(c)) == 1 and bare(c) != c)
        return {c: counts[c] / counts.total() for c in sorted(marked) if counts[c] > least}

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
    packed = (files(__package__) / f"{language}.words.xz").read_bytes()
    words = unpacked(lzma.decompress(packed).decode("utf-8"))
    return Lexicon(language, frozenset(words), _spaced(words), f"variorum {language}")


def packed(words: Sequence[str]) -> str:
    """Sorted words, each as what it adds to the one before: AabetEsEted is abet, abets, abetted.

    A capital (``A`` for none) counts the letters shared; words are lower case.
    A fifth of the room, in a list of every form of every word.
    """
    out = []
    before = ""
    for word in words:
        shared = _shared(before[:MOST], word)
        out.append(chr(ord("A") + shared) + word[shared:])
        before = word
    return "".join(out)


def _shared(one: str, other: str) -> int:
    """Letters that two words begin with alike."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in alike)


def unpacked(text: str) -> list[str]:
    """The words that ``packed`` made *text* of."""
    out = []
    word = ""
    for sign, rest in _PACKED.findall(text):
        word = word[: ord(sign) - ord("A")] + rest
        out.append(word)
    return out


def _spaced(words: Sequence[str]) -> tuple[str, ...]:
    """A sample of words in their order."""
    return tuple(words[:: max(1, len(words) // SAMPLE)])


def from_words(
    language: str, words: Iterable[str], source: str = "", coverage: float = LISTED
) -> Lexicon:
    """A lexicon of the user's words.  Raises ``OcrError`` if there is none."""
    kept = frozenset(folded(word) for word in words if word.strip())
    if not kept:
        raise OcrError(
            "no word in the word list",
            place=source,
            remedy="give a word list, or any text in a script that has spaces between words",
        )
    return Lexicon(language, kept, _spaced(sorted(kept)), source, coverage)


def from_text(language: str, text: str, source: str = "") -> Lexicon:
    """The words of a text, or of a list with one word a line.

    What a text covers of another is told by the words that came but once: they
    are as many as the next text would have new ones (Good and Turing, 1953).
    """
    counts = Counter(folded(text[i:j]) for i, j in words_in(text))
    once = sum(count == 1 for count in counts.values())
    if once >= ONCE * len(counts):
        return from_words(language, counts, source)
    return from_words(language, counts, source, 1 - once / counts.total())
