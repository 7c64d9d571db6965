"""Findings on the page: worst first, each with an address, a kind and marks in the text.

A finding has spans of the texts as read; the page shows sentences in one line.
What carries a span over is the words it touches::

    as read    … të  ⏎ popullit   shqiptar …       span of a finding: ╰────────╯
    words           ╰───1───╯  ╰───2───╯           it touches word 1
    shown      … të popullit shqiptar …            marked: popullit

A span that touches no word (a mark, a gap) marks its whole sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from variorum.aligners import Parallel, Sentence, Side
from variorum.review import Finding
from variorum.text import Span

__all__ = ["HUES", "Kind", "Marks", "Note", "kinds", "marks", "notes"]

HUES = 6
"""Colours and line styles there are; kinds beyond share them and keep their own letters."""

Marks = Mapping[int, Sequence[tuple[Span, int]]]
"""Sentence → stretches of its text, each with the number of its finding."""


@frozen
class Kind:
    """A kind of finding: the letter is what tells it from others without colour."""

    number: int
    name: str
    letter: str
    count: int

    @property
    def hue(self) -> int:
        """The number of its colour and line style."""
        return self.number % HUES


@frozen
class Note:
    """A finding in its place in the list, worst first."""

    number: int
    id: str
    kind: Kind
    finding: Finding


def kinds(findings: Sequence[Finding]) -> dict[str, Kind]:
    """The kinds by name, the most frequent first."""
    counts = Counter(finding.kind for finding in findings)
    taken: set[str] = set()
    out = {}
    for number, name in enumerate(sorted(counts, key=lambda kind: (-counts[kind], kind))):
        letter = _letter(name, taken)
        taken.add(letter)
        out[name] = Kind(number, name, letter, counts[name])
    return out


def _letter(name: str, taken: set[str]) -> str:
    """The first letter of a kind that no other kind has."""
    letters = [char for char in name.upper() if char.isalnum()]
    spare = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return next((char for char in [*letters, *spare] if char not in taken), "•")


def notes(findings: Sequence[Finding]) -> list[Note]:
    """The findings, worst first, then in the order of the text."""
    known = kinds(findings)
    seen: Counter[str] = Counter()
    out = []
    order = sorted(findings, key=lambda f: (-f.weight, f.pair, f.kind, f.id))
    for number, finding in enumerate(order):
        name = "finding-" + "".join(c if c.isascii() and c.isalnum() else "-" for c in finding.id)
        seen[name] += 1
        unique = name if seen[name] == 1 else f"{name}-{seen[name]}"
        out.append(Note(number, unique, known[finding.kind], finding))
    return out


def marks(parallel: Parallel, listed: Sequence[Note]) -> tuple[Marks, Marks]:
    """What is marked on either side."""
    return (
        _marks(parallel.source, ((span, n.number) for n in listed for span in n.finding.source)),
        _marks(parallel.target, ((span, n.number) for n in listed for span in n.finding.target)),
    )


def _marks(side: Side, spans: Iterable[tuple[Span, int]]) -> Marks:
    order = sorted(range(len(side.sentences)), key=lambda n: side.sentences[n].span)
    starts = [side.sentences[n].span.start for n in order]
    out: dict[int, list[tuple[Span, int]]] = {}
    for span, number in spans:
        for place in _touched(side, order, starts, span):
            out.setdefault(place, []).append((_shown(side.sentences[place], span), number))
    return out


def _touched(side: Side, order: Sequence[int], starts: Sequence[int], span: Span) -> Iterator[int]:
    """The sentences a span reaches into."""
    at = max(0, bisect_right(starts, span.start) - 1)
    while at < len(order) and starts[at] < max(span.end, span.start + 1):
        if side.sentences[order[at]].span.end > span.start:
            yield order[at]
        at += 1


def _shown(sentence: Sentence, span: Span) -> Span:
    """The stretch of a sentence's text that a span of the text as read is about."""
    inside = [word.at for word in sentence.words if word.span.overlaps(span)]
    if not inside or span.covers(sentence.span):
        return Span(0, len(sentence.text))
    return Span(inside[0].start, inside[-1].end)
