"""Translation memories: TMX of any version, of which two languages are wanted.

Units are found by their words, since a memory has no numbers.  Those of our own
files have, and are believed where the words still agree::

    <tuv xml:lang="sq">
      <prop type="source-sentences">9</prop>            believed if sentence 9 reads so
      <seg>Ai është <bpt i="1">&lt;b&gt;</bpt>mirë<ept i="1">&lt;/b&gt;</ept>.</seg>
                                                        "Ai është mirë."

What ``bpt``, ``ept``, ``it``, ``ph`` and ``ut`` hold is code of another format, not
text; the text that such a code hides (``sub``: a footnote, a title) is no part of
the sentence around it.  ``hi`` marks text, which counts.

Languages are compared whole, then by their first subtag (``en-GB`` is ``en``).  In
one language the first variant is the source's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from variorum.aligners import Side
from variorum.errors import ImporterError
from variorum.importers import Said, Sought
from variorum.readers import children, decline, line_of, local, named, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NAME", "VERSION", "read", "recognise", "units"]

NAME = "tmx"
VERSION = "1"

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODE = frozenset(["", "bpt", "ept", "it", "ph", "ut"])  # nothing is a comment's name
_OWN = ("source-sentences", "target-sentences")


def recognise(name: str, data: bytes) -> str:  # noqa: ARG001
    """Take XML whose root is ``tmx``."""
    return decline(data, "tmx")


def read(name: str, data: bytes, source: Side, target: Side) -> Iterator[Said]:
    """The units that have either of the two languages.

    Raises ``ImporterError`` if no unit has one of them, with those that there are.
    """
    units = list(named(parse_xml(name, data), "tu"))
    sides = (source, target)
    variants = [_variants(unit, sides) for unit in units]
    _both(name, units, variants, sides)
    sought = (Sought.of(source), Sought.of(target))
    for unit, pair in zip(units, variants, strict=True):
        one, other = (_half(n, pair[n], sought[n]) for n in (0, 1))
        if one or other:
            yield Said(line_of(unit), one, other)


def units(name: str, data: bytes, source: str, target: str) -> Iterator[tuple[str, str]]:
    """The texts of the units that have both languages, those of *source* before those of *target*.

    Raises ``ImporterError`` as ``read`` does.
    """
    sides = (Side(name, source, (), ()), Side(name, target, (), ()))
    found = list(named(parse_xml(name, data), "tu"))
    variants = [_variants(unit, sides) for unit in found]
    _both(name, found, variants, sides)
    for one, other in variants:
        if one is not None and other is not None:
            yield (
                " ".join(_text(seg) for seg in children(one, "seg")),
                " ".join(_text(seg) for seg in children(other, "seg")),
            )


def _variants(unit: _Element, sides: tuple[Side, Side]) -> tuple[_Element | None, _Element | None]:
    """The variants of a unit that are of the two sides, either of which may be missing."""
    left = list(children(unit, "tuv"))
    found: list[_Element | None] = []
    for which in (0, 1):
        far = [(_far(each, which, sides), n) for n, each in enumerate(left)]
        nearest, n = min(far, default=(_NOT, 0))
        found.append(None if nearest == _NOT else left.pop(n))
    return found[0], found[1]


_NOT = 3


def _far(variant: _Element, which: int, sides: tuple[Side, Side]) -> int:
    """How far a variant is from a side: ours, of its tag, of its language, or not of it at all.

    Where both sides are in one language, what is nearer to the other is not of this.
    """
    tag = _language(variant).lower()
    own, other = (sides[n].language.lower() for n in (which, 1 - which))
    kinds = [prop.get("type") for prop in children(variant, "prop")]
    alike = _primary(own) == _primary(other)
    if _primary(tag) != _primary(own) or (alike and _OWN[1 - which] in kinds):
        return _NOT
    if _OWN[which] in kinds:
        return 0
    return _NOT if alike and tag == other != own else 1 + (tag != own)


def _language(variant: _Element) -> str:
    return variant.get(_LANG) or variant.get("lang") or ""


def _primary(tag: str) -> str:
    return tag.lower().replace("_", "-").partition("-")[0]


def _both(
    name: str,
    units: Sequence[_Element],
    variants: Sequence[tuple[_Element | None, _Element | None]],
    sides: tuple[Side, Side],
) -> None:
    """Some unit must have the language of the source, and some that of the target."""
    absent = [s.language for n, s in enumerate(sides) if all(v[n] is None for v in variants)]
    if units and absent:
        tags = dict.fromkeys(
            _language(v) or "none" for unit in units for v in children(unit, "tuv")
        )
        raise ImporterError(
            f"is in {', '.join(tags) or 'no language'}; nothing of it is in {' or '.join(absent)}",
            place=name,
            remedy="name the languages as the file does, source first: --languages sq,en",
        )


def _half(which: int, variant: _Element | None, sought: Sought) -> tuple[int, ...] | str:
    """The words of a variant, or its positions if it tells them and they agree."""
    if variant is None:
        return ""
    text = " ".join(_text(seg) for seg in children(variant, "seg"))
    for prop in children(variant, "prop"):
        numbers = (prop.text or "").split()
        if prop.get("type") == _OWN[which] and all(n.isdecimal() and len(n) < 10 for n in numbers):
            positions = tuple(sorted(map(int, numbers)))
            if positions and sought.agrees(positions, text):
                return positions
    return text


def _text(element: _Element) -> str:
    """The text of a segment without codes of other formats."""
    out = [element.text or ""]
    for child in element:
        if local(child) not in _CODE:
            out.append(_text(child))
        out.append(child.tail or "")
    return "".join(out)
