"""The shelf of importers: an alignment made elsewhere in, locked pairs out.

What an editor aligned in another program is a decision: it becomes locks, which
an aligner keeps::

    memory.tmx   "Po." – "Yes."                ┐
    pairs.tsv    7 ⇥ 7 8 ⇥ …                   ├─▶ Pair((7,), (7, 8), 1.0, locked=True)
    out.ladder   7 ⇥ 7    8 ⇥ 9                ┘

An importer is a module with

- ``NAME`` and ``VERSION``;
- ``recognise(name, data) -> str``: the empty string to take the file, or a
  sentence that declines it;
- ``read(name, data, source, target) -> Iterator[Said]``: each pair that the file
  tells, in its order, with its line; of each side positions, or words that
  ``placed`` finds.  A sentence that the file says to have no counterpart is told
  too, with nothing on the other side: it makes no lock, but its place is taken.
  Raises ``ImporterError`` (or ``ReadingError``) with place, what is wrong and
  what to do.

Positions without words are believed only if the file speaks of every sentence
of both texts: numbers of a text cut otherwise would lock the wrong ones.

How to add one, in six steps (and what you see if you skip one):

1. Write ``importers/NAME.py`` with these names (else: the contracts test fails
   with "no attribute 'recognise'").
2. Add its line to ``IMPORTERS``, more particular formats first (else: no file is
   given to it).
3. Put a small sample into ``tests/importers/samples/`` that speaks of the texts
   there (else: the contracts test fails with "no sample for NAME").
4. Let ``tests/importers/test_NAME.py`` check pairs and at least three broken
   files (else: review will ask).
5. Name it in the README (else: nobody knows that it can be asked for).
6. Say in ``CHANGELOG.md`` what users can now bring along.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Protocol, cast

from variorum.aligners import Side
from variorum.errors import ImporterError, ReadingError
from variorum.importers.places import Locks, Said, Sought, placed, plain
from variorum.readers import decline, decode

__all__ = [
    "IMPORTERS",
    "Importer",
    "Locks",
    "Said",
    "Sought",
    "importer",
    "locks",
    "placed",
    "plain",
]

IMPORTERS: Mapping[str, str] = {
    "tmx": "variorum.importers.tmx",
    "links": "variorum.importers.links",
    "ladder": "variorum.importers.ladder",
    "tsv": "variorum.importers.tsv",
}
"""What there is: name → module, loaded when asked for; the first that takes a file reads it."""

MAX_BYTES = 64 * 2**20
"""A larger file is no alignment of two texts but a whole memory: cut out what is theirs."""


class Importer(Protocol):
    """What every member of the shelf offers."""

    NAME: str
    VERSION: str

    def recognise(self, name: str, data: bytes, /) -> str:
        """Nothing to take the file, or a sentence that declines it."""

    def read(self, name: str, data: bytes, source: Side, target: Side, /) -> Iterator[Said]:
        """Each pair that the file tells, in its order."""


def importer(name: str) -> Importer:
    """The importer called *name*.  Raises ``ImporterError`` that lists what there is."""
    if name not in IMPORTERS:
        raise ImporterError(
            f"there is no format {name!r}", remedy=f"choose one of {', '.join(IMPORTERS)}"
        )
    return cast("Importer", import_module(IMPORTERS[name]))


def locks(name: str, data: bytes, source: Side, target: Side) -> Locks:
    """The pairs of the file *name*, its format told by its content.

    Each has ``locked=True`` and confidence 1, its positions ascending, and no
    position stands twice; what moves is for the aligner to say.  ``missed`` tells
    what the file has and the texts have not, a sentence each.  Raises
    ``ImporterError``: no format, broken, of other languages, not of these texts.
    """
    try:
        member = _chosen(name, data)
        return placed(name, tuple(member.read(name, data, source, target)), source, target)
    except ReadingError as error:
        raise ImporterError(error.what, place=error.place, remedy=error.remedy) from None


def _chosen(name: str, data: bytes) -> Importer:
    """The first importer that takes the file."""
    if len(data) > MAX_BYTES:
        raise ImporterError(
            f"has {len(data):,} bytes, more than {MAX_BYTES:,}",
            place=name,
            remedy="cut out the units of these two texts",
        )
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise ImporterError("is empty", place=name, remedy="export it again")
    excuses = []
    for each in IMPORTERS:
        excuse = importer(each).recognise(name, data)
        if not excuse:
            return importer(each)
        excuses.append(f"{each}: {excuse}")
    if decline(data, "tmx").startswith("not XML"):
        decode(name, data)  # says best why a file is no text at all
    raise ImporterError(
        "no importer takes this file (" + "; ".join(excuses) + ")",
        place=name,
        remedy="save the alignment as TMX, or as a table of source, tab, target",
    )
