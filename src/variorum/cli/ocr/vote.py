"""``variorum ocr vote``: one text from several copies."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.cli import DONE
from variorum.cli.ocr.output import asked, written
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.witness import Witness

__all__ = ["FILES", "arguments", "run"]

FILES: Mapping[str, str] = {"text": "vote.txt", "json": "vote.json"}
"""Format → name of its file in a folder."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """OCR OCR OCR…, --edition, --language, --to, -o."""
    parser.add_argument(
        "ocr", nargs="+", metavar="OCR", help="files, folders of pages, or sigla (--edition)"
    )
    parser.add_argument("--edition", metavar="DIR", help="the copies are sigla of this edition")
    parser.add_argument("--language", metavar="TAG", help="of the text (en, sq); else identified")
    parser.add_argument("--to", action="append", metavar="FORMAT", help="text, json; repeat")
    parser.add_argument("-o", "--output", metavar="DIR|FILE|-", help="where to; - is stdout")


def run(options: argparse.Namespace) -> int:
    """Vote, write the text, and say what it is worth."""
    from variorum.ocr.vote import to_json, to_text, vote

    if not options.to and options.output is None:
        options.to = ["text"]
    formats = asked(options, FILES)
    found = vote(_copies(options), language=options.language or "")
    made = {name: to_json(found) if name == "json" else to_text(found) for name in formats}
    written(made, options, FILES)
    for note in found.notes:
        print(f"variorum: {note}", file=sys.stderr)
    return DONE


def _copies(options: argparse.Namespace) -> tuple[Witness, ...]:
    if options.edition:
        from variorum.edition import opened

        _, witnesses = opened(Path(options.edition))
        known = {witness.siglum: witness for witness in witnesses}
        for siglum in options.ocr:
            if siglum not in known:
                raise UsageError(
                    f"{siglum!r} is no witness of {options.edition}",
                    remedy=f"choose among {', '.join(known)}",
                )
        return tuple(known[siglum] for siglum in options.ocr)
    from variorum.ocr.pairs import pages_of, read_pages
    from variorum.readers import proposed_siglum

    return tuple(read_pages(proposed_siglum(name), pages_of(Path(name))) for name in options.ocr)
