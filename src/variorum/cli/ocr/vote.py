"""``variorum ocr vote``: one text from several copies."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from variorum.cli import DONE
from variorum.cli.ocr.output import asked, written
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ocr.lexica import Lexicon
    from variorum.ocr.vote import Consensus
    from variorum.witness import Witness

__all__ = ["FILES", "arguments", "run"]

FILES: Mapping[str, str] = {"text": "vote.txt", "json": "vote.json", "csv": "vote.csv"}
"""Format → name of its file in a folder."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """OCR OCR OCR…, --edition, --language, --words, --to, -o."""
    parser.add_argument(
        "ocr",
        nargs="+",
        metavar="OCR",
        help="files, folders of pages, or sigla (--edition); or one edition, for all its OCR",
    )
    parser.add_argument("--edition", metavar="DIR", help="the copies are sigla of this edition")
    parser.add_argument("--language", metavar="TAG", help="of the text (en, sq); else identified")
    parser.add_argument(
        "--words", metavar="FILE", help="a word list, or any text, in the language of the copies"
    )
    parser.add_argument(
        "--to", action="append", metavar="FORMAT", help="text, json, csv (disputed places); repeat"
    )
    parser.add_argument("-o", "--output", metavar="DIR|FILE|-", help="where to; - is stdout")


def run(options: argparse.Namespace) -> int:
    """Vote, write the text, and say what it is worth."""
    from variorum.ocr.vote import vote
    from variorum.ocr.vote.told import entry, fingerprint, to_csv, to_json, to_text

    if not options.to and options.output in (None, "-"):
        options.to = ["text"]
    formats = asked(options, FILES)
    copies, taken, keep = _copies(options)
    language, known = _words(copies, options)
    found = vote(copies, known.knows if known else None, language)
    tell = {
        "text": lambda: to_text(found),
        "json": lambda: to_json(found, fingerprint(found, copies, known.source if known else "")),
        "csv": lambda: to_csv(found),
    }
    written({name: tell[name]() for name in formats}, options, FILES, keep)
    for said in (_summary(found, known), *found.notes):
        print(f"variorum: {said}", file=sys.stderr)
    if "text" in formats:
        print(entry(found, copies, _text_file(options, formats), taken), file=sys.stderr)
    return DONE


Given = tuple[tuple["Witness", ...], Collection[str], frozenset[Path]]
"""Copies, sigla that are taken, and files that are never written to."""


def _copies(options: argparse.Namespace) -> Given:
    from variorum.edition.folder import FILE

    editions = [name for name in options.ocr if (Path(name) / FILE).is_file()]
    if options.edition:
        return _of_edition(options.edition, options.ocr)
    if editions and len(options.ocr) == 1:
        return _of_edition(editions[0], ())
    if editions:
        raise UsageError(
            "an edition among copies",
            place=editions[0],
            remedy="name it alone, or with --edition and the sigla of its copies",
        )
    return _of_files(options.ocr)


def _of_edition(edition: str, sigla: Sequence[str]) -> Given:
    """The witnesses of an edition that are named, or all that an engine read."""
    from variorum.edition import opened
    from variorum.edition.folder import FILE

    _, witnesses = opened(Path(edition))
    known = {witness.siglum: witness for witness in witnesses}
    for siglum in sigla:
        if siglum not in known:
            raise UsageError(
                f"{siglum!r} is no witness of {edition}",
                remedy=f"choose among {', '.join(known)}",
            )
    _once(sigla)
    copies = tuple(known[s] for s in sigla) or _recognised(edition, witnesses)
    _one_language(edition, copies)
    files = {file.file for witness in witnesses for file in witness.received}
    return copies, known, _real([Path(edition) / FILE, *(Path(edition) / name for name in files)])


def _recognised(edition: str, witnesses: Sequence[Witness]) -> tuple[Witness, ...]:
    """The witnesses that come with an engine's confidences."""
    found = tuple(
        witness
        for witness in witnesses
        if any(word.confidence is not None for word in witness.layout.words)
    )
    if len(found) < 2:
        raise UsageError(
            f"{len(found) or 'no'} OCR witness, and a vote takes two or more",
            place=edition,
            remedy=f"name copies with --edition {edition} SIGLUM SIGLUM…",
        )
    return found


