"""Which names of one side come back on the other, bead by bead, and how often they do.

A name is found again by one of five ways, the first that leads somewhere::

    Shqipërisë  = Albania       the table of renderings
    Hrushovin   ~ Khrushchev    its spelling, by consonants
    Perëndia    → God           the lexicon
    Zoti        ≈ Yahweh        the document itself: in bead after bead the one
                                stands where the other does
    Tzotit      ⊃ Zotit         a name but for one letter, of the same side, that does

How often a name has been found again elsewhere says what it is worth that it is
missing here; ``names`` weighs that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from attrs import field, frozen

from variorum.languages.lexicon import Lexicon
from variorum.languages.names import Names, alike, concepts, loose, stems, table
from variorum.review.naming import CAPITAL_NOUNS, Naming, naming
from variorum.review.places import Heard, Part, Place

__all__ = ["Missed", "Way", "likeness", "ways"]

_ALIKE = 0.75
"""Names this alike are one: Egjipt and Egypt are (.86), Pali and Peter are not (.33)."""

_SMALL = 0.85
"""… and this much where one is written small, as a language does with peoples: *epikurianë*."""

_HALF = 0.5
"""A name that names answer this often is answered by names only."""

_SHARE, _TAUGHT, _BACK, _LIFT, _RENDERINGS = 0.15, 0.3, 0.25, 5.0, 4
"""A word renders a name if it stands beside it in this share of the name's beads, of those that
nothing else explains, and of its own; five times as often as by chance.  A name put in place of
others on purpose has the first two, never the third.  There are no more renderings than four."""

_SELDOM = 2
"""A name of so few beads may be a slip."""

_INFLECTED = ("", "s", "es", "d", "ed", "ing")
"""Endings of English, by which a dictionary lists no words."""

_FIFTH = 0.2
"""One of the words that answer a name does so in more than this share of its beads."""

_LONG = 4
"""Letters of a name that may be another one misspelt: of shorter ones a letter is too much."""

_PRONOUNS = {
    "en": frozenset("he him his himself she her hers herself they them their theirs it its who "
    "whom whose this that these those there here thence someone one other another".split()),
    "de": frozenset("er ihn ihm sein seine seinen seinem seiner sie ihr ihre ihren ihnen es dieser "
    "diese dieses der dort hier dem den wer jener".split()),
    "fr": frozenset("il lui le la l elle ils elles leur leurs eux son sa ses y en celui celle ce "
    "cet cette ceux qui dont".split()),
}  # fmt: skip
"""What stands for a name in languages that say their subjects; the others may leave it out."""

_CLOSE = 3
"""Beads before and after in which *he* may have his name."""


def ways(
    places: Sequence[Place], lexicon: Lexicon | None, renderings: Names | None
) -> tuple[Way, Way]:
    """The names of the source looked for in the target, and the other way about."""
    here = _Side.of([place.source for place in places], renderings)
    there = _Side.of([place.target for place in places], renderings)
    return Way.of(here, there, lexicon), Way.of(there, here, lexicon)


@frozen(eq=False)
class _Side:
    """One side of all beads: its names by position, what each word counts as, the table's names."""

    parts: Sequence[Part]
    naming: Naming
    names: Sequence[Mapping[int, str]]
    tokens: Sequence[Sequence[str]]
    concepts: Sequence[Mapping[int, frozenset[str]]]
    pronouns: Sequence[bool]
    forms: Mapping[str, frozenset[str]]

    @staticmethod
    def of(parts: Sequence[Part], renderings: Names | None) -> _Side:
        language = parts[0].language
        known = naming(parts, language)
        told = table(language, renderings)
        return _Side(
            parts,
            known,
            [known.of(part) for part in parts],
            [[_token(word, known) for word in part.words] for part in parts],
            [concepts([w.form for w in part.words], language, told) for part in parts],
            [_has_pronoun(part) for part in parts],
            _forms(known),
        )


def _forms(known: Naming) -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = defaultdict(set)
    for form, key in known.keys.items():
        forms[key].add(form)
    return {key: frozenset(each) for key, each in forms.items()}


def _less(form: str) -> set[str]:
    """A form, and all that is left of it with a letter out; nothing for one too short for that."""
    if len(form) < _LONG:
        return set()
    return {form, *(form[:at] + form[at + 1 :] for at in range(len(form)))}


def _has_pronoun(part: Part) -> bool:
    """Whether something may stand for a name; a language that needs no pronoun always has one."""
    pronouns = _PRONOUNS.get(part.language.partition("-")[0].lower())
    return pronouns is None or any(word.folded in pronouns for word in part.words)


