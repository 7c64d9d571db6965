"""A witness: one version of the text, as read, with everything known about it.

The *text as read* is what every offset of the package points into: the pages
of a witness joined by form feeds (U+000C), no newline translated.  Facts of
layout are *stand-off*: spans on that text, never characters in it::

    text as read   Comrade Enver Hoxha: We are extre-⏎mely happy␌2⏎Korean comrades
    pages          ├──────────── O1/page-1.hocr ──────────────────┤├─ O1/page-2.hocr ─
    lines          ├────────────────────────────────┤├──────────┤  ├┤├─────────────
    words          ├─────┤ ├───┤ ├────┤ ├┤ ├─┤ …   (box in pixels, confidence 0–1)
    roles                                                         ├┤ furniture
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

import regex
from attrs import evolve, field, frozen

from variorum.errors import WitnessError
from variorum.text import Span, Text

__all__ = [
    "PAGE_BREAK",
    "Box",
    "Derivation",
    "Description",
    "GivenToken",
    "Layout",
    "Line",
    "Page",
    "Received",
    "Role",
    "Stretch",
    "Witness",
    "Word",
    "join_pages",
]

PAGE_BREAK = "\f"

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the page image."""

_SIGLUM = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}_.*′'-]{0,31}")


class Role(StrEnum):
    """What a stretch of a witness is.  All but furniture are collated."""

    FURNITURE = "furniture"  # the carrier's, not the text's
    HEADING = "heading"
    DATELINE = "dateline"
    PARTICIPANTS = "participants"
    TURN = "turn"
    STAGE = "stage direction"  # "(laughter)"
    NOTE = "note"
    CLOSER = "closer"
    SIGNATURE = "signature"


@frozen(order=True)
class Stretch:
    """A span of the text as read and its role."""

    span: Span
    role: Role
    evidence: str = ""  # what made us say so: a rule, the reader, "edition.toml"


@frozen
class Page:
    """One page: its stretch of the text, its file, and its image where there is one."""

    span: Span
    file: str
    number: int = 1  # of the witness, from 1
    image: str | None = None  # path relative to the file, as the file says it
    width: int | None = None  # pixels of the image
    height: int | None = None


@frozen
class Line:
    """One line of a page as set or recognised, line break excluded."""

    span: Span
    box: Box | None = None


@frozen
class Word:
    """One word as the OCR engine saw it."""

    span: Span
    box: Box | None = None
    confidence: float | None = None  # 0–1
    language: str | None = None


@frozen
class Layout:
    """Stand-off facts about a text as read; each tuple is in order of its spans."""

    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    words: tuple[Word, ...] = ()
    roles: tuple[Stretch, ...] = ()
    notes: tuple[str, ...] = ()  # what the reader left out, a sentence each with its place


@frozen
class Received:
    """A file as it came: never written to, known by its digest."""

    file: str  # relative to the edition folder, or as given on the command line
    digest: str  # SHA-256 of the bytes
    reader: str  # "hocr 1": name and version of the reader
    encoding: str = "utf-8"


@frozen
class Derivation:
    """What a witness was made from: ``from`` of the edition file, by whom, and how."""

    source: str = ""
    by: str = ""
    how: str = ""


@frozen
class Description:
    """What the editor says about a witness (``[[witness]]`` of the edition file)."""

    language: str = ""  # BCP 47
    text: str = "original"  # original | translation
    derivation: Derivation = Derivation()
    hands: tuple[str, ...] = ()
    kind: str = ""
    date: str = ""
    repository: str = ""
    shelfmark: str = ""
    source: str = ""
    rights: str = ""
    recipe: str = ""  # overrules the edition's
    synthetic: bool = False


@frozen
class GivenToken:
    """A token that came ready made (CollateX JSON): never cut or normalised by us."""

    span: Span
    n: str | None = None
    extra: tuple[tuple[str, str], ...] = ()  # further keys, values as JSON text


@frozen
class Witness:
    """A version of the text, known by its siglum."""

    siglum: str = field()
    text: Text
    layout: Layout = Layout()
    description: Description = Description()
    received: tuple[Received, ...] = ()
    tokens: tuple[GivenToken, ...] | None = None

    @siglum.validator
    def _known_by(self, _: object, siglum: str) -> None:
        if not _SIGLUM.fullmatch(siglum):
            raise WitnessError(
                f"{siglum!r} is no siglum",
                remedy="use letters, digits, _ . * ' or -, at most 32 and no space",
            )

    def page_at(self, offset: int) -> Page | None:
        """The page that holds the character at *offset*, or nothing."""
        for page in self.layout.pages:
            if page.span.start <= offset <= page.span.end:
                return page
        return None


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def join_pages(siglum: str, pages: Sequence[Witness]) -> Witness:
    """One witness out of the witnesses of its pages, joined by form feeds, in that order."""
    if not pages:
        raise WitnessError("no pages", place=siglum, remedy="name at least one file")
    if any(page.tokens is not None for page in pages) and len(pages) > 1:
        raise WitnessError("ready-made tokens cannot be joined as pages", place=siglum)
    offsets = []
    at = 0
    for page in pages:
        offsets.append(at)
        at += len(page.text) + len(PAGE_BREAK)
    if len(pages) == 1:
        return evolve(pages[0], siglum=siglum)
    return Witness(
        siglum,
        Text(PAGE_BREAK.join(page.text.chars for page in pages)),
        _joined_layout(zip(pages, offsets, strict=True)),
        pages[0].description,
        tuple(received for page in pages for received in page.received),
    )


def _joined_layout(pages: Iterable[tuple[Witness, int]]) -> Layout:
    found: list[Page] = []
    lines: list[Line] = []
    words: list[Word] = []
    roles: list[Stretch] = []
    notes: list[str] = []
    for witness, by in pages:
        layout = witness.layout
        for page in layout.pages:
            found.append(evolve(page, span=_shifted(page.span, by), number=len(found) + 1))
        lines += [evolve(line, span=_shifted(line.span, by)) for line in layout.lines]
        words += [evolve(word, span=_shifted(word.span, by)) for word in layout.words]
        roles += [evolve(role, span=_shifted(role.span, by)) for role in layout.roles]
        notes += layout.notes
    return Layout(tuple(found), tuple(lines), tuple(words), tuple(roles), tuple(notes))
