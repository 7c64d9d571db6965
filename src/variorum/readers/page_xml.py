"""PAGE XML 2010 to 2019: what OCR-D, Transkribus, eScriptorium and Aletheia write.

Regions come in the order that ``ReadingOrder`` tells, groups within groups,
ordered or not; regions it does not name follow where they stand in the file, so
that nothing is lost.  A text may be told three times, and the three may differ::

    TextRegion   TextEquiv/Unicode   "Hand, Mylord,⏎sein"    level "region"
      TextLine   TextEquiv/Unicode   "Hand, Mylord,"         level "line", read by default
        Word     TextEquiv/Unicode   "Hand," "Mylord,"       level "word"

Of several ``TextEquiv`` the one of lowest ``index`` is read, else the surest,
else the first.  Boxes are the bounds of the polygons.  Where the words of a
line neither spell it nor are as many as its own, the line is read and its words
have no boxes.  An empty line is none, but at the level of regions it is kept,
since there the text is the region's and ours to neither add to nor shorten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf, isnan
from typing import TYPE_CHECKING

import regex
from attrs import evolve

from variorum.errors import ReadingError
from variorum.readers import (
    Piece,
    Sheet,
    checked_level,
    cut,
    decline,
    folded,
    line_of,
    parse_xml,
    received,
    single,
)
from variorum.witness import Box, Witness

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["LEVELS", "NAME", "VERSION", "read", "recognise"]

NAME = "page-xml"
VERSION = "2"
LEVELS = ("line", "region", "word")

_ORDERED = frozenset(["OrderedGroup", "OrderedGroupIndexed"])
_GROUPS = _ORDERED | {"UnorderedGroup", "UnorderedGroupIndexed"}


def recognise(name: str, data: bytes) -> str:
    """Take XML whose root is ``PcGts``."""
    del name
    return decline(data, "PcGts")


def read(name: str, data: bytes, level: str = "line") -> tuple[Witness, ...]:
    """One witness with the page of the file, its text told by its lines, regions or words.

    Raises ``ReadingError``: no such level, not well-formed, or without a page.
    """
    checked_level(name, level, LEVELS)
    root = parse_xml(name, data)
    pages = list(_all(root, "Page"))
    if not pages:
        raise ReadingError("no <Page> in it", place=name, remedy="export the page again")
    sheet = Sheet(name)
    for page in pages:
        sheet.begin_page(page.get("imageFilename") or None, _size(page))
        for region in _regions(sheet, page, level):
            _region(sheet, region, level)
            sheet.end_block()
        sheet.end_page()
    text, layout = sheet.finished()
    return single(name, text, layout, received(name, data, NAME, VERSION, "utf-8"))


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: _Element, *names: str) -> Iterator[_Element]:
    """Descendants (and the element itself) of the given local names, in order."""
    return (found for found in element.iter() if _local(found) in names)


def _children(element: _Element, *names: str) -> list[_Element]:
    return [child for child in element if _local(child) in names]


def _regions(sheet: Sheet, page: _Element, level: str) -> Iterator[_Element]:
    """The text regions in reading order, then those that it does not name.

    A region that the order names brings those within it that it does not name
    (the cells of a table).  At the level of regions the order is the whole
    truth, and what it does not name is left out and noted.
    """
    found = list(_all(page, "TextRegion"))
    orders = _children(page, "ReadingOrder")
    if not orders:
        yield from found
        return
    by_region = level == "region"
    held = {e.get("id"): e for e in reversed(list(page.iter())) if _local(e).endswith("Region")}
    named = dict.fromkeys(ref for o in orders for g in o for ref in _refs(sheet, g, by_region))
    known = {id(held[ref]) for ref in named if ref in held}
    met: set[int] = set()
    for ref in named:
        if ref in held:
            for region in _within(held[ref], known, alone=by_region):
                met.add(id(region))
                yield region
    for region in found:
        if id(region) in met:
            continue
        if by_region:
            told = _text(region)
            if told:
                sheet.fault("regions that the reading order lacks, left out", line_of(region))
        else:
            yield region


def _within(region: _Element, known: set[int], *, alone: bool) -> Iterator[_Element]:
    """A text region and those within it that the order does not name for themselves."""
    if _local(region) == "TextRegion":
        yield region
    if alone:
        return
    for child in region:
        if _local(child).endswith("Region") and id(child) not in known:
            yield from _within(child, known, alone=False)


def _refs(sheet: Sheet, element: _Element, by_region: bool) -> Iterator[str]:
    """Ids of regions in the order that a group of the reading order tells.

    A group may be a region's own: its text, then its parts.  At the level of
    regions only the parts are told, since the two say the same.
    """
    kind, own = _local(element), element.get("regionRef")
    if own and not (by_region and kind in _GROUPS):
        yield own
    if kind in _GROUPS:
        children = [child for child in element if _local(child)]
        if kind in _ORDERED:
            children.sort(key=lambda child: _index(sheet, child))
        for child in children:
            yield from _refs(sheet, child, by_region)


def _index(sheet: Sheet, element: _Element) -> float:
    """Where a member of a group stands; one that does not say so stands behind the others."""
    value = element.get("index")
    if value is None:
        return inf
    try:
        return int(value)
    except ValueError:
        raise ReadingError(
            f"index={value!r} of the reading order is no number",
            place=f"{sheet.file}:{line_of(element)}",
            remedy="mend the file",
        ) from None


def _region(sheet: Sheet, region: _Element, level: str) -> None:
    lines = _in_order(_children(region, "TextLine"))
    if level != "region":
        told = [(_line_text(line, level), line) for line in lines]
        for text, line in told:
            if text:
                sheet.line(text, _placed(text, line), _box(line), line_of(line))
        if any(text for text, _ in told) or _children(region, "TextRegion"):
            return
    own = _text(region)
    texts = own.split("\n") if own else []
    if level != "region":
        texts = [text for text in map(_unbroken, texts) if text]
    _told_lines(sheet, texts, lines)


def _line_text(line: _Element, level: str) -> str:
    own = _text(line)
    if own is None or level == "word":
        own = " ".join(piece.text for piece in _words(line))
    return _unbroken(own)


def _told_lines(sheet: Sheet, texts: Sequence[str], lines: Sequence[_Element]) -> None:
    """Lines of a region's text; where they are as many as its lines, with their boxes."""
    if len(texts) != len(lines):
        for text in texts:
            sheet.line(text, cut(text))
        return
    for text, line in zip(texts, lines, strict=True):
        sheet.line(text, _placed(text, line), _box(line), line_of(line))


