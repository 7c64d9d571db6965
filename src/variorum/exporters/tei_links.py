"""Two texts aligned as one TEI document: both texts, and links between them beside these.

The texts are a ``group`` of two; what renders what stands in ``standOff`` and
points to them, so that either text can be read, searched and printed alone::

    <sp xml:id="source-turn-4" who="#speaker-1">
      <ab> <s xml:id="s9">Populli ynë …</s> </ab>          sentence 9 of the source, from 0
    </sp>
    <linkGrp type="translation" subtype="sentences">
      <link target="#s9 #t10 #t11" cert="0.9134"/>         one to two
      <link target="#s12 #t3" cert="0.8021" type="move"/>  it crosses its neighbours
    <spanGrp type="untranslated" subtype="sentences">
      <span from="#s10" cert="0.7"/>                       and type="added" for the target's

A pair that an editor locked names them in ``@resp``.  Turns are linked like
sentences, with ``subtype="turns"``.  Where a passage is no turn, its element
says what it is: ``head``, ``dateline``, ``stage``, ``note``, ``closer``, ``signed``,
or an ``ab`` with its ``type``.  A new ``div`` begins where TEI wants it, before a
head after text and after a closer; what would close a ``div`` without text is an
``ab``.  A turn is an ``ab`` too, not a ``p``: how it was divided into paragraphs is
no longer known here.  There is no ``speaker`` in it either, since the label as
written is no part of the sides: ``@who`` says it.

Links between words are left out: each word would need an element of its own, and
the texts could no longer be read in the file.  The JSON of the alignment has them.
What XML cannot hold is written as U+FFFD, and the header says what stood there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import regex

from variorum import __version__
from variorum.aligners import Pair, Parallel, Passage, Sentence, Side
from variorum.exporters import ILLEGAL, writable
from variorum.witness import Role

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["to_tei"]

_TEI = "{http://www.tei-c.org/ns/1.0}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_NUMBERED = regex.compile(r"\d+(?:\.\d+){0,2}")

_ELEMENTS = {
    Role.HEADING: "head",
    Role.DATELINE: "dateline",
    Role.STAGE: "stage",
    Role.NOTE: "note",
    Role.CLOSER: "closer",
    Role.SIGNATURE: "signed",
}
_TOP, _BOTTOM = 0, 2
_PLACES = {"head": _TOP, "dateline": _TOP, "closer": _BOTTOM, "signed": _BOTTOM}
"""Where in a ``div`` an element may stand; all others between (1)."""

_BODIES = frozenset(_TEI + name for name in ("ab", "sp", "stage"))
"""What makes the text of a ``div``; a note alone does not."""


def to_tei(parallel: Parallel) -> bytes:
    """The alignment as a TEI document in UTF-8; words are not linked in it."""
    from lxml import etree

    root = etree.Element(f"{_TEI}TEI", {"type": "variorum-alignment"}, nsmap={None: _TEI[1:-1]})  # type: ignore[dict-item]
    root.set(f"{_XML}lang", "en")
    people = _people(parallel)
    _header(root, parallel, people)
    group = _add(_add(root, "text"), "group")
    _text(group, "source", parallel.source, people)
    _text(group, "target", parallel.target, people)
    _stand_off(root, parallel)
    etree.indent(root)
    told = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{told}\n'.encode()


def _add(parent: _Element, name: str, text: str | None = None, **attributes: str) -> _Element:
    """A new last child; ``xml_id`` and ``xml_lang`` are what they look like."""
    from lxml import etree

    element = etree.SubElement(parent, _TEI + name)
    for key, value in attributes.items():
        full = _XML + key[4:] if key.startswith("xml_") else key
        element.set(full, writable(value))
    element.text = writable(text) if text else None
    return element


def _people(parallel: Parallel) -> Mapping[str, str]:
    """Who speaks on either side, and by what ``xml:id`` the document calls them."""
    passages = (*parallel.source.passages, *parallel.target.passages)
    names = dict.fromkeys(each.speaker for each in passages if each.speaker)
    return {name: f"speaker-{number}" for number, name in enumerate(names, 1)}


def _header(root: _Element, parallel: Parallel, people: Mapping[str, str]) -> None:
    header = _add(root, "teiHeader")
    file = _add(header, "fileDesc")
    title = _add(file, "titleStmt")
    one, other = parallel.source, parallel.target
    _add(title, "title", f"{one.file} and {other.file}, aligned")
    if any(pair.locked for pair in (*parallel.sentences, *parallel.turns)):
        editor = _add(title, "respStmt", xml_id="editor")
        _add(editor, "resp", "said which sentences render each other, where links name them")
        _add(editor, "name", "the editor")
    _add(_add(file, "publicationStmt"), "p", "Not published: made from the files named below.")
    sources = _add(file, "sourceDesc")
    for name, side in (("source", one), ("target", other)):
        _add(sources, "bibl", side.file, type=name, xml_lang=side.language)
    _encoding(_add(header, "encodingDesc"), parallel)
    _profile(_add(header, "profileDesc"), parallel, people)


def _encoding(parent: _Element, parallel: Parallel) -> None:
    """How it was made, and how it is to be read."""
    declared = _add(parent, "editorialDecl")
    if odd := _odd(parallel):
        names = ", ".join(f"U+{ord(char):04X}" for char in odd)
        said = f"XML cannot hold {names}, which the files have: U+FFFD stands for it."
        _add(_add(declared, "normalization"), "p", said)
    said = "An s is a sentence as it was compared, in one line; its number counts from 0."
    _add(_add(declared, "segmentation"), "p", said)
    said = (
        "A link says that what it points to renders each other, cert how likely that is exactly"
        " right (0 to 1), type move that it crosses its neighbours; a span of untranslated or"
        " added says that what it points to has no counterpart."
    )
    _add(_add(declared, "interpretation"), "p", said)
    numbers = _NUMBERED.match(__version__)
    version = numbers[0] if numbers else "0"
    program = _add(_add(parent, "appInfo"), "application", ident="variorum", version=version)
    _add(program, "label", f"variorum {__version__}")
    for key, value in sorted(parallel.fingerprint.items()):
        _add(program, "p", f"{key}: {json.dumps(value, ensure_ascii=False, sort_keys=True)}")


def _odd(parallel: Parallel) -> Sequence[str]:
    """The characters of the sentences that XML cannot hold."""
    sentences = (*parallel.source.sentences, *parallel.target.sentences)
    return sorted({char for each in sentences for char in ILLEGAL.findall(each.text)})


def _profile(parent: _Element, parallel: Parallel, people: Mapping[str, str]) -> None:
    languages = _add(parent, "langUsage")
    for tag in dict.fromkeys((parallel.source.language, parallel.target.language)):
        _add(languages, "language", tag, ident=tag)
    if people:
        listed = _add(_add(parent, "particDesc"), "listPerson")
        for name, known in people.items():
            _add(_add(listed, "person", xml_id=known), "persName", name)


def _text(group: _Element, name: str, side: Side, people: Mapping[str, str]) -> None:
    """One of the two texts, in divisions whose tops and bottoms are where TEI has them."""
    body = _add(_add(group, "text", xml_id=name, xml_lang=side.language), "body")
    held: dict[int, list[tuple[int, Sentence]]] = defaultdict(list)
    for position, sentence in enumerate(side.sentences):
        held[sentence.turn].append((position, sentence))
    div, reached = _add(body, "div"), 0
    for number, passage in enumerate(side.passages):
        element, place = _element(passage, bare=not any(each.tag in _BODIES for each in div))
        if place < reached:
            div = _add(body, "div")
            element, place = _element(passage, bare=True)
        reached = place
        block = _passage(div, element, passage, f"{name}-turn-{number}", people)
        for position, sentence in held[number]:
            line = " ".join(sentence.text.split())
            _add(block, "s", line, xml_id=f"{name[0]}{position}")


def _element(passage: Passage, *, bare: bool) -> tuple[str, int]:
    """What a passage becomes and where in a ``div`` it may stand; *bare*: in one without text.

    There TEI has no closer: it becomes an ``ab`` then, which says what it is.
    """
    element = _ELEMENTS.get(Role(passage.role), "ab")
    place = _PLACES.get(element, 1)
    return ("ab", 1) if bare and place == _BOTTOM else (element, place)


def _passage(
    div: _Element, element: str, passage: Passage, known: str, people: Mapping[str, str]
) -> _Element:
    """The element of a passage; what is given back holds its sentences."""
    if Role(passage.role) is Role.TURN:
        who = {"who": f"#{people[passage.speaker]}"} if passage.speaker else {}
        return _add(_add(div, "sp", xml_id=known, **who), "ab")
    kind = {"type": str(passage.role)} if element == "ab" else {}
    return _add(div, element, xml_id=known, **kind)


def _stand_off(root: _Element, parallel: Parallel) -> None:
    """The pairs of sentences and of turns; no group without a member, as TEI wants it."""
    kinds = (
        ("sentences", ("s", "t"), parallel.sentences),
        ("turns", ("source-turn-", "target-turn-"), parallel.turns),
    )
    if not any(pairs for _, _, pairs in kinds):
        return
    beside = _add(root, "standOff")
    for subtype, names, pairs in kinds:
        linked = [pair for pair in pairs if pair.source and pair.target]
        if linked:
            links = _add(beside, "linkGrp", type="translation", subtype=subtype)
            for pair in linked:
                _add(links, "link", target=" ".join(_targets(pair, names)), **_marks(pair))
        _alone(beside, "untranslated", subtype, names, [p for p in pairs if not p.target])
        _alone(beside, "added", subtype, names, [p for p in pairs if not p.source])


def _alone(
    beside: _Element, kind: str, subtype: str, names: tuple[str, str], pairs: Sequence[Pair]
) -> None:
    """What has no counterpart, a span a sentence or turn."""
    if pairs:
        spans = _add(beside, "spanGrp", type=kind, subtype=subtype)
        for pair in pairs:
            for target in _targets(pair, names):
                _add(spans, "span", **{"from": target}, **_resp(pair))


def _targets(pair: Pair, names: tuple[str, str]) -> Iterator[str]:
    for name, positions in zip(names, (pair.source, pair.target), strict=True):
        yield from (f"#{name}{n}" for n in positions)


def _marks(pair: Pair) -> dict[str, str]:
    return {**_resp(pair), **({"type": "move"} if pair.move else {})}


def _resp(pair: Pair) -> dict[str, str]:
    """How sure it is, and whether an editor said it."""
    sure = {"cert": f"{pair.confidence:.4f}"}
    return {**sure, "resp": "#editor"} if pair.locked else sure
