"""Pairs of passages, read off those of their sentences.

Two passages belong together if they share at least a third of the characters
that either has; passages that hang together make one pair::

    turn 0  ═══ 0                 one to one
    turn 1  ══╦ 1                 one to two: a label that one side lacks
              ╚ 2
    turn 2                        nothing shared: alone
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from variorum.aligners import Pair, Side
from variorum.aligners.across_languages.order import ordered

__all__ = ["SHARE", "read_off"]

SHARE = 1 / 3
"""Of the characters of the shorter passage: less is a sentence that went astray."""


def read_off(source: Side, target: Side, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs of passages; every passage of either side exactly once, in the source's order."""
    shared = _shared(source, target, pairs)
    sizes = (_sizes(source), _sizes(target))
    root = {(side, n): (side, n) for side in (0, 1) for n in range(len(sizes[side]))}
    for (s, t), size in sorted(shared.items()):
        if size >= SHARE * min(sizes[0][s], sizes[1][t]):
            one, other = sorted((_root(root, (0, s)), _root(root, (1, t))))
            root[other] = one
    groups: dict[tuple[int, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place in root:
        groups[_root(root, place)][place[0]].append(place[1])
    sure = _sure(source, target, pairs)
    return _marked(Pair(tuple(s), tuple(t), _mean(s, t, sure)) for s, t in groups.values())


def _root(root: dict[tuple[int, int], tuple[int, int]], place: tuple[int, int]) -> tuple[int, int]:
    while root[place] != place:
        place = root[place]
    return place


def _sizes(side: Side) -> list[int]:
    sizes = [0] * len(side.passages)
    for sentence in side.sentences:
        sizes[sentence.turn] += len(sentence.text)
    return sizes


def _shared(source: Side, target: Side, pairs: Sequence[Pair]) -> Counter[tuple[int, int]]:
    """For each two passages: the characters of the source's in pairs with the target's."""
    out: Counter[tuple[int, int]] = Counter()
    for pair in pairs:
        for s in pair.source:
            for t in {target.sentences[t].turn for t in pair.target}:
                one = source.sentences[s]
                out[one.turn, t] += len(one.text)
    return out


def _sure(
    source: Side, target: Side, pairs: Sequence[Pair]
) -> dict[tuple[int, int], tuple[float, int]]:
    """For each passage (side, number): confidences of its sentences' pairs, by letters; letters."""
    out: dict[tuple[int, int], tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for pair in pairs:
        for number, side, positions in ((0, source, pair.source), (1, target, pair.target)):
            for n in positions:
                one = side.sentences[n]
                total, letters = out[number, one.turn]
                size = len(one.text)
                out[number, one.turn] = total + pair.confidence * size, letters + size
    return out


def _mean(
    source: Sequence[int], target: Sequence[int], sure: Mapping[tuple[int, int], tuple[float, int]]
) -> float:
    """The confidence of a pair of passages: the mean of their sentences' pairs, by letters."""
    told = [sure[place] for place in (*((0, n) for n in source), *((1, n) for n in target))]
    letters = sum(size for _, size in told)
    return round(sum(total for total, _ in told) / letters, 4) if letters else 0.0


def _marked(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """In the order of the source, crossings marked; what is alone in the target where it stands."""
    pairs = list(pairs)
    reach, out = -1, []
    for pair in sorted((p for p in pairs if p.source and p.target), key=lambda pair: pair.source):
        out.append(evolve(pair, move=pair.target[0] < reach))
        reach = max(reach, pair.target[-1])
    alone = [
        *(evolve(pair, source=(n,)) for pair in pairs if not pair.target for n in pair.source),
        *(evolve(pair, target=(n,)) for pair in pairs if not pair.source for n in pair.target),
    ]
    return ordered([*out, *alone])
