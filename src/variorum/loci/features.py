"""What a reading does to the base's wording: operation, feature, significance.

Asked in this order, the first that holds is the feature: a bracketed
insertion, marks only, other order, the same letters (word division, case,
accents), a number, a name, another form of the word, other words.

Two words are different words, however alike, if the same hands use both: who
writes *now* and *new* means two things by them, who writes *color* throughout
never writes *colour*.  One hand among many may only be careless, so half of
them must.  Without that evidence, words that are alike are *spelling*, and
whether it matters is left undecided.

What a machine may say of significance is little: numbers and negations matter,
marks, case, accents and word division do not, and where a copy may only be
misread it leaves the matter undecided.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from unicodedata import decimal, normalize

import regex
from attrs import frozen
from rapidfuzz.distance import OSA, Levenshtein

from variorum.loci import Feature, Operation, Significance
from variorum.loci.known import Known
from variorum.loci.pairs import ALIKE
from variorum.loci.views import CLOSING, OPENING
from variorum.tokens import folded

__all__ = ["Told", "tell"]

NAME_LIKE = 0.5
"""A name survives worse: in foreign mouths and bad copies half of its letters do."""

SPELT = 0.8
"""Two forms of one word differ in one letter of five, if only a writer stands between them.

Letters that change places count once: *centre* and *center*.  What is less
alike, down to ``ALIKE``, is another word, perhaps.
"""

LIKE_BRACKETS = {"(": ")", "/": "/", "|": "|", "{": "}"}
"""What stands for square brackets where a copy or a typewriter has none."""

_MAY_OPEN = OPENING.union(LIKE_BRACKETS)
_MAY_CLOSE = CLOSING.union(LIKE_BRACKETS.values())
_SUBSCRIPT = "\N{COMBINING GREEK YPOGEGRAMMENI}"
_DIGITS = regex.compile(r"\p{Nd}+")
_GROUPED = regex.compile(r"\p{Nd}{1,3}([.,’'\u00a0\u202f]\p{Nd}{3})+")
_NO_LETTER = regex.compile(r"[^\p{L}\p{N}\p{M}]+")


@frozen
class Told:
    """What is said of one reading."""

    operation: Operation
    feature: Feature
    significance: Significance
    evidence: tuple[str, ...] = ()


def tell(
    base: Sequence[str],
    own: Sequence[str],
    known: Known,
    *,
    why: str = "",
    machine: bool = False,
    rows: Collection[int] = (),
) -> Told:
    """What a reading with forms *own* does to the base's forms *base*.

    *why* is what made them one place, *machine* that the reading or the base
    is machine-read, *rows* are those of the reading: what they write besides is
    no evidence for them.
    """
    bracket = _bracketed(base, own, known)
    if not bracket and base and own:
        base, own = _trimmed(base, own)
    a, b = _letters(base), _letters(own)
    feature, evidence = (
        (Feature.BRACKETED, bracket)
        if bracket
        else _feature(base, own, a, b, known, why=why, machine=machine, rows=rows)
    )
    significance = _significance(base, own, a, b, feature, known, machine=machine, rows=rows)
    return Told(_operation(base, own, a, b, feature), feature, significance, evidence)


def _letters(forms: Sequence[str]) -> list[str]:
    """The folded words, marks left out."""
    return [key for key in map(folded, forms) if key]


def _agree(base: Sequence[str], own: Sequence[str], a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two readings, their folded words *a* and *b*, have the same letters.

    A Greek iota may stand beside its vowel, beneath it, or be left out there
    with the accents.
    """
    if "".join(a) == "".join(b):
        return True
    text = "".join([*base, *own])
    if text.isascii() or _SUBSCRIPT not in normalize("NFD", text):
        return False
    return _bare(base) == _bare(own)


def _bare(forms: Sequence[str]) -> str:
    """The folded words without the iotas that stand beneath a vowel."""
    return "".join(folded(normalize("NFD", form).replace(_SUBSCRIPT, "")) for form in forms)


