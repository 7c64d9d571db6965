"""PAGE XML 2010 to 2019: what OCR-D, Transkribus, eScriptorium and Aletheia write.

Regions come in the order that ``ReadingOrder`` tells, groups within groups,
ordered or not; regions it does not name follow where they stand in the file, so
that nothing is lost.  A text may be told three times, and the three may differ::

    TextRegion   TextEquiv/Unicode   "Hand, Mylord,⏎sein"    level "region"
      TextLine   TextEquiv/Unicode   "Hand, Mylord,"         level "line", read by default
        Word     TextEquiv/Unicode   "Hand," "Mylord,"       level "word"

Of several ``TextEquiv`` the one of lowest ``index`` is read, else the surest,
else the first; where it is empty, what the element holds is read.  Boxes are the
bounds of the polygons.  Where the words of a line neither spell it nor are as
many as its own, the line is read and its words have no boxes.

At the level of regions the text is the region's and ours to neither add to nor
shorten: empty lines are kept, and so are only those regions that the reading
order names (if there is one), which is what other programs compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING

import regex
from attrs import evolve, frozen

from variorum.errors import ReadingError
from variorum.readers import (
    Piece,
    Sheet,
    checked_level,
    children,
    cut,
    decline,
    encoding_of,
    folded,
    line_of,
    local,
    named,
    number,
    parse_xml,
    received,
    single,
)
from variorum.witness import Box, Witness

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["LEVELS", "NAME", "VERSION", "read", "recognise"]

NAME = "page-xml"
VERSION = "3"
LEVELS = ("line", "region", "word")

_ORDERED = frozenset(["OrderedGroup", "OrderedGroupIndexed"])
_GROUPS = _ORDERED | {"UnorderedGroup", "UnorderedGroupIndexed"}


def recognise(name: str, data: bytes) -> str:
    """Take XML whose root is ``PcGts``."""
    del name
    return decline(data, "PcGts")


def read(name: str, data: bytes, level: str = "line") -> tuple[Witness, ...]:
    """One witness with the page of the file, its text told by its lines, regions or words.

    Raises ``ReadingError``: no such level, not well-formed, or without a page.
    """
    checked_level(name, level, LEVELS)
    root = parse_xml(name, data)
    pages = list(named(root, "Page"))
    if not pages:
        raise ReadingError("no <Page> in it", place=name, remedy="export the page again")
    sheet = Sheet(name)
    for page in pages:
        sheet.begin_page(page.get("imageFilename") or None, _size(sheet, page))
        for region in _regions(sheet, page, level):
            _region(sheet, region, level)
            sheet.end_block()
        sheet.end_page()
    text, layout = sheet.finished()
    came = received(name, data, NAME, VERSION, encoding_of(root, data))
    return single(name, text, layout, came)


def _size(sheet: Sheet, page: _Element) -> tuple[float, float] | None:
    at = line_of(page)
    width, height = (
        sheet.faults.number(page.get(name), "sizes of the page", at)
        for name in ("imageWidth", "imageHeight")
    )
    return None if width is None or height is None else (width, height)


def _regions(sheet: Sheet, page: _Element, level: str) -> Iterator[_Element]:
    """The text regions in reading order, then those that it does not name.

    A region that the order names brings those within it that it does not name
    (the cells of a table).  At the level of regions what the order does not name
    is left out and noted.
    """
    found = list(named(page, "TextRegion"))
    orders = list(children(page, "ReadingOrder"))
    if not orders:
        yield from found
        return
    alone = level == "region"
    ordered = _ordered(sheet, page, orders, alone=alone)
    known = {id(region) for region in ordered}
    met: set[int] = set()
    for named_ in ordered:
        for region in _within(named_, known, alone=alone):
            met.add(id(region))
            yield region
    for region in found:
        if id(region) not in met and not alone:
            yield region
        elif id(region) not in met and _told(region).text:
            sheet.faults.add("regions that the reading order lacks, left out", line_of(region))


def _ordered(
    sheet: Sheet, page: _Element, orders: Sequence[_Element], *, alone: bool
) -> list[_Element]:
    """The regions of any kind that the reading order names, each once, in that order."""
    held = {e.get("id"): e for e in reversed(list(page.iter("*"))) if e.tag.endswith("Region")}
    out: dict[str, _Element] = {}
    for order in orders:
        for ref in (ref for group in children(order, "*") for ref in _refs(sheet, group, alone)):
            told, at = ref.get("regionRef") or "", line_of(ref)
            if told in out:
                sheet.faults.add("regions that the reading order names again, read once", at)
            elif told in held:
                out[told] = held[told]
            else:
                sheet.faults.add("regions that the reading order names and nothing is", at)
    return list(out.values())


def _within(region: _Element, known: set[int], *, alone: bool) -> Iterator[_Element]:
    """A text region and those within it that the order does not name for themselves."""
    if local(region) == "TextRegion":
        yield region
    if alone:
        return
    for child in region.iterchildren("*"):
        if local(child).endswith("Region") and id(child) not in known:
            yield from _within(child, known, alone=False)


def _refs(sheet: Sheet, element: _Element, by_region: bool) -> Iterator[_Element]:
    """What names a region, in the order that a group of the reading order tells.

    A group may be a region's own: its text, then its parts.  At the level of
    regions only the parts are told, since the two say the same, and only those
    with a place, since others are no members of the group to other programs.
    """
    kind = local(element)
    if element.get("regionRef") and not (by_region and kind in _GROUPS):
        yield element
    members = list(element.iterchildren("*")) if kind in _GROUPS else []
    if kind in _ORDERED:
        places = {id(member): _index(sheet, member) for member in members}
        members.sort(key=lambda member: places[id(member)])
        members = [m for m in members if not by_region or places[id(m)] < inf]
    for member in members:
        yield from _refs(sheet, member, by_region)


def _index(sheet: Sheet, element: _Element) -> float:
    """Where a member of a group stands; one that does not say so stands behind the others."""
    told = sheet.faults.number(
        element.get("index"), "places in the reading order", line_of(element)
    )
    return inf if told is None else told


def _region(sheet: Sheet, region: _Element, level: str) -> None:
    rows = [_row(sheet, line) for line in _in_order(list(children(region, "TextLine")))]
    if level != "region":
        told = [(_line_text(row, level), row) for row in rows]
        for text, row in told:
            if text:
                sheet.line(text, _placed(text, row), row.box, row.whole.at)
        if any(text for text, _ in told) or _tells(region):
            return
    own = _told(region).text or ""
    texts = own.split("\n") if own else []
    if level != "region":
        texts = [text for text in map(_unbroken, texts) if text]
    _told_lines(sheet, texts, rows)


def _tells(region: _Element) -> bool:
    """Whether regions within this one tell its text."""
    return any(
        _told(part).text
        for inner in children(region, "TextRegion")
        for part in named(inner, *_TELL)
    )


_TELL = ("TextRegion", "TextLine", "Word", "Glyph")


@frozen
class _Row:
    """A line as told: its own text, its words, and what is true of words that do not say so."""

    text: str | None
    words: tuple[Piece, ...]
    whole: Piece
    box: Box | None


def _row(sheet: Sheet, line: _Element) -> _Row:
    told = _told(line)
    at = line_of(line)
    sure = sheet.faults.number(told.confidence, "confidences", at)
    whole = Piece("", None, sure, _language(line), at)
    words = tuple(_words(sheet, line, whole))
    return _Row(told.text, words, whole, _box(sheet, line))


def _line_text(row: _Row, level: str) -> str:
    """What a line says of itself, or what its words say if that is asked for or is all there is."""
    own, spelled = _unbroken(row.text or ""), " ".join(word.text for word in row.words)
    return (spelled or own) if level == "word" else (own or spelled)


def _told_lines(sheet: Sheet, texts: Sequence[str], rows: Sequence[_Row]) -> None:
    """Lines of a region's text; where they are as many as its lines, with their boxes."""
    if len(texts) != len(rows):
        for text in texts:
            sheet.line(text, cut(text))
        return
    for text, row in zip(texts, rows, strict=True):
        sheet.line(text, _placed(text, row), row.box, row.whole.at)


