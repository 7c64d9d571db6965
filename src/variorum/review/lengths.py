"""Beads whose lengths are unlike those of all the others: something left out, or put in.

How many letters of the target a letter of the source makes is the document's own
measure; a bead is judged by the logarithm of it, against the median, in units of
the median deviation (a mean and a standard deviation would be led by the very
beads that are looked for)::

    … .98  1.04  1.10  .95  1.02 …  .41  …      median 1.02, deviation .08: z = -8
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median

from variorum.review.finding import Finding, found
from variorum.review.places import Place, trust

__all__ = ["lengths"]

_FAR = 4.0
"""Robust deviations that are too many: of a normal spread one in 16,000 is beyond."""

_FLOOR = 0.15
"""The least deviation taken, in logarithms: where beads agree to the letter, 15 % is no news."""

_SHORT = 20
"""Letters of the longer side: below, one word more or less is half a sentence."""

_BEADS = 8
"""Fewer beads have no measure of their own."""

_NORMAL = 1.4826
"""Makes a median deviation a standard deviation where the spread is normal."""


def lengths(places: Sequence[Place]) -> Iterator[Finding]:
    """A finding for each bead whose ratio of lengths is far off the document's."""
    sizes = [(_letters(p.source.text), _letters(p.target.text)) for p in places]
    told = [
        (place, math.log(there / here))
        for place, (here, there) in zip(places, sizes, strict=True)
        if here and there and max(here, there) >= _SHORT
    ]
    if len(told) < _BEADS:
        return
    middle = median(ratio for _, ratio in told)
    spread = max(_FLOOR, _NORMAL * median(abs(ratio - middle) for _, ratio in told))
    for place, ratio in told:
        z = (ratio - middle) / spread
        if abs(z) > _FAR:
            yield _finding(place, ratio, middle, z)


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)


def _finding(place: Place, ratio: float, middle: float, z: float) -> Finding:
    times = math.exp(abs(ratio - middle))
    way = "longer" if z > 0 else "shorter"
    said = f"The translation is {times:.1f} times {way} here than elsewhere in this text."
    evidence = {
        "ratio": round(math.exp(ratio), 3),
        "median": round(math.exp(middle), 3),
        "z": round(z, 2),
    }
    # length is a hint only: below every other kind at 4 deviations, beside them at 10
    weight = min(0.8, 0.3 + 0.05 * abs(z)) * trust(place.pair)
    spans = (place.source.spans(), place.target.spans())
    return found("length", place.number, spans, said, evidence, weight)
