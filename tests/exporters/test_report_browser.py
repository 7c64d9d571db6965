"""The report in a real browser: from disk, without a network, by keyboard, at both widths."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from exporters.chromium import Page, chromium, executable
from exporters.specimen import apparatus_of, large, specimen, with_original
from variorum.apparatus import Apparatus
from variorum.exporters import report

HOSTILE = "A </script><script>alert(1)</script> <!-- <img src=x onerror=alert(2)> ]]> &lt; \u2028 b"

PLACES = "document.querySelectorAll('#list tr').length"
FOCUSED = "document.activeElement.id"
SPOKEN = "document.getElementById('announce').textContent"
COUNT = "document.getElementById('count').textContent"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """One browser for all; each test opens its own file."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports the tests look at, each written once."""
    where = tmp_path_factory.mktemp("reports")
    hebrew = apparatus_of({"A": "שלום לכולם", "B": "שלום לכולנו"}, language="he")
    hostile = apparatus_of({"A": HOSTILE, "B": HOSTILE.replace("b", "c")}, title=HOSTILE)
    made = {"small": specimen(), "large": large(3000), "hebrew": hebrew, "hostile": hostile}
    made |= {
        "same": apparatus_of({"A": "a b", "B": "a b"}),
        "empty": apparatus_of({"A": "", "B": ""}),
    }
    for name, apparatus in made.items():
        (where / f"{name}.html").write_bytes(report.export(apparatus))
    return where


def _written(where: Path, apparatus: Apparatus) -> Path:
    path = where / "report.html"
    path.write_bytes(report.export(apparatus))
    return path


@pytest.mark.parametrize("name", ["small", "large", "hebrew", "hostile"])
@pytest.mark.parametrize("width", [400, 1600])
def test_opens_from_disk_without_complaint(page: Page, folder: Path, name: str, width: int) -> None:
    """No error, no request beside the file itself, nothing wider than the window."""
    path = folder / f"{name}.html"
    page.open(path, width)
    page.press("j", "j")
    page.wait("document.querySelector('#sections mark.chosen') !== null")
    page.press("t")
    page.wait("document.querySelector('table.score') !== null")
    assert page.complaints == []
    assert page.requests == [path.as_uri()]
    assert page.run("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", ["same", "empty"])
def test_nothing_to_show_is_no_fault(page: Page, folder: Path, name: str) -> None:
    """Witnesses that do not differ, or have no words, give a page that says so."""
    page.open(folder / f"{name}.html")
    page.press("j", "k", "t", "Escape")
    assert page.run(COUNT) == "The witnesses do not differ."
    assert page.complaints == []


def test_text_is_never_markup(page: Page, folder: Path) -> None:
    """What looks like markup in a witness or a title is shown, letter by letter."""
    page.open(folder / "hostile.html")
    assert page.run("document.querySelectorAll('img').length") == 0
    assert page.run("document.querySelectorAll('script').length") == 2
    assert page.run("document.querySelector('h1').textContent") == HOSTILE
    page.wait("document.querySelector('.version p') !== null")
    assert page.run("document.querySelector('.version p').textContent") == HOSTILE


def test_filters_and_search(page: Page, folder: Path) -> None:
    """Kind, witness and words narrow the list, and the count says to what."""
    page.open(folder / "small.html")
    assert page.run(PLACES) == 16
    page.run("document.getElementById('no-kinds').click()")
    assert page.run(COUNT) == "None of 16 places fits."
    page.run(
        "[...document.querySelectorAll('.family label')]"
        ".find(l => l.textContent.includes('ocr')).click()"
    )
    assert page.run(PLACES) == 2
    page.run("document.getElementById('all-kinds').click()")
    page.run(
        "{const s = document.getElementById('witness'); s.value = '2';"
        " s.dispatchEvent(new Event('change'))}"
    )
    assert page.run(PLACES) == 0
    page.run(
        "{const s = document.getElementById('witness'); s.value = '';"
        " s.dispatchEvent(new Event('change'))}"
    )
    page.press("/", *"DURRES")
    page.wait(f"{PLACES} === 1")
    assert page.run(COUNT) == "1 to 1 of 1 that fit, of 16 places"


def test_by_keyboard(page: Page, folder: Path) -> None:
    """Skip link first; j and k walk the places; / searches; ? explains; typing stays typing."""
    page.open(folder / "small.html")
    page.press("Tab")
    assert page.run("document.activeElement.getAttribute('href')") == "#text"
    assert page.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.press("j", "j", "k")
    assert page.run(SPOKEN) == "Place 1 of 16, 1, number. W P: 15; O1: 16"
    page.press("/", "j")
    assert page.run(FOCUSED) == "search"
    assert page.run("document.getElementById('search').value") == "j"
    page.press("Escape", "?")
    page.wait("document.getElementById('help').open")
    page.press("Escape")
    page.wait("!document.getElementById('help').open")
    page.press("Escape")
    assert page.run("document.getElementById('place').hidden")
    page.run("document.getElementById('keys-on').checked = false")
    page.press("j")
    assert page.run("document.getElementById('place').hidden")


