"""What a number of a text is, once found."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from variorum.text import Span

__all__ = ["KINDS", "Number", "plain"]

KINDS = ("cardinal", "ordinal", "percent", "fraction", "month", "day")
"""What a number may be said to be."""


@frozen
class Number:
    """A number of a text: ``span`` in code points, ``value`` as a plain decimal ("3.5"), ``kind``.

    ``value`` has no sign, no mark of thousands and no zeros at its ends beyond
    need.  ``kind`` is one of ``KINDS``: a "day" is a number up to 31 beside a
    "month", however it is said ("6 June", "June 6th", "6. Juni"), so that the
    two languages of a date agree; a "fraction" is a half.
    """

    span: Span
    value: str
    kind: str = "cardinal"


def plain(value: Fraction) -> str:
    """A fraction that ends as a decimal, written as one."""
    places = 0
    while value.denominator != 1:
        value *= 10
        places += 1
    digits = str(value.numerator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits
