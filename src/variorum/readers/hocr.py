"""hOCR 1.2: what Tesseract and others recognised, word by word, with boxes.

Pages, areas, paragraphs, lines and words are told by class; of their titles
``bbox`` (or the bounds of ``x_bboxes`` or ``poly``), ``x_wconf`` and ``image``
are read::

    <span class='ocrx_word' title='bbox 36 92 101 116; x_wconf 96'>Comrade</span>,
                                        └ box, pixels ┘       └ confidence .96   └ of the word

Every character of a page is read once: words without a line, lines without a
paragraph and text outside of words too, the last without a box, and with the
confidence of the line if that has one.  Two words are two even without a space
between; any other text set close to a word belongs to it.  Only of a word told
glyph by glyph as well (``ocrx_cinfo``) the glyphs are passed over, being the
same characters or an engine's second thoughts.  Files in HTML that is no XML are
read as HTML, if they say that they are and are complete.
"""

from __future__ import annotations

import html.entities
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import regex
from attrs import define, evolve, field

from variorum.errors import ReadingError
from variorum.readers import (
    SPACE,
    Piece,
    Sheet,
    bounds,
    decode_html,
    encoding_of,
    folded,
    line_of,
    local,
    number,
    parse_html,
    parse_xml,
    received,
    single,
)
from variorum.witness import Box, Witness

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "hocr"
VERSION = "3"

