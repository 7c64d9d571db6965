"""Names that stand on one side of a bead only.

A name is found again by one of four ways, the first that leads somewhere::

    Shqipërisë  = Albania       the table of renderings
    Hrushovin   ~ Khrushchev    its spelling, by consonants
    Perëndia    → God           the lexicon
    Zoti        ≈ Yahweh        the document itself: in bead after bead the one
                                stands where the other does

How often a name has been found again elsewhere says what it is worth that it is
missing here: one that comes back in 39 of 40 beads is missed in the fortieth,
one that translators like to replace by *he* is not.  A bead that lacks a name
on both sides at once has another in its place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from variorum.languages.lexicon import Lexicon
from variorum.languages.names import Names, alike, concepts, stems, table
from variorum.review.finding import Finding, found
from variorum.review.naming import Naming, naming
from variorum.review.places import Heard, Part, Place, trust

__all__ = ["names"]

_ALIKE = 0.75
"""Names this alike are one: Egjipt and Egypt are (.86), Pali and Peter are not (.33)."""

_OFTEN = 0.95
"""A name found again this often elsewhere is missed where it is not."""

_FEW = 10
"""… and at least this many times: fewer prove nothing."""


_PRONOUNS = {
    "en": frozenset("he him his himself she her hers herself they them their theirs it its who "
    "whom whose this that these those there here thence someone one other another".split()),
    "de": frozenset("er ihn ihm sein seine seinen seinem seiner sie ihr ihre ihren ihnen es dieser "
    "diese dieses der dort hier dem den wer jener".split()),
    "fr": frozenset("il lui le la l elle ils elles leur leurs eux son sa ses y en celui celle ce "
    "cet cette ceux qui dont".split()),
}  # fmt: skip
"""What stands for a name in languages that say their subjects; the others may leave it out."""

_UNLIKE = 0.4
"""Names that two spellings of one could hardly be."""

_CLOSE = 3
"""Beads before and after in which *he* may have his name."""

_STRONG, _RARE = 0.6, 0.3
"""A name that comes back less often than the first is one that translators vary: it proves no
exchange; one that comes back less often than the second is a stranger, found again by chance."""

_HALF = 0.5
"""Where both sides lack a name, one that mostly comes back is enough."""

_SHARE, _TAUGHT, _BACK, _LIFT, _RENDERINGS = 0.15, 0.3, 0.25, 5.0, 4
"""A word renders a name if it stands beside it in this share of the name's beads, of those that
nothing else explains, and of its own; five times as often as by chance.  A name put in place of
others on purpose has the first two, never the third.  There are no more renderings than four."""


def names(
    places: Sequence[Place], lexicon: Lexicon | None, renderings: Names | None = None
) -> Iterator[Finding]:
    """A finding for each bead in which names have no counterpart."""
    if not places:
        return
    here = _Side.of([place.source for place in places], renderings)
    there = _Side.of([place.target for place in places], renderings)
    forth, back = _Way.of(here, there, lexicon), _Way.of(there, here, lexicon)
    for n, place in enumerate(places):
        missed = _missing(n, forth, back)
        if any(missed):
            yield _finding(place, *missed)


@frozen(eq=False)
class _Side:
    """One side of all beads: its names by position, what each word counts as, the table's names."""

    parts: Sequence[Part]
    naming: Naming
    names: Sequence[Mapping[int, str]]
    tokens: Sequence[Sequence[str]]
    concepts: Sequence[Mapping[int, frozenset[str]]]
    pronouns: Sequence[bool]

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
        )


def _has_pronoun(part: Part) -> bool:
    """Whether something may stand for a name; a language that needs no pronoun always has one."""
    pronouns = _PRONOUNS.get(part.language.partition("-")[0].lower())
    return pronouns is None or any(word.folded in pronouns for word in part.words)


def _token(word: Heard, known: Naming) -> str:
    """What a word counts as where the document teaches: a name's key, or how it begins."""
    return known.keys.get(word.folded, word.folded[:6])


@frozen
class _Missed:
    """A name without counterpart: its key, its words, how often it came back, of how many.

    ``near``: it comes back in a bead close by, and here a pronoun may stand for it.
    """

    key: str
    words: tuple[Heard, ...]
    back: int
    of: int
    near: bool

    @property
    def share(self) -> float:
        """How often it came back in other beads."""
        return self.back / self.of if self.of else 0.0


@frozen(eq=False)
class _Way:
    """Names of one side looked for on the other: by bead and key, the words that answer."""

    here: _Side
    there: _Side
    lexicon: Lexicon | None
    _common: frozenset[str]
    found: list[dict[str, set[int]]] = field(factory=list)
    back: Counter[str] = field(factory=Counter)
    beads: Counter[str] = field(factory=Counter)

    @staticmethod
    def of(here: _Side, there: _Side, lexicon: Lexicon | None) -> _Way:
        way = _Way(here, there, lexicon, _known(here, there, lexicon))
        for n, named in enumerate(here.names):
            way.found.append({key: way._at_once(n, key) for key in dict.fromkeys(named.values())})
        learnt = way._learnt()
        for n, keys in enumerate(way.found):
            for key, answers in keys.items():
                answers |= {at for at, t in enumerate(there.tokens[n]) if t in learnt[key]}
                way.beads[key] += 1
        way._purge()
        for keys in way.found:
            way.back.update(key for key, answers in keys.items() if answers)
        return way

    def _purge(self) -> None:
        """A name that names mostly answer is answered by names only: *Zoti* is no *master*."""
        named = [self.there.names[n].keys() for n in range(len(self.found))]
        proper = Counter(
            key for n, keys in enumerate(self.found) for key, at in keys.items() if at & named[n]
        )
        for n, keys in enumerate(self.found):
            for key in keys:
                if proper[key] >= _HALF * self.beads[key]:
                    keys[key] &= named[n]

    def missed(self, n: int) -> list[_Missed]:
        """The names of a bead that did not come back."""
        return [self.told(n, key) for key, answers in self.found[n].items() if not answers]

    def common(self, folded: str) -> bool:
        """Whether the lexicon knows a word of either side as one that it renders, or renders by."""
        return folded in self._common

    def told(self, n: int, key: str) -> _Missed:
        part, named = self.here.parts[n], self.here.names[n]
        words = tuple(part.words[at] for at, k in named.items() if k == key)
        back = self.back[key] - bool(self.found[n][key])
        return _Missed(key, words, back, self.beads[key] - 1, self._near(n, key))

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
        return word.form[0].isupper() and _sounds(
            form, self.here.naming.language, word.folded, self.there.naming.language
        )

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
    return frozenset(form for form in known if known[form]).union(*known.values())


