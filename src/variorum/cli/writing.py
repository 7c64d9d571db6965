"""Where what was asked for goes: build folder, named file, named folder, standard output."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from variorum.apparatus import Apparatus
from variorum.edition.folder import FILE
from variorum.edition.output import BUILD, FILES, facing, write
from variorum.errors import UsageError
from variorum.exporters import exporter

__all__ = ["asked", "wrote"]


def asked(options: argparse.Namespace, folder: Path | None) -> None:
    """Refuse what cannot be carried out, before anything is read.

    Raises ``ExportError`` for a format that does not exist, ``UsageError`` for
    several without a folder to go to, or ``--segment`` without its format.
    """
    formats = dict.fromkeys(options.to or (FILES if folder else ["report"]))
    for name in formats:
        exporter(name)
    if len(formats) > 1 and (options.output == "-" or (options.to and not options.output)):
        raise UsageError("several formats need a folder", remedy="name it with -o DIR")
    if getattr(options, "segment", False) and "collatex-json" not in formats:
        raise UsageError("--segment is for collatex-json", remedy="add --to collatex-json")


def wrote(
    apparatus: Apparatus, options: argparse.Namespace, folder: Path | None, paths: Sequence[Path]
) -> None:
    """Write the formats asked for; by default an edition's all into its build folder."""
    formats = list(dict.fromkeys(options.to or (FILES if folder else ["report"])))
    made = {
        name: _made(name, apparatus, segment=getattr(options, "segment", False)) for name in formats
    }
    output = options.output
    if output is None and not options.to and folder is not None:
        output = str(folder / BUILD)
    if output is None and not options.to:
        output = FILES["report"]
    if output in (None, "-"):
        _to_stdout(made)
        return
    where = _places(
        Path(output), formats, as_folder=len(formats) > 1 or (not options.to and bool(folder))
    )
    keep = frozenset(path.resolve() for path in _kept(folder, paths, apparatus))
    if not options.to and folder is not None:
        pages = facing(apparatus)
        made |= pages
        where |= {name: Path(output) / name for name in pages}
    write({where[name]: data for name, data in made.items()}, keep=keep)
    if not options.to:
        from variorum.cli.summary import show

        show(apparatus, where)
    else:
        for name in formats:
            print(f"variorum: wrote {where[name]}", file=sys.stderr)


def _made(name: str, apparatus: Apparatus, *, segment: bool) -> bytes:
    if segment and name == "collatex-json":
        from variorum.exporters import collatex_json

        return collatex_json.export(apparatus, segment=True)
    return exporter(name).export(apparatus)


def _to_stdout(made: dict[str, bytes]) -> None:
    (data,) = made.values()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _places(output: Path, formats: Sequence[str], *, as_folder: bool) -> dict[str, Path]:
    if as_folder or output.is_dir():
        return {name: output / FILES[name] for name in formats}
    return {formats[0]: output}


def _kept(folder: Path | None, paths: Sequence[Path], apparatus: Apparatus) -> list[Path]:
    """What is never written to: the edition file and everything received."""
    if folder is None:
        return [path for path in paths if str(path) != "-"]
    files = [r.file for witness in apparatus.witnesses for r in witness.received]
    return [folder / FILE, *(folder / name for name in files)]
