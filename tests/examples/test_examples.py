"""The scripts that make the synthetic witnesses still make them."""

from __future__ import annotations

import shutil
from pathlib import Path

import make_pdf
import make_typescripts
import numpy as np
import pytest
import typst
from PIL import Image
from rapidfuzz.distance import Levenshtein

from variorum.readers import read, read_path
from variorum.witness import Witness

FOLDER = Path(__file__).parent.parent.parent / "witnesses" / "hoxha-choe-1959"
PAGES = sorted([*FOLDER.glob("O*/*.hocr"), *FOLDER.glob("O*/*.xml")])

TOLERANCE = 0.02
"""Share of characters that another machine's Tesseract may read otherwise."""


def page(path: Path) -> Witness:
    """The witness of one page."""
    (witness,) = read_path(path, path.name)
    return witness


@pytest.mark.parametrize("name", make_typescripts.COPIES)
def test_drawing_gives_the_committed_pixels(name: str) -> None:
    """A page drawn again is the committed image, pixel by pixel."""
    pages = make_typescripts.typed(make_typescripts.paragraphs(FOLDER / "W.txt"))
    made = make_typescripts.drawn(pages[11], make_typescripts.COPIES[name], 12)
    with Image.open(FOLDER / name / "page-12.png") as kept:
        assert (np.asarray(made) == np.asarray(kept)).all()


def test_every_page_has_its_image() -> None:
    """Each hOCR and ALTO file names the image that lies beside it."""
    assert len(PAGES) == 36
    for path in PAGES:
        (sheet,) = page(path).layout.pages
        assert sheet.image == path.with_suffix(".png").name
        with Image.open(path.parent / sheet.image) as image:
            assert image.size == (sheet.width, sheet.height)


def test_tesseract_reads_a_page_again(tmp_path: Path) -> None:
    """Tesseract reads a committed image as committed, within the stated tolerance."""
    path = FOLDER / "O1" / "page-12.hocr"
    shutil.copy(path.with_suffix(".png"), tmp_path)
    made = make_typescripts.recognised(tmp_path / "page-12.png", "hocr")
    kept, again = page(path).text.chars, page(made).text.chars
    assert Levenshtein.distance(kept, again) <= TOLERANCE * len(kept)


def test_pdf_has_the_same_text_layer() -> None:
    """The PDF set again has the text layer of the committed one."""
    source = make_pdf.page(make_typescripts.paragraphs(FOLDER / "W.txt")).encode()
    (again,) = read("P.pdf", typst.compile(source))
    assert again.text.chars == page(FOLDER / "P.pdf").text.chars
