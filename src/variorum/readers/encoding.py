r"""Bytes to characters: by a mark, by what the file declares, or as UTF-8, never on a guess.

An 8-bit encoding has no mark, and text read in the wrong one looks right until
someone reads it; so it is refused, with the name it seems to have and the line
where it begins, for a person to judge::

    Shqip\xebria    as UTF-8:         no such character
                   as windows-1252:  Shqipëria           "it looks like windows-1252"
                   as windows-1251:  Shqipлria           (a Cyrillic letter in a Latin word)
"""

from __future__ import annotations

import codecs

import regex

from variorum.errors import ReadingError

__all__ = ["decode", "decode_html"]

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
        "this is a ZIP archive, not text", place=name, remedy="unpack it and name what is in it"
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
