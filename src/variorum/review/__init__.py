"""What an editor should look at in a translation: findings, worst first."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from variorum.text import Span

__all__ = ["Finding"]


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
