"""What is written of two texts aligned across languages: JSON and TSV.

JSON is the whole result; positions count from 0, every position of either side
stands in exactly one pair, and a sentence without counterpart is one position
beside an empty list.  TSV is for spreadsheets: a line a pair, tabs and line
breaks of the text as single spaces (which is all that it loses).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from variorum.aligners import Pair, Parallel, Side
from variorum.review import Finding

__all__ = ["to_json", "to_tsv"]

FORMAT = "variorum alignment 1"


def to_json(parallel: Parallel, findings: Sequence[Finding] = ()) -> bytes:
    """The alignment as UTF-8 JSON, a line an item."""
    head = [
        ("format", _encode(FORMAT)),
        ("fingerprint", _encode(parallel.fingerprint)),
        ("source", _side(parallel.source)),
        ("target", _side(parallel.target)),
        ("turns", _lines(_pair(pair) for pair in parallel.turns)),
        ("sentences", _lines(_pair(pair) for pair in parallel.sentences)),
        ("findings", _lines(_finding(each) for each in findings)),
    ]
    told = "{" + ",\n".join(f'"{key}":{value}' for key, value in head) + "}\n"
    return told.encode("utf-8", "backslashreplace")


def _encode(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _lines(items: Iterable[object]) -> str:
    return "[\n" + ",\n".join(map(_encode, items)) + "]"


def _side(side: Side) -> str:
    told = [
        {"text": s.text, "span": [s.span.start, s.span.end], "turn": s.turn} for s in side.sentences
    ]
    passages = [{"role": str(p.role), "speaker": p.speaker} for p in side.passages]
    head = f'"file":{_encode(side.file)},"language":{_encode(side.language)}'
    return f'{{{head},\n"turns":{_lines(passages)},\n"sentences":{_lines(told)}}}'


def _pair(pair: Pair) -> dict[str, object]:
    words = [
        {
            "source": [link.source.start, link.source.end],
            "target": [link.target.start, link.target.end],
        }
        for link in pair.words
    ]
    return {
        "source": pair.source,
        "target": pair.target,
        "confidence": pair.confidence,
        "words": words,
        "move": pair.move,
        "locked": pair.locked,
    }


def _finding(each: Finding) -> dict[str, object]:
    return {
        "id": each.id,
        "kind": each.kind,
        "pair": each.pair,
        "source": [[span.start, span.end] for span in each.source],
        "target": [[span.start, span.end] for span in each.target],
        "said": each.said,
        "evidence": dict(each.evidence),
        "weight": each.weight,
    }


def to_tsv(parallel: Parallel) -> bytes:
    """A line a pair: positions and texts of both sides, under a header; UTF-8 with its mark."""
    rows = [("source", "target", "confidence", "move", "source text", "target text")]
    for pair in parallel.sentences:
        rows.append(
            (
                " ".join(map(str, pair.source)),
                " ".join(map(str, pair.target)),
                f"{pair.confidence:.4f}",
                "move" if pair.move else "",
                _text(parallel.source, pair.source),
                _text(parallel.target, pair.target),
            )
        )
    return ("\ufeff" + "".join("\t".join(row) + "\r\n" for row in rows)).encode("utf-8", "replace")


def _text(side: Side, positions: Sequence[int]) -> str:
    return " ".join(" ".join(side.sentences[n].text.split()) for n in positions)
