"""What a reading does to the base's wording: operation, feature, significance.

Asked in this order, the first that holds is the feature: a bracketed
insertion, a speaker's label, marks only, other order, the same letters (word
division, case, accents), a number, a name, a likeness of letters, other words.

What a machine may say of significance is little: numbers and negations matter,
marks, case, accents and word division do not, another spelling of the same
word does not unless both are words, and where a copy may only be misread it
leaves the matter undecided.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import regex
from attrs import frozen
from rapidfuzz.distance import Levenshtein

from variorum.loci import Feature, Operation, Significance
from variorum.tokens import Tokens, folded
from variorum.turns import Speaker

__all__ = ["NEGATIONS", "Told", "names_of", "tell"]

ALIKE = 0.6
"""Letters that two spellings of one word share at least; below, they are two words."""

NAME_LIKE = 0.5
"""A name survives worse: in foreign mouths and bad copies half of its letters do."""

_OPEN, _CLOSE = frozenset("[⟨<{"), frozenset("]⟩>}")
_DIGITS = regex.compile(r"\p{N}+")

NEGATIONS = frozenset(
    "not no never nor neither none nothing cannot without n't nuk s' mos as jo kurrë pa asnjë "
    "ne pas non jamais rien ni sans nicht kein keine nie niemals ohne no nunca ni sin nada "
    "ou ouk ouch mē οὐ οὐκ οὐχ μή μηδέ οὐδέ не ни нет никогда без لا لم لن ليس ما לא אל אין".split()
)
"""Words that turn a sentence round, of the languages at hand; an edition's own come with a rule."""


@frozen
class Told:
    """What is said of one reading."""

    operation: Operation
    feature: Feature
    significance: Significance
    evidence: tuple[str, ...] = ()


def names_of(tokens: Tokens, speakers: Sequence[Speaker]) -> frozenset[str]:
    """Folded words that are names: the speakers', and words capitalised in mid-sentence.

    Of the text's own words those that come at least twice and never without
    their capital.
    """
    capital: Counter[str] = Counter()
    small: set[str] = set()
    before = "."
    for form in tokens.forms:
        if form[:1].isupper() and before not in ".!?:;\"'“‘([…":
            capital[folded(form)] += 1
        elif form[:1].islower():
            small.add(folded(form))
        before = form[-1:] or before
    found = {word for word, count in capital.items() if count > 1 and word not in small}
    spoken = {folded(part) for s in speakers for name in s.names for part in name.split()}
    return frozenset((found | spoken) - {""} - small)


def tell(
    base: Sequence[str],
    own: Sequence[str],
    *,
    why: str = "",
    names: Collection[str] = (),
    label: bool = False,
    known: Mapping[str, int] | None = None,
    machine: bool = False,
) -> Told:
    """What a reading with forms *own* does to the base's forms *base*.

    *label* says that the base's words are a speaker's label, *known* counts
    the folded words of all witnesses that are not machine-read, *machine* that
    the reading's witnesses are.
    """
    operation = _operation(base, own, why)
    feature, evidence = _feature(base, own, why, frozenset(names), label=label, machine=machine)
    significance = _significance(base, own, feature, known or {}, machine=machine)
    return Told(operation, feature, significance, evidence)


def _operation(base: Sequence[str], own: Sequence[str], why: str) -> Operation:
    if not own:
        return Operation.OMISSION
    if not base:
        return Operation.ADDITION
    if why == "order" and sorted(map(folded, base)) == sorted(map(folded, own)):
        return Operation.MOVE
    if why == "pieces" and len(own) != len(base):
        return Operation.SPLIT if len(own) > len(base) else Operation.MERGE
    return Operation.SUBSTITUTION


