"""Where the results of ``variorum ocr`` go: named files, a named folder, standard output."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from variorum.errors import UsageError
from variorum.files import write

__all__ = ["asked", "is_folder", "workers", "written"]


def asked(options: argparse.Namespace, files: Mapping[str, str]) -> tuple[str, ...]:
    """The formats wanted; *files* has the name of each in a folder.

    Without ``--to`` a file says its format by its suffix, and a folder takes
    all; without ``-o`` too, nothing is written and the terminal is told.
    Raises ``UsageError`` before anything is read.
    """
    for name in options.to or ():
        if name not in files:
            raise UsageError(
                f"there is no format {name!r} here", remedy=f"choose among {', '.join(files)}"
            )
    formats = tuple(dict.fromkeys(options.to or ()))
    if not formats and options.output == "-":
        raise UsageError("-o - needs a format", remedy=f"add --to {', or '.join(files)}")
    if not formats and options.output:
        by_suffix = {Path(name).suffix: format_ for format_, name in files.items()}
        suffix = Path(options.output).suffix
        if suffix and suffix not in by_suffix and not os.path.isdir(options.output):
            raise UsageError(
                f"what is to be in {options.output!r} cannot be told from its name",
                remedy=f"let it end in {', '.join(by_suffix)}, name a folder, or add --to",
            )
        return (by_suffix[suffix],) if suffix in by_suffix else tuple(files)
    if len(formats) > 1 and (options.output in (None, "-") or not is_folder(options.output)):
        raise UsageError("several formats need a folder", remedy="name it with -o DIR")
    return formats


def is_folder(output: str) -> bool:
    """Whether what is named is a folder, there already or to be made: it has no suffix then."""
    return os.path.isdir(output) or not Path(output).suffix


def workers(told: str) -> int:
    """A number of processes, at least one; what ``--workers`` takes."""
    number = int(told) if told.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{told!r} is no number of processes; name 1 or more")
    return number


def written(
    made: Mapping[str, bytes],
    options: argparse.Namespace,
    files: Mapping[str, str],
    keep: frozenset[Path] = frozenset(),
) -> None:
    """Write what was made, all of it or nothing, and say where; one format may go to stdout."""
    if not made:
        return
    if options.output in (None, "-"):
        (data,) = made.values()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    output = Path(options.output)
    folder = is_folder(options.output)
    places = {name: output / files[name] if folder else output for name in made}
    write({places[name]: data for name, data in made.items()}, keep=keep)
    for name in made:
        print(f"variorum: wrote {places[name]}", file=sys.stderr)
