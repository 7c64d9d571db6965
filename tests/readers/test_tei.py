"""TEI P5 as editors write it: one text, as it stands in the document."""

from __future__ import annotations

import pytest

from variorum.errors import ReadingError
from variorum.readers import read
from variorum.witness import Role, Witness

XMLNS = 'xmlns="http://www.tei-c.org/ns/1.0"'


def one(body: str, more: str = "", around: str = "text") -> Witness:
    """The witness in a file with this body."""
    inner = f"<text><body>{body}</body></text>" if around == "text" else body
    data = f'<TEI {XMLNS} xml:lang="en"><teiHeader>no text</teiHeader>{more}{inner}</TEI>'
    (witness,) = read("a.xml", data.encode())
    return witness


def words(witness: Witness) -> list[tuple[object, ...]]:
    """Each word with its box and confidence."""
    text = witness.text.chars
    return [(w.span.of(text), w.box, w.confidence) for w in witness.layout.words]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>one\n  text</p><p>two</p>", "one text\n\ntwo"),
        ("<p>a<lb/>b\n<lb/>\nc</p>", "a\nb\nc"),
        ("<lg><l>one</l>\n<l>two</l></lg><lg><l>three</l></lg>", "one\ntwo\n\nthree"),
        ("<list><item>one</item><item>two</item></list>", "one\ntwo"),
        (
            "<table><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell></row></table>",
            "a b\nc",
        ),
        ("<sp><speaker>Hoxha</speaker><p>We</p><p>are</p></sp>", "Hoxha\nWe\n\nare"),
        ("<sp><speaker>Choe</speaker><l>one</l><l>two</l></sp>", "Choe\none\ntwo"),
        (
            "<u><note type='speaker'>Choe:</note><seg>one</seg><seg>two</seg></u>",
            "Choe:\none\n\ntwo",
        ),
        ("<p>a <hi>b</hi>c<anchor/>d <date>6 June</date>.</p>", "a bcd 6 June."),
        ("<p>a <q>b</q> c</p><q>d</q>", "a b c\n\nd"),
        ("<p>12\u00a0000</p>", "12\u00a0000"),
        ("<p>a<!-- no text -->b<?pi no?>c</p>", "abc"),
        ("<p><figure><figDesc>no</figDesc></figure>a</p>", "a"),
    ],
)
def test_the_white_space_is_the_documents(body: str, text: str) -> None:
    """Paragraphs, verses, items, cells and lines are set apart; indentation is no text."""
    assert one(body).text.chars == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<choice><sic>verry</sic><corr>very</corr></choice>", "verry"),
        ("<choice><corr>very</corr> <sic>verry</sic></choice>", "verry"),
        ("<choice><orig>u</orig><reg>v</reg></choice>", "u"),
        ("<choice><abbr>D<hi>r</hi>.</abbr><expan>Doctor</expan></choice>", "Dr."),
        ("<choice><unclear>a</unclear><unclear>b</unclear></choice>", "a"),
        ("<expan>D<ex>octo</ex>r</expan>", "Dr"),
        ("a <del>b</del><add>c</add>", "a c"),
        ("<subst>\n<del>x</del>\n<add>y</add>\n</subst>z", "yz"),
        ("<restore><del>a</del></restore>", "a"),
        (
            "<supplied>a</supplied><unclear>b</unclear><damage>c</damage><surplus>d</surplus>",
            "abcd",
        ),
    ],
)
def test_the_documents_final_text(body: str, text: str) -> None:
    """The document's side of a choice; what was deleted is not read, what was added is."""
    assert one(f"<p>{body}</p>").text.chars == text


@pytest.mark.parametrize(
    ("body", "text", "lines"),
    [
        ("ex-<lb break='no'/>it", "ex-\nit", ["ex-", "it"]),
        ("ex-\n <lb break='no'/>\n it", "ex-\nit", ["ex-", "it"]),
        ("ex<lb break='no'/>it", "exit", ["ex", "it"]),
        ("ex- <lb/>it", "ex-\nit", ["ex-", "it"]),
        ("ex-<pb break='no'/>it", "ex-\fit", ["ex-", "it"]),
    ],
)
def test_breaks_within_words(body: str, text: str, lines: list[str]) -> None:
    """A newline behind a hyphen, which a rule understands, and else none; a line ends anyhow."""
    witness = one(f"<p>{body}</p>")
    assert witness.text.chars == text
    assert [line.span.of(text) for line in witness.layout.lines] == lines


def test_notes_stand_behind_their_paragraph() -> None:
    """A note interrupts no sentence; one that is told to stand within the line does."""
    assert one("<p>a<note>n</note> b</p><p>c</p>").text.chars == "a b\n\nn\n\nc"
    assert one("<p>a <note place='inline'>n</note> b</p>").text.chars == "a n b"


def test_roles() -> None:
    """What the encoding knows of a stretch is kept; of one in another the inner counts."""
    witness = one(
        "<head>T</head><dateline>D</dateline><p>a <stage>s</stage><fw>2</fw> b</p>"
        "<closer>c <signed>S</signed> d</closer><closer><signed>S</signed></closer>"
    )
    text = witness.text.chars
    assert text == "T\n\nD\n\na s\n2\nb\n\nc\n\nS\n\nd\n\nS"
    assert [(s.span.of(text), s.role) for s in witness.layout.roles] == [
        ("T", Role.HEADING),
        ("D", Role.DATELINE),
        ("s", Role.STAGE),
        ("2", Role.FURNITURE),
        ("c", Role.CLOSER),
        ("S", Role.SIGNATURE),
        ("d", Role.CLOSER),
        ("S", Role.SIGNATURE),
    ]


