"""Two texts aligned as a translation memory: TMX 1.4b, level 1 (text without inline codes).

Translators' tools (OmegaT, Okapi, Trados and their like) look for the language
of each ``tuv`` and for ``srclang`` in the header; all that is ours stands in
``prop``, which they keep or pass over::

    <tu tuid="7">                                        the pair 7, from 0
      <prop type="confidence">0.9134</prop>              … move, locked, absence
      <tuv xml:lang="sq">
        <prop type="source-sentences">9</prop>           positions, from 0
        <prop type="source-turns">4</prop>
        <seg>Populli ynë e do popullin korean.</seg>
      </tuv>
      <tuv xml:lang="en"> … two sentences: "target-sentences" 10 11 … </tuv>
    </tu>

A sentence without counterpart is a ``tu`` of one ``tuv``, which the standard
allows, so that no sentence is lost; links between words are not written, since
level 1 has no place for them.  There is no date in the file: the same alignment
gives the same bytes.  There is no DOCTYPE either: it would be fetched by some.

What XML cannot hold (a control character, a lone surrogate, the U+FFFE that some
PDF files have at line ends) is written as U+FFFD, and a ``note`` of its unit
says what stood there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from variorum import __version__
from variorum.aligners import Pair, Parallel, Side
from variorum.exporters import ILLEGAL, writable

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["to_tmx"]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def to_tmx(parallel: Parallel) -> bytes:
    """The alignment as TMX 1.4b in UTF-8: a ``tu`` a pair, in the order of the pairs."""
    from lxml import etree

    root = etree.Element("tmx", version="1.4")
    _header(root, parallel)
    body = etree.SubElement(root, "body")
    for number, pair in enumerate(parallel.sentences):
        _unit(body, number, pair, parallel)
    etree.indent(root)
    told = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{told}\n'.encode()


def _header(root: _Element, parallel: Parallel) -> None:
    """What the standard requires, then where the memory comes from."""
    from lxml import etree

    header = etree.SubElement(
        root,
        "header",
        {
            "creationtool": "variorum",
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": "variorum alignment",
            "adminlang": "en",
            "srclang": writable(parallel.source.language),
            "datatype": "plaintext",
        },
    )
    _props(
        header,
        (
            ("source-file", parallel.source.file),
            ("target-file", parallel.target.file),
            ("fingerprint", json.dumps(parallel.fingerprint, ensure_ascii=False, sort_keys=True)),
        ),
    )


def _props(element: _Element, props: Iterable[tuple[str, str]]) -> None:
    from lxml import etree

    for kind, value in props:
        etree.SubElement(element, "prop", type=kind).text = writable(value)


def _unit(body: _Element, number: int, pair: Pair, parallel: Parallel) -> None:
    from lxml import etree

    unit = etree.SubElement(body, "tu", tuid=str(number))
    sides = (
        ("source", parallel.source, pair.source),
        ("target", parallel.target, pair.target),
    )
    texts = [_text(side, positions) for _, side, positions in sides]
    if odd := sorted(set(ILLEGAL.findall("".join(texts)))):
        names = ", ".join(f"U+{ord(char):04X}" for char in odd)
        etree.SubElement(unit, "note").text = f"XML cannot hold {names}: U+FFFD stands for it"
    _props(unit, _said(pair))
    for (name, side, positions), text in zip(sides, texts, strict=True):
        if positions:
            variant = etree.SubElement(unit, "tuv", {_LANG: writable(side.language)})
            _props(variant, _places(name, side, positions))
            etree.SubElement(variant, "seg").text = writable(text)


def _said(pair: Pair) -> Iterator[tuple[str, str]]:
    yield "confidence", f"{pair.confidence:.4f}"
    if pair.move:
        yield "move", "yes"
    if pair.locked:
        yield "locked", "yes"
    if not pair.target:
        yield "absence", "not translated"
    elif not pair.source:
        yield "absence", "added in translation"


def _places(name: str, side: Side, positions: Sequence[int]) -> Iterator[tuple[str, str]]:
    turns = sorted({side.sentences[n].turn for n in positions})
    yield f"{name}-sentences", " ".join(map(str, positions))
    yield f"{name}-turns", " ".join(map(str, turns))


def _text(side: Side, positions: Sequence[int]) -> str:
    """The sentences in one line, a space between them."""
    return " ".join(" ".join(side.sentences[n].text.split()) for n in positions)
