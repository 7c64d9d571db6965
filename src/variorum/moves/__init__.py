"""Passages that stand elsewhere: found among what the table could not settle.

A table can only put a moved passage into two places, each with a hole::

    A   a b c   p q r s t   d e f   -  -  -  -  -    g h
    B   a b c   p q r s t   d e f   -  -  -  -  -    g h
    C   a b c   -  -  -  -  -   d e f   p q r s t    g h
                └── here ──┘            └─ there ─┘

Where nothing is loose, nothing has moved, and nothing is searched: a witness
is *loose* in a column if it lacks what half of them have, or has what half of
them lack.  In stretches where a witness is loose throughout, words that occur
once, and two or three words in a row, are seeds; seeds that rise together,
close to one another, make a passage, which is then extended as far as words
are alike.

What is repeated proves nothing: a label that is lost in one place and stands
in another is no move, nor is a page's head that stands now here, now there.
So a passage counts only if it is long enough, if enough of its seeds occur
once in each witness, and if no witness that has it has most of its words, in
their order, again elsewhere.  Short moves are left to
the eye (two inverted words are word order, told by ``loci``): measured, four
to seven words are found half of the time and invented as often.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from variorum.moves.loose import NOTHING, alike, cleaned, consensus, wide
from variorum.moves.seeds import REACH, chained, seeds_of
from variorum.text import Span

__all__ = ["Move", "Passage", "passages"]

Array = NDArray[np.int32]
Flags = NDArray[np.bool_]

LEAST = 5
"""Fewest words that two places must share."""

REPEATED = 0.65
"""Share of a passage's words that stand in step elsewhere in its own witness: it is a formula."""

DENSE = 0.6
"""Least share of a passage's words, on its shorter side, that have a like word on the other."""


@frozen
class Move:
    """The same passage in two places of the table.

    ``here`` and ``there`` are ranges of columns; ``sigla_here`` have the
    passage in the first, ``sigla_there`` in the second.  ``links`` pairs the
    columns that hold the same word.
    """

    here: Span
    there: Span
    sigla_here: tuple[str, ...]
    sigla_there: tuple[str, ...]
    links: tuple[tuple[int, int], ...]


@frozen
class Passage:
    """A move in numbers: ranges of columns, rows that have it in either, pairs of columns."""

    here: Span
    there: Span
    rows_here: tuple[int, ...]
    rows_there: tuple[int, ...]
    links: tuple[tuple[int, int], ...]


def passages(keys: Array, names: Sequence[str]) -> list[Passage]:
    """Moved passages in a table of keys (columns × witnesses, -1 for nothing), in order.

    *names* spells each key.
    """
    columns = wide(keys)
    if not columns.any():
        return []
    keys = cleaned(keys, names, columns)
    columns = wide(keys)
    found: list[Passage] = []
    known = _Known()
    runs = chained(seeds_of(keys, columns))
    candidates = [passage for run in runs if (passage := _passage(keys, names, run))]
    for passage in sorted(candidates, key=_weight):
        new = [link for link in passage.links if known.admits(link, passage)]
        if len(new) >= LEAST and not _repeated(keys, passage):
            found.append(_of_links(new, passage.rows_here, passage.rows_there))
            known.add(found[-1])
    return _joined(sorted(found, key=lambda p: (p.here, p.there)))


def _weight(passage: Passage) -> tuple[int, int, Span, Span]:
    """Passages shared by many witnesses first, then long ones."""
    rows = len(passage.rows_here) + len(passage.rows_there)
    return -rows, -len(passage.links), passage.here, passage.there


def _repeated(keys: Array, passage: Passage) -> bool:
    """Whether a witness that has the passage has most of its words again elsewhere, in step."""
    sides = ((passage.rows_here, passage.here), (passage.rows_there, passage.there))
    return any(_again(keys[:, row], span) for rows, span in sides for row in rows)


