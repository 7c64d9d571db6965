"""The part of the report that needs no script: title, witnesses, closeness, kinds, beginning.

Every function gives escaped HTML.  Shades of the matrix are classes and not
styles, since the page's policy forbids inline styles.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape

from variorum.apparatus import Apparatus
from variorum.exporters.report.kinds import FAMILIES, families
from variorum.exporters.report.sections import sections
from variorum.loci import Locus, Reading
from variorum.witness import Description, Witness

__all__ = ["front"]

_FIRST_LOCI = 25
_FIRST_CHARACTERS = 2_500
"""How much of the places and of the base's text stands in the page itself: a first screenful."""

SYNTHETIC = "synthetic: made to exercise the tools"


def front(apparatus: Apparatus) -> Mapping[str, str]:
    """What the page's template asks for, by name."""
    languages = [w.description.language for w in apparatus.witnesses if w.description.language]
    made = {w.siglum for w in apparatus.witnesses if w.description.synthetic}
    title = apparatus.title or "A collation"
    return {
        "lang": escape(languages[0] if len(set(languages)) == 1 else "", quote=True),
        "title": escape(title),
        "summary": _summary(apparatus),
        "witnesses": "\n".join(_witness(w, apparatus) for w in apparatus.witnesses),
        "notes": _notes(apparatus.notes),
        "fingerprint": _fingerprint(apparatus.fingerprint),
        "closeness": _closeness(apparatus),
        "kinds": _kinds(apparatus.loci),
        "choices": _choices(apparatus),
        "beginning": _beginning(apparatus),
        "places": "\n".join(_place(locus, made) for locus in apparatus.loci[:_FIRST_LOCI]),
        "count": _counted(len(apparatus.loci)),
    }


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _counted(loci: int) -> str:
    if loci <= _FIRST_LOCI:
        return _many(loci, "place", "places")
    return f"The first {_FIRST_LOCI} of {_many(loci, 'place', 'places')}"


def _summary(apparatus: Apparatus) -> str:
    made = sum(w.description.synthetic for w in apparatus.witnesses)
    told = [
        _many(len(apparatus.witnesses), "witness", "witnesses"),
        f"told against <b class=siglum>{escape(apparatus.base)}</b>",
        _many(len(apparatus.loci), "place where they differ", "places where they differ"),
    ]
    if made:
        told.insert(1, f"{made} of them <span class=made>synthetic</span>")
    return " · ".join(told)


def _badge(witness: Witness) -> str:
    return f'<span class="badge">{SYNTHETIC}</span>' if witness.description.synthetic else ""


def _witness(witness: Witness, apparatus: Apparatus) -> str:
    told = witness.description
    collated = witness.siglum in apparatus.collation.sigla
    tokens = apparatus.collation.tokens[apparatus.collation.row(witness.siglum)] if collated else ()
    size = _many(len(tokens), "", "").strip() if collated else "not collated"
    base = ' <span class="note">base</span>' if witness.siglum == apparatus.base else ""
    what = ", ".join(filter(None, (told.kind, told.text, told.language)))
    return (
        f'<tr><th scope="row"><b class="siglum">{escape(witness.siglum)}</b>{base}</th>'
        f'<td data-label="what it is">{escape(what)} {_badge(witness)}</td>'
        f'<td data-label="made from">{escape(_derivation(told)) or "–"}</td>'
        f'<td data-label="where it is">{_where(witness)}</td>'
        f'<td class="figure" data-label="tokens">{size}</td></tr>'
    )


def _derivation(told: Description) -> str:
    made = told.derivation
    return " ".join(
        filter(
            None,
            (
                made.how or ("from" if made.source else ""),
                f"from {made.source}" if made.source and made.how else made.source,
                f"by {made.by}" if made.by else "",
            ),
        )
    )


def _where(witness: Witness) -> str:
    told = witness.description
    rows = [
        ("repository", ", ".join(filter(None, (told.repository, told.shelfmark)))),
        ("date", told.date),
        ("source", told.source),
        ("hands", ", ".join(told.hands)),
        ("rights", told.rights),
    ]
    rows += [
        ("file", f"{r.file} ({r.reader}, {r.encoding}, SHA-256 {r.digest[:12]}…)")
        for r in witness.received
    ]
    rows.append(("text as read", f"SHA-256 {witness.text.digest[:12]}…"))
    head = next((value for _, value in rows if value), "")
    body = "".join(f"<dt>{k}</dt><dd>{escape(v)}</dd>" for k, v in rows if v)
    return f"<details><summary>{escape(head)}</summary><dl>{body}</dl></details>"


