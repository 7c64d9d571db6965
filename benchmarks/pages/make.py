"""Draw pages of known text, wear them, and let the real Tesseract read them.

    python -m benchmarks.pages.make [--unseen] [--workers 2] [NAME…]

Every page has its own seed, made of the digest of its name; nothing is planted.
What is kept is the text that was drawn and what Tesseract made of it, in one
archive (``pages.zip``); the images are made again from the same seeds, with the
Pillow that ``pyproject.toml`` names.  What Tesseract reads may differ a little
from machine to machine, so the archive is the datum, and a test reads one page
again and allows for that.

::

    text        minutes (en), Declaration (en, sq, de)
    typeface    two typewriters, a serif, a sans
    wear        clean, light, medium, worn, heavy
    page        full, half, a line or two, blank; with the back bleeding through; upside down
    model       that of the text's language, and for Albanian the English one as well

Three copies of the same pages with independent seeds (``copy-1`` to ``copy-3``)
are for voting.  Pages that nothing is ever fitted on have an archive of their own
(``--unseen``): other texts, in English, Albanian and German, at 300 dpi, read as
one block (``--psm 6``).  Needs the Debian packages tesseract-ocr, tesseract-ocr-sqi,
tesseract-ocr-deu, fonts-courier-prime, fonts-gnutypewriter, fonts-liberation
and fonts-dejavu-core.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import numpy as np
from attrs import asdict, evolve, frozen
from make_typescripts import paragraphs
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).parent
ARCHIVE, UNSEEN = HERE / "pages.zip", HERE / "unseen.zip"
EDITION = HERE.parent.parent / "witnesses" / "hoxha-choe-1959"
MINUTES = EDITION / "W.txt"

DPI = 200  # at which the measures that follow hold; they grow with that of a sheet
WIDTH, HEIGHT = 1240, 1240  # pixels: a small sheet, so that many are read in little time
LEFT, TOP, LEADING, SIZE = 110, 90, 44, 33
LINES = 24
MEASURE = WIDTH - 2 * LEFT  # pixels of the longest line

Pixels = NDArray[np.float32]


@frozen
class Level:
    """How worn a page is; the fields are those of the typescripts in ``examples/``."""

    jitter: float
    ribbon: float
    blur: float
    speckle: float
    dropout: float
    thick: float
    skew: float


LEVELS: Mapping[str, float] = {
    "clean": 0.0,
    "light": 0.45,
    "medium": 0.83,
    "worn": 0.885,
    "heavy": 0.94,
}
"""How worn a page is, as a share of what thin letters just survive."""

STROKES = {"courier": 1.0, "typewriter": 1.29, "serif": 0.93, "sans": 1.17}
"""How much more wear the strokes of a typeface stand than Courier Prime's."""


TYPEFACES: Mapping[str, str] = {
    "courier": "/usr/share/fonts/opentype/courier-prime/Courier Prime.otf",
    "typewriter": "/usr/share/fonts/truetype/gnutypewriter/GNUTypewriter.ttf",
    "serif": "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "sans": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
}

MODELS = {"en": "eng", "sq": "sqi", "de": "deu"}

TYPED = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2013": "-"}
    | {"\u2014": "-", "\u2026": "...", "\u00a0": " ", "&": "+"}
)
"""What a typewriter has no key for."""

BRACKETS = str.maketrans("()[]", "////")
"""GNU Typewriter draws them so."""


@frozen
class Sheet:
    """A page to be drawn and read: what the manifest says of it."""

    name: str
    text: str  # "minutes.en", "declaration.sq" …
    typeface: str
    level: str
    first: int  # line of the text, as set in this typeface
    lines: int
    model: str
    bleed: float = 0.0  # strength of the back that shines through
    turned: bool = False
    dpi: int = DPI

    @property
    def scale(self) -> float:
        """Of its measures, 1 at 200 dpi."""
        return self.dpi / DPI

    @property
    def language(self) -> str:
        """Of the text."""
        return self.text.rpartition(".")[2]


def sheets() -> Iterator[Sheet]:
    """Every page, in a fixed order."""
    texts = ("minutes.en", "declaration.en", "declaration.sq", "declaration.de")
    for number, (text, face, level) in enumerate(product(texts, TYPEFACES, LEVELS)):
        model = MODELS[text.rpartition(".")[2]]
        first = 24 * (number % 5)
        stem = f"{text}-{face}-{level}"
        yield Sheet(f"{stem}-full", text, face, level, first, LINES, model)
        if number % 2:
            yield Sheet(f"{stem}-half", text, face, level, first + 7, 9, model)
        if text.endswith(".sq"):
            yield Sheet(f"{stem}-as-eng", text, face, level, first, LINES, "eng")
    yield from _sparse()
    for copy, first in product((1, 2, 3), range(0, 240, 24)):
        name = f"copy-{copy}-minutes.en-{first // 24 + 1:02d}"
        yield Sheet(name, "minutes.en", "courier", "medium", first, LINES, "eng")
    for copy, first in product((1, 2, 3), range(0, 96, 24)):
        name = f"copy-{copy}-declaration.sq-{first // 24 + 1:02d}"
        yield Sheet(name, "declaration.sq", "courier", "medium", first, LINES, "sqi")


