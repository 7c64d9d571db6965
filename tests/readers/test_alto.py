"""ALTO as libraries have it."""

from __future__ import annotations

import pytest

from variorum.errors import ReadingError
from variorum.readers import read
from variorum.witness import Witness

SIZE = 'WIDTH="1000" HEIGHT="800"'


def page(blocks: str, unit: str = "pixel", size: str = SIZE, more: str = "") -> bytes:
    """A file with one page of blocks."""
    return (
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Description>'
        f"<MeasurementUnit>{unit}</MeasurementUnit><sourceImageInformation>"
        f"<fileName>a.png</fileName></sourceImageInformation></Description>{more}"
        f'<Layout><Page ID="p" {size}><PrintSpace>{blocks}</PrintSpace></Page></Layout></alto>'
    ).encode()


def block(*lines: str, of: str = "") -> str:
    """A block of lines."""
    inner = "".join(f"<TextLine>{line}</TextLine>" for line in lines)
    return f"<TextBlock {of}>{inner}</TextBlock>"


def at(left: int, top: int, width: int = 10, height: int = 5) -> str:
    """The place of an element."""
    return f'HPOS="{left}" VPOS="{top}" WIDTH="{width}" HEIGHT="{height}"'


def one(data: bytes, level: str = "") -> Witness:
    """The witness in a file."""
    (witness,) = read("a.xml", data, level)
    return witness


def words(witness: Witness) -> list[tuple[object, ...]]:
    """Each word with its box, confidence and language."""
    text = witness.text.chars
    return [(w.span.of(text), w.box, w.confidence, w.language) for w in witness.layout.words]


def test_blocks_lines_and_strings() -> None:
    """Blocks wherever they are nested, their languages, places and confidences."""
    first = block(
        f'<String CONTENT="Shoku" {at(1, 2)} WC="0.5"/><SP/><String CONTENT="Enver" LANG="eng"/>',
        '<String CONTENT="Hoxha"/>',
        of='LANG="sqi"',
    )
    second = block('<String CONTENT="a"/><String CONTENT="b"/>', of='language="eng"')
    witness = one(
        page(f"<ComposedBlock><ComposedBlock>{first}</ComposedBlock></ComposedBlock>{second}")
    )
    assert witness.text.chars == "Shoku Enver\nHoxha\n\na b"
    assert words(witness) == [
        ("Shoku", (1, 2, 11, 7), 0.5, "sqi"),
        ("Enver", None, None, "eng"),
        ("Hoxha", None, None, "sqi"),
        ("a", None, None, "eng"),
        ("b", None, None, "eng"),
    ]
    (found,) = witness.layout.pages
    assert (found.image, found.width, found.height) == ("a.png", 1000, 800)


DIVIDED = block(
    f'<String CONTENT="extre" {at(1, 2)} SUBS_TYPE="HypPart1" SUBS_CONTENT="extremely" WC="0.5"/>'
    f'<HYP CONTENT="-" {at(11, 3, 2, 9)}/>',
    '<String CONTENT="mely" SUBS_TYPE="HypPart2" SUBS_CONTENT="extremely"/><SP/>'
    '<String CONTENT="happy"/>',
)


def test_a_divided_word_is_read_as_it_stands() -> None:
    """Its parts are read, never the joined word; the hyphen is of the word, and so is its place."""
    witness = one(page(DIVIDED))
    assert witness.text.chars == "extre-\nmely happy"
    assert words(witness)[0] == ("extre-", (1, 2, 13, 12), 0.5, None)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('<String CONTENT="ex-"/><HYP CONTENT="-"/>', "ex-"),
        ('<String CONTENT="ex"/><HYP CONTENT="&#173;"/>', "ex\u00ad"),
        ('<String CONTENT="ex"/><HYP/>', "ex-"),
        ('<HYP CONTENT="-"/>', "-"),
        ('<String CONTENT="ex" SUBS_TYPE="HypPart1" SUBS_CONTENT="exit"/>', "ex"),
    ],
)
def test_hyphens(line: str, text: str) -> None:
    """A hyphen told twice is one, one without a sign is a hyphen, and none is made up."""
    assert one(page(block(line))).text.chars == text


