"""Does a vote beat the best single copy? On real pages, where copies err apart and where not.

    python -m benchmarks.voting

Real: Tesseract's copies of pages of known text (``benchmarks.pages``), three of each
page worn with seeds of their own; and, where Tesseract is installed, pages drawn anew
in other typefaces and wear, which nothing was tuned on, and one image read three
ways, whose errors are the same.  Synthetic: scripts that no page is drawn in, letters
exchanged, lost and added at 5 %.

The error rate is Levenshtein's distance by letters over that of the truth, white
space folded, summed over pages.  How much copies err together is told twice: by the
truth (*phi*, the correlation of being wrong at the same letter of it) and as the vote
itself can tell (the rank correlation of the engines' confidences).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from attrs import frozen
from numpy.random import PCG64, Generator
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein

from benchmarks.pages.data import samples
from benchmarks.pages.make import MINUTES, MODELS, Sheet, drawn, recognised, truth_of
from variorum.ocr.lexica import SHIPPED, lexicon
from variorum.ocr.vote import Consensus, vote
from variorum.readers import read
from variorum.text import Text
from variorum.witness import PAGE_BREAK, Witness, join_pages

__all__ = ["Copies", "Outcome", "measured", "rows", "triples"]

Row = tuple[str, str, str, bool | None]
"""What is measured, what it must be, what it is, and whether that will do (nothing: shown)."""

LEAST = 0.30
"""Share of the best copy's errors that the vote must remove where copies err apart."""

RATE = 0.05
"""Of the synthetic errors."""

SCRIPTS: Mapping[str, str] = {
    "Greek": "Ὅλοι οἱ ἄνθρωποι γεννιοῦνται ἐλεύθεροι καὶ ἴσοι στὴν ἀξιοπρέπεια καὶ τὰ δικαιώματα. "
    "Εἶναι προικισμένοι μὲ λογικὴ καὶ συνείδηση, καὶ ὀφείλουν νὰ συμπεριφέρονται μεταξύ τους μὲ "
    "πνεῦμα ἀδελφοσύνης.",
    "Hindi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। "
    "उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।",
    "Chinese": "人人生而自由，在尊严和权利上一律平等。"
    "他们赋有理性和良心，并应以兄弟关系的精神互相对待。",
    "Arabic": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق، وقد وهبوا عقلا وضميرا "
    "وعليهم أن يعامل بعضهم بعضا بروح الإخاء.",
    "Pointed Hebrew": "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ׃ וְהָאָרֶץ הָיְתָה תֹהוּ וָבֹהוּ וְחֹשֶׁךְ "
    "עַל־פְּנֵי תְהוֹם וְרוּחַ אֱלֹהִים מְרַחֶפֶת עַל־פְּנֵי הַמָּיִם׃",
}
"""Article 1 of the Universal Declaration; Genesis 1:1-2, with several points on a letter."""

NEW = (
    ("declaration.de", "typewriter", "worn"),
    ("declaration.en", "serif", "medium"),
    ("declaration.sq", "sans", "worn"),
)
"""Texts, typefaces and wear of the pages that are drawn anew, two of each."""


@frozen(eq=False)
class Copies:
    """Copies of one text, and its pages as they were drawn."""

    name: str
    truth: tuple[str, ...]
    copies: tuple[Witness, ...]
    language: str = ""

    @property
    def letters(self) -> int:
        """Of the truth."""
        return sum(len(folded(page)) for page in self.truth)

    def wrong(self, text: str) -> int:
        """Letters wrong in a text, page by page."""
        pages = zip(self.truth, text.split(PAGE_BREAK), strict=True)
        return sum(Levenshtein.distance(folded(a), folded(b)) for a, b in pages)


@frozen
class Outcome:
    """Errors of each copy and of the vote, without a lexicon and with one; how alike copies err."""

    name: str
    letters: int
    singles: tuple[int, ...]
    plain: int
    words: int | None
    phi: tuple[float, ...]
    doubts: tuple[float, ...]
    notes: tuple[str, ...]

    @property
    def best(self) -> int:
        """Errors of the best single copy."""
        return min(self.singles)

    @property
    def gain(self) -> float:
        """The share of the best copy's errors that the vote removes, with all that it has."""
        made = self.plain if self.words is None else self.words
        return 1 - made / self.best if self.best else 0.0

    def __str__(self) -> str:
        words = "" if self.words is None else f", with words {self.words / self.letters:.4f}"
        return (
            f"{self.gain:.0%} fewer: copies "
            f"{' '.join(f'{n / self.letters:.4f}' for n in self.singles)}, "
            f"vote {self.plain / self.letters:.4f}{words}; "
            f"phi {_range(self.phi)}, doubts {_range(self.doubts)}"
        )


