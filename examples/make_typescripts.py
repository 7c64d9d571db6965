# /// script
# requires-python = ">=3.11"
# dependencies = ["Pillow==13.0.0", "numpy", "pyphen==0.18.1", "variorum"]
# ///
"""Draw W as a typist would have typed it, wear the pages, and let the real Tesseract read them.

    python examples/make_typescripts.py witnesses/hoxha-choe-1959 [O1 O2 O3] [--pages-only]

Each copy has its own seed and its own degree of wear; nothing else differs, and
no reading is planted: what O1, O2 and O3 read differently is what Tesseract
made of them.  The same seeds give the same pixels with the Pillow named above;
what Tesseract reads may differ a little from machine to machine (its fast
arithmetic does), so the committed output is the witness, and a test reads one
page again and allows for that.

Needs the Debian packages tesseract-ocr and fonts-courier-prime.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyphen
from attrs import frozen
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from variorum.readers import read_path
from variorum.rules import Context, apply, recipe
from variorum.turns import divide
from variorum.witness import Role

FONT = Path("/usr/share/fonts/opentype/courier-prime/Courier Prime.otf")
DPI = 200
WIDTH, HEIGHT = 1654, 2339  # A4 at 200 dpi, pixels
LEFT, TOP = 200, 190
PITCH, LEADING = 20, 44  # ten characters to the inch; a line and a third
COLUMNS, LINES = 62, 45

Page = list[str]
Pixels = NDArray[np.float32]


@frozen
class Wear:
    """How worn a copy is: 0 is none."""

    seed: int
    output: str  # what Tesseract writes: hocr or alto
    jitter: float  # pixels that a letter may stand off its place
    ribbon: float  # how unevenly the ribbon inks
    blur: float  # pixels
    speckle: float  # share of pixels with dirt
    dropout: float  # strength of faint patches
    thick: float  # threshold: above .5 letters fill, below they break
    skew: float  # degrees


COPIES = {
    "O1": Wear(1959_06_01, "hocr", 0.6, 0.10, 0.9, 0.0001, 0.05, 0.50, 0.15),
    "O2": Wear(1959_06_02, "hocr", 0.86, 0.23, 1.29, 0.0007, 0.18, 0.48, 0.28),
    "O3": Wear(1959_06_03, "alto", 0.88, 0.24, 1.32, 0.0007, 0.19, 0.479, 0.30),
}


def paragraphs(source: Path) -> list[tuple[Role, str]]:
    """The paragraphs of W that a typescript would have: all but the web page's own."""
    (witness,) = read_path(source, source.name)
    derived = apply(recipe("archive-english"), witness.text.chars, Context("en"))
    division = divide(derived)
    text = list(witness.text.chars)
    roles = [Role.FURNITURE] * len(text)
    for stretch in division.stretches:
        for at in range(stretch.span.start, stretch.span.end):
            roles[at] = stretch.role
            if stretch.role is Role.FURNITURE:
                text[at] = "\n"
    out = []
    at = 0
    for block in "".join(text).split("\n"):
        words = " ".join(block.split())
        if words:
            first = at + len(block) - len(block.lstrip())
            out.append((roles[first], words))
        at += len(block) + 1
    return out


def typed(parts: Sequence[tuple[Role, str]]) -> list[Page]:
    """Pages of lines: paragraphs indented, words divided at the margin as a typist divides."""
    lines: list[str] = []
    divider = pyphen.Pyphen(lang="en_US")
    for role, words in parts:
        centred = role in (Role.HEADING, Role.DATELINE)
        indent = 0 if centred or role in (Role.CLOSER, Role.SIGNATURE) else 5
        block = list(wrapped(words, indent, divider))
        lines += [line.center(COLUMNS).rstrip() if centred else line for line in block]
        lines.append("")
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    return [
        ([f"- {n} -".center(COLUMNS).rstrip(), "", *page] if n > 1 else page)
        for n, page in enumerate(pages, 1)
    ]


def wrapped(words: str, indent: int, divider: pyphen.Pyphen) -> Iterator[str]:
    """The lines of a paragraph; a word is divided where at least four columns would stay empty."""
    line = " " * indent
    for word in words.split():
        joined = f"{line} {word}" if line.strip() else line + word
        if len(joined) <= COLUMNS:
            line = joined
            continue
        room = COLUMNS - len(line) - 1
        head, tail = divided(word, room, divider) if room >= 5 else ("", word)
        yield f"{line} {head}".rstrip() if head else line
        line = tail
    yield line


