"""The facing page: what stands in the file, and how it behaves in a real browser."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files as resources
from pathlib import Path

import pytest
from attrs import evolve

from exporters.chromium import Page, chromium
from exporters.facing_specimen import finding, large, linked, side, specimen
from variorum import files
from variorum.aligners import Link, Pair, Parallel, Passage
from variorum.exporters.facing import to_html
from variorum.exporters.facing.body import direction, speaker
from variorum.exporters.facing.links import links
from variorum.exporters.facing.marks import kinds, marks, notes
from variorum.exporters.facing.rows import rows
from variorum.text import Span
from variorum.witness import Role

HOSTILE = (
    "A </script><script>alert(1)</script> <!-- <img src=x onerror=alert(2)> \ud83d &lt; $x 😀 b."
)

TURN = Passage(Role.TURN)


def one_each(source: str, target: str, *, tongues: tuple[str, str] = ("sq", "en")) -> Parallel:
    """Two sides of one sentence, the first word of each linked."""
    ours, theirs = side(tongues[0], [(TURN, [source])]), side(tongues[1], [(TURN, [target])])
    words = linked(ours, theirs, [0], [0], (0, 0))
    pair = Pair((0,), (0,), 0.9, words=words)
    return Parallel(ours, theirs, (pair,), (Pair((0,), (0,), 1.0),), {"id": "x"})


def hebrew() -> Parallel:
    """A text from right to left beside one from left to right."""
    return one_each("שלום לכולם.", "Hello everyone.", tongues=("he", "en"))


def text(parallel: Parallel) -> str:
    """The page without findings, as text."""
    return to_html(parallel).decode()


# ---------------------------------------------------------------- what stands in the file


def test_is_known_as_written_by_variorum(tmp_path: Path) -> None:
    """A second run may write over it, and nothing else would."""
    path = tmp_path / "facing.html"
    files.write({path: to_html(*specimen())})
    files.write({path: to_html(*specimen())})


def test_same_input_same_bytes() -> None:
    """The order of the findings given does not matter either."""
    parallel, findings = specimen()
    assert to_html(parallel, findings) == to_html(parallel, findings[::-1])


def test_every_sentence_once_and_numbered() -> None:
    """Each position of either side has one element with its number, in a bead."""
    parallel, findings = specimen()
    page = to_html(parallel, findings).decode()
    for key, one in (("s", parallel.source), ("t", parallel.target)):
        numbers = re.findall(rf'<b class="n">(\d+)</b> <span class="x" id="{key}(\d+)">', page)
        assert sorted(int(n) for n, _ in numbers) == list(range(1, len(one.sentences) + 1))
        assert all(shown == id_ for shown, id_ in numbers)


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    """Beads with the same words and findings with the same id have addresses of their own."""
    again = side("sq", [(TURN, ["Po.", "Po."])]), side("en", [(TURN, ["Yes.", "Yes."])])
    pairs = (Pair((0,), (0,), 0.9), Pair((1,), (1,), 0.9))
    twice = Parallel(*again, pairs, (Pair((0,), (0,), 1.0),), {})
    for page in (
        to_html(*specimen()).decode(),
        to_html(twice, [finding("number", 0), finding("number", 0)]).decode(),
    ):
        ids = Counter(re.findall(r'\bid="([^"]+)"', page))
        assert ids.most_common(1)[0][1] == 1
        assert set(re.findall(r'href="#([^"]+)"', page)) <= ids.keys()


def test_an_address_holds_while_its_bead_does() -> None:
    """What comes before a bead may change."""
    parallel, _ = specimen()
    later = evolve(parallel, sentences=parallel.sentences[1:])
    assert [row.id for row in rows(parallel)][1:] == [row.id for row in rows(later)]


def test_nothing_from_outside() -> None:
    """No address of another file, no inline style, no handler: the policy forbids them all."""
    page = to_html(*specimen()).decode()
    assert not re.search(r"https?://|//[a-z]+\.|\bsrc=|<link|url\(|@import", page)
    assert not re.search(r'\sstyle="|\son\w+="', page)
    assert "default-src 'none'" in page


def test_text_is_escaped() -> None:
    """A witness, a speaker, a file name, a kind or evidence is never markup."""
    parallel = one_each(HOSTILE, HOSTILE)
    passage = evolve(TURN, speaker="<i>x")
    parallel = evolve(
        parallel,
        source=evolve(parallel.source, file="<b>.txt", passages=(passage,), language='e"n'),
        fingerprint={"id": "<u>"},
    )
    told = evolve(finding("<s>", 0), said="<em>", evidence={"<k>": "<v>"})
    page = to_html(parallel, [told]).decode()
    assert page.count("<script") == 2
    assert not re.search(r"<(img|i>x|b>\.|u>|s>|em>|k>|v>)", page)
    assert "&#55357;" in page, "a lone surrogate stands as a reference"


def test_heads_stand_where_turns_begin() -> None:
    """The target's turn is named beside the source's, though its first sentence comes later."""
    parallel, _ = specimen()
    assert [row.heads for row in rows(parallel)] == [
        (0, 0),
        (1, 1),
        (None, None),
        (2, 2),
        (None, None),
        (None, None),
        (None, None),
    ]


def test_a_turn_that_begins_within_a_bead_is_named_there() -> None:
    """Two short turns rendered by one sentence."""
    source = side("sq", [(TURN, ["Po."]), (Passage(Role.TURN, "shoku-x"), ["Jo."])])
    target = side("en", [(TURN, ["Yes and no."])])
    parallel = Parallel(source, target, (Pair((0, 1), (0,), 0.9),), (Pair((0, 1), (0,), 1.0),), {})
    assert 'Po.</span> <b class="who">Shoku X</b> <b class="n">2</b>' in text(parallel)


def test_a_move_knows_where_it_would_stand() -> None:
    """And the bead before that place knows who is missing there."""
    parallel, _ = specimen()
    found = rows(parallel)
    assert [row.home for row in found] == [None, None, None, None, None, 2, None]
    assert [row.guests for row in found] == [(), (), (5,), (), (), (), ()]
    page = text(parallel)
    assert "moved: stands after 4 in the translation" in page
    assert "here the translation has 5, shown beside 6" in page


def test_what_a_bead_is_stands_in_words() -> None:
    """Nothing is said by colour alone, and a screen reader hears it before the text."""
    page = to_html(*specimen()).decode()
    labels = re.findall(r'role="group" aria-label="([^"]*)"', page)
    assert labels == [
        "source 1, target 1, confidence 97%",
        "source 2, target 2, confidence 93%",
        "source 3, target 3 and 4, confidence 81%",
        "source 4, not translated, 1 finding",
        "source 5, target 6, confidence 31%, low, 3 findings",
        "source 6, target 5, confidence 66%, moved",
        "added in translation, target 7, confidence 70%, locked",
    ]
    for told in (">not translated</p>", ">added in translation</p>", ">low<", ">locked<"):
        assert told in page


def test_languages_and_directions() -> None:
    """Each column says its language; the source's direction is that of the grid."""
    page = text(hebrew())
    assert '<div class="s" lang="he" dir="rtl">' in page
    assert '<div class="t" lang="en" dir="ltr">' in page
    assert '<div id="beads" dir="rtl">' in page
    told = {"he": "rtl", "ar-EG": "rtl", "az-Arab": "rtl", "ku-Latn": "ltr", "yi": "rtl"}
    assert {tag: direction(tag) for tag in told} == told
    assert direction("syr") == "rtl"
    assert direction("en") == direction("") == "ltr"


