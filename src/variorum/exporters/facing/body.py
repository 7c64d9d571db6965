"""The text of the page: sections of turns, rows of beads, sentences with their numbers.

A row is four boxes of a grid, and the same markup at every width::

    ┌ bead ──────────────────────────────────────────────────────────┐
    │ 41 Populli ynë e do …  │  ▬▬▬─ 93  │ 44 Our people love …      │   wide
    └────────────────────────────────────────────────────────────────┘
      source                   between     target                       narrow: one below another

Everything that tells one bead from another (not translated, added, moved,
locked, low) is said in words; colour and hatching only repeat it.  Function by
function this gives escaped HTML, without inline styles, which the policy forbids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from attrs import frozen

from variorum.aligners import Parallel, Passage, Side
from variorum.exporters.facing.marks import Marks, Note
from variorum.exporters.facing.rows import Heads, Row
from variorum.text import Span
from variorum.witness import Role

__all__ = ["Page", "body", "direction", "plain", "speaker"]

_RUN = 40
"""Rows that a browser lays out together: about two screens, the rest when it is scrolled to."""

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ku ji nqo ps sd syc syr ug ur yi".split())
_SCRIPTS = frozenset("Arab Hebr Syrc Thaa Nkoo Adlm Rohg Samr Mand".split())

# What no HTML parser keeps as it is; one for one, since words are known by their offsets.
_CONTROLS = {0: "\ufffd", 12: " ", 13: " "}


@frozen
class Page:
    """All that the parts of the page are made from."""

    parallel: Parallel
    rows: Sequence[Row]
    notes: Sequence[Note]
    marks: tuple[Marks, Marks]


def plain(text: str) -> str:
    """Text as markup may hold it."""
    return escape(text.translate(_CONTROLS), quote=True)


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, by the script that a tag names, or else the language's own."""
    first, *more = language.replace("_", "-").split("-")
    scripts = [part.title() for part in more if len(part) == 4 and part.isalpha()]
    right = scripts[0] in _SCRIPTS if scripts else first.lower() in _RIGHT_TO_LEFT
    return "rtl" if right else "ltr"


def speaker(passage: Passage) -> str:
    """A name from an id: ``shoku-enver-hoxha`` is Shoku Enver Hoxha."""
    words = (passage.speaker or "").replace("-", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words)


def body(page: Page) -> str:
    """All rows under the heads of their turns."""
    turns = (_numbered(page.parallel.source), _numbered(page.parallel.target))
    by_row: dict[int, list[Note]] = {}
    for note in page.notes:
        by_row.setdefault(note.finding.pair, []).append(note)
    out = []
    for rows in _sections(page.rows):
        beads = [_bead(page, row, by_row.get(row.number, ())) for row in rows]
        # The head is laid out with what it heads: thousands of them alone would be slow to scroll.
        beads[0] = _head(page.parallel, rows[0].heads, turns) + beads[0]
        runs = [beads[at : at + _RUN] for at in range(0, len(beads), _RUN)]
        inner = "\n".join(f'<div class="run">{"".join(run)}</div>' for run in runs)
        out.append(f'<section class="turn">{inner}</section>\n')
    return "".join(out)


