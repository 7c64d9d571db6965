"""Sentences of two languages to beads: what renders what, and what has no counterpart.

One dynamic programme over the whole document; turns are soft evidence in it and
are read off afterwards, since cutting by turns first lets one lost label spoil
all that follows (measured: .01 worse on minutes with labels partly lost)::

    Shoku H.: 0 Jemi të lumtur. ────────── 0 We are happy.            one to one
              1 Populli ynë e do …, ──┬─── 1 Our people love …        one to two
                                      └─── 2 They work hard.
              2 Si është ai?  ∅                                       left out
    Shoku Ç.: 3 Ata janë mirë. ────────── 3 They are well.

``evidence`` gives each sentence vectors in which sentences that render each
other are alike (a merge of sentences has the sum of theirs), ``likeness`` puts
them on the document's own scale, ``steps`` says what else speaks for a pair and
``weights`` how much it counts; ``programme`` finds the best path and how sure it
is, ``locks`` keeps what editors said, ``crossing`` looks for counterparts of what
is left over on both sides, and ``links`` goes down to the words.  The idea,
candidates by likeness and then a programme over merges, is that of Thompson &
Koehn (2019) and Liu & Zhu (2022); the length term that of Gale & Church (1993).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from variorum.aligners import Pair, Side
from variorum.aligners.across_languages.crossing import crossed
from variorum.aligners.across_languages.evidence import Vectors, View, dense, tables, views
from variorum.aligners.across_languages.likeness import Chain, Scale, chained, measured
from variorum.aligners.across_languages.links import linked
from variorum.aligners.across_languages.locks import checked, parted
from variorum.aligners.across_languages.order import ordered
from variorum.aligners.across_languages.programme import path
from variorum.aligners.across_languages.steps import Steps, lengthened
from variorum.aligners.across_languages.turns import read_off
from variorum.aligners.across_languages.weights import weights_for
from variorum.languages.lexicon import Lexicon

__all__ = ["NAME", "VERSION", "align"]

NAME = "across-languages"
VERSION = "2"


def align(
    source: Side,
    target: Side,
    *,
    lexicon: Lexicon | None = None,
    vectors: tuple[Vectors, Vectors] | None = None,
    locks: Sequence[Pair] = (),
) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """The pairs of sentences and those of passages, each position exactly once.

    *lexicon* renders words of the source's language in the target's, or the
    other way round; *vectors* are those of the sentences by a model (n × d, m × d).
    Without either lengths, names and numbers decide.  *locks* stand as they are;
    raises ``AlignmentError`` if they cannot.
    """
    kept = checked(locks, source, target)
    rendered = tables(source, target, lexicon)
    seen = list(views(source, target, rendered))
    if vectors is not None:
        seen.append(dense(source, target, vectors))
    chain = chained(seen)
    scales = {view.name: measured(view, chain) for view in seen}
    free = [
        pair
        for rows, columns in parted(len(source.sentences), len(target.sentences), kept)
        for pair in _part(source, target, seen, scales, chain, rows, columns)
    ]
    found = ordered(crossed([*free, *kept], seen, scales))
    pairs = linked(source, target, found, rendered)
    return pairs, read_off(source, target, pairs)


def _part(
    source: Side,
    target: Side,
    seen: Sequence[View],
    scales: Mapping[str, Scale],
    chain: Chain,
    rows: Sequence[int],
    columns: Sequence[int],
) -> Iterator[Pair]:
    """The pairs of some sentences of either side, measured as parts of the whole."""
    if not rows or not columns:
        yield from (Pair((i,), (), 1.0) for i in rows)
        yield from (Pair((), (j,), 1.0) for j in columns)
        return
    steps = Steps(
        evolve(source, sentences=tuple(source.sentences[i] for i in rows)),
        evolve(target, sentences=tuple(target.sentences[j] for j in columns)),
        [view.part(rows, columns) for view in seen],
        scales,
        lengthened(source, target, chain),
    )
    at = ({i: k for k, i in enumerate(rows)}, {j: k for k, j in enumerate(columns)})
    inside = [(at[0][i], at[1][j]) for i, j in chain if i in at[0] and j in at[1]]
    for step in path(steps, weights_for(frozenset(scales)), inside):
        yield Pair(
            tuple(rows[step.i : step.i + step.a]),
            tuple(columns[step.j : step.j + step.b]),
            round(step.confidence, 4),
        )
