"""The tables of the report: what was read for what, which kinds of words, which turns.

Every function gives escaped HTML that needs no script.  A long table shows its
beginning and keeps the rest folded; the JSON has all of it::

    first 25 rows                    in view
    next 475                         under "475 more"
    what is left                     counted: "and 1 204 others"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from variorum.ocr.confusions import AROUND, Confusion, Pattern, Tally
from variorum.ocr.evaluate import Evaluation, TurnScore, rate
from variorum.ocr.letters import many, named, numeral, per_cent, shown, written
from variorum.ocr.words import Shares

__all__ = [
    "MOST",
    "confusion_list",
    "kinds",
    "matrix",
    "pattern_list",
    "speakers",
    "table",
    "tallies",
    "turns",
]

FIRST, MOST = 25, 500
"""Rows in view, and rows in the file: beyond, every one is a single slip."""

LETTERS = 12
"""Letters a side of the matrix: as many as are taken in at a glance, and fit a page."""

SHOWN = 2
"""Contexts shown of a confusion; the lines themselves are a click away."""

Rows = Sequence[str]


def table(caption: str, heads: Sequence[str], rows: Rows, kind: str = "", others: int = 0) -> str:
    """A table whose rows beyond the first are folded away; *others* are only counted."""
    if not rows:
        return ""
    others += max(0, len(rows) - MOST)
    head = "".join(_head(name) for name in heads)
    whole = _table(caption, head, rows[:FIRST], kind)
    rest = rows[FIRST:MOST]
    if rest:
        more = _table(f"{caption}, continued", head, rest, kind)
        whole += f"<details><summary>{numeral(len(rest))} more</summary>{more}</details>"
    if others:
        whole += f'<p class="note">And {numeral(others)} others: see the JSON.</p>'
    return whole


def _table(caption: str, head: str, rows: Rows, kind: str) -> str:
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption, quote=True)}">'
        f'<table class="{kind}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _head(name: str) -> str:
    """A column's head; a name that begins with # is one of figures."""
    figure = ' class="figure"' if name.startswith("#") else ""
    return f'<th scope="col"{figure}>{escape(name.lstrip("#"))}</th>'


def _figure(told: str) -> str:
    return f'<td class="figure">{told}</td>'


def _sought(number: int, told: str, what: str) -> str:
    """A count that shows its lines; ``number`` is that of the pair in the page's data."""
    label = escape(what, quote=True)
    return (
        f'<button type="button" class="pair" data-pair="{number}" title="{label}">{told}</button>'
    )


def matrix(found: Sequence[Confusion]) -> str:
    """Letters of the truth by letters read for them: those with the most errors."""
    columns = _most(found, lambda c: c.copy)
    rows = _most(found, lambda c: c.truth)
    cells = {(c.truth, c.copy): (number, c.count) for number, c in enumerate(found)}
    top = max((count for _, count in cells.values()), default=1)
    head = "".join(f'<th scope="col">{written(letter)}</th>' for letter in columns)
    body = "".join(
        f'<tr><th scope="row">{written(a)}</th>'
        + "".join(_cell(a, b, cells.get((a, b)), top) for b in columns)
        + "</tr>"
        for a in rows
    )
    return (
        '<caption class="sr">Letters of the truth by letters of the copy</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody>"
    )


def _most(found: Iterable[Confusion], side: Callable[[Confusion], str]) -> list[str]:
    counts: dict[str, int] = {}
    for confusion in found:
        letter = side(confusion)
        counts[letter] = counts.get(letter, 0) + confusion.count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:LETTERS]
    return [letter for letter, _ in ordered]


def _cell(truth: str, copy: str, told: tuple[int, int] | None, top: int) -> str:
    if truth == copy:
        return '<td class="self"></td>'
    if told is None:
        return '<td class="none">·</td>'
    number, count = told
    shade = 1 + round(5 * (count - 1) / max(1, top - 1))
    what = f"{named(truth)} read as {named(copy)}, {many(count, 'time', 'times')}"
    return f'<td class="shade{shade}">{_sought(number, numeral(count), what)}</td>'


def confusion_list(found: Sequence[Confusion]) -> str:
    """Letter by letter, with how often by chance, and where."""
    rows = [_confusion(number, c) for number, c in enumerate(found[:MOST])]
    heads = ("Truth", "Copy", "#Times", "#Of the letter", "#By chance", "For example")
    return table(
        "Letter by letter, the most frequent first",
        heads,
        rows,
        "confusions",
        len(found) - len(rows),
    )


def _confusion(number: int, c: Confusion) -> str:
    what = f"Show the lines with {named(c.truth)} read as {named(c.copy)}"
    share = "" if c.rate is None else per_cent(c.rate, 1)
    chance = "" if c.expected is None else f"{c.expected:.1f}"
    return (
        f"<tr><td>{written(c.truth)}</td><td>{written(c.copy)}</td>"
        f"{_figure(_sought(number, numeral(c.count), what))}{_figure(share)}{_figure(chance)}"
        f"<td>{_contexts(c.truth, c.copy, c.contexts)}</td></tr>"
    )


def pattern_list(found: Sequence[Pattern], first: int) -> str:
    """Several letters as one mistake; *first* is the number of the first among the pairs."""
    rows = []
    for number, p in enumerate(found[:MOST], first):
        what = f"Show the lines with {named(p.truth)} read as {named(p.copy)}"
        rows.append(
            f"<tr><td>{written(p.truth)}</td><td>{written(p.copy)}</td>"
            f"{_figure(_sought(number, numeral(p.count), what))}"
            f"<td>{_contexts(p.truth, p.copy, p.contexts)}</td></tr>"
        )
    heads = ("Truth", "Copy", "#Times", "For example")
    caption = "Several letters read as others, as one mistake"
    return table(caption, heads, rows, "confusions", len(found) - len(rows))


