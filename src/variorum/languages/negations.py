"""What is known of languages without a dictionary: for now, the words that turn a sentence round.

A negation lost is the smallest difference that matters most, in a variant and
in an OCR copy alike; so its words are known here once, for every room::

    en   not, never, cannot │ no, nor, neither …     the sure ones tell the language,
    sq   nuk, s', asnjë …   │ as, jo, pa             the others count in it only
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from unicodedata import normalize

__all__ = ["NEGATIONS", "negations_of"]

NEGATIONS: Mapping[str, tuple[str, str]] = {
    "en": ("not never cannot", "no nor neither none nothing nobody without"),
    "sq": ("nuk s' asnjë kurrë mos", "as jo pa"),
    "fr": ("pas jamais n'", "ne non rien ni aucun aucune sans"),
    "de": ("nicht kein keine keinen", "nie niemals ohne nein keiner keinem keines"),
    "es": ("nunca ningún ninguna", "no ni sin nada"),
    "it": ("mai nessun nessuna", "non né senza nulla niente"),
    "la": ("non haud nec neque", "ne nihil nullus nulla sine numquam"),
    "el": ("οὐ οὐκ οὐχ μή δεν", "οὐδέ μηδέ οὔτε μήτε μὴ οὐδὲ μηδὲ μην όχι"),
    "ru": ("не", "ни нет никогда без"),
    "ar": ("لا لم لن ولا ولم ولن", "ليس ما غير فلا فلم فلن"),
    "he": ("לא אין ולא", "אל בלי בל שלא ואל ואין"),
}
"""By language: negations that no other language listed has, or has as often; then the others.

A text's language is the one whose sure negations it has most of.
"""


def negations_of(forms: Mapping[str, int]) -> frozenset[str]:
    """Those of the counted *forms* that are negations in the language of the text."""
    counted: Counter[str] = Counter()
    for form, count in forms.items():
        for word in _as_listed(form):
            counted[word] += count
    counts = {
        language: sum(counted[word] for word in sure.split())
        for language, (sure, _) in NEGATIONS.items()
    }
    most = max(counts.values())
    in_play = [language for language, count in counts.items() if count == most and most]
    known = {word for language in in_play for part in NEGATIONS[language] for word in part.split()}
    return frozenset(form for form in forms if not known.isdisjoint(_as_listed(form)))


def _as_listed(form: str) -> tuple[str, ...]:
    """What a form may be listed as: ``n'était`` as ``n'``, ``don’t`` as ``not``."""
    word = normalize("NFC", form.lower()).replace("’", "'")
    head, mark, tail = word.partition("'")
    if not mark:
        return (word,)
    return (word, "not") if tail == "t" and head[-1:] == "n" else (word, head + mark)
