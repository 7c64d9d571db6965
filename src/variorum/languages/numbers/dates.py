"""Which months are months, and which numbers are their days.

A name of a month that is also another word counts beside a number only::

    on 5 May, May 1959, May 5     May I ask?
          ─┬─ ─┬─ ──┬─            no number
         day month  year

Days and months keep their places, and a date in figures stays three numbers:
nothing is guessed of their order.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from attrs import evolve

from variorum.languages.lexicon import fold
from variorum.languages.numbers.number import Number
from variorum.languages.numbers.readings import Reading
from variorum.languages.numbers.tables import Table

__all__ = ["dated"]

_WORD = regex.compile(r"(?![ºª])\p{L}[\p{L}\p{M}]*+")
_WIDEST = 24
"""Letters between a day and its month, or a month and its year."""


def dated(text: str, found: Sequence[Reading], table: Table) -> tuple[Number, ...]:
    """The numbers read, days told from others and doubtful months without a date left out."""
    numbers = [reading.number for reading in found]
    kept = [not reading.doubtful for reading in found]
    for at, number in enumerate(numbers):
        if number.kind != "month":
            continue
        before = at > 0 and _is_day(numbers[at - 1]) and _near(text, numbers, at - 1, table)
        follows = at + 1 < len(numbers) and _near(text, numbers, at, table)
        day = follows and not before and table.months.day_follows and _is_day(numbers[at + 1])
        kept[at] |= before or day or (follows and _is_year(numbers[at + 1]))
        if before or day:
            other = at - 1 if before else at + 1
            numbers[other] = evolve(numbers[other], kind="day")
    return tuple(number for number, keep in zip(numbers, kept, strict=True) if keep)


def _near(text: str, numbers: Sequence[Number], at: int, table: Table) -> bool:
    """Whether only a space, a point or comma, or "of" parts a number from the next."""
    between = text[numbers[at].span.end : numbers[at + 1].span.start]
    if len(between) > _WIDEST or "\n\n" in between:
        return False
    if any(fold(word) not in table.months.day_words for word in _WORD.findall(between)):
        return False
    return not _WORD.sub("", between).strip(" \n\t\u00a0\u202f.,°º")


def _is_day(number: Number) -> bool:
    if number.kind not in ("cardinal", "ordinal") or len(number.value) > 2:
        return False
    return number.value.isdecimal() and 1 <= int(number.value) <= 31


def _is_year(number: Number) -> bool:
    return number.kind == "cardinal" and len(number.value) == 4 and number.value.isdecimal()
