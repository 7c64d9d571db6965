"""The way back: the apparatus that a JSON result tells, and the proof that it tells it whole.

A witness is laid out again from its tokens and the strings between them::

    between[0] t[0] between[1] t[1] … t[n-1] between[n]   →   text as read → digest?

Values are rebuilt by hand, since their own validators are the check: the rows
must spell, the runs and roles must tile, each rebuilt text must have the digest
that was written down when it was read, and every span, column and siglum must
point at something.  Nothing is mended.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from variorum.aligners import Bead
from variorum.apparatus import Apparatus
from variorum.collation import NOTHING, Collation, Move
from variorum.errors import ExportError, VariorumError
from variorum.exporters.json.translated import pointers, translation_of
from variorum.loci import Absence, Cause, Feature, Locus, Operation, Reading, Significance
from variorum.text import Derived, Run, Span, Text, digest
from variorum.tokens import Tokens
from variorum.turns import Division, Label, Speaker, Turn
from variorum.witness import (
    Derivation,
    Description,
    GivenToken,
    Layout,
    Line,
    Page,
    Received,
    Role,
    Stretch,
    Witness,
    Word,
)

__all__ = ["FORMAT", "load", "rebuild", "restore", "sealed"]

FORMAT = "variorum 1"
"""Value of the file's ``"format"``: what this version writes and can restore."""

Json = Mapping[str, Any]
Told = TypeVar("Told")


def rebuild(witness: Json) -> str:
    """The text as read of one entry of ``"witnesses"``, from its tokens and what lies between.

    Raises ``ExportError`` where the lists do not fit one another.  Whether the
    result is the text that was read, its ``"digest"`` and ``"length"`` say.
    """
    return _laid_out(witness)[0]


def _laid_out(witness: Json) -> tuple[str, list[int], list[int]]:
    """The text, and where each token starts and ends in it."""
    if not len(witness["t"]) == len(witness["n"]) == len(witness["between"]) - 1:
        raise ExportError(
            "tokens and the strings between them do not fit", place=str(witness["siglum"])
        )
    pieces = {index: (_spans(spans), inner) for index, spans, inner in witness["pieces"]}
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    reached = 0
    for index, (gap, token) in enumerate(zip(witness["between"], witness["t"], strict=False)):
        outer = _outer(token, *pieces[index]) if index in pieces else token
        if isinstance(gap, str):
            start = reached + len(gap)
            parts += (gap, outer)
        else:
            start = reached - gap
            shared = _last(parts, gap)
            if not (shared.startswith(outer) or outer.startswith(shared)):
                raise ExportError(
                    f"token {index} does not repeat what it shares", place=str(witness["siglum"])
                )
            parts.append(outer[gap:])
        starts.append(start)
        ends.append(start + len(outer))
        reached = max(reached, ends[-1])
    return "".join([*parts, witness["between"][-1]]), starts, ends


def _last(parts: Sequence[str], count: int) -> str:
    """The last *count* characters of joined *parts*, touching no more of them than needed."""
    taken: list[str] = []
    length = 0
    for part in reversed(parts):
        if length >= count:
            break
        taken.append(part)
        length += len(part)
    return "".join(reversed(taken))[length - count :]


def _outer(token: str, spans: Sequence[Span], inner: Sequence[str]) -> str:
    """A token in pieces with what stands between them."""
    out = []
    at = 0
    for number, span in enumerate(spans):
        out.append(token[at : at + len(span)])
        out.append(inner[number] if number < len(inner) else "")
        at += len(span)
    return "".join(out)


_SEAL = b'"digest":"'


def sealed(told: bytes) -> bytes:
    """The bytes of an open JSON object, closed with the digest of all that came before."""
    return told + _SEAL + digest(told).encode() + b'"\n}\n'


def load(data: bytes) -> dict[str, Any]:
    """The parsed file, as it was written.

    Raises ``ExportError`` unless it is strict JSON of this format and no byte
    was changed since.
    """
    try:
        found = json.loads(data, parse_constant=_refuse)
    except ValueError as error:
        raise ExportError(f"not a result in JSON ({error})", remedy="collate again") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ExportError(
            f"not a result of the format {FORMAT!r}", remedy="collate again with this version"
        )
    if sealed(data.rpartition(_SEAL)[0]) != data:
        raise ExportError(
            "the file was changed after it was written", remedy="collate again, do not edit results"
        )
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON number")


