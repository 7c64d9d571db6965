"""Two sequences: what they share in order, and the script that turns one into the other.

Three questions, three answers:

- ``chain(a, b)``: long stretches that surely belong together, in near-linear
  time.  n-grams that occur once on either side are anchors; neighbouring ones
  on one diagonal are a run; the heaviest chain of runs that rises on both
  sides is kept; gaps still too large for dynamic programming are searched
  again with shorter n-grams, unique *within the gap*::

      a  . . 1 2 3 4 . . . . 7 8 9 . .          runs  (2, 2, 4) and (10, 9, 3)
      b  . . 1 2 3 4 . . . 7 8 9 . . 1 2 x      the second "1 2" is not unique: no anchor

  Whole-document edit scripts turn quadratic beyond 10⁵ tokens and, at high
  noise, hang on stray matches of short words; so they are the last resort.
- ``script(a, b)``: a value with laws: applied to *a* it gives *b*, inverted it
  gives *a* back.
- ``differences(a, b)``: the characters to mark inside a pair of readings, by
  diff-match-patch.  Its time limit is switched off (another machine, another
  answer) and the pair is put in canonical order (its result is not symmetric).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from types import ModuleType
from typing import Literal, TypeVar, cast

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from variorum.errors import PairwiseError
from variorum.text import Span

try:
    from variorum import _kernel as _built
except ImportError:  # no compiler when the package was installed: the plain way works
    KERNEL: ModuleType | None = None
else:
    KERNEL = _built

__all__ = ["KERNEL", "Change", "Script", "chain", "differences", "script"]

Ids = NDArray[np.int32]
Chain = NDArray[np.int32]
"""Rows (start in a, start in b, length), rising and not overlapping on both sides."""

Region = tuple[int, int, int, int, int]
"""From and to in a, from and to in b, length of n-gram to look for."""

T = TypeVar("T", bound=Hashable)

ANCHOR = 3
"""Length of the first n-grams: three words in a row that occur once rarely meet by chance."""

CELLS = 40_000
"""Gaps up to this many cells (200 × 200 words) are left to dynamic programming whole."""

HOPELESS = 4_000_000
"""Gaps beyond this, with no anchor of any length, are settled by an edit script."""

JUMP = (2, 32)
"""A jump from one diagonal to another costs a word a step, sixteen words at most.

In half words.  A phrase that the text repeats nine words later, and that noise has
left unique in two copies, would otherwise tear nine good words apart.
"""

LOOK = 16
"""Runs looked back for a near predecessor; farther ones count at the dearest jump."""


def chain(a: Ids, b: Ids, *, kernel: ModuleType | None = KERNEL) -> Chain:
    """Runs of equal ids that surely belong together, from near-linear search."""
    if kernel is not None:
        runs, lost = kernel.chain(a, b, ANCHOR, (CELLS, HOPELESS, LOOK, *JUMP))
        rows = np.frombuffer(runs, dtype=np.int32).reshape(-1, 3)
        gaps = np.frombuffer(lost, dtype=np.int32).reshape(-1, 5).tolist()
        hopeless = [(i0, i1, j0, j1, size) for i0, i1, j0, j1, size in gaps]
    else:
        rows, hopeless = _searched(a, b)
    if not hopeless:
        return rows
    found = [run for i0, i1, j0, j1, _ in hopeless for run in _scripted(a[i0:i1], b[j0:j1], i0, j0)]
    rows = np.concatenate((rows, np.array(found, dtype=np.int32).reshape(-1, 3)))
    return np.ascontiguousarray(rows[np.argsort(rows[:, 0], kind="stable")])


def _searched(a: Ids, b: Ids) -> tuple[Chain, list[Region]]:
    """The kernel's search in plain Python: the chain, and the gaps that are hopeless."""
    found: list[tuple[int, int, int]] = []
    hopeless: list[Region] = []
    todo: list[Region] = [(0, len(a), 0, len(b), ANCHOR)]
    while todo:
        region = todo.pop()
        i0, i1, j0, j1, size = region
        heavy = _heaviest(_runs(a[i0:i1], b[j0:j1], size), (i1 - i0, j1 - j0))
        here = [(i + i0, j + j0, n) for i, j, n in heavy]
        found += here
        for gap in _large_gaps(here, region):
            (todo if gap[-1] else hopeless).append(gap)
    return _extended(sorted(found), a, b), hopeless


