"""``variorum ocr evaluate`` from outside: what it prints, writes and refuses."""

from __future__ import annotations

import json
import shutil
import tomllib
import zipfile
from pathlib import Path

import pytest

from test_cli import run

MINUTES = Path(__file__).parent.parent.parent / "witnesses" / "hoxha-choe-1959"


def page(words: str = "Comrade Enver", box: str = "bbox 1 2 30 40; x_wconf 91") -> bytes:
    """A page in hOCR, each word with the same title."""
    spans = " ".join(
        f"<span class='ocrx_word' title='{box}'>{word}</span>" for word in words.split()
    )
    return (
        "<html><body><div class='ocr_page' title='image \"none.png\"; bbox 0 0 100 100'>"
        f"<span class='ocr_line' title='bbox 0 0 90 40'>{spans}</span></div></body></html>"
    ).encode()


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A truth and a copy with two errors."""
    truth, copy = tmp_path / "truth.txt", tmp_path / "ocr.txt"
    truth.write_text("Comrade Enver Hoxha: We are happy.\n", "utf-8")
    copy.write_text("Cornrade Enver Hoxha: We are happy.\n", "utf-8")
    return truth, copy


def test_the_contract_of_the_json(pair: tuple[Path, Path]) -> None:
    """The keys that scripts rely on are there, with the values they promise."""
    told = json.loads(run("ocr", "evaluate", *pair, "--to", "json", "-o", "-").stdout)
    assert told["cer"] == pytest.approx(2 / 35)
    assert told["wer"] == pytest.approx(1 / 6)
    assert (told["characters"], told["words"]) == (35, 6)
    low, high = told["cer_interval"]
    assert low <= told["cer"] <= high
    assert sum(c["count"] for c in told["confusions"]) == told["edits"] == 2
    assert told["patterns"][0] | {"contexts": 0} == {
        "truth": "m",
        "ocr": "rn",
        "count": 1,
        "contexts": 0,
    }
    assert told["fingerprint"]["profile"].startswith("plain 1")
    assert len(told["fingerprint"]["id"]) == 16


def test_the_terminal_is_told(pair: tuple[Path, Path]) -> None:
    """Without a format the rates are printed, with what they are of, and nothing is written."""
    done = run("ocr", "evaluate", *pair)
    said = done.stdout.decode()
    assert "CER   0.0571   2 edits, 35 letters of the truth" in said
    assert max(map(len, said.splitlines())) <= 80
    assert done.returncode == 0
    assert sorted(path.name for path in pair[0].parent.iterdir()) == ["ocr.txt", "truth.txt"]


def test_everything_into_a_folder(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """A folder takes report, JSON, CSV and proposed rules; the second run gives the same bytes."""
    out = tmp_path / "out"
    assert run("ocr", "evaluate", *pair, "-o", out).returncode == 0
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert sorted(first) == ["ocr-rules.toml", "ocr.csv", "ocr.html", "ocr.json"]
    assert run("ocr", "evaluate", *pair, "-o", out, seed="7").returncode == 0
    assert first == {path.name: path.read_bytes() for path in out.iterdir()}


def test_profiles_differ(pair: tuple[Path, Path]) -> None:
    """The profile is told, and an unknown one is refused with a list."""
    pair[1].write_text("Comrade Enver  Hoxha: We\nare happy.\n", "utf-8")
    edits = {
        name: json.loads(
            run("ocr", "evaluate", *pair, "--profile", name, "--to", "json", "-o", "-").stdout
        )["edits"]
        for name in ("plain", "editorial")
    }
    assert edits == {"plain": 2, "editorial": 0}
    done = run("ocr", "evaluate", *pair, "--profile", "ocreval")
    assert done.returncode == 2
    assert b"choose one of plain, dinglehopper, editorial" in done.stderr


def test_a_truth_without_text_has_no_rate(pair: tuple[Path, Path]) -> None:
    """No infinity: null, and a sentence."""
    pair[0].write_bytes(page(""))
    done = run("ocr", "evaluate", pair[0], pair[1], "--to", "json", "-o", "-")
    told = json.loads(done.stdout)
    assert told["cer"] is None
    assert told["wer"] is None
    assert told["note"] == "no rate: the truth has no text, the copy has 36 letters"
    assert b"Infinity" not in done.stdout
    assert "no rate" in run("ocr", "evaluate", *pair).stdout.decode()


def test_two_witnesses_of_an_edition() -> None:
    """Sigla are measured by the edition's own recipes, roles and speakers."""
    done = run("ocr", "evaluate", "--edition", MINUTES, "W", "O1", "--to", "json", "-o", "-")
    told = json.loads(done.stdout)
    assert told["profile"] == "editorial"
    assert 0.001 < told["cer_text"] < 0.006
    assert len(told["turns"]) == 36
    assert sum(turn["label_right"] for turn in told["turns"]) >= 30
    assert len(told["pages"]) == 12
    assert "W archive-english" in told["fingerprint"]["recipe"]
    done = run("ocr", "evaluate", "--edition", MINUTES, "W", "X")
    assert done.returncode == 2
    assert b"choose among W, P, O1" in done.stderr


def test_measured_confusions_are_evidence(tmp_path: Path) -> None:
    """An edition that names an evaluation has its confusions as evidence for the cause alone."""
    folder = tmp_path / "edition"
    shutil.copytree(MINUTES, folder, ignore=shutil.ignore_patterns("build", "*.png"))
    run("ocr", "evaluate", "--edition", folder, "W", "O3", "--to", "json", "-o", folder / "o3.json")
    file = folder / "edition.toml"
    before = json.loads(run("collate", folder, "--to", "json", "-o", "-").stdout)
    text = file.read_text("utf-8").replace('siglum = "O3"', 'siglum = "O3"\nconfusions = "o3.json"')
    file.write_text(text, "utf-8")
    after = json.loads(run("collate", folder, "--to", "json", "-o", "-").stdout)
    evidence = [str(r["evidence"]) for locus in after["loci"] for r in locus["readings"]]
    assert any("(measured, " in said for said in evidence)
    told = [
        [r["significance"] for locus in found["loci"] for r in locus["readings"]]
        for found in (before, after)
    ]
    assert told[0] == told[1]
    assert before["fingerprint"]["id"] != after["fingerprint"]["id"]


