"""Denials that stand on one side of a bead only.

The denials of both sides are paired, like with like and near with near; what is
left over and surely denies is a finding, if what it denies is there::

    sq   Nuk hante bukë.                     nuk      bread, eat: both there
    en   He ate bread.                       —        only the source denies

    sq   Nuk kishte njohur burrë.            nuk      known, man: neither is there
    en   She was a virgin.                   —        said in another way: no finding

Languages deny differently, so one that denies perhaps (*without*, *refuse*,
*unjust*; see ``languages.negations``) answers one that does for sure where it
stands near it.  Counted on six books (``benchmarks.review``): in 5,842 beads that
nobody changed one in 110 has a denial left over, by its translator's freedom; of
negations put in or out on purpose, nine in ten are left over.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from variorum.languages.lexicon import Lexicon
from variorum.languages.negations import DENIERS, Denial, Sense, denials
from variorum.review.finding import Finding, found
from variorum.review.linked import linked
from variorum.review.places import Part, Place, trust
from variorum.text import Span

__all__ = ["negations"]

_SURE, _LOOSE, _FAINT = 1.2, 0.6, 0.3
_SAME, _SHARED, _APART = 0.4, 0.7, 3.5
"""What pairs two denials: that both are sure, or one, or neither; that they deny alike; each word
of their clauses that renders one of the other's, up to three; less the way between them, in
lengths of the bead.  So two sure ones may be four tenths of the bead apart without a word in
common, and an unsure one answers a sure one only from near by."""

_LENGTH = 15
"""Words of a bead in which a denial has room to stand elsewhere."""

_MORE = 0.3
"""Where the other side denies as well, this much of what is denied must be there: one denial more
is often style (*did not eat, did not drink*)."""

_AFTER, _BEFORE = 6, 2
"""Words of a clause, after what denies and before it, that are what it denies."""

_RARE = 1.0
"""A word counts by the logarithm of how rare it is; one of every third bead (e) is grammar."""

_CHAIN = 3
"""Denials that one *lest* carries with it."""

_LITTLE, _MUCH = 0.7, 1.5
"""Added to what is there of it, and to all: of few words one more or less proves nothing."""

_PARTICIPLE = ("uar", "ur", "re", "ene", "ane", "asnje")
"""… and these endings, right after it, *without*."""

_SAW = frozenset("saw beheld looked noticed seen vide vidi vit sah sahen vio vieron".split())
"""Albanian *pa* is *without* and *saw*: these say which."""


@frozen(eq=False)
class _Said:
    """A denial in its bead: ``at`` are the positions of its words, ``host`` of what it denies."""

    sense: Sense
    span: Span
    words: str
    at: tuple[int, ...]
    host: frozenset[int]

    @property
    def sure(self) -> bool:
        return self.sense is Sense.NOT


@frozen(eq=False)
class _Bead:
    """A bead with its denials, and which words render each other, both ways."""

    place: Place
    here: list[_Said]
    there: list[_Said]
    forth: Mapping[int, frozenset[int]]
    back: Mapping[int, frozenset[int]]

    @staticmethod
    def of(place: Place, lexicon: Lexicon | None) -> _Bead:
        """Its denials but those that a word renders which denies nothing."""
        here, there = _told(place.source), _told(place.target)
        forth = linked(place, lexicon) if here or there else {}
        back: dict[int, set[int]] = {}
        for one, others in forth.items():
            for other in others:
                back.setdefault(other, set()).add(one)
        bead = _Bead(place, here, there, forth, {k: frozenset(v) for k, v in back.items()})
        denied = [
            frozenset[int]().union(*(d.host for d in side if d.sure)) for side in (here, there)
        ]
        _drop(here, lambda d: _rendered(d, place.source, bead.forth, place.target, denied[1]))
        _drop(there, lambda d: _rendered(d, place.target, bead.back, place.source, denied[0]))
        return bead


def negations(places: Sequence[Place], lexicon: Lexicon | None) -> Iterator[Finding]:
    """A finding for each bead in which a denial stands on one side only.

    None where the denials of either language are not known.
    """
    if not all(_known(part) for place in places[:1] for part in (place.source, place.target)):
        return
    common = [_common([place.source for place in places]), _common([p.target for p in places])]
    for place in places:
        bead = _Bead.of(place, lexicon)
        left = _left(bead)
        shares = [
            *(_there(said, place.source, bead.forth, common[0]) for said in left[0]),
            *(_there(said, place.target, bead.back, common[1]) for said in left[1]),
        ]
        if shares and (_bare(bead, left) or max(shares) >= _MORE):
            yield _finding(bead, left, max(shares))


def _bare(bead: _Bead, left: tuple[list[_Said], list[_Said]]) -> bool:
    """Whether the side that lacks a denial has none at all."""
    return not (bead.there if left[0] else bead.here)


def _told(part: Part) -> list[_Said]:
    out = []
    for n, text in enumerate(part.texts):
        for denial in denials(text, part.language):
            if not _name(denial, text):
                span = part.read(n, denial.span)
                at = tuple(i for i, word in enumerate(part.words) if word.span.overlaps(span))
                if at:
                    words = denial.span.of(text)
                    out.append(_Said(denial.sense, span, words, at, _host(part, at)))
    return [said for one in out for said in [one] * (_CHAIN if one.words.lower() == "lest" else 1)]


def _name(denial: Denial, text: str) -> bool:
    """Whether it is a name: *Pali* is not *pa-*."""
    return denial.sense is Sense.WITHIN and any(c.isupper() for c in denial.span.of(text))


def _host(part: Part, at: Sequence[int]) -> frozenset[int]:
    """The words that it denies: of its clause, those after it, and those right before."""
    clause = part.words[at[-1]].clause
    near = [*range(at[-1] + 1, at[-1] + 1 + _AFTER), *range(at[0] - _BEFORE, at[0])]
    return frozenset(n for n in near if 0 <= n < len(part.words) and part.words[n].clause == clause)


def _known(part: Part) -> bool:
    return part.language.lower().partition("-")[0] in DENIERS


def _drop(told: list[_Said], answered: Callable[[_Said], bool]) -> None:
    told[:] = [said for said in told if not answered(said)]


def _rendered(
    said: _Said,
    part: Part,
    links: Mapping[int, frozenset[int]],
    there: Part,
    denied: frozenset[int],
) -> bool:
    """Whether a word that denies perhaps has its counterpart in one that nobody denies there."""
    if said.words == "pa":
        after = [word.folded for word in part.words[said.at[0] + 1 : said.at[0] + 4]]
        without = any(word.endswith(_PARTICIPLE) for word in after)
        return not without and not _SAW.isdisjoint(word.folded for word in there.words)
    if said.sense not in (Sense.WITHIN, Sense.REFUSE):
        return False
    return any(
        links.get(at, frozenset()) - denied for at in said.at if len(part.words[at].form) > 3
    )


def _left(bead: _Bead) -> tuple[list[_Said], list[_Said]]:
    """The sure denials of both sides that nothing answers."""
    pairs = sorted(
        (
            (-score, x, y)
            for x, one in enumerate(bead.here)
            for y, other in enumerate(bead.there)
            if (score := _pairs(one, other, bead)) > 0
        ),
    )
    here, there = set[int](), set[int]()
    for _, x, y in pairs:
        if x not in here and y not in there:
            here.add(x)
            there.add(y)
    return (
        [one for x, one in enumerate(bead.here) if x not in here and one.sure],
        [one for y, one in enumerate(bead.there) if y not in there and one.sure],
    )


def _pairs(one: _Said, other: _Said, bead: _Bead) -> float:
    """How well two denials of two sides answer each other."""
    sizes = (len(bead.place.source.words), len(bead.place.target.words))
    apart = abs(one.at[0] / sizes[0] - other.at[0] / sizes[1]) * min(1, max(sizes) / _LENGTH)
    shared = sum(not other.host.isdisjoint(bead.forth.get(at, ())) for at in one.host)
    if "lest" in (one.words.lower(), other.words.lower()):
        apart /= _CHAIN
    both = (_FAINT, _LOOSE, _SURE)[one.sure + other.sure]
    alike = _SAME * (one.sense is other.sense)
    return both + alike + _SHARED * min(shared, 3) - _APART * apart


def _common(parts: Sequence[Part]) -> Mapping[str, float]:
    """By word, how rare it is among the beads: the logarithm of one in how many has it."""
    beads = Counter(word for part in parts for word in {word.folded for word in part.words})
    return {word: math.log(len(parts) / often) for word, often in beads.items()}


def _there(
    said: _Said, part: Part, links: Mapping[int, frozenset[int]], rare: Mapping[str, float]
) -> float:
    """How much of what is denied the other side has: nearly 0 to nearly 1."""
    worth = {at: rare[part.words[at].folded] for at in said.host}
    known = {at: value for at, value in worth.items() if value >= min(_RARE, max(rare.values()))}
    there = sum(value for at, value in known.items() if links.get(at))
    return (there + _LITTLE) / (sum(known.values()) + _MUCH)


def _finding(bead: _Bead, left: tuple[list[_Said], list[_Said]], share: float) -> Finding:
    place = bead.place
    more, side, other = (
        (left[0], "source", "translation") if left[0] else (left[1], "translation", "source")
    )
    words = " … ".join(said.words for said in more)
    bare = _bare(bead, left)
    said = (
        f"The {side} denies (“{words}”), the {other} does not."
        if bare
        else f"The {side} denies once more than the {other}: “{words}”."
    )
    evidence = {
        "source": [said.words for said in left[0]],
        "target": [said.words for said in left[1]],
        "share": round(share, 3),
    }
    # none against one turns the sense; one more of several may be a matter of style
    weight = (0.8 if bare else 0.55) + 0.2 * share
    spans = ([said.span for said in left[0]], [said.span for said in left[1]])
    return found("negation", place.number, spans, said, evidence, weight * trust(place.pair))