def test_strip_by_keyboard(page: Page, folder: Path) -> None:
    """One stop of the tabulator; arrows move along the strip, Enter goes there."""
    page.open(folder / "small.html")
    strip = "document.getElementById('strip')"
    assert page.run(f"{strip}.querySelectorAll('[tabindex=\"0\"]').length") == 1
    page.run(f"{strip}.querySelector('[tabindex=\"0\"]').focus()")
    page.press("ArrowRight", "End", "ArrowLeft", "ArrowRight", "Enter")
    assert "2.1, absence" in page.run(SPOKEN)
    assert page.run(f"{strip}.lastChild.classList.contains('here')")


def test_an_original_stands_beside(page: Page, tmp_path: Path) -> None:
    """A witness in another language is shown where beads tell its place, and is in no table."""
    page.open(_written(tmp_path, with_original(specimen())))
    page.run("document.querySelectorAll('#columns input')[3].click()")
    page.wait("document.querySelector('#s1 .version[lang=sq] p') !== null")
    words = page.run("document.querySelector('#s1 .version[lang=sq] p').textContent")
    assert words == "Shoku Enver Hoxha: Jemi shumë të gëzuar."
    assert "not collated" in page.run("document.getElementById('about').textContent")
    page.press("j", "t")
    assert page.complaints == []


def test_witnesses_are_chosen(page: Page, folder: Path) -> None:
    """Columns come and go with their boxes; the last one stays; differences follow."""
    page.open(folder / "small.html")
    page.wait("document.querySelector('#s1 .version') !== null")
    heads = "[...document.querySelectorAll('#s1 .version .siglum')].map(s => s.textContent).join()"
    assert page.run(heads) == "W,O1,P"
    for number in (1, 0, 2):
        page.run(f"document.querySelectorAll('#columns input')[{number}].click()")
    assert page.run(heads) == "P"
    assert page.run("[...document.querySelectorAll('#s1 mark')].every(m => m.matches('.quiet'))")


def test_differences_inside_words(page: Page, folder: Path) -> None:
    """Of 16 against 15 only the last digit is marked; of Cornrade what is no m."""
    page.open(folder / "small.html")
    page.wait("document.querySelector('#s2 .version') !== null")
    marked = (
        "[...document.querySelectorAll('.version:nth-child(2) mark.other')]"
        ".map(m => [...m.querySelectorAll('b')].map(b => b.textContent).join('')).join('|')"
    )
    assert page.run(marked).split("|")[:3] == ["6", "and", "rn"]


def test_alignment_table(page: Page, folder: Path) -> None:
    """The table of a turn is a real one: a row a witness, differing forms told apart."""
    page.open(folder / "small.html")
    page.press("j", "t")
    page.wait("document.querySelector('table.score') !== null")
    rows = (
        "[...document.querySelectorAll('#s1 table.score tbody tr')].slice(0, 3)"
        ".map(r => [...r.children].slice(0, 9).map(c => c.textContent).join(' ')).join('/')"
    )
    assert page.run(rows) == (
        "W Comrade Enver Hoxha : We are extremely happy/"
        "O1 Comrade Enver Hoxha : We are extre-mely happy/"
        "P Comrade Enver Hoxha : We are extremely happy"
    )
    assert page.run("document.querySelector('#s1 td.other').textContent") == "16"
    chosen = "[...document.querySelectorAll('#s1 td.here')].map(c => c.textContent).join(' ')"
    assert page.run(chosen) == "15 16 15"


def test_only_what_is_looked_at_is_drawn(page: Page, folder: Path) -> None:
    """Thousands of places: a page of the list, the sections in view, and any other on demand."""
    page.open(folder / "large.html")
    assert page.run(COUNT).startswith("1 to 100 of")
    assert page.run("document.querySelectorAll('*').length") < 12_000
    page.run("document.getElementById('strip').lastChild.click()")
    page.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait(
        "(({top}) => top > 0 && top < innerHeight)"
        "(document.querySelector('#sections mark.chosen').getBoundingClientRect())"
    )
    page.press("k")
    assert page.run("document.querySelectorAll('#list tr.chosen').length") == 1
    assert page.run("document.querySelectorAll('*').length") < 12_000