def _sparse() -> Iterator[Sheet]:
    """Pages of a line or two, blank pages, pages upside down."""
    texts = ("minutes.en", "declaration.sq", "declaration.de", "declaration.en")
    for number, (face, level) in enumerate(product(TYPEFACES, LEVELS)):
        text = texts[number % 4]
        model = MODELS[text.rpartition(".")[2]]
        bleed = (0.0, 0.35, 0.5)[number % 3]
        stem = f"{text}-{face}-{level}"
        first = 11 + number
        yield Sheet(f"{stem}-sparse", text, face, level, first, 1 + number % 3, model, bleed)
        if number % 4 == 1:
            yield Sheet(f"{stem}-blank", text, face, level, first, 0, model, 0.3 + number / 60)
        if number % 3 == 2:
            turned = {"turned": True}
            yield Sheet(f"{stem}-turned", text, face, level, 24, LINES, model, **turned)


def unseen() -> Iterator[Sheet]:
    """Pages to judge by alone: other texts, lengths, resolution and segmentation."""
    faces = {"prose.en": TYPEFACES, "opening.sq": ("courier", "serif"), "tale.de": ("sans",)}
    chosen = ((t, face, level) for t in faces for face, level in product(faces[t], LEVELS))
    for number, (text, face, level) in enumerate(chosen):
        model = MODELS[text.rpartition(".")[2]]
        lines = (20, 12, 6)[number % 3]
        stem = f"{text}-{face}-{level}"
        sheet = Sheet(f"{stem}-unseen", text, face, level, 7 * number, lines, model, dpi=300)
        yield sheet
        if text.endswith(".sq"):
            yield evolve(sheet, name=f"{stem}-as-eng", model="eng")


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text."""
    if text == "minutes.en":
        return [words for _, words in paragraphs(MINUTES)]
    if text == "opening.sq":  # below the two lines that say what it is
        return [line for line in (EDITION / "A.txt").read_text("utf-8").split("\n")[2:] if line]
    whole = (HERE / "texts" / f"{text}.txt").read_text("utf-8")
    return [line for line in whole.split("\n") if line]


def font_of(typeface: str, scale: float) -> ImageFont.FreeTypeFont:
    """A typeface at the size of a page."""
    size = round(SIZE * scale)
    return ImageFont.truetype(TYPEFACES[typeface], size, layout_engine=ImageFont.Layout.BASIC)


def typed(text: str, typeface: str) -> list[str]:
    """The paragraphs of a text, a space between words, in letters that the typeface has."""
    keys = TYPED | (BRACKETS if typeface == "typewriter" else {})
    return [" ".join(one.translate(keys).split()) for one in paragraphs_of(text)]


def lines_of(text: str, typeface: str, scale: float = 1.0) -> list[str]:
    """The lines of a text as set in a typeface; no hyphens, no indents."""
    font = font_of(typeface, scale)
    return [line for one in typed(text, typeface) for line in wrapped(one, font, MEASURE * scale)]


def wrapped(words: str, font: ImageFont.FreeTypeFont, measure: float) -> Iterator[str]:
    """Words in lines no longer than the measure."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if line and font.getlength(longer) > measure:
            yield line
            longer = word
        line = longer
    yield line


def truth_of(sheet: Sheet) -> list[str]:
    """The lines that are drawn on a sheet; the text begins again where it ends."""
    found = lines_of(sheet.text, sheet.typeface, sheet.scale)
    return [found[(sheet.first + n) % len(found)] for n in range(sheet.lines)]


def seed(sheet: Sheet) -> int:
    """Of the name alone; a page read by two models is one image."""
    first = "-full" if sheet.dpi == DPI else "-unseen"
    stem = sheet.name.removesuffix("-as-eng")
    name = stem + first if stem != sheet.name else stem
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")


def drawn(sheet: Sheet) -> Image.Image:
    """The worn page, one bit a pixel; the same seed gives the same pixels."""
    rng = np.random.Generator(np.random.PCG64(seed(sheet)))
    wear = level(sheet, rng)
    ink = inked(truth_of(sheet), sheet, wear, rng)
    if sheet.bleed:
        other = lines_of(sheet.text, sheet.typeface)[50:70]
        back = inked(other, sheet, wear, rng)[:, ::-1]
        soft = blurred(np.ascontiguousarray(back), 2.2)
        ink = np.maximum(ink, soft * np.float32(sheet.bleed * 1.6) * patches(rng, sheet))
    ink = blurred(ink, wear.blur)
    ink *= 1 - np.float32(wear.dropout) * patches(rng, sheet)
    ink += rng.normal(0, 0.04 + wear.ribbon / 8, ink.shape).astype(np.float32)
    ink = np.where(rng.random(ink.shape) < wear.speckle, 1 - ink, ink)
    worn = Image.fromarray(np.where(ink > 1 - wear.thick - 0.12, 0, 255).astype(np.uint8))
    angle = float(rng.uniform(-1, 1)) * wear.skew + (180 if sheet.turned else 0)
    return worn.rotate(angle, Image.Resampling.NEAREST, fillcolor=255).convert(
        "1", dither=Image.Dither.NONE
    )


