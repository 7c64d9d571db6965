"""HTML pages: the text a person sees, with the page's own furniture marked as such.

White space is folded as a browser folds it, blocks are set apart by a blank
line, ``br`` breaks a line, ``pre`` keeps its lines.  Scripts, styles and
templates are no text.  What frames a page (``nav``, ``header`` of the page,
``footer``, ``aside``, forms) is text as read with the role *furniture*::

    <nav>Home</nav><h1>Notes</h1><p>Comrade …      Home ¶ Notes ¶ Comrade …
                                                   ├──┤   ├───┤
                                                   furniture  heading
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from attrs import define, field

from variorum.errors import ReadingError
from variorum.readers import decline, decode_html, parse_html, received, single
from variorum.text import Span
from variorum.witness import Layout, Page, Role, Stretch, Witness

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "html"
VERSION = "2"

_SILENT = frozenset(["script", "style", "template", "head", "noscript", "svg", "math", "iframe"])
_FRAME = frozenset(["nav", "aside", "footer", "form", "button", "menu", "dialog"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt "
    "ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
_ROOT = regex.compile(rb"(?i)<!doctype\s+html|<html[\s>]|<body[\s>]|<(?:p|div|h1|article)[\s>]")

_OPENED = regex.compile(r"(?i)<html[\s>]")
_CLOSED = regex.compile(r"(?i)</html\s*>")


def recognise(name: str, data: bytes) -> str:
    """Take what has the elements of a page and is not another kind of XML."""
    del name
    start = data[:65536].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        return "does not start with <"
    if b"ocr_page" in start:
        return "hOCR, which has a reader of its own"
    if not decline(data, "TEI", "TEI.2", "teiCorpus"):
        return "TEI, which has a reader of its own"
    return "" if _ROOT.search(start) else "no <html> and no paragraph"


def read(name: str, data: bytes) -> tuple[Witness, ...]:
    """One witness: the page."""
    from lxml import etree

    text, encoding = decode_html(name, data)
    if _OPENED.search(text) and not _CLOSED.search(text):
        raise ReadingError("breaks off before </html>", place=name, remedy="save the page again")
    root = parse_html(name, text)
    folder = _Folder()
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        folder.meet(event, element)
    body, roles = folder.finished()
    if not body.strip():
        raise ReadingError("a page without text", place=name, remedy="save the page as shown")
    layout = Layout((Page(Span(0, len(body)), name),), roles=roles)
    return single(name, body, layout, received(name, data, NAME, VERSION, encoding))


@define
class _Folder:
    """White space folding and stretches, fed with the events of a walk through the page."""

    parts: list[str] = field(factory=list)
    length: int = 0
    gap: str = ""  # white space owed before the next character
    silent: int = 0
    kept: int = 0  # depth of <pre>
    open: list[tuple[int, Role] | None] = field(factory=list)
    roles: list[Stretch] = field(factory=list)

    def meet(self, event: str, element: _Element) -> None:
        """An element starts or ends; a comment only brings the text after it."""
        if event == "start":
            self._start(element)
        elif event == "end":
            self._end(element)
        else:
            self._text(element.tail)

    def _start(self, element: _Element) -> None:
        tag = str(element.tag).lower()
        self.silent += tag in _SILENT
        self.kept += tag == "pre"
        if tag == "br":
            self._owe("\n")
        elif tag not in _INLINE:
            self._owe("\n\n")
        role = self._role(element, tag)
        self.open.append((self.length + len(self.gap) * bool(self.length), role) if role else None)
        self._text(element.text)

    def _end(self, element: _Element) -> None:
        tag = str(element.tag).lower()
        begun = self.open.pop()
        if begun and self.length > begun[0]:
            self.roles.append(Stretch(Span(begun[0], self.length), begun[1], f"HTML {tag}"))
        if tag not in _INLINE and tag != "br":
            self._owe("\n\n")
        self.silent -= tag in _SILENT
        self.kept -= tag == "pre"
        self._text(element.tail)

    @staticmethod
    def _role(element: _Element, tag: str) -> Role | None:
        parent = element.getparent()
        banner = tag == "header" and parent is not None and parent.tag in ("body", "div")
        if tag in _FRAME or banner or element.get("aria-hidden") == "true":
            return Role.FURNITURE
        return Role.HEADING if tag in _HEADINGS else None

    def _owe(self, gap: str) -> None:
        order = ["", " ", "\n", "\n\n"]
        self.gap = max(self.gap, gap, key=order.index)

    def _text(self, text: str | None) -> None:
        if not text or self.silent:
            return
        if self.kept:
            self._put(text)
            return
        folded = regex.sub(r"[ \t\r\n\f]+", " ", text)
        if folded.startswith(" "):
            self._owe(" ")
        if folded.strip(" "):
            self._put(folded.strip(" "))
        if folded.endswith(" ") and folded.strip(" "):
            self._owe(" ")

    def _put(self, text: str) -> None:
        before = self.gap if self.length else ""
        self.parts += [before, text]
        self.length += len(before) + len(text)
        self.gap = ""

    def finished(self) -> tuple[str, tuple[Stretch, ...]]:
        """The text and its roles; of two on one stretch the outer one."""
        return "".join(self.parts), tuple(sorted(self.roles))
