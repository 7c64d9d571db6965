"""Passages that stand elsewhere."""

from __future__ import annotations

import numpy as np

from test_multiple import tokens
from variorum.collation import Collation
from variorum.moves import passages
from variorum.multiple import collate

TEXT = (
    "our people love the guests because it is a heroic and wise people . "
    "the textile plant produces sixty million square metres each year . "
    "tito spent forty five dollars during his last trip to africa . "
    "the overthrow of that reign is not far off at all ."
).split()


def collated(*rows: list[str]) -> Collation:
    """A collation of rows of words."""
    return collate({"ABCDEF"[i]: tokens(row) for i, row in enumerate(rows)})


def moved() -> list[str]:
    """The text with its second sentence at the end."""
    cut = [i for i, word in enumerate(TEXT) if word == "."]
    start, end = cut[0] + 1, cut[1] + 1
    return TEXT[:start] + TEXT[end:] + TEXT[start:end]


def test_a_moved_sentence_is_one_move() -> None:
    """A sentence that stands elsewhere in one witness is found whole, word by word."""
    (move,) = collated(TEXT, TEXT, moved()).moves
    assert move.sigla_here == ("A", "B")
    assert move.sigla_there == ("C",)
    assert len(move.links) >= 10


def test_two_witnesses_may_share_a_move() -> None:
    """A sentence that two witnesses have elsewhere is one move, not two."""
    (move,) = collated(TEXT, moved(), TEXT, moved()).moves
    assert {move.sigla_here, move.sigla_there} == {("A", "C"), ("B", "D")}


def test_copies_have_no_moves() -> None:
    """Where nothing is loose nothing has moved."""
    assert collated(TEXT, TEXT, TEXT).moves == ()


def test_a_repeated_label_is_no_move() -> None:
    """A label lost in one place and there in another proves nothing."""
    label = ["comrade", "enver", "hoxha", ":"]
    with_labels = [*label, *TEXT[:14], *label, *TEXT[14:27], *label, *TEXT[27:]]
    lost = [*TEXT[:14], *label, *TEXT[14:27], *label, *TEXT[27:], *label]
    assert collated(with_labels, lost).moves == ()


def test_noise_does_not_hide_a_move() -> None:
    """A moved sentence is found through misread letters."""
    noisy = [w.replace("ll", "1l") if i % 3 else w.replace("e", "c") for i, w in enumerate(moved())]
    (move,) = collated(TEXT, TEXT, TEXT, noisy).moves
    assert move.sigla_there == ("D",) or move.sigla_here == ("D",)


def test_no_table_no_move() -> None:
    """An empty table has no moves."""
    assert passages(np.zeros((0, 2), dtype=np.int32), ()) == []
