"""``variorum collate``: the main job."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.cli import DONE
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.edition import Settings
    from variorum.rules import Recipe
    from variorum.witness import Witness

__all__ = ["arguments", "recipe_named", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """INPUT…, --base, --recipe, --to, --segment, -o."""
    parser.add_argument(
        "input",
        nargs="+",
        metavar="INPUT",
        help="an edition folder, or witness files, or one CollateX JSON file (- is stdin)",
    )
    parser.add_argument("--base", metavar="S", help="the witness the report is told against")
    parser.add_argument(
        "--recipe", metavar="FILE|NAME", help="how texts are normalised: a name, or a TOML file"
    )
    parser.add_argument(
        "--to", action="append", metavar="FORMAT", help="json, csv, collatex-json, report; repeat"
    )
    parser.add_argument(
        "--segment", action="store_true", help="collatex-json: join words that run in parallel"
    )
    parser.add_argument("-o", "--output", metavar="DIR|FILE|-", help="where to; - is stdout")


def run(options: argparse.Namespace) -> int:
    """Collate, write what was asked for, and tell what was found."""
    from variorum.cli.progress import told
    from variorum.cli.writing import asked, wrote
    from variorum.edition import collated

    paths = [Path(name) for name in options.input]
    folder = paths[0] if len(paths) == 1 and os.path.isdir(paths[0]) else None
    asked(options, folder)
    settings, witnesses = _input(options, paths, folder)
    with told() as tell:
        apparatus = collated(settings, witnesses, tell)
    if folder is None:
        for note in apparatus.notes:
            print(f"variorum: {note}", file=sys.stderr)
    wrote(apparatus, options, folder, paths)
    return DONE


def _input(
    options: argparse.Namespace, paths: Sequence[Path], folder: Path | None
) -> tuple[Settings, tuple[Witness, ...]]:
    """What is to be collated: an edition, or files."""
    from variorum.edition import files, opened, with_base
    from variorum.edition.folder import FILE

    if folder is None:
        return files(
            _no_folders(paths),
            base=options.base,
            recipe=recipe_named(options.recipe),
            piped=_piped(paths),
        )
    if options.recipe:
        raise UsageError("an edition names its recipes itself", remedy=f"change {folder / FILE}")
    settings, witnesses = opened(folder)
    return with_base(settings, options.base) if options.base else settings, witnesses


def _no_folders(paths: Sequence[Path]) -> Sequence[Path]:
    for path in paths:
        if os.path.isdir(path):
            raise UsageError(
                "an edition folder stands alone", place=str(path), remedy="name it without files"
            )
    return paths


def _piped(paths: Sequence[Path]) -> bytes:
    """Standard input if it is asked for; no more of it than a reader would take."""
    from variorum.readers import MAX_BYTES

    if "-" not in map(str, paths):
        return b""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UsageError(
            f"more than {MAX_BYTES:,} bytes", place="standard input", remedy="collate it in parts"
        )
    return data


def recipe_named(name: str | None) -> Recipe | None:
    """A recipe by name, or from a TOML file with ``rules = […]``."""
    from variorum.rules import RECIPES, recipe, recipe_of

    if name is None or name in RECIPES or not os.path.exists(name):
        return None if name is None else recipe(name)
    import tomllib

    try:
        with Path(name).open("rb") as stream:
            told = tomllib.load(stream)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"no recipe ({error})", place=name, remedy="mend it") from None
    if not isinstance(told.get("rules"), list) or set(told) != {"rules"}:
        raise UsageError("no recipe", place=name, remedy='write rules = ["unicode", …]')
    return recipe_of(Path(name).stem, told["rules"])
