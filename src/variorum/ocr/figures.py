"""Rates, and what they are made of: figures that add up over pages.

``cer`` divides edits by the letters of the truth, as the field does (it may
exceed 1); ``cer_normalised`` by letters right plus edits (it may not).  Nothing
against nothing is 0; something against nothing has no rate, and says so.  Pages
are pooled by adding edits and letters, never by averaging rates, so the order
of the pages does not matter::

    page 1    edits 3, letters 100   ─┐
    page 2    edits 0, letters  20   ─┴─▶  3 / 120, not the mean of .03 and 0

The interval is a bootstrap (Efron 1979) over pages where there are enough, else
over lines, neighbours drawn together; and at least Wilson's, since few errors
drawn again and again tell little of others.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from math import ceil

from attrs import field, frozen

from variorum.files import natural
from variorum.ocr.confusions import (
    Confusion,
    Counts,
    Pattern,
    Tally,
    confusions,
    patterns,
    pooled,
    tally,
)
from variorum.ocr.profiles import Profile
from variorum.ocr.words import Shares
from variorum.text import Span

__all__ = ["RESAMPLES", "SEED", "Evaluation", "PageScore", "Summary", "TurnScore", "rate"]

RESAMPLES, SEED = 1000, 1979
"""Of the bootstrap; the seed is in the fingerprint."""

PAGES = 20
"""Pages from which on they are what is drawn; fewer say too little of their spread."""

ENOUGH = 10
"""Lines from which on drawing them says something; of fewer the same come again and again."""

CLUSTERED = 3
"""Letters that tell as much as one alone would: as measured for estimates, where a word goes
wrong as a whole (``calibration.toml``)."""

SHIFT = 40
"""Bits for letters beside edits: a resample of 10¹² letters fits."""

DRAWN = 100
"""Things drawn at most: with more lines, neighbours go together, as their errors do."""


def rate(edits: int, of: int) -> float | None:
    """*edits* by *of*; 0 for nothing of nothing, and no rate for something of nothing."""
    return edits / of if of else None if edits else 0.0


@frozen
class PageScore:
    """A page of the copy: letters of the truth that it renders, and edits of the text."""

    name: str
    number: int
    characters: int
    edits: int
    file: str = ""


@frozen
class TurnScore:
    """A turn of the truth: its letters, edits of the text, and whether its label was read."""

    number: int  # from 1
    speaker: str
    span: Span
    characters: int
    edits: int
    label_right: bool | None  # nothing where it has no label


@frozen
class Summary:
    """All the figures of one comparison, ready to be added to those of others.

    ``edits`` are those of both texts as they stand, ``text_edits`` those after
    moved passages were put back; ``added`` the copy's letters among ``edits``
    that stand for none of the truth's.  ``lines`` are (edits of the text,
    letters) of every row, long ones in parts, ``word_lines`` the like of words.
    """

    name: str
    digests: tuple[str, str]  # of the texts as read, truth and copy
    compared: str  # digest of what recipes, roles and speakers made of them
    characters: int
    edits: int
    added: int
    exact: bool
    text_edits: int
    moved: int  # letters in passages that stand elsewhere
    passages: int
    doubtful: int  # letters that may be in others, too worn to be known again
    words: int
    copy_words: int
    common_words: int  # whatever their order
    word_edits: int
    text_word_edits: int
    lost: int  # letters of the truth in passages that the copy lacks
    words_added: int  # of the copy, among ``word_edits``, that stand for none of the truth's
    lines: tuple[tuple[int, int], ...]
    word_lines: tuple[tuple[int, int], ...]
    pages: tuple[PageScore, ...]
    turns: tuple[TurnScore, ...]
    kinds: tuple[Shares, ...]
    counts: Counts
    failed: tuple[str, ...] = ()  # pages of a text in many files that could not be read


def _by_name(found: Iterable[Summary]) -> tuple[Summary, ...]:
    return tuple(sorted(found, key=lambda summary: natural(summary.name)))


@frozen(eq=False)
class Evaluation:
    """Summaries pooled, under one profile; in the order of their names."""

    profile: Profile
    summaries: tuple[Summary, ...] = field(converter=_by_name)

    def _sum(self, of: Callable[[Summary], int]) -> int:
        return sum(map(of, self.summaries))

    @cached_property
    def characters(self) -> int:
        """Letters of the truth, as the profile counts them."""
        return self._sum(lambda s: s.characters)

    @cached_property
    def edits(self) -> int:
        """Edits from the truth to the copy, both as they stand."""
        return self._sum(lambda s: s.edits)

    @cached_property
    def text_edits(self) -> int:
        """Edits left when moved passages are put back."""
        return self._sum(lambda s: s.text_edits)

    @property
    def exact(self) -> bool:
        """Whether every distance is the shortest; else the rates are upper bounds."""
        return all(s.exact for s in self.summaries)

    @property
    def cer(self) -> float | None:
        """Edits by letters of the truth."""
        return rate(self.edits, self.characters)

    @property
    def cer_normalised(self) -> float:
        """Edits by edits and right letters: from 0 to 1."""
        return rate(self.edits, self.characters + self._sum(lambda s: s.added)) or 0.0

    @property
    def cer_text(self) -> float | None:
        """The error of the text alone, passages put back in order."""
        return rate(self.text_edits, self.characters)

    @property
    def cer_order(self) -> float | None:
        """The error of the order: what putting back saves."""
        return rate(self.edits - self.text_edits, self.characters)

    @cached_property
    def words(self) -> int:
        """Words of the truth."""
        return self._sum(lambda s: s.words)

    @cached_property
    def word_edits(self) -> int:
        """Edits of whole words, both texts as they stand."""
        return self._sum(lambda s: s.word_edits)

    @property
    def wer(self) -> float | None:
        """Edits of words by words of the truth."""
        return rate(self.word_edits, self.words)

    @property
    def wer_text(self) -> float | None:
        """The same with moved passages put back in order."""
        return rate(self._sum(lambda s: s.text_word_edits), self.words)

    @property
    def wer_normalised(self) -> float:
        """Edits of words by edits and right words: from 0 to 1."""
        return rate(self.word_edits, self.words + self._sum(lambda s: s.words_added)) or 0.0

    @property
    def bag_of_words_f1(self) -> float:
        """F1 of words whatever their order, page by page; 1 for nothing against nothing."""
        total = self.words + self._sum(lambda s: s.copy_words)
        return 2 * self._sum(lambda s: s.common_words) / total if total else 1.0

    @cached_property
    def counts(self) -> Counts:
        """Letters and edits of all comparisons."""
        return pooled([summary.counts for summary in self.summaries])

    @cached_property
    def confusions(self) -> tuple[Confusion, ...]:
        """What was read for what; their counts add up to ``text_edits``."""
        return confusions(self.counts)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Several letters read as others."""
        return patterns(self.counts)

    def by(self, name: str) -> tuple[Tally, ...]:
        """The confusions by Unicode ``"block"`` or ``"category"``."""
        return tally(self.confusions, name)

    @cached_property
    def kinds(self) -> tuple[Shares, ...]:
        """Right and wrong by kind of word."""
        columns = zip(*(s.kinds for s in self.summaries), strict=True)
        return tuple(_pooled(column) for column in columns)

    @property
    def pages(self) -> tuple[PageScore, ...]:
        """Every page of every copy."""
        return tuple(page for s in self.summaries for page in s.pages)

    @property
    def drawn(self) -> str:
        """What the interval is drawn over."""
        return "page" if len(self.pages) >= PAGES else "line"

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """A 95 % interval of ``cer_text``; nothing where there is no rate.

        By seeded bootstrap; where that has too little to draw from, by letters.
        """
        counts = (
            [(page.edits, page.characters) for page in self.pages]
            if self.drawn == "page"
            else [line for s in self.summaries for line in s.lines]
        )
        return _interval(counts, CLUSTERED)

    @cached_property
    def word_interval(self) -> tuple[float, float] | None:
        """A 95 % interval of ``wer_text``, over so many words at a time as a line has."""
        return _interval([line for s in self.summaries for line in s.word_lines], 1)


