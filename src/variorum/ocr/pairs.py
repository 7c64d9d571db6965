"""Which copy belongs to which truth: files, folders matched by name.

::

    truth/page-01.gt.txt     ocr/page-01.hocr      page-01   (all before the first dot)
    truth/page-02.gt.txt     ocr/page-02.hocr      page-02
    truth/page-03.gt.txt                           a stranger: "no copy of page-03.gt.txt"
                             ocr/page-01.png       an image, no text: passed over
                             ocr/ocr.csv           variorum's own results: passed over

A truth in one file and a copy in a folder of pages: the pages are joined in the
order of their names.  Nothing is matched by its place in a list, and nothing
that has no counterpart is passed over in silence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import frozen

from variorum.errors import OcrError, VariorumError
from variorum.files import natural, ours
from variorum.readers import read_path
from variorum.text import Span, Text
from variorum.witness import Layout, Page, Witness, join_pages

__all__ = ["Pair", "matched", "page_files", "page_texts", "pages_of", "pages_read", "read_pages"]

SMALL = 4096
"""Bytes of white space at most that are a blank page."""

_PAGES = tuple(".hocr .alto .page .xml .tei .html .htm .xhtml .txt .text".split()) + ("",)
"""Suffixes of pages of text; of two files of one page that with the earlier suffix tells more."""

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
    """The files of a folder that may be pages of text, page-2 before page-10.

    Hidden files, images and what variorum wrote itself are none.
    """
    found = (
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.name.startswith(".")
        and path.suffix.lower() not in _IMAGES
        and path.suffix.lower() != ".jsonl"
        and not ours(path)
    )
    return tuple(sorted(found, key=lambda path: natural(path.name)))


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
        pages, strangers = page_texts(copy, but=truth)
        return (Pair(copy.name, (truth,), pages),), strangers
    truths, no_truths = page_texts(truth)
    copies, no_copies = page_texts(copy)
    pairs, unpaired = _by_name(truths, copies)
    return pairs, (*no_truths, *no_copies, *unpaired)


def page_texts(folder: Path, but: Path | None = None) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The pages of a folder, one file each, and a sentence for every file that is none.

    Of two files of one page (``page-1.txt`` beside ``page-1.hocr``) the one
    that tells more is taken; *but*, the truth, is no page of the copy.
    """
    pages: dict[str, Path] = {}
    strangers = []
    for path in pages_of(folder):
        if but is not None and path.resolve() == but.resolve():
            continue
        if path.suffix.lower() not in _PAGES:
            told = "a ZIP archive: unpack it" if path.suffix == ".zip" else "no page by its name"
            strangers.append(f"{path}: {told}; passed over")
            continue
        other = pages.setdefault(_stem(path), path)
        if other != path:
            better, worse = sorted((other, path), key=_rank)
            pages[_stem(path)] = better
            strangers.append(f"{worse}: passed over beside {better.name}")
    if not pages:
        raise OcrError(
            "no page in this folder", place=str(folder), remedy="name the folder with the pages"
        )
    return tuple(pages.values()), tuple(strangers)


def _rank(path: Path) -> tuple[int, str]:
    return _PAGES.index(path.suffix.lower()), path.name


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
    a, b = {_stem(path): path for path in truths}, {_stem(path): path for path in copies}
    pairs = [Pair(key, (a.pop(key),), (b.pop(key),)) for key in sorted(a.keys() & b.keys())]
    # what is left may be page.gt.txt and page.some-engine.txt: alike up to the first dot
    short_a, short_b = _shortened(a.values()), _shortened(b.values())
    for key in sorted(short_a.keys() & short_b.keys() - {pair.name for pair in pairs}):
        pairs.append(Pair(key, (short_a[key],), (short_b[key],)))
    taken = {path for pair in pairs for path in (*pair.truth, *pair.copy)}
    strangers = [f"{path}: no copy of that name" for path in a.values() if path not in taken]
    strangers += [f"{path}: no truth of that name" for path in b.values() if path not in taken]
    if not pairs:
        raise OcrError(
            "no file of one folder has the name of a file of the other",
            place=f"{truths[0].parent}, {copies[0].parent}",
            remedy="give a page and its truth the same name (page-01.txt, page-01.hocr)",
        )
    return tuple(pairs), tuple(strangers)


_LAYERS = (".gt", ".page", ".alto", ".ocr", ".hocr")


def _shortened(paths: Iterable[Path]) -> dict[str, Path]:
    """Files by all before the first dot, those left out that share it, or have a number behind."""
    found: dict[str, list[Path]] = {}
    for path in paths:
        key, *layers = _composed(path.name).split(".")
        if not any(layer.isdecimal() for layer in layers):
            found.setdefault(key, []).append(path)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def _stem(path: Path) -> str:
    stem = _composed(path.stem)
    for layer in _LAYERS:
        stem = stem.removesuffix(layer)
    return stem


def _composed(name: str) -> str:
    """A name in one spelling: some systems take accents apart."""
    return unicodedata.normalize("NFC", name)


def read_pages(siglum: str, paths: Sequence[Path], level: str = "") -> Witness:
    """The pages in *paths* as one witness.  Raises ``ReadingError`` or ``OcrError``."""
    return join_pages(siglum, [_page(path, level) for path in paths])


def pages_read(
    siglum: str, paths: Sequence[Path], level: str = ""
) -> tuple[Witness, tuple[str, ...]]:
    """The same, and a sentence for every page of several that cannot be read: it is blank then."""
    if len(paths) == 1:
        return read_pages(siglum, paths, level), ()
    pages, failed = [], []
    for path in paths:
        try:
            pages.append(_page(path, level))
        except VariorumError as error:
            failed.append(str(error))
            pages.append(_blank(path))
    if len(failed) == len(paths):
        raise OcrError("no page could be read", place=str(paths[0].parent), remedy=failed[0])
    return join_pages(siglum, pages), tuple(failed)


def _page(path: Path, level: str) -> Witness:
    """The witness in a file; a plain text without a letter is a blank page, and counts as one."""
    if path.suffix.lower() in ("", ".txt", ".text") and _is_blank(path):
        return _blank(path)
    found = read_path(path, level=level)
    if len(found) != 1:
        raise OcrError(f"{len(found)} witnesses in one file", place=str(path), remedy="name a text")
    return found[0]


def _is_blank(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size < SMALL and not path.read_bytes().strip()
    except OSError:
        return False


def _blank(path: Path) -> Witness:
    return Witness("blank", Text(""), Layout((Page(Span(0, 0), str(path)),)))
