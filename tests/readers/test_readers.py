"""What each reader makes of a file, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from variorum.errors import ReadingError
from variorum.readers import MAX_BYTES, decode, proposed_siglum, read, read_path
from variorum.witness import Role, Witness

SAMPLES = Path(__file__).parent / "samples"


def one(name: str) -> Witness:
    """The only witness of a sample."""
    (witness,) = read_path(SAMPLES / name, name)
    return witness


def refused(name: str, data: bytes) -> ReadingError:
    """The error that *data* gives."""
    with pytest.raises(ReadingError) as caught:
        read(name, data)
    assert "\n" not in str(caught.value)
    return caught.value


def test_plain_text_is_the_file() -> None:
    """Nothing is trimmed, no newline translated; a form feed starts a page."""
    witness = one("plain.txt")
    assert witness.text.chars.encode() == (SAMPLES / "plain.txt").read_bytes()
    assert [page.number for page in witness.layout.pages] == [1, 2]


def test_markdown_marks_are_furniture() -> None:
    """The text is the file; headings have their role, marks stay out of the collation."""
    witness = one("markdown.md")
    text = witness.text.chars
    assert text == (SAMPLES / "markdown.md").read_text(encoding="utf-8")
    roles = {(s.span.of(text), s.role) for s in witness.layout.roles}
    assert ("Article 1", Role.HEADING) in roles
    assert ("](https://example.org/udhr)", Role.FURNITURE) in roles
    assert not any("and conscience" in quoted for quoted, role in roles)


def test_html_page_is_what_a_person_sees() -> None:
    """White space is folded, scripts are no text, frames are furniture."""
    witness = one("html.html")
    text = witness.text.chars
    assert "Të gjithë njerëzit lindin të lirë\ndhe të barabartë në dinjitet" in text
    assert "alert" not in text
    assert "color" not in text
    roles = [(s.span.of(text), s.role) for s in witness.layout.roles]
    assert roles == [
        ("Skip to content", Role.FURNITURE),
        ("Neni 1", Role.HEADING),
        ("Printed 2026", Role.FURNITURE),
    ]


def test_html_declared_encoding_is_honoured() -> None:
    """A page is read in the encoding it declares, and refused if it is not in it."""
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>ľavá</p></body></html>'
    (witness,) = read("a.html", page.encode("iso-8859-2"))
    assert witness.text.chars == "ľavá"
    assert witness.received[0].encoding == "iso-8859-2"
    wrong = page.replace("iso-8859-2", "ascii").encode("utf-8")
    assert "ascii" in refused("a.html", wrong).what


def test_hocr_and_alto_of_one_page_agree() -> None:
    """The two formats of one page give the same text, the same boxes, the same image."""
    hocr, alto = one("hocr.hocr"), one("alto.xml")
    assert hocr.text.chars == alto.text.chars
    assert [w.box for w in hocr.layout.words] == [w.box for w in alto.layout.words]
    assert hocr.layout.pages[0].image == alto.layout.pages[0].image == "udhr.png"
    for witness in (hocr, alto):
        for word in witness.layout.words:
            assert word.span.of(witness.text.chars).strip()
            assert word.confidence is not None
            assert 0 <= word.confidence <= 1


def test_ocr_keeps_hyphens_and_paragraphs() -> None:
    """A line-end hyphen stands as on the page, a block ends in a blank line."""
    text = one("hocr.hocr").text.chars
    assert "free-\ndoms" in text
    assert "\n\n" in text


def test_pdf_line_end_hyphen() -> None:
    """PDFium's sign for a hyphen at a line's end is written as it stands on the page."""
    witness = one("pdf.pdf")
    assert "characteristi-\ncally" in witness.text.chars
    assert witness.text.chars.count("\f") == 1
    assert [page.number for page in witness.layout.pages] == [1, 2]


def test_collatex_tokens_keep_what_they_came_with() -> None:
    """Tokens keep t, n and further keys; a space is put where neither side has one."""
    b, a, c = read_path(SAMPLES / "collatex-json.json", "x.json")
    assert b.text.chars == "The quick fox ."
    assert a.text.chars == "the fox , again"
    assert c.tokens is None
    assert b.tokens is not None
    assert b.tokens[1].n == "quick"
    assert b.tokens[2].extra == (("page", "2"),)
    assert [t.span.of(b.text.chars) for t in b.tokens] == ["The ", "quick ", "fox", "."]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_names_the_encoding(encoding: str) -> None:
    """Text with a byte order mark is read, the mark is no text, the encoding is named."""
    text, named = decode("a.txt", "Shqipëri".encode(encoding))
    assert text == "Shqipëri"
    assert named == encoding


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", "the people’s café – naïve"),
        ("windows-1251", "Народ и партия едины, товарищ"),
        ("windows-1253", "ὁ ἄνθρωπος είναι ελεύθερος".replace("ὁ ἄ", "ο ά")),
    ],
)
def test_other_encodings_are_named_not_guessed(encoding: str, text: str) -> None:
    """Text in an 8-bit encoding is refused with its line, its likely name and what to do."""
    error = refused("a.txt", b"line one\n" + text.encode(encoding))
    assert error.place == "a.txt:2"
    assert encoding in str(error)
    assert "UTF-8" in error.remedy


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "a PNG image"),
        ("a.txt", b"PK\x03\x04rest", "ZIP"),
        ("a.txt", b"ab\0\1\2\3cd", "binary"),
        ("a.txt", "Shqipëria jonë".encode("utf-16-le"), "utf-16-le"),
        ("a.xml", b"<alto><Layout></alto>", "not well-formed XML"),
        ("a.hocr", b"<div class='ocr_page'><p></div>", "not well-formed XML"),
        ("a.json", b'{"witnesses": [\n{"id": "A"\n', "not JSON"),
        ("a.json", b'{"witness": []}', "no list"),
        ("a.json", b'{"witnesses": []}', "no witness"),
        ("a.json", b'{"witnesses": [{"id": "A"}]}', "neither"),
        ("a.json", b'{"witnesses": [{"id": "A", "tokens": [{"n": "x"}]}]}', 'without "t"'),
        ("a.json", b'{"witnesses": [{"id": "A b", "content": "x"}]}', "no siglum"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.pdf", b"%PDF-1.7\nrubbish", "damaged"),
        ("a.xml", b"<a><b/></a>", "no reader takes"),
    ],
)
def test_bad_files_are_refused_in_one_line(name: str, data: bytes, says: str) -> None:
    """Each kind of bad file gives file, what is wrong and what to do."""
    error = refused(name, data)
    assert says in str(error)
    assert error.place.startswith(name)
    assert error.remedy


def test_a_blank_page_is_a_page() -> None:
    """A page without words is read as a page with an empty span; only collation wants words."""
    (witness,) = read("a.hocr", b"<div class='ocr_page' title='bbox 0 0 9 9'/>")
    assert witness.text.chars == ""
    (page,) = witness.layout.pages
    assert (page.span.start, page.span.end, page.width, page.height) == (0, 0, 9, 9)
    assert not witness.layout.lines
    assert not witness.layout.words


def test_the_same_siglum_twice_is_refused() -> None:
    """Two witnesses of one file may not share an id."""
    data = json.dumps({"witnesses": [{"id": "A", "content": "x"}] * 2}).encode()
    assert "twice" in refused("a.json", data).what


BOMB = b"""<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><alto><String CONTENT="&b;"/></alto>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<alto>&x;</alto>"""


@pytest.mark.parametrize("data", [BOMB, OUTSIDE])
def test_entities_are_never_resolved(data: bytes) -> None:
    """Entity bombs and entities from outside are refused where they are declared."""
    error = refused("a.xml", data)
    assert "entities" in error.what
    assert "root:" not in str(error)


def test_huge_file_is_refused(tmp_path: Path) -> None:
    """A file beyond the limit is refused without being read."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.seek(MAX_BYTES + 1)
        stream.write(b"x")
    with pytest.raises(ReadingError, match="bytes, more than"):
        read_path(path, "huge.txt")


def test_pdf_without_text_is_refused() -> None:
    """A PDF of images says that it needs OCR."""
    import typst

    blank = typst.compile(b"#set document(date: none)\n#rect(width: 2cm, height: 2cm)")
    assert "without a text layer" in refused("a.pdf", blank).what


def test_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    """What is no file says so."""
    for path, says in ((tmp_path, "folder"), (tmp_path / "no", "no such file")):
        with pytest.raises(ReadingError, match=says):
            read_path(path)


@pytest.mark.parametrize(
    ("name", "siglum"),
    [
        ("W.txt", "W"),
        ("my page 1.hocr", "my-page-1"),
        ("..", "W"),
        ("ψ.md", "ψ"),
        ("x" * 99, "x" * 32),
    ],
)
def test_siglum_is_proposed_from_the_name(name: str, siglum: str) -> None:
    """A siglum is the file's stem, cleaned and cut."""
    assert proposed_siglum(name) == siglum
