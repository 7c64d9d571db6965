"""Six families of difference, so that colour, pattern and letter can tell them apart.

A kind is a word for people and there are many; nobody tells fifteen colours
apart, and in black and white nobody tells two.  So the kinds are gathered into
six families, each with a letter, a pattern and a line of its own::

    W words         the text says something else, more or less
    N names         names and numbers, where one letter matters
    O order         the same words elsewhere
    S shape         paragraphs, speakers, brackets: how the text is set out
    F form          spelling, case, punctuation, word division
    R recognition   what OCR or a line end made of it

A kind belongs to the family most of its loci belong to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from variorum.loci import Cause, Feature, Locus, Operation, Reading

__all__ = ["FAMILIES", "Family", "families"]


@frozen
class Family:
    """A group of kinds that the page draws alike."""

    name: str
    letter: str


FAMILIES = (
    Family("words", "W"),
    Family("names", "N"),
    Family("order", "O"),
    Family("shape", "S"),
    Family("form", "F"),
    Family("recognition", "R"),
)

_WORDS, _NAMES, _ORDER, _SHAPE, _FORM, _RECOGNITION = range(len(FAMILIES))

_BY_FEATURE = {
    Feature.WORDING: _WORDS,
    Feature.SPELLING: _FORM,
    Feature.PUNCTUATION: _FORM,
    Feature.CASE: _FORM,
    Feature.WORD_DIVISION: _FORM,
    Feature.WORD_ORDER: _ORDER,
    Feature.NAME_FORM: _NAMES,
    Feature.NUMBER: _NAMES,
    Feature.PARAGRAPH: _SHAPE,
    Feature.SPEAKER: _SHAPE,
    Feature.BRACKETED: _SHAPE,
}


def families(loci: Sequence[Locus]) -> dict[str, int]:
    """Kind → number of its family, kinds in the order of their families, then most loci first."""
    found: dict[str, Counter[int]] = {}
    for locus in loci:
        found.setdefault(locus.kind, Counter())[_family(locus)] += 1
    settled = {kind: min(counts, key=lambda f: (-counts[f], f)) for kind, counts in found.items()}
    order = sorted(settled, key=lambda kind: (settled[kind], -found[kind].total(), kind))
    return {kind: settled[kind] for kind in order}


def _family(locus: Locus) -> int:
    """The weightiest family among the readings: words before names, and so on down."""
    return min((_of(reading) for reading in locus.readings[1:]), default=_SHAPE)


def _of(reading: Reading) -> int:
    if reading.operation is Operation.MOVE:
        return _ORDER
    # A number is a number, whoever misread it: an editor has to look at it in any case.
    if reading.feature in (Feature.NUMBER, Feature.NAME_FORM):
        return _NAMES
    if reading.cause in (Cause.OCR, Cause.LINE_END_HYPHEN):
        return _RECOGNITION
    return _BY_FEATURE[reading.feature] if reading.feature else _WORDS
