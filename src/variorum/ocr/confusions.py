"""What was read for what: edits that touch are one confusion, counted with its context.

A ``rn`` read as ``m`` is two edits of Levenshtein's and one mistake of the eye.
So neighbouring edits are taken together, if they are short; what is long is no
confusion but text lost or invented, and is counted letter by letter::

    truth   b u r n t   c o r n e r          confusions   rn → m   2 times, 4 edits
    copy    b u m - t   c o m - e r

The edits of all confusions add up to the edits of the comparison, always.
``rate`` is how often the truth's letters were so misread where they occur;
``expected`` how often it would have happened if the letters put in were drawn
by their frequency in the copy: a confusion far above it is a trait of type,
page or engine.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from attrs import frozen

from variorum.ocr.distance import Op

__all__ = ["Confusion", "Group", "Tally", "block", "confusions", "groups", "tally"]

SHORT = 3
"""Letters on either side of the longest confusion; "in" for "m", "1ii" for "lii"."""

CONTEXTS = 5
"""Places shown of each confusion, the first in the order of the text."""

AROUND = 12
"""Letters of context on either side."""


@frozen
class Group:
    """Edits that touch: a stretch of the truth and what stands for it (letters)."""

    truth: tuple[int, int]
    copy: tuple[int, int]
    edits: int


@frozen
class Confusion:
    """Letters of the truth and letters of the copy; one of them may be nothing."""

    truth: str
    copy: str
    count: int
    edits: int
    rate: float | None  # of the truth's occurrences; nothing where it has no letters
    expected: float | None  # times by chance; for one letter read as one other
    contexts: tuple[tuple[str, str], ...]  # with its surroundings, in the truth and in the copy


@frozen
class Tally:
    """Edits by Unicode block, or category, of what was to be read and what was read."""

    truth: str
    copy: str
    edits: int


def groups(ops: Sequence[Op]) -> Iterator[Group]:
    """The edits, those that touch taken together as far as they are short."""
    held: list[Op] = []
    for op in [*ops, ("end", -9, -9)]:
        if held and not _touches(held[-1], op):
            yield from _grouped(held)
            held = []
        held.append(op)


def _touches(before: Op, after: Op) -> bool:
    tag, i, j = before
    return (after[1], after[2]) == (i + (tag != "insert"), j + (tag != "delete"))


def _grouped(held: Sequence[Op]) -> Iterator[Group]:
    last = held[-1]
    truth = (held[0][1], last[1] + (last[0] != "insert"))
    copy = (held[0][2], last[2] + (last[0] != "delete"))
    if max(truth[1] - truth[0], copy[1] - copy[0]) <= SHORT:
        yield Group(truth, copy, len(held))
        return
    for tag, i, j in held:
        yield Group((i, i + (tag != "insert")), (j, j + (tag != "delete")), 1)


def confusions(
    compared: Iterable[tuple[Sequence[str], Sequence[str], Sequence[Op]]],
) -> tuple[Confusion, ...]:
    """Confusions of several comparisons (letters of the truth, of the copy, edits), pooled.

    Those with the most edits first, then in the order of their letters.
    """
    counts: Counter[tuple[str, str]] = Counter()
    costs: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], list[tuple[str, str]]] = {}
    letters: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    wrong: Counter[str] = Counter()
    wholes: list[str] = []
    for truth, copy, ops in compared:
        letters[0].update(truth)
        letters[1].update(copy)
        wholes.append("".join(truth))
        wrong.update(truth[i] for tag, i, _ in ops if tag == "replace")
        for group in groups(ops):
            key = "".join(truth[slice(*group.truth)]), "".join(copy[slice(*group.copy)])
            counts[key] += 1
            costs[key] += group.edits
            places = where.setdefault(key, [])
            if len(places) < CONTEXTS:
                places.append((_around(truth, group.truth), _around(copy, group.copy)))
    chance = _Chance(letters, wrong, wholes)
    made = (
        Confusion(*key, counts[key], costs[key], *chance.of(key, counts[key]), tuple(where[key]))
        for key in counts
    )
    return tuple(sorted(made, key=lambda c: (-c.edits, c.truth, c.copy)))


def _around(letters: Sequence[str], place: tuple[int, int]) -> str:
    return "".join(letters[max(0, place[0] - AROUND) : place[1] + AROUND])


@frozen
class _Chance:
    """How often letters occur, and how often each is replaced at all."""

    letters: tuple[Counter[str], Counter[str]]
    wrong: Mapping[str, int]
    wholes: Sequence[str]

    def of(self, key: tuple[str, str], count: int) -> tuple[float | None, float | None]:
        """The rate among the truth's occurrences, and the count to be expected by chance."""
        truth, copy = key
        occurs = self.letters[0][truth] or sum(whole.count(truth) for whole in self.wholes)
        rate = count / occurs if truth and occurs else None
        others = self.letters[1].total() - self.letters[1][truth]
        drawn = truth in self.wrong and copy in self.letters[1] and others
        expected = self.wrong[truth] * self.letters[1][copy] / others if drawn else None
        return rate, expected


def tally(found: Iterable[Confusion], name: str) -> tuple[Tally, ...]:
    """Edits by ``"block"`` or ``"category"`` of the letters, the most first."""
    told = block if name == "block" else unicodedata.category
    counts: Counter[tuple[str, str]] = Counter()
    for confusion in found:
        counts[_told(confusion.truth, told), _told(confusion.copy, told)] += confusion.edits
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Tally(*key, edits) for key, edits in ordered)


def _told(letters: str, told: Callable[[str], str]) -> str:
    return " + ".join(sorted({told(char) for char in letters})) or "nothing"


@cache
def _blocks() -> tuple[list[int], list[int], list[str]]:
    first, last, names = [], [], []
    for line in (files(__package__) / "blocks.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            start, end, name = line.split(" ", 2)
            first.append(int(start, 16))
            last.append(int(end, 16))
            names.append(name)
    return first, last, names


def block(char: str) -> str:
    """The Unicode block of a character: "Basic Latin", "Greek and Coptic"."""
    first, last, names = _blocks()
    at = bisect_right(first, ord(char)) - 1
    return names[at] if at >= 0 and ord(char) <= last[at] else "no block"
