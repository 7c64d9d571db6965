"""A page of known words, and what each format makes of it, written as engines write it.

The writers differ from the readers' wishes where real engines do: polygons stand
on a corner, a hyphen may be an element of its own, white space lies between
elements, names have prefixes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import count

from attrs import frozen
from hypothesis import strategies as st

from variorum.witness import Box, Witness

__all__ = ["FORMATS", "Leaf", "Row", "Told", "facts", "pages", "sides"]

FULL = (1000, 1400)


@frozen
class Told:
    """A word as an engine tells it."""

    text: str
    box: Box | None
    confidence: int | None  # per cent
    language: str | None


@frozen
class Row:
    """A line: its words, at least one."""

    words: tuple[Told, ...]
    box: Box | None


@frozen
class Leaf:
    """A page: its blocks of lines."""

    blocks: tuple[tuple[Row, ...], ...]
    image: str = "page 1 & 2.png"

    @property
    def text(self) -> str:
        """What every format of it reads."""
        return "\n\n".join(
            "\n".join(" ".join(word.text for word in row.words) for row in block)
            for block in self.blocks
        )


LETTERS = (
    *("a", "e", "\u00eb", "\u017f", "\u0301", "\u0323", "\U0001d518", "\u00a0", "1"),
    *("\u05e9", "\u05dc", "\u05f4", "\u200f", "\u0639", "\u0640", "\u4f1a"),  # right to left, han
    *("-", "\u00ad", "\u2010", "=", "\u00ac", "&", "<", ">", '"', "'", ";", ","),
)


def sides(low: int, high: int) -> st.SearchStrategy[tuple[int, int]]:
    """Two edges, the lower first."""
    return st.tuples(st.integers(low, high), st.integers(low, high)).map(
        lambda pair: (min(pair), max(pair))
    )


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    """A box on a page."""
    (x1, x2), (y1, y2) = draw(sides(0, FULL[0])), draw(sides(0, FULL[1]))
    return x1, y1, x2, y2


def words() -> st.SearchStrategy[Told]:
    """Words of odd letters, with or without box, confidence and language."""
    letters = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=6).map("".join)
    return st.builds(
        Told,
        letters.filter(lambda text: bool(text.strip())),
        st.none() | boxes(),
        st.none() | st.integers(0, 100),
        st.sampled_from([None, "eng", "sqi", "heb"]),
    )


def pages() -> st.SearchStrategy[Leaf]:
    """Pages of up to three blocks; a page may be blank."""
    rows = st.builds(Row, st.lists(words(), min_size=1, max_size=4).map(tuple), st.none() | boxes())
    blocks = st.lists(rows, min_size=1, max_size=3).map(tuple)
    return st.builds(Leaf, st.lists(blocks, max_size=3).map(tuple))


def facts(witness: Witness) -> tuple[object, ...]:
    """Everything that the formats of one page must agree on."""
    text, layout = witness.text.chars, witness.layout
    return (
        text,
        [(page.span, page.image, page.width, page.height) for page in layout.pages],
        [(line.span.of(text), line.box) for line in layout.lines],
        [(w.span.of(text), w.span, w.box, w.confidence, w.language) for w in layout.words],
        layout.notes,
    )


def _attributes(**told: object) -> str:
    return "".join(
        f' {name.replace("_", ":")}="{escape(str(value))}"'
        for name, value in told.items()
        if value is not None
    )


def hocr(leaf: Leaf) -> bytes:
    """As Tesseract writes hOCR."""
    out = [f"<div class='ocr_page' title='image &quot;{escape(leaf.image)}&quot;; bbox 0 0 "]
    out += [f"{FULL[0]} {FULL[1]}; ppageno 0'>\n"]
    for block in leaf.blocks:
        out.append(" <div class='ocr_carea'>\n  <p class='ocr_par'>\n")
        for row in block:
            out.append(f"   <span class='ocr_line'{_title(row.box, None)}>\n")
            out += [
                f"    <span class='ocrx_word'{_title(word.box, word.confidence)}"
                f"{_attributes(lang=word.language)}>{escape(word.text)}</span>\n"
                for word in row.words
            ]
            out.append("   </span>\n")
        out.append("  </p>\n </div>\n")
    return ("<html><body>" + "".join(out) + "</div></body></html>").encode()


def _title(box: Box | None, confidence: int | None) -> str:
    told = [f"bbox {' '.join(map(str, box))}"] if box else []
    told += [f"x_wconf {confidence}"] if confidence is not None else []
    return _attributes(title="; ".join(told)) if told else ""


def alto(leaf: Leaf) -> bytes:
    """ALTO 4 with a prefix, the hyphen at a line's end as an element of its own."""
    out = ["<a:Description><a:MeasurementUnit>pixel</a:MeasurementUnit><a:sourceImageInformation>"]
    out += [f"<a:fileName>{escape(leaf.image)}</a:fileName></a:sourceImageInformation>"]
    out += [f"</a:Description><a:Layout><a:Page WIDTH='{FULL[0]}' HEIGHT='{FULL[1]}'>"]
    out.append("<a:PrintSpace>\n")
    for block in leaf.blocks:
        out.append(" <a:ComposedBlock><a:TextBlock>\n")
        for row in block:
            strings = [_string(word, last=word is row.words[-1]) for word in row.words]
            out.append(f"  <a:TextLine{_corner(row.box)}>" + "<a:SP/>\n".join(strings))
            out.append("</a:TextLine>\n")
        out.append(" </a:TextBlock></a:ComposedBlock>\n")
    name = "http://www.loc.gov/standards/alto/ns-v4#"
    end = "</a:PrintSpace></a:Page></a:Layout></a:alto>"
    return (f"<a:alto xmlns:a='{name}'>" + "".join(out) + end).encode()


