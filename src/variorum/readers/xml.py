"""What the readers of XML have in common: a careful parser, and a few questions to elements.

Nothing outside the file is ever fetched and no entity resolved.  Names are
asked without their namespace, since the formats change it with every version
and what they say stays the same::

    <TextLine xmlns="…/2013-07-15">   <TextLine xmlns="…/2019-07-15">   <pc:TextLine>
                                            └ all three are "TextLine"
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import regex

from variorum.errors import ReadingError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "children",
    "decline",
    "encoding_of",
    "line_of",
    "local",
    "named",
    "parse_html",
    "parse_xml",
]

_PROLOG = regex.compile(
    r"(?s)\s*+(?:<\?.*?\?>\s*+|<!--.*?-->\s*+|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>\s*+)*+"
    r"<(?:[\w.-]+:)?([\w.-]+)"
)


def decline(data: bytes, *roots: str) -> str:
    """Nothing if *data* is XML whose root has one of these local names, else why it is not."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    start = data[:65536].decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff")
    if not start.lstrip().startswith("<"):
        return "not XML: it does not start with <"
    root = _PROLOG.match(start)
    if root is None:
        return f"no root <{roots[0]}>"
    return "" if root[1] in roots else f"the root is <{root[1][:40]}>, not <{roots[0]}>"


def parse_xml(name: str, data: bytes) -> _Element:
    """The root of an XML document; entities and anything outside the file are refused.

    Raises ``ReadingError`` with the line of the first fault.
    """
    from lxml import etree

    if (at := data.find(b"<!ENTITY", 0, 65536)) >= 0:  # before they are read: they may explode
        line = data.count(b"\n", 0, at) + 1
        raise _entities(f"{name}:{line}")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadingError(
            f"not well-formed XML ({(error.msg or 'empty').splitlines()[0]})",
            place=f"{name}:{error.lineno or 1}",
            remedy="export it again from the program that made it",
        ) from None
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):  # in UTF-16, or far down
        raise _entities(name)
    return root


def _entities(place: str) -> ReadingError:
    return ReadingError(
        "declares entities, which are never resolved",
        place=place,
        remedy="replace them by the characters they stand for",
    )


def line_of(element: _Element) -> int:
    """The line of the file where *element* begins, or 0 where that is not known."""
    return cast("int | None", element.sourceline) or 0


def parse_html(name: str, text: str) -> _Element:
    """The root of a page of HTML that need not be well-formed, but must be complete.

    Raises ``ReadingError``: nothing in it, or more nested than the parser follows,
    which would leave out the rest without a word.
    """
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=False)
    try:
        root = html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise ReadingError(f"no HTML page ({error})", place=name, remedy="save it again") from None
    for fault in parser.error_log:
        if fault.level == etree.ErrorLevels.FATAL:
            raise ReadingError(
                f"cannot be read to its end ({fault.message})",
                place=f"{name}:{fault.line}",
                remedy="save it again, with fewer elements within one another",
            )
    return root


_DECLARATION = regex.compile(r"^\s*<\?xml[^>]*\?>")


def encoding_of(root: _Element, data: bytes) -> str:
    """The encoding of a document: that of its mark, else the one it declares."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return (root.getroottree().docinfo.encoding or "utf-8").lower()


def local(element: _Element) -> str:
    """An element's name without its namespace; nothing for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """The children of the given local names, in order."""
    return element.iterchildren(*_anywhere(names))


def named(element: _Element, *names: str) -> Iterator[_Element]:
    """The element itself and its descendants, those of the given local names, in order."""
    return element.iter(*_anywhere(names))


@lru_cache(maxsize=64)
def _anywhere(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names in any namespace, or in none."""
    return tuple(name if name == "*" else f"{{*}}{name}" for name in names)
