"""Many pages without a truth: order, resumption, failures, the tables, the command."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from attrs import evolve
from benchmarks.pages.make import ARCHIVE

from variorum.errors import OcrError
from variorum.ocr import estimated as module
from variorum.ocr.estimate.told import Corpus, corpus, packed, unpacked
from variorum.ocr.estimated import (
    KEPT,
    Estimated,
    estimated,
    for_report,
    read_again,
    shown,
    to_csv,
    to_json,
    worst,
)
from variorum.ocr.lexica import from_text
from variorum.readers import hocr

EDITION = Path(__file__).parents[2] / "witnesses" / "hoxha-choe-1959"

NAMES = (
    "minutes.en-courier-clean-full",
    "declaration.sq-courier-worn-half",
    "minutes.en-serif-medium-sparse",
    "declaration.sq-sans-clean-as-eng",
    "minutes.en-typewriter-worn-turned",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with five pages that Tesseract read."""
    made = tmp_path / "pages"
    made.mkdir()
    with zipfile.ZipFile(ARCHIVE) as archive:
        for number, name in enumerate(NAMES):
            (made / f"page-{number}.hocr").write_bytes(archive.read(f"{name}.hocr"))
    return made


@pytest.fixture
def mixed(folder: Path) -> Path:
    """The same with strangers: a zip, blank pages, torn XML, nothing at all, an image."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        blank = archive.read("declaration.sq-courier-light-blank.hocr")
    (folder / "blank.hocr").write_bytes(blank)
    (folder / "feed.txt").write_bytes(b"\f")
    (folder / "no-bytes.hocr").write_bytes(b"")
    (folder / "pack.zip").write_bytes(ARCHIVE.read_bytes()[:5000])
    (folder / "torn.xml").write_text('<?xml version="1.0"?><alto><Layout><Page ID="p"')
    (folder / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "typed.txt").write_text("The people of the country have worked for years.\n")
    return folder


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run ``variorum ocr estimate`` in a process of its own."""
    command = [sys.executable, "-m", "variorum.cli", "ocr", "estimate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def same(one: Estimated, other: Estimated) -> bool:
    """Whether two runs told the same, however they came by it."""
    return evolve(one, taken_up=0) == evolve(other, taken_up=0)


def test_pages_are_in_the_order_given(folder: Path) -> None:
    """A folder by its names, files as they are named, each once; the order moves no figure."""
    files = sorted(folder.iterdir())
    told = estimated([folder])
    assert [page.file for page in told.pages] == [str(file) for file in files]
    turned = estimated([*files[::-1], files[0]])
    assert turned.pages == told.pages[::-1]


def test_workers_make_no_difference(mixed: Path) -> None:
    """One process or two, the same pages and the same sentences."""
    known = from_text("sq", "Të gjithë njerëzit lindin të lirë dhe të barabartë në dinjitet.")
    for lexicon in (None, known):
        one = estimated([mixed], lexicon=lexicon, workers=1)
        assert same(one, estimated([mixed], lexicon=lexicon, workers=2))


def test_a_failed_file_is_told_and_the_rest_done(mixed: Path) -> None:
    """A sentence for each that cannot be read; blank pages are pages; images are passed over."""
    told = estimated([mixed, mixed / "missing.hocr"])
    why = dict(told.failed)
    assert {Path(name).name for name in why} == {
        "no-bytes.hocr",
        "pack.zip",
        "torn.xml",
        "missing.hocr",
    }
    assert all(name in sentence and "\n" not in sentence for name, sentence in why.items())
    blank = [page for page in told.pages if Path(page.file).name in ("blank.hocr", "feed.txt")]
    assert [page.told.notices[0].kind for page in blank] == ["blank", "blank"]
    (typed,) = (page for page in told.pages if page.file.endswith("typed.txt"))
    assert typed.told.evidence.speaks == "words"
    assert "no confidence" in {notice.kind for notice in typed.told.notices}


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    """A folder without pages is a sentence, no exception."""
    told = estimated([tmp_path])
    assert not told.pages
    assert "no page in this folder" in told.failed[0][1]


def test_a_run_is_taken_up(folder: Path, tmp_path: Path) -> None:
    """What was kept is not estimated again, and the result is the same to the last digit."""
    kept = tmp_path / "out" / KEPT
    heard: list[tuple[int, int]] = []
    first = estimated([folder], kept=kept, tell=lambda *done: heard.append(done))
    assert heard == [(number, 5) for number in range(1, 6)]
    again = estimated([folder], kept=kept)
    assert (first.taken_up, again.taken_up) == (0, 5)
    assert same(first, again)
    assert to_json(first) == to_json(again)


def test_what_changed_is_estimated_again(folder: Path, tmp_path: Path) -> None:
    """Another text, another language, a torn line: not taken up."""
    kept = tmp_path / KEPT
    estimated([folder], kept=kept)
    page = folder / "page-0.hocr"
    page.write_bytes(page.read_bytes().replace(b"Comrade", b"Conrade"))
    assert estimated([folder], kept=kept).taken_up == 4
    assert estimated([folder], "en", kept=kept).taken_up == 0
    kept.write_bytes(kept.read_bytes()[:-200])
    assert estimated([folder], "en", kept=kept).taken_up == 4


@pytest.mark.parametrize(
    "line",
    [
        "not ours",
        '{"key": 1}',
        "[]",
        '"key"',
        "1",
        "null",
        '{"key":"KEY","summary":"y"}',
        '{"key":"KEY","pages":"y"}',
        '{"key":"KEY","pages":{"a":1}}',
        '{"key":"KEY","pages":[{"told":null}]}',
        '{"key":["KEY"],"pages":[]}',
        "[" * 100_000,
    ],
)
def test_foreign_lines_are_no_lines(folder: Path, tmp_path: Path, line: str) -> None:
    """Valid JSON of another shape, or none at all, in the file of an earlier run."""
    kept = tmp_path / KEPT
    page = folder / "page-2.hocr"
    estimated([page], kept=kept)
    ours = kept.read_bytes()
    key = json.loads(ours)["key"]
    kept.write_bytes(line.replace("KEY", key).encode())
    assert estimated([page], kept=kept).taken_up == 0
    kept.write_bytes(line.replace("KEY", f"not {key}").encode() + ours)
    assert estimated([page], kept=kept).taken_up == 1


def test_another_reader_or_package_is_estimated_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an older version made of the same bytes is not taken up."""
    kept = tmp_path / KEPT
    page = folder / "page-2.hocr"
    first = estimated([page], kept=kept)
    assert f"hocr {hocr.VERSION}" in str(first.fingerprint["readers"])
    monkeypatch.setattr(module, "versions", lambda: "hocr 99")
    assert estimated([page], kept=kept).taken_up == 0
    monkeypatch.setattr(module, "__version__", "99")
    assert estimated([page], kept=kept).taken_up == 0
    assert estimated([page], kept=kept).taken_up == 1


def test_files_are_named_as_in_this_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From elsewhere, under another path, in another folder: taken up, and told by that name."""
    kept = tmp_path / KEPT
    monkeypatch.chdir(folder)
    here = estimated([Path("page-2.hocr")], kept=kept)
    monkeypatch.chdir(tmp_path)
    there = estimated([Path("pages/page-2.hocr")], kept=kept)
    assert (here.taken_up, there.taken_up) == (0, 1)
    assert [(page.file, page.told.page.file) for page in there.pages] == [
        ("pages/page-2.hocr", "pages/page-2.hocr")
    ]
    (folder / "page-2.hocr").rename(folder / "other.hocr")
    (other,) = estimated([folder / "other.hocr"], kept=kept).pages
    assert (other.file, other.siglum) == (str(folder / "other.hocr"), "other")
    fresh = estimated([Path("pages/other.hocr")])
    assert to_json(fresh) == to_json(estimated([Path("pages/other.hocr")], kept=kept))


def test_what_is_kept_unpacks_to_what_it_was(folder: Path) -> None:
    """Pages survive JSON, equal."""
    pages = estimated([folder]).pages
    assert unpacked(json.loads(json.dumps(packed(pages)))) == pages


def test_json_is_a_list_with_an_item_a_page(mixed: Path) -> None:
    """File, rate, interval, evidence, and all else that was said; recognisable at its head."""
    found = estimated([mixed])
    data = to_json(found)
    assert re.match(rb'\[\{"format":"variorum ocr estimate \d+",', data)
    items = json.loads(data)
    assert len(items) == len(found.pages)
    for item, page in zip(items, found.pages, strict=True):
        assert (item["file"], item["cer"]) == (page.file, page.told.cer)
        low, high = item["interval"]
        if item["cer"] is None:
            assert item["evidence"]["speaks"] == "nothing"
            assert [low, high] == [0, 1]
        else:
            assert 0 <= low <= item["cer"] <= high <= 1
        assert set(item["evidence"]) == {"confidence", "known", "letters", "speaks"}
        assert item["fingerprint"]["file"] == page.digest
    assert len({item["fingerprint"]["id"] for item in items}) == len(items)


def test_csv_is_a_table_of_the_corpus(folder: Path) -> None:
    """A row a page; a name that a spreadsheet would run is quoted."""
    odd = folder / "=cmd.txt"
    odd.write_text("The people of the country.")
    found = estimated([folder])
    data = to_csv(found).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data)))
    assert data.startswith("file,page,cer,lowest,highest,letters,language,by,")
    assert len(rows) == 6
    assert [row["cer"] for row in rows] == [f"{p.told.cer:.6f}" for p in found.pages]
    named = [evolve(page, file="=cmd.txt") for page in found.pages[:1]]
    assert b"\r\n'=cmd.txt," in to_csv(evolve(found, pages=tuple(named)))


