"""Hand-made apparatuses for the exporters: small enough to read, or as large as asked.

The alignment is a plain one of each witness to the base (difflib), so that a
fault of the collation room never shows up here as a fault of an exporter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
from attrs import evolve

from variorum.aligners import Bead
from variorum.apparatus import Apparatus
from variorum.collation import NOTHING, Collation, Move
from variorum.loci import Absence, Cause, Feature, Locus, Operation, Reading, Significance
from variorum.text import Derived, Edit, Span, Text, digest
from variorum.tokens import Tokens, given, tokenise
from variorum.turns import Division, Label, Speaker, Turn
from variorum.witness import (
    Derivation,
    Description,
    GivenToken,
    Layout,
    Line,
    Page,
    Received,
    Role,
    Stretch,
    Witness,
    Word,
)

SPEAKERS = (
    Speaker("hoxha", ("Comrade Enver Hoxha",)),
    Speaker("choe", ("Comrade Choe Yong-geon",)),
)

BASE = """\
Skip to content
Notes taken during a meeting
Comrade Enver Hoxha: We are extremely happy that you came to visit us. Production rose by 15% \
last year & the people’s power is strong.

There is much to be done.
Comrade Choe Yong-geon: Thank you. We saw the 𝔘niversity, the harbour and the new \
factory (laughter). <b>Long live</b> friendship!
"""

TYPED = """\
Skip to content
Notes taken during a meeting
Comrade Enver Hoxha: We are extre-
mely happy that you came to visit us. Production rose by 16% \
last year and the people's power is strong. There is much to be done.
Cornrade Choe Yong Gon: Thank you. We saw the harbour, the 𝔘niversity and the new \
fact0ry [in Durrës] (laughter). <b>Long live</b> friendship!
"""

_VARIANTS = ("w0rd7", "16", "Word7", "another")

_LABEL = re.compile(r"^(Com|Corn)rade (Enver Hoxha|Choe Yong[- ][gG]e?on):", re.MULTILINE)


def specimen() -> Apparatus:
    """Three witnesses with every kind of thing an exporter has to carry."""
    return with_everything(
        apparatus_of(
            {"W": BASE, "O1": TYPED, "P": BASE.replace("extremely", "extre\f3\nmely")},
            title="Notes taken during a meeting",
        )
    )


def apparatus_of(
    texts: Mapping[str, str], *, title: str = "A text", language: str = "en"
) -> Apparatus:
    """Texts collated against the first; speaker labels and a first line of furniture are seen."""
    witnesses = tuple(_witness(siglum, text, language) for siglum, text in texts.items())
    derived = {w.siglum: _normalised(w.text.chars) for w in witnesses}
    divisions = {w.siglum: _divided(w.text.chars) for w in witnesses}
    tokens = {
        s: tokenise(derived[s], _apart(texts[s], divisions[s]))
        for s in (w.siglum for w in witnesses)
    }
    return _collated(title, witnesses, derived, divisions, tokens)


def ready_made(rows: Mapping[str, Sequence[tuple[str, str | None, str]]]) -> Apparatus:
    """Witnesses of ready-made tokens (t, n, one extra value as JSON text or '')."""
    witnesses = []
    for siglum, row in rows.items():
        at, told = 0, []
        for t, n, extra in row:
            pairs = (("x", extra),) if extra else ()
            told.append(GivenToken(Span(at, at + len(t)), n, pairs))
            at += len(t)
        text = Text("".join(t for t, _, _ in row))
        witnesses.append(Witness(siglum, text, tokens=tuple(told)))
    texts = {w.siglum: w.text.chars for w in witnesses}
    return _collated(
        "",
        tuple(witnesses),
        {s: Derived.of(t) for s, t in texts.items()},
        {s: Division(len(t), _whole(t)) for s, t in texts.items()},
        {w.siglum: given(w) for w in witnesses},
    )


def with_original(made: Apparatus) -> Apparatus:
    """The same with a witness in another language, which is in no row of the collation."""
    text = "Shoku Enver Hoxha: Jemi shumë të gëzuar.\n\nShoku Choe: Faleminderit."
    original = Witness(
        "A", Text(text), Layout(), Description("sq", kind="specimen", synthetic=True)
    )
    bead = made.beads[1]
    spans = {**bead.witnesses, "A": (Span(0, 40),)}
    beads = (made.beads[0], evolve(bead, witnesses=spans), *made.beads[2:])
    return evolve(made, witnesses=(*made.witnesses, original), beads=beads)


def large(places: int, witnesses: int = 4) -> Apparatus:
    """A text with about so many loci: every fourth word differs somewhere."""
    words = [f"word{i % 997}" for i in range(places * 4)]
    texts = {}
    for number in range(witnesses):
        told = list(words)
        for place in range(places):
            # Each witness departs in its turn, and never from the base's last word of four.
            if number and place % (witnesses - 1) == number - 1:
                told[4 * place] = _VARIANTS[place % len(_VARIANTS)]
        body = "\n".join(
            "Comrade Enver Hoxha: " + " ".join(told[i : i + 120]) + "."
            for i in range(0, len(told), 120)
        )
        texts[f"S{number}"] = "Skip\n" + body
    return apparatus_of(texts, title="A long text")


def _witness(siglum: str, text: str, language: str) -> Witness:
    lines = [Line(Span(*m.span())) for m in re.finditer(r"[^\n\f]+", text)]
    pages = [m.span() for m in re.finditer(r"[^\f]*", text) if m.end() > m.start() or not text]
    made = siglum.startswith("O")
    return Witness(
        siglum,
        Text(text),
        Layout(
            tuple(
                Page(Span(*span), f"{siglum}.txt", number, f"{siglum}-{number}.png", 800, 1200)
                for number, span in enumerate(pages, 1)
            ),
            tuple(lines[:2]),
            (Word(Span(0, 4), (1, 2, 30, 14), 0.91, "eng"),) if made and len(text) > 4 else (),
            (Stretch(Span(0, 2), Role.FURNITURE, "reader"),) if made else (),
        ),
        Description(
            language=language,
            text="translation",
            derivation=Derivation("W" if made else "A", "Enkel Daljani", "scanned"),
            hands=("first",),
            kind="typescript, OCR" if made else "web page",
            repository="Albanian State Archives",
            synthetic=made,
        ),
        (Received(f"{siglum}.txt", digest(text), "plain 1"),),
    )


def _normalised(text: str) -> Derived:
    def rule(derived: Derived, pattern: str, to: str, name: str) -> Derived:
        found = re.finditer(pattern, derived.result)
        return derived.then([Edit(Span(*m.span()), to) for m in found], name)

    out = rule(Derived.of(text), "’", "'", "quotes")
    out = rule(out, "-\n", "", "line-end hyphens")
    return rule(out, "(?<=extre)\f3\n", "", "page furniture")


def _divided(text: str) -> Division:
    first = text.find("\n") + 1
    labels = list(_LABEL.finditer(text))
    starts = [m.start() for m in labels]
    spans = [Span(a, b) for a, b in pairwise([*starts, len(text)])]
    stretches = [Stretch(Span(0, first), Role.FURNITURE, "first line")] if first else []
    heading = Span(first, starts[0] if starts else len(text))
    stretches += [Stretch(heading, Role.HEADING)] if len(heading) else []
    stretches += [Stretch(span, Role.TURN) for span in spans]
    turns = tuple(_turn(text, m, span) for m, span in zip(labels, spans, strict=True))
    return Division(len(text), tuple(stretches), turns)


def _turn(text: str, label: re.Match[str], span: Span) -> Turn:
    end = span.start + len(span.of(text).rstrip())
    cuts = [m.span() for m in re.finditer(r"\n\n", text) if span.start < m.start() < end]
    edges = [span.start, *(at for cut in cuts for at in cut), end]
    paragraphs = tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    speaker = "hoxha" if "Hoxha" in label.group() else "choe"
    return Turn(
        Span(span.start, end),
        speaker,
        Label(Span(*label.span()), speaker, label.group(), "exact"),
        paragraphs,
    )


def _apart(text: str, division: Division) -> tuple[Span, ...]:
    pages = tuple(Span(*m.span()) for m in re.finditer("\f3\n", text))
    return (*division.furniture(), *pages)


def _whole(text: str) -> tuple[Stretch, ...]:
    return (Stretch(Span(0, len(text)), Role.TURN),) if text else ()


def _collated(
    title: str,
    witnesses: tuple[Witness, ...],
    derived: Mapping[str, Derived],
    divisions: Mapping[str, Division],
    tokens: Mapping[str, Tokens],
) -> Apparatus:
    base = witnesses[0].siglum
    sigla = tuple(sorted(tokens))
    table = _table(base, sigla, tokens)
    collation = Collation(sigla, tuple(tokens[s] for s in sigla), table)
    beads = tuple(_beads(base, divisions, tokens))
    settings = {"recipe": ["quotes", "line-end hyphens"], "tokeniser": "words-and-marks 1"}
    return Apparatus(
        title=title,
        base=base,
        witnesses=witnesses,
        derived=derived,
        divisions=divisions,
        speakers=SPEAKERS,
        collation=collation,
        beads=beads,
        loci=tuple(_loci(base, collation, divisions[base])),
        closeness={
            (a, b): _closeness(collation, i, j)
            for i, a in enumerate(sigla)
            for j, b in enumerate(sigla)
            if i < j
        },
        fingerprint={"id": digest(repr(sorted(tokens)))[:16], **settings},
        notes=("Line-end hyphens were rejoined in 1 place: extremely (attested in W).",),
    )


def _table(base: str, sigla: Sequence[str], tokens: Mapping[str, Tokens]) -> np.ndarray:
    """Columns for the base's tokens, and after each as many as the longest insertion needs."""
    size = len(tokens[base])
    slots: dict[str, dict[tuple[int, int], int]] = {}
    for siglum in sigla:
        slots[siglum] = dict(_placed(tokens[base].forms, tokens[siglum].forms))
    places = sorted(
        {place for found in slots.values() for place in found} | {(i, 0) for i in range(size)}
    )
    table = np.full((len(places), len(sigla)), NOTHING, dtype=np.int32)
    for column, place in enumerate(places):
        for row, siglum in enumerate(sigla):
            table[column, row] = slots[siglum].get(place, NOTHING)
    return table


