"""Numbers in figures, as values that two languages share.

Languages differ in the mark of thousands and of decimals, and a translation
follows its own::

    en   60,000,000   3.5          sq, de, fr   60.000.000   60 000 000   3,5
         60000000     3.5                       60000000     60000000     3.5

A mark before groups of three figures that the language uses for thousands joins
them; the other one is the decimal mark; any other mark parts (5.3.1959, 12:30).
"""

from __future__ import annotations

import regex
from attrs import frozen

from variorum.text import Span

__all__ = ["Number", "numbers"]

_POINT_FOR_DECIMALS = frozenset(["en", "he", "zh", "ja", "ko", "th", "ar", "hi"])
"""Languages that write 3.5 and 60,000; all others 3,5 and 60.000 (Unicode CLDR 44)."""

_SPACES = "\u00a0\u2009\u202f '’"


@frozen
class Number:
    """A number of a text: ``span`` in code points, ``value`` as a plain decimal ("3.5")."""

    span: Span
    value: str


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers in figures, in order; *language* is a BCP 47 tag."""
    point = language.lower().partition("-")[0] in _POINT_FOR_DECIMALS
    thousands, decimal = (",", ".") if point else (".", ",")
    figures = regex.compile(
        rf"(?<![\d.,:])(?:\d{{1,3}}(?:[{thousands}{_SPACES}]\d{{3}})+|\d+)"
        rf"(?:{regex.escape(decimal)}\d+)?(?![\d]|[.,:]\d)|\d+"
    )
    return tuple(
        Number(Span(*match.span()), _value(match.group(), decimal))
        for match in figures.finditer(text)
    )


def _value(written: str, decimal: str) -> str:
    whole, _, part = written.partition(decimal)
    figures = "".join(str(int(char)) for char in whole if char.isdecimal()).lstrip("0") or "0"
    rest = "".join(str(int(char)) for char in part if char.isdecimal()).rstrip("0")
    return f"{figures}.{rest}" if rest else figures
