"""An edition on disk: loading, collating, verifying, adding."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from variorum.apparatus import Apparatus
from variorum.edition import collated, files, opened
from variorum.edition.folder import load
from variorum.edition.new import add, init
from variorum.edition.output import BUILD, FILES, exported, put, write
from variorum.edition.proof import verify
from variorum.errors import EditionError, ExportError, OcrError, ReadingError
from variorum.exporters.json.restored import sealed
from variorum.files import natural
from variorum.ocr.evaluate import Side, compare
from variorum.ocr.figures import Evaluation
from variorum.ocr.profiles import profile
from variorum.ocr.told import fingerprint, to_json
from variorum.witness import Role

REAL = Path(__file__).parent.parent / "witnesses" / "hoxha-choe-1959"


def small(folder: Path, extra: str = "", base: str = "A") -> Path:
    """A small edition of three witnesses with two speakers."""
    folder.mkdir(exist_ok=True)
    texts = {
        "A": "Act I\n\nANNA: The quick fox ran 15 miles.\n\nBERT: It did not.\n\nANNA: Well.\n",
        "B": "Act I\n\nANNA: The quick fox ran 16 miles.\n\nBERT: It did.\n\nANNA: Well.\n",
        "C": "Act I\n\nANNA: The fox, quick, ran 15 miles.\n\nBERT: It did not.\n\nANNA: Well.\n",
    }
    entries = []
    for siglum, text in texts.items():
        (folder / f"{siglum}.txt").write_text(text, encoding="utf-8")
        entries.append(
            f'[[witness]]\nsiglum = "{siglum}"\nfile = "{siglum}.txt"\nlanguage = "en"\n'
        )
    head = f'[edition]\ntitle = "Foxes"\nbase = "{base}"\nrecipe = "archive-english"\n\n'
    (folder / "edition.toml").write_text(head + "\n".join(entries) + extra, encoding="utf-8")
    return folder


def build(folder: Path) -> None:
    """Collate and write everything."""
    made = exported(collated(*opened(folder)))
    write({folder / BUILD / name: data for name, data in made.items()})


@cache
def minutes() -> Apparatus:
    """The real edition, collated once for all tests that look at it."""
    return collated(*opened(REAL))


def test_real_edition_end_to_end() -> None:
    """The minutes: five English witnesses collated, the specimen beside them, 36 turns each."""
    apparatus = minutes()
    assert apparatus.collation.sigla == ("O1", "O2", "O3", "P", "W")
    assert {w.siglum for w in apparatus.witnesses} == {"W", "P", "O1", "O2", "O3", "A"}
    turns = [bead for bead in apparatus.beads if bead.turn is not None]
    assert [bead.turn for bead in turns] == list(range(1, 37))
    assert all(set(bead.witnesses) == {"O1", "O2", "O3", "P", "W"} for bead in turns)
    roles = {bead.role for bead in apparatus.beads}
    assert {Role.HEADING, Role.DATELINE, Role.PARTICIPANTS, Role.CLOSER, Role.SIGNATURE} <= roles
    assert any("A is in another language" in note for note in apparatus.notes)


def test_web_furniture_is_kept_out_and_not_lost() -> None:
    """The archive's page furniture is no part of the collation and stays in the witness."""
    apparatus, found = minutes(), minutes().witnesses
    row = apparatus.collation.row("W")
    words = set(apparatus.collation.tokens[row].forms)
    assert "Uploaded" not in words
    assert "Skip" not in words
    text = next(w for w in found if w.siglum == "W").text.chars
    kept = [s.span.of(text) for s in apparatus.divisions["W"].stretches if s.role is Role.FURNITURE]
    assert any("Original Uploaded Date" in stretch for stretch in kept)
    assert any("(laughter)" in s.span.of(text) for s in apparatus.divisions["W"].stretches)


def test_order_of_witnesses_does_not_matter() -> None:
    """Witnesses in another order give the same table, beads and loci."""
    settings, found = opened(REAL)
    one, other = minutes(), collated(settings, found[::-1])
    assert (one.collation.table == other.collation.table).all()
    assert one.beads == other.beads
    assert one.loci == other.loci