def _contexts(truth: str, copy: str, contexts: Sequence[tuple[str, str]]) -> str:
    return "".join(
        f'<span class="context"><bdi>{_marked(a, truth)}</bdi> <bdi>{_marked(b, copy)}</bdi></span>'
        for a, b in contexts[:SHOWN]
    )


def _marked(around: str, letters: str) -> str:
    """A context with its letters marked, where they can be told to stand in its middle."""
    if len(around) != 2 * AROUND + len(letters):
        return _running(around)
    end = AROUND + len(letters)
    middle = f"<b>{escape(shown(letters)) or '⟨ ⟩'}</b>"
    return f"{_running(around[:AROUND])}{middle}{_running(around[end:])}"


def _running(text: str) -> str:
    """Words of a context: only what does not print is shown by its sign."""
    if text.isprintable():
        return escape(text)
    return escape(" ".join(shown(word) for word in text.split(" ")))


CATEGORIES: Mapping[str, str] = {
    "Lu": "capital", "Ll": "small letter", "Lt": "title letter", "Lm": "modifier letter",
    "Lo": "letter without case", "Mn": "accent", "Mc": "spacing mark", "Me": "enclosing mark",
    "Nd": "digit", "Nl": "letter number", "No": "other number", "Pc": "connector", "Pd": "dash",
    "Ps": "opening bracket", "Pe": "closing bracket", "Pi": "opening quote",
    "Pf": "closing quote", "Po": "punctuation", "Sm": "mathematical sign",
    "Sc": "currency sign", "Sk": "modifier sign", "So": "other sign", "Zs": "space",
    "Zl": "line separator", "Zp": "paragraph separator", "Cc": "control (newline)",
    "Cf": "format character", "Cs": "surrogate", "Co": "private use", "Cn": "unassigned",
}  # fmt: skip


def tallies(found: Sequence[Tally], caption: str) -> str:
    """Errors by block or category of what was to be read and what was read."""
    rows = [
        f"<tr><td>{escape(_category(t.truth))}</td><td>{escape(_category(t.copy))}</td>"
        f"{_figure(numeral(t.edits))}</tr>"
        for t in found
    ]
    return table(caption, ("Truth", "Copy", "#Errors"), rows)


def _category(told: str) -> str:
    return " + ".join(CATEGORIES.get(one, one) for one in told.split(" + "))


def kinds(found: Iterable[Shares]) -> str:
    """Names, numbers, labels, negations, line ends: how many were read wrong, and as what."""
    rows = [_kind(shares) for shares in found if shares.words]
    heads = ("Kind of word", "#Wrong", "#Of", "#Share", "For example")
    return table("Words of the truth by kind", heads, rows, "kinds")


def _kind(shares: Shares) -> str:
    examples = "".join(
        f'<span class="context"><bdi>{escape(shown(a))}</bdi> <bdi>'
        f"{escape(shown(b)) if b else '<i class=named>nothing</i>'}</bdi></span>"
        for a, b in shares.examples
    )
    return (
        f'<tr><th scope="row">{escape(shares.kind)}</th>{_figure(numeral(shares.wrong))}'
        f"{_figure(numeral(shares.words))}{_figure(per_cent(rate(shares.wrong, shares.words), 1))}"
        f'<td class="examples">{examples}</td></tr>'
    )


_LABELS = {True: "yes", False: "no", None: "–"}


def speakers(found: Sequence[TurnScore]) -> str:
    """The turns of each speaker together."""
    by_name: dict[str, list[TurnScore]] = {}
    for turn in found:
        by_name.setdefault(turn.speaker, []).append(turn)
    rows = []
    for name, own in by_name.items():
        letters, edits = sum(t.characters for t in own), sum(t.edits for t in own)
        labels = [t.label_right for t in own if t.label_right is not None]
        rows.append(
            f'<tr><th scope="row">{_speaker(name)}</th>{_figure(numeral(len(own)))}'
            f"{_figure(numeral(letters))}{_figure(numeral(edits))}"
            f"{_figure(per_cent(rate(edits, letters)))}"
            f"{_figure(f'{numeral(sum(labels))} of {numeral(len(labels))}')}</tr>"
        )
    heads = ("Speaker", "#Turns", "#Letters", "#Errors", "#CER", "#Labels right")
    return table("By speaker", heads, rows)


def turns(evaluation: Evaluation) -> str:
    """Turn by turn, with whether the speaker's label was read."""
    several = len(evaluation.summaries) > 1
    rows = [
        f'<tr><th scope="row">{escape(f"{s.name} " if several else "")}{turn.number}</th>'
        f"<td>{_speaker(turn.speaker)}</td>{_figure(numeral(turn.characters))}"
        f"{_figure(numeral(turn.edits))}{_figure(per_cent(rate(turn.edits, turn.characters)))}"
        f"<td>{_LABELS[turn.label_right]}</td></tr>"
        for s in evaluation.summaries
        for turn in s.turns
    ]
    heads = ("Turn", "Speaker", "#Letters", "#Errors", "#CER", "Label right")
    return table("Turn by turn", heads, rows)


def _speaker(name: str) -> str:
    return f"<bdi>{escape(name)}</bdi>" if name else "<i>nobody named</i>"
