"""Albanian spelling, as compared: ë and ç without their marks, old forms as new.

Typewriters without ë, hurried typists and OCR with another language's model
lose the two marked letters; texts from before the standard of 1972 spell some
of the commonest words in another way::

    është · eshte · âsht · asht   →   eshte          një · nji   →   nje

Only words that stand alone are taken as old forms; the table is ``forms`` and
an edition may bring its own.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from variorum.rules import Context
from variorum.text import Edit, Span

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "orthography-albanian"
VERSION = "1"
IDEMPOTENT = True
FORMS: Mapping[str, str] = {
    "asht": "eshte",
    "\u00e2sht": "eshte",
    "\u00e2sht\u00eb": "eshte",
    "nji": "nje",
    "njij": "nje",
    "ndonji": "ndonje",
    "asnji": "asnje",
    "gjithnji": "gjithnje",
    "ken\u00eb": "qene",
    "ken": "qene",
}
"""Forms from before the standard, in small letters, and today's form as compared."""

OPTIONS: Mapping[str, object] = {"forms": FORMS}

_LETTERS = {"\u00eb": "e", "\u00cb": "E", "\u00e7": "c", "\u00c7": "C"}
_WORD = regex.compile(r"[\p{L}\p{M}]+")


def edits(text: str, _context: Context, *, forms: Mapping[str, str] = FORMS) -> list[Edit]:
    """Words in today's spelling without diaereses and cedillas."""
    return [edit for word in _WORD.finditer(text) for edit in _respelled(word, forms)]


def _respelled(word: regex.Match[str], forms: Mapping[str, str]) -> list[Edit]:
    written, at = word.group(), word.start()
    today = forms.get(written.lower())
    if today is not None:
        capital = today.upper() if written.isupper() else today[0].upper() + today[1:]
        return [Edit(Span(*word.span()), today if written.islower() else capital, "old form")]
    return [
        Edit(Span(at + i, at + i + 1), _LETTERS[letter])
        for i, letter in enumerate(written)
        if letter in _LETTERS
    ]
