"""The report of ``ocr`` in a real browser: from disk, by keyboard, at both widths."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from exporters.chromium import Page, chromium
from ocr.test_report import (
    HOSTILE,
    IMAGE,
    PAGES,
    TRUTH,
    made,
    measured,
    pictured,
    plain,
    png,
    typed,
)
from variorum.ocr.estimate import estimate
from variorum.ocr.report import Image, estimate_html

COUNT = "document.getElementById('count').textContent"
SPOKEN = "document.getElementById('announce').textContent"
ROWS = "document.querySelectorAll('.row').length"
CHOSEN = "document.querySelector('.row.chosen')"

LINES = 2400
"""Of the long text: a hundred thousand letters."""


def _long() -> tuple[str, str]:
    line = "Our party is committed to the {} way"
    truth = [line.format(f"{n:04d}th") for n in range(LINES)]
    copy = [t.replace("party", "pavty") if n % 3 == 0 else t for n, t in enumerate(truth)]
    return "\n".join([*truth, "The last line."]), "\n".join([*copy, "The lost line."])


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """One browser for all; each test opens its own file."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports the tests look at, each written once."""
    where = tmp_path_factory.mktemp("reports")
    truth, copy = _long()
    arabic = "بسم الله الرحمن الرحيم\nالحمد لله رب العالمين"
    pages = {
        "small": made(measured(), images=pictured()),
        "bare": made(measured()),
        "long": made(measured(truth, plain(copy))),
        "arabic": made(measured(arabic, plain(arabic.replace("رب", "وب"), language="ar"))),
        "hostile": made(measured(f"x {HOSTILE}", plain(HOSTILE), name=HOSTILE), title=HOSTILE),
        "nothing": made(measured("", plain("scraps"))),
        "same": made(measured("a b", plain("a b"))),
        "marks": made(measured("abc d ef ghi jkl", plain("abx d e ghi  jkl"))),
    }
    witness = typed("The xq qvick brown fox jumps", "over it", siglum="O")
    images = {("O", 1): Image(IMAGE, 600, 400)}
    found = [(witness, one) for one in estimate(witness, "en")]
    told = estimate_html(found, title="O", images=images, fingerprint={"id": "f00"})
    pages["estimate"] = told.decode()
    for name, text in pages.items():
        (where / f"{name}.html").write_text(text, "utf-8", newline="")
    return where


@pytest.mark.parametrize(
    "name", ["small", "bare", "long", "arabic", "hostile", "nothing", "same", "estimate"]
)
@pytest.mark.parametrize("width", [400, 1600])
def test_opens_from_disk_without_complaint(page: Page, folder: Path, name: str, width: int) -> None:
    """No error, no request beside the file itself, nothing wider than the window."""
    path = folder / f"{name}.html"
    page.open(path, width)
    page.press("n", "p", "e", "n", "Escape")
    assert page.complaints == []
    assert [told for told in page.requests if not told.startswith("blob:")] == [path.as_uri()]
    assert page.run("document.documentElement.scrollWidth <= innerWidth")


def test_text_is_never_markup(page: Page, folder: Path) -> None:
    """What looks like markup is shown, letter by letter."""
    page.open(folder / "hostile.html")
    assert page.run("document.querySelectorAll('img').length") == 0
    assert page.run("document.querySelectorAll('script').length") == 2
    assert page.run("document.querySelector('h1').textContent") == HOSTILE
    page.wait(f"{ROWS} > 0")
    shown = page.run("document.querySelector('.row .copy p').textContent")
    assert shown.endswith(HOSTILE)


def test_keys_walk_from_error_to_error(page: Page, folder: Path) -> None:
    """Worst page first; n to each place, p back, and the end is said."""
    page.open(folder / "small.html")
    heard = []
    for _ in range(5):
        page.press("n")
        heard.append(page.run(SPOKEN))
    assert heard == [
        "Page 2, line 2: e read as c",
        "Page 2, line 2: o read as 0",
        "Page 2, line 3: . read as nothing",
        "Page 1, line 1: E read as F",
        "That was the last.",
    ]
    page.press("p")
    assert page.run(SPOKEN) == "Page 2, line 3: . read as nothing"
    assert page.run(f"{CHOSEN}.querySelectorAll('mark.chosen').length") == 1
    page.press("Escape")
    assert page.run(f"{CHOSEN} === null")


