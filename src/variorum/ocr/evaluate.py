"""How good is this copy?  Rates against a truth, and where every edit of them stands.

::

    truth, copy ─▶ prepared ─▶ shortest way ─▶ put back in order ─▶ rows, words, turns, confusions
                   (profile)   └ cer            └ cer of the text     (one Comparison a page)
                                                  cer − that: order    └─ pooled ─▶ Evaluation

``cer`` divides edits by the letters of the truth, as the field does (it may
exceed 1); ``cer_normalised`` by letters right plus edits (it may not).  Nothing
against nothing is 0; something against nothing has no rate, and says so.  Pages
are pooled by adding edits and letters, never by averaging rates, so the order
of the pages does not matter.  The interval is a bootstrap (Efron 1979) over
pages where there are enough, else over lines, neighbours drawn together.

The truth is a transcription, or another witness that is taken for one; never a
majority of copies of one another, which agree in their own mistakes.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from math import ceil

import regex
from attrs import field, frozen

from variorum.ocr.confusions import (
    Confusion,
    Counts,
    Pattern,
    Tally,
    confusions,
    counted,
    patterns,
    pooled,
    tally,
)
from variorum.ocr.distance import Op, edits, interned
from variorum.ocr.order import Ordered, put_back
from variorum.ocr.profiles import Prepared, Profile, prepared, words_of
from variorum.ocr.rows import Cut, Piece, cuts
from variorum.ocr.words import Scored, Shares, common, scored, shares
from variorum.text import Derived, Span
from variorum.witness import Box, Witness

__all__ = [
    "Comparison",
    "Evaluation",
    "PageScore",
    "Row",
    "Side",
    "Summary",
    "TurnScore",
    "compare",
    "rate",
]

RESAMPLES, SEED = 1000, 1979
"""Of the bootstrap; the seed is in the fingerprint."""

PAGES = 20
"""Pages from which on they are what is drawn; fewer say too little of their spread."""

SHIFT = 40
"""Bits for letters beside edits: a resample of 10¹² letters fits."""

LONG = 240
"""Letters of a row that is no line of a page but a paragraph; it is drawn in parts."""

DRAWN = 100
"""Things drawn at most: with more lines, neighbours go together, as their errors do."""


def rate(edits: int, of: int) -> float | None:
    """*edits* by *of*; 0 for nothing of nothing, and no rate for something of nothing."""
    return edits / of if of else None if edits else 0.0


@frozen
class Side:
    """A witness as it is to be compared.

    ``derived`` is its text after the recipe and ``apart`` what is no part of
    the text, for a profile that has a recipe; ``turns`` are (speaker, span,
    span of the label) where the text is divided into turns.
    """

    witness: Witness
    derived: Derived | None = None
    apart: tuple[Span, ...] = ()
    turns: tuple[tuple[str, Span, Span | None], ...] = ()


@frozen
class Row:
    """A line of the copy, or part of one, with what it renders; spans of the texts as read.

    ``line`` counts the copy's lines from 0, ``page`` its pages from 1.
    ``lost`` rows have no copy: the truth's text is missing there.  ``pieces``
    are empty where nothing is wrong.
    """

    page: int
    line: int
    truth: Span
    copy: Span
    characters: int
    edits: int
    moved: bool
    lost: bool
    pieces: tuple[Piece, ...]
    box: Box | None = None


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
    letters) of every row, long ones in parts.
    """

    name: str
    digests: tuple[str, str]  # of the texts as read, truth and copy
    characters: int
    edits: int
    added: int
    exact: bool
    text_edits: int
    moved: int  # letters in passages that stand elsewhere
    passages: int
    words: int
    copy_words: int
    common_words: int  # whatever their order
    word_edits: int
    lines: tuple[tuple[int, int], ...]
    pages: tuple[PageScore, ...]
    turns: tuple[TurnScore, ...]
    kinds: tuple[Shares, ...]
    counts: Counts


@frozen(eq=False)
class Comparison:
    """One copy against its truth: the figures, and every place they come from."""

    summary: Summary
    truth: Witness
    copy: Witness
    rows: tuple[Row, ...]
    wrong: tuple[int, ...]  # offsets in the copy as read, one an edit of the text, in order


