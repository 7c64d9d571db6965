"""The shelf of aligners: beads, the groups of turns that belong together.

An aligner is a module with ``NAME``, ``VERSION`` and ``align(...)``.  In one
language the tokens are collated first and the turns are read off
(``same_language``); across languages sentences are aligned.

How to add one, in six steps (and what you see if you skip one):

1. Write ``aligners/NAME.py`` with the three names (else: the contracts test
   fails with "no attribute 'align'").
2. Add its line to ``ALIGNERS`` (else: it cannot be asked for).
3. Make its beads cover every turn once (else: ``AlignmentError``).
4. Let ``tests/aligners/test_NAME.py`` hold goldens one can read.
5. Add its score to a benchmark with gold beads (else: review will ask).
6. Say in ``CHANGELOG.md`` what users can now align.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from variorum.text import Span

__all__ = ["ALIGNERS", "Bead"]

ALIGNERS: Mapping[str, str] = {"same-language": "variorum.aligners.same_language"}
"""What there is: name → module, loaded when asked for."""


@frozen
class Bead:
    """Turns that belong together across witnesses; spans of each text as read.

    ``turn`` is the number of the base's turn (from 1), nothing for what is no
    turn of the base; ``role`` says what it is.  A witness that has nothing
    here is not in ``witnesses``; several spans are several stretches.
    ``move`` says that some witness has it elsewhere.  ``confidence`` (0–1) is
    the share of the bead's tokens that stand aligned with their counterpart.
    """

    id: str
    turn: int | None
    role: str
    speaker: str | None
    witnesses: Mapping[str, tuple[Span, ...]]
    move: bool
    confidence: float
