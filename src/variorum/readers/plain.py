"""Plain text: the text as read is the file, character for character.

Nothing is trimmed and no newline is translated; a form feed starts a page::

    bytes   43 68 6f 65 0d 0a …        text as read   C h o e ␍ ␊ …
"""

from __future__ import annotations

from pathlib import PurePath

from variorum.errors import ReadingError
from variorum.readers import decode, received, single
from variorum.text import Span
from variorum.witness import PAGE_BREAK, Layout, Page, Witness

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "plain"
VERSION = "1"

_OTHERS = {".json", ".xml", ".hocr", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".odt"}


def recognise(name: str, data: bytes) -> str:
    """Take any text whose name does not promise another format."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _OTHERS:
        return f"the name ends in {suffix}, and the content is not what that promises"
    try:
        decode(name, data)
    except ReadingError as error:
        return f"{error.what}, {error.remedy}"
    return ""


def read(name: str, data: bytes) -> tuple[Witness, ...]:
    """One witness; its pages are what stands between form feeds."""
    text, encoding = decode(name, data)
    pages = []
    start = 0
    for number, page in enumerate(text.split(PAGE_BREAK), 1):
        pages.append(Page(Span(start, start + len(page)), name, number))
        start += len(page) + 1
    came = received(name, data, NAME, VERSION, encoding)
    return single(name, text, Layout(tuple(pages)), came)
