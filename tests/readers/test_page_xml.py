"""PAGE XML as OCR-D, Transkribus, eScriptorium and Aletheia have it."""

from __future__ import annotations

import pytest

from variorum.errors import ReadingError
from variorum.readers import read
from variorum.witness import Witness

SIZE = 'imageFilename="a.png" imageWidth="100" imageHeight="80"'


def page(inner: str, size: str = SIZE, year: str = "2019-07-15") -> bytes:
    """A file with one page."""
    name = f"http://schema.primaresearch.org/PAGE/gts/pagecontent/{year}"
    return f'<PcGts xmlns="{name}"><Page {size}>{inner}</Page></PcGts>'.encode()


def says(text: str, attributes: str = "") -> str:
    """A reading."""
    return f"<TextEquiv {attributes}><Unicode>{text}</Unicode></TextEquiv>"


def line(text: str, more: str = "") -> str:
    """A line with its reading."""
    return f"<TextLine>{more}{says(text)}</TextLine>"


def region(name: str, *inner: str, kind: str = "TextRegion") -> str:
    """A region with an id, which is also the text of its only line if it has no other."""
    return f'<{kind} id="{name}">{"".join(inner) or line(name) + says(name)}</{kind}>'


def one(data: bytes, level: str = "") -> Witness:
    """The witness in a file."""
    (witness,) = read("a.xml", data, level)
    return witness


def words(witness: Witness) -> list[tuple[object, ...]]:
    """Each word with its box, confidence and language."""
    text = witness.text.chars
    return [(w.span.of(text), w.box, w.confidence, w.language) for w in witness.layout.words]


@pytest.mark.parametrize("year", ["2013-07-15", "2017-07-15", "2018-07-15", "2019-07-15"])
def test_regions_lines_and_words(year: str) -> None:
    """The model of a page, in every version of the format."""
    told = (
        '<TextLine primaryLanguage="Albanian"><Coords points="1,1 50,1 50,9 1,9"/>'
        f'<Word><Coords points="1,1 9,9"/>{says("Shoku", "conf=&quot;0.5&quot;")}</Word>'
        f'<Word language="English">{says("Enver")}</Word>{says("Shoku  Enver")}</TextLine>'
    ).replace("&quot;", '"')
    witness = one(page(region("r", told, line("x")) + region("s"), year=year))
    assert witness.text.chars == "Shoku  Enver\nx\n\ns"
    assert words(witness) == [
        ("Shoku", (1, 1, 9, 9), 0.5, "Albanian"),
        ("Enver", None, None, "English"),
        ("x", None, None, None),
        ("s", None, None, None),
    ]
    assert witness.layout.lines[0].box == (1, 1, 50, 9)
    (found,) = witness.layout.pages
    assert (found.image, found.width, found.height) == ("a.png", 100, 80)


def ref(name: str, index: int | None = None) -> str:
    """A member of a group."""
    if index is None:
        return f'<RegionRef regionRef="{name}"/>'
    return f'<RegionRefIndexed regionRef="{name}" index="{index}"/>'


def group(*inner: str, kind: str = "OrderedGroup", attributes: str = "") -> str:
    """A group of the reading order."""
    return f"<{kind} {attributes}>{''.join(inner)}</{kind}>"


UNORDERED = group(ref("c"), ref("a"), kind="UnorderedGroup")
NESTED = group(
    group(ref("b"), ref("c"), kind="UnorderedGroupIndexed", attributes='index="7"'),
    ref("a", 2),
    group(ref("d", 1), kind="OrderedGroupIndexed", attributes='index="5"'),
)
WITHOUT_PLACE = group('<RegionRefIndexed regionRef="a"/>', ref("b", 3))


@pytest.mark.parametrize(
    ("order", "text", "by_region", "notes"),
    [
        ("", "abcd", "abcd", 0),
        (group(ref("b", 10), ref("c", 9), ref("a", 11), ref("d", 0)), "dcba", "dcba", 0),
        (UNORDERED, "cabd", "ca", 2),
        (NESTED, "adbc", "adbc", 0),
        (group(), "abcd", "", 4),
        (WITHOUT_PLACE, "bacd", "b", 3),
    ],
)
def test_reading_order(order: str, text: str, by_region: str, notes: int) -> None:
    """Groups in groups, ordered or not; what the order does not name follows.

    At the level of regions it is left out and counted, as dinglehopper 0.11 leaves it out.
    """
    told = f"<ReadingOrder>{order}</ReadingOrder>" if order else ""
    data = page(told + "".join(map(region, "abcd")))
    assert one(data).text.chars.split() == list(text)
    assert one(data).layout.notes == ()
    regions = one(data, "region")
    assert regions.text.chars.split() == list(by_region)
    counted = f"a.xml:1: page 1: regions that the reading order lacks, left out: {notes}"
    assert regions.layout.notes == ((counted,) if notes else ())


