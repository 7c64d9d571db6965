"""Which speaker of one text is which of the other, by their names.

Ids are made of labels, each side's own, so that one person has two::

    shoku-enver-hoxha    ──  comrade-enver-hoxha     enver hoxha
    shoku-coe-jong-gon   ──  comrade-choe-yong-gon   coe jong gon ~ choe yong gon

What all speakers of a side have in their names is a title and says nothing.  Two
are the same person if each is the other's likest, and the letters agree well
enough; nobody is forced upon anybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from rapidfuzz.fuzz import token_sort_ratio

__all__ = ["LIKE", "speakers"]

LIKE = 60.0
"""Percent of letters that agree, from which two names may be one person's."""


def speakers(source: Collection[str], target: Collection[str]) -> dict[str, str]:
    """The ids of the source that have a counterpart in the target, with it."""
    same = {name: name for name in source if name in target}
    mine, its = (
        _bare([n for n in source if n not in same]),
        _bare([n for n in target if n not in same]),
    )
    likes = {
        (one, other): token_sort_ratio(mine[one], its[other])
        for one in sorted(mine)
        for other in sorted(its)
    }
    forth, back = _likest(likes), _likest({(b, a): like for (a, b), like in likes.items()})
    return same | {one: other for one, other in forth.items() if back.get(other) == one}


def _likest(likes: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """For each first name the second that is likest, if it is like at all and the only one."""
    best: dict[str, tuple[float, str]] = {}
    tied: set[str] = set()
    for (one, other), like in likes.items():
        top = best.get(one, (LIKE, ""))[0]
        if like > top or (like == top and one not in best):
            best[one] = (like, other)
            tied.discard(one)
        elif like == top:
            tied.add(one)
    return {one: other for one, (_, other) in best.items() if one not in tied}


def _bare(names: Collection[str]) -> dict[str, str]:
    """The words of each name, those left out that all of several names have."""
    words = {name: name.replace("-", " ").split() for name in names}
    count = Counter(word for each in words.values() for word in set(each))
    titles = {word for word, often in count.items() if often == len(words) > 1}
    return {name: " ".join(w for w in each if w not in titles) for name, each in words.items()}
