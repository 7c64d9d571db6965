"""The report's bytes: self-contained, escaped, the same for the same apparatus."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from itertools import pairwise
from typing import Any

from attrs import evolve
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from exporters.specimen import apparatus_of, specimen
from variorum.apparatus import Apparatus
from variorum.exporters import report
from variorum.exporters.report.data import Units
from variorum.exporters.report.kinds import families
from variorum.exporters.report.sections import LONGEST, sections
from variorum.loci import Cause, Feature, Locus, Operation, Reading
from variorum.text import Span


def _page(made: Apparatus) -> str:
    return report.export(made).decode()


def _data(made: Apparatus) -> Any:
    found = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', _page(made), re.S
    )
    assert found
    return json.loads(found[1])


def test_same_apparatus_same_bytes() -> None:
    """No clock, no path and no hash order is in the file."""
    assert report.export(specimen()) == report.export(specimen())


def test_policy_names_what_the_page_holds() -> None:
    """The style and the script have the digests that the policy allows, and nothing else runs."""
    page = _page(specimen())
    for tag in ("style", "script"):
        body = page.rpartition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)=[\"'](?!#)", page)
    assert " style=" not in page


def test_synthetic_witnesses_are_called_so() -> None:
    """The badge stands in the table, and the script marks their columns."""
    made = specimen()
    assert _page(made).count("synthetic: made to exercise the tools") == 1
    assert [w[2] for w in _data(made)["witnesses"]] == [0, 1, 0]


def test_what_was_compared_is_told() -> None:
    """Derivation, place, digest, fingerprint and notes are on the page."""
    made = specimen()
    page = _page(made)
    for told in (
        "scanned from W by Enkel Daljani",
        "Albanian State Archives",
        made.witnesses[0].text.digest[:12],
        str(made.fingerprint["id"]),
        "attested in W",
    ):
        assert told in page


def test_closeness_rounds_honestly() -> None:
    """Only pairs that never differ are 100."""
    made = evolve(specimen(), closeness={("O1", "P"): 0.99999, ("O1", "W"): 1.0, ("P", "W"): 0.5})
    cells = re.findall(r'<td class="figure shade\d">([^<]*)</td>', _page(made))
    assert sorted(set(cells)) == ["100", "50.0", "99.9"]


def test_offsets_are_as_browsers_count() -> None:
    """After a letter beyond the basic plane, spans are shifted by one unit."""
    made = specimen()
    told = _data(made)
    units = told["texts"][0].encode("utf-16-le")
    locus = next(x for x in told["loci"] if x[7][0][0] == "factory")
    [_, [start, end], _] = locus[7][0][7][0]
    assert units[2 * start : 2 * end].decode("utf-16-le") == "factory"


def test_marks_never_cut_a_grapheme() -> None:
    """A letter with a combining accent is marked whole or not at all."""
    accent = "\N{COMBINING ACUTE ACCENT}"
    made = apparatus_of({"A": "meme", "B": f"me{accent}me{accent}"})
    [[_, [start, end], marks]] = _data(made)["loci"][0][7][1][7]
    assert (start, end) == (0, 6)
    assert marks == [1, 3, 4, 6]


def test_unlike_words_are_marked_whole() -> None:
    """Where little is shared, marks inside would only confuse."""
    made = apparatus_of({"A": "a harbour b", "B": "a university b"})
    [[_, spans, marks]] = _data(made)["loci"][0][7][1][7]
    assert spans == marks


def test_an_absence_has_its_place() -> None:
    """Where a witness has nothing, the gap stands after its last word before it."""
    made = apparatus_of({"A": "one two three", "B": "one three"})
    [[_, spans, _]] = _data(made)["loci"][0][7][1][7]
    assert spans == [3, 3]


def test_families_gather_kinds() -> None:
    """A misread number is a number before it is a misreading; order, shape and form follow."""

    def locus(kind: str, **said: Any) -> Locus:
        readings = (Reading("a", {"A": ()}), Reading("b", {"B": ()}, **said))
        return Locus(kind, "1", kind, "A", readings, Span(0, 1))

    found = families(
        (
            locus("ocr", feature=Feature.SPELLING, cause=Cause.OCR),
            locus("number", feature=Feature.NUMBER, cause=Cause.OCR),
            locus("move", operation=Operation.MOVE, feature=Feature.WORDING),
            locus("paragraph", feature=Feature.PARAGRAPH),
            locus("case", feature=Feature.CASE),
            locus("wording", feature=Feature.WORDING),
        )
    )
    assert found == {"wording": 0, "number": 1, "move": 2, "paragraph": 3, "case": 4, "ocr": 5}


@settings(max_examples=25)
@for_all(
    st.lists(st.sampled_from(["word ", "\n\n", "longer words ", "x" * 900 + " "]), max_size=60)
)
def test_sections_cover_every_witness(parts: list[str]) -> None:
    """However a text is cut for drawing, each of its words is in one part, and parts are short."""
    text = "a " + "".join(parts)
    made = evolve(apparatus_of({"A": text, "B": text + "end"}), beads=())
    cut = sections(made)
    for siglum, whole in (("A", text), ("B", text + "end")):
        spans = [span for section in cut for span in section.paragraphs.get(siglum, ())]
        assert "".join("".join(s.of(whole) for s in spans).split()) == "".join(whole.split())
        assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(sum(map(len, s.paragraphs["A"])) <= LONGEST + 900 for s in cut)


def test_units_count_as_utf_16() -> None:
    """Each character beyond the basic plane counts twice, wherever it stands."""
    text = "a𝔘b𝔘"
    units = Units(text)
    assert [units.at(i) for i in range(5)] == [
        len(text[:i].encode("utf-16-le")) // 2 for i in range(5)
    ]