def test_speakers_are_names() -> None:
    """An id is not what an edition prints."""
    assert speaker(Passage(Role.TURN, "shoku-çoe-jong-gon")) == "Shoku Çoe Jong Gon"
    assert speaker(TURN) == ""


def test_findings_are_marked_at_their_words() -> None:
    """Spans of the text as read become stretches of the sentence; a bare mark marks it all."""
    parallel, findings = specimen()
    listed = notes(findings)
    assert [note.finding.weight for note in listed] == [0.9, 0.6, 0.2, 0.1]
    source, target = marks(parallel, listed)
    assert source == {
        4: [(Span(9, 11), 0), (Span(12, 17), 2), (Span(9, 11), 3)],
        3: [(Span(0, 13), 1)],
    }
    assert target == {5: [(Span(9, 11), 0)]}
    point = parallel.source.sentences[1].span.end - 1
    bare = notes([finding("mark", 1, [Span(point, point + 1)])])
    assert marks(parallel, bare)[0] == {1: [(Span(0, 28), 0)]}
    assert '<mark class="f1" data-f="0 3">15</mark>' in to_html(parallel, findings).decode()


def test_letters_of_kinds_differ() -> None:
    """Without colour the letter tells them apart."""
    found = kinds([finding(kind, 0) for kind in ("name", "number", "numeral", "nn", "n")])
    assert [(kind.name, kind.letter) for kind in found.values()] == [
        ("n", "N"),
        ("name", "A"),
        ("nn", "B"),
        ("number", "U"),
        ("numeral", "M"),
    ]


