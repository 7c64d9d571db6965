"""How a term is rendered, from end to end: a concordance, and where a translator strayed.

From the links between words that an aligner drew, forms of one word taken together::

    shok    comrade 36   friend 2        friend, twice: two findings
    punë    work 20  labour 18           no rendering is the usual one: none

Two forms of the source are one term if the lexicon renders them by the same
words, or if they share all but an ending; of the target, if they share all but
an ending.  Names are not terms, and words that are everywhere (*the*, *dhe*)
are not either.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from variorum.aligners import Parallel
from variorum.languages.lexicon import Lexicon
from variorum.review.finding import Finding, found
from variorum.review.places import Heard, Place, places, trust
from variorum.text import Span

__all__ = ["Rendering", "Term", "concordance", "terms"]

_OFTEN = 8
"""Times a term must be rendered before one of its renderings is the usual one."""

_USUAL = 0.85
"""… and the share of them that the usual one has."""

_SHORT = 4
"""Letters of the shortest term: shorter words are grammar more often than not."""

_STEM = 4
"""Letters that two forms of a word begin with in common, at least."""

_EVERYWHERE, _MANY = 0.2, 50
"""A word of more beads than this share, and more than so many, is grammar."""


@frozen
class Rendering:
    """One way a term is rendered: the forms with their counts, and where, source and target."""

    word: str
    forms: Mapping[str, int]
    places: tuple[tuple[int, Span, Span], ...]

    @property
    def count(self) -> int:
        """How often the term is rendered so."""
        return len(self.places)


@frozen
class Term:
    """A word of the source with its forms and its renderings, the commonest first."""

    word: str
    forms: Mapping[str, int]
    renderings: tuple[Rendering, ...]

    @property
    def count(self) -> int:
        """How often it is rendered at all."""
        return sum(rendering.count for rendering in self.renderings)


_Use = tuple[int, Heard, Heard]
"""Position of the pair, the word and what renders it."""


def concordance(parallel: Parallel, lexicon: Lexicon | None = None) -> tuple[Term, ...]:
    """Every term of the source with its renderings, the commonest term first."""
    uses = [use for place in places(parallel) for use in _uses(place)]
    beads = max(1, len(parallel.sentences))
    grouped = _grouped(uses, _Grouping.of([use[1].folded for use in uses], lexicon))
    found = [_term(group) for group in grouped]
    return tuple(
        sorted(
            (
                term
                for term in found
                if len(term.word) >= _SHORT and term.count <= max(_MANY, _EVERYWHERE * beads)
            ),
            key=lambda term: (-term.count, term.word),
        )
    )


def terms(parallel: Parallel, beads: Sequence[Place], lexicon: Lexicon | None) -> Iterator[Finding]:
    """A finding for each rendering that is not the usual one of a term that has a usual one."""
    at = {place.number: place for place in beads}
    for term in concordance(parallel, lexicon):
        usual, *others = term.renderings
        if term.count >= _OFTEN and usual.count >= _USUAL * term.count:
            for other in others:
                for number, source, target in other.places if _chosen(term, other, lexicon) else ():
                    if not _said(at[number], usual):
                        yield _finding(at[number], term, other, (source, target))


def _chosen(term: Term, other: Rendering, lexicon: Lexicon | None) -> bool:
    """Whether a translator chose a rendering: a link drawn once may be drawn wrongly."""
    known = lexicon.renderings(term.word) if lexicon else ()
    again = other.count > 1 or any(_akin(other.word, said, None) for said in known)
    return again and len(other.word) >= _SHORT


def _said(place: Place, usual: Rendering) -> bool:
    """Whether the usual rendering is there after all, so that the link is wrong."""
    return not usual.forms.keys().isdisjoint(word.folded for word in place.target.words)


def _uses(place: Place) -> Iterator[_Use]:
    source = {word.span: word for word in place.source.words}
    target = {word.span: word for word in place.target.words}
    for link in place.pair.words:
        one, other = source.get(link.source), target.get(link.target)
        if one and other and not (one.form[0].isupper() and not one.first):
            yield place.number, one, other


@frozen
class _Grouping:
    """Forms of one language → the form that stands for all that share it."""

    heads: Mapping[str, str]

    @staticmethod
    def of(forms: Sequence[str], lexicon: Lexicon | None = None) -> _Grouping:
        """Each form under the commonest that it is akin to; ties by the alphabet."""
        counted = Counter(forms)
        heads: dict[str, str] = {}
        buckets: dict[str, list[str]] = defaultdict(list)
        for form in sorted(counted, key=lambda form: (-counted[form], form)):
            near = (head for head in buckets[form[:3]] if _akin(head, form, lexicon))
            heads[form] = head = next(near, form)
            if head == form:
                buckets[form[:3]].append(form)
        return _Grouping(heads)


def _akin(one: str, other: str, lexicon: Lexicon | None) -> bool:
    if lexicon is not None:
        here, there = lexicon.renderings(one), lexicon.renderings(other)
        if here and there:
            return not set(here).isdisjoint(there)
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    least = min(len(one), len(other)) if same is None else same
    return least >= min(_STEM, len(one), len(other)) and max(len(one), len(other)) - least <= 4


def _grouped(uses: Sequence[_Use], grouping: _Grouping) -> list[list[_Use]]:
    groups: dict[str, list[_Use]] = defaultdict(list)
    for use in uses:
        groups[grouping.heads[use[1].folded]].append(use)
    return [groups[head] for head in sorted(groups)]


def _term(uses: Sequence[_Use]) -> Term:
    grouping = _Grouping.of([other.folded for _, _, other in uses])
    by: dict[str, list[_Use]] = defaultdict(list)
    for use in uses:
        by[grouping.heads[use[2].folded]].append(use)
    renderings = [
        Rendering(
            word,
            Counter(other.folded for _, _, other in group),
            tuple(sorted((n, one.span, other.span) for n, one, other in group)),
        )
        for word, group in by.items()
    ]
    forms = Counter(one.folded for _, one, _ in uses)
    head = min(forms, key=lambda form: (-forms[form], form))
    renderings.sort(key=lambda each: (-each.count, each.word))
    return Term(head, forms, tuple(renderings))


def _finding(place: Place, term: Term, other: Rendering, spans: tuple[Span, Span]) -> Finding:
    usual = term.renderings[0]
    said = (
        f"“{term.word}” is {other.word} here, and {usual.word} in {usual.count} "
        f"of {term.count} places."
    )
    evidence = {
        "term": term.word,
        "renderings": {each.word: each.count for each in term.renderings},
        "forms": dict(term.forms),
    }
    # style rather than error: below all that changes the sense, more where the usual is steadier
    weight = 0.2 + 0.2 * usual.count / term.count
    here, there = spans
    return found(
        "term", place.number, ((here,), (there,)), said, evidence, weight * trust(place.pair)
    )
