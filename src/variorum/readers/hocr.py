"""hOCR: what Tesseract and others recognised, word by word, with boxes.

Reads the classes ``ocr_page``, ``ocr_par`` (or ``ocr_carea`` without
paragraphs), the line classes and ``ocrx_word``; of their titles ``bbox``,
``x_wconf`` and ``image`` (hOCR 1.2)::

    <span class='ocrx_word' title='bbox 36 92 101 116; x_wconf 96'>Comrade</span>
                                        └ box, pixels ┘       └ confidence .96

A line without words gives its text as one word without confidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

from variorum.errors import ReadingError
from variorum.readers import Sheet, parse_xml, received, single
from variorum.witness import Box, Witness

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "hocr"
VERSION = "1"

_LINES = frozenset(
    ["ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"]
)
_BBOX = regex.compile(r"\bbbox\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)")
_CONFIDENCE = regex.compile(r"\bx_w?conf\s+([\d.]+)")
_IMAGE = regex.compile(r"\bimage\s+(?:\"([^\"]*)\"|'([^']*)'|([^;\s]+))")


def recognise(name: str, data: bytes) -> str:
    """Take XML that has an ``ocr_page``."""
    del name
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "not XML: it does not start with <"
    if not regex.search(rb"class\s*=\s*[\"'][^\"']*\bocr_page\b", data):
        return "no element of class ocr_page"
    return ""


def read(name: str, data: bytes) -> tuple[Witness, ...]:
    """One witness with all pages of the file."""
    root = parse_xml(name, data)
    sheet = Sheet()
    for page in _of_class(root, frozenset(["ocr_page"])):
        _page(sheet, page, name)
    if not sheet.words:
        raise ReadingError("no word on any page", place=name, remedy="run the OCR engine again")
    text, layout = sheet.finished()
    return single(name, text, layout, received(name, data, NAME, VERSION, "utf-8"))


def _classes(element: _Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _of_class(element: _Element, wanted: frozenset[str]) -> Iterator[_Element]:
    """Elements of a wanted class, in order, none within another."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if _classes(child) & wanted:
            yield child
        else:
            yield from _of_class(child, wanted)


def _page(sheet: Sheet, page: _Element, name: str) -> None:
    for area in [*_of_class(page, frozenset(["ocr_par"]))] or [page]:
        for line in _of_class(area, _LINES):
            _line(sheet, line)
        sheet.end_block()
    title = page.get("title") or ""
    image = _IMAGE.search(title)
    box = _box(title)
    sheet.end_page(
        name,
        next((group for group in image.groups() if group), None) if image else None,
        (box[2], box[3]) if box else None,
    )


def _line(sheet: Sheet, line: _Element) -> None:
    words = [*_of_class(line, frozenset(["ocrx_word"]))]
    for element in words or [line]:
        title = element.get("title") or ""
        confidence = _CONFIDENCE.search(title) if words else None
        sheet.word(
            " ".join("".join(str(part) for part in element.itertext()).split()),
            _box(title),
            min(1.0, float(confidence[1]) / 100) if confidence else None,
            _language(element),
        )
    sheet.end_line(_box(line.get("title") or ""))


def _language(element: _Element | None) -> str | None:
    while element is not None:
        found = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")
        if found:
            return found if _classes(element) & {"ocrx_word", "ocr_par", "ocr_line"} else None
        element = element.getparent()
    return None


def _box(title: str) -> Box | None:
    match = _BBOX.search(title)
    return (int(match[1]), int(match[2]), int(match[3]), int(match[4])) if match else None