def _in_order(lines: list[_Element]) -> list[_Element]:
    """Lines by their ``index`` if each has its own, else as they stand in the file."""
    told = {id(line): number(line.get("index")) for line in lines}
    known = {index for index in told.values() if index is not None}
    if len(known) < len(lines):
        return lines
    return sorted(lines, key=lambda line: told[id(line)] or 0.0)


_BREAKS = regex.compile(r"[\n\r\v\f\x85\u2028\u2029]")


def _unbroken(text: str) -> str:
    """A line's text without line breaks in it and without white space at its ends.

    White space within it is as told: one space, or several.
    """
    parts = (part.strip(" \t") for part in _BREAKS.split(text))
    joined = " ".join(part for part in parts if part)
    return joined if joined.strip() else ""


def _words(sheet: Sheet, line: _Element, whole: Piece) -> Iterator[Piece]:
    """The words of a line; what they do not say of themselves the line says for them."""
    for word in children(line, "Word"):
        told, at = _told(word), line_of(word)
        text = folded(told.text or "") or folded(_glyphs(word))
        if text:
            sure = sheet.faults.number(told.confidence, "confidences", at)
            yield Piece(
                text,
                _box(sheet, word),
                whole.confidence if sure is None else sure,
                _own_language(word) or whole.language,
                at,
            )


