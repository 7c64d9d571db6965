"""TMX of other programs: languages, inline codes, broken files."""

from __future__ import annotations

import pytest

from exporters.parallels import SPECIMEN, side
from importers.texts import SAMPLES, beads, sides
from variorum.errors import ImporterError
from variorum.exporters.tmx import to_tmx
from variorum.importers import locks

SAMPLE = (SAMPLES / "tmx.tmx").read_bytes()


def memory(*units: str) -> bytes:
    """A file with these units."""
    return f'<tmx version="1.4"><header/><body>{"".join(units)}</body></tmx>'.encode()


def unit(one: str, other: str, languages: tuple[str, str] = ("sq", "en")) -> str:
    """A unit of two variants."""
    pairs = zip(languages, (one, other), strict=True)
    told = (f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in pairs)
    return f"<tu>{''.join(told)}</tu>"


@pytest.mark.parametrize(
    "seg",
    [
        '<bpt i="1">&lt;b></bpt>Jemi<ept i="1">&lt;/b></ept> mirë.',
        "Jemi <hi>mi<hi>rë</hi></hi>.",
        "<it pos='begin'>{\\i</it>Jemi mirë.<ut>}</ut>",
        "Jemi mirë.<ph><sub>a footnote</sub></ph><!-- checked --><?mark?>",
        "Jemi\n   mirë.",
    ],
)
def test_inline_codes(seg: str) -> None:
    """Codes of other formats and what they hide are no text; highlighted text is."""
    texts = sides(["Jemi mirë."], ["We are well."])
    assert beads(locks("x", memory(unit(seg, "We are well.")), *texts)) == [((0,), (0,))]


@pytest.mark.parametrize("tags", [("sq-AL", "en_US"), ("SQ", "EN-gb"), ("en", "sq")])
def test_languages_by_their_first_subtag(tags: tuple[str, str]) -> None:
    """Regions, case and the order of the variants do not matter."""
    texts = sides(["Po."], ["Yes."])
    told = ("Yes.", "Po.") if tags[0] == "en" else ("Po.", "Yes.")
    assert beads(locks("x", memory(unit(*told, tags)), *texts)) == [((0,), (0,))]


def test_the_variant_nearest_to_the_side() -> None:
    """Of two variants of a language that of the side's whole tag is taken."""
    texts = (side("a", "en-US", ["Color."]), side("b", "en-GB", ["Colour."]))
    alone = '<tu><tuv xml:lang="en-GB"><seg>Colour.</seg></tuv></tu>'
    data = memory(
        alone.replace("Colour.", "Honour."), unit("Colour.", "Color.", ("en-GB", "en-US"))
    )
    found = locks("x", data, *texts)
    assert beads(found) == [((0,), (0,))]
    assert found.missed == ("x:1: “Honour.” is no sentence of b",)


def test_a_memory_of_ours_the_other_way_round() -> None:
    """What was the source may be the target now: languages say which is which, words where."""
    turned = locks("x", to_tmx(SPECIMEN), SPECIMEN.target, SPECIMEN.source)
    assert beads(turned) == [((0,), (0,)), ((1, 2), (2,)), ((3,), (1,))]


def test_old_memories_say_lang() -> None:
    """TMX 1.1 has the attribute without its namespace."""
    data = memory(unit("Po.", "Yes.")).replace(b"xml:lang", b"lang")
    assert beads(locks("x", data, *sides(["Po."], ["Yes."]))) == [((0,), (0,))]


def test_another_pair_of_languages() -> None:
    """The error says which languages there are, and which is missing."""
    data = memory(unit("Ja.", "Yes.", ("de-DE", "en")))
    with pytest.raises(ImporterError, match=r"is in de-DE, en; nothing of it is in sq"):
        locks("x", data, *sides())


def test_corrected_texts_are_found_by_their_words() -> None:
    """Numbers of an older cutting are not believed where the words differ."""
    data = to_tmx(SPECIMEN)
    source = side("a.sq.txt", "sq", ["Titulli", *(s.text for s in SPECIMEN.source.sentences)])
    found = locks("x", data, source, SPECIMEN.target)
    assert beads(found) == [((1,), (0,)), ((2,), (3,)), ((3,), (1, 2))]


def test_some_units_are_of_other_texts() -> None:
    """What is not in the texts is told with its line."""
    data = SAMPLE.replace(b"Jemi <bpt", b"Ishim <bpt")
    found = locks("x.tmx", data, *sides())
    assert len(found.pairs) == 4
    assert found.missed == ("x.tmx:8: “Ishim mirë.” is no sentence of source.txt",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SAMPLE[: len(SAMPLE) // 2], r"x:\d+: not well-formed XML"),
        (SAMPLE.replace(b'SYSTEM "tmx14.dtd"', b'[<!ENTITY a "b">]'), "x:2: declares entities"),
        (SAMPLE.replace(b'"UTF-8"', b'"UTF-16"'), "not well-formed XML"),
        (SAMPLE.replace(b'"UTF-8"', b'"latin-9000"'), "not well-formed XML"),
        (memory(), "holds no pair"),
        (memory("<tu/>"), "is in no language"),
        (memory(unit("Mirupafshim.", "Goodbye.")), "not one of its 1 pairs .*Mirupafshim"),
    ],
)
def test_broken(data: bytes, said: str) -> None:
    """Each is refused in one line, with its place."""
    with pytest.raises(ImporterError, match=said) as told:
        locks("x", data, *sides())
    assert told.value.remedy


def test_nothing_outside_the_file_is_read() -> None:
    """The document type named is not opened, wherever it is."""
    data = SAMPLE.replace(b"tmx14.dtd", b"http://127.0.0.1:9/tmx14.dtd")
    assert locks("x", data, *sides()) == locks("x", SAMPLE, *sides())