def test_proposed_rules_are_a_recipe(tmp_path: Path) -> None:
    """What is proposed can be given to collate, and mends what was measured."""
    truth, copy = tmp_path / "W.txt", tmp_path / "O.txt"
    words = "Comrade command summer common summit memory among"
    truth.write_text(f"{words} burn corner.\n", "utf-8")
    copy.write_text(f"{words.replace('mm', 'rnm')} burn corner.\n".replace("Com", "Corn"), "utf-8")
    rules = tmp_path / "rules.toml"
    assert run("ocr", "evaluate", truth, copy, "--to", "rules", "-o", rules).returncode == 0
    told = tomllib.loads(rules.read_text("utf-8"))
    assert told["rules"][0]["rule"] == "misreadings"
    assert "rn" in told["rules"][0]["read"]["m"]
    done = run("collate", truth, copy, "--recipe", rules, "--to", "json", "-o", "-")
    assert json.loads(done.stdout)["loci"] == []


BAD = {
    "truncated.hocr": (b"<html><body><div class='ocr_page'><span", "breaks off"),
    "root.xml": (b"<notes><note/></notes>", "no reader takes this file"),
    "pages.zip": (b"PK\x03\x04rest", "ZIP archive"),
    "latin.txt": ("caf\u00e9 d\u00e9j\u00e0".encode("latin-1"), "windows-1252"),
    "binary.txt": (b"\0\1\2", "binary"),
    "gone.txt": (None, "no such file"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_one_sentence(pair: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    """A copy that cannot be read is named with what is wrong; exit 2; nothing is written."""
    data, said = BAD[name]
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    done = run("ocr", "evaluate", pair[0], bad, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert not (tmp_path / "out").exists()


def test_one_edition_one_language() -> None:
    """A translation is no copy of its original: refused, with both languages."""
    done = run("ocr", "evaluate", "--edition", MINUTES, "W", "A")
    assert done.returncode == 2
    assert b"W is en, A is sq" in done.stderr


def test_sigla_of_the_edition_one_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder of an edition sigla need no option, though O1 is a folder there."""
    monkeypatch.chdir(MINUTES)
    done = run("ocr", "evaluate", "W", "O1")
    assert done.returncode == 0, done.stderr
    assert b"profile editorial" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--workers", "0"], "name 1 or more"),
        (["-o", "r.pdf"], "cannot be told from its name"),
        (["--to", "json", "--to", "csv", "-o", "q.json"], "several formats need a folder"),
        (["--to", "pdf", "-o", "-"], "choose among report, json, csv, rules"),
    ],
)
def test_bad_options(pair: tuple[Path, Path], arguments: list[str], said: str) -> None:
    """What cannot be carried out as asked is said in one line before anything is read."""
    done = run("ocr", "evaluate", *pair, *arguments)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_roles_are_in_the_fingerprint(tmp_path: Path) -> None:
    """What is set aside moves figures, so it moves the fingerprint."""
    folder = tmp_path / "edition"
    shutil.copytree(MINUTES, folder, ignore=shutil.ignore_patterns("build", "*.png"))
    told = []
    for more in ("", '\n[[role]]\nsiglum = "O1"\nquotation = "extremely"\nrole = "furniture"\n'):
        with (folder / "edition.toml").open("a", encoding="utf-8") as stream:
            stream.write(more)
        done = run("ocr", "evaluate", "--edition", folder, "W", "O1", "--to", "json", "-o", "-")
        told.append(json.loads(done.stdout))
    assert told[0]["edits"] != told[1]["edits"]
    assert told[0]["fingerprint"]["id"] != told[1]["fingerprint"]["id"]


def test_a_folder_with_strangers(tmp_path: Path) -> None:
    """Each page that fails is a sentence, the rest is done, and the exit code says so."""
    truth, copy = tmp_path / "truth", tmp_path / "ocr"
    truth.mkdir()
    copy.mkdir()
    for number in range(6):
        (truth / f"{number}.txt").write_text("Comrade Enver", "utf-8")
        (copy / f"{number}.hocr").write_bytes(page("Comrade Fnver"))
    (copy / "1.hocr").write_bytes(b"<html><div class='ocr_page'")
    (copy / "2.hocr").write_bytes(page("Comrade Enver", "bbox 1 2 900 40; x_wconf 191"))
    (copy / "3.hocr").unlink()
    (copy / "3.zip").write_bytes(b"PK\x03\x04")
    with zipfile.ZipFile(copy / "more.zip", "w") as archive:
        archive.writestr("7.hocr", page())
    (copy / "0.png").write_bytes(b"\x89PNG")
    out = tmp_path / "out"
    done = run("ocr", "evaluate", truth, copy, "-o", out)
    said = done.stderr.decode()
    assert done.returncode == 1
    for part in ("1.hocr", "3.zip: a ZIP archive", "more.zip: a ZIP archive", "3.txt: no copy"):
        assert part in said
    told = json.loads((out / "ocr.json").read_bytes())
    assert [found["name"] for found in told["failed"]] == ["1"]
    assert len(told["pages"]) == 4
    assert told["edits"] == 3
    again = run("ocr", "evaluate", truth, copy, "-o", out)
    assert "4 pages taken up" in again.stderr.decode()