def _lift(rate: float) -> float:
    """How many times its chance a word must stand there; less for one that is nearly everywhere."""
    return min(_LIFT, (1 + rate) / (2 * rate))


def _sounds(one: str, language: str, other: str, tongue: str) -> bool:
    return any(alike(a, b) >= _ALIKE for a in stems(one, language) for b in stems(other, tongue))


def _akin(rendering: str, word: str) -> bool:
    """Whether two words of one language are forms of one: they begin alike, and end soon after."""
    short, long = sorted((rendering, word), key=len)
    return (
        len(short) > 2
        and long.startswith(short[: max(3, len(short) - 1)])
        and (len(long) - len(short) < 4)
    )


def _missing(n: int, forth: _Way, back: _Way) -> tuple[list[_Missed], list[_Missed]]:
    """Of the names of a bead that did not come back, those that an editor should know of."""
    here, there = forth.missed(n), back.missed(n)
    if here and there:
        strong = all(any(_strong(m) for m in side) for side in (here, there))
        likely = any(m.back and m.share >= _HALF for m in (*here, *there))
        if strong and (likely or _strangers(here, there, forth)):
            return here, there
    if here or there:  # a name may stand in place of one that is there once more, elsewhere
        spare = _spare(n, forth, back)
        fewer = [m for m in spare[bool(here)] if m.back and m.share >= _STRONG]
        if fewer and any(_strong(m) for m in (*here, *there)):
            return (here, fewer) if here else (fewer, there)
    sure = [[m for m in side if _alone(m)] for side in (here, there)]
    return sure[0], sure[1]


def _spare(n: int, forth: _Way, back: _Way) -> tuple[list[_Missed], list[_Missed]]:
    """The names of a bead that are left when as many as can are paired, one to one."""
    here, there = _unspoken(n, forth, back), _unspoken(n, back, forth)
    edges = {
        at: [
            other
            for other, name in there.items()
            if other in forth.found[n][key] or at in back.found[n][name]
        ]
        for at, key in here.items()
    }
    taken: dict[int, int] = {}
    for at in here:
        _paired(at, edges, taken, set())
    left = {key for at, key in here.items() if at not in taken.values()}
    right = {key for at, key in there.items() if at not in taken}
    return (
        [forth.told(n, key) for key in sorted(left)],
        [back.told(n, key) for key in sorted(right)],
    )


def _unspoken(n: int, way: _Way, back: _Way) -> dict[int, str]:
    """The names of one side but for those that a word answers which is no name (*farisenj*)."""
    named = back.here.names[n].keys()
    return {at: key for at, key in way.here.names[n].items() if not way.found[n][key] - named}


def _paired(
    at: int, edges: Mapping[int, Sequence[int]], taken: dict[int, int], seen: set[int]
) -> bool:
    """Give *at* a partner, moving others on where that makes room."""
    for other in edges[at]:
        if other not in seen:
            seen.add(other)
            if other not in taken or _paired(taken[other], edges, taken, seen):
                taken[other] = at
                return True
    return False


def _alone(missed: _Missed) -> bool:
    """Whether a name without any in its place is worth a finding."""
    return missed.back >= _FEW and missed.share >= _OFTEN and not missed.near


def _strong(missed: _Missed) -> bool:
    """Whether a name mostly comes back, or hardly ever did."""
    return missed.share >= _STRONG or missed.share < _RARE


def _strangers(here: Sequence[_Missed], there: Sequence[_Missed], way: _Way) -> bool:
    """Whether one name on each side, never found again, sound like nothing of one another."""
    one, other = (side[0].words[0].folded for side in (here, there))
    tongues = way.here.naming.language, way.there.naming.language
    sound = max(alike(a, b) for a in stems(one, tongues[0]) for b in stems(other, tongues[1]))
    if len(here) != 1 or len(there) != 1 or sound >= _UNLIKE:
        return False
    return not way.common(one) and not way.common(other)


def _finding(place: Place, here: Sequence[_Missed], there: Sequence[_Missed]) -> Finding:
    words = [sorted({w.form for m in side for w in m.words}) for side in (here, there)]
    told = [" and ".join(forms) for forms in words]
    said = (
        f"{told[0]} in the source, but {told[1]} in the translation."
        if here and there
        else f"{told[0]} is not in the translation."
        if here
        else f"{told[1]} is in the translation only."
    )
    spans = ([w.span for m in here for w in m.words], [w.span for m in there for w in m.words])
    evidence = {
        "source": [[m.key, m.back, m.of] for m in here],
        "target": [[m.key, m.back, m.of] for m in there],
    }
    share = max(m.share for m in (*here, *there))
    # a name exchanged is graver than one left out, which *he* may stand for
    weight = (0.9 if here and there else 0.7) * (0.5 + share / 2) * trust(place.pair)
    return found("name", place.number, spans, said, evidence, weight)
