"""Many pages: matched by name, in parallel, taken up again, a failed page told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ocr.test_distance import prose, worn
from variorum.errors import OcrError
from variorum.ocr.batch import Measured, Unit, measured
from variorum.ocr.pairs import matched
from variorum.ocr.told import fingerprint, to_csv, to_json
from variorum.rules import recipe_of


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Twelve pages of truth and of a copy."""
    truth, copy = tmp_path / "truth", tmp_path / "ocr"
    for folder in (truth, copy):
        folder.mkdir()
    for number in range(12):
        text = "\n".join(prose(60, 50 * number + line) for line in range(6))
        (truth / f"page-{number:02d}.gt.txt").write_text(text, "utf-8")
        (copy / f"page-{number:02d}.txt").write_text(worn(text, 0.05, number), "utf-8")
    return truth, copy


def run(folders: tuple[Path, Path], workers: int = 1, kept: Path | None = None) -> Measured:
    """All pairs of two folders."""
    pairs, _ = matched(*folders)
    return measured([Unit(pair, "plain") for pair in pairs], workers=workers, kept=kept)


def told(found: Measured) -> tuple[bytes, bytes]:
    """Everything that is written of a result."""
    printed = fingerprint(found.evaluation)
    return to_json(found.evaluation, printed, found.comparisons, found.failed), to_csv(
        found.evaluation
    )


def test_the_number_of_workers_does_not_matter(folders: tuple[Path, Path]) -> None:
    """One process and three give the same bytes."""
    assert told(run(folders)) == told(run(folders, workers=3))


def test_a_run_is_taken_up(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """Pages known are not measured again, a torn line is no page, the result is the same."""
    kept = tmp_path / "kept.jsonl"
    first = run(folders, kept=kept)
    lines = kept.read_bytes().splitlines()
    kept.write_bytes(b"\n".join(lines[:10]) + b"\n" + lines[11][:40])
    again = run(folders, kept=kept)
    assert 0 < again.taken_up < 12
    assert told(again) == told(first)
    assert run(folders, kept=kept).taken_up == 12


def test_a_page_that_changed_is_measured_again(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """What is kept is for the bytes it was measured on."""
    kept = tmp_path / "kept.jsonl"
    run(folders, kept=kept)
    page = folders[1] / "page-03.txt"
    page.write_text(page.read_text("utf-8") + "more", "utf-8")
    again = run(folders, kept=kept)
    assert again.taken_up == 11
    assert told(again) == told(run(folders))


def test_a_failed_page_is_told_and_the_rest_done(folders: tuple[Path, Path]) -> None:
    """A page that cannot be read is a sentence with its file; eleven are measured."""
    (folders[1] / "page-05.txt").write_bytes(b"\0\1\2\3")
    found = run(folders, workers=2)
    assert len(found.evaluation.summaries) == 11
    ((name, why),) = found.failed
    assert name == "page-05"
    assert "page-05.txt" in why
    assert json.loads(told(found)[0])["failed"][0]["name"] == "page-05"


def test_strangers_are_named(folders: tuple[Path, Path]) -> None:
    """A page without a truth, and a truth without a page, are told; images are passed over."""
    (folders[0] / "page-03.gt.txt").rename(folders[0] / "page-99.gt.txt")
    (folders[1] / "page-00.png").write_bytes(b"\x89PNG")
    (folders[1] / ".hidden").write_text("x", "utf-8")
    pairs, strangers = matched(*folders)
    assert len(pairs) == 11
    assert sorted(why.rpartition("/")[2] for why in strangers) == [
        "page-03.txt: no truth of that name",
        "page-99.gt.txt: no copy of that name",
    ]


def test_names_up_to_the_first_dot(tmp_path: Path) -> None:
    """The layers that programs put behind a name do not keep pages apart."""
    for name in ("t/a.gt.txt", "t/b.gt.txt", "o/a.some-engine.txt", "o/b.some-engine.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    pairs, strangers = matched(tmp_path / "t", tmp_path / "o")
    assert [pair.name for pair in pairs] == ["a", "b"]
    assert not strangers


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["t/a.txt", "o/b.txt"], "no file of one folder has the name"),
        (["t/a.png", "o/a.txt"], "no page in this folder"),
    ],
)
def test_folders_that_do_not_match(tmp_path: Path, names: list[str], said: str) -> None:
    """What cannot be paired is said before anything is measured."""
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    with pytest.raises(OcrError, match=said):
        matched(tmp_path / "t", tmp_path / "o")


