"""Which language a text is in, so that an editor may leave it unsaid and sees it stated.

By the classifier of ``py3langid`` (Lui & Baldwin 2012), which knows 97 languages
and brings its model along.  It is asked only where nobody named the language, and
believed only where it is sure: a wrong language would cut sentences wrongly and
look up the wrong words without a sign of it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["identified"]

SURE = 0.99
"""Probability from which the classifier is believed; of a paragraph it gives more to the right."""

ENOUGH = 20
"""Letters below which nothing can be said."""

MOST = 20_000
"""Characters looked at: far more than the classifier needs."""


def identified(text: str) -> str | None:
    """The BCP 47 tag of the language of *text*, or nothing where it is not sure."""
    part = text[:MOST]
    if sum(map(str.isalpha, part)) < ENOUGH:
        return None
    language, probability = _classifier().classify(part)
    return str(language) if float(probability) >= SURE else None


@cache
def _classifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_modelpath(MODEL_DIR / MODEL_FILE, norm_probs=True)
