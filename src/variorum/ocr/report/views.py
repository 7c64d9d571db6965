"""What the page's script draws: pages, their lines, what is wrong in each, where on the image.

Plain lists, so that a hundred thousand letters are a few hundred kilobytes and
are made in a few milliseconds; the script draws them as far as they are looked
at.  No offset leaves this file: a line carries its own letters, so nothing has
to be counted again as browsers count::

    page   [label, file, errors, rate, short, long,
            image, width, height, languages, notes, rows, words]
    row    [line, errors, letters, flags, what, box, note]
    what   right: the line, or [truth, copy] as read where they are not alike letter by letter
           wrong: ["alike", ["truth", "copy"], "alike", …]
    words  [left, top, right, bottom, errors, …] of words with errors in them, flat

``image`` numbers the sources, each of which is in the file once, however often
the page shows it; -1 is none.  ``rows`` are null for a page that is measured
but not shown line by line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from variorum.ocr.evaluate import Comparison, Evaluation, PageScore, Row, rate
from variorum.ocr.report.letters import invisible, many, per_cent
from variorum.witness import Box, Page, Witness

if TYPE_CHECKING:
    from variorum.ocr.estimate import LineEstimate, PageEstimate

__all__ = ["Image", "called", "compared", "errors_in", "estimated", "labelled"]

MOVED, LOST = 1, 2

DOUBTED = 0.6
"""Confidence below which an estimate's page shows a word as doubted by its engine: on the worn
specimens (O2, O3) three of five such words are wrong, over a third of all that are."""

Told = list[Any]
"""A page or a row in the order of the header."""


@frozen
class Image:
    """The image of a page: a ``data:`` URI or a link, and the size that its boxes are told in."""

    source: str
    width: int
    height: int


Images = Mapping[tuple[str, int], Image]


def labelled(pages: Sequence[tuple[str, int]]) -> list[str]:
    """What each page (name, number) is called: its number, its name, or both if need be."""
    sizes = Counter(name for name, _ in pages)
    if len(sizes) == 1:
        return [f"Page {number}" for _, number in pages]
    return [name if sizes[name] == 1 else f"{name}, page {number}" for name, number in pages]


def errors_in(edits: int, letters: int) -> str:
    """What a rate is made from, in words."""
    return f"{many(edits, 'error', 'errors')} in {many(letters, 'letter', 'letters')} of the truth"


def compared(
    evaluation: Evaluation, comparisons: Sequence[Comparison], images: Images
) -> dict[str, object]:
    """The data of ``ocr evaluate``: every page, and the lines of *comparisons*."""
    scores = evaluation.pages
    labels = labelled([(page.name, page.number) for page in scores])
    shown = {c.summary.name: _Shown(c) for c in comparisons}
    sources: dict[str, int] = {}
    pages = [
        _page(label, score, shown.get(score.name), images.get((score.name, score.number)), sources)
        for label, score in zip(labels, scores, strict=True)
    ]
    return {
        "truth": True,
        "names": invisible(_letters(evaluation, comparisons)),
        "pages": pages,
        "images": list(sources),
        "pairs": _pairs(evaluation),
    }


def _letters(evaluation: Evaluation, comparisons: Sequence[Comparison]) -> Iterator[str]:
    """All letters that a mark may hold."""
    for comparison in comparisons:
        for row in comparison.rows:
            for tag, truth, copy in row.pieces:
                if tag != "equal":
                    yield from (truth, copy)
    for pair in _pairs(evaluation):
        yield from pair


def _pairs(evaluation: Evaluation) -> list[tuple[str, str]]:
    """What was read for what, as the buttons of the tables number it."""
    singles = [(c.truth, c.copy) for c in evaluation.confusions]
    return singles + [(p.truth, p.copy) for p in evaluation.patterns]


class _Shown:
    """A comparison by its pages: lines, and words with errors in them."""

    def __init__(self, comparison: Comparison) -> None:
        self.copy = comparison.copy
        self.truth = comparison.truth
        self.rows: dict[int, list[Row]] = {}
        for row in comparison.rows:
            self.rows.setdefault(row.page, []).append(row)
        self.pages = {page.number: page for page in comparison.copy.layout.pages}
        self.words: dict[int, list[int]] = {}
        for number, box, errors in _wrong_words(comparison):
            self.words.setdefault(number, []).extend((*box, errors))

    def first_line(self, number: int) -> int:
        """The number of a page's first line in the copy."""
        lines, page = self.copy.layout.lines, self.pages.get(number)
        if lines and page:
            return bisect_left(lines, page.span.start, key=lambda line: line.span.start)
        return min((row.line for row in self.rows.get(number, ())), default=0)


def _wrong_words(comparison: Comparison) -> Iterator[tuple[int, Box, int]]:
    """Page, box and errors of each word of the copy in which something is wrong."""
    layout = comparison.copy.layout
    starts = [word.span.start for word in layout.words]
    if not starts:
        return
    firsts = [page.span.start for page in layout.pages]
    counts = Counter(max(0, bisect_right(starts, at) - 1) for at in comparison.wrong)
    for number, errors in sorted(counts.items()):
        word = layout.words[number]
        if word.box:
            page = max(0, bisect_right(firsts, word.span.start) - 1)
            yield layout.pages[page].number if layout.pages else 1, word.box, errors