def _token(word: Heard, known: Naming) -> str:
    """What a word counts as where the document teaches: a name's key, or how it begins."""
    return known.keys.get(word.folded, word.folded[:6])


@frozen
class Missed:
    """A name without counterpart: its key, its words, how often it came back, of how many.

    ``near``: it comes back in a bead close by, and here a pronoun may stand for it.
    ``common``: the lexicon has the word; ``within``: a name stands right beside it.
    """

    key: str
    words: tuple[Heard, ...]
    back: int
    of: int
    near: bool
    common: bool
    within: bool

    @property
    def form(self) -> str:
        """How it is written here, folded."""
        return self.words[0].folded

    @property
    def share(self) -> float:
        """How often it came back in other beads."""
        return self.back / self.of if self.of else 0.0


@frozen(eq=False)
class Way:
    """Names of one side looked for on the other: by bead and key, the words that answer."""

    here: _Side
    there: _Side
    lexicon: Lexicon | None
    _common: frozenset[str]
    found: list[dict[str, set[int]]] = field(factory=list)
    back: Counter[str] = field(factory=Counter)
    beads: Counter[str] = field(factory=Counter)
    _answers: dict[str, Counter[str]] = field(factory=dict)

    @staticmethod
    def of(here: _Side, there: _Side, lexicon: Lexicon | None) -> Way:
        """All names of *here*, looked for in *there*."""
        way = Way(here, there, lexicon, _known(here, there, lexicon))
        for n, named in enumerate(here.names):
            way.found.append({key: way._at_once(n, key) for key in dict.fromkeys(named.values())})
        learnt = way._learnt()
        for n, keys in enumerate(way.found):
            for key, answers in keys.items():
                answers |= {at for at, t in enumerate(there.tokens[n]) if t in learnt[key]}
                way.beads[key] += 1
        way._purge()
        way._remember()
        way._misspelt()
        if here.naming.language.partition("-")[0].lower() in CAPITAL_NOUNS:
            way._nouns_out()
        for keys in way.found:
            way.back.update(key for key, answers in keys.items() if answers)
        return way

    def _remember(self) -> None:
        """What answers a name, wherever it comes back."""
        for n, keys in enumerate(self.found):
            for key, answers in keys.items():
                tokens = {self.there.tokens[n][at] for at in answers}
                self._answers.setdefault(key, Counter()).update(tokens)

    def _nouns_out(self) -> None:
        """Where nouns have capitals, a name is what another language's name answers."""
        proper = {
            key
            for n, keys in enumerate(self.found)
            for key, answers in keys.items()
            if answers & self.there.names[n].keys()
        }
        self.found[:] = [
            {key: answers for key, answers in keys.items() if key in proper} for keys in self.found
        ]

    def _misspelt(self) -> None:
        """A rare name that never comes back, and is another but for a letter, is that one."""
        near: dict[str, set[str]] = defaultdict(set)
        for key, beads in self.beads.items():
            if beads > _SELDOM:
                for less in (less for form in self.here.forms[key] for less in _less(form)):
                    near[less].add(key)
        for n, keys in enumerate(self.found):
            for key, answers in keys.items():
                if not answers and self.beads[key] <= _SELDOM:
                    forms = self.here.forms[key]
                    meant = {m for f in forms for less in _less(f) for m in near[less]} - {key}
                    answers |= {
                        at
                        for at, token in enumerate(self.there.tokens[n])
                        if any(self.renders(m, token) for m in meant)
                    }

    def renders(self, key: str, token: str) -> bool:
        """Whether a word of the other side is what mostly answers a name."""
        answers = self._answers.get(key, Counter())
        return answers[token] > _FIFTH * self.beads[key]

    def _purge(self) -> None:
        """A name that names mostly answer is answered by them only: *Zoti* is no *master*.

        At the beginning of a sentence any capital may be a name's.
        """
        named = [
            {at for at, word in enumerate(part.words) if word.form[0].isupper()}
            for part in self.there.parts
        ]
        proper = Counter(
            key for n, keys in enumerate(self.found) for key, at in keys.items() if at & named[n]
        )
        for n, keys in enumerate(self.found):
            for key in keys:
                if proper[key] >= _HALF * self.beads[key]:
                    keys[key] &= named[n]

    def missed(self, n: int) -> list[Missed]:
        """The names of a bead that did not come back."""
        return [self.told(n, key) for key, answers in self.found[n].items() if not answers]

    def common(self, folded: str) -> bool:
        """Whether the lexicon knows a word of either side as one that it renders, or renders by."""
        return folded in self._common

    def told(self, n: int, key: str) -> Missed:
        """A name of a bead, and what is known of it."""
        part, named = self.here.parts[n], self.here.names[n]
        words = tuple(part.words[at] for at, k in named.items() if k == key)
        back = self.back[key] - bool(self.found[n][key])
        others = self.beads[key] - 1
        common = any(word.folded in self._common for word in words)
        beside = any(
            at + d in named and named[at + d] != key
            for at in named
            if named[at] == key
            for d in (-1, 1)
        )
        return Missed(key, words, back, others, self._near(n, key), common, beside)

    def _near(self, n: int, key: str) -> bool:
        if not self.there.pronouns[n]:
            return False
        around = range(max(0, n - _CLOSE), min(len(self.found), n + _CLOSE + 1))
        return any(self.found[at].get(key) for at in around if at != n)

    def _at_once(self, n: int, key: str) -> set[int]:
        """The words that answer a name by the table, its spelling or the lexicon."""
        at = [at for at, k in self.here.names[n].items() if k == key]
        told = set[str]().union(*(self.here.concepts[n].get(a, ()) for a in at))
        forms = {self.here.parts[n].words[a].folded for a in at}
        named = self.there.concepts[n]
        return {
            other
            for other, word in enumerate(self.there.parts[n].words)
            if not told.isdisjoint(named.get(other, ()))
            or any(self._heard(form, word) or self._rendered(form, word) for form in forms)
        }

    def _heard(self, form: str, word: Heard) -> bool:
        if not word.form[0].isupper() and len(word.form) <= _LONG:
            return False
        sound = _sound(form, self.here.naming.language, word.folded, self.there.naming.language)
        return sound >= (_ALIKE if word.form[0].isupper() else _SMALL)

    def _rendered(self, form: str, word: Heard) -> bool:
        """By the lexicon, whichever way it goes."""
        if self.lexicon is None:
            return False
        if self.lexicon.source == self.here.naming.language.partition("-")[0].lower():
            return any(_akin(r, word.folded) for r in self.lexicon.renderings(form))
        return any(_akin(form, r) for r in self.lexicon.renderings(word.folded))

    def _learnt(self) -> dict[str, frozenset[str]]:
        """Of each name the words that stand where it does, one after the other."""
        base = Counter(token for tokens in self.there.tokens for token in set(tokens))
        lost: dict[str, list[int]] = defaultdict(list)
        for n, keys in enumerate(self.found):
            for key, back in keys.items():
                lost[key] += [] if back else [n]
        total = Counter(key for keys in self.found for key in keys)
        return {key: self._taught(beads, base, total[key]) for key, beads in lost.items()}

    def _taught(
        self, beads: Sequence[int], base: Mapping[str, int], beads_of_name: int
    ) -> frozenset[str]:
        taught: set[str] = set()
        rest = list(beads)
        while len(rest) > 1 and len(taught) < _RENDERINGS:
            often = Counter(token for n in rest for token in set(self.there.tokens[n]))
            total = len(self.there.tokens)
            good = [
                (count, -base[token], token)
                for token, count in often.items()
                if count >= max(2, _SHARE * beads_of_name, _TAUGHT * len(rest), _BACK * base[token])
                and count * total >= _lift(base[token] / total) * len(rest) * base[token]
            ]
            if not good:
                break
            taught.add(max(good)[2])
            rest = [n for n in rest if taught.isdisjoint(self.there.tokens[n])]
        return frozenset(taught)