def _feature(
    base: Sequence[str],
    own: Sequence[str],
    why: str,
    names: frozenset[str],
    *,
    label: bool,
    machine: bool,
) -> tuple[Feature, tuple[str, ...]]:
    bracket = _bracketed(base) if not own else _bracketed(own) if not base else ""
    if bracket:
        return Feature.BRACKETED, (f"in brackets: {bracket}", "whose insertion it is, is not said")
    a, b = [k for k in map(folded, base) if k], [k for k in map(folded, own) if k]
    if label and a and len(b) * 2 <= len(a):
        return Feature.SPEAKER, ("the speaker's label is not there",)
    if not a and not b:
        return Feature.PUNCTUATION, ()
    if a != b and sorted(a) == sorted(b):
        return Feature.WORD_ORDER, ("the same words in another order",)
    if a and b and "".join(a) == "".join(b):
        return _same_letters(base, own, a, b, names)
    digits = _digits(base), _digits(own)
    if digits[0] != digits[1] and _numeric(base if machine else [*base, *own]):
        return Feature.NUMBER, (f"{digits[0] or 'no number'} / {digits[1] or 'no number'}",)
    if not a or not b:
        return Feature.WORDING, ()
    like = Levenshtein.normalized_similarity("".join(a), "".join(b))
    if like >= NAME_LIKE and names.intersection([*a, *b]) and base[0][:1] != base[0][:1].lower():
        return Feature.NAME_FORM, (f"a name: {' '.join(base)} / {' '.join(own)}",)
    if like >= ALIKE and (why == "pieces" and len(a) != len(b)):
        return Feature.WORD_DIVISION, (f"letters alike ({like:.2f})",)
    return (
        (Feature.SPELLING, (f"letters alike ({like:.2f})",))
        if like >= ALIKE
        else (
            Feature.WORDING,
            (),
        )
    )


def _bracketed(forms: Sequence[str]) -> str:
    whole = len(forms) > 2 and forms[0][:1] in _OPEN and forms[-1][-1:] in _CLOSE
    return " ".join(forms) if whole else ""


def _same_letters(
    base: Sequence[str],
    own: Sequence[str],
    a: Sequence[str],
    b: Sequence[str],
    names: frozenset[str],
) -> tuple[Feature, tuple[str, ...]]:
    """The letters agree: what differs is division, marks, case or accents."""
    letters = [regex.sub(r"[^\p{L}\p{N}\p{M}]+", "", "".join(forms)) for forms in (base, own)]
    divided = len(a) != len(b) or _hyphens(base) != _hyphens(own)
    if (divided and len(a) + len(b) > 2) or (
        divided and letters[0] == letters[1] and _inner(base, own)
    ):
        named = bool(names.intersection([*a, *b]))
        return (Feature.NAME_FORM if named else Feature.WORD_DIVISION), ("the same letters",)
    if letters[0] == letters[1]:
        return Feature.PUNCTUATION, ("the same letters",)
    if letters[0].casefold() == letters[1].casefold():
        return Feature.CASE, ("the same letters but for case",)
    return Feature.SPELLING, ("the same letters but for accents",)


def _hyphens(forms: Sequence[str]) -> int:
    return sum(char in "-\u2010\u2011\u00ad" for char in "".join(forms))


def _inner(base: Sequence[str], own: Sequence[str]) -> bool:
    """Whether a hyphen stands inside a word rather than as a mark of its own."""
    return any(len(form) > 1 and _hyphens([form]) for form in [*base, *own])


def _digits(forms: Sequence[str]) -> str:
    return " ".join(_DIGITS.findall(unicodedata.normalize("NFKC", " ".join(forms))))


def _numeric(forms: Sequence[str]) -> bool:
    """Whether one of the words is a number: at least half of its characters are digits."""
    return any(2 * sum(char.isnumeric() for char in form) >= len(form) and form for form in forms)


_ACCIDENTAL = frozenset(
    [
        Feature.PUNCTUATION,
        Feature.CASE,
        Feature.WORD_DIVISION,
        Feature.NAME_FORM,
        Feature.PARAGRAPH,
    ]
)


def _significance(
    base: Sequence[str],
    own: Sequence[str],
    feature: Feature,
    known: Mapping[str, int],
    *,
    machine: bool,
) -> Significance:
    if feature is Feature.NUMBER or _negated(base) != _negated(own):
        return Significance.SUBSTANTIVE
    if feature in _ACCIDENTAL:
        return Significance.ACCIDENTAL
    if feature is Feature.SPELLING:
        words = [key for form in [*base, *own] if (key := folded(form))]
        real = all(word in known for word in words)
        same = "".join(map(folded, base)) == "".join(map(folded, own))
        return Significance.UNDECIDED if real and not same else Significance.ACCIDENTAL
    if feature in (Feature.BRACKETED, Feature.WORD_ORDER):
        return Significance.UNDECIDED
    if feature is Feature.WORDING and machine:  # dirt and torn letters make words, and lose them
        return Significance.UNDECIDED
    return Significance.SUBSTANTIVE


def _negated(forms: Sequence[str]) -> int:
    return sum(form.casefold() in NEGATIONS or form.endswith("n't") for form in forms)
