"""From a correct table to a readable one: where may a gap stand, and where should it?

Where words repeat, a gap can slide without any change to what agrees with
what.  Both tables below are correct; an editor writes the second::

    A   in the street   or in  -       -  -   markets      "road or in" is missing
    B   in the street   or in  a road  or in  markets

    A   in the street   -  -  -  -     or in  markets      "or in a road" is missing
    B   in the street   or in  a road  or in  markets

So each gap that can slide takes the place where the absent phrase reads best:
first, where it is a whole clause (it starts after a mark and ends with one);
then, where it starts with a common word and ends with a rare one, as phrases
of most written languages do.  Where that decides nothing the gap stays.  Rows
with the same gap slide together, so that no agreement among them is lost.

Before that, gaps slide where more words then agree: two witnesses that lack
the same label were merged before either met the others, and an early choice
between equals can put the words beside it into the label's place::

    A   how are they  ?  Comrade Choe  :  They are well     before    after
    B   how are they  ?  They    are   -  -    -   well     They in the label's place
    B   how are they  ?  -       -     -  They are well     two words more agree
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from variorum.collation import NOTHING
from variorum.multiple.profiles import MARK, Symbols

__all__ = ["readable"]

Array = NDArray[np.int32]


@frozen
class _Gap:
    """Columns ``start`` to ``end`` in which ``rows`` have nothing, and they alone begin and end."""

    start: int
    end: int
    rows: tuple[int, ...]


def readable(symbols: Symbols, seen: Array) -> Array:
    """A table of symbols (columns × witnesses, -1 for nothing), gaps where they read best."""
    seen = seen.copy()
    keys = np.where(seen == NOTHING, NOTHING, symbols.key[seen])
    for gap in _improvable(keys):
        shift = _gain(keys, gap)
        if shift:
            _slide(seen, gap, shift)
            _slide(keys, gap, shift)
    for gap in _gaps(keys):
        shift = _best(symbols, seen, keys, gap)
        if shift:
            _slide(seen, gap, shift)
            _slide(keys, gap, shift)
    kept: Array = seen[(seen != NOTHING).any(axis=1)]
    return kept


FAR = 6
"""Words that may slide with a gap so that more agree; farther, an anchor holds them."""


def _edges(keys: Array, row: int) -> Array:
    """Where the gaps of a row begin and end, a line each, those at the text's ends left out."""
    here = np.concatenate(([False], keys[:, row] == NOTHING, [False]))
    edges = np.flatnonzero(here[1:] != here[:-1]).reshape(-1, 2).astype(np.int32)
    return edges[(edges[:, 0] > 0) & (edges[:, 1] < len(keys))]


def _improvable(keys: Array) -> Iterator[_Gap]:
    """Gaps with a word close to one edge that other rows have at the other edge."""
    found: dict[tuple[int, int], list[int]] = {}
    last = len(keys) - 1
    for row in range(keys.shape[1]):
        edges = _edges(keys, row)
        start, end = edges[:, 0], edges[:, 1]
        hit = np.zeros(len(edges), dtype=np.bool_)
        for step in range(3):
            for source, target in ((start - 1 - step, end - 1 - step), (end + step, start + step)):
                word = keys[np.clip(source, 0, last), row]
                there = keys[np.clip(target, 0, last)]
                hit |= (word != NOTHING) & (there == word[:, None]).any(axis=1)
        for s, e in edges[hit].tolist():
            found.setdefault((s, e), []).append(row)
    for (s, e), rows in sorted(found.items()):
        yield _Gap(s, e, tuple(rows))


def _gain(keys: Array, gap: _Gap) -> int:
    """The slide after which most words more agree with other rows, or 0."""
    rows = list(gap.rows)
    others = [row for row in range(keys.shape[1]) if row not in gap.rows]
    if bool((keys[gap.start : gap.end, rows] != NOTHING).any()):
        return 0  # an earlier slide has filled it
    best, shift = 0, 0
    for step in (-1, 1):
        gained = 0
        for far in range(min(FAR, gap.end - gap.start)):
            source = gap.start - 1 - far if step < 0 else gap.end + far
            target = gap.end - 1 - far if step < 0 else gap.start + far
            if not 0 <= source < len(keys) or bool((keys[source, rows] == NOTHING).any()):
                break
            own = keys[source, rows][:, None]
            gained += int((keys[target, others] == own).sum())
            gained -= int((keys[source, others] == own).sum())
            if gained > best:
                best, shift = gained, step * (far + 1)
    return shift


