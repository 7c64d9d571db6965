"""The apparatus: everything an exporter receives, with no format in it.

No exporter looks behind this value.  It holds the witnesses as read, how each
is divided, the collation, the beads, the loci and the figures of closeness,
under one fingerprint.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from variorum.aligners import Bead
from variorum.collation import Collation
from variorum.errors import ApparatusError
from variorum.loci import Locus
from variorum.text import Derived
from variorum.turns import Division, Speaker
from variorum.witness import Witness

__all__ = ["Apparatus"]


@frozen(eq=False)
class Apparatus:
    """One collated edition.  Witnesses stand in the edition's order, base named by siglum.

    ``derived`` and ``divisions`` are by siglum; a witness with ready-made
    tokens has an empty chain of rules.  ``closeness`` gives, for each pair of
    sigla in order, the share (0–1) of aligned places where both have the same
    compared form.  ``fingerprint`` is JSON-able: settings, versions, digests,
    and under ``"id"`` the digest of all that.
    """

    title: str
    base: str = field()
    witnesses: tuple[Witness, ...]
    derived: Mapping[str, Derived]
    divisions: Mapping[str, Division]
    speakers: tuple[Speaker, ...]
    collation: Collation
    beads: tuple[Bead, ...]
    loci: tuple[Locus, ...]
    closeness: Mapping[tuple[str, str], float]
    fingerprint: Mapping[str, object]
    notes: tuple[str, ...] = ()  # what the run wants a person to know, a sentence each

    @base.validator
    def _known(self, _: object, base: str) -> None:
        if base not in {witness.siglum for witness in self.witnesses}:
            raise ApparatusError(f"the base {base!r} is no witness of this edition")
