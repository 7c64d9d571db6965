"""Where loci lie: columns of the collation, cut where an editor would cut.

::

    base   the  cannot  -    rose  by  15  %  Albanians  that  had  come  ,   dear  friend
    A      the  can     not  rose  by  16  %  Albanians  -     -    -     ,   friend dear
                └─ one ─┘              └┘                └─── one ─────┘      └── one ────┘

A *place* is a range of columns and the witnesses whose difference is told
there.  In order: what moved is brought to where the base has it; then, each
witness against the base with the columns that both leave empty set aside,

- words that change places with their neighbours are one place (``order``);
- a bracketed insertion is one, whatever became of its brackets (``bracket``);
- words divided otherwise, or a name in other pieces, are one (``pieces``);
- words that do not correspond one to one are one (``phrase``);
- what a witness lacks in a row is one (``absence``), what the base lacks in a
  row is one (``addition``);
- every other column that differs is a place of its own.

Overlapping places of words become one; a long absence stays apart from the
variants within it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from attrs import evolve

from variorum.loci.pairs import differing
from variorum.loci.views import Flags, Place, View, runs
from variorum.text import Span

__all__ = ["places"]


def places(seen: View, labels: Sequence[Place] = ()) -> list[Place]:
    """The places of a collation, in order of their columns; *labels* are found already."""
    told = np.zeros(seen.forms.shape, dtype=np.bool_)
    joint = list(labels)
    for place in labels:
        told[place.span.start : place.span.end, sorted(place.rows)] = True
    for row in seen.others:
        joint += differing(seen, row, told)
    absences = list(_absences(seen, told))
    joint += _additions(seen, told)
    joint += _columns(seen, told)
    found = _settled(list(_united(joint)), absences)
    return sorted(found, key=lambda place: place.order)


def _settled(united: list[Place], absences: Sequence[Place]) -> list[Place]:
    """All places; an absence that lies within a place of words is told there."""
    starts = [place.span.start for place in united]
    apart = []
    for absence in absences:
        at = bisect_right(starts, absence.span.start) - 1
        if at >= 0 and united[at].span.covers(absence.span):
            united[at] = evolve(united[at], rows=united[at].rows | absence.rows)
        else:
            apart.append(absence)
    return united + apart


def _absences(seen: View, told: Flags) -> Iterator[Place]:
    """What a witness lacks in a row of two words and more."""
    main = np.flatnonzero(seen.forms[:, seen.base] >= 0)
    found: dict[tuple[int, int], list[int]] = {}
    for row in seen.others:
        lacking = (seen.forms[main, row] < 0) & ~told[main, row]
        for s, e in runs(lacking):
            if e - s > 1:
                span = (int(main[s]), int(main[e - 1]) + 1)
                found.setdefault(span, []).append(row)
                own = seen.forms[span[0] : span[1], row] < 0
                told[span[0] : span[1], row] |= own
    for (start, end), rows in sorted(found.items()):
        yield Place(Span(start, end), frozenset(rows), "absence")


def _additions(seen: View, told: Flags) -> Iterator[Place]:
    """What others have in a row where the base has nothing."""
    empty = seen.forms[:, seen.base] < 0
    for s, e in runs(empty):
        here = (seen.forms[s:e] >= 0) & ~told[s:e]
        rows = np.flatnonzero(here.any(axis=0)).tolist()
        if rows:
            filled = np.flatnonzero(here.any(axis=1))
            told[s:e, rows] = True
            yield Place(
                Span(s + int(filled[0]), s + int(filled[-1]) + 1), frozenset(rows), "addition"
            )


def _columns(seen: View, told: Flags) -> Iterator[Place]:
    """Every other column in which some witness differs."""
    differs = (seen.forms != seen.forms[:, seen.base : seen.base + 1]) & ~told
    for column in np.flatnonzero(differs.any(axis=1)).tolist():
        rows = np.flatnonzero(differs[column]).tolist()
        yield Place(Span(column, column + 1), frozenset(rows))


def _united(found: Iterable[Place]) -> Iterator[Place]:
    """Overlapping places become one."""
    held: Place | None = None
    for place in sorted(found, key=lambda place: place.order):
        if held is None or place.span.start >= held.span.end:
            if held is not None:
                yield held
            held = place
            continue
        end = max(held.span.end, place.span.end)
        whys = {held.why, place.why} - {""}
        why = "mixed" if len(whys) > 1 else "".join(whys)
        held = Place(Span(held.span.start, end), held.rows | place.rows, why)
    if held is not None:
        yield held