def test_links_are_offsets_in_units_of_the_script() -> None:
    """An astral letter counts twice; a link of two words links both; strangers are left out."""
    parallel = one_each("😀a bë c.", "x y.")
    words = parallel.source.sentences[0].words
    there = parallel.target.sentences[0].words
    told = (
        Link(Span(words[-2].span.start, words[-1].span.end), there[1].span),
        Link(Span(900, 901), there[0].span),
    )
    parallel = evolve(parallel, sentences=(evolve(parallel.sentences[0], words=told),))
    assert links(parallel) == [[[4, 2, 1, 1], [2, 1], [0, 0, 1, 0]]]
    assert links(evolve(parallel, sentences=(evolve(parallel.sentences[0], words=told[1:]),))) == [
        0
    ]


def test_scores_that_are_no_confidence() -> None:
    """A sentence alone that nobody scored has no figure; what is above one is certain."""
    parallel = one_each("Po.", "Yes.")
    certain = evolve(parallel, sentences=(evolve(parallel.sentences[0], confidence=2.7),))
    assert "confidence 100%" in text(certain)
    nearly = evolve(parallel, sentences=(evolve(parallel.sentences[0], confidence=0.9999),))
    assert "confidence 99%" in text(nearly)


def test_ten_thousand_sentences_stay_lean() -> None:
    """A tenth of the scale, a tenth of the size: about a kilobyte a bead with all its links."""
    assert len(to_html(*large(1000))) < 1_500_000


