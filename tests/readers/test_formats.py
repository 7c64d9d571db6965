"""What all formats of a page have in common: one model, and no failure but a sentence."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from readers.written import FORMATS, FULL, Leaf, facts, pages
from variorum.errors import ReadingError
from variorum.readers import read, read_path
from variorum.text import Span
from variorum.witness import Witness

SAMPLES = Path(__file__).parent / "samples"
SCANS = Path(__file__).parents[2] / "witnesses" / "hoxha-choe-1959" / "O1"


def expected(leaf: Leaf) -> tuple[object, ...]:
    """The model of a page, spelled out without any reader."""
    lines, words = [], []
    at = 0
    for block in leaf.blocks:
        for row in block:
            lines.append((" ".join(word.text for word in row.words), row.box))
            for word in row.words:
                span = Span(at, at + len(word.text))
                sure = None if word.confidence is None else word.confidence / 100
                words.append((word.text, span, word.box, sure, word.language))
                at = span.end + 1
        at += 1
    page = (Span(0, len(leaf.text)), leaf.image, *FULL)
    return leaf.text, [page], lines, words, ()


@pytest.mark.parametrize("name", FORMATS)
@given(leaf=pages())
def test_one_page_is_one_model_in_every_format(name: str, leaf: Leaf) -> None:
    """Text, pages, lines, words, boxes, confidences and languages do not depend on the format."""
    (witness,) = read(name, FORMATS[name](leaf))
    assert facts(witness) == expected(leaf)


def test_real_engine_output_agrees(tmp_path: Path) -> None:
    """What Tesseract says of one image as hOCR and as ALTO is one text with one layout."""
    with Image.open(SCANS / "page-01.png") as scan:
        scan.crop((0, 0, scan.width, scan.height // 4)).save(tmp_path / "top.png")
    subprocess.run(
        ["tesseract", "top.png", "top", "-l", "eng", "hocr", "alto"],
        cwd=tmp_path,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=True,
        capture_output=True,
    )
    (hocr,) = read_path(tmp_path / "top.hocr", "top")
    (alto,) = read_path(tmp_path / "top.xml", "top")
    assert len(hocr.layout.words) > 50
    assert hocr.text == alto.text
    for word, other in zip(hocr.layout.words, alto.layout.words, strict=True):
        assert (word.span, word.box) == (other.span, other.box)
        assert word.confidence == pytest.approx(other.confidence, abs=0.011)
    assert hocr.layout.pages == alto.layout.pages


def checked(name: str, data: bytes) -> Witness | None:
    """The witness in damaged *data*, whole in itself, or nothing where a sentence refuses it."""
    try:
        (witness,) = read(name, data)
    except ReadingError as error:
        told = error
    else:
        whole(witness)
        return witness
    assert told.place.startswith(name)
    assert told.remedy
    assert "\n" not in str(told)
    return None


def whole(witness: Witness) -> None:
    """The facts of a layout fit their text and their page."""
    text, layout = witness.text.chars, witness.layout
    for found in (layout.pages, layout.lines, layout.words):
        spans = [fact.span for fact in found]
        assert spans == sorted(spans)
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    for page in layout.pages:
        assert "\f" not in page.span.of(text)
    boxed = [(line.span, line.box) for line in layout.lines]
    for span, box in boxed + [(word.span, word.box) for word in layout.words]:
        assert "\n" not in span.of(text)
        on = witness.page_at(span.start)
        assert on is not None
        if box is not None:
            assert 0 <= box[0] <= box[2] <= (on.width or box[2])
            assert 0 <= box[1] <= box[3] <= (on.height or box[3])
    for word in layout.words:
        assert word.span.of(text).strip()
        assert word.confidence is None or 0 <= word.confidence <= 1


FILES = {name: (SAMPLES / name).read_bytes() for name in ("hocr.hocr", "alto.xml", "tei.xml")} | {
    "page-xml.xml": (SAMPLES / "page-xml.xml").read_bytes()
}


@pytest.mark.parametrize("name", FILES)
@given(share=st.floats(0, 1))
def test_a_file_cut_anywhere_is_read_or_refused(name: str, share: float) -> None:
    """A truncated file gives a sentence; only white space may be missing from one that is read."""
    data = FILES[name]
    piece = data[: int(share * len(data))]
    if checked(name, piece) is not None:
        assert not data[len(piece) :].strip() or piece.rstrip().endswith(b"</html>")


JUNK = ("", "x", "nan", "inf", "-1", "1e400", "99999999999999999999", "0.5", "1 2 3", "\u00a0")


@settings(max_examples=60)
@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_a_mutilated_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    """Without some elements, with some twice, with attributes missing or wrong: never a failure."""
    root = etree.fromstring(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        elements = list(root.iterdescendants("*")) or [etree.SubElement(root, "p")]
        element = data.draw(st.sampled_from(elements))
        parent = element.getparent()
        assert parent is not None
        harm = data.draw(st.sampled_from(["delete", "unwrap", "double", "attribute", "text"]))
        if harm == "delete":
            parent.remove(element)
        elif harm == "unwrap":
            parent.extend(list(element))
        elif harm == "double":
            parent.append(etree.fromstring(etree.tostring(element, with_tail=False)))
        elif harm == "text":
            element.text = data.draw(st.sampled_from(JUNK))
        elif element.attrib:
            attribute = data.draw(st.sampled_from(sorted(element.attrib)))
            element.set(attribute, data.draw(st.sampled_from(JUNK)))
    checked(name, etree.tostring(root))


@pytest.mark.parametrize("name", FILES)
@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_one_wrong_byte_is_read_or_refused(name: str, at: float, byte: int) -> None:
    """A byte changed anywhere gives a sentence or a whole witness."""
    data = bytearray(FILES[name])
    data[int(at * len(data))] = byte
    checked(name, bytes(data))


LONG = 10**6


def long_files(letters: str) -> dict[str, bytes]:
    """A page whose one line is *letters*, in every format and as plain text."""
    line = f"<TextEquiv><Unicode>{letters}</Unicode></TextEquiv>"
    return {
        "a.hocr": f"<div class='ocr_page'><span class='ocr_line'>{letters}</span></div>".encode(),
        "alto.xml": "<alto><Layout><Page><TextBlock><TextLine>"
        f'<String CONTENT="{letters}"/></TextLine></TextBlock></Page></Layout></alto>'.encode(),
        "page.xml": "<PcGts><Page><TextRegion><TextLine>"
        f"{line}</TextLine></TextRegion></Page></PcGts>".encode(),
        "tei.xml": f"<TEI><text><p>{letters}</p></text></TEI>".encode(),
        "a.txt": letters.encode(),
    }


@pytest.mark.parametrize("name", long_files(""))
@pytest.mark.parametrize("letters", ["w" * 99 + " ", "a", "a" + " " * 999, "\u05e9\u0301-"])
def test_a_line_of_a_million_characters(name: str, letters: str) -> None:
    """A line of any length is read whole, in time that grows with it and no faster."""
    times = []
    for length in (LONG // 4, LONG):
        text = (letters * (length // len(letters))).strip()
        data = long_files(text)[name]
        before = process_time()
        (witness,) = read(name, data)
        times.append(process_time() - before)
        assert witness.text.chars.split() == text.split()
    assert times[1] < 0.5 + 12 * times[0]  # 4 times as much; a square would be 16
