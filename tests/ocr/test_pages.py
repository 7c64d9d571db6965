"""The committed pages: made as their manifest says, and read again by the real Tesseract."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from benchmarks.pages.data import plain, samples, unseen
from benchmarks.pages.make import ARCHIVE, UNSEEN, Sheet, drawn, read, sheets, truth_of
from benchmarks.pages.make import unseen as unseen_sheets

from variorum.ocr.distance import edits
from variorum.ocr.estimate import estimate
from variorum.readers import read as read_bytes

TOLERANCE = 0.02
"""Letters that two builds of Tesseract may read apart on a page of little wear (measured: none)."""

AGAIN = ("minutes.en-courier-light-full", "declaration.sq-courier-light-half")
"""In Courier Prime, the one typeface that the tests need."""


def sheet(name: str) -> Sheet:
    """The sheet of a name."""
    (found,) = (one for one in sheets() if one.name == name)
    return found


def test_the_manifest_is_what_would_be_made() -> None:
    """Sheets, order and truths of both archives are those of the program."""
    assert [sample.sheet for sample in samples()] == list(sheets())
    assert [sample.sheet for sample in unseen()] == list(unseen_sheets())
    courier = [s for s in (*samples(), *unseen()) if s.sheet.typeface == "courier"]
    for sample in courier[::5]:
        assert sample.truth.splitlines() == truth_of(sample.sheet)


@pytest.mark.parametrize("path", [ARCHIVE, UNSEEN])
def test_archives_have_no_dates(path: Path) -> None:
    """The same pages give the same archive."""
    with zipfile.ZipFile(path) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_seed_gives_the_same_pixels() -> None:
    """A page drawn twice is one page; another name is another page."""
    one = sheet(AGAIN[1])
    assert (np.asarray(drawn(one)) == np.asarray(drawn(one))).all()
    worn = sheet("declaration.sq-courier-worn-half")
    assert (np.asarray(drawn(worn)) != np.asarray(drawn(one))).any()


@pytest.mark.parametrize("name", AGAIN)
def test_tesseract_reads_a_page_again(name: str) -> None:
    """Drawn from its seed and read again, a page is as committed, within the tolerance."""
    (kept,) = (sample for sample in samples() if sample.sheet.name == name)
    _, truth, hocr = read(sheet(name))
    (again,) = read_bytes(f"{name}.hocr", hocr)
    assert truth == kept.truth
    before, after = plain(kept.copy.text.chars), plain(again.text.chars)
    assert len(edits(before, after)) <= TOLERANCE * len(before)
    told, once = estimate(again)[0], estimate(kept.copy)[0]
    assert told.cer == pytest.approx(once.cer, abs=0.01)


def test_true_rates_are_capped() -> None:
    """From 0 to 1, text on a blank page being wrong altogether."""
    for sample in samples():
        assert 0.0 <= sample.cer() <= 1.0
        if not sample.sheet.lines:
            assert sample.cer() == float(bool(plain(sample.copy.text.chars)))


def test_nothing_is_left_behind() -> None:
    """Reading a page leaves no file."""
    before = set(Path(tempfile.gettempdir()).glob("tmp*/page.png"))
    read(sheet("minutes.en-courier-clean-sparse"))
    assert set(Path(tempfile.gettempdir()).glob("tmp*/page.png")) == before
