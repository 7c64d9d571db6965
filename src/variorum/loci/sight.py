"""What the classification looks at: the collation seen by the base, and what is known around it.

Everything that is the same for all loci is found once, here: which words are
names or are attested, where labels stand, what a place is called for people.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from variorum.collation import NOTHING, Collation
from variorum.languages import negations_of
from variorum.loci.causes import Attested
from variorum.loci.confused import Measured, Repeats
from variorum.loci.known import Known, names_of
from variorum.loci.pairs import PHRASE
from variorum.loci.views import View
from variorum.ocr.taught import Taught
from variorum.text import Derived, Span, digest
from variorum.turns import Division, Label, Speaker
from variorum.witness import PAGE_BREAK, Layout, Role

__all__ = ["Sight"]


@frozen(eq=False)
class Sight:
    """One collation told against one base, with everything its loci rest on."""

    seen: View
    derived: Mapping[str, Derived]
    divisions: Mapping[str, Division]
    speakers: Sequence[Speaker]
    kinds: Mapping[str, str]
    layouts: Mapping[str, Layout] = field(factory=dict)
    taught: Mapping[str, Taught] = field(factory=dict)

    @property
    def collation(self) -> Collation:
        """The collation itself."""
        return self.seen.collation

    @cached_property
    def base(self) -> str:
        """The siglum of the base."""
        return self.collation.sigla[self.seen.base]

    @cached_property
    def revisions(self) -> Mapping[str, str]:
        """The digest of each witness's text as read."""
        rows = zip(self.collation.sigla, self.collation.tokens, strict=True)
        return {siglum: digest(tokens.text) for siglum, tokens in rows}

    @cached_property
    def machine(self) -> tuple[bool, ...]:
        """By row, whether a machine read the witness from an image."""
        return tuple(self.kinds.get(siglum) == "ocr" for siglum in self.collation.sigla)

    @cached_property
    def known(self) -> Known:
        """Names, negations, the hands, what stands in brackets."""
        keys = dict(zip(self.seen.names, self.seen.keys, strict=True))
        forms: Counter[str] = Counter()
        for tokens in self.collation.tokens:
            forms.update(tokens.forms)
        return Known(
            names_of(self.collation.tokens[self.seen.base], self.speakers),
            negations_of(forms),
            {
                row: frozenset(keys[form] for form in set(tokens.forms))
                for row, tokens in enumerate(self.collation.tokens)
                if not self.machine[row]
            },
            frozenset(self._identified()),
        )

    def _identified(self) -> Iterable[str]:
        opening, closing = self.seen.brackets
        if not opening or not closing:
            return
        for row in range(len(self.machine)):
            forms = self.seen.forms[:, row]
            forms = forms[forms >= 0]
            for at in np.flatnonzero(np.isin(forms, opening)).tolist():
                inside: list[str] = []
                for form in forms[at + 1 : at + 2 + 2 * PHRASE].tolist():
                    if form in closing:
                        yield "".join(inside)
                        break
                    inside.append(self.seen.keys[form])

    @cached_property
    def attested(self) -> Attested:
        """The words of witnesses that are not machine-read, or that two machines agree in."""
        rows = zip(self.collation.tokens, self.machine, strict=True)
        sound = [tokens.forms for tokens, machine in rows if not machine]
        agreed = 1 if sound else 2
        forms: Counter[str] = Counter()
        for own in sound or [tokens.forms for tokens in self.collation.tokens]:
            forms.update(own if sound else set(own))
        kept = {form: count for form, count in forms.items() if count >= agreed}
        keys = dict(zip(self.seen.names, self.seen.keys, strict=True))
        words: Counter[str] = Counter()
        for form, count in kept.items():
            words[keys[form]] += count
        marks = frozenset(char for form in kept for char in form if not char.isalnum())
        return Attested(words, kept, marks)

    @cached_property
    def measured(self) -> Mapping[str, Measured]:
        """By siglum, what copies were measured to read for what, and how to leave a place out."""
        return {
            siglum: Measured(taught, self._is_of(taught, siglum), self._repeats(siglum))
            for siglum, taught in self.taught.items()
            if siglum in self.revisions
        }

    def _is_of(self, taught: Taught, siglum: str) -> bool:
        """Whether it was this very text that was measured, or pages of it."""
        text = self.collation.tokens[self.collation.row(siglum)].text
        return self.revisions[siglum] in taught.copies or any(
            digest(page) in taught.copies for page in text.split(PAGE_BREAK) if page.strip()
        )

    def _repeats(self, siglum: str) -> Repeats:
        """Counts the columns where a witness has one form where another has another."""
        row, found = self.collation.row(siglum), Counter[tuple[str, str]]()
        for forms in self.seen.forms.tolist():
            own = self.seen.names[forms[row]] if forms[row] >= 0 else ""
            others = {self.seen.names[form] for form in forms if form not in (forms[row], NOTHING)}
            found.update({_paired(other, own) for other in others} if own else ())
        return lambda right, wrong: max(1, found[_paired(right, wrong)])

    @cached_property
    def columns(self) -> tuple[NDArray[np.intp], ...]:
        """By row, the column of each token, moved words where the base has them."""
        out = []
        for row, tokens in enumerate(self.collation.tokens):
            there = np.flatnonzero(self.seen.table[:, row] != NOTHING)
            columns = np.zeros(len(tokens), dtype=np.intp)
            columns[self.seen.table[there, row]] = there
            out.append(columns)
        return tuple(out)

    @cached_property
    def labels(self) -> tuple[tuple[tuple[Span, Label], ...], ...]:
        """By row, the speakers' labels with their tokens (from, to)."""
        return tuple(
            tuple(self._labels_of(row, self.divisions.get(siglum)))
            for row, siglum in enumerate(self.collation.sigla)
        )

    def _labels_of(self, row: int, division: Division | None) -> Iterable[tuple[Span, Label]]:
        tokens = self.collation.tokens[row]
        for turn in division.turns if division else ():
            if turn.label is not None:
                first = int(np.searchsorted(tokens.starts, turn.label.span.start))
                after = int(np.searchsorted(tokens.starts, turn.label.span.end))
                if first < after:
                    yield Span(first, after), turn.label

    @cached_property
    def label_starts(self) -> tuple[list[int], ...]:
        """By row, the first tokens of the labels."""
        return tuple([span.start for span, _ in labels] for labels in self.labels)

    def label(self, row: int, span: Span) -> Label | None:
        """The label of a witness that holds all its words in a range of columns."""
        if not self.labels[row]:
            return None
        own = self.seen.table[span.start : span.end, row]
        own = own[own != NOTHING]
        if not len(own):
            return None
        number = bisect_right(self.label_starts[row], int(own[0])) - 1
        if number < 0:
            return None
        at, label = self.labels[row][number]
        return label if int(own[-1]) < at.end else None

    @cached_property
    def references(self) -> tuple[list[int], list[str]]:
        """Starts in the base's text, and what each is called for people."""
        division = self.divisions.get(self.base)
        if division is None:
            return [0], ["1.1"]
        found = [
            (stretch.span.start, str(stretch.role))
            for stretch in division.stretches
            if stretch.role not in (Role.TURN, Role.STAGE, Role.FURNITURE)
        ]
        for number, turn in enumerate(division.turns, 1):
            found += [(p.start, f"{number}.{n}") for n, p in enumerate(turn.paragraphs, 1)]
            if not turn.paragraphs or turn.span.start < turn.paragraphs[0].start:
                found.append((turn.span.start, f"{number}.1"))
        found = sorted(found) or [(0, "1.1")]
        return [start for start, _ in found], [name for _, name in found]

    def reference(self, span: Span) -> str:
        """Turn and paragraph of the base at a range of columns (or before it)."""
        here = self.seen.table[span.start : span.end, self.seen.base]
        filled = here[here != NOTHING]
        index = int(filled[0]) if len(filled) else self.before(span.start, self.seen.base)
        tokens = self.collation.tokens[self.seen.base]
        at = int(tokens.starts[index]) if 0 <= index < len(tokens) else 0
        starts, names = self.references
        return names[max(0, bisect_right(starts, at) - 1)]

    @cached_property
    def _last(self) -> NDArray[np.int32]:
        return np.maximum.accumulate(self.collation.table, axis=0)

    def before(self, column: int, row: int) -> int:
        """The last token of a witness before a column, or -1."""
        return int(self._last[column - 1, row]) if column > 0 else NOTHING

    def spans(self, span: Span, row: int, indices: Sequence[int]) -> tuple[Span, ...]:
        """The stretches of a witness's tokens *indices*, those it has in a range of columns.

        An empty one, where it would be, if there are none.
        """
        tokens = self.collation.tokens[row]
        if len(indices) == 1 and not tokens.pieces:
            return (Span(int(tokens.starts[indices[0]]), int(tokens.ends[indices[0]])),)
        if not indices:
            before = self.before(span.start, row)
            at = int(tokens.ends[before]) if before >= 0 else 0
            return (Span(at, at),)
        return _closed_up(tokens.text, [piece for i in indices for piece in tokens.spans(i)])

    def written(self, row: int, spans: Iterable[Span]) -> str:
        """Stretches of a witness as written, white space folded to single spaces."""
        text = self.collation.tokens[row].text
        return " ".join(" ".join(span.of(text) for span in spans).split())

    def sureness(self, siglum: str, spans: Sequence[Span]) -> float:
        """The engine's mean confidence (0–1) in the words of some stretches; 1 if unknown."""
        layout = self.layouts.get(siglum)
        if layout is None:
            return 1.0
        found: list[float] = []
        for span in spans:
            at = bisect_right(layout.words, span.start, key=lambda word: word.span.end)
            for word in islice(layout.words, at, None):
                if word.span.start >= span.end:
                    break
                found += [] if word.confidence is None else [word.confidence]
        return sum(found) / len(found) if found else 1.0


def _paired(right: str, wrong: str) -> tuple[str, str]:
    """Two forms without their case, unless it is all that parts them."""
    lower = right.lower(), wrong.lower()
    return lower if lower[0] != lower[1] else (right, wrong)


def _closed_up(text: str, pieces: Sequence[Span]) -> tuple[Span, ...]:
    """Pieces with nothing but white space between them as one."""
    out = [pieces[0]]
    for piece in pieces[1:]:
        last = out[-1]
        if piece.start >= last.end and not text[last.end : piece.start].strip():
            out[-1] = Span(last.start, piece.end)
        else:
            out.append(piece)
    return tuple(out)
