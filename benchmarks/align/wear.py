"""Make a set harder than the text it is of, and keep the truth.

A unit (a paragraph, a verse) is cut on one side only, so that the least true bead is
known; then units are merged, dropped and moved, and at last letters are worn::

    unit 7   Kushdo ka të drejtë …        Everyone has the right …,     cut: 1 to 2
                                          including food …
    unit 8   Nënat dhe fëmijët …, ┐
    unit 9   Kushdo ka të drejtë …┘       two lines                     merged: 1 to 2
    unit 10  Arsimi duhet të jetë …       (nothing)                     dropped

Beads are read off at the end: lines that share a unit belong together, and nothing
else does.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, field, frozen

from benchmarks.align.sets import Bead, Line, Set

__all__ = ["Labels", "Unit", "Wear", "worn"]

SENTENCE = r"[.!?;:…。！？；：؛؟·׃](?:[”’\"»)]*)"
CLAUSE = r"[,،，、]"
LEAST = 14
"""Letters that a piece has at least (a third of it in scripts without spaces)."""


@frozen
class Unit:
    """What renders each other whole; ``speaker`` is a place in ``Labels``."""

    source: str
    target: str
    turn: int = 0
    speaker: int | None = None


@frozen
class Labels:
    """How the speakers of either side are announced, in one order."""

    source: tuple[str, ...]
    target: tuple[str, ...]


@frozen
class Wear:
    """What is done to the units: shares of units, turns (``lost``) or letters (``noise``).

    ``far`` moves a unit past three to seven others.
    """

    split: float = 0.4
    clauses: float = 0.25
    merge: float = 0.08
    drop: float = 0.09
    swap: float = 0.0
    far: float = 0.0
    lost: float = 0.0
    noise: float = 0.0
    fold: bool = False


@frozen
class _Block:
    """The lines of one unit, or of units joined by a merge, on either side."""

    source: tuple[Line, ...]
    target: tuple[Line, ...]
    merged: bool = field(default=False, kw_only=True)


def worn(
    name: str,
    languages: tuple[str, str],
    units: Sequence[Unit],
    wear: Wear,
    labels: Labels | None = None,
    *,
    seed: str = "",
) -> Set:
    """A set made of *units*; what happens to which is drawn from *seed*, or else from the name."""
    rng = random.Random(f"variorum parallel {seed or name}")
    blocks = [_cut(number, unit, wear, rng) for number, unit in enumerate(units)]
    blocks = _dropped(_merged(blocks, wear, rng), wear, rng)
    order, moved = _moved(blocks, wear, rng)
    sides = (
        [line for block in blocks for line in block.source],
        [line for place in order for line in blocks[place].target],
    )
    gold = _beads(*sides)
    moves = tuple(
        tuple(b for n in group for b in gold if _holds(b, blocks[n], sides)) for group in moved
    )
    source, target = (_settled(side) for side in sides)
    if labels:
        source = _labelled(source, units, labels.source, wear, rng)
        target = _labelled(target, units, labels.target, wear, rng)
    source = _noisy(source, wear, rng)
    return Set(name, languages, source, target, gold, moves)


def _cut(number: int, unit: Unit, wear: Wear, rng: random.Random) -> _Block:
    """One side of the unit in pieces, or neither."""
    cut = rng.random() < wear.split
    which = rng.random() < 0.5
    sides = []
    for text, here in ((unit.source, which), (unit.target, not which)):
        pieces = _pieces(text, wear, rng) if cut and here else [text]
        sides.append(tuple(Line(piece, (number,), unit.turn) for piece in pieces if piece))
    return _Block(*sides)


def _pieces(text: str, wear: Wear, rng: random.Random) -> list[str]:
    """A text cut at some of its sentence ends, and at fewer of its commas."""
    spaced = " " in text.strip()
    least = LEAST if spaced else LEAST // 3
    out, start = [], 0
    for match in re.finditer(rf"(?:{SENTENCE}|{CLAUSE})" + (r"\s+" if spaced else ""), text):
        chance = 0.75 if re.match(SENTENCE, match.group()) else wear.clauses
        piece, rest = text[start : match.end()].strip(), text[match.end() :].strip()
        if rng.random() < chance and len(piece) >= least and len(rest) >= least:
            out.append(piece)
            start = match.end()
    return [*out, text[start:].strip()]


def _merged(blocks: Sequence[_Block], wear: Wear, rng: random.Random) -> list[_Block]:
    """Some neighbours of one turn joined on one side: last line of one, first of the next."""
    out: list[_Block] = []
    for block in blocks:
        chosen, which = rng.random() < wear.merge, rng.random() < 0.5
        last = out[-1] if out else None
        if not chosen or last is None or not _mergeable(last, block):
            out.append(block)
            continue
        if which:
            source, target = _joined(last.source, block.source), last.target + block.target
        else:
            source, target = last.source + block.source, _joined(last.target, block.target)
        out[-1] = _Block(source, target, merged=True)
    return out


def _mergeable(one: _Block, other: _Block) -> bool:
    whole = one.source and one.target and other.source and other.target
    return bool(whole) and not one.merged and one.source[-1].turn == other.source[0].turn


def _joined(one: Sequence[Line], other: Sequence[Line]) -> tuple[Line, ...]:
    space = " " if " " in one[-1].text + other[0].text else ""
    line = Line(one[-1].text + space + other[0].text, one[-1].units + other[0].units, one[-1].turn)
    return (*one[:-1], line, *other[1:])


def _dropped(blocks: Sequence[_Block], wear: Wear, rng: random.Random) -> list[_Block]:
    """Some units without their lines on one side."""
    out = []
    for block in blocks:
        chosen, which = rng.random() < wear.drop, rng.random() < 0.5
        if chosen and not block.merged:
            block = evolve(block, source=()) if which else evolve(block, target=())
        out.append(block)
    return out


def _moved(
    blocks: Sequence[_Block], wear: Wear, rng: random.Random
) -> tuple[list[int], list[tuple[int, ...]]]:
    """The order of the blocks on the target's side, and which of them moved, by group."""
    order = list(range(len(blocks)))
    moved: list[tuple[int, ...]] = []
    place = 1
    while place < len(blocks) - 8:
        luck, step = rng.random(), rng.randint(3, 7)
        whole = [bool(blocks[n].source and blocks[n].target) for n in range(place, place + 2)]
        if luck < wear.swap and all(whole):
            order[place : place + 2] = [place + 1, place]
            moved.append((place, place + 1))
            place += 3
        elif wear.swap <= luck < wear.swap + wear.far and whole[0]:
            order[place : place + step] = [*range(place + 1, place + step), place]
            moved.append((place,))
            place += step + 2
        else:
            place += 1
    return order, moved