def test_the_level_of_regions_takes_the_strings_alone() -> None:
    """Strings as they stand, empty ones too, no hyphen added: as dinglehopper 0.11 does."""
    strings = '<String CONTENT=" a  b "/><String CONTENT=""/><String/><String CONTENT="c"/>'
    witness = one(page(DIVIDED + block(strings, "")), "region")
    assert witness.text.chars == "extre\nmely happy\n\n a  b    c\n"
    assert [word[0] for word in words(witness)] == ["extre", "mely", "happy", " a  b ", "c"]


def test_a_line_told_in_one_string_is_cut() -> None:
    """Where the engine knows no words, they have no boxes, and the line has the string's."""
    witness = one(page(block(f'<String CONTENT="a  line \u00e0\u00a0: b" {at(1, 2)} WC="0.5"/>')))
    assert witness.text.chars == "a line \u00e0\u00a0: b"
    assert words(witness) == [(w, None, 0.5, None) for w in ("a", "line", "\u00e0\u00a0:", "b")]
    assert witness.layout.lines[0].box == (1, 2, 11, 7)


def test_a_string_without_content_is_spelled_by_its_glyphs() -> None:
    """Glyphs are read only where the string says nothing."""
    glyphs = '<Glyph CONTENT="a"><Variant CONTENT="x"/></Glyph><Glyph CONTENT="b"/>'
    told = f'<String>{glyphs}</String><String CONTENT="c">{glyphs}</String>'
    assert one(page(block(told))).text.chars == "ab c"


def test_alternatives_are_no_text() -> None:
    """What the engine thought of besides is not read."""
    told = '<String CONTENT="a"><ALTERNATIVE>b</ALTERNATIVE></String>'
    assert one(page(block(told))).text.chars == "a"


@pytest.mark.parametrize("points", ["5,1 9,5 5,9 1,5", "5 1 9 5 5 9 1 5", "5.2,1 9,5 5,9 1,5"])
def test_a_rotated_box_is_the_bounds_of_its_shape(points: str) -> None:
    """Without a box of its own a word has the bounds of its polygon, however that is written."""
    told = f'<String CONTENT="a"><Shape><Polygon POINTS="{points}"/></Shape></String>'
    assert words(one(page(block(told)))) == [("a", (1, 1, 9, 9), None, None)]


@pytest.mark.parametrize("unit", ["mm10", "inch1200", "mm"])
def test_boxes_in_other_units_are_left_out(unit: str) -> None:
    """How many pixels a millimetre is the file does not say; so no box and no size is known."""
    witness = one(page(block(f'<String CONTENT="a" {at(1, 2)}/>'), unit))
    assert words(witness) == [("a", None, None, None)]
    assert witness.layout.pages[0].width is None
    assert witness.layout.notes == ("a.xml:1: page 1: boxes that are not in pixels, left out: 1",)


@pytest.mark.parametrize(
    ("attributes", "note"),
    [
        (at(995, 2), "boxes that do not lie on it, left out: 1"),
        (at(-1, 2), "boxes that do not lie on it, left out: 1"),
        (
            'HPOS="nan" VPOS="1" WIDTH="1" HEIGHT="1"',
            "sides of boxes that are no numbers, left out: 1",
        ),
        (
            'HPOS="1" VPOS="inf" WIDTH="1" HEIGHT=""',
            "sides of boxes that are no numbers, left out: 2",
        ),
        ('WC="1.5"', "confidences out of range, left out: 1"),
        ('WC="nan"', "confidences that are no numbers, left out: 1"),
        ('WC="high"', "confidences that are no numbers, left out: 1"),
    ],
)
def test_what_is_no_evidence_is_left_out_and_noted(attributes: str, note: str) -> None:
    """A wrong box or confidence costs neither the word nor the page, and is told with its place."""
    witness = one(page("\n" + block(f'<String CONTENT="a" {attributes}/>')))
    assert words(witness) == [("a", None, None, None)]
    assert witness.layout.notes == (f"a.xml:2: page 1: {note}",)


