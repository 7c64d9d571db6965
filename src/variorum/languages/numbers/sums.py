"""How words for numbers add up, the same way in every language listed.

A number is read from the largest scale down.  What stands before a scale
multiplies it, what follows and is smaller is added, and so on within either::

    two │ thousand │ five │ hundred │ and │ three          deux mille cinq cent trois
     2  ×   1000  +  (5   ×   100   +        3)            zweitausendfünfhundertdrei

Sums stop where they would no longer descend, so that "two hundred and three
hundred" is two numbers, and "twenty thirty" too.  The alternative, a grammar for
each language, was refused: what languages differ in (seventy-nine as sixty and
nineteen, five-and-twenty) is a matter of which *words* there are, and fits a
table (``tables``).

A part that turns out not to belong is read once more as the next number; the
scales are few, so time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from variorum.languages.numbers.tables import Entry, Table
from variorum.text import Span

__all__ = ["Item", "Sum", "item_at", "total"]

_HALF = Fraction(1, 2)


@frozen
class Item:
    """A word or a figure of a text, or several words that mean one thing.

    ``word`` is folded; ``entry`` is nothing for a word that says no number;
    ``joined`` says that only a space or a hyphen parts it from the item before.
    """

    span: Span
    word: str
    entry: Entry | None
    joined: bool


@frozen
class Sum:
    """A number that items come to; ``end`` is the item after, ``low`` above what may be added."""

    value: Fraction
    end: int
    low: Fraction = Fraction(0)
    ordinal: bool = False
    figure: bool = False


def item_at(items: Sequence[Item], at: int, *roles: str) -> Entry | None:
    """The entry of the item at *at*, if it continues what stands before and has one of *roles*."""
    if at >= len(items) or not items[at].joined:
        return None
    entry = items[at].entry
    return entry if entry and entry.role in roles else None


def total(items: Sequence[Item], start: int, table: Table) -> Sum | None:
    """The longest number that begins at *start*, or nothing."""
    found = _level(items, start, table, len(table.scales))
    if found and table.years and found.end == start + 1 and 11 <= found.value <= 19:
        return _year(items, found, table)
    return found


def _year(items: Sequence[Item], century: Sum, table: Table) -> Sum:
    """Nineteen fifty-nine: a number in the teens before one of two figures."""
    if century.ordinal or century.figure or not item_at(items, century.end, "add"):
        return century
    year = _units(items, century.end, table)
    if year is None or year.ordinal or year.value < 10 or item_at(items, year.end, "times"):
        return century
    return Sum(century.value * 100 + year.value, year.end)


def _level(items: Sequence[Item], at: int, table: Table, level: int) -> Sum | None:
    """A number up to the scale of *level*, of which there is one more than scales: units."""
    if not level:
        return _units(items, at, table)
    scale = table.scales[level - 1]
    head = _bare(items, at, scale)
    if head is None:
        below = _level(items, at, table, level - 1)
        head = below and _scaled(items, below, scale)
        if head is below:
            return below
    if head is None or head.ordinal or head.low < 10:
        return head
    return _and_rest(items, head, table, level)


def _bare(items: Sequence[Item], at: int, scale: int) -> Sum | None:
    """A scale that counts alone (*mille*), or one word for several of it (*doscientos*)."""
    entry = items[at].entry
    if entry is None or scale < 100:
        return None
    if entry.role == "times" and entry.bare and entry.value == scale:
        return _half(items, Sum(entry.value, at + 1, entry.value), entry.value)
    if entry.role in ("add", "ordinal") and entry.value >= scale:
        return Sum(entry.value, at + 1, _low(entry.value), entry.role == "ordinal")
    return None


def _scaled(items: Sequence[Item], below: Sum, scale: int) -> Sum:
    """*below* times the scale, if the scale stands next; else *below* itself."""
    entry = item_at(items, below.end, "times", "ordinal")
    if entry is None or entry.value != scale or below.ordinal or not below.value:
        return below
    if below.figure and scale < 1000:  # 10 cents: coins
        return below
    value = below.value * scale
    ordinal = entry.role == "ordinal"
    low = Fraction(scale if below.value.denominator == 1 else 0)  # 3.5 million, 200: two numbers
    return _half(items, Sum(value, below.end + 1, low, ordinal), Fraction(scale))


def _and_rest(items: Sequence[Item], head: Sum, table: Table, level: int) -> Sum:
    """*head* and what follows and is smaller, unless that multiplies the same scale itself."""
    scale = table.scales[level - 1]
    at = _after_and(items, head.end, head.low, table)
    if scale < 100 or at >= len(items) or not items[at].joined:
        return head
    rest = _level(items, at, table, level - 1)
    if rest is None or rest.figure or not 0 < rest.value < head.low:
        return head
    more = item_at(items, rest.end, "times")
    if more and more.value == scale:
        return head
    return evolve(rest, value=head.value + rest.value)


def _units(items: Sequence[Item], at: int, table: Table) -> Sum | None:
    """What stands before any scale: figures, an article, a half, or words below a hundred."""
    entry = items[at].entry
    if entry is None or entry.role not in ("figure", "before", "half", "add", "ordinal"):
        return None
    if entry.role == "figure":
        return _half(items, Sum(entry.value, at + 1, figure=True), Fraction(1))
    if entry.role in ("before", "half"):
        skip = 2 if entry.role == "half" and item_at(items, at + 1, "before") else 1
        return Sum(entry.value, at + skip) if item_at(items, at + skip, "times") else None
    found = Sum(entry.value, at + 1, _low(entry.value), entry.role == "ordinal")
    return _half(items, _descend(items, found, entry.value, table), Fraction(1))


def _descend(items: Sequence[Item], found: Sum, last: Fraction, table: Table) -> Sum:
    """*found* and the smaller words after it: twenty, five."""
    while not found.ordinal:
        at = _after_and(items, found.end, last, table)
        entry = item_at(items, at, "add", "ordinal")
        if entry is None or not 0 < entry.value < found.low:
            break
        last = entry.value
        found = Sum(found.value + last, at + 1, _low(last), entry.role == "ordinal")
    return found


def _after_and(items: Sequence[Item], at: int, last: Fraction, table: Table) -> int:
    """The place after a joining word, if one stands here and may."""
    least, most = table.and_after
    return at + 1 if item_at(items, at, "and") and least <= last <= most else at


def _half(items: Sequence[Item], found: Sum, unit: Fraction) -> Sum:
    """*found*, and half of its last unit if the words say so: two million and a half."""
    if found.ordinal or not item_at(items, found.end, "half after"):
        return found
    return Sum(found.value + unit * _HALF, found.end + 1)


def _low(value: Fraction) -> Fraction:
    """The largest power of ten in *value*: what may be added is smaller; to 10 to 19, nothing."""
    low = 1
    while value and value % (low * 10) == 0:
        low *= 10
    return Fraction(1 if value == 10 or value.denominator > 1 else low)
