"""Loci read off the collation: places become readings, readings are told against the base.

::

    place (columns, rows) ─▶ readings by compared form ─▶ features, causes ─▶ kind ─▶ locus
    paragraphs, speakers, moves ────────────────────────────────────────────────────▶ locus
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import field, frozen

from variorum.aligners import Bead
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
from variorum.loci.causes import cause
from variorum.loci.features import names_of, tell
from variorum.loci.places import Place, View, places, view
from variorum.moves import Move
from variorum.text import Derived, Span, digest
from variorum.tokens import folded
from variorum.turns import Division, Speaker
from variorum.witness import Role

__all__ = ["loci"]

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
TOLD_ELSEWHERE = "absent from a longer passage"


@frozen(eq=False)
class _Sight:
    """Everything the classification looks at."""

    seen: View
    derived: Mapping[str, Derived]
    divisions: Mapping[str, Division]
    kinds: Mapping[str, str]
    names: frozenset[str]
    revisions: Mapping[str, str] = field(factory=dict)

    @property
    def collation(self) -> Collation:
        return self.seen.collation

    @property
    def base(self) -> str:
        return self.collation.sigla[self.seen.base]

    @cached_property
    def forms(self) -> Counter[str]:
        """Compared forms of the witnesses that are not machine-read."""
        rows = zip(self.collation.sigla, self.collation.tokens, strict=True)
        return Counter(
            form for s, tokens in rows if self.kinds.get(s) != "ocr" for form in tokens.forms
        )

    @cached_property
    def known(self) -> Counter[str]:
        """Folded words of the witnesses that are not machine-read."""
        out: Counter[str] = Counter()
        for form, count in self.forms.items():
            out[folded(form)] += count
        return out

    @cached_property
    def labels(self) -> list[Span]:
        """The speakers' labels of the base."""
        division = self.divisions.get(self.base)
        turns = division.turns if division else ()
        return [turn.label.span for turn in turns if turn.label is not None]

    @cached_property
    def label_starts(self) -> list[int]:
        return [span.start for span in self.labels]

    @cached_property
    def references(self) -> tuple[list[int], list[str]]:
        """Starts in the base's text, and what each is called for people."""
        division = self.divisions.get(self.base)
        if division is None:
            return [0], ["1.1"]
        found = [
            (stretch.span.start, str(stretch.role))
            for stretch in division.stretches
            if stretch.role not in (Role.TURN, Role.STAGE, Role.FURNITURE)
        ]
        for number, turn in enumerate(division.turns, 1):
            found += [(p.start, f"{number}.{n}") for n, p in enumerate(turn.paragraphs, 1)]
            if not turn.paragraphs or turn.span.start < turn.paragraphs[0].start:
                found.append((turn.span.start, f"{number}.1"))
        found = sorted(found) or [(0, "1.1")]
        return [start for start, _ in found], [name for _, name in found]

    def reference(self, span: Span) -> str:
        """Turn and paragraph of the base at a range of columns (or before it)."""
        column = self.seen.table[:, self.seen.base]
        here = column[span.start : span.end]
        filled = here[here != NOTHING]
        index = int(filled[0]) if len(filled) else self.before(span.start, self.seen.base)
        tokens = self.collation.tokens[self.seen.base]
        at = int(tokens.starts[index]) if 0 <= index < len(tokens) else 0
        starts, names = self.references
        return names[max(0, bisect_right(starts, at) - 1)]

    @cached_property
    def _last(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
        return np.maximum.accumulate(self.collation.table, axis=0)

    def before(self, column: int, row: int) -> int:
        """The last token of a witness before a column, or -1."""
        return int(self._last[column - 1, row]) if column > 0 else -1


def loci(
    collation: Collation,
    *,
    base: str,
    derived: Mapping[str, Derived],
    divisions: Mapping[str, Division],
    beads: Sequence[Bead],
    speakers: Sequence[Speaker],
    kinds: Mapping[str, str],
) -> tuple[Locus, ...]:
    """The loci of *collation*, told against *base*, in the order of its text."""
    del beads  # in one language every difference shows in the collation
    seen = view(collation, base)
    sight = _Sight(
        seen,
        derived,
        divisions,
        kinds,
        names_of(collation.tokens[seen.base], speakers),
        {s: digest(t.text) for s, t in zip(collation.sigla, collation.tokens, strict=True)},
    )
    found = [_locus(sight, place) for place in places(seen)]
    found += [_moved(sight, move) for move in collation.moves]
    found += _paragraphs(sight)
    found += _speakers(sight)
    return tuple(sorted(found, key=lambda locus: (locus.columns, locus.kind, locus.id)))


def _locus(sight: _Sight, place: Place) -> Locus:
    seen = sight.seen
    groups: dict[tuple[int, ...], list[int]] = {}
    base_key = _forms(seen, place.span, seen.base)
    groups[base_key] = [seen.base]
    for row in range(seen.forms.shape[1]):
        if row == seen.base:
            continue
        key = _forms(seen, place.span, row)
        if place.why == "absence" and row not in place.rows:
            if not key:
                continue  # told with its own, longer absence
            key = base_key  # has the passage: what differs within is told there
        groups.setdefault(key, []).append(row)
    rest = sorted(item for item in groups.items() if item[0] != base_key)
    rest.sort(key=lambda item: item[1][0])
    readings = [_base_reading(sight, place, groups[base_key])]
    readings += [_reading(sight, place, rows) for _, rows in rest]
    return _made(sight, place.span, _kind(readings), readings)


def _forms(seen: View, span: Span, row: int) -> tuple[int, ...]:
    return tuple(f for f in seen.forms[span.start : span.end, row].tolist() if f >= 0)


def _made(
    sight: _Sight,
    span: Span,
    kind: str,
    readings: Sequence[Reading],
    turn: str | None = None,
    evidence: tuple[str, ...] = (),
) -> Locus:
    told = [
        (siglum, s.start, s.end, sight.revisions[siglum])
        for reading in readings
        for siglum, spans in reading.witnesses.items()
        for s in spans
    ]
    extra = kind if len(span) == 0 else ""
    return Locus(
        id=digest(repr((sorted(told), extra)))[:12],
        turn=turn or sight.reference(span),
        kind=kind,
        base=sight.base,
        readings=tuple(readings),
        columns=span,
        evidence=evidence,
    )


def _spans(sight: _Sight, span: Span, row: int) -> tuple[Span, ...]:
    """The stretches of a witness in a range of columns; an empty one where it has nothing."""
    tokens = sight.collation.tokens[row]
    indices = [i for i in sight.seen.table[span.start : span.end, row].tolist() if i != NOTHING]
    if not indices:
        before = sight.before(span.start, row)
        at = int(tokens.ends[before]) if before >= 0 else 0
        return (Span(at, at),)
    out: list[Span] = []
    last = -2
    for index in indices:
        for number, piece in enumerate(tokens.spans(index)):
            between = tokens.text[out[-1].end : piece.start] if out else ""
            runs_on = (
                index == last + 1 and number == 0 and piece.start >= (out[-1].end if out else 0)
            )
            if out and runs_on and not between.strip():
                out[-1] = Span(out[-1].start, max(out[-1].end, piece.end))
            else:
                out.append(piece)
        last = index
    return tuple(out)


def _written(sight: _Sight, row: int, spans: Iterable[Span]) -> str:
    text = sight.collation.tokens[row].text
    return " ".join(" ".join(span.of(text) for span in spans).split())


def _attested(sight: _Sight, span: Span, rows: Sequence[int]) -> dict[str, tuple[Span, ...]]:
    return {sight.collation.sigla[row]: _spans(sight, span, row) for row in sorted(rows)}


def _base_reading(sight: _Sight, place: Place, rows: Sequence[int]) -> Reading:
    witnesses = _attested(sight, place.span, rows)
    text = _written(sight, sight.seen.base, witnesses[sight.base])
    return Reading(text, witnesses, absence=None if text else Absence.UNEXPLAINED)


def _reading(sight: _Sight, place: Place, rows: Sequence[int]) -> Reading:
    seen = sight.seen
    base, own = seen.words(seen.base, place.span), seen.words(rows[0], place.span)
    witnesses = _attested(sight, place.span, rows)
    text = _written(sight, rows[0], next(iter(witnesses.values())))
    carried = not own and not place.rows.issuperset(rows)
    label = _is_label(sight, place.span)
    machine = all(sight.kinds.get(siglum) == "ocr" for siglum in witnesses)
    told = tell(
        base,
        own,
        why=place.why,
        names=sight.names,
        label=label,
        known=sight.known,
        machine=machine,
    )
    read = "".join(
        s.of(sight.collation.tokens[rows[0]].text) for s in next(iter(witnesses.values()))
    )
    why, evidence = cause(
        base,
        own,
        feature=told.feature,
        read=read,
        machine=machine,
        known=sight.known,
        forms=sight.forms,
    )
    return Reading(
        text,
        witnesses,
        absence=None if own else Absence.UNEXPLAINED,
        operation=told.operation,
        feature=told.feature,
        significance=told.significance,
        cause=why,
        evidence=(*told.evidence, *evidence, *([TOLD_ELSEWHERE] if carried else [])),
    )


def _is_label(sight: _Sight, span: Span) -> bool:
    """Whether the base's words there lie in a speaker's label."""
    column = sight.seen.table[span.start : span.end, sight.seen.base]
    filled = column[column != NOTHING]
    if not len(filled) or not sight.labels:
        return False
    tokens = sight.collation.tokens[sight.seen.base]
    at = Span(int(tokens.starts[filled[0]]), int(tokens.ends[filled[-1]]))
    number = bisect_right(sight.label_starts, at.start) - 1
    return number >= 0 and sight.labels[number].covers(at)


def _kind(readings: Sequence[Reading]) -> str:
    told = [
        _kind_of(reading) for reading in readings[1:] if TOLD_ELSEWHERE not in reading.evidence
    ] or [_kind_of(reading) for reading in readings[1:]]
    return min(told, key=KINDS.index)


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


def _moved(sight: _Sight, move: Move) -> Locus:
    """One locus for a move: the passage where the base has it, and where others do."""
    collation = sight.collation
    there = sight.base in move.sigla_there and sight.base not in move.sigla_here
    own, other = (move.there, move.here) if there else (move.here, move.there)
    with_base, moved = (
        (move.sigla_there, move.sigla_here) if there else (move.sigla_here, move.sigla_there)
    )
    groups = {own: sorted({*with_base, sight.base} - set(moved)), other: sorted(moved)}
    readings = []
    for span, sigla in groups.items():
        witnesses = {s: _standing(collation, span, collation.row(s)) for s in sigla}
        first = sight.base if sight.base in witnesses else next(iter(witnesses))
        text = _written(sight, collation.row(first), witnesses[first])
        if span == own:
            readings.append(Reading(text, witnesses, None if text else Absence.UNEXPLAINED))
            continue
        readings.append(
            Reading(
                text,
                witnesses,
                operation=Operation.MOVE,
                feature=Feature.WORD_ORDER,
                significance=Significance.UNDECIDED,
                cause=Cause.UNKNOWN,
                evidence=(f"{len(move.links)} words stand elsewhere",),
            )
        )
    return _made(sight, own, "move", readings)


def _standing(collation: Collation, span: Span, row: int) -> tuple[Span, ...]:
    """The stretch of a witness in a range of columns of the table itself."""
    column = collation.table[span.start : span.end, row]
    filled = column[column != NOTHING]
    tokens = collation.tokens[row]
    if not len(filled):
        before = collation.table[: span.start, row].max(initial=NOTHING)
        at = int(tokens.ends[before]) if before >= 0 else 0
        return (Span(at, at),)
    return (Span(int(tokens.starts[filled[0]]), int(tokens.ends[filled[-1]])),)


def _paragraphs(sight: _Sight) -> Iterator[Locus]:
    """Where a paragraph begins in some witnesses and not in others, inside a turn."""
    collation = sight.collation
    begins: dict[int, set[int]] = {}
    for row, siglum in enumerate(collation.sigla):
        for column in _starts(collation, row, sight.divisions.get(siglum)):
            begins.setdefault(column, set()).add(row)
    divided = {r for r, s in enumerate(collation.sigla) if s in sight.divisions}
    for column, rows in sorted(begins.items()):
        there = {r for r in divided if collation.table[column, r] != NOTHING}
        if sight.seen.base not in there or rows >= there:
            continue
        with_base = rows if sight.seen.base in rows else there - rows
        others = there - with_base
        yield _made(
            sight,
            Span(column, column),
            "paragraph",
            [
                _paragraph(sight, column, with_base, new=with_base == rows, base=True),
                _paragraph(sight, column, others, new=others == rows, base=False),
            ],
            turn=sight.reference(Span(column, column + 1)),
        )


def _starts(collation: Collation, row: int, division: Division | None) -> Iterator[int]:
    """Columns at which a paragraph begins that is not the first of its turn."""
    if division is None:
        return
    tokens = collation.tokens[row]
    columns = np.flatnonzero(collation.table[:, row] != NOTHING)
    for turn in division.turns:
        for paragraph in turn.paragraphs[1:]:
            index = int(np.searchsorted(tokens.starts, paragraph.start))
            if index < len(tokens):
                yield int(columns[index])


def _paragraph(
    sight: _Sight, column: int, rows: Iterable[int], *, new: bool, base: bool
) -> Reading:
    witnesses = {}
    for row in sorted(rows):
        at = int(sight.collation.tokens[row].starts[sight.collation.table[column, row]])
        witnesses[sight.collation.sigla[row]] = (Span(at, at),)
    says = "a new paragraph begins" if new else "the paragraph runs on"
    if base:
        return Reading("¶" if new else "", witnesses, evidence=(says,))
    return Reading(
        "¶" if new else "",
        witnesses,
        operation=Operation.SPLIT if new else Operation.MERGE,
        feature=Feature.PARAGRAPH,
        significance=Significance.ACCIDENTAL,
        cause=Cause.UNKNOWN,
        evidence=(says,),
    )


def _speakers(sight: _Sight) -> Iterator[Locus]:
    """Turns whose words another witness gives to another speaker, by its own label."""
    division = sight.divisions.get(sight.base)
    for turn in division.turns if division else ():
        if turn.label is None or turn.speaker is None:
            continue
        column = _speech(sight, turn.label.span)
        if column is None:
            continue
        readings = list(_other_speakers(sight, column, turn.speaker))
        if readings:
            sigla = {s for reading in readings for s in reading.witnesses}
            rest = [r for r, s in enumerate(sight.collation.sigla) if s not in sigla]
            there = [r for r in rest if sight.collation.table[column, r] != NOTHING]
            own = Reading(turn.label.written, _attested(sight, Span(column, column + 1), there))
            yield _made(sight, Span(column, column), "speaker", [own, *readings])


def _speech(sight: _Sight, label: Span) -> int | None:
    """The column of the first word after a label of the base."""
    tokens = sight.collation.tokens[sight.seen.base]
    index = int(np.searchsorted(tokens.starts, label.end))
    if index >= len(tokens):
        return None
    return int(np.flatnonzero(sight.collation.table[:, sight.seen.base] == index)[0])


def _other_speakers(sight: _Sight, column: int, speaker: str) -> Iterator[Reading]:
    for row, siglum in enumerate(sight.collation.sigla):
        index = int(sight.collation.table[column, row])
        division = sight.divisions.get(siglum)
        if row == sight.seen.base or index == NOTHING or division is None or index == 0:
            continue
        tokens = sight.collation.tokens[row]
        for turn in division.turns:
            label = turn.label
            if label is None or turn.speaker in (None, speaker):
                continue
            if int(tokens.starts[index - 1]) < label.span.end <= int(tokens.starts[index]):
                yield Reading(
                    label.written,
                    {siglum: _spans(sight, Span(column, column + 1), row)},
                    operation=Operation.SUBSTITUTION,
                    feature=Feature.SPEAKER,
                    significance=Significance.SUBSTANTIVE,
                    cause=Cause.UNKNOWN,
                    evidence=(f"{siglum} gives these words to {turn.speaker}",),
                )
