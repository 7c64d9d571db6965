"""CollateX's own JSON table: rows of witnesses, cells of tokens.

The shape is fixed by the program that reads it::

    {"witnesses": ["A", "B"],
     "table": [[[{"t": "the", "n": "the"}], [{"t": "quick", "n": "quick"}]],
               [[{"t": "The", "n": "the"}], null                         ]]}

One token a cell; asked to ``segment``, neighbouring columns in which the same
witnesses agree with one another are joined into one cell, as CollateX joins
the words that all its paths share.  A join never crosses the edge of a
passage that moved.

Rows stand in the order of their sigla, so that the same witnesses give the
same file whichever was named first.  ``n`` is what was compared; further keys
of ready-made tokens come back as they were given.
"""

from __future__ import annotations

import json
from itertools import pairwise

from variorum.apparatus import Apparatus
from variorum.collation import NOTHING, Collation
from variorum.errors import ExportError
from variorum.tokens import Tokens

__all__ = ["MERGES", "NAME", "SUFFIX", "VERSION", "export"]

NAME = "collatex-json"
VERSION = "1"
SUFFIX = "json"
MERGES = (
    "CollateX JSON has one empty cell for every kind of absence, and no place for moves, roles,"
    " turns, spans, the white space between tokens, or what is known of a witness, such as that"
    " it is synthetic."
)

_Cell = list[dict[str, object]] | None


def export(apparatus: Apparatus, *, segment: bool = False) -> bytes:
    """The table as UTF-8 JSON, one row a line; with *segment*, agreeing columns are joined."""
    collation = apparatus.collation
    bounds = _segments(collation) if segment else list(range(len(collation) + 1))
    rows = [_row(collation, row, bounds) for row in range(len(collation.sigla))]
    table = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows)
    sigla = json.dumps(collation.sigla, ensure_ascii=False)
    whole = f'{{"witnesses": {sigla},\n"table": [\n{table}\n]}}\n'
    return whole.encode("utf-8", "backslashreplace")


def _row(collation: Collation, row: int, bounds: list[int]) -> list[_Cell]:
    told = _told(collation.tokens[row])
    path = collation.table[:, row].tolist()
    cells: list[_Cell] = []
    for start, end in pairwise(bounds):
        here = [told[i] for i in path[start:end] if i != NOTHING]
        cells.append(here or None)
    return cells


def _told(tokens: Tokens) -> list[dict[str, object]]:
    """Each token as CollateX has it."""
    starts, ends = tokens.starts.tolist(), tokens.ends.tolist()
    told: list[dict[str, object]] = [
        {"t": tokens.text[start:end], "n": n}
        for start, end, n in zip(starts, ends, tokens.forms, strict=True)
    ]
    for index in tokens.pieces:
        told[index]["t"] = tokens.written(index)
    for index, pairs in tokens.extra.items():
        for key, value in pairs:
            told[index][key] = json.loads(value, parse_constant=_refuse)
    return told


def _refuse(constant: str) -> object:
    raise ExportError(
        f"a token has the value {constant}, which JSON does not know",
        remedy="write a number, a string or null in the input",
    )


def _segments(collation: Collation) -> list[int]:
    """Where segments begin, and the table's end: a new one where the agreement changes."""
    edges = {
        at
        for move in collation.moves
        for span in (move.here, move.there)
        for at in (span.start, span.end)
    }
    bounds = [0]
    before = None
    for column in range(len(collation)):
        here = _agreement(collation, column)
        if column and (here != before or column in edges):
            bounds.append(column)
        before = here
    return [*bounds, len(collation)] if len(collation) else [0]


def _agreement(collation: Collation, column: int) -> tuple[int, ...]:
    """For each row the first row with the same compared form, or -1 where it has nothing."""
    first: dict[str, int] = {}
    out = []
    for row in range(len(collation.sigla)):
        form = collation.form(column, row)
        out.append(NOTHING if form is None else first.setdefault(form, row))
    return tuple(out)
