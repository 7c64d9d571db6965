"""hOCR 1.2: what Tesseract and others recognised, word by word, with boxes.

Pages, areas, paragraphs, lines and words are told by class; of their titles
``bbox`` (or the bounds of ``x_bboxes`` or ``poly``), ``x_wconf`` and ``image``
are read::

    <span class='ocrx_word' title='bbox 36 92 101 116; x_wconf 96'>Comrade</span>
                                        └ box, pixels ┘       └ confidence .96

Every character of a page is read once: words without a line, lines without a
paragraph and text outside of words too, the last without box and confidence.
Only of a word told glyph by glyph as well (``ocrx_cinfo``) the glyphs are
passed over, being the same characters or an engine's second thoughts.  Files in
HTML that is no XML are read as HTML, if they say that they are and are complete.
"""

from __future__ import annotations

import html.entities
from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex
from attrs import evolve

from variorum.errors import ReadingError
from variorum.readers import Piece, Sheet, decode_html, folded, line_of, parse_xml, received, single
from variorum.witness import Box, Witness

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "hocr"
VERSION = "2"

_LINES = frozenset(
    ["ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"]
    + ["ocr_pageno"]
)
_BLOCKS = _LINES | {"ocr_par", "ocr_carea", "ocrx_block", "ocr_table", "ocr_float"}
_BLOCK_TAGS = frozenset(["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "li"])
_PAGE = regex.compile(rb"class\s*=\s*(?:[\"'][^\"'>]*)?\bocr_page\b")
_PROPERTY = regex.compile(r"(?:^|;)\s*(bbox|x_bboxes|poly)\s+((?:-?\d+(?:\.\d+)?\s*)+)")
_NUMBER = regex.compile(r"-?\d+(?:\.\d+)?")
_CONFIDENCE = regex.compile(r"\bx_w?conf\s+(-?\d+(?:\.\d+)?)")
_IMAGE = regex.compile(r"\bimage\s+(?:\"([^\"]*)\"|'([^']*)'|([^;\s]+))")


def recognise(name: str, data: bytes) -> str:
    """Take what starts as XML or HTML and has an ``ocr_page``."""
    del name
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "not XML: it does not start with <"
    return "" if _PAGE.search(data) else "no element of class ocr_page"


def read(name: str, data: bytes) -> tuple[Witness, ...]:
    """One witness with all pages of the file, blank ones too.

    Raises ``ReadingError``: neither well-formed nor HTML, or without a page.
    """
    root, encoding = _parsed(name, data)
    pages = [e for e in root.iter() if "ocr_page" in _classes(e)]
    if not pages:
        raise ReadingError("no page in it", place=name, remedy="run the OCR engine again")
    sheet = Sheet(name)
    for page in pages:
        title = page.get("title") or ""
        image = _IMAGE.search(title)
        box = _box(page)
        sheet.begin_page(
            next((group for group in image.groups() if group), None) if image else None,
            (box[2], box[3]) if box else None,
        )
        _contents(sheet, page)
        sheet.end_page()
    text, layout = sheet.finished()
    return single(name, text, layout, received(name, data, NAME, VERSION, encoding))


def _parsed(name: str, data: bytes) -> tuple[_Element, str]:
    """The root, and the encoding: as XML, else as HTML if it says that it is."""
    named = _ENTITY.sub(_character, data)
    try:
        return parse_xml(name, named), "utf-8"
    except ReadingError:
        if _XHTML.search(data[:4096]) or not _HTML.search(data[:4096]):
            raise
    if not _END.search(data[-4096:]):
        raise ReadingError(
            "breaks off before </html>", place=name, remedy="run the OCR engine again"
        )
    from lxml import html as markup

    text, encoding = decode_html(name, data)
    return markup.document_fromstring(regex.sub(r"^\s*<\?xml[^>]*\?>", "", text)), encoding


_HTML = regex.compile(rb"(?i)<!doctype\s+html|<html[\s>]")
_XHTML = regex.compile(rb"(?i)<\?xml|xmlns|//DTD XHTML")
_END = regex.compile(rb"(?i)</html\s*>")
_ENTITY = regex.compile(rb"&(\w+);")
_OF_XML = frozenset(["amp", "lt", "gt", "quot", "apos"])


def _character(entity: regex.Match[bytes]) -> bytes:
    """A named character of HTML (``&nbsp;``), which XML does not know, by its number."""
    name = entity[1].decode("ascii", "replace")
    known = html.entities.name2codepoint.get(name)
    return entity[0] if known is None or name in _OF_XML else b"&#%d;" % known


def _classes(element: _Element) -> frozenset[str]:
    told = element.get("class") if isinstance(element.tag, str) else None
    return frozenset(told.split()) if told else frozenset()


def _tag(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _contents(sheet: Sheet, element: _Element) -> None:
    """What stands in a page, an area or a paragraph, in order."""
    _loose(sheet, element.text)
    for child in element:
        kinds = _classes(child)
        if "ocrx_word" in kinds:
            sheet.word(_word(child))
        elif kinds & _LINES and not any(_classes(e) & _LINES for e in child.iterdescendants()):
            _line(sheet, child)
        elif _tag(child) == "br":
            sheet.end_line()
        elif kinds & _BLOCKS or _tag(child) in _BLOCK_TAGS:
            sheet.end_block()
            _contents(sheet, child)
            sheet.end_block()
        elif _tag(child) not in ("", "script", "style"):
            _contents(sheet, child)
        _loose(sheet, child.tail)


def _loose(sheet: Sheet, text: str | None) -> None:
    for word in folded(text or "").split(" "):
        sheet.word(Piece(word))


def _line(sheet: Sheet, line: _Element) -> None:
    sheet.end_line()
    pieces: list[Piece] = []
    for text, word in _parts(line):
        if word is not None:
            pieces.append(_word(word))
            continue
        loose = folded(text).split(" ")
        if pieces and not text[0].isspace():  # a mark set close to a word: of it
            pieces[-1] = evolve(pieces[-1], text=pieces[-1].text + loose.pop(0))
        pieces += [Piece(mark, at=line_of(line)) for mark in loose]
    for piece in pieces:
        sheet.word(piece)
    sheet.end_line(_box(line), line_of(line))


def _parts(element: _Element) -> Iterator[tuple[str, _Element | None]]:
    """The words of a line, and the text between them, in order."""
    if element.text:
        yield element.text, None
    for child in element:
        if "ocrx_word" in _classes(child):
            yield "", child
        elif isinstance(child.tag, str):
            yield from _parts(child)
        if child.tail:
            yield child.tail, None


def _word(word: _Element) -> Piece:
    told = _CONFIDENCE.search(word.get("title") or "")
    return Piece(
        _spelled(word),
        _box(word),
        float(told[1]) / 100 if told else None,
        _language(word),
        line_of(word),
    )


def _spelled(word: _Element) -> str:
    """A word's own characters, or if it has none those of its glyphs."""
    return folded("".join(_own(word))) or "".join(map(_glyph, _glyphs(word)))


def _own(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and "ocrx_cinfo" not in _classes(child):
            yield from _own(child)
        yield child.tail or ""


def _glyphs(element: _Element) -> Iterator[_Element]:
    """The outermost glyphs."""
    for child in element:
        if "ocrx_cinfo" in _classes(child):
            yield child
        else:
            yield from _glyphs(child)


def _glyph(glyph: _Element) -> str:
    """What a glyph reads; one with alternatives has the best first."""
    return folded("".join(_own(glyph))) or next(map(_glyph, _glyphs(glyph)), "")


def _language(element: _Element | None) -> str | None:
    """The language told for an element or for what holds it, up to the page.

    Not that of ``html``, which is the program's, not the text's.
    """
    while element is not None:
        found = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")
        if found or "ocr_page" in _classes(element):
            return found
        element = element.getparent()
    return None


def _box(element: _Element) -> Box | None:
    """Where an element stands: its box, or the bounds of its boxes or its polygon."""
    told = {match[1]: match[2] for match in _PROPERTY.finditer(element.get("title") or "")}
    for name in ("bbox", "x_bboxes", "poly"):
        numbers = [float(number) for number in _NUMBER.findall(told.get(name, ""))]
        if name == "bbox" and len(numbers) == 4:  # as told, even inside out
            return round(numbers[0]), round(numbers[1]), round(numbers[2]), round(numbers[3])
        xs, ys = numbers[0::2], numbers[1::2]
        if xs and ys:
            return round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))
    return None
