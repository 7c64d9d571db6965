"""How good: worn copies of the minutes go the whole road and are held against where they came from.

The base text is the turns of the received witness W; no turns, speakers or roles are
given.  A token *stands for* the source token that most of its characters come from, and
two tokens belong together if they stand for the same one.  Of several that stand for one
(a word still broken in two) any may be the one aligned, and one is asked for::

    source   the   country  ,             the 0   country 1   , 2
    copy A   tbe   coun -  try ,          0 1 - 1 2
    copy B   the   very   c0untry         0 - 1
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
from attrs import frozen

from benchmarks.score import Counts, columns_of, pairs_of
from benchmarks.synthetic import NOWHERE, Copy, Noise, copies, turns_of
from variorum.aligners.same_language import align
from variorum.collation import NOTHING, Collation, Move
from variorum.edition import Settings, normalised
from variorum.multiple import collate
from variorum.readers import read_path
from variorum.rules import recipe
from variorum.text import Derived, Text
from variorum.tokens import Tokens, tokenise
from variorum.turns import Division
from variorum.witness import Description, Role, Witness

__all__ = ["MINUTES", "alignment", "invented", "minutes", "moves", "turns"]

MINUTES = Path(__file__).parent.parent / "witnesses" / "hoxha-choe-1959"

SPEECH = frozenset([Role.TURN, Role.STAGE])

WIDTH = 64
"""Characters a line of the first copy; each further copy has two more, so no two break alike."""

PASSAGES = (8, 10, 12, 16, 24, 40, 80)
"""Tokens of the passages moved."""


@frozen
class Road:
    """Copies as far as their collation, by siglum; ``W00`` is the first."""

    collation: Collation
    divisions: Mapping[str, Division]


@cache
def minutes() -> str:
    """The turns of W, a paragraph a line, blank lines between."""
    (witness,) = read_path(MINUTES / "W.txt", "W.txt")
    told = Settings("", "W", {"W": recipe("archive-english")})
    _, divisions = normalised(told, [witness])
    stretches = divisions["W"].stretches
    speech = "".join(s.span.of(witness.text.chars) for s in stretches if s.role in SPEECH)
    return "\n\n".join(" ".join(line.split()) for line in speech.splitlines() if line.strip())


def road(made: Sequence[Copy]) -> Road:
    """The copies normalised, divided, cut into tokens and collated as an edition would."""
    known = Description(language="en", kind="OCR of a typescript", synthetic=True)
    found = [Witness(f"W{n:02d}", Text(c.text), description=known) for n, c in enumerate(made)]
    told = Settings("", "W00", {w.siglum: recipe("ocr-english") for w in found})
    derived, divisions = normalised(told, found)
    tokens = {s: tokenise(derived[s], divisions[s].furniture()) for s in derived}
    return Road(collate(tokens), divisions)


def stands_for(text: str, copy: Copy, tokens: Tokens) -> list[int]:
    """For each token of a copy the source token that most of its characters come from, or -1."""
    source = tokenise(Derived.of(text))
    of_char = np.full(len(text) + 1, NOWHERE, dtype=np.int64)  # the last is that of offset -1
    for number, (start, end) in enumerate(zip(source.starts, source.ends, strict=True)):
        of_char[start:end] = number
    origin = of_char[np.array(copy.origin, dtype=np.int64)]
    return [
        _most([at for span in tokens.spans(index) for at in origin[span.start : span.end].tolist()])
        for index in range(len(tokens))
    ]


def _most(numbers: Sequence[int]) -> int:
    """The number that makes up more than half, or -1."""
    number, count = Counter(numbers).most_common(1)[0] if numbers else (NOWHERE, 0)
    return number if count * 2 > len(numbers) else NOWHERE


def alignment(text: str, characters: float, words: float, k: int, seeds: int = 3) -> Counts:
    """Aligned tokens over all pairs of k copies; every second copy has lost its labels."""
    total = Counts()
    for seed in range(seeds):
        noises = [
            Noise(characters, words, labels=n % 2 == 0, width=WIDTH + 2 * n) for n in range(k)
        ]
        made = copies(text, noises, seed)
        collation = road(made).collation
        truth = [stands_for(text, *each) for each in zip(made, collation.tokens, strict=True)]
        columns = list(columns_of(collation).values())
        for a, b in combinations(range(k), 2):
            total += _aligned(truth[a], truth[b], pairs_of(columns[a], columns[b]))
    return total


def _aligned(a: Sequence[int], b: Sequence[int], found: set[tuple[int, int]]) -> Counts:
    """Pairs found against source tokens that both witnesses have."""
    told = Counter((a[i], b[j]) for i, j in found)
    wanted = set(a) & set(b) - {NOWHERE}
    true = {x for x, y in told if x == y} - {NOWHERE}
    false = sum(n for (x, y), n in told.items() if x != y or x == NOWHERE)
    return Counts(len(true), false, len(wanted - true))


def turns(text: str, k: int = 4, seeds: int = 3, *, worn_base: bool = False) -> float:
    """The share of tokens in the right turn, in copies without labels, 6 % of their turns moved.

    The base tells which turns there are and is not counted; it is the text as received, or
    one worn like the copies (whose own labels then suffer).
    """
    right = total = 0
    base = Noise(0.03, 0.03) if worn_base else Noise()
    for seed in range(seeds):
        worn = Noise(0.03, 0.03, labels=False, moved=0.06)
        made = copies(text, [base, *[worn] * (k - 1)], seed)
        found = road(made)
        tokens = found.collation.tokens
        places = _places(found)
        turn_of = _named(text, made[0], tokens[0], places[0])
        for copy, own, place in zip(made[1:], tokens[1:], places[1:], strict=True):
            put = _put(text, copy, own, place)
            right += sum(turn_of.get(bead) == turn for bead, turn in put)
            total += len(put)
    return right / total


Place = tuple[int, int, int]
"""Start and end in the text as read, and the number of the bead that has it."""


def _places(found: Road) -> list[list[Place]]:
    """Where the beads of each witness stand."""
    beads = align(found.collation, base="W00", divisions=found.divisions)
    return [
        [
            (span.start, span.end, number)
            for number, bead in enumerate(beads)
            for span in bead.witnesses.get(siglum, ())
        ]
        for siglum in found.collation.sigla
    ]


def _put(text: str, copy: Copy, tokens: Tokens, places: Sequence[Place]) -> list[tuple[int, int]]:
    """For each token that comes from the source the bead it was put in and the turn it is of."""
    bead_at = np.full(len(copy.text) + 1, NOWHERE, dtype=np.int64)
    for start, end, bead in places:
        bead_at[start:end] = bead
    starts = np.array([start for start, _ in turns_of(text)])
    numbers = stands_for(text, copy, tokens)
    source = tokenise(Derived.of(text)).starts
    return [
        (int(bead_at[at]), int(np.searchsorted(starts, source[number], side="right")))
        for number, at in zip(numbers, tokens.starts.tolist(), strict=True)
        if number != NOWHERE
    ]


def _named(text: str, base: Copy, tokens: Tokens, places: Sequence[Place]) -> dict[int, int]:
    """Which source turn each bead is: that of most of the base's tokens in it."""
    votes = Counter(_put(text, base, tokens, places))
    return {bead: turn for (bead, turn), _ in reversed(votes.most_common())}


