"""TEI P5: one text as it stands in the document, without its header and its editor.

White space is folded; paragraphs and their like are set apart by a blank line,
verses, items and ``lb`` by a newline, pages (``pb``, or the surfaces of a
``sourceDoc``) by a form feed::

    <p>We are <choice><sic>verry</sic><corr>very</corr></choice> ex-<lb break="no"/>tremely</p>
    text as read:  We are verry ex-⏎tremely

Of ``choice`` the document's side is read (orig, sic, abbr), letters that the
editor spelled out (``ex``) are not; ``add`` and ``supplied`` are kept, ``del`` is
not unless restored: the document's final text.  A gap has no characters and is
noted.  A break inside a word (``break="no"``) is a newline behind a hyphen, which
the rule for line-end hyphens understands, and else no character at all.  A note
within a paragraph is read behind it: in the middle of a sentence it stands
nowhere but in the code.  A speaker is a line of its own, in the characters of
the document.

An apparatus tells several texts, and is no matter for this reader.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import regex
from attrs import define, evolve, field

from variorum.errors import ReadingError
from variorum.readers import (
    Faults,
    children,
    decline,
    encoding_of,
    line_of,
    local,
    named,
    number,
    parse_xml,
    received,
    single,
)
from variorum.readers.tei.facsimile import XML, Facsimile, Surface
from variorum.readers.tei.stretches import innermost, lines
from variorum.text import Span
from variorum.witness import Box, Description, Layout, Line, Page, Role, Stretch, Witness, Word

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "tei"
VERSION = "2"

_BLOCKS = frozenset(
    "ab argument back body byline castGroup castList closer dateline div div1 div2 div3 div4 div5 "
    "div6 div7 docAuthor docDate docEdition docImprint docTitle epigraph epilogue figure "
    "floatingText front fw group head imprimatur lg list opener p performance postscript prologue "
    "salute set signed sp spGrp table text titlePage titlePart trailer u zone".split()
)
_LINES = frozenset("addrLine address cb castItem item l line row speaker".split())
_EITHER = frozenset("bibl cit label note q quote said stage".split())  # blocks only among blocks
_FLOW = frozenset("ab addrLine byline castItem dateline head item l line note p".split()) | (
    frozenset("salute seg signed speaker titlePart trailer u".split())
)
_SILENT = frozenset(
    "binaryObject certainty desc ex facsimile figDesc fs index interp interpGrp listApp metamark "
    "notatedMusic precision respons spanGrp standOff teiHeader witDetail".split()
)
_ROLES = {
    "castList": Role.PARTICIPANTS,
    "closer": Role.CLOSER,
    "dateline": Role.DATELINE,
    "fw": Role.FURNITURE,
    "head": Role.HEADING,
    "note": Role.NOTE,
    "signed": Role.SIGNATURE,
    "stage": Role.STAGE,
}
_GAPS = ("", " ", "\n", "\n\n")
_HYPHENS = ("-", "\u00ac", "\u00ad", "\u2010", "\u2e17", "=")


def recognise(name: str, data: bytes) -> str:
    """Take XML whose root is ``TEI`` or ``teiCorpus``."""
    del name
    return decline(data, "TEI", "TEI.2", "teiCorpus")


def read(name: str, data: bytes) -> tuple[Witness, ...]:
    """One witness: the text of the file.

    Raises ``ReadingError``: not well-formed, P4, several texts, an apparatus, or
    neither text nor page.
    """
    root = parse_xml(name, data)
    source = _source(name, root)
    faults = Faults(name)
    transcript = _Transcript(name, faults, Facsimile.of(root, faults))
    transcript.walk(source)
    text, layout = transcript.finished()
    if not text.strip() and next(named(source, "pb", "surface"), None) is None:
        raise ReadingError("a TEI file without text", place=name, remedy="transcribe it first")
    came = received(name, data, NAME, VERSION, encoding_of(root, data))
    (witness,) = single(name, text, layout, came)
    return (evolve(witness, description=Description(language=_language(source))),)


def _source(name: str, root: _Element) -> _Element:
    """The one element that holds the text."""
    if local(root) == "TEI.2":
        raise ReadingError("TEI P4, of before 2007", place=name, remedy="convert it to P5")
    texts = list(named(root, "TEI"))
    if len(texts) > 1:
        raise ReadingError(
            f"a corpus of {len(texts)} texts", place=name, remedy="give each TEI a file of its own"
        )
    apparatus = next(named(root, "app"), None)
    if apparatus is not None:
        raise ReadingError(
            "an apparatus (<app>), which tells several witnesses, and this reader reads one",
            place=f"{name}:{line_of(apparatus)}",
            remedy="give the text of one witness; an apparatus is for an importer",
        )
    for wanted in ("text", "sourceDoc"):
        for element in children(texts[0], wanted) if texts else ():
            return element
    raise ReadingError("no <text> in it", place=name, remedy="transcribe it first")


def _language(element: _Element | None) -> str:
    while element is not None:
        if told := element.get(f"{XML}lang"):
            return str(told)
        element = element.getparent()
    return ""


@define
class _Transcript:
    """The text grown element by element; what is owed before the next character is kept apart."""

    file: str
    faults: Faults
    facsimile: Facsimile
    parts: list[str] = field(factory=list)
    length: int = 0
    gap: str = ""
    tight: bool = False  # behind a speaker a paragraph is the next line
    joined: bool = False  # inside a word: white space is the encoder's
    flow: int = 0  # open elements that hold running text
    restored: int = 0
    page: Surface | None = None
    start: int = 0  # of the page
    cuts: list[int] = field(factory=list)  # lines that end within a word
    word_end: int = 0  # where the last word ended
    box: Box | None = None  # of the line that begins
    boxes: dict[int, Box] = field(factory=dict)
    open: list[list[int]] = field(factory=list)  # where elements begin, once they do
    owed: list[_Element] = field(factory=list)  # notes
    pages: list[Page] = field(factory=list)
    words: list[Word] = field(factory=list)
    roles: list[Stretch] = field(factory=list)

    def walk(self, element: _Element) -> None:
        """An element with all it holds, without what follows it."""
        kind = local(element)
        if kind in _SILENT or (kind == "del" and not self.restored):
            self._breaks_within(element)
        elif kind == "choice":
            self._chosen(element)
        elif kind == "subst":  # deletion and addition in one place: its white space is no text
            for child in element:
                self.walk(child)
        elif kind == "note" and self.flow and not _stays(element):
            self.owed.append(element)
        elif kind in ("pb", "lb", "gap", "include", "space", "delSpan"):
            self._empty(element, kind)
        else:
            self._element(element, kind)

    def _breaks_within(self, element: _Element) -> None:
        """A page that begins in what is not read begins all the same."""
        for found in named(element, "pb"):
            self._new_page(found)

    def _chosen(self, choice: _Element) -> None:
        """The document's side of a choice; of two on one side the first."""
        sides = [child for child in choice if local(child)]
        rank = {"sic": 0, "orig": 0, "abbr": 0, "corr": 2, "reg": 2, "expan": 2}
        if sides:
            self.walk(min(sides, key=lambda side: rank.get(local(side), 1)))

    def _empty(self, element: _Element, kind: str) -> None:
        if kind == "pb":
            self._new_page(element)
        elif kind == "lb":
            self._new_line(element)
        elif kind == "space":
            self._owe(" ")
        elif kind == "gap":
            self.faults.add("gaps in the text, without characters", line_of(element))
        elif kind == "delSpan":
            self.faults.add("deletions from one place to another, read", line_of(element))
        else:
            self.faults.add("parts kept in other files, left out", line_of(element))

    def _element(self, element: _Element, kind: str) -> None:
        if kind == "note" and element.get("type") == "speaker":  # as parliaments' corpora have it
            kind = "speaker"
        parent = element.getparent()
        gap = self._apart(kind, local(parent) if parent is not None else "")
        if kind == "surface":
            self._new_page(element)
        self._owe(gap)
        if kind in ("l", "line", "ab", "p") and (box := self.facsimile.zone(element)):
            self.box = box
        if kind in ("w", "pc"):
            self._before_word(element)
        self.flow += kind in _FLOW
        self.restored += kind == "restore"
        self.open.append([])
        self._contents(element)
        begun = self.open.pop()
        self.flow -= kind in _FLOW
        self.restored -= kind == "restore"
        if begun:
            self._complete(element, kind, Span(begun[0], self.length))
        if not self.flow:
            self._pay()
        self._owe(gap)
        self.tight = self.tight or kind == "speaker"

    def _contents(self, element: _Element) -> None:
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.walk(child)
            self._text(child.tail)

    def _apart(self, kind: str, parent: str) -> str:
        """What an element keeps on both sides; a segment of an utterance is a paragraph."""
        if kind == "fw" and self.flow:
            return "\n"
        segment = kind == "seg" and parent == "u"
        if kind in _BLOCKS or segment or (kind in _EITHER and not self.flow):
            return "\n\n"
        if kind in _LINES:
            return "\n"
        return " " if kind == "cell" else ""

    def _before_word(self, element: _Element) -> None:
        """Two words side by side are two, whether or not the file has a space between them."""
        if element.get("join") in ("left", "both"):
            self.gap = "" if self.gap == " " else self.gap
        elif local(element) == "w" and self.length == self.word_end and not self.joined:
            self._owe(" ")

    def _complete(self, element: _Element, kind: str, span: Span) -> None:
        if kind in _ROLES:
            self.roles.append(Stretch(span, _ROLES[kind], f"TEI {kind}"))
        if kind == "w" and not (self.words and self.words[-1].span.start >= span.start):
            self._word(element, span)
        self.word_end = self.length if kind == "w" else self.word_end
        if kind in ("w", "pc") and element.get("join") in ("right", "both"):
            self.joined = True

    def _word(self, element: _Element, span: Span) -> None:
        """A word; of one that goes on in the next line each part is a word with its own zone."""
        cuts = takewhile(lambda at: at > span.start, reversed(self.cuts))
        parts = list(lines(self._since(span.start), span.start, cuts))
        boxes = self.facsimile.boxes(element)
        fitting = boxes if len(boxes) == len(parts) else [None] * len(parts)
        at = line_of(element)
        size = self.page.size if self.page else None
        sure = self.faults.confidence(number(element.get("cert")), at)  # or a word: "high"
        for part, box in zip(parts, fitting, strict=True):
            fits = self.faults.box(box, size, at)
            self.words.append(Word(part, fits, sure, _language(element) or None))

    def _since(self, start: int) -> str:
        """The text from *start* on, where a part of it begins."""
        at, count = self.length, 0
        while at > start:
            count += 1
            at -= len(self.parts[-count])
        return "".join(self.parts[len(self.parts) - count :])

    def _pay(self) -> None:
        """The notes owed, each a paragraph."""
        owed, self.owed = self.owed, []
        for note in owed:
            self._element(note, "note")

    def _new_line(self, element: _Element) -> None:
        self.box = self.facsimile.zone(element)
        if element.get("break") != "no" or self.gap == "\n\n":
            self._owe("\n")
        elif self.length and self.parts[-1].endswith(_HYPHENS):
            self.gap, self.joined = "\n", True
        else:
            self.gap, self.joined = "", True
            self.cuts.append(self.length)

    def _new_page(self, element: _Element) -> None:
        if self.page is not None or self.length:
            self._end_page()
            self._raw("\f")
            self.start = self.length
        self.page = self.facsimile.surface(element)
        self.joined = element.get("break") == "no"
        self.gap = ""

    def _end_page(self) -> None:
        number = len(self.pages) + 1
        seen = self.page or Surface()
        width, height = seen.size or (None, None)
        span = Span(self.start, self.length)
        self.pages.append(Page(span, self.file, number, seen.image, width, height))
        self.faults.end_page(number)

    def _owe(self, gap: str) -> None:
        if self.tight and gap == "\n\n":
            gap = "\n"
        self.gap = max(self.gap, gap, key=_GAPS.index)
        self.joined = self.joined and "\n" not in gap

    def _text(self, text: str | None) -> None:
        folded = _SPACE.sub(" ", text or "")
        if folded.startswith(" ") and not self.joined:
            self._owe(" ")
        if folded.strip(" "):
            self._put(folded.strip(" "))
            if folded.endswith(" "):
                self._owe(" ")

    def _put(self, text: str) -> None:
        if self.length > self.start:
            self._raw(self.gap)
        self.gap, self.tight, self.joined = "", False, False
        if self.box is not None:
            size = self.page.size if self.page else None
            if (box := self.faults.box(self.box, size)) is not None:
                self.boxes[self.length] = box
            self.box = None
        for begun in self.open:
            if not begun:
                begun.append(self.length)
        self._raw(text)

    def _raw(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)

    def finished(self) -> tuple[str, Layout]:
        """The text and its layout."""
        self._pay()
        self._end_page()
        text = "".join(self.parts)
        return text, Layout(
            tuple(self.pages),
            tuple(Line(span, self.boxes.get(span.start)) for span in lines(text, 0, self.cuts)),
            tuple(self.words),
            tuple(innermost(text, self.roles)),
            tuple(self.faults.notes),
        )


def _stays(note: _Element) -> bool:
    """Whether a note is of the line that it stands in."""
    return note.get("place") == "inline" or note.get("type") == "speaker"


_SPACE = regex.compile(r"[ \t\r\n\f]+")
