"""What an editor should look at in a translation: findings, worst first.

Each kind asks one question of the beads, and is a file one can read alone::

    missing       sentences without counterpart      not translated, added in translation
    figures       numbers that disagree              number
    names         names on one side only             name
    denied        denials on one side only           negation
    lengths       beads of a length unlike all       length
    terms         a term rendered otherwise          term
    left          words left as they were            untranslated

    2    Nuk erdhën 1.500 shokë nga Korea.
         They came, 1,200 friends from China.        name, number, negation

No question knows of another: an editor switches one off and the rest stands.
The rules prefer silence where languages differ by habit (a pronoun for a name,
*only* for *nuk … veçse*), since a list that is mostly wrong is not read; what
each of them lets pass is said in its header, and ``benchmarks.review`` counts
both errors.
"""

from __future__ import annotations

from collections.abc import Iterator

from variorum.aligners import Parallel
from variorum.languages.lexicon import Lexicon
from variorum.languages.names import Names
from variorum.languages.negations import DENIERS
from variorum.languages.numbers import LANGUAGES
from variorum.review.denied import negations
from variorum.review.figures import figures
from variorum.review.finding import Finding
from variorum.review.left import left
from variorum.review.lengths import lengths
from variorum.review.missing import missing
from variorum.review.names import names
from variorum.review.places import places
from variorum.review.terms import Rendering, Term, concordance, terms

__all__ = ["KINDS", "Finding", "Rendering", "Term", "concordance", "review", "unchecked"]

KINDS = (
    "not translated",
    "added in translation",
    "number",
    "name",
    "negation",
    "length",
    "term",
    "untranslated",
)
"""What a finding may be, in the order in which equal ones stand."""


def review(
    parallel: Parallel, lexicon: Lexicon | None = None, renderings: Names | None = None
) -> tuple[Finding, ...]:
    """The findings of two aligned texts, worst first; the same for the same texts.

    *renderings* are an editor's own names, as ``languages.names.read`` reads them.
    """
    every = list(_findings(parallel, lexicon, renderings))
    once = {finding.id: finding for finding in reversed(every)}
    return tuple(
        sorted(
            once.values(),
            key=lambda each: (-each.weight, each.pair, KINDS.index(each.kind), each.id),
        )
    )


def unchecked(languages: tuple[str, str]) -> tuple[str, ...]:
    """What is not looked for between two languages, a sentence each."""
    primary = [tag.lower().partition("-")[0] for tag in languages]
    kinds = (("Negations", DENIERS), ("Numbers in words", frozenset(LANGUAGES)))
    return tuple(
        f"{kind} are not compared: those of {' and '.join(dict.fromkeys(missing))} are not known."
        for kind, known in kinds
        if (missing := [tag for tag in primary if tag not in known])
    )


def _findings(
    parallel: Parallel, lexicon: Lexicon | None, renderings: Names | None
) -> Iterator[Finding]:
    beads = places(parallel)
    yield from missing(parallel)
    yield from figures(beads)
    yield from names(beads, lexicon, renderings)
    yield from negations(beads, lexicon)
    yield from lengths(beads)
    yield from terms(parallel, beads, lexicon)
    yield from left(beads, lexicon)
