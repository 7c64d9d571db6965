"""What editors said stands: pairs that no programme may change.

A locked pair is taken out of both sides, and no other pair may reach over it::

    source  0  1 │ 2  3  4        locked 2–1: the programme sees 0 1 beside 0,
                 │╲               and 3 4 beside 2 3, each for itself
    target  0    │ 1  2  3

A lock that crosses others (a passage that moved) divides nothing; its sentences
are out of the programme all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from variorum.aligners import Pair, Side
from variorum.aligners.across_languages.likeness import ascending
from variorum.errors import AlignmentError

__all__ = ["checked", "parted"]


def checked(locks: Sequence[Pair], source: Side, target: Side) -> tuple[Pair, ...]:
    """*locks* by their place in the source, crossing ones marked as moves.

    Raises ``AlignmentError`` for a position that is none or is locked twice.
    """
    for side, held in (
        (source, [n for lock in locks for n in lock.source]),
        (target, [n for lock in locks for n in lock.target]),
    ):
        for n, times in Counter(held).items():
            if times > 1 or not 0 <= n < len(side.sentences):
                wrong = "is locked twice" if times > 1 else "cannot be locked: there is none"
                raise AlignmentError(
                    f"sentence {n} of {len(side.sentences)} {wrong}",
                    place=side.file,
                    remedy="name each position once, counted from 0",
                )
    chain = set(_chain(locks))
    return tuple(
        Pair(
            tuple(sorted(lock.source)),
            tuple(sorted(lock.target)),
            1.0,
            move=bool(lock.source and lock.target)
            and (min(lock.source), min(lock.target)) not in chain,
            locked=True,
        )
        for lock in sorted(locks, key=lambda lock: (lock.source, lock.target))
    )


def parted(n: int, m: int, locks: Sequence[Pair]) -> Iterator[tuple[list[int], list[int]]]:
    """The positions of either side that are free, between locks that keep their order."""
    held = ({k for lock in locks for k in lock.source}, {k for lock in locks for k in lock.target})
    i = j = 0
    for row, column in (*_chain(locks), (n, m)):
        rows = [k for k in range(i, row) if k not in held[0]]
        columns = [k for k in range(j, column) if k not in held[1]]
        if rows or columns:
            yield rows, columns
        i, j = row, column


def _chain(locks: Sequence[Pair]) -> list[tuple[int, int]]:
    """The first positions of locked pairs, as many as ascend on both sides."""
    points = [(min(p.source), min(p.target)) for p in locks if p.source and p.target]
    return ascending(sorted(points))
