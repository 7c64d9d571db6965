"""Names across spellings: by their consonants, as languages share them.

A name is respelled from language to language, but its consonants keep their
order and roughly their place in the mouth; so each is written in classes::

    Hrushovin  ─ ending ─▶ Hrushov      h r s f
    Khrushchev                          h r s s f        alike: .89
    Çoe ▸ s    Choe ▸ k | s             a letter read in two ways gives two skeletons

Cyrillic and Greek letters are written in Latin ones first.  Endings of cases go
before, by language, since a name is declined where the other language only
names it.  Two letters too few are no skeleton: short names are compared as
they begin.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache

import regex

from variorum.languages.lexicon import fold

__all__ = ["alike", "latin", "loose", "stems"]

_ENDINGS = {
    "sq": "esh ve vet te it in ut un sh se ne en es et at ja je a e i u s t n",
    "en": "'s s",
    "de": "s",
    "ru": "ового ому ого ами ями ой ом ем ей ов ам ям ах ях а я у ю е и ы о й ь",
    "el": "ους ου ον ος οι ων ας ης εις α ο η ι",
    "la": "orum arum ibus us um is ae am as os i o a e",
}
"""By language, the endings that cases put on a name; what is left has three letters or more."""

_CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфхцчшщыьъэюяёіїєґђјљњћџ",
        "a b v g d e z i i k l m n o p r s t u f kh ts ch sh sh i _ _ e u a o i i e g d j l n c "
        "x".split(),
        strict=True,
    )
) | {"ж": "zh"}  # fmt: skip
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψωςά",
        "a v g d e z i th i k l m n ks o p r s t i f kh ps o s a".split(),
        strict=True,
    )
)
_LETTERS = str.maketrans({k: v.replace("_", "") for k, v in (_CYRILLIC | _GREEK).items()})

_SOUNDS = tuple(
    (regex.compile(written), heard)
    for written, heard in (
        ("^kh|^ch(?=r)|^h", "H"), ("gj|xh|dj|dzh|dsch", "J"), ("sch|tsch|shch", "s"),
        ("tch|tz|ts|cz|sz|sh|zh|ss", "s"), ("ph|pf", "f"), ("th|dh", "t"), ("ck|qu|kk|cch", "k"),
        ("x", "ks"), ("c(?=[eiy])", "C"), ("g(?=[eiy])", "G"), ("^y|^j", "J"),
    )
)  # fmt: skip
"""Letters of several languages to what they sound like, in this order."""

_TWO_WAYS = (
    ("C", "sk"),
    ("ch", "ks"),
    ("c", "ks"),
    ("q", "ks"),
    ("J", "js"),
    ("G", "kj"),
    ("H", "hk"),
)
_SHARED = 0.4
"""Two spellings of one name share this much of their letters too: *Izrael* is no *Caroline*."""

_VOWELS = frozenset("aeiouyаеиоуыэюяαειουηω")
_CLASSES = str.maketrans("bpvfwgkdtszjlrmnh", "ppfffkkttssjlrmnh", "aeiouy'’-j")


@cache
def stems(folded: str, language: str) -> tuple[str, ...]:
    """What a folded name may be without the endings of its language, the longest first."""
    endings = _ENDINGS.get(language.partition("-")[0].lower(), "").split()
    out = {folded: None}
    for said in (folded, *_without(folded, endings)):
        out[said] = None
        out |= dict.fromkeys(_without(said, [e for e in endings if e[0] in _VOWELS and len(e) < 2]))
    return tuple(sorted(out, key=lambda said: (-len(said), said)))


def _without(said: str, endings: list[str]) -> list[str]:
    """*said* without each ending that may go: three letters stay, one consonant needs a vowel."""
    out = []
    for ending in endings:
        rest = said.removesuffix(ending)
        spoken = ending[0] in _VOWELS or ending[0] == "'" or rest[-1:] in _VOWELS
        if rest != said and len(rest) >= 3 and (spoken or len(ending) > 1):
            out.append(rest)
    return out


@cache
def alike(one: str, other: str) -> float:
    """How alike two names sound, 0 to 1; *one* and *other* are folded, without endings."""
    if one == other:
        return 1.0
    if not _begin_alike(latin(one)[:1], latin(other)[:1]):
        return 0.0
    here, there = _skeletons(one), _skeletons(other)
    sound = max(_ratio(a, b) for a in here for b in there)
    letters = SequenceMatcher(None, latin(one), latin(other), autojunk=False).ratio()
    if letters < _SHARED:
        return min(sound, letters)
    return sound if min(len(s) for s in here + there) > 2 else (sound + letters) / 2


@cache
def loose(one: str, other: str) -> float:
    """As ``alike``, of names suspected to be one, however they begin (*Adbeel*, *Abdeeli*)."""
    if one == other:
        return 1.0
    here, there = _skeletons(one), _skeletons(other)
    sound = max(SequenceMatcher(None, a, b, autojunk=False).ratio() for a in here for b in there)
    letters = SequenceMatcher(None, latin(one), latin(other), autojunk=False).ratio()
    return (sound + letters) / 2


def _begin_alike(a: str, b: str) -> bool:
    """A name that begins with a vowel does so everywhere, but for what h and j do to it."""
    return (a in _VOWELS) == (b in _VOWELS) or a in "hjy" or b in "hjy"


def _ratio(a: str, b: str) -> float:
    if a[:1] != b[:1]:  # Jerusalem, Ierusalem; Hannah, Anna
        a, b = a.lstrip("jh"), b.lstrip("jh")
    if a[:1] != b[:1] or not a:
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def latin(said: str) -> str:
    """A folded word in Latin letters, if it is Cyrillic or Greek; else as it is."""
    return fold(said.translate(_LETTERS))


@cache
def _skeletons(said: str) -> tuple[str, ...]:
    heard_as = latin(said)
    for written, heard in _SOUNDS:
        heard_as = written.sub(heard, heard_as)
    readings = [heard_as]
    for letters, ways in _TWO_WAYS:
        if letters in heard_as:
            readings = [r.replace(letters, way) for r in readings for way in ways][:8]
    return tuple(sorted({_classed(reading) for reading in readings}))


def _classed(reading: str) -> str:
    head = "j" if reading.startswith("j") else "h" if reading.startswith("h") else ""
    rest = reading[len(head) :].replace("h", "").translate(_CLASSES)
    said = head + rest
    return "".join(letter for n, letter in enumerate(said) if not n or letter != said[n - 1])
