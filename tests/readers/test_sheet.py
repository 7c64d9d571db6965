"""Pages under construction: what words, lines, blocks and pages become."""

from __future__ import annotations

import pytest

from variorum.readers import Faults, Piece, Sheet, bounds, cut, folded, number
from variorum.text import Span


def test_words_lines_blocks_and_pages() -> None:
    """One space, one newline, one blank line, one form feed; nothing for what is empty."""
    sheet = Sheet("a.xml")
    for block in (["one two", "three"], [], ["four"]):
        for line in block:
            for word in line.split():
                sheet.word(Piece(word))
            sheet.word(Piece(" \u00a0"))
            sheet.end_line()
            sheet.end_line()
        sheet.end_block()
        sheet.end_block()
    sheet.end_page()
    sheet.begin_page("b.png", (9.6, 10))
    sheet.end_page()
    text, layout = sheet.finished()
    assert text == "one two\nthree\n\nfour\f"
    assert [page.span for page in layout.pages] == [Span(0, 19), Span(20, 20)]
    assert [(page.number, page.image, page.width) for page in layout.pages] == [
        (1, None, None),
        (2, "b.png", 10),
    ]
    assert [line.span.of(text) for line in layout.lines] == ["one two", "three", "four"]
    assert [word.span.of(text) for word in layout.words] == ["one", "two", "three", "four"]


def test_a_line_as_it_is_told() -> None:
    """A whole line is kept as it is, an empty one too, and ends the one begun before it."""
    sheet = Sheet("a.xml")
    sheet.word(Piece("begun"))
    sheet.line("  a  b", [(2, Piece("a")), (5, Piece("b"))], (1, 2, 3, 4))
    sheet.line("", [])
    sheet.end_page()
    text, layout = sheet.finished()
    assert text == "begun\n  a  b\n"
    assert [line.box for line in layout.lines] == [None, (1, 2, 3, 4), None]
    assert [word.span.start for word in layout.words] == [0, 8, 11]


def test_faults_are_counted_page_by_page() -> None:
    """A note says what was left out, how often, on which page, and where the first one stands."""
    sheet = Sheet("a.xml")
    for size in ((10, 10), None):
        sheet.begin_page(size=size)
        for at, box in ((7, (0, 0, 11, 5)), (3, (0, 0, 5, 11)), (9, (2, 2, 1, 1))):
            sheet.word(Piece("w", box, 2.0 if at == 9 else 1.0, at=at))
        sheet.end_page()
    _, layout = sheet.finished()
    assert layout.notes == (
        "a.xml:3: page 1: boxes that do not lie on it, left out: 3",
        "a.xml:9: page 1: confidences out of range, left out: 1",
        "a.xml:9: page 2: boxes that do not lie on it, left out: 1",
        "a.xml:9: page 2: confidences out of range, left out: 1",
    )
    assert [word.box is None for word in layout.words] == [True] * 3 + [False, False, True]


def test_a_fault_of_unknown_place_names_the_file() -> None:
    """Where the parser did not keep the line, the note names the file alone."""
    faults = Faults("a.xml")
    faults.add("gaps")
    faults.end_page(4)
    assert faults.notes == ["a.xml: page 4: gaps: 1"]


@pytest.mark.parametrize(
    ("told", "value"),
    [("1", 1.0), ("-.5", -0.5), (" 2 ", 2.0), ("1e2", 100.0)]
    + [(bad, None) for bad in (None, "", "x", "nan", "inf", "-inf", "1e999", "1,5")],
)
def test_numbers(told: str | None, value: float | None) -> None:
    """A number is finite, or it is none."""
    assert number(told) == value


@pytest.mark.parametrize(
    ("told", "box"),
    [("1,2 3,4", (1, 2, 3, 4)), ("9 1 1 9 5,5", (1, 1, 9, 9)), ("1.5,2.4 1,2", (1, 2, 2, 2))]
    + [(bad, None) for bad in ("", "1", "1,2,3", "1,x", "1,nan", "1,1e999")],
)
def test_bounds(told: str, box: tuple[int, int, int, int] | None) -> None:
    """A polygon has bounds if all of it is numbers, in pairs."""
    assert bounds(told) == box


def test_white_space() -> None:
    """The white space of markup is folded; a no-break space is a character of the document."""
    assert folded("\n a\t\r\n b\u2028c\u00a0 ") == "a b c\u00a0"
    assert [(at, piece.text) for at, piece in cut(" a\u00a0: \u00a0 b")] == [
        (1, "a\u00a0:"),
        (7, "b"),
    ]
