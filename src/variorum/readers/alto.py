"""ALTO 1 to 4: what libraries' OCR recognised, word by word, with boxes.

A ``TextBlock`` is a paragraph, wherever it is nested.  What stands on the page
is read: of a word divided at a line end the two parts with the hyphen between
them, never the joined word of ``SUBS_CONTENT``, which is the engine's opinion::

    <String CONTENT="extre" SUBS_TYPE="HypPart1" SUBS_CONTENT="extremely"/><HYP CONTENT="-"/>
    <String CONTENT="mely"  SUBS_TYPE="HypPart2" …/>          text as read:  extre-⏎mely

The level "region" takes the strings as they stand, empty ones too and no hyphen
added, which is what other programs compare.  A word without a box of its own
has the bounds of its ``Shape``.  Boxes in tenths of a millimetre or in 1/1200
inch are left out and noted: the file does not say how many pixels that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

from variorum.errors import ReadingError
from variorum.readers import (
    Piece,
    Sheet,
    checked_level,
    decline,
    folded,
    line_of,
    parse_xml,
    received,
    single,
)
from variorum.witness import Box, Witness

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["LEVELS", "NAME", "VERSION", "read", "recognise"]

NAME = "alto"
VERSION = "3"
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
    unit = next((e.text or "" for e in _named(root, "MeasurementUnit")), "pixel").strip()
    pages = list(_named(root, "Page"))
    if not pages:
        raise ReadingError("no <Page> in it", place=name, remedy="run the OCR engine again")
    sheet = Sheet(name)
    for page, image in zip(pages, _images(root, len(pages)), strict=True):
        sheet.begin_page(image, _size(page) if unit == "pixel" else None)
        for block in _named(page, "TextBlock"):
            for line in _named(block, "TextLine"):
                _line(sheet, line, level, in_pixels=unit == "pixel")
            sheet.end_block()
        sheet.end_page()
    text, layout = sheet.finished()
    return single(name, text, layout, received(name, data, NAME, VERSION, "utf-8"))


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _named(element: _Element, *names: str) -> Iterator[_Element]:
    """Descendants of the given local names, in order."""
    for found in element.iter():
        if _local(found) in names:
            yield found


def _images(root: _Element, pages: int) -> list[str | None]:
    """An image for each page: one each if the file names as many, else the first for all."""
    named = [e.text.strip() for e in _named(root, "fileName") if e.text and e.text.strip()]
    if len(named) == pages:
        return [*named]
    return [named[0] if named else None] * pages


def _line(sheet: Sheet, line: _Element, level: str, *, in_pixels: bool) -> None:
    language = _language(line)
    pieces: list[Piece] = []
    for part in line:
        if _local(part) == "HYP" and level == "line":
            _hyphenate(pieces, part.get("CONTENT") or "-")
        elif _local(part) == "String":
            pieces.append(
                Piece(
                    _content(part, level),
                    _boxed(sheet, part, in_pixels=in_pixels),
                    _confidence(sheet, part),
                    _own_language(part) or language,
                    line_of(part),
                )
            )
    box = _boxed(sheet, line, in_pixels=in_pixels)
    if level == "region":
        _as_they_stand(sheet, pieces, box, line_of(line))
        return
    for piece in pieces:
        sheet.word(piece)
    sheet.end_line(box, line_of(line))


def _content(string: _Element, level: str) -> str:
    """What a string says; one that says nothing is spelled by its glyphs."""
    told = string.get("CONTENT")
    if told is None:
        told = "".join(e.get("CONTENT") or "" for e in string if _local(e) == "Glyph")
    return folded(told) if level == "line" else told


def _hyphenate(pieces: list[Piece], hyphen: str) -> None:
    """The hyphen behind the last word, unless the engine wrote it there too."""
    last = pieces.pop() if pieces else Piece("")
    if not last.text.endswith((hyphen, "-", "\u00ad")):
        last = Piece(last.text + hyphen, last.box, last.confidence, last.language, last.at)
    pieces.append(last)


def _as_they_stand(sheet: Sheet, pieces: list[Piece], box: Box | None, at: int) -> None:
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


def _confidence(sheet: Sheet, part: _Element) -> float | None:
    value = part.get("WC")
    if value is None:
        return None
    try:
        return float(value)
    except ValueError:
        sheet.fault("confidences that are no number, left out", line_of(part))
        return None


def _number(element: _Element, name: str) -> float | None:
    try:
        return float(element.get(name) or "")
    except ValueError:
        return None


def _boxed(sheet: Sheet, element: _Element, *, in_pixels: bool) -> Box | None:
    box = _box(element) or _bounds(element)
    if box is not None and not in_pixels:
        sheet.fault("boxes that are not in pixels, left out", line_of(element))
        return None
    return box


def _box(element: _Element) -> Box | None:
    left, top = _number(element, "HPOS"), _number(element, "VPOS")
    width, height = _number(element, "WIDTH"), _number(element, "HEIGHT")
    if left is None or top is None or width is None or height is None:
        return None
    return round(left), round(top), round(left + width), round(top + height)


_COORDINATE = regex.compile(r"-?\d+(?:\.\d+)?")


def _bounds(element: _Element) -> Box | None:
    """The bounds of the polygon that an element has for its shape."""
    for shape in element:
        if _local(shape) == "Shape":
            for polygon in _named(shape, "Polygon"):
                told = [float(n) for n in _COORDINATE.findall(polygon.get("POINTS") or "")]
                if len(told) > 1:
                    xs, ys = told[0::2], told[1::2]
                    return round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))
    return None


def _size(page: _Element) -> tuple[float, float] | None:
    width, height = _number(page, "WIDTH"), _number(page, "HEIGHT")
    return None if width is None or height is None else (width, height)
