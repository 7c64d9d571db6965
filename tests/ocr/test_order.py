"""The order apart from the text: passages put back where the truth has them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.test_distance import prose, worn
from variorum.ocr.distance import edits
from variorum.ocr.order import Ordered, doubtful, put_back

PARTS = [f"{prose(180 + 40 * number, number)}.\n" for number in range(8)]


def told(truth: str, copy: str) -> Ordered:
    """*copy* put back, with the laws that always hold."""
    whole = edits(truth, copy)
    found = put_back(truth, copy, whole)
    assert len(found.edits) <= len(whole)
    assert "".join(copy[p.start : p.end] for p in found.pieces) == found.text
    letters = sorted(n for p in found.pieces for n in range(p.start, p.end))
    assert letters == list(range(len(copy)))
    return found


@settings(max_examples=60, deadline=None)
@given(st.permutations(PARTS))
def test_no_letter_wrong_is_no_error_of_the_text(order: list[str]) -> None:
    """Whatever the order of the parts, nearly nothing is left when they are put back."""
    truth, copy = "".join(PARTS), "".join(order)
    assert len(told(truth, copy).edits) <= 0.03 * len(truth)


@pytest.mark.parametrize("rate", [0.0, 0.03, 0.1])
def test_two_parts_exchanged(rate: float) -> None:
    """The error of the text of two exchanged parts is that of the text without the exchange."""
    order = [*PARTS[:3], PARTS[4], PARTS[3], *PARTS[5:]]
    truth, plain = "".join(PARTS), worn("".join(PARTS), rate, 1) if rate else "".join(PARTS)
    copy = worn("".join(order), rate, 1) if rate else "".join(order)
    found = told(truth, copy)
    assert len(found.edits) <= len(edits(truth, plain)) + (0.002 + rate / 10) * len(truth)
    assert len(edits(truth, copy)) > len(found.edits) + 0.05 * len(truth)
    assert found.passages


@pytest.mark.parametrize("rate", [0.03, 0.15, 0.3])
def test_noise_moves_nothing(rate: float) -> None:
    """In a copy that is only worn no passage is put anywhere."""
    truth = "".join(PARTS) * 4
    assert not told(truth, worn(truth, rate, 2)).passages


def test_dropped_parts_are_no_moves() -> None:
    """A part that the copy lacks is an error of the text."""
    truth, copy = "".join(PARTS), "".join(PARTS[:2] + PARTS[3:])
    found = told(truth, copy)
    assert not found.passages
    assert len(found.edits) == len(PARTS[2])


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab \n", max_size=200), st.text(alphabet="ab \n", max_size=200))
def test_any_two_texts(truth: str, copy: str) -> None:
    """The laws hold for texts that have nothing to do with each other."""
    told(truth, copy)


def test_texts_that_repeat_themselves() -> None:
    """A copy of one line a thousand times over is put back in no time, and wrongly nowhere."""
    line = "the same line over and over\n"
    rng = random.Random(3)
    copy = "".join(line if rng.random() > 0.02 else "another one\n" for _ in range(1000))
    told(line * 1000, copy)


@pytest.mark.parametrize("rate", [0.0, 0.05, 0.1])
def test_columns_read_across(rate: float) -> None:
    """Lines of two columns in turns: most is put back, and what may be left is said."""
    lines = [prose(55, 100 + n) for n in range(60)]
    truth = "\n".join(lines)
    across = "\n".join(line for pair in zip(lines[:30], lines[30:], strict=True) for line in pair)
    copy = worn(across, rate, 4) if rate else across
    found = told(truth, copy)
    true = len(edits(across, copy))
    assert len(found.edits) < 0.45 * len(edits(truth, copy))
    assert len(found.edits) - doubtful(found) <= true + 0.02 * len(truth)


def test_nothing_is_doubtful_in_noise_and_in_loss() -> None:
    """Neither a worn copy nor one that lacks a part is said to be out of order."""
    truth = "".join(PARTS)
    for copy in (worn(truth, 0.1, 5), "".join(PARTS[:3] + PARTS[4:])):
        assert doubtful(told(truth, copy)) <= 0.01 * len(truth)
