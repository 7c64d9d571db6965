"""Numbers as values."""

from __future__ import annotations

import pytest

from variorum.languages.numbers import numbers


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("60,000,000 and 3.5 per cent", "en", ["60000000", "3.5"]),
        ("60.000.000 e 3,5 për qind", "sq", ["60000000", "3.5"]),
        ("60 000 000 habitants", "fr", ["60000000"]),
        ("in 1959, 15%", "en", ["1959", "15"]),
        ("5.3.1959, 12:30", "sq", ["5", "3", "1959", "12", "30"]),
        ("١٥ و 007", "ar", ["15", "7"]),
        ("page 0.50", "en", ["0.5"]),
        ("nothing", "en", []),
    ],
)
def test_values(text: str, language: str, values: list[str]) -> None:
    """A number has the same value in each language's way of writing it."""
    found = numbers(text, language)
    assert [number.value for number in found] == values
    assert all(number.span.of(text).strip() for number in found)