def test_the_terminal_is_told_the_worst_first(mixed: Path) -> None:
    """Eighty columns; who spoke, what to beware of, the worst pages."""
    found = estimated([mixed])
    told = shown(found)
    assert max(map(len, told.splitlines())) <= 80
    assert "by engine and words (en): 2 pages" in told
    assert "by engine and words (sq): 2 pages" in told
    assert "blank: 2 pages" in told
    for kind in ("wrong language model", "upside down", "blank", "no confidence"):
        assert kind in told
    assert "3 files failed: see above" in told
    rates = [float(rate) for rate in re.findall(r"(?m)^  (\d\.\d{4}) ", told)]
    assert rates == sorted(rates, reverse=True)


def silent(folder: Path) -> Path:
    """An English page and a Greek one, both faultless, and a blank one."""
    folder.mkdir()
    (folder / "en.txt").write_text("The people of the country have worked for many years.\n" * 9)
    (folder / "el.txt").write_text("Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι.\n" * 9)
    (folder / "blank.txt").write_text("\f")
    return folder


def test_pages_without_an_estimate_are_in_no_sum(tmp_path: Path) -> None:
    """Null in JSON, "no estimate" in CSV, on the terminal and in the report; not pooled."""
    found = estimated([silent(tmp_path / "pages")])
    blank, greek, english = found.pages
    assert [page.told.cer for page in (blank, greek)] == [0.0, None]
    assert corpus(found.pages).cer == pytest.approx(english.told.cer)
    assert corpus(found.pages).without == 1
    items = json.loads(to_json(found))
    assert [item["cer"] is None for item in items] == [False, True, False]
    assert items[1]["interval"] == [0, 1]
    assert "--words" in items[1]["notices"][0]["says"]
    rows = list(csv.DictReader(io.StringIO(to_csv(found).decode("utf-8-sig"))))
    assert rows[1]["cer"] == "no estimate"
    told = shown(found)
    assert told.startswith("estimated CER 0.0")
    assert "by words (en): 1 page\nblank: 1 page\nno estimate: 1 page, left out of the rate" in told
    assert "no estimate on 1 page: " in told
    assert "--words" in told
    assert worst(found)[0] == english
    assert unpacked(json.loads(json.dumps(packed(found.pages)))) == found.pages