def _known(here: _Side, there: _Side, lexicon: Lexicon | None) -> frozenset[str]:
    if lexicon is None:
        return frozenset()
    forms = {word.folded for side in (here, there) for part in side.parts for word in part.words}
    known = {form: lexicon.renderings(form) for form in forms}
    words = {form for form in known if known[form]}.union(*known.values())
    return frozenset(f for f in forms if any(f.removesuffix(end) in words for end in _INFLECTED))


def _lift(rate: float) -> float:
    """How many times its chance a word must stand there; less for one that is nearly everywhere."""
    return min(_LIFT, (1 + rate) / (2 * rate))


@cache
def _sound(one: str, language: str, other: str, tongue: str) -> float:
    """How alike two names sound at best, whatever their endings."""
    return max(alike(a, b) for a in stems(one, language) for b in stems(other, tongue))


def likeness(one: str, other: str, way: Way) -> float:
    """How alike two names are, by sound and by letters, with less strictness than ``alike``."""
    languages = way.here.naming.language, way.there.naming.language
    return max(loose(a, b) for a in stems(one, languages[0]) for b in stems(other, languages[1]))


def _akin(rendering: str, word: str) -> bool:
    """Whether two words of one language are forms of one: they begin alike, and end soon after."""
    short, long = sorted((rendering, word), key=len)
    return (
        len(short) > 2
        and long.startswith(short[: max(3, len(short) - 1)])
        and (len(long) - len(short) < 4)
    )
