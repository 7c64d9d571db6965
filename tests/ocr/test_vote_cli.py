"""``variorum ocr vote`` from outside, and on real pages."""

from __future__ import annotations

import csv
import io
import json
import tomllib
import zipfile
from pathlib import Path

import pytest
from benchmarks.pages.make import ARCHIVE
from benchmarks.voting import measured, triples, two_models

from variorum.cli.__main__ import main
from variorum.edition import opened
from variorum.text import digest

MINUTES = "copy-{}-minutes.en-0{}"
DECLARATION = "copy-{}-declaration.sq-0{}"


def pages(folder: Path, name: str = MINUTES, *numbers: int) -> list[str]:
    """Folders with three copies of pages, as Tesseract made them."""
    out = []
    with zipfile.ZipFile(ARCHIVE) as archive:
        for copy in (1, 2, 3):
            place = folder / f"O{copy}"
            place.mkdir(parents=True)
            for page in numbers or (1, 2):
                data = archive.read(f"{name.format(copy, page)}.hocr")
                (place / f"page-{page}.hocr").write_bytes(data)
            out.append(str(place))
    return out


def edition(folder: Path, more: str = "") -> Path:
    """An edition of three OCR witnesses and a transcription."""
    pages(folder)
    (folder / "T.txt").write_text("Notes taken during a Meeting\n", "utf-8")
    entries = "".join(
        f'[[witness]]\nsiglum = "O{n}"\npages = "O{n}/*.hocr"\nlanguage = "en"\n'
        'text = "translation"\nrights = "free"\n'
        for n in (1, 2, 3)
    )
    (folder / "edition.toml").write_text(
        f'[edition]\nbase = "T"\n[[witness]]\nsiglum = "T"\nfile = "T.txt"\n{entries}{more}',
        "utf-8",
    )
    return folder


Said = tuple[int, bytes, str]


class Run:
    """The command in this process."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self.capture = capture

    def __call__(self, *arguments: object) -> Said:
        """Exit code, what is printed, what is said."""
        code = main(["ocr", "vote", *map(str, arguments)])
        out, said = self.capture.readouterr()
        return code, out, said.decode()


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command: its exit code, what it prints, what it says."""
    return Run(capsysbinary)


def test_the_text_is_clean_and_the_entry_is_said(run: Run, tmp_path: Path) -> None:
    """Text and nothing else on stdout; on stderr what it is made of and how to take it up."""
    code, out, said = run(*pages(tmp_path))
    assert code == 0
    text = out.decode()
    assert "Notes taken during a Meeting between Enver Hoxha\nand Choe Yong-geon" in text
    assert text.count("\f") == 1
    assert "words known: variorum en" in said
    (entry,) = tomllib.loads(said[said.index("[[witness]]") :])["witness"]
    assert entry["synthetic"] is True
    assert entry["derivation"]["from"] == "O1, O2, O3"
    assert entry["derivation"]["how"] == "voted"
    assert (entry["siglum"], entry["file"], entry["language"]) == ("V", "vote.txt", "en")


def test_an_edition_by_itself_or_by_its_sigla(run: Run, tmp_path: Path) -> None:
    """A folder with edition.toml gives its OCR witnesses; the entry said is one it can hold."""
    folder = edition(tmp_path / "e")
    code, out, said = run(folder)
    assert code == 0
    assert run("--edition", folder, "O3", "O2", "O1")[:2] == (0, out)
    (folder / "vote.txt").write_bytes(out)
    edition(tmp_path / "again", said[said.index("[[witness]]") :])
    (tmp_path / "again" / "vote.txt").write_bytes(out)
    _, witnesses = opened(tmp_path / "again")
    made = witnesses[-1]
    assert made.text.chars == out.decode()
    assert made.description.synthetic
    assert (made.description.text, made.description.rights) == ("translation", "free")


def test_a_siglum_that_is_taken(run: Run, tmp_path: Path) -> None:
    """The siglum proposed is free in the edition."""
    more = '[[witness]]\nsiglum = "V"\nfile = "T.txt"\n'
    assert 'siglum = "V2"' in run(edition(tmp_path / "e", more))[2]


def test_every_format_into_a_folder(run: Run, tmp_path: Path) -> None:
    """Without --to a folder takes all; JSON and table tell of the same disputed places."""
    out = tmp_path / "out"
    assert run(*pages(tmp_path), "-o", out)[0] == 0
    assert {path.name for path in out.iterdir()} == {"vote.txt", "vote.json", "vote.csv"}
    data = (out / "vote.json").read_bytes()
    assert data.startswith(b'{"format":"variorum vote 1",')
    told = json.loads(data)
    assert told["digest"] == digest((out / "vote.txt").read_text("utf-8"))
    assert told["fingerprint"]["lexicon"] == "variorum en"
    table = list(csv.DictReader(io.StringIO((out / "vote.csv").read_text("utf-8-sig"))))
    assert len({row["place"] for row in table}) == len(told["disputed"])
    chosen = [row for row in table if row["chosen"]]
    for row, number in zip(chosen, told["disputed"], strict=True):
        choice = told["choices"][number]
        assert (int(row["page"]), int(row["line"])) == (choice["page"], choice["line"])
        assert row["reading"] in (choice["text"], f"'{choice['text']}")
        assert row["copies"].split() == choice["copies"]


