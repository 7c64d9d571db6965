"""Sets with known truth: two files of sentences, a file of beads, and one of moves.

A set ``NAME`` in Albanian and English is four files, positions counted from 0::

    NAME.sq, NAME.en   one sentence a line, a blank line ends a turn (not counted)
    NAME.sqen          one bead a line, ``[0,1]:[2]``; one side empty: no counterpart
    NAME.moves         the beads that stand elsewhere, a line each; of two neighbours
                       that changed places both, in one line: either is the move
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

__all__ = ["Bead", "Line", "Set", "bead_of", "found", "read", "write"]

Bead = tuple[tuple[int, ...], tuple[int, ...]]
"""Positions of the source and of the target that render each other."""


@frozen
class Line:
    """A line of one side: what it says, the units that it is of, and its turn."""

    text: str
    units: tuple[int, ...]
    turn: int


@frozen
class Set:
    """Two texts in lines, and what is true of them."""

    name: str
    languages: tuple[str, str]
    source: tuple[Line, ...]
    target: tuple[Line, ...]
    gold: tuple[Bead, ...]
    moves: tuple[tuple[Bead, ...], ...] = ()


def write(made: Set, folder: Path) -> None:
    """The files of a set."""
    folder.mkdir(parents=True, exist_ok=True)
    one, other = made.languages
    for language, lines in ((one, made.source), (other, made.target)):
        (folder / f"{made.name}.{language}").write_text(_text(lines), "utf-8")
    gold = "".join(f"{_said(bead)}\n" for bead in made.gold)
    (folder / f"{made.name}.{one}{other}").write_text(gold, "utf-8")
    if made.moves:
        moves = "".join(" ".join(map(_said, group)) + "\n" for group in made.moves)
        (folder / f"{made.name}.moves").write_text(moves, "utf-8")


def _text(lines: Sequence[Line]) -> str:
    out, turn = [], lines[0].turn
    for line in lines:
        if line.turn != turn:
            out.append("\n")
            turn = line.turn
        out.append(f"{line.text}\n")
    return "".join(out)


def _said(bead: Bead) -> str:
    return ":".join("[" + ",".join(map(str, side)) + "]" for side in bead)


def bead_of(said: str) -> Bead:
    """The bead that a line like ``[0,1]:[2]`` says; what follows a further colon is ignored."""
    sides = [tuple(map(int, re.findall(r"\d+", side))) for side in said.split(":")[:2]]
    return sides[0], sides[1]


def found(folder: Path) -> Mapping[str, tuple[str, str]]:
    """The sets in a folder: name → its two languages."""
    out = {}
    for path in sorted(folder.iterdir()):
        tags = path.suffix.removeprefix(".")
        one, other = tags[: len(tags) // 2], tags[len(tags) // 2 :]
        if one and all((folder / f"{path.stem}.{tag}").exists() for tag in (one, other)):
            out[path.stem] = (one, other)
    return out


def read(folder: Path, name: str, languages: tuple[str, str]) -> Set:
    """A set read from its files."""
    source, target = (_lines(folder / f"{name}.{tag}") for tag in languages)
    gold = (folder / f"{name}.{''.join(languages)}").read_text("utf-8").split("\n")
    path = folder / f"{name}.moves"
    moves = path.read_text("utf-8").splitlines() if path.exists() else []
    return Set(
        name,
        languages,
        source,
        target,
        tuple(bead_of(line) for line in gold if line),
        tuple(tuple(map(bead_of, line.split())) for line in moves),
    )


def _lines(path: Path) -> tuple[Line, ...]:
    out: list[Line] = []
    turn = 0
    for said in path.read_text("utf-8").split("\n"):
        if said.strip():
            out.append(Line(said.strip(), (), turn))
        else:
            turn += bool(out) and out[-1].turn == turn
    return tuple(out)
