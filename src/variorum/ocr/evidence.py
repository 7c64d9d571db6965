"""What speaks for and against each word of a copy, when there is no truth to ask.

Three witnesses of different character are heard, and each can be silent:

- the *engine*: its confidence in the word.  It knows blur and dirt, and nothing
  of a wrong language model, under which it is as sure as ever;
- the *words*: whether a lexicon knows the word.  It knows wrong letters, and
  mistakes names for them;
- the *letters*: how strange an unknown word's letters are, which tells names
  from rubbish.

A name is told from an error by its capital, and by its coming again: errors
seldom repeat.  Where the words stand is evidence too (``shape``)::

    word        engine   words     letters     standing                    is
    assistance  sure     known     usual       fits its box                right
    Yong-geon   sure     unknown   strange     capital, comes again        a name
    asistance   unsure   unknown   usual       box a letter too wide       wrong

Confidences that are all alike, or only 0 and 1, say nothing and are not heard.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import TypeVar

from attrs import frozen

from variorum.ocr.lexica import Lexicon, folded, words_in
from variorum.ocr.shape import Shape, misfits, shape_of
from variorum.text import Span
from variorum.witness import Line, Page, Witness, Word

__all__ = ["TINY", "Heard", "PageHeard", "heard", "pages_of", "speaking", "within"]

TINY = 2
"""Letters of a word that confidence says little of."""

LONG = 3
"""Letters of a word beyond which its coming again is no accident."""


@frozen
class Heard:
    """One word and what is said of it.

    ``doubt`` is −log of confidence's complement, nothing where the engine is
    silent; ``known`` and ``strange`` (bits a letter beyond the usual) are
    nothing where no lexicon speaks, as of numbers and marks; ``undressed`` is
    how many letters lack their diacritic, nothing if that does not explain the word.
    ``name``: it has a capital, and no other letter has; ``again``: longer than
    three letters, it stands elsewhere in the copy too; ``misfit``: letters, by
    letter, that its box is too wide for, below 0 too narrow.
    """

    span: Span
    letters: int
    doubt: float | None
    confidence: float | None
    known: bool | None
    undressed: int | None
    strange: float | None
    name: bool = False
    again: bool = False
    misfit: float = 0.0


@frozen
class PageHeard:
    """A page: its words line by line as read, and its shape."""

    page: Page
    lines: tuple[tuple[Line, tuple[Heard, ...]], ...]
    shape: Shape


def speaking(words: Sequence[Word]) -> bool:
    """Whether the engine's confidences say anything: they vary, and not only between 0 and 1."""
    values = {word.confidence for word in words if word.confidence is not None}
    return len(values - {0.0, 1.0}) > 1 or (len(words) < 4 and bool(values - {0.0, 1.0}))


def pages_of(witness: Witness) -> tuple[Page, ...]:
    """The pages of a witness; the whole of it where it tells none."""
    whole = Span(0, len(witness.text))
    file = witness.received[0].file if witness.received else witness.siglum
    return witness.layout.pages or (Page(whole, file),)


def heard(witness: Witness, lexicon: Lexicon | None) -> Iterator[PageHeard]:
    """Every page of *witness* with what is said of its words."""
    text = witness.text.chars
    words = witness.layout.words or tuple(_cut(witness))
    lines = witness.layout.lines or tuple(_typed(witness))
    ear = _Ear(text, lexicon, speaking(words), _seen(words, text))
    for page in pages_of(witness):
        set_ = [(line, within(words, line.span)) for line in within(lines, page.span)]
        own = [word for _, held in set_ for word in held]
        off = dict(zip((word.span for word in own), misfits(own, text), strict=True))
        told = tuple(
            (line, tuple(_said(word, off[word.span], ear) for word in held)) for line, held in set_
        )
        yield PageHeard(page, told, shape_of(set_, text))


@frozen
class _Ear:
    """What every word of a copy is heard with."""

    text: str
    lexicon: Lexicon | None
    engine: bool
    seen: Mapping[str, int]  # form → how often it stands in the copy


def _seen(words: Sequence[Word], text: str) -> Counter[str]:
    """How often each word stands in the copy, whatever marks are about it."""
    return Counter(folded(_core(word.span.of(text))) for word in words)


def _core(word: str) -> str:
    """A word without what is about it; nothing of numbers and bare marks."""
    found = words_in(word)
    return word[found[0][0] : found[-1][1]] if found else ""


def _cut(witness: Witness) -> Iterator[Word]:
    """Words of a plain text."""
    text = witness.text.chars
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield Word(Span(at, at + len(word)))
        at += len(word)


def _typed(witness: Witness) -> Iterator[Line]:
    at = 0
    for line in witness.text.chars.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = at + line.index(body)
            yield Line(Span(start, start + len(body)))
        at += len(line)


T = TypeVar("T", Line, Word)


def within(things: Sequence[T], span: Span) -> Sequence[T]:
    """Those of *things*, in the order of their spans, that begin in *span*."""
    first = bisect_left(things, span.start, key=lambda thing: thing.span.start)
    after = bisect_left(things, span.end, key=lambda thing: thing.span.start)
    return things[first:after]


def _said(word: Word, misfit: float, ear: _Ear) -> Heard:
    """What is said of one word."""
    text = unicodedata.normalize("NFC", word.span.of(ear.text))
    known, undressed, strange = _looked_up(text, ear.lexicon) if ear.lexicon else (None,) * 3
    confidence = word.confidence if ear.engine else None
    doubt = None if confidence is None else -log(1.03 - confidence)
    core = _core(text)
    return Heard(
        word.span,
        len(word.span),
        doubt,
        confidence,
        known,
        undressed,
        strange,
        name=core[:1].isupper() and core[1:] == core[1:].lower(),
        again=len(core) > LONG and ear.seen[folded(core)] > 1,
        misfit=misfit,
    )


@lru_cache(maxsize=50_000)  # the pages of a corpus share their words
def _looked_up(text: str, lexicon: Lexicon) -> tuple[bool | None, int | None, float | None]:
    """What the lexicon says of a word as printed; nothing of numbers and bare marks."""
    core = _core(text)
    if not core or any(map(str.isdigit, text)):
        return None, None, None
    return lexicon.knows(core), lexicon.undressed(core), _strange(core, lexicon)


def _strange(word: str, lexicon: Lexicon) -> float:
    """Bits a letter beyond what the language needs, 0 to 6."""
    return max(0.0, min(6.0, lexicon.strange(word)))
