"""``variorum verify``: what was exported against what is on the disk."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from variorum.cli import DONE, FOUND

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """EDITION, --publish."""
    parser.add_argument("edition", metavar="EDITION", help="an edition folder")
    parser.add_argument(
        "--publish", action="store_true", help="also refuse while a synthetic witness attests"
    )


def run(options: argparse.Namespace) -> int:
    """Print what was proved; exit 1 with a line for each thing that is wrong."""
    from variorum.edition.proof import verify

    proof = verify(Path(options.edition), publish=options.publish)
    for sentence in proof.proved:
        print(sentence)
    for sentence in proof.wrong:
        print(f"variorum: {sentence}", file=sys.stderr)
    return FOUND if proof.wrong else DONE
