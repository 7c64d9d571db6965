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
    from variorum.ocr.estimated import Estimated
    from variorum.ocr.lexica import Lexicon
    from variorum.witness import Witness

__all__ = ["FILES", "arguments", "run"]

FILES: Mapping[str, str] = {
    "report": "ocr-estimate.html",
    "json": "ocr-estimate.json",
    "csv": "ocr-estimate.csv",
}
"""Format → name of its file in a folder."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """OCR…, --edition, --language, --words, --images, --workers, --to, -o."""
    parser.add_argument(
        "ocr", nargs="+", metavar="OCR", help="files, folders of pages, or sigla (--edition)"
    )
    parser.add_argument("--edition", metavar="DIR", help="the copies are sigla of this edition")
    parser.add_argument("--language", metavar="TAG", help="of the text (en, sq); else identified")
    parser.add_argument(
        "--words", metavar="FILE", help="a word list, or any text, in the language of the copies"
    )
    parser.add_argument(
        "--images",
        choices=("embed", "link", "none"),
        default="embed",
        help="page images in the report: in it (embed), beside it (link), or none",
    )
    parser.add_argument("--workers", type=int, metavar="N", help="processes for many pages")
    parser.add_argument("--to", action="append", metavar="FORMAT", help="report, json, csv; repeat")
    parser.add_argument("-o", "--output", metavar="DIR|FILE|-", help="where to; - is stdout")


def run(options: argparse.Namespace) -> int:
    """Estimate every page, write what was asked for, tell the worst."""
    from variorum.ocr.estimated import shown, to_csv, to_json

    formats = asked(options, FILES)
    if options.workers is not None and options.workers < 1:
        raise UsageError(
            f"--workers {options.workers}: no process at all",
            remedy="give 1 or more, or leave it out",
        )
    found, witnesses = _of_edition(options) if options.edition else (_of_files(options), None)
    for _, why in found.failed:
        print(f"variorum: {why}", file=sys.stderr)
    if not found.pages:
        raise UsageError("no page could be read", remedy="see the sentences above")
    made: dict[str, bytes] = {}
    for name in formats:
        if name == "report":
            made[name] = _report(found, witnesses, options)
        else:
            made[name] = to_json(found) if name == "json" else to_csv(found)
    written(made, options, FILES)
    if not options.to:
        print(shown(found))
    return FOUND if found.failed else DONE


def _of_files(options: argparse.Namespace) -> Estimated:
    from variorum.ocr.estimated import KEPT, estimated

    output = Path(options.output or "-")
    folder = str(output) != "-" and (output.is_dir() or not output.suffix)
    kept = output / KEPT if folder else None
    found = estimated(
        [Path(name) for name in options.ocr],
        options.language or "",
        _lexicon(options),
        options.workers,
        kept=kept,
        tell=_tell,
    )
    if found.taken_up:
        print(f"variorum: {found.taken_up:,} files taken up from {kept}", file=sys.stderr)
    return found


def _tell(done: int, of: int) -> None:
    """How far it is, every hundred files and at the end."""
    if of > 20 and (done % 100 == 0 or done == of):
        print(f"variorum: {done:,} of {of:,} files", file=sys.stderr)


def _of_edition(options: argparse.Namespace) -> tuple[Estimated, Mapping[str, Witness]]:
    from variorum.edition import opened
    from variorum.ocr.estimated import estimated_witnesses

    _, witnesses = opened(Path(options.edition))
    known = {witness.siglum: witness for witness in witnesses}
    for siglum in options.ocr:
        if siglum not in known:
            raise UsageError(
                f"{siglum!r} is no witness of {options.edition}",
                remedy=f"choose among {', '.join(known)}",
            )
    chosen = {siglum: known[siglum] for siglum in options.ocr}
    found = estimated_witnesses(list(chosen.values()), options.language or "", _lexicon(options))
    return found, chosen


def _lexicon(options: argparse.Namespace) -> Lexicon | None:
    if options.words is None:
        return None
    from variorum.ocr.lexica import from_text
    from variorum.ocr.tongue import primary
    from variorum.readers import read_path

    witnesses = read_path(Path(options.words))
    text = "\n".join(witness.text.chars for witness in witnesses)
    return from_text(primary(options.language or ""), text, options.words)


def _report(
    found: Estimated, witnesses: Mapping[str, Witness] | None, options: argparse.Namespace
) -> bytes:
    """All pages, the worst with their lines; images by siglum of an edition, else by file."""
    from variorum.ocr.estimated import for_report, read_again, worst
    from variorum.ocr.images import images_of
    from variorum.ocr.report import estimate_html

    by_name = read_again(worst(found)) if witnesses is None else witnesses
    output = Path(options.output or ".")
    beside = output if output.is_dir() or not output.suffix else output.parent
    bases = [Path(options.edition)] if options.edition else []
    return estimate_html(
        for_report(found, by_name),
        title=" · ".join(Path(name).name for name in options.ocr[:3]),
        images=images_of(by_name, options.images, bases, beside),
        fingerprint=found.fingerprint,
        failed=found.failed,
    )
