"""Words of a bead that render each other, as far as anybody knows.

Three witnesses, taken together: the links that an aligner drew, the lexicon in
whichever direction it goes, and the word itself where both sides have it (a
name, a loan)::

    sq   nuk  kishte  njohur  burrë                 sq   nuk  hante  bukë
                                                               │      │
    en   she  was  a  virgin                        en   he   ate   bread

On the left nothing of what is denied is there, so it was said in another way;
on the right all of it is, and the denial alone is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from variorum.languages.lexicon import Lexicon, base
from variorum.review.places import Heard, Place

__all__ = ["begins", "linked"]

_SHORT = 3
"""Letters by which words are looked up: what renders a word begins like it."""


def linked(place: Place, lexicon: Lexicon | None) -> Mapping[int, frozenset[int]]:
    """By position of a word of the source, the positions of words of the target that render it."""
    found: dict[int, set[int]] = defaultdict(set)
    here, there = place.source.words, place.target.words
    at_source = {word.span: at for at, word in enumerate(here)}
    at_target = {word.span: at for at, word in enumerate(there)}
    for link in place.pair.words:
        if link.source in at_source and link.target in at_target:
            found[at_source[link.source]].add(at_target[link.target])
    for one, other in _told(place, lexicon):
        found[one].add(other)
    return {at: frozenset(others) for at, others in found.items()}


def _told(place: Place, lexicon: Lexicon | None) -> list[tuple[int, int]]:
    here, there = place.source, place.target
    same = [(a, b) for a, one in enumerate(here.words) for b in _like(one.folded, there.words)]
    if lexicon is None:
        return same
    if lexicon.source == here.language.partition("-")[0].lower():
        return same + _rendered(here.words, there.words, there.language, lexicon)
    back = _rendered(there.words, here.words, here.language, lexicon)
    return same + [(other, one) for one, other in back]


def _like(folded: str, words: Sequence[Heard]) -> list[int]:
    return [at for at, word in enumerate(words) if word.folded == folded and len(folded) > _SHORT]


def _rendered(
    here: Sequence[Heard], there: Sequence[Heard], language: str, lexicon: Lexicon
) -> list[tuple[int, int]]:
    known: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for at, word in enumerate(there):
        for form in {word.folded, base(word.folded, language)}:
            known[form[:_SHORT]].append((form, at))
    return [
        (one, at)
        for one, word in enumerate(here)
        for rendering in lexicon.renderings(word.form)
        for form, at in known.get(rendering[:_SHORT], ())
        if begins(rendering, form)
    ]


def begins(one: str, other: str) -> bool:
    """Whether two words of one language may be forms of one: they are, or begin alike."""
    least = min(len(one), len(other))
    if one == other:
        return True
    most = max(len(one), len(other))
    return least > 2 and one[: max(3, least - 2)] == other[: max(3, least - 2)] and most - least < 5
