"""``python -m benchmarks.estimating``: how well ``ocr estimate`` does, held against the truth.

Every page is estimated by weights that were fitted without its group: without
its level of wear, its typeface, its text, its language, each in turn.  All pages
count, the nearly empty, the blank, those upside down and those that the wrong
model read, but for those of which nothing speaks, which have no estimate and are
counted ("without"); the true rate is capped at 1.  Beside them stand pages that nothing
was fitted on, estimated by the weights of the package::

    pages.zip    by what is left out     rank correlation, mean absolute error
    unseen.zip   other texts, 300 dpi    the same, and how often the interval holds

A page of few letters has no rank to speak of (one error in 200 letters is a
rate of .005), so of the unseen pages, none worse than .2, the error says more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product

import numpy as np
from attrs import frozen

from benchmarks.calibrate import GROUPS, MODES, judged
from benchmarks.pages.data import Sample, samples, unseen
from benchmarks.pages.make import HERE
from variorum.ocr.estimate import PageEstimate, estimate
from variorum.ocr.lexica import from_text

__all__ = ["Score", "rows", "score"]

RANK, ERROR = 0.97, 0.015
"""What must be reached, whatever is left out."""

COVERED = 0.93
"""What an interval of 95 % must hold of 213 pages: a standard error and a half of .95 is chance."""

Pairs = Sequence[tuple[Sample, PageEstimate]]


@frozen
class Score:
    """Spearman's rank correlation, the mean absolute error, the share inside the interval.

    All of pages with an estimate, and of blank ones, which have no letter that could be
    wrong; ``without`` counts the others, of which nothing speaks.
    """

    rank: float
    error: float
    covered: float
    without: int


def score(pairs: Pairs) -> Score:
    """Estimates held against the truth."""
    held = [
        (sample.cer(), cer, page.interval)
        for sample, page in pairs
        if (cer := page.cer if page.letters else 0.0) is not None
    ]
    true = np.array([rate for rate, _, _ in held])
    told = np.array([cer for _, cer, _ in held])
    inside = [low <= rate <= high for rate, _, (low, high) in held]
    rank = float(np.corrcoef(_ranks(true), _ranks(told))[0, 1])
    error = float(np.abs(true - told).mean())
    return Score(rank, error, sum(inside) / len(inside), len(pairs) - len(held))


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks, equal values sharing theirs."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: np.ndarray = (np.cumsum(counts) - (counts - 1) / 2)[which]
    return ranks


def left_out(by: str, mode: str = MODES[0]) -> Pairs:
    """Every page with its estimate by weights fitted without its group."""
    return [(page.sample, page.told) for page in judged(mode) if page.by == by]


@cache
def fresh() -> Pairs:
    """The unseen pages by the weights of the package, the German words those of another text."""
    words = from_text("de", (HERE / "texts" / "declaration.de.txt").read_text("utf-8"))
    german = {"de": words}
    return [(s, estimate(s.copy, lexicon=german.get(s.sheet.language))[0]) for s in unseen()]


def flagged(pairs: Pairs, kind: str, of: Callable[[Sample], bool]) -> tuple[int, int]:
    """On how many of the pages of which *of* holds there is a notice of a *kind*."""
    chosen = [page for sample, page in pairs if of(sample)]
    return sum(kind in {notice.kind for notice in page.notices} for page in chosen), len(chosen)


def misread(sample: Sample) -> bool:
    """Whether a page was read with another language's model."""
    return sample.kind == "eng"


WRONG = "wrong language model"


Row = tuple[str, str, str, bool | None]
"""What was measured, what it must reach, the figure, whether it does (nothing: only shown)."""


def rows() -> Iterator[Row]:
    """Every figure, as soon as it is measured."""
    must = ">= .97 / <= .015"
    for by in GROUPS:
        found = score(left_out(by))
        reached = found.rank >= RANK and found.error <= ERROR
        yield f"estimate, rank / error, {by} left out", must, _shown(found), reached
    for mode, by in product(MODES[1:], GROUPS):
        found = score(left_out(by, mode))
        yield f"the same by {mode} alone, {by} left out", "", _shown(found), None
    for mode in MODES:
        least = min(score(left_out(by, mode)).covered for by in GROUPS)
        ok = least >= COVERED if mode == MODES[0] else None
        must = f">= {COVERED}" if mode == MODES[0] else ""
        yield f"95 % interval holds, by {mode}, least of four", must, f"{least:.3f}", ok
    found = score(fresh())
    what = f"{len(fresh())} unseen pages of other texts, 300 dpi"
    yield f"{what}: error", f"<= {ERROR}", f"{found.error:.4f}", found.error <= ERROR
    yield f"{what}: rank, none worse than .2", "", f"{found.rank:.4f}", None
    yield f"{what}: 95 % holds", f">= {COVERED}", f"{found.covered:.3f}", found.covered >= COVERED
    yield from _notices()


def _notices() -> Iterator[Row]:
    """What is warned of, and what is warned of in vain."""
    pages = [*left_out("language"), *fresh()]
    for what, kind, of in (
        ("read by the wrong model, flagged", WRONG, misread),
        ("upside down, flagged", "upside down", lambda s: s.sheet.turned),
        ("blank, flagged", "blank", lambda s: not s.sheet.lines and not s.copy.text.chars),
        ("blank but read as text, flagged", "invented text", _invented),
    ):
        number, of_all = flagged(pages, kind, of)
        yield what, "all", f"{number} of {of_all}", number == of_all
    for what, kind, of in (
        ("read by the right model, flagged as wrong", WRONG, lambda s: not misread(s)),
        ("upright, flagged as upside down", "upside down", lambda s: not s.sheet.turned),
    ):
        number, of_all = flagged(pages, kind, of)
        yield what, "none", f"{number} of {of_all}", not number


def _invented(sample: Sample) -> bool:
    return not sample.sheet.lines and bool(sample.copy.text.chars)


def _shown(found: Score) -> str:
    without = f", {found.without} without" if found.without else ""
    return f"{found.rank:.4f} / {found.error:.4f}{without}"


def main() -> None:
    """Print the figures."""
    print(f"{len(samples())} pages, {len(unseen())} unseen")
    for what, must, measured, _ in rows():
        print(f"{what:<60} {must:<20} {measured}", flush=True)


if __name__ == "__main__":
    main()
