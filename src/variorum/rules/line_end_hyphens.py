"""Words broken at a line end, rejoined where somebody attests the word.

A hyphen at a line end may be the printer's or the word's own, and the page does
not say which.  The other witnesses do, and lexicons::

    extre-⏎mely        →  extremely         "extremely" stands whole in W
    Yong-⏎geon         →  Yong-geon         "yong-geon" does, "yonggeon" does not
    Marxism-Lenin-⏎ism →  Marxism-Leninism  "leninism" does
    Xqz-⏎yk            →  as it was         nobody knows it: nothing is guessed

Where a word is attested both ways, a witness of this text counts before a
lexicon, and else the joined word, since breaking words is what line ends do.
A soft hyphen (U+00AD) says of itself that it is the printer's, and needs no
witness.  The break may run over a page, with its furniture taken out before.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from variorum.rules import Context
from variorum.text import Edit, Span

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "line-end-hyphens"
VERSION = "1"
IDEMPOTENT = True

OPTIONS: Mapping[str, object] = {}

# Also the not-sign of old code pages, the double hyphen of blackletter and its look-alike, and
# the two characters that PDF software writes for a hyphen at a line end, with or without the end.
_HYPHENS = r"\-\u2010\u2011\u00ac\u2e17=\ufffe\x02"
_SOFT = "\u00ad"
_BROKEN = regex.compile(
    rf"(?<=[\p{{L}}\p{{M}}])(?P<hyphen>[{_HYPHENS}])"
    r"(?P<gap>[^\S\r\n\f]*[\r\n\f]\s{0,20}|(?<=[\ufffe\x02]))(?=\p{L})"
    rf"|(?P<soft>{_SOFT}+(?:[^\S\r\n\f]*[\r\n\f]\s{{0,20}}(?=\p{{L}}))?)"
)
_LEFT = regex.compile(r"[\p{L}\p{M}'\u2019\u2010\u2011-]+\Z")
_RIGHT = regex.compile(r"[\p{L}\p{M}'\u2019\u2010\u2011-]*[\p{L}\p{M}]")
_LONGEST = 60  # characters of half a word; longer is no word


def edits(text: str, context: Context) -> list[Edit]:
    """The breaks that somebody attests, closed."""
    made = (_closed(match, text, context) for match in _BROKEN.finditer(text))
    return [edit for edit in made if edit is not None]


def _closed(match: regex.Match[str], text: str, context: Context) -> Edit | None:
    if match["soft"]:
        return Edit(Span(*match.span()), "", "soft hyphen")
    left = _LEFT.search(text[max(0, match.start() - _LONGEST) : match.start()])
    right = _RIGHT.match(text, match.end(), match.end() + _LONGEST)
    if left is None or right is None:
        return None
    keeps, where = _verdict(left.group(), right.group(), context)
    if not where:
        return None
    note = f"attested in {where}"
    if not keeps:
        return Edit(Span(*match.span()), "", note)
    if match["hyphen"] == "-":
        return Edit(Span(*match.span("gap")), "", note)
    return Edit(Span(*match.span()), "-", note)


def _verdict(left: str, right: str, context: Context) -> tuple[bool, str]:
    """Whether the hyphen is the word's own, and who attests it ("" for nobody)."""
    joined = context.attested((left + right).lower())
    compound = context.attested(f"{left}-{right}".lower())
    if compound and (not joined or (_by_lexicon(joined) and not _by_lexicon(compound))):
        return True, compound
    if joined:
        return False, joined
    inner = left.rpartition("-")[2] + right.partition("-")[0]
    return False, context.attested(inner.lower()) if inner != left + right else ""


def _by_lexicon(where: str) -> bool:
    return where.startswith("lexicon:")
