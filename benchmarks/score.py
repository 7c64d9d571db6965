"""Scores of a collation against gold: aligned-token F1, VAR-F1, TC, moves, turns.

F1 is micro-averaged over witness pairs.  VAR-F1 counts only pairs whose compared
forms differ (lower-cased, NFKD without combining marks, letters and digits only);
TC is the share of gold columns reproduced exactly.

Some gold columns hold several tokens of a witness.  How they are counted decides a
figure by some thousandths; here the n-th token of a cell belongs with the n-th of
the other cells, which stands closest to the figures published for CollateX.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from variorum.collation import NOTHING, Collation

__all__ = ["columns_of", "compared", "f1", "pairs_of", "scores"]

Columns = Mapping[str, Sequence[int]]
Pair = tuple[int, int]


def compared(form: str) -> str:
    """The form that the published figures compare."""
    bare = unicodedata.normalize("NFKD", form.lower())
    return "".join(c for c in bare if not unicodedata.combining(c) and c.isalnum())


def columns_of(collation: Collation) -> dict[str, list[int]]:
    """The column of each token, by siglum."""
    out = {}
    for row, siglum in enumerate(collation.sigla):
        out[siglum] = np.flatnonzero(collation.table[:, row] != NOTHING).tolist()
    return out


def pairs_of(a: Sequence[int], b: Sequence[int]) -> set[Pair]:
    """Tokens of two witnesses in one column; of several in a cell the n-th with the n-th."""
    places: dict[int, list[int]] = {}
    for j, column in enumerate(b):
        places.setdefault(column, []).append(j)
    seen: dict[int, int] = {}
    out = set()
    for i, column in enumerate(a):
        nth = seen.get(column, 0)
        seen[column] = nth + 1
        if nth < len(places.get(column, ())):
            out.add((i, places[column][nth]))
    return out


def f1(true: int, false: int, missed: int) -> float:
    """The harmonic mean of precision and recall; nothing against nothing is 1."""
    return 2 * true / (2 * true + false + missed) if true + false + missed else 1.0


def scores(
    words: Mapping[str, Sequence[str]], gold: Columns, found: Columns
) -> tuple[float, float, float]:
    """F1, VAR-F1 and TC."""
    forms = {siglum: [compared(word) for word in words[siglum]] for siglum in words}
    counts = np.zeros((2, 3), dtype=np.int64)
    for a, b in combinations(sorted(words), 2):
        g, p = pairs_of(gold[a], gold[b]), pairs_of(found[a], found[b])
        for line, (x, y) in enumerate(((g, p), (_varied(g, forms, a, b), _varied(p, forms, a, b)))):
            counts[line] += len(x & y), len(y - x), len(x - y)
    wanted, made = _whole(gold), _whole(found)
    exact = len(wanted & made) / len(wanted)
    return f1(*map(int, counts[0])), f1(*map(int, counts[1])), exact


def _varied(pairs: set[Pair], forms: Mapping[str, Sequence[str]], a: str, b: str) -> set[Pair]:
    return {(i, j) for i, j in pairs if forms[a][i] != forms[b][j]}


def _whole(columns: Columns) -> set[frozenset[tuple[str, int]]]:
    found: dict[int, set[tuple[str, int]]] = {}
    for siglum, places in columns.items():
        for index, column in enumerate(places):
            found.setdefault(column, set()).add((siglum, index))
    return {frozenset(column) for column in found.values()}