def _pooled(column: Sequence[Shares]) -> Shares:
    examples = tuple(example for shares in column for example in shares.examples)
    return Shares(
        column[0].kind, sum(s.words for s in column), sum(s.wrong for s in column), examples[:12]
    )


def _interval(counts: Sequence[tuple[int, int]], clustered: int) -> tuple[float, float] | None:
    """A 95 % interval of the rate that *counts* (errors, of so many) make."""
    wrong, total = sum(e for e, _ in counts), sum(n for _, n in counts)
    least = _wilson(wrong, total, clustered)
    if len(counts) < ENOUGH or not wrong or least is None:
        return least
    low, high = _bootstrap(counts)  # of few errors it knows too little of what else may come
    return min(low, least[0]), max(high, least[1])


def _wilson(wrong: int, letters: int, clustered: int) -> tuple[float, float] | None:
    """Wilson's interval (1927) of a rate, as of fewer letters where errors come together.

    It has a width for a short text, and for one without errors too.
    """
    if not letters:
        return None if wrong else (0.0, 0.0)
    share, size, z = min(1.0, wrong / letters), letters / clustered, 1.96**2
    middle = (share + z / (2 * size)) / (1 + z / size)
    half = (z * (share * (1 - share) + z / (4 * size)) / size) ** 0.5 / (1 + z / size)
    high = middle + half if share < 1 else max(1.0, wrong / letters)
    return max(0.0, middle - half) if wrong else 0.0, high


def _bootstrap(counts: Sequence[tuple[int, int]]) -> tuple[float, float]:
    size = ceil(len(counts) / DRAWN)
    blocks = [counts[at : at + size] for at in range(0, len(counts), size)]
    # edits and letters in one number, so that one sum adds both
    sums = [(sum(e for e, _ in block) << SHIFT) + sum(n for _, n in block) for block in blocks]
    draw = random.Random(SEED)
    rates = []
    for _ in range(RESAMPLES):
        wrong, letters = divmod(sum(draw.choices(sums, k=len(sums))), 1 << SHIFT)
        rates.append(wrong / letters if letters else 0.0)
    rates.sort()
    return rates[int(0.025 * RESAMPLES)], rates[int(0.975 * RESAMPLES) - 1]
