"""Letters that stand for others: which of them a machine confuses, and how surely.

Two things are known of letters.  Some are alike in shape (c and e); that is so
in every copy.  And a copy may have been measured (``variorum ocr evaluate``) to
read one for another.  A measurement of the very text that is collated has
counted the place in question too, and other places with the same two words, so
these are left out: what the locus itself says is no evidence for it::

    labor / labour       u for nothing, measured 2 times, both in this word     nothing is known
    hope  / hcpe         c for o, measured 24 times, once in this word          23 times elsewhere

A measurement of another text (of the same engine and type) counts in full.
Either is taken only for a trait of the copy: often, and more often than chance.

What was measured is *weak* where something came or went, or where letters have
one sound: so do hands and spellings differ (*heroic* and *heroical*, *organize*
and *organise*), and an evaluation counts that like an error of the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import field, frozen

from variorum.ocr.taught import Pair, Taught, of_one_sound
from variorum.pairwise import differences

__all__ = ["Confused", "Measured", "Repeats", "confused", "told"]

SHAPES = tuple(
    map(
        frozenset,
        (
            "1lIi|!tfj/)(][",
            "0OoQDecauCG6",
            "rnmhnunwvvy",
            "5Ss$8B3eax",
            "hbkli6",
            "gq9y",
            "ceoats",
            ".,:;'’‘`-_·•“”\"*^~",
            "zZ2",
            "fft",
            "[](){}/|1lI",
            *("cC", "vV", "wW", "xX"),
        ),
    )
)
"""Groups of characters whose shapes are alike in type and typescript."""

Repeats = Callable[[str, str], int]
"""How often a copy has one form where another witness has another."""


def _once(_right: str, _wrong: str) -> int:
    return 1


@frozen(eq=False)
class Measured:
    """What a copy was measured to read for what.

    ``own`` says that it was this text that was measured; ``repeats`` how often
    the copy has a form for another's, this place included.
    """

    taught: Taught = field(factory=Taught)
    own: bool = False
    repeats: Repeats = _once

    def elsewhere(self, pair: Pair, right: Sequence[str], wrong: Sequence[str]) -> int:
        """How often *pair* was measured, but for the readings *right* and *wrong* and their like.

        Nothing if that is no trait of the copy.
        """
        times = self.taught.counts.get(pair, 0)
        if times and self.own:
            times -= self._here(pair, right, wrong)
        return times if self.taught.is_trait(pair, times) else 0

    def _here(self, pair: Pair, right: Sequence[str], wrong: Sequence[str]) -> int:
        """How often *pair* stands in these readings, wherever the copy has their words."""
        whole = _occurrences(pair, " ".join(right), " ".join(wrong))
        if len(right) != len(wrong):
            return whole
        words = {(a, b) for a, b in zip(right, wrong, strict=True) if a != b}
        return max(whole, sum(_occurrences(pair, a, b) * self.repeats(a, b) for a, b in words))


def _occurrences(pair: Pair, a: str, b: str) -> int:
    return sum(found == pair for found in _pairs(a, b))


@frozen
class Confused:
    """Letters that stand for others, known to be confused: by their shape, or how often measured.

    ``times`` are those elsewhere, 0 if nothing was measured; ``own`` whether in
    this very text.
    """

    right: str
    wrong: str
    alike: bool
    times: int = 0
    own: bool = False

    @property
    def weak(self) -> bool:
        """Whether a hand may have written so as well as a machine read it."""
        return not self.alike and (
            not self.right or not self.wrong or of_one_sound(self.right, self.wrong)
        )

    @property
    def line(self) -> str:
        """It as evidence."""
        said = f"{_named(self.wrong)} for {_named(self.right)}"
        if not self.times:
            return said
        where = "elsewhere" if self.own else "of another text"
        return f"{said} (measured, {self.times} times {where})"


def _named(letters: str) -> str:
    return letters if letters.strip() else "a space" if letters else "nothing"


def confused(
    right: Sequence[str], wrong: Sequence[str], measured: Measured
) -> tuple[Confused, ...]:
    """The confusions that lead from one reading to another, if each is known; else none."""
    found = []
    for a, b in _pairs(" ".join(right), " ".join(wrong)):
        alike = bool(a and b and _alike(a, b))
        times = measured.elsewhere((a, b), right, wrong)
        if not alike and not times:
            return ()
        found.append(Confused(a, b, alike, times, measured.own))
    return tuple(found)


def told(found: Sequence[Confused]) -> str:
    """Confusions as one piece of evidence."""
    what = "letters" if any(one.times for one in found) else "shapes"
    return f"{what} confused: {', '.join(one.line for one in found)}"


def _pairs(a: str, b: str) -> Iterator[Pair]:
    """What of *b* stands for what of *a*, where they differ."""
    pieces = list(_differences(a, b))
    at = 0
    while at < len(pieces):
        if pieces[at][0] == 0:
            at += 1
            continue
        gone = pieces[at][1] if pieces[at][0] < 0 else ""
        at += bool(gone)
        come = pieces[at][1] if at < len(pieces) and pieces[at][0] > 0 else ""
        at += bool(come)
        yield gone, come


def _differences(a: str, b: str) -> Sequence[tuple[int, str]]:
    """The pieces of *a* and *b*; one letter for another is seen at once."""
    if len(a) == len(b):
        apart = [at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        if len(apart) == 1:
            return ((-1, a[apart[0]]), (1, b[apart[0]]))
    return differences(a, b)


def _alike(gone: str, come: str) -> bool:
    return any(group.issuperset(gone) and group.issuperset(come) for group in SHAPES)
