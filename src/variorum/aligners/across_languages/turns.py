"""Pairs of passages, read off those of their sentences.

Two passages belong together if they share at least a third of the characters
that either has; passages that hang together make one pair::

    turn 0  ═══ 0                 one to one
    turn 1  ══╦ 1                 one to two: a label that one side lacks
              ╚ 2
    turn 2                        nothing shared: alone
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from variorum.aligners import Pair, Side

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
    return _marked([Pair(tuple(s), tuple(t), 0.0) for s, t in groups.values()], shared)


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


def _marked(pairs: Sequence[Pair], shared: Counter[tuple[int, int]]) -> tuple[Pair, ...]:
    """In the order of the source, crossings marked; what is alone in the target where it stands."""
    reach, out = -1, []
    for pair in sorted((p for p in pairs if p.source and p.target), key=lambda pair: pair.source):
        score = float(sum(shared[s, t] for s in pair.source for t in pair.target))
        out.append(Pair(pair.source, pair.target, score, move=pair.target[0] < reach))
        reach = max(reach, pair.target[-1])
    inorder = [pair for pair in out if not pair.move]
    alone = [
        *(Pair((n,), (), 0.0) for pair in pairs if not pair.target for n in pair.source),
        *(Pair((), (n,), 0.0) for pair in pairs if not pair.source for n in pair.target),
    ]
    return tuple(sorted([*out, *alone], key=lambda pair: _place(pair, inorder)))


def _place(pair: Pair, inorder: Sequence[Pair]) -> tuple[int, int]:
    """Where a pair stands: by its source, or behind the last pair before it in the target."""
    if pair.source:
        return pair.source[0], -1
    before = bisect_left(inorder, pair.target, key=lambda other: other.target)
    return (inorder[before - 1].source[0] if before else -1), pair.target[0]
