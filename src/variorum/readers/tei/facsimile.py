"""What a TEI text points to: images of its pages, and places on them.

A zone is told in units of its surface, a box in pixels of the image; where both
sizes are told, they may differ::

    <surface xml:id="f1" lrx="500" lry="800"><graphic url="1r.png" width="1000px"/>
      <zone xml:id="z1" ulx="10" uly="20" lrx="90" lry="40"/></surface>
    <pb facs="#f1"/><w facs="#z1">Comrade</w>             box  20 40 180 80
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from attrs import field, frozen

from variorum.witness import Box

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["XML", "Facsimile", "Surface", "local"]

XML = "{http://www.w3.org/XML/1998/namespace}"


def local(element: _Element) -> str:
    """An element's name without its namespace; nothing for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


@frozen
class Surface:
    """An image and its size in pixels, where they are told."""

    image: str | None = None
    size: tuple[int, int] | None = None


@frozen
class Facsimile:
    """What ``facs`` may point to, by ``#id``."""

    surfaces: dict[str, Surface] = field(factory=dict)
    zones: dict[str, Box] = field(factory=dict)

    @classmethod
    def of(cls, root: _Element) -> Facsimile:
        """The surfaces, graphics and zones of a file; zones in pixels of their image."""
        out = cls()
        for surface in (e for e in root.iter() if local(e) == "surface"):
            seen, _ = _seen(surface)
            for element in (surface, *(e for e in surface if local(e) == "graphic")):
                out.surfaces[_own(element)] = seen
            out.surfaces[surface.get("start") or ""] = seen
            for zone in (e for e in surface.iter() if local(e) in ("zone", "line")):
                if (box := _placed(zone, surface)) is not None:
                    out.zones[_own(zone)] = box
        for graphic in (e for e in root.iter() if local(e) == "graphic"):
            size = _size(_pixels(graphic.get("width")), _pixels(graphic.get("height")))
            out.surfaces.setdefault(_own(graphic), Surface(graphic.get("url"), size))
        out.surfaces.pop("", None)  # what has no name is pointed to by nobody
        out.zones.pop("", None)
        return out

    def surface(self, element: _Element) -> Surface:
        """What a page shows: itself, the surface it points to or that points to it, an address."""
        if local(element) == "surface":
            return _seen(element)[0]
        for pointer in (element.get("facs") or "").split():
            if pointer in self.surfaces:
                return self.surfaces[pointer]
            if not pointer.startswith("#"):
                return Surface(pointer)
        return self.surfaces.get(_own(element), Surface())

    def zone(self, element: _Element) -> Box | None:
        """The box of the zone that an element points to, or its own on the surface it lies on."""
        for pointer in (element.get("facs") or "").split():
            if pointer in self.zones:
                return self.zones[pointer]
        surface = element.getparent() if local(element) == "line" else None
        while surface is not None and local(surface) != "surface":
            surface = surface.getparent()
        return None if surface is None else _placed(element, surface)


def _own(element: _Element) -> str:
    """How others point to an element."""
    name = element.get(f"{XML}id")
    return f"#{name}" if name else ""


_PIXELS = regex.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")


def _pixels(told: str | None) -> float | None:
    match = _PIXELS.fullmatch(told or "")
    return float(match[1]) if match else None


def _size(width: float | None, height: float | None) -> tuple[int, int] | None:
    return (round(width), round(height)) if width and height else None


def _number(element: _Element, name: str) -> float | None:
    try:
        return float(element.get(name) or "")
    except ValueError:
        return None


def _extent(surface: _Element) -> tuple[float, float] | None:
    """Width and height in the surface's own units."""
    right, bottom = _number(surface, "lrx"), _number(surface, "lry")
    if right is None or bottom is None:
        return None
    return right - (_number(surface, "ulx") or 0.0), bottom - (_number(surface, "uly") or 0.0)


def _seen(surface: _Element) -> tuple[Surface, float]:
    """A surface's image, and how many of its pixels a unit of the surface has.

    Without a size of the image the units are its pixels.
    """
    extent = _extent(surface)
    units = _size(*extent) if extent else None
    graphic = next((e for e in surface.iter() if local(e) == "graphic"), None)
    if graphic is None:
        return Surface(surface.get("facs"), units), 1.0
    width, height = _pixels(graphic.get("width")), _pixels(graphic.get("height"))
    scale = width / extent[0] if width and extent and extent[0] > 0 else 1.0
    if width and extent and not height:
        height = extent[1] * scale
    return Surface(graphic.get("url"), _size(width, height) or units), scale


_POINT = regex.compile(r"(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)")


def _placed(zone: _Element, surface: _Element) -> Box | None:
    """Where a zone lies on the image of its surface: its corners, or the bounds of its points."""
    corners = [_number(zone, name) for name in ("ulx", "uly", "lrx", "lry")]
    told = [corner for corner in corners if corner is not None]
    if len(told) < 4:
        points = [(float(x), float(y)) for x, y in _POINT.findall(zone.get("points") or "")]
        if not points:
            return None
        xs, ys = [x for x, _ in points], [y for _, y in points]
        told = [min(xs), min(ys), max(xs), max(ys)]
    scale = _seen(surface)[1]
    left, top = _number(surface, "ulx") or 0.0, _number(surface, "uly") or 0.0
    x1, x2 = (round((at - left) * scale) for at in told[0::2])
    y1, y2 = (round((at - top) * scale) for at in told[1::2])
    return x1, y1, x2, y2