def test_what_has_no_characters_is_noted() -> None:
    """Gaps, parts in other files and deletions told by their ends are counted with their place."""
    witness = one("<p>\na<gap/>b <gap/><delSpan spanTo='#x'/></p><include href='x'/>")
    assert witness.text.chars == "ab"
    assert witness.layout.notes == (
        "a.xml:2: page 1: gaps in the text, without characters: 2",
        "a.xml:2: page 1: deletions from one place to another, read: 1",
        "a.xml:2: page 1: parts kept in other files, left out: 1",
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w>a</w><w>b</w><pc>,</pc> <w>c</w>", "a b, c"),
        ("<s><w>a</w></s><s><w>b</w></s>", "a b"),
        ("<w>a</w> <pc join='left'>,</pc><w>b</w>", "a,b"),
        ("<pc join='right'>(</pc> <w>a</w>", "(a"),
        ("<w join='right'>l'</w> <w>a</w>", "l'a"),
        ("<w part='I'>ex</w><lb break='no'/><w part='F'>it</w>", "exit"),
    ],
)
def test_words_side_by_side(body: str, text: str) -> None:
    """Two words are two even without white space, unless they say that they are joined."""
    witness = one(f"<p>{body}</p>")
    assert witness.text.chars == text
    assert all(str(found[0]) in text for found in words(witness))


FACSIMILE = (
    "<facsimile><surface xml:id='s' ulx='10' uly='10' lrx='210' lry='110'>"
    "<graphic url='a.png' width='100px' height='50px'/>"
    "<zone xml:id='z1' ulx='10' uly='10' lrx='30' lry='20'/>"
    "<zone xml:id='z2' points='50,10 90,30 50,50 10,30'/>"
    "<zone xml:id='far' ulx='10' uly='10' lrx='300' lry='20'/>"
    "<zone xml:id='none' ulx='x' uly='10' lrx='30' lry='20'/></surface></facsimile>"
)


def test_facsimile() -> None:
    """Zones are told in units of their surface, boxes in pixels of its image; turned ones too."""
    witness = one(
        "<pb facs='#s'/><p><lb facs='#z1'/><w facs='#z2' cert='0.5'>a</w> "
        "<w facs='#far' cert='high'>b</w> <w facs='#gone' cert='2'>c</w> <w> </w></p>",
        FACSIMILE,
    )
    assert words(witness) == [("a", (0, 0, 40, 20), 0.5), ("b", None, None), ("c", None, None)]
    assert witness.layout.lines[0].box == (0, 0, 10, 5)
    (page,) = witness.layout.pages
    assert (page.image, page.width, page.height) == ("a.png", 100, 50)
    assert [note.partition(": page 1: ")[2] for note in witness.layout.notes] == [
        "sides of boxes that are no numbers, left out: 1",
        "boxes that do not lie on it, left out: 1",
        "confidences out of range, left out: 1",
    ]


def test_a_word_in_two_lines_is_two_words() -> None:
    """Each part lies on one line and has a zone of its own, or none if they do not fit."""
    body = "<pb facs='#s'/><p><w facs='#z1{}'>ex-<lb break='no'/>it</w></p>"
    two = one(body.format(" #z2"), FACSIMILE)
    assert words(two) == [("ex-", (0, 0, 10, 5), None), ("it", (0, 0, 40, 20), None)]
    assert words(one(body.format(""), FACSIMILE)) == [("ex-", None, None), ("it", None, None)]
    cut = one("<p>a <w>ex<lb break='no'/>it</w> <w>b</w></p>")
    assert [word[0] for word in words(cut)] == ["ex", "it", "b"]


def test_source_document() -> None:
    """A transcript by surfaces, zones and lines is read as pages, blocks and lines with places."""
    witness = one(
        "<sourceDoc><surface lrx='100' lry='50' facs='a.png'><zone><line ulx='1' uly='2' lrx='9' "
        "lry='8'>one</line><line>two</line></zone><zone><line>three</line></zone></surface>"
        "<surface><zone/></surface></sourceDoc>",
        around="",
    )
    assert witness.text.chars == "one\ntwo\n\nthree\f"
    assert [line.box for line in witness.layout.lines] == [(1, 2, 9, 8), None, None]
    assert [(page.image, page.width) for page in witness.layout.pages] == [
        ("a.png", 100),
        (None, None),
    ]


def test_pages() -> None:
    """A page begins where it is told, even in what is not read; the first needs no sign."""
    witness = one("<pb n='1'/><p>a</p><pb facs='b.png'/><p>b<del><pb/>x</del>c</p>")
    assert witness.text.chars == "a\fb\fc"
    assert [page.image for page in witness.layout.pages] == [None, "b.png", None]
    assert one("<pb/>").text.chars == ""


def test_deep_nesting() -> None:
    """As deep as the parser goes, the reader goes."""
    assert one("<p>" + "<hi>" * 250 + "x" + "</hi>" * 250 + "</p>").text.chars == "x"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (f"<TEI {XMLNS}><text><p>a</p>", "not well-formed XML"),
        ("<TEI.2><text><p>a</p></text></TEI.2>", "TEI P4"),
        (f"<teiCorpus {XMLNS}><TEI/><TEI/></teiCorpus>", "a corpus of 2 texts"),
        (f"<TEI {XMLNS}><teiHeader/></TEI>", "no <text> in it"),
        (f"<TEI {XMLNS}><text><p> </p></text></TEI>", "a TEI file without text"),
        (f"<TEI {XMLNS}><text><p>a<app><lem>b</lem></app></p></text></TEI>", "an apparatus"),
    ],
)
def test_refused(data: str, says: str) -> None:
    """What this reader cannot read as one text is refused by name, with what to do."""
    with pytest.raises(ReadingError, match=says) as caught:
        read("a.xml", data.encode())
    assert caught.value.place.startswith("a.xml")
    assert caught.value.remedy