def test_where_no_page_has_an_estimate_none_is_told(tmp_path: Path) -> None:
    """No figure at all, on the terminal or in the report, and what to do."""
    greek = silent(tmp_path / "pages") / "el.txt"
    told = shown(estimated([greek]))
    assert told.startswith("no estimate   1 page, 441 letters\n")
    assert "--words" in " ".join(told.split())
    assert "CER" not in told
    html = tmp_path / "report.html"
    done = run(greek, "-o", html)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert "<b>no estimate</b>" in html.read_text("utf-8")
    assert "estimated CER" not in html.read_text("utf-8")


def test_the_corpus_is_weighed_by_letters(folder: Path) -> None:
    """The rate of all pages is that of their letters; of none, nothing is known."""
    pages = estimated([folder]).pages
    whole = corpus(pages)
    letters = sum(page.told.letters for page in pages)
    assert (whole.letters, whole.without) == (letters, 0)
    wrong = sum((p.told.cer or 0.0) * p.told.letters for p in pages)
    assert whole.cer == pytest.approx(wrong / letters)
    assert whole.interval[0] <= wrong / letters <= whole.interval[1]
    assert corpus(()) == Corpus(None, (0.0, 1.0), 0)


def test_the_worst_are_read_again_as_they_were(folder: Path) -> None:
    """For the report; a file that has changed since is left out."""
    found = estimated([folder])
    pages = worst(found, 2)
    assert pages[0].told.cer == max(page.told.cer or 0.0 for page in found.pages)
    assert set(read_again(pages)) == {page.file for page in pages}
    Path(pages[0].file).write_text("another text")
    assert set(read_again(pages)) == {pages[1].file}


