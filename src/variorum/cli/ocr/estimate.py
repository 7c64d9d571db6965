"""``variorum ocr estimate``: how good copies are, without a truth."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.cli import DONE, FOUND
from variorum.cli.ocr.output import asked, written
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ocr.lexica import Lexicon

__all__ = ["FILES", "arguments", "run"]

FILES: Mapping[str, str] = {"json": "ocr-estimate.json", "csv": "ocr-estimate.csv"}
"""Format → name of its file in a folder."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """OCR…, --language, --words, --workers, --to, -o."""
    parser.add_argument("ocr", nargs="+", metavar="OCR", help="files, or folders of pages")
    parser.add_argument("--language", metavar="TAG", help="of the text (en, sq); else identified")
    parser.add_argument(
        "--words", metavar="FILE", help="a word list, or any text, in the language of the copies"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="processes for many pages")
    parser.add_argument("--to", action="append", metavar="FORMAT", help="json, csv; repeat")
    parser.add_argument("-o", "--output", metavar="DIR|FILE|-", help="where to; - is stdout")


def run(options: argparse.Namespace) -> int:
    """Estimate every page, write what was asked for, tell the worst."""
    from variorum.ocr.estimated import estimated, shown, to_csv, to_json

    formats = asked(options, FILES)
    found = estimated(
        [Path(name) for name in options.ocr],
        language=options.language or "",
        lexicon=_lexicon(options.words, options.language or ""),
        workers=options.workers,
    )
    for name, why in found.failed:
        print(f"variorum: {why}" if name in why else f"variorum: {name}: {why}", file=sys.stderr)
    if not found.pages:
        raise UsageError("no page could be read", remedy="see the sentences above")
    made = {name: to_json(found) if name == "json" else to_csv(found) for name in formats}
    written(made, options, FILES)
    if not options.to:
        print(shown(found))
    return FOUND if found.failed else DONE


def _lexicon(name: str | None, language: str) -> Lexicon | None:
    if name is None:
        return None
    from variorum.ocr.lexica import from_text
    from variorum.readers import read_path

    witnesses = read_path(Path(name))
    return from_text(language or Path(name).stem, "\n".join(w.text.chars for w in witnesses))