def _placed(base: Sequence[str], other: Sequence[str]) -> Iterator[tuple[tuple[int, int], int]]:
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    if base == other or len(base) == len(other) > 500:
        yield from (((i, 0), i) for i in range(len(base)))
        return
    for _, a, b, c, d in matcher.get_opcodes():
        for offset in range(d - c):
            inside = a + offset < b
            yield ((a + offset, 0) if inside else (b - 1, offset - (b - a) + 1)), c + offset


def _beads(
    base: str, divisions: Mapping[str, Division], tokens: Mapping[str, Tokens]
) -> Iterator[Bead]:
    headings = {
        s: tuple(x.span for x in d.stretches if x.role is Role.HEADING)
        for s, d in divisions.items()
    }
    if any(headings.values()):
        yield Bead(
            "b0", None, "heading", None, {s: h for s, h in headings.items() if h}, False, 1.0
        )
    for number, turn in enumerate(divisions[base].turns):
        spans = {
            s: (divisions[s].turns[number].span,)
            for s in tokens
            if number < len(divisions[s].turns)
        }
        yield Bead(f"b{number + 1}", number + 1, "turn", turn.speaker, spans, number == 1, 0.98)


def _closeness(collation: Collation, i: int, j: int) -> float:
    both = [
        (collation.form(c, i), collation.form(c, j))
        for c in range(len(collation))
        if NOTHING not in (collation.table[c, i], collation.table[c, j])
    ]
    return round(sum(a == b for a, b in both) / max(1, len(both)), 6)


