"""Witnesses in other languages beside the base, as part of a collation."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from test_cli import run
from test_edition import small
from variorum.apparatus import Apparatus, citations
from variorum.edition import collated, opened
from variorum.edition.proof import verify
from variorum.errors import ExportError
from variorum.exporters import exporter
from variorum.exporters.json import export, restore
from variorum.exporters.json.restored import sealed
from variorum.text import Span

REAL = Path(__file__).parent.parent.parent / "witnesses" / "hoxha-choe-1959"


@cache
def minutes() -> Apparatus:
    """The minutes, with the specimen in Albanian."""
    return collated(*opened(REAL))


def test_the_original_is_aligned_once_and_carried_over() -> None:
    """A sentence of A is found in W, and through the collation in P and the copies."""
    apparatus = minutes()
    (told,) = apparatus.translations
    assert (told.source, told.target) == ("A", "W")
    assert set(told.carried) == {"O1", "O2", "O3", "P"}
    texts = {w.siglum: w.text.chars for w in apparatus.witnesses}
    sentences = told.parallel.source.sentences
    number = next(n for n, s in enumerate(sentences) if s.text == "Ata janë shumë mirë.")
    at = next(n for n, p in enumerate(told.parallel.sentences) if p.source == (number,))
    assert [s.of(texts["P"]) for s in told.carried["P"][at]] == ["They are very well."]
    for siglum, each in told.carried.items():
        assert len(each) == len(told.parallel.sentences)
        for spans in each:
            assert all(span.end <= len(texts[siglum]) for span in spans)


def test_what_a_reading_renders_is_cited() -> None:
    """By its words where they are linked, else by its sentence, else by nothing."""
    apparatus = minutes()
    (told,) = apparatus.translations
    cited = citations(told)
    text = apparatus.witnesses[0].text.chars
    original = next(w for w in apparatus.witnesses if w.siglum == "A").text.chars
    start = text.index("Budapest")
    found = [span.of(original) for span in cited(Span(start, start + len("Budapest")))]
    assert found == ["Budapest"]
    footer = len(text) - 20
    assert cited(Span(footer, footer + 10)) == ()


def test_the_report_cites_the_original_at_its_loci() -> None:
    """A reading of the translation that renders something says what."""
    told = exporter("report").export(minutes()).decode("utf-8", "replace")
    assert "cf. A: “" in told
    loci = json.loads(export(minutes()))["loci"]
    assert any(locus.get("cf", {}).get("A") for locus in loci)
    assert not any(locus.get("cf", {}).get("W") for locus in loci)


def test_translations_come_back_from_json(tmp_path: Path) -> None:
    """Nothing of them is lost, and a pointer that leads nowhere is refused."""
    apparatus = minutes()
    data = export(apparatus)
    assert restore(data).translations == apparatus.translations
    told = json.loads(data)
    told["translations"][0]["target"]["sentences"][0]["span"] = [0, 10**9]
    del told["digest"], tmp_path
    broken = json.dumps(told, ensure_ascii=False)[:-1] + ",\n"
    with pytest.raises(ExportError, match="leaves the text of W"):
        restore(sealed(broken.encode()))


def test_an_edition_in_two_languages(tmp_path: Path) -> None:
    """The facing page is written, told of, and proved; another one beside it is found out."""
    folder = small(tmp_path / "e", '\n[[witness]]\nsiglum = "S"\nfile = "S.txt"\nlanguage = "sq"\n')
    said = "Akti I\n\nANNA: Dhelpra e shpejtë vrapoi 15 milje.\n\nBERT: Jo.\n\nANNA: Mirë.\n"
    (folder / "S.txt").write_text(said, encoding="utf-8")
    done = run("collate", folder)
    assert done.returncode == 0, done.stderr
    assert b"S beside A:" in done.stdout
    page = folder / "build" / "S-A.html"
    assert b"Dhelpra" in page.read_bytes()
    assert verify(folder).wrong == ()
    page.write_bytes(page.read_bytes().replace(b"Dhelpra", b"Dhelpre"))
    assert any("S-A.html" in said for said in verify(folder).wrong)
    told = collated(*opened(folder)).translations[0]
    fox = next(
        p
        for p in told.parallel.sentences
        if p.source and "vrapoi" in told.parallel.source.sentences[p.source[0]].text
    )
    assert [told.parallel.target.sentences[n].text for n in fox.target] == [
        "The quick fox ran 15 miles."
    ]
