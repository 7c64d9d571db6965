"""How a difference came about: said only on evidence, else *unknown*.

An OCR confusion needs a machine-read copy and a sign of it: a word that no
other witness has anywhere, close to what the others have here; letters that
such copies confuse (rn for m, 1 for l); or an engine that was not sure itself.
A misreading may also make a word that exists (*case* for *cause*): then the
cause stays unknown, and what speaks for a misreading is told beside it.  A
hyphen at a line's end shows in the text as read.

Where a copy was measured against a truth (``variorum ocr evaluate``), what it
read for what there is evidence here, as shapes alike are (``confused``).

A reading that is *surely* no word of the text is one that nobody else has, with
a pair of letters the language lacks or made of shapes alike.  A measurement
alone never says so: what was counted as misread may be how the copy spells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import regex
from attrs import field, frozen
from rapidfuzz.distance import Levenshtein

from variorum.loci import Cause, Feature
from variorum.loci.confused import Measured, confused, told
from variorum.loci.views import torn
from variorum.tokens import folded

__all__ = ["Attested", "Side", "Why", "cause"]

CLOSE = 0.4
"""Least likeness of a misread word to what stood on the page."""

UNSURE = 0.5
"""Below this confidence (0–1) the engine takes its word for wrong rather than right."""

ENOUGH = 500
"""Different words from which on a pair of letters that none has is one the language lacks."""

_LINE_END = regex.compile(r"[-\u2010\u00ad\u00ac][ \t]*[\r\n\f\u2028]")
_HYPHEN = regex.compile(r"[-\u2010\u00ad\u00ac]")


@frozen(eq=False)
class Attested:
    """How often words stand in witnesses that are not machine-read: folded, and as compared.

    Where all are machine-read, those words that two of them have.
    """

    words: Mapping[str, int]
    forms: Mapping[str, int]
    marks: frozenset[str]  # every character of theirs that is no letter

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Neighbouring letters that the words have."""
        return frozenset("".join(pair) for word in self.words for pair in pairwise(word))


@frozen
class Why:
    """A cause, its evidence, and whether the reading is surely no word of the text."""

    cause: Cause
    evidence: tuple[str, ...] = ()
    sure: bool = False


@frozen
class Side:
    """One side of a difference: its forms, how they stand in the text as read, who read them."""

    forms: Sequence[str]
    read: str
    machine: bool
    sureness: float = 1.0  # the engine's mean confidence in it, 0–1
    measured: Measured = field(factory=Measured)

    @property
    def letters(self) -> str:
        """The folded words run together."""
        return "".join(map(folded, self.forms))


def cause(base: Side, own: Side, feature: Feature, known: Attested) -> Why:
    """The cause of a difference, and the evidence."""
    broken = _broken(base, own)
    if broken and base.letters == own.letters:
        return Why(Cause.LINE_END_HYPHEN, broken)
    found = [
        _misread(right, wrong, feature, known)
        for right, wrong in ((base, own), (own, base))
        if wrong.machine
    ]
    said = [why for why in found if why.evidence]
    for why in [*(why for why in said if why.cause is Cause.OCR), *said][:1]:
        return Why(why.cause, (*why.evidence, *broken), why.sure)
    return Why(Cause.LINE_END_HYPHEN if broken else Cause.UNKNOWN, broken)


def _broken(base: Side, own: Side) -> tuple[str, ...]:
    """The evidence that a hyphen at a line's end was kept on one side."""
    counts = [len(_HYPHEN.findall("".join(side.forms))) for side in (base, own)]
    more = own if counts[1] > counts[0] else base
    kept = counts[0] != counts[1] or len(base.forms) != len(own.forms)
    if kept and base.forms and own.forms and _LINE_END.search(more.read):
        return ("a hyphen at a line's end stands in it",)
    return ()


def _misread(right: Side, wrong: Side, feature: Feature, known: Attested) -> Why:
    """Whether *wrong* is a misreading of *right*, and what speaks for it."""
    if not wrong.forms:
        return Why(Cause.UNKNOWN)
    strange = _strange(right, wrong, feature, known)
    found = confused(right.forms, wrong.forms, wrong.measured) if right.forms else ()
    firm = bool(found) and not any(one.weak for one in found)
    unheard = _unheard(strange, known) if strange and right.forms else ""
    signs = [f"attested nowhere else: {' '.join(strange)}"] if strange else []
    signs += [told(found)] if found else []
    signs += [f"no attested word has {unheard}"] if unheard and not firm else []
    by_shape = firm and all(one.alike for one in found)
    sure = bool(strange) and (bool(unheard) or by_shape)
    if wrong.sureness < UNSURE:
        unsure = f"the engine was not sure of it ({wrong.sureness:.2f})"
        return Why(Cause.OCR, (*signs, unsure), sure)
    if feature in (Feature.PUNCTUATION, Feature.CASE) and (strange or firm):
        return Why(Cause.OCR, tuple(signs), sure)
    if strange and (firm or _near(right, wrong)):
        return Why(Cause.OCR, tuple(signs), sure)
    return Why(Cause.UNKNOWN, tuple(f"perhaps misread: {sign}" for sign in signs))


def _unheard(words: Sequence[str], known: Attested) -> str:
    """The first pair of letters in *words* that no attested word has, if there are words enough."""
    if len(known.words) < ENOUGH:
        return ""
    for word in words:
        key = folded(word)
        for pair in map("".join, pairwise(key)):
            if pair not in known.pairs:
                return pair
    return ""


def _strange(right: Side, wrong: Side, feature: Feature, known: Attested) -> list[str]:
    """The words of a reading, or the marks of one without words, that are nowhere attested."""
    if not wrong.letters:
        marks = {char for form in wrong.forms for char in form} - known.marks
        return sorted(marks) if feature is Feature.PUNCTUATION else []
    same = right.letters == wrong.letters  # but for case and accents
    there, of = (known.forms, str) if same else (known.words, folded)
    return [form for form in wrong.forms if folded(form) and of(form) not in there]


def _near(right: Side, wrong: Side) -> bool:
    """Whether one may be a misreading of the other by its letters, or a torn piece of it."""
    a, b = right.letters, wrong.letters
    if max(len(a), len(b)) <= 2:  # of one or two letters none may survive
        return bool(a)
    if torn(a, b):
        return True
    return Levenshtein.normalized_similarity(a, b) >= CLOSE
