"""Many pages without a truth: in parallel, taken up where they were left, and told.

::

    files ─▶ known from an earlier run? ─ yes ──────────────▶ pages ─┐
                 │ no                                                ├─▶ Estimated
                 └▶ process pool: read, estimate ─▶ kept at once ────┘   (in the order given)

What is kept is one line of JSON a file, under a digest of everything that could
move its figures, so that a file that has changed is estimated again and a line
torn by a power cut is no line.  Where the file stands moves none: that is told
as this run was told it.  A file that cannot be read is a sentence, the rest goes
on; a file in which the engine found nothing is a page, and blank.  The result
depends neither on how many processes there were nor on what was kept.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from pathlib import Path

from attrs import evolve, frozen

from variorum import __version__
from variorum.errors import OcrError, VariorumError
from variorum.ocr.estimate import ESTIMATOR, PageEstimate, estimate
from variorum.ocr.estimate.told import (
    Estimated,
    EstimatedPage,
    packed,
    shown,
    to_csv,
    to_json,
    unpacked,
    worst,
)
from variorum.ocr.lexica import Lexicon
from variorum.ocr.pairs import page_texts
from variorum.readers import proposed_siglum, read_path, versions
from variorum.text import Span, Text, digest
from variorum.witness import Layout, Page, Witness

__all__ = [
    "KEPT",
    "Estimated",
    "EstimatedPage",
    "estimated",
    "estimated_witnesses",
    "for_report",
    "read_again",
    "shown",
    "to_csv",
    "to_json",
    "worst",
]

KEPT = "ocr-estimate.jsonl"
"""What a later run takes up, in the folder of the results."""

FEW = 8
"""Up to so many files, starting processes takes longer than estimating."""


@frozen
class _Settings:
    """What every file is estimated with."""

    language: str
    lexicon: Lexicon | None

    def fingerprint(self) -> dict[str, object]:
        """Everything that could move a figure, but for the files."""
        weights = files("variorum.ocr").joinpath("calibration.toml").read_bytes()
        return {
            "variorum": __version__,
            "estimator": ESTIMATOR,
            "readers": versions(),
            "calibration": digest(weights)[:16],
            "language": self.language,
            "words": _signature(self.lexicon) if self.lexicon else "",
        }


def _signature(words: Lexicon) -> str:
    """A lexicon in one line: how many words, what they cover, and their digest."""
    told = digest("\n".join(sorted(words.words)))[:16]
    return f"{len(words.words)} words, coverage {words.coverage:.4f}, {told}"


Pages = tuple[EstimatedPage, ...]

Found = Pages | str
"""The pages of a file, or the sentence it failed with."""


def estimated(
    paths: Sequence[Path],
    language: str = "",
    lexicon: Lexicon | None = None,
    workers: int | None = None,
    *,
    kept: Path | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Estimated:
    """All pages of the files and folders in *paths*, by *workers* processes (nothing: as it fits).

    *language* and *lexicon* as ``estimate`` has them; *kept* is the file of an
    earlier run, taken up and added to; *tell* hears how many files of how many are done.
    """
    settings = _Settings(language, lexicon)
    chosen, failed = _listed(paths)
    if kept and chosen:
        _open(kept)
    printed = settings.fingerprint()
    keys = {path: _key(path, printed) for path in chosen} if kept else {}
    found = _taken_up(kept, keys)
    taken_up = len(found)
    for path, told in _each([p for p in chosen if p not in found], settings, workers):
        found[path] = told
        if kept and keys[path] and not isinstance(told, str):
            _keep(kept, keys[path], _named(told, str(path), ""))
        if tell:
            tell(len(found), len(chosen))
    pages = [page for path in chosen if not isinstance(told := found[path], str) for page in told]
    failed += [(str(path), told) for path in chosen if isinstance(told := found[path], str)]
    return Estimated(tuple(pages), tuple(failed), printed, taken_up)


def estimated_witnesses(
    witnesses: Sequence[Witness], language: str = "", lexicon: Lexicon | None = None
) -> Estimated:
    """The pages of *witnesses* of an edition, each in its own language if none is named."""
    settings = _Settings(language, lexicon)
    pages = [
        page
        for witness in witnesses
        for page in _pages(witness, language or witness.description.language, lexicon)
    ]
    return Estimated(tuple(pages), (), settings.fingerprint())


def _listed(paths: Iterable[Path]) -> tuple[list[Path], list[tuple[str, str]]]:
    """The files to read, each once, in their order; a sentence for every folder without any."""
    chosen: dict[Path, None] = {}
    failed = []
    for path in paths:
        try:
            inside, strangers = page_texts(path) if path.is_dir() else ((path,), ())
        except OcrError as error:
            inside, strangers = (), (str(error),)
        failed += [(why.partition(": ")[0], why) for why in strangers]
        chosen |= dict.fromkeys(inside)
    return list(chosen), failed


def _each(
    paths: Sequence[Path], settings: _Settings, workers: int | None
) -> Iterator[tuple[Path, Found]]:
    """Each file with its pages, or the sentence it failed with."""
    number = min(workers or os.cpu_count() or 1, len(paths))
    if number < 2 or (workers is None and len(paths) <= FEW):
        yield from ((path, _file(path, settings)) for path in paths)
        return
    pool = ProcessPoolExecutor(number, initializer=_begin, initargs=(settings,))
    try:
        yield from zip(paths, pool.map(_begun, paths, chunksize=4), strict=True)
    finally:
        pool.shutdown(cancel_futures=True)  # of what is left, if somebody broke it off


_own: list[_Settings] = []
"""Of a process of the pool: a lexicon is too large to be sent with every file."""


def _begin(settings: _Settings) -> None:
    """A process begins; to be broken off is for the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _own[:] = [settings]


