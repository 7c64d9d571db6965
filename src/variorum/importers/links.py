"""Links between the sentences of two XML documents: InterText's, and those of OPUS (XCES).

A link names sentences by the ids that the two documents give them.  The documents
are not here, but the ids are in their order, and every sentence has one::

    <linkGrp toDoc='no.xml' fromDoc='cs.xml'>          InterText: toDoc's ids stand first
    <link type='2-1' xtargets='6:5 6:6;5:5' status='man'/>

    <cesAlign> <linkGrp fromDoc="sq.xml" toDoc="en.xml">   XCES: fromDoc's ids stand first
    <link xtargets="3:1;2:1 2:2"/>

so the ids of one document, sorted, are its sentences 0, 1, 2 …, provided that they
are as many as the text has.  (That InterText begins with ``toDoc`` is seen in the
example that comes with it.)  Which document is the source is told by its name
(that of the text, or one with the language in it), else by the number of
sentences, else ``fromDoc`` is.

A link is a lock if a person confirmed it (``status="man"``); those of a file
without any ``status`` all are.  What nobody confirmed is not locked, but told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

import regex
from attrs import evolve, frozen

from variorum.aligners import Side
from variorum.errors import ImporterError
from variorum.files import natural
from variorum.importers import Said
from variorum.readers import decline, line_of, local, named, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "links"
VERSION = "1"

Ids = tuple[str, ...]


@frozen
class _Link:
    line: int
    one: Ids
    other: Ids
    status: str | None

    @property
    def turned(self) -> _Link:
        return evolve(self, one=self.other, other=self.one)


def recognise(name: str, data: bytes) -> str:  # noqa: ARG001
    """Take XML whose root is ``linkGrp`` or ``cesAlign``."""
    return decline(data, "linkGrp", "cesAlign")


def read(name: str, data: bytes, source: Side, target: Side) -> Iterator[Said]:
    """The links that a person confirmed; a link of one side makes no lock.

    Raises ``ImporterError`` where a link cannot be read, nobody confirmed any, the
    file is of several documents, or of other texts than these.
    """
    root = parse_xml(name, data)
    groups = list(named(root, "linkGrp"))
    if len(groups) != 1:
        raise ImporterError(
            f"holds {len(groups)} groups of links",
            place=name,
            remedy="keep the one of these two texts",
        )
    links = [_link(name, each) for each in named(groups[0], "link")]
    docs = [groups[0].get("fromDoc") or "", groups[0].get("toDoc") or ""]
    if local(root) == "linkGrp":  # InterText's: the ids of toDoc stand first
        links = [link.turned for link in links]
    if _backwards(docs, links, (source, target)):
        links = [link.turned for link in links]
    yield from _said(name, links, source, target)


def _link(name: str, element: _Element) -> _Link:
    line = line_of(element)
    sides = (element.get("xtargets") or "").split(";")
    if len(sides) != 2:
        raise ImporterError(
            "a link without two sides in its xtargets, a semicolon between them",
            place=f"{name}:{line}",
            remedy="export the links again",
        )
    return _Link(line, tuple(sides[0].split()), tuple(sides[1].split()), element.get("status"))


def _backwards(docs: Sequence[str], links: Sequence[_Link], sides: tuple[Side, Side]) -> bool:
    """Whether the file's first document is our target."""
    straight = _of(docs[0], sides[0]) + _of(docs[1], sides[1])
    crossed = _of(docs[1], sides[0]) + _of(docs[0], sides[1])
    if straight != crossed:
        return crossed > straight
    sizes = (len(_ids(links, 0)), len(_ids(links, 1)))
    wanted = (len(sides[0].sentences), len(sides[1].sentences))
    return sizes != wanted and sizes[::-1] == wanted


def _of(doc: str, side: Side) -> int:
    """How much the name of a document speaks for a side."""
    parts = set(regex.split(r"[\W_]+", doc.lower()))
    same = PurePath(doc).name.partition(".xml")[0] == PurePath(side.file).stem
    return 2 * same + (side.language.lower().partition("-")[0] in parts)


def _ids(links: Sequence[_Link], which: int) -> list[str]:
    """The ids of one document, in its order."""
    return sorted({n for each in links for n in (each.other if which else each.one)}, key=natural)


def _said(name: str, links: Sequence[_Link], source: Side, target: Side) -> Iterator[Said]:
    places = []
    for which, side in enumerate((source, target)):
        ids = _ids(links, which)
        if len(ids) != len(side.sentences):
            raise ImporterError(
                f"links {len(ids):,} sentences where {side.file} has {len(side.sentences):,}",
                place=name,
                remedy="name the texts it was made from, cut alike: a sentence a line, with"
                " --segmented",
            )
        places.append({known: n for n, known in enumerate(ids)})
    rated = any(link.status is not None for link in links)
    if rated and not any(link.status == "man" for link in links):
        raise ImporterError(
            "has no link that a person confirmed",
            place=name,
            remedy='confirm links in InterText, which gives them status="man"',
        )
    for link in links:
        one = tuple(places[0][n] for n in link.one)
        other = tuple(places[1][n] for n in link.other)
        doubt = f"{link.status or 'no'} status: nobody confirmed the link" if rated else ""
        yield Said(link.line, one, other, "" if link.status == "man" else doubt)
