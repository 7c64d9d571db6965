"""Witnesses: sigla, pages, and the joining of pages."""

from __future__ import annotations

import pytest

from variorum.errors import WitnessError
from variorum.text import Span, Text
from variorum.witness import (
    GivenToken,
    Layout,
    Line,
    Page,
    Received,
    Role,
    Stretch,
    Witness,
    Word,
    join_pages,
)


def _page(name: str, text: str) -> Witness:
    whole = Span(0, len(text))
    layout = Layout(
        pages=(Page(whole, f"{name}.hocr", image=f"{name}.png", width=10, height=20),),
        lines=(Line(whole, (0, 0, 5, 5)),),
        words=(Word(Span(0, 1), (0, 0, 1, 1), 0.9),),
        roles=(Stretch(Span(0, 1), Role.HEADING, "test"),),
    )
    return Witness(
        name, Text(text), layout, received=(Received(f"{name}.hocr", "d" * 64, "hocr 1"),)
    )


@pytest.mark.parametrize("siglum", ["W", "O1", "W*", "P′", "1a", "Σ", "ש", "A.2", "m-ac", "x" * 32])
def test_sigla_of_any_script_are_taken(siglum: str) -> None:
    """Letters, digits and the usual marks make a siglum."""
    assert Witness(siglum, Text("")).siglum == siglum


@pytest.mark.parametrize("siglum", ["", " W", "a b", "-a", "../W", "x" * 33, "W\n", "a/b"])
def test_other_sigla_are_refused_with_a_remedy(siglum: str) -> None:
    """A siglum that would break a file name, a table or a command line is refused."""
    with pytest.raises(WitnessError, match="is no siglum; use letters"):
        Witness(siglum, Text(""))


def test_pages_are_joined_by_form_feeds_with_their_layout() -> None:
    """Every stand-off fact of a page moves with its text, and pages are numbered anew."""
    both = join_pages("O1", [_page("one", "first page"), _page("two", "second")])
    assert both.text.chars == "first page\fsecond"
    assert [page.number for page in both.layout.pages] == [1, 2]
    assert [page.span.of(both.text.chars) for page in both.layout.pages] == ["first page", "second"]
    assert [line.span.of(both.text.chars) for line in both.layout.lines] == ["first page", "second"]
    assert [word.span.of(both.text.chars) for word in both.layout.words] == ["f", "s"]
    assert [role.span.of(both.text.chars) for role in both.layout.roles] == ["f", "s"]
    assert [received.file for received in both.received] == ["one.hocr", "two.hocr"]


def test_a_page_is_found_by_an_offset() -> None:
    """An offset lies on a page; the page break after it belongs to the page before."""
    both = join_pages("O1", [_page("one", "first page"), _page("two", "second")])
    files = [page.file if (page := both.page_at(at)) else None for at in (0, 9, 10, 11, 17, 99)]
    assert files == ["one.hocr", "one.hocr", "one.hocr", "two.hocr", "two.hocr", None]


def test_one_page_is_the_witness() -> None:
    """A single page only takes the witness's siglum."""
    assert join_pages("O1", [_page("one", "text")]).text.chars == "text"
    assert join_pages("O1", [_page("one", "text")]).siglum == "O1"


def test_no_pages_and_ready_made_tokens_cannot_be_joined() -> None:
    """Joining needs pages, and pages of text."""
    with pytest.raises(WitnessError, match="no pages"):
        join_pages("O1", [])
    given = Witness("A", Text("a"), tokens=(GivenToken(Span(0, 1)),))
    with pytest.raises(WitnessError, match="ready-made tokens"):
        join_pages("O1", [given, given])
