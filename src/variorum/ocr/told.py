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
from variorum.errors import OcrError
from variorum.ocr.distance import EXACT
from variorum.ocr.evaluate import (
    RESAMPLES,
    SEED,
    Comparison,
    Evaluation,
    PageScore,
    Row,
    Summary,
    TurnScore,
    rate,
)
from variorum.text import Span, digest

__all__ = [
    "EVALUATOR",
    "counts_of",
    "fingerprint",
    "misreadings",
    "no_rate",
    "packed",
    "to_csv",
    "to_json",
    "to_rules",
    "unpacked",
]

EVALUATOR = "evaluate 1"
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
    }
    return {**told, "id": digest(json.dumps(told, sort_keys=True, ensure_ascii=False))[:16]}


def no_rate(evaluation: Evaluation) -> str:
    """Why there is no rate, or nothing."""
    if evaluation.characters or not evaluation.edits:
        return ""
    return f"no rate: the truth has no text, the copy has {evaluation.edits:,} letters"


def to_json(
    evaluation: Evaluation,
    printed: Mapping[str, object],
    comparisons: Sequence[Comparison] = (),
    failed: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Everything but the texts; the lines of those *comparisons* that are given."""
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
        "lines": [_line(c.summary.name, row) for c in comparisons for row in c.rows],
        "failed": [{"name": name, "why": why} for name, why in failed],
    }
    text = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return (text + "\n").encode("utf-8", "surrogatepass")


def _rates(evaluation: Evaluation) -> dict[str, object]:
    interval = evaluation.interval
    order = evaluation.cer_order or 0.0
    return {
        "cer": evaluation.cer,
        "wer": evaluation.wer,
        "characters": evaluation.characters,
        "words": evaluation.words,
        "edits": evaluation.edits,
        "word_edits": evaluation.word_edits,
        "text_edits": evaluation.text_edits,
        "cer_interval": [end + order for end in interval] if interval else None,
        "cer_text": evaluation.cer_text,
        "cer_text_interval": interval,
        "cer_order": evaluation.cer_order,
        "cer_normalised": evaluation.cer_normalised,
        "bag_of_words_f1": evaluation.bag_of_words_f1,
        "exact": evaluation.exact,
        "note": no_rate(evaluation)
        or ("" if evaluation.exact else f"upper bounds: a text is longer than {EXACT:,} letters"),
    }


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


def _line(name: str, row: Row) -> dict[str, object]:
    return {
        "name": name,
        "page": row.page,
        "line": row.line,
        "truth": _span(row.truth),
        "ocr": _span(row.copy),
        "characters": row.characters,
        "edits": row.edits,
        "moved": row.moved,
        "lost": row.lost,
        "box": row.box,
    }


_COLUMNS = "name,page,file,characters,edits,cer,page edits,page characters,page cer,words,wer"


def to_csv(evaluation: Evaluation) -> bytes:
    """The table of pages, a row a page; a spreadsheet opens it as it is."""
    import csv
    import io

    out = io.StringIO(newline="")
    out.write(f"\ufeff{_COLUMNS}\r\n")
    rows = csv.writer(out)
    for summary in evaluation.summaries:
        for page in summary.pages:
            rows.writerow(_cells(summary, page))
    return out.getvalue().encode("utf-8", "surrogatepass")


def _cells(summary: Summary, page: PageScore) -> Iterator[object]:
    """A row; the rates of the whole copy, then those of the page by the text alone."""
    yield from (summary.name, page.number, page.file)
    yield from (summary.characters, summary.edits, _shown(summary.edits, summary.characters))
    yield from (page.edits, page.characters, _shown(page.edits, page.characters))
    yield from (summary.words, _shown(summary.word_edits, summary.words))


def _shown(edits: int, of: int) -> str:
    found = rate(edits, of)
    return "no rate" if found is None else f"{found:.6f}"


OFTEN = 3
"""Times that a letter must have been misread so, before it is proposed to mend it, …"""

TRAIT = 3.0
"""… and how many times more often than by chance: noise is no trait of a copy."""


def misreadings(evaluation: Evaluation) -> dict[str, list[str]]:
    """What a copy reads for what, as the rule ``misreadings`` takes it; the most frequent first."""
    table: dict[str, list[str]] = {}
    found = [
        (c.count, c.truth, c.copy)
        for c in evaluation.confusions
        if c.expected is not None and c.count >= max(OFTEN, TRAIT * c.expected)
    ]
    found += [(p.count, p.truth, p.copy) for p in evaluation.patterns if p.count >= OFTEN]
    for _, truth, copy in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
        if _of_words(truth) and _of_words(copy):
            table.setdefault(truth, []).append(copy)
    return table


def _of_words(letters: str) -> bool:
    """Whether letters can stand in a word, or are taken for such: the figure one for an l."""
    return bool(letters) and all(char.isalnum() or char in "|!" for char in letters)


def to_rules(evaluation: Evaluation, printed: Mapping[str, object]) -> bytes:
    """A recipe that proposes the rule ``misreadings``; an editor takes it over, or does not."""
    table = misreadings(evaluation)
    lines = [
        f"# variorum ocr rules 1: proposed from what was measured (fingerprint {printed['id']}).",
        "# Nothing is mended until a recipe has this line: strike what you do not want, and copy",
        "# it into [recipe.NAME] of edition.toml, for the witness that was measured.",
        "rules = [",
        *(["  " + _step(table)] if table else []),
        "]",
    ]
    return ("\n".join(lines) + "\n").encode()


def _step(table: Mapping[str, Sequence[str]]) -> str:
    entries = (f"{_quoted(right)} = [{', '.join(map(_quoted, table[right]))}]" for right in table)
    return f'{{ rule = "misreadings", read = {{ {", ".join(entries)} }} }},'


def _quoted(letters: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(letters, ensure_ascii=False)


def counts_of(data: bytes, place: str) -> dict[tuple[str, str], int]:
    """How often what was read for what, from the JSON of an evaluation.

    Raises ``OcrError`` if *data* is none.
    """
    try:
        told = json.loads(data)
        if not str(told["format"]).startswith("variorum ocr "):
            raise KeyError("format")
        found = [*told["confusions"], *told["patterns"]]
        return {(str(c["truth"]), str(c["ocr"])): int(c["count"]) for c in found}
    except (ValueError, KeyError, TypeError):
        raise OcrError(
            "is no evaluation",
            place=place,
            remedy="make it with: variorum ocr evaluate TRUTH OCR --to json",
        ) from None


def packed(summary: Summary) -> dict[str, Any]:
    """A summary as plain JSON values, for a later run; ``unpacked`` gives it back equal."""
    from cattrs import Converter

    told: dict[str, Any] = Converter().unstructure(summary)
    return told


def unpacked(told: Mapping[str, Any]) -> Summary:
    """The summary that ``packed`` made these values of.  Raises ``ValueError`` if none did."""
    from cattrs import Converter

    return Converter(forbid_extra_keys=True).structure(told, Summary)
