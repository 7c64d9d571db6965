"""The shelf of rules: one normalisation step each, as data an edition can name.

A rule is a module with ``NAME``, ``VERSION``, ``IDEMPOTENT`` (a claim the
contracts test holds it to), ``OPTIONS`` (names and defaults) and
``edits(text, context, **options) -> list[Edit]``: edits of the text it is
given.  It never sees other rules.

(The contract's values; the shelf is completed by its author.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import field, frozen

from variorum.witness import Stretch

__all__ = ["Context", "Recipe", "Step"]


@frozen
class Context:
    """What a rule may know besides its text; immutable.

    ``roles`` are stretches of the text the rule is given (mapped forward by
    the recipe), from the reader or the editor.  ``attested`` answers whether a
    word, lower-cased, stands whole in some witness or in a lexicon, and says
    where ("W", "lexicon:en"), or "" where it does not.
    """

    language: str = ""
    roles: tuple[Stretch, ...] = ()
    attested: Callable[[str], str] = lambda _: ""


@frozen
class Step:
    """One rule with its options, as an edition names it."""

    rule: str
    options: Mapping[str, object] = field(factory=dict)


@frozen
class Recipe:
    """A named, ordered list of steps."""

    name: str
    steps: tuple[Step, ...]