def _range(values: Sequence[float]) -> str:
    return f"{min(values):.2f} to {max(values):.2f}" if values else "not known"


def folded(text: str) -> str:
    """White space runs one space."""
    return " ".join(text.split())


def measured(given: Copies) -> Outcome:
    """The vote of the copies against their truth."""
    texts = [copy.text.chars for copy in given.copies]
    plain = vote(given.copies)
    known = lexicon(given.language).knows if given.language in SHIPPED else None
    best: Consensus = vote(given.copies, known, given.language) if known else plain
    flags = [wrong_letters(given.truth, text.split(PAGE_BREAK)) for text in texts]
    return Outcome(
        given.name,
        given.letters,
        tuple(given.wrong(text) for text in texts),
        given.wrong(plain.text),
        given.wrong(best.text) if known else None,
        tuple(phi(a, b) for a, b in combinations(flags, 2)),
        tuple(plain.likeness.values()),
        best.notes,
    )


def wrong_letters(truth: Sequence[str], pages: Sequence[str]) -> NDArray[np.float64]:
    """For each letter of the truth 1 if it is lost or misread or something was put before it."""
    out = []
    for page, copy in zip(map(folded, truth), map(folded, pages), strict=True):
        flags = np.zeros(len(page))
        for edit in Levenshtein.editops(page, copy):
            flags[min(edit.src_pos, len(page) - 1)] = 1
        out.append(flags)
    return np.concatenate(out)


