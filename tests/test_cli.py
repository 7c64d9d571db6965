"""The command line from outside."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from test_edition import minutes, small
from variorum import __version__
from variorum.cli import COMMANDS
from variorum.cli.summary import show

ROOT = Path(__file__).parent.parent
JSON = {
    "witnesses": [
        {"id": "B", "tokens": [{"t": "the "}, {"t": "quick ", "x": 1}, {"t": "fox"}]},
        {"id": "A", "tokens": [{"t": "The "}, {"t": "fox "}, {"t": "again"}]},
    ]
}


def run(
    *arguments: str | Path, stdin: bytes | None = None, seed: str = "0"
) -> subprocess.CompletedProcess[bytes]:
    """Run variorum in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "variorum.cli", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "COLUMNS": "100"},
        check=False,
    )


def test_version_is_one_line() -> None:
    """--version prints name and version."""
    assert run("--version").stdout.decode() == f"variorum {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    """Each command explains itself and exits 0."""
    done = run(command, "--help")
    assert done.returncode == 0
    assert command in done.stdout.decode()


def test_help_imports_nothing_heavy() -> None:
    """The help needs neither numpy nor lxml nor rich."""
    code = (
        "import sys; from variorum.cli.__main__ import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "assert not {'numpy', 'lxml', 'rich', 'attrs', 'regex'} & set(sys.modules), sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_collate_an_edition_writes_build_and_summary(tmp_path: Path) -> None:
    """By default everything goes into build/, and the terminal says what was found."""
    folder = small(tmp_path / "e")
    done = run("collate", folder)
    assert done.returncode == 0, done.stderr.decode()
    names = {path.name for path in (folder / "build").iterdir()}
    assert names == {"report.html", "collation.json", "loci.csv", "collatex.json"}
    told = done.stdout.decode()
    for word in ("Foxes", "Witnesses", "number", "Closeness", "report.html"):
        assert word in told
    assert done.stderr == b""
    assert run("verify", folder).returncode == 0


def test_collatex_json_in_and_out() -> None:
    """JSON on standard input gives CollateX's table on standard output; extra keys are kept."""
    done = run("collate", "-", "--to", "collatex-json", "-o", "-", stdin=json.dumps(JSON).encode())
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert told["witnesses"] == ["A", "B"]
    a, b = told["table"]
    assert len(a) == len(b)
    assert [cell[0]["t"].strip() for cell in a if cell] == ["The", "fox", "again"]
    assert b[1] == [{"t": "quick ", "n": "quick", "x": 1}]
    assert "base is A" in done.stderr.decode()


def test_json_has_the_agreed_shape(tmp_path: Path) -> None:
    """--to json gives fingerprint, witnesses, beads and loci with spans of the text as read."""
    folder = small(tmp_path / "e")
    done = run("collate", folder, "--to", "json", "-o", "-")
    told = json.loads(done.stdout)
    assert {"fingerprint", "witnesses", "beads", "loci"} <= told.keys()
    texts = {s: (folder / f"{s}.txt").read_text(encoding="utf-8") for s in "ABC"}
    number = next(locus for locus in told["loci"] if locus["kind"] == "number")
    assert {"id", "turn", "kind", "evidence", "base", "lemma", "readings"} <= number.keys()
    for reading in number["readings"]:
        for siglum, spans in reading["witnesses"].items():
            assert texts[siglum][spans[0][0] : spans[0][1]] == reading["text"]
    assert [r["text"] for r in number["readings"]] == ["15", "16"]
    assert number["readings"][1]["significance"] == "substantive"
    for bead in told["beads"]:
        assert {"id", "turn", "witnesses", "move", "confidence"} <= bead.keys()


def test_several_formats_go_into_a_folder(tmp_path: Path) -> None:
    """--to may repeat; with -o DIR each format has its file, without it that is an error."""
    folder = small(tmp_path / "e")
    out = tmp_path / "out"
    assert run("collate", folder, "--to", "csv", "--to", "json", "-o", out).returncode == 0
    assert {path.name for path in out.iterdir()} == {"loci.csv", "collation.json"}
    done = run("collate", folder, "--to", "csv", "--to", "json")
    assert done.returncode == 2
    assert b"several formats need a folder" in done.stderr


def test_two_files_and_a_base(tmp_path: Path) -> None:
    """Witness files are collated without an edition, told against the base that is named."""
    folder = small(tmp_path / "e")
    files = [folder / "A.txt", folder / "B.txt", folder / "C.txt"]
    done = run("collate", *files, "--base", "C", "--recipe", "archive-english", "--to", "json")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["base"] == "C"
    swapped = run(
        "collate",
        *files[::-1],
        "--base",
        "C",
        "--recipe",
        "archive-english",
        "--to",
        "collatex-json",
    )
    straight = run(
        "collate", *files, "--base", "C", "--recipe", "archive-english", "--to", "collatex-json"
    )
    assert swapped.stdout == straight.stdout


def test_same_bytes_for_every_hash_seed(tmp_path: Path) -> None:
    """Two processes with other hash seeds write the same bytes."""
    folder = small(tmp_path / "e")
    for name in ("json", "csv", "report", "collatex-json"):
        one = run("export", folder, "--to", name, seed="1").stdout
        assert one
        assert one == run("export", folder, "--to", name, seed="2").stdout


def test_real_edition_has_the_same_bytes_for_every_hash_seed() -> None:
    """The minutes, with noise and moved lines, give the same JSON under other hash seeds."""
    folder = ROOT / "witnesses" / "hoxha-choe-1959"
    made = {run("export", folder, "--to", "json", seed=seed).stdout for seed in "123"}
    assert len(made) == 1  # ties among moves once fell otherwise under each of these three
    assert b'"moves":[\n{' in made.pop()


