"""``variorum init``: a new edition folder, for a person to correct."""

from __future__ import annotations

import argparse
from pathlib import Path

from variorum.cli import DONE

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """DIR, FILE…."""
    parser.add_argument("folder", metavar="DIR", help="the folder to make")
    parser.add_argument("files", nargs="*", metavar="FILE", help="witness files to copy in")


def run(options: argparse.Namespace) -> int:
    """Make the folder and say what was proposed."""
    from variorum.edition.new import init

    for sentence in init(Path(options.folder), [Path(name) for name in options.files]):
        print(sentence)
    return DONE
