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
        (["t/a.txt", "t/a.gt.txt", "o/a.txt"], "two files are called 'a'"),
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