def _again(column: Array, span: Span) -> bool:
    """Whether the words of a witness in a range of columns stand in step elsewhere in it.

    Places vote by their distance from the word's place in the passage; two
    neighbouring distances count together, since a word may be lost.
    """
    first = int((column[: span.start] != NOTHING).sum())
    words = column[column != NOTHING]
    own = words[first : first + int((column[span.start : span.end] != NOTHING).sum())]
    order = np.argsort(own, kind="stable")
    at = np.flatnonzero(np.isin(words, own))
    at = at[(at < first) | (at >= first + len(own))]
    if not len(at):
        return False
    low = np.searchsorted(own[order], words[at], side="left")
    votes = np.unique((at - order[low]) // 2, return_counts=True)[1]
    return int(votes.max()) >= REPEATED * len(own)


@define
class _Known:
    """Which words have their counterpart already, and which columns are of one origin."""

    taken: set[tuple[int, int]] = field(factory=set)  # (column, row that has it elsewhere)
    origin: dict[int, int] = field(factory=dict)

    def _root(self, column: int) -> int:
        while self.origin.get(column, column) != column:
            column = self.origin[column]
        return column

    def admits(self, link: tuple[int, int], passage: Passage) -> bool:
        """Whether a pair of columns says something new that contradicts nothing."""
        a, b = link
        if self._root(a) == self._root(b):
            return False  # both are known to stand for a third
        return not any((a, row) in self.taken for row in passage.rows_there) and not any(
            (b, row) in self.taken for row in passage.rows_here
        )

    def add(self, passage: Passage) -> None:
        """Remember the links of a passage."""
        for a, b in passage.links:
            self.taken.update((a, row) for row in passage.rows_there)
            self.taken.update((b, row) for row in passage.rows_here)
            self.origin[self._root(b)] = self._root(a)


def _of_links(
    links: Sequence[tuple[int, int]], rows_here: tuple[int, ...], rows_there: tuple[int, ...]
) -> Passage:
    return Passage(
        Span(links[0][0], links[-1][0] + 1),
        Span(links[0][1], links[-1][1] + 1),
        rows_here,
        rows_there,
        tuple(links),
    )


def _joined(found: Sequence[Passage]) -> list[Passage]:
    """Passages that run on in both places are one."""
    out: list[Passage] = []
    for passage in found:
        before = out[-1] if out else None
        if (
            before is not None
            and (before.rows_here, before.rows_there) == (passage.rows_here, passage.rows_there)
            and 0 <= passage.here.start - before.here.end <= REACH
            and 0 <= passage.there.start - before.there.end <= REACH
        ):
            links = before.links + passage.links
            out[-1] = _of_links(links, passage.rows_here, passage.rows_there)
        else:
            out.append(passage)
    return out


def _passage(keys: Array, names: Sequence[str], run: Sequence[tuple[int, int]]) -> Passage | None:
    """The passage around a run of seeds: who has it where, word by word."""
    (a0, b0), (a1, b1) = run[0], run[-1]
    here, there = _rows(keys, a0, a1 + 1), _rows(keys, b0, b1 + 1)
    rows_here = tuple(row for row in here if row not in there)
    rows_there = tuple(row for row in there if row not in here)
    if not rows_here or not rows_there:
        return None
    words_a, words_b = consensus(keys, rows_here), consensus(keys, rows_there)
    free_a = (keys[:, rows_there] != words_a[:, None]).all(axis=1) & (words_a != NOTHING)
    free_b = (keys[:, rows_here] != words_b[:, None]).all(axis=1) & (words_b != NOTHING)
    pair = _Alike(names, words_a, words_b)
    left = _extended(pair, free_a, free_b, a0, b0, -1)
    right = _extended(pair, free_a, free_b, a1, b1, 1)
    links, share = pair.links((left[0], right[0] + 1), (left[1], right[1] + 1))
    if len(links) < LEAST or share < DENSE or links[-1][0] >= links[0][1]:
        return None
    return Passage(
        Span(links[0][0], links[-1][0] + 1),
        Span(links[0][1], links[-1][1] + 1),
        rows_here,
        rows_there,
        links,
    )


def _rows(keys: Array, start: int, end: int) -> list[int]:
    """Witnesses that have most of the words between two columns, as most have them."""
    words = consensus(keys, range(keys.shape[1]))[start : end + 1]
    same = (keys[start : end + 1] == words[:, None]) & (words != NOTHING)[:, None]
    return np.flatnonzero(same.sum(axis=0) * 2 >= max(1, len(words))).tolist()


@frozen(eq=False)
class _Alike:
    """Two readings of the whole table, compared word by word."""

    names: Sequence[str]
    words_a: Array
    words_b: Array

    def at(self, a: int, b: int) -> bool:
        """Whether the word at column *a* of the one is like that at *b* of the other."""
        x, y = int(self.words_a[a]), int(self.words_b[b])
        if x == NOTHING or y == NOTHING:
            return False
        return alike(self.names, x, y)

    def links(
        self, here: tuple[int, int], there: tuple[int, int]
    ) -> tuple[tuple[tuple[int, int], ...], float]:
        """Pairs of columns with like words, or one for another; the share of like words."""
        at_a = [c for c in range(*here) if self.words_a[c] != NOTHING]
        at_b = [c for c in range(*there) if self.words_b[c] != NOTHING]
        same = self._classes(at_a, at_b)
        steps = Levenshtein.opcodes([same[0][c] for c in at_a], [same[1][c] for c in at_b])
        out: list[tuple[int, int]] = []
        equal = 0
        for op in steps:
            size = op.src_end - op.src_start
            if op.tag == "equal" or (op.tag == "replace" and size == op.dest_end - op.dest_start):
                equal += size if op.tag == "equal" else 0
                out += zip(
                    at_a[op.src_start : op.src_end], at_b[op.dest_start : op.dest_end], strict=True
                )
        return tuple(out), equal / max(1, min(len(at_a), len(at_b)))

    def _classes(
        self, at_a: Sequence[int], at_b: Sequence[int]
    ) -> tuple[dict[int, int], dict[int, int]]:
        """Words of b that are like one of a, near the same place, count as that word."""
        as_a = {c: int(self.words_a[c]) for c in at_a}
        as_b = {c: int(self.words_b[c]) for c in at_b}
        known = set(as_a.values())
        for number, c in enumerate(at_b):
            if as_b[c] not in known:
                near = at_a[max(0, number - 3) : number + 4]
                as_b[c] = next((as_a[a] for a in near if self.at(a, c)), as_b[c])
        return as_a, as_b


_STEPS = sorted(
    ((a, b) for a in range(1, 5) for b in range(1, 5) if (a, b) != (1, 1)),
    key=lambda step: (step[0] + step[1], abs(step[0] - step[1]), step),
)
"""Ways to go on after a word that only one side has, or that differs: the shortest first."""


def _extended(
    pair: _Alike, free_a: Flags, free_b: Flags, a: int, b: int, step: int
) -> tuple[int, int]:
    """How far the passage goes on beyond (a, b), word by word.

    Words that differ, or that only one side has, are passed over where two
    like words follow.
    """

    def fits(i: int, j: int) -> bool:
        inside = 0 <= i < len(free_a) and 0 <= j < len(free_b)
        return inside and bool(free_a[i] and free_b[j]) and pair.at(i, j)

    while True:
        if fits(a + step, b + step):
            a, b = a + step, b + step
            continue
        for da, db in _STEPS:
            i, j = a + da * step, b + db * step
            if fits(i, j) and fits(i + step, j + step):
                a, b = i, j
                break
        else:
            return a, b
