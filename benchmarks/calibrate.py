"""Fit the weights of ``variorum ocr estimate`` on the committed pages.

    python -m benchmarks.calibrate        writes src/variorum/ocr/calibration.toml

Logistic regression of errors a letter on the ``terms`` of each word, for each
way of speaking, by Newton's method with a ridge.  Pages read by a wrong
model, upside down or blank are left out: rules of their own tell them.  The
interval's spread is the smallest share of the rate that covers 95 % of pages
whose group (level, typeface, text, language) was left out of the fit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from benchmarks.pages.data import Sample, plain, samples
from benchmarks.pages.make import typed
from variorum.ocr.distance import edits
from variorum.ocr.estimate import (
    PAGE_TERMS,
    Calibration,
    PageEstimate,
    Weights,
    estimate,
    means_of,
    shipped,
    terms,
)
from variorum.ocr.evidence import Heard, heard
from variorum.ocr.lexica import SHIPPED, Lexicon, from_text, lexicon
from variorum.witness import Witness

OUT = Path(__file__).parent.parent / "src" / "variorum" / "ocr" / "calibration.toml"
MODES = ("engine and words", "engine", "words")
RIDGE, PAGE_RIDGE = 1.0, 1000.0
"""What holds coefficients back.  Thousands of words share one value of a page's term, and pages
are few: of 1 to 1000, the last estimated left-out typefaces and languages best."""

FLOOR, CLUSTERED = 0.004, 3.0
"""Of the interval: the rate of a clean page, and how errors cluster (1: each by itself).  With
less than 2.5 the share of the rate would have to cover what short pages differ by chance."""

LOST = 12
"""Letters in a row that no word of the copy answers for; they are of no word's rate."""

GROUPS: Mapping[str, Callable[[Sample], str]] = {
    "level": lambda s: s.sheet.level,
    "typeface": lambda s: s.sheet.typeface,
    "text": lambda s: s.sheet.text.partition(".")[0],
    "language": lambda s: s.sheet.language,
}

Array = NDArray[np.float64]


@frozen(eq=False)
class Rows:
    """Training rows of one page for one way of speaking: terms, errors, letters."""

    terms: Array
    errors: Array
    letters: Array


@cache
def words_for(sample: Sample) -> Lexicon:
    """The words a page is judged by: the package's; for German the rest of its own text."""
    language = sample.sheet.language
    if language in SHIPPED:
        return lexicon(language)
    return from_text(language, rest_of(sample))


def rest_of(sample: Sample) -> str:
    """The text that a page is of, without what is on the page; it begins again where it ends."""
    flow = " ".join(typed(sample.sheet.text, sample.sheet.typeface)) + " "
    page = " ".join(sample.truth.split())
    start = (flow + flow).index(page) if page else 0
    after = start + len(page)
    return flow[max(0, after - len(flow)) : start] + flow[after:]


def fits(sample: Sample) -> bool:
    """Whether a page is one to learn from."""
    return sample.kind not in ("eng", "turned", "blank") and sample.cer() < 0.9


@cache
def rows(sample: Sample, mode: str) -> Rows | None:
    """What a page teaches of one way of speaking, or nothing."""
    known = words_for(sample)
    (page,) = heard(sample.copy, known)
    words = [word for at in page.shape.order for word in page.lines[at][1]]
    if not words:
        return None
    means = means_of(words, known, lenient=False)
    errors = np.array(_errors(sample, words), dtype=float)
    counts = np.array([word.letters + 1 for word in words], dtype=float)
    speaks = np.array([mode == "engine" or word.known is not None for word in words], dtype=bool)
    if not speaks.any():
        return None
    found = np.array([terms(word, means, mode) for word in words])
    return Rows(found[speaks], np.minimum(errors, counts)[speaks], counts[speaks])


def _errors(sample: Sample, words: Sequence[Heard]) -> list[int]:
    """Edits by word, the words in the order of rows; long losses belong to none."""
    read = [word.span.of(sample.copy.text.chars) for word in words]
    starts = [0]
    for word in read:
        starts.append(starts[-1] + len(word) + 1)
    ops = edits(plain(sample.truth), plain(" ".join(read))).ops
    missing = Counter(at for tag, _, at in ops if tag == "delete")
    out = [0] * len(words)
    for tag, _, at in ops:
        if tag != "delete" or missing[at] < LOST:
            out[min(bisect_right(starts, at) - 1, len(out) - 1)] += 1
    return out


