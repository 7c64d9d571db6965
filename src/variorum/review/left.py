"""Words of the source left standing in the translation.

A word counts that is spelled alike on both sides of a bead and yet is no name,
no number, and no word that both languages have (*radio*, *minister*): those the
lexicon renders by themselves, and those that stand on the target's side in beads
whose source has them not.  Several in a row weigh more, since a loan word stands
alone and a sentence forgotten does not::

    sq   Ata erdhën me furgon nga fshati.
    en   They came me furgon from the village.       me furgon: two in a row
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from variorum.languages.lexicon import Lexicon, fold
from variorum.review.finding import Finding, found
from variorum.review.naming import Naming, naming
from variorum.review.places import Heard, Place, trust

__all__ = ["left"]

_SHORT = 4
"""Letters of a word that stands alone: shorter ones coincide by chance (*me*, *as*, *do*)."""

_SOME, _AKIN = 2, 0.02
"""Where more single words than these, of each bead, stand alike on both sides, the languages are
akin (*religion*), and single words prove nothing."""

_RUN = 2
"""So many words in a row count whatever their length."""


def left(places: Sequence[Place], lexicon: Lexicon | None) -> Iterator[Finding]:
    """A finding for each run of words left as they were."""
    if not places or places[0].source.language == places[0].target.language:
        return
    known = naming([place.target for place in places], places[0].target.language)
    own = _own(places)
    told = []
    for place in places:
        source = {word.folded: word for word in place.source.words}
        runs = [run for run in _runs(place, source, known) if _foreign(run, own, lexicon)]
        told += [(place, run, source) for run in runs]
    alone = sum(len(run) == 1 for _, run, _ in told)
    akin = alone > max(_SOME, _AKIN * len(places))
    yield from (_finding(*each) for each in told if len(each[1]) > 1 or not akin)


def _own(places: Sequence[Place]) -> Counter[str]:
    """How often the target has a word where the source has it not."""
    own: Counter[str] = Counter()
    for place in places:
        source = {word.folded for word in place.source.words}
        own.update({word.folded for word in place.target.words} - source)
    return own


def _runs(place: Place, source: dict[str, Heard], known: Naming) -> Iterator[list[Heard]]:
    run: list[Heard] = []
    for word in place.target.words:
        same = word.folded in source and word.form.isalpha()
        if same and word.folded not in known.keys and not word.form.isupper():
            run.append(word)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _foreign(run: Sequence[Heard], own: Counter[str], lexicon: Lexicon | None) -> bool:
    """Whether a run holds a word that the target's language cannot be thought to have."""
    strange = [
        word
        for word in run
        if not own[word.folded]
        and not (lexicon and fold(word.form) in lexicon.renderings(word.form))
    ]
    if not strange:
        return False
    alone = strange[0].form
    return len(run) >= _RUN or (len(alone) >= _SHORT and alone.islower())


def _finding(place: Place, run: Sequence[Heard], source: dict[str, Heard]) -> Finding:
    words = " ".join(word.form for word in run)
    said = f"“{words}” stands in the translation as in the source."
    spans = ([source[word.folded].span for word in run], [word.span for word in run])
    # one word may be a loan; from four in a row on nobody meant it
    weight = min(0.9, 0.3 + 0.2 * (len(run) - 1)) * trust(place.pair)
    evidence = {"words": [word.form for word in run]}
    return found("untranslated", place.number, spans, said, evidence, weight)
