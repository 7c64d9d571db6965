"""The base beside the witnesses in other languages, as part of a collation.

An original is no witness to the words of its translation, and is not collated
with it; it is aligned with the base, sentence by sentence, and the collation
carries the result over to all that stand with the base in its columns::

    A  ──aligned once──  W  ──collation──  P, O1, O2 …

So a sentence of the original is cited at the readings of every copy, and two
translations of one original, or two transcriptions of it, need no alignment of
their own.  By words alone: vectors would make the result depend on what is
installed, and ``variorum align`` has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from variorum.aligners import Parallel, Side
from variorum.aligners import across_languages as aligner
from variorum.apparatus import Translation
from variorum.collation import NOTHING, Collation
from variorum.edition.sides import cut
from variorum.languages.lexicon import lexicon
from variorum.review import review
from variorum.text import Derived, Span
from variorum.tokens import Tokens
from variorum.turns import Division
from variorum.witness import Witness

__all__ = ["translated"]


def translated(
    base: Witness,
    others: Sequence[Witness],
    derived: Mapping[str, Derived],
    divisions: Mapping[str, Division],
    collation: Collation,
) -> Iterator[Translation]:
    """The base beside each of *others*, which are in other languages; empty ones left out."""
    target = _side(base, derived, divisions)
    for other in others:
        source = _side(other, derived, divisions)
        if source.sentences and target.sentences:
            yield _aligned(source, target, collation)


def _side(
    witness: Witness, derived: Mapping[str, Derived], divisions: Mapping[str, Division]
) -> Side:
    siglum = witness.siglum
    if siglum not in derived:  # tokens that came ready-made have no sentences
        return Side(siglum, witness.description.language, (), ())
    return cut(siglum, witness.description.language, derived[siglum], divisions[siglum])


def _aligned(source: Side, target: Side, collation: Collation) -> Translation:
    one, other = (side.language.lower().partition("-")[0] for side in (source, target))
    words = lexicon(one, other) or lexicon(other, one)
    pairs, turns = aligner.align(source, target, lexicon=words)
    told = {
        "aligner": f"{aligner.NAME} {aligner.VERSION}",
        "lexicon": f"{words.name} {words.digest}" if words else None,
    }
    parallel = Parallel(source, target, pairs, turns, told)
    carried = {
        siglum: tuple(there([target.sentences[n].span for n in pair.target]) for pair in pairs)
        for siglum, there in _carriers(collation, target.file)
    }
    return Translation(parallel, review(parallel, words), carried)


def _carriers(
    collation: Collation, base: str
) -> Iterator[tuple[str, Callable[[Sequence[Span]], tuple[Span, ...]]]]:
    """For each other witness: where it has what the base has at some spans.

    From its first word in their columns to its last; a passage that moved is not
    followed.
    """
    row = collation.sigla.index(base)
    own = collation.tokens[row]
    columns = np.flatnonzero(collation.table[:, row] != NOTHING)
    for number, siglum in enumerate(collation.sigla):
        if siglum != base:
            tokens, path = collation.tokens[number], collation.table[:, number]
            yield siglum, partial(_carried, own, columns, tokens, path)


def _carried(
    own: Tokens,
    columns: NDArray[np.int64],
    other: Tokens,
    path: NDArray[np.int32],
    spans: Sequence[Span],
) -> tuple[Span, ...]:
    out = []
    for span in spans:
        first, last = np.searchsorted(own.starts, [span.start, span.end])
        if first < last:
            part = path[columns[first] : columns[last - 1] + 1]
            there = part[part != NOTHING]
            if len(there):
                out.append(Span(int(other.starts[there[0]]), int(other.ends[there[-1]])))
    return tuple(out)