def fitted(chosen: Sequence[Sample], mode: str) -> tuple[float, ...]:
    """The coefficients that the pages *chosen* give."""
    found = [r for r in (rows(s, mode) for s in chosen) if r is not None]
    terms_ = np.concatenate([r.terms for r in found])
    errors = np.concatenate([r.errors for r in found])
    letters = np.concatenate([r.letters for r in found])
    weights = np.zeros(terms_.shape[1])
    weights[0] = -3.0
    ridge = np.full(len(weights), RIDGE)
    ridge[-PAGE_TERMS[mode] :] = PAGE_RIDGE
    for _ in range(60):
        rates = 1 / (1 + np.exp(-np.clip(terms_ @ weights, -30, 30)))
        slope = terms_.T @ (errors - letters * rates) - ridge * weights
        curve = (terms_.T * (letters * rates * (1 - rates) + 1e-9)) @ terms_
        step = np.linalg.solve(curve + np.diag(ridge), slope)
        weights += step * min(1.0, 1.0 / float(np.abs(step).max()))
    return tuple(round(float(w), 4) for w in weights)


def calibration(chosen: Sequence[Sample]) -> Calibration:
    """What the pages *chosen* give; the spread of the interval is the package's."""
    return {mode: Weights(fitted(chosen, mode), shipped()[mode].spread) for mode in MODES}


@frozen(eq=False)
class Fold:
    """A group of pages, and the weights that all others give."""

    by: str  # the grouping: level, typeface, text, language
    inside: tuple[Sample, ...]
    weights: Calibration


@cache
def folds() -> tuple[Fold, ...]:
    """Each group of each grouping, left out."""
    found = []
    for by, group in GROUPS.items():
        for value in sorted({group(s) for s in samples()}):
            inside = tuple(s for s in samples() if group(s) == value)
            others = [s for s in samples() if group(s) != value and fits(s)]
            found.append(Fold(by, inside, calibration(others)))
    return tuple(found)


@frozen(eq=False)
class Judged:
    """A page as estimated by weights fitted without its group."""

    by: str
    sample: Sample
    told: PageEstimate


@cache
def judged(mode: str) -> tuple[Judged, ...]:
    """Every page, once for each grouping, when only *mode* may speak."""
    return tuple(
        Judged(fold.by, sample, estimated(sample, mode, fold.weights))
        for fold in folds()
        for sample in fold.inside
    )


def estimated(sample: Sample, mode: str, weights: Calibration) -> PageEstimate:
    """A page as it is estimated when only *mode* may speak.

    Its language is told to nobody, but for the German words that are given.
    """
    silent = mode == "engine" or sample.sheet.language in SHIPPED
    known = None if silent else words_for(sample)
    page = _silenced(sample.copy) if mode == "words" else sample.copy
    (told,) = estimate(page, NOBODY if mode == "engine" else "", known, weights)
    return told


NOBODY = "xx"
"""A language of which there are no words."""


def _silenced(witness: Witness) -> Witness:
    """A copy of which the engine says nothing."""
    silent = tuple(evolve(word, confidence=None) for word in witness.layout.words)
    return evolve(witness, layout=evolve(witness.layout, words=silent))


def spread(mode: str) -> tuple[float, float, float]:
    """The share of the rate that covers 95 % of left-out pages, with the floor and clustering."""
    needed = []
    for page in judged(mode):
        told, true = page.told, page.sample.cer()
        if fits(page.sample) and told.cer is not None:
            rest = (told.cer - true) ** 2 - FLOOR**2
            rest -= 4 * CLUSTERED * told.cer * (1 - told.cer) / told.letters
            needed.append(np.sqrt(max(0.0, rest)) / max(told.cer, 1e-4))
    return round(float(np.quantile(needed, 0.95)), 2), FLOOR, CLUSTERED


HEAD = """\
# Weights of `variorum ocr estimate`, fitted by benchmarks/calibrate.py on benchmarks/pages:
# {pages} pages drawn from known text (the minutes of 6 June 1959; the Universal Declaration of
# Human Rights in English, Albanian and German) in four typefaces, at five levels of wear, read by
# Tesseract 5.3 at 200 dpi.  Judged by benchmarks/estimating.py with each group left out.
# Confidences of other engines mean other things: bent to their roots, their squares, or into the
# half from .5 to 1, they still rank these pages (.96 and more), but the error is .03 to .05.
"""


def main() -> None:
    """Fit on all pages and write the weights."""
    chosen = [s for s in samples() if fits(s)]
    found = calibration(chosen)
    out = [HEAD.format(pages=len(chosen))]
    for mode in MODES:
        coefficients = ", ".join(map(str, found[mode].coefficients))
        widths = ", ".join(map(str, spread(mode)))
        out.append(f'["{mode}"]\ncoefficients = [{coefficients}]\nspread = [{widths}]\n')
    OUT.write_text("\n".join(out), encoding="utf-8")
    print(OUT.read_text("utf-8"))


if __name__ == "__main__":
    main()