def phi(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """The correlation of being wrong; 0 where a copy has no error or nothing else."""
    return float(np.corrcoef(a, b)[0, 1]) if a.std() and b.std() else 0.0


def triples() -> Iterator[Copies]:
    """The committed pages of which there are three copies, each text whole."""
    found: dict[str, dict[str, list[int]]] = {}
    for number, sample in enumerate(samples()):
        if sample.kind == "copy":
            copy = sample.sheet.name.split("-")[1]
            found.setdefault(sample.sheet.text, {}).setdefault(copy, []).append(number)
    for text, copies in found.items():
        yield Copies(
            f"{text}, three copies worn apart",
            tuple(samples()[number].truth for number in copies["1"]),
            tuple(
                join_pages(f"copy-{name}", [samples()[number].copy for number in numbers])
                for name, numbers in copies.items()
            ),
            text.rpartition(".")[2],
        )


def two_models() -> Copies:
    """Albanian pages read with the Albanian model and with the English one: the same images."""
    full = {s.sheet.name: s for s in samples()}
    pairs = [
        (sample, full[sample.sheet.name.removesuffix("-as-eng") + "-full"])
        for name, sample in full.items()
        if name.endswith("-as-eng") and sample.sheet.level in ("light", "medium", "worn")
    ]
    return Copies(
        "declaration.sq, one image read by two models",
        tuple(sample.truth for sample, _ in pairs),
        tuple(
            join_pages(name, [pair[side].copy for pair in pairs])
            for side, name in enumerate(("eng", "sqi"))
        ),
        "sq",
    )


def drawn_anew() -> Iterator[Copies]:
    """Pages in other typefaces and wear, three copies with seeds of their own."""
    for text, typeface, level in NEW:
        sheets = [
            [
                Sheet(
                    f"anew-{copy}-{text}-{typeface}-{level}-{page}", text, typeface, level,
                    24 * page, 24, MODELS[text.rpartition(".")[2]],
                )
                for page in (0, 1)
            ]
            for copy in (1, 2, 3)
        ]  # fmt: skip
        yield Copies(
            f"{text}, {typeface}, {level}, drawn anew and worn apart",
            tuple(_truth(sheet) for sheet in sheets[0]),
            tuple(
                join_pages(f"copy-{n}", [_read(drawn(sheet), sheet) for sheet in pages])
                for n, pages in enumerate(sheets, 1)
            ),
            text.rpartition(".")[2],
        )


def read_three_ways() -> Copies:
    """One image as it is, larger, and softened: what wear has spoilt is spoilt in each."""
    sheets = [
        Sheet(
            f"copy-1-minutes.en-{n + 1:02d}", "minutes.en", "courier", "medium", 24 * n, 24, "eng"
        )
        for n in range(3)
    ]
    images = [drawn(sheet).convert("L") for sheet in sheets]
    ways: Mapping[str, Callable[[Image.Image], Image.Image]] = {
        "plain": lambda image: image,
        "large": lambda image: image.resize(
            (image.width * 3 // 2, image.height * 3 // 2), Image.Resampling.BICUBIC
        ),
        "soft": lambda image: image.filter(ImageFilter.GaussianBlur(0.8)),
    }
    return Copies(
        "minutes.en, one image read three ways",
        tuple(map(_truth, sheets)),
        tuple(
            join_pages(name, [_read(way(i), s) for i, s in zip(images, sheets, strict=True)])
            for name, way in ways.items()
        ),
        "en",
    )


def _truth(sheet: Sheet) -> str:
    return "\n".join(truth_of(sheet))


def _read(image: Image.Image, sheet: Sheet) -> Witness:
    """What Tesseract makes of an image."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        image.save(path)
        return read(f"{sheet.name}.hocr", recognised(path, sheet.model))[0]


def worn(text: str, rate: float, seed: int) -> str:
    """*text* with letters exchanged, lost and added, each independently, at *rate*."""
    rng = Generator(PCG64(seed))
    letters = sorted(set(text) - set(" \n\f"))
    luck = rng.random(len(text)) / rate
    others = rng.choice(letters, len(text))
    out = []
    for char, share, other in zip(text, luck.tolist(), others.tolist(), strict=True):
        kept = char.isspace() or share > 1
        out.append(char if kept else other if share < 0.6 else "" if share < 0.8 else char + other)
    return "".join(out)


def synthetic(name: str, text: str, seed: int, shared: float = 0.0) -> Copies:
    """Three copies at ``RATE``, of which the share *shared* is the same in all."""
    base = worn(text, RATE * shared, seed) if shared else text
    copies = (worn(base, RATE * (1 - shared), seed + copy) for copy in (1, 2, 3))
    return Copies(name, (text,), tuple(Witness("ABC"[n], Text(t)) for n, t in enumerate(copies)))


def in_script(script: str, seeds: int = 10) -> tuple[int, int]:
    """Errors of the best copies, and of the votes, over *seeds* triples."""
    found = [measured(synthetic(script, SCRIPTS[script], 10 * n)) for n in range(seeds)]
    return sum(one.best for one in found), sum(one.plain for one in found)


def seconds(letters: int) -> float:
    """Of CPU for the vote of three copies of so many letters."""
    text = MINUTES.read_text("utf-8")
    text = (text * (letters // len(text) + 1))[:letters]
    given = synthetic("", text, 1)
    start = time.process_time()
    vote(given.copies, lexicon("en").knows, "en")
    return time.process_time() - start


def rows() -> Iterator[Row]:
    """Every figure, as soon as it is measured."""
    for given in triples():
        yield _apart(measured(given))
    if shutil.which("tesseract"):
        for given in drawn_anew():
            yield _apart(measured(given))
        yield _together(measured(read_three_ways()))
    yield _together(measured(two_models()))
    text = folded(MINUTES.read_text("utf-8"))[:8000]
    yield _apart(measured(synthetic("minutes.en, 5 % by chance, apart", text, 1)))
    yield _together(measured(synthetic("minutes.en, 5 % by chance, 4 in 5 shared", text, 1, 0.8)))
    for script in SCRIPTS:
        best, made = in_script(script)
        said = f"{1 - made / best:.0%} fewer: {best} errors of the best copies, {made} of the votes"
        yield f"{script}, 5 % by chance", "better", said, made < best
    lexicon("en").knows("a")
    few, many = seconds(25_000), seconds(100_000)
    yield "three copies of 25,000 letters, CPU", "<= 5 s", f"{few:.2f} s", few <= 5
    power = float(np.log(many / few) / np.log(4))
    yield "growth to 100,000 letters", "<= n^1.1", f"n^{power:.2f} ({many:.2f} s)", power <= 1.1


def _apart(found: Outcome) -> Row:
    must = f">= {LEAST:.0%} fewer"
    return found.name, must, str(found), found.gain >= LEAST


def _together(found: Outcome) -> Row:
    """Copies that err together: the vote is better, or a note says that it may not be."""
    warned = any("beat" in note or "majority" in note for note in found.notes)
    said = " | ".join(found.notes)
    return found.name, "better or says so", f"{found}; says: {said}", found.gain > 0 or warned


def main() -> int:
    """Print the table; 1 if a figure falls short."""
    good = True
    for what, must, told, fine in rows():
        good &= fine is not False
        print(f"| {what} | {must} | {told} | {'yes' if fine else 'NO'} |", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