def level(sheet: Sheet, rng: np.random.Generator) -> Level:
    """The wear of one sheet: its level, its typeface, and a tenth more or less of its own."""
    share = LEVELS[sheet.level] * STROKES[sheet.typeface] * float(rng.uniform(0.94, 1.06))
    return Level(
        jitter=(0.2 + 0.75 * share) * sheet.scale,
        ribbon=0.02 + 0.25 * share,
        blur=(0.5 + 0.92 * share) * sheet.scale,
        speckle=0.001 * share,
        dropout=0.22 * share,
        thick=0.52 - 0.045 * share,
        skew=0.35 * share,
    )


def inked(lines: Sequence[str], sheet: Sheet, wear: Level, rng: np.random.Generator) -> Pixels:
    """Letters on a sheet, each a little off its place and unevenly inked: 1 is ink."""
    scale, font = sheet.scale, font_of(sheet.typeface, sheet.scale)
    page = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    draw = ImageDraw.Draw(page)
    for row, line in enumerate(lines):
        for column, char in enumerate(line):
            dx, dy = rng.normal(0, wear.jitter, 2)
            shade = int(np.clip(rng.normal(wear.ribbon * 130, wear.ribbon * 130), 0, 170))
            left = LEFT * scale + font.getlength(line[:column])
            top = (TOP + row * LEADING) * scale
            place = (round(left + float(dx)), round(top) + round(float(dy)))
            draw.text(place, char, font=font, fill=shade)
    ink: Pixels = 1 - np.asarray(page, dtype=np.float32) / np.float32(255)
    return ink


def blurred(ink: Pixels, radius: float) -> Pixels:
    """*ink* out of focus by so many pixels."""
    picture = Image.fromarray((ink * 255).astype(np.uint8))
    soft = picture.filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(soft, dtype=np.float32) / np.float32(255)


def patches(rng: np.random.Generator, sheet: Sheet) -> Pixels:
    """A field from 0 to 1 that changes slowly over the sheet."""
    coarse = rng.random((HEIGHT // 90, WIDTH // 90)) * 255
    field = Image.fromarray(coarse.astype(np.uint8)).resize(
        (round(WIDTH * sheet.scale), round(HEIGHT * sheet.scale)), Image.Resampling.BICUBIC
    )
    return np.asarray(field, dtype=np.float32) / np.float32(255)


def recognised(image: Path, model: str, dpi: int = DPI) -> bytes:
    """The hOCR that Tesseract makes of an image, at more than 200 dpi as one block of text."""
    psm = "3" if dpi == DPI else "6"
    run = subprocess.run(
        ["tesseract", image.name, "stdout", "--dpi", f"{dpi}", "--psm", psm, "-l", model, "hocr"],
        cwd=image.parent,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=True,
        capture_output=True,
    )
    return run.stdout


def read(sheet: Sheet) -> tuple[Sheet, str, bytes]:
    """A sheet, the text drawn on it, and its hOCR."""
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "page.png"
        drawn(sheet).save(image)
        found = recognised(image, sheet.model, sheet.dpi)
    return sheet, "".join(f"{line}\n" for line in truth_of(sheet)), found


def main(arguments: Sequence[str]) -> None:
    """Make the archive, or only look at the pages named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages.make")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these, as files here")
    parser.add_argument("--unseen", action="store_true", help="the archive to judge by alone")
    parser.add_argument("--workers", type=int, default=2)
    told = parser.parse_args(arguments)
    every = unseen() if told.unseen else sheets()
    wanted = [sheet for sheet in every if not told.names or sheet.name in told.names]
    if told.names:
        for sheet in wanted:
            drawn(sheet).save(f"{sheet.name}.png")
            Path(f"{sheet.name}.hocr").write_bytes(read(sheet)[2])
        return
    rows = []
    with (
        zipfile.ZipFile(
            UNSEEN if told.unseen else ARCHIVE, "w", zipfile.ZIP_DEFLATED, compresslevel=9
        ) as archive,
        ThreadPoolExecutor(told.workers) as pool,
    ):
        for sheet, truth, hocr in pool.map(read, wanted):
            put(archive, f"{sheet.name}.txt", truth.encode())
            put(archive, f"{sheet.name}.hocr", hocr)
            rows.append(asdict(sheet))
            print(sheet.name, file=sys.stderr, flush=True)
        put(archive, "manifest.json", (json.dumps(rows, indent=1) + "\n").encode())


def put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """A member without a date, so that the same pages give the same archive."""
    archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    main(sys.argv[1:])
