"""What the report's script reads: the apparatus as plain lists, offsets as browsers count.

Browsers count UTF-16 units, the package counts code points; the border is
here and nowhere else (``Units``).  Everything repeated (kinds, features,
evidence) stands once in ``"words"`` and is pointed at by number, since twenty
thousand loci are otherwise twice the size::

    loci      [id, turn, kind, section, column, lemma, [evidence…], [reading…], columns]
    reading   [text, absence, operation, feature, significance, cause, [evidence…],
               [[witness, [start, end…], [mark start, mark end…]]…]]
    sections  [title, turn, role, moved, column, [[start, end…] a witness]]
    tokens    a witness: [gap, length, columns on…] flat, from the end of the token before

A *section* is what the page draws at once: a bead, or a part of a long one.
Its spans are paragraphs.  *Marks* are the characters of a reading that differ
from the base's (``marks.py``); on the base's side, those that some other
witness has otherwise.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import regex

from variorum.apparatus import Apparatus, citations
from variorum.collation import NOTHING
from variorum.exporters.report.kinds import FAMILIES, families
from variorum.exporters.report.marks import different, folded, merged, placed
from variorum.exporters.report.sections import Section, sections
from variorum.loci import Absence, Cause, Feature, Locus, Operation, Reading, Significance
from variorum.text import Derived, Span

__all__ = ["data"]


class Units:
    """Code points of one text as UTF-16 units: each character beyond U+FFFF counts twice."""

    def __init__(self, text: str) -> None:
        self._astral = [] if text.isascii() else [i for i, c in enumerate(text) if ord(c) > 0xFFFF]

    def at(self, offset: int) -> int:
        """The offset as browsers count it."""
        return offset + bisect_left(self._astral, offset)

    def flat(self, spans: Iterable[Span]) -> list[int]:
        """Starts and ends in one list."""
        return [self.at(at) for span in spans for at in (span.start, span.end)]


class Words:
    """Strings that are told once and pointed at by number, in order of first use."""

    def __init__(self, *first: str) -> None:
        self._numbers = {word: number for number, word in enumerate(first)}

    def number(self, word: str) -> int:
        """The number of *word*, which is added if it is new."""
        return self._numbers.setdefault(word, len(self._numbers))

    def told(self) -> list[str]:
        """The strings in the order of their numbers."""
        return list(self._numbers)


def data(apparatus: Apparatus) -> dict[str, object]:
    """The page's data block as JSON-able values."""
    sigla = [w.siglum for w in apparatus.witnesses]
    units = {w.siglum: Units(w.text.chars) for w in apparatus.witnesses}
    cut = sections(apparatus)
    evidence = Words()
    kinds = families(apparatus.loci)
    loci = _Loci(apparatus, cut, units, evidence, list(kinds)).told()
    return {
        "base": sigla.index(apparatus.base),
        "witnesses": [
            [w.siglum, w.description.language, int(w.description.synthetic)]
            for w in apparatus.witnesses
        ],
        "texts": [w.text.chars for w in apparatus.witnesses],
        "tokens": [_tokens(apparatus, siglum, units[siglum]) for siglum in sigla],
        "forms": [_forms(apparatus, siglum) for siglum in sigla],
        "apart": [units[s].flat(_furniture(apparatus, s)) for s in sigla],
        "joined": [units[s].flat(_joined(apparatus, s)) for s in sigla],
        "labels": [units[s].flat(_labels(apparatus, s)) for s in sigla],
        "pages": [
            [units[w.siglum].at(p.span.start) for p in w.layout.pages[1:]]
            for w in apparatus.witnesses
        ],
        "columns": len(apparatus.collation),
        "sections": [_section(section, sigla, units) for section in cut],
        "words": {
            "kinds": list(kinds),
            "families": list(kinds.values()),
            "letters": [family.letter for family in FAMILIES],
            "names": [family.name for family in FAMILIES],
            "absence": list(Absence),
            "operation": list(Operation),
            "feature": list(Feature),
            "significance": list(Significance),
            "cause": list(Cause),
            "evidence": evidence.told(),
        },
        "loci": loci,
    }