_PAIRS = (
    *((name, ground, 4.5) for name in ("ink", "faded", "rubric") for ground in ("paper", "leaf")),
    *((f"f{n}", ground, 4.5) for n in range(6) for ground in ("paper", "leaf")),
    ("ink", "chosen", 4.5),
    ("faded", "hatch", 4.5),
    ("focus", "paper", 3.0),
)


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize(("name", "ground", "least"), _PAIRS)
def test_contrasts(scheme: int, name: str, ground: str, least: float) -> None:
    """WCAG AA, by day and by night."""
    style = resources("variorum.exporters.facing").joinpath("page.css").read_text("utf-8")
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]
    colours = dict(re.findall(r"--(\w+): #(\w{6})", block))
    one, other = sorted((_luminance(colours[name]), _luminance(colours[ground])), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= least


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# ---------------------------------------------------------------- in a real browser

HERE = "document.querySelector('.bead.here')"
FOCUS = "document.activeElement"
LIT = "[...document.querySelectorAll('.w.lit')].map(w => w.textContent).join(' ')"
NUMBER = f"[...document.querySelectorAll('.bead')].indexOf({HERE})"
CHOSEN = "document.querySelector('.finding.chosen')?.querySelector('.kind').textContent"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """One browser for all; each test opens its own file."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages the tests look at, each written once."""
    where = tmp_path_factory.mktemp("facing")
    alone = one_each("Po.", "Yes.")
    made = {
        "small": specimen(),
        "large": large(3000),
        "hebrew": (hebrew(), ()),
        "hostile": (one_each(HOSTILE, HOSTILE), (evolve(finding("<b>", 0), said=HOSTILE),)),
        "alone": (alone, ()),
        "long": (one_each("Po" * 3000, "Yes " * 3000), ()),
    }
    for name, told in made.items():
        (where / f"{name}.html").write_bytes(to_html(*told))
    return where


@pytest.mark.parametrize("name", ["small", "large", "hebrew", "hostile", "alone", "long"])
@pytest.mark.parametrize("width", [400, 1600])
def test_opens_from_disk_without_complaint(page: Page, folder: Path, name: str, width: int) -> None:
    """No error, no request beside the file itself, nothing wider than the window."""
    path = folder / f"{name}.html"
    page.open(path, width)
    page.press("j", "ArrowRight", "n", "p", "k", "Escape")
    page.wait("document.querySelector('.bead.here .w') !== null")
    assert page.complaints == []
    assert page.requests == [path.as_uri()]
    assert page.run("document.documentElement.scrollWidth <= innerWidth")


def test_text_is_never_markup(page: Page, folder: Path) -> None:
    """What looks like markup is shown, letter by letter, also once its words are wrapped."""
    page.open(folder / "hostile.html")
    shown = HOSTILE.replace("\ud83d", "\ufffd")
    for keys in ((), ("j", "ArrowRight"), ("n",)):
        page.press(*keys)
        assert page.run("document.getElementById('s1').textContent") == shown
    assert page.run("document.querySelectorAll('script').length") == 2
    assert page.run("document.querySelectorAll('img').length") == 0
    assert page.run("document.querySelector('.slip .said').textContent") == shown


def test_from_bead_to_bead(page: Page, folder: Path) -> None:
    """Letters and arrows; the bead has the focus and its address; the ends are ends."""
    page.open(folder / "small.html")
    page.press("j")
    assert page.run(NUMBER) == 0
    page.press("j", "j", "k", "ArrowDown", "ArrowDown", "ArrowUp")
    assert page.run(NUMBER) == 2
    assert page.run(f"{FOCUS} === {HERE}")
    assert page.run(f"location.hash === '#' + {HERE}.id")
    assert page.run(f"getComputedStyle({FOCUS}).outlineStyle") == "solid"
    page.press("k", "k", "k", "k")
    assert page.run(NUMBER) == 0
    assert page.run("document.querySelectorAll('.bead[tabindex=\"0\"]').length") == 1


def test_who_scrolled_away_goes_on_from_there(page: Page, folder: Path) -> None:
    """And is not thrown back to the bead chosen before."""
    page.open(folder / "large.html")
    page.press("j", "j")
    assert page.run(NUMBER) == 1
    page.run("scrollTo({top: document.body.scrollHeight / 2, behavior: 'instant'})")
    page.wait("document.getElementById('s2').getBoundingClientRect().bottom < 0")
    page.press("j")
    assert 1000 < page.run(NUMBER) < 2000
    assert page.run(f"{HERE}.getBoundingClientRect().top > 60")


def test_words_light_up_by_keyboard(page: Page, folder: Path) -> None:
    """A word with the focus and its counterparts, on both sides; Escape goes back to the bead."""
    page.open(folder / "small.html")
    page.press("j", "j", "ArrowRight")
    assert page.run(LIT) == "Jemi We are"
    assert page.run("document.getElementById('announce').textContent") == "Jemi: We are"
    page.press("ArrowRight")
    assert page.run(LIT) == "lumtur happy"
    page.press("Escape")
    assert page.run(f"{FOCUS} === {HERE}")
    assert page.run(LIT) == ""
    page.press("j", "ArrowLeft")
    assert page.run(LIT) == "do love"


def test_words_light_up_under_the_pointer(page: Page, folder: Path) -> None:
    """In a bead not looked at before, and within a finding's mark."""
    page.open(folder / "small.html")

    def point(selector: str) -> None:
        box = page.run(
            f"(() => {{ const e = {selector};"
            " e.scrollIntoView({block: 'center', behavior: 'instant'});"
            " const b = e.getBoundingClientRect();"
            " return [b.x + Math.min(9, b.width / 2), b.y + b.height / 2] })()"
        )
        page.ask("Input.dispatchMouseEvent", type="mouseMoved", x=box[0], y=box[1])

    point("document.getElementById('s2')")
    page.wait(f"{LIT} === 'Jemi We are'")
    point("document.querySelector('#s5 mark')")
    page.wait(f"{LIT} === '15 16'")
    point("document.querySelector('h1')")
    page.wait(f"{LIT} === ''")
    assert page.run("document.querySelector('#s5 mark').textContent") == "15"


def test_words_of_the_right_to_left(page: Page, folder: Path) -> None:
    """There the left arrow goes on."""
    page.open(folder / "hebrew.html")
    page.press("j", "ArrowLeft")
    assert page.run(LIT) == "שלום Hello"
    boxes = "['.s', '.t'].map(c => document.querySelector(c).getBoundingClientRect().x)"
    source, target = page.run(boxes)
    assert source > target


def test_from_finding_to_finding(page: Page, folder: Path) -> None:
    """Keys n and p walk the list, worst first; the place is marked and told; Escape closes."""
    page.open(folder / "small.html")
    page.press("n")
    assert page.run(CHOSEN) == "number"
    assert page.run(NUMBER) == 4
    assert page.run("document.querySelectorAll('mark.chosen').length") == 2
    assert page.run("document.querySelector('.bead.here .slip .said').textContent").startswith(
        "The number of bead 4"
    )
    assert page.run("location.hash").startswith("#finding-number")
    page.press("n")
    assert (page.run(CHOSEN), page.run(NUMBER)) == ("omission", 3)
    page.press("p", "p")
    assert page.run(CHOSEN) == "number"
    page.press("Escape")
    assert page.run("document.querySelector('.slip')") is None
    assert page.run(f"{FOCUS} === {HERE}")


def test_findings_from_the_list(page: Page, folder: Path) -> None:
    """Enter goes to the place and Escape back; a kind can be hidden; the order is a choice."""
    page.open(folder / "small.html")
    page.run("document.querySelector('#list li:nth-child(2) a').focus()")
    page.press("Enter")
    assert page.run(NUMBER) == 3
    assert page.run(f"{FOCUS} === {HERE}")
    page.press("Escape")
    assert page.run(f"{FOCUS}.closest('li').dataset.row") == "3"
    page.run("[...document.querySelectorAll('#filter label')][1].click()")
    assert page.run("document.getElementById('count').textContent") == (
        "3 of 4 findings, worst first"
    )
    page.press("n")
    assert page.run(CHOSEN) == "omission"
    page.run(
        "{const o = document.getElementById('order'); o.value = 'text';"
        " o.dispatchEvent(new Event('change', {bubbles: true}))}"
    )
    rows_shown = "[...document.querySelectorAll('#list li:not([hidden])')].map(i => +i.dataset.row)"
    assert page.run(rows_shown) == [3, 4, 4]


def test_overlapping_marks_take_turns(page: Page, folder: Path) -> None:
    """A second click on a mark of two findings shows the other."""
    page.open(folder / "small.html")
    for kind in ("number", "numeral style", "number"):
        page.run("document.querySelector('#s5 mark').click()")
        assert page.run(CHOSEN) == kind


def test_summary_goes_to_the_next(page: Page, folder: Path) -> None:
    """Counts are links to the beads they count, and the map to its stretch."""
    page.open(folder / "small.html")
    for name, number in (("lost", 3), ("added", 6), ("moved", 5), ("locked", 6), ("low", 4)):
        page.run(f"document.querySelector('.counts a[data-next={name}]').click()")
        assert page.run(NUMBER) == number
    page.run("document.querySelector('#strip a:nth-child(3)').click()")
    assert page.run(NUMBER) == 2
    page.run("document.querySelector('.moved .move a').click()")
    assert page.run(NUMBER) == 2
    page.run("document.querySelector('.bead.here .move a').click()")
    assert page.run(NUMBER) == 5


def test_addresses(page: Page, folder: Path) -> None:
    """A bead, a sentence and a finding can be cited."""
    path = folder / "small.html"
    name = re.search(r'<div class="bead lost" id="([^"]+)"', path.read_text("utf-8"))
    note = re.search(r'<li id="(finding-name[^"]+)"', path.read_text("utf-8"))
    assert name
    assert note
    for address, number in ((name[1], 3), ("t6", 4), (note[1], 4)):
        page.open(folder / "alone.html")
        page.ask("Page.navigate", url=f"{path.as_uri()}#{address}")
        page.wait(f"document.readyState === 'complete' && {HERE} !== null")
        assert page.run(NUMBER) == number
    assert page.run(CHOSEN) == "name"


def test_search(page: Page, folder: Path) -> None:
    """Both texts, without accents and case; typing stays typing; Escape leaves."""
    page.open(folder / "small.html")
    page.press("/", *"SHOKE")
    page.wait("document.getElementById('hits').textContent === '1 bead'")
    page.press("Enter")
    assert page.run(NUMBER) == 4
    assert page.run(f"{FOCUS}.id") == "search"
    found = "[...[...CSS.highlights.get('found')].map(String)]"
    assert page.run(found) == ["shokë"]
    page.press("Escape")
    assert page.run(f"{FOCUS} === {HERE}")
    assert page.run(found) == []


def test_help_and_keys_off(page: Page, folder: Path) -> None:
    """? explains; single letters can be put off."""
    page.open(folder / "small.html")
    page.press("?")
    page.wait("document.getElementById('help').open")
    page.press("Escape")
    page.wait("!document.getElementById('help').open")
    page.run("document.getElementById('keys-on').checked = false")
    page.press("j")
    assert page.run(HERE) is None


def test_far_places_come_into_view(page: Page, folder: Path) -> None:
    """Though nothing between here and there was laid out before."""
    page.open(folder / "large.html")
    ids = json.loads(
        page.run("JSON.stringify([...document.querySelectorAll('.bead')].map(b => b.id))")
    )
    for number in (2900, 17, 1500):
        page.run(f"location.hash = {json.dumps(ids[number])}")
        page.wait(f"{NUMBER} === {number}")
        page.wait(
            f"(() => {{ const b = {HERE}.getBoundingClientRect();"
            " return b.top > 60 && b.bottom < innerHeight })()"
        )


def test_columns_face_each_other_or_stack(page: Page, folder: Path) -> None:
    """Level at full width, the source over the target on a telephone."""
    boxes = (
        "['.s', '.t'].map(c => document.querySelectorAll('.bead')[2].querySelector(c))"
        ".map(e => e.getBoundingClientRect()).map(b => [b.x, b.y])"
    )
    page.open(folder / "small.html", 1600)
    (sx, sy), (tx, ty) = page.run(boxes)
    assert sx < tx
    assert sy == ty
    page.open(folder / "small.html", 400)
    (_, sy), (_, ty) = page.run(boxes)
    assert sy < ty
