"""The shortest way from one text to the other, letter by letter, and how sure it is shortest.

Levenshtein's distance (1966) needs as many steps as there are pairs of letters;
half a million letters a side are a day's work for a loop and some seconds for
bit vectors within a band that doubles until it is wide enough (Ukkonen 1985,
Hyyrö 2003, both in rapidfuzz).  The distance costs little; the way, several
times as much.  So the texts are cut where both have the same run of letters,
each stretch is searched alone, and the sum is held against the distance of the
whole: if they are equal, as they nearly always are, the way is a shortest one::

    truth   …e Enver Hoxha: We are extr│emely happy to have…     cost 3 + 1
    copy    …e Enver Hxha; Wc are extr │emely happv to have…     whole     4: shortest
                                       └ RUN letters alike, near the diagonal

If not, the whole is searched.  The result is exact as far as ``EXACT`` letters
on the longer side; beyond, the sum of the stretches is an upper bound, which
``Edits.exact`` tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen
from rapidfuzz.distance import Levenshtein

__all__ = ["EXACT", "Edits", "distance", "edits", "interned"]

EXACT = 1_000_000
"""Letters of the longer text up to which the distance is exact: half a minute's work at 15 %."""

STRETCH = 2_000
"""Letters of the truth from one cut to the search for the next: the way within fits the cache."""

RUN = 24
"""Letters alike at a cut: too many to be alike by chance, and at 15 % noise one run in fifty is."""

SEARCHED = 2_000
"""Letters of the truth in which a run is looked for; then the next stretch is tried."""

DRIFT = 1_000
"""Letters by which the copy may be longer or shorter since the last cut: a dozen lines."""

HINT = 0.005
"""Share of the letters that is the first band, doubled as long as it is too narrow."""

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
    return Levenshtein.distance(a, b, score_hint=_hint(a, b))


def _hint(a: str, b: str) -> int:
    return max(32, int(HINT * max(len(a), len(b))))


def edits(a: str, b: str, *, exact_to: int = EXACT) -> Edits:
    """A shortest way from *a* to *b*; beyond *exact_to* letters a short one, which says so."""
    lengths = (len(a), len(b))
    if max(lengths) <= STRETCH:
        return Edits(_ops(a, b, 0, 0), lengths)
    ops = tuple(
        op
        for i0, i1, j0, j1 in _stretches(a, b)
        if a[i0:i1] != b[j0:j1]
        for op in _ops(a[i0:i1], b[j0:j1], i0, j0)
    )
    if max(lengths) > exact_to:
        return Edits(ops, lengths, exact=False)
    if Levenshtein.distance(a, b, score_hint=len(ops)) < len(ops):
        ops = _ops(a, b, 0, 0)
    return Edits(ops, lengths)


def _ops(a: str, b: str, i: int, j: int) -> tuple[Op, ...]:
    """A shortest way between two stretches that begin at letters *i* and *j*."""
    way = Levenshtein.editops(a, b, score_hint=_hint(a, b))
    return tuple([(op.tag, i + op.src_pos, j + op.dest_pos) for op in way])


def _stretches(a: str, b: str) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of both texts (letters) between cuts, in order; they tile both."""
    i = j = at = 0
    while at + STRETCH < len(a):
        at += STRETCH
        cut = _cut(a, b, at, j + at - i)
        if cut:
            yield i, cut[0], j, cut[1]
            i, j = cut
            at = i
    yield i, len(a), j, len(b)


def _cut(a: str, b: str, at: int, near: int) -> tuple[int, int] | None:
    """The middle of the first run at or after letter *at* that *b* has once near *near*, or none.

    The window moves with the run, so that every one is looked for at its own place.
    """
    for step in range(0, min(SEARCHED, len(a) - RUN - at), RUN // 2):
        run = a[at + step : at + step + RUN]
        low = max(0, near + step - DRIFT)
        high = near + step + DRIFT
        found = b.find(run, low, high)
        if found >= 0 and b.find(run, found + 1, high) < 0:
            return at + step + RUN // 2, found + RUN // 2
    return None