def _extended(runs: list[tuple[int, int, int]], a: Ids, b: Ids) -> Chain:
    """Each run grows over equal neighbours, up to the next run."""
    out: list[tuple[int, int, int]] = []
    free_i = free_j = 0
    for (i, j, n), (stop_i, stop_j, _) in zip(runs, [*runs[1:], (len(a), len(b), 0)], strict=False):
        while i > free_i and j > free_j and a[i - 1] == b[j - 1]:
            i, j, n = i - 1, j - 1, n + 1
        while i + n < stop_i and j + n < stop_j and a[i + n] == b[j + n]:
            n += 1
        free_i, free_j = i + n, j + n
        out.append((i, j, n))
    return np.array(out, dtype=np.int32).reshape(len(out), 3)


def _large_gaps(runs: Sequence[tuple[int, int, int]], region: Region) -> Iterator[Region]:
    """The gaps that need another search; length 0 says that it is hopeless."""
    i0, i1, j0, j1, size = region
    for i, j, n in [*runs, (i1, j1, 0)]:
        cells = (i - i0) * (j - j0)
        if cells > CELLS:
            if runs:
                yield i0, i, j0, j, size
            elif size > 1 or cells > HOPELESS:
                yield i0, i, j0, j, size - 1
        i0, j0 = i + n, j + n


def _scripted(a: Ids, b: Ids, i0: int, j0: int) -> Iterator[tuple[int, int, int]]:
    for op in Levenshtein.opcodes(a.tolist(), b.tolist()):
        if op.tag == "equal" and op.src_end - op.src_start > 1:
            yield op.src_start + i0, op.dest_start + j0, op.src_end - op.src_start


def _grams(ids: Ids, size: int) -> NDArray[np.uint64]:
    count = max(0, len(ids) - size + 1)
    out = np.zeros(count, dtype=np.uint64)
    for shift in range(size):
        out = out * np.uint64(0x9E3779B97F4A7C15) + ids[shift : shift + count].astype(np.uint64)
    return out


