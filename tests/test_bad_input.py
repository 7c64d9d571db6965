"""Bad input: one line on stderr with file, place, what is wrong and what to do; exit 2."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from test_cli import run
from test_edition import build, small


def refused(*arguments: str | Path, stdin: bytes | None = None) -> str:
    """The one line that a command says before it exits 2."""
    done = run(*arguments, stdin=stdin)
    assert done.returncode == 2, (done.stdout, done.stderr)
    said = done.stderr.decode()
    assert said.count("\n") == 1, said
    assert "Traceback" not in said
    assert done.stdout == b""
    return said


NO_TEXT = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
trailer<</Root 1 0 R/Size 4>>
%%EOF
"""

PAGE = (
    b'<PcGts><Page imageFilename="gone.png" imageWidth="9" imageHeight="9"><TextRegion><TextLine>'
    b'<Word><Coords points="1,1 99,9"/><TextEquiv conf="7"><Unicode>a</Unicode></TextEquiv></Word>'
    b"<TextEquiv><Unicode>a good text</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"
)


def zipped(name: str, data: bytes) -> bytes:
    """An archive with one file."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr(name, data)
    return stream.getvalue()


BAD = {
    "empty.txt": (b"", "empty"),
    "binary.txt": (b"\0\1\2binary", "binary"),
    "latin.txt": ("café".encode("latin-1"), "windows-1252"),
    "picture.txt": (b"\x89PNG\r\n", "PNG"),
    "broken.hocr": (b"<div class='ocr_page'><p></div>", "not well-formed XML"),
    "broken.xml": (b"<alto><a></alto>", "not well-formed XML"),
    "bomb.xml": (b'<!DOCTYPE alto [<!ENTITY a "b">]><alto>&a;</alto>', "entities"),
    "outside.xml": (
        b'<!DOCTYPE alto [<!ENTITY a SYSTEM "file:///etc/passwd">]><alto>&a;</alto>',
        "entities",
    ),
    "wide.txt": ("a text in sixteen bits".encode("utf-16-le"), "utf-16-le"),
    "notext.pdf": (NO_TEXT, "text"),
    "broken.json": (b'{"witnesses": [', "not JSON"),
    "scan.pdf": (b"%PDF-1.4\n%%EOF", "damaged"),
    "cut.xml": (PAGE[:-20], "not well-formed XML"),
    "cut.hocr": (b"<!DOCTYPE html><html><div class='ocr_page'>a<br>", "breaks off"),
    "cut.html": (b"<html><body><p>a good", "breaks off"),
    "root.xml": (b"<mets><a/></mets>", "the root is <mets>"),
    "unpaged.xml": (b"<PcGts><Metadata/></PcGts>", "no <Page>"),
    "blank.hocr": (b"<div class='ocr_page'/>", "no word on any page"),
    "blank.xml": (b"<alto><Layout><Page/></Layout></alto>", "no word on any page"),
    "deep.xml": (b"<TEI>" + b"<p>" * 999 + b"</p>" * 999 + b"</TEI>", "Excessive depth"),
    "mixed.txt": ("Shqip\u00ebri\n".encode() + b"caf\xe9", "mixed.txt:2: not utf-8"),
    "mixed.hocr": (b"<div class='ocr_page'>\xc3\xab \xeb</div>", "not well-formed XML"),
    "pages.zip": (zipped("page.xml", PAGE), "a ZIP archive"),
    "typed.docx": (zipped("[Content_Types].xml", b"<Types/>"), "an office document"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_witness_files(tmp_path: Path, name: str) -> None:
    """Each bad file is named with what is wrong and what to do."""
    good = tmp_path / "good.txt"
    good.write_text("a good text", encoding="utf-8")
    bad = tmp_path / name
    bad.write_bytes(BAD[name][0])
    said = refused("collate", good, bad, "-o", tmp_path / "out.html")
    assert str(bad) in said
    assert BAD[name][1] in said
    assert "; " in said
    assert not (tmp_path / "out.html").exists()


def test_bad_evidence_stops_nothing(tmp_path: Path) -> None:
    """A box outside its page, a confidence of 7 and an image that is gone cost no word."""
    (tmp_path / "good.txt").write_text("a good text", encoding="utf-8")
    (tmp_path / "page.xml").write_bytes(PAGE)
    done = run("collate", tmp_path / "good.txt", tmp_path / "page.xml", "--to", "csv", "-o", "-")
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout.decode("utf-8-sig").count("\n") == 1  # the head: no variant


@pytest.mark.parametrize("text", ["a" * 10**6, " ".join(map(str, range(10**5, 10**5 * 5 // 2)))])
def test_a_line_of_a_million_characters(tmp_path: Path, text: str) -> None:
    """A text that is one line, as typed and as recognised, collates like any other."""
    (tmp_path / "typed.txt").write_text(f"{text} end", encoding="utf-8")
    line = f'<TextLine><String CONTENT="{text} End"/></TextLine>'
    recognised = f"<alto><Layout><Page><TextBlock>{line}</TextBlock></Page></Layout></alto>"
    (tmp_path / "read.xml").write_text(recognised, encoding="utf-8")
    done = run("collate", tmp_path / "typed.txt", tmp_path / "read.xml", "--to", "csv", "-o", "-")
    assert done.returncode == 0, done.stderr
    assert "end" in done.stdout.decode("utf-8-sig")


@pytest.mark.parametrize("name", BAD)
def test_bad_files_in_an_edition_leave_the_build_alone(tmp_path: Path, name: str) -> None:
    """A witness that went bad stops the run before anything is written."""
    folder = small(tmp_path / "e")
    build(folder)
    before = {p.name: p.read_bytes() for p in (folder / "build").iterdir()}
    (folder / name).write_bytes(BAD[name][0])
    path = folder / "edition.toml"
    path.write_text(path.read_text("utf-8").replace('file = "B.txt"', f'file = "{name}"'), "utf-8")
    assert name in refused("collate", folder)
    assert {p.name: p.read_bytes() for p in (folder / "build").iterdir()} == before


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """A file beyond all witnesses is refused by its size."""
    (tmp_path / "a.txt").write_text("a text", encoding="utf-8")
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(2**40)
    assert "bytes, more than" in refused("collate", tmp_path / "a.txt", tmp_path / "huge.txt")


WRONG = {
    "twice": ('siglum = "B"', 'siglum = "A"', "used twice"),
    "no base": ('base = "A"\n', "", "no base witness"),
    "base missing": ('base = "A"', 'base = "Z"', "'Z' is no witness"),
    "leaves": ('file = "B.txt"', 'file = "../B.txt"', "leaves the edition folder"),
    "absolute": ('file = "B.txt"', 'file = "/etc/hostname"', "leaves the edition folder"),
    "unknown key": ('file = "B.txt"', 'flie = "B.txt"', "unknown key 'flie'"),
    "missing file": ('file = "B.txt"', 'file = "none.txt"', "there is no file"),
    "no pages": ('file = "B.txt"', 'pages = "none/*.txt"', "no file matches"),
    "no TOML": ('base = "A"', "base = A", "not TOML"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_editions(tmp_path: Path, what: str) -> None:
    """Each contradiction in an edition is one line with file and line; nothing is written."""
    folder = small(tmp_path / "e")
    path = folder / "edition.toml"
    old, new, says = WRONG[what]
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    said = refused("collate", folder)
    assert says in said
    assert f"{path}:" in said
    assert "; " in said
    assert not (folder / "build").exists()


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    """A name too long for the disk is refused like any other that does not exist."""
    long = "x" * 5000
    (tmp_path / "a.txt").write_text("a text", encoding="utf-8")
    assert "variorum: x" in refused("collate", tmp_path / "a.txt", long)
    said = refused("collate", tmp_path / "a.txt", tmp_path / "a.txt", "--recipe", long)
    assert "there is no recipe" in said or "no recipe" in said


def test_commands_about_nothing(tmp_path: Path) -> None:
    """Missing files, folders without an edition, unknown formats and commands say so."""
    folder = small(tmp_path / "e")
    assert "no such file" in refused("collate", tmp_path / "a.txt", tmp_path / "b.txt")
    assert "no edition here" in refused("collate", tmp_path)
    assert "no format 'pdf'" in refused("collate", folder, "--to", "pdf")
    assert "no recipe 'none'" in refused(
        "collate", folder / "A.txt", folder / "B.txt", "--recipe", "none"
    )
    assert "no witness 'Z'" in refused("explain", folder, "Z")
    assert "the base 'Z' is no witness" in refused("collate", folder, "--base", "Z")
    assert "nothing to be compared with" in refused("collate", folder / "A.txt")
    assert "an edition folder stands alone" in refused("collate", folder / "A.txt", folder)
    assert "invalid choice" in refused("frobnicate")
    assert "--segment is for collatex-json" in refused(
        "collate", folder, "--to", "csv", "--segment"
    )
    assert "names its recipes itself" in refused("collate", folder, "--recipe", "plain")


def test_a_siglum_twice_in_json() -> None:
    """Two witnesses with one id are refused."""
    data = json.dumps({"witnesses": [{"id": "A", "content": "x"}] * 2}).encode()
    assert "twice" in refused("collate", "-", stdin=data)


def test_output_over_a_witness(tmp_path: Path) -> None:
    """Neither a witness nor the edition file nor a foreign file is ever written to."""
    folder = small(tmp_path / "e")
    for name in ("A.txt", "edition.toml"):
        before = (folder / name).read_bytes()
        assert "never written to" in refused("export", folder, "--to", "csv", "-o", folder / name)
        assert (folder / name).read_bytes() == before
    foreign = tmp_path / "notes.html"
    foreign.write_text("<html>my notes</html>", encoding="utf-8")
    said = refused("export", folder, "--to", "report", "-o", foreign)
    assert "not written by variorum" in said
    assert foreign.read_text(encoding="utf-8") == "<html>my notes</html>"


def test_foreign_file_in_build(tmp_path: Path) -> None:
    """A foreign file where a build file would go stops the run, and nothing else is written."""
    folder = small(tmp_path / "e")
    (folder / "build").mkdir()
    (folder / "build" / "loci.csv").write_text("mine", encoding="utf-8")
    assert "not written by variorum" in refused("collate", folder)
    assert [p.name for p in (folder / "build").iterdir()] == ["loci.csv"]


def test_read_only_folder_says_so(tmp_path: Path) -> None:
    """A place that cannot be written to is named."""
    folder = small(tmp_path / "e")
    said = refused("export", folder, "--to", "csv", "-o", "/proc/variorum/x.csv")
    assert "cannot be written" in said
