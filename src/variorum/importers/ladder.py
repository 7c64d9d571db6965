"""Ladders and lists of numbers: what sentence aligners write.

hunalign's ladder has a rung a line, the numbers of sentences that stand before
it; between two rungs is a pair.  vecalign and Bertalign list the numbers::

    0 ⇥ 0 ⇥ 0.9      sentence 0 – 0                [0]:[0]:0.1560
    1 ⇥ 1 ⇥ 0.4      sentence 1 – 1 and 2          [1]:[1, 2]:0.3012
    2 ⇥ 3 ⇥ 0        sentence 2 – none             [2]:[]:0.0
    3 ⇥ 3

There are no words to compare, so the file must speak of every sentence of both
texts.  Numbers count lines: align the same files with ``--segmented``.  A ladder
made by hand has spaces where the program writes tabs; one with rungs filtered out
still begins at 0 0 and ends at the end of both texts, and its pairs are then
coarser, not wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from variorum.aligners import Side
from variorum.errors import ImporterError, ReadingError
from variorum.importers import Said
from variorum.readers import decode

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "ladder"
VERSION = "1"

_SCORE = r"[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+|nan|inf)"
_RUNG = regex.compile(rf"(\d{{1,9}})[ \t]+(\d{{1,9}})(?:[ \t]+{_SCORE})?\s*")
_LIST = regex.compile(rf"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\](?:\s*:\s*{_SCORE})?\s*")

_BEYOND = "numbers more sentences than any text has"


def recognise(name: str, data: bytes) -> str:
    """Take lines of two numbers, the first of them nought, or lines of two lists of numbers."""
    try:
        lines = _lines(name, data)
    except ReadingError as error:
        return error.what
    first = lines[0][1] if lines else ""
    rung = _RUNG.fullmatch(first)
    if _LIST.fullmatch(first) or (rung and int(rung[1]) == int(rung[2]) == 0):
        return ""
    return "the first line is neither a rung 0 0 nor two lists of numbers"


def read(name: str, data: bytes, source: Side, target: Side) -> Iterator[Said]:
    """The pairs between rungs, or those listed.

    Raises ``ImporterError`` where a line is neither, where rungs cross, and where
    the sentences are not those of the two texts.
    """
    lines = _lines(name, data)
    lists = _LIST.fullmatch(lines[0][1]) is not None
    said = _listed(name, lines) if lists else _between(name, _rungs(name, lines))
    _whole(name, said, source, target)
    yield from said


def _lines(name: str, data: bytes) -> list[tuple[int, str]]:
    """The lines that hold something, with their numbers."""
    text, _ = decode(name, data)
    lines = enumerate(regex.split(r"\r\n|\n|\r", text), 1)
    return [(number, line) for number, line in lines if line.strip()]


def _faulty(name: str, line: int, what: str) -> ImporterError:
    return ImporterError(what, place=f"{name}:{line}", remedy="export the alignment again")


def _listed(name: str, lines: Sequence[tuple[int, str]]) -> list[Said]:
    out = []
    for number, line in lines:
        match = _LIST.fullmatch(line)
        if match is None:
            raise _faulty(name, number, "is no two lists of numbers, like [0]:[0, 1]:0.25")
        lists = [regex.findall(r"\d+", each) for each in match.groups()]
        if any(len(digits) > 9 for each in lists for digits in each):
            raise _faulty(name, number, _BEYOND)
        one, other = (tuple(map(int, each)) for each in lists)
        out.append(Said(number, one, other))
    return out


def _rungs(name: str, lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, int]]:
    low = (0, 0)
    for number, line in lines:
        match = _RUNG.fullmatch(line)
        if match is None:
            raise _faulty(name, number, "is no rung: two numbers and perhaps a score")
        rung = (int(match[1]), int(match[2]))
        if rung[0] < low[0] or rung[1] < low[1]:
            raise _faulty(name, number, f"the rung {rung[0]} {rung[1]} crosses the one before it")
        yield (number, *rung)
        low = rung


def _between(name: str, rungs: Iterator[tuple[int, int, int]]) -> list[Said]:
    """A pair for each two rungs, told with the line of the first."""
    steps = list(rungs)
    limit = 10**7  # of sentences: a rung far beyond both texts is refused without counting there
    if steps[-1][1] > limit or steps[-1][2] > limit:
        raise _faulty(name, steps[-1][0], _BEYOND)
    return [
        Said(line, tuple(range(one, one_end)), tuple(range(other, other_end)))
        for (line, one, other), (_, one_end, other_end) in pairwise(steps)
        if one < one_end or other < other_end
    ]


def _whole(name: str, said: Sequence[Said], source: Side, target: Side) -> None:
    """Numbers alone are believed only if they are all those of the two texts."""
    told = (
        {n for each in said for n in each.source if isinstance(n, int)},
        {n for each in said for n in each.target if isinstance(n, int)},
    )
    for held, side in zip(told, (source, target), strict=True):
        if held != set(range(len(side.sentences))):
            count = max(held) + 1 if held else 0
            raise ImporterError(
                f"speaks of {count:,} sentences, {len(held):,} of them named, where {side.file}"
                f" has {len(side.sentences):,}",
                place=name,
                remedy="name the files it was made from, with --segmented (an empty line is no"
                " sentence there)",
            )
