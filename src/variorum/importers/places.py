"""Where in two texts the texts of an alignment stand.

A file from elsewhere names sentences by number or by their words.  Words are
looked for as whole sentences, one or several that follow each other::

    the side    0 Po.   1 Jemi mirë.   2 Po.   3 Faleminderit.
    sought      "Jemi mirë. Po."   1 2         joined by a space, white space aside
                "Po."              0 or 2      0, unless it stands behind "Jemi mirë."
                "Po. Jemi"                     nowhere: a sentence is not cut

Of several places that one is taken which lies between those of the lines before
and after it in the file, passing over least, and alike on both sides: most files
are in the texts' order, and a repeated answer belongs to its own question.  What
stands in one place only is placed first.  What is not found is told, never left
out without a word.

Numbers are compared in no way: they must be there, and each once.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from attrs import field, frozen

from variorum.aligners import Pair, Side
from variorum.errors import ImporterError
from variorum.exporters import writable

__all__ = ["Locks", "Said", "Sought", "placed", "plain"]

Half = tuple[int, ...]
"""Positions of one side, from 0; none where a pair has nothing there."""

_HEAD = 80  # characters by which places are sorted: more of the same are rare
_FEW = 16  # places of a side that are all weighed; of more, those around where it should stand
_AROUND = 8  # places to either side of that


@frozen
class Said:
    """What a file says of one pair: of each side positions (from 0) or words; none is nothing.

    ``doubt`` says why it shall be no lock, if it shall not.
    """

    line: int
    source: Half | str
    target: Half | str
    doubt: str = ""


@frozen
class Locks:
    """Pairs that an editor made elsewhere, all of them locked, and what was not found, told."""

    pairs: tuple[Pair, ...]
    missed: tuple[str, ...] = ()


def plain(text: str) -> str:
    """*text* for comparison: what programs change in saving it (white space, NFC) made alike."""
    return " ".join(writable(unicodedata.normalize("NFC", text)).split())


@frozen
class Sought:
    """The sentences of a side in one line, and where in that each begins and ends."""

    side: Side
    whole: str
    starts: tuple[int, ...]  # of each sentence that has text
    ends: Mapping[int, int]  # where one ends → which of these it is
    numbers: tuple[int, ...]  # of these, their positions on the side
    order: tuple[int, ...]  # these, sorted by the text that begins with them

    @classmethod
    def of(cls, side: Side) -> Sought:
        """The side made ready to be looked through."""
        texts = [(n, plain(each.text)) for n, each in enumerate(side.sentences)]
        texts = [(n, text) for n, text in texts if text]
        starts, ends, at = [], {}, 0
        for which, (_, text) in enumerate(texts):
            starts.append(at)
            ends[at + len(text)] = which
            at += len(text) + 1
        whole = " ".join(text for _, text in texts)
        order = sorted(range(len(starts)), key=lambda k: whole[starts[k] : starts[k] + _HEAD])
        numbers = tuple(n for n, _ in texts)
        return cls(side, whole, tuple(starts), ends, numbers, tuple(order))

    def find(self, text: str) -> tuple[Half, ...]:
        """Every place where *text* is one or several whole sentences, in the side's order."""
        wanted = plain(text)
        head = wanted[:_HEAD]
        first = bisect_left(self.order, head, key=self._head)
        out: list[Half] = []
        for at in range(first, len(self.order) if wanted else first):
            start = self.starts[self.order[at]]
            if not self.whole.startswith(head, start):
                break
            last = self.ends.get(start + len(wanted))
            if last is not None and self.whole.startswith(wanted, start):
                out.append(self.numbers[self.order[at] : last + 1])
        return tuple(sorted(out))

    def agrees(self, positions: Sequence[int], text: str) -> bool:
        """Whether the sentences at *positions* are there and read *text*."""
        if any(not 0 <= n < len(self.side.sentences) for n in positions):
            return False
        return plain(" ".join(self.side.sentences[n].text for n in positions)) == plain(text)

    def _head(self, which: int) -> str:
        return self.whole[self.starts[which] : self.starts[which] + _HEAD]


@frozen
class _Board:
    """What has been placed so far: by number in the file, and which sentences that took."""

    sizes: tuple[int, int]
    chosen: dict[int, tuple[Half, Half]] = field(factory=dict)
    taken: tuple[set[int], set[int]] = field(factory=lambda: (set(), set()))
    known: tuple[list[int], list[int]] = field(factory=lambda: ([], []))  # in file order, a side

    def put(self, number: int, halves: tuple[Half, Half]) -> None:
        self.chosen[number] = halves
        for side, half in enumerate(halves):
            self.taken[side].update(half)
            if half:
                insort(self.known[side], number)

    def free(self, side: int, halves: Iterable[Half]) -> list[Half]:
        return [half for half in halves if self.taken[side].isdisjoint(half)]

    def near(self, side: int, halves: Sequence[Half], aims: Iterable[int]) -> list[Half]:
        """The free ones around each aim; all, if none is free there."""
        around = {
            half
            for aim in aims
            for at in [bisect_left(halves, (aim,))]
            for half in halves[max(0, at - _AROUND) : at + _AROUND]
        }
        return self.free(side, sorted(around)) or self.free(side, halves)

    def room(self, side: int, number: int) -> tuple[int, int]:
        """Behind which position and before which a line of the file stands on a side."""
        known = self.known[side]
        at = bisect_left(known, number)
        low = self.chosen[known[at - 1]][side][-1] + 1 if at else 0
        high = self.chosen[known[at]][side][0] if at < len(known) else self.sizes[side]
        return low, high


