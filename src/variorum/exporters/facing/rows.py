"""The rows of the page: beads with an address, and where turns begin.

A bead is a row, so that what renders each other is level however long either
side is.  A head stands where a turn begins, and both turns of a pair get one
head even if a sentence without counterpart comes first on one side::

            source           target
    head    3 Shoku Hoxha    3 Comrade Hoxha     ◂ the target's turn begins a row
    row     41 Mirë.         not translated        later, but it is the same turn
    row     42 Po.           44 Yes.

Rows follow the source.  A sentence that moved stands beside its source, and
``home`` is the row behind which the target has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from variorum.aligners import Pair, Parallel, Side
from variorum.text import digest

__all__ = ["LOW", "Heads", "Row", "rows"]

LOW = 0.5
"""Below this confidence a bead is more likely wrong than right."""

Heads = tuple[int | None, int | None]
"""The passage that begins in a row, of the source and of the target."""


@frozen
class Row:
    """A bead on the page: ``number`` counts from 0, ``home`` is set where it moved.

    ``guests`` are the rows of beads whose target would stand behind this one.
    """

    number: int
    id: str
    pair: Pair
    heads: Heads
    home: int | None = None
    guests: tuple[int, ...] = ()

    @property
    def low(self) -> bool:
        """Whether an editor should doubt it."""
        return self.confidence is not None and self.confidence < LOW

    @property
    def confidence(self) -> float | None:
        """0–1, or nothing where a sentence without counterpart was not scored."""
        null = not (self.pair.source and self.pair.target)
        return None if null and not self.pair.confidence else min(1.0, self.pair.confidence)


def rows(parallel: Parallel) -> list[Row]:
    """A row a bead, in the order of the beads."""
    pairs = parallel.sentences
    homes = _homes(pairs)
    guests: dict[int, list[int]] = {}
    for number, home in homes.items():
        guests.setdefault(home, []).append(number)
    return [
        Row(number, id_, pair, heads, homes.get(number), tuple(guests.get(number, ())))
        for number, (id_, pair, heads) in enumerate(
            zip(_ids(parallel), pairs, _heads(parallel), strict=True)
        )
    ]


def _ids(parallel: Parallel) -> list[str]:
    """Digests of the texts: an address holds while the bead does, whatever changes before it."""
    seen: Counter[str] = Counter()
    out = []
    for pair in parallel.sentences:
        sides = ((parallel.source, pair.source), (parallel.target, pair.target))
        told = "\0".join("\n".join(side.sentences[n].text for n in ns) for side, ns in sides)
        name = f"b-{digest(told)[:10]}"
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return out


def _homes(pairs: Sequence[Pair]) -> dict[int, int]:
    """Moved row → row behind which its target stands (the first, where nothing is before it)."""
    stay = {t: n for n, pair in enumerate(pairs) if not pair.move for t in pair.target}
    before, here = {}, 0
    for t in range(max((t for pair in pairs for t in pair.target), default=-1) + 1):
        before[t] = here
        here = stay.get(t, here)
    return {n: before[p.target[0]] for n, p in enumerate(pairs) if p.move and p.target}


def _heads(parallel: Parallel) -> list[Heads]:
    """For each row the passages that begin in it."""
    mates = {(s, t) for pair in parallel.turns for s in pair.source for t in pair.target}
    inside = [_turns(parallel, pair) for pair in parallel.sentences]
    ahead = (_ahead([s for s, _ in inside]), _ahead([t for _, t in inside]))
    now: list[int | None] = [None, None]
    out: list[Heads] = []
    for number, here in enumerate(inside):
        begin = [turns[0] if turns and turns[0] != now[i] else None for i, turns in enumerate(here)]
        for one, other in ((0, 1), (1, 0)):
            mate = ahead[other][number]
            if begin[one] is None or here[other] or mate is None or mate == now[other]:
                continue
            both = (begin[one], mate) if one == 0 else (mate, begin[one])
            begin[other] = mate if both in mates else None
        for i in (0, 1):
            now[i] = here[i][-1] if here[i] else now[i] if begin[i] is None else begin[i]
        out.append((begin[0], begin[1]))
    return out


def _turns(parallel: Parallel, pair: Pair) -> tuple[list[int], list[int]]:
    """Passages of a bead's sentences; what moved is a guest and begins nothing."""
    return (
        _of(parallel.source, pair.source),
        [] if pair.move else _of(parallel.target, pair.target),
    )


def _of(side: Side, positions: Sequence[int]) -> list[int]:
    return [side.sentences[n].turn for n in positions]


def _ahead(turns: Sequence[Sequence[int]]) -> list[int | None]:
    """For each row the passage of the first sentence at or after it."""
    out: list[int | None] = []
    held: int | None = None
    for here in reversed(turns):
        held = here[0] if here else held
        out.append(held)
    return out[::-1]
