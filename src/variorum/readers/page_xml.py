"""PAGE XML 2010 to 2019: what OCR-D, Transkribus, eScriptorium and Aletheia write.

Regions come in the order that ``ReadingOrder`` tells, groups within groups,
ordered or not; regions it does not name follow where they stand in the file, so
that nothing is lost.  A text may be told three times, and the three may differ::

    TextRegion   TextEquiv/Unicode   "Hand, Mylord,⏎sein"    level "region"
      TextLine   TextEquiv/Unicode   "Hand, Mylord,"         level "line", read by default
        Word     TextEquiv/Unicode   "Hand," "Mylord,"       level "word"

Of several ``TextEquiv`` the one of lowest ``index`` is read, else the surest,
else the first.  Boxes are the bounds of the polygons.  Where the words of a
line do not spell it, the line is read and its words have no boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import regex

from variorum.errors import ReadingError
from variorum.readers import Piece, Sheet, parse_xml, received, single
from variorum.witness import Box, Witness

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["LEVELS", "NAME", "VERSION", "read", "recognise"]

NAME = "page-xml"
VERSION = "1"
LEVELS = ("line", "region", "word")

_ORDERED = frozenset(["OrderedGroup", "OrderedGroupIndexed"])
_GROUPS = _ORDERED | {"UnorderedGroup", "UnorderedGroupIndexed"}


def recognise(name: str, data: bytes) -> str:
    """Take XML whose root is ``PcGts``."""
    del name
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "not XML: it does not start with <"
    return "" if regex.search(rb"<(?:\w+:)?PcGts[\s>]", data[:65536]) else "no root <PcGts>"


def read(name: str, data: bytes, level: str = "line") -> tuple[Witness, ...]:
    """One witness with the page of the file, its text told by its lines, regions or words."""
    if level not in LEVELS:
        raise ReadingError(
            f"there is no text level {level!r}", place=name, remedy=f"ask for {', '.join(LEVELS)}"
        )
    root = parse_xml(name, data)
    pages = list(_all(root, "Page"))
    if not pages:
        raise ReadingError("no <Page> in it", place=name, remedy="export the page again")
    sheet = Sheet()
    for page in pages:
        for region in _regions(page, name, only_ordered=level == "region"):
            _region(sheet, region, level, _size(page))
            sheet.end_block()
        sheet.end_page(name, page.get("imageFilename") or None, _size(page))
    text, layout = sheet.finished()
    return single(name, text, layout, received(name, data, NAME, VERSION, "utf-8"))


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: _Element, name: str) -> Iterator[_Element]:
    """Descendants of a local name, in order."""
    return (found for found in element.iter() if _local(found) == name)


def _children(element: _Element, *names: str) -> list[_Element]:
    return [child for child in element if _local(child) in names]


def _regions(page: _Element, name: str, *, only_ordered: bool) -> Iterator[_Element]:
    """The text regions in reading order, then those that it does not name."""
    found = list(_all(page, "TextRegion"))
    by_id = {region.get("id"): region for region in reversed(found) if region.get("id")}
    orders = _children(page, "ReadingOrder")
    named = [ref for order in orders for group in order for ref in _refs(group, name)]
    ordered = [by_id[ref] for ref in dict.fromkeys(named) if ref in by_id]
    if not orders:
        yield from found
        return
    yield from ordered
    if not only_ordered:
        listed = set(map(id, ordered))
        yield from (region for region in found if id(region) not in listed)


def _refs(element: _Element, name: str) -> Iterator[str]:
    """Ids of regions in the order that a group of the reading order tells."""
    kind = _local(element)
    if kind in _GROUPS:
        if element.get("regionRef"):
            yield str(element.get("regionRef"))
        children = [child for child in element if _local(child)]
        if kind in _ORDERED:
            children.sort(key=lambda child: _index(child, name))
        for child in children:
            yield from _refs(child, name)
    elif element.get("regionRef"):
        yield str(element.get("regionRef"))


def _index(element: _Element, name: str) -> int:
    value = element.get("index")
    try:
        return int(value) if value is not None else 1 << 30
    except ValueError:
        raise ReadingError(
            f"index={value!r} of the reading order is no number",
            place=f"{name}:{element.sourceline}",
            remedy="mend the file",
        ) from None


def _region(sheet: Sheet, region: _Element, level: str, size: tuple[int, int] | None) -> None:
    if level == "region":
        told = _text(region)
        for text in told.split("\n") if told else ():
            sheet.line(text, _cut(text))
        return
    lines = _children(region, "TextLine")
    for line in lines:
        words = _words(line, size)
        spelled = " ".join(piece.text for piece in words)
        own = _text(line)
        text = spelled if level == "word" or own is None else own
        sheet.line(text, _placed(text, words), _box(line, size))
    if not lines and not _children(region, "TextRegion"):
        for text in (_text(region) or "").splitlines():
            sheet.line(text, _cut(text))


def _words(line: _Element, size: tuple[int, int] | None) -> list[Piece]:
    out = []
    for word in _children(line, "Word"):
        text = _text(word)
        if text is None:
            text = "".join(_text(glyph) or "" for glyph in _children(word, "Glyph"))
        if text:
            language = word.get("language") or word.get("primaryLanguage")
            out.append(Piece(text, _box(word, size), _confidence(word), language))
    return out


def _placed(text: str, words: Sequence[Piece]) -> list[tuple[int, Piece]]:
    """The words of a line at their places in its text; without boxes where they do not spell it."""
    cut = _cut(text)
    if [piece.text for _, piece in cut] == [piece.text for piece in words]:
        return [(at, word) for (at, _), word in zip(cut, words, strict=True)]
    if len(cut) == len(words):  # the line was corrected, its words were not
        return [
            (at, Piece(own.text, word.box, word.confidence, word.language))
            for (at, own), word in zip(cut, words, strict=True)
        ]
    return cut


def _cut(text: str) -> list[tuple[int, Piece]]:
    return [(m.start(), Piece(m.group())) for m in regex.finditer(r"\S+", text)]


def _text(element: _Element) -> str | None:
    """The text of an element's own ``TextEquiv``, or nothing if it has none."""
    found = _children(element, "TextEquiv")
    if not found:
        return None
    chosen = found[0]
    indexed = [e for e in found if _number(e, "index") is not None]
    sure = [e for e in found if _number(e, "conf") is not None]
    if indexed:
        chosen = min(indexed, key=lambda e: _number(e, "index") or 0.0)
    elif sure:
        chosen = max(sure, key=lambda e: _number(e, "conf") or 0.0)
    plain = next(iter(_children(chosen, "Unicode")), None)
    return "" if plain is None else plain.text or ""


