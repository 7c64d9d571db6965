"""The apparatus: everything an exporter receives, with no format in it.

No exporter looks behind this value.  It holds the witnesses as read, how each
is divided, the collation, the beads, the loci and the figures of closeness,
under one fingerprint.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from itertools import combinations

import numpy as np
from attrs import field, frozen

from variorum.aligners import Bead, Parallel
from variorum.collation import NOTHING, Collation
from variorum.errors import ApparatusError
from variorum.loci import Locus
from variorum.review import Finding
from variorum.text import Derived, Span
from variorum.turns import Division, Speaker
from variorum.witness import Witness

__all__ = ["Apparatus", "Translation", "citations", "closeness"]


@frozen
class Translation:
    """The base beside a witness in another language, aligned once for all of the base's language.

    ``parallel`` has the siglum of the other witness as its source's file and that of
    the base as its target's; ``carried`` gives for each other collated witness, and
    for each of ``parallel.sentences``, where it has what the base has there: spans
    of its text as read, none where it has nothing.  ``findings`` are of the base.
    """

    parallel: Parallel
    findings: tuple[Finding, ...]
    carried: Mapping[str, tuple[tuple[Span, ...], ...]]

    @property
    def source(self) -> str:
        """The siglum of the witness in another language."""
        return self.parallel.source.file

    @property
    def target(self) -> str:
        """The siglum of the base."""
        return self.parallel.target.file


def citations(translation: Translation) -> Callable[[Span], tuple[Span, ...]]:
    """What a span of the base renders, as spans of the source's text as read.

    The counterparts of its words; where none is linked, the sentences that render
    each other; nothing where the base alone has it.
    """
    source, target = translation.parallel.source.sentences, translation.parallel.target.sentences
    pair_of = {n: pair for pair in translation.parallel.sentences for n in pair.target}
    starts = [sentence.span.start for sentence in target]

    def cited(span: Span) -> tuple[Span, ...]:
        first = max(0, bisect_right(starts, span.start) - 1)
        found = range(first, bisect_left(starts, span.end))
        pairs = dict.fromkeys(pair_of[n] for n in found if _touch(target[n].span, span))
        out: list[Span] = []
        for pair in pairs:
            linked = [link.source for link in pair.words if _touch(link.target, span)]
            out += linked or [source[n].span for n in pair.source]
        return tuple(sorted(set(out)))

    return cited


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


@frozen(eq=False)
class Apparatus:
    """One collated edition.  Witnesses stand in the edition's order, base named by siglum.

    ``derived`` and ``divisions`` are by siglum; a witness with ready-made
    tokens has an empty chain of rules.  ``closeness`` gives, for each pair of
    sigla in order, the share (0–1) of aligned places where both have the same
    compared form.  ``fingerprint`` is JSON-able: settings, versions, digests,
    and under ``"id"`` the digest of all that.
    """

    title: str
    base: str = field()
    witnesses: tuple[Witness, ...]
    derived: Mapping[str, Derived]
    divisions: Mapping[str, Division]
    speakers: tuple[Speaker, ...]
    collation: Collation
    beads: tuple[Bead, ...]
    loci: tuple[Locus, ...]
    closeness: Mapping[tuple[str, str], float]
    fingerprint: Mapping[str, object]
    translations: tuple[Translation, ...] = ()  # the base beside witnesses in other languages
    notes: tuple[str, ...] = ()  # what the run wants a person to know, a sentence each

    @base.validator
    def _known(self, _: object, base: str) -> None:
        if base not in {witness.siglum for witness in self.witnesses}:
            raise ApparatusError(f"the base {base!r} is no witness of this edition")


def closeness(collation: Collation) -> dict[tuple[str, str], float]:
    """For each pair of sigla in order the share (0–1) of places where both have the same form.

    Places where neither has a word do not count; two witnesses without words
    agree everywhere.
    """
    number: dict[str, int] = {}
    forms = np.full(collation.table.shape, NOTHING, dtype=np.int32)
    for row, tokens in enumerate(collation.tokens):
        ids = [number.setdefault(form, len(number)) for form in tokens.forms]
        there = collation.table[:, row] != NOTHING
        forms[there, row] = ids
    out = {}
    for a, b in combinations(range(len(collation.sigla)), 2):
        one, other = forms[:, a], forms[:, b]
        either = int(((one != NOTHING) | (other != NOTHING)).sum())
        same = int(((one == other) & (one != NOTHING)).sum())
        out[collation.sigla[a], collation.sigla[b]] = round(same / either, 6) if either else 1.0
    return out