def test_the_order_of_arguments_does_not_matter(run: Run, tmp_path: Path) -> None:
    """The same bytes whichever copy is named first."""
    names = pages(tmp_path)
    first = run(*names, "--to", "json")
    assert run(*names[::-1], "--to", "json") == first


def test_the_language_is_identified_or_told(run: Run, tmp_path: Path) -> None:
    """Albanian is found out; of another language a list of words does; without, that is said."""
    names = pages(tmp_path, DECLARATION, 1)
    told = json.loads(run(*names, "--to", "json")[1])
    assert (told["language"], told["fingerprint"]["lexicon"]) == ("sq", "variorum sq")
    assert "no words known" in run(*names, "--language", "mk")[2]
    words = tmp_path / "words.txt"
    words.write_text("Deklarata\ne\nPërgjithshme\nmbi\ntë\nDrejtat\n", "utf-8")
    told = json.loads(run(*names, "--language", "mk", "--words", words, "--to", "json")[1])
    assert told["fingerprint"]["lexicon"].startswith("words.txt ")


def test_files_of_one_name_are_told_apart_by_folder(run: Run, tmp_path: Path) -> None:
    """page-1 of three folders are three copies."""
    names = [f"{folder}/page-1.hocr" for folder in pages(tmp_path)]
    told = json.loads(run(*names, "--to", "json")[1])
    assert sorted(told["copies"]) == ["O1-page-1", "O2-page-1", "O3-page-1"]


def test_bad_input_is_one_line(run: Run, tmp_path: Path) -> None:
    """Each mistake is one sentence with what to do, and exit 2."""
    folder = edition(tmp_path / "e")
    one, two, _ = (str(folder / name) for name in ("O1", "O2", "O3"))
    for arguments, says in (
        ([one], "nobody to vote with"),
        ([one, f"{one}/"], "named twice"),
        ([one, tmp_path / "none"], "no such file"),
        ([one, folder], "an edition among copies"),
        (["--edition", folder, "O1", "O9"], "'O9' is no witness"),
        (["--edition", folder, "O1", "O1"], "named twice"),
        ([one, two, "--to", "tei"], "no format 'tei'"),
        ([one, two, "-o", f"{one}/page-1.hocr", "--to", "json"], "never written to"),
    ):
        code, out, said = run(*arguments)
        assert code == 2, says
        assert not out
        assert says in said
        assert said.count("\n") == 1


def test_copies_of_different_pages_are_asked_about(run: Run, tmp_path: Path) -> None:
    """Two pages that have nothing to do with each other: a note for each."""
    folders = pages(tmp_path)
    code, _, said = run(f"{folders[0]}/page-1.hocr", f"{folders[1]}/page-2.hocr")
    assert code == 0
    assert said.count("is it a copy of the same text?") == 2


def test_the_best_witness_is_not_outvoted(run: Run) -> None:
    """O1 has a fifteenth of the errors of O2 and O3: what it alone reads rightly stays."""
    folder = Path(__file__).parents[2] / "witnesses" / "hoxha-choe-1959"
    code, out, _ = run("--edition", folder, "O1", "O2", "O3")
    assert code == 0
    text = " ".join(out.decode().replace("-\n", "").split())
    for right in (
        "to us there, How are comrades Kim Il Sung",
        "Presidium of the",
        "Democratic People’s Republic",
        "get these agents, who",
        "it is very clear that",
    ):
        assert right in text


@pytest.mark.parametrize("name", ["minutes.en", "declaration.sq"])
def test_real_pages_worn_apart(name: str) -> None:
    """Tesseract's copies of pages worn apart: half the best copy's errors at most, no warning."""
    (given,) = (copies for copies in triples() if copies.name.startswith(name))
    found = measured(given)
    assert found.gain >= 0.5
    assert found.words is not None
    assert found.words <= found.plain
    assert max(found.phi) < 0.2
    assert not found.notes


def test_one_image_read_twice_is_no_two_copies() -> None:
    """Two models on the same images err together, and the notes say that voting may not help."""
    found = measured(two_models())
    assert min(found.phi) > 0.2
    assert any("does not reliably beat the best single copy" in note for note in found.notes)
