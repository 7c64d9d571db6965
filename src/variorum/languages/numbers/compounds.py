"""Numbers that a language writes as one word, taken apart by its table.

::

    zweihundertfünfzig │ste    duecentottanta      pesëqind
    zwei·hundert·fünfzig       due·cent·ottanta    pesë·qind

A word is cut in every way into words of the table, the fewest of them, and
counts only if those are one number: so nothing is taken out of a longer word
(*Dreirad*, *centrale*).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from attrs import evolve

from variorum.languages.numbers.sums import Item, total
from variorum.languages.numbers.tables import Entry, Table, table_of
from variorum.text import Span

__all__ = ["compound"]

_LONGEST = 90
"""Letters; the longest number below 10^9 in German has 86."""

_PIECES = ("add", "times", "ordinal", "and", "half after")


@lru_cache(maxsize=1 << 16)
def compound(language: str, word: str) -> Entry | None:
    """What a folded *word* says that is not itself in the table, or nothing."""
    table = table_of(language)
    found = _whole(word, table) if table.compound else None
    for suffix in () if found else table.ordinal_suffixes:
        stem = word.removesuffix(suffix)
        if stem == word or not stem:
            continue
        value = _value(stem, suffix, table)
        if value >= 4:
            return Entry("ordinal", value)
    return found


def _value(stem: str, suffix: str, table: Table) -> Fraction:
    """What stands before an ordinal ending, perhaps without its last vowel (*ventunesimo*)."""
    vowels = ("", *"aeio") if suffix[0] in "aeio" else ("",)
    for vowel in vowels:
        base = _single(stem + vowel, table) or _whole(stem + vowel, table)
        if base and base.role in ("add", "times"):
            return base.value
    return Fraction(0)


def _single(word: str, table: Table) -> Entry | None:
    """The entry of one word, also one that stands in compounds only."""
    for words, entry in table.phrases.get(word, ()):
        if len(words) == 1 and entry.role in _PIECES:
            return entry
    return None


def _whole(word: str, table: Table) -> Entry | None:
    """The word as a sum of its pieces, if it is one number."""
    pieces = _pieces(word, table) if len(word) <= _LONGEST else []
    items = [Item(Span(0, 0), "", entry, joined=True) for entry in pieces]
    found = total(items, 0, table) if len(items) > 1 else None
    if found is None or found.end < len(items):
        return None
    return Entry("ordinal" if found.ordinal else "add", found.value)


def _pieces(word: str, table: Table) -> list[Entry]:
    """The fewest entries that make up the word, an ordinal at its end only."""
    best: list[tuple[int, list[Entry]] | None] = [(0, []), *([None] * len(word))]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 20), end):
            before = best[start]
            entry = _single(word[start:end], table) if before else None
            if entry and (entry.inside if end == len(word) else entry.role == "ordinal"):
                continue
            here = best[end]
            if before and entry and (here is None or before[0] + 1 < here[0]):
                best[end] = (before[0] + 1, [*before[1], evolve(entry, unsure=False)])
    last = best[-1]
    return last[1] if last else []
