"""The apparatus as a table for spreadsheets: one row a reading.

Why a row a reading and not a row a locus: readings are what editors sort,
filter and count ("all numbers where O1 stands alone"), and a row a locus would
need a column for each witness or pack several readings into one cell.  What
the locus says is repeated on each of its rows, and ``place`` counts the loci,
so that sorting by ``place`` and ``reading no.`` brings the text's order back::

    place  reading no.  locus   turn  kind    lemma  reading  sigla   absence  …
        7            1  9f3c…   12.3  number  15%    15%      P W
        7            2  9f3c…   12.3  number  15%    16%      O1

``lemma`` is the reading the edition prints; while none is decided, the base's.
``synthetic`` repeats those of the sigla whose witnesses were made as specimens.

The file begins with a byte order mark: without it the most used spreadsheet
takes UTF-8 for the local 8-bit set and shows ``ShqipÃ«ri``; every reader of
CSV we know of skips it when told ``utf-8-sig``.  Lines end with CR LF and
quotes are doubled (RFC 4180).

A cell that begins with ``=``, ``+``, ``-``, ``@`` (or their full-width forms),
a tab, a line break or an apostrophe is given an apostrophe in front, since
spreadsheets would run it as a formula.  The apostrophe itself is on the list
so that the way back is certain: drop one leading apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from variorum.apparatus import Apparatus
from variorum.loci import Locus

__all__ = ["COLUMNS", "MERGES", "NAME", "SUFFIX", "VERSION", "export"]

NAME = "csv"
VERSION = "1"
SUFFIX = "csv"
MERGES = (
    "CSV holds readings, not witnesses: spans, beads, moves, roles, white space and all text"
    " without variation are lost, and a cell that a spreadsheet would run as a formula (or that"
    " begins with an apostrophe) has an apostrophe put in front."
)

COLUMNS = (
    "place",
    "reading no.",
    "locus",
    "turn",
    "kind",
    "lemma",
    "reading",
    "sigla",
    "synthetic",
    "absence",
    "operation",
    "feature",
    "significance",
    "cause",
    "evidence",
)

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


def export(apparatus: Apparatus) -> bytes:
    """UTF-8 with a byte order mark, a header line, then one row a reading in the text's order."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    made = {w.siglum for w in apparatus.witnesses if w.description.synthetic}
    for place, locus in enumerate(apparatus.loci, 1):
        table.writerows([_inert(cell) for cell in row] for row in _rows(place, locus, made))
    return out.getvalue().encode("utf-8-sig", "backslashreplace")


def _rows(place: int, locus: Locus, made: set[str]) -> Iterator[tuple[str, ...]]:
    lemma = locus.readings[locus.lemma or 0].text
    for number, reading in enumerate(locus.readings, 1):
        yield (
            str(place),
            str(number),
            locus.id,
            locus.turn,
            locus.kind,
            lemma,
            reading.text,
            " ".join(sorted(reading.witnesses)),
            " ".join(sorted(made & reading.witnesses.keys())),
            reading.absence or "",
            reading.operation or "",
            reading.feature or "",
            reading.significance or "",
            reading.cause or "",
            "; ".join((*locus.evidence, *reading.evidence)),
        )


def _inert(cell: str) -> str:
    """The cell as text, whatever a spreadsheet makes of its first character."""
    return "'" + cell if cell.startswith(_ACTIVE) else cell