def test_verify_proves_a_build(tmp_path: Path) -> None:
    """A fresh build is proved; without a build one is made in memory, and that is said."""
    folder = small(tmp_path / "e")
    assert "made in memory" in verify(folder).proved[0]
    build(folder)
    proof = verify(folder)
    assert not proof.wrong
    assert any("character for character" in sentence for sentence in proof.proved)


@pytest.mark.parametrize("name", ["A.txt", "B.txt", "edition.toml"])
def test_verify_finds_a_changed_file(tmp_path: Path, name: str) -> None:
    """A file that changed after the build, or another base, is found."""
    folder = small(tmp_path / "e")
    build(folder)
    path = folder / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("fox", "cat").replace('base = "A"', 'base = "B"'), "utf-8")
    assert verify(folder).wrong


def test_verify_finds_one_changed_character(tmp_path: Path) -> None:
    """One character changed in the exported collation is found."""
    folder = small(tmp_path / "e")
    build(folder)
    path = folder / BUILD / FILES["json"]
    data = path.read_text(encoding="utf-8")
    for old, new in (("quick", "quack"), ("Foxes", "Boxes"), ("ANNA", "HANA")):
        assert old in data
        path.write_text(data.replace(old, new, 1), encoding="utf-8")
        assert verify(folder).wrong, old


FORGERIES: dict[str, tuple[str, list[str | int]]] = {
    "a span": ("points at words of other columns", ["loci", 0, "readings", -1, "witnesses"]),
    "an id": ("its id is used 2 times", ["beads", 0, "id"]),
    "a speaker": ("there is no speaker", ["beads", -1, "speaker"]),
    "a figure": ("not both were collated", ["closeness", 0, 0]),
    "words": ("does not read", ["loci", 0, "readings", 0, "text"]),
    "a lemma": ("points at no columns or reading", ["loci", 0, "lemma"]),
}


def forged(data: bytes, way: Sequence[Any]) -> bytes:
    """A result in which one value is another, closed with a digest that fits."""
    told = json.loads(data)
    *ways, last = way
    inside = told
    for key in ways:
        inside = inside[key]
    if last == "witnesses":
        siglum = max(inside[last])
        inside[last][siglum] = [[0, 3]]
    elif last == "id":
        inside[last] = told["beads"][1]["id"]
    else:
        inside[last] = 9 if last == "lemma" else "nobody"
    del told["digest"]
    lines = "".join(f"{json.dumps(k)}:{json.dumps(v)},\n" for k, v in told.items())
    return sealed(("{\n" + lines).encode())


@pytest.mark.parametrize("what", FORGERIES)
def test_verify_follows_every_pointer(tmp_path: Path, what: str) -> None:
    """A result whose digest fits and whose pointers do not is found out."""
    folder = small(tmp_path / "e")
    build(folder)
    path = folder / BUILD / FILES["json"]
    says, way = FORGERIES[what]
    path.write_bytes(forged(path.read_bytes(), way))
    assert any(says in line for line in verify(folder).wrong)


@pytest.mark.parametrize("name", ["report", "csv", "collatex-json"])
def test_verify_reads_the_whole_build(tmp_path: Path, name: str) -> None:
    """One character changed in any file of the build is found, and the file is named."""
    folder = small(tmp_path / "e")
    build(folder)
    path = folder / BUILD / FILES[name]
    path.write_bytes(path.read_bytes().replace(b"16", b"17", 1))
    assert [line for line in verify(folder).wrong if FILES[name] in line]


def test_publish_refuses_the_synthetic(tmp_path: Path) -> None:
    """A synthetic witness may be verified but not published."""
    folder = small(tmp_path / "e", "synthetic = true\n")
    build(folder)
    assert not verify(folder).wrong
    assert any("C is synthetic" in line for line in verify(folder, publish=True).wrong)


def test_roles_are_overruled(tmp_path: Path) -> None:
    """What the editor calls furniture stays out of the collation."""
    extra = '\n[[role]]\nsiglum = "A"\nquotation = "Act I"\nrole = "furniture"\n'
    apparatus = collated(*opened(small(tmp_path / "e", extra)))
    row = apparatus.collation.row("A")
    assert "Act" not in apparatus.collation.tokens[row].forms