def _begun(path: Path) -> Found:
    return _file(path, _own[0])


def _file(path: Path, settings: _Settings) -> Found:
    try:
        return tuple(
            page
            for witness in _read(path)
            for page in _pages(witness, settings.language, settings.lexicon)
        )
    except VariorumError as error:
        return str(error)


def _pages(witness: Witness, language: str, lexicon: Lexicon | None) -> Iterator[EstimatedPage]:
    told = estimate(witness, language, lexicon)
    digests = {file.file: file.digest for file in witness.received}
    for page in told:
        name = page.page.file
        yield EstimatedPage(name, digests.get(name, witness.text.digest), witness.siglum, page)


def _read(path: Path) -> tuple[Witness, ...]:
    """The witnesses in a file; a text of nothing but white space is a page, and blank."""
    try:
        return read_path(path)
    except VariorumError:
        if not _is_blank(path):
            raise
        page = Page(Span(0, 0), str(path))
        return (Witness(proposed_siglum(path.name), Text(""), Layout((page,))),)


def _is_blank(path: Path) -> bool:
    """Whether there is nothing but white space, if anything; hOCR of no bytes is broken."""
    text = path.suffix.lower() in ("", ".txt", ".text")
    return path.is_file() and text and path.stat().st_size < 1000 and not path.read_bytes().strip()


def read_again(pages: Sequence[EstimatedPage]) -> dict[str, Witness]:
    """The witnesses of *pages* by their files, as far as they are still what they were."""
    out = {}
    for page in pages:
        try:
            for witness in _read(Path(page.file)):
                if witness.siglum == page.siglum and page.digest in _digests(witness):
                    out[page.file] = witness
        except VariorumError:
            continue
    return out


def for_report(
    found: Estimated, witnesses: Mapping[str, Witness]
) -> list[tuple[Witness, PageEstimate]]:
    """All pages with what there is of their witnesses, which are by file or by siglum.

    Of a page whose witness is not at hand there is no more than its figures.
    """
    out = []
    for page in found.pages:
        witness = witnesses.get(page.file) or witnesses.get(page.siglum)
        if witness:
            out.append((witness, page.told))
        else:
            out.append((Witness(page.siglum, Text("")), evolve(page.told, lines=())))
    return out


def _digests(witness: Witness) -> set[str]:
    return {witness.text.digest, *(file.digest for file in witness.received)}


def _key(path: Path, settings: Mapping[str, object]) -> str:
    """A digest of everything that could move the figures of a file; nothing if there is none.

    Its name is in it, which may choose the reader and the siglum, its folder is not.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    return digest(json.dumps([settings, path.name, digest(data)], sort_keys=True))[:32]


def _open(kept: Path) -> None:
    """Make sure that results can be kept.  Raises ``OcrError``."""
    if kept.parent.is_file():
        raise OcrError("is a file", place=str(kept.parent), remedy="name a folder with -o")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.open("ab").close()
    except OSError as error:
        raise _unwritable(kept, error) from None


def _unwritable(kept: Path, error: OSError) -> OcrError:
    return OcrError(
        f"cannot be written ({error.strerror})",
        place=str(kept),
        remedy="name another folder with -o",
    )


def _taken_up(kept: Path | None, keys: Mapping[Path, str]) -> dict[Path, Found]:
    """The files that an earlier run knew, with their pages as named now."""
    known = _known(kept)
    return {path: _named(known[key], "", str(path)) for path, key in keys.items() if key in known}


def _named(pages: Pages, old: str, new: str) -> Pages:
    """Pages of a file under another name; none is what stands for it in what is kept."""
    return tuple(
        evolve(page, file=new, told=evolve(page.told, page=evolve(page.told.page, file=new)))
        if page.file == old
        else page
        for page in pages
    )


def _known(kept: Path | None) -> dict[str, Pages]:
    """The pages of an earlier run by the keys of their files; torn and foreign lines are none."""
    if kept is None or not kept.is_file():
        return {}
    try:
        lines = kept.read_bytes().split(b"\n")
    except OSError as error:
        raise OcrError(
            f"cannot be read ({error.strerror})", place=str(kept), remedy="name another folder"
        ) from None
    out: dict[str, Pages] = {}
    for line in lines:
        try:
            told = json.loads(line)
            out[told["key"]] = unpacked(told["pages"])
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError, ExceptionGroup):
            continue
    return out


def _keep(kept: Path, key: str, pages: Pages) -> None:
    line = json.dumps({"key": key, "pages": packed(pages)}, ensure_ascii=True)
    try:
        with kept.open("ab") as stream:
            stream.write(b"\n" + line.encode() + b"\n")
    except OSError as error:
        raise _unwritable(kept, error) from None
