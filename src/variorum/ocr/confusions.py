"""What was read for what: by single letters, and by the patterns that letters make.

Levenshtein's edits are single: a ``rn`` read as ``m`` is two of them, and one
mistake of the eye.  So edits are told twice, letter by letter, where the counts
add up to the edits of the comparison, always; and as *patterns*, where edits
that touch are taken together as far as they are short::

    truth   b u r n t   c o r n e r       confusions   r → m  2    n → nothing  2
    copy    b u m - t   c o m - e r       patterns     rn → m 2

``rate`` is how often a letter was so misread where it occurs; ``expected`` how
often it would have happened if the letters put in were drawn by their frequency
in the copy: a confusion far above that is a trait of type, page or engine.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from attrs import frozen

from variorum.ocr.distance import Op

__all__ = ["Confusion", "Counts", "Group", "Pattern", "Tally", "block", "confusions", "counted",
           "groups", "patterns", "pooled", "tally"]  # fmt: skip

SHORT = 3
"""Letters on either side of the longest pattern; "in" for "m", "1ii" for "lii"."""

CONTEXTS = 5
"""Places shown of each confusion, the first in the order of the text."""

AROUND = 12
"""Letters of context on either side."""

Pair = tuple[str, str]
"""Letters of the truth, letters of the copy; one of them may be nothing."""


@frozen
class Group:
    """Edits that touch: a stretch of the truth and what stands for it (letters)."""

    truth: tuple[int, int]
    copy: tuple[int, int]
    edits: int


@frozen
class Counts:
    """What one comparison says of its letters; adds up over pages (``pooled``).

    ``contexts`` show a pair where it stands, in the truth and in the copy.
    """

    pairs: tuple[tuple[Pair, int], ...]
    patterns: tuple[tuple[Pair, int], ...]
    contexts: tuple[tuple[Pair, tuple[Pair, ...]], ...]
    truth: Mapping[str, int]
    copy: Mapping[str, int]


@frozen
class Confusion:
    """A letter of the truth and the letter read for it; one of them may be nothing."""

    truth: str
    copy: str
    count: int
    rate: float | None  # of the letter's occurrences; nothing for what was added
    expected: float | None  # times by chance; for a letter read as another
    contexts: tuple[Pair, ...]


@frozen
class Pattern:
    """Several letters read as others, as one mistake."""

    truth: str
    copy: str
    count: int
    contexts: tuple[Pair, ...]


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
    for op in held:
        yield _alone(op)


def _alone(op: Op) -> Group:
    tag, i, j = op
    return Group((i, i + (tag != "insert")), (j, j + (tag != "delete")), 1)


def counted(truth: Sequence[str], copy: Sequence[str], ops: Sequence[Op]) -> Counts:
    """The letters of a comparison and its edits, counted."""
    contexts: dict[Pair, list[Pair]] = {}
    singles = _pairs(truth, copy, map(_alone, ops), contexts)
    several = (group for group in groups(ops) if group.edits > 1)
    made = _pairs(truth, copy, several, contexts)
    kept = tuple(sorted((pair, tuple(places)) for pair, places in contexts.items()))
    return Counts(_items(singles), _items(made), kept, Counter(truth), Counter(copy))


def _items(counts: Mapping[Pair, int]) -> tuple[tuple[Pair, int], ...]:
    return tuple(sorted(counts.items()))


def _pairs(
    truth: Sequence[str],
    copy: Sequence[str],
    found: Iterable[Group],
    contexts: dict[Pair, list[Pair]],
) -> Counter[Pair]:
    counts: Counter[Pair] = Counter()
    for group in found:
        pair = "".join(truth[slice(*group.truth)]), "".join(copy[slice(*group.copy)])
        counts[pair] += 1
        places = contexts.setdefault(pair, [])
        if len(places) < CONTEXTS:
            places.append((_around(truth, group.truth), _around(copy, group.copy)))
    return counts


def _around(letters: Sequence[str], place: tuple[int, int]) -> str:
    return "".join(letters[max(0, place[0] - AROUND) : place[1] + AROUND])


def pooled(found: Sequence[Counts]) -> Counts:
    """The counts of several comparisons, added; contexts from the first that have them."""
    if len(found) == 1:
        return found[0]
    pairs, made = Counter[Pair](), Counter[Pair]()
    truth, copy = Counter[str](), Counter[str]()
    contexts: dict[Pair, tuple[Pair, ...]] = {}
    for counts in found:
        pairs.update(dict(counts.pairs))
        made.update(dict(counts.patterns))
        truth.update(counts.truth)
        copy.update(counts.copy)
        for pair, places in counts.contexts:
            contexts[pair] = (*contexts.get(pair, ()), *places)[:CONTEXTS]
    return Counts(_items(pairs), _items(made), tuple(sorted(contexts.items())), truth, copy)


def confusions(counts: Counts) -> tuple[Confusion, ...]:
    """Letter by letter, the most frequent first; their counts add up to the edits."""
    wrong: Counter[str] = Counter()
    contexts = dict(counts.contexts)
    for (truth, copy), count in counts.pairs:
        wrong[truth] += count if truth and copy else 0
    letters = sum(counts.copy.values())
    made = []
    for (truth, copy), count in counts.pairs:
        others = letters - counts.copy.get(truth, 0)
        expected = wrong[truth] * counts.copy[copy] / others if truth and copy and others else None
        rate = count / counts.truth[truth] if truth else None
        made.append(Confusion(truth, copy, count, rate, expected, contexts.get((truth, copy), ())))
    return tuple(sorted(made, key=lambda c: (-c.count, c.truth, c.copy)))


def patterns(counts: Counts) -> tuple[Pattern, ...]:
    """Several letters read as others, the most frequent first."""
    contexts = dict(counts.contexts)
    made = (Pattern(*pair, count, contexts.get(pair, ())) for pair, count in counts.patterns)
    return tuple(sorted(made, key=lambda p: (-p.count, p.truth, p.copy)))


def tally(found: Iterable[Confusion], name: str) -> tuple[Tally, ...]:
    """Edits by ``"block"`` or ``"category"`` of the letters, the most first."""
    told = block if name == "block" else unicodedata.category
    counts: Counter[Pair] = Counter()
    for confusion in found:
        counts[_told(confusion.truth, told), _told(confusion.copy, told)] += confusion.count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Tally(*key, edits) for key, edits in ordered)


def _told(letters: str, told: Callable[[str], str]) -> str:
    return " + ".join(sorted({told(char) for char in letters})) or "nothing"


@cache
def _blocks() -> tuple[list[int], list[int], list[str]]:
    first, last, names = [], [], []
    for line in Path(__file__).with_name("blocks.txt").read_text("utf-8").splitlines():
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