def _one_language(edition: str, copies: Sequence[Witness]) -> None:
    languages = {copy.siglum: copy.description.language for copy in copies}
    if len(set(filter(None, languages.values()))) > 1:
        told = ", ".join(f"{siglum} {language}" for siglum, language in languages.items())
        raise UsageError(
            f"copies in different languages ({told})",
            place=edition,
            remedy=f"name those of one with --edition {edition} SIGLUM SIGLUM…",
        )


def _once(names: Sequence[str]) -> None:
    twice = [name for name, number in Counter(names).items() if number > 1]
    if twice:
        raise UsageError("named twice", place=twice[0], remedy="name each copy once")


def _of_files(names: Sequence[str]) -> Given:
    """Files and folders of pages, each a copy, with sigla proposed from their names."""
    from variorum.ocr.pairs import pages_of, read_pages

    _once([str(Path(name).resolve()) for name in names])
    pages = [pages_of(Path(name)) for name in names]
    sigla = _sigla(names)
    copies = tuple(read_pages(siglum, files) for siglum, files in zip(sigla, pages, strict=True))
    return copies, (), _real(file for files in pages for file in files)


def _sigla(names: Sequence[str]) -> Sequence[str]:
    """Proposed from the names; from the folders too where names are the same.

    ``run-1/page.hocr`` and ``run-2/page.hocr`` are run-1-page and run-2-page.
    """
    from variorum.readers import proposed_siglum

    plain = [proposed_siglum(name) for name in names]
    if len(set(plain)) == len(plain):
        return plain
    return [
        proposed_siglum(f"{PurePath(Path(name).resolve()).parent.name}-{siglum}.")
        for name, siglum in zip(names, plain, strict=True)
    ]


def _real(files: Iterable[Path]) -> frozenset[Path]:
    return frozenset(Path(os.path.realpath(file)) for file in files)


def _words(copies: Sequence[Witness], options: argparse.Namespace) -> tuple[str, Lexicon | None]:
    """The language of the copies, and its words: the user's, or those of the package."""
    from variorum.ocr.lexica import SHIPPED, from_text, lexicon
    from variorum.ocr.tongue import primary
    from variorum.readers import read_path
    from variorum.text import digest

    language = primary(options.language) if options.language else _language(copies)
    if options.words:
        text = "\n".join(w.text.chars for w in read_path(Path(options.words)))
        source = f"{PurePath(options.words).name} {digest(text)[:16]}"
        return language, from_text(language or PurePath(options.words).stem, text, source)
    return language, lexicon(language) if language in SHIPPED else None


def _language(copies: Sequence[Witness]) -> str:
    """What the edition says that all copies are in, or what most of them seem to be in."""
    from variorum.ocr.tongue import identified, primary

    told = {primary(copy.description.language) for copy in copies} - {""}
    if len(told) == 1:
        return told.pop()
    seem = (identified(copy.text.chars, copy.layout.words) for copy in copies)
    found = Counter(language for language in seem if language)
    return min(found, key=lambda language: (-found[language], language), default="")


def _summary(found: Consensus, known: Lexicon | None) -> str:
    """What was made of what, how much of it is disputed, and which words spoke."""
    copies = ", ".join(f"{siglum} {found.errors[siglum]:.1%}" for siglum in found.copies)
    words = (
        f"words known: {known.source}"
        if known
        else ("no words known: the copies vote alone (--words FILE gives a list)")
    )
    return (
        f"a made text, lines of {found.copies[0]}; presumed wrong in the copies: {copies}; "
        f"{len(found.disputed):,} of {len(found.choices):,} tokens disputed; {words}"
    )


def _text_file(options: argparse.Namespace, formats: Sequence[str]) -> str:
    """The name of the text's file, as an edition would have it."""
    output = Path(options.output or "-")
    alone = len(formats) == 1 and output.suffix and not output.is_dir()
    return output.name if alone else FILES["text"]