_LINES = frozenset(
    ["ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"]
    + ["ocr_pageno"]
)
_BLOCKS = _LINES | {"ocr_par", "ocr_carea", "ocrx_block", "ocr_table", "ocr_float"}
_BLOCK_TAGS = frozenset(["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "li"])
_PAGE = regex.compile(rb"class\s*=\s*(?:[\"'][^\"'>]*)?\bocr_page\b")


def recognise(name: str, data: bytes) -> str:
    """Take what starts as XML or HTML and has an ``ocr_page``."""
    del name
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
        data = data.replace(b"\0", b"")  # enough to see a name by
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return "not XML: it does not start with <"
    return "" if _PAGE.search(data) else "no element of class ocr_page"


def read(name: str, data: bytes) -> tuple[Witness, ...]:
    """One witness with all pages of the file, blank ones too.

    Raises ``ReadingError``: neither well-formed nor HTML, or without a page.
    """
    root, encoding = _parsed(name, data)
    pages = [e for e in root.iter("*") if "ocr_page" in _classes(e)]
    if not pages:
        raise ReadingError("no page in it", place=name, remedy="run the OCR engine again")
    sheet = Sheet(name)
    for page in pages:
        box = _box(sheet, page)
        sheet.begin_page(_image(page), (box[2], box[3]) if box else None)
        row = _Row(Piece("", language=_language(page), at=line_of(page)))
        _contents(sheet, page, row)
        row.end(sheet)
        sheet.end_page()
    text, layout = sheet.finished()
    return single(name, text, layout, received(name, data, NAME, VERSION, encoding))


def _parsed(name: str, data: bytes) -> tuple[_Element, str]:
    """The root, and the encoding: as XML, else as HTML if it says that it is."""
    try:
        root = parse_xml(name, _ENTITY.sub(_character, data))
    except ReadingError:
        if _XHTML.search(data[:4096]) or not _HTML.search(data[:4096]):
            raise
    else:
        return root, encoding_of(root, data)
    if not _END.search(data[-4096:]):
        raise ReadingError(
            "breaks off before </html>", place=name, remedy="run the OCR engine again"
        )
    text, encoding = decode_html(name, data)
    return parse_html(name, text), encoding


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


@lru_cache(maxsize=256)
def _split(told: str) -> frozenset[str]:
    return frozenset(told.split())


def _classes(element: _Element) -> frozenset[str]:
    return _split(element.get("class") or "")


@define
class _Row:
    """A line under construction, from words and the text between them.

    ``whole`` holds what is true of words that do not say otherwise.
    """

    whole: Piece
    pieces: list[Piece] = field(factory=list)
    close: bool = False  # no white space since the last piece
    told: bool = False  # the last piece is a word, with or without text set close to it

    def text(self, text: str | None) -> None:
        """Text outside of words."""
        if not text:
            return
        first, *more = SPACE.split(text)
        if first and self.close:
            self.pieces[-1] = evolve(self.pieces[-1], text=self.pieces[-1].text + first)
        else:
            more = [first, *more]
        for word in filter(None, more):
            self.pieces.append(evolve(self.whole, text=word))
            self.told = False
        self.close = bool(self.pieces) and not SPACE.search(text[-1])

    def word(self, sheet: Sheet, element: _Element) -> None:
        """A word as the engine tells it; one without characters is a space."""
        piece = _word(sheet, element, self.whole)
        if piece.text and self.close and not self.told:
            piece = evolve(piece, text=self.pieces.pop().text + piece.text)
        if piece.text:
            self.pieces.append(piece)
        self.told = self.close = bool(piece.text)

    def end(self, sheet: Sheet, box: Box | None = None) -> None:
        """The line is complete."""
        for piece in self.pieces:
            sheet.word(piece)
        sheet.end_line(box, self.whole.at)
        self.pieces, self.close = [], False


def _contents(sheet: Sheet, element: _Element, row: _Row) -> None:
    """What stands in a page, an area or a paragraph, in order; ``row`` is the line it is in."""
    row.text(element.text)
    for child in element:
        kinds = _classes(child) if isinstance(child.tag, str) else frozenset()
        if "ocrx_word" in kinds:
            row.word(sheet, child)
        elif "ocr_page" in kinds:  # an element was not closed: it is a page of its own
            row.end(sheet)
        elif kinds & _LINES and not _holds_lines(child):
            row.end(sheet)
            _line(sheet, child)
        elif local(child) == "br":
            row.end(sheet)
        elif kinds & _BLOCKS or local(child) in _BLOCK_TAGS:
            _block(sheet, child, row)
        elif local(child) not in ("", "script", "style"):
            _contents(sheet, child, row)
        row.text(child.tail)


def _holds_lines(element: _Element) -> bool:
    return any(_classes(inner) & _LINES for inner in element.iterdescendants("*"))


def _block(sheet: Sheet, element: _Element, row: _Row) -> None:
    row.end(sheet)
    sheet.end_block()
    own = _Row(evolve(row.whole, language=_language(element), at=line_of(element)))
    _contents(sheet, element, own)
    own.end(sheet)
    sheet.end_block()


def _line(sheet: Sheet, line: _Element) -> None:
    sure = _confidence(sheet, _properties(line), line_of(line))
    row = _Row(Piece("", None, sure, _language(line), line_of(line)))
    for text, word in _parts(line):
        row.text(text)
        if word is not None:
            row.word(sheet, word)
    row.end(sheet, _box(sheet, line))


def _parts(element: _Element) -> Iterator[tuple[str, _Element | None]]:
    """The words of a line, and the text between them, in order."""
    yield element.text or "", None
    for child in element:
        if "ocrx_word" in (_classes(child) if isinstance(child.tag, str) else ()):
            yield "", child
        elif local(child) == "br":
            yield " ", None
        elif isinstance(child.tag, str):
            yield from _parts(child)
        yield child.tail or "", None


def _word(sheet: Sheet, word: _Element, whole: Piece) -> Piece:
    told, at = _properties(word), line_of(word)
    sure = _confidence(sheet, told, at)
    return Piece(
        _spelled(word),
        _box(sheet, word, told),
        whole.confidence if sure is None else sure,
        _own_language(word) or whole.language,
        at,
    )


def _spelled(word: _Element) -> str:
    """A word's own characters, or if it has none those of its glyphs."""
    if not len(word):
        return folded(word.text or "")
    return folded("".join(_own(word))) or "".join(map(_glyph, _glyphs(word)))


def _own(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and "ocrx_cinfo" not in _classes(child):
            yield from _own(child)
        yield child.tail or ""


def _glyphs(element: _Element) -> Iterator[_Element]:
    """The outermost glyphs."""
    for child in element.iterchildren("*"):
        if "ocrx_cinfo" in _classes(child):
            yield child
        else:
            yield from _glyphs(child)


def _glyph(glyph: _Element) -> str:
    """What a glyph reads; one with alternatives has the best first."""
    return folded("".join(_own(glyph))) or next(map(_glyph, _glyphs(glyph)), "")


def _own_language(element: _Element) -> str | None:
    return element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")


def _language(element: _Element | None) -> str | None:
    """The language told for an element or for what holds it, up to the page.

    Not that of ``html``, which is the program's, not the text's.
    """
    while element is not None:
        found = _own_language(element)
        if found or "ocr_page" in _classes(element):
            return found
        element = element.getparent()
    return None


_IMAGE = regex.compile(r"\bimage\s+(?:\"([^\"]*)\"|'([^']*)'|([^;\s]+))")


def _image(page: _Element) -> str | None:
    told = _IMAGE.search(page.get("title") or "")
    return next((group for group in told.groups() if group), None) if told else None


def _properties(element: _Element) -> dict[str, str]:
    """What the title tells: "bbox 36 92 101 116; x_wconf 96"."""
    out = {}
    for told in (element.get("title") or "").split(";"):
        name, _, values = told.strip().partition(" ")
        out[name] = values
    return out


def _confidence(sheet: Sheet, told: dict[str, str], at: int) -> float | None:
    sure = sheet.faults.number(told.get("x_wconf", told.get("x_conf")), "confidences", at)
    return None if sure is None else sure / 100


def _box(sheet: Sheet, element: _Element, told: dict[str, str] | None = None) -> Box | None:
    """Where an element stands: its box, or the bounds of its boxes or its polygon."""
    told = _properties(element) if told is None else told
    name = next((name for name in ("bbox", "x_bboxes", "poly") if name in told), "")
    box = _corners(told[name]) if name == "bbox" else bounds(told[name]) if name else None
    if name and box is None:
        sheet.faults.add("boxes that are no numbers, left out", line_of(element))
    return box


def _corners(told: str) -> Box | None:
    """A box as told, even inside out."""
    corners = [number(value) for value in told.split()]
    known = [round(corner) for corner in corners if corner is not None]
    if len(known) < len(corners) or len(known) != 4:
        return None
    return known[0], known[1], known[2], known[3]
