"""What speaks for two sentences rendering each other, as vectors that add up.

Each sentence becomes a vector of *concepts* that both languages can have, and
its likeness to another is the cosine of the two.  The vector of sentences that
stand together is the sum of theirs, so that every merge costs a subtraction::

    popullit shqiptar   people .7  nation .7  albanian 1     by the lexicon
    Hrushovin           h·r·s                                a name, by its consonants
    RPSH                @pra                                 a name, by an editor's table
    60.000              60000                                a number, by its value

A concept weighs as much as it is rare (its inverse document frequency over both
sides).  A word of several renderings shares itself among those that the other
text has; a word that nothing renders adds to the length of its vector and to no
cosine, so that what is missing counts against a pair.

A name is compared by its consonants in classes that spellings share (*Hrushov*
and *Khrushchev* begin with h, r, s), the first four of them, so that a case
ending does no harm.  Bracketed remarks, expansions of the translator or of the
note taker, are not looked at.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import regex
from attrs import frozen
from numpy.typing import NDArray

from variorum.aligners import Sentence, Side
from variorum.languages.lexicon import Lexicon, base, fold
from variorum.languages.names import concepts as named
from variorum.languages.names import latin
from variorum.languages.names import table as table_of
from variorum.languages.numbers import Number, numbers
from variorum.sentences import words

__all__ = [
    "LONG",
    "Table",
    "Vectors",
    "View",
    "bare",
    "concepts",
    "dense",
    "mutual",
    "narrowed",
    "number",
    "sizes",
    "stem",
    "tables",
    "units",
    "views",
]

Vectors = NDArray[np.float32]
Table = Mapping[str, tuple[str, ...]]
_Bag = Mapping[str, float]

MOST = 2048
"""Concepts with a column of their own; of more, several share one, with a sign each."""

BLOCK = 512
"""Sentences compared with all of the other side at once."""

KNOWN = 1 << 17
"""Words whose stems and consonants are remembered."""

NARROW = 512
"""Columns of vectors by which best counterparts are looked for in long texts."""

LONG = 4_000_000
"""Products of sentences from which texts are long."""

NAMELIKE = 0.7
"""What a word compared by its consonants counts against one that a lexicon renders."""

_BRACKETS = regex.compile(r"\[[^\[\]]{1,80}\]|\([^()]{1,80}\)")
_ENDINGS = ("ations", "ation", "ings", "ness", "ing", "ies", "ed", "es", "ly", "s", "e", "y")
_SPELLINGS = (
    *(("kh", "h"), ("ch", "s"), ("sh", "s"), ("zh", "s"), ("xh", "s"), ("th", "t"), ("dh", "t")),
    *(("ph", "f"), ("ck", "k"), ("qu", "k"), ("ç", "s"), ("tz", "s"), ("ts", "s"), ("x", "s")),
)
_CLASSES = str.maketrans("bpvfwcskgqdtzjlrmnh", "ppffwssgggttsjlrnnh", "aeiouy'’")


@frozen(eq=False)
class View:
    """One kind of evidence: vectors of both sides (n × d, m × d).

    ``source_rest`` and ``target_rest`` (n, m) are squares of what a sentence has
    besides, that the other language cannot have.  ``scatter`` and ``typical`` are
    what is known beforehand: how far chance scatters, and how far counterparts
    stand above it (stretched cosines).
    """

    name: str
    source: Vectors
    target: Vectors
    source_rest: Vectors
    target_rest: Vectors
    scatter: float
    typical: float

    def part(self, rows: Sequence[int], columns: Sequence[int]) -> View:
        """The same of some sentences of either side; itself if they are all."""
        if len(rows) == len(self.source) and len(columns) == len(self.target):
            return self
        mine, its = list(rows), list(columns)
        return View(
            self.name,
            self.source[mine],
            self.target[its],
            self.source_rest[mine],
            self.target_rest[its],
            self.scatter,
            self.typical,
        )


def views(source: Side, target: Side, tables: tuple[Table, Table]) -> tuple[View, ...]:
    """The evidence of the words of two sides, called after the lexicon if that renders any."""
    bags = [
        [_bag(sentence, side.language, table) for sentence in side.sentences]
        for side, table in zip((source, target), tables, strict=True)
    ]
    return (_view("lexicon" if any(tables) else "words", bags[0], bags[1]),)


def tables(source: Side, target: Side, lexicon: Lexicon | None) -> tuple[Table, Table]:
    """For each side the stems that words of it have on the other; one of them is empty."""
    if lexicon is None:
        return {}, {}
    turned = lexicon.source != source.language.partition("-")[0].lower()
    forms = [
        {at.of(sentence.text) for sentence in side.sentences for at in words(sentence.text)}
        for side in (source, target)
    ]
    rendered, others = reversed(forms) if turned else forms
    there = {stem(word, lexicon.target) for word in others}
    found = {w: {stem(r, lexicon.target) for r in lexicon.renderings(w)} for w in rendered}
    table = {word: tuple(sorted(stems & there)) for word, stems in found.items() if stems & there}
    return ({}, table) if turned else (table, {})


def dense(source: Side, target: Side, vectors: tuple[Vectors, Vectors]) -> View:
    """The evidence of sentence vectors by a model (n × d, m × d, any length).

    What all sentences of a side have in common says nothing and is taken off (Liu
    & Zhu 2022 measure the like by a margin); a long sentence weighs more in a merge.
    """
    x, y = (_centred(each, side) for each, side in zip(vectors, (source, target), strict=True))
    return View(
        "vectors", x, y, np.zeros(len(x), np.float32), np.zeros(len(y), np.float32), 0.11, 0.5
    )


def _centred(vectors: Vectors, side: Side) -> Vectors:
    away = vectors - vectors.mean(axis=0) if len(vectors) > 1 else vectors
    length = np.sqrt([max(1, len(sentence.text)) for sentence in side.sentences])
    size = np.maximum(np.linalg.norm(away, axis=1), 1e-6)
    scaled: Vectors = (away * (length / size)[:, None]).astype(np.float32)
    return scaled


def sizes(vectors: Vectors, rest: Vectors) -> NDArray[np.float64]:
    """The length of each vector, with what its sentence has besides."""
    squares = (vectors.astype(np.float64) ** 2).sum(axis=1)
    found: NDArray[np.float64] = np.sqrt(squares + rest + 1e-6)
    return found


def units(seen: Sequence[View]) -> tuple[Vectors, Vectors]:
    """Of each side the sentences as vectors of length 1: products are mean cosines of all views."""
    here = [view.source / sizes(view.source, view.source_rest)[:, None] for view in seen]
    there = [view.target / sizes(view.target, view.target_rest)[:, None] for view in seen]
    share = math.sqrt(len(seen))
    return (
        (np.hstack(here) / share).astype(np.float32),
        (np.hstack(there) / share).astype(np.float32),
    )


def narrowed(vectors: Vectors) -> Vectors:
    """Vectors of ``NARROW`` columns with about the same products, each the sum of several."""
    count, width = vectors.shape
    parts = -(-width // NARROW)
    if parts == 1:
        return vectors
    out = np.zeros((count, NARROW), dtype=np.float32)
    for part in range(parts):
        block = vectors[:, part * NARROW : (part + 1) * NARROW]
        signs = np.where(np.arange(block.shape[1]) * 2654435761 >> (part + 3) & 1, -1, 1)
        out[:, : block.shape[1]] += block * signs.astype(np.float32)
    return out


def mutual(x: Vectors, y: Vectors) -> list[tuple[int, int, float]]:
    """Rows of *x* and of *y* that are each other's likest, with the product, by the row of *x*.

    In blocks, so that memory is linear in either side.
    """
    if not len(x) or not len(y):
        return []
    best = np.zeros(len(x), dtype=np.int64)
    top, back = np.full(len(y), -np.inf), np.zeros(len(y), dtype=np.int64)
    for at in range(0, len(x), BLOCK):
        block = x[at : at + BLOCK] @ y.T
        best[at : at + BLOCK] = block.argmax(axis=1)
        rows = block.argmax(axis=0)
        values = block[rows, np.arange(len(y))]
        better = values > top
        top[better], back[better] = values[better], rows[better] + at
    return [(i, j, float(top[j])) for i, j in enumerate(best.tolist()) if back[j] == i]


def bare(text: str) -> str:
    """*text* without remarks in brackets, unless it is nothing but one."""
    without = _BRACKETS.sub(" ", text)
    return without if without.strip() else text


@lru_cache(KNOWN)
def stem(word: str, language: str) -> str:
    """A word without the commonest endings, so that forms of one word are one."""
    folded = base(fold(word), language)
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 3:
            return folded.removesuffix(ending)[:8]
    return folded[:8]


@lru_cache(KNOWN)
def _skeleton(word: str) -> str:
    """The first four consonants of a word, in classes that spellings share."""
    said = latin(word.casefold())
    for written, heard in _SPELLINGS:
        said = said.replace(written, heard)
    said = fold(said).translate(_CLASSES)
    out = [letter for n, letter in enumerate(said) if not n or letter != said[n - 1]]
    return "".join(out[:4])


def concepts(word: str, language: str, table: Table) -> dict[str, float]:
    """What a word may be called in both languages, and how much that counts."""
    stems = table.get(word) or (stem(word, language),)
    found = {f"w{each}": 1 / math.sqrt(len(stems)) for each in stems}
    if word not in table or word[0].isupper():
        key = _skeleton(word)
        if len(key) >= 3:
            found[f"n{key}"] = NAMELIKE
    return found


def number(found: Number) -> str:
    """What a number is called in both languages; a month is not the number it has."""
    return f"#{found.kind}{found.value}" if found.kind == "month" else f"#{found.value}"


def _bag(sentence: Sentence, language: str, table: Table) -> _Bag:
    """The concepts of a sentence, its numbers, and the whole as one, for what is not translated."""
    text = bare(sentence.text)
    bag: dict[str, float] = defaultdict(float)
    told = numbers(text, language)
    for each in told:
        bag[number(each)] += 1.0
    inside = {at for each in told for at in range(each.span.start, each.span.end)}
    spans = words(text)
    for at in spans:
        if at.start not in inside and not text[at.start].isdecimal():
            for key, weight in concepts(at.of(text), language, table).items():
                bag[key] += weight
    for called in named([at.of(text) for at in spans], language, table_of(language)).values():
        for name in called:
            bag[f"@{name}"] = 1.0
    bag[f"={' '.join(fold(text).split())}"] += 1.0
    return bag


def _view(name: str, here: Sequence[_Bag], there: Sequence[_Bag]) -> View:
    counts = [Counter(key for bag in side for key in bag) for side in (here, there)]
    shared = sorted(counts[0].keys() & counts[1].keys())
    total = len(here) + len(there)
    rare = {
        key: math.log(1 + total / (counts[0][key] + counts[1][key]))
        for key in counts[0].keys() | counts[1].keys()
    }
    width = max(1, min(MOST, len(shared)))
    column = {key: (n % width, -1.0 if n // width % 2 else 1.0) for n, key in enumerate(shared)}
    (x, x_rest), (y, y_rest) = (_vectors(side, rare, column, width) for side in (here, there))
    return View(name, x, y, x_rest, y_rest, 0.04, 0.2)


def _vectors(
    bags: Sequence[_Bag],
    rare: Mapping[str, float],
    column: Mapping[str, tuple[int, float]],
    width: int,
) -> tuple[Vectors, Vectors]:
    out = np.zeros((len(bags), width), dtype=np.float32)
    rest = np.zeros(len(bags), dtype=np.float32)
    for row, bag in enumerate(bags):
        for key, often in bag.items():
            weight = often * rare[key]
            if key in column:
                at, sign = column[key]
                out[row, at] += sign * weight
            elif key[0] in "w#":  # a word counts once, not by its consonants or in the whole too
                rest[row] += weight * weight
    return out, rest
