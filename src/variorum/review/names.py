"""Names exchanged: one that the other side lacks, and there another in its place.

A name that is merely missing says little, since *he* and *the king* may stand
for it, and between two good translations that happens in every tenth sentence.
So a finding asks for both halves of an exchange, or for a name never heard of,
or hardly ever and then on both sides::

    sq   Foli Pjetri.     Foli Pjetri.      Foli Pjetri.       Foli ai.
    en   So spoke Paul.   So spoke he.      So spoke Robert.   So spoke Robert.
         exchange         no finding        exchange           a stranger

    in 50 beads that nobody changed        .5  beads lacking a name on both sides
                                          3.2  … on one side
    of names exchanged on purpose         93 % are of the first sort, 7 % of the second

(counted on six books of narrative by the tenth verse and ``benchmarks.review``).
Two names that sound half alike and of which one is never heard of elsewhere are
one name misheard; two that complete one another are one name cut in two
(*Beer Sheba*, *Beersheba*); and what stands in the bead beside was only cut
elsewhere.  None of these is an exchange; nor is what a translator does twice in the
same way with two names that both are known (*Zoti*, *Christ*).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from variorum.languages.lexicon import Lexicon
from variorum.languages.names import Names
from variorum.review.finding import Finding, found
from variorum.review.places import Place, trust
from variorum.review.returned import Missed, Way, likeness, ways

__all__ = ["names"]

_HALF_ALIKE, _KNOWN_ALIKE = 0.6, 0.7
"""Of pairs of one name in two spellings nine in ten are this alike, of others one in thirty; more
is asked where one of the two comes back elsewhere as something else."""

_TWICE = 2
"""What came back no more often than this may have come back by chance."""

_HABIT = 0.9
"""The share that makes a habit, where nothing else tells that a word is a name."""

_STEADY = 0.6
"""A name that is there once more than the other side accounts for is an exchange only if it comes
back this often."""

_FEW = 10
"""A name said less often than this is seldom left out, for it is news; of those said more often
one in ten is."""

_CHANCE = 0.3
"""A name that comes back no more often than this does so by chance."""


def names(
    places: Sequence[Place], lexicon: Lexicon | None, renderings: Names | None = None
) -> Iterator[Finding]:
    """A finding for each bead in which a name was exchanged."""
    if not places:
        return
    forth, back = ways(places, lexicon, renderings)
    told = [(place, *_missing(n, forth, back)) for n, place in enumerate(places)]
    often = Counter(pair for _, here, there in told for pair in _pairs(here, there))
    for place, here, there in told:
        pairs = _pairs(here, there)
        habit = bool(pairs) and all(often[pair] > 1 for pair in pairs)
        if (here or there) and not habit:
            yield _finding(place, here, there)


def _pairs(here: Sequence[Missed], there: Sequence[Missed]) -> list[tuple[str, str]]:
    """The exchanges of names that both are known: made twice, one is a habit (*Zoti*, *Christ*)."""
    return [
        (one.key, other.key)
        for one in here
        for other in there
        if one.back > _TWICE and other.back > _TWICE
    ]


def _missing(n: int, forth: Way, back: Way) -> tuple[list[Missed], list[Missed]]:
    """Of the names of a bead that did not come back, those that an editor should know of."""
    here, there = _without_beside(n, forth, back), _without_beside(n, back, forth)
    if here or there:
        spare = _spare(n, forth, back)
        steady = [[m for m in side if m.back and m.share >= _STEADY] for side in spare]
        here, there = _unlike(here or steady[0], there or steady[1], forth)
    if here and there and _proves(here, there, told=forth.lexicon is not None):
        return here, there
    if forth.lexicon is None:
        return [], []
    missed = forth.missed(n), back.missed(n)
    alone = [[m for m in side if _stranger(m) or _seldom(m)] for side in (here, there)]
    return alone[0] if missed[0] else [], alone[1] if missed[1] else []


def _proves(here: Sequence[Missed], there: Sequence[Missed], *, told: bool) -> bool:
    """Whether a name among them is known to come back, or all of them are known to be names.

    Without a lexicon (*told*) any word with a capital may be a common one, so that more is asked.
    """
    if not told:
        return any(m.back > _TWICE and m.share > _HABIT for m in (*here, *there))
    return any(m.back for m in (*here, *there)) or not any(m.common for m in (*here, *there))


def _without_beside(n: int, way: Way, back: Way) -> list[Missed]:
    """The names that did not come back, not even in the bead before or after."""
    return [missed for missed in way.missed(n) if not _beside(n, missed.key, way, back)]


def _beside(n: int, key: str, way: Way, back: Way) -> bool:
    return any(
        way.renders(key, name)
        for at in (n - 1, n + 1)
        if 0 <= at < len(back.found)
        for name, answers in back.found[at].items()
        if not answers
    )


def _unlike(
    here: Sequence[Missed], there: Sequence[Missed], way: Way
) -> tuple[list[Missed], list[Missed]]:
    """Both sides without what may be one name in two spellings, or cut in two."""
    left, right = list(here), list(there)
    for one in here:
        for other in there:
            open_ = not (one.back and other.back) and one in left and other in right
            least = _KNOWN_ALIKE if max(one.back, other.back) > _TWICE else _HALF_ALIKE
            if open_ and likeness(one.form, other.form, way) >= least:
                left.remove(one)
                right.remove(other)
    _mend(left, right, lambda whole, other: likeness(whole, other, way))
    _mend(right, left, lambda whole, other: likeness(other, whole, way))
    return left, right


def _mend(many: list[Missed], few: list[Missed], like: Callable[[str, str], float]) -> None:
    """Take out names of one side that together are one of the other."""
    parts = [missed for missed in many if not missed.back]
    whole = "".join(missed.form for missed in parts)
    for other in [m for m in few if not m.back and len(parts) > 1]:
        if like(whole, other.form) >= _HALF_ALIKE:
            many[:] = [missed for missed in many if missed.back]
            few.remove(other)


def _seldom(missed: Missed) -> bool:
    """Whether a name comes back all the few times it is said, and here no *he* stands for it."""
    faithful = missed.back == missed.of and 0 < missed.back < _FEW
    return faithful and not missed.near and not missed.common and not missed.within


def _stranger(missed: Missed) -> bool:
    """Whether a name is never heard of elsewhere, and neither is it a word or part of a name."""
    return missed.share <= _CHANCE and not missed.common and not missed.within


def _spare(n: int, forth: Way, back: Way) -> tuple[list[Missed], list[Missed]]:
    """The names of a bead that are left when as many as can are paired, one to one."""
    here, there = _unspoken(n, forth, back), _unspoken(n, back, forth)
    edges = {
        at: [
            other
            for other, name in there.items()
            if other in forth.found[n][key] or at in back.found[n][name]
        ]
        for at, key in here.items()
    }
    taken: dict[int, int] = {}
    for at in here:
        _paired(at, edges, taken, set())
    left = {key for at, key in here.items() if at not in taken.values()}
    right = {key for at, key in there.items() if at not in taken}
    return (
        [forth.told(n, key) for key in sorted(left)],
        [back.told(n, key) for key in sorted(right)],
    )


def _unspoken(n: int, way: Way, back: Way) -> dict[int, str]:
    """The names of one side but for those that a word answers which is no name (*farisenj*)."""
    named = back.here.names[n].keys()
    return {
        at: key
        for at, key in way.here.names[n].items()
        if key in way.found[n] and not way.found[n][key] - named
    }


def _paired(
    at: int, edges: Mapping[int, Sequence[int]], taken: dict[int, int], seen: set[int]
) -> bool:
    """Give *at* a partner, moving others on where that makes room."""
    for other in edges[at]:
        if other not in seen:
            seen.add(other)
            if other not in taken or _paired(taken[other], edges, taken, seen):
                taken[other] = at
                return True
    return False


def _finding(place: Place, here: Sequence[Missed], there: Sequence[Missed]) -> Finding:
    words = [sorted({w.form for m in side for w in m.words}) for side in (here, there)]
    told = [" and ".join(forms) for forms in words]
    said = (
        f"{told[0]} in the source, but {told[1]} in the translation."
        if here and there
        else f"{told[0]} is not in the translation."
        if here
        else f"{told[1]} is in the translation only."
    )
    spans = ([w.span for m in here for w in m.words], [w.span for m in there for w in m.words])
    evidence = {
        "source": [[m.key, m.back, m.of] for m in here],
        "target": [[m.key, m.back, m.of] for m in there],
    }
    share = max(m.share for m in (*here, *there))
    # a name exchanged is graver than one left out, which *he* may stand for
    weight = (0.9 if here and there else 0.7) * (0.5 + share / 2) * trust(place.pair)
    return found("name", place.number, spans, said, evidence, weight)
