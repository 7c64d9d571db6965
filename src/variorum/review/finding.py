"""The value that leaves the room: one place of a translation that asks for an editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from variorum.text import Span, digest

__all__ = ["Finding", "found"]


@frozen
class Finding:
    """One place of a translation that asks for an editor.

    ``pair`` is the position in ``Parallel.sentences``; ``source`` and
    ``target`` are spans of the texts as read; ``said`` is a sentence for people,
    ``evidence`` what it rests on, for machines; ``weight`` (0–1) is how grave it
    is.  ``id`` is a digest of kind and spans.
    """

    id: str
    kind: str
    pair: int
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    said: str
    evidence: Mapping[str, object]
    weight: float


def found(
    kind: str,
    pair: int,
    spans: tuple[Iterable[Span], Iterable[Span]],
    said: str,
    evidence: Mapping[str, object],
    weight: float,
) -> Finding:
    """A finding with its id; *spans* of source and target come in order, each once."""
    here, there = (tuple(sorted(set(side))) for side in spans)
    told = [
        kind,
        *(f"{s.start}-{s.end}" for s in here),
        "/",
        *(f"{s.start}-{s.end}" for s in there),
    ]
    return Finding(
        digest(" ".join(told))[:16], kind, pair, here, there, said, evidence, round(weight, 3)
    )