def test_pages_in_the_order_asked_for(page: Page, folder: Path) -> None:
    """Worst first or as in the text: the sheet and the lines go together."""
    page.open(folder / "small.html")
    sheet = "[...document.querySelectorAll('#sheet .name')].map(n => n.textContent).join()"
    heads = "[...document.querySelectorAll('.page h3')].map(n => n.textContent).join()"
    assert page.run(sheet) == page.run(heads) == "Page 2,Page 1"
    page.run(
        "{const s = document.getElementById('order'); s.value = 'text';"
        " s.dispatchEvent(new Event('change'))}"
    )
    assert page.run(sheet) == page.run(heads) == "Page 1,Page 2"


def test_a_page_is_a_click_away(page: Page, folder: Path) -> None:
    """Its head comes into view, and its first error is the next."""
    page.open(folder / "small.html", height=500)
    page.run("document.querySelector('#sheet [data-page=\"0\"]').click()")
    page.wait(
        "(({top}) => top >= 0 && top < 200)(document.querySelector('#p1').getBoundingClientRect())"
    )
    page.press("n")
    assert page.run(SPOKEN) == "Page 1, line 1: E read as F"


def test_filters_and_search(page: Page, folder: Path) -> None:
    """Errors, a pair of letters and words narrow the lines, and the count says to what."""
    page.open(folder / "small.html")
    page.wait(f"{ROWS} === 6")
    assert page.run(COUNT) == "6 lines, 4 errors"
    page.press("e")
    page.wait(f"{ROWS} === 3")
    assert page.run(COUNT) == "3 of 6 lines, 4 errors"
    page.press("e")
    page.run(
        "[...document.querySelectorAll('.confusions button.pair')]"
        ".find(b => b.title.includes('o read as 0')).click()"
    )
    page.wait(f"{ROWS} === 1")
    assert page.run("document.getElementById('pair').textContent").startswith("Lines with “o” read")
    page.press("n", "n")
    assert page.run(SPOKEN) == "That was the last."
    assert page.run(f"{CHOSEN}.querySelector('mark.chosen').textContent") == "o"
    page.run("document.querySelector('#pair button').click()")
    page.press("/", *"HAPPY")
    page.wait(f"{ROWS} === 1")
    assert page.run("document.querySelector('.row .copy').textContent").endswith("extremely happy.")
    page.run("location.hash = '#r1'")
    page.wait(f"{CHOSEN} !== null")
    assert page.run("document.getElementById('search').value") == ""


@pytest.mark.parametrize("width", [400, 1600])
def test_both_sides_stand_in_one_row_to_the_last_line(page: Page, folder: Path, width: int) -> None:
    """In a hundred thousand letters truth and copy cannot drift; little is drawn at once."""
    page.open(folder / "long.html", width)
    assert page.run("document.querySelectorAll('*').length") < 12_000
    page.press("p")
    page.wait(f"{CHOSEN} !== null")
    page.wait(f"(({{top}}) => top > 0 && top < innerHeight)({CHOSEN}.getBoundingClientRect())")
    truth, copy = page.run(
        f"['truth', 'copy'].map(w => {CHOSEN}.querySelector(`.${{w}} p`).getBoundingClientRect())"
        ".map(({top, left, bottom}) => [top, left, bottom])"
    )
    assert page.run(f"{CHOSEN}.querySelector('.truth p').textContent") == "The last line."
    assert page.run(f"{CHOSEN}.querySelector('.ref a').textContent") == str(LINES + 1)
    if width == 1600:
        assert truth[0] == copy[0]
        assert truth[1] < copy[1]
    else:
        assert 0 < copy[0] - truth[2] < 60
        assert truth[1] == copy[1]
    assert page.run("document.querySelectorAll('*').length") < 20_000


def test_heat_stands_on_the_image(page: Page, folder: Path) -> None:
    """Each line's box is where the line is on the image, whatever the size of the window."""
    page.open(folder / "small.html")
    page.press("n")
    page.wait("document.querySelector('#p2 .heat.chosen') !== null")
    for width in (1600, 400):
        page.size(width, 1000)
        left, top, wide, high, shown = page.run("""(() => {
          const leaf = document.querySelector('#p2 .leaf').getBoundingClientRect();
          const box = document.querySelector('#p2 .heat.chosen').getBoundingClientRect();
          const scale = leaf.width / 600;
          return [box.left - leaf.left, box.top - leaf.top, box.width, box.height]
            .map(n => n / scale).concat(leaf.height / scale);
        })()""")
        assert [left, top, wide, high] == pytest.approx([50, 60, 170, 20], abs=7)
        assert shown == pytest.approx(400, abs=2)
    tags = "[...document.querySelectorAll('#p2 text.tag')].map(t => t.textContent).join()"
    assert page.run(tags) == "2,−1"
    assert page.run("document.querySelectorAll('#p2 .leaf .word').length") == 3
    label = page.run("document.querySelector('#p2 .leaf').getAttribute('aria-label')")
    assert label.startswith("Page 2: 2 of 3 lines have errors; most in line 2")