def _gaps(keys: Array) -> Iterator[_Gap]:
    """Gaps that might slide: the word at one edge stands again at the other, in other rows."""
    found: dict[tuple[int, int], list[int]] = {}
    common = keys.max(axis=1)  # any word of the column; ``_shifts`` looks closely
    for row in range(keys.shape[1]):
        here = np.concatenate(([False], keys[:, row] == NOTHING, [False]))
        edges = np.flatnonzero(here[1:] != here[:-1]).reshape(-1, 2)
        if not len(edges):
            continue
        start, end = edges[:, 0], edges[:, 1]
        before = keys[np.maximum(start - 1, 0), row]
        after = keys[np.minimum(end, len(keys) - 1), row]
        left = (start > 0) & (before == common[end - 1])
        right = (end < len(keys)) & (after == common[start])
        for s, e in edges[left | right].tolist():
            found.setdefault((s, e), []).append(row)
    for (s, e), rows in sorted(found.items()):
        yield _Gap(s, e, tuple(rows))


def _shifts(keys: Array, gap: _Gap) -> list[int]:
    """How far the gap can slide to the left (negative) and to the right."""
    rows = list(gap.rows)
    others = [row for row in range(keys.shape[1]) if row not in gap.rows]
    out = [0]
    for step in (-1, 1):
        shift = 0
        while True:
            source, target = (
                (gap.start - 1 + shift, gap.end - 1 + shift)
                if step < 0
                else (gap.end + shift, gap.start + shift)
            )
            if not (0 <= source < len(keys)) or not (0 <= target < len(keys)):
                break
            if not _same(keys[source, rows], keys[source, others], keys[target, others]):
                break
            shift += step
            out.append(shift)
    return out


def _same(own: Array, beside: Array, there: Array) -> bool:
    """One word in all of *own*, in what stands beside it, and in what stands at its new place."""
    word = own[0]
    if word == NOTHING or bool((own != word).any()):
        return False
    for cells in (beside, there):
        filled = cells[cells != NOTHING]
        if not len(filled) or bool((filled != word).any()):
            return False
    return True


def _best(symbols: Symbols, seen: Array, keys: Array, gap: _Gap) -> int:
    if bool((keys[gap.start : gap.end, list(gap.rows)] != NOTHING).any()):
        return 0  # an earlier slide has filled it
    shifts = _shifts(keys, gap)
    if len(shifts) == 1:
        return 0
    low, high = gap.start + min(shifts), gap.end + max(shifts)
    words = seen[low:high].max(axis=1)
    return max(
        shifts,
        key=lambda s: (_reads(symbols, words, gap.start + s - low, gap.end + s - low), s == 0, -s),
    )


def _reads(symbols: Symbols, words: Array, start: int, end: int) -> tuple[bool, int]:
    """How well the phrase reads: a whole clause; the rarity of its end over that of its start."""
    kind, weight = symbols.kind[words], symbols.weight[words]
    clause = bool(kind[end - 1] == MARK) and (start == 0 or bool(kind[start - 1] == MARK))
    return clause, 0 if clause else int(weight[end - 1]) - int(weight[start])


def _slide(cells: Array, gap: _Gap, shift: int) -> None:
    for row in gap.rows:
        if shift < 0:
            moved = cells[gap.start + shift : gap.start, row].copy()
            cells[gap.start + shift : gap.end + shift, row] = NOTHING
            cells[gap.end + shift : gap.end, row] = moved
        else:
            moved = cells[gap.end : gap.end + shift, row].copy()
            cells[gap.start + shift : gap.end + shift, row] = NOTHING
            cells[gap.start : gap.start + shift, row] = moved
