"""Scores of a collation against gold: aligned-token F1, VAR-F1, TC, moves.

F1 is micro-averaged over all pairs of witnesses.  VAR-F1 counts only pairs whose
compared forms differ (lower-cased, NFKD without combining marks, letters and digits
only); TC is the share of gold columns reproduced exactly.

A gold cell may hold several tokens of a witness.  Two such cells are paired token by
token where they hold equally many; where they do not, the gold does not say which
belongs with which, and pairs between the two are *undecided*: neither asked for nor
counted as false::

    gold column    A  Je  n'ai        A–B  Je–Je, n'ai–n'ai   asked for
                   B  Je  n'ai        A–C  Je–Jai, n'ai–Jai   undecided
                   C  Jai

Counted so, CollateX-Python 2.3 gets the figures published for it, to the last digit:
florilegium .9935 / .8905 / .950, besoin .9976 / .9506 / .976.  Pairing unequal cells
from the left gives it .9973 / .9537 on besoin, leaving their tokens out altogether
.9983 / .9506, taking every pair within a cell .972 / .344.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from attrs import frozen

from variorum.collation import NOTHING, Collation

__all__ = ["Columns", "Counts", "Score", "columns_of", "compared", "counted", "pairs_of", "scored"]

Columns = Mapping[str, Sequence[int]]
"""The column of each token, by siglum."""

Pair = tuple[int, int]
Cells = Mapping[int, Sequence[int]]


@frozen
class Counts:
    """Things found that are true, that are false, and true things missed; they add up."""

    true: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.true + other.true, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The true share of what was found; 1 where nothing was."""
        found = self.true + self.false
        return self.true / found if found else 1.0

    @property
    def recall(self) -> float:
        """The found share of what is true; 1 where nothing is."""
        wanted = self.true + self.missed
        return self.true / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; nothing against nothing is 1."""
        both = 2 * self.true + self.false + self.missed
        return 2 * self.true / both if both else 1.0


@frozen
class Score:
    """F1, VAR-F1 and TC, each from 0 to 1."""

    f1: float
    var_f1: float
    tc: float


def compared(form: str) -> str:
    """The form that the published figures compare; nothing is left of a mark."""
    bare = unicodedata.normalize("NFKD", form.lower())
    return "".join(c for c in bare if not unicodedata.combining(c) and c.isalnum())


def columns_of(collation: Collation) -> dict[str, list[int]]:
    """The column of each token, by siglum."""
    return {
        siglum: np.flatnonzero(collation.table[:, row] != NOTHING).tolist()
        for row, siglum in enumerate(collation.sigla)
    }


def counted(gold: set[Pair], found: set[Pair]) -> Counts:
    """How *found* does against *gold*."""
    both = len(gold & found)
    return Counts(both, len(found) - both, len(gold) - both)


def pairs_of(a: Sequence[int], b: Sequence[int]) -> set[Pair]:
    """Tokens of two witnesses that stand in one column, one token a cell."""
    place = {column: j for j, column in enumerate(b)}
    return {(i, place[column]) for i, column in enumerate(a) if column in place}


def scored(words: Mapping[str, Sequence[str]], gold: Columns, found: Columns) -> Score:
    """How the columns *found* for *words* do against the *gold* ones."""
    forms = {siglum: [compared(word) for word in row] for siglum, row in words.items()}
    every = varied = Counts()
    for a, b in combinations(sorted(words), 2):
        asked, undecided = _told(gold[a], gold[b])
        made = _zipped(_cells(found[a]), _cells(found[b])) - undecided
        every += counted(asked, made)
        differ = {(i, j) for i, j in asked | made if forms[a][i] != forms[b][j]}
        varied += counted(asked & differ, made & differ)
    wanted = _whole(gold)
    return Score(every.f1, varied.f1, len(wanted & _whole(found)) / len(wanted))


def _cells(columns: Sequence[int]) -> dict[int, list[int]]:
    cells: dict[int, list[int]] = {}
    for index, column in enumerate(columns):
        cells.setdefault(column, []).append(index)
    return cells


def _zipped(a: Cells, b: Cells) -> set[Pair]:
    """The n-th token of a cell with the n-th of the other witness's cell."""
    return {
        pair for column in a.keys() & b.keys() for pair in zip(a[column], b[column], strict=False)
    }


def _told(a: Sequence[int], b: Sequence[int]) -> tuple[set[Pair], set[Pair]]:
    """The pairs that gold asks for, and those it leaves undecided."""
    ours, theirs = _cells(a), _cells(b)
    uneven = {c for c in ours.keys() & theirs.keys() if len(ours[c]) != len(theirs[c])}
    asked = _zipped({c: cell for c, cell in ours.items() if c not in uneven}, theirs)
    return asked, {(i, j) for c in uneven for i in ours[c] for j in theirs[c]}


def _whole(columns: Columns) -> set[frozenset[tuple[str, int]]]:
    found: dict[int, set[tuple[str, int]]] = {}
    for siglum, places in columns.items():
        for index, column in enumerate(places):
            found.setdefault(column, set()).add((siglum, index))
    return {frozenset(column) for column in found.values()}
