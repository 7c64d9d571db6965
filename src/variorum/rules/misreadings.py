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
is left, whichever misreadings, places and number of them lead there.  At most
two misreadings are undone in a word, and something of it must stay as read: of
a lone *y* nothing says that it was a *v*.  What is worse is a matter for the
collation.

Words are looked up without their case, so letters that differ only in case are
no misreadings here: *Shc* could become *She* or *she*, which is one word.

    1959, 1,500, 5   →  as they were       which number is meant, no word can say
    wor1d            →  world              a digit among letters
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

import regex

from variorum.errors import RuleError
from variorum.rules import Context
from variorum.text import Edit, Span

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "misreadings"
VERSION = "2"
IDEMPOTENT = True

_NONE: Mapping[str, Iterable[str]] = {}
OPTIONS: Mapping[str, object] = {"read": _NONE}

MOST = 2
"""Misreadings that are undone in one word."""

LONGEST = 40
"""Letters of a word; of a longer one there are too many ways to mend it."""

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}|!]+(?:['\u2019-][\p{L}\p{M}\p{N}|!]+)*")
_PART = regex.compile(r"[\p{L}\p{M}\p{N}|!]+")
_LETTER = regex.compile(r"\p{L}")
_DIGIT = regex.compile(r"\p{N}")
_MARKS = "|!"
_BAR = "|"
"""Alone it is an I, since no page has such a mark; what else has no letter is no word."""

_NUMBER = regex.compile(
    r"\p{N}+(?:st|nd|rd|th|s|e|er|re|eme|a|o)|\p{N}{2,}\p{L}{1,2}|\p{L}{1,2}\p{N}+"
)

Table = Mapping[str, tuple[str, ...]]
"""What may have stood where each misreading stands."""


def edits(text: str, context: Context, *, read: Mapping[str, Iterable[str]] = _NONE) -> list[Edit]:
    """Words nobody else has, become the words that somebody has.  Raises ``RuleError``."""
    table = _table(read)
    if not table:
        return []
    found = (
        _mended(match, table, context)
        for match in _WORD.finditer(text)
        if len(match.group()) <= LONGEST and _is_word(match.group())
    )
    return [edit for edit in found if edit is not None]


def _is_word(word: str) -> bool:
    """Whether a word has a letter, or is the bar that stands for one; 5th and B12 are numbers."""
    if _NUMBER.fullmatch(word.strip(_MARKS)):
        return False
    return word == _BAR or bool(_LETTER.search(word))


def _table(read: Mapping[str, Iterable[str]]) -> Table:
    """By misreading; those are left out that nothing would come of, since they are but case."""
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
            if wrong.lower() != right.lower():
                table[wrong] = (*table.get(wrong, ()), right)
    return table


def _mended(match: regex.Match[str], table: Table, context: Context) -> Edit | None:
    word = match.group()
    places = _places(word, table)
    if not places or any(_stands(form, context) for form in (word, word.strip(_MARKS))):
        return None  # a mark at the end may be one, and the word before it right
    made = dict.fromkeys(form for n in range(1, MOST + 1) for form in _undone(word, places, n))
    return _edit(match, {form: where for form in made if (where := _stands(form, context))})


def _stands(form: str, context: Context) -> str:
    return context.attested(form.lower(), context.siglum)


def _edit(match: regex.Match[str], known: Mapping[str, str]) -> Edit | None:
    """The one form that is known, those of witnesses before those of lexicons."""
    by_witness = [form for form in known if not known[form].startswith("lexicon:")]
    chosen = by_witness or list(known)
    if len(chosen) != 1:
        return None
    return Edit(Span(*match.span()), chosen[0], f"attested in {known[chosen[0]]}")


def _places(word: str, table: Table) -> list[tuple[Span, str]]:
    """Every place of *word* that may be misread, with what may have stood there, in order."""
    lengths = sorted(set(map(len, table)))
    spans = (Span(at, at + n) for at in range(len(word)) for n in lengths if at + n <= len(word))
    return [
        (span, right)
        for span in spans
        for right in table.get(span.of(word), ())
        if not _DIGIT.search(span.of(word)) or _among_letters(word, span)
    ]


def _among_letters(word: str, span: Span) -> bool:
    """Whether the parts of *word* that a place is in have letters: else they are numbers."""
    parts = (part for part in _PART.finditer(word) if part.start() < span.end)
    return all(_LETTER.search(part.group()) for part in parts if part.end() > span.start)


def _undone(word: str, places: Sequence[tuple[Span, str]], number: int) -> Iterator[str]:
    """*word* with so many of its possible misreadings undone, in every way that leaves a letter."""
    for chosen in combinations(places, number):
        apart = all(one.end <= next_.start for (one, _), (next_, _) in pairwise(chosen))
        if apart and (sum(len(span) for span, _ in chosen) < len(word) or word == _BAR):
            made, at = "", 0
            for span, right in chosen:
                made += word[at : span.start] + right
                at = span.end
            yield made + word[at:]