def _in_order(lines: list[_Element]) -> list[_Element]:
    """Lines by their ``index`` if each has its own, else as they stand in the file."""
    told = {_number(line, "index") for line in lines}
    if None in told or len(told) != len(lines):
        return lines
    return sorted(lines, key=lambda line: _number(line, "index") or 0.0)


_BREAKS = regex.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")


def _unbroken(text: str) -> str:
    """A line's text without line breaks in it and without white space at its ends."""
    return _BREAKS.sub(" ", text.strip())


def _words(line: _Element) -> list[Piece]:
    """The words of a line; what they do not say of themselves the line says for them."""
    out = []
    whole = _whole(line)
    for word in _children(line, "Word"):
        told = _text(word)
        if told is None:
            told = "".join(_text(glyph) or "" for glyph in _children(word, "Glyph"))
        if text := folded(told):
            sure = _confidence(word)
            sure = whole.confidence if sure is None else sure
            language = _own_language(word) or whole.language
            out.append(Piece(text, _box(word), sure, language, line_of(word)))
    return out


def _whole(line: _Element) -> Piece:
    """What holds for every word of a line that is not told word by word."""
    return Piece("", None, _confidence(line), _language(line), line_of(line))


def _placed(text: str, line: _Element) -> list[tuple[int, Piece]]:
    """The words of a line at their places in its text; without boxes where they do not fit it."""
    words = _words(line)
    spelled = _spelled(text, words)
    if spelled is not None:
        return spelled
    own = cut(text)
    if len(own) == len(words):  # the line was corrected, its words were not
        return [(at, evolve(word, text=p.text)) for (at, p), word in zip(own, words, strict=True)]
    return [(at, evolve(_whole(line), text=piece.text)) for at, piece in own]


def _spelled(text: str, words: Sequence[Piece]) -> list[tuple[int, Piece]] | None:
    """The words one after the other in *text*, with nothing but white space between, or nothing."""
    out, at = [], 0
    for word in words:
        start = text.find(word.text, at)
        if start < 0 or text[at:start].strip():
            return None
        out.append((start, word))
        at = start + len(word.text)
    return None if text[at:].strip() else out


def _equivalent(element: _Element) -> _Element | None:
    """Of an element's own ``TextEquiv`` the one to read."""
    found = _children(element, "TextEquiv")
    indexed = [e for e in found if _number(e, "index") is not None]
    sure = [e for e in found if _number(e, "conf") is not None]
    if indexed:
        return min(indexed, key=lambda e: _number(e, "index") or 0.0)
    if sure:
        return max(sure, key=lambda e: _number(e, "conf") or 0.0)
    return found[0] if found else None


def _text(element: _Element) -> str | None:
    """The text of an element's own ``TextEquiv``, or nothing if it has none."""
    chosen = _equivalent(element)
    if chosen is None:
        return None
    unicode = next(iter(_children(chosen, "Unicode")), None)
    if unicode is None:
        unicode = next(iter(_children(chosen, "PlainText")), None)
    return "" if unicode is None else unicode.text or ""


def _number(element: _Element, name: str) -> float | None:
    try:
        value = float(element.get(name) or "")
    except ValueError:
        return None
    return None if isnan(value) else value


def _confidence(element: _Element) -> float | None:
    """How sure the engine is of the reading taken, as told."""
    chosen = _equivalent(element)
    return None if chosen is None else _number(chosen, "conf")


def _own_language(element: _Element) -> str | None:
    return element.get("language") or element.get("primaryLanguage")


def _language(element: _Element | None) -> str | None:
    """The language told for an element or for what holds it."""
    while element is not None:
        if told := _own_language(element):
            return told
        element = element.getparent()
    return None


_POINT = regex.compile(r"(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)")


def _box(element: _Element) -> Box | None:
    """The bounds of the polygon (``points``, or ``Point``s in old files), or of the baseline."""
    for outline in [*_children(element, "Coords"), *_children(element, "Baseline")]:
        points = [(float(x), float(y)) for x, y in _POINT.findall(outline.get("points") or "")]
        points += [
            (_number(p, "x") or 0.0, _number(p, "y") or 0.0) for p in _children(outline, "Point")
        ]
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            return round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))
    return None


def _size(page: _Element) -> tuple[float, float] | None:
    width, height = _number(page, "imageWidth"), _number(page, "imageHeight")
    return None if width is None or height is None else (width, height)