def _furniture(apparatus: Apparatus, siglum: str) -> tuple[Span, ...]:
    division = apparatus.divisions.get(siglum)
    return division.furniture() if division else ()


def _tokens(apparatus: Apparatus, siglum: str, units: Units) -> list[int]:
    if siglum not in apparatus.collation.sigla:
        return []
    row = apparatus.collation.row(siglum)
    tokens = apparatus.collation.tokens[row]
    columns = np.flatnonzero(apparatus.collation.table[:, row] != NOTHING).tolist()
    out: list[int] = []
    at = column = 0
    for start, end, here in zip(tokens.starts.tolist(), tokens.ends.tolist(), columns, strict=True):
        first, last = units.at(start), units.at(end)
        out += (first - at, last - first, here - column)
        at, column = last, here
    return out


def _forms(apparatus: Apparatus, siglum: str) -> list[list[object]]:
    """Tokens whose compared form is not as written; with how they are written, if in pieces."""
    if siglum not in apparatus.collation.sigla:
        return []
    tokens = apparatus.collation.tokens[apparatus.collation.row(siglum)]
    pairs = zip(tokens.starts.tolist(), tokens.ends.tolist(), tokens.forms, strict=True)
    return [
        [i, n, tokens.written(i)] if i in tokens.pieces else [i, n]
        for i, (start, end, n) in enumerate(pairs)
        if tokens.text[start:end] != n
    ]


def _joined(apparatus: Apparatus, siglum: str) -> Iterator[Span]:
    """Where a rule took a line break out of the middle of a word."""
    derived = apparatus.derived.get(siglum) or Derived.of("")
    for run in derived.runs:
        if run.kept or not len(run.base):
            continue
        written = run.base.of(derived.base)
        if "\n" in written and not regex.search(r"\s", run.result.of(derived.result)):
            yield run.base


def _labels(apparatus: Apparatus, siglum: str) -> Iterator[Span]:
    division = apparatus.divisions.get(siglum)
    return (turn.label.span for turn in (division.turns if division else ()) if turn.label)


def _section(section: Section, sigla: Sequence[str], units: Mapping[str, Units]) -> list[object]:
    spans = [units[s].flat(section.paragraphs.get(s, ())) for s in sigla]
    return [section.title, section.turn, section.role, int(section.move), section.column, spans]


_NUMBERS: Mapping[str, int] = {
    word: number
    for words in (Absence, Operation, Feature, Significance, Cause)
    for number, word in enumerate(words)
}
"""Where each word stands in its own list; no word stands in two of them."""


def _number(word: str | None) -> int | None:
    return None if word is None else _NUMBERS[word]


