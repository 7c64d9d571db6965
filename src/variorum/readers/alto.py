"""ALTO 2 to 4: what libraries' OCR recognised, word by word, with boxes.

A ``TextBlock`` is a paragraph.  What stands on the page is read: of a word
divided at a line end the two parts with the hyphen between them, never the
joined word of ``SUBS_CONTENT``, which is the engine's opinion::

    <String CONTENT="extre" SUBS_TYPE="HypPart1" SUBS_CONTENT="extremely"/><HYP CONTENT="-"/>
    <String CONTENT="mely"  SUBS_TYPE="HypPart2" …/>          text as read:  extre-⏎mely

The level "region" takes the strings as they stand, empty ones too and no hyphen
added, which is what other programs compare.  Boxes in tenths of a millimetre or
in 1/1200 inch are brought to pixels when the page says its width in both;
otherwise they are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

from variorum.errors import ReadingError
from variorum.readers import Piece, Sheet, parse_xml, received, single
from variorum.witness import Box, Witness

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["LEVELS", "NAME", "VERSION", "read", "recognise"]

NAME = "alto"
VERSION = "2"
LEVELS = ("line", "region")


def recognise(name: str, data: bytes) -> str:
    """Take XML whose root is ``alto``."""
    del name
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "not XML: it does not start with <"
    return "" if regex.search(rb"<(?:\w+:)?alto[\s>]", data[:65536]) else "no root <alto>"


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _named(element: _Element, *names: str) -> Iterator[_Element]:
    """Descendants of the given local names, in order."""
    for found in element.iter():
        if _local(found) in names:
            yield found


def read(name: str, data: bytes, level: str = "line") -> tuple[Witness, ...]:
    """One witness with all pages of the file."""
    if level not in LEVELS:
        raise ReadingError(
            f"there is no text level {level!r}", place=name, remedy=f"ask for {', '.join(LEVELS)}"
        )
    root = parse_xml(name, data)
    unit = next((e.text or "" for e in _named(root, "MeasurementUnit")), "pixel").strip()
    image = next((e.text for e in _named(root, "fileName") if e.text), None)
    sheet = Sheet()
    for page in _named(root, "Page"):
        for block in _named(page, "TextBlock"):
            for line in _named(block, "TextLine"):
                if level == "region":
                    _strings(sheet, line)
                else:
                    _line(sheet, line, in_pixels=unit == "pixel")
            sheet.end_block()
        sheet.end_page(name, image.strip() if image else None, _size(page, unit))
    if not sheet.words:
        raise ReadingError("no word on any page", place=name, remedy="run the OCR engine again")
    text, layout = sheet.finished()
    return single(name, text, layout, received(name, data, NAME, VERSION, "utf-8"))


def _line(sheet: Sheet, line: _Element, *, in_pixels: bool) -> None:
    parts: list[_Element] = [e for e in line if _local(e) in {"String", "HYP"}]
    for number, part in enumerate(parts):
        if _local(part) == "HYP":
            continue
        hyphen = number + 1 < len(parts) and _local(parts[number + 1]) == "HYP"
        content = " ".join((part.get("CONTENT") or "").split())
        if hyphen and not content.endswith(("-", "\u00ad")):
            content += parts[number + 1].get("CONTENT") or "-"
        sheet.word(
            content,
            _box(part) if in_pixels else None,
            _confidence(part),
            part.get("LANG") or part.get("language"),
        )
    sheet.end_line(_box(line) if in_pixels else None)


def _strings(sheet: Sheet, line: _Element) -> None:
    """The strings of a line as they stand, one space between."""
    strings = [part.get("CONTENT") or "" for part in line if _local(part) == "String"]
    text = " ".join(strings)
    at, pieces = 0, []
    for string in strings:
        pieces += [(at, Piece(string))] if string.strip() else []
        at += len(string) + 1
    sheet.line(text, pieces)


def _confidence(part: _Element) -> float | None:
    value = part.get("WC")
    try:
        return None if value is None else min(1.0, max(0.0, float(value)))
    except ValueError:
        raise ReadingError(
            f"WC={value!r} is no number", place=f"line {part.sourceline}", remedy="mend the file"
        ) from None


def _number(element: _Element, name: str) -> float | None:
    try:
        return float(element.get(name) or "")
    except ValueError:
        return None


def _box(element: _Element) -> Box | None:
    left, top = _number(element, "HPOS"), _number(element, "VPOS")
    width, height = _number(element, "WIDTH"), _number(element, "HEIGHT")
    if left is None or top is None or width is None or height is None:
        return None
    return round(left), round(top), round(left + width), round(top + height)


def _size(page: _Element, unit: str) -> tuple[int, int] | None:
    width, height = _number(page, "WIDTH"), _number(page, "HEIGHT")
    if unit != "pixel" or width is None or height is None:
        return None
    return round(width), round(height)
