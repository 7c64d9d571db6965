"""``variorum ocr``: how good a copy is, with a truth or without, and a better text from several."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from importlib import import_module

__all__ = ["TASKS", "arguments", "run"]

TASKS: Mapping[str, str] = {
    "evaluate": "measure a copy against a truth: rates, confusions, and every error in its place",
    "estimate": "tell how good copies are without a truth, and which evidence says so",
    "vote": "make one text from several copies, every word traceable",
}
"""Task → what it does, in one line."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """One of the tasks, with its own arguments."""
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    for name, says in TASKS.items():
        task = tasks.add_parser(name, help=says, description=f"{says[0].upper()}{says[1:]}.")
        import_module(f"variorum.cli.ocr.{name}").arguments(task)


def run(options: argparse.Namespace) -> int:
    """Carry out the task."""
    return int(import_module(f"variorum.cli.ocr.{options.task}").run(options))
