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
from typing import Any

from attrs import frozen

from variorum.ocr.evaluate import Comparison, Evaluation, PageScore, Row, rate
from variorum.ocr.letters import invisible, many, per_cent
from variorum.witness import Box, Page

__all__ = ["Image", "Images", "Told", "compared", "errors_in", "labelled", "place", "unshown"]

MOVED, LOST = 1, 2

Told = list[Any]
"""A page or a row in the order of the header."""


@frozen
class Image:
    """The image of a page: a ``data:`` URI or a link, and the size that its boxes are told in."""

    source: str
    width: int
    height: int


Images = Mapping[tuple[str, int], Image]
"""By what the page belongs to (comparison, witness, file) and its number."""


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
        return [*head, *unshown()]
    page = shown.pages.get(score.number)
    first = shown.first_line(score.number)
    own = shown.rows.get(score.number, ())
    texts = shown.truth.text.chars, shown.copy.text.chars
    rows = [_row(row, texts, first) for row in own if row.edits or not _is_blank(row, texts[1])]
    languages = [shown.truth.description.language, shown.copy.description.language]
    words = shown.words.get(score.number, [])
    return [*head, *place(image, page, sources), languages, [], rows, words]


def unshown() -> Told:
    """The rest of a page that is measured but not shown line by line."""
    return [-1, 0, 0, ["", ""], [], None, []]


def place(image: Image | None, page: Page | None, sources: dict[str, int]) -> Iterator[int]:
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
