"""Sentences without counterpart: *not translated* on the source's side, *added in translation*.

Neighbours that share the fate are one finding, since a paragraph left out is one
decision of one translator::

    source  4 ─ 4  target
            5 ∅            ┐
            6 ∅            ├ one finding, not translated, three sentences
            7 ∅            ┘
            8 ─ 5
"""

from __future__ import annotations

from collections.abc import Iterator

from variorum.aligners import Parallel
from variorum.review.finding import Finding, found
from variorum.review.places import trust

__all__ = ["missing"]

_LONG = 5
"""From so many sentences on a gap is as grave as can be."""


def missing(parallel: Parallel) -> Iterator[Finding]:
    """A finding for each stretch of neighbours without counterpart, on either side."""
    yield from _gaps(parallel, source=True)
    yield from _gaps(parallel, source=False)


def _gaps(parallel: Parallel, *, source: bool) -> Iterator[Finding]:
    alone = {
        (pair.source if source else pair.target)[0]: number
        for number, pair in enumerate(parallel.sentences)
        if (not pair.target if source else not pair.source)
    }
    run: list[int] = []
    for at in sorted(alone):
        if run and at != run[-1] + 1:
            yield _gap(parallel, run, alone[run[0]], source=source)
            run = []
        run.append(at)
    if run:
        yield _gap(parallel, run, alone[run[0]], source=source)


def _gap(parallel: Parallel, run: list[int], number: int, *, source: bool) -> Finding:
    side = parallel.source if source else parallel.target
    spans = [side.sentences[at].span for at in run]
    many = f"{len(run)} sentences have" if len(run) > 1 else "A sentence has"
    said = (
        f"{many} no counterpart in the translation."
        if source
        else f"{many} no counterpart in the source."
    )
    kind = "not translated" if source else "added in translation"
    # .6 for one, since a merge that the aligner missed looks the same; a long gap is no such thing
    weight = min(1.0, 0.6 + 0.4 * (len(run) - 1) / (_LONG - 1)) * trust(parallel.sentences[number])
    here, there = (spans, []) if source else ([], spans)
    evidence = {"sentences": len(run), "first": run[0]}
    return found(kind, number, (here, there), said, evidence, weight)
