"""Stand-off text: runs, their laws, and the mapping between base and result."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from oracles import base_of, edited, hull, result_of
from variorum.errors import TextError
from variorum.text import Derived, Edit, Run, Span, Text, digest


def _runs(derived: Derived) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (run.base.of(derived.base), run.result.of(derived.result), run.rules)
        for run in derived.runs
    ]


def test_a_span_is_a_stretch_of_code_points() -> None:
    """A span knows its length, its text, and what it shares with another."""
    span = Span(2, 5)
    assert len(span) == 3
    assert span.of("abcdefg") == "cde"
    assert span.overlaps(Span(4, 9))
    assert not span.overlaps(Span(5, 9))
    assert span.covers(Span(3, 5))
    assert not span.covers(Span(3, 6))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_cannot_run_backwards(start: int, end: int) -> None:
    """Impossible spans are refused."""
    with pytest.raises(TextError, match="cannot run from"):
        Span(start, end)


def test_the_digest_is_sha_256_of_utf_8() -> None:
    """A text is known by the digest of its characters, lone surrogates included."""
    assert Text("ë").digest == hashlib.sha256(b"\xc3\xab").hexdigest()
    assert digest("\ud800") == hashlib.sha256(b"\xed\xa0\x80").hexdigest()


def test_a_changed_stretch_names_its_rules_in_order() -> None:
    """An edit of what another rule changed makes one run that names both."""
    text = Derived.of("coun-\ntry’s")
    text = text.then([Edit(Span(4, 6), "")], "hyphens")
    text = text.then([Edit(Span(7, 8), "'")], "quotes")
    assert _runs(text) == [
        ("coun", "coun", ()),
        ("-\n", "", ("hyphens",)),
        ("try", "try", ()),
        ("’", "'", ("quotes",)),
        ("s", "s", ()),
    ]
    again = text.then([Edit(Span(7, 8), "`")], "odd")
    assert _runs(again)[3] == ("’", "`", ("quotes", "odd"))


def test_an_edit_is_trimmed_to_what_it_changes() -> None:
    """Characters that an edit leaves as they are stay kept."""
    text = Derived.of("Choe Yong Gon").then([Edit(Span(0, 13), "Choe Yong-gon")], "names")
    assert _runs(text) == [
        ("Choe Yong", "Choe Yong", ()),
        (" G", "-g", ("names",)),
        ("on", "on", ()),
    ]


def test_what_was_cut_inside_a_cut_keeps_its_reason() -> None:
    """A page number inside a word that is joined over it is still known for one."""
    text = Derived.of("Ko-\n2\nrean").then([Edit(Span(4, 6), "")], "furniture")
    text = text.then([Edit(Span(2, 4), "")], "hyphens")
    assert _runs(text)[1:-1] == [("-\n", "", ("hyphens",)), ("2\n", "", ("furniture",))]
    inner = Derived.of("Ko-2\nrean").then([Edit(Span(3, 4), "")], "furniture")
    inner = inner.then([Edit(Span(2, 4), "")], "hyphens")
    assert _runs(inner) == [
        ("Ko", "Ko", ()),
        ("-", "", ("hyphens",)),
        ("2", "", ("furniture",)),
        ("\n", "", ("hyphens",)),
        ("rean", "rean", ()),
    ]


def test_notes_of_edits_stay_with_their_run() -> None:
    """What a rule has to say for itself can be read off the run."""
    text = Derived.of("ex-\ntra").then([Edit(Span(2, 4), "", "attested in W")], "hyphens")
    assert text.runs[1].notes == ("attested in W",)


def test_edits_that_change_nothing_leave_no_trace() -> None:
    """An edit that puts what stands there returns the very same value."""
    text = Derived.of("same")
    assert text.then([Edit(Span(1, 3), "am")], "idle") is text


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([Edit(Span(0, 3), "x"), Edit(Span(2, 4), "y")], "overlap at 2"),
        ([Edit(Span(2, 9), "x")], "after the text"),
    ],
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit], said: str) -> None:
    """Overlapping edits and edits beyond the text are errors."""
    with pytest.raises(TextError, match=said):
        Derived.of("abcd").then(edits, "wrong")


@pytest.mark.parametrize(
    "runs",
    [
        (Run(Span(0, 2), Span(0, 2)),),
        (Run(Span(0, 2), Span(0, 2)), Run(Span(3, 4), Span(3, 4))),
        (Run(Span(0, 4), Span(0, 3)),),
    ],
)
def test_runs_that_do_not_tile_are_refused(runs: tuple[Run, ...]) -> None:
    """A gap, a short end, or a kept run that differs is an error."""
    with pytest.raises(TextError):
        Derived("abcd", "abcd", runs)


@given(strategies.derived())
def test_runs_tile_both_sides(made: Derived) -> None:
    """Runs lie end to end on base and result, and no two kept ones are neighbours."""
    assert "".join(run.base.of(made.base) for run in made.runs) == made.base
    assert "".join(run.result.of(made.result) for run in made.runs) == made.result
    kept = [run.kept for run in made.runs]
    assert (True, True) not in pairwise(kept)


@given(st.data())
def test_folding_gives_the_edited_text(data: st.DataObject) -> None:
    """What ``then`` makes is the result with each edit made, whatever was done before."""
    made = data.draw(strategies.derived())
    changes = data.draw(strategies.edits(made.result))
    assert made.then(changes, "last").result == edited(made.result, changes)


@given(strategies.derived())
def test_mapping_equals_the_slow_mapping(made: Derived) -> None:
    """Every non-empty span maps to what its characters map to, in both directions."""
    for start in range(len(made.result)):
        for end in range(start + 1, len(made.result) + 1):
            slow = hull(base_of(made, at) for at in range(start, end))
            assert made.to_base(Span(start, end)) == slow
    for start in range(len(made.base)):
        for end in range(start + 1, len(made.base) + 1):
            slow = hull(result_of(made, at) for at in range(start, end))
            assert made.to_result(Span(start, end)) == slow


@given(st.data())
def test_empty_spans_map_to_places_in_order(data: st.DataObject) -> None:
    """A place between two characters maps to a place, and order is kept."""
    made = data.draw(strategies.derived())
    places = [made.to_base(Span(at, at)) for at in range(len(made.result) + 1)]
    assert all(len(place) == 0 for place in places)
    assert places == sorted(places)
    assert places[-1].end <= len(made.base)


@given(st.data())
def test_changed_in_finds_exactly_what_touches(data: st.DataObject) -> None:
    """The changed runs of a stretch are those that overlap it or were inserted in it."""
    made = data.draw(strategies.derived())
    span = data.draw(strategies.spans(made.base))
    slow = [
        run
        for run in made.runs
        if run.rules
        and (
            run.base.overlaps(span)
            or (len(run.base) == 0 and span.start <= run.base.start <= span.end)
        )
    ]
    assert list(made.changed_in(span)) == slow


@given(st.data())
def test_a_change_names_the_rule_that_made_it(data: st.DataObject) -> None:
    """Where an edit changed something, a run of the base says by which rule."""
    text = data.draw(st.text("abc", max_size=12))
    changes = data.draw(strategies.edits(text))
    made = Derived.of(text).then(changes, "only")
    for edit in changes:
        if edit.span.of(text) != edit.replacement:
            assert ("only",) in {run.rules for run in made.changed_in(edit.span)}
    assert all(run.rules in ((), ("only",)) for run in made.runs)
