"""Loci read off the collation: places become readings, readings are told against the base.

::

    place (columns, rows) ─▶ readings by compared form ─▶ features, causes ─▶ kind ─▶ locus
    labels, moves, paragraphs ──────────────────────────────────────────────────────▶ locus
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from variorum.collation import NOTHING, Collation
from variorum.loci import (
    Absence,
    Cause,
    Feature,
    Locus,
    Operation,
    Reading,
    Significance,
)
from variorum.loci.causes import Side, cause
from variorum.loci.confused import Measured
from variorum.loci.features import tell
from variorum.loci.labels import label_places, tell_label
from variorum.loci.paragraphs import breaks, told
from variorum.loci.places import places
from variorum.loci.sight import Sight
from variorum.loci.views import Place, view
from variorum.moves import Move
from variorum.ocr.taught import Taught
from variorum.text import Derived, Span, digest
from variorum.turns import Division, Speaker
from variorum.witness import PAGE_BREAK, Layout

__all__ = ["KINDS", "loci"]

KINDS = (
    "number",
    "move",
    "speaker",
    "wording",
    "addition",
    "absence",
    "insertion",
    "name form",
    "word order",
    "word division",
    "spelling",
    "ocr",
    "case",
    "punctuation",
    "paragraph",
)
"""Kinds, the weightiest first: a locus is called by the weightiest of its readings."""

_BY_FEATURE = {
    Feature.NUMBER: "number",
    Feature.BRACKETED: "insertion",
    Feature.SPEAKER: "speaker",
    Feature.PARAGRAPH: "paragraph",
    Feature.NAME_FORM: "name form",
    Feature.WORD_ORDER: "word order",
}
_AFTER_CAUSE = {
    Feature.PUNCTUATION: "punctuation",
    Feature.CASE: "case",
    Feature.WORD_DIVISION: "word division",
    Feature.SPELLING: "spelling",
}
_MISREAD = frozenset([Feature.SPELLING, Feature.WORD_DIVISION, Feature.WORDING])
"""Features that are accidental where the reading is surely a misreading."""

TOLD_ELSEWHERE = "absent from a longer passage"
RULES_TOLD = 3
"""Changes by rules that are told of one reading; ``explain`` tells them all."""

_NOTHING = Measured()
"""What is known of a copy that was not measured."""

EXTENT = 2
"""An absence of so many words, and more, is told with what it is part of: a page, the end."""


def loci(
    collation: Collation,
    *,
    base: str,
    derived: Mapping[str, Derived],
    divisions: Mapping[str, Division],
    speakers: Sequence[Speaker],
    kinds: Mapping[str, str],
    layouts: Mapping[str, Layout],
    measured: Mapping[str, Taught],
) -> tuple[Locus, ...]:
    """The loci of *collation*, told against *base*, in the order of its text."""
    sight = Sight(view(collation, base), derived, divisions, speakers, kinds, layouts, measured)
    found = [_locus(sight, place) for place in places(sight.seen, label_places(sight))]
    found += [_moved(sight, move) for move in collation.moves]
    for place in breaks(sight):
        at, turn = Span(place.column, place.column), Span(place.column, place.column + 1)
        found.append(_made(sight, at, "paragraph", told(sight, place), sight.reference(turn)))
    return tuple(
        sorted(found, key=lambda one: (one.columns.start, one.columns.end, one.kind, one.id))
    )


@frozen(eq=False)
class _Cells:
    """What the witnesses have at a place: by row, the numbers of its forms and of its tokens."""

    sight: Sight
    place: Place
    forms: list[tuple[int, ...]]
    tokens: list[list[int]]

    @classmethod
    def of(cls, sight: Sight, place: Place) -> _Cells:
        start, end = place.span.start, place.span.end
        return cls(
            sight,
            place,
            [tuple(f for f in c if f >= 0) for c in sight.seen.forms[start:end].T.tolist()],
            [[i for i in c if i >= 0] for c in sight.seen.table[start:end].T.tolist()],
        )

    def attested(self, rows: Sequence[int]) -> dict[str, tuple[Span, ...]]:
        """By siglum, the stretches of some witnesses."""
        sigla, spans = self.sight.collation.sigla, self.sight.spans
        return {sigla[row]: spans(self.place.span, row, self.tokens[row]) for row in rows}

    def side(self, stands: Sequence[Span], rows: Sequence[int]) -> Side:
        """What the evidence for a cause is looked for in; *stands* is of the first of *rows*."""
        row = rows[0]
        names, siglum = self.sight.seen.names, self.sight.collation.sigla[row]
        machine = all(self.sight.machine[other] for other in rows)
        return Side(
            [names[form] for form in self.forms[row]],
            self.sight.collation.tokens[row].text[stands[0].start : stands[-1].end],
            machine,
            self.sight.sureness(siglum, stands) if machine and self.sight.layouts else 1.0,
            self.sight.measured.get(siglum, _NOTHING) if machine else _NOTHING,
        )


def _locus(sight: Sight, place: Place) -> Locus:
    base = sight.seen.base
    cells = _Cells.of(sight, place)
    groups: dict[tuple[int, ...], list[int]] = {cells.forms[base]: [base]}
    for row in sight.seen.others:
        key = cells.forms[row]
        if place.why == "absence" and row not in place.rows:
            if not key:
                continue  # told with its own, longer absence
            key = cells.forms[base]  # has the passage: what differs within is told there
        groups.setdefault(key, []).append(row)
    first, *rest = groups.values()  # both in the order of rows but for the base
    stands = cells.attested(sorted(first))
    text = sight.written(base, stands[sight.base])
    side = cells.side(stands[sight.base], [base])
    readings = [Reading(text, stands, absence=None if side.forms else Absence.UNEXPLAINED)]
    readings += [_reading(cells, side, rows) for rows in rest]
    return _made(sight, place.span, _kind(readings), readings)


def _made(
    sight: Sight,
    span: Span,
    kind: str,
    readings: Sequence[Reading],
    turn: str | None = None,
) -> Locus:
    """A locus; its id is a digest of what its witnesses read and where.

    A move, and a place without columns (a paragraph's), says its kind besides,
    since words may be told at the same place.
    """
    stands = sorted(
        f"{siglum} {s.start} {s.end} {sight.revisions[siglum]}"
        for reading in readings
        for siglum, spans in reading.witnesses.items()
        for s in spans
    )
    if not len(span) or kind == "move":
        stands.append(kind)
    return Locus(
        id=digest("\n".join(stands))[:12],
        turn=turn or sight.reference(span),
        kind=kind,
        base=sight.base,
        readings=tuple(readings),
        columns=span,
    )


def _reading(cells: _Cells, base: Side, rows: Sequence[int]) -> Reading:
    """What the witnesses *rows* have, told against the base."""
    sight, place, row = cells.sight, cells.place, rows[0]
    witnesses = cells.attested(rows)
    stands = witnesses[sight.collation.sigla[row]]
    own = cells.side(stands, rows)
    said = tell_label(sight, row, place.span) or tell(
        base.forms,
        own.forms,
        sight.known,
        why=place.why,
        machine=base.machine or own.machine,
        rows=rows,
    )
    why = cause(base, own, said.feature, sight.attested)
    evidence = why.evidence if own.forms else (*why.evidence, *_extent(sight, place, rows))
    both = bool(base.forms and own.forms)
    misread = why.sure and said.feature in _MISREAD
    undecided = said.significance is Significance.UNDECIDED
    return Reading(
        sight.written(row, stands),
        witnesses,
        absence=None if own.forms else Absence.UNEXPLAINED,
        operation=said.operation,
        feature=said.feature,
        significance=Significance.ACCIDENTAL if misread and undecided else said.significance,
        cause=why.cause,
        evidence=(*said.evidence, *evidence, *(_altered(sight, row, stands) if both else ())),
    )


def _altered(sight: Sight, row: int, stands: Sequence[Span]) -> list[str]:
    """What the rules made of a reading before it was compared, white space aside."""
    derived = sight.derived.get(sight.collation.sigla[row])
    if derived is None:
        return []
    out = []
    for run in (run for span in stands if len(span) for run in derived.changed_in(span)):
        before, after = run.base.of(derived.base), run.result.of(derived.result)
        if (before + after).strip():
            made = f"{' '.join(before.split())} became {' '.join(after.split()) or 'nothing'}"
            out.append(f"{', '.join(run.rules)}: {made}")
    return out[:RULES_TOLD]


def _extent(sight: Sight, place: Place, rows: Sequence[int]) -> list[str]:
    """What an absence is part of: a longer one, the beginning or the end, a page."""
    longer = [sight.collation.sigla[row] for row in rows if row not in place.rows]
    if len(longer) == len(rows):
        return [TOLD_ELSEWHERE]
    out = [f"{TOLD_ELSEWHERE} in {' '.join(longer)}"] if longer else []
    for row in sorted(place.rows.intersection(rows)) if len(place.span) >= EXTENT else ():
        siglum, tokens = sight.collation.sigla[row], sight.collation.tokens[row]
        before = sight.before(place.span.start, row)
        if before == len(tokens) - 1:
            out.append(f"from here to the end of {siglum}")
        elif before == NOTHING:
            out.append(f"from here back to the beginning of {siglum}")
        elif PAGE_BREAK in tokens.text[int(tokens.ends[before]) : int(tokens.starts[before + 1])]:
            out.append(f"where a page of {siglum} ends")
    return out


def _kind(readings: Sequence[Reading]) -> str:
    kinds = [
        _kind_of(reading) for reading in readings[1:] if TOLD_ELSEWHERE not in reading.evidence
    ] or [_kind_of(reading) for reading in readings[1:]]
    return min(kinds, key=KINDS.index)


def _kind_of(reading: Reading) -> str:
    if reading.feature in _BY_FEATURE:
        return _BY_FEATURE[reading.feature]
    if reading.cause is Cause.OCR:
        return "ocr"
    if reading.feature in _AFTER_CAUSE:
        return _AFTER_CAUSE[reading.feature]
    if reading.operation is Operation.OMISSION:
        return "absence"
    return "addition" if reading.operation is Operation.ADDITION else "wording"


def _moved(sight: Sight, move: Move) -> Locus:
    """One locus for a move: the passage where the base has it, and where others do."""
    there = sight.base in move.sigla_there and sight.base not in move.sigla_here
    own, other = (move.there, move.here) if there else (move.here, move.there)
    moved = move.sigla_here if there else move.sigla_there
    with_base = move.sigla_there if there else move.sigla_here
    rest = sorted({*with_base, sight.base} - set(moved))
    text, stands = _standing(sight, other, sorted(moved))
    readings = (
        *_unmoved(sight, own, rest),
        Reading(
            text,
            stands,
            operation=Operation.MOVE,
            feature=Feature.WORD_ORDER,
            significance=Significance.UNDECIDED,
            cause=Cause.UNKNOWN,
            evidence=(f"{len(move.links)} words stand elsewhere",),
        ),
    )
    return _made(sight, own, "move", readings)


def _unmoved(sight: Sight, span: Span, sigla: Sequence[str]) -> list[Reading]:
    """What stands where a passage was moved from, the base's first.

    A base that has the passage in neither place has a reading of its own: the
    others do not lack what it lacks.
    """
    text, stands = _standing(sight, span, sigla)
    if text:
        return [Reading(text, stands)]
    out = [Reading("", {sight.base: stands.pop(sight.base)}, Absence.UNEXPLAINED)]
    if stands:
        text, stands = _standing(sight, span, sorted(stands))
        said = (Operation.ADDITION, Feature.WORDING, Significance.UNDECIDED, Cause.UNKNOWN)
        out.append(Reading(text, stands, None, *said, ("the base has it in neither place",)))
    return out


def _standing(
    sight: Sight, span: Span, sigla: Sequence[str]
) -> tuple[str, dict[str, tuple[Span, ...]]]:
    """A passage as it stands in the table itself: its text, and where each witness has it."""
    collation = sight.collation
    out: dict[str, tuple[Span, ...]] = {}
    for siglum in sigla:
        row = collation.row(siglum)
        column = collation.table[span.start : span.end, row]
        filled = column[column != NOTHING]
        tokens = collation.tokens[row]
        if len(filled):
            out[siglum] = (Span(int(tokens.starts[filled[0]]), int(tokens.ends[filled[-1]])),)
        else:
            before = int(np.max(collation.table[: span.start, row], initial=NOTHING))
            at = int(tokens.ends[before]) if before >= 0 else 0
            out[siglum] = (Span(at, at),)
    first = sight.base if sight.base in out else sigla[0]
    return sight.written(collation.row(first), out[first]), out