def _notes(notes: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f"<h3>What the run wants you to know</h3><ul>{items}</ul>" if items else ""


def _fingerprint(fingerprint: Mapping[str, object]) -> str:
    told = json.dumps(dict(fingerprint), ensure_ascii=False, indent=1, sort_keys=True)
    name = escape(str(fingerprint.get("id", "")))
    return (
        f"<details><summary>Fingerprint <code>{name}</code></summary>"
        f'<pre tabindex="0">{escape(told)}</pre></details>'
    )


def _closeness(apparatus: Apparatus) -> str:
    collated = apparatus.collation.sigla
    sigla = [w.siglum for w in apparatus.witnesses if w.siglum in collated]
    shares = {frozenset(pair): value for pair, value in apparatus.closeness.items()}
    low = min(shares.values(), default=0.0)
    made = {w.siglum for w in apparatus.witnesses if w.description.synthetic}
    names = {s: _siglum(s, made) for s in sigla}
    head = "".join(f'<th scope="col">{names[s]}</th>' for s in sigla)
    rows = []
    for one in sigla:
        cells = "".join(_share(shares.get(frozenset((one, two))), low) for two in sigla)
        rows.append(f'<tr><th scope="row">{names[one]}</th>{cells}</tr>')
    return f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"


def _siglum(siglum: str, made: set[str]) -> str:
    if siglum in made:
        return f'<span class="siglum made" title="synthetic">{escape(siglum)}</span>'
    return f'<span class="siglum">{escape(siglum)}</span>'


def _share(share: float | None, low: float) -> str:
    """A cell of the matrix; shades run from the least close pair to identity."""
    if share is None:
        return '<td class="figure self">–</td>'
    shade = round(6 * (share - low) / (1 - low)) if low < 1 else 6
    # 100.0 is kept for pairs that never differ: 0.99996 is not that.
    told = "100" if share == 1 else f"{min(share * 100, 99.9):.1f}"
    return f'<td class="figure shade{shade}">{told}</td>'


def _kinds(loci: Iterable[Locus]) -> str:
    """Check boxes by family: filter, legend and count in one."""
    loci = tuple(loci)
    counts = Counter(locus.kind for locus in loci)
    groups: dict[int, list[str]] = {}
    for number, (kind, family) in enumerate(families(loci).items()):
        groups.setdefault(family, []).append(
            f'<label><input type="checkbox" name="kind" value="{number}" checked>'
            f' {escape(kind)} <span class="figure">{counts[kind]}</span></label>'
        )
    return "".join(
        f'<div class="family"><p class="family-name"><i class="swatch f{family}" '
        f'aria-hidden="true">{FAMILIES[family].letter}</i> {FAMILIES[family].name}</p>'
        f"{''.join(labels)}</div>"
        for family, labels in groups.items()
    )


def _choices(apparatus: Apparatus) -> str:
    return "".join(
        f'<option value="{number}">{escape(w.siglum)}</option>'
        for number, w in enumerate(apparatus.witnesses)
    )


def _beginning(apparatus: Apparatus) -> str:
    """The first part of the base's text, for readers without the script."""
    [base] = [w for w in apparatus.witnesses if w.siglum == apparatus.base]
    lang = escape(base.description.language, quote=True)
    out: list[str] = []
    shown = 0
    for section in sections(apparatus):
        paragraphs = [span.of(base.text.chars) for span in section.paragraphs.get(base.siglum, ())]
        if shown >= _FIRST_CHARACTERS:
            out.append("<p>The rest is drawn by the page’s script.</p>")
            break
        shown += sum(map(len, paragraphs))
        body = "".join(f'<p dir="auto" lang="{lang}">{escape(p)}</p>' for p in paragraphs)
        name = escape(f"{section.turn} {section.title}".strip())
        out.append(f'<section class="turn"><h3>{name}</h3>{body}</section>')
    return "".join(out)


def _place(locus: Locus, made: set[str]) -> str:
    told = "; ".join(_reading(reading, made) for reading in locus.readings)
    return (
        f'<tr><td class="ref">{escape(locus.turn)}</td><td>{escape(locus.kind)}</td>'
        f"<td>{told}</td></tr>"
    )


def _reading(reading: Reading, made: set[str]) -> str:
    sigla = " ".join(_siglum(siglum, made) for siglum in sorted(reading.witnesses))
    text = escape(reading.text) or f"<i>nothing: {escape(reading.absence or 'unexplained')}</i>"
    return f'<bdi dir="auto">{text}</bdi> {sigla}'
