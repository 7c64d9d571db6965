"""Markdown: the text as read is the file itself; its marks are furniture upon it.

Offsets must index what stands in the file, so nothing is stripped.  The signs
that only say how words look are stretches of furniture, which stay out of the
collation, and a heading has its role::

    text as read   ## Notes taken **during** a [meeting](notes.html)
    furniture      ├─┤            ├┤      ├┤   │       ├───────────┤
    heading        ├────────────────────────────────────────────────
"""

from __future__ import annotations

from pathlib import PurePath

import regex

from variorum.errors import ReadingError
from variorum.readers import decode, received, single
from variorum.text import Span
from variorum.witness import Layout, Page, Role, Stretch, Witness

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "markdown"
VERSION = "1"

_HEADING = regex.compile(r"(?m)^(#{1,6}[ \t]+)([^\n]*?)([ \t]+#+)?[ \t]*$")
_MARKS = regex.compile(
    r"(?m)(?<![\p{L}\p{N}*_])(?<open>\*{1,3}|_{1,3})(?=\S)(?<inner>[^*_\n]+?)(?<=\S)"
    r"(?<close>(?P=open))(?![\p{L}\p{N}*_])"
)
_LINK = regex.compile(r"(?<open>!?\[)(?<inner>[^\]\n]+)(?<close>\]\([^)\n]*\))")
_LINE = regex.compile(r"(?m)^(?:>[ \t]?)+|^[ \t]*(?:[-*_][ \t]*){3,}$|^```[^\n]*$")


def recognise(name: str, data: bytes) -> str:
    """Take files named .md or .markdown."""
    if PurePath(name).suffix.lower() not in {".md", ".markdown"}:
        return "the name does not end in .md"
    try:
        decode(name, data)
    except ReadingError as error:
        return f"{error.what}, {error.remedy}"
    return ""


def read(name: str, data: bytes) -> tuple[Witness, ...]:
    """One witness with headings and furniture marked."""
    text, encoding = decode(name, data)
    roles = []
    for match in _HEADING.finditer(text):
        roles.append(_stretch(match.span(2), Role.HEADING))
        roles += [_stretch(match.span(part), Role.FURNITURE) for part in (1, 3) if match[part]]
    for pattern in (_MARKS, _LINK):
        for match in pattern.finditer(text):
            roles += [_stretch(match.span(p), Role.FURNITURE) for p in ("open", "close")]
    roles += [_stretch(match.span(), Role.FURNITURE) for match in _LINE.finditer(text)]
    layout = Layout((Page(Span(0, len(text)), name),), roles=tuple(sorted(roles)))
    return single(name, text, layout, received(name, data, NAME, VERSION, encoding))


def _stretch(span: tuple[int, int], role: Role) -> Stretch:
    return Stretch(Span(*span), role, "Markdown")