def _number(element: _Element, name: str) -> float | None:
    try:
        return float(element.get(name) or "")
    except ValueError:
        return None


def _confidence(word: _Element) -> float | None:
    """What the engine says of the reading taken, if it lies between 0 and 1."""
    values = [_number(e, "conf") for e in _children(word, "TextEquiv")]
    value = next((v for v in values if v is not None), None)
    return value if value is not None and 0 <= value <= 1 else None


_POINT = regex.compile(r"(-?[\d.]+)\s*,\s*(-?[\d.]+)")


def _box(element: _Element, size: tuple[int, int] | None) -> Box | None:
    """The bounds of the polygon, if it lies on the page; by ``Coords`` or by ``Point``s."""
    for coords in _children(element, "Coords"):
        points = [(float(x), float(y)) for x, y in _POINT.findall(coords.get("points") or "")]
        points += [
            (_number(p, "x") or 0.0, _number(p, "y") or 0.0) for p in _children(coords, "Point")
        ]
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = (round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys)))
            return box if _on_page(box, size) else None
    return None


def _on_page(box: Box, size: tuple[int, int] | None) -> bool:
    if min(box) < 0 or box[0] > box[2] or box[1] > box[3]:
        return False
    return size is None or (box[2] <= size[0] and box[3] <= size[1])


def _size(page: _Element) -> tuple[int, int] | None:
    width, height = _number(page, "imageWidth"), _number(page, "imageHeight")
    return None if width is None or height is None else (round(width), round(height))