def _corner(box: Box | None) -> str:
    if box is None:
        return ""
    left, top, right, bottom = box
    return _attributes(HPOS=left, VPOS=top, WIDTH=f"{right - left}.0", HEIGHT=bottom - top)


def _string(word: Told, *, last: bool) -> str:
    sure = None if word.confidence is None else f"{word.confidence / 100:.2f}"
    stem, hyphen = word.text[:-1], word.text[-1]
    if not last or hyphen not in "-\u00ad" or not stem.strip() or stem[-1] in "-\u00ad":
        return (
            f"<a:String{_corner(word.box)}"
            f"{_attributes(CONTENT=word.text, WC=sure, LANG=word.language)}/>"
        )
    box = word.box
    first = (box[0], box[1], box[0], box[3]) if box else None
    return (
        f"<a:String{_corner(first)}"
        f"{_attributes(CONTENT=stem, WC=sure, LANG=word.language, SUBS_TYPE='HypPart1')}"
        f"/><a:HYP{_corner(box)}{_attributes(CONTENT=hyphen)}/>"
    ).replace("SUBS:TYPE", "SUBS_TYPE")


def page_xml(leaf: Leaf) -> bytes:
    """PAGE XML 2019, regions from last to first in the file and in order by groups."""
    refs = "".join(
        f'<UnorderedGroupIndexed index="{n}"><RegionRef regionRef="r{n}"/></UnorderedGroupIndexed>'
        for n in reversed(range(len(leaf.blocks)))
    )
    out = [f"<ReadingOrder><OrderedGroup>{refs}</OrderedGroup></ReadingOrder>\n" if refs else ""]
    for number, block in reversed(list(enumerate(leaf.blocks))):
        out.append(f'<TextRegion id="r{number}">\n')
        for row in block:
            text = " ".join(word.text for word in row.words)
            out.append(f"<TextLine>{_outline(row.box)}\n")
            out += [
                f"<Word{_attributes(language=word.language)}>{_outline(word.box)}"
                f"{_equivalent(word.text, word.confidence)}</Word>\n"
                for word in row.words
            ]
            out.append(f"{_equivalent(text)}</TextLine>\n")
        out.append("</TextRegion>\n")
    size = _attributes(imageFilename=leaf.image, imageWidth=FULL[0], imageHeight=FULL[1])
    name = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
    return (f'<PcGts xmlns="{name}"><Page{size}>{"".join(out)}</Page></PcGts>').encode()


def _outline(box: Box | None) -> str:
    """A box that stands on a corner, with the same bounds."""
    if box is None:
        return ""
    left, top, right, bottom = box
    x, y = (left + right) // 2, (top + bottom) // 2
    return f'<Coords points="{left},{y} {x},{top} {right},{y} {x},{bottom}"/>'


def _equivalent(text: str, confidence: int | None = None) -> str:
    sure = None if confidence is None else f"{confidence / 100:.2f}"
    wrong = '<TextEquiv index="1" conf="1"><Unicode>wrong</Unicode></TextEquiv>'
    told = _attributes(index=0, conf=sure)
    return f"{wrong}<TextEquiv{told}><Unicode>{escape(text)}</Unicode></TextEquiv>"


def tei(leaf: Leaf) -> bytes:
    """TEI with a facsimile of twice the pixels' units, every line and word pointing into it."""
    numbers = count(1)
    zones: list[str] = []

    def pointer(box: Box | None) -> str | None:
        if box is None:
            return None
        name = f"z{next(numbers)}"
        left, top, right, bottom = (side * 2 + 10 for side in box)
        zones.append(
            f'<zone xml:id="{name}"{_attributes(ulx=left, uly=top, lrx=right, lry=bottom)}/>\n'
        )
        return f"#{name}"

    paragraphs = "".join(f"<p>\n{_lines(block, pointer)}</p>\n" for block in leaf.blocks)
    surface = _attributes(ulx=10, uly=10, lrx=FULL[0] * 2 + 10, lry=FULL[1] * 2 + 10)
    graphic = _attributes(url=leaf.image, width=f"{FULL[0]}px", height=f"{FULL[1]}px")
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><facsimile>'
        f'<surface xml:id="s"{surface}><graphic{graphic}/>\n{"".join(zones)}</surface></facsimile>'
        f'<text><body><pb facs="#s"/>\n{paragraphs}</body></text></TEI>'
    ).encode()


def _lines(block: Sequence[Row], pointer: Callable[[Box | None], str | None]) -> str:
    out = []
    hyphen = False
    for row in block:
        inside = "no" if hyphen else None
        out.append(f"<lb{_attributes(facs=pointer(row.box), **{'break': inside})}/>")
        for word in row.words:
            sure = None if word.confidence is None else f"{word.confidence / 100:.2f}"
            told = _attributes(facs=pointer(word.box), cert=sure, xml_lang=word.language)
            out.append(f"<w{told}>{escape(word.text)}</w>\n")
        hyphen = row.words[-1].text.endswith("-")
    return "".join(out)


FORMATS: Mapping[str, Callable[[Leaf], bytes]] = {
    "page.hocr": hocr,
    "alto.xml": alto,
    "page.xml": page_xml,
    "tei.xml": tei,
}
"""File name → writer."""