def restore(data: bytes) -> Apparatus:
    """The apparatus that a file tells, every law of its values checked on the way.

    Raises ``ExportError`` where the file is broken or was changed, a law does
    not hold, a pointer leads nowhere, or a witness rebuilt from its tokens has
    not the digest that was written down.
    """
    found = load(data)
    try:
        apparatus = _apparatus(found)
        _resolved(apparatus)
    except ExportError:
        raise
    except VariorumError as error:
        raise ExportError(f"the result does not hold ({error})", remedy="collate again") from error
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        told = f"{type(error).__name__}: {error}"
        raise ExportError(f"the result is damaged ({told})", remedy="collate again") from error
    return apparatus


def _resolved(apparatus: Apparatus) -> None:
    """Every span, column, reading number and siglum points at something."""
    lengths = {w.siglum: len(w.text) for w in apparatus.witnesses}
    width = len(apparatus.collation)
    for move in apparatus.collation.moves:
        strangers = {*move.sigla_here, *move.sigla_there} - lengths.keys()
        if strangers or max(move.here.end, move.there.end) > width:
            raise ExportError("points at no columns or witness", place=f"move at {move.here.start}")
    for bead in apparatus.beads:
        _attested(f"bead {bead.id}", bead.witnesses, lengths)
    for locus in apparatus.loci:
        for reading in locus.readings:
            _attested(f"locus {locus.id}", reading.witnesses, lengths)
        if locus.columns.end > width or not 0 <= (locus.lemma or 0) < len(locus.readings):
            raise ExportError("points at no columns or reading", place=f"locus {locus.id}")
        if locus.base not in lengths:
            raise ExportError(f"has a base {locus.base!r} unknown", place=f"locus {locus.id}")
    for each in apparatus.translations:
        for siglum, spans in pointers(each):
            _attested(f"translation {each.source} – {each.target}", {siglum: spans}, lengths)


def _attested(
    place: str, witnesses: Mapping[str, Sequence[Span]], lengths: Mapping[str, int]
) -> None:
    for siglum, spans in witnesses.items():
        if siglum not in lengths:
            raise ExportError(f"there is no witness {siglum!r}", place=place)
        if any(span.end > lengths[siglum] for span in spans):
            raise ExportError(f"a span leaves the text of {siglum}", place=place)


def _apparatus(found: Json) -> Apparatus:
    laid = {w["siglum"]: _laid_out(w) for w in found["witnesses"]}
    told = {w["siglum"]: w for w in found["witnesses"]}
    for siglum, witness in told.items():
        _same_text(siglum, witness, laid[siglum][0])
    return Apparatus(
        title=found["title"],
        base=found["base"],
        witnesses=tuple(_witness_of(w, *laid[w["siglum"]]) for w in found["witnesses"]),
        derived={
            s: _derived_of(w["rules"], laid[s][0])
            for s, w in told.items()
            if w["rules"] is not None
        },
        divisions={s: _division_of(w) for s, w in told.items() if w["roles"] is not None},
        speakers=tuple(Speaker(s["id"], tuple(s["names"])) for s in found["speakers"]),
        collation=_collation_of(found, told, laid),
        beads=tuple(_bead_of(bead) for bead in found["beads"]),
        loci=tuple(_locus_of(locus) for locus in found["loci"]),
        closeness={(a, b): value for a, b, value in found["closeness"]},
        fingerprint=found["fingerprint"],
        translations=tuple(map(translation_of, found["translations"])),
        notes=tuple(found["notes"]),
    )


def _same_text(siglum: str, witness: Json, text: str) -> None:
    read = Text(text)
    if (read.digest, len(read)) != (witness["digest"], witness["length"]):
        raise ExportError(
            "the text rebuilt from its tokens is not the text as read",
            place=siglum,
            remedy="the file was changed after it was written; collate again",
        )


def _collation_of(
    found: Json, told: Mapping[str, Json], laid: Mapping[str, tuple[str, list[int], list[int]]]
) -> Collation:
    sigla = tuple(sorted(s for s, w in told.items() if w["columns"] is not None))
    table = np.full((found["columns"], len(sigla)), NOTHING, dtype=np.int32)
    for row, siglum in enumerate(sigla):
        columns = told[siglum]["columns"]
        table[columns, row] = np.arange(len(columns), dtype=np.int32)
    tokens = tuple(_tokens_of(told[siglum], *laid[siglum]) for siglum in sigla)
    return Collation(sigla, tokens, table, tuple(_move_of(move) for move in found["moves"]))