def test_a_line_has_its_piece_of_the_image(page: Page, folder: Path) -> None:
    """The crop shows the line's box with a little room, and outlines what is wrong in it."""
    page.open(folder / "small.html")
    page.wait("document.querySelector('#p2 .crop') !== null")
    assert page.run("document.querySelector('#p2 .crop').getAttribute('viewBox')") == "43 53 184 34"
    assert (
        page.run("document.querySelectorAll('#p2 .row .crop')[0].querySelectorAll('.word').length")
        == 2
    )
    source = page.run("document.querySelector('#p2 .crop image').getAttribute('href')")
    assert source.startswith("blob:")
    assert page.run(
        f"[...document.querySelectorAll('image')].every(i => i.getAttribute('href') === '{source}')"
    )


def test_a_click_on_the_image_goes_to_the_line(page: Page, folder: Path) -> None:
    """And a click on a mark chooses it; both tell which."""
    page.open(folder / "small.html")
    page.wait("document.querySelector('#p1 .heat') !== null")
    click = "dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    page.run(f"document.querySelector('#p1 .heat').{click}")
    assert page.run(f"{CHOSEN}.querySelector('.truth mark').textContent") == "E"
    page.run(f"document.querySelectorAll('#p2 .truth mark')[1].{click}")
    assert page.run(SPOKEN) == "Page 2, line 2: o read as 0"


def test_differences_inside_words(page: Page, folder: Path) -> None:
    """Read otherwise, missing, added: each has its mark on both sides, and names for spaces."""
    page.open(folder / "marks.html")
    page.wait(f"{ROWS} > 0")
    told = (
        "[...document.querySelectorAll('.row .{} mark')]"
        ".map(m => `${{m.className}}: ${{m.title}}`).join('; ')"
    )
    expected = "replaced: c → x; dropped{}: f → nothing; added{}: nothing → space"
    assert page.run(told.format("truth")) == expected.format("", " void")
    assert page.run(told.format("copy")) == expected.format(" void", "")
    assert page.run("document.querySelector('.row .copy mark.added').innerText").startswith("␣")


def test_marks_differ_without_colour(page: Page, folder: Path) -> None:
    """In black and white each kind still has a line of its own."""
    page.open(folder / "marks.html")
    styles = page.run(
        "[...document.querySelectorAll('#legend mark')]"
        ".map(m => getComputedStyle(m).textDecorationStyle)"
    )
    assert len(set(styles)) == len(styles) == 3


def test_right_to_left(page: Page, folder: Path) -> None:
    """Arabic runs from right to left on both sides, and the copy says its language."""
    page.open(folder / "arabic.html")
    page.wait(f"{ROWS} > 0")
    for where in (".truth p", ".copy p"):
        assert page.run(f"getComputedStyle(document.querySelector('{where}')).direction") == "rtl"
    assert page.run("document.querySelector('.copy p').lang") == "ar"


def test_an_estimate_has_no_truth(page: Page, folder: Path) -> None:
    """One text, rates and intervals by line, doubted words marked; n goes to what is doubtful."""
    page.open(folder / "estimate.html")
    page.wait(f"{ROWS} > 0")
    assert page.run("document.querySelectorAll('.truth').length") == 0
    assert page.run("document.querySelector('.row mark.doubted').textContent") == "xq"
    page.press("n")
    assert "% to" in page.run(SPOKEN)
    assert page.run("document.querySelector('.heat.chosen') !== null")


NEEDS_A_NAME = {"button", "checkbox", "combobox", "searchbox", "link", "table", "region", "image"}


