"""Labels, roles and turns: who speaks where, and what is not speech at all.

``divide`` cuts a witness into stretches that tile its text as read, each with
one role, and reads the turns off them::

    Skip to content⏎⏎                         furniture     (cut by a rule, or told)
    June 6, 1959⏎⏎                            dateline
    Comrade Enver Hoxha: We are … (laughter), because …⏎⏎The Yugoslav …⏎⏎
    ├── label ────────┤                                          1 turn, 2 paragraphs
    ├── turn ───────────────────┤├─ stage ─┤├── turn ─────────┤  3 stretches
    Note taker,⏎⏎                             closer

Everything is found in the *normalised* text (a label broken over a line end is
whole there) and told in spans of the text *as read*.  Roles told by the reader
come before what is found here, and an editor's before the reader's.  What a
witness has lost, it has lost: without labels its text is one turn of nobody,
and the turns are read off the collation later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from attrs import evolve, field, frozen

from variorum.errors import TurnError
from variorum.text import Derived, Span
from variorum.turns.labels import Label, Speaker, labels, propose
from variorum.turns.matter import back, front, is_division, stage_directions
from variorum.turns.paragraphs import Line, begins, lines
from variorum.witness import Role, Stretch

__all__ = ["Division", "Label", "Speaker", "Turn", "divide", "proposed"]


@frozen
class Turn:
    """One speaker's stretch with all its paragraphs; spans of the text as read.

    ``span`` runs from the first character of the label (or of the speech) to
    the last of the last paragraph; furniture inside it is not part of it.
    """

    span: Span
    speaker: str | None
    label: Label | None
    paragraphs: tuple[Span, ...]


@frozen
class Division:
    """A witness cut up: stretches tile the text as read, turns lie within those of role *turn*."""

    length: int
    stretches: tuple[Stretch, ...] = field()
    turns: tuple[Turn, ...] = ()

    @stretches.validator
    def _tile(self, _: object, stretches: tuple[Stretch, ...]) -> None:
        at = 0
        for stretch in stretches:
            if stretch.span.start != at:
                raise TurnError(f"roles leave a gap or overlap at {at}")
            at = stretch.span.end
        if at != self.length:
            raise TurnError(f"roles end at {at}, the text at {self.length}")

    def furniture(self) -> tuple[Span, ...]:
        """What stays out of the collation."""
        return tuple(s.span for s in self.stretches if s.role is Role.FURNITURE)


@frozen
class _Paragraph:
    """A paragraph of the result: its text, its label if it has one, its role if it was told."""

    span: Span
    text: str
    label: Label | None
    told: Role | None


def divide(
    derived: Derived,
    *,
    roles: Sequence[Stretch] = (),
    overruled: Sequence[Stretch] = (),
    speakers: Sequence[Speaker] = (),
) -> Division:
    """The roles and turns of a witness.

    *roles* come from its reader, *overruled* from the editor, both in spans of
    the text as read; *speakers* are those of the edition, and are proposed
    from the text itself where there are none.
    """
    told = _over(_over((), sorted(roles)), sorted(overruled))
    apart = _furniture(derived, told)
    found, starts = _laid_out(derived, apart)
    known = tuple(speakers) or propose(found, starts)
    paragraphs = _paragraphs(derived, found, starts, labels(derived, found, starts, known), told)
    given = _roles(paragraphs)
    stretches = _over(_territories(derived, paragraphs, given), _stages(derived, paragraphs, given))
    stretches = _over(_over(stretches, told), [Stretch(s, Role.FURNITURE, e) for s, e in apart])
    tiles = tuple(_settled(derived.base, stretches))
    return Division(len(derived.base), tiles, tuple(_turns(derived, paragraphs, given)))


def proposed(derived: Derived, roles: Sequence[Stretch] = ()) -> tuple[Speaker, ...]:
    """The speakers that the text itself names: labels that come at least twice, commonest first."""
    return propose(*_laid_out(derived, _furniture(derived, sorted(roles))))


def _laid_out(derived: Derived, apart: Iterable[tuple[Span, str]]) -> tuple[list[Line], list[bool]]:
    found = lines(derived, [derived.to_result(span) for span, _ in apart])
    return found, begins(found)


def _furniture(derived: Derived, told: Iterable[Stretch]) -> list[tuple[Span, str]]:
    """What was cut as furniture or is told to be, with the evidence, in order."""
    cut = [
        Stretch(run.base, Role.FURNITURE, ", ".join(("page-furniture", *run.notes)))
        for run in derived.runs
        if "page-furniture" in run.rules and not run.result.of(derived.result).strip()
    ]
    return [
        (stretch.span, stretch.evidence)
        for stretch in _over([stretch for stretch in cut if len(stretch.span)], sorted(told))
        if stretch.role is Role.FURNITURE
    ]


def _over(under: Sequence[Stretch], top: Sequence[Stretch]) -> list[Stretch]:
    """Stretches with others laid over them; both in order and without overlap (*top* may)."""
    cuts: list[Stretch] = []
    for stretch in top:
        start = max(stretch.span.start, cuts[-1].span.end if cuts else 0)
        if start < stretch.span.end:
            cuts.append(Stretch(Span(start, stretch.span.end), stretch.role, stretch.evidence))
    out = list(cuts)
    first = 0
    for stretch in under:
        at, end = stretch.span.start, stretch.span.end
        while first < len(cuts) and cuts[first].span.end <= at:
            first += 1
        for cut in islice(cuts, first, None):
            if cut.span.start >= end:
                break
            if cut.span.start > at:
                out.append(Stretch(Span(at, cut.span.start), stretch.role, stretch.evidence))
            at = max(at, cut.span.end)
        if at < end:
            out.append(Stretch(Span(at, end), stretch.role, stretch.evidence))
    return sorted(out)


def _settled(text: str, stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Stretches with white space left between two others joined to the one before it."""
    last: Stretch | None = None
    for stretch in stretches:
        if last and not stretch.span.of(text).strip():
            last = evolve(last, span=Span(last.span.start, stretch.span.end))
            continue
        if last:
            yield last
        last = stretch
    if last:
        yield last


