"""Character columns: what each copy has at each place, letter under letter.

The collation says which words belong together.  Columns of words in which all
agree are firm; what lies between firm columns is a *stretch*, aligned letter by
letter, spaces included, so that ``to day`` and ``today`` differ in one place::

    words      | of | to   day   | the |          letters   t o ␣ d a y
               | of | today   -  | the |                    t o · d a y
               | of | to   dav   | the |                    t o ␣ d a v
               firm └─ stretch ──┘ firm

Each stretch is preceded by an *edge*, the column in which copies say whether a
space stands before it.  A copy that has nothing in ``SILENCE`` columns of words
on end is *silent* there: it has dropped a passage, or the others have one too
many, and that is one question, not one for every letter.

A passage that stands elsewhere in some copies (lines read in another order) is
brought home first: its letters vote where most of the copies have it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from variorum.collation import NOTHING, Collation
from variorum.ocr.vote.copies import Copy
from variorum.ocr.vote.home import home

__all__ = ["GAP", "SILENT", "SPACE", "Columns", "columns"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Forms = list[str | None]
"""The readings in a column of words, one a copy."""

SPACE, GAP, SILENT = -1, -2, -3
"""In place of a unit: a space; nothing, while the copy goes on; no word at all."""

SILENCE = 3
"""So many words on end without a copy are no slip of division: two words run into one leave one
column, a word broken in three leaves two."""

ALIKE = 0.5
"""Two readings of one word share at least so much (Indel similarity); else the column may be out
of step, and is aligned together with its neighbours."""

LONGEST = 160
"""Characters of a stretch; a longer one is cut at its columns of words, so that time stays linear.
Two lines of type: no division of words goes so far."""


@frozen(eq=False)
class Columns:
    """Columns × copies of units, and the stretches they make.

    A cell is a unit of its copy, or ``SPACE``, ``GAP``, ``SILENT``.
    ``bounds`` are the first columns of the stretches, with the end as one
    more; the first column of a stretch is its edge.
    """

    cells: Ints
    bounds: Ints

    @property
    def edges(self) -> Flags:
        """Which columns are edges."""
        found = np.zeros(len(self.cells), dtype=np.bool_)
        found[self.bounds[:-1]] = True
        return found


def columns(collation: Collation, copies: Sequence[Copy], rank: Sequence[int]) -> Columns:
    """The character columns of *copies*, which are the rows of *collation*.

    *rank* lists the rows from the best to the worst: they are aligned in that order.
    """
    table = home(collation, rank)
    forms = [_forms(cells, copies) for cells in table]
    silent = _silent(table, forms)
    cells: list[list[int]] = []
    bounds = [0]
    for first, after in _stretches(forms, silent):
        cells += _stretch(table[first:after], silent[first], copies, rank)
        bounds.append(len(cells))
    found = np.array(cells, dtype=np.int64).reshape(-1, len(copies))
    return Columns(found, np.array(bounds, dtype=np.int64))


def _silent(table: NDArray[np.int32], forms: Sequence[Forms]) -> Flags:
    """Columns × rows: where a copy has nothing for a good while."""
    silent = np.zeros(table.shape, dtype=np.bool_)
    wordy = np.array([any(_has_letters(form) for form in here) for here in forms], dtype=np.int64)
    counted = np.concatenate(([0], np.cumsum(wordy)))
    for row in range(table.shape[1]):
        empty = np.concatenate(([False], table[:, row] == NOTHING, [False]))
        for start, end in np.flatnonzero(np.diff(empty)).reshape(-1, 2).tolist():
            silent[start:end, row] = counted[end] - counted[start] >= SILENCE
    return silent


def _has_letters(form: str | None) -> bool:
    return form is not None and any(map(str.isalnum, form))


def _stretches(forms: Sequence[Forms], silent: Flags) -> Iterator[tuple[int, int]]:
    """Ranges of columns of words that are aligned together."""
    alone = [
        all(form is not None or quiet for form, quiet in zip(here, hush, strict=True))
        and _alike(here)
        for here, hush in zip(forms, silent.tolist(), strict=True)
    ]
    agreed = [
        fine and len(set(here) - {None}) == 1 for fine, here in zip(alone, forms, strict=True)
    ]
    start = 0
    for at in range(1, len(forms) + 1):
        if at == len(forms) or _parted(at, alone, agreed, silent):
            yield from _bounded(start, at, forms)
            start = at


def _forms(cells: NDArray[np.int32], copies: Sequence[Copy]) -> Forms:
    return [
        None if token == NOTHING else copy.tokens.forms[token]
        for token, copy in zip(cells.tolist(), copies, strict=True)
    ]


def _alike(forms: Iterable[str | None]) -> bool:
    """Whether all readings of a column are forms of one word."""
    found = sorted({form for form in forms if form is not None})
    return all(Indel.normalized_similarity(found[0], form) >= ALIKE for form in found[1:])


def _parted(at: int, alone: Sequence[bool], agreed: Sequence[bool], silent: Flags) -> bool:
    """Whether a stretch ends before column *at*."""
    if bool((silent[at - 1] != silent[at]).any()) or agreed[at - 1] or agreed[at]:
        return True
    return alone[at - 1] and alone[at]


def _bounded(start: int, end: int, forms: Sequence[Forms]) -> Iterator[tuple[int, int]]:
    """A stretch, or its columns one by one where it is too long."""
    sizes = [max(len(form) for form in forms[at] if form is not None) for at in range(start, end)]
    if sum(sizes) <= LONGEST:
        yield start, end
    else:
        yield from ((at, at + 1) for at in range(start, end))


def _stretch(
    table: NDArray[np.int32], silent: Flags, copies: Sequence[Copy], rank: Sequence[int]
) -> list[list[int]]:
    """The character columns of one stretch, its edge first."""
    rows = [_row(table[:, row], copy) for row, copy in enumerate(copies)]
    keys = [
        tuple(" " if unit == SPACE else copy.keys[unit] for unit in row)
        for row, copy in zip(rows, copies, strict=True)
    ]
    edge = [
        SILENT if not row else SPACE if copy.spaced[row[0]] else GAP
        for row, copy in zip(rows, copies, strict=True)
    ]
    hushed = [bool(quiet) for quiet in silent]
    speaking = [row for row in rank if not hushed[row]]
    aligned = _aligned(list(dict.fromkeys(keys[row] for row in speaking)))
    out = [edge]
    for column in aligned:
        cells = [
            SILENT if hushed[row] else GAP if (at := column[keys[row]]) < 0 else rows[row][at]
            for row in range(len(rows))
        ]
        out.append(cells)
    return out


def _row(tokens: NDArray[np.int32], copy: Copy) -> list[int]:
    """The units of one copy in a stretch, with the spaces between its words."""
    out: list[int] = []
    for token in tokens[tokens != NOTHING].tolist():
        for unit in copy.units(token):
            if out and copy.spaced[unit]:
                out.append(SPACE)
            out.append(unit)
    return out


Keys = tuple[str, ...]


def _aligned(readings: Sequence[Keys]) -> list[dict[Keys, int]]:
    """Columns of positions, one for each different reading (-1: nothing there)."""
    first = readings[0]
    out = [{first: at} for at in range(len(first))]
    for new in readings[1:]:
        pairs = _path(out, new)
        known = list(out[0]) if out else list(readings[: readings.index(new)])
        blank = dict.fromkeys(known, -1)
        out = [{**(out[column] if column >= 0 else blank), new: at} for column, at in pairs]
    return out


def _path(profile: Sequence[dict[Keys, int]], new: Keys) -> list[tuple[int, int]]:
    """The cheapest pairing of columns with the characters of *new*, -1 for none."""
    held = [[key[at] if at >= 0 else "" for key, at in column.items()] for column in profile]
    drop = [sum(char != "" for char in column) / len(column) for column in held]
    costs = _costs(held, drop, new)
    i, j = len(held), len(new)
    path: list[tuple[int, int]] = []
    while i or j:
        here = costs[i][j]
        if i and j and here == costs[i - 1][j - 1] + _cost(held[i - 1], new[j - 1]):
            i, j = i - 1, j - 1
            path.append((i, j))
        elif i and here == costs[i - 1][j] + drop[i - 1]:
            i -= 1
            path.append((i, -1))
        else:
            j -= 1
            path.append((-1, j))
    return path[::-1]


def _costs(held: Sequence[Sequence[str]], drop: Sequence[float], new: Keys) -> list[list[float]]:
    """Least cost of aligning each beginning of the columns with each beginning of *new*."""
    costs = [[float(j) for j in range(len(new) + 1)]]
    for column, lost in zip(held, drop, strict=True):
        above = costs[-1]
        row = [above[0] + lost]
        matches = {char: _cost(column, char) for char in set(new)}
        for j, char in enumerate(new):
            row.append(min(above[j] + matches[char], above[j + 1] + lost, row[j] + 1))
        costs.append(row)
    return costs


def _cost(column: Sequence[str], char: str) -> float:
    """Mean distance of a character from those in a column."""
    return sum(_unlike(other, char) for other in column) / len(column)


def _unlike(a: str, b: str) -> float:
    """0 the same, ½ but for case, 1 another or none; a space or a point is never under a letter."""
    if a == b:
        return 0
    if a and _sort(a) != _sort(b):
        return 2
    return 0.5 if a and a.casefold() == b.casefold() else 1


@cache
def _sort(char: str) -> str:
    """Space, mark or letter."""
    if char == " ":
        return char
    return "mark" if unicodedata.category(char[0]).startswith("M") else "letter"