def _tokens_of(witness: Json, text: str, starts: list[int], ends: list[int]) -> Tokens:
    forms: dict[str, str] = {}
    return Tokens(
        text,
        np.array(starts, dtype=np.int32),
        np.array(ends, dtype=np.int32),
        tuple(forms.setdefault(n, n) for n in witness["n"]),
        {index: _spans(spans) for index, spans, _ in witness["pieces"]},
        {index: tuple((key, value) for key, value in pairs) for index, pairs in witness["extra"]},
    )


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _spans_by_siglum(told: Json) -> dict[str, tuple[Span, ...]]:
    return {siglum: _spans(pairs) for siglum, pairs in told.items()}


def _move_of(move: Json) -> Move:
    return Move(
        Span(*move["here"]),
        Span(*move["there"]),
        tuple(move["sigla_here"]),
        tuple(move["sigla_there"]),
        tuple((a, b) for a, b in move["links"]),
    )


def _bead_of(bead: Json) -> Bead:
    return Bead(**{**bead, "witnesses": _spans_by_siglum(bead["witnesses"])})


def _locus_of(locus: Json) -> Locus:
    return Locus(
        id=locus["id"],
        turn=locus["turn"],
        kind=locus["kind"],
        base=locus["base"],
        readings=tuple(_reading_of(reading) for reading in locus["readings"]),
        columns=Span(*locus["columns"]),
        lemma=locus["lemma"],
        evidence=tuple(locus["evidence"]),
    )


def _maybe(make: Callable[[str], Told], told: str | None) -> Told | None:
    return None if told is None else make(told)


def _reading_of(reading: Json) -> Reading:
    return Reading(
        reading["text"],
        _spans_by_siglum(reading["witnesses"]),
        _maybe(Absence, reading["absence"]),
        _maybe(Operation, reading["operation"]),
        _maybe(Feature, reading["feature"]),
        _maybe(Significance, reading["significance"]),
        _maybe(Cause, reading["cause"]),
        tuple(reading["evidence"]),
    )


def _witness_of(witness: Json, text: str, starts: list[int], ends: list[int]) -> Witness:
    described = witness["description"]
    return Witness(
        witness["siglum"],
        Text(text),
        _layout_of(witness["layout"]),
        Description(
            **{
                **described,
                "derivation": Derivation(**described["derivation"]),
                "hands": tuple(described["hands"]),
            }
        ),
        tuple(Received(**received) for received in witness["received"]),
        _given_of(witness, starts, ends) if witness["ready_made"] is not None else None,
    )


def _given_of(witness: Json, starts: Sequence[int], ends: Sequence[int]) -> tuple[GivenToken, ...]:
    bare = set(witness["ready_made"]["without_n"])
    extra = {index: tuple((k, v) for k, v in pairs) for index, pairs in witness["extra"]}
    return tuple(
        GivenToken(Span(start, end), None if index in bare else n, extra.get(index, ()))
        for index, (start, end, n) in enumerate(zip(starts, ends, witness["n"], strict=True))
    )


def _stretches_of(told: Iterable[Sequence[Any]]) -> tuple[Stretch, ...]:
    return tuple(Stretch(Span(a, b), Role(role), evidence) for a, b, role, evidence in told)


def _layout_of(told: Json) -> Layout:
    return Layout(
        tuple(Page(Span(a, b), *rest) for a, b, *rest in told["pages"]),
        tuple(Line(Span(a, b), box and tuple(box)) for a, b, box in told["lines"]),
        tuple(Word(Span(a, b), box and tuple(box), *rest) for a, b, box, *rest in told["words"]),
        _stretches_of(told["roles"]),
        tuple(told.get("notes", ())),
    )


def _division_of(witness: Json) -> Division:
    return Division(
        witness["length"],
        _stretches_of(witness["roles"]),
        tuple(
            Turn(
                Span(*turn["span"]),
                turn["speaker"],
                turn["label"] and Label(Span(*turn["label"][:2]), *turn["label"][2:]),
                _spans(turn["paragraphs"]),
            )
            for turn in witness["turns"]
        ),
    )


def _derived_of(rules: Sequence[Sequence[Any]], text: str) -> Derived:
    runs: list[Run] = []
    parts: list[str] = []
    base = result = 0

    def run(end: int, replacement: str, names: tuple[str, ...]) -> None:
        nonlocal base, result
        reached = result + len(replacement)
        runs.append(Run(Span(base, end), Span(result, reached), names))
        parts.append(replacement)
        base, result = end, reached

    for start, end, replacement, names in rules:
        if start > base:
            run(start, text[base:start], ())
        run(end, replacement, tuple(names))
    if base < len(text):
        run(len(text), text[base:], ())
    return Derived(text, "".join(parts), tuple(runs))
