"""The shelf of readers: bytes of a file in, witnesses out.

A reader is a module with three names:

- ``NAME`` and ``VERSION``: together they stand in ``Received.reader``; raise
  the version whenever the same bytes would give another text as read.
- ``recognise(name, data) -> str``: the empty string to take the file, or a
  sentence that declines it ("not XML: it starts with 'Skip to'").
- ``read(name, data) -> tuple[Witness, ...]``: the witnesses, with sigla
  proposed from the file's name and ``Received`` filled in.  Raises
  ``ReadingError`` with place, what is wrong and what to do.

A reader of a format that may tell one text at several levels (of regions, lines,
words) names them in ``LEVELS``, the first being its own choice, and takes a third
argument, ``level``.

How to add one, in six steps (and what you see if you skip one):

1. Write ``readers/NAME.py`` with the three names (else: the contracts test
   fails with "no attribute 'recognise'").
2. Add its line to ``READERS`` below, more particular formats first, and to
   ``BEGINS`` if its files begin in one way (else: ``variorum formats`` does not
   list it, files of its kind are declined; it is loaded for nothing).
3. Put a small real sample into ``tests/readers/samples/`` (else: the
   contracts test fails with "no sample for NAME").
4. Let ``tests/readers/test_NAME.py`` check text, spans and at least three
   broken files (else: review will ask).
5. Name it in the README's list of formats (else: ``test_docs`` fails).
6. Say in ``CHANGELOG.md`` what users can now read.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path, PurePath
from typing import Protocol, cast

import regex

from variorum.errors import ReadingError
from variorum.readers.encoding import decode, decode_html
from variorum.readers.sheet import SPACE, Faults, Piece, Sheet, bounds, cut, folded, number
from variorum.readers.xml import (
    children,
    decline,
    encoding_of,
    line_of,
    local,
    named,
    parse_html,
    parse_xml,
)
from variorum.text import Text, digest
from variorum.witness import Layout, Received, Witness

__all__ = [
    "MAX_BYTES",
    "READERS",
    "SPACE",
    "Faults",
    "Piece",
    "Reader",
    "Sheet",
    "bounds",
    "checked_level",
    "children",
    "cut",
    "decline",
    "decode",
    "decode_html",
    "encoding_of",
    "folded",
    "line_of",
    "local",
    "named",
    "number",
    "parse_html",
    "parse_xml",
    "proposed_siglum",
    "read",
    "read_path",
    "reader",
    "received",
    "single",
    "versions",
]

READERS: Mapping[str, str] = {
    "collatex-json": "variorum.readers.collatex_json",
    "hocr": "variorum.readers.hocr",
    "alto": "variorum.readers.alto",
    "page-xml": "variorum.readers.page_xml",
    "tei": "variorum.readers.tei",
    "html": "variorum.readers.html",
    "pdf": "variorum.readers.pdf",
    "markdown": "variorum.readers.markdown",
    "plain": "variorum.readers.plain",
}
"""What there is: name → module, loaded when asked for; the first that takes a file reads it."""

BEGINS: Mapping[str, bytes] = {
    **dict.fromkeys(["hocr", "alto", "page-xml", "tei", "html"], b"<"),
    "pdf": b"%PDF",
}
"""How files begin, white space and byte order marks apart, that some readers take at all.

