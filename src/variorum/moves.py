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

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from variorum.text import Span

__all__ = ["Move", "Passage", "passages"]

Array = NDArray[np.int32]
Flags = NDArray[np.bool_]

WINDOW = 5
"""Columns looked at together: a witness is loose there if it is in all but one of them."""

LEAST = 5
"""Fewest words that two places must share."""

PROOF = 2
"""Fewest seeds of a passage that occur once in each witness: one may be chance, two in step not."""

REPEATED = 0.65
"""Share of a passage's words that stand in step elsewhere in its own witness: it is a formula."""

LIKE = 0.6
"""Words are alike from here: below, as many letters differ by accident."""

DENSE = 0.6
"""Least share of a passage's words, on its shorter side, that have a like word on the other."""

REACH = 12
"""Columns that may lie between two shared words of one passage: noise, and other words."""

NOTHING = -1


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
    wide = _wide(keys)
    if not wide.any():
        return []
    keys = _cleaned(keys, names, wide)
    wide = _wide(keys)
    found: list[Passage] = []
    known = _Known()
    candidates = [p for run in _chained(_seeds(keys, wide)) if (p := _passage(keys, names, run))]
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


def _wide(keys: Array) -> Flags:
    """Columns in a stretch where some witness is loose."""
    out: Flags = np.asarray(_stretches(_loose(keys)).any(axis=1), dtype=np.bool_)
    return out


def _cleaned(keys: Array, names: Sequence[str], wide: Flags) -> Array:
    """The table without noise in *wide* columns: a word like the column's is the column's."""
    part = keys[wide]
    top = _consensus(part, range(keys.shape[1]))
    known: dict[tuple[int, int], bool] = {}
    for column, row in np.argwhere((part != NOTHING) & (part != top[:, None])).tolist():
        pair = (int(part[column, row]), int(top[column]))
        if pair not in known:
            known[pair] = _alike(names, *pair)
        if known[pair]:
            part[column, row] = top[column]
    out = keys.copy()
    out[wide] = part
    return out


def _alike(names: Sequence[str], x: int, y: int) -> bool:
    return x == y or Levenshtein.normalized_similarity(names[x], names[y]) >= LIKE


def _loose(keys: Array) -> Flags:
    """Cells without what half of the witnesses have there, or with what half of them lack."""
    filled = keys != NOTHING
    witnesses = keys.shape[1]
    agreeing = keys == _majority(keys)[:, None]
    main = agreeing.sum(axis=1, dtype=np.int32)[:, None] * 2 > witnesses
    present = filled.sum(axis=1, dtype=np.int32)[:, None] * 2 >= witnesses
    out: Flags = np.where(filled, ~(agreeing & main), present)
    return out


def _majority(keys: Array) -> Array:
    """The key that more than half of those present have, if one does (Boyer and Moore 1981)."""
    word = np.full(len(keys), NOTHING, dtype=np.int32)
    lead = np.zeros(len(keys), dtype=np.int32)
    for row in range(keys.shape[1]):
        own = keys[:, row]
        word = np.where(lead == 0, own, word)
        step = np.where(own == word, 1, -1)
        lead = np.where(own == NOTHING, lead, np.abs(lead + step))
    return word


def _stretches(loose: Flags) -> Flags:
    """Cells within a window in which their witness is loose in all columns but one."""
    columns = len(loose)
    if columns < WINDOW:
        return np.zeros_like(loose)
    counts = np.cumsum(loose, axis=0, dtype=np.int32)
    sums = np.concatenate((np.zeros((1, loose.shape[1]), np.int32), counts))
    dense = sums[WINDOW:] - sums[:-WINDOW] >= WINDOW - 1
    out = np.zeros_like(loose)
    for shift in range(WINDOW):
        out[shift : shift + len(dense)] |= dense
    return out


@frozen
class _Seed:
    """Two neighbouring words at column ``a`` of some witness and at ``b`` of another."""

    a: int
    b: int
    proof: bool


