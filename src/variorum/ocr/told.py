"""The figures as others read them: JSON, a table of pages, and what a later run may take up.

Every number goes out with what it is made from: edits and letters beside each
rate, the profile and the digests of both texts in the fingerprint.  A rate that
does not exist (a truth without text) is ``null`` with a sentence in ``note``,
never an infinity.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import asdict

from variorum import __version__
from variorum.ocr.distance import EXACT
from variorum.ocr.evaluate import Comparison, Row
from variorum.ocr.figures import (
    RESAMPLES,
    SEED,
    Evaluation,
    PageScore,
    Summary,
    TurnScore,
    rate,
)
from variorum.text import Span, digest

__all__ = [
    "EVALUATOR",
    "fingerprint",
    "no_rate",
    "notes",
    "packed",
    "to_csv",
    "to_json",
    "unpacked",
]

EVALUATOR = "evaluate 2"
"""Raised whenever the same texts would give other figures."""


def fingerprint(evaluation: Evaluation, recipe: str = "") -> dict[str, object]:
    """Everything that could move a figure, and under ``"id"`` the digest of it."""
    told: dict[str, object] = {
        "variorum": __version__,
        "evaluator": EVALUATOR,
        "profile": evaluation.profile.signature,
        "recipe": recipe,
        "interval": f"95 %, {RESAMPLES} resamples by {evaluation.drawn}, seed {SEED}",
        "exact_to": EXACT,
        "texts": [[s.name, *s.digests] for s in evaluation.summaries],
        "compared": digest("".join(s.compared for s in evaluation.summaries))[:16],
        "files": digest(json.dumps([page.file for page in evaluation.pages]))[:16],
    }
    return {**told, "id": digest(json.dumps(told, sort_keys=True, ensure_ascii=False))[:16]}


def no_rate(evaluation: Evaluation) -> str:
    """Why there is no rate, or nothing."""
    if evaluation.characters:
        return ""
    level = evaluation.profile.level
    where = f" at the level of {level}s, which this profile takes" if level else ""
    if not evaluation.edits:
        return f"neither text has a letter{where}"
    return f"no rate: the truth has no text{where}, the copy has {evaluation.edits:,} letters"


FAR = 0.02
"""Share of letters that may be out of order unseen from which on it must be said."""


def notes(evaluation: Evaluation) -> Iterator[str]:
    """What a reader of the figures must know, in sentences."""
    if no_rate(evaluation):
        yield no_rate(evaluation)
    if not evaluation.exact:
        yield f"the rates are upper bounds: a text is longer than {EXACT:,} letters"
    level = evaluation.profile.level
    empty = sum(not s.characters or not s.copy_words for s in evaluation.summaries)
    if level and empty and evaluation.characters:
        yield (
            f"{empty:,} of {len(evaluation.summaries):,} comparisons have a text without a letter: "
            f"this profile takes that of the {level}s, which may have none"
        )
    unsure = sum(s.doubtful for s in evaluation.summaries)
    if unsure > FAR * evaluation.characters:
        yield (
            f"up to {unsure:,} of {evaluation.text_edits:,} edits of the text may be errors of the "
            "order: long stretches correspond to nothing"
        )


def to_json(
    evaluation: Evaluation,
    printed: Mapping[str, object],
    comparisons: Sequence[Comparison] = (),
    failed: Sequence[tuple[str, str]] = (),
) -> bytes:
    """All figures; line by line the *comparisons* that are given, which ``lines_of`` names."""
    told = {
        "format": "variorum ocr 1",
        "fingerprint": printed,
        "profile": evaluation.profile.name,
        **_rates(evaluation),
        "confusions": [_of(asdict(c)) for c in evaluation.confusions],
        "patterns": [_of(asdict(p)) for p in evaluation.patterns],
        "by_block": [_of(asdict(t)) for t in evaluation.by("block")],
        "by_category": [_of(asdict(t)) for t in evaluation.by("category")],
        "kinds": [
            {"kind": s.kind, "words": s.words, "wrong": s.wrong, "examples": s.examples}
            for s in evaluation.kinds
        ],
        "pages": [_page(page) for page in evaluation.pages],
        "turns": [_turn(s.name, turn) for s in evaluation.summaries for turn in s.turns],
        "lines": [_line(c, row) for c in comparisons for row in c.rows],
        "lines_of": [c.summary.name for c in comparisons],
        "failed": [
            {"name": name, "why": why}
            for name, why in [
                *failed,
                *((s.name, why) for s in evaluation.summaries for why in s.failed),
            ]
        ],
    }
    text = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return (text + "\n").encode("utf-8", "surrogatepass")


def _rates(evaluation: Evaluation) -> dict[str, object]:
    interval = evaluation.interval
    return {
        "cer": evaluation.cer,
        "wer": evaluation.wer,
        "wer_text": evaluation.wer_text,
        "wer_text_interval": evaluation.word_interval,
        "wer_interval": _moved(evaluation.word_interval, evaluation.wer, evaluation.wer_text),
        "wer_normalised": evaluation.wer_normalised,
        "characters": evaluation.characters,
        "words": evaluation.words,
        "edits": evaluation.edits,
        "word_edits": evaluation.word_edits,
        "text_edits": evaluation.text_edits,
        "moved_characters": sum(s.moved for s in evaluation.summaries),
        "doubtful_characters": sum(s.doubtful for s in evaluation.summaries),
        "lost_characters": sum(s.lost for s in evaluation.summaries),
        "cer_interval": _moved(interval, evaluation.cer, evaluation.cer_text),
        "cer_text": evaluation.cer_text,
        "cer_text_interval": interval,
        "cer_order": evaluation.cer_order,
        "cer_normalised": evaluation.cer_normalised,
        "bag_of_words_f1": evaluation.bag_of_words_f1,
        "exact": evaluation.exact,
        "note": "; ".join(notes(evaluation)),
    }


def _moved(
    interval: tuple[float, float] | None, whole: float | None, text: float | None
) -> list[float] | None:
    """The interval of the text, moved by the error of the order: that cannot be drawn again."""
    if interval is None or whole is None or text is None:
        return None
    return [end + whole - text for end in interval]


def _of(told: dict[str, object]) -> dict[str, object]:
    """A value with its field ``copy`` under the name that the command line uses."""
    return {"ocr" if key == "copy" else key: value for key, value in told.items()}


def _page(page: PageScore) -> dict[str, object]:
    return {**asdict(page), "cer": rate(page.edits, page.characters)}


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _turn(name: str, turn: TurnScore) -> dict[str, object]:
    return {
        **asdict(turn),
        "name": name,
        "span": _span(turn.span),
        "cer": rate(turn.edits, turn.characters),
    }


def _line(found: Comparison, row: Row) -> dict[str, object]:
    return {
        "name": found.summary.name,
        "page": row.page,
        "line": row.line,
        "truth": _span(row.truth),
        "ocr": _span(row.copy),
        "truth_text": row.truth.of(found.truth.text.chars),
        "ocr_text": row.copy.of(found.copy.text.chars),
        "characters": row.characters,
        "edits": row.edits,
        "moved": row.moved,
        "lost": row.lost,
        "box": row.box,
    }


_COLUMNS = (
    "name,page,file,characters,edits,cer,copy characters,copy edits,copy cer,copy cer of the text,"
    "copy words,copy wer"
)


def to_csv(evaluation: Evaluation, failed: Sequence[tuple[str, str]] = ()) -> bytes:
    """The table of pages, a row a page, those that failed at the end; for a spreadsheet."""
    import csv
    import io

    out = io.StringIO(newline="")
    out.write(f"\ufeff{_COLUMNS}\r\n")
    rows = csv.writer(out)
    for summary in evaluation.summaries:
        for page in summary.pages:
            rows.writerow(_cells(summary, page))
    lost = ((s.name, why) for s in evaluation.summaries for why in s.failed)
    rows.writerows([name, "failed", why] for name, why in (*failed, *lost))
    return out.getvalue().encode("utf-8", "surrogatepass")


def _cells(summary: Summary, page: PageScore) -> Iterator[object]:
    """A row: the page by its text alone, then, as often as it has pages, the whole copy."""
    yield from (summary.name, page.number, page.file)
    yield from (page.characters, page.edits, _shown(page.edits, page.characters))
    yield from (summary.characters, summary.edits, _shown(summary.edits, summary.characters))
    yield _shown(summary.text_edits, summary.characters)
    yield from (summary.words, _shown(summary.word_edits, summary.words))


def _shown(edits: int, of: int) -> str:
    found = rate(edits, of)
    return "no rate" if found is None else f"{found:.6f}"


def packed(summary: Summary) -> dict[str, Any]:
    """A summary as plain JSON values, for a later run; ``unpacked`` gives it back equal."""
    from cattrs import Converter

    told: dict[str, Any] = Converter().unstructure(summary)
    return told


def unpacked(told: Mapping[str, Any]) -> Summary:
    """The summary that ``packed`` made these values of.  Raises ``ValueError`` if none did."""
    from cattrs import Converter

    return Converter(forbid_extra_keys=True).structure(told, Summary)
