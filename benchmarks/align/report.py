"""The tables of the benchmark: a row a set, the sums of each kind, each tool in full."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from attrs import frozen

from benchmarks.align.peers import Usage
from benchmarks.align.score import Score, Trust, bins, calibration_error

__all__ = ["Result", "details", "heading", "row", "sums", "told_in_csv"]

WIDE, CELL = 18, 17
NAMES = ("strict", "lax", "null P", "null R", "null F1", "move P", "move R", "ECE", "CPU s", "MB")


@frozen
class Result:
    """What a tool made of a set."""

    name: str
    tool: str
    score: Score
    trust: tuple[Trust, ...]
    usage: Usage


def heading(tools: Sequence[str]) -> str:
    """The first two lines of a table with a column a tool."""
    names = "".join(f" {tool:<{CELL}} |" for tool in tools)
    rule = "".join("-" * (CELL + 2) + "|" for _ in tools)
    return f"| {'set':<{WIDE}} |{names}\n|{'-' * (WIDE + 2)}|{rule}"


def row(name: str, results: Sequence[Result], tools: Sequence[str]) -> str:
    """A set: strict F1 / lax F1, and F1 of what stands alone."""
    known = {each.tool: _cell(each.score) for each in results}
    cells = "".join(f" {known.get(tool, '–'):<{CELL}} |" for tool in tools)
    return f"| {name:<{WIDE}} |{cells}"


def sums(results: Sequence[Result], tools: Sequence[str]) -> Iterator[str]:
    """A row for each kind of set that there are several of, and one for all."""
    kinds: dict[str, list[Result]] = {}
    for each in results:
        kinds.setdefault(kind(each.name), []).append(each)
    for name, group in kinds.items():
        if len({each.name for each in group}) > 1:
            yield row(f"all {name}", _pooled(group, tools), tools)
    if len(kinds) > 1:
        yield row("all", _pooled(results, tools), tools)


def kind(name: str) -> str:
    """What was done to a set: ``worn`` of ``ruth.worn``, ``hard`` of ``de-hard``."""
    _, dot, last = name.partition(".")
    return last if dot else name.partition("-")[2] or "plain"


def details(results: Sequence[Result], tools: Sequence[str]) -> Iterator[str]:
    """Each tool over all the sets in full, and how far its confidence can be trusted."""
    yield f"| {'all sets':<{WIDE}} |" + "".join(f" {name:<7} |" for name in NAMES)
    yield f"|{'-' * (WIDE + 2)}|" + "---------|" * len(NAMES)
    pooled = _pooled(results, tools)
    for each in pooled:
        yield f"| {each.tool:<{WIDE}} |" + "".join(f" {said:<7} |" for said in _figures(each))
    for each in pooled:
        if each.trust:
            yield ""
            yield f"confidence of {each.tool}: said → right (beads)"
            yield " · ".join(
                f"{group.said:.2f} → {group.right:.2f} ({group.number:,})"
                for group in bins(each.trust)
            )


def told_in_csv(results: Sequence[Result]) -> str:
    """A line a set and tool, with a heading."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["set", "tool", *NAMES])
    writer.writerows([each.name, each.tool, *_figures(each)] for each in results)
    return stream.getvalue()


def _pooled(results: Sequence[Result], tools: Sequence[str]) -> list[Result]:
    """The results of each tool as one: counts and CPU added, the most memory."""
    out = []
    for tool in tools:
        own = [each for each in results if each.tool == tool]
        if own:
            usage = Usage(sum(e.usage.cpu for e in own), max(e.usage.memory for e in own))
            trust = tuple(trust for each in own for trust in each.trust)
            out.append(Result("all", tool, sum((e.score for e in own), Score()), trust, usage))
    return out


def _cell(score: Score) -> str:
    return f"{_of(score.strict.f1)} / {_of(score.lax.f1)}  {score.nulls.f1:.2f}"


def _of(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


def _figures(each: Result) -> list[str]:
    score, moves = each.score, each.score.moves
    any_move = bool(moves.true + moves.false + moves.missed)
    return [
        _of(score.strict.f1),
        _of(score.lax.f1),
        _of(score.nulls.precision),
        _of(score.nulls.recall),
        _of(score.nulls.f1),
        _of(moves.precision) if any_move else "–",
        _of(moves.recall) if any_move else "–",
        _of(calibration_error(each.trust)) if each.trust else "–",
        f"{each.usage.cpu:.2f}",
        f"{each.usage.memory / 2**20:.0f}",
    ]
