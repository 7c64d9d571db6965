"""Loci: the places of a text that have something to say.

A locus is the smallest stretch that an editor would read as one variant; each
reading in it says, told against the base, what was done (*operation*), what it
concerns (*feature*), whether it matters (*significance*) and how it came about
(*cause*), with the evidence; the locus's *kind* is a short label of that::

    views        the collation as its base sees it
    pairs        one witness against the base: other order, other pieces, phrases
    places       columns of the collation, cut where an editor would cut
    known        names, negations, words that one hand tells apart
    features     what a reading does to the base's wording
    confused     letters that a machine takes for others, by shape or as measured
    causes       OCR, a hyphen at a line's end, or unknown: only on evidence
    labels       who is said to speak
    paragraphs   divisions between words, which have no column
    sight        what all of these look at
    found        readings, moves and kinds
    find         all of it, in the order of the base's text
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from attrs import field, frozen

from variorum.aligners import Bead
from variorum.collation import Collation
from variorum.errors import LociError
from variorum.ocr.taught import Taught
from variorum.text import Derived, Span
from variorum.turns import Division, Speaker
from variorum.witness import Layout

__all__ = [
    "LOCI",
    "Absence",
    "Cause",
    "Feature",
    "Locus",
    "Operation",
    "Reading",
    "Significance",
    "find",
]

LOCI = "loci 4"
"""Name and version of the classification, for the fingerprint."""


class Operation(StrEnum):
    """What was done to the lemma."""

    SUBSTITUTION = "substitution"
    ADDITION = "addition"
    OMISSION = "omission"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"


class Feature(StrEnum):
    """What the difference concerns."""

    WORDING = "wording"
    SPELLING = "spelling"
    PUNCTUATION = "punctuation"
    CASE = "case"
    WORD_DIVISION = "word division"
    WORD_ORDER = "word order"
    NAME_FORM = "name form"
    NUMBER = "number"
    PARAGRAPH = "paragraph division"
    SPEAKER = "speaker attribution"
    BRACKETED = "bracketed insertion"


class Significance(StrEnum):
    """Whether the difference touches the meaning."""

    SUBSTANTIVE = "substantive"
    ACCIDENTAL = "accidental"
    UNDECIDED = "undecided"


class Cause(StrEnum):
    """How the difference came about, as far as the evidence says."""

    OCR = "OCR confusion"
    LINE_END_HYPHEN = "line-end hyphen"
    TYPIST = "typist"
    TRANSLATOR = "translator"
    EDITOR = "editor"
    UNKNOWN = "unknown"


class Absence(StrEnum):
    """Why a witness has nothing; a machine may only say *unexplained*."""

    UNEXPLAINED = "unexplained"
    OMITTED = "omitted"
    LACUNA = "lacuna"
    ENDS = "ends"
    ILLEGIBLE = "illegible"
    BLANK = "blank"
    REDACTED = "redacted"
    NOT_TRANSCRIBED = "not transcribed"
    NOT_COLLATED = "not collated"


@frozen
class Reading:
    """What some witnesses have at a locus, told against the base.

    ``text`` is as written in the base, or else in the first of them by siglum,
    white space folded to single spaces; empty where ``absence`` says why.  ``operation`` to
    ``cause`` are nothing for the base's own reading.
    """

    text: str
    witnesses: Mapping[str, tuple[Span, ...]]
    absence: Absence | None = None
    operation: Operation | None = None
    feature: Feature | None = None
    significance: Significance | None = None
    cause: Cause | None = None
    evidence: tuple[str, ...] = ()


@frozen
class Locus:
    """A place where witnesses differ.

    ``turn`` is the reference for people, turn.paragraph of the base ("12.3"),
    or the role where it is no turn ("heading").  ``columns`` are those of the
    collation; empty where the difference is no token (paragraph division).
    The base's reading comes first.
    """

    id: str
    turn: str
    kind: str
    base: str
    readings: tuple[Reading, ...] = field()
    columns: Span
    lemma: int | None = None
    evidence: tuple[str, ...] = ()

    @readings.validator
    def _told(self, _: object, readings: tuple[Reading, ...]) -> None:
        if not readings:
            raise LociError("a locus needs a reading", place=self.id)
        sigla = [s for reading in readings for s in reading.witnesses]
        if len(sigla) != len(set(sigla)):
            raise LociError("a witness reads two things at once", place=self.id)


def find(
    collation: Collation,
    *,
    base: str,
    derived: Mapping[str, Derived],
    divisions: Mapping[str, Division],
    beads: Sequence[Bead] = (),
    speakers: Sequence[Speaker] = (),
    kinds_of_witness: Mapping[str, str] | None = None,
    layouts: Mapping[str, Layout] | None = None,
    measured: Mapping[str, Taught] | None = None,
) -> tuple[Locus, ...]:
    """The loci of a collation, in the order of the base's text.

    *derived* and *divisions* may lack witnesses with ready-made tokens; what is
    known of those is their words.  *kinds_of_witness* ("ocr", "pdf", "text") is
    evidence for causes, and so is the confidence of the engine's words in
    *layouts*, and what a copy was *measured* to read for what; all by siglum.
    Raises ``CollationError`` if *base* is no witness.
    """
    from variorum.loci.found import loci

    del beads  # in one language every difference shows in the collation
    return loci(
        collation,
        base=base,
        derived=derived,
        divisions=divisions,
        speakers=speakers,
        kinds=kinds_of_witness or {},
        layouts=layouts or {},
        measured=measured or {},
    )
