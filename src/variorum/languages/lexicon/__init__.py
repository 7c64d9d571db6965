"""What a word of one language is rendered by in another.

Shipped for Albanian, as stems, paradigms and glosses rather than as a list of
forms, of which there would be millions: a word is cut in two in every way, and
each way counts whose stem a paradigm allows with that ending::

    popujve    popuj│ve      stem 0 of a noun, ending -ve      people, populace
               popuj·│ve…    every other cut: no stem

Everything is compared without case and accents, since bad copies and typists
lose ë and ç.  What an unlikely reading of a word brings in besides (*asht* is
also a bone) is the aligner's to weigh: it looks only for renderings that the
other text has, and rare ones count more.

The table is derived from the dictionary of uniparser-albanian (MIT; see
``NOTICE``); ``albanian`` makes it.  Any other comes as a TSV file, or is learnt
from a translation memory.
"""

from __future__ import annotations

import lzma
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

import regex
from attrs import field, frozen

from variorum.errors import LexiconError
from variorum.text import digest

__all__ = ["Lexicon", "base", "content", "fold", "learnt", "lexicon", "read_tsv"]

SHIPPED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("sq", "en"): ("sq-en.txt.xz", "uniparser-albanian 2.3.0"),
}
"""Source and target → the file in this folder, and what it is derived from."""

FORMS = frozenset(["en"])
"""Languages whose irregular forms are listed here, for a gloss names a word by its base."""

_FUNCTION = frozenset(
    "a an and are as at be by for from in into is it its of on one or s sb smb smth sth "
    "somebody someone something that the to up with".split()
)
"""English words of a gloss that say how it is used, or nothing."""

_REMARK = regex.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
OFTEN = 3
"""Units that two words share, from which that is no chance."""

ALIKE = 0.5
"""Of the units that have either word, those that have both (Dice), from which they are joined."""

_MOST = 12  # content words kept of one gloss


def fold(word: str) -> str:
    """*word* without case and accents, typographic apostrophes made plain."""
    bare = normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(char for char in bare if not combining(char))


def base(word: str, language: str) -> str:
    """The base of a folded *word* that is irregular (``said``: ``say``), else the word itself."""
    return _bases(language.lower().partition("-")[0]).get(word, word)


@cache
def _bases(language: str) -> Mapping[str, str]:
    """Irregular forms of a language, where they are known: a line a word, its base first."""
    file = Path(__file__).with_name(f"forms.{language}.txt")
    if language not in FORMS:
        return {}
    lines = [line.split() for line in file.read_text(encoding="utf-8").splitlines()]
    return {form: told[0] for told in reversed(lines) for form in told[1:]}


def content(gloss: str) -> tuple[str, ...]:
    """The words of a gloss that carry meaning, folded, each once, remarks in brackets left out."""
    words = dict.fromkeys(map(fold, _WORD.findall(_REMARK.sub(" ", gloss))))
    kept = [word for word in words if word not in _FUNCTION] or list(words)
    return tuple(kept[:_MOST])


@frozen(eq=False)
class Lexicon:
    """Renderings of words of *source* in *target*; *name* and *digest* are for the fingerprint."""

    source: str
    target: str
    name: str
    digest: str
    _look: Callable[[str], frozenset[str]]
    _known: dict[str, tuple[str, ...]] = field(factory=dict, init=False)

    def renderings(self, word: str) -> tuple[str, ...]:
        """The folded words that may render *word*, sorted; nothing for an unknown one."""
        key = fold(word)
        if key not in self._known:
            self._known[key] = tuple(sorted(self._look(key)))
        return self._known[key]


@cache
def lexicon(source: str, target: str) -> Lexicon | None:
    """The shipped lexicon from *source* to *target*, or nothing if there is none."""
    if (source, target) not in SHIPPED:
        return None
    file, name = SHIPPED[source, target]
    data = lzma.decompress(Path(__file__).with_name(file).read_bytes())
    return Lexicon(source, target, name, digest(data)[:16], _inflected(data.decode("utf-8")))


def _inflected(told: str) -> Callable[[str], frozenset[str]]:
    """A look-up in stems and paradigms, as ``albanian`` writes them."""
    endings, stems = told.split("\n\n")
    allowed = {
        name: frozenset(ends.split(","))
        for name, _, ends in (line.partition("\t") for line in endings.split("\n"))
    }
    entries: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in stems.rstrip("\n").split("\n"):
        stem, kinds, gloss = line.split("\t")
        entries[stem].append((kinds, gloss))

    def look(word: str) -> frozenset[str]:
        found: set[str] = set()
        for cut in range(1, len(word) + 1):
            for kinds, gloss in entries.get(word[:cut], ()):
                if any(word[cut:] in allowed[kind] for kind in kinds.split(",")):
                    found.update(gloss.split(" "))
        return frozenset(found)

    return look


def read_tsv(name: str, data: str, source: str, target: str) -> Lexicon:
    """A lexicon of lines ``word<TAB>rendering``; # begins a comment.

    A rendering of several words counts as those that carry meaning.  Raises
    ``LexiconError`` for a line that is neither, with its number.
    """
    entries: dict[str, set[str]] = defaultdict(set)
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, tab, rendering = line.partition("\t")
        if not tab or not word.strip() or not content(rendering):
            raise LexiconError(
                "is no word, tab, rendering", place=f"{name}:{number}", remedy="mend the line"
            )
        entries[fold(word.strip())].update(content(rendering))
    return _listed(name, entries, source, target)


def learnt(name: str, units: Iterable[tuple[str, str]], source: str, target: str) -> Lexicon:
    """A lexicon of the words of *units*, texts that render each other.

    A unit of one word is an entry of its own.  Elsewhere words are joined that
    stand in the same units at least ``OFTEN`` times and as good as always (Dice).
    Raises ``LexiconError`` if no two words are joined.
    """
    told = [(_forms(one), content(other)) for one, other in units]
    entries: dict[str, set[str]] = defaultdict(set)
    mine: Counter[str] = Counter()
    its: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for one, other in told:
        if len(one) == 1:
            entries[one[0]].update(other)
        mine.update(set(one))
        its.update(set(other))
        both.update((s, t) for s in set(one) for t in set(other))
    for (s, t), count in both.items():
        if count >= OFTEN and 2 * count >= ALIKE * (mine[s] + its[t]):
            entries[s].add(t)
    if not entries:
        raise LexiconError(
            f"tells no word of {source} in {target}",
            place=name,
            remedy="give a larger memory, or a table of word, tab, rendering",
        )
    return _listed(name, entries, source, target)


def _forms(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def _listed(name: str, entries: Mapping[str, set[str]], source: str, target: str) -> Lexicon:
    kept = {word: frozenset(each) for word, each in entries.items()}
    told = repr(sorted((word, sorted(each)) for word, each in kept.items()))
    return Lexicon(
        source, target, name, digest(told)[:16], lambda word: kept.get(word, frozenset())
    )
