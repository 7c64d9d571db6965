"""The witnesses of an edition, read from the files as received.

Pages are joined in order; what a reader says of a file names the file where it
lies, while a witness keeps the name it has within the edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

from variorum.edition.folder import FILE, Entry, Folder
from variorum.errors import EditionError, ReadingError
from variorum.ocr.taught import Taught, taught
from variorum.readers import read_path
from variorum.text import Span
from variorum.witness import Stretch, Witness, join_pages

__all__ = ["measured", "overruled", "read_as", "witnesses", "worded"]


def witnesses(folder: Folder) -> tuple[Witness, ...]:
    """The witnesses as read now, in the edition's order, roles overruled."""
    return tuple(_witness(folder, entry) for entry in folder.entries)


def read_as(path: Path, name: str) -> tuple[Witness, ...]:
    """The witnesses in the file at *path*, kept under *name*; errors tell the whole path."""
    try:
        return read_path(path, name)
    except ReadingError as error:
        place = f"{path}{error.place.removeprefix(name)}"
        raise ReadingError(error.what, place=place, remedy=error.remedy) from None


def measured(folder: Folder, found: Sequence[Witness]) -> Iterator[tuple[str, Taught]]:
    """What each copy that names an evaluation was measured to read for what, by siglum."""
    texts = {witness.siglum: witness.text.digest for witness in found}
    for entry in folder.entries:
        if entry.confusions:
            path = folder.path / entry.confusions
            told = taught(contents(path), str(path))
            _as_copy(told, texts[entry.siglum], entry.siglum, str(path))
            yield entry.siglum, told


def contents(path: Path) -> bytes:
    """The bytes of a file.  Raises ``ReadingError`` if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(
            f"cannot be read ({error.strerror})", place=str(path), remedy="check it"
        ) from None


def _as_copy(told: Taught, text: str, siglum: str, place: str) -> None:
    """Raise ``EditionError`` for an evaluation of another copy, in which this one is the truth."""
    if text in told.truths and text not in told.copies:
        raise EditionError(
            f"measures other copies against {siglum}, not {siglum} itself",
            place=place,
            remedy=f"name it at the copy that was measured, or evaluate TRUTH {siglum}",
        )


def worded(witness: Witness, place: str) -> Witness:
    """*witness*, unless all its pages are blank: there is nothing to collate then."""
    if witness.layout.pages and not witness.text.chars.strip():
        raise ReadingError(
            "no word on any page", place=place, remedy="run the OCR engine again, or leave it out"
        )
    return witness


def _witness(folder: Folder, entry: Entry) -> Witness:
    pages = []
    for name in entry.files:
        found = read_as(folder.path / name, name)
        if len(found) != 1:
            raise EditionError(
                f"holds {len(found)} witnesses, not one",
                place=str(folder.path / name),
                remedy="give each witness a file of its own",
            )
        pages.append(found[0])
    joined = worded(join_pages(entry.siglum, pages), str(folder.path / entry.files[0]))
    return Witness(
        entry.siglum, joined.text, joined.layout, entry.description, joined.received, joined.tokens
    )


def overruled(folder: Folder, witness: Witness) -> tuple[Stretch, ...]:
    """The roles that the editor gave in *witness*; each quotation wherever it stands."""
    out = []
    for told in folder.overrulings:
        if told.siglum != witness.siglum:
            continue
        found = list(regex.finditer(regex.escape(told.quotation), witness.text.chars))
        if not found:
            raise EditionError(
                f"{told.siglum} does not have {told.quotation!r}",
                place=f"{folder.path / FILE}:{told.line}",
                remedy="quote it as it stands in the witness",
            )
        out += [Stretch(Span(*match.span()), told.role, FILE) for match in found]
    return tuple(sorted(out))
