"""Numbers in figures: where they stand, and what they come to.

Languages differ in the mark of thousands and of decimals, and a translation
follows its own::

    en   60,000,000   3.5          sq, de, fr   60.000.000   60 000 000   3,5
         60000000     3.5                       60000000     60000000     3.5

A mark before groups of three figures that the language uses for thousands joins
them; the other one is the decimal mark; any other mark parts (5.3.1959, 12:30).
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from variorum.text import Span

__all__ = ["figures"]

_POINT_FOR_DECIMALS = frozenset(["en", "he", "zh", "ja", "ko", "th", "ar", "hi"])
"""Languages that write 3.5 and 60,000; all others 3,5 and 60.000 (Unicode CLDR 44)."""

_SPACES = "\u00a0\u2009\u202f '’"


def figures(text: str, language: str) -> Iterator[tuple[Span, str]]:
    """The numbers in figures, in order, each with its value as a plain decimal."""
    point = language in _POINT_FOR_DECIMALS
    thousands, decimal = (",", ".") if point else (".", ",")
    pattern = regex.compile(
        rf"(?<![\d.,:])(?:\d{{1,3}}(?:[{thousands}{_SPACES}]\d{{3}})+|\d+)"
        rf"(?:{regex.escape(decimal)}\d+)?(?![\d]|[.,:]\d)|\d+"
    )
    for match in pattern.finditer(text):
        yield Span(*match.span()), _value(match.group(), decimal)


def _value(written: str, decimal: str) -> str:
    whole, _, part = written.partition(decimal)
    digits = "".join(str(int(char)) for char in whole if char.isdecimal()).lstrip("0") or "0"
    rest = "".join(str(int(char)) for char in part if char.isdecimal()).rstrip("0")
    return f"{digits}.{rest}" if rest else digits
