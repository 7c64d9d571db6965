"""The words of a language that say numbers, as its table in this folder has them.

One TOML file a language: under ``cardinals``, ``multipliers``, ``ordinals`` and
``months`` a value and its spellings, above them what a word may stand beside::

    unsure   = "one"              alone an article or a pronoun
    percent  = "percent per-cent" a hyphen stands for a space, a hyphen or a line end

    [cardinals]                   [multipliers]               [months.dated]
    7 = "seven"                   1000 = "thousand"           5 = "may"

Words are compared without case and accents, as bad copies lose them.  To add a
language: (1) write its table; (2) add it to ``LANGUAGES``; (3) a speller in
``tests/spellers.py``, without which nothing tries it; (4) its traps in
``tests/test_numbers.py``.  Without the second step only figures are seen.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import evolve, field, frozen

from variorum.languages.lexicon import fold

__all__ = ["LANGUAGES", "Entry", "Months", "Table", "table_of"]

LANGUAGES = ("de", "el", "en", "es", "fr", "it", "la", "pt", "ru", "sq")
"""Languages whose numbers in words are known."""

_Words = tuple[str, ...]

_ALONE = {
    "and": "and",
    "percent": "percent",
    "half": "half",
    "half_before": "half",
    "half_after": "half after",
    "denominators": "denominator",
}
"""Key of a table → role of its words."""


@frozen
class Entry:
    """What a word does in a number.

    ``role``: add, times (a scale), before (a scale only), half, half after, and,
    ordinal, percent, denominator, month, figure.  ``unsure``: no number by
    itself; ``bare``: a scale that counts alone; ``inside``: a piece of longer numbers.
    """

    role: str
    value: Fraction = Fraction(0)
    unsure: bool = False
    bare: bool = False
    inside: bool = False


@frozen
class Months:
    """How a language writes months: what may stand between day and month, and what makes sure."""

    capital: bool = False
    day_follows: bool = False
    day_words: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    capital_dated: frozenset[str] = frozenset()


@frozen
class Table:
    """A language's words for numbers; all of them folded."""

    phrases: Mapping[str, Sequence[tuple[_Words, Entry]]] = field(factory=dict)
    """First word → what begins with it, longest first."""
    scales: Sequence[int] = ()
    and_after: tuple[int, int] = (0, 0)
    compound: bool = False
    ordinal_suffixes: Sequence[str] = ()
    years: bool = False
    fractions: bool = False
    links: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    unsure_capital: frozenset[str] = frozenset()
    figure_ordinal: frozenset[str] = frozenset()
    ordinal_nouns: frozenset[str] = frozenset()
    only_after: Mapping[str, frozenset[str]] = field(factory=dict)
    not_after: Mapping[str, frozenset[str]] = field(factory=dict)
    not_before: Mapping[str, frozenset[str]] = field(factory=dict)
    months: Months = Months()


@cache
def table_of(language: str) -> Table:
    """The table of a language, by its primary subtag; an empty one if it has none."""
    if language not in LANGUAGES:
        return Table()
    source = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    told = tomllib.loads(source)
    sets: dict[str, Any] = {name: _set(told.get(name, "")) for name in _SETS}
    sets |= {name: _sets(told.get(name, {})) for name in _NEIGHBOURS}
    return Table(
        phrases=_by_first(dict(_entries(told))),
        scales=sorted(map(int, told["multipliers"])),
        and_after=tuple(told.get("and_after", (0, 0))),
        compound=told.get("compound", False),
        ordinal_suffixes=sorted(told.get("ordinal_suffixes", "").split(), key=len, reverse=True),
        years=told.get("years", False),
        fractions=told.get("fractions", False),
        months=_months(told["months"]),
        **sets,
    )


_SETS = ("links", "vague", "unsure_capital", "figure_ordinal", "ordinal_nouns")
_NEIGHBOURS = ("only_after", "not_after", "not_before")


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


def _sets(told: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {fold(word): _set(words) for word, words in told.items()}


def _months(told: Mapping[str, Any]) -> Months:
    return Months(
        capital=told.get("capital", False),
        day_follows=told.get("day_follows", False),
        day_words=_set(told.get("day_word", "")),
        after=_set(told.get("after", "")),
        capital_dated=_set(told.get("capital_dated", "")),
    )


def _by_first(entries: Mapping[_Words, Entry]) -> dict[str, list[tuple[_Words, Entry]]]:
    found: dict[str, list[tuple[_Words, Entry]]] = defaultdict(list)
    for words in sorted(entries, key=len, reverse=True):
        found[words[0]].append((words, entries[words]))
    return dict(found)


def _entries(told: Mapping[str, Any]) -> Iterator[tuple[_Words, Entry]]:
    """Every spelling in a table, with what it does."""
    for key, role in _ALONE.items():
        entry = Entry(role, Fraction(1, 2) if role == "half" else Fraction(0))
        yield from _spelt(told.get(key, ""), evolve(entry, unsure=key == "half_before"))
    for key, role in (("before", "before"), ("ordinals", "ordinal"), ("multipliers", "times")):
        for value, words in told.get(key, {}).items():
            if key == "ordinals":
                words = _ended(words, told.get("ordinal_endings", ""))
            yield from _flagged(told, words, Entry(role, Fraction(value)))
    for value, words in told["cardinals"].items():
        yield from _flagged(told, words, Entry("add", Fraction(value)))
    if "reversed" in told:
        yield from _reversed(told)
    yield from _month_entries(told["months"])


def _ended(stems: str, endings: str) -> str:
    """Every stem with every ending; the stems themselves if there are no endings."""
    return " ".join(stem + end for stem in stems.split() for end in endings.split() or [""])


def _spelt(words: str, entry: Entry) -> Iterator[tuple[_Words, Entry]]:
    for word in words.split():
        yield tuple(fold(word).split("-")), entry


def _flagged(told: Mapping[str, Any], words: str, entry: Entry) -> Iterator[tuple[_Words, Entry]]:
    unsure, bare, inside = (_set(told.get(key, "")) for key in ("unsure", "bare", "inside"))
    for spelt, plain in _spelt(words, entry):
        word = "-".join(spelt)
        yield (
            spelt,
            evolve(plain, unsure=word in unsure | inside, bare=word in bare, inside=word in inside),
        )


def _reversed(told: Mapping[str, Any]) -> Iterator[tuple[_Words, Entry]]:
    """Five-and-twenty, as one word."""
    cardinals: Mapping[str, str] = told["cardinals"]
    for digit in range(1, 10):
        units = ["ein"] if digit == 1 else cardinals[str(digit)].split()
        for ten in range(20, 100, 10):
            for unit in units:
                spelt = " ".join(
                    f"{unit}{told['reversed']}{t}" for t in cardinals[str(ten)].split()
                )
                yield from _spelt(spelt, Entry("add", Fraction(ten + digit)))


def _month_entries(told: Mapping[str, Any]) -> Iterator[tuple[_Words, Entry]]:
    """Months with their endings; ``unsure`` those that are other words too."""
    endings = ["", *told.get("endings", "").split()]
    for unsure, months in ((False, told), (True, told.get("dated", {}))):
        for value, words in months.items():
            if value.isdecimal():
                forms = [f"{w}{e}" for w in words.split() for e in ([""] if unsure else endings)]
                yield from _spelt(" ".join(forms), Entry("month", Fraction(value), unsure=unsure))
