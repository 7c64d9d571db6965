"""Translations in the JSON result, and back: a line each, everything in it.

Positions count from 0; a word is four numbers, its place in the sentence's text
and in the text as read, and so is a link, a span of the source and one of the
target::

    "words"  [[0,4, 120,124], …]        of a sentence
    "words"  [[120,124, 98,104], …]     of a pair: 120–124 renders 98–104
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from variorum.aligners import Link, Pair, Parallel, Passage, Sentence, Side, Word
from variorum.apparatus import Translation
from variorum.review import Finding
from variorum.text import Span

__all__ = ["pointers", "told", "translation_of"]

Json = Mapping[str, Any]


def told(translation: Translation) -> dict[str, object]:
    """A translation as JSON values."""
    parallel = translation.parallel
    return {
        "source": _side(parallel.source),
        "target": _side(parallel.target),
        "fingerprint": parallel.fingerprint,
        "sentences": [_pair(pair) for pair in parallel.sentences],
        "turns": [_pair(pair) for pair in parallel.turns],
        "carried": {
            siglum: [_spans(spans) for spans in each]
            for siglum, each in sorted(translation.carried.items())
        },
        "findings": [_finding(each) for each in translation.findings],
    }


def translation_of(found: Json) -> Translation:
    """The translation that JSON values tell."""
    return Translation(
        Parallel(
            _side_of(found["source"]),
            _side_of(found["target"]),
            tuple(map(_pair_of, found["sentences"])),
            tuple(map(_pair_of, found["turns"])),
            found["fingerprint"],
        ),
        tuple(map(_finding_of, found["findings"])),
        {siglum: tuple(map(_spans_of, each)) for siglum, each in found["carried"].items()},
    )


def pointers(translation: Translation) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """By siglum, everything in a text that a translation points at."""
    parallel = translation.parallel
    for side in (parallel.source, parallel.target):
        yield side.file, tuple(s.span for s in side.sentences)
        yield side.file, tuple(word.span for s in side.sentences for word in s.words)
    for pair in parallel.sentences:
        yield parallel.source.file, tuple(link.source for link in pair.words)
        yield parallel.target.file, tuple(link.target for link in pair.words)
    for siglum, each in translation.carried.items():
        yield siglum, tuple(span for spans in each for span in spans)
    for finding in translation.findings:
        yield parallel.source.file, finding.source
        yield parallel.target.file, finding.target


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans_of(found: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in found)


def _side(side: Side) -> dict[str, object]:
    return {
        "siglum": side.file,
        "language": side.language,
        "turns": [[passage.role, passage.speaker] for passage in side.passages],
        "sentences": [
            {
                "span": [s.span.start, s.span.end],
                "text": s.text,
                "turn": s.turn,
                "words": [[w.at.start, w.at.end, w.span.start, w.span.end] for w in s.words],
            }
            for s in side.sentences
        ],
    }


def _side_of(found: Json) -> Side:
    sentences = tuple(
        Sentence(
            Span(*each["span"]),
            each["text"],
            each["turn"],
            tuple(Word(Span(a, b), Span(c, d)) for a, b, c, d in each["words"]),
        )
        for each in found["sentences"]
    )
    passages = tuple(Passage(role, speaker) for role, speaker in found["turns"])
    return Side(found["siglum"], found["language"], sentences, passages)


def _pair(pair: Pair) -> dict[str, object]:
    return {
        "source": pair.source,
        "target": pair.target,
        "confidence": pair.confidence,
        "move": pair.move,
        "locked": pair.locked,
        "words": [[x.source.start, x.source.end, x.target.start, x.target.end] for x in pair.words],
    }


def _pair_of(found: Json) -> Pair:
    links = tuple(Link(Span(a, b), Span(c, d)) for a, b, c, d in found["words"])
    return Pair(
        tuple(found["source"]),
        tuple(found["target"]),
        found["confidence"],
        move=found["move"],
        words=links,
        locked=found["locked"],
    )


def _finding(each: Finding) -> dict[str, object]:
    return {
        "id": each.id,
        "kind": each.kind,
        "pair": each.pair,
        "source": _spans(each.source),
        "target": _spans(each.target),
        "said": each.said,
        "evidence": each.evidence,
        "weight": each.weight,
    }


def _finding_of(found: Json) -> Finding:
    return Finding(
        **{**found, "source": _spans_of(found["source"]), "target": _spans_of(found["target"])}
    )
