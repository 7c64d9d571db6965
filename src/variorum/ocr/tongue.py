"""Which language a copy is in, which the engine took it for, and what that cost.

An engine that reads with another language's model is as sure as ever; what it
cannot write are the letters which that model lacks::

    page       Shqipërisë … është        read with -l eng      Shqiperise … eshte
    known                                as Albanian           hardly a word
    known but for diacritics             as Albanian           nearly all: so it is Albanian
    ë, ç       9 % of letters expected   found                 none: so the model was wrong

The language is told from the words of which the engine is surer than of most,
diacritics aside, so that neither wear nor a wrong model hides it.  A word that
comes again tells nothing new, few words tell little, and many words of one
language are words of another too, so the small words have a veto::

    La nation est libre, la question simple     half of it is in an English list
    la, la, est                                 and no small word of English: French
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from math import sqrt
from statistics import median

from variorum.ocr.lexica import SHIPPED, Lexicon, bare, folded, lexicon, words_in
from variorum.witness import Word

__all__ = ["ENOUGH", "identified", "lost", "model_of", "primary", "stranger"]

ENOUGH = 150
"""Letters needed to say that a letter is missing: one in fifty should have come thrice by then."""

BEGINNING = 10_000
"""Characters of a text in which small words are counted."""

AT_HOME = 0.35
"""Share of a text's letters in words of its language, at least.  Of the Universal Declaration in
400 languages only French has more of a language not its own (.36, in English words); the worst worn
page has .49, Albanian read as English.  With what follows, of 12,000 stretches of thirty words of
that text none is taken for English or Albanian that is not, of stretches of eight one in 700."""

SURELY = 1.64
"""Standard errors by which a share is beyond chance, nineteen times in twenty."""

ABROAD = 0.28
"""Share of them below which a text is not in the language that the engine read it in."""

MISSING = 0.2
"""Of the letters with diacritics that are expected; fewer are there only by chance."""

RARE = 0.02
"""Share of a language's letters with diacritics from which on their absence tells."""

SMALL: Mapping[str, str] = {
    "en": "the of and to in that is was for it with as his on be at by this had not are but from "
    "or have an they which you were her she there we him all has will been their who our",
    "sq": "te dhe ne per nga qe nje se me ka nuk eshte ose si ky kjo cdo tij saj edhe do por ku "
    "jane kane ai ata tyre kete mund duke kur ishte nen pa",
    "fr": "de la le les et des en un du une que est pour qui dans sur au ce il ne pas par plus se "
    "ou son avec sont aux elle nous vous etre cette ses leur tout toute",
    "it": "di che il la in un per non del della sono con le si da una dei gli nel al alla ha come "
    "piu ogni lo delle suo sua nella ed anche",
    "es": "de la que el en los se del las un por con no una su para es al lo como mas pero sus le "
    "toda todo tiene ser son este esta",
    "pt": "de que do da em um para com nao uma os no se na por mais as dos como mas ao ele das "
    "seu sua ou quando todo toda tem ser pelo pela",
    "ca": "de la que el en els les un per amb una del dels no es al als seu seva com mes tota tot "
    "te son pel aquest aquesta",
    "ro": "de si in la pe cu nu un din ce este sa se pentru care ca sau fi mai sunt prin orice "
    "lui unei unui sale ori are dintre",
    "la": "et in est non ad ut cum ex quae qui sed per si ab esse quod aut ac enim atque quam "
    "sunt hoc eius quo nec autem etiam de",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij of "
    "uit door heeft naar worden",
    "de": "der die und in den von zu das mit sich des auf fur ist im dem nicht ein eine als auch "
    "es an werden aus er hat dass sie nach wird bei einer oder",
    "da": "og af en til er det den pa for at med de som ikke har et der eller om ved skal sin sit",
    "sv": "och att det en som pa ar av for med till den har de inte om ett han men var eller "
    "skall sin sitt",
    "pl": "nie sie na do jest ze to jak za od po przez ma oraz lub dla jego ich przy",
}
"""Small words of the languages that are taken for those we ship, or may be, the commonest of each,
without diacritics and without those of one letter, which specks are read as."""

