"""Many witnesses: readable goldens, the laws, and the kernel against plain Python."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from oracles import cheapest_alignment
from variorum import multiple
from variorum.collation import NOTHING, Collation, to_graph, to_table
from variorum.multiple import collate
from variorum.multiple.profiles import Profile, Symbols, fuse, leaf, merge, tally
from variorum.pairwise import KERNEL, chain
from variorum.tokens import Tokens

GOLDENS = Path(__file__).parent / "goldens" / "collation"


def tokens(words: list[str]) -> Tokens:
    """Ready-made tokens: words joined by spaces."""
    ends = np.cumsum([len(word) + 1 for word in words], dtype=np.int32) - 1
    starts = ends - np.array([len(word) for word in words], dtype=np.int32)
    return Tokens(" ".join(words), starts, ends, tuple(words))


def witnesses_of(path: Path) -> dict[str, Tokens]:
    """The witnesses of a golden: ``siglum: words`` a line."""
    out = {}
    for line in (path / "witnesses.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            siglum, _, words = line.partition(":")
            out[siglum] = tokens(words.split())
    return out


def drawn(collation: Collation) -> str:
    """The table as text, a row a witness, then its moves."""
    cells = [
        [collation.form(column, row) or "-" for column in range(len(collation))]
        for row in range(len(collation.sigla))
    ]
    widths = [max(map(len, column), default=1) for column in zip(*cells, strict=True)]
    lines = [
        f"{siglum:<3} " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
        for siglum, row in zip(collation.sigla, cells, strict=True)
    ]
    lines += [
        f"move {m.here.start}-{m.here.end} of {' '.join(m.sigla_here)}"
        f" is {m.there.start}-{m.there.end} of {' '.join(m.sigla_there)}"
        for m in collation.moves
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


@pytest.mark.parametrize("golden", sorted(GOLDENS.iterdir()), ids=lambda path: path.name)
def test_golden(golden: Path) -> None:
    """Each hard case gives the table an editor would want, as it stands in its folder."""
    found = drawn(collate(witnesses_of(golden)))
    expected = golden / "expected.txt"
    if os.environ.get("VARIORUM_ACCEPT"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("golden", sorted(GOLDENS.iterdir()), ids=lambda path: path.name)
def test_order_of_witnesses_does_not_matter(golden: Path) -> None:
    """Every order of the witnesses gives the same table and the same moves."""
    given_ = witnesses_of(golden)
    first = collate(given_)
    for order in permutations(given_):
        again = collate({siglum: given_[siglum] for siglum in order})
        assert again.sigla == first.sigla
        assert (again.table == first.table).all()
        assert again.moves == first.moves


WORDS = st.sampled_from(["the", "The", "cat", "cot", "of", "house", "home", ",", ".", "15", "16"])
ROWS = st.lists(WORDS, max_size=24)
MANY = st.dictionaries(st.sampled_from("ABCDE"), ROWS, min_size=1)


@given(MANY)
def test_every_witness_can_be_spelled(rows: Mapping[str, list[str]]) -> None:
    """The path of each witness through the table is that witness, word for word."""
    collation = collate({siglum: tokens(words) for siglum, words in rows.items()})
    for siglum, words in rows.items():
        assert list(collation.path(siglum)) == words


@given(MANY)
def test_table_to_graph_to_table_is_identity(rows: Mapping[str, list[str]]) -> None:
    """A collation's graph gives its table back."""
    collation = collate({siglum: tokens(words) for siglum, words in rows.items()})
    assert (to_table(to_graph(collation)) == collation.table).all()


@given(ROWS, st.integers(2, 5))
def test_copies_differ_nowhere(words: list[str], copies: int) -> None:
    """Identical witnesses have one column a word, and no gap."""
    collation = collate({f"W{i}": tokens(words) for i in range(copies)})
    assert collation.table.shape == (len(words), copies)
    assert not (collation.table == NOTHING).any()


