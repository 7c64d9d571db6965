"""Which words of a side are names, and which forms are one name.

A capital in the middle of a sentence makes a name, unless the word is written
small as well; at the beginning of one it says nothing, so such a word is a name
only where it is known as one from elsewhere::

    Peter said to them that Peter …   middle 1, small 0   a name, in both places
    The Son … a son of the son        middle 1, small 2   none

German capitalises its nouns, so there a word counts only if what it is rendered
by is a name in the other language; ``names`` sees to that.  The forms of a name
are those that can share a stem, and share one: *Korenë*, *Koresë*, *Korea*.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from attrs import frozen

from variorum.languages.names import stems
from variorum.review.places import Heard, Part

__all__ = ["CAPITAL_NOUNS", "Naming", "naming"]

CAPITAL_NOUNS = frozenset(["de", "lb"])
"""Languages whose common nouns have capitals."""

_SURE = 0.75
"""A name is written with a capital three times in four: below, it is as much a noun."""

_PRONOUNS = frozenset("i i'm i'll i've i'd o oh".split())
_SHOUTED = 0.6
"""In a line in which most words are in capitals, none of them tells a name."""


@frozen
class Naming:
    """The names of a side: folded form → the key that all forms of the name share."""

    language: str
    keys: Mapping[str, str]

    def of(self, part: Part) -> dict[int, str]:
        """The names of a part by the position of the word."""
        if _shouted(part):
            return {}
        return {
            at: self.keys[word.folded]
            for at, word in enumerate(part.words)
            if word.form[0].isupper() and word.folded in self.keys
        }


def naming(parts: Iterable[Part], language: str) -> Naming:
    """The names of a side, learnt from all of its parts."""
    middle, small, forms = Counter[str](), Counter[str](), set[str]()
    for part in parts:
        shouted = _shouted(part)
        for word in part.words:
            forms.add(word.folded)
            if not word.form[0].isupper():
                small[word.folded] += 1
            elif not word.first and not shouted and _namelike(word):
                middle[word.folded] += 1
    names = {form for form, often in middle.items() if often >= _SURE * (often + small[form])}
    return Naming(language, _keys(names, language))


def _namelike(word: Heard) -> bool:
    return len(word.form) > 1 and word.folded not in _PRONOUNS and not word.form[0].isdigit()


def _shouted(part: Part) -> bool:
    capitals = sum(word.form.isupper() and len(word.form) > 1 for word in part.words)
    return capitals > _SHOUTED * len(part.words) and len(part.words) > 2


def _keys(names: Iterable[str], language: str) -> dict[str, str]:
    """Of each form the stem that most forms may have, the longest of them."""
    known = sorted(names)
    sharing: dict[str, int] = defaultdict(int)
    for form in known:
        for stem in stems(form, language):
            sharing[stem] += 1
    return {
        form: max(stems(form, language), key=lambda stem: (sharing[stem], len(stem), stem))
        for form in known
    }
