"""Labels, roles and turns: who speaks where, and what is not speech at all.

(The values; recognition is completed by the room's author.)
"""

from __future__ import annotations

from attrs import field, frozen

from variorum.errors import TurnError
from variorum.text import Span
from variorum.witness import Role, Stretch

__all__ = ["Division", "Label", "Speaker", "Turn"]


@frozen
class Speaker:
    """A person who speaks: a stable id and the forms the name is found in, best first."""

    id: str
    names: tuple[str, ...]


@frozen
class Label:
    """A speaker label as it stands in the text as read, colon included."""

    span: Span
    speaker: str  # id
    written: str
    evidence: str  # "exact", "like 'Comrade Enver Hoxha:' (.91)"


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
