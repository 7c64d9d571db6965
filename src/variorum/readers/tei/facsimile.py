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

from variorum.readers import Faults, children, line_of, local, named
from variorum.witness import Box

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["XML", "Facsimile", "Surface"]

XML = "{http://www.w3.org/XML/1998/namespace}"


@frozen
class Surface:
    """An image and its size in pixels, where they are told."""

    image: str | None = None
    size: tuple[int, int] | None = None


@frozen
class Facsimile:
    """What ``facs`` may point to, by ``#id``, and where lines lie that are told in their place."""

    surfaces: dict[str, Surface] = field(factory=dict)
    zones: dict[str, Box] = field(factory=dict)
    lines: dict[_Element, Box] = field(factory=dict)
    seen: dict[_Element, Surface] = field(factory=dict)

    @classmethod
    def of(cls, root: _Element, faults: Faults) -> Facsimile:
        """The surfaces, graphics and zones of a file; zones in pixels of their image."""
        out = cls()
        for surface in named(root, "surface"):
            frame = _frame(surface, faults)
            out.seen[surface] = frame.seen
            for element in (surface, *children(surface, "graphic")):
                out.surfaces[_own(element)] = frame.seen
            out.surfaces[surface.get("start") or ""] = frame.seen
            for zone in named(surface, "zone", "line"):
                if (box := frame.placed(zone, faults)) is not None:
                    out.zones[_own(zone)] = box
                    out.lines[zone] = box
        for graphic in named(root, "graphic"):
            size = _size(_pixels(graphic.get("width")), _pixels(graphic.get("height")))
            out.surfaces.setdefault(_own(graphic), Surface(graphic.get("url"), size))
        out.surfaces.pop("", None)  # what has no name is pointed to by nobody
        out.zones.pop("", None)
        return out

    def surface(self, element: _Element) -> Surface:
        """What a page shows: itself, the surface it points to or that points to it, an address."""
        if element in self.seen:
            return self.seen[element]
        for pointer in (element.get("facs") or "").split():
            if pointer in self.surfaces:
                return self.surfaces[pointer]
            if not pointer.startswith("#"):
                return Surface(pointer)
        return self.surfaces.get(_own(element), Surface())

    def boxes(self, element: _Element) -> list[Box]:
        """The boxes of the zones that an element points to, or its own where it lies on one."""
        told = (element.get("facs") or "").split()
        pointed = [self.zones[pointer] for pointer in told if pointer in self.zones]
        if not pointed and local(element) == "line" and element in self.lines:
            return [self.lines[element]]
        return pointed

    def zone(self, element: _Element) -> Box | None:
        """The first of the boxes of an element."""
        return next(iter(self.boxes(element)), None)


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


@frozen
class _Frame:
    """A surface: its image, where its units begin, and how many pixels one of them has."""

    seen: Surface
    left: float
    top: float
    scale: float

    def placed(self, zone: _Element, faults: Faults) -> Box | None:
        """Where a zone lies on the image: its corners, or the bounds of its points."""
        told = _corners(zone, faults)
        if told is None:
            told = faults.bounds(zone.get("points"), line_of(zone))
        if told is None:
            return None
        x1, x2 = (round((at - self.left) * self.scale) for at in told[0::2])
        y1, y2 = (round((at - self.top) * self.scale) for at in told[1::2])
        return x1, y1, x2, y2


def _corners(element: _Element, faults: Faults) -> tuple[float, ...] | None:
    """Left, top, right, bottom in the units of the surface; left and top not told are 0."""
    at = line_of(element)
    told = [
        faults.number(element.get(name, default), "sides of boxes", at)
        for name, default in (("ulx", "0"), ("uly", "0"), ("lrx", None), ("lry", None))
    ]
    known = tuple(corner for corner in told if corner is not None)
    return known if len(known) == 4 else None


def _frame(surface: _Element, faults: Faults) -> _Frame:
    """Without a size of the image the units of a surface are its pixels."""
    corners = _corners(surface, faults)
    left, top, right, bottom = corners or (0.0, 0.0, 0.0, 0.0)
    units = _size(right - left, bottom - top)
    graphic = next(named(surface, "graphic"), None)
    if graphic is None:
        return _Frame(Surface(surface.get("facs"), units), left, top, 1.0)
    width, height = _pixels(graphic.get("width")), _pixels(graphic.get("height"))
    scale = width / (right - left) if width and right > left else 1.0
    if width and units and not height:
        height = (bottom - top) * scale
    return _Frame(Surface(graphic.get("url"), _size(width, height) or units), left, top, scale)