def _once(grams: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """The grams that occur once, sorted, and where."""
    order = np.argsort(grams, kind="stable")
    sorted_ = grams[order]
    differs = np.ones(len(grams) + 1, dtype=bool)
    np.not_equal(sorted_[1:], sorted_[:-1], out=differs[1:-1])
    alone = differs[1:] & differs[:-1]
    return sorted_[alone], order[alone]


def _runs(a: Ids, b: Ids, size: int) -> list[tuple[int, int, int]]:
    if len(a) < size or len(b) < size:
        return []
    (grams_a, at_a), (grams_b, at_b) = _once(_grams(a, size)), _once(_grams(b, size))
    places = np.searchsorted(grams_b, grams_a)
    places[places == len(grams_b)] = 0
    shared = grams_b[places] == grams_a if len(grams_b) else np.zeros(len(grams_a), dtype=bool)
    i, j = at_a[shared], at_b[places[shared]]
    order = np.argsort(i, kind="stable")
    i, j = i[order], j[order]
    same = np.ones(len(i), dtype=bool)
    for shift in range(size):  # hashes may collide: look
        same &= a[i + shift] == b[j + shift]
    i, j = i[same], j[same]
    if not len(i):
        return []
    breaks = np.flatnonzero((np.diff(i) != 1) | (np.diff(j) != 1)) + 1
    first = np.concatenate(([0], breaks))
    last = np.concatenate((breaks, [len(i)])) - 1
    lengths = i[last] - i[first] + size
    return list(zip(i[first].tolist(), j[first].tolist(), lengths.tolist(), strict=True))


def _heaviest(
    runs: Sequence[tuple[int, int, int]], lengths: tuple[int, int]
) -> list[tuple[int, int, int]]:
    """The best chain of runs rising in both; overlaps at the joints are trimmed."""
    out: list[tuple[int, int, int]] = []
    end_i = end_j = 0
    for i, j, n in (runs[number] for number in _risen(runs, lengths)):
        late = max(0, end_i - i, end_j - j)
        if late < n:
            out.append((i + late, j + late, n - late))
            end_i, end_j = i + n, j + n
    return out


def _risen(runs: Sequence[tuple[int, int, int]], lengths: tuple[int, int]) -> list[int]:
    """Numbers of the runs whose lengths, less their jumps from corner to corner, add up to most."""
    best: list[int] = []
    before: list[int] = []
    front: list[int] = []  # runs by rising j, each better than those before it
    half, most = JUMP
    for number, (i, j, n) in enumerate(runs):
        at = bisect_left(front, j, key=lambda q: runs[q][1])
        choices = [(-min(most, half * abs(i - j)), 2, -1)]
        choices += [(best[front[at - 1]] - most, 1, front[at - 1])] if at else []
        choices += [
            (best[q] - min(most, half * abs(i - j - runs[q][0] + runs[q][1])), 0, q)
            for q in range(max(0, number - LOOK), number)
            if runs[q][1] < j
        ]
        reach, _, head = max(choices, key=lambda c: (c[0], c[1], c[2]))
        before.append(head)
        best.append(2 * n + reach)
        if at and best[front[at - 1]] >= best[number]:
            continue
        stop = at
        while stop < len(front) and best[front[stop]] <= best[number]:
            stop += 1
        if stop == at < len(front) and runs[front[at]][1] == j:
            continue
        front[at:stop] = [number]
    last = lengths[0] - lengths[1]
    totals = [best[r] - min(most, half * abs(i - j - last)) for r, (i, j, _) in enumerate(runs)]
    number = max(range(len(runs)), key=lambda r: (totals[r], -r), default=-1)
    if number < 0 or totals[number] <= 0:
        return []
    out = []
    while number >= 0:
        out.append(number)
        number = before[number]
    return out[::-1]


Tag = Literal["equal", "replace", "delete", "insert"]


@frozen
class Change:
    """One step of a script: a stretch of the source becomes a stretch of the target."""

    tag: Tag
    source: Span
    target: Span


@frozen
class Script:
    """Changes that tile a source of ``lengths[0]`` and a target of ``lengths[1]`` items."""

    changes: tuple[Change, ...] = field()
    lengths: tuple[int, int]

    def __attrs_post_init__(self) -> None:
        at = (0, 0)
        for change in self.changes:
            if (change.source.start, change.target.start) != at:
                raise PairwiseError(f"the script leaves a gap or overlap at {at}")
            if change.tag == "equal" and len(change.source) != len(change.target):
                raise PairwiseError(f"equal stretches of different length at {at}")
            at = (change.source.end, change.target.end)
        if at != self.lengths:
            raise PairwiseError(f"the script ends at {at}, not at {self.lengths}")

    def apply(self, source: Sequence[T], target: Sequence[T]) -> list[T]:
        """What the script makes of *source*, new items taken from *target*."""
        out: list[T] = []
        for change in self.changes:
            side, span = (
                (source, change.source) if change.tag == "equal" else (target, change.target)
            )
            out += side[span.start : span.end]
        return out

    def inverse(self) -> Script:
        """The script from the target back to the source."""
        swapped: dict[Tag, Tag] = {"delete": "insert", "insert": "delete"}
        return Script(
            tuple(
                Change(swapped.get(change.tag, change.tag), change.target, change.source)
                for change in self.changes
            ),
            (self.lengths[1], self.lengths[0]),
        )


def script(a: Sequence[T], b: Sequence[T]) -> Script:
    """A shortest edit script from *a* to *b* (Levenshtein, by rapidfuzz)."""
    changes = (
        Change(
            cast("Tag", op.tag), Span(op.src_start, op.src_end), Span(op.dest_start, op.dest_end)
        )
        for op in Levenshtein.opcodes(a, b)
    )
    return Script(tuple(changes), (len(a), len(b)))


def differences(a: str, b: str) -> tuple[tuple[int, str], ...]:
    """Pieces of *a* and *b*: (0, in both), (-1, only in a), (1, only in b), in order."""
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    flip = b < a
    found: Iterable[tuple[int, str]] = engine.diff_main(*((b, a) if flip else (a, b)), False)
    pieces = [(-op if flip else op, text) for op, text in found]
    return tuple(_deletions_first(pieces))


def _deletions_first(pieces: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    held: list[tuple[int, str]] = []
    for piece in [*pieces, (0, "")]:
        if piece[0]:
            held.append(piece)
            continue
        yield from sorted(held)
        held = []
        if piece[1]:
            yield piece
