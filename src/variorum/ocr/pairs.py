"""Which copy belongs to which truth: files, folders matched by name.

::

    truth/page-01.gt.txt     ocr/page-01.hocr      page-01   (all before the first dot)
    truth/page-02.gt.txt     ocr/page-02.hocr      page-02
    truth/page-03.gt.txt                           a stranger: "no copy of page-03.gt.txt"
                             ocr/page-01.png       an image, no text: passed over

A truth in one file and a copy in a folder of pages: the pages are joined in the
order of their names.  Nothing is matched by its place in a list, and nothing
that has no counterpart is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from variorum.errors import OcrError
from variorum.readers import read_path
from variorum.witness import Witness, join_pages

__all__ = ["Pair", "matched", "page_files", "pages_of", "read_pages"]

_IMAGES = frozenset(
    ".png .jpg .jpeg .jp2 .tif .tiff .gif .bmp .webp .pdf".split()  # what a page was read from
)


@frozen
class Pair:
    """A name, the files of the truth and those of the copy, pages in order."""

    name: str
    truth: tuple[Path, ...]
    copy: tuple[Path, ...]


def page_files(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that may be pages of text, in the order of their names."""
    return tuple(
        sorted(
            path
            for path in folder.iterdir()
            if path.is_file()
            and not path.name.startswith(".")
            and path.suffix.lower() not in _IMAGES
        )
    )


def matched(truth: Path, copy: Path) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """The pairs, and a sentence for every file that has no counterpart.

    Raises ``OcrError`` if there is no pair at all.
    """
    for path in (truth, copy):
        if not path.exists():
            raise OcrError("no such file or folder", place=str(path), remedy="check the name")
    if not copy.is_dir():
        if truth.is_dir():
            raise OcrError(
                "the truth is a folder, the copy a file",
                place=f"{truth}, {copy}",
                remedy="name two folders, or the truth of this page",
            )
        return (Pair(copy.name, (truth,), (copy,)),), ()
    if not truth.is_dir():
        return (Pair(copy.name, (truth,), pages_of(copy)),), ()
    return _by_name(pages_of(truth), pages_of(copy))


def pages_of(path: Path) -> tuple[Path, ...]:
    """A file, or the pages in a folder in the order of their names.  Raises ``OcrError``."""
    if not path.is_dir():
        return (path,)
    folder = path
    found = page_files(folder)
    if not found:
        raise OcrError(
            "no page in this folder", place=str(folder), remedy="name the folder with the pages"
        )
    return found


def _by_name(
    truths: Sequence[Path], copies: Sequence[Path]
) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    a, b = _keyed(truths), _keyed(copies)
    if not a.keys() & b.keys():  # page.gt.txt and page.some-engine.txt: up to the first dot
        a, b = _keyed(truths, short=True), _keyed(copies, short=True)
    pairs = tuple(Pair(key, (a[key],), (b[key],)) for key in sorted(a.keys() & b.keys()))
    strangers = [f"{a[key]}: no copy of that name" for key in sorted(a.keys() - b.keys())]
    strangers += [f"{b[key]}: no truth of that name" for key in sorted(b.keys() - a.keys())]
    if not pairs:
        raise OcrError(
            "no file of one folder has the name of a file of the other",
            place=f"{truths[0].parent}, {copies[0].parent}",
            remedy="give a page and its truth the same name (page-01.txt, page-01.hocr)",
        )
    return pairs, tuple(strangers)


_LAYERS = (".gt", ".page", ".alto", ".ocr")


def _keyed(paths: Iterable[Path], *, short: bool = False) -> Mapping[str, Path]:
    """Files by what pairs them: the name without its suffixes, or all before the first dot."""
    out: dict[str, Path] = {}
    for path in paths:
        key = path.name.partition(".")[0] if short else _stem(path)
        if key in out:
            raise OcrError(
                f"two files are called {key!r} ({out[key].name}, {path.name})",
                place=str(path.parent),
                remedy="keep one text of a page in a folder",
            )
        out[key] = path
    return out


def _stem(path: Path) -> str:
    stem = path.stem
    for layer in _LAYERS:
        stem = stem.removesuffix(layer)
    return stem


def read_pages(siglum: str, paths: Sequence[Path], level: str = "") -> Witness:
    """The pages in *paths* as one witness.  Raises ``ReadingError`` or ``OcrError``."""
    pages = []
    for path in paths:
        found = read_path(path, level=level)
        if len(found) != 1:
            raise OcrError(
                f"{len(found)} witnesses in one file", place=str(path), remedy="name a text"
            )
        pages.append(found[0])
    return join_pages(siglum, pages)
