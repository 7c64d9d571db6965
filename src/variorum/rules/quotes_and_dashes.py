"""Quotation marks, apostrophes and dashes, as compared.

Typists, typesetters and OCR engines disagree about their shapes, not about
their sense, and no two copies have the same::

    “not even the cannons can budge, “as   →   "not even the cannons can budge, "as
    Tito’s reign — 1959–60 -- then         →   Tito's reign – 1959-60 – then

All dashes become one dash rather than a hyphen, since a hyphen would join the
words beside it into one; between two digits, and in place of a hyphen set as
another character, it is a hyphen.  The Hebrew geresh and the corner brackets
of East Asia are left alone: they are other signs, not other shapes.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from variorum.rules import Context, replaced
from variorum.text import Edit

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "quotes-and-dashes"
VERSION = "1"
IDEMPOTENT = True
OPTIONS: Mapping[str, object] = {}

_SINGLE = "\u2018\u2019\u201a\u201b\u2039\u203a\u02bc\u2032\u00b4\u0060"
_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e"
_DASHES = "\u2012\u2014\u2015"
_DASH = "\u2013"
_HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d"
_ANY = f"[-{_HYPHENS}]"

# Two or three hyphens, or one that stands free between words, were typed for a dash.
_FOUND = regex.compile(
    rf"(?P<hyphen>(?<=\d)(?:[{_DASHES}{_DASH}]|{_ANY}{{2,3}})(?=\d))"
    rf"|(?P<dash>(?<!{_ANY}){_ANY}{{2,3}}(?!{_ANY})"
    rf"|(?<=[^-\s{_HYPHENS}][ ]){_ANY}(?=[ ][^-\s{_HYPHENS}])"
    rf"|[{_DASHES}])"
    rf"|(?P<minus>[{_HYPHENS}])"
    rf"|(?P<double>['{_SINGLE}]{{2}}|,,|[{_DOUBLE}])"
    rf"|(?P<single>[{_SINGLE}])"
)
_PLAIN = {"hyphen": "-", "dash": _DASH, "minus": "-", "double": '"', "single": "'"}


def edits(text: str, _context: Context) -> list[Edit]:
    """Each mark by its plain shape."""
    return replaced(_FOUND, lambda match: _PLAIN[str(match.lastgroup)], text)
