"""Words that render each other, within pairs of sentences.

What two words may be called in both languages (``evidence.concepts``) links
them, and so does what the document itself shows, words that stand in the same
pairs again and again::

    Populli  ynë  e do  paqen .        people   by the lexicon
       │      │     │     │            ynë, our by standing together
    Our people    loves peace .        the rest stays without a link

The likest take each other first, of equals those that stand at like places
(competitive linking; Melamed 2000).  A word left over then joins a partner that
has one already, if the lexicon, a number or a name says so, not if they only
stand together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from variorum.aligners import Link, Pair, Side, Word
from variorum.aligners.across_languages.evidence import Table, concepts, number, stem
from variorum.languages.numbers import numbers

__all__ = ["linked"]

TOGETHER = 0.6
"""What words that stand together count against those that a lexicon links (at most 1)."""

OFTEN = 3
"""Pairs from which standing together is no chance."""

SHARE = 0.5
"""Of the pairs that have either word: those that have both (Dice) from which they are linked."""

APART = 0.3
"""Lost by words at the opposite ends of their sentences."""


@frozen
class _Named:
    """A word, what both languages may call it, its stem, and its place (0–1) in the pair."""

    word: Word
    called: Mapping[str, float]
    stem: str
    place: float


def linked(
    source: Side, target: Side, pairs: Sequence[Pair], tables: tuple[Table, Table]
) -> tuple[Pair, ...]:
    """The pairs with the links of their words, in the order of the source."""
    named = [
        (_named(source, pair.source, tables[0]), _named(target, pair.target, tables[1]))
        for pair in pairs
    ]
    together = _together([sides for sides in named if all(sides)])
    return tuple(
        evolve(pair, words=tuple(_links(*sides, together))) if all(sides) else pair
        for pair, sides in zip(pairs, named, strict=True)
    )


def _named(side: Side, positions: Sequence[int], table: Table) -> list[_Named]:
    """The words of some sentences of a side, in order; those of a number are called by it."""
    out: list[_Named] = []
    count = sum(len(side.sentences[n].words) for n in positions)
    for n in positions:
        sentence = side.sentences[n]
        told = numbers(sentence.text, side.language) if sentence.words else ()
        counted = {at: each for each in told for at in range(each.span.start, each.span.end)}
        for word in sentence.words:
            said = word.at.of(sentence.text)
            called = (
                {number(counted[word.at.start]): 1.0}
                if word.at.start in counted
                else concepts(said, side.language, table)
            )
            out.append(_Named(word, called, stem(said, side.language), len(out) / count))
    return out


def _together(
    named: Sequence[tuple[Sequence[_Named], Sequence[_Named]]],
) -> dict[tuple[str, str], float]:
    """Stems that stand in the same pairs far more than chance has it, and how much they count."""
    mine: Counter[str] = Counter()
    its: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for here, there in named:
        one, other = {each.stem for each in here}, {each.stem for each in there}
        mine.update(one)
        its.update(other)
        both.update((s, t) for s in one for t in other)
    shares = {
        (s, t): 2 * count / (mine[s] + its[t]) for (s, t), count in both.items() if count >= OFTEN
    }
    return {words: TOGETHER * share for words, share in shares.items() if share >= SHARE}


def _links(
    here: Sequence[_Named], there: Sequence[_Named], together: Mapping[tuple[str, str], float]
) -> Iterator[Link]:
    """The likest first, one to one; then those left over that know a partner."""
    ranked = sorted(_likened(here, there, together), key=lambda each: (-each[0], each[1], each[2]))
    mine, its = set[int](), set[int]()
    found: list[tuple[int, int]] = []
    for again in (False, True):
        for _, i, j, known in ranked:
            taken = (i in mine) + (j in its)
            if not taken or (again and known and taken == 1):
                mine.add(i)
                its.add(j)
                found.append((i, j))
    return (Link(here[i].word.span, there[j].word.span) for i, j in sorted(found))


def _likened(
    here: Sequence[_Named], there: Sequence[_Named], together: Mapping[tuple[str, str], float]
) -> Iterator[tuple[float, int, int, bool]]:
    """Words that may render each other: how likely, where they are, whether it is known."""
    named: dict[str, list[int]] = defaultdict(list)
    stems: dict[str, list[int]] = defaultdict(list)
    for j, other in enumerate(there):
        stems[other.stem].append(j)
        for key in other.called:
            named[key].append(j)
    for i, one in enumerate(here):
        best: dict[int, float] = {}
        for key, weight in one.called.items():
            for j in named.get(key, ()):
                worth = 0.5 + (weight + there[j].called[key]) / 4
                best[j] = max(best.get(j, 0.0), worth)
        for j, worth in best.items():
            more = together.get((one.stem, there[j].stem), 0.0)
            yield worth + more - APART * abs(one.place - there[j].place), i, j, True
        for stem_, places in stems.items():
            worth = together.get((one.stem, stem_), 0.0)
            for j in places if worth else ():
                if j not in best:
                    yield worth - APART * abs(one.place - there[j].place), i, j, False