def moves(text: str, k: int, seeds: int = 6) -> Counts:
    """Moves of passages of 8 and more tokens in one copy of k at 3 % noise.

    A move found is true if the source words of its last copy share at least half with a
    passage that was moved, and half of that with it.
    """
    total = Counts()
    for seed in range(seeds):
        still = [Noise(0.03, 0.03)] * (k - 1)
        made = copies(text, [*still, Noise(0.03, 0.03, passages=PASSAGES)], seed)
        total += _matched(text, made[-1], road(made).collation)
    return total


def invented(text: str, k: int, *, heads: bool, seeds: int = 6) -> int:
    """Moves found where nothing moved, at 3 % and at 8 %, labels lost in every second copy."""
    return sum(
        len(road(copies(text, [_still(share, n, heads) for n in range(k)], seed)).collation.moves)
        for seed in range(seeds)
        for share in (0.03, 0.08)
    )


def _still(share: float, n: int, heads: bool) -> Noise:
    return Noise(share, share, labels=n % 2 == 0, width=WIDTH + 2 * n if heads else 0)


def _matched(text: str, copy: Copy, collation: Collation) -> Counts:
    """The moves of a collation against the passages moved in its last witness."""
    numbers = stands_for(text, copy, collation.tokens[-1])
    source = tokenise(Derived.of(text)).starts
    wanted = [
        set(range(*np.searchsorted(source, [start, end]).tolist())) for start, end in copy.moved
    ]
    true = 0
    for move in collation.moves:
        own = {numbers[i] for i in _moved(collation, move)} - {NOWHERE}
        hit = next((w for w in wanted if 2 * len(w & own) >= max(len(w), len(own))), None)
        if hit is not None:
            wanted.remove(hit)
            true += 1
    return Counts(true, len(collation.moves) - true, len(wanted))


def _moved(collation: Collation, move: Move) -> set[int]:
    """The tokens of the last witness that a move links."""
    columns = [column for link in move.links for column in link]
    return set(collation.table[columns, -1].tolist()) - {NOTHING}
