"""Word links for the script: what it needs to light up a bead, and no more.

Wrapping each word of a long text in an element would make the file four times
as long and slow to open.  So the words stay text, and the script wraps those
of a bead when it is first looked at.  For a row it gets three lists::

    source   [0,7, 1,3]        gaps and lengths: 7 characters from 0, 3 more after a gap of 1
    target   [4,2, 9,6]
    links    [0,1, 1,0]        the first word of the source and the second of the target …

Offsets are UTF-16 units, as scripts count, in the sentences of a side joined by
one character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from variorum.aligners import Link, Pair, Parallel, Side, Word
from variorum.text import Span

__all__ = ["links", "units"]

Told = list[list[int]]


def links(parallel: Parallel) -> list[Told | int]:
    """For each row its three lists, or 0 where no words are linked."""
    return [_told(parallel, pair) if pair.words else 0 for pair in parallel.sentences]


def _told(parallel: Parallel, pair: Pair) -> Told | int:
    source = list(_words(parallel.source, pair.source))
    target = list(_words(parallel.target, pair.target))
    found = sorted(set(_found(pair.words, source, target)))
    ours = sorted({s for s, _ in found})
    theirs = sorted({t for _, t in found})
    numbers = [number for s, t in found for number in (ours.index(s), theirs.index(t))]
    if not found:
        return 0
    return [_gaps(source[s][1] for s in ours), _gaps(target[t][1] for t in theirs), numbers]


def _words(side: Side, positions: Sequence[int]) -> Iterator[tuple[Word, Span]]:
    """The words of a row's side, each with its place in the joined text in UTF-16 units."""
    base = 0
    for position in positions:
        sentence = side.sentences[position]
        wide = not sentence.text.isascii() and max(sentence.text) > "\uffff"
        for word in sentence.words:
            start, end = word.at.start, word.at.end
            if wide:
                start, end = units(sentence.text[:start]), units(sentence.text[:end])
            yield word, Span(base + start, base + end)
        base += units(sentence.text) + 1


def units(text: str) -> int:
    """The length of *text* as scripts count it; a lone surrogate is shown as one character."""
    return len(text) if text.isascii() else sum(1 + (char > "\uffff") for char in text)


def _found(
    told: Iterable[Link],
    source: Sequence[tuple[Word, Span]],
    target: Sequence[tuple[Word, Span]],
) -> Iterator[tuple[int, int]]:
    """Pairs of words; a link of several words links each with each."""
    here = {word.span: [n] for n, (word, _) in enumerate(source)}
    there = {word.span: [n] for n, (word, _) in enumerate(target)}
    for link in told:
        ours = here.get(link.source) or _inside(source, link.source)
        theirs = there.get(link.target) or _inside(target, link.target)
        yield from ((s, t) for s in ours for t in theirs)


def _inside(words: Sequence[tuple[Word, Span]], span: Span) -> list[int]:
    return [n for n, (word, _) in enumerate(words) if word.span.overlaps(span)]


def _gaps(spans: Iterable[Span]) -> list[int]:
    out: list[int] = []
    at = 0
    for span in spans:
        out += (span.start - at, len(span))
        at = span.end
    return out
