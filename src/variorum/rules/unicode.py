"""Canonical composition (Unicode NFC): one sequence of code points for what looks the same.

An é typed as one character and an é typed as e with an acute are one letter::

    e + U+0301   →   é        U+2126 (ohm sign)   →   Ω

The text is composed in small stretches that composition cannot reach across,
so that every change points to the few characters it concerns: nothing
composes with an ASCII character before it being ASCII itself, so a stretch is
a run of other characters with the one ASCII character it may stand on.
Within it, grapheme clusters are composed one by one where that gives the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

import regex

from variorum.rules import Context
from variorum.text import Edit, Span

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "unicode"
VERSION = "1"
IDEMPOTENT = True
OPTIONS: Mapping[str, object] = {}

_STRETCH = regex.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_CLUSTER = regex.compile(r"\X")


def edits(text: str, _context: Context) -> list[Edit]:
    """What is not composed, composed."""
    if unicodedata.is_normalized("NFC", text):
        return []
    return [edit for match in _STRETCH.finditer(text) for edit in _composed(*match.span(), text)]


def _composed(start: int, end: int, text: str) -> list[Edit]:
    whole = text[start:end]
    composed = unicodedata.normalize("NFC", whole)
    if composed == whole:
        return []
    clusters = list(_CLUSTER.finditer(text, start, end))
    parts = [unicodedata.normalize("NFC", cluster.group()) for cluster in clusters]
    if "".join(parts) != composed:
        return [Edit(Span(start, end), composed)]
    return [
        Edit(Span(*cluster.span()), part)
        for cluster, part in zip(clusters, parts, strict=True)
        if part != cluster.group()
    ]
