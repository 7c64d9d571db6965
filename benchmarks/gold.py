"""Gold collations: ours and the peer's scores, and whether the witnesses' order matters.

A gold file is ``{"witnesses": {siglum: [token, …]}, "gold": {siglum: [column of each
token, …]}}``; the tokens go in as they are.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from attrs import frozen

from benchmarks.score import Columns, Score, columns_of, scored
from variorum.collation import Collation
from variorum.multiple import collate
from variorum.tokens import Tokens

__all__ = ["Gold", "ours", "same_in_every_order", "theirs", "tokens_of"]

Words = Mapping[str, Sequence[str]]


@frozen
class Gold:
    """Witnesses as tokens, and the column of each token, by siglum."""

    words: Words
    columns: Columns

    @classmethod
    def of(cls, path: Path) -> Gold:
        """The gold collation in a file."""
        told = json.loads(path.read_text(encoding="utf-8"))
        return cls(told["witnesses"], told["gold"])


def tokens_of(words: Sequence[str]) -> Tokens:
    """Ready-made tokens: words joined by spaces, compared as they are."""
    ends = np.cumsum([len(word) + 1 for word in words], dtype=np.int32) - 1
    starts = ends - np.array([len(word) for word in words], dtype=np.int32)
    return Tokens(" ".join(words), starts, ends, tuple(words))


def ours(gold: Gold) -> Score:
    """How ``collate`` does."""
    return scored(gold.words, gold.columns, columns_of(_collated(gold.words)))


def theirs(gold: Gold, columns: Columns) -> Score:
    """How somebody else's columns do."""
    return scored(gold.words, gold.columns, columns)


def same_in_every_order(gold: Gold, orders: int) -> bool:
    """Whether one table and one list of moves comes of each of so many shuffled orders."""
    rng = random.Random(1)
    first = _collated(gold.words)
    for _ in range(orders):
        sigla = rng.sample(list(gold.words), len(gold.words))
        again = _collated({siglum: gold.words[siglum] for siglum in sigla})
        if not np.array_equal(again.table, first.table) or again.moves != first.moves:
            return False
    return True


def _collated(words: Words) -> Collation:
    return collate({siglum: tokens_of(row) for siglum, row in words.items()})
