"""The command line: one file a subcommand, and nothing in it that the library lacks.

A subcommand is a module with ``NAME``, ``HELP``, ``arguments(parser)`` and
``run(options) -> int``.  ``COMMANDS`` lists them; each is imported only when it
is asked for, so that ``variorum --help`` is quick.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COMMANDS", "DONE", "FOUND", "WRONG"]

DONE, FOUND, WRONG = 0, 1, 2
"""Exit codes: done; a check found something; bad input."""

COMMANDS: Mapping[str, str] = {
    "init": "a new edition folder; sigla, roles and speakers proposed from the files",
    "add": "admit a late witness and print what changed",
    "collate": "normalise, align, collate, classify, report: the main job",
    "align": "which sentence of a translation renders which of the original",
    "export": "write one output of an edition",
    "ocr": "measure, estimate or better the quality of OCR copies",
    "explain": "rule by rule, what normalisation did to a witness",
    "verify": "prove files untouched, texts rebuilt, pointers resolved",
    "formats": "what can be read and written",
}
"""Subcommand → what it does, in one line."""