class _Loci:
    """Loci with their places on the page: section, column, spans and marks."""

    def __init__(
        self,
        apparatus: Apparatus,
        cut: Sequence[Section],
        units: Mapping[str, Units],
        evidence: Words,
        kinds: Sequence[str],
    ) -> None:
        self._apparatus = apparatus
        self._units = units
        self._evidence = evidence
        self._kinds = {kind: number for number, kind in enumerate(kinds)}
        self._numbers = {w.siglum: number for number, w in enumerate(apparatus.witnesses)}
        self._texts = {w.siglum: w.text.chars for w in apparatus.witnesses}
        self._columns = {
            siglum: np.flatnonzero(apparatus.collation.table[:, row] != NOTHING)
            for row, siglum in enumerate(apparatus.collation.sigla)
        }
        self._tokens = dict(zip(apparatus.collation.sigla, apparatus.collation.tokens, strict=True))
        self._sections = _starts(cut)
        self._originals = [(t.source, t.target, citations(t)) for t in apparatus.translations]

    def told(self) -> list[list[object]]:
        """All loci in their order."""
        return [self._locus(locus) for locus in self._apparatus.loci]

    def _locus(self, locus: Locus) -> list[object]:
        spans = {
            siglum: tuple(merged(self._texts[siglum], there)) or (self._gap(siglum, locus),)
            for reading in locus.readings
            for siglum, there in reading.witnesses.items()
        }
        marks = self._marks(locus, spans)
        lead = locus.base if locus.base in spans else min(spans, default=locus.base)
        return [
            locus.id,
            locus.turn,
            self._kinds[locus.kind],
            self._section(lead, spans),
            self._column(lead, spans, locus),
            locus.lemma,
            [self._evidence.number(e) for e in (*locus.evidence, *self._cited(locus))],
            [self._reading(reading, spans, marks) for reading in locus.readings],
            len(locus.columns),
        ]

    def _cited(self, locus: Locus) -> Iterator[str]:
        """What an original has here, as one cites it."""
        for source, target, cited in self._originals:
            spans = [s for r in locus.readings for s in r.witnesses.get(target, ())]
            found = sorted({each for span in spans for each in cited(span)})
            words = " … ".join(" ".join(span.of(self._texts[source]).split()) for span in found)
            if words:
                yield f"cf. {source}: “{words}”"

    def _reading(
        self,
        reading: Reading,
        spans: Mapping[str, Sequence[Span]],
        marks: Mapping[str, Sequence[Span]],
    ) -> list[object]:
        return [
            reading.text,
            _number(reading.absence),
            _number(reading.operation),
            _number(reading.feature),
            _number(reading.significance),
            _number(reading.cause),
            [self._evidence.number(e) for e in reading.evidence],
            [
                [
                    self._numbers[siglum],
                    self._units[siglum].flat(spans[siglum]),
                    self._units[siglum].flat(marks.get(siglum, ())),
                ]
                for siglum in sorted(reading.witnesses, key=self._numbers.__getitem__)
            ],
        ]

    def _gap(self, siglum: str, locus: Locus) -> Span:
        """Where a witness has nothing: after its last token before the locus."""
        if siglum not in self._columns:
            return Span(0, 0)
        before = int(np.searchsorted(self._columns[siglum], locus.columns.start))
        at = int(self._tokens[siglum].ends[before - 1]) if before else 0
        return Span(at, at)

    def _section(self, siglum: str, spans: Mapping[str, Sequence[Span]]) -> int:
        starts, numbers = self._sections.get(siglum, ((), ()))
        if siglum not in spans or not starts:
            return 0
        return numbers[max(0, bisect_right(starts, spans[siglum][0].start) - 1)]

    def _column(self, siglum: str, spans: Mapping[str, Sequence[Span]], locus: Locus) -> int:
        """The place on the strip; a locus without columns stands where its first word stands."""
        if len(locus.columns) or siglum not in spans or siglum not in self._columns:
            return locus.columns.start
        columns = self._columns[siglum]
        token = int(np.searchsorted(self._tokens[siglum].starts, spans[siglum][0].start))
        return int(columns[token]) if token < len(columns) else len(self._apparatus.collation)

    def _marks(
        self, locus: Locus, spans: Mapping[str, Sequence[Span]]
    ) -> Mapping[str, tuple[Span, ...]]:
        """What differs inside each variant; on the base's side, what differs from any of them."""
        base = locus.base
        if base not in spans:
            return {}
        ours, places = folded(self._texts[base], spans[base])
        marks: dict[str, tuple[Span, ...]] = {}
        touched: set[tuple[int, int]] = set()
        for reading in locus.readings:
            if base in reading.witnesses:
                continue
            for siglum in reading.witnesses:
                theirs, there = folded(self._texts[siglum], spans[siglum])
                lost, new = different(ours, theirs)
                touched.update(lost)
                marks[siglum] = tuple(placed(new, there))
        marks[base] = tuple(placed(sorted(touched), places))
        return marks


def _starts(cut: Sequence[Section]) -> dict[str, tuple[list[int], list[int]]]:
    """For each witness where its stretches begin, in order, and the section of each."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, section in enumerate(cut):
        for siglum, spans in section.paragraphs.items():
            found.setdefault(siglum, []).extend((span.start, number) for span in spans)
    return {
        siglum: ([start for start, _ in sorted(pairs)], [number for _, number in sorted(pairs)])
        for siglum, pairs in found.items()
    }
