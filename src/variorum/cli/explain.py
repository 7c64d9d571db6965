"""``variorum explain``: rule by rule, what normalisation did to a witness."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from variorum.cli import DONE
from variorum.errors import UsageError

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """EDITION, SIGLUM."""
    parser.add_argument("edition", metavar="EDITION", help="an edition folder")
    parser.add_argument("siglum", metavar="SIGLUM", help="a witness of it")


def run(options: argparse.Namespace) -> int:
    """Print the rules with their counts, every change in the order of the text, and the roles."""
    from variorum.edition import explained, opened

    settings, witnesses = opened(Path(options.edition))
    by_siglum = {witness.siglum: witness for witness in witnesses}
    if options.siglum not in by_siglum:
        raise UsageError(
            f"no witness {options.siglum!r}", remedy=f"one of {', '.join(sorted(by_siglum))}"
        )
    changes, division = explained(settings, witnesses, options.siglum)
    recipe = settings.recipes[options.siglum]
    counts = Counter(change.rule for change in changes)
    print(f"{options.siglum}, recipe {recipe.name}")
    for step in recipe.steps:
        print(f"  {step.rule:24} {counts[step.rule]:6,}")
    print("\nchanges: place, rule, before → after, why")
    for change in changes:
        place = f"{change.base.start}-{change.base.end}"
        note = f"  ({change.note})" if change.note else ""
        print(
            f"  {place:>13} {change.rule:22} {_shown(change.before)} → {_shown(change.after)}{note}"
        )
    if division is not None:
        print("\nroles")
        text = by_siglum[options.siglum].text.chars
        for stretch in division.stretches:
            place = f"{stretch.span.start}-{stretch.span.end}"
            said = _shown(stretch.span.of(text))
            print(f"  {place:>13} {stretch.role:16} {said}  {stretch.evidence}")
    return DONE


def _shown(text: str, most: int = 48) -> str:
    """Text in one line, its ends if it is long."""
    told = repr(text) if len(text) <= most else f"{text[: most // 2]!r} … {text[-most // 2 :]!r}"
    return told if text else "nothing"
