"""ALTO 1 to 4: what libraries' OCR recognised, word by word, with boxes.

A ``TextBlock`` is a paragraph, wherever it is nested.  What stands on the page
is read: of a word divided at a line end the two parts with the hyphen between
them, never the joined word of ``SUBS_CONTENT``, which is the engine's opinion::

    <String CONTENT="extre" SUBS_TYPE="HypPart1" SUBS_CONTENT="extremely"/><HYP CONTENT="-"/>
    <String CONTENT="mely"  SUBS_TYPE="HypPart2" …/>          text as read:  extre-⏎mely

(Of 2,800 lines that end in a first part, in files of six libraries, none was
without its hyphen, in the string or in a ``HYP``.)  A word without a box of its
own has the bounds of its ``Shape``.  A line told in one string, as from engines
that know no words, is cut at its spaces, and the box is the line's.  Lines come
in the order of the file, or in that of ``ReadingOrder`` (4.3), those that it does
not name behind.

The level "region" takes the strings as they stand, in the order of the file,
empty ones too and no hyphen added, which is what other programs compare.  Boxes
in tenths of a millimetre or in 1/1200 inch are left out and noted: the file does
not say how many pixels that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

from attrs import evolve

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
    parse_xml,
    received,
    single,
)
from variorum.witness import Box, Witness

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["LEVELS", "NAME", "VERSION", "read", "recognise"]

NAME = "alto"
VERSION = "4"
LEVELS = ("line", "region")


def recognise(name: str, data: bytes) -> str:
    """Take XML whose root is ``alto``."""
    del name
    return decline(data, "alto")


def read(name: str, data: bytes, level: str = "line") -> tuple[Witness, ...]:
    """One witness with all pages of the file, blank ones too.

    Raises ``ReadingError``: no such level, not well-formed, or without a page.
    """
    checked_level(name, level, LEVELS)
    root = parse_xml(name, data)
    unit = next((e.text or "" for e in named(root, "MeasurementUnit")), "pixel").strip()
    pages = list(named(root, "Page"))
    if not pages:
        raise ReadingError("no <Page> in it", place=name, remedy="run the OCR engine again")
    sheet = Sheet(name)
    order = _order(root) if level == "line" else {}
    for page, image in zip(pages, _images(root, len(pages)), strict=True):
        size = _size(sheet, page)
        sheet.begin_page(image, size if unit == "pixel" else None)
        _lines(sheet, page, order, level, in_pixels=unit == "pixel")
        sheet.end_page()
    text, layout = sheet.finished()
    came = received(name, data, NAME, VERSION, encoding_of(root, data))
    return single(name, text, layout, came)


def _images(root: _Element, pages: int) -> list[str | None]:
    """An image for each page: one each if the file names as many, else the first for all."""
    told = [e.text.strip() for e in named(root, "fileName") if e.text and e.text.strip()]
    if len(told) == pages:
        return [*told]
    return [told[0] if told else None] * pages


def _size(sheet: Sheet, page: _Element) -> tuple[float, float] | None:
    at = line_of(page)
    width, height = (
        sheet.faults.number(page.get(name), "sizes of the page", at) for name in ("WIDTH", "HEIGHT")
    )
    return None if width is None or height is None else (width, height)


def _order(root: _Element) -> dict[str, int]:
    """Where the elements stand that the reading order names, the first time that it does."""
    out: dict[str, int] = {}
    for order in named(root, "ReadingOrder"):
        for place in named(order, "ElementRef"):
            out.setdefault(place.get("REF") or "", len(out))
    return out


def _lines(
    sheet: Sheet, page: _Element, order: dict[str, int], level: str, *, in_pixels: bool
) -> None:
    """The lines of a page; where one does not lie in the block of the one before, that ends."""
    block = None
    for line in sorted(named(page, "TextLine"), key=lambda line: _place(line, order)):
        if line.getparent() is not block:
            sheet.end_block()
            block = line.getparent()
        _line(sheet, line, level, in_pixels=in_pixels)


def _place(line: _Element, order: dict[str, int]) -> float:
    """Where a line stands in the reading order: its own place, or that of what holds it."""
    at: _Element | None = line if order else None
    while at is not None:
        if (told := order.get(at.get("ID") or "-")) is not None:
            return told
        at = at.getparent()
    return inf


def _line(sheet: Sheet, line: _Element, level: str, *, in_pixels: bool) -> None:
    language = _language(line)
    pieces: list[Piece] = []
    for part in children(line, "String", "HYP"):
        box = _boxed(sheet, part, in_pixels=in_pixels)
        if local(part) == "String":
            sure = sheet.faults.number(part.get("WC"), "confidences", line_of(part))
            told = _own_language(part) or language
            pieces.append(Piece(_content(part, level), box, sure, told, line_of(part)))
        elif level == "line":
            _hyphenate(pieces, part.get("CONTENT") or "-", box)
    box = _boxed(sheet, line, in_pixels=in_pixels)
    if level == "region":
        _as_they_stand(sheet, pieces, box, line_of(line))
        return
    if len(pieces) == 1 and len(cut(pieces[0].text)) > 1:
        whole = pieces[0]
        box = box or whole.box
        pieces = [evolve(whole, text=word.text, box=None) for _, word in cut(whole.text)]
    for piece in pieces:
        sheet.word(piece)
    sheet.end_line(box, line_of(line))


def _content(string: _Element, level: str) -> str:
    """What a string says; one that says nothing is spelled by its glyphs."""
    told = string.get("CONTENT")
    if told is None:
        told = "".join(glyph.get("CONTENT") or "" for glyph in children(string, "Glyph"))
    return folded(told) if level == "line" else told


def _hyphenate(pieces: list[Piece], hyphen: str, box: Box | None) -> None:
    """The hyphen behind the last word, unless the engine wrote it there too."""
    last = pieces.pop() if pieces else Piece("", box)
    if not last.text.endswith((hyphen, "-", "\u00ad")):
        last = evolve(last, text=last.text + hyphen, box=_around(last.box, box))
    pieces.append(last)


def _around(one: Box | None, other: Box | None) -> Box | None:
    """The box of a word and its hyphen."""
    if one is None or other is None:
        return one
    left, top = min(one[0], other[0]), min(one[1], other[1])
    return left, top, max(one[2], other[2]), max(one[3], other[3])


def _as_they_stand(sheet: Sheet, pieces: Sequence[Piece], box: Box | None, at: int) -> None:
    """The strings of a line, one space between; an empty string is kept but is no word."""
    offset, placed = 0, []
    for piece in pieces:
        placed += [(offset, piece)] if piece.text.strip() else []
        offset += len(piece.text) + 1
    sheet.line(" ".join(piece.text for piece in pieces), placed, box, at)


def _own_language(element: _Element) -> str | None:
    return element.get("LANG") or element.get("language") or element.get("LANGUAGE")


def _language(element: _Element | None) -> str | None:
    """The language told for an element or for what holds it."""
    while element is not None:
        if told := _own_language(element):
            return told
        element = element.getparent()
    return None


def _boxed(sheet: Sheet, element: _Element, *, in_pixels: bool) -> Box | None:
    box = _box(sheet, element) or _bounds(sheet, element)
    if box is not None and not in_pixels:
        sheet.faults.add("boxes that are not in pixels, left out", line_of(element))
        return None
    return box


def _box(sheet: Sheet, element: _Element) -> Box | None:
    told = [element.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
    if None in told:
        return None
    at = line_of(element)
    sides = [sheet.faults.number(side, "sides of boxes", at) for side in told]
    known = [side for side in sides if side is not None]
    if len(known) < 4:
        return None
    left, top, width, height = known
    return round(left), round(top), round(left + width), round(top + height)


def _bounds(sheet: Sheet, element: _Element) -> Box | None:
    """The bounds of the polygon that an element has for its shape."""
    for shape in children(element, "Shape"):
        for polygon in children(shape, "Polygon"):
            return sheet.faults.bounds(polygon.get("POINTS"), line_of(polygon))
    return None
