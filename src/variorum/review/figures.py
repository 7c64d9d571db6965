"""Numbers that the two sides of a bead do not share.

Compared as values, so that *60.000*, *60,000* and *sixty thousand* agree, and an
ordinal with a cardinal::

    sq   në vitin 1949, 1.500 traktorë, për herë të parë       1949  1500  (1)
    en   in 1949, 1,200 tractors, once                         1949  1200
                                                               number: 1500 | 1200

The number one is left out, because languages say it as an article, as *once* and
as *first*; and so is what stands in the bead beside without counterpart, or where it is
doubtful which sentence belongs to which.  A number said twice on one side and once on the other
is no disagreement, except where a value stands in for it.  In a language whose
words for numbers are not known, a number is not missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from variorum.languages.numbers import LANGUAGES, numbers
from variorum.review.finding import Finding, found
from variorum.review.places import TRUSTED, Part, Place, trust
from variorum.text import Span

__all__ = ["figures"]

_ARTICLES = frozenset(["0", "1"])
"""Zero and one: *no* and *a* say them too."""

_PAIRS = frozenset(["0.5", "1.5", "2"])
"""Two, and a half: *both*, *a pair*, *other*, *half way* say them too, so that they are missed only
where another number stands instead."""


@frozen
class _Told:
    """The numbers of a side: how often each value stands there, and where."""

    part: Part
    counts: Counter[str]
    spans: dict[str, list[Span]]


def figures(places: Sequence[Place]) -> Iterator[Finding]:
    """A finding for each bead whose sides have different numbers."""
    told = [(_told(place.source), _told(place.target)) for place in places]
    for n, place in enumerate(places):
        here, there = told[n]
        near = [told[at] for at in (n - 1, n + 1) if 0 <= at < len(told)]
        doubtful = place.pair.confidence < TRUSTED and not place.pair.locked
        lost = _lost(here, there, [b for _, b in near] if doubtful else [])
        new = _lost(there, here, [a for a, _ in near] if doubtful else [])
        if not (lost and new):
            lost, new = _exchanged(here, there) or (lost, new)
        if not (lost and new):  # what has none in its place may have been cut elsewhere
            lost = _without(lost, [_lost(b, a, []) for a, b in near] if lost else [])
            new = _without(new, [_lost(a, b, []) for a, b in near] if new else [])
        if not (lost and new):
            lost, new = ([v for v in side if v not in _PAIRS] for side in (lost, new))
        if not (lost and new):  # it may stand there in words, which nobody knows
            lost, new = lost if _known(there) else [], new if _known(here) else []
        if lost or new:
            yield _finding(place, here, there, lost, new)


def _known(told: _Told) -> bool:
    """Whether the numbers in words of its language are known."""
    return told.part.language.lower().partition("-")[0] in LANGUAGES


def _exchanged(here: _Told, there: _Told) -> tuple[list[str], list[str]] | None:
    """Values of which one side has one more and the other one less, of as many in all."""
    if here.counts.total() != there.counts.total():
        return None
    lost, new = here.counts - there.counts, there.counts - here.counts
    if lost.total() != 1 or _ARTICLES & (lost.keys() | new.keys()):
        return None
    return (list(lost), list(new)) if not _same(*lost, *new) else None


def _without(lost: Sequence[str], beside: Sequence[Sequence[str]]) -> list[str]:
    """Of values without counterpart those that a bead beside has not too many."""
    return [value for value in lost if not any(value in values for values in beside)]


def _lost(here: _Told, there: _Told, near: Sequence[_Told]) -> list[str]:
    """The values of one side that the other has in no way."""
    others = [*there.counts, *(value for side in near for value in side.counts)]
    lost = [v for v in here.counts if v not in _ARTICLES and not any(_same(v, o) for o in others)]
    if lost:
        within = _within(there.part)
        lost = [value for value in lost if value not in within]
    return sorted(lost)


def _same(one: str, other: str) -> bool:
    """Whether two values agree, or but for the half that one side may say apart."""
    return one == other or {one, other} == {one.removesuffix(".5"), other.removesuffix(".5") + ".5"}


def _within(part: Part) -> set[str]:
    """The values of numbers that begin a word: *dymbëdhjetët*, *trevjeçar*, *sevenfold*.

    Not of a word that is a number itself: *seventy* says no seven.
    """
    found: set[str] = set()
    for word in part.words:
        whole = numbers(word.form, part.language)
        ends = [len(word.form)] if whole else range(3, len(word.form) + 1)
        for end in ends:
            for form in (word.form[:end], word.form[: end - 1] + "ë"):  # katërmbëdhjeta
                found.update(number.value for number in numbers(form, part.language))
    return found


def _told(part: Part) -> _Told:
    spans: dict[str, list[Span]] = {}
    for n, text in enumerate(part.texts):
        for number in numbers(text, part.language):
            spans.setdefault(number.value, []).append(part.read(n, number.span))
    return _Told(part, Counter({value: len(at) for value, at in spans.items()}), spans)


def _finding(
    place: Place, here: _Told, there: _Told, lost: Sequence[str], new: Sequence[str]
) -> Finding:
    one, other = " and ".join(lost), " and ".join(new)
    said = (
        f"The source has {one}, the translation {other}."
        if lost and new
        else f"The source has {one}, the translation no such number."
        if lost
        else f"The translation has {other}, the source no such number."
    )
    spans = [at for value in lost for at in here.spans[value]]
    others = [at for value in new for at in there.spans[value]]
    evidence = {"source": list(lost), "target": list(new)}
    # two values against each other are an error of somebody's; one alone may be said in words
    weight = (1.0 if lost and new else 0.75) * trust(place.pair)
    return found("number", place.number, (spans, others), said, evidence, weight)