def profiles_of(rows: list[list[str]]) -> tuple[Symbols, list[NDArray[np.int32]]]:
    """Symbols of some rows of words, and the rows as symbols."""
    forms = sorted({word for row in rows for word in row})
    number = {form: i for i, form in enumerate(forms)}
    counts = [sum(row.count(form) for row in rows) for form in forms]
    ids = [np.array([number[word] for word in row], dtype=np.int32) for row in rows]
    return Symbols.of(forms, counts, len(rows)), ids


def test_kernel_was_built() -> None:
    """The tests compare the kernel with plain Python, so they need a C compiler."""
    assert KERNEL is not None, "install gcc and the Python headers, then the package again"


def test_plain_way_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the kernel the whole collation gives the same."""
    rows = witnesses_of(GOLDENS / "repeated_words")
    fast = collate(rows)
    for name in ("merge", "fuse", "tally", "chain"):
        monkeypatch.setattr(multiple, name, partial(getattr(multiple, name), kernel=None))
    slow = collate(rows)
    assert (slow.table == fast.table).all()
    assert slow.moves == fast.moves


@given(st.lists(ROWS, min_size=3, max_size=3))
def test_kernel_equals_plain(rows: list[list[str]]) -> None:
    """Chain, merge, fuse and tally give the same in C and in plain Python."""
    symbols, ids = profiles_of(rows)
    links = chain(symbols.key[ids[0]], symbols.key[ids[1]])
    assert (links == chain(symbols.key[ids[0]], symbols.key[ids[1]], kernel=None)).all()
    a, b = leaf(ids[0]), leaf(ids[1])
    pairs = merge(symbols, a, b, links)
    assert (pairs == merge(symbols, a, b, links, kernel=None)).all()
    both = fuse(a, b, pairs)
    assert same(both, fuse(a, b, pairs, kernel=None))
    again = merge(symbols, both, leaf(ids[2]), NO_CHAIN)
    assert (again == merge(symbols, both, leaf(ids[2]), NO_CHAIN, kernel=None)).all()
    table = np.full((len(pairs), 2), NOTHING, dtype=np.int32)
    for side in range(2):
        there = pairs[:, side] >= 0
        table[there, side] = ids[side][pairs[there, side]]
    for skip in (-1, 0, 1):
        fast, slow = tally(table, skip=skip), tally(table, skip=skip, kernel=None)
        assert same(fast[0], slow[0])
        assert (fast[1] == slow[1]).all()


NO_CHAIN = np.zeros((0, 3), dtype=np.int32)


def same(a: Profile, b: Profile) -> bool:
    """Whether two profiles hold the same."""
    return a.members == b.members and all(
        (x == y).all() for x, y in zip(a.arrays, b.arrays, strict=True)
    )


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=5), st.lists(WORDS, max_size=5))
def test_merge_is_the_cheapest(a: list[str], b: list[str]) -> None:
    """Without anchors, merging two witnesses costs what the cheapest of all alignments costs."""
    symbols, ids = profiles_of([a, b])
    pairs = merge(symbols, leaf(ids[0]), leaf(ids[1]), NO_CHAIN)
    found = [(int(i), int(j)) for i, j in pairs]
    best, cost = cheapest_alignment(symbols, ids[0].tolist(), ids[1].tolist())
    assert cost(found) == best


def test_thirty_witnesses_agree_with_themselves() -> None:
    """With many witnesses, insertions of single ones leave the common text in its columns."""
    base = [f"word{i}" for i in range(200)]
    rows = {}
    for number in range(30):
        words = list(base)
        for place in range(number, 200, 37):
            words[place:place] = [f"own{number}x{place}"]
        rows[f"W{number:02d}"] = tokens(words)
    collation = collate(rows)
    full = (collation.table != NOTHING).all(axis=1)
    assert int(full.sum()) == len(base)