def _trimmed(base: Sequence[str], own: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """What is left of two readings without the words they begin and end with alike."""
    most = min(len(base), len(own))
    first = next((n for n in range(most) if base[n] != own[n]), most)
    most -= first
    last = next((n for n in range(most) if base[-1 - n] != own[-1 - n]), most)
    return base[first : len(base) - last], own[first : len(own) - last]


def _operation(
    base: Sequence[str],
    own: Sequence[str],
    a: Sequence[str],
    b: Sequence[str],
    feature: Feature,
) -> Operation:
    if not own:
        return Operation.OMISSION
    if not base:
        return Operation.ADDITION
    if feature is Feature.WORD_ORDER:
        return Operation.MOVE
    divided = feature in (Feature.WORD_DIVISION, Feature.NAME_FORM, Feature.SPELLING)
    if divided and len(a) != len(b):
        return Operation.SPLIT if len(b) > len(a) else Operation.MERGE
    return Operation.SUBSTITUTION


def _feature(
    base: Sequence[str],
    own: Sequence[str],
    a: Sequence[str],
    b: Sequence[str],
    known: Known,
    *,
    why: str,
    machine: bool,
    rows: Collection[int],
) -> tuple[Feature, tuple[str, ...]]:
    if not a and not b:
        return Feature.PUNCTUATION, ()
    if len(a) > 1 and len(b) > 1 and a != b and _reordered(a, b, why):
        return Feature.WORD_ORDER, ("the same words in another order",)
    digits = _digits(base), _digits(own)
    counted = base if machine and base else [*base, *own]
    if any(digits) and _numeric(counted, max(len(a), len(b))):
        evidence = " / ".join(" ".join(forms) or "nothing" for forms in (base, own))
        if digits[0] != digits[1]:
            return Feature.NUMBER, (evidence,)
        if a != b:
            return Feature.SPELLING, (f"the same number: {evidence}",)
    if a and b and _agree(base, own, a, b):
        return _same_letters(base, own, a, b, known.names)
    if not a or not b or _negated(base, known) != _negated(own, known):
        return Feature.WORDING, ()
    return _other_letters(base, own, a, b, known, machine=machine, rows=rows)


def _reordered(a: Sequence[str], b: Sequence[str], why: str) -> bool:
    """Whether two readings have the same words in another order; nearly, if that was seen."""
    if sorted(a) == sorted(b):
        return True
    if why not in ("order", "mixed"):
        return False
    like = Levenshtein.normalized_similarity("".join(sorted(a)), "".join(sorted(b)))
    return like >= SPELT and like > Levenshtein.normalized_similarity("".join(a), "".join(b))


def _other_letters(
    base: Sequence[str],
    own: Sequence[str],
    a: Sequence[str],
    b: Sequence[str],
    known: Known,
    *,
    machine: bool,
    rows: Collection[int],
) -> tuple[Feature, tuple[str, ...]]:
    like = OSA.normalized_similarity("".join(a), "".join(b))
    if len(a) == len(b) == 1 and known.both(a[0], b[0], rows):
        return Feature.WORDING, (f"other witnesses use both {base[0]} and {own[0]}",)
    if like >= NAME_LIKE and known.names.intersection([*a, *b]) and _capital(base[0]):
        return Feature.NAME_FORM, (f"a name: {' '.join(base)} / {' '.join(own)}",)
    divided = len(a) != len(b) and min(len(a), len(b)) <= 2
    if like < ALIKE or (like < SPELT and not machine and not divided):
        return Feature.WORDING, (f"letters alike ({like:.2f})",) if like >= ALIKE else ()
    feature = Feature.WORD_DIVISION if divided else Feature.SPELLING
    return feature, (f"letters alike ({like:.2f})",)


def _capital(form: str) -> bool:
    """Whether a form may be a name by its first letter: a capital, or of a script without."""
    return form[:1] != form[:1].lower() or form[:1] == form[:1].upper()


def _bracketed(base: Sequence[str], own: Sequence[str], known: Known) -> tuple[str, ...]:
    """The evidence that one side is an insertion in brackets, or lost them; else nothing."""
    sides = [forms for forms in (base, own) if forms]
    if all(forms[0] not in _MAY_OPEN and forms[-1] not in _MAY_CLOSE for forms in sides):
        return ()
    a, b = _letters(base), _letters(own)
    whose = "whose insertion it is, is not said"
    if not a or not b:
        forms = own or base
        if (not base or not own) and _in_brackets(forms, "".join(a or b), known):
            return (f"in brackets: {' '.join(forms)}", whose)
        return ()
    within = [_in_brackets(forms, "", known) for forms in (base, own)]
    if within[0] == within[1] or Levenshtein.normalized_similarity("".join(a), "".join(b)) < ALIKE:
        return ()
    with_, without = (base, own) if within[0] else (own, base)
    return (f"in brackets: {' '.join(with_)}", f"in other brackets or none: {' '.join(without)}")


def _in_brackets(forms: Sequence[str], letters: str, known: Known) -> bool:
    """Whether the words stand in square brackets, or in what a copy has for them.

    The latter, or one bracket where the other is lost, only if some witness has
    words with these *letters* in square ones.
    """
    if len(forms) > 2 and forms[0] in OPENING and forms[-1] in CLOSING:
        return True
    if not letters or (forms[0] not in _MAY_OPEN and forms[-1] not in _MAY_CLOSE):
        return False
    return any(
        Levenshtein.normalized_similarity(letters, other) >= ALIKE for other in known.identified
    )


def _same_letters(
    base: Sequence[str],
    own: Sequence[str],
    a: Sequence[str],
    b: Sequence[str],
    names: Collection[str],
) -> tuple[Feature, tuple[str, ...]]:
    """The letters agree: what differs is division, marks, case or accents."""
    letters = [_NO_LETTER.sub("", "".join(forms)) for forms in (base, own)]
    divided = len(a) != len(b) or _hyphens(base) != _hyphens(own)
    inner = letters[0] == letters[1] and _inner(base, own)
    if divided and (len(a) != len(b) or len(a) + len(b) > 2 or inner):
        named = any(name in names for name in [*a, *b, "".join(a)])
        return (Feature.NAME_FORM if named else Feature.WORD_DIVISION), ("the same letters",)
    if letters[0] == letters[1]:
        return Feature.PUNCTUATION, ("the same letters",)
    if letters[0].lower() == letters[1].lower():
        return Feature.CASE, ("the same letters but for case",)
    return Feature.SPELLING, ("the same letters but for accents or ligatures",)


def _hyphens(forms: Sequence[str]) -> int:
    return sum(char in "-\u2010\u2011\u00ad" for form in forms for char in form)


def _inner(base: Sequence[str], own: Sequence[str]) -> bool:
    """Whether a hyphen stands inside a word rather than as a mark of its own."""
    return any(len(form) > 1 and _hyphens([form]) for form in [*base, *own])


def _digits(forms: Sequence[str]) -> str:
    """The numbers of a reading in European digits, thousands closed up: ``5,000`` is 5000."""
    text = " ".join(forms)
    if text.isalpha():
        return ""
    text = _GROUPED.sub(lambda found: "".join(_DIGITS.findall(found[0])), text)
    return " ".join(
        "".join(str(decimal(char)) for char in number)
        for number in _DIGITS.findall(normalize("NFKC", text))
    )


def _numeric(forms: Sequence[str], words: int) -> bool:
    """Whether numbers, at least half of their characters digits, are a third of so many words."""
    found = sum(2 * sum(map(str.isnumeric, form)) >= len(form) for form in forms if form)
    return found > 0 and 3 * found >= words


_ACCIDENTAL = frozenset(
    [
        Feature.PUNCTUATION,
        Feature.CASE,
        Feature.NAME_FORM,
        Feature.PARAGRAPH,
    ]
)


def _significance(
    base: Sequence[str],
    own: Sequence[str],
    a: Sequence[str],
    b: Sequence[str],
    feature: Feature,
    known: Known,
    *,
    machine: bool,
    rows: Collection[int],
) -> Significance:
    if feature is Feature.NUMBER:
        return Significance.SUBSTANTIVE
    if _negated(base, known) != _negated(own, known) and not _agree(base, own, a, b):
        return Significance.SUBSTANTIVE
    if feature in _ACCIDENTAL:
        return Significance.ACCIDENTAL
    if feature in (Feature.SPELLING, Feature.WORD_DIVISION):
        same = _agree(base, own, a, b) or _digits(base) == _digits(own) != ""
        return Significance.ACCIDENTAL if same else Significance.UNDECIDED
    if feature in (Feature.BRACKETED, Feature.WORD_ORDER):
        return Significance.UNDECIDED
    if machine:  # dirt and torn letters make words, and lose them
        return Significance.UNDECIDED
    like = OSA.normalized_similarity("".join(a), "".join(b)) if a and b else 0.0
    slip = like >= ALIKE and not known.both("".join(a), "".join(b), rows)
    return Significance.UNDECIDED if slip else Significance.SUBSTANTIVE


def _negated(forms: Sequence[str], known: Known) -> int:
    """How many of the words turn the sentence round."""
    return sum(form in known.negations for form in forms)
