"""hOCR as engines and people write it."""

from __future__ import annotations

import pytest

from variorum.errors import ReadingError
from variorum.readers import read
from variorum.witness import Witness


def page(inner: str, title: str = "image a.png; bbox 0 0 100 80") -> bytes:
    """A file with one page."""
    return f"<html><body><div class='ocr_page' title='{title}'>{inner}</div></body></html>".encode()


def one(data: bytes) -> Witness:
    """The witness in a file."""
    (witness,) = read("a.hocr", data)
    return witness


def words(witness: Witness) -> list[tuple[object, ...]]:
    """Each word with its box, confidence and language."""
    text = witness.text.chars
    return [(w.span.of(text), w.box, w.confidence, w.language) for w in witness.layout.words]


def test_page_area_paragraph_line_and_word() -> None:
    """Classes tell pages, blocks, lines and words; titles tell box, confidence and image."""
    witness = one(
        page(
            "<div class='ocr_carea'><p class='ocr_par' lang='eng'>"
            "<span class='ocr_line' title='bbox 1 2 30 9; baseline 0 -3'>"
            "<span class='ocrx_word' title='bbox 1 2 10 9; x_wconf 96'>We</span> "
            "<span class='ocrx_word' lang='sqi' title='bbox 12 2 30 9'>jemi</span></span>"
            "<span class='ocr_line'><span class='ocrx_word'>here</span></span></p>"
            "<p class='ocr_par'><span class='ocr_caption'>Hoxha</span></p></div>"
        )
    )
    assert witness.text.chars == "We jemi\nhere\n\nHoxha"
    assert words(witness) == [
        ("We", (1, 2, 10, 9), 0.96, "eng"),
        ("jemi", (12, 2, 30, 9), None, "sqi"),
        ("here", None, None, "eng"),
        ("Hoxha", None, None, None),
    ]
    assert [line.box for line in witness.layout.lines] == [(1, 2, 30, 9), None, None]
    (found,) = witness.layout.pages
    assert (found.image, found.width, found.height) == ("a.png", 100, 80)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("foo <b>bar</b> baz", "foo bar baz"),
        ("f<i>o</i>o<!-- no text -->t", "foot"),
        ("foo<br/>bar", "foo bar"),
        ("(<span class='ocrx_word'>x</span>), y", "(x), y"),
        ("<span class='ocrx_word'>ex</span><span class='ocrx_word'>it</span>", "ex it"),
        ("<span class='ocrx_word'> </span><span class='ocrx_word'>a</span>.", "a."),
        ("a\u00a0b&nbsp;c &eacute;&amp;", "a\u00a0b\u00a0c \u00e9&"),
    ],
)
def test_text_outside_of_words_is_read_where_it_stands(line: str, text: str) -> None:
    """No character of a line is lost, none is doubled, and no space comes or goes."""
    assert one(page(f"<span class='ocr_line'>{line}</span>")).text.chars == text


def test_a_line_says_for_its_words_what_they_do_not() -> None:
    """A line told as a whole gives its confidence to its words, but not its box."""
    witness = one(page("<span class='ocr_line' title='bbox 1 1 9 9; x_wconf 50'>a b</span>"))
    assert words(witness) == [("a", None, 0.5, None), ("b", None, 0.5, None)]


def test_words_without_lines_and_lines_without_paragraphs() -> None:
    """What stands higher than it should is read all the same, once."""
    witness = one(
        page(
            "loose <span class='ocrx_word'>word</span><br/><span class='ocr_line'>a line</span>"
            "<p>a paragraph</p><table><tr><td>a</td> <td>row</td></tr></table>"
            "<script>no text</script>"
        )
    )
    assert witness.text.chars == "loose word\na line\n\na paragraph\n\na row"


def test_lines_within_lines() -> None:
    """A float or header that holds lines is a block of lines, not one line."""
    line = "<span class='ocr_line'>one</span> <span class='ocr_line'>two</span>"
    assert one(page(f"<div class='ocr_header'>{line}</div>")).text.chars == "one\ntwo"


def test_glyphs_spell_a_word_that_does_not() -> None:
    """Glyphs are read where a word has nothing else, of alternatives the best, and only once."""
    glyphs = (
        "<span class='ocrx_cinfo'>a</span><span class='ocrx_cinfo'>"
        "<span class='ocrx_cinfo'>b</span><span class='ocrx_cinfo'>h</span></span>"
    )
    told = f"<span class='ocrx_word'>{glyphs}</span> <span class='ocrx_word'>ab{glyphs}</span>"
    assert one(page(f"<span class='ocr_line'>{told}</span>")).text.chars == "ab ab"