def test_sizes_that_are_none() -> None:
    """A page of no known size is a page; its boxes are believed."""
    string = f'<String CONTENT="a" {at(5000, 2)}/>'
    for size in ("", 'WIDTH="0" HEIGHT="0"', 'WIDTH="1000"'):
        witness = one(page(block(string), size=size))
        assert witness.layout.words[0].box == (5000, 2, 5010, 7)
        assert not witness.layout.notes
    noted = one(page(block(string), size='WIDTH="inf" HEIGHT="80"')).layout.notes
    assert noted == ("a.xml:1: page 1: sizes of the page that are no numbers, left out: 1",)


LINES = (
    '<TextBlock ID="b1"><TextLine ID="l1"><String CONTENT="one"/></TextLine>'
    '<TextLine ID="l2"><String CONTENT="two"/></TextLine></TextBlock>'
    '<TextBlock ID="b2"><TextLine><String CONTENT="three"/></TextLine></TextBlock>'
    '<TextBlock><TextLine><String CONTENT="four"/></TextLine></TextBlock>'
)


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("", "one\ntwo\n\nthree\n\nfour"),
        ('<ElementRef REF="b2"/><ElementRef REF="b1"/>', "three\n\none\ntwo\n\nfour"),
        ('<ElementRef REF="l2"/><ElementRef REF="b2"/>', "two\n\nthree\n\none\n\nfour"),
        ('<ElementRef REF="none"/><ElementRef REF="b2"/>', "three\n\none\ntwo\n\nfour"),
    ],
)
def test_reading_order(order: str, text: str) -> None:
    """The order of ALTO 4.3, in groups, of blocks or lines; what it does not name stands behind."""
    groups = f"<ReadingOrder><UnorderedGroup><OrderedGroup>{order}</OrderedGroup></UnorderedGroup>"
    data = page(LINES, more=f"{groups}</ReadingOrder>")
    assert one(data).text.chars == text
    assert one(data, "region").text.chars == "one\ntwo\n\nthree\n\nfour"


def test_images_of_several_pages() -> None:
    """As many images as pages are one each; otherwise the first is all there is."""
    two = "<Page/><Page/>"
    name = "<fileName>{}.png</fileName>".format
    for names, images in (("ab", ["a.png", "b.png"]), ("abc", ["a.png"] * 2), ("", [None] * 2)):
        told = f"<alto>{''.join(map(name, names))}<Layout>{two}</Layout></alto>".encode()
        witness = one(told)
        assert [page.image for page in witness.layout.pages] == images
        assert witness.text.chars == "\f"


def test_lines_outside_of_blocks_are_read() -> None:
    """A line that a program put straight on the page is a block of its own."""
    loose = '<TextLine><String CONTENT="loose"/></TextLine>'
    assert one(page(block('<String CONTENT="a"/>') + loose)).text.chars == "a\n\nloose"


def test_encoding_is_kept() -> None:
    """The encoding that the file declares is the one it is read in."""
    data = b"<?xml version='1.0' encoding='windows-1252'?>" + page(
        block('<String CONTENT="\u00eb"/>')
    ).decode().encode("windows-1252")
    assert one(data).text.chars == "\u00eb"
    assert one(data).received[0].encoding == "windows-1252"


@pytest.mark.parametrize(
    ("data", "level", "says"),
    [
        (page(LINES)[:-30], "", "not well-formed XML"),
        (page(LINES)[:-30] + "\u00eb".encode("latin-1"), "", "not well-formed XML"),
        (b"<alto/>", "", "no <Page> in it"),
        (page(LINES), "glyph", "there is no text level 'glyph'"),
        ('<!DOCTYPE alto [<!ENTITY a "b">]><alto>&a;</alto>'.encode("utf-16"), "", "entities"),
    ],
)
def test_refused(data: bytes, level: str, says: str) -> None:
    """What is broken is refused by name, with what to do."""
    with pytest.raises(ReadingError, match=says) as caught:
        one(data, level)
    assert caught.value.place.startswith("a.xml")
    assert caught.value.remedy
