"""The report of ``ocr``: self-contained, escaped, the same bytes, and nothing left out."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from variorum.files import write
from variorum.ocr.estimate import estimate
from variorum.ocr.evaluate import Comparison, Evaluation, Side, compare
from variorum.ocr.images import images_of
from variorum.ocr.letters import invisible, named, per_cent, written
from variorum.ocr.profiles import profile
from variorum.ocr.report import Image, estimate_html, html
from variorum.ocr.told import fingerprint
from variorum.text import Span, Text
from variorum.witness import Description, Layout, Line, Page, Witness, Word

HOSTILE = "A </script><script>alert(1)</script> <!-- <img src=x onerror=alert(2)> ]]> &lt; \u2028 b"

WIDTH, HEIGHT = 600, 400


def png(width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A white image."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\xff" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


IMAGE = f"data:image/png;base64,{base64.b64encode(png()).decode()}"


def typed(*pages: str, siglum: str = "O", **told: Any) -> Witness:
    """A witness as typed: ten pixels a letter, forty a line, each word as sure as its length."""
    laid: list[Page] = []
    lines: list[Line] = []
    words: list[Word] = []
    at = 0
    for number, page in enumerate(pages, 1):
        laid.append(
            Page(
                Span(at, at + len(page)), f"p{number}.hocr", number, f"p{number}.png", WIDTH, HEIGHT
            )
        )
        for row, line in enumerate(page.split("\n")):
            top = 20 + 40 * row
            lines.append(Line(Span(at, at + len(line)), (50, top, 50 + 10 * len(line), top + 20)))
            for word in re.finditer(r"\S+", line):
                box = (50 + 10 * word.start(), top, 50 + 10 * word.end(), top + 20)
                sure = min(0.95, 0.2 * len(word[0]))
                words.append(Word(Span(at + word.start(), at + word.end()), box, sure))
            at += len(line) + 1
    layout = Layout(tuple(laid), tuple(lines), tuple(words))
    return Witness(siglum, Text("\f".join(pages)), layout, Description(**told))


def plain(text: str, **told: Any) -> Witness:
    """A witness without layout."""
    return Witness("T", Text(text), Layout(), Description(**told))


TRUTH = (
    "Comrade Enver Hoxha: We are\nextremely happy.\fOur party is\nvery strong, just\nlike yours."
)
PAGES = (
    "Comrade Fnver Hoxha: We are\nextremely happy.",
    "Our party is\nvcry str0ng, just\nlike yours",
)


def measured(
    truth: str = TRUTH,
    copy: Witness | None = None,
    *,
    name: str = "O against T",
    told: str = "plain",
    turns: tuple[tuple[str, Span, Span | None], ...] = (),
) -> tuple[Evaluation, tuple[Comparison, ...]]:
    """One comparison, pooled."""
    found = compare(
        name, Side(plain(truth), turns=turns), Side(copy or typed(*PAGES)), profile(told)
    )
    return Evaluation(profile(told), (found.summary,)), (found,)


def made(
    found: tuple[Evaluation, Sequence[Comparison]],
    *,
    title: str = "O against T",
    images: Mapping[tuple[str, int], Image] | None = None,
    failed: Sequence[tuple[str, str]] = (),
) -> str:
    """The page as text."""
    evaluation, comparisons = found
    told = fingerprint(evaluation)
    return html(
        evaluation, comparisons, title=title, images=images or {}, fingerprint=told, failed=failed
    ).decode()


def pictured(name: str = "O against T") -> dict[tuple[str, int], Image]:
    """The same image for both pages."""
    return {(name, number): Image(IMAGE, WIDTH, HEIGHT) for number in (1, 2)}


def data(page: str) -> Any:
    """What the script reads."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])


ROWS, WORDS = 11, 12
"""Where a page of the data has them."""


def rows(page: str) -> list[Any]:
    """The lines of all pages."""
    return [row for told in data(page)["pages"] for row in told[ROWS] or ()]


def side(row: Any, which: int) -> str:
    """The truth (0) or the copy (1) of a line."""
    what = row[4]
    if isinstance(what, str):
        return what
    if not row[1]:
        return str(what[which])
    return "".join(piece if isinstance(piece, str) else piece[which] for piece in what)


def test_same_comparison_same_bytes() -> None:
    """No clock, no path and no hash order is in the file."""
    assert made(measured(), images=pictured()) == made(measured(), images=pictured())