def test_right_to_left(page: Page, folder: Path) -> None:
    """Hebrew runs from right to left in text, list, table and strip, and says its language."""
    page.open(folder / "hebrew.html")
    page.wait("document.querySelector('.version p') !== null")
    page.press("j", "t")
    page.wait("document.querySelector('table.score') !== null")
    for where in (".version p", "#list bdi", "table.score", "#strip"):
        assert page.run(f"getComputedStyle(document.querySelector('{where}')).direction") == "rtl"
    assert page.run("document.querySelector('.version').lang") == "he"


NEEDS_A_NAME = {"button", "checkbox", "combobox", "searchbox", "link", "table", "region"}


@pytest.mark.parametrize("name", ["small", "hebrew"])
def test_everything_has_a_name(page: Page, folder: Path, name: str) -> None:
    """As a screen reader is told it: controls, tables and regions are named, headings in order."""
    page.open(folder / f"{name}.html")
    page.press("j", "t")
    page.wait("document.querySelector('table.score') !== null")
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
    steps = [b - a for a, b in pairwise(levels)]
    assert levels[0] == 1
    assert max(steps) <= 1


CONTRAST = """
(() => {
  const probe = document.body.appendChild(document.createElement("i"));
  const light = (name) => {
    probe.style.color = `var(--${name})`;
    const parts = getComputedStyle(probe).color.match(/[0-9.]+/g).map((v) => {
      const c = v / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const inks = ["ink", "faded", "rubric", "f0", "f1", "f2", "f3", "f4", "f5"];
  const out = inks.flatMap((i) => ["paper", "leaf"].map((p) => [i, p, ratio(light(i), light(p))]));
  probe.remove();
  return out.filter(([, , r]) => r < 4.5).map(String);
})()
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_read(page: Page, folder: Path, scheme: str) -> None:
    """Every ink on every ground has the contrast of 4.5 that small print needs."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    page.ask("Emulation.setEmulatedMedia", features=features)
    page.open(folder / "small.html")
    assert page.run(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
    assert page.run(CONTRAST) == []
    page.ask("Emulation.setEmulatedMedia", features=[])


def test_families_differ_without_colour(page: Page, folder: Path) -> None:
    """In black and white each family still has a letter, a line and a pattern of its own."""
    page.open(folder / "small.html")
    lines = page.run("""[0,1,2,3,4,5].map(f => {
      const m = document.querySelector('#sections').appendChild(document.createElement('mark'));
      m.className = `f${f}`;
      const s = getComputedStyle(m);
      const line = `${s.textDecorationStyle} ${s.textDecorationThickness}`;
      m.remove();
      return line;
    })""")
    bars = page.run("""[0,1,2,3,4,5].map(f => {
      const i = document.querySelector('#strip button').appendChild(document.createElement('i'));
      i.className = `f${f}`;
      const pattern = getComputedStyle(i).backgroundImage.replace(/rgb[a]?\\([^)]*\\)/g, '');
      i.remove();
      return pattern;
    })""")
    assert len(set(lines)) == len(set(bars)) == 6


def test_without_script(page: Page, folder: Path) -> None:
    """A reader without JavaScript sees the witnesses, the closeness and how the text begins."""
    page.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.open(folder / "small.html", 400)
    finally:
        page.ask("Emulation.setScriptExecutionDisabled", value=False)
    seen = page.run("document.body.innerText")
    for told in (
        "Notes taken during a meeting",
        "synthetic: made to exercise the tools",
        "90.5",
        "We are extremely happy",
        "fact0ry",
        "this page’s script is off",
    ):
        assert told.casefold() in seen.casefold()
    assert page.run("document.getElementById('strip').checkVisibility()") is False


def test_prints(page: Page, folder: Path) -> None:
    """On paper there are no controls, and the text is there."""
    page.open(folder / "small.html")
    page.run("dispatchEvent(new Event('beforeprint'))")
    page.ask("Emulation.setEmulatedMedia", media="print")
    assert not page.run("document.querySelector('nav').checkVisibility()")
    assert page.run("document.querySelectorAll('.version').length") == 9
    page.ask("Emulation.setEmulatedMedia", media="")


def test_a_text_of_one_long_turn_is_cut(page: Page, tmp_path: Path) -> None:
    """Without labels the page is still drawn in parts, and no word is lost between them."""
    words = [f"w{i}" for i in range(4000)]
    other = [*words[:100], "x", *words[101:]]
    made = apparatus_of({"A": " ".join(words), "B": " ".join(other)})
    page.open(_written(tmp_path, made))
    assert page.run("document.querySelectorAll('section.turn').length") > 4
    page.run("dispatchEvent(new Event('beforeprint'))")
    spelled = page.run(
        "[...document.querySelectorAll('.version:nth-child(2) p')]"
        ".map(p => p.textContent).join(' ')"
    )
    assert spelled.split() == other


def test_a_missing_browser_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine without Chromium these tests fail with a sentence that says what to do."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AssertionError, match="apt-get install chromium"):
        executable()