def test_what_a_reading_order_gets_wrong_is_noted() -> None:
    """Names of nothing, names twice, places that are no numbers: the text is read all the same."""
    wrong = group(ref("a", 0), ref("a", 1), ref("z", 2), ref("b", 3)).replace('"3"', '"last"')
    witness = one(page(f"<ReadingOrder>\n{wrong}</ReadingOrder>" + "".join(map(region, "ba"))))
    assert witness.text.chars == "a\n\nb"
    assert witness.layout.notes == (
        "a.xml:2: page 1: places in the reading order that are no numbers, left out: 1",
        "a.xml:2: page 1: regions that the reading order names again, read once: 1",
        "a.xml:2: page 1: regions that the reading order names and nothing is: 1",
    )


def test_a_table_brings_its_cells() -> None:
    """A region that the order names brings the text regions within it, each once."""
    table = region("t", *map(region, "xy"), kind="TableRegion")
    order = group(ref("t", 0), ref("x", 1), ref("a", 2))
    data = page(f"<ReadingOrder>{order}</ReadingOrder>" + region("a") + table)
    assert one(data).text.chars.split() == ["y", "x", "a"]
    assert one(data, "region").text.chars.split() == ["x", "a"]


def test_a_region_within_a_region() -> None:
    """Parts tell the text of a whole that has no lines; a whole that alone tells it is read."""
    told = region("r", region("p"), says("p again"))
    assert one(page(told)).text.chars == "p"
    silent = region("r", region("p", line("")), says("the\nwhole"))
    assert one(page(silent)).text.chars == "the\nwhole"


def test_missing_ids() -> None:
    """Ids are for the reading order; without one, elements come as they stand."""
    told = "".join(map(region, "ab")).replace('id="a"', "").replace('id="b"', "")
    assert one(page(told)).text.chars == "a\n\nb"
    ordered = f"<ReadingOrder>{group(ref('a', 0))}</ReadingOrder>"
    assert one(page(ordered + told)).text.chars == "a\n\nb"


@pytest.mark.parametrize(
    ("readings", "text"),
    [
        (says("a", 'index="1"') + says("b", 'index="0"') + says("c"), "b"),
        (says("a") + says("b", 'conf="0.2"') + says("c", 'conf="0.9"'), "c"),
        (says("a", 'index="x"') + says("b", 'conf="nan"'), "a"),
        (says("a", 'index="2" conf="1"') + says("b", 'index="1" conf="0"'), "b"),
        ("<TextEquiv><PlainText>p</PlainText></TextEquiv>", "p"),
        ("<TextEquiv><PlainText>p</PlainText><Unicode>u</Unicode></TextEquiv>", "u"),
        ("<TextEquiv/>", ""),
        ("", ""),
    ],
)
def test_of_several_readings_one_is_read(readings: str, text: str) -> None:
    """The lowest index, else the surest, else the first; the plain text where there is no other."""
    data = page(region("r", f"<TextLine>{readings}</TextLine>"))
    assert one(data).text.chars == text


LEVELS = region(
    "r",
    f"<TextLine><Word>{says('one')}</Word><Word>{says('two')}</Word>{says('One two,')}</TextLine>",
    line("three"),
    says("ONE TWO\nTHREE"),
)


@pytest.mark.parametrize(
    ("level", "text"),
    [("line", "One two,\nthree"), ("word", "one two\nthree"), ("region", "ONE TWO\nTHREE")],
)
def test_levels(level: str, text: str) -> None:
    """A text told three times is read at the level asked for; a line without words is read too."""
    witness = one(page(LEVELS), level)
    assert witness.text.chars == text
    assert [word[0] for word in words(witness)] == witness.text.chars.split()


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"<Word>{says('a')}</Word><Word>{says('b')}</Word>{says('')}", "a b"),
        (f"<Word>{says('')}<Glyph>{says('a')}</Glyph><Glyph>{says('b')}</Glyph></Word>", "ab"),
        (f"<Word><Glyph>{says('a')}</Glyph>{says('c')}</Word>", "c"),
        (says("a\n b\u2028c&#13;"), "a b c"),
        (says("\n  a  b\t\n"), "a  b"),
        (says("\u00a0"), ""),
    ],
)
def test_the_text_of_a_line(inner: str, text: str) -> None:
    """An empty reading is none: what the line holds is read; a line is one line."""
    assert one(page(region("r", f"<TextLine>{inner}</TextLine>"))).text.chars == text