def placed(name: str, said: Sequence[Said], source: Side, target: Side) -> Locks:
    """The pairs of a file in two texts, in the source's order.

    Raises ``ImporterError`` where a position is not in the text or told twice,
    and where not one pair is found.
    """
    sides = (source, target)
    _check(name, said, sides)
    sought = (Sought.of(source), Sought.of(target))
    found: tuple[dict[str, tuple[Half, ...]], dict[str, tuple[Half, ...]]] = ({}, {})
    options = [
        (_options(each.source, sought[0], found[0]), _options(each.target, sought[1], found[1]))
        for each in said
    ]
    board = _Board((len(source.sentences), len(target.sentences)))
    sure = [n for n, each in enumerate(said) if not each.doubt]
    for number in sorted(sure, key=lambda n: (_choice(said[n], options[n]), n)):
        if best := _best(board, number, options[number]):
            board.put(number, best)
    left = [n for n in range(len(said)) if n not in board.chosen]
    missed = tuple(_missed(name, said[n], options[n], sides) for n in left)
    made = [Pair(*halves, 1.0, locked=True) for halves in board.chosen.values() if all(halves)]
    _some(name, said, made, missed)
    return Locks(tuple(sorted(made, key=lambda pair: pair.source)), missed)


def _check(name: str, said: Sequence[Said], sides: tuple[Side, Side]) -> None:
    """Numbers must be there, and each once."""
    seen: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for each in said:
        for which, half in enumerate((each.source, each.target)):
            for n in half if isinstance(half, tuple) else ():
                size, file = len(sides[which].sentences), sides[which].file
                if not 0 <= n < size:
                    what = f"names sentence {n} of {file}, whose {size:,} count from 0"
                elif n in seen[which]:
                    what = f"names sentence {n} of {file}, as line {seen[which][n]} does"
                else:
                    seen[which][n] = each.line
                    continue
                raise ImporterError(
                    what,
                    place=f"{name}:{each.line}",
                    remedy="mend the line, or cut the texts as they were when the file was made",
                )


def _options(
    half: Half | str, sought: Sought, found: dict[str, tuple[Half, ...]]
) -> tuple[Half, ...]:
    """Where a half may stand; *found* keeps what was looked for, a litany is sought once."""
    if isinstance(half, tuple):
        return (tuple(sorted(half)),)
    if half not in found:
        found[half] = sought.find(half) if half.strip() else ((),)
    return found[half]


def _choice(said: Said, options: tuple[tuple[Half, ...], tuple[Half, ...]]) -> int:
    """Numbers first, then what stands in one place only, then what has a choice."""
    if isinstance(said.source, tuple) and isinstance(said.target, tuple):
        return 0
    return 1 if all(len(each) == 1 for each in options) else 2


def _best(
    board: _Board, number: int, options: tuple[tuple[Half, ...], tuple[Half, ...]]
) -> tuple[Half, Half] | None:
    """The places, one a side, that fit best between what is placed around them, or nothing."""
    rooms = (board.room(0, number), board.room(1, number))
    one, other = (_weighed(board, side, options, rooms) for side in (0, 1))
    return min(product(one, other), key=lambda halves: _strain(halves, rooms), default=None)


def _weighed(
    board: _Board,
    side: int,
    options: tuple[tuple[Half, ...], tuple[Half, ...]],
    rooms: tuple[tuple[int, int], tuple[int, int]],
) -> list[Half]:
    """The places of one side worth weighing: all, or of many those near where it should stand.

    That is next to what stands before it, or as far from that as on the other side.
    """
    if len(options[side]) <= _FEW:
        return board.free(side, options[side])
    beside = options[1 - side] if len(options[1 - side]) <= _FEW else ()
    low, low_beside = rooms[side][0], rooms[1 - side][0]
    aims = [low, *(low + half[0] - low_beside for half in beside if half)]
    return board.near(side, options[side], aims)


def _strain(
    halves: Sequence[Half], rooms: Sequence[tuple[int, int]]
) -> tuple[int, int, Sequence[Half]]:
    """How ill places fit: outside their room, then passing over much, or more on one side."""
    outside, over = 0, []
    for half, (low, high) in zip(halves, rooms, strict=True):
        if half:
            outside += not (low <= half[0] and half[-1] < high)
            over.append(half[0] - low)
    apart = 2 * (max(over) - min(over)) if over else 0
    return outside, sum(map(abs, over)) + apart, halves


def _missed(
    name: str,
    said: Said,
    options: tuple[tuple[Half, ...], tuple[Half, ...]],
    sides: tuple[Side, Side],
) -> str:
    """Why a line makes no lock: it is in doubt, or its words are not to be found."""
    if said.doubt:
        return f"{name}:{said.line}: {said.doubt}"
    for half, found, side in zip((said.source, said.target), options, sides, strict=True):
        if not found and isinstance(half, str):
            return f"{name}:{said.line}: {_quoted(half)} is no sentence of {side.file}"
    words = next((h for h in (said.source, said.target) if isinstance(h, str) and h.strip()), "")
    return f"{name}:{said.line}: {_quoted(words)} stands in another pair of the file already"


def _quoted(text: str) -> str:
    line = plain(text)
    return f"“{line[:60]}…”" if len(line) > 61 else f"“{line}”"


def _some(name: str, said: Sequence[Said], made: Sequence[Pair], missed: Sequence[str]) -> None:
    if not said:
        raise ImporterError("holds no pair", place=name, remedy="name a file with pairs in it")
    if missed and not made:
        raise ImporterError(
            f"not one of its {len(said):,} pairs is found in the two texts; the first: {missed[0]}",
            place=name,
            remedy="name the texts it was made from, source first, cut into sentences alike",
        )
