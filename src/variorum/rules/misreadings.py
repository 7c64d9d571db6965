"""Misread words mended, where an editor accepts what was measured and a witness has the word.

``variorum ocr evaluate --to rules`` proposes the table from what a copy was
measured to read for what; nothing is mended until a recipe names the rule::

    { rule = "misreadings", read = { "m" = ["rn"], "e" = ["c"] } }      m was read as rn, e as c

    Cornrade   →  Comrade        stands in W; "cornrade" stands in no other witness
    corner     →  as it was      stands in W itself
    wc         →  we             stands in W
    Xrnq       →  as it was      nobody has "xmq": nothing is guessed

A word is mended only if no other witness has it as it is, and only to a word
that another witness or a lexicon has; a word that could be mended in two ways
is left.  At most two letters of a word are mended: what is worse than that is
a matter for the collation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import regex

from variorum.errors import RuleError
from variorum.rules import Context
from variorum.text import Edit, Span

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "misreadings"
VERSION = "1"
IDEMPOTENT = True

_NONE: Mapping[str, Iterable[str]] = {}
OPTIONS: Mapping[str, object] = {"read": _NONE}

MOST = 2
"""Misreadings that are undone in one word."""

LONGEST = 40
"""Letters of a word; of a longer one there are too many ways to mend it."""

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}|!]+(?:['\u2019-][\p{L}\p{M}\p{N}|!]+)*")


def edits(text: str, context: Context, *, read: Mapping[str, Iterable[str]] = _NONE) -> list[Edit]:
    """Words nobody else has, become the words that somebody has.  Raises ``RuleError``."""
    table = _table(read)
    if not table:
        return []
    pattern = regex.compile("|".join(map(regex.escape, sorted(table, key=_longest_first))))
    found = (
        _mended(match, table, pattern, context)
        for match in _WORD.finditer(text)
        if len(match.group()) <= LONGEST and pattern.search(match.group())
    )
    return [edit for edit in found if edit is not None]


def _longest_first(wrong: str) -> tuple[int, str]:
    return -len(wrong), wrong


def _table(read: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """What may have stood where each misreading stands."""
    table: dict[str, tuple[str, ...]] = {}
    for right, others in read.items():
        if isinstance(others, str):
            raise RuleError(
                f"what is read for {right!r} is no list", place=NAME, remedy="put it into [ ]"
            )
        for wrong in others:
            if not wrong or wrong == right:
                raise RuleError(
                    f"{wrong!r} cannot be a misreading of {right!r}", place=NAME, remedy="leave it"
                )
            table[wrong] = (*table.get(wrong, ()), right)
    return table


def _mended(
    match: regex.Match[str],
    table: Mapping[str, tuple[str, ...]],
    pattern: regex.Pattern[str],
    context: Context,
) -> Edit | None:
    word = match.group()
    if context.attested(word.lower(), context.siglum):
        return None
    for number in range(1, MOST + 1):  # the fewest misreadings that lead to a word
        made = dict.fromkeys(_undone(word, table, pattern, number, 0))
        known = {form: where for form in made if (where := _place(form, context))}
        if known:
            return _edit(match, known)
    return None


def _place(form: str, context: Context) -> str:
    return context.attested(form.lower(), context.siglum)


def _edit(match: regex.Match[str], known: Mapping[str, str]) -> Edit | None:
    """The one form that is known, those of witnesses before those of lexicons."""
    by_witness = [form for form in known if not known[form].startswith("lexicon:")]
    chosen = by_witness or list(known)
    if len(chosen) > 1:
        return None
    return Edit(Span(*match.span()), chosen[0], f"attested in {known[chosen[0]]}")


def _undone(
    word: str,
    table: Mapping[str, tuple[str, ...]],
    pattern: regex.Pattern[str],
    number: int,
    start: int,
) -> Iterator[str]:
    """*word* with so many of its possible misreadings undone, from letter *start* on."""
    for match in pattern.finditer(word, start, overlapped=True):
        for right in table[match.group()]:
            made = word[: match.start()] + right + word[match.end() :]
            if number == 1:
                yield made
            else:
                yield from _undone(made, table, pattern, number - 1, match.start() + len(right))