def _by_name(found: Iterable[Summary]) -> tuple[Summary, ...]:
    return tuple(sorted(found, key=lambda summary: summary.name))


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
        """A 95 % interval of ``cer_text`` by seeded bootstrap; nothing where there is no rate."""
        if self.drawn == "page":
            return _bootstrap([(page.edits, page.characters) for page in self.pages])
        return _bootstrap([line for s in self.summaries for line in s.lines])


def _pooled(column: Sequence[Shares]) -> Shares:
    examples = tuple(example for shares in column for example in shares.examples)
    return Shares(
        column[0].kind, sum(s.words for s in column), sum(s.wrong for s in column), examples[:12]
    )


def _bootstrap(counts: Sequence[tuple[int, int]]) -> tuple[float, float] | None:
    if not sum(n for _, n in counts):
        return None if sum(e for e, _ in counts) else (0.0, 0.0)
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


def compare(name: str, truth: Side, copy: Side, profile: Profile) -> Comparison:
    """*copy* against *truth* under *profile*."""
    a = prepared(truth.witness, profile, truth.derived, truth.apart)
    b = prepared(copy.witness, profile, copy.derived, copy.apart)
    codes = interned(a.letters, b.letters)
    whole = edits(*codes)
    told = put_back(*codes, whole)
    ordered = _in_order(b.letters, told)
    lines = _Lines.of(copy.witness, b)
    found = cuts(a.letters, ordered, told, lines.starts)
    turns = [(speaker, a.letter(span.start), a.letter(span.end), span, label)
             for speaker, span, label in truth.turns]  # fmt: skip
    words, kinds = _words(truth, a, b, profile)
    right = dict(_labels_read(truth, a, words))
    rows = tuple(_row(cut, a, b, lines) for cut in found)
    summary = Summary(
        name=name,
        digests=(truth.witness.text.digest, copy.witness.text.digest),
        characters=len(a.letters),
        edits=len(whole),
        added=sum(tag == "insert" for tag, _, _ in whole.ops),
        exact=whole.exact,
        text_edits=len(told.edits),
        moved=sum(len(passage.copy) for passage in told.passages),
        passages=len(told.passages),
        words=len(words.found.truth),
        copy_words=len(words.found.copy),
        common_words=common(words.found.truth, words.found.copy),
        word_edits=words.found.edits,
        lines=tuple(_lines(found, told.edits.ops)),
        pages=tuple(_pages(name, copy.witness, rows)),
        turns=tuple(_turns(turns, told.edits.ops, right)),
        kinds=kinds,
        counts=counted(a.letters, ordered, told.edits.ops),
    )
    return Comparison(summary, truth.witness, copy.witness, rows, tuple(_places(told, b)))


