"""The table for spreadsheets: a row a reading, inert cells, honest about what it merges."""

from __future__ import annotations

import csv as plain
import io

from attrs import evolve

from exporters.specimen import apparatus_of, specimen
from variorum.apparatus import Apparatus
from variorum.exporters import exporter
from variorum.exporters.csv import COLUMNS
from variorum.loci import Absence, Locus, Reading
from variorum.text import Span

csv = exporter("csv")


def _rows(made: Apparatus) -> list[dict[str, str]]:
    text = csv.export(made).decode("utf-8-sig")
    return list(plain.DictReader(io.StringIO(text, newline="")))


def test_a_row_a_reading() -> None:
    """Each reading has its row, with what its locus says repeated."""
    rows = _rows(specimen())
    assert list(rows[0]) == list(COLUMNS)
    told = [(r["place"], r["reading no."], r["lemma"], r["reading"], r["sigla"]) for r in rows[:2]]
    assert told == [("1", "1", "15", "15", "P W"), ("1", "2", "15", "16", "O1")]
    assert [r["synthetic"] for r in rows[:2]] == ["", "O1"]
    assert rows[1]["feature"] == "number"
    assert rows[1]["evidence"] == "hand-made; differs in form"


def test_each_kind_of_absence_has_its_word() -> None:
    """No two kinds of absence look alike in the table."""
    assert {r["absence"] for r in _rows(specimen())} == {"", *Absence}


def test_spreadsheets_see_letters_and_lines() -> None:
    """The bytes begin with a byte order mark and lines end as the standard says."""
    data = csv.export(specimen())
    assert data.startswith("\N{ZERO WIDTH NO-BREAK SPACE}place,".encode())
    assert data.endswith(b"\r\n")
    assert "Durrës".encode() in data


def test_no_cell_is_a_formula() -> None:
    """A reading that a spreadsheet would run is text, and one apostrophe less is the reading."""
    words = ["=1+1", "+1", "-", "@x", "'tis", "＝1", "\tx", "plain"]
    made = apparatus_of({"A": "a", "B": "b"})
    readings = (
        Reading("=cmd()", {"A": ()}),
        *(Reading(w, {f"B{i}": ()}) for i, w in enumerate(words)),
    )
    rows = _rows(evolve(made, loci=(Locus("x", "1", "wording", "A", readings, Span(0, 1)),)))
    shown = [row["reading"] for row in rows]
    assert shown == ["'=cmd()", *("'" + w for w in words[:-1]), "plain"]
    assert rows[0]["lemma"] == "'=cmd()"
    assert "apostrophe" in csv.MERGES


def test_a_decided_lemma_is_shown() -> None:
    """Once an editor chose a reading, the lemma is that one and not the base's."""
    made = specimen()
    decided = evolve(made, loci=(evolve(made.loci[0], lemma=1),))
    assert [row["lemma"] for row in _rows(decided)] == ["16", "16"]
