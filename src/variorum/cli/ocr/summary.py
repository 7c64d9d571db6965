"""The rates on the terminal, each with what it is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from variorum.ocr.letters import named
from variorum.ocr.told import no_rate, notes

if TYPE_CHECKING:
    from variorum.ocr.evaluate import Evaluation

__all__ = ["shown"]

WORST = 5
"""Pages, and confusions, that are shown; the report has them all."""


def shown(evaluation: Evaluation, failed: Sequence[tuple[str, str]] = ()) -> str:
    """The summary of an evaluation, lines of at most 80 columns."""
    return "\n".join(
        [
            *_rates(evaluation),
            *_kinds(evaluation),
            *_confusions(evaluation),
            *_pages(evaluation),
            *([f"\n{len(failed):,} pages failed: see above."] if failed else []),
        ]
    )


def _rates(evaluation: Evaluation) -> Iterator[str]:
    told = "" if evaluation.exact else "at most "
    cer, wer = evaluation.cer, evaluation.wer
    yield f"profile {evaluation.profile.name}: {evaluation.profile.says}"
    if cer is None or wer is None:
        yield f"CER   {no_rate(evaluation) or 'no rate: the truth has no words'}"
        if cer is None:
            return
    low, high = evaluation.interval or (0.0, 0.0)
    yield (
        f"CER   {told}{cer:.4f}   {evaluation.edits:,} edits, "
        f"{evaluation.characters:,} letters of the truth"
    )
    yield f"      of the text {evaluation.cer_text or 0:.4f} (95 %: {low:.4f}-{high:.4f}), " + (
        f"of the order {evaluation.cer_order or 0:.4f}"
    )
    if wer is not None:
        low, high = evaluation.word_interval or (0.0, 0.0)
        yield f"WER   {wer:.4f}   {evaluation.word_edits:,} edits, {evaluation.words:,} words"
        yield (
            f"      in order {evaluation.wer_text or 0:.4f} (95 %: {low:.4f}-{high:.4f}), "
            f"words in any order F1 {evaluation.bag_of_words_f1:.4f}"
        )
    from textwrap import wrap

    for note in notes(evaluation):
        yield from wrap(f"beware: {note}", 78, initial_indent="      ", subsequent_indent="      ")
    lost = sum(summary.lost for summary in evaluation.summaries)
    if lost:
        yield f"      {lost:,} letters of the truth in passages that the copy lacks"


def _kinds(evaluation: Evaluation) -> Iterator[str]:
    told = [
        f"  {shares.kind:<16} {shares.wrong:>6,} of {shares.words:>7,} wrong"
        for shares in evaluation.kinds
        if shares.words
    ]
    if told:
        yield "\nby kind of word"
        yield from told


def _confusions(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.confusions:
        yield "\nread for another (truth, copy, times)"
    ranked = sorted(evaluation.confusions, key=lambda c: not (c.truth and c.copy))
    for confusion in ranked[:WORST]:  # lost passages would flood the list
        yield f"  {named(confusion.truth):<8} {named(confusion.copy):<8} {confusion.count:>6,}"


def _pages(evaluation: Evaluation) -> Iterator[str]:
    pages = [page for page in evaluation.pages if page.edits]
    if len(evaluation.pages) < 2 or not pages:
        return
    yield "\nworst pages (edits, letters)"
    for page in sorted(pages, key=lambda p: (-p.edits, p.name, p.number))[:WORST]:
        yield f"  {page.name} {page.number}: {page.edits:,}, {page.characters:,}"
