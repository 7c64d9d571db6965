"""``python -m benchmarks.review --data FOLDER``: errors planted in translations, found or not.

Each text is aligned verse by verse, by its own numbering, so that nothing but the
review is measured; ``--aligned`` lets the aligner find the beads instead.  In
sixty places and more, each by a fixed seed, one side is changed on purpose::

    number      nëntëqind → 930's neighbour: another number word or figure
    name        Pjetri    → another name, of the text or from elsewhere
    negation    nuk out, or in before a verb; not likewise
    respelled   a letter of a name doubled or out: no change, and no alarm

A change counts only if it says something else: no negation is touched where
another one denies in the clause, nor in a question.

What is found is counted by bead; false alarms are findings of these three kinds on
the text unchanged, though some of them are differences an editor would want to
know of.  FOLDER holds ``BOOK.sq.txt`` and ``BOOK.en.txt``, one verse a line; the
Declaration of the repository is measured without it.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import regex
from attrs import evolve, frozen

from variorum.aligners import Pair, Parallel
from variorum.aligners import across_languages as aligner
from variorum.edition.sides import segmented
from variorum.languages.lexicon import lexicon
from variorum.languages.numbers import numbers
from variorum.review import Finding, review

TEXTS = Path(__file__).parent / "pages" / "texts"
KINDS = ("number", "name", "negation")
EACH = 67
"""Plants of each kind: two hundred in all."""

STRANGERS = {
    "en": "Robert Margaret Brazil Winston Oslo Kennedy Chicago Hamlet Caroline Vienna".split(),
    "sq": "Roberti Margarita Brazili Uinstoni Oslo Kenedi Çikago Hamleti Karolina Vjena".split(),
}
DENIED = {
    "en": r"(?<=\b(?:is|are|was|were|do|does|did|will|shall|can|has|have|had|should)) not\b",
    "sq": r"\b(?:[Nn]uk|mos) ",
}
DENIABLE = {
    "en": (r"\b(?:is|are|was|were|will|shall|has|have|should|must|may)\b", "after", " not"),
    "sq": (
        r"(?<!të )(?<!['’])\b(?:është|ishte|janë|ishin|do të|ka|kam|kishte|kanë)\b",
        "before",
        "nuk ",
    ),
}
DENIES = {
    "en": r"\b(?:not?|never|neither|nor|none|nothing|nobody|cannot|without|unless|lest)\b|n[’']t\b",
    "sq": r"\b(?:nuk|mos|s[’'](?=\p{L})|jo|as|pa|asnj\p{L}+|asgj\p{L}+|askuj?\p{L}+|kurrë)\b",
}
"""A clause that has one of these besides says the same with a negation more or less."""


@frozen
class Text:
    """Two sides, a verse each."""

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    verses: bool = True

    def parallel(self, *, aligned: bool) -> Parallel:
        """Its beads: verse by verse, or as the aligner finds them."""
        here = segmented("source", "\n".join(self.source) + "\n", "sq")
        there = segmented("target", "\n".join(self.target) + "\n", "en")
        pairs = tuple(Pair((n,), (n,), 1.0) for n in range(len(self.source)))
        if aligned or not self.verses:
            pairs, _ = aligner.align(here, there, lexicon=lexicon("sq", "en"))
        return Parallel(here, there, pairs, (), {})


def texts(data: Path | None) -> Iterator[Text]:
    """The Declaration, and every book of *data*."""
    yield _text("declaration", *(TEXTS / f"declaration.{tag}.txt" for tag in ("sq", "en")))
    for path in sorted(data.glob("*.sq.txt")) if data else ():
        name = path.name.removesuffix(".sq.txt")
        yield _text(name, path, path.with_name(f"{name}.en.txt"))


def _text(name: str, source: Path, target: Path) -> Text:
    sides = [path.read_text("utf-8").split("\n") for path in (source, target)]
    if name == "declaration":  # paragraphs, not numbered alike
        here, there = (tuple(line for line in side if line.strip()) for side in sides)
        return Text(name, here, there, verses=False)
    verses = [(a, b) for a, b in zip(*sides, strict=False) if a.strip() and b.strip()]
    return Text(name, tuple(a for a, _ in verses), tuple(b for _, b in verses))


def number(verse: str, tag: str, rng: random.Random, _: Sequence[str]) -> str | None:
    """*verse* with another number in place of one."""
    found = [n for n in numbers(verse, tag) if n.value not in "01"]
    if not found:
        return None
    one = rng.choice(found)
    words = {"en": "three seven twelve forty ninety".split(), "sq": []}[tag] or (
        "tre shtatë dymbëdhjetë dyzet nëntëdhjetë".split()
    )
    if any(char.isdigit() for char in one.span.of(verse)):
        words = ["23", "48", "1907"]
    others = [w for w in words if [n.value for n in numbers(w, tag)] != [one.value]]
    return verse[: one.span.start] + rng.choice(others) + verse[one.span.end :]


def name(verse: str, tag: str, rng: random.Random, known: Sequence[str]) -> str | None:
    """*verse* with another name in place of one."""
    found = [
        m for m in regex.finditer(r"(?<=\p{Ll},? )\p{Lu}\p{L}{2,}", verse) if m.group() in known
    ]
    if not found:
        return None
    one = rng.choice(found)
    others = [w for w in (*STRANGERS[tag], *known) if w[:4].lower() != one.group()[:4].lower()]
    other = rng.choice(STRANGERS[tag] if rng.random() < 0.5 else others)
    return verse[: one.start()] + other + verse[one.end() :]


def negation(verse: str, tag: str, rng: random.Random, _: Sequence[str]) -> str | None:
    """*verse* with a negation out, or with one in, where that says something else."""
    there = [m for m in regex.finditer(DENIED[tag], verse) if _turns(verse, tag, m)]
    if there and rng.random() < 0.7:
        one = rng.choice(there)
        rest = verse[one.end() :]
        begins = one.group()[0].isupper()
        return verse[: one.start()] + (rest[:1].upper() if begins else rest[:1]) + rest[1:]
    pattern, where, word = DENIABLE[tag]
    places = [m for m in regex.finditer(pattern, verse) if _turns(verse, tag, m)]
    if not places:
        return None
    at = rng.choice(places)
    cut = at.end() if where == "after" else at.start()
    return verse[:cut] + word + verse[cut:]


def _turns(verse: str, tag: str, at: regex.Match[str]) -> bool:
    """Whether nothing else denies in the clause, and it is no question (*is it (not) he?*)."""
    rest = verse[at.end() :]
    before = regex.split(r"[,;:.!?]", verse[: at.start()])[-1]
    after = regex.split(r"[,;:.!?]", rest)[0]
    ends = regex.search(r"[.!?]", rest)
    asked = ends is not None and ends.group() == "?"
    return not asked and not regex.search(f"(?i){DENIES[tag]}", before + " | " + after)


def respelled(verse: str, _: str, rng: random.Random, known: Sequence[str]) -> str | None:
    """*verse* with a letter of a name doubled or left out: no change, so no alarm."""
    names = regex.finditer(r"(?<=\p{Ll},? )\p{Lu}\p{L}{4,}", verse)
    found = [m for m in names if m.group() in known]
    if not found:
        return None
    one = rng.choice(found)
    at = rng.randrange(one.start() + 2, one.end() - 1)
    return verse[:at] + (verse[at] + verse[at:] if rng.random() < 0.5 else verse[at + 1 :])


PLANT: dict[str, Callable[[str, str, random.Random, Sequence[str]], str | None]] = {
    "number": number,
    "name": name,
    "negation": negation,
    "respelled": respelled,
}


def planted(
    text: Text, seed: int, kinds: Sequence[str] = KINDS
) -> tuple[Text, dict[tuple[str, int], str]]:
    """*text* with changes, and the kind of each by side and verse; no verse has two."""
    rng = random.Random(seed)
    sides = {"sq": list(text.source), "en": list(text.target)}
    known = {tag: _names(side) for tag, side in sides.items()}
    done: dict[tuple[str, int], str] = {}
    order = list(range(min(map(len, sides.values()))))
    for kind in kinds:
        rng.shuffle(order)
        for n in order:
            tag = rng.choice(("sq", "en"))
            if {("sq", n), ("en", n)} & done.keys():
                continue
            new = PLANT[kind](sides[tag][n], tag, rng, known[tag])
            if new is not None and Counter(done.values())[kind] < min(EACH, len(order) // 9):
                sides[tag][n], done[tag, n] = new, kind
    return evolve(text, source=tuple(sides["sq"]), target=tuple(sides["en"])), done


def _names(verses: Sequence[str]) -> list[str]:
    """Words with a capital after a small letter, never small themselves."""
    capital = Counter(w for v in verses for w in regex.findall(r"(?<=\p{Ll},? )\p{Lu}\p{L}{2,}", v))
    small = {w for v in verses for w in regex.findall(r"\b\p{Ll}+", v)}
    return sorted(word for word in capital if word.lower() not in small)


def measured(text: Text, *, aligned: bool, seed: int) -> str:
    """A line of the table."""
    before = [f for f in _found(text.parallel(aligned=aligned)) if f.kind in KINDS]
    changed, done = planted(text, seed)
    found = _at(changed.parallel(aligned=aligned))
    told = []
    for kind in KINDS:
        places = [at for at, planted_kind in done.items() if planted_kind == kind]
        hits = sum((*at, kind) in found for at in places)
        false = sum(finding.kind == kind for finding in before)
        told.append(f"{kind} {hits:3}/{len(places):3} ({false:2} false)")
    hits = sum((*at, kind) in found for at, kind in done.items())
    alarms = 50 * len(before) / len(text.source)
    share = hits / max(1, len(done))
    same = _same(text, seed, aligned=aligned)
    return (
        f"{text.name:12} {'   '.join(told)}   found {share:.3f}, false in 50: {alarms:.2f}, "
        f"names respelled {same}"
    )


def _same(text: Text, seed: int, *, aligned: bool) -> str:
    """How many names that were only respelled are taken for others."""
    changed, done = planted(text, seed, ["respelled"])
    was = _at(text.parallel(aligned=aligned))
    now = _at(changed.parallel(aligned=aligned))
    false = sum((*at, "name") in now and (*at, "name") not in was for at in done)
    return f"{false}/{len(done)}"


def _found(parallel: Parallel) -> tuple[Finding, ...]:
    return review(parallel, lexicon("sq", "en"))


def _at(parallel: Parallel) -> set[tuple[str, int, str]]:
    """What is found, by side, verse and kind."""
    return {
        (tag, n, finding.kind)
        for finding in _found(parallel)
        for tag, side in zip(("sq", "en"), _sides(parallel, finding.pair), strict=True)
        for n in side
    }


def _sides(parallel: Parallel, pair: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return parallel.sentences[pair].source, parallel.sentences[pair].target


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of BOOK.sq.txt and BOOK.en.txt")
    parser.add_argument("--aligned", action="store_true", help="let the aligner find the beads")
    parser.add_argument("--seed", type=int, default=1959, help="another draw of changes")
    args = parser.parse_args()
    for text in texts(args.data):
        print(measured(text, aligned=args.aligned, seed=args.seed), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
