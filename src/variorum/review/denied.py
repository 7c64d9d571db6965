"""Denials that stand on one side of a bead only.

Each side denies at least what it surely denies, and at most that and what
denies perhaps; the two disagree where these ranges do not meet::

    sq   Nuk erdhi askush.              1 … 1     nuk
    en   Everybody came.                0 … 0                    said on one side only
    en   Without him everybody came.    0 … 1     without        no alarm

What denies perhaps is left out of the range where the other side has the same:
the lexicon renders the word (*mohoj*, *denied*), or the sides have a word of
that sense each.  What slips through so is a negation put into a sentence whose
other side has an unanswered *without*, *refuse* or *unless*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from variorum.languages.lexicon import Lexicon, fold
from variorum.languages.negations import Denial, Sense, denials
from variorum.review.finding import Finding, found
from variorum.review.places import Part, Place, trust
from variorum.text import Span

__all__ = ["negations"]

_ANSWERED = frozenset([Sense.WITHIN, Sense.REFUSE])
"""Denials that are words of their own, which a lexicon can render."""

_SAW = frozenset("saw beheld looked noticed seen vide vidi vit sah sahen vio vieron".split())
"""Albanian *pa* is *without* and *saw*: these say which."""


@frozen
class _Said:
    """What a side denies: words as read, for sure and perhaps."""

    sure: tuple[Span, ...]
    perhaps: tuple[Span, ...]

    @property
    def least(self) -> int:
        return len(self.sure)

    @property
    def most(self) -> int:
        return len(self.sure) + len(self.perhaps)


def negations(places: Sequence[Place], lexicon: Lexicon | None) -> Iterator[Finding]:
    """A finding for each bead whose sides cannot deny equally much."""
    for place in places:
        here, there = _compared(place, lexicon)
        if here.least > there.most or there.least > here.most:
            yield _finding(place, here, there)


def _finding(place: Place, here: _Said, there: _Said) -> Finding:
    more, side = (here, "source") if here.least > there.most else (there, "translation")
    part = place.source if more is here else place.target
    words = " … ".join(_words(part, more.sure))
    bare = not (here.most and there.most)
    said = (
        f"Only the {side} denies: {words}."
        if bare
        else f"The {side} denies more often than the other side: {words}."
    )
    evidence = {
        "source": [here.least, here.most, _words(place.source, here.sure)],
        "target": [there.least, there.most, _words(place.target, there.sure)],
    }
    # none against one turns the sense; one more of several may be a matter of style
    weight = (0.95 if bare else 0.7) * trust(place.pair)
    return found("negation", place.number, (here.sure, there.sure), said, evidence, weight)


def _words(part: Part, spans: Sequence[Span]) -> list[str]:
    return [word.form for span in spans for word in part.words if span.overlaps(word.span)]


def _compared(place: Place, lexicon: Lexicon | None) -> tuple[_Said, _Said]:
    here, there = _denials(place.source), _denials(place.target)
    both = _senses(here) & _senses(there)
    return (
        _said(here, place.source, both, _Answers(place.source, place.target, lexicon)),
        _said(there, place.target, both, _Answers(place.target, place.source, lexicon)),
    )


def _senses(told: Sequence[_Told]) -> Counter[Sense]:
    return Counter(denial.sense for denial, *_ in told if denial.sense is not Sense.NOT)


_Told = tuple[Denial, str, Span]
"""A denial, its words, and where they stand as read."""


def _denials(part: Part) -> list[_Told]:
    return [
        (denial, denial.span.of(text), part.read(n, denial.span))
        for n, text in enumerate(part.texts)
        for denial in denials(text, part.language)
        if not (denial.sense is Sense.WITHIN and denial.span.of(text)[0].isupper())  # a name
    ]


@frozen(eq=False)
class _Answers:
    """Whether a word of one side is rendered by a word of the other."""

    here: Part
    there: Part
    lexicon: Lexicon | None

    def to(self, words: str) -> bool:
        """Whether the lexicon finds a counterpart, whichever way it goes."""
        others = {word.folded for word in self.there.words}
        if self.lexicon is None:
            return False
        if self.lexicon.source == self.here.language.partition("-")[0].lower():
            said = {r for word in words.split() for r in self.lexicon.renderings(word)}
            return any(_begins(r, other) for r in said for other in others)
        told = {r for other in others for r in self.lexicon.renderings(other)}
        return any(_begins(fold(word), r) for word in words.split() for r in told)

    def seen(self) -> bool:
        """Whether somebody saw something there."""
        return not _SAW.isdisjoint(word.folded for word in self.there.words)


def _begins(one: str, other: str) -> bool:
    """Whether two words of one language may be forms of one."""
    least = min(len(one), len(other))
    return least > 2 and one[: max(3, least - 2)] == other[: max(3, least - 2)] and abs(len(one) - len(other)) < 3


def _said(told: Sequence[_Told], part: Part, both: Counter[Sense], answers: _Answers) -> _Said:
    """What counts for sure and what perhaps; what both sides have, for neither."""
    left = Counter(both)
    perhaps = []
    for denial, words, span in told:
        if denial.sense is Sense.NOT:
            continue
        if left[denial.sense]:
            left[denial.sense] -= 1
        elif not _answered(denial, words, part, answers):
            perhaps.append(span)
    sure = tuple(span for denial, _, span in told if denial.sense is Sense.NOT)
    return _Said(sure, tuple(perhaps))


def _answered(denial: Denial, words: str, part: Part, answers: _Answers) -> bool:
    if denial.sense in _ANSWERED:
        return answers.to(words)
    albanian = part.language.partition("-")[0].lower() == "sq"
    return denial.sense is Sense.WITHOUT and albanian and answers.seen()