def put(folder: Path, **files: str) -> Path:
    """A folder with files, ``__`` in a name standing for a dot."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return folder


def joined(truth: Path, copy: Path) -> tuple[Measured, tuple[str, ...]]:
    """A truth in one file against a folder of pages, and what was passed over."""
    pairs, strangers = matched(truth, copy)
    return measured([Unit(pair, "editorial") for pair in pairs]), strangers


def test_pages_come_in_natural_order(tmp_path: Path) -> None:
    """page-10 comes after page-9, as in an edition."""
    truth = tmp_path / "truth.txt"
    truth.write_text("\n".join(prose(80, n) for n in range(1, 12)), "utf-8")
    pages = put(tmp_path / "o", **{f"page-{n}__txt": prose(80, n) for n in range(1, 12)})
    found, strangers = joined(truth, pages)
    assert found.evaluation.edits == 0
    assert not strangers


def test_a_folder_joined_takes_pages_only(tmp_path: Path) -> None:
    """Notes, tables and a second text of a page are passed over, each with a sentence."""
    truth = tmp_path / "truth.txt"
    truth.write_text("one two", "utf-8")
    pages = put(tmp_path / "o", p1__txt="one", p2__txt="two", README__md="# notes", t__csv="a,b")
    (pages / "p2.hocr").write_text(
        "<html><body><div class='ocr_page'><span class='ocrx_word'>two</span></div></body></html>"
    )
    found, strangers = joined(truth, pages)
    assert found.evaluation.edits == 0
    assert [why.rpartition("/")[2] for why in strangers] == [
        "README.md: no page by its name; passed over",
        "p2.txt: passed over beside p2.hocr",
        "t.csv: no page by its name; passed over",
    ]


def test_a_bad_page_of_many_is_blank_and_told(tmp_path: Path) -> None:
    """The rest of a copy in many files is measured, and what the page had is missing."""
    truth = tmp_path / "truth.txt"
    truth.write_text("one two three", "utf-8")
    pages = put(
        tmp_path / "o", p1__txt="one", p2__hocr="<html><div class='ocr_page'", p3__txt="three"
    )
    found, _ = joined(truth, pages)
    assert found.evaluation.edits == len("two ")
    (why,) = found.evaluation.summaries[0].failed
    assert "p2.hocr" in why


def test_blank_pages_count(tmp_path: Path) -> None:
    """A text without a letter is a blank page: lost where the truth has words, and invented."""
    truth = put(tmp_path / "t", a__txt="some words", b__txt="", c__txt="\n")
    copy = put(tmp_path / "o", a__txt="", b__txt="scraps", c__txt="\f")
    pairs, _ = matched(truth, copy)
    found = measured([Unit(pair, "plain") for pair in pairs])
    assert not found.failed
    assert found.evaluation.characters == len("some words")
    assert found.evaluation.edits == len("some words") + len("scraps")


def test_own_results_are_no_pages(folders: tuple[Path, Path]) -> None:
    """What variorum wrote into the folder of the copy is not measured the next time."""
    first = run(folders)
    printed = fingerprint(first.evaluation)
    (folders[1] / "ocr.json").write_bytes(to_json(first.evaluation, printed, first.comparisons))
    (folders[1] / "ocr.csv").write_bytes(to_csv(first.evaluation))
    (folders[1] / "ocr-pages.jsonl").write_text('{"key": 1}', "utf-8")
    pairs, strangers = matched(*folders)
    assert len(pairs) == 12
    assert not strangers


def test_one_name_in_common_hides_no_others(tmp_path: Path) -> None:
    """Pages alike up to the first dot are paired beside a file of the very same name."""
    truth = put(tmp_path / "t", p1__gt__txt="x", p2__gt__txt="x", notes__txt="x")
    copy = put(tmp_path / "o", p1__calamari__txt="x", p2__calamari__txt="x", notes__txt="x")
    pairs, strangers = matched(truth, copy)
    assert [pair.name for pair in pairs] == ["notes", "p1", "p2"]
    assert not strangers


def test_names_are_one_however_they_are_spelled(tmp_path: Path) -> None:
    """A name with its accents apart, as some systems write it, is the same name."""
    for name in ("t/p\u00e9ge.txt", "o/pe\u0301ge.txt"):
        path = put(tmp_path / name[0]) / name[2:]
        path.write_text("x", "utf-8")
    assert len(matched(tmp_path / "t", tmp_path / "o")[0]) == 1


def test_foreign_lines_are_none(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """Whatever stands in the file of an earlier run, the result is the same."""
    kept = tmp_path / "kept.jsonl"
    kept.write_text('{"key": "x", "summary": "y"}\n[1, 2]\nnull\n"a"\n\x00\n', "utf-8")
    assert told(run(folders, kept=kept)) == told(run(folders))


def test_what_cannot_be_kept_is_said_first(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """A folder that cannot be made is an error before any page is measured."""
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(OcrError, match="cannot be written"):
        run(folders, kept=tmp_path / "file" / "kept.jsonl")


def test_mending_is_not_measured(tmp_path: Path) -> None:
    """The rule that mends misreadings by the truth is left out of what is measured."""
    recipe = recipe_of("r", ["spaces", {"rule": "misreadings", "read": {"m": ["rn"]}}])
    truth = put(tmp_path / "t", a__txt="Comrade came")
    copy = put(tmp_path / "o", a__txt="Cornrade carne")
    pairs, _ = matched(truth, copy)
    found = measured([Unit(pair, "editorial", recipe) for pair in pairs])
    assert found.evaluation.edits == 4


def test_pages_in_files_are_the_text_in_one(tmp_path: Path) -> None:
    """A perfect copy in pages is perfect in every profile; the breaks between files are ours."""
    truth = tmp_path / "truth.txt"
    texts = [f"{prose(60, n)}\n{prose(60, 90 + n)}\n" for n in range(4)]
    truth.write_text("".join(texts), "utf-8")
    pages = put(tmp_path / "o", **{f"p{n}__txt": text for n, text in enumerate(texts)})
    for name in ("plain", "editorial", "dinglehopper"):
        pairs, _ = matched(truth, pages)
        assert measured([Unit(pair, name) for pair in pairs]).evaluation.edits == 0


def test_a_lost_page_is_the_one_that_is_wrong(tmp_path: Path) -> None:
    """What a blank or broken page should have had is told of it, not of its neighbour."""
    texts = [f"{prose(60, n)}\n{prose(60, 90 + n)}\n" for n in range(5)]
    for lost in (0, 2, 4):
        truth = tmp_path / "truth.txt"
        truth.write_text("".join(texts), "utf-8")
        files = {f"p{n}__txt": "" if n == lost else text for n, text in enumerate(texts)}
        pairs, _ = matched(truth, put(tmp_path / "o", **files))
        pages = measured([Unit(pair, "editorial") for pair in pairs]).evaluation.pages
        assert [page.edits > 50 for page in pages] == [n == lost for n in range(5)]
        assert sum(page.edits for page in pages if page.number != lost + 1) <= 2


def test_the_truth_in_the_folder_is_no_page(tmp_path: Path) -> None:
    """A truth that lies beside the pages of the copy is not measured against itself."""
    pages = put(tmp_path / "o", truth__txt="one two", p1__txt="one", p2__txt="two")
    found, strangers = joined(pages / "truth.txt", pages)
    assert found.evaluation.edits == 0
    assert not strangers


def test_a_number_behind_a_dot_is_the_page_s(tmp_path: Path) -> None:
    """scan.002 is not scan.003, though both are called scan."""
    truth = put(tmp_path / "t", scan__001__gt__txt="x", scan__002__gt__txt="x")
    copy = put(tmp_path / "o", scan__001__txt="x", scan__003__txt="x")
    pairs, strangers = matched(truth, copy)
    assert [pair.name for pair in pairs] == ["scan.001"]
    assert len(strangers) == 2


def test_both_texts_that_an_engine_writes(tmp_path: Path) -> None:
    """A page as plain text beside its hOCR, and a table of something else, stop nothing."""
    truth = put(tmp_path / "t", a__gt__txt="one")
    copy = put(tmp_path / "o", a__txt="one", w__json="{}")
    (copy / "a.hocr").write_text(
        "<html><body><div class='ocr_page'><span class='ocrx_word'>one</span></div></body></html>"
    )
    pairs, strangers = matched(truth, copy)
    assert pairs[0].copy[0].name == "a.hocr"
    assert len(strangers) == 2