@pytest.mark.parametrize("name", ["small", "arabic", "estimate"])
def test_everything_has_a_name(page: Page, folder: Path, name: str) -> None:
    """As a screen reader is told it: controls, tables, images are named, headings in order."""
    page.open(folder / f"{name}.html")
    page.press("n")
    page.wait(f"{ROWS} > 0")
    tree = page.ask("Accessibility.getFullAXTree")["nodes"]
    bare = [
        node["role"]["value"]
        for node in tree
        if not node["ignored"]
        and node["role"]["value"] in NEEDS_A_NAME
        and not node.get("name", {}).get("value", "").strip()
    ]
    assert bare == []
    assert page.run("[...document.querySelectorAll('th')].every(h => h.scope)")
    assert page.run(
        "(ids => new Set(ids).size === ids.length)"
        "([...document.querySelectorAll('[id]')].map(e => e.id))"
    )
    levels = page.run(
        "[...document.querySelectorAll('h1,h2,h3,h4')]"
        ".filter(h => !h.closest('dialog')).map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert max(b - a for a, b in pairwise(levels)) <= 1


CONTRAST = """
(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const light = (colours) => {
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((v) => {
      const c = v / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) => getComputedStyle(e).backgroundColor;
  const grounds = (e) => (e ? [...grounds(e.parentElement), ground(e)] : ["white"]);
  const speaks = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const out = [];
  for (const e of document.querySelectorAll("body *:not(svg *, script, .sr, .sr *)")) {
    if (!speaks(e) || !e.checkVisibility()) continue;
    const [a, b] = [light(grounds(e)), light([...grounds(e), getComputedStyle(e).color])];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) out.push(`${e.tagName}.${e.className} ${e.textContent.slice(0, 20)} ${ratio}`);
  }
  return out;
})()
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["small", "marks", "estimate"])
def test_colours_can_be_read(page: Page, folder: Path, scheme: str, name: str) -> None:
    """Every word on its ground has the contrast of 4.5 that small print needs, chosen or not."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    page.ask("Emulation.setEmulatedMedia", features=features)
    page.open(folder / f"{name}.html")
    page.press("n")
    page.wait(f"{ROWS} > 0")
    found = page.run(CONTRAST)
    page.ask("Emulation.setEmulatedMedia", features=[])
    assert found == []


def test_without_script(page: Page, folder: Path) -> None:
    """A reader without JavaScript sees the figures, the pages and what was read for what."""
    page.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.open(folder / "small.html", 400)
    finally:
        page.ask("Emulation.setScriptExecutionDisabled", value=False)
    seen = page.run("document.body.innerText")
    for told in ("Character error rate", "Page 2: ", "letters of the truth", "this page’s script"):
        assert told.casefold() in seen.casefold()
    assert page.run("document.getElementById('filter').checkVisibility()") is False


def test_prints(page: Page, folder: Path) -> None:
    """On paper there are no controls, and the lines are there with their images."""
    page.open(folder / "small.html")
    page.run("dispatchEvent(new Event('beforeprint'))")
    page.ask("Emulation.setEmulatedMedia", media="print")
    seen = page.run(
        "['nav', '#filter', '#p1 .leaf', '#p1 .row', '#p2 .crop']"
        ".map(s => document.querySelector(s).checkVisibility())"
    )
    page.ask("Emulation.setEmulatedMedia", media="")
    assert seen == [False, False, True, True, True]


def test_typing_stays_typing(page: Page, folder: Path) -> None:
    """In the search box letters are letters; ? explains; keys can be switched off."""
    page.open(folder / "small.html")
    page.press("/", "n")
    assert page.run("document.getElementById('search').value") == "n"
    page.press("Escape", "?")
    page.wait("document.getElementById('help').open")
    page.press("Escape")
    page.wait("!document.getElementById('help').open")
    page.run("document.getElementById('keys-on').checked = false")
    page.press("n")
    assert page.run(f"{CHOSEN} === null")
    page.open(folder / "small.html")
    page.press("Tab")
    assert page.run("document.activeElement.getAttribute('href')") == "#pages"
    assert page.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_linked_images_are_shown(page: Page, tmp_path: Path) -> None:
    """A report with its images beside it, from disk."""
    (tmp_path / "p 1.png").write_bytes(png())
    images = {("O against T", 1): Image("p%201.png", 600, 400)}
    path = tmp_path / "ocr.html"
    path.write_text(made(measured(TRUTH, typed(*PAGES)), images=images), "utf-8", newline="")
    page.open(path)
    page.run("document.querySelector('#p1').scrollIntoView()")
    page.wait("document.querySelector('#p1 image') !== null")
    width = page.run("""new Promise(done => {
      const image = new Image();
      image.onload = () => done(image.naturalWidth);
      image.onerror = () => done(0);
      image.src = document.querySelector('#p1 image').getAttribute('href');
    })""")
    assert width == 600
    assert page.complaints == []