def _glyphs(word: _Element) -> str:
    return "".join(_told(glyph).text or "" for glyph in children(word, "Glyph"))


def _placed(text: str, row: _Row) -> list[tuple[int, Piece]]:
    """The words of a line at their places in its text; without boxes where they do not fit it."""
    spelled = _spelled(text, row.words)
    if spelled is not None:
        return spelled
    own = cut(text)
    if len(own) == len(row.words):  # the line was corrected, its words were not
        return [(at, evolve(w, text=p.text)) for (at, p), w in zip(own, row.words, strict=True)]
    return [(at, evolve(row.whole, text=piece.text)) for at, piece in own]


def _spelled(text: str, words: Sequence[Piece]) -> list[tuple[int, Piece]] | None:
    """The words one after the other in *text*, with nothing but white space between, or nothing."""
    out, at = [], 0
    for word in words:
        start = text.find(word.text, at)
        if start < 0 or text[at:start].strip():
            return None
        out.append((start, word))
        at = start + len(word.text)
    return None if text[at:].strip() else out


@frozen
class _Told:
    """What the ``TextEquiv`` of an element that is read says; nothing: it has none."""

    text: str | None = None
    confidence: str | None = None


def _told(element: _Element) -> _Told:
    found = list(children(element, "TextEquiv"))
    if not found:
        return _Told()
    chosen = found[0] if len(found) == 1 else _chosen(found)
    for text in (*children(chosen, "Unicode"), *children(chosen, "PlainText")):
        return _Told(text.text or "", chosen.get("conf"))
    return _Told("", chosen.get("conf"))


def _chosen(found: Sequence[_Element]) -> _Element:
    """Of several ``TextEquiv`` the one to read."""
    indexed = [e for e in found if number(e.get("index")) is not None]
    if indexed:
        return min(indexed, key=lambda e: number(e.get("index")) or 0.0)
    sure = [e for e in found if number(e.get("conf")) is not None]
    return max(sure, key=lambda e: number(e.get("conf")) or 0.0) if sure else found[0]


def _own_language(element: _Element) -> str | None:
    return element.get("language") or element.get("primaryLanguage")


def _language(element: _Element | None) -> str | None:
    """The language told for an element or for what holds it."""
    while element is not None:
        if told := _own_language(element):
            return told
        element = element.getparent()
    return None


def _box(sheet: Sheet, element: _Element) -> Box | None:
    """The bounds of the polygon (``points``, or ``Point``s in old files), or of the baseline."""
    for outline in (*children(element, "Coords"), *children(element, "Baseline")):
        told = outline.get("points")
        if told is None:
            told = " ".join(
                f"{point.get('x')},{point.get('y')}" for point in children(outline, "Point")
            )
        if told:
            return sheet.faults.bounds(told, line_of(outline))
    return None