def _loci(base: str, collation: Collation, division: Division) -> Iterator[Locus]:
    row = collation.row(base)
    at = 0
    for column in range(len(collation) + 1):
        here = column < len(collation) and (
            len({collation.form(column, r) for r in range(len(collation.sigla))}) > 1
        )
        if here:
            continue
        if at < column:
            yield _locus(collation, Span(at, column), row, division)
        at = column + 1


def _locus(collation: Collation, columns: Span, base: int, division: Division) -> Locus:
    groups: dict[tuple[str, ...], dict[str, tuple[Span, ...]]] = {}
    for row in (base, *(r for r in range(len(collation.sigla)) if r != base)):
        cells = [int(i) for i in collation.table[columns.start : columns.end, row] if i != NOTHING]
        spans = tuple(span for i in cells for span in collation.tokens[row].spans(i))
        form = tuple(collation.tokens[row].forms[i] for i in cells)
        groups.setdefault(form, {})[collation.sigla[row]] = spans
    texts = dict(zip(collation.sigla, (t.text for t in collation.tokens), strict=True))
    readings = [_reading(w, texts, number) for number, w in enumerate(groups.values())]
    start = next((w[s][0].start for w in groups.values() for s in sorted(w) if w[s]), 0)
    number = next(
        (str(n) for n, t in enumerate(division.turns, 1) if start < t.span.end), "heading"
    )
    name = digest(repr([sorted(r.witnesses.items()) for r in readings]))[:12]
    texts_here = " ".join(r.text for r in readings)
    kind = _kind(texts_here)
    return Locus(
        name, number, kind, collation.sigla[base], tuple(readings), columns, None, ("hand-made",)
    )


