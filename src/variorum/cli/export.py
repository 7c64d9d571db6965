"""``variorum export``: one output of an edition."""

from __future__ import annotations

import argparse
from pathlib import Path

from variorum.cli import DONE

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """EDITION, --to, -o."""
    parser.add_argument("edition", metavar="EDITION", help="an edition folder")
    parser.add_argument("--to", required=True, metavar="FORMAT", help="see: variorum formats")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to; standard output if none")


def run(options: argparse.Namespace) -> int:
    """Collate the edition as it is now, and write the one format."""
    from variorum.cli.progress import told
    from variorum.cli.writing import asked, wrote
    from variorum.edition import collated, opened

    options.to = [options.to]
    folder = Path(options.edition)
    asked(options, folder)
    settings, witnesses = opened(folder)
    with told() as tell:
        apparatus = collated(settings, witnesses, tell)
    wrote(apparatus, options, folder, [])
    return DONE
