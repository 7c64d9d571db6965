"""What the page's script draws of an estimate: the same pages and lines, and no truth.

A line's errors are its estimated rate times its letters, so that lines add up
to pages here as they do where there is a truth (``views``).  What is wrong in a
line nobody can say, and of a page of which nothing speaks not even how much
(null for its errors and its rate); what the engine doubted, it said itself::

    what     ["for your ", ["heroie"], " people"]     a word in a list was doubted
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from variorum.ocr.letters import many, per_cent
from variorum.ocr.report.views import Image, Images, Told, labelled, place, unshown
from variorum.witness import Page, Witness

if TYPE_CHECKING:
    from variorum.ocr.estimate import LineEstimate, PageEstimate

__all__ = ["called", "estimate_in", "estimated", "pooled", "worst"]

SHOWN = 100
"""Pages whose every line is in the report: as many as of an evaluation, the worst."""

DOUBTED = 0.6
"""Confidence below which a word is shown as doubted by its engine: on the worn specimens (O2, O3)
three of five such words are wrong, and over a third of all that are."""

Pages = Sequence[tuple[Witness, "PageEstimate"]]


def called(pages: Pages) -> list[str]:
    """What each page is called: by its witness, or by its file if that does not tell them apart."""
    keys = [(witness.siglum, found.page.number) for witness, found in pages]
    if len(set(keys)) < len(keys):
        return labelled([(found.page.file, found.page.number) for _, found in pages])
    return labelled(keys)


def worst(pages: Pages) -> list[int]:
    """Their numbers, those with the highest rate first, those without an estimate last."""
    rates = [found.cer for _, found in pages]
    rank = [1.0 if rate is None else -rate for rate in rates]
    return sorted(range(len(pages)), key=lambda number: (rank[number], number))


def pooled(pages: Pages) -> float | None:
    """The rate over all letters of the pages that have an estimate."""
    told = [(found.cer, found.letters) for _, found in pages if found.cer is not None]
    letters = sum(number for _, number in told)
    return sum(cer * number for cer, number in told) / letters if letters else None


def estimate_in(cer: float | None) -> str:
    """An estimate in per cent, if there is one."""
    return "no estimate" if cer is None else per_cent(cer, 1)


def estimated(pages: Pages, images: Images) -> dict[str, object]:
    """The data of ``ocr estimate``: every page, and the lines of the worst."""
    sources: dict[str, int] = {}
    shown = set(worst(pages)[:SHOWN])
    known: dict[int, _Known] = {}
    told = []
    for number, (label, (witness, found)) in enumerate(zip(called(pages), pages, strict=True)):
        body = unshown()
        if number in shown:
            of = known.setdefault(id(witness), _Known(witness))
            body = of.body(found, _image(witness, found.page, images), sources)
        told.append([*_head(label, found), *body])
    return {"truth": False, "names": {}, "pages": told, "images": list(sources), "pairs": []}


def _image(witness: Witness, page: Page, images: Images) -> Image | None:
    """The image of a page, under the name of its file or of its witness."""
    return images.get((page.file, page.number)) or images.get((witness.siglum, page.number))


def _head(label: str, found: PageEstimate) -> Told:
    low, high = found.interval
    long = (
        f"{per_cent(low, 1)} to {per_cent(high, 1)}, {many(found.letters, 'letter', 'letters')}; "
        f"by {found.by}"
    )
    errors = _errors(found)
    return [label, found.page.file, errors, found.cer, estimate_in(found.cer), long]


def _errors(found: PageEstimate | LineEstimate) -> float | None:
    """How many are to be expected in a page or a line."""
    return None if found.cer is None else found.cer * found.letters


class _Known:
    """A witness: where its lines stand, and which words its engine doubted."""

    def __init__(self, witness: Witness) -> None:
        self.witness = witness
        self.lines = {line.span.start: n for n, line in enumerate(witness.layout.lines)}
        self.words = [
            word
            for word in witness.layout.words
            if word.confidence is not None and word.confidence < DOUBTED
        ]
        self.starts = [word.span.start for word in self.words]

    def body(self, found: PageEstimate, image: Image | None, sources: dict[str, int]) -> Told:
        """What follows the head of a page."""
        lines, start = self.witness.layout.lines, found.page.span.start
        first = bisect_left(lines, start, key=lambda line: line.span.start)
        rows = [self._row(n, first, line) for n, line in enumerate(found.lines)]
        language = found.language or self.witness.description.language
        notices = [notice.says for notice in found.notices]
        doubted = list(self._boxes(found.page))
        return [*place(image, found.page, sources), ["", language], notices, rows, doubted]

    def _boxes(self, page: Page) -> Iterator[int]:
        """Those of the doubted words of a page, flat, each with a 1."""
        first, after = (bisect_left(self.starts, at) for at in (page.span.start, page.span.end))
        for word in self.words[first:after]:
            if word.box:
                yield from (*word.box, 1)

    def _row(self, number: int, first: int, line: LineEstimate) -> Told:
        at = self.lines.get(line.span.start)
        box = None if at is None else self.witness.layout.lines[at].box
        low, high = line.interval
        note = f"{per_cent(low, 0)} to {per_cent(high, 0)}, by {line.evidence.speaks}"
        if line.rubbish:
            note += "; probably nothing that is on the page"
        what = list(self._pieces(line))
        place = number + 1 if at is None else at - first + 1
        return [place, _errors(line), line.letters, 0, what, box or 0, note]

    def _pieces(self, line: LineEstimate) -> Iterator[object]:
        """A line cut at its doubted words."""
        text, at = self.witness.text.chars, line.span.start
        first, after = (bisect_left(self.starts, end) for end in (at, line.span.end))
        for word in self.words[first:after]:
            if word.span.start > at:
                yield text[at : word.span.start]
            yield [word.span.of(text)]
            at = word.span.end
        if at < line.span.end:
            yield text[at : line.span.end]
