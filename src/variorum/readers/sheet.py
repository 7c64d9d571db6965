"""Pages under construction: what the readers of OCR formats write on.

Words are joined by one space, lines by a newline, blocks by a blank line, pages
by a form feed, whatever the format; so the same page gives the same text in
every format that knows words, lines and blocks::

    word word ⏎ word ⏎⏎ word ␌ …        ⏎ end_line   ⏎⏎ end_block   ␌ end_page

A box that does not lie on its page, or a confidence that is none, is evidence of
nothing: it is left out, the word stays, and a note counts what was left out and
says where the first one stands.  What is said but is no number is left out and
noted too; what is not said is only absent.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import regex
from attrs import define, field, frozen

from variorum.text import Span
from variorum.witness import Box, Layout, Line, Page, Word

__all__ = ["SPACE", "Faults", "Piece", "Sheet", "bounds", "cut", "folded", "number"]


@frozen
class Piece:
    """A word waiting for its place, and the line of the file that told it (0: not known)."""

    text: str
    box: Box | None = None
    confidence: float | None = None
    language: str | None = None
    at: int = 0


SPACE = regex.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
"""White space as markup means it; a no-break space and its like are characters."""

_NO_SPACE = regex.compile(r"[^ \t\r\n\f\v\x85\u2028\u2029]+")


def folded(text: str) -> str:
    """*text* as XML and HTML mean it: a run of white space is one space, none at the ends.

    A no-break space and its like are characters of the document and stay.
    """
    return SPACE.sub(" ", text).strip(" ")


def cut(text: str) -> list[tuple[int, Piece]]:
    """The words of a line that is told as a whole, each with its offset."""
    found = _NO_SPACE.finditer(text)
    return [(match.start(), Piece(match.group())) for match in found if match.group().strip()]


def number(told: str | None) -> float | None:
    """The finite number that is told, or nothing."""
    try:
        value = float(told or "")
    except ValueError:
        return None
    return value if isfinite(value) else None


def bounds(told: str) -> Box | None:
    """The bounds of a polygon, "x,y x,y …" or "x y x y …", or nothing if it is none."""
    try:
        values = [float(value) for value in told.replace(",", " ").split()]
    except ValueError:
        return None
    if not values or len(values) % 2 or not all(map(isfinite, values)):
        return None
    xs, ys = values[0::2], values[1::2]
    return round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))


@define
class Faults:
    """What is left out of a page, counted, and told when the page ends."""

    file: str
    notes: list[str] = field(factory=list, init=False)
    _places: dict[str, list[int]] = field(factory=dict, init=False)

    def add(self, what: str, at: int = 0) -> None:
        """One more of *what*, told in line *at* of the file (0: not known)."""
        self._places.setdefault(what, []).append(at)

    def number(self, told: str | None, what: str, at: int = 0) -> float | None:
        """The number told for *what* ("confidences"), if any is told."""
        if told is None:
            return None
        value = number(told)
        if value is None:
            self.add(f"{what} that are no numbers, left out", at)
        return value

    def bounds(self, told: str | None, at: int = 0) -> Box | None:
        """The bounds of a polygon, if any is told."""
        if told is None:
            return None
        box = bounds(told)
        if box is None:
            self.add("boxes that are no numbers, left out", at)
        return box

    def box(self, box: Box | None, size: tuple[int, int] | None, at: int = 0) -> Box | None:
        """*box* if it lies on a page of this size in pixels, or of a size not known."""
        if box is None:
            return None
        width, height = size or (box[2], box[3])
        if 0 <= box[0] <= box[2] <= width and 0 <= box[1] <= box[3] <= height:
            return box
        self.add("boxes that do not lie on it, left out", at)
        return None

    def confidence(self, sure: float | None, at: int = 0) -> float | None:
        """*sure* if it lies between 0 and 1."""
        if sure is None or 0 <= sure <= 1:
            return sure
        self.add("confidences out of range, left out", at)
        return None

    def end_page(self, ordinal: int) -> None:
        """Page number *ordinal* of the file is complete."""
        for what, places in self._places.items():
            first = min(places)
            where = f"{self.file}:{first}" if first else self.file
            self.notes.append(f"{where}: page {ordinal}: {what}: {len(places)}")
        self._places = {}


@define
class Sheet:
    """The text and layout of a file, grown word by word.  ``file`` is named in the notes."""

    file: str
    _parts: list[str] = field(factory=list, init=False)
    _length: int = field(default=0, init=False)
    _pages: list[Page] = field(factory=list, init=False)
    _lines: list[Line] = field(factory=list, init=False)
    _words: list[Word] = field(factory=list, init=False)
    faults: Faults = field(init=False)
    _pending: str = field(default="", init=False)
    _line: list[Piece] = field(factory=list, init=False)
    _start: int = field(default=0, init=False)
    _image: str | None = field(default=None, init=False)
    _size: tuple[int, int] | None = field(default=None, init=False)

    @faults.default
    def _no_faults(self) -> Faults:
        return Faults(self.file)

    def begin_page(self, image: str | None = None, size: tuple[float, float] | None = None) -> None:
        """A page begins.  *size* is its width and height in pixels; not above 0 is not known."""
        self._image = image
        self._size = (round(size[0]), round(size[1])) if size and min(size) > 0 else None

    def word(self, piece: Piece) -> None:
        """Another word of the current line; white space is none."""
        if piece.text.strip():
            self._line.append(piece)

    def end_line(self, box: Box | None = None, at: int = 0) -> None:
        """The current line is complete; an empty one is none."""
        pieces: list[tuple[int, Piece]] = []
        length = 0
        for piece in self._line:
            pieces.append((length, piece))
            length += len(piece.text) + 1
        self._line = []
        if pieces:
            self._put_line(" ".join(piece.text for _, piece in pieces), pieces, box, at)

    def line(
        self,
        text: str,
        pieces: Sequence[tuple[int, Piece]],
        box: Box | None = None,
        at: int = 0,
    ) -> None:
        """A whole line as it is told, even an empty one, and its words at their places in it."""
        self.end_line()
        self._put_line(text, pieces, box, at)

    def _put_line(
        self, text: str, pieces: Sequence[tuple[int, Piece]], box: Box | None, at: int
    ) -> None:
        self._put(self._pending)
        span = self._put(text)
        for offset, told in pieces:
            start = span.start + offset
            box_ = self.faults.box(told.box, self._size, told.at)
            sure = self.faults.confidence(told.confidence, told.at)
            word = Span(start, start + len(told.text))
            self._words.append(Word(word, box_, sure, told.language))
        self._lines.append(Line(span, self.faults.box(box, self._size, at)))
        self._pending = "\n"

    def _put(self, text: str) -> Span:
        self._parts.append(text)
        self._length += len(text)
        return Span(self._length - len(text), self._length)

    def end_block(self) -> None:
        """The current block (paragraph) is complete."""
        self.end_line()
        if self._pending == "\n":
            self._pending = "\n\n"

    def end_page(self) -> None:
        """The current page is complete, with or without words."""
        self.end_block()
        width, height = self._size or (None, None)
        ordinal = len(self._pages) + 1
        span = Span(self._start, self._length)
        self._pages.append(Page(span, self.file, ordinal, self._image, width, height))
        self.faults.end_page(ordinal)
        self._pending = ""
        self._put("\f")
        self._start = self._length

    def finished(self) -> tuple[str, Layout]:
        """The text and its layout."""
        text = "".join(self._parts)[:-1]
        notes = tuple(self.faults.notes)
        pages, lines, words = tuple(self._pages), tuple(self._lines), tuple(self._words)
        return text, Layout(pages, lines, words, notes=notes)
