"""Profiles: what is compared, and agreement with figures that another program gives."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import strategies
from variorum.errors import OcrError
from variorum.ocr.evaluate import Evaluation, Side, compare
from variorum.ocr.profiles import PROFILES, prepared, profile, words_of
from variorum.text import Span, Text
from variorum.witness import Witness

PUBLISHED = Path(__file__).parent.parent / "published" / "dinglehopper.json"
PAIRS = json.loads(PUBLISHED.read_text("utf-8"))["pairs"]


def evaluated(truth: str, copy: str, name: str) -> Evaluation:
    """*copy* measured against *truth*."""
    told = profile(name)
    found = compare("x", Side(Witness("T", Text(truth))), Side(Witness("O", Text(copy))), told)
    return Evaluation(told, (found.summary,))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: ascii(pair["truth"][:20]))
def test_dinglehopper_gives_the_same(pair: dict[str, Any]) -> None:
    """Rates and counts are those of dinglehopper's command, to the last digit."""
    found = evaluated(pair["truth"], pair["copy"], "dinglehopper")
    assert (found.characters, found.words) == (pair["n"], pair["words"])
    assert found.cer == pytest.approx(pair["cer"], abs=1e-12)
    assert found.wer == pytest.approx(pair["wer"], abs=1e-12)


def test_plain_changes_nothing() -> None:
    """Code points as read: composed and decomposed letters differ, line ends are letters.

    Only a page break is a line break, or nothing behind one.
    """
    assert evaluated("a\f\fb\n\fc", "a\nb\nc", "plain").edits == 0
    assert evaluated("e\u0301\r\n", "\u00e9\n", "plain").edits == 3
    assert evaluated("a b", "a  b", "plain").edits == 1


def test_editorial_runs_lines_together() -> None:
    """White space is one space, and an accented letter is one letter however it is coded."""
    assert evaluated("one\n  two \f three", " one two three\n", "editorial").edits == 0
    assert evaluated("e\u0301t", "et", "editorial").edits == 1
    assert evaluated("e\u0301t", "et", "editorial").characters == 2


@pytest.mark.parametrize("name", PROFILES)
@given(text=strategies.texts())
def test_every_letter_knows_where_it_stands(name: str, text: str) -> None:
    """The spans of the letters are in order, within the text, and of its characters."""
    made = prepared(Witness("T", Text(text)), profile(name))
    spans = [made.span(n, n + 1) for n in range(len(made.letters))]
    assert all(a.start <= b.start for a, b in pairwise(spans))
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    if name == "plain":
        spelled = "".join(span.of(text) for span in spans)
        assert spelled.replace("\f", "") == text.replace("\f", "")
    assert made.span(0, len(made.letters)) == Span(
        made.base(0), made.span(0, len(made.letters)).end
    )


@given(text=strategies.texts())
def test_words_lie_within_the_text(text: str) -> None:
    """Words are in order, do not overlap, and none is empty."""
    for told in PROFILES.values():
        ends = 0
        for start, end in words_of(text, told):
            assert ends <= start < end <= len(text)
            ends = end


def test_an_unknown_profile_is_named() -> None:
    """The error lists what there is."""
    with pytest.raises(OcrError, match="no profile 'ocreval'") as caught:
        profile("ocreval")
    assert "dinglehopper" in str(caught.value)


def test_signatures_differ() -> None:
    """No two profiles could be taken for one another in a fingerprint."""
    assert len({told.signature for told in PROFILES.values()}) == len(PROFILES)
