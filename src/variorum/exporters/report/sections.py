"""What the page draws at once: a bead, or a part of one that is too long to draw.

A text without labels may be one bead of a hundred thousand words; drawn whole
it would freeze the page.  A long bead is cut where a paragraph of the base
begins, or failing that at any of its tokens, and every other witness is cut
at its first token in the same column or later::

    base   ¶ ─────────── ¶ ────│────── ¶ ──────────      cut before a paragraph
    O1     ───────────── ──────│────── ────────────      cut at the same column
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import regex
from attrs import frozen

from variorum.aligners import Bead
from variorum.apparatus import Apparatus
from variorum.collation import NOTHING
from variorum.text import Span

__all__ = ["Section", "sections"]

LONGEST = 6_000
"""Characters of a witness that are drawn at once: some three printed pages."""

_END = 1 << 40
"""Beyond every text."""

_BLANK_LINES = regex.compile(r"\s*(?:\n[^\S\n]*\n|\f)\s*")


@frozen
class Section:
    """A bead or a part of it.  ``paragraphs`` are spans of each text; ``column`` is the first."""

    title: str
    turn: str
    role: str
    move: bool
    column: int
    paragraphs: Mapping[str, tuple[Span, ...]]


def sections(apparatus: Apparatus) -> tuple[Section, ...]:
    """All beads in their order, cut where they are long; the whole text where there are none."""
    names = {speaker.id: speaker.names[0] for speaker in apparatus.speakers if speaker.names}
    columns = _Columns(apparatus)
    out: list[Section] = []
    for bead in apparatus.beads or (_whole(apparatus),):
        title = names.get(bead.speaker or "", bead.speaker or "") or bead.role
        turn = "" if bead.turn is None else str(bead.turn)
        for spans in _parts(apparatus.base, bead.witnesses, columns, apparatus):
            here = columns.first(apparatus.base, spans)
            column = out[-1].column if here is None and out else here or 0
            out.append(Section(title, turn, bead.role, bead.move, column, spans))
    return tuple(out)


def _whole(apparatus: Apparatus) -> Bead:
    spans = {w.siglum: (Span(0, len(w.text)),) for w in apparatus.witnesses}
    return Bead("", None, "text", None, spans, False, 1.0)


class _Columns:
    """Tokens of each witness by offset and by column."""

    def __init__(self, apparatus: Apparatus) -> None:
        collation = apparatus.collation
        self.starts = dict(
            zip(collation.sigla, (tokens.starts for tokens in collation.tokens), strict=True)
        )
        self.columns = {
            siglum: np.flatnonzero(collation.table[:, row] != NOTHING)
            for row, siglum in enumerate(collation.sigla)
        }

    def at(self, siglum: str, offset: int) -> int | None:
        """The column of the first token at *offset* or later, or nothing."""
        if siglum not in self.starts:
            return None
        token = int(np.searchsorted(self.starts[siglum], offset))
        columns = self.columns[siglum]
        return int(columns[token]) if token < len(columns) else None

    def offset(self, siglum: str, column: int) -> int:
        """Where the first token in *column* or later begins, or the end."""
        if siglum not in self.columns:
            return _END
        token = int(np.searchsorted(self.columns[siglum], column))
        starts = self.starts[siglum]
        return int(starts[token]) if token < len(starts) else _END

    def first(self, base: str, spans: Mapping[str, Sequence[Span]]) -> int | None:
        """The column where a section begins: the base's, or the first witness's that has it."""
        for siglum in (base, *sorted(spans)):
            if spans.get(siglum):
                return self.at(siglum, spans[siglum][0].start)
        return None


def _parts(
    base: str, witnesses: Mapping[str, tuple[Span, ...]], columns: _Columns, apparatus: Apparatus
) -> Iterator[dict[str, tuple[Span, ...]]]:
    paragraphs = {
        siglum: tuple(p for span in spans for p in _paragraphs(apparatus, siglum, span))
        for siglum, spans in witnesses.items()
    }
    lead = base if paragraphs.get(base) else min(paragraphs, default=base)
    cuts = list(_cuts(paragraphs.get(lead, ()), columns, lead))
    if not cuts:
        yield paragraphs
        return
    edges = {
        siglum: [0, *(columns.offset(siglum, cut) for cut in cuts), _END] for siglum in paragraphs
    }
    for number in range(len(cuts) + 1):
        yield {
            siglum: tuple(_within(spans, *edges[siglum][number : number + 2]))
            for siglum, spans in paragraphs.items()
        }


def _within(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    for span in spans:
        if span.start < end and start < span.end:
            yield Span(max(span.start, start), min(span.end, end))


def _paragraphs(apparatus: Apparatus, siglum: str, span: Span) -> Iterator[Span]:
    """The paragraphs of *span*: those of its turns, or what blank lines part."""
    division = apparatus.divisions.get(siglum)
    turns = division.turns if division else ()
    told = [p for turn in turns if turn.span.overlaps(span) for p in turn.paragraphs]
    text = next(w.text.chars for w in apparatus.witnesses if w.siglum == siglum)
    span = _trimmed(text, span)
    found = list(_within(told, span.start, span.end))
    if found:
        # What stands outside every paragraph, a label on its own line, is shown all the same.
        found[0] = Span(span.start, found[0].end)
        found[-1] = Span(found[-1].start, span.end)
        yield from found
        return
    at = span.start
    for gap in _BLANK_LINES.finditer(text, span.start, span.end):
        if gap.start() > at:
            yield Span(at, gap.start())
        at = gap.end()
    if at < span.end:
        yield Span(at, span.end)


def _trimmed(text: str, span: Span) -> Span:
    """The span without white space at either end."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _cuts(paragraphs: Sequence[Span], columns: _Columns, lead: str) -> Iterator[int]:
    """Columns at which a long bead is cut, reckoned on one witness."""
    length = sum(len(p) for p in paragraphs)
    if length <= LONGEST:
        return
    size = length / (1 + length // (LONGEST // 2))
    filled = 0.0
    last = 0
    for paragraph in paragraphs:
        at = paragraph.start
        while filled + paragraph.end - at > size:
            fresh = at == paragraph.start and filled > size / 2
            at = at if fresh else at + max(1, int(size - filled))
            filled = 0.0
            column = columns.at(lead, at)
            if column is not None and column > last:
                yield column
                last = column
        filled += paragraph.end - at