def test_standard_input_has_no_place_on_the_disk() -> None:
    """What comes through a pipe is called so in results and errors, and gives the same bytes."""
    data = json.dumps(JSON).encode()
    one, two = (run("collate", "-", "--to", "json", stdin=data).stdout for _ in range(2))
    assert one == two
    assert json.loads(one)["title"] == "standard input"
    broken = run("collate", "-", stdin=b"{broken")
    assert broken.stderr.startswith(b"variorum: standard input:1: not JSON")


def test_a_table_needs_no_terminal_and_no_other_format(tmp_path: Path) -> None:
    """JSON to JSON loads nothing that draws, nor what reads XML or PDF."""
    path = tmp_path / "in.json"
    path.write_text(json.dumps(JSON), encoding="utf-8")
    code = (
        "import sys; from variorum.cli.__main__ import main\n"
        f"main(['collate', {str(path)!r}, '--to', 'collatex-json'])\n"
        "heavy = {'rich', 'lxml', 'pypdfium2', 'diff_match_patch', 'cattrs'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("columns", [80, 140])
def test_summary_fits_the_terminal(
    columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The summary is no wider than the terminal and shortens nothing; only paths may run on."""
    monkeypatch.setenv("COLUMNS", str(columns))
    show(minutes(), {"report": Path("x" * 200)})
    told = capsys.readouterr().out
    assert "\u2026" not in told
    lines = told.splitlines()
    assert "x" * 200 in lines.pop()
    assert max(map(len, lines)) <= columns
    for siglum in ("W", "P", "O1", "O2", "O3", "A"):
        assert re.search(rf"^  {siglum} ", told, re.MULTILINE)


def test_interrupted_means_nothing_written(tmp_path: Path) -> None:
    """Ctrl-C ends the command with one line, and leaves no half of anything."""
    folder = small(tmp_path / "e")
    code = (
        "import variorum.edition as e, sys\n"
        "def stop(*_): raise KeyboardInterrupt\n"
        "e.collated = stop\n"
        "from variorum.cli.__main__ import main\n"
        f"sys.exit(main(['collate', {str(folder)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 130
    assert done.stderr == b"variorum: interrupted; nothing half written\n"
    assert not (folder / "build").exists()


def test_export_one_output(tmp_path: Path) -> None:
    """Export writes one format to a file or to standard output."""
    folder = small(tmp_path / "e")
    target = tmp_path / "x.csv"
    assert run("export", folder, "--to", "csv", "-o", target).returncode == 0
    assert target.read_bytes() == run("export", folder, "--to", "csv").stdout


def test_explain_tells_rule_by_rule(tmp_path: Path) -> None:
    """Explain lists the rules with counts, every change, and the roles."""
    folder = small(tmp_path / "e")
    (folder / "A.txt").write_text("ANNA: It’s so.\n\nBERT: No.\n\nANNA: Yes.\n", encoding="utf-8")
    told = run("explain", folder, "A").stdout.decode()
    assert re.search(r"quotes-and-dashes +1\n", told)
    assert "'’' → \"'\"" in told
    assert "roles" in told


def test_init_add_verify(tmp_path: Path) -> None:
    """A new edition is made, collated, added to and verified from the shell."""
    old = small(tmp_path / "e")
    new = tmp_path / "new"
    assert run("init", new, old / "A.txt", old / "B.txt").returncode == 0
    assert run("collate", new).returncode == 0
    assert run("verify", new).returncode == 0
    added = run("add", new, old / "C.txt")
    assert added.returncode == 0, added.stderr.decode()
    assert b"Admitted C" in added.stdout
    assert run("verify", new).returncode == 1
    assert run("collate", new).returncode == 0
    assert run("verify", new).returncode == 0


def test_verify_publish_is_a_check(tmp_path: Path) -> None:
    """A check that finds something exits 1 and says it on stderr."""
    folder = small(tmp_path / "e", "synthetic = true\n")
    run("collate", folder)
    done = run("verify", folder, "--publish")
    assert done.returncode == 1
    assert b"synthetic" in done.stderr


def test_formats_lists_everything() -> None:
    """Formats names every reader, exporter and recipe."""
    told = run("formats").stdout.decode()
    for name in ("hocr", "alto", "collatex-json", "report", "archive-english"):
        assert name in told


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    """A reader that goes away ends the command quietly."""
    folder = small(tmp_path / "e")
    command = f"{sys.executable} -m variorum.cli export {folder} --to report | head -c 10"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_wheel_works_in_an_empty_environment(tmp_path: Path) -> None:
    """A wheel builds, installs into an empty environment, and does its work there."""
    source = tmp_path / "source"
    ignore = shutil.ignore_patterns("*.so", "*.egg-info", "build", "__pycache__")
    shutil.copytree(ROOT / "src", source / "src", ignore=ignore)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    pip = ["-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run(
        [sys.executable, *pip, "wheel", "--no-deps", "--wheel-dir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("variorum-*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "env")], check=True)
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([python, *pip, "install", str(wheel)], check=True, capture_output=True)
    folder = small(tmp_path / "e")
    variorum = tmp_path / "env" / "bin" / "variorum"
    done = subprocess.run([variorum, "collate", folder], capture_output=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr.decode()
    assert (folder / "build" / "report.html").stat().st_size > 10_000
    page = ROOT / "witnesses" / "hoxha-choe-1959" / "O1" / "page-12.hocr"
    out = tmp_path / "estimate"
    done = subprocess.run(
        [variorum, "ocr", "estimate", page, "-o", out], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert ",en,engine and words," in (out / "ocr-estimate.csv").read_text("utf-8")
    whole = ["ocr", "evaluate", page, page, "-o", tmp_path / "evaluate"]
    done = subprocess.run([variorum, *map(str, whole)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
