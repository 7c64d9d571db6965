"""PDF: the text layer, page by page, by PDFium.

PDFium gives lines of characters in reading order.  Two things are made of what
it says: a hyphen at a line's end, which it reports as U+FFFE without the line
break, is written as it stands on the page; and where the distance to the next
line is clearly wider than the page's line spacing, a blank line says so::

    PDFium       ␍␊ characteristics un⟨U+FFFE⟩questionably ␍␊
    text as read ⏎  characteristics un-⏎questionably ⏎

Line breaks are one newline each, pages are joined by a form feed.  A PDF
without a text layer is refused: it needs OCR first.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from variorum.errors import ReadingError
from variorum.readers import received, single
from variorum.text import Span
from variorum.witness import PAGE_BREAK, Layout, Line, Page, Witness

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "pdf"
VERSION = "1"

LINE_END_HYPHEN = "\ufffe"  # noncharacter, PDFium's sign for a hyphen at a line's end

WIDER = 1.3
"""Times the usual distance between lines: from here, a blank line is seen between two."""


def recognise(name: str, data: bytes) -> str:
    """Take what starts with %PDF."""
    del name
    return "" if data[:1024].lstrip().startswith(b"%PDF") else "does not start with %PDF"


def read(name: str, data: bytes) -> tuple[Witness, ...]:
    """One witness with all pages of the file."""
    document = _opened(name, data)
    parts: list[str] = []
    pages: list[Page] = []
    lines: list[Line] = []
    at = 0
    try:
        for number, sheet in enumerate(document, 1):
            text = "\n".join(_lines(sheet.get_textpage()))
            pages.append(Page(Span(at, at + len(text)), name, number))
            lines += _spans(text, at)
            parts.append(text)
            at += len(text) + 1
    finally:
        document.close()
    whole = PAGE_BREAK.join(parts)
    if not whole.strip():
        raise ReadingError(
            "a PDF without a text layer",
            place=name,
            remedy="run OCR on its pages and give the hOCR or ALTO files",
        )
    came = received(name, data, NAME, VERSION, "pdf")
    return single(name, whole, Layout(tuple(pages), tuple(lines)), came)


def _opened(name: str, data: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        what = "is encrypted" if "password" in str(error).lower() else "is damaged"
        raise ReadingError(
            f"this PDF {what} ({error})", place=name, remedy="save it anew without a password"
        ) from None


def _spans(text: str, at: int) -> list[Line]:
    out = []
    for line in text.split("\n"):
        if line:
            out.append(Line(Span(at, at + len(line))))
        at += len(line) + 1
    return out


def _lines(page: PdfTextPage) -> list[str]:
    """The lines of a page, an empty one where the page leaves one blank."""
    told = page.get_text_range().replace("\r\n", "\n").replace("\r", "\n")
    heights = []
    texts = []
    index = 0
    for line in told.split("\n"):
        for part, ends in _parts(line):
            heights.append(_height(page, index, part))
            texts.append(part + ("-" if ends else ""))
            index += len(part.encode("utf-16-le")) // 2 + (1 if ends else 2)
    return _spaced(texts, heights)


def _parts(line: str) -> list[tuple[str, bool]]:
    """A line cut where PDFium swallowed a hyphen and a line break."""
    pieces = line.split(LINE_END_HYPHEN)
    return [(piece, number < len(pieces) - 1) for number, piece in enumerate(pieces)]


def _height(page: PdfTextPage, index: int, line: str) -> float | None:
    """How high on the page the first visible character of a line stands, in points."""
    for offset, char in enumerate(line):
        if not char.isspace() and index + offset < page.count_chars():
            bottom = page.get_charbox(index + offset, loose=True)[1]
            return float(bottom)
    return None


def _spaced(texts: list[str], heights: list[float | None]) -> list[str]:
    falls = [
        above - below if above is not None and below is not None else None
        for above, below in pairwise(heights)
    ]
    usual = median([fall for fall in falls if fall is not None and fall > 0] or [0.0])
    out = texts[:1]
    for text, fall in zip(texts[1:], falls, strict=True):
        if fall is not None and usual > 0 and (fall > WIDER * usual or fall < 0):
            out.append("")
        out.append(text)
    return out
