"""Links of InterText and OPUS: which document is which, what is confirmed."""

from __future__ import annotations

import re

import pytest

from importers.texts import PAIRS, SAMPLES, beads, sides
from variorum.errors import ImporterError
from variorum.importers import locks

SAMPLE = (SAMPLES / "links.xml").read_text("utf-8")

OPUS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">
<cesAlign version="1.0">
<linkGrp targType="s" fromDoc="sq/letter.xml.gz" toDoc="en/letter.xml.gz">
<link xtargets="1.1;1.1"/><link xtargets="1.2;1.2"/><link xtargets="1.3;1.3"/>
<link xtargets="1.4;"/><link xtargets="1.9;1.9"/><link xtargets="1.10;1.10 1.11"/>
</linkGrp></cesAlign>
"""


def found(data: str) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The pairs of the file."""
    return beads(locks("x.xml", data.encode(), *sides()))


def test_which_side_stands_first() -> None:
    """InterText begins with toDoc, OPUS with fromDoc; names say which text that is."""
    assert found(SAMPLE) == PAIRS
    assert found(OPUS) == PAIRS
    for data in (SAMPLE, OPUS):
        turned = data.replace("fromDoc", "~").replace("toDoc", "fromDoc").replace("~", "toDoc")
        assert found(exchanged(turned)) == PAIRS


def exchanged(data: str) -> str:
    """The two halves of every link the other way round."""
    return re.sub(r"(xtargets=['\"])([^;'\"]*);([^'\"]*)", r"\1\3;\2", data)


def test_without_names_the_numbers_of_sentences_decide() -> None:
    """Documents of any name; the side with as many sentences as a text has is that text."""
    data = OPUS.replace("sq/letter", "one").replace("en/letter", "two")
    data = data.replace('<link xtargets="1.4;"/>', '<link xtargets="1.4;"/><link xtargets="1.5;"/>')
    source, target = sides()
    longer, _ = sides([*(s.text for s in source.sentences), "Fund."])
    wanted = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((5,), (3,)), ((6,), (4, 5))]
    assert beads(locks("x", data.encode(), longer, target)) == wanted
    turned = beads(locks("x", data.encode(), target, longer))
    assert turned == [(other, one) for one, other in wanted]


def test_only_what_a_person_confirmed() -> None:
    """Other links are told, not locked; with none confirmed the file is refused."""
    some = locks("x", SAMPLE.replace("status='man'", "status='auto'", 1).encode(), *sides())
    assert beads(some) == PAIRS[1:]
    assert some.missed == ("x:3: auto status: nobody confirmed the link",)
    with pytest.raises(ImporterError, match="no link that a person confirmed"):
        found(SAMPLE.replace("'man'", "'auto'"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SAMPLE[:200], "not well-formed XML"),
        (SAMPLE.replace("1:1;1:1", "1:1 1:1"), "x.xml:3: a link without two sides"),
        (SAMPLE.replace("1:2;1:2", "1:2;1:1"), "links 5 sentences where source.txt has 6"),
        (OPUS.replace("<linkGrp", "<linkGrp/><linkGrp", 1), "holds 2 groups"),
        (SAMPLE.replace("1:2;1:2", "1:2;1:2 1:3"), "x.xml:5: names sentence 2 .* as line 4 does"),
    ],
)
def test_broken(data: str, said: str) -> None:
    """Each is refused in one line."""
    with pytest.raises(ImporterError, match=said) as told:
        found(data)
    assert told.value.remedy
