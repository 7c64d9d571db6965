"""What of all that adds up is a number said: the doubtful is left out.

A number too many joins what does not belong together, and one too few costs
little; so of a word that is often something else nothing is read::

    one, një, ein, un, neuf, sei     alone: articles, pronouns, new, you are
    several hundred, disa mijë       no exact number
    one third, two thirds            no decimal says it
    a second, per second             a unit of time
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from attrs import frozen

from variorum.languages.numbers.number import Number, plain
from variorum.languages.numbers.sums import Item, Sum, item_at, total
from variorum.languages.numbers.tables import Table
from variorum.text import Span

__all__ = ["Reading", "readings"]

_POINT = regex.compile(r"\.[^\S\n]*+\n?+[^\S\n]*+")


@frozen
class Reading:
    """A number as read; ``doubtful`` if it is one only in a date."""

    number: Number
    doubtful: bool = False


def readings(text: str, items: Sequence[Item], table: Table) -> list[Reading]:
    """The numbers among the items, in order."""
    found: list[Reading] = []
    at = 0
    while at < len(items):
        reading, at = _read(text, items, at, table)
        if reading:
            found.append(reading)
    return found


def _read(text: str, items: Sequence[Item], at: int, table: Table) -> tuple[Reading | None, int]:
    """The number that begins at an item, and the item after it."""
    entry = items[at].entry
    if entry is None:
        return None, at + 1
    if entry.role == "month":
        return _month(text, items, at, table), at + 1
    found = total(items, at, table)
    if found is None:
        if entry.value == 100 and item_at(items, at + 1, "percent"):  # hundred per cent
            return _reading(items, at, Sum(entry.value, at + 1), at + 2, "percent"), at + 2
        return _half(text, items[at]), at + 1
    if item_at(items, found.end, "percent"):
        return _reading(items, at, found, found.end + 1, "percent"), found.end + 1
    if _uncertain(text, items, at, found, table):
        return None, found.end
    kind, end = _kind(items, at, found, table)
    reading = _reading(items, at, found, end, kind)
    return _pointed(text, items, end, reading, found, table), end


def _reading(items: Sequence[Item], at: int, found: Sum, end: int, kind: str) -> Reading:
    alone = found.figure and found.end == at + 1 and not items[at].word.isalpha()
    value = items[at].word if alone else plain(found.value)
    return Reading(Number(Span(items[at].span.start, items[end - 1].span.end), value, kind))


def _half(text: str, item: Item) -> Reading | None:
    """A half by itself, not in a compound (*half-hearted*)."""
    around = (
        text[max(0, item.span.start - 1) : item.span.start]
        + text[item.span.end : item.span.end + 1]
    )
    if item.entry is None or item.entry.role != "half" or item.entry.unsure:
        return None
    return None if "-" in around else Reading(Number(item.span, "0.5", "fraction"))


def _month(text: str, items: Sequence[Item], at: int, table: Table) -> Reading:
    entry, item, months = items[at].entry, items[at], table.months
    assert entry is not None
    doubtful = entry.unsure or (
        item.word in months.capital_dated and text[item.span.start].isupper()
    )
    led = at > 0 and item.joined and items[at - 1].word in months.after
    return Reading(Number(item.span, plain(entry.value), "month"), doubtful and not led)


def _uncertain(text: str, items: Sequence[Item], at: int, found: Sum, table: Table) -> bool:
    """Whether what adds up is not surely a number."""
    entry, before = items[at].entry, items[at - 1] if at and items[at].joined else None
    if found.figure or entry is None:
        return False
    if before and entry.role == "times" and _inexact(before, table):
        return True
    if found.end == at + 1 and not item_at(items, found.end, "month"):
        capital = items[at].word in table.unsure_capital and text[items[at].span.start].isupper()
        if entry.unsure or capital:
            return True
    return _of_a_fraction(items, at, found, table)


def _inexact(before: Item, table: Table) -> bool:
    """Whether a scale after *before* counts nothing: several hundred, *qindra mijë*."""
    return before.word in table.vague or bool(before.entry and before.entry.role == "times")


def _of_a_fraction(items: Sequence[Item], at: int, found: Sum, table: Table) -> bool:
    """Whether a number is the upper or the lower one of a fraction, or an ordinal after one."""
    if not found.ordinal and item_at(items, found.end, "denominator"):
        return True
    if not table.fractions:
        return False
    if not found.ordinal:
        end = found.end + (_word(items, found.end) in table.links)
        lower = item_at(items, end, "ordinal")
        return bool(lower and lower.value >= 3)
    start = at - 1 if at and items[at - 1].word in table.links else at
    upper = items[start - 1].entry if start and items[start].joined else None
    return bool(upper and upper.role in ("add", "before", "figure"))


def _word(items: Sequence[Item], at: int) -> str:
    return items[at].word if at < len(items) and items[at].joined else ""


def _kind(items: Sequence[Item], at: int, found: Sum, table: Table) -> tuple[str, int]:
    """Cardinal or ordinal, and the item after what says so."""
    if found.ordinal:
        return "ordinal", found.end
    whole = found.figure and found.end == at + 1 and found.value.denominator == 1
    if whole and found.end < len(items) and _word(items, found.end) in table.figure_ordinal:
        return "ordinal", found.end + 1
    return "ordinal" if _linked(items, at, found, table) else "cardinal", found.end


def _linked(items: Sequence[Item], at: int, found: Sum, table: Table) -> bool:
    """Whether a cardinal is an ordinal by the link before it (*Kongresi i gjashtë*).

    Not before a case ending: *i gjashtë vendeve*, of six countries.
    """
    if not table.links or found.figure or found.value < 6 or not at or not items[at].joined:
        return False
    if items[at - 1].word == "e" and at > 1 and items[at - 2].entry:  # tridhjetë e dyzet: and
        return False
    return items[at - 1].word in ("i", "e", "se") and not _word(items, found.end).endswith("ve")


def _pointed(
    text: str, items: Sequence[Item], end: int, reading: Reading, found: Sum, table: Table
) -> Reading:
    """*20. Jahrhundert*: a point makes an ordinal where a noun says so."""
    number = reading.number
    if not found.figure or end >= len(items) or items[end].word not in table.ordinal_nouns:
        return reading
    if not _POINT.fullmatch(text, number.span.end, items[end].span.start):
        return reading
    return Reading(Number(Span(number.span.start, number.span.end + 1), number.value, "ordinal"))