def _kind(text: str) -> str:
    if re.search(r"[a-z]0|0[a-z]|Corn", text):
        return "ocr"
    if re.search(r"\d", text):
        return "number"
    if "[" in text:
        return "bracketed insertion"
    return "wording" if re.search(r"\w", text) else "punctuation"


def _reading(
    witnesses: Mapping[str, tuple[Span, ...]], texts: Mapping[str, str], number: int
) -> Reading:
    first = min(witnesses)
    words = " ".join(" ".join(span.of(texts[first]) for span in witnesses[first]).split())
    absence = None if words else Absence.UNEXPLAINED
    if not number:
        return Reading(words, dict(witnesses), absence)
    ocr = bool(re.search(r"[a-z]0|Corn", words))
    return Reading(
        words,
        dict(witnesses),
        absence,
        Operation.OMISSION if absence else Operation.SUBSTITUTION,
        Feature.NUMBER if re.search(r"\d", words) and not ocr else Feature.WORDING,
        Significance.ACCIDENTAL if ocr else Significance.SUBSTANTIVE,
        Cause.OCR if ocr else Cause.UNKNOWN,
        ("differs in form",),
    )


def with_everything(made: Apparatus) -> Apparatus:
    """The same with a move and, in a last locus, every kind of absence that can be told."""
    width = len(made.collation)
    move = Move(Span(3, 5), Span(width - 2, width), ("W",), ("O1",), ((3, width - 2),))
    absences = list(Absence)
    extra = tuple(
        Locus(
            f"absence{number:02}",
            "2.1",
            "absence",
            made.base,
            (
                Reading("Thank", {made.base: made.loci[0].readings[0].witnesses[made.base]}),
                Reading("", {"O1": ()}, absence, Operation.OMISSION),
            ),
            Span(width - 1, width),
        )
        for number, absence in enumerate(absences)
    )
    collation = evolve(made.collation, moves=(move,))
    return evolve(made, collation=collation, loci=(*made.loci, *extra))
