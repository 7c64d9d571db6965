r"""From a text to what in it may say numbers: words, figures and percent signs, in order.

::

    "at least twenty-\nfive per cent, or 3.5 million"
     │  │     │       │    └──┬───┘     │   └ times 1000000
     │  │     add 20  add 5   percent   figure 3.5
     no entries

Words are folded here; spans stay those of the text as given.  A word whose
neighbours make it another word (*at first*, *half past*) gets no entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

import regex
from attrs import frozen

from variorum.languages.lexicon import fold
from variorum.languages.numbers.compounds import compound
from variorum.languages.numbers.figures import figures
from variorum.languages.numbers.sums import Item
from variorum.languages.numbers.tables import Entry, Table
from variorum.text import Span

__all__ = ["items_of"]

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}\u00ad]*+|[%٪％]")
_SIGN = regex.compile("[%٪％]")
_JOIN = regex.compile(r"[-‐‑\u00ad]?+[^\S\n]*+\n?+[^\S\n]*+")
_BREAK = regex.compile(r"[-‐‑\u00ad][^\S\n]*+\n[^\S\n]*+")
_COMPUTED = 40
"""Figures that are multiplied by a word; a longer row of them is copied only."""


@frozen
class _Token:
    span: Span
    word: str
    joined: bool
    figures: str = ""


def items_of(text: str, language: str, table: Table) -> list[Item]:
    """The items of a text in order; never overlapping."""
    tokens = list(_mended(text, _tokens(text, language, table), language, table))
    items: list[Item] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        count, entry = _entry(text, tokens, at, language, table)
        span = Span(token.span.start, tokens[at + count - 1].span.end)
        word = token.figures or " ".join(t.word for t in tokens[at : at + count])
        items.append(Item(span, word, entry, token.joined))
        at += count
    return items


def _tokens(text: str, language: str, table: Table) -> Iterator[_Token]:
    pattern = _WORD if table.phrases else _SIGN
    found = [(Span(*match.span()), "") for match in pattern.finditer(text)]
    end = 0
    for span, value in sorted([*found, *figures(text, language)], key=_start):
        word = "" if value else _folded(span.of(text))
        yield _Token(span, word, bool(_JOIN.fullmatch(text, end, span.start)), value)
        end = span.end


def _start(found: tuple[Span, str]) -> int:
    return found[0].start


@lru_cache(maxsize=1 << 16)
def _folded(written: str) -> str:
    return fold(written.replace("\u00ad", ""))


def _mended(text: str, tokens: Iterator[_Token], language: str, table: Table) -> Iterator[_Token]:
    """The tokens, a number word broken at a line end made one again (*fif-⏎teen*)."""
    last = next(tokens, None)
    for token in tokens:
        assert last is not None
        whole = last.word + token.word
        broken = _BREAK.fullmatch(text, last.span.end, token.span.start)
        if broken and _known(whole, language, table):
            last = _Token(Span(last.span.start, token.span.end), whole, last.joined)
            continue
        yield last
        last = token
    if last is not None:
        yield last


def _known(word: str, language: str, table: Table) -> bool:
    alone = any(len(words) == 1 for words, _ in table.phrases.get(word, ()))
    return alone or compound(language, word) is not None


def _entry(
    text: str, tokens: Sequence[_Token], at: int, language: str, table: Table
) -> tuple[int, Entry | None]:
    """How many tokens from *at* mean one thing, and what."""
    token = tokens[at]
    if token.figures:
        few = len(token.figures) <= _COMPUTED
        return 1, Entry("figure", Fraction(token.figures) if few else Fraction(0))
    if token.word in ("%", "٪"):
        return 1, Entry("percent")
    for words, entry in table.phrases.get(token.word, ()):
        fits = _fits(tokens, at, words, table) and _linked(tokens, at, entry, table)
        if fits and _stands(tokens, at, words):
            hidden = entry.role == "month" and _lowered(text, token, table)
            hidden |= entry.inside and entry.role == "times"
            return len(words), None if hidden else entry
    if token.word in table.phrases:
        return 1, None
    found = compound(language, token.word)
    return 1, found if found and _linked(tokens, at, found, table) else None


def _stands(tokens: Sequence[_Token], at: int, words: Sequence[str]) -> bool:
    """Whether *words* stand at *at*, one joined to the other."""
    if at + len(words) > len(tokens):
        return False
    return all(
        tokens[at + n].word == words[n] and tokens[at + n].joined for n in range(1, len(words))
    )


def _fits(tokens: Sequence[_Token], at: int, words: Sequence[str], table: Table) -> bool:
    """Whether the neighbours let *words* be what the table says."""
    word, end = words[0], at + len(words)
    before = tokens[at - 1].word if at and tokens[at].joined else ""
    after = tokens[end].word if end < len(tokens) and tokens[end].joined else ""
    if word in table.only_after and before not in table.only_after[word]:
        return False
    if len(words) > 1:
        return True
    return before not in table.not_after.get(word, ()) and after not in table.not_before.get(
        word, ()
    )


def _linked(tokens: Sequence[_Token], at: int, entry: Entry, table: Table) -> bool:
    """Whether an ordinal of a language that links them follows a link."""
    if entry.role != "ordinal" or not table.links:
        return True
    return at > 0 and tokens[at].joined and tokens[at - 1].word in table.links


def _lowered(text: str, token: _Token, table: Table) -> bool:
    """Whether a word lacks the capital that months have."""
    return table.months.capital and not text[token.span.start].isupper()
