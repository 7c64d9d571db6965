"""How good is this copy?  Rates against a truth, and where every edit of them stands.

::

    truth, copy ─▶ prepared ─▶ shortest way ─▶ put back in order ─▶ rows, words, turns, confusions
                   (profile)   └ cer            └ cer of the text     (one Comparison a page)
                                                  cer − that: order    └─ pooled ─▶ Evaluation

The truth is a transcription, or another witness that is taken for one; never a
majority of copies of one another, which agree in their own mistakes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import regex
from attrs import frozen

from variorum.ocr.confusions import counted
from variorum.ocr.distance import Op, edits, interned
from variorum.ocr.figures import Evaluation, PageScore, Summary, TurnScore, rate
from variorum.ocr.order import Ordered, doubtful, put_back
from variorum.ocr.profiles import Prepared, Profile, prepared, words_of
from variorum.ocr.rows import LOST, Cut, Piece, cuts
from variorum.ocr.words import Scored, Shares, common, lines_of_words, scored, shares
from variorum.text import Derived, Span, digest
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

LONG = 240
"""Letters of a row that is no line of a page but a paragraph; it is drawn in parts."""


@frozen
class Side:
    """A witness as it is to be compared.

    ``derived`` is its text after the recipe and ``apart`` what is no part of
    the text, for a profile that has a recipe; ``turns`` are (speaker, span,
    span of the label) where the text is divided into turns.  ``failed`` says
    which of its pages could not be read.
    """

    witness: Witness
    derived: Derived | None = None
    apart: tuple[Span, ...] = ()
    turns: tuple[tuple[str, Span, Span | None], ...] = ()
    failed: tuple[str, ...] = ()


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


@frozen(eq=False)
class Comparison:
    """One copy against its truth: the figures, and every place they come from."""

    summary: Summary
    truth: Witness
    copy: Witness
    rows: tuple[Row, ...]
    wrong: tuple[int, ...]  # offsets in the copy as read, one an edit of the text, in order


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
    words, kinds = _words(truth, a, b, told, profile)
    right = dict(_labels_read(truth, a, words))
    rows = tuple(_row(cut, a, b, lines) for cut in found)
    summary = Summary(
        name=name,
        digests=(
            truth.witness.text.digest,
            copy.witness.text.digest,
        ),
        compared=_compared(a, b, truth.turns),
        characters=len(a.letters),
        edits=len(whole),
        added=sum(tag == "insert" for tag, _, _ in whole.ops),
        exact=whole.exact,
        text_edits=len(told.edits),
        moved=sum(len(passage.copy) for passage in told.passages),
        passages=len(told.passages),
        doubtful=doubtful(told),
        words=len(words.found.truth),
        copy_words=len(words.found.copy),
        common_words=common(words.found.truth, words.found.copy),
        word_edits=words.as_read.edits,
        text_word_edits=words.found.edits,
        lost=sum(row.characters for row in rows if row.lost),
        words_added=words.as_read.added,
        word_lines=tuple(lines_of_words(words.found)),
        lines=tuple(_lines(found, told.edits.ops)),
        pages=tuple(_pages(name, copy.witness, rows)),
        turns=tuple(_turns(turns, told.edits.ops, right)),
        kinds=kinds,
        counts=counted(a.letters, ordered, told.edits.ops),
        failed=(*truth.failed, *copy.failed),
    )
    return Comparison(summary, truth.witness, copy.witness, rows, tuple(_places(told, b)))


def _compared(a: Prepared, b: Prepared, turns: Sequence[tuple[str, Span, Span | None]]) -> str:
    """A digest of what recipes, roles and speakers made of the two texts."""
    told = [(who, span.start, span.end, label and (label.start, label.end))
            for who, span, label in turns]  # fmt: skip
    return digest(f"{len(a.derived.result)} {a.derived.result}{b.derived.result}{told!r}")[:16]


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
    last: int  # the number of the last page, which may be blank

    def page(self, cut: Cut) -> int:
        """The page of a row; what is lost where blank pages lie is lost on the first of them."""
        line, own = cut.line, self.pages[cut.line]
        if not cut.lost:
            return own
        at = cut.copy.start
        if at > self.starts[line] + LOST:  # behind the line, or within
            line += 1
            if line == len(self.pages):
                return min(own + 1, self.last)
            if at + LOST < self.starts[line]:
                return own
        before = self.pages[line - 1] if line else 0
        return before + 1 if self.pages[line] > before + 1 else own

    @classmethod
    def of(cls, witness: Witness, made: Prepared) -> _Lines:
        """By the layout, or by newlines; letters before the first line belong to it."""
        laid = [(line.span.start, line.box) for line in witness.layout.lines]
        text = witness.text.chars
        if not laid:
            laid = [(m.start(), None) for m in regex.finditer(r"[^\r\n\f]+", text)] or [(0, None)]
        firsts = [page.span.start for page in witness.layout.pages] or _after_feeds(text)
        starts = [made.letter(offset) for offset, _ in laid]
        starts[0] = 0
        pages = [max(1, bisect_right(firsts, offset)) for offset, _ in laid]
        return cls(starts, pages, [box for _, box in laid], max(len(firsts), *pages))


def _after_feeds(text: str) -> list[int]:
    return [0, *(m.end() for m in regex.finditer("\f", text))]


def _row(cut: Cut, a: Prepared, b: Prepared, lines: _Lines) -> Row:
    return Row(
        lines.page(cut),
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
    """The words aligned, the copy's in the order of the truth, with the truth's spans.

    ``as_read`` are the words aligned with nothing put back.
    """

    found: Scored
    spans: list[tuple[int, int]]
    as_read: Scored


def _words(
    truth: Side, a: Prepared, b: Prepared, told: Ordered, profile: Profile
) -> tuple[_Words, tuple[Shares, ...]]:
    text, other = a.derived.result, b.derived.result
    spans, as_read = words_of(text, profile), words_of(other, profile)
    own = [text[i:j] for i, j in spans]
    others = _words_in_order(as_read, told, b)
    found = scored(own, [other[i:j] for i, j in others])
    moved = len(told.pieces) > 1
    whole = scored(own, [other[i:j] for i, j in as_read]) if moved else found
    broken = {*_broken(a, spans)}
    place = {span: number for number, span in enumerate(others)}
    halves = {place[as_read[number]] for number in _broken(b, as_read)}
    for tag, i0, i1, j0, j1 in found.opcodes:
        if tag in ("equal", "replace") and halves:
            broken |= {i for i, j in zip(range(i0, i1), range(j0, j1), strict=False) if j in halves}
    labels = [_in_result(a, label) for _, _, label in truth.turns if label is not None]
    return _Words(found, spans, whole), shares(found, text, spans, frozenset(broken), labels)


def _words_in_order(
    words: list[tuple[int, int]], told: Ordered, made: Prepared
) -> list[tuple[int, int]]:
    """Words of the copy where the passages that hold their beginnings were put."""
    if len(told.pieces) < 2:
        return words
    starts = made.starts if made.starts is not None else range(len(made.letters) + 1)
    ranked = sorted((starts[piece.start], n) for n, piece in enumerate(told.pieces) if len(piece))
    firsts = [first for first, _ in ranked]

    def place(word: tuple[int, int]) -> tuple[int, int]:
        return ranked[max(0, bisect_right(firsts, word[0]) - 1)][1], word[0]

    return sorted(words, key=place)


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
