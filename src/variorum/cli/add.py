"""``variorum add``: admit a late witness and print what changed."""

from __future__ import annotations

import argparse
from pathlib import Path

from variorum.cli import DONE

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """EDITION, FILE."""
    parser.add_argument("edition", metavar="EDITION", help="an edition folder")
    parser.add_argument("file", metavar="FILE", help="the witness to admit")


def run(options: argparse.Namespace) -> int:
    """Admit the file and tell what it changes."""
    from variorum.edition.new import add

    for sentence in add(Path(options.edition), Path(options.file)):
        print(sentence)
    return DONE
