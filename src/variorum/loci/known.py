"""What the witnesses know of words: names, negations, and which words one hand tells apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from attrs import field, frozen

from variorum.tokens import Tokens, folded
from variorum.turns import Speaker

__all__ = ["Known", "names_of"]

TITLES = 0.2
"""From this share of capitals on inside sentences they are no sign of names.

English prose has one word in twelve, with its names; German, which gives one to
every noun, one in four; a text in capitals all of them.
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
