"""The two texts that the samples of the importers speak of, and what these say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exporters.parallels import side
from variorum.aligners import Side
from variorum.importers import Locks

__all__ = ["PAIRS", "SAMPLES", "beads", "sides"]

SAMPLES = Path(__file__).parent / "samples"

PAIRS = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((4,), (3,)), ((5,), (4, 5))]
"""Of the sentences of source.txt and target.txt; the fourth of the source is left out."""


def sides(source: Sequence[str] = (), target: Sequence[str] = ()) -> tuple[Side, Side]:
    """The two sides of the samples, or sides of other lines."""
    lines = [
        told or [line for line in (SAMPLES / name).read_text("utf-8").splitlines() if line]
        for told, name in ((source, "source.txt"), (target, "target.txt"))
    ]
    return side("source.txt", "sq", lines[0]), side("target.txt", "en", lines[1])


def beads(found: Locks) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The positions of the pairs."""
    return [(pair.source, pair.target) for pair in found.pairs]
