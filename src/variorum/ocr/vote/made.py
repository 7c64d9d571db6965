"""The made text: what won, in the lines and pages of the best copy, each token with its copies.

Characters come from the columns; white space, line-end hyphens and page breaks
from the *leader*, the best copy, so that the text can be read beside its page
images.  Where the leader has nothing, the next best copy gives its lines too::

    leader    the coun-⏎try␌of          made   the coun-⏎try ⏎great␌of
    another   the coun-⏎try⏎great␌of               │          └ put in, on its page
                                                   └ two of three have o, the leader a

Every page break of the leader stands in the made text, and no other.  Points and
accents on one letter, which vote in the order of NFC, come out in the order in
which the copies mostly write them.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import regex
from attrs import define, field, frozen
from numpy.typing import NDArray

from variorum.ocr.vote.channel import BLANK, NOTHING, Votes
from variorum.ocr.vote.columns import Columns
from variorum.ocr.vote.copies import Copy
from variorum.witness import PAGE_BREAK

__all__ = ["Made", "made"]

Ints = NDArray[np.int64]

_MARKED = regex.compile(r"(?<=\P{M})\p{M}{2,}")
_WHITE = regex.compile(r"[\s\x1c-\x1f]+")  # what ``str.isspace`` takes for space


@frozen(eq=False)
class Made:
    """The made text, and for each column where its character stands in it (-1: nowhere)."""

    text: str
    starts: Ints
    ends: Ints


def made(
    columns: Columns, votes: Votes, truth: Ints, copies: Sequence[Copy], rank: Sequence[int]
) -> Made:
    """The text of *truth* (one symbol a column); *rank* lists the copies, the leader first."""
    writer = _Writer(columns.cells, copies, rank, _pages(columns.cells, copies[rank[0]], rank[0]))
    spaced = False
    for column, symbol in enumerate(truth.tolist()):
        if symbol == BLANK:
            spaced = True
        elif symbol != NOTHING:
            writer.put(column, _givers(votes.symbols[column], symbol, rank)[0], spaced=spaced)
            spaced = False
    writer.close()
    return Made(_in_order("".join(writer.parts), copies), writer.starts, writer.ends)


def _in_order(text: str, copies: Sequence[Copy]) -> str:
    """*text* with the marks of a letter as the copies mostly order them, equal in NFC."""
    seen = Counter(pair for copy in copies for pair in _pairs(copy.text))
    return _MARKED.sub(lambda found: _ordered(found.group(), seen), text) if seen else text


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The marks of one letter two by two, as written."""
    for found in _MARKED.finditer(text):
        yield from combinations(found.group(), 2)


def _ordered(marks: str, seen: Counter[tuple[str, str]]) -> str:
    """*marks*, neighbours exchanged that mostly stand the other way round, where Unicode allows."""
    out = list(marks)
    for _ in marks:
        for at in range(len(out) - 1):
            a, b = out[at : at + 2]
            first, second = unicodedata.combining(a), unicodedata.combining(b)
            if first and second and first != second and seen[b, a] > seen[a, b]:
                out[at : at + 2] = b, a
    return "".join(out)


def _givers(symbols: Ints, symbol: int, rank: Sequence[int]) -> list[int]:
    return [row for row in rank if symbols[row] == symbol]


@define
class _Break:
    """Page breaks of the leader: the columns before and after them, and how they stand there."""

    after: int
    before: int
    joint: str


def _pages(cells: Ints, leader: Copy, row: int) -> list[_Break]:
    """The page breaks of the leader, in order."""
    there = np.flatnonzero(cells[:, row] >= 0)
    column = np.full(len(leader.keys) + 1, len(cells), dtype=np.int64)
    column[cells[there, row]] = there
    found: list[_Break] = []
    reached = 0
    for unit in range(len(leader.keys) + 1):
        joint = leader.joint(unit) if unit < len(leader.keys) else _tail(leader)
        if PAGE_BREAK in joint:
            reached = max(reached, int(column[unit]))
            found.append(_Break(int(column[unit - 1]) if unit else -1, reached, joint))
    return found


def _tail(copy: Copy) -> str:
    return copy.text[int(copy.ends[-1]) if len(copy.ends) else 0 :]


@define
class _Writer:
    """The made text under construction."""

    cells: Ints
    copies: Sequence[Copy]
    rank: Sequence[int]
    pages: list[_Break]
    parts: list[str] = field(factory=list)
    length: int = 0
    last: int = -1
    starts: Ints = field(init=False)
    ends: Ints = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.starts = np.full(len(self.cells), -1, dtype=np.int64)
        self.ends = np.full(len(self.cells), -1, dtype=np.int64)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def put(self, column: int, giver: int, *, spaced: bool) -> None:
        """The character of *column* as copy number *giver* has it, after its joint."""
        self._write(self._turned(column, self._joint(column, spaced=spaced)))
        copy, unit = self.copies[giver], int(self.cells[column, giver])
        self.starts[column] = self.length
        self._write(copy.written(unit))
        self.ends[column] = self.length
        self.last = column

    def close(self) -> None:
        """What the leader has behind its last character, and pages not yet turned."""
        tail = _tail(self.copies[self.rank[0]])
        due = sum(page.joint.count(PAGE_BREAK) for page in self.pages)
        self._write(PAGE_BREAK * (due - tail.count(PAGE_BREAK)) + tail)

    def _turned(self, column: int, joint: str) -> str:
        """*joint* with the page breaks that are due, and without others."""
        due = [page for page in self.pages if page.before <= column]
        if not due and self.pages and PAGE_BREAK in joint and self.pages[0].after < column:
            due = self.pages[:1]
        self.pages = self.pages[len(due) :]
        number = sum(page.joint.count(PAGE_BREAK) for page in due)
        if joint.count(PAGE_BREAK) == number:
            return joint
        if number:
            return "".join(page.joint for page in due)
        return joint.replace(PAGE_BREAK, "\n\n")

    def _joint(self, column: int, *, spaced: bool) -> str:
        """What stands before the character of *column*, as the best copy has it that can say."""
        if self.last < 0:
            return self._opening(column)
        here = [row for row in self.rank if self.cells[column, row] >= 0]
        both = [row for row in here if self.cells[self.last, row] >= 0]
        for row in (*both, *here):
            found = self._between(row, column)
            if (found is not None) and _is_space(found) == spaced:
                return found
        return " " if spaced else ""

    def _opening(self, column: int) -> str:
        for row in self.rank:
            if self.cells[column, row] >= 0:
                return max(_WHITE.findall(self.copies[row].joint(0)), key=_strength, default="")
        return ""

    def _between(self, row: int, column: int) -> str | None:
        """The layout between the last character put and *column*'s in one copy, scraps left out."""
        copy, unit = self.copies[row], int(self.cells[column, row])
        before = int(self.cells[self.last, row])
        joint = copy.joint(unit)
        if before < 0 or before >= unit - 1:
            return joint
        between = copy.text[int(copy.ends[before]) : int(copy.starts[unit])]
        return max(_WHITE.findall(between), key=_strength, default="")


def _is_space(joint: str) -> bool:
    return joint[:1].isspace()


def _strength(white: str) -> tuple[int, int, int]:
    """A page break is stronger than a paragraph's, that than a line's, that than a space."""
    return white.count(PAGE_BREAK), white.count("\n"), len(white)
