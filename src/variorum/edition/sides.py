"""A file in one language, cut into sentences as aligners take them.

::

    file ─▶ witness ─▶ normalised ─▶ roles, turns ─▶ sentences, words

With ``segmented`` a file is one sentence a line already, and a blank line ends
a turn.  Every sentence and every word knows its place in the text as read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

from variorum.aligners import Passage, Sentence, Side, Word
from variorum.edition.received import read_as
from variorum.errors import EditionError
from variorum.languages.identified import identified
from variorum.rules import RECIPES, Context, apply
from variorum.sentences import split, words
from variorum.text import Derived, Span
from variorum.turns import Division, Turn, divide
from variorum.witness import PAGE_BREAK, Role, Stretch

__all__ = ["cut", "segmented", "sentences", "side"]

_PARAGRAPH = regex.compile(r"(?:(?!\n\s*\n)[^\f])+")
_ALONE = frozenset([Role.FURNITURE, Role.TURN, Role.STAGE])


def side(path: Path, language: str | None, *, lines: bool) -> Side:
    """The sentences of a file; *lines*: one a line.

    Without *language* it is identified.  Raises ``EditionError`` for a file of
    several witnesses or of no sentence, and for a language that cannot be told.
    """
    witnesses = read_as(path, str(path))
    if len(witnesses) != 1:
        raise EditionError(
            f"holds {len(witnesses)} witnesses",
            place=str(path),
            remedy="name a file that holds one",
        )
    text = witnesses[0].text.chars
    tag = language or identified(text)
    if tag is None and text.strip():
        raise EditionError(
            "is in a language that cannot be told for certain",
            place=str(path),
            remedy="name both languages, source first: --languages sq,en",
        )
    found = (
        segmented(str(path), text, tag or "und")
        if lines
        else sentences(str(path), text, tag or "und", roles=witnesses[0].layout.roles)
    )
    if not found.sentences:
        raise EditionError("has no sentence", place=str(path), remedy="name a file with text")
    return found


def segmented(file: str, text: str, language: str) -> Side:
    """A side of one sentence a line; a blank line or a page break ends a turn."""
    found: list[Sentence] = []
    turn, ended = -1, True
    for match in regex.finditer(r"[^\n\r\f]*(?:\r\n|[\n\r\f])?", text):
        said = match.group()
        if not said:
            continue
        if not said.strip():
            ended = True
            continue
        turn, ended = turn + ended, PAGE_BREAK in said
        start = match.start() + len(said) - len(said.lstrip())
        bare = said.strip()
        inside = tuple(Word(at, Span(start + at.start, start + at.end)) for at in words(bare))
        found.append(Sentence(Span(start, start + len(bare)), bare, turn, inside))
    return Side(file, language, tuple(found), (Passage(Role.TURN),) * (turn + 1))


def sentences(file: str, text: str, language: str, *, roles: Sequence[Stretch] = ()) -> Side:
    """A side cut by the rules: each turn without its label, and all else but furniture."""
    derived = apply(RECIPES["plain"], text, Context(language))
    return cut(file, language, derived, divide(derived, roles=roles))


def cut(file: str, language: str, derived: Derived, division: Division) -> Side:
    """A side of a text that is normalised and divided already."""
    found: list[Sentence] = []
    passages: list[Passage] = []
    for passage, paragraphs in _passages(derived, division):
        inside = [
            _sentence(derived, here, len(passages))
            for paragraph in paragraphs
            for here in _cut(derived, paragraph, language)
        ]
        if inside:
            found += inside
            passages.append(passage)
    return Side(file, language, tuple(found), tuple(passages))


def _passages(derived: Derived, division: Division) -> list[tuple[Passage, list[Span]]]:
    """What is read together, in order: turns, and stretches of other roles."""
    out = [
        (turn.span.start, Passage(Role.TURN, turn.speaker), list(_said(turn)))
        for turn in division.turns
    ]
    for stretch in division.stretches:
        if stretch.role not in _ALONE:
            span = derived.to_result(stretch.span)
            paragraphs = [
                derived.to_base(Span(*match.span()))
                for match in _PARAGRAPH.finditer(derived.result, span.start, span.end)
            ]
            out.append((stretch.span.start, Passage(stretch.role), paragraphs))
    return [(passage, spans) for _, passage, spans in sorted(out, key=lambda each: each[0])]


def _said(turn: Turn) -> Iterator[Span]:
    """The paragraphs of a turn, the first without its label."""
    for span in turn.paragraphs:
        if turn.label and span.start <= turn.label.span.start < span.end:
            yield Span(min(turn.label.span.end, span.end), span.end)
        else:
            yield span


def _cut(derived: Derived, paragraph: Span, language: str) -> Iterator[Span]:
    """The sentences of a paragraph, as spans of the normalised text."""
    whole = derived.to_result(paragraph)
    for span in split(whole.of(derived.result), language):
        yield Span(whole.start + span.start, whole.start + span.end)


def _sentence(derived: Derived, here: Span, turn: int) -> Sentence:
    """The sentence *here* of the normalised text, in one line, each word known in both texts."""
    said = here.of(derived.result)
    line = " ".join(said.split())
    inside = tuple(
        Word(at, derived.to_base(Span(here.start + was.start, here.start + was.end)))
        for at, was in zip(words(line), words(said), strict=True)
    )
    return Sentence(derived.to_base(here), line, turn, inside)
