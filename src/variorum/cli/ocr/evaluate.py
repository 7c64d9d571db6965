"""``variorum ocr evaluate``: a copy against a truth."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.cli import DONE, FOUND, WRONG
from variorum.cli.ocr.output import asked, is_folder, workers, written
from variorum.cli.ocr.summary import shown
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ocr.batch import Measured
    from variorum.rules import Recipe
    from variorum.witness import Witness

__all__ = ["FILES", "arguments", "run"]

FILES: Mapping[str, str] = {
    "report": "ocr.html",
    "json": "ocr.json",
    "csv": "ocr.csv",
    "rules": "ocr-rules.toml",
}
"""Format → name of its file in a folder."""

KEPT = "ocr-pages.jsonl"
"""What a later run takes up, in the folder of the results."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """TRUTH, OCR, --edition, --profile, --recipe, --images, --workers, --to, -o."""
    parser.add_argument("truth", metavar="TRUTH", help="a file, a folder, or a siglum (--edition)")
    parser.add_argument("ocr", metavar="OCR", help="a file, a folder matched by name, or a siglum")
    parser.add_argument(
        "--edition",
        metavar="DIR",
        help="TRUTH and OCR are sigla of it (or of the edition one is in)",
    )
    parser.add_argument(
        "--profile", metavar="NAME", help="plain, dinglehopper or editorial (with --edition)"
    )
    parser.add_argument(
        "--recipe", metavar="FILE|NAME", help="of the profile editorial, without an edition"
    )
    parser.add_argument(
        "--images",
        choices=("embed", "link", "none"),
        default="embed",
        help="page images in the report: in it (embed), beside it (link), or none",
    )
    parser.add_argument("--workers", type=workers, metavar="N", help="processes for many pages")
    parser.add_argument(
        "--to", action="append", metavar="FORMAT", help="report, json, csv, rules; repeat"
    )
    parser.add_argument("-o", "--output", metavar="DIR|FILE|-", help="where to; - is stdout")


def run(options: argparse.Namespace) -> int:
    """Measure, write what was asked for, tell the rates."""
    from variorum.ocr.profiles import profile

    options.edition = options.edition or _here(options)
    chosen = profile(options.profile or ("editorial" if options.edition else "plain"))
    if options.recipe and (options.edition or chosen.lines != "running"):
        raise UsageError(
            "--recipe belongs to the profile editorial without an edition",
            remedy="add --profile editorial, or leave it out",
        )
    formats = asked(options, FILES)
    found, recipe, strangers = (
        _of_edition(options, chosen.name) if options.edition else _of_files(options, chosen.name)
    )
    lost = [why for summary in found.evaluation.summaries for why in summary.failed]
    for why in [*strangers, *(why for _, why in found.failed), *lost]:
        print(f"variorum: {why}", file=sys.stderr)
    if not found.evaluation.summaries:
        if len(found.failed) == 1 and not strangers:
            return WRONG
        raise UsageError("no page could be measured", remedy="see the sentences above")
    written(_made(formats, found, recipe, options), options, FILES)
    if not options.to:
        print(shown(found.evaluation, found.failed))
    return FOUND if found.failed or strangers or lost else DONE


def _here(options: argparse.Namespace) -> str | None:
    """The edition in the folder one is in, if it is one and the texts are not both files."""
    named = Path(options.truth).exists() and Path(options.ocr).exists()
    return "." if not named and Path("edition.toml").is_file() else None


def _of_files(options: argparse.Namespace, chosen: str) -> tuple[Measured, str, tuple[str, ...]]:
    from variorum.ocr.batch import Unit, measured
    from variorum.ocr.pairs import matched

    pairs, strangers = matched(Path(options.truth), Path(options.ocr))
    recipe = None
    if chosen == "editorial":
        from variorum.cli.collate import recipe_named
        from variorum.rules import RECIPES

        recipe = recipe_named(options.recipe) or RECIPES["plain"]
    units = [Unit(pair, chosen, recipe) for pair in pairs]
    folder = _folder(options)
    kept = folder / KEPT if folder and len(units) > 1 else None
    found = measured(units, workers=options.workers, kept=kept, tell=_tell)
    if found.taken_up:
        print(f"variorum: {found.taken_up:,} pages taken up from {kept}", file=sys.stderr)
    return found, _signature(recipe), strangers


def _folder(options: argparse.Namespace) -> Path | None:
    """The folder that was asked for, if it was one."""
    if options.output in (None, "-"):
        return None
    return Path(options.output) if is_folder(options.output) else None


def _signature(recipe: Recipe | None) -> str:
    if recipe is None:
        return ""
    from variorum.rules import signature

    return signature(recipe)


def _tell(done: int, of: int) -> None:
    """How far it is, every hundred pages and at the end."""
    if of > 20 and (done % 100 == 0 or done == of):
        print(f"variorum: {done:,} of {of:,} pages", file=sys.stderr)


def _of_edition(options: argparse.Namespace, chosen: str) -> tuple[Measured, str, tuple[str, ...]]:
    """Two witnesses of an edition, by its own recipes, roles and speakers."""
    from attrs import evolve

    from variorum.edition import normalised, opened
    from variorum.ocr.batch import Measured, turns_of, unmended
    from variorum.ocr.evaluate import Evaluation, Side, compare
    from variorum.ocr.profiles import profile
    from variorum.rules import signature

    told, witnesses = opened(Path(options.edition))
    by_siglum = {witness.siglum: witness for witness in witnesses}
    for siglum in (options.truth, options.ocr):
        if siglum not in by_siglum:
            raise UsageError(
                f"{siglum!r} is no witness of {options.edition}",
                remedy=f"choose among {', '.join(by_siglum)}",
            )
    _one_language(by_siglum[options.truth], by_siglum[options.ocr])
    told = evolve(told, recipes={s: unmended(recipe) for s, recipe in told.recipes.items()})
    derived, divisions = normalised(told, witnesses)
    truth, copy = (
        Side(by_siglum[s], derived[s], divisions[s].furniture(), turns_of(divisions[s]))
        if profile(chosen).lines == "running"
        else Side(by_siglum[s], turns=turns_of(divisions[s]))
        for s in (options.truth, options.ocr)
    )
    found = compare(f"{options.ocr} against {options.truth}", truth, copy, profile(chosen))
    recipes = "; ".join(f"{s} {signature(told.recipes[s])}" for s in (options.truth, options.ocr))
    return Measured(Evaluation(profile(chosen), (found.summary,)), (found,)), recipes, ()


def _one_language(*texts: Witness) -> None:
    """Raise ``UsageError`` for two texts of different languages: their letters have no rate."""
    from variorum.ocr.tongue import primary

    languages = [primary(w.description.language) for w in texts]
    if all(languages) and len(set(languages)) > 1:
        told = ", ".join(f"{w.siglum} is {w.description.language}" for w in texts)
        raise UsageError(f"the texts are in two languages ({told})", remedy="name copies of one")


def _made(
    formats: Sequence[str], found: Measured, recipe: str, options: argparse.Namespace
) -> dict[str, bytes]:
    from variorum.ocr import told

    printed = told.fingerprint(found.evaluation, recipe)
    out: dict[str, bytes] = {}
    for name in formats:
        if name == "json":
            out[name] = told.to_json(found.evaluation, printed, found.comparisons, found.failed)
        elif name == "csv":
            out[name] = told.to_csv(found.evaluation, found.failed)
        elif name == "rules":
            from variorum.ocr.taught import to_rules

            out[name] = to_rules(found.evaluation, printed)
        else:
            out[name] = _report(found, printed, options)
    return out


def _report(found: Measured, printed: Mapping[str, object], options: argparse.Namespace) -> bytes:
    from variorum.ocr.images import images
    from variorum.ocr.report import html

    bases = [Path(options.edition)] if options.edition else []
    output = Path(options.output or ".")
    beside = output if output.is_dir() or not output.suffix else output.parent
    return html(
        found.evaluation,
        found.comparisons,
        title=f"{Path(options.ocr).name} against {Path(options.truth).name}",
        images=images(found.comparisons, options.images, bases, beside),
        fingerprint=printed,
        failed=found.failed,
    )
