"""The committed pages: text that was drawn, what Tesseract read, and the error of it."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from attrs import frozen

from benchmarks.pages.make import ARCHIVE, UNSEEN, Sheet
from variorum.ocr.distance import edits
from variorum.readers import read
from variorum.witness import Witness

__all__ = ["Sample", "plain", "samples", "unseen"]

_STRAIGHT = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})


def plain(text: str) -> str:
    """*text* as the true rate is measured: NFC, white space runs one space, quotes straight.

    No text here has a letter of two code points, so letters are graphemes.
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_STRAIGHT).split())


@frozen(eq=False)
class Sample:
    """A page: how it was made, its text, its copy."""

    sheet: Sheet
    truth: str
    copy: Witness

    @property
    def kind(self) -> str:
        """full, half, sparse, blank, turned, eng (read by the wrong model), unseen, or copy."""
        name = self.sheet.name
        return "copy" if name.startswith("copy-") else name.rpartition("-")[2]

    def cer(self) -> float:
        """Levenshtein by letters of the truth, at most 1; 1 for any text on a blank page."""
        truth, copy = plain(self.truth), plain(self.copy.text.chars)
        wrong = len(edits(truth, copy))
        return min(1.0, wrong / len(truth)) if truth else float(wrong > 0)


@cache
def samples() -> tuple[Sample, ...]:
    """Every page of the archive."""
    return _archived(ARCHIVE)


@cache
def unseen() -> tuple[Sample, ...]:
    """The pages that nothing is fitted on."""
    return _archived(UNSEEN)


def _archived(path: Path) -> tuple[Sample, ...]:
    with zipfile.ZipFile(path) as archive:
        rows = json.loads(archive.read("manifest.json"))
        return tuple(_samples(archive, [Sheet(**row) for row in rows]))


def _samples(archive: zipfile.ZipFile, sheets: list[Sheet]) -> Iterator[Sample]:
    for sheet in sheets:
        truth = archive.read(f"{sheet.name}.txt").decode()
        name = f"{sheet.name}.hocr"
        yield Sample(sheet, truth, read(name, archive.read(name))[0])