def _seeds(keys: Array, wide: Flags) -> list[_Seed]:
    """Words and word groups in two *wide* columns, neither shared by the other's witness."""
    places: dict[int, dict[int, int]] = {}  # what -> column -> a row that has it there
    counts: dict[int, int] = {}  # what -> how often at most in one witness
    base = np.int64(keys.max() + 2)
    for row in range(keys.shape[1]):
        at = np.flatnonzero(keys[:, row] != NOTHING)
        words = keys[at, row].astype(np.int64)
        pairs = (words[:-1] + 1) * base + words[1:]  # words alone are below base
        triples = pairs[:-1] * base + words[2:] + 2 * base * base  # and pairs below these
        for what, where, most in (
            (words, at, 1),
            (pairs, at[:-1], len(at)),
            (triples, at[:-2], len(at)),
        ):
            here = wide[where]
            found = np.unique(what[here])
            often = np.bincount(np.searchsorted(found, what[np.isin(what, found)]))
            kept = often <= most
            often_by = dict(zip(found[kept].tolist(), often[kept].tolist(), strict=True))
            for name, count in often_by.items():
                counts[name] = max(count, counts.get(name, 0))
            for name, column in zip(what[here].tolist(), where[here].tolist(), strict=True):
                if name in often_by:
                    places.setdefault(name, {}).setdefault(column, row)
    out = {
        _Seed(a, b, counts[name] == 1)
        for name, columns in places.items()
        if 1 < len(columns) <= keys.shape[1] + 2
        for a, row_a in columns.items()
        for b, row_b in columns.items()
        if a < b and keys[a, row_b] != keys[a, row_a] and keys[b, row_a] != keys[b, row_b]
    }
    return sorted(out, key=lambda seed: (seed.a, seed.b, not seed.proof))


def _chained(seeds: Sequence[_Seed]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Seeds that rise together, close to one another; those with enough proof."""
    open_: list[list[_Seed]] = []
    done: list[list[_Seed]] = []
    for seed in seeds:
        near = [r for r in open_ if seed.a - r[-1].a <= REACH]
        done += [r for r in open_ if seed.a - r[-1].a > REACH]
        fits = [r for r in near if r[-1].a < seed.a and 0 < seed.b - r[-1].b <= REACH]
        if fits:
            best = min(fits, key=lambda r: (abs((seed.b - r[-1].b) - (seed.a - r[-1].a)), -len(r)))
            best.append(seed)
        else:
            near.append([seed])
        open_ = near
    for run in done + open_:
        if sum(seed.proof for seed in run) >= PROOF:
            yield tuple((seed.a, seed.b) for seed in run)


def _passage(keys: Array, names: Sequence[str], run: Sequence[tuple[int, int]]) -> Passage | None:
    """The passage around a run of seeds: who has it where, word by word."""
    (a0, b0), (a1, b1) = run[0], run[-1]
    here, there = _rows(keys, a0, a1 + 1), _rows(keys, b0, b1 + 1)
    rows_here = tuple(row for row in here if row not in there)
    rows_there = tuple(row for row in there if row not in here)
    if not rows_here or not rows_there:
        return None
    words_a, words_b = _consensus(keys, rows_here), _consensus(keys, rows_there)
    free_a = (keys[:, rows_there] != words_a[:, None]).all(axis=1) & (words_a != NOTHING)
    free_b = (keys[:, rows_here] != words_b[:, None]).all(axis=1) & (words_b != NOTHING)
    alike = _Alike(names, words_a, words_b)
    left = _extended(alike, free_a, free_b, a0, b0, -1)
    right = _extended(alike, free_a, free_b, a1, b1, 1)
    links, share = alike.links((left[0], right[0] + 1), (left[1], right[1] + 1))
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
    words = _consensus(keys, range(keys.shape[1]))[start : end + 1]
    same = (keys[start : end + 1] == words[:, None]) & (words != NOTHING)[:, None]
    return np.flatnonzero(same.sum(axis=0) * 2 >= max(1, len(words))).tolist()


def _consensus(keys: Array, rows: Sequence[int] | range) -> Array:
    """The most frequent key of each column among *rows*; of equals the smallest."""
    part = np.sort(keys[:, list(rows)], axis=1)
    best = np.full(len(keys), NOTHING, dtype=np.int32)
    most = np.zeros(len(keys), dtype=np.int32)
    for column in range(part.shape[1]):
        word = part[:, column]
        count = ((part == word[:, None]).sum(axis=1) * (word != NOTHING)).astype(np.int32)
        better = count > most
        best[better], most[better] = word[better], count[better]
    return best


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
        return _alike(self.names, x, y)

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
    alike: _Alike, free_a: Flags, free_b: Flags, a: int, b: int, step: int
) -> tuple[int, int]:
    """How far the passage goes on beyond (a, b), word by word.

    Words that differ, or that only one side has, are passed over where two
    like words follow.
    """

    def fits(i: int, j: int) -> bool:
        inside = 0 <= i < len(free_a) and 0 <= j < len(free_b)
        return inside and bool(free_a[i] and free_b[j]) and alike.at(i, j)

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
