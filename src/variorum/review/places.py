"""Beads as they are reviewed: the words of both sides, and how far to trust the bead.

::

    Pair((3,), (4, 5), .93)  ─▶  Place   source  Mao │ Ce │ Dunit │ erdhi      words with spans
                                         target  Mao │ [Zedong] │ came         bracketed: no words

What stands in square brackets is an expansion of the translator or of the note
taker: it has no counterpart by right, so it is blanked out before anything is
compared, character for character, which keeps every span true.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex
from attrs import frozen

from variorum.aligners import Pair, Parallel, Sentence, Side, Word
from variorum.languages.lexicon import fold
from variorum.sentences import words
from variorum.text import Span

__all__ = ["TRUSTED", "Heard", "Part", "Place", "places", "trust"]

TRUSTED = 0.5
"""A bead likelier wrong than right makes noise: below, a finding weighs less, in proportion."""

_BRACKETS = regex.compile(r"\[[^\[\]]{1,80}\]")
_BEGINNING = regex.compile(
    r"(?:^|[.!?:…;]|[\"“”„‘«»—–\[(]|(?<!\p{L})['’]{1,2})[\s\"“”„‘’'«»—–\[(]*$"
)
_MARK = regex.compile(r"[,;:.!?()“”\"„«»—–]")


@frozen
class Heard:
    """A word in its place: as written, folded, and whether a capital says nothing here.

    ``clause`` is the number of its clause in the bead, from mark to mark.
    """

    form: str
    folded: str
    span: Span
    first: bool
    clause: int = 0


@frozen
class Part:
    """One side of a bead: its sentences, their texts without what is bracketed, their words."""

    language: str
    sentences: tuple[Sentence, ...]
    texts: tuple[str, ...]
    words: tuple[Heard, ...]

    def spans(self) -> tuple[Span, ...]:
        """Where its sentences stand in the text as read."""
        return tuple(sentence.span for sentence in self.sentences)

    def read(self, sentence: int, at: Span) -> Span:
        """Where *at*, of the text of one of its sentences, stands in the text as read."""
        inside = [w.span for w in _words(self.sentences[sentence]) if w.at.overlaps(at)]
        if not inside:
            return self.sentences[sentence].span
        return Span(min(s.start for s in inside), max(s.end for s in inside))

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(self.texts)


@frozen
class Place:
    """A bead with both sides; ``number`` is its position in ``Parallel.sentences``."""

    number: int
    pair: Pair
    source: Part
    target: Part


def places(parallel: Parallel) -> tuple[Place, ...]:
    """Every bead that has something on both sides, in order."""
    return tuple(
        Place(n, pair, _part(parallel.source, pair.source), _part(parallel.target, pair.target))
        for n, pair in enumerate(parallel.sentences)
        if pair.source and pair.target
    )


def trust(pair: Pair) -> float:
    """What a finding in this bead keeps of its weight: all, unless the bead is doubtful."""
    return 1.0 if pair.locked else min(1.0, pair.confidence / TRUSTED)


def _part(side: Side, positions: tuple[int, ...]) -> Part:
    sentences = tuple(side.sentences[at] for at in positions)
    texts = tuple(_BRACKETS.sub(lambda m: " " * len(m.group()), s.text) for s in sentences)
    heard: list[Heard] = []
    for sentence, text in zip(sentences, texts, strict=True):
        heard += _heard(sentence, text, heard[-1].clause + 1 if heard else 0)
    return Part(side.language, sentences, texts, tuple(heard))


def _heard(sentence: Sentence, text: str, clause: int) -> Iterator[Heard]:
    end = 0
    for word in _words(sentence):
        form = word.at.of(text)
        if form.strip():
            first = _BEGINNING.search(text[max(0, word.at.start - 12) : word.at.start]) is not None
            clause += bool(_MARK.search(text, end, word.at.start))
            end = word.at.end
            yield Heard(form, fold(form), word.span, first, clause)


def _words(sentence: Sentence) -> tuple[Word, ...]:
    """Its words; where nobody told them, cut here, and each as wide as the sentence."""
    return sentence.words or tuple(Word(at, sentence.span) for at in words(sentence.text))
