# /// script
# requires-python = ">=3.11"
# dependencies = ["Pillow==13.0.0", "numpy", "pyphen==0.18.1", "variorum"]
# ///
"""From a page image to an OCR witness, in two languages, and what a wrong ``-l`` does.

    python examples/from_image_to_witness.py FOLDER

Draws the first page of W (English) and of A (Albanian) as typescripts, lets the
real Tesseract read them, the Albanian one also with the English model, measures
the three against what was typed, estimates them without it, and makes an
edition of the English copy beside its truth::

    page-en.png ── tesseract -l eng ──▶ page-en.hocr ───────┐
    page-sq.png ── tesseract -l sqi ──▶ page-sq.hocr ───────┼─▶ ocr evaluate, ocr estimate
              └─── tesseract -l eng ──▶ page-sq-as-eng.hocr ┘
    page-en.txt, page-en.hocr ─▶ init ─▶ edition/ ─▶ collate

Needs the Debian packages tesseract-ocr, tesseract-ocr-sqi and fonts-courier-prime.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pyphen
from make_typescripts import DPI, LINES, Page, Wear, drawn, paragraphs, typed, wrapped

from variorum.cli.__main__ import main as variorum

MINUTES = Path(__file__).parent.parent / "witnesses" / "hoxha-choe-1959"
WEAR = Wear(1959_06_06, "hocr", 0.7, 0.14, 1.0, 0.0002, 0.08, 0.49, 0.2)
READINGS = (
    ("page-en", "page-en", "eng"),
    ("page-sq", "page-sq", "sqi"),
    ("page-sq", "page-sq-as-eng", "eng"),
)


def english() -> Page:
    """The first page of W as a typist would have it."""
    return typed(paragraphs(MINUTES / "W.txt"))[0]


def albanian() -> Page:
    """The first page of A, its two lines of warning left out."""
    divider = pyphen.Pyphen(lang="sq")
    found = (MINUTES / "A.txt").read_text("utf-8").splitlines()[2:]
    plain = str.maketrans({"\u2019": "'", "\u00ab": '"', "\u00bb": '"'})
    lines: Page = []
    for paragraph in filter(str.strip, found):
        lines += [*wrapped(" ".join(paragraph.translate(plain).split()), 5, divider), ""]
    return lines[:LINES]


def recognised(folder: Path, image: str, name: str, model: str) -> None:
    """The hOCR that Tesseract makes of an image with a language's model."""
    options = ["--dpi", str(DPI), "--psm", "3", "-l", model, "hocr"]
    subprocess.run(
        ["tesseract", f"{image}.png", name, *options],
        cwd=folder,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=True,
        capture_output=True,
    )


def main(arguments: Sequence[str]) -> int:
    """Everything into the folder named."""
    if len(arguments) != 1:
        print("usage: from_image_to_witness.py FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in (("page-en", english()), ("page-sq", albanian())):
        (folder / f"{name}.txt").write_text("\n".join(page) + "\n", "utf-8")
        drawn(page, WEAR, 1).save(folder / f"{name}.png", optimize=True)
    for image, name, model in READINGS:
        recognised(folder, image, name, model)
        print(f"\n{name}.hocr: {image}.png read with -l {model}")
        told = [str(folder / f"{image}.txt"), str(folder / f"{name}.hocr")]
        variorum(["ocr", "evaluate", *told, "--profile", "editorial"])
    print("\nThe same three, without what was typed:")
    variorum(["ocr", "estimate", *(str(folder / f"{name}.hocr") for _, name, _ in READINGS)])
    print("\nAn edition of the English copy beside its truth:")
    files = [str(folder / "page-en.txt"), str(folder / "page-en.hocr")]
    return variorum(["init", str(folder / "edition"), *files])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