@pytest.mark.parametrize(
    ("title", "box"),
    [
        ("bbox 1 2 3 4", (1, 2, 3, 4)),
        ("x_wconf 3; bbox 1.4 2 3 4.6", (1, 2, 3, 5)),
        ("poly 5 1 9 5 5 9 1 5", (1, 1, 9, 9)),
        ("x_bboxes 1 2 3 4 5 6 7 8", (1, 2, 7, 8)),
        ("textangle 90; bbox 1 2 3 4", (1, 2, 3, 4)),
        ("baseline 0 1", None),
    ],
)
def test_boxes(title: str, box: tuple[int, int, int, int] | None) -> None:
    """A box is the one told, or the bounds of the boxes or of the polygon, without a note."""
    witness = one(page(f"<span class='ocrx_word' title='{title}'>w</span>"))
    assert [word.box for word in witness.layout.words] == [box]
    assert not witness.layout.notes


@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("bbox 1 2 3", "boxes that are no numbers, left out: 1"),
        ("bbox 1 2 x 4", "boxes that are no numbers, left out: 1"),
        ("bbox 1 2 nan 4", "boxes that are no numbers, left out: 1"),
        ("poly 1 2 3", "boxes that are no numbers, left out: 1"),
        ("bbox 1 2 101 4", "boxes that do not lie on it, left out: 1"),
        ("bbox -1 2 3 4", "boxes that do not lie on it, left out: 1"),
        ("bbox 3 2 1 4", "boxes that do not lie on it, left out: 1"),
        ("x_wconf 101", "confidences out of range, left out: 1"),
        ("x_wconf -1", "confidences out of range, left out: 1"),
        ("x_wconf high", "confidences that are no numbers, left out: 1"),
    ],
)
def test_what_is_no_evidence_is_left_out_and_noted(title: str, note: str) -> None:
    """A wrong box or confidence costs neither the word nor the page, and is told with its place."""
    witness = one(page(f"\n<span class='ocrx_word' title='{title}'>w</span>"))
    assert words(witness) == [("w", None, None, None)]
    assert witness.layout.notes == (f"a.hocr:2: page 1: {note}",)


@pytest.mark.parametrize(
    ("title", "image"),
    [
        ('image "a b; c.png"; bbox 0 0 9 9', "a b; c.png"),
        ("image &#39;a.png&#39;", "a.png"),
        ("bbox 0 0 9 9; image scans/a.png; ppageno 0", "scans/a.png"),
        ("bbox 0 0 9 9", None),
        ('image ""', None),
    ],
)
def test_image(title: str, image: str | None) -> None:
    """The image is named as the file names it, or is not known."""
    assert one(page("w", title)).layout.pages[0].image == image


def test_pages_are_numbered_and_may_be_blank() -> None:
    """Every page of the file is one, with words or without."""
    one_page = "<div class='ocr_page'>{}</div>"
    body = "".join(one_page.format(inner) for inner in ("", "a", "", "b"))
    witness = one(f"<html><body>{body}</body></html>".encode())
    assert witness.text.chars == "\fa\f\fb"
    spans = [page.span.of(witness.text.chars) for page in witness.layout.pages]
    assert spans == ["", "a", "", "b"]
    assert [page.number for page in witness.layout.pages] == [1, 2, 3, 4]


def test_a_page_that_was_not_closed_is_closed_by_the_next() -> None:
    """In HTML a page may seem to lie in the one before; each is read once."""
    data = b"<!DOCTYPE html><html><div class='ocr_page'>a<div class='ocr_page'>b</div></html>"
    assert one(data).text.chars == "a\fb"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (page("\u00eb").replace(b"<html>", b"\xef\xbb\xbf<html>"), "utf-8"),
        (page("\u00eb").decode().encode("utf-16"), "utf-16"),
        (
            b"<?xml version='1.0' encoding='ISO-8859-1'?>"
            + page("\u00eb").decode().encode("latin-1"),
            "iso-8859-1",
        ),
        (
            b"<!DOCTYPE html><html><meta charset='windows-1250'><br>"
            + page("\u00eb").decode().encode("windows-1250"),
            "windows-1250",
        ),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    """A file is read in the encoding that it has by its mark or declares, and that is kept."""
    witness = one(data)
    assert witness.text.chars.strip() == "\u00eb"
    assert witness.received[0].encoding == encoding


DEEP = "<html><body><br>" + "<div>" * 3000 + "<p class='ocr_page'>a</p></body></html>"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (page("a")[:-8], "breaks off"),
        (b"<?xml version='1.0'?>" + page("a<br>"), "not well-formed XML"),
        (b"<meta charset='utf-8'>" + page("\u00eb") + b"<!-- \xeb --></html>", "not in"),
        (b"<!DOCTYPE html><br><meta charset='ascii'>" + "\u00eb".encode() + page("a"), "ascii"),
        (b"<!-- class='ocr_page' --><html/>", "no page in it"),
        (DEEP.encode(), "cannot be read to its end"),
        (page("caf\u00e9").decode().encode("latin-1"), "windows-1252"),
    ],
)
def test_refused(data: bytes, says: str) -> None:
    """What is broken is refused by name, with what to do."""
    with pytest.raises(ReadingError, match=says) as caught:
        one(data)
    assert caught.value.place.startswith("a.hocr")
    assert caught.value.remedy