def _beads(source: Sequence[Line], target: Sequence[Line]) -> tuple[Bead, ...]:
    """Lines that share a unit, by way of others too, are one bead; others stand alone."""
    root: dict[int, int] = {}

    def rooted(unit: int) -> int:
        while root.setdefault(unit, unit) != unit:
            unit = root[unit]
        return unit

    for line in (*source, *target):
        for unit in line.units:
            root[rooted(unit)] = rooted(line.units[0])
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for side, lines in enumerate((source, target)):
        for position, line in enumerate(lines):
            groups.setdefault(rooted(line.units[0]), ([], []))[side].append(position)
    return tuple(sorted(_alone(groups.values()), key=_place))


def _alone(groups: Iterable[tuple[list[int], list[int]]]) -> Iterator[Bead]:
    for a, b in groups:
        if a and b:
            yield tuple(a), tuple(b)
        else:
            yield from (((n,), ()) for n in a)
            yield from (((), (n,)) for n in b)


def _place(bead: Bead) -> tuple[bool, tuple[int, ...], tuple[int, ...]]:
    return not bead[0], bead[0], bead[1]


def _holds(bead: Bead, block: _Block, sides: tuple[Sequence[Line], Sequence[Line]]) -> bool:
    units = {unit for line in block.source for unit in line.units}
    return any(set(sides[0][n].units) & units for n in bead[0])


def _settled(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A line that moved belongs to the turn that it moved to."""
    out: list[Line] = []
    for line in lines:
        before = out[-1].turn if out else line.turn
        out.append(evolve(line, turn=max(before, line.turn)))
    return tuple(out)


def _labelled(
    lines: Sequence[Line],
    units: Sequence[Unit],
    names: Sequence[str],
    wear: Wear,
    rng: random.Random,
) -> tuple[Line, ...]:
    """Each turn announced; where the label is lost, it runs on with the turn before."""
    out: list[Line] = []
    speakers = {unit.turn: unit.speaker for unit in units}
    before, now = -1, -1
    for line in lines:
        if line.turn != before:
            before = line.turn
            speaker = speakers[before]
            if rng.random() < wear.lost and out:
                line = evolve(line, turn=now)
            elif speaker is not None:
                line = evolve(line, text=f"{names[speaker]}: {line.text}")
            now = line.turn
        out.append(evolve(line, turn=now))
    return tuple(out)


def _noisy(lines: Sequence[Line], wear: Wear, rng: random.Random) -> tuple[Line, ...]:
    """Marks folded away, and letters exchanged, lost and added."""
    if wear.fold:
        lines = [evolve(line, text=_folded(line.text)) for line in lines]
    letters = sorted({c for line in lines for c in line.text.lower() if c.isalpha()})
    return tuple(evolve(line, text=_blurred(line.text, letters, wear, rng)) for line in lines)


def _folded(text: str) -> str:
    split = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def _blurred(text: str, letters: Sequence[str], wear: Wear, rng: random.Random) -> str:
    if not wear.noise:
        return text
    out = []
    for char in text:
        luck = rng.random() / wear.noise
        if not char.isalpha() or luck > 1:
            out.append(char)
        elif luck < 0.6:
            out.append(rng.choice(letters))
        elif luck > 0.8:
            out.append(char + rng.choice(letters))
    return "".join(out) or text