def test_the_report_has_every_page(mixed: Path, tmp_path: Path) -> None:
    """All pages are in it, with lines where the witness is at hand; images are not asked for."""
    found = estimated([mixed])
    known = read_again(worst(found, 2))
    pairs = for_report(found, known)
    assert [told.cer for _, told in pairs] == [page.told.cer for page in found.pages]
    assert sum(bool(told.lines) for _, told in pairs) == 2
    out = tmp_path / "report.html"
    done = run(mixed, "-o", out, "--images", "none")
    assert done.returncode == 1
    html = out.read_text("utf-8")
    assert all(page.siglum in html for page in found.pages)
    assert "torn.xml" in html
    assert "data:image" not in html


def test_the_command_tells_and_writes(mixed: Path, tmp_path: Path) -> None:
    """Failures on stderr and exit 1; JSON and CSV into a folder, taken up again."""
    done = run(mixed)
    assert done.returncode == 1
    assert len([line for line in done.stderr.splitlines() if line.startswith("variorum: ")]) == 3
    assert done.stdout.startswith("estimated CER 0.")
    out = tmp_path / "out"
    wrote = run(mixed, "-o", out, "--to", "json", "--to", "csv")
    assert (out / "ocr-estimate.json").exists()
    assert (out / "ocr-estimate.csv").exists()
    assert wrote.stdout == ""
    data = (out / "ocr-estimate.json").read_bytes()
    again = run(mixed, "-o", out, "--to", "json", "--to", "csv")
    assert "8 files taken up from" in again.stderr
    assert (out / "ocr-estimate.json").read_bytes() == data