def test_policy_names_what_the_page_holds() -> None:
    """The style and the script have the digests that the policy allows; nothing else runs."""
    page = made(measured(), images=pictured())
    for tag in ("style", "script"):
        body = page.rpartition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)=[\"'](?!#)", page)
    assert " style=" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in page


def test_a_report_may_be_written_over_a_report(tmp_path: Path) -> None:
    """The beginning of the file is what ``files`` knows as ours."""
    path = tmp_path / "ocr.html"
    for title in ("one", "two"):
        write({path: made(measured(), title=title).encode()})
    assert "two" in path.read_text("utf-8")


def test_text_is_never_markup() -> None:
    """Title, name, words, speaker and failure may look like markup and are none."""
    found = measured(
        f"x {HOSTILE}", typed(HOSTILE), name=HOSTILE, turns=((HOSTILE, Span(0, 9), Span(0, 1)),)
    )
    page = made(found, title=HOSTILE, failed=[(HOSTILE, HOSTILE)])
    assert page.count("<script") == 2
    assert page.count("</script") == 2
    assert "<img" not in page
    assert HOSTILE in "".join(side(row, 1) for row in rows(page))


def test_every_line_and_every_error_is_there() -> None:
    """Errors of the lines add up; page, line and box are those of the copy."""
    found = measured()
    page = made(found)
    assert [row[0] for row in rows(page)] == [1, 2, 1, 2, 3, 3]
    assert [row[1] for row in rows(page)] == [1, 0, 0, 2, 0, 1]
    assert sum(row[1] for row in rows(page)) == found[0].text_edits == 4
    assert rows(page)[3][4] == ["v", ["e", "c"], "ry str", ["o", "0"], "ng, just\n"]
    assert rows(page)[3][5] == [50, 60, 220, 80]
    assert [side(row, 0) for row in rows(page)[-2:]] == ["like yours", "."]


def test_words_with_errors_are_on_the_page() -> None:
    """Each with its box and the number of its errors."""
    [first, second] = data(made(measured()))["pages"]
    assert first[WORDS] == [130, 20, 180, 40, 1]
    assert second[WORDS] == [50, 60, 90, 80, 1, 100, 60, 170, 80, 1, 100, 100, 150, 120, 1]


@settings(max_examples=40)
@for_all(
    st.text(alphabet="ab é\U0001d518\n", max_size=80), st.text(alphabet="ab éc\n", max_size=80)
)
def test_lines_spell_both_texts(truth: str, copy: str) -> None:
    """Whatever is compared, the lines of the report have every letter of truth and copy."""
    found = measured(truth, plain(copy))
    told = rows(made(found))
    assert sum(row[1] for row in told) == found[0].text_edits
    spelled = "".join("".join(side(row, 0) for row in told).split())
    assert spelled == "".join(truth.split())
    other = "".join("".join(side(row, 1) for row in told).split())
    assert sorted(other) == sorted("".join(copy.split()))


def test_an_image_is_in_the_file_once() -> None:
    """However many pages and lines show it."""
    page = made(measured(), images=pictured())
    assert page.count(IMAGE[:64]) == 1
    assert [told[6:9] for told in data(page)["pages"]] == [[0, WIDTH, HEIGHT]] * 2


def test_without_an_image_the_page_has_its_size() -> None:
    """Boxes still stand where they stand; the script draws them on blank paper."""
    page = made(measured())
    assert data(page)["images"] == []
    assert [told[6:9] for told in data(page)["pages"]] == [[-1, WIDTH, HEIGHT]] * 2


def test_rates_stand_with_what_they_are_of() -> None:
    """Numerators, denominators, text and order apart, profile, fingerprint."""
    found = measured(turns=(("hoxha", Span(0, 20), Span(0, 20)),))
    page = made(found)
    for told in (
        per_cent(found[0].cer),
        f"4 errors in {found[0].characters} letters of the truth",
        "no passage stands elsewhere",
        f"{found[0].word_edits} errors in {found[0].words} words of the truth",
        "profile plain",
        "hoxha",
        found[0].summaries[0].digests[1][:12],
        str(fingerprint(found[0])["id"]),
    ):
        assert told in page