_TAGS = dict(
    tag.split("=")
    for tag in "eng=en english=en sqi=sq alb=sq albanian=sq deu=de ger=de german=de "
    "fra=fr fre=fr french=fr".split()
)
"""Tags and names that engines use, and the shorter tag."""


def primary(tag: str) -> str:
    """The language of a tag as engines and editors write it: ``sqi`` and ``sq-AL`` are ``sq``."""
    bare = tag.lower().replace("_", "-").partition("-")[0].strip()
    return _TAGS.get(bare, bare)


def identified(text: str, words: Sequence[Word]) -> str:
    """The shipped language that the surer words belong to, or nothing.

    Where the engine does not say that it read this language, the share must be
    beyond chance; and no other language may have more of the small words.
    """
    chosen = _surer(text, words)
    share, name = max((_at_home(chosen, lexicon(name)), name) for name in SHIPPED)
    start = text[:BEGINNING]
    share *= _spaced(start)
    sure = share if model_of(words) == name else _at_least(share, len(chosen))
    return name if sure >= AT_HOME and _has_most(name, start) else ""


def _spaced(text: str) -> float:
    """The share of letters that stand in words: those of Chinese or Thai do not."""
    letters = sum(map(str.isalpha, text))
    return sum(sum(map(str.isalpha, text[i:j])) for i, j in words_in(text)) / max(1, letters)


def _at_least(share: float, number: int) -> float:
    """What a share among so many is beyond chance (Wilson, 1927, who trusts no 3 of 3)."""
    if not number:
        return 0.0
    chance = SURELY**2 / number
    middle = share + chance / 2
    return (middle - sqrt(chance * (share * (1 - share) + chance / 4))) / (1 + chance)


def _has_most(name: str, text: str) -> bool:
    """Whether no other language has more of the small words of a text."""
    found = Counter(bare(folded(text[i:j])) for i, j in words_in(text))
    counts = {tag: sum(found[word] for word in set(small.split())) for tag, small in SMALL.items()}
    return counts[name] == max(counts.values())


def stranger(text: str, words: Sequence[Word], model: str) -> bool:
    """Whether a text is not in the language that it was read in; only of shipped languages."""
    chosen = _surer(text, words)
    if model not in SHIPPED or sum(map(len, chosen)) < ENOUGH / 2:
        return False
    return _at_home(chosen, lexicon(model)) < ABROAD


def _surer(text: str, words: Sequence[Word]) -> list[str]:
    """Words of three letters and more, each once, of which the engine is as sure as of half."""
    told = [word.confidence for word in words if word.confidence is not None]
    least = median(told) if told else 0.0
    parts = [
        word.span.of(text) for word in words if word.confidence is None or word.confidence >= least
    ] or [text]
    found = (folded(part[i:j]) for part in parts for i, j in words_in(part) if j - i > 2)
    return list(dict.fromkeys(islice(found, 2000)))


def _at_home(words: Sequence[str], known: Lexicon) -> float:
    """The share of letters in words that the lexicon has, diacritics aside."""
    letters = sum(map(len, words))
    return sum(len(word) for word in words if known.nearly(word)) / letters if letters else 0.0


def lost(text: str, known: Lexicon | None) -> float:
    """The share of letters that must have lost their diacritics, where hardly any has one; or 0."""
    if known is None:
        return 0.0
    lower = unicodedata.normalize("NFC", text).lower()
    letters = sum(map(str.isalpha, lower))
    expected = sum(known.diacritics.values())
    there = sum(lower.count(char) for char in known.diacritics) / max(1, letters)
    if letters < ENOUGH or expected < RARE or there >= MISSING * expected:
        return 0.0
    return expected - there


def model_of(words: Iterable[Word]) -> str:
    """The language that the engine says it read most words in, or nothing."""
    counted = Counter(primary(word.language) for word in words if word.language)
    return min(counted, key=lambda tag: (-counted[tag], tag)) if counted else ""