def test_results_beside_the_pages_are_no_pages(folder: Path) -> None:
    """A folder may take its own results, and what a later run takes up."""
    assert run(folder, "-o", folder, "--images", "none").returncode == 0
    assert {path.name for path in folder.iterdir()} >= {KEPT, "ocr-estimate.html"}
    again = run(folder, "--to", "json")
    assert again.returncode == 0
    assert len(json.loads(again.stdout)) == 5


def _unheard(done: int, of: int) -> None:
    raise AssertionError(f"{done} of {of} files were read")


def test_where_nothing_can_be_kept_no_work_is_done(folder: Path, tmp_path: Path) -> None:
    """A folder that cannot be made, a file in its place: one sentence, exit 2, nothing written."""
    (tmp_path / "taken").write_text("mine")
    places = {"/proc/foo": "cannot be written", str(tmp_path / "taken"): "is a file"}
    places[str(tmp_path / "taken" / "deeper")] = "cannot be written"
    for place, says in places.items():
        done = run(folder, "-o", place)
        assert (done.returncode, done.stdout) == (2, "")
        assert says in done.stderr
        assert done.stderr.count("\n") == 1
        with pytest.raises(OcrError, match=says):
            estimated([folder], kept=Path(place) / KEPT, tell=_unheard)
    assert (tmp_path / "taken").read_text() == "mine"


def test_an_interrupted_run_ends_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    """Ctrl-C reaches every process; one speaks, the exit code is that of an interruption."""
    many = tmp_path / "many"
    many.mkdir()
    for number in range(150):
        (many / f"{number}.hocr").write_bytes((folder / "page-2.hocr").read_bytes())
    command = [sys.executable, "-m", "variorum.cli", "ocr", "estimate", many]
    command += ["--workers", "2", "-o", tmp_path / "out", "--to", "csv"]
    running = subprocess.Popen(
        list(map(str, command)), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    kept = tmp_path / "out" / KEPT
    deadline = time.monotonic() + 60
    while not (kept.exists() and kept.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert said.splitlines()[-1] == "variorum: interrupted; nothing half written"


def test_words_and_languages_are_given(tmp_path: Path) -> None:
    """A text in another language speaks for its words; the language need not be named."""
    text = "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια."
    (tmp_path / "words.txt").write_text(text)
    (tmp_path / "page.txt").write_text("Όλοι οι ανθρωποι γεννιουνται και ίσοι")
    for more in (["--language", "el"], []):
        done = run(tmp_path / "page.txt", "--words", tmp_path / "words.txt", "--to", "json", *more)
        (item,) = json.loads(done.stdout)
        assert item["evidence"]["speaks"] == "words"
        assert 0.3 < item["evidence"]["known"] < 1
        assert item["language"] == ("el" if more else "")
    bare = json.loads(run(tmp_path / "page.txt", "--to", "json").stdout)
    assert bare[0]["evidence"]["speaks"] == "nothing"


def test_witnesses_of_an_edition() -> None:
    """Sigla of an edition; one that it does not have is refused."""
    done = run("O1", "O3", "--edition", EDITION, "--to", "json")
    assert done.returncode == 0, done.stderr
    items = json.loads(done.stdout)
    assert [item["witness"] for item in items] == ["O1"] * 12 + ["O3"] * 12
    assert all(item["evidence"]["speaks"] == "engine and words" for item in items)
    wrong = run("O9", "--edition", EDITION)
    assert wrong.returncode == 2
    assert "'O9' is no witness" in wrong.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["missing.hocr"], "no page could be read"),
        (["missing.hocr", "--to", "tei"], "there is no format 'tei' here"),
        (["missing.hocr", "--to", "json", "--to", "csv"], "several formats need a folder"),
        (["missing.hocr", "--workers", "0"], "--workers 0: no process at all"),
        (["missing.hocr", "--workers", "-3"], "--workers -3: no process at all"),
    ],
)
def test_bad_input_is_a_sentence(arguments: Sequence[str], says: str) -> None:
    """Exit 2, one line, no traceback."""
    done = run(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
