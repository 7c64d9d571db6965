"""The shortest way from one text to the other, letter by letter, and how sure it is shortest.

Levenshtein's distance (1966) needs as many steps as there are pairs of letters;
half a million letters a side are a day's work for a loop and some seconds for
bit vectors (Hyyrö 2003, in rapidfuzz), if it is known beforehand that the way
stays near the diagonal.  So a *bound* is found first, from whole words, which
are few; then the letters are searched within that band only::

    words     Comrade Enver Hoxha : We ─ are          a way, not the shortest: cost 9
              Comrode Enver Hoxha : We we are
    letters   searched within ±9 of the diagonal      the shortest: cost 4

The result is exact as far as ``EXACT`` letters on the longer side; beyond, the
stretches between equal words are searched one by one and the sum is an upper
bound, which ``Edits.exact`` tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen
from rapidfuzz.distance import Levenshtein

__all__ = ["EXACT", "Edits", "distance", "edits", "interned"]

EXACT = 1_000_000
"""Letters of the longer text up to which the distance is exact: half a minute's work at 15 %."""

SMALL = 4_000
"""Letters up to which no bound is worth its while."""

Op = tuple[str, int, int]
"""What is done ("replace", "delete", "insert"), at which letter of the truth, of the copy."""


@frozen
class Edits:
    """A way from the truth to the copy, in order; ``lengths`` in letters."""

    ops: tuple[Op, ...]
    lengths: tuple[int, int]
    exact: bool = True

    def __len__(self) -> int:
        return len(self.ops)


def interned(a: Sequence[str], b: Sequence[str]) -> tuple[str, str]:
    """Two sequences of letters as two strings, one character a letter.

    Letters of several code points (grapheme clusters) become characters that
    neither text has, from the private planes.
    """
    if isinstance(a, str) and isinstance(b, str):
        return a, b
    taken = {letter for side in (a, b) for letter in side if len(letter) == 1}
    free = (chr(code) for code in range(0xF0000, 0x110000) if chr(code) not in taken)
    made: dict[str, str] = {}
    out = []
    for side in (a, b):
        for letter in side if not isinstance(side, str) else ():
            if len(letter) > 1 and letter not in made:
                made[letter] = next(free)
        out.append("".join(made.get(letter, letter) for letter in side))
    return out[0], out[1]


def distance(a: str, b: str) -> int:
    """Levenshtein's distance: a metric on strings; the least number of single edits."""
    if max(len(a), len(b)) <= SMALL:
        return Levenshtein.distance(a, b)
    return Levenshtein.distance(a, b, score_hint=_bound(a, b))


def edits(a: str, b: str, *, exact_to: int = EXACT) -> Edits:
    """A shortest way from *a* to *b*; beyond *exact_to* letters a short one, which says so."""
    lengths = (len(a), len(b))
    if max(lengths) <= SMALL:
        return Edits(_ops(a, b, None), lengths)
    if max(lengths) <= exact_to:
        return Edits(_ops(a, b, _bound(a, b)), lengths)
    ops = [
        (tag, i + i0, j + j0)
        for i0, i1, j0, j1 in _between_words(a, b)
        for tag, i, j in _ops(a[i0:i1], b[j0:j1], None)
    ]
    return Edits(tuple(ops), lengths, exact=False)


def _ops(a: str, b: str, hint: int | None) -> tuple[Op, ...]:
    return tuple(
        (op.tag, op.src_pos, op.dest_pos) for op in Levenshtein.editops(a, b, score_hint=hint)
    )


def _bound(a: str, b: str) -> int:
    """What the way costs that keeps equal words together."""
    return sum(Levenshtein.distance(a[i0:i1], b[j0:j1]) for i0, i1, j0, j1 in _between_words(a, b))


def _between_words(a: str, b: str) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of both texts (letters) that lie between words they share in order."""
    words_a, words_b = a.split(" "), b.split(" ")
    at_a, at_b = _starts(words_a), _starts(words_b)
    i = j = 0
    for op in Levenshtein.opcodes(words_a, words_b):
        if op.tag == "equal":
            yield i, at_a[op.src_start], j, at_b[op.dest_start]
            i, j = at_a[op.src_end] - 1, at_b[op.dest_end] - 1
    yield i, len(a), j, len(b)


def _starts(words: Sequence[str]) -> list[int]:
    at = [0]
    for word in words:
        at.append(at[-1] + len(word) + 1)
    return at