def _lines(found: Iterable[Cut], ops: Sequence[Op]) -> Iterator[tuple[int, int]]:
    """Edits and letters of every row; of a text without line ends, of stretches as long as lines.

    One row alone would have an interval of no width.
    """
    at = [i for _, i, _ in ops]
    for cut in found:
        left, (start, end) = cut.edits, (cut.truth.start, cut.truth.end)
        while end - start > LONG:
            mine = bisect_left(at, start + LONG // 2) - bisect_left(at, start)
            yield min(mine, left), LONG // 2
            left, start = left - min(mine, left), start + LONG // 2
        yield left, end - start


def _pages(name: str, copy: Witness, rows: Iterable[Row]) -> Iterator[PageScore]:
    """The copy's pages; the whole copy where it has none."""
    files = {page.number: page.file for page in copy.layout.pages} or {1: ""}
    letters = dict.fromkeys(files, 0)
    wrong = dict.fromkeys(files, 0)
    for row in rows:
        letters[row.page] = letters.get(row.page, 0) + row.characters
        wrong[row.page] = wrong.get(row.page, 0) + row.edits
    for number in sorted(letters):
        yield PageScore(name, number, letters[number], wrong[number], files.get(number, ""))


def _in_order(letters: Sequence[str], told: Ordered) -> Sequence[str]:
    if len(told.pieces) == 1:
        return letters
    return [letter for span in told.pieces for letter in letters[span.start : span.end]]


@frozen
class _Lines:
    """The lines of a copy: the letter each begins at, its page, its box."""

    starts: Sequence[int]
    pages: Sequence[int]
    boxes: Sequence[Box | None]

    @classmethod
    def of(cls, witness: Witness, made: Prepared) -> _Lines:
        """By the layout, or by newlines; letters before the first line belong to it."""
        laid = [(line.span.start, line.box) for line in witness.layout.lines]
        text = witness.text.chars
        if not laid:
            laid = [(m.start(), None) for m in regex.finditer(r"(?m)^.+$", text)] or [(0, None)]
        firsts = [page.span.start for page in witness.layout.pages] or _after_feeds(text)
        starts = [made.letter(offset) for offset, _ in laid]
        starts[0] = 0
        pages = [max(1, bisect_right(firsts, offset)) for offset, _ in laid]
        return cls(starts, pages, [box for _, box in laid])


def _after_feeds(text: str) -> list[int]:
    return [0, *(m.end() for m in regex.finditer("\f", text))]


def _row(cut: Cut, a: Prepared, b: Prepared, lines: _Lines) -> Row:
    return Row(
        lines.pages[cut.line],
        cut.line,
        a.span(cut.truth.start, cut.truth.end),
        b.span(cut.copy.start, cut.copy.end),
        len(cut.truth),
        cut.edits,
        cut.moved,
        cut.lost,
        cut.pieces,
        lines.boxes[cut.line],
    )


def _places(told: Ordered, b: Prepared) -> Iterator[int]:
    """Where in the copy as read each edit of the text stands."""
    offsets = [0]
    for piece in told.pieces:
        offsets.append(offsets[-1] + len(piece))
    found = []
    for _, _, j in told.edits.ops:
        number = min(bisect_right(offsets, j) - 1, len(told.pieces) - 1)
        found.append(b.base(told.pieces[number].start + j - offsets[number]))
    yield from sorted(found)


@frozen(eq=False)
class _Words:
    """The words aligned, with the truth's spans in the compared text."""

    found: Scored
    spans: list[tuple[int, int]]


def _words(
    truth: Side, a: Prepared, b: Prepared, profile: Profile
) -> tuple[_Words, tuple[Shares, ...]]:
    text, other = a.derived.result, b.derived.result
    spans, others = words_of(text, profile), words_of(other, profile)
    found = scored([text[i:j] for i, j in spans], [other[i:j] for i, j in others])
    broken = {*_broken(a, spans)}
    halves = {*_broken(b, others)}
    for tag, i0, i1, j0, j1 in found.opcodes:
        if tag in ("equal", "replace") and halves:
            broken |= {i for i, j in zip(range(i0, i1), range(j0, j1), strict=False) if j in halves}
    labels = [_in_result(a, label) for _, _, label in truth.turns if label is not None]
    return _Words(found, spans), shares(found, text, spans, frozenset(broken), labels)


def _in_result(made: Prepared, span: Span) -> tuple[int, int]:
    found = made.derived.to_result(span)
    return found.start, found.end


_BROKEN = regex.compile(r"\p{L}[-\u00ad\u2010\u00ac=\u2e17]\s*[\r\n\f]\s*\p{Ll}")


def _broken(made: Prepared, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Numbers of the words that a line end breaks in the text as read."""
    starts = [start for start, _ in spans]
    for match in _BROKEN.finditer(made.derived.base):
        for edge in (match.start(), match.end() - 1):
            at = made.derived.to_result(Span(edge, edge + 1)).start
            number = bisect_right(starts, at) - 1
            if number >= 0 and at < spans[number][1]:
                yield number


def _labels_read(truth: Side, a: Prepared, words: _Words) -> Iterator[tuple[Span, bool]]:
    """Each label of the truth, and whether all its words were read right."""
    starts = [start for start, _ in words.spans]
    for _, _, label in truth.turns:
        if label is not None:
            start, end = _in_result(a, label)
            first, after = bisect_right(starts, start - 1), bisect_right(starts, end - 1)
            yield label, all(number in words.found.right for number in range(first, after))


def _turns(
    turns: Iterable[tuple[str, int, int, Span, Span | None]],
    ops: Sequence[Op],
    right: dict[Span, bool],
) -> Iterator[TurnScore]:
    at = [i for _, i, _ in ops]
    for number, (speaker, start, end, span, label) in enumerate(turns, 1):
        wrong = bisect_right(at, end - 1) - bisect_right(at, start - 1)
        read = right.get(label) if label is not None else None
        yield TurnScore(number, speaker, span, end - start, wrong, read)
