"""Every law over every importer, and what comes back of what we write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.parallels import SPECIMEN, parallels
from importers.texts import PAIRS, SAMPLES, beads, sides
from variorum.aligners import Parallel
from variorum.errors import ImporterError
from variorum.exporters.pairs import to_tsv
from variorum.exporters.tmx import to_tmx
from variorum.importers import IMPORTERS, Locks, importer, locks


def sample(name: str) -> Path:
    """The sample of an importer."""
    found = sorted(SAMPLES.glob(f"{name}.*"))
    assert found, f"no sample for {name}"
    return found[0]


@pytest.mark.parametrize("name", IMPORTERS)
def test_importer_takes_its_sample(name: str) -> None:
    """An importer says its name, takes its sample, and tells the same pairs as the others."""
    path = sample(name)
    member = importer(name)
    assert name == member.NAME
    assert member.VERSION
    assert member.recognise(path.name, path.read_bytes()) == ""
    found = locks(path.name, path.read_bytes(), *sides())
    assert beads(found) == PAIRS
    assert found.missed == ()
    assert all(pair.locked and pair.confidence == 1 for pair in found.pairs)


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.parametrize("other", IMPORTERS)
def test_importer_declines_with_a_sentence(name: str, other: str) -> None:
    """An importer says nothing to take a file, or why it does not; it never fails."""
    path = sample(other)
    excuse = importer(name).recognise(path.name, path.read_bytes())
    assert bool(excuse) == (name != other and (name, other) != ("tsv", "ladder"))
    assert importer(name).recognise("x", b"\xff\xfe\x00")
    assert importer(name).recognise("x", b"")


@pytest.mark.parametrize("name", IMPORTERS)
def test_one_file_however_it_is_saved(name: str) -> None:
    """Line ends of another system and a byte order mark change nothing."""
    data = sample(name).read_bytes()
    marked = b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")
    assert locks("x", marked, *sides()) == locks("x", data, *sides())
    wide = data.decode("utf-8").replace("UTF-8", "UTF-16").replace("utf-8", "UTF-16")
    assert beads(locks("x", wide.encode("utf-16"), *sides())) == PAIRS


@pytest.mark.parametrize("name", IMPORTERS)
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_importer_refuses_rubbish(name: str, data: st.DataObject) -> None:
    """Whatever is cut or overwritten is read or refused with a remedy, never a traceback."""
    told = sample(name).read_bytes()
    at = data.draw(st.integers(0, len(told)))
    for piece in (told[:at], told[:at] + data.draw(st.binary(max_size=9)) + told[at:]):
        found = read_or_refused(piece)
        for which in (0, 1):
            held = [n for bead in beads(found) for n in bead[which]]
            assert len(held) == len(set(held))


def read_or_refused(data: bytes) -> Locks:
    """The locks, none if the file is refused, which it is with a place and a remedy."""
    try:
        return locks("x", data, *sides())
    except ImporterError as error:
        refused = error
    assert refused.place.startswith("x")
    assert refused.remedy
    return Locks(())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"just one line\n", "no importer takes this file"),
        (b"<html><body/></html>", "no importer takes this file"),
        (b"Shqip\xebria\tAlbania\n", "windows-1252"),
        (b"PK\x03\x04 and so on", "ZIP"),
    ],
)
def test_what_is_no_alignment(data: bytes, said: str) -> None:
    """What no importer takes is refused in one line."""
    with pytest.raises(ImporterError, match=said) as told:
        locks("x.tmx", data, *sides())
    assert str(told.value).startswith("x.tmx")


def test_there_is_no_such_importer() -> None:
    """An unknown name is answered with what there is."""
    with pytest.raises(ImporterError, match="tmx"):
        importer("xliff")


def real(parallel: Parallel) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The beads of an alignment that have both sides, in the source's order."""
    return sorted((p.source, p.target) for p in parallel.sentences if p.source and p.target)


@settings(deadline=None)
@given(parallels(odd=True))
def test_tmx_and_tsv_come_back(parallel: Parallel) -> None:
    """What we write gives exactly the pairs of both sides again, and misses nothing."""
    for name, data in (("a.tmx", to_tmx(parallel)), ("a.tsv", to_tsv(parallel))):
        found = locks(name, data, parallel.source, parallel.target)
        assert (beads(found), found.missed) == (real(parallel), ())


@settings(deadline=None)
@given(parallels(same=True))
def test_tmx_of_one_language_comes_back(parallel: Parallel) -> None:
    """Two texts in one language are told apart."""
    assert beads(locks("a", to_tmx(parallel), parallel.source, parallel.target)) == real(parallel)


def unnumbered(parallel: Parallel) -> bytes:
    """Our TMX after another program dropped its props."""
    return re.sub(rb"\s*<prop .*?</prop>", b"", to_tmx(parallel))


@settings(deadline=None)
@given(parallels(odd=True))
def test_by_words_alone(parallel: Parallel) -> None:
    """Without numbers the words are found, each sentence once, and read the same."""
    found = locks("a.tmx", unnumbered(parallel), parallel.source, parallel.target)
    texts = [s.text for s in parallel.source.sentences], [s.text for s in parallel.target.sentences]

    def read(pairs: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> list[tuple[str, str]]:
        return sorted(
            (" ".join(texts[0][n] for n in one), " ".join(texts[1][n] for n in other))
            for one, other in pairs
        )

    whole = all(
        list(half) == list(range(half[0], half[-1] + 1))
        for pair in parallel.sentences
        for half in (pair.source, pair.target)
        if half
    )
    if whole and len(set(texts[0])) == len(texts[0]) and len(set(texts[1])) == len(texts[1]):
        assert len(found.pairs) + len(found.missed) >= len(real(parallel))
        assert set(read(beads(found))) <= set(read(real(parallel)))


def test_the_specimen_by_words_alone() -> None:
    """Numbers gone, the specimen's pairs are the same."""
    found = locks("a.tmx", unnumbered(SPECIMEN), SPECIMEN.source, SPECIMEN.target)
    assert beads(found) == real(SPECIMEN)


def test_only_what_is_left_out() -> None:
    """A file that only says what has no counterpart gives no lock, and is no mistake."""
    empty = evolve(SPECIMEN, sentences=SPECIMEN.sentences[3:])
    assert locks("a.tsv", to_tsv(empty), empty.source, empty.target) == Locks(())
