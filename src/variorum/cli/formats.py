"""``variorum formats``: what can be read and written."""

from __future__ import annotations

import argparse
from importlib import import_module

from variorum.cli import DONE

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Print the readers, exporters and recipes, a line each."""
    del options
    from variorum.exporters import ALIGNMENTS, EXPORTERS, exporter
    from variorum.importers import IMPORTERS
    from variorum.readers import READERS, reader
    from variorum.rules import RECIPES

    print("read:")
    for name in sorted(READERS):
        print(f"  {name:14} {_first_line(reader(name).__doc__)}")
    print("write (--to):")
    for name in sorted(EXPORTERS):
        member = exporter(name)
        print(f"  {name:14} .{member.SUFFIX:5} {_first_line(member.__doc__)}")
        if member.MERGES:
            print(f"  {'':21} {member.MERGES}")
    print("write (align --to):")
    for name, (module, _) in ALIGNMENTS.items():
        print(f"  {name:14} {_first_line(import_module(module).__doc__)}")
    print("read (align --locks):")
    for name in IMPORTERS:
        print(f"  {name:14} {_first_line(import_module(IMPORTERS[name]).__doc__)}")
    print("recipes (--recipe):")
    for name, recipe in sorted(RECIPES.items()):
        print(f"  {name:14} {' → '.join(step.rule for step in recipe.steps)}")
    return DONE


def _first_line(doc: str | None) -> str:
    return (doc or "").strip().splitlines()[0]
