"""Slow, obvious versions of what the package does cleverly, one section a room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from variorum.aligners.across_languages.programme import HARDLY, LONE, PRICE
from variorum.aligners.across_languages.steps import PAIRS, SHAPES, Steps
from variorum.multiple.profiles import COSTS, MARK, Symbols
from variorum.text import Derived, Edit, Span

# ---- text: edits and the mapping between base and result ----------------------------------


def edited(text: str, edits: Iterable[Edit]) -> str:
    """*text* with each edit made; insertions at one place in the order given."""
    out = ""
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        out += text[at : edit.span.start] + edit.replacement
        at = edit.span.end
    return out + text[at:]


def base_of(derived: Derived, at: int) -> Span:
    """What the character *at* of the result came from: itself, or the whole of a changed run."""
    for run in derived.runs:
        if run.result.start <= at < run.result.end:
            if run.rules:
                return run.base
            start = run.base.start + at - run.result.start
            return Span(start, start + 1)
    raise IndexError(at)


def result_of(derived: Derived, at: int) -> Span:
    """What the character *at* of the base became."""
    for run in derived.runs:
        if run.base.start <= at < run.base.end:
            if run.rules:
                return run.result
            start = run.result.start + at - run.base.start
            return Span(start, start + 1)
    raise IndexError(at)


def hull(spans: Iterable[Span]) -> Span:
    """From the first start to the last end."""
    found = list(spans)
    return Span(min(span.start for span in found), max(span.end for span in found))


# --- alignment -------------------------------------------------------------------------------


def edit_distance(a: Sequence[object], b: Sequence[object]) -> int:
    """Levenshtein's distance by the textbook table."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        corner, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (x != y))
    return row[-1]


Pairs = list[tuple[int, int]]


def cheapest_alignment(
    symbols: Symbols, a: list[int], b: list[int]
) -> tuple[int, Callable[[Pairs], int]]:
    """The least cost of all alignments of two short rows, and what any alignment costs."""

    def like(x: int, y: int) -> int:
        one, another = symbols.keys[x], symbols.keys[y]
        distance = edit_distance(one, another)
        longer, other = max(len(one), len(another)), abs(len(one) - len(another))
        kin = distance < 2 or 1000 - 500 * (2 * distance + other) // longer >= COSTS.chance
        return 1000 - 1000 * distance // longer if kin else 0

    def pair(x: int, y: int) -> int:
        both = int(symbols.weight[x] + symbols.weight[y])
        marks = int(symbols.kind[x] == MARK) + int(symbols.kind[y] == MARK)
        if symbols.key[x] == symbols.key[y]:
            return 0 if x == y else COSTS.same_key * both
        if marks:
            return (COSTS.marks if marks == 2 else 1000 + COSTS.pairing) * both
        numbers = symbols.keys[x].isdecimal() and symbols.keys[y].isdecimal()
        likeness = max(like(x, y), COSTS.numbers) if numbers else like(x, y)
        return (1000 - likeness) * (both - COSTS.pairing)

    def cost(pairs: Pairs) -> int:
        total, before = 0, "pair"
        for i, j in pairs:
            state = "pair" if i >= 0 and j >= 0 else "a" if i >= 0 else "b"
            if state == "pair":
                total += pair(a[i], b[j])
            else:
                word = a[i] if state == "a" else b[j]
                total += 1000 * int(symbols.weight[word])
                total += 1000 * COSTS.open * (state != before)
            before = state
        return total

    def all_alignments(i: int, j: int) -> Iterator[Pairs]:
        if i == len(a) and j == len(b):
            yield []
        if i < len(a) and j < len(b):
            yield from ([(i, j), *rest] for rest in all_alignments(i + 1, j + 1))
        if i < len(a):
            yield from ([(i, -1), *rest] for rest in all_alignments(i + 1, j))
        if j < len(b):
            yield from ([(-1, j), *rest] for rest in all_alignments(i, j + 1))

    return min(map(cost, all_alignments(0, 0))), cost


# ---- rules: misread words ------------------------------------------------------------------


def mended_word(
    word: str, read: Mapping[str, Sequence[str]], words: Sequence[str], most: int
) -> str:
    """*word*, or the one of *words* that it becomes by undoing at most so many misreadings.

    Every subset of all (place, misreading) is tried that leaves a letter of
    the word; ``read`` says of each letter what it was read as.
    """
    if word.lower() in words or not any(char.isalpha() for char in word):
        return word
    places = [
        (at, wrong, right)
        for right, others in read.items()
        for wrong in others
        for at in range(len(word))
        if word[at:].startswith(wrong) and wrong.lower() != right.lower()
    ]
    found = set()
    for number in range(1, most + 1):
        for chosen in combinations(sorted(places), number):
            letters = list(word)
            free = set(range(len(word)))
            for at, wrong, right in chosen:
                letters[at : at + len(wrong)] = [right] + [""] * (len(wrong) - 1)
                free -= set(range(at, at + len(wrong)))
            apart = len(free) == len(word) - sum(len(wrong) for _, wrong, _ in chosen)
            if apart and free:
                found.add("".join(letters))
    known = {form for form in found if form.lower() in words}
    return known.pop() if len(known) == 1 else word


# ---- aligning across languages: every way through two texts ---------------------------------


def ways(
    steps: Steps, weights: NDArray[np.float64]
) -> list[tuple[tuple[tuple[int, int, int, int], ...], float]]:
    """Every alignment of two small texts, as steps (i, j, a, b), with its score.

    Between the same neighbours the source's sentences are left over before the target's.
    """
    n, m = steps.size
    pairs, lone = weights[: len(PAIRS)], weights[len(PAIRS) :]
    alone = (lone @ steps.alone(0), lone @ steps.alone(1))
    score = {
        (i, j, a, b): float(pairs @ steps.row(i, j, j + 1)[:, number, 0])
        for i in range(n)
        for j in range(m)
        for number, (a, b) in enumerate(SHAPES)
        if i + a <= n and j + b <= m
    }
    score |= {(i, j, 1, 0): float(alone[0][i]) for i in range(n) for j in range(m + 1)}
    score |= {(i, j, 0, 1): float(alone[1][j]) for i in range(n + 1) for j in range(m)}

    def onward(i: int, j: int, after: bool) -> list[tuple[tuple[int, int, int, int], ...]]:
        if (i, j) == (n, m):
            return [()]
        out: list[tuple[tuple[int, int, int, int], ...]] = []
        for step in (each for each in score if each[:2] == (i, j)):
            if not (after and step[3] == 0):
                rest = onward(i + step[2], j + step[3], step[2] == 0)
                out += [(step, *more) for more in rest]
        return out

    return [(way, sum(score[step] for step in way)) for way in onward(0, 0, False)]


def expected(
    shares: Mapping[tuple[int, int, int, int], float],
) -> Callable[[tuple[int, int, int, int]], float]:
    """What a step is worth: its share less its price; one left over is so wherever it stands."""

    def worth(step: tuple[int, int, int, int]) -> float:
        i, j, a, b = step
        if a and b:
            return shares.get(step, 0.0) - PRICE
        same = (s for s in shares if (s[2], s[3]) == (a, b) and (s[0] == i if a else s[1] == j))
        share = sum(shares[each] for each in same)
        return share - LONE - (share < HARDLY)

    return worth