Of other files these readers need not even be loaded to decline.
"""

MAX_BYTES = 64 * 2**20
"""A file of text larger than this is no witness but a mistake: the Bible has five million."""


class Reader(Protocol):
    """What every member of the shelf offers."""

    NAME: str
    VERSION: str

    def recognise(self, name: str, data: bytes, /) -> str:
        """Nothing to take the file, or a sentence that declines it."""

    def read(self, name: str, data: bytes, /) -> tuple[Witness, ...]:
        """The witnesses in the file."""


def reader(name: str) -> Reader:
    """The reader called *name*.  Raises ``ReadingError`` that lists what there is."""
    if name not in READERS:
        raise ReadingError(f"there is no reader {name!r}", remedy=f"choose one of {_listed()}")
    return cast("Reader", import_module(READERS[name]))


def _listed() -> str:
    return ", ".join(sorted(READERS))


@cache
def versions() -> str:
    """All readers by name and version: another version may read another text."""
    return ", ".join(f"{name} {reader(name).VERSION}" for name in READERS)


def read(name: str, data: bytes, level: str = "") -> tuple[Witness, ...]:
    """The witnesses in *data*, by the first reader that takes it.

    *level* asks for one of a reader's text levels (``LEVELS``); a reader that has
    none knows its text only once, and it is that.

    Raises ``ReadingError``: empty, too large, a level that the reader lacks, or
    declined by all, each with its reason.
    """
    if not data.strip(b"\0 \t\r\n\f\v\xef\xbb\xbf"):
        raise ReadingError("the file is empty", place=name, remedy="leave it out, or fill it")
    if len(data) > MAX_BYTES:
        raise ReadingError(
            f"the file has {len(data):,} bytes, more than {MAX_BYTES:,}",
            place=name,
            remedy="split it, one file a witness or a page",
        )
    excuses = []
    start = data[:65536].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n\f\v")
    for member in READERS:
        begins = BEGINS.get(member, b"")
        if not start.startswith(begins):
            excuses.append(f"{member}: does not start with {begins.decode()}")
            continue
        taken = reader(member)
        excuse = taken.recognise(name, data)
        if not excuse:
            if level and hasattr(taken, "LEVELS"):
                return taken.read(name, data, level)  # type: ignore[call-arg]
            return taken.read(name, data)
        excuses.append(f"{member}: {excuse}")
    decode(name, data)  # says best why a file is no text at all
    raise ReadingError(
        "no reader takes this file (" + "; ".join(excuses) + ")",
        place=name,
        remedy="see what can be read with: variorum formats",
    )


def read_path(path: Path, name: str | None = None, level: str = "") -> tuple[Witness, ...]:
    """The witnesses in the file at *path*, called *name* in messages and in ``Received``."""
    called = name or str(path)
    return read(called, _bytes(path, called), level)


def _bytes(path: Path, name: str) -> bytes:
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise ReadingError("a folder, not a file", place=name, remedy="name a file in it")
        if not stat.S_ISREG(mode):
            raise ReadingError("not an ordinary file", place=name, remedy="copy it to a file first")
        if path.stat().st_size > MAX_BYTES:
            return b"\1" * (MAX_BYTES + 1)
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadingError("no such file", place=name, remedy="check the name") from None
    except OSError as error:
        raise ReadingError(
            f"cannot be read ({error.strerror})", place=name, remedy="check its permissions"
        ) from None


_NO_SIGLUM = regex.compile(r"[^\p{L}\p{N}\p{M}_.*\u2032'-]+")


def proposed_siglum(name: str) -> str:
    """A siglum made of a file's name: its stem, cleaned, at most 32 characters."""
    stem = _NO_SIGLUM.sub("-", unicodedata.normalize("NFC", PurePath(name).stem)).strip("-.'*_")
    return stem[:32] or "W"


def received(name: str, data: bytes, member: str, version: str, encoding: str) -> Received:
    """What to keep about a file as it came."""
    return Received(name, digest(data), f"{member} {version}", encoding)


def single(name: str, text: str, layout: Layout, came: Received) -> tuple[Witness, ...]:
    """One witness, as most files hold one; its siglum proposed from the file's name."""
    return (Witness(proposed_siglum(name), Text(text), layout, received=(came,)),)


def checked_level(name: str, level: str, levels: Sequence[str]) -> str:
    """*level* if it is one of *levels*.  Raises ``ReadingError`` that lists what there is."""
    if level not in levels:
        raise ReadingError(
            f"there is no text level {level!r}", place=name, remedy=f"ask for {', '.join(levels)}"
        )
    return level
