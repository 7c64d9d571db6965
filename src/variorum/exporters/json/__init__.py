"""The result itself, as JSON: everything an apparatus holds, and each witness to the character.

Why a witness is told twice over, as tokens and as what lies *between* them: a
file that held the text and offsets into it would prove nothing about the
collation.  Here the text as read exists only as the tokens in their columns and
the strings between them, so whoever rebuilds it has walked the collation::

    "columns" [      0,          1,         3 ]      one a token
    "t"       [   "Choe",  "Yong-⏎geon",  "," ]      as written
    "n"       [   "Choe",  "Yong-geon",   "," ]      as compared
    "between" [ "",      " ",          "",   "⏎⏎" ]  before, between and after

Two exceptions are told where they happen.  A token with a page number in its
middle has an entry in ``"pieces"``: its index, its spans, and the strings
between those.  Where two tokens come from the same characters (a rule wrote
one word as two), ``"between"`` holds a number instead of a string: how many
characters the token shares with what came before it.

Parallel lists rather than an object a token: a third of the bytes, and plain
lists of strings are what the standard encoder writes fastest.  Each witness,
bead and locus stands on a line of its own, so that two results can be
compared by line.

The last line is the digest of all bytes before it, so that a file in which one
character was changed is not read back.

A lone surrogate, which UTF-8 cannot hold, is written as JSON's own escape.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from attrs import asdict

from variorum.aligners import Bead
from variorum.apparatus import Apparatus, citations
from variorum.collation import NOTHING, Move
from variorum.exporters.json import translated
from variorum.exporters.json.restored import FORMAT, load, rebuild, restore, sealed
from variorum.loci import Locus, Reading
from variorum.text import Derived, Span
from variorum.tokens import Tokens
from variorum.turns import Division
from variorum.witness import Layout, Stretch, Witness

__all__ = ["MERGES", "NAME", "SUFFIX", "VERSION", "export", "load", "rebuild", "restore"]

NAME = "json"
VERSION = "1"
SUFFIX = "json"
MERGES = ""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_encode_sorted = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
).encode


def export(apparatus: Apparatus) -> bytes:
    """The whole apparatus as UTF-8 JSON; ``restore`` gives it back equal."""
    collation = apparatus.collation
    rows = dict(zip(collation.sigla, range(len(collation.sigla)), strict=True))
    witnesses = (_witness(w, apparatus, rows.get(w.siglum)) for w in apparatus.witnesses)
    head: list[tuple[str, str]] = [
        ("format", _encode(FORMAT)),
        ("title", _encode(apparatus.title)),
        ("base", _encode(apparatus.base)),
        ("fingerprint", _encode_sorted(apparatus.fingerprint)),
        ("notes", _encode(apparatus.notes)),
        ("speakers", _encode([{"id": s.id, "names": s.names} for s in apparatus.speakers])),
        ("columns", _encode(len(collation))),
        ("moves", _lines(_move(move) for move in collation.moves)),
        ("closeness", _encode([[*pair, v] for pair, v in sorted(apparatus.closeness.items())])),
        (
            "witnesses",
            _lines(witnesses),
        ),
        ("beads", _lines(_bead(bead) for bead in apparatus.beads)),
        ("loci", _lines(_loci(apparatus))),
        ("translations", _lines(map(translated.told, apparatus.translations))),
    ]
    told = "{\n" + "".join(f'"{key}":{value},\n' for key, value in head)
    return sealed(told.encode("utf-8", "backslashreplace"))


def _lines(items: Iterable[object]) -> str:
    told = [_encode(item) for item in items]
    return "[\n" + ",\n".join(told) + "\n]" if told else "[]"


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _attested(witnesses: Mapping[str, tuple[Span, ...]]) -> dict[str, list[list[int]]]:
    return {siglum: [_pair(s) for s in witnesses[siglum]] for siglum in sorted(witnesses)}


def _move(move: Move) -> dict[str, object]:
    return {
        "here": _pair(move.here),
        "there": _pair(move.there),
        "sigla_here": move.sigla_here,
        "sigla_there": move.sigla_there,
        "links": move.links,
    }


def _bead(bead: Bead) -> dict[str, object]:
    return {
        "id": bead.id,
        "turn": bead.turn,
        "role": bead.role,
        "speaker": bead.speaker,
        "witnesses": _attested(bead.witnesses),
        "move": bead.move,
        "confidence": bead.confidence,
    }


def _loci(apparatus: Apparatus) -> Iterator[dict[str, object]]:
    """The loci, with what an original has there under ``"cf"``, which the translations tell."""
    known = [(each.source, each.target, citations(each)) for each in apparatus.translations]
    for locus in apparatus.loci:
        told = _locus(locus)
        cf: dict[str, list[list[int]]] = {}
        for source, target, cited in known:
            spans = [s for r in locus.readings for s in r.witnesses.get(target, ())]
            found = sorted({each for span in spans for each in cited(span)})
            if found:
                cf[source] = [_pair(span) for span in found]
        yield {**told, "cf": cf} if cf else told


def _locus(locus: Locus) -> dict[str, object]:
    return {
        "id": locus.id,
        "turn": locus.turn,
        "kind": locus.kind,
        "evidence": locus.evidence,
        "base": locus.base,
        "lemma": locus.lemma,
        "columns": _pair(locus.columns),
        "readings": [_reading(reading) for reading in locus.readings],
    }


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "text": reading.text,
        "absence": reading.absence,
        "operation": reading.operation,
        "feature": reading.feature,
        "significance": reading.significance,
        "cause": reading.cause,
        "evidence": reading.evidence,
        "witnesses": _attested(reading.witnesses),
    }


def _witness(witness: Witness, apparatus: Apparatus, row: int | None) -> dict[str, object]:
    """One witness; without a *row* (an original beside its translations) it has no columns."""
    text = witness.text.chars
    collation = apparatus.collation
    tokens = _no_tokens(text) if row is None else collation.tokens[row]
    columns = None if row is None else np.flatnonzero(collation.table[:, row] != NOTHING).tolist()
    division = apparatus.divisions.get(witness.siglum)
    derived = apparatus.derived.get(witness.siglum)
    return {
        "siglum": witness.siglum,
        "digest": witness.text.digest,
        "length": len(witness.text),
        "received": [asdict(received) for received in witness.received],
        "description": asdict(witness.description),
        "layout": _layout(witness.layout),
        **(_division(division) if division else {"roles": None, "turns": None}),
        "rules": _changed(derived) if derived else None,
        "ready_made": _ready_made(witness),
        "columns": columns,
        **_tokens(tokens, text),
    }


def _no_tokens(text: str) -> Tokens:
    none = np.zeros(0, dtype=np.int32)
    return Tokens(text, none, none, ())


def _tokens(tokens: Tokens, text: str) -> dict[str, object]:
    starts, ends = tokens.starts.tolist(), tokens.ends.tolist()
    written = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    between: list[str | int] = []
    reached = 0
    for start, end in zip(starts, ends, strict=True):
        between.append(text[reached:start] if start >= reached else reached - start)
        reached = max(reached, end)
    between.append(text[reached:])
    pieces = []
    for index, spans in sorted(tokens.pieces.items()):
        written[index] = tokens.written(index)
        inner = [text[a.end : b.start] for a, b in pairwise(spans)]
        pieces.append([index, [_pair(span) for span in spans], inner])
    return {
        "t": written,
        "n": tokens.forms,
        "between": between,
        "pieces": pieces,
        "extra": [[index, extra] for index, extra in sorted(tokens.extra.items())],
    }


def _ready_made(witness: Witness) -> dict[str, list[int]] | None:
    """Nothing for a text we cut; else which of its tokens came without ``n``."""
    if witness.tokens is None:
        return None
    return {"without_n": [i for i, token in enumerate(witness.tokens) if token.n is None]}


def _layout(layout: Layout) -> dict[str, object]:
    return {
        "pages": [
            [*_pair(p.span), p.file, p.number, p.image, p.width, p.height] for p in layout.pages
        ],
        "lines": [[*_pair(line.span), line.box] for line in layout.lines],
        "words": [[*_pair(w.span), w.box, w.confidence, w.language] for w in layout.words],
        "roles": _stretches(layout.roles),
        **({"notes": list(layout.notes)} if layout.notes else {}),
    }


def _stretches(stretches: Sequence[Stretch]) -> list[list[object]]:
    return [[*_pair(s.span), s.role, s.evidence] for s in stretches]


def _division(division: Division) -> dict[str, object]:
    return {
        "roles": _stretches(division.stretches),
        "turns": [
            {
                "span": _pair(turn.span),
                "speaker": turn.speaker,
                "label": turn.label
                and [
                    *_pair(turn.label.span),
                    turn.label.speaker,
                    turn.label.written,
                    turn.label.evidence,
                ],
                "paragraphs": [_pair(p) for p in turn.paragraphs],
            }
            for turn in division.turns
        ],
    }


def _changed(derived: Derived) -> list[list[object]]:
    """What the rules replaced; all else was kept as it was."""
    return [
        [*_pair(run.base), run.result.of(derived.result), run.rules]
        for run in derived.runs
        if not run.kept
    ]
