"""What the report says before a page is looked at: the figures, what was compared, the parts.

A rate stands with its numerator, its denominator and its definition, since two
programs that both say "CER" may differ by a tenth of it; one that does not
exist says why.  Everything is escaped HTML that needs no script.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from variorum.ocr.evaluate import Comparison, Evaluation, rate
from variorum.ocr.letters import many, numeral, per_cent
from variorum.ocr.report import tables
from variorum.ocr.report.guesses import called, estimate_in, pooled, worst
from variorum.ocr.report.views import errors_in, labelled
from variorum.ocr.told import notes
from variorum.witness import Witness

if TYPE_CHECKING:
    from variorum.ocr.estimate import PageEstimate

__all__ = ["Failed", "compared", "estimated"]

Failed = Sequence[tuple[str, str]]
"""Names of the pages that could not be measured, each with the sentence why."""

FIRST = 25
"""Texts and pages that stand in the page itself; the script shows all pages."""

FEW = 3
"""Comparisons whose texts are told in view, not folded away."""

SYNTHETIC = '<span class="badge">synthetic: made to exercise the tools</span>'


def compared(
    evaluation: Evaluation,
    comparisons: Sequence[Comparison],
    title: str,
    fingerprint: Mapping[str, object],
    failed: Failed,
) -> dict[str, str]:
    """What the template asks for, by name, for a copy against its truth."""
    made = any(w.description.synthetic for c in comparisons for w in (c.truth, c.copy))
    lower = _lower(evaluation)
    return {
        "title": escape(title),
        "eyebrow": "OCR against a truth",
        "summary": _summary(evaluation, made=made),
        "nav": "".join(f' <a href="#{name}">{name.title()}</a>' for name, _, _ in lower),
        "figures": _figures(evaluation),
        "texts": _texts(evaluation, comparisons),
        "fingerprint": _fingerprint(fingerprint),
        "failed": _failed(failed),
        "pages": _pages(evaluation),
        "errors": "errors",
        "only": "Only lines with errors",
        "lower": "".join(_section(*part) for part in lower),
    }


def _section(name: str, head: str, body: str) -> str:
    return (
        f'<section id="{name}" aria-labelledby="{name}-h">'
        f'<h2 id="{name}-h">{head}</h2>{body}</section>'
    )


def _summary(evaluation: Evaluation, *, made: bool) -> str:
    told = [
        f"CER <b>{_at_most(evaluation)}{per_cent(evaluation.cer)}</b>",
        many(len(evaluation.pages), "page", "pages"),
        f"{many(evaluation.characters, 'letter', 'letters')} of the truth",
        f"profile {escape(evaluation.profile.name)}",
    ]
    return " · ".join([*told, *([SYNTHETIC] if made else [])])


def _at_most(evaluation: Evaluation) -> str:
    return "" if evaluation.exact else "at most "


def _figures(evaluation: Evaluation) -> str:
    """The rates, each with what it is of."""
    told = [
        f'<p class="warning">{escape(note[0].upper() + note[1:])}.</p>'
        for note in notes(evaluation)
    ]
    items = "".join(
        f'<div class="{kind}"><dt>{name}</dt><dd><b>{value}</b> <span>{of}</span></dd></div>'
        for kind, name, value, of in _rates(evaluation)
    )
    return f'{"".join(told)}<dl class="figures">{items}</dl>'


def _rates(evaluation: Evaluation) -> Iterator[tuple[str, str, str, str]]:
    bound, letters = _at_most(evaluation), numeral(evaluation.characters)
    yield (
        "lead",
        "Character error rate (CER)",
        bound + per_cent(evaluation.cer),
        f"{many(evaluation.edits, 'error', 'errors')} in {letters} letters of the truth",
    )
    interval = evaluation.interval
    spread = f"; 95 %: {per_cent(interval[0])} to {per_cent(interval[1])}" if interval else ""
    yield (
        "part",
        "of the text",
        per_cent(evaluation.cer_text),
        f"{many(evaluation.text_edits, 'error', 'errors')}{spread}",
    )
    passages = sum(s.passages for s in evaluation.summaries)
    yield (
        "part",
        "of the order",
        per_cent(evaluation.cer_order),
        f"{many(passages, 'passage stands', 'passages stand')} elsewhere"
        if passages
        else "no passage stands elsewhere",
    )
    right = evaluation.characters + sum(s.added for s in evaluation.summaries)
    yield (
        "",
        "CER, normalised",
        bound + per_cent(evaluation.cer_normalised),
        f"{many(evaluation.edits, 'error', 'errors')} in {numeral(right)} errors and right letters",
    )
    yield (
        "",
        "Word error rate (WER)",
        per_cent(evaluation.wer),
        f"{many(evaluation.word_edits, 'error', 'errors')} in "
        f"{many(evaluation.words, 'word', 'words')} of the truth"
        + (f"; {per_cent(evaluation.wer_text)} in order" if passages else ""),
    )
    yield (
        "",
        "Words in any order, F1",
        f"{evaluation.bag_of_words_f1:.4f}",
        "how many were read at all",
    )


def _texts(evaluation: Evaluation, comparisons: Sequence[Comparison]) -> str:
    """Truth and copy of each comparison: where from, how long, which text exactly."""
    shown = {c.summary.name: c for c in comparisons}
    rows = []
    for s in evaluation.summaries[:FIRST]:
        c = shown.get(s.name)
        sides = zip((c.truth, c.copy) if c else (None, None), s.digests, strict=True)
        cells = "".join(
            _text(*side, name) for name, side in zip(("truth", "copy"), sides, strict=True)
        )
        rows.append(
            f'<tr><th scope="row">{escape(s.name)}</th>{cells}'
            f'<td class="figure" data-label="letters">{numeral(s.characters)}</td>'
            f'<td class="figure" data-label="CER">{per_cent(rate(s.edits, s.characters))}</td></tr>'
        )
    left = len(evaluation.summaries) - len(rows)
    more = f'<p class="note">And {numeral(left)} others: see the pages.</p>' if left else ""
    whole = (
        '<table class="cards"><caption class="sr">The texts that were compared</caption><thead><tr>'
        '<th scope="col">Comparison</th><th scope="col">Truth</th><th scope="col">Copy</th>'
        '<th scope="col" class="figure">Letters</th><th scope="col" class="figure">CER</th>'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table>{more}"
    )
    if len(rows) <= FEW:
        return whole
    head = many(len(evaluation.summaries), "comparison", "comparisons")
    return f"<details><summary>{head}</summary>{whole}</details>"


def _text(witness: Witness | None, digest: str, name: str) -> str:
    if witness is None:
        return f'<td data-label="{name}">SHA-256 {digest[:12]}…</td>'
    badge = f" {SYNTHETIC}" if witness.description.synthetic else ""
    files = witness.received
    head = files[0].file if files else witness.siglum
    if len(files) > 1:
        head += f" and {len(files) - 1} more"
    told = [f"{r.file} ({r.reader}, SHA-256 {r.digest[:12]}…)" for r in files[:FIRST]]
    told += [f"text as read: SHA-256 {digest[:12]}…", *witness.layout.notes[:FIRST]]
    items = "".join(f"<li>{escape(one)}</li>" for one in told)
    return (
        f'<td data-label="{name}"><details><summary>{escape(head)}</summary>'
        f"<ul>{items}</ul></details>{badge}</td>"
    )


def _fingerprint(fingerprint: Mapping[str, object]) -> str:
    told = json.dumps(dict(fingerprint), ensure_ascii=False, indent=1, sort_keys=True)
    name = escape(str(fingerprint.get("id", "")))
    return (
        f"<details><summary>Fingerprint <code>{name}</code></summary>"
        f'<pre tabindex="0">{escape(told)}</pre></details>'
    )


def _failed(failed: Failed) -> str:
    if not failed:
        return ""
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(why)}</dd>" for name, why in failed)
    head = many(len(failed), "page could not be measured", "pages could not be measured")
    return f'<section class="failed"><h3>{head}</h3><dl>{items}</dl></section>'


def _pages(evaluation: Evaluation) -> str:
    """The worst pages, for readers without the script."""
    pages = evaluation.pages
    labels = labelled([(page.name, page.number) for page in pages])
    ranked = sorted(zip(labels, pages, strict=True), key=lambda item: -item[1].edits)[:FIRST]
    return "".join(
        f"<li>{escape(label)}: {per_cent(rate(page.edits, page.characters))}, "
        f"{errors_in(page.edits, page.characters)}</li>"
        for label, page in ranked
    )


def _lower(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """The parts below the lines: name, heading, body; those that have something to say."""
    out = []
    if evaluation.confusions:
        out.append(("letters", "What was read for what", _letters(evaluation)))
    if words := tables.kinds(evaluation.kinds):
        out.append(("words", "Kinds of words", words))
    turns = [turn for s in evaluation.summaries for turn in s.turns]
    if turns:
        out.append(
            ("turns", "Speakers and turns", tables.speakers(turns) + tables.turns(evaluation))
        )
    return out


def _letters(evaluation: Evaluation) -> str:
    found = evaluation.confusions
    return (
        '<p class="note">Rows: the letter of the truth. Columns: what was read for it. '
        "A count shows its lines.</p>"
        '<div class="wide" tabindex="0" role="region" aria-label="Confusion matrix">'
        f'<table class="matrix">{tables.matrix(found)}</table></div>'
        '<p class="note">By chance: how often it would have happened if the letters put in were '
        "drawn by their frequency. A count far above that is a trait of type, page or engine.</p>"
        f"{tables.confusion_list(found)}"
        f"{tables.pattern_list(evaluation.patterns, len(found))}"
        '<div class="pair-of-tables">'
        f"<div>{tables.tallies(evaluation.by('category'), 'By what the letters are')}</div>"
        f"<div>{tables.tallies(evaluation.by('block'), 'By Unicode block')}</div></div>"
    )


def estimated(
    pages: Sequence[tuple[Witness, PageEstimate]],
    title: str,
    fingerprint: Mapping[str, object],
    failed: Failed,
) -> dict[str, str]:
    """What the template asks for, by name, for copies without a truth."""
    made = any(witness.description.synthetic for witness, _ in pages)
    letters = sum(found.letters for _, found in pages)
    without = sum(found.cer is None for _, found in pages)
    whole = pooled(pages)
    told = [
        f"{'' if whole is None else 'estimated CER '}<b>{estimate_in(whole)}</b>",
        many(len(pages), "page", "pages"),
        many(letters, "letter", "letters"),
        *([f"no estimate of {many(without, 'page', 'pages')}"] if without else []),
    ]
    return {
        "title": escape(title),
        "eyebrow": "OCR without a truth",
        "summary": " · ".join([*told, *([SYNTHETIC] if made else [])]),
        "nav": "",
        "figures": _estimates(pages),
        "texts": "",
        "fingerprint": _fingerprint(fingerprint),
        "failed": _failed(failed),
        "pages": "",
        "errors": "doubtful lines",
        "only": "Only doubtful lines",
        "lower": "",
    }


def _estimates(pages: Sequence[tuple[Witness, PageEstimate]]) -> str:
    """The table of pages, the worst first: what was estimated, and who spoke for it."""
    labels, ranked = called(pages), worst(pages)
    rows = [_estimate(labels[number], pages[number][1]) for number in ranked[: tables.MOST]]
    heads = ("Page", "#CER", "#95 %", "#Letters", "By", "#Confidence", "#Known letters", "Beware")
    note = "An estimate is no measurement: it says what its evidence makes likely."
    return f'<p class="note">{note}</p>' + tables.table(
        "Pages, the worst first", heads, rows, others=len(ranked) - len(rows)
    )


def _estimate(label: str, found: PageEstimate) -> str:
    low, high = found.interval
    evidence = found.evidence
    heard = "".join(
        f'<td class="figure">{"–" if share is None else per_cent(share, 0)}</td>'
        for share in (evidence.confidence, evidence.known)
    )
    notices = "<br>".join(escape(notice.says) for notice in found.notices)
    return (
        f'<tr><th scope="row">{escape(label)}</th><td class="figure">{estimate_in(found.cer)}</td>'
        f'<td class="figure">{per_cent(low, 1)} – {per_cent(high, 1)}</td>'
        f'<td class="figure">{numeral(found.letters)}</td><td>{escape(found.by)}</td>'
        f"{heard}<td>{notices}</td></tr>"
    )