def _paragraphs(
    derived: Derived,
    found: Sequence[Line],
    starts: Sequence[bool],
    labelled: dict[int, Label],
    told: Sequence[Stretch],
) -> list[_Paragraph]:
    out: list[_Paragraph] = []
    firsts = [n for n, first in enumerate(starts) if first or n in labelled]
    for first, after in pairwise([*firsts, len(found)]):
        span = Span(found[first].span.start, found[after - 1].span.end)
        text = "\n".join(line.text for line in found[first:after])
        role = _told(derived.to_base(span), told)
        out.append(_Paragraph(span, text, labelled.get(first), role))
    return out


def _told(span: Span, told: Sequence[Stretch]) -> Role | None:
    """The role told for a paragraph, that of the stretch that holds its first half."""
    middle = (span.start + span.end) // 2
    held = Span(span.start, max(middle, span.start + 1))
    return next((s.role for s in told if s.span.covers(held) and s.role is not Role.STAGE), None)


def _roles(paragraphs: Sequence[_Paragraph]) -> list[Role]:
    speech = [p.label is not None and p.told in (None, Role.TURN) for p in paragraphs]
    first = speech.index(True) if True in speech else len(paragraphs)
    last = len(speech) - speech[::-1].index(True) if True in speech else 0
    texts = [p.text for p in paragraphs]
    before = front(texts[:first], turns=True in speech)
    tail = back(texts[last:] if True in speech else texts)
    behind = [*([None] * (len(paragraphs) - len(tail))), *tail]
    found = [*before, *([None] * (len(paragraphs) - len(before)))]
    return [
        p.told or found[n] or behind[n] or (Role.HEADING if _divides(p) else Role.TURN)
        for n, p in enumerate(paragraphs)
    ]


def _divides(paragraph: _Paragraph) -> bool:
    return paragraph.label is None and is_division(paragraph.text)


def _groups(paragraphs: Sequence[_Paragraph], roles: Sequence[Role]) -> Iterator[list[int]]:
    """Paragraphs that belong together: those of one turn, or neighbours of one other role."""
    group: list[int] = []
    for number, (paragraph, role) in enumerate(zip(paragraphs, roles, strict=True)):
        spoken = role is Role.TURN and paragraph.label is not None
        if group and (spoken or roles[group[-1]] is not role):
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _territories(
    derived: Derived, paragraphs: Sequence[_Paragraph], roles: Sequence[Role]
) -> list[Stretch]:
    """Stretches that tile the text: each group up to where the next begins."""
    length = len(derived.base)
    groups = list(_groups(paragraphs, roles))
    starts = [derived.to_base(paragraphs[group[0]].span).start for group in groups]
    bounds = pairwise([0, *starts[1:], length])
    if not groups:
        return [Stretch(Span(0, length), Role.NOTE, "nothing to read")] if length else []
    return [
        Stretch(Span(start, end), roles[group[0]], _evidence(paragraphs[group[0]]))
        for group, (start, end) in zip(groups, bounds, strict=True)
        if start < end
    ]


def _evidence(paragraph: _Paragraph) -> str:
    if paragraph.label is not None:
        return f"label {paragraph.label.evidence}"
    return "told" if paragraph.told else "position and shape"


def _stages(
    derived: Derived, paragraphs: Sequence[_Paragraph], roles: Sequence[Role]
) -> list[Stretch]:
    return [
        Stretch(derived.to_base(span), Role.STAGE, "brackets")
        for paragraph, role in zip(paragraphs, roles, strict=True)
        if role is Role.TURN
        for span in stage_directions(derived.result, paragraph.span)
    ]


def _turns(
    derived: Derived, paragraphs: Sequence[_Paragraph], roles: Sequence[Role]
) -> Iterator[Turn]:
    for group in _groups(paragraphs, roles):
        if roles[group[0]] is not Role.TURN:
            continue
        label = paragraphs[group[0]].label
        spans = tuple(derived.to_base(paragraphs[number].span) for number in group)
        whole = Span(spans[0].start, spans[-1].end)
        yield Turn(whole, label.speaker if label else None, label, spans)
