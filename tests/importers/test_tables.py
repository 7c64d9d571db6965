"""Tables with tabs, ladders and lists of numbers: as they are, and broken."""

from __future__ import annotations

import pytest

from exporters.parallels import SPECIMEN
from importers.texts import PAIRS, SAMPLES, beads, sides
from variorum.errors import ImporterError
from variorum.exporters.pairs import to_tsv
from variorum.importers import locks

OURS = to_tsv(SPECIMEN).decode("utf-8-sig")
LADDER = (SAMPLES / "ladder.ladder").read_text("utf-8")
LIST = "[0]:[0]:0.1\n[1]:[1]:0.2\n[2]:[2]:0.1\n[3]:[]:0.0\n[4]:[3]:0.3\n[5]:[4, 5]:0.4\n"


def own(data: str) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The pairs of a table of ours about the specimen."""
    return beads(locks("x.tsv", data.encode(), SPECIMEN.source, SPECIMEN.target))


def test_a_table_that_an_editor_changed() -> None:
    """Numbers and words moved from line to line, lines taken out, cells dropped at the end."""
    assert own(OURS) == [((0,), (0,)), ((1,), (3,)), ((2,), (1, 2))]
    assert own(
        OURS.replace("2\t1 2\t", "2 3\t1\t")
        .replace("Ai erdhi dhe iku.\tHe came. He left.", "Ai erdhi dhe iku. Kështu.\tHe came.")
        .replace("3\t\t0.5000\t\tKështu.\t\r\n", "")
    ) == [((0,), (0,)), ((1,), (3,)), ((2, 3), (1,))]
    assert own("\n".join(line.rstrip("\t") for line in OURS.splitlines())) == own(OURS)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\r\n2\t1 2", "\r\n2\t1 9", "x.tsv:4: names sentence 9 of a.en.txt, whose 5 count from 0"),
        ("\r\n3\t\t", "\r\n3\t3\t", "x.tsv:5: the sentences 3 of a.en.txt do not read “”"),
        ("Po.\tYes.", "Jo.\tYes.", "x.tsv:3: the sentences 1 of a.sq.txt do not read “Jo.”"),
        ("\r\n2\t1 2", "\r\ntwo\t1 2", "x.tsv:4: “two” is no list of positions"),
        (
            "\r\n3\t\t0.5000\t\tKështu.",
            "\r\n1\t\t0.5\t\tPo.",
            "x.tsv:5: names sentence 1 .* line 3",
        ),
    ],
)
def test_a_table_that_contradicts_itself(old: str, new: str, said: str) -> None:
    """The line and what is wrong in it."""
    assert old in OURS
    with pytest.raises(ImporterError, match=said):
        own(OURS.replace(old, new))


def test_cells_in_quotes() -> None:
    """A spreadsheet's quotes are no text, a sentence's own are."""
    texts = sides(['He said "no".', '"Yes."'], ["Tha: jo.", "„Po.“"])
    data = '"He said ""no""."\tTha: jo.\n"Yes."\t„Po.“\n'
    assert beads(locks("x", data.encode(), *texts)) == [((0,), (0,)), ((1,), (1,))]


def test_a_header_is_no_pair() -> None:
    """A first line that names the columns or the languages is passed over."""
    for head in ("Source\tTarget\n", "sq\ten\tscore\n"):
        found = locks("x", (head + "Po.\tYes.\n").encode(), *sides(["Po."], ["Yes."]))
        assert (beads(found), found.missed) == ([((0,), (0,))], ())


def test_a_table_with_one_column() -> None:
    """A line without a tab is refused, where it is."""
    with pytest.raises(ImporterError, match="x:2: has one column"):
        locks("x", b"Po.\tYes.\nJo.\n", *sides(["Po.", "Jo."], ["Yes."]))


def test_a_ladder_made_by_hand() -> None:
    """Spaces between the numbers, and no scores."""
    data = "".join(" ".join(line.split()[:2]) + "\n" for line in LADDER.splitlines())
    assert data.startswith("0 0\n")
    assert beads(locks("x", data.encode(), *sides())) == PAIRS


def test_a_list_of_numbers() -> None:
    """Lists of numbers, with or without a score."""
    assert beads(locks("x", LIST.encode(), *sides())) == PAIRS
    bare = "".join(line.rpartition(":")[0] + "\n" for line in LIST.splitlines())
    assert beads(locks("x", bare.encode(), *sides())) == PAIRS


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LADDER.replace("2\t2", "two\t2"), "x:3: is no rung"),
        (LADDER.replace("3\t3", "3\t1"), "x:4: the rung 3 1 crosses the one before it"),
        (LADDER.replace("6\t6", "7\t6"), "speaks of 7 sentences.* source.txt has 6.*--segmented"),
        (LADDER.replace("6\t6\n", ""), "speaks of 5 sentences.* source.txt has 6"),
        (LADDER.replace("6\t6", "6\t999999999"), "x:7: numbers more sentences than any text"),
        (LIST.replace("[3]:[3]", "[3]=[3]").replace("[4]:[3]", "4:3"), "x:5: is no two lists"),
        (LIST.replace("[4]:[3]", "[3]:[3]"), "speaks of 6 sentences, 5 of them named"),
        (LIST.replace("[3]:[]", "[3, 4]:[]"), "x:5: names sentence 4 .* as line 4 does"),
        (LIST.replace("[4, 5]", "[4, 5" + "0" * 5000 + "]"), "x:6: numbers more sentences"),
        (LADDER.replace("6\t6", "6\t" + "9" * 5000), "x:7: is no rung"),
        ("0\t0\n", "speaks of 0 sentences"),
    ],
)
def test_broken_numbers(data: str, said: str) -> None:
    """Numbers without words are believed only if they fit both texts wholly."""
    with pytest.raises(ImporterError, match=said) as told:
        locks("x", data.encode(), *sides())
    assert told.value.remedy