def _page(
    label: str, score: PageScore, shown: _Shown | None, image: Image | None, sources: dict[str, int]
) -> Told:
    found = rate(score.edits, score.characters)
    long = errors_in(score.edits, score.characters)
    head = [label, score.file, score.edits, found, per_cent(found, 1), long]
    if shown is None:
        return [*head, -1, 0, 0, ["", ""], [], None, []]
    page = shown.pages.get(score.number)
    first = shown.first_line(score.number)
    own = shown.rows.get(score.number, ())
    texts = shown.truth.text.chars, shown.copy.text.chars
    rows = [_row(row, texts, first) for row in own if row.edits or not _is_blank(row, texts[1])]
    languages = [shown.truth.description.language, shown.copy.description.language]
    words = shown.words.get(score.number, [])
    return [*head, *_place(image, page, sources), languages, [], rows, words]


def _place(image: Image | None, page: Page | None, sources: dict[str, int]) -> Iterator[int]:
    """Number of the image, width and height of the page; 0 where nobody says."""
    if image:
        yield sources.setdefault(image.source, len(sources))
        yield from (image.width, image.height)
    else:
        yield from (-1, (page and page.width) or 0, (page and page.height) or 0)


def _row(row: Row, texts: tuple[str, str], first: int) -> Told:
    flags = MOVED * row.moved + LOST * row.lost
    what = _differing(row) if row.pieces else _alike(row, *texts)
    return [row.line - first + 1, row.edits, row.characters, flags, what, row.box or 0, ""]


def _is_blank(row: Row, copy: str) -> bool:
    """Whether a row is nothing but the white space between two lines."""
    return not row.copy.of(copy).strip()


def _differing(row: Row) -> list[object]:
    return [a if tag == "equal" else (a, b) for tag, a, b in row.pieces]


def _alike(row: Row, truth: str, copy: str) -> object:
    """A right line as read; line breaks inside it, which the profile ran together, are spaces."""
    a, b = row.truth.of(truth).strip("\r\n\f"), row.copy.of(copy).strip("\r\n\f")
    return a if a == b else (" ".join(a.split()), " ".join(b.split()))


def estimated(pages: Sequence[tuple[Witness, PageEstimate]], images: Images) -> dict[str, object]:
    """The data of ``ocr estimate``: pages and lines with what they probably have of errors."""
    sources: dict[str, int] = {}
    told = [
        _guessed(label, witness, found, _image(witness, found.page, images), sources)
        for label, (witness, found) in zip(called(pages), pages, strict=True)
    ]
    return {"truth": False, "names": {}, "pages": told, "images": list(sources), "pairs": []}


def called(pages: Sequence[tuple[Witness, PageEstimate]]) -> list[str]:
    """What each page is called: by its witness, or by its file if that does not tell them apart."""
    keys = [(witness.siglum, found.page.number) for witness, found in pages]
    if len(set(keys)) < len(keys):
        return labelled([(found.page.file, found.page.number) for _, found in pages])
    return labelled(keys)


def _image(witness: Witness, page: Page, images: Images) -> Image | None:
    """The image of a page, under the name of its file or of its witness."""
    return images.get((page.file, page.number)) or images.get((witness.siglum, page.number))


def _guessed(
    label: str, witness: Witness, found: PageEstimate, image: Image | None, sources: dict[str, int]
) -> Told:
    low, high = found.interval
    long = (
        f"{per_cent(low, 1)} to {per_cent(high, 1)}, {many(found.letters, 'letter', 'letters')}; "
        f"by {found.evidence.speaks}"
    )
    head = [label, found.page.file, found.cer * found.letters, found.cer]
    lines = witness.layout.lines
    first = bisect_left(lines, found.page.span.start, key=lambda line: line.span.start)
    boxes = {line.span.start: (number, line.box) for number, line in enumerate(lines)}
    doubted = _Doubted(witness)
    rows = []
    for number, line in enumerate(found.lines):
        at, box = boxes.get(line.span.start, (first + number, None))
        rows.append(_guessed_row(at - first + 1, line, box, doubted))
    return [
        *head,
        per_cent(found.cer, 1),
        long,
        *_place(image, found.page, sources),
        ["", found.language or witness.description.language],
        [notice.says for notice in found.notices],
        rows,
        list(doubted.boxes(found.page)),
    ]


class _Doubted:
    """The words of a witness that its engine doubted."""

    def __init__(self, witness: Witness) -> None:
        self.text = witness.text.chars
        self.words = [
            word
            for word in witness.layout.words
            if word.confidence is not None and word.confidence < DOUBTED
        ]
        self.starts = [word.span.start for word in self.words]

    def boxes(self, page: Page) -> Iterator[int]:
        """The boxes on a page, flat, each with a 1."""
        first, after = (bisect_left(self.starts, at) for at in (page.span.start, page.span.end))
        for word in self.words[first:after]:
            if word.box:
                yield from (*word.box, 1)

    def pieces(self, line: LineEstimate) -> Iterator[object]:
        """A line cut at its doubted words: what is not doubted, and [the word] that is."""
        at = line.span.start
        first, after = (bisect_left(self.starts, end) for end in (at, line.span.end))
        for word in self.words[first:after]:
            if word.span.start > at:
                yield self.text[at : word.span.start]
            yield [word.span.of(self.text)]
            at = word.span.end
        if at < line.span.end:
            yield self.text[at : line.span.end]


def _guessed_row(number: int, line: LineEstimate, box: Box | None, doubted: _Doubted) -> Told:
    low, high = line.interval
    note = f"{per_cent(low, 0)} to {per_cent(high, 0)}, by {line.evidence.speaks}"
    if line.rubbish:
        note += "; probably nothing that is on the page"
    what = list(doubted.pieces(line))
    return [number, line.cer * line.letters, line.letters, 0, what, box or 0, note]