def test_no_rate_is_said() -> None:
    """A truth without text gives no rate, and no infinity."""
    page = made(measured("", plain("scraps")))
    assert "No rate: the truth has no text, the copy has 6 letters" in page
    assert "inf" not in page.partition("<main>")[2].partition("<dialog")[0].lower()
    assert data(page)["pages"][0][3] is None


def test_an_upper_bound_is_said() -> None:
    """Where the shortest way was not searched for, the rates are called what they are."""
    evaluation, comparisons = measured()
    summary = evolve(evaluation.summaries[0], exact=False)
    page = made((Evaluation(evaluation.profile, (summary,)), comparisons))
    assert "The rates are upper bounds" in page
    assert "at most " in page


def test_synthetic_copies_are_called_so() -> None:
    """In the summary and with the text."""
    page = made(measured(copy=typed(*PAGES, synthetic=True)))
    assert page.count("synthetic: made to exercise the tools") == 2


def test_failed_pages_are_told() -> None:
    """Each with the sentence why."""
    page = made(measured(), failed=[("page-9", "page-9.hocr: no text in it")])
    assert "1 page could not be measured" in page
    assert "page-9.hocr: no text in it" in page


def test_pages_beyond_those_shown_are_measured_all_the_same() -> None:
    """They are in the list without their lines; names tell pages of several copies apart."""
    found = [measured(name=name)[1][0] for name in ("a", "b")]
    pooled = Evaluation(profile("plain"), tuple(c.summary for c in found))
    told = data(made((pooled, found[:1])))["pages"]
    assert [page[0] for page in told] == ["a, page 1", "a, page 2", "b, page 1", "b, page 2"]
    assert [page[ROWS] is None for page in told] == [False, False, True, True]


def test_moved_and_missing_passages_are_marked() -> None:
    """A passage that stands elsewhere, and one that no line of the copy has."""
    parts = (
        "Our people eat bread that they have sown themselves.\n",
        "Steel, copper and chromium come out of the mountains.\n",
        "Which chemists will help us with fertiliser for the fields?\n",
        "Electricity arrived in every village before winter began.\n",
    )
    copy = plain("".join(parts[i] for i in (0, 2, 1)))
    told = rows(made(measured("".join(parts), copy)))
    assert 1 in [row[3] for row in told[:-1]]
    assert told[-1][3] == 2
    assert side(told[-1], 0).strip() == parts[3].strip()
    assert side(told[-1], 1) == ""


def test_right_lines_are_shown_as_read() -> None:
    """What the profile holds to be alike and is not written alike is shown on either side."""
    told = rows(made(measured("it’s so", plain("it's so"), told="dinglehopper")))
    assert [row[4] for row in told] == [["it’s so", "it's so"]]


def test_half_a_letter_is_no_fault() -> None:
    """A lone surrogate, which no UTF-8 file can hold, is told in JSON's way."""
    page = made(measured("a\ud800b", plain("a\ud800c")))
    assert side(rows(page)[0], 1) == "a\ud800c"


def test_invisible_letters_have_names() -> None:
    """Space, newline, soft hyphen, accents: by sign or by name, and nothing is "nothing"."""
    assert named("") == "nothing"
    assert named("a") == "a"
    assert named(" ") == "␣ space"
    assert named("-\n") == "- + newline"
    assert named("\u00ad") == "soft hyphen"
    assert named("\u0301") == "\u25cc\u0301 combining acute accent"
    assert named("\ue000") == "U+E000"
    assert invisible(["a", "b c"]) == {" ": ("␣", "space")}


def test_a_letter_keeps_its_accent() -> None:
    """A cluster stands as one letter, and its accent is named beside it."""
    assert written("e\u0301") == (
        '<bdi class="letter">e\u0301</bdi> <i class="named">+ combining acute accent</i>'
    )
    assert written("<") == '<bdi class="letter">&lt;</bdi>'


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        (None, "no rate"),
        (0.0, "0.00\u202f%"),
        (0.00001, "<\u202f0.01\u202f%"),
        (1.5, "150.00\u202f%"),
    ],
)
def test_rates_are_not_rounded_away(rate: float | None, told: str) -> None:
    """Something is never 0.00, and what is no rate says so."""
    assert per_cent(rate) == told


def test_confusions_show_their_place() -> None:
    """The letter is marked in its context where that is whole; the button names its pair."""
    page = made(measured("a" * 14 + "e" + "b" * 14, plain("a" * 14 + "c" + "b" * 14)))
    assert f"{'a' * 12}<b>e</b>{'b' * 12}" in page
    assert data(page)["pairs"][0] == ["e", "c"]
    assert 'data-pair="0"' in page


