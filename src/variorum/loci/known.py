"""What the witnesses know of words: names, negations, and which words one hand tells apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from unicodedata import normalize

from attrs import field, frozen

from variorum.tokens import Tokens, folded
from variorum.turns import Speaker

__all__ = ["NEGATIONS", "Known", "names_of", "negations_of"]

TITLES = 0.2
"""From this share of capitals on inside sentences they are no sign of names.

English prose has one word in twelve, with its names; German, which gives one to
every noun, one in four; a text in capitals all of them.
"""

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


@frozen(eq=False)
class Known:
    """What the witnesses together know.

    ``names`` are folded words that are names, ``negations`` forms that turn a
    sentence round, ``hands`` the folded words of each witness that is not
    machine-read, by row, ``identified`` the letters of what stands in square
    brackets.
    """

    names: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    hands: Mapping[int, Collection[str]] = field(factory=dict)
    identified: frozenset[str] = frozenset()

    def both(self, one: str, other: str, without: Collection[int]) -> bool:
        """Whether the hands use both words: at least half of those that are not of some rows."""
        hands = [hand for row, hand in self.hands.items() if row not in without]
        using = sum(one in hand and other in hand for hand in hands)
        return 0 < len(hands) <= 2 * using


def names_of(tokens: Tokens, speakers: Sequence[Speaker]) -> frozenset[str]:
    """Folded words that are names: the speakers', and words capitalised in mid-sentence.

    Of the text's own words those that come at least twice and never without
    their capital, unless so many have one that it means nothing (``TITLES``).
    """
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    before = "."
    for form in tokens.forms:
        if form[:1].isupper() and before not in ".!?:;\"'“‘([…":
            capital[folded(form)] += 1
        elif form[:1].islower():
            small[folded(form)] += 1
        before = form[-1:] or before
    all_words = capital.total() + small.total()
    titles = capital.total() > TITLES * all_words and all_words > 100
    found = {word for word, count in capital.items() if count > 1 and not titles}
    spoken = {folded(part) for s in speakers for name in s.names for part in name.split()}
    return frozenset((found | spoken) - {""} - set(small))


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
