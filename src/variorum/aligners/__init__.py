"""The shelf of aligners: beads, the groups of turns that belong together.

An aligner is a module with ``NAME``, ``VERSION`` and ``align(...)``.  In one
language the tokens are collated first and the turns are read off
(``same_language``); across languages sentences are aligned.

How to add one, in six steps (and what you see if you skip one):

1. Write ``aligners/NAME.py`` with the three names (else: the contracts test
   fails with "no attribute 'align'").
2. Add its line to ``ALIGNERS`` (else: it cannot be asked for).
3. Make its beads cover every turn once (else: ``AlignmentError``).
4. Let ``tests/aligners/test_NAME.py`` hold goldens one can read.
5. Add its score to a benchmark with gold beads (else: review will ask).
6. Say in ``CHANGELOG.md`` what users can now align.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from variorum.text import Span

__all__ = ["ALIGNERS", "Bead", "Link", "Pair", "Parallel", "Passage", "Sentence", "Side", "Word"]

ALIGNERS: Mapping[str, str] = {
    "across-languages": "variorum.aligners.across_languages",
    "same-language": "variorum.aligners.same_language",
}
"""What there is: name → module, loaded when asked for."""


@frozen
class Bead:
    """Turns that belong together across witnesses; spans of each text as read.

    ``turn`` is the number of the base's turn (from 1), nothing for what is no
    turn of the base; ``role`` says what it is.  A witness that has nothing
    here is not in ``witnesses``; several spans are several stretches.
    ``move`` says that some witness has it elsewhere.  ``confidence`` (0–1) is
    the share of the bead's tokens that stand aligned with their counterpart.
    """

    id: str
    turn: int | None
    role: str
    speaker: str | None
    witnesses: Mapping[str, tuple[Span, ...]]
    move: bool
    confidence: float


@frozen
class Word:
    """A word of a sentence: ``at`` is its place in the text of that, ``span`` in that as read."""

    at: Span
    span: Span


@frozen
class Sentence:
    """A sentence of one side.

    ``span`` is of the text as read, ``text`` what is compared and shown, in one
    line; ``turn`` the position (from 0) of its passage on its side.
    """

    span: Span
    text: str
    turn: int
    words: tuple[Word, ...] = ()


@frozen
class Passage:
    """A turn of one side, or what is no turn (a heading, a dateline): ``speaker`` is an id."""

    role: str
    speaker: str | None = None


@frozen
class Side:
    """A text in one language, cut into sentences in their order; ``language`` is a BCP 47 tag."""

    file: str
    language: str
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]


@frozen
class Link:
    """Two words that render each other: spans of the source and of the target as read."""

    source: Span
    target: Span


@frozen
class Pair:
    """A bead across languages: positions (from 0) that render each other, in order.

    One side is empty where a sentence has no counterpart; then the other has
    exactly one.  ``confidence`` (0–1) says how likely the bead is exactly right;
    ``move`` that it crosses its neighbours; ``locked`` that an editor said it.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float
    move: bool = False
    words: tuple[Link, ...] = ()
    locked: bool = False


@frozen
class Parallel:
    """Two texts aligned: every sentence and every passage of either side in exactly one pair."""

    source: Side
    target: Side
    sentences: tuple[Pair, ...]
    turns: tuple[Pair, ...]
    fingerprint: Mapping[str, object]