def test_long_tables_are_folded() -> None:
    """Twenty-five rows in view, more under a summary, what is left counted."""
    letters = [chr(0x4E00 + i) for i in range(600)]
    page = made(measured("".join(letters), plain("".join(chr(0x6000 + i) for i in range(600)))))
    assert "475 more" in page
    assert "And 100 others" in page


def test_an_estimate_says_what_spoke() -> None:
    """Interval, evidence and warnings by page; doubted words by line; no truth anywhere."""
    witness = typed("The xq quick brown fox jumps over", "", siglum="O", synthetic=True)
    pages = estimate(witness, "en")
    told = estimate_html(
        [(witness, page) for page in pages],
        title="O",
        images={("O", 1): Image(IMAGE, WIDTH, HEIGHT)},
        fingerprint={"id": "f00"},
        failed=[("x", "y")],
    ).decode()
    [first, second] = data(told)["pages"]
    assert data(told)["truth"] is False
    assert first[3] == pages[0].cer
    assert pages[0].evidence.speaks in first[5]
    assert first[6:9] == [0, WIDTH, HEIGHT]
    assert first[ROWS][0][4] == ["The ", ["xq"], " quick brown fox jumps over"]
    assert first[WORDS] == [90, 20, 110, 40, 1]
    assert second[10] == [notice.says for notice in pages[1].notices]
    assert "blank, or nothing was recognised" in told
    assert "synthetic: made to exercise the tools" in told
    assert "of the truth" not in told.partition("<script")[0]


def test_estimates_of_several_files_are_told_apart() -> None:
    """Where sigla do not tell, files do, in labels and images."""
    found = [(w, page) for w in (typed("one two"), typed("three four")) for page in estimate(w)]
    found[1] = (found[1][0], evolve(found[1][1], page=evolve(found[1][1].page, file="q.hocr")))
    images = {("q.hocr", 1): Image("q.png", WIDTH, HEIGHT)}
    told = estimate_html(found, title="O", images=images, fingerprint={}).decode()
    assert [page[0] for page in data(told)["pages"]] == ["p1.hocr", "q.hocr"]
    assert [page[6] for page in data(told)["pages"]] == [-1, 0]


def _with_image(name: str, **told: Any) -> Witness:
    page = Page(Span(0, 1), "ocr/p1.hocr", 1, name, **told)
    return Witness("O", Text("a"), Layout(pages=(page,)))


@pytest.mark.parametrize("name", ["p1.png", "/home/x/p1.png", "C:\\scans\\p1.png"])
def test_images_are_found_beside_the_text(tmp_path: Path, name: str) -> None:
    """Under the name that the file gives, or its last part; with the size of the image itself."""
    (tmp_path / "ocr").mkdir()
    (tmp_path / "ocr" / "p1.png").write_bytes(png(30, 20))
    found = images_of({"x": _with_image(name)}, "embed", [tmp_path], tmp_path)
    assert (found["x", 1].width, found["x", 1].height) == (30, 20)
    assert base64.b64decode(found["x", 1].source.partition(",")[2]) == png(30, 20)


def test_images_are_linked_from_the_report(tmp_path: Path) -> None:
    """By a path relative to the report's folder, escaped; boxes' size where the page tells it."""
    (tmp_path / "ocr").mkdir()
    (tmp_path / "ocr" / "p 1.png").write_bytes(png(30, 20))
    witness = _with_image("p 1.png", width=60, height=40)
    found = images_of({"x": witness}, "link", [tmp_path], tmp_path / "out")
    assert found["x", 1] == Image("../ocr/p%201.png", 60, 40)


@pytest.mark.parametrize("name", ["gone.png", "p1.tif", ""])
def test_a_page_without_an_image_is_no_fault(tmp_path: Path, name: str) -> None:
    """One that is not there, that no browser shows, or that nobody named."""
    (tmp_path / "ocr").mkdir()
    (tmp_path / "ocr" / "p1.tif").write_bytes(b"II*\0")
    assert images_of({"x": _with_image(name)}, "embed", [tmp_path], tmp_path) == {}
    assert images_of({"x": _with_image(name)}, "none", [tmp_path], tmp_path) == {}
