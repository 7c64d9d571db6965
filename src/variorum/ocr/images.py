"""Page images for the report: found beside the text, embedded or linked.

An OCR file names its image as it was called when it was read, often by a path
of another machine; so it is looked for under that name and under its last part,
beside the file.  An image that is not there is no error: the page shows without.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PureWindowsPath

from variorum.ocr.evaluate import Comparison
from variorum.ocr.report import Image
from variorum.witness import Page, Witness

__all__ = ["images", "images_of"]

_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
"""What browsers show; TIFF and JPEG 2000 they do not."""


def images(
    comparisons: Sequence[Comparison], how: str, bases: Sequence[Path], beside: Path
) -> Mapping[tuple[str, int], Image]:
    """The images of the copies' pages, by name of the comparison and number (``images_of``)."""
    return images_of({c.summary.name: c.copy for c in comparisons}, how, bases, beside)


def images_of(
    witnesses: Mapping[str, Witness], how: str, bases: Sequence[Path], beside: Path
) -> Mapping[tuple[str, int], Image]:
    """The images of all pages that have one, by name of the witness and number of the page.

    *how* is "embed", "link" or "none"; files named relative to an edition are
    looked for in *bases*; links are relative to the folder *beside*.
    """
    if how == "none":
        return {}
    out: dict[tuple[str, int], Image] = {}
    for name, witness in witnesses.items():
        for page in witness.layout.pages:
            path = next(_places(page, bases), None)
            size = _size(page, path) if path else None
            if path and size:
                source = _data(path) if how == "embed" else _link(path, beside)
                out[name, page.number] = Image(source, *size)
    return out


def _places(page: Page, bases: Sequence[Path]) -> Iterator[Path]:
    """Where the image of a page is, if browsers can show it."""
    if not page.image:
        return
    last = PureWindowsPath(page.image).name
    for base in [*bases, Path()]:
        folder = (base / page.file).parent
        for name in (page.image, last):
            path = folder / name
            if path.suffix.lower() in _TYPES and path.is_file() and _is_image(path):
                yield path


def _is_image(path: Path) -> bool:
    """Whether a file begins as the images do that browsers show."""
    with path.open("rb") as stream:
        head = stream.read(12)
    return head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")) or head[8:] == b"WEBP"


def _size(page: Page, path: Path) -> tuple[int, int] | None:
    """Width and height in the pixels that boxes are told in: the page's, else the image's."""
    if page.width and page.height:
        return page.width, page.height
    with path.open("rb") as stream:
        head = stream.read(24)
    if head.startswith(b"\x89PNG"):
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    return None


def _data(path: Path) -> str:
    kind = _TYPES[path.suffix.lower()]
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"


def _link(path: Path, beside: Path) -> str:
    from urllib.parse import quote

    return quote(Path(os.path.relpath(path, beside)).as_posix())
