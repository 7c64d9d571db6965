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

from collections.abc import Iterator, Mapping, Sequence

from variorum.aligners import Parallel, Side
from variorum.aligners import across_languages as aligner
from variorum.apparatus import Translation
from variorum.collation import Collation, carriers
from variorum.edition.sides import cut
from variorum.languages.lexicon import lexicon
from variorum.review import review
from variorum.rules import RECIPES, Context, apply
from variorum.turns import Division
from variorum.witness import Witness

__all__ = ["translated"]


def translated(
    base: Witness,
    others: Sequence[Witness],
    divisions: Mapping[str, Division],
    collation: Collation,
) -> Iterator[Translation]:
    """The base beside each of *others*, which are in other languages; empty ones left out."""
    target = _side(base, divisions)
    for other in others:
        source = _side(other, divisions)
        if source.sentences and target.sentences:
            yield _aligned(source, target, collation)


def _side(witness: Witness, divisions: Mapping[str, Division]) -> Side:
    """The sentences as the witness writes them: what is compared only may fold letters."""
    siglum, language = witness.siglum, witness.description.language
    if siglum not in divisions:  # tokens that came ready-made have no sentences
        return Side(siglum, language, (), ())
    plain = apply(RECIPES["plain"], witness.text.chars, Context(language))
    return cut(siglum, language, plain, divisions[siglum])


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
        for siglum, there in carriers(collation, target.file)
    }
    return Translation(parallel, review(parallel, words), carried)