def _sections(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Rows from one head to the next."""
    starts = [row.number for row in rows if row.heads != (None, None) or not row.number]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield rows[start:end]


def _numbered(side: Side) -> dict[int, int]:
    """Passage → its number among the turns, from 1; what is no turn has none."""
    turns = [n for n, passage in enumerate(side.passages) if passage.role == Role.TURN]
    return {n: number for number, n in enumerate(turns, 1)}


def _head(parallel: Parallel, heads: Heads, turns: tuple[dict[int, int], dict[int, int]]) -> str:
    cells = [
        _named(side, passage, numbers, f"h-{key}")
        for side, passage, numbers, key in zip(
            (parallel.source, parallel.target), heads, turns, ("s", "t"), strict=True
        )
    ]
    return f'<h3 class="head">{cells[0]}<span class="between"></span>{cells[1]}</h3>'


def _named(side: Side, passage: int | None, turns: dict[int, int], name: str) -> str:
    """Number and speaker of a turn, or the role of what is no turn; empty where none begins."""
    if passage is None:
        return f'<span class="{name}"></span>'
    told = speaker(side.passages[passage])
    who = f'<bdi lang="{plain(side.language)}">{plain(told)}</bdi>' if told else ""
    if number := turns.get(passage):
        what = f'<b class="turn-number"><span class="sr">Turn </span>{number}</b> '
    else:
        what = f'<span class="role">{plain(str(side.passages[passage].role))}</span> '
    return f'<span class="{name}">{what}{who}</span>'


def _bead(page: Page, row: Row, notes: Sequence[Note]) -> str:
    source, target = row.pair.source, row.pair.target
    cells = (
        _cell(page, row, 0) if source else '<p class="none">added in translation</p>',
        _cell(page, row, 1) if target else '<p class="none">not translated</p>',
    )
    return (
        f'<div class="{_classes(row)}" id="{row.id}" tabindex="-1" role="group"'
        f' aria-label="{_label(row, len(notes))}">'
        f"{_side(page.parallel.source, 's', cells[0], bool(source))}"
        f'<div class="between">{_between(row, notes)}</div>'
        f"{_side(page.parallel.target, 't', cells[1] + _moves(page, row), bool(target))}</div>"
    )


def _classes(row: Row) -> str:
    told = {
        "lost": not row.pair.target,
        "added": not row.pair.source,
        "moved": row.home is not None,
        "locked": row.pair.locked,
        "low": row.low,
    }
    return " ".join(["bead", *(name for name, holds in told.items() if holds)])


def _side(side: Side, key: str, inner: str, filled: bool) -> str:
    """A cell; what the page itself says in an empty one is English, left to right."""
    tongue = f' lang="{plain(side.language)}" dir="{direction(side.language)}"' if filled else ""
    return f'<div class="{key}"{tongue}>{inner}</div>'


def _cell(page: Page, row: Row, which: int) -> str:
    """The sentences of one side, each behind its number, and the names of turns between them."""
    side = (page.parallel.source, page.parallel.target)[which]
    positions = (row.pair.source, row.pair.target)[which]
    key = "st"[which]
    out, turn = [], side.sentences[positions[0]].turn
    for n in positions:
        sentence = side.sentences[n]
        if sentence.turn != turn:
            turn = sentence.turn
            out.append(f'<b class="who">{plain(speaker(side.passages[turn])) or "¶"}</b> ')
        text = _marked(sentence.text, page.marks[which].get(n, ()), page.notes)
        out.append(f'<b class="n">{n + 1}</b> <span class="x" id="{key}{n + 1}">{text}</span> ')
    role = side.passages[side.sentences[positions[0]].turn].role
    name = "" if role == Role.TURN else f' class="r-{plain(str(role)).split()[0]}"'
    return f"<p{name}>{''.join(out).rstrip()}</p>"


def _marked(text: str, stretches: Sequence[tuple[Span, int]], notes: Sequence[Note]) -> str:
    """Text with its findings marked; where several overlap, each piece knows them all."""
    if not stretches:
        return plain(text)
    edges = sorted({0, len(text)} | {at for span, _ in stretches for at in (span.start, span.end)})
    out = []
    for start, end in pairwise(edges):
        here = sorted({n for span, n in stretches if span.start <= start and end <= span.end})
        piece = plain(text[start:end])
        hue = notes[here[0]].kind.hue if here else 0
        numbers = " ".join(map(str, here))
        name = f"f{hue} whole" if end - start == len(text) else f"f{hue}"
        out.append(f'<mark class="{name}" data-f="{numbers}">{piece}</mark>' if here else piece)
    return "".join(out)


def _between(row: Row, notes: Sequence[Note]) -> str:
    """What stands between the columns: confidence, lock, findings."""
    out = []
    if row.confidence is not None:
        told = _percent(row.confidence)
        low = '<span class="doubt">low</span>' if row.low else ""
        out.append(
            f'<span class="sure"><i class="w{round(row.confidence * 10)}"></i>{told}{low}</span>'
        )
    if row.pair.locked:
        out.append(
            '<span class="lock"><svg aria-hidden="true"><use href="#lock"/></svg>locked</span>'
        )
    for note in notes:
        name = plain(note.kind.name)
        out.append(
            f'<a class="swatch f{note.kind.hue}" href="#{note.id}" data-go="{note.number}"'
            f' title="{name}" aria-label="Finding: {name}">{note.kind.letter}</a>'
        )
    return "".join(out)


def _percent(confidence: float) -> int:
    """Per cent; 100 is kept for what is certain."""
    return 100 if confidence == 1 else min(99, round(confidence * 100))


def _moves(page: Page, row: Row) -> str:
    """Where the target of a moved bead stands, and at that place where it went."""
    out = []
    if row.home is not None:
        home = page.rows[row.home]
        before = [t for t in home.pair.target if t < row.pair.target[0]]
        where = f"after {before[-1] + 1}" if before else "at the beginning"
        out.append(f'<a href="#{home.id}">moved: stands {where} in the translation</a>')
    for number in row.guests:
        guest = page.rows[number]
        out.append(
            f'<a href="#{guest.id}">here the translation has {_numbers(guest.pair.target)},'
            f" shown beside {_numbers(guest.pair.source)}</a>"
        )
    return "".join(f'<p class="move" lang="en" dir="ltr">{told}</p>' for told in out)


def _numbers(positions: Sequence[int]) -> str:
    return " and ".join(str(n + 1) for n in positions)


def _label(row: Row, findings: int) -> str:
    """What a screen reader says of a bead before its text."""
    source, target = row.pair.source, row.pair.target
    told = [f"source {_numbers(source)}"] if source else ["added in translation"]
    told.append(f"target {_numbers(target)}" if target else "not translated")
    if row.confidence is not None:
        told.append(f"confidence {_percent(row.confidence)}%{', low' if row.low else ''}")
    told += ["moved"] if row.home is not None else []
    told += ["locked"] if row.pair.locked else []
    told += [f"{findings} finding{'s' if findings > 1 else ''}"] if findings else []
    return ", ".join(told)