ERRORS = {
    'titel = "x"': ("an unknown key 'titel'", "edition.toml:6"),
    'recipe = "none"': ("there is no recipe 'none'", ""),
    'file = "/etc/passwd"': ("leaves the edition folder", ""),
    'file = "../x.txt"': ("leaves the edition folder", ""),
    'file = "none.txt"': ("there is no file", ""),
    'text = "copy"': ("text = 'copy'", ""),
    "synthetic = 1": ("synthetic must be true or false", ""),
    'derivation = { form = "x" }': ("an unknown key 'form'", ""),
    'file = "a\\u0000b"': ("there is no file", ""),
    'file = ""': ("there is no file", ""),
    'file = "edition.toml"': ("is no witness", ""),
    'file = "."': ("is a folder", ""),
}


@pytest.mark.parametrize("line", ERRORS)
def test_wrong_edition_files_say_where(tmp_path: Path, line: str) -> None:
    """Each mistake in the edition file is an error with file, line and remedy."""
    folder = small(tmp_path / "e")
    path = folder / "edition.toml"
    text = path.read_text(encoding="utf-8")
    key = line.split(" ")[0]
    if f"\n{key} = " in text:
        start = text.index(f"\n{key} = ") + 1
        text = text[:start] + line + text[text.index("\n", start) :]
    else:
        text = text.replace("\n\n[[witness]]", f"\n\n[[witness]]\n{line}", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        load(folder)
    assert ERRORS[line][0] in str(caught.value)
    wanted = next(n for n, told in enumerate(text.splitlines(), 1) if told == line)
    assert caught.value.place.endswith(f"edition.toml:{wanted}")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('base = "A"\n', ""), "no base witness"),
        (('base = "A"', 'base = "Z"'), "the base 'Z' is no witness"),
        (('siglum = "B"', 'siglum = "A"'), "used twice"),
        (('siglum = "B"', 'siglum = "B b"'), "no siglum"),
        (("[edition]", "[editon]"), "an unknown key 'editon'"),
        (('title = "Foxes"', "title = Foxes"), "not TOML"),
    ],
)
def test_contradictions_are_refused(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    """An edition without a base, with a siglum twice, or that is no TOML, is refused."""
    folder = small(tmp_path / "e")
    path = folder / "edition.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(EditionError, match=says) as caught:
        load(folder)
    assert "edition.toml:" in caught.value.place


def test_a_subtable_has_its_own_lines(tmp_path: Path) -> None:
    """A wrong key in a table of its own is told on its line, not on its witness's."""
    folder = small(tmp_path / "e", '[witness.derivation]\nform = "x"\n')
    last = len((folder / "edition.toml").read_text(encoding="utf-8").splitlines())
    with pytest.raises(EditionError, match="form") as caught:
        load(folder)
    assert caught.value.place.endswith(f"edition.toml:{last}")


def test_an_edition_in_another_encoding_is_named(tmp_path: Path) -> None:
    """An edition file that is not UTF-8 is refused by name; a mark at its head is no matter."""
    folder = small(tmp_path / "e")
    path = folder / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8-sig")
    assert load(folder).title == "Foxes"
    path.write_text(text, encoding="utf-16")
    with pytest.raises(EditionError, match="not UTF-8"):
        load(folder)
    path.write_bytes(text.replace("Foxes", "F\u00f6xe").encode("latin-1"))
    with pytest.raises(ReadingError, match="windows-1252") as caught:
        load(folder)
    assert caught.value.place.endswith("edition.toml:2")


def test_a_speaker_is_told_once(tmp_path: Path) -> None:
    """Two speakers with one id, or one without a name, are refused."""
    anna = '\n[[speaker]]\nid = "anna"\nnames = ["ANNA"]\n'
    with pytest.raises(EditionError, match="there twice"):
        load(small(tmp_path / "e", anna * 2))
    with pytest.raises(EditionError, match="needs id and names"):
        load(small(tmp_path / "f", anna.replace("ANNA", "")))


def test_one_witness_in_the_language_of_the_base(tmp_path: Path) -> None:
    """A base whose language no other witness has is not collated with nothing."""
    folder = small(tmp_path / "e")
    path = folder / "edition.toml"
    head, first, rest = path.read_text(encoding="utf-8").partition('language = "en"')
    path.write_text(head + first + rest.replace('"en"', '"sq"'), encoding="utf-8")
    with pytest.raises(EditionError, match="no other witness is in the language"):
        collated(*opened(folder))


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    """A link to a file outside the edition is a path that leaves it."""
    folder = small(tmp_path / "e")
    outside = tmp_path / "secret.txt"
    outside.write_text("secret", encoding="utf-8")
    (folder / "A.txt").unlink()
    (folder / "A.txt").symlink_to(outside)
    with pytest.raises(EditionError, match="leaves the edition folder"):
        load(folder)


def test_pages_come_in_name_order() -> None:
    """Page 2 comes before page 10."""
    assert sorted(["page-10", "page-2", "page-1"], key=natural) == ["page-1", "page-2", "page-10"]


def test_init_proposes_and_says_so(tmp_path: Path) -> None:
    """A new edition has sigla and speakers proposed, and loads at once."""
    folder = small(tmp_path / "e")
    said = init(tmp_path / "new", [folder / "A.txt", folder / "B.txt"])
    assert any("base is proposed: A" in sentence for sentence in said)
    told = load(tmp_path / "new")
    assert [entry.siglum for entry in told.entries] == ["A", "B"]
    assert any("ANNA" in name for speaker in told.speakers for name in speaker.names)
    with pytest.raises(EditionError, match="edition already"):
        init(tmp_path / "new", [])


def test_init_proposes_roles_as_comments(tmp_path: Path) -> None:
    """Recognised roles can be overruled by uncommenting them; the file stays TOML."""
    text = "Notes of a meeting\n\nTirana, 6 June 1959\n\nANNA: Yes.\n\nBERT: No.\n\nANNA: Well.\n"
    (tmp_path / "A.txt").write_text(text, encoding="utf-8")
    init(tmp_path / "new", [tmp_path / "A.txt"])
    path = tmp_path / "new" / "edition.toml"
    told = path.read_text(encoding="utf-8")
    assert '# quotation = "Tirana, 6 June 1959"\n# role = "dateline"' in told
    assert not load(tmp_path / "new").overrulings
    at = told.index("# [[role]]")
    path.write_text(told[:at] + told[at:].replace("# ", ""), encoding="utf-8")
    roles = {o.quotation: o.role for o in load(tmp_path / "new").overrulings}
    assert roles["Tirana, 6 June 1959"] is Role.DATELINE


def test_init_keeps_every_file(tmp_path: Path) -> None:
    """Two files of one name, or one called like the edition's own, are refused before copying."""
    for folder in ("one", "two"):
        small(tmp_path / folder)
    with pytest.raises(EditionError, match=r"a second file called A\.txt"):
        init(tmp_path / "new", [tmp_path / "one" / "A.txt", tmp_path / "two" / "A.txt"])
    (tmp_path / "decisions.jsonl").write_text("a text", encoding="utf-8")
    with pytest.raises(EditionError, match="needs itself"):
        init(tmp_path / "new", [tmp_path / "decisions.jsonl"])
    assert not (tmp_path / "new").exists()


def test_a_failed_add_changes_nothing(tmp_path: Path) -> None:
    """A file that cannot be read, is there already or would hide another leaves all as it was."""
    folder = small(tmp_path / "e")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (tmp_path / "D.txt").write_bytes(b"\0\1")
    (tmp_path / "A.txt").write_text("another text", encoding="utf-8")
    for path in (tmp_path / "D.txt", tmp_path / "A.txt", folder / "B.txt"):
        with pytest.raises((EditionError, ReadingError)):
            add(folder, path)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_add_keeps_line_ends(tmp_path: Path) -> None:
    """What stands in the edition file stays as it is, to the byte."""
    folder = small(tmp_path / "e")
    path = folder / "edition.toml"
    told = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(told)
    (tmp_path / "D.txt").write_text("ANNA: The quick fox.\n", encoding="utf-8")
    said = add(folder, tmp_path / "D.txt")
    assert path.read_bytes().startswith(told.rstrip())
    assert any("are aligned as they were" in sentence for sentence in said)


def test_add_admits_a_late_witness(tmp_path: Path) -> None:
    """A late witness is copied in, entered, and what it changes is told; comments stay."""
    folder = small(tmp_path / "e")
    path = folder / "edition.toml"
    path.write_text("# my comment\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    late = tmp_path / "D.txt"
    late.write_text("Act I\n\nANNA: The quick fox ran 17 miles!\n\nBERT: It did not.\n", "utf-8")
    said = add(folder, late)
    assert said[0].startswith("Admitted D: D.txt")
    assert any("loci before" in sentence for sentence in said)
    assert path.read_text(encoding="utf-8").startswith("# my comment\n")
    assert [entry.siglum for entry in load(folder).entries] == ["A", "B", "C", "D"]


def test_nothing_foreign_is_overwritten(tmp_path: Path) -> None:
    """A file that variorum did not write stays, and nothing else is written beside it."""
    mine = tmp_path / "loci.csv"
    mine.write_text("my own notes", encoding="utf-8")
    with pytest.raises(ExportError, match="not written by variorum"):
        write({tmp_path / "a.json": b'{"format":"variorum"}', mine: b"\xef\xbb\xbfid,"})
    assert mine.read_text(encoding="utf-8") == "my own notes"
    assert not (tmp_path / "a.json").exists()
    assert list(tmp_path.iterdir()) == [mine]


FOREIGN = {
    "a page about variorum": b"<!DOCTYPE html>\n<html><p>On the variorum Yeats.</p></html>",
    "a page with a comment": b'<html><!-- <meta name="generator" content="variorum"> --></html>',
    "readings of another hand": b"\xef\xbb\xbfplace,notes\r\n1,mine\r\n",
    "input for CollateX": b'{"witnesses":[{"id":"A","content":"my only copy"}]}',
    "CollateX's own table": b'{"witnesses": ["A", "B"], "table": [[null], [null]]}',
    "JSON that names variorum": b'{"tool": "variorum", "notes": "mine"}',
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_not_ours_is_never_replaced(tmp_path: Path, what: str) -> None:
    """No kind of output replaces a file of another hand, however alike it looks."""
    files_ = exported(collated(*opened(small(tmp_path / "e"))))
    path = tmp_path / "theirs"
    path.write_bytes(FOREIGN[what])
    for data in files_.values():
        with pytest.raises(ExportError, match="not written by variorum"):
            write({path: data})
    assert path.read_bytes() == FOREIGN[what]


def test_what_is_ours_is_replaced_by_its_kind(tmp_path: Path) -> None:
    """A file of ours is replaced by a new one of its kind, and by no other kind."""
    files_ = exported(collated(*opened(small(tmp_path / "e"))))
    others = exported(collated(*opened(small(tmp_path / "f", base="B"))))
    path = tmp_path / "ours"
    for name, old in files_.items():
        for other, new in others.items():
            path.write_bytes(old)
            if name == other:
                write({path: new})
                assert path.read_bytes() == new
            else:
                with pytest.raises(ExportError, match="not written by variorum"):
                    write({path: new})


def test_all_files_or_none(tmp_path: Path) -> None:
    """If one of several cannot be written, none is, and nothing lies about."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(ExportError, match="cannot be written"):
        put({tmp_path / "a": b"a", tmp_path / "file" / "b": b"b"})
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_files_without_an_edition(tmp_path: Path) -> None:
    """Two files are collated; which one is the base is said."""
    folder = small(tmp_path / "e")
    settings, found = files([folder / "B.txt", folder / "A.txt"])
    apparatus = collated(settings, found)
    assert apparatus.base == "B"
    assert "The base is B" in apparatus.notes[0]
    shutil.copy(folder / "A.txt", tmp_path / "A.txt")
    with pytest.raises(EditionError, match="twice"):
        files([folder / "A.txt", tmp_path / "A.txt"])


CHANGES = {
    "nothing": ("", ""),
    "base": ('base = "A"', 'base = "B"'),
    "rights": ('file = "B.txt"', 'file = "B.txt"\nrights = "reserved"'),
    "kind": ('file = "B.txt"', 'file = "B.txt"\nkind = "OCR"'),
    "derivation": ('file = "B.txt"', 'file = "B.txt"\nderivation = { from = "A" }'),
    "recipe": ('recipe = "archive-english"', 'recipe = "plain"'),
    "title": ('title = "Foxes"', 'title = "Boxes"'),
}


@pytest.mark.parametrize("what", CHANGES)
def test_same_fingerprint_same_bytes(tmp_path: Path, what: str) -> None:
    """What moves a byte of a result moves its fingerprint, nothing else does; verify sees it."""
    folder = small(tmp_path / "e")
    build(folder)
    before = collated(*opened(folder))
    path = folder / "edition.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*CHANGES[what], 1), encoding="utf-8")
    after = collated(*opened(folder))
    same = what == "nothing"
    assert (before.fingerprint["id"] == after.fingerprint["id"]) == same
    assert (exported(before, ("json",)) == exported(after, ("json",))) == same
    assert bool(verify(folder).wrong) != same


def test_order_is_in_the_fingerprint(tmp_path: Path) -> None:
    """Witnesses in another order are the same collation, told in another order."""
    settings, found = opened(small(tmp_path / "e"))
    one, other = collated(settings, found), collated(settings, found[::-1])
    assert one.fingerprint["id"] != other.fingerprint["id"]
    assert one.loci == other.loci


HANDS = {
    "W": "The labor of heroic men in labor and in arms was the honor of the party.\n",
    "O": "The labour of heroical men in labour and in arms was the honour of the party.\n",
}


def measured(folder: Path, truth: str, copy: str) -> Path:
    """An edition of W and its machine-read copy O, with an evaluation of *copy* in ``o.json``."""
    folder.mkdir()
    head = '[edition]\ntitle = "Men"\nbase = "W"\nrecipe = "plain"\n'
    for siglum, text in HANDS.items():
        (folder / f"{siglum}.txt").write_text(text, encoding="utf-8")
        head += f'\n[[witness]]\nsiglum = "{siglum}"\nfile = "{siglum}.txt"\nlanguage = "en"\n'
    (folder / "edition.toml").write_text(f'{head}kind = "OCR"\n', encoding="utf-8")
    _, found = opened(folder)
    by_siglum = {witness.siglum: Side(witness) for witness in found}
    told = compare("", by_siglum[truth], by_siglum[copy], profile("plain"))
    evaluation = Evaluation(profile("plain"), (told.summary,))
    (folder / "o.json").write_bytes(to_json(evaluation, fingerprint(evaluation)))
    path = folder / "edition.toml"
    path.write_text(path.read_text("utf-8") + 'confusions = "o.json"\n', encoding="utf-8")
    return folder


def judged(apparatus: Apparatus) -> list[tuple[str, str]]:
    """What is said of each reading of O: its text, its significance."""
    readings = [reading for locus in apparatus.loci for reading in locus.readings[1:]]
    return [(reading.text, str(reading.significance)) for reading in readings]


def test_an_evaluation_of_the_copy_itself_proves_nothing(tmp_path: Path) -> None:
    """Spellings of a copy, measured against the base as errors, stay as undecided as they were."""
    settings, found = opened(measured(tmp_path / "e", "W", "O"))
    assert settings.measured["O"].counts["", "u"] == 3
    with_it, without = (collated(s, found) for s in (settings, evolve(settings, measured={})))
    assert judged(with_it) == judged(without)
    assert ("labour", "undecided") in judged(with_it)
    evidence = [e for locus in with_it.loci for r in locus.readings for e in r.evidence]
    assert not any("measured" in said for said in evidence)
    assert with_it.fingerprint["id"] != without.fingerprint["id"]


def test_an_evaluation_of_the_truth_is_refused(tmp_path: Path) -> None:
    """An evaluation in which the copy is the truth says what others misread, and is named."""
    folder = measured(tmp_path / "e", "O", "W")
    with pytest.raises(EditionError, match="measures other copies against O") as caught:
        opened(folder)
    assert caught.value.place.endswith("o.json")
    assert "evaluate TRUTH O" in caught.value.remedy


@pytest.mark.parametrize("data", [b"", b"[]", b'{"format":"variorum ocr 1","confusions":[]}'])
def test_what_is_no_evaluation_is_refused(tmp_path: Path, data: bytes) -> None:
    """Another file, or one that does not say what was measured, is an error with a remedy."""
    folder = measured(tmp_path / "e", "W", "O")
    (folder / "o.json").write_bytes(data)
    with pytest.raises(OcrError, match="is no evaluation"):
        opened(folder)
    (folder / "o.json").unlink()
    with pytest.raises((EditionError, ReadingError), match=r"no file|cannot be read"):
        opened(folder)