def test_the_words_of_a_corrected_line() -> None:
    """As many words keep their boxes under the corrected text; others have none, nor wrong ones."""
    told = "".join(
        f'<Word><Coords points="{n},1 {n + 5},9"/>{says(word)}</Word>'
        for n, word in ((1, "Cornrade"), (10, "Enver"))
    )
    same = one(page(region("r", line("Comrade Enver", told))))
    assert [word[:2] for word in words(same)] == [
        ("Comrade", (1, 1, 6, 9)),
        ("Enver", (10, 1, 15, 9)),
    ]
    other = one(page(region("r", line("Comrade Enver Hoxha", told))))
    assert [word[1] for word in words(other)] == [None] * 3
    closer = one(page(region("r", line("CornradeEnver", told))))
    assert [w.span.start for w in closer.layout.words] == [0, 8]


def test_lines_by_index() -> None:
    """Lines that each have a place of their own come in its order, others as they stand."""
    lines = [
        line(text).replace("<TextLine", f'<TextLine index="{n}"')
        for n, text in ((1, "b"), (0, "a"))
    ]
    assert one(page(region("r", *lines))).text.chars == "a\nb"
    assert one(page(region("r", *lines, line("c")))).text.chars == "b\na\nc"


def test_the_level_of_regions_neither_adds_nor_shortens() -> None:
    """Empty lines and white space are the region's own; its lines lend their boxes if they fit."""
    told = "<TextLine><Coords points='1,1 9,9'/></TextLine>" * 3
    witness = one(page(region("r", told, says("  a\n\nb "))), "region")
    assert witness.text.chars == "  a\n\nb "
    assert [found.box for found in witness.layout.lines] == [(1, 1, 9, 9)] * 3
    other = one(page(region("r", told, says("a\nb"))), "region")
    assert [found.box for found in other.layout.lines] == [None] * 2


@pytest.mark.parametrize(
    ("outline", "box"),
    [
        ('<Coords points="5,1 9,5 5,9 1,5"/>', (1, 1, 9, 9)),
        ('<Coords points="1, 2  3, 4"/>', (1, 2, 3, 4)),
        ('<Coords><Point x="1" y="2"/><Point x="3" y="4"/></Coords>', (1, 2, 3, 4)),
        ('<Baseline points="1,9 30,8"/>', (1, 8, 30, 9)),
        ('<Coords points=""/><Baseline points="1,9 30,8"/>', (1, 8, 30, 9)),
        ("", None),
    ],
)
def test_boxes(outline: str, box: tuple[int, int, int, int] | None) -> None:
    """A box is the bounds of the polygon, rotated or not, new or old, or of the baseline."""
    witness = one(page(region("r", line("a", outline))))
    assert witness.layout.lines[0].box == box
    assert not witness.layout.notes


@pytest.mark.parametrize(
    ("inner", "note"),
    [
        ('<Coords points="1,1 101,9"/>', "boxes that do not lie on it, left out: 1"),
        ('<Coords points="-1,1 10,9"/>', "boxes that do not lie on it, left out: 1"),
        ('<Coords points="1,1 inf,9"/>', "boxes that are no numbers, left out: 1"),
        ('<Coords points="1,1 5"/>', "boxes that are no numbers, left out: 1"),
        ('<Coords><Point x="1"/></Coords>', "boxes that are no numbers, left out: 1"),
        (says("a", 'index="0" conf="1.1"'), "confidences out of range, left out: 1"),
        (says("a", 'index="0" conf="sure"'), "confidences that are no numbers, left out: 1"),
    ],
)
def test_what_is_no_evidence_is_left_out_and_noted(inner: str, note: str) -> None:
    """A wrong box or confidence costs neither the word nor the page, and is told with its place."""
    told = f"<TextLine>{says('a')}<Word>\n{inner}{says('a')}</Word></TextLine>"
    witness = one(page(region("r", told)))
    assert words(witness) == [("a", None, None, None)]
    assert [found.partition(": page 1: ")[2] for found in witness.layout.notes] == [note]


def test_a_blank_page_and_one_of_no_size() -> None:
    """A page without words is a page with an empty span; a size that is none is not known."""
    witness = one(page("", 'imageFilename="" imageWidth="0" imageHeight="80"'))
    (found,) = witness.layout.pages
    assert (len(witness.text), len(found.span), found.image, found.width) == (0, 0, None, None)
    noted = one(page("", 'imageWidth="nan" imageHeight="80"')).layout.notes
    assert noted == ("a.xml:1: page 1: sizes of the page that are no numbers, left out: 1",)


@pytest.mark.parametrize(
    ("data", "level", "what"),
    [
        (page(LEVELS)[:-20], "", "not well-formed XML"),
        (b"<PcGts/>", "", "no <Page> in it"),
        (page(LEVELS), "glyph", "there is no text level 'glyph'"),
        (page("<a>" * 300 + "</a>" * 300), "", "not well-formed XML"),
    ],
)
def test_refused(data: bytes, level: str, what: str) -> None:
    """What is broken is refused by name, with what to do."""
    with pytest.raises(ReadingError, match=what) as caught:
        one(data, level)
    assert caught.value.place.startswith("a.xml")
    assert caught.value.remedy
