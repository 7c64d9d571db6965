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
2. Add its line to ``READERS`` below, more particular formats first (else:
   ``variorum formats`` does not list it, files of its kind are declined).
3. Put a small real sample into ``tests/readers/samples/`` (else: the
   contracts test fails with "no sample for NAME").
4. Let ``tests/readers/test_NAME.py`` check text, spans and at least three
   broken files (else: review will ask).
5. Name it in the README's list of formats (else: ``test_docs`` fails).
6. Say in ``CHANGELOG.md`` what users can now read.
"""

from __future__ import annotations

import codecs
import os
import stat
import unicodedata
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol, cast

import regex

from variorum.errors import ReadingError
from variorum.readers.sheet import Faults, Piece, Sheet, cut, folded
from variorum.text import Text, digest
from variorum.witness import Layout, Received, Witness

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "MAX_BYTES",
    "READERS",
    "Faults",
    "Piece",
    "Reader",
    "Sheet",
    "checked_level",
    "cut",
    "decline",
    "decode",
    "decode_html",
    "folded",
    "line_of",
    "parse_xml",
    "proposed_siglum",
    "read",
    "read_path",
    "reader",
    "received",
    "single",
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
    for member in READERS:
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


_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
)


def decode(name: str, data: bytes) -> tuple[str, str]:
    """The characters of *data* and the name of their encoding.

    UTF-8, or UTF-16 and UTF-32 with their byte order mark, which is no text.
    Anything else is refused by the name it seems to have, never read on a guess.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(name, data, encoding), encoding
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        raise _packed(name, data)
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise ReadingError(f"this is {what}, not text", place=name, remedy=_INSTEAD)
    if b"\0" in data:
        wide = _wide(data)
        what = f"looks like {wide} without its mark" if wide else "is binary, not text"
        at = data.index(b"\0")
        raise ReadingError(f"{what} (a NUL byte at {at})", place=name, remedy="save it as UTF-8")
    return _strictly(name, data, "utf-8"), "utf-8"


_INSTEAD = "give the text, or what an OCR engine made of it (hOCR, ALTO, PAGE XML)"


def _packed(name: str, data: bytes) -> ReadingError:
    """What to say of a ZIP archive: a document in office clothes, or a folder of pages."""
    if b"[Content_Types].xml" in data or b"mimetypeapplication/vnd.oasis" in data[:128]:
        return ReadingError("this is an office document, not text", place=name, remedy=_INSTEAD)
    return ReadingError(
        "this is a ZIP archive, not text", place=name, remedy="unpack it and name the folder"
    )


def _strictly(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        likely = _legacy(data) if encoding == "utf-8" else ""
        raise ReadingError(
            f"not {encoding} (byte {data[error.start]:#04x})"
            + (f"; it looks like {likely}" if likely else ""),
            place=f"{name}:{line}",
            remedy=f"save it as UTF-8 (iconv -f {likely or 'ENCODING'} -t utf-8)",
        ) from None


def _wide(data: bytes) -> str:
    """UTF-16 shows by its NUL bytes: in text of the West every other one is."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) < 16 or max(even, odd) * 4 < len(data) or min(even, odd) * 8 > len(data):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


_LEGACY = ("windows-1252", "windows-1250", "windows-1251", "windows-1253", "koi8-r", "iso-8859-1")


def _legacy(data: bytes) -> str:
    """The 8-bit encoding in which most of the non-ASCII characters are letters among letters.

    Only a name for the message: the file is not read by it.
    """
    best = ("", 0.0)
    for encoding in _LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = _fitting(text)
        if share > best[1]:
            best = (encoding, share)
    return best[0]


_WORD = regex.compile(r"\p{L}+")
_WHOLE = regex.compile(r"(?:\p{Lu}?\p{Ll}+|\p{Lu}+)")
_ELSEWHERE = regex.compile(r"[\p{Cyrillic}\p{Greek}]+")
_DRESS = regex.compile(r"[\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00ab\u00bb\u00a0]")


def _fitting(text: str) -> float:
    """The share of non-ASCII characters that make sense.

    Quotes and dashes do; accented letters in words that are mostly plain; and
    words that are Cyrillic or Greek throughout, in one case or with a capital.
    """
    other = sum(not char.isascii() for char in text)
    good = len(_DRESS.findall(text))
    for word in _WORD.findall(text):
        strange = sum(not char.isascii() for char in word)
        if strange and _WHOLE.fullmatch(word):
            whole = _ELSEWHERE.fullmatch(word)
            good += strange if whole or 2 * strange <= len(word) else 0
    return good / max(1, other)


_META = regex.compile(rb"(?i)<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)")


def decode_html(name: str, data: bytes) -> tuple[str, str]:
    """Like ``decode``; a page without a byte order mark is in the encoding it declares."""
    declared = _META.search(data[:4096])
    if declared and not any(data.startswith(mark) for mark, _ in _MARKS):
        encoding = declared[1].decode("ascii").lower()
        try:
            return data.decode(codecs.lookup(encoding).name), encoding
        except (LookupError, UnicodeDecodeError):
            raise ReadingError(
                f"declares the encoding {encoding}, which it is not in",
                place=name,
                remedy="save the page as UTF-8",
            ) from None
    return decode(name, data)


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
    return "" if root and root[1] in roots else f"no root <{roots[0]}>"


def checked_level(name: str, level: str, levels: Sequence[str]) -> str:
    """*level* if it is one of *levels*.  Raises ``ReadingError`` that lists what there is."""
    if level not in levels:
        raise ReadingError(
            f"there is no text level {level!r}", place=name, remedy=f"ask for {', '.join(levels)}"
        )
    return level


def parse_xml(name: str, data: bytes) -> _Element:
    """The root of an XML document; entities and anything outside the file are refused.

    Raises ``ReadingError`` with the line of the first fault.
    """
    from lxml import etree

    if regex.search(rb"<!ENTITY", data[:65536]):
        line = data[: data.index(b"<!ENTITY")].count(b"\n") + 1
        raise ReadingError(
            "declares entities, which are never resolved",
            place=f"{name}:{line}",
            remedy="replace them by the characters they stand for",
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadingError(
            f"not well-formed XML ({(error.msg or 'empty').splitlines()[0]})",
            place=f"{name}:{error.lineno or 1}",
            remedy="export it again from the program that made it",
        ) from None


def line_of(element: _Element) -> int:
    """The line of the file where *element* begins, or 0 where that is not known."""
    return cast("int | None", element.sourceline) or 0
