"""What stands around the text: the summary, the map of the whole, the list of findings.

The map has one bar a stretch of rows, stacked from what an editor looks for::

        ▒          findings
        ▓ ▒   ▒    sentences without counterpart
    ▁ ▁ ▓ ▓ ▁ ▓    moves
    └ beginning    end ┘

Everything here is a link that works without the script: to the first bead of
its kind, or to the place of a finding.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from variorum.aligners import Pair
from variorum.exporters.facing.body import Page, plain
from variorum.exporters.facing.marks import Note, kinds
from variorum.exporters.facing.rows import Row

__all__ = ["filters", "items", "many", "strip", "summary"]

_BARS = 96
_HIGH = 12
"""Bars of the map at most, and the steps of their height."""

_EVIDENCE = 240
"""Characters of evidence a finding shows; the whole is in the machine-readable output."""

_SORTS: Sequence[tuple[str, str, Callable[[Row], bool]]] = (
    ("lost", "not translated", lambda row: not row.pair.target),
    ("added", "added in translation", lambda row: not row.pair.source),
    ("moved", "moved", lambda row: row.home is not None),
    ("locked", "locked", lambda row: row.pair.locked),
    ("low", "of low confidence", lambda row: row.low),
)
"""Sorts of bead: class, name, and which rows are of it."""


def many(number: int) -> str:
    """A number for people: 10 000."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def summary(page: Page) -> str:
    """Counts, each a link to the first of its sort; the script goes on to the next."""
    joined = sum(_both(row.pair) for row in page.rows)
    out = [f"<li><span><b>{many(joined)}</b> {'pair' if joined == 1 else 'pairs'}</span></li>"]
    for name, told, holds in _SORTS:
        found = [row for row in page.rows if holds(row)]
        if found:
            out.append(
                f'<li><a href="#{found[0].id}" data-next="{name}"><i class="key {name}"></i>'
                f"<b>{many(len(found))}</b> <span>{told}</span></a></li>"
            )
    for kind in kinds([note.finding for note in page.notes]).values():
        first = next(note for note in page.notes if note.kind == kind)
        out.append(
            f'<li><a href="#{first.id}" data-kind="{kind.number}">{_swatch(first)}'
            f"<b>{many(kind.count)}</b> <span>{plain(kind.name)}</span></a></li>"
        )
    return "".join(out)


def _both(pair: Pair) -> bool:
    return bool(pair.source and pair.target)


def _swatch(note: Note) -> str:
    kind = note.kind
    return f'<i class="swatch f{kind.hue}" aria-hidden="true">{kind.letter}</i>'


def strip(page: Page) -> str:
    """The map: a link a stretch, to the first row in it that has something to look at."""
    rows, findings = page.rows, Counter(note.finding.pair for note in page.notes)
    bars = min(_BARS, len(rows))
    cuts = [rows[len(rows) * n // bars : len(rows) * (n + 1) // bars] for n in range(bars)]
    counts = [_counted(cut, findings) for cut in cuts]
    most = max((sum(count) for count in counts), default=0)
    return "".join(
        _bar(cut, count, most, findings, tab="0" if not n else "-1")
        for n, (cut, count) in enumerate(zip(cuts, counts, strict=True))
    )


def _counted(rows: Sequence[Row], findings: Mapping[int, int]) -> tuple[int, int, int]:
    return (
        sum(findings.get(row.number, 0) for row in rows),
        sum(not _both(row.pair) for row in rows),
        sum(row.home is not None for row in rows),
    )


def _bar(
    rows: Sequence[Row],
    count: tuple[int, int, int],
    most: int,
    findings: Mapping[int, int],
    *,
    tab: str,
) -> str:
    notable = [r for r in rows if r.number in findings or not _both(r.pair) or r.home is not None]
    names = ("findings", "without counterpart", "moved")
    told = ", ".join(f"{n} {name}" for n, name in zip(count, names, strict=True) if n)
    label = f"Beads {rows[0].number + 1} to {rows[-1].number + 1}: {told or 'nothing to note'}"
    pieces = "".join(
        f'<i class="m{n} h{max(1, round(number * _HIGH / most))}"></i>'
        for n, number in enumerate(count)
        if number
    )
    place = (notable or rows)[0].id
    return f'<a href="#{place}" tabindex="{tab}" aria-label="{label}" title="{label}">{pieces}</a>'


def filters(page: Page) -> str:
    """A check box a kind: filter and legend in one."""
    first = {note.kind.number: note for note in reversed(page.notes)}
    return "".join(
        f'<label><input type="checkbox" name="kind" value="{number}" checked>{_swatch(note)}'
        f'{plain(note.kind.name)} <span class="figure">{many(note.kind.count)}</span></label>'
        for number, note in sorted(first.items())
    )


def items(page: Page) -> str:
    """The findings, worst first."""
    return "\n".join(_item(page.rows[note.finding.pair], note) for note in page.notes)


def _item(row: Row, note: Note) -> str:
    finding = note.finding
    shade = round(max(0.0, min(1.0, finding.weight)) * 10)
    evidence = _evidence(finding.evidence)
    basis = f'<p class="evidence">{plain(evidence)}</p>' if evidence else ""
    return (
        f'<li id="{note.id}" class="finding f{note.kind.hue}" data-kind="{note.kind.number}"'
        f' data-row="{row.number}"><a href="#{row.id}" data-go="{note.number}">{_swatch(note)}'
        f'<span class="kind">{plain(note.kind.name)}</span> '
        f'<span class="ref">{_place(row.pair)}</span>'
        f'<span class="weight" title="weight {finding.weight:.2f}"><i class="w{shade}"></i>'
        f'<span class="sr">weight {finding.weight:.2f}</span></span>'
        f'<span class="said">{plain(finding.said)}</span></a>{basis}</li>'
    )


def _place(pair: Pair) -> str:
    """The numbers of the first sentences of a bead: 41 | 44."""
    return " | ".join(str(ns[0] + 1) if ns else "–" for ns in (pair.source, pair.target))


def _evidence(told: Mapping[str, object]) -> str:
    """``key: value``, cut where nobody would read on."""
    whole = " · ".join(f"{key}: {_value(value)}" for key, value in told.items())
    return whole if len(whole) <= _EVIDENCE else whole[: _EVIDENCE - 1] + "…"


def _value(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