def divided(word: str, room: int, divider: pyphen.Pyphen) -> tuple[str, str]:
    """The longest head of *word* with its hyphen that fits, and the rest; or nothing and all."""
    letters = word.rstrip(".,;:?!’”)]")
    if not letters.isalpha():
        return "", word
    for head, _ in divider.iterate(letters) if len(letters) > 6 else ():  # the longest first
        if 3 <= len(head) < room and len(word) - len(head) >= 3:
            return f"{head}-", word[len(head) :]
    return "", word


def drawn(page: Page, wear: Wear, number: int) -> Image.Image:
    """One worn page, one bit a pixel; the same seed gives the same pixels."""
    rng = np.random.Generator(np.random.PCG64([wear.seed, number]))
    font = ImageFont.truetype(str(FONT), 33, layout_engine=ImageFont.Layout.BASIC)
    sheet = Image.new("L", (WIDTH, HEIGHT), 255)
    for row, line in enumerate(page):
        for column, char in enumerate(line):
            if char != " ":
                letter(sheet, font, char, row, column, wear, rng)
    ink = 1 - np.asarray(sheet, dtype=np.float32) / 255
    ink = (
        np.asarray(
            Image.fromarray((ink * 255).astype(np.uint8)).filter(
                ImageFilter.GaussianBlur(wear.blur)
            ),
            dtype=np.float32,
        )
        / 255
    )
    ink *= 1 - wear.dropout * patches(rng)
    ink += rng.normal(0, 0.04 + wear.ribbon / 8, ink.shape).astype(np.float32)
    ink = np.where(rng.random(ink.shape) < wear.speckle, 1 - ink, ink)
    worn = Image.fromarray(np.where(ink > 1 - wear.thick - 0.12, 0, 255).astype(np.uint8))
    turned = worn.rotate(
        float(rng.uniform(-1, 1)) * wear.skew, Image.Resampling.NEAREST, fillcolor=255
    )
    return turned.convert("1", dither=Image.Dither.NONE)


def letter(
    sheet: Image.Image,
    font: ImageFont.FreeTypeFont,
    char: str,
    row: int,
    column: int,
    wear: Wear,
    rng: np.random.Generator,
) -> None:
    """One stroke of the machine: off its place a little, inked more or less."""
    dx, dy = rng.normal(0, wear.jitter, 2)
    shade = int(np.clip(rng.normal(wear.ribbon * 130, wear.ribbon * 130), 0, 170))
    draw = ImageDraw.Draw(sheet)
    place = (LEFT + column * PITCH + round(float(dx)), TOP + row * LEADING + round(float(dy)))
    draw.text(place, char, font=font, fill=shade)


def patches(rng: np.random.Generator) -> Pixels:
    """A field from 0 to 1 that changes slowly over the page: where the sheet has faded."""
    coarse = rng.random((HEIGHT // 90, WIDTH // 90)) * 255
    field = Image.fromarray(coarse.astype(np.uint8)).resize(
        (WIDTH, HEIGHT), Image.Resampling.BICUBIC
    )
    return np.asarray(field, dtype=np.float32) / np.float32(255)


def recognised(image: Path, output: str) -> Path:
    """What Tesseract makes of *image*, beside it."""
    subprocess.run(
        ["tesseract", image.name, image.stem, "--dpi", str(DPI), "--psm", "3", "-l", "eng", output],
        cwd=image.parent,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=True,
        capture_output=True,
    )
    return image.with_suffix(".hocr" if output == "hocr" else ".xml")


def main(arguments: Sequence[str]) -> None:
    """Make the copies named, or all."""
    folder = Path(arguments[0])
    wanted = [name for name in arguments[1:] if name in COPIES] or list(COPIES)
    pages = typed(paragraphs(folder / "W.txt"))
    images = []
    for name in wanted:
        (folder / name).mkdir(exist_ok=True)
        for number, page in enumerate(pages, 1):
            image = folder / name / f"page-{number:02d}.png"
            drawn(page, COPIES[name], number).save(image, optimize=True)
            images.append((image, COPIES[name].output))
    if "--pages-only" not in arguments:
        with ThreadPoolExecutor(2) as pool:
            for made in pool.map(lambda job: recognised(*job), images):
                print(made, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
