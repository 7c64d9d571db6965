"""``variorum align``: two files to pairs, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from test_bad_input import refused
from test_cli import run
from variorum.aligners.across_languages import align
from variorum.edition.parallel import segmented, sentences
from variorum.languages.lexicon import lexicon

EDITION = Path(__file__).parent.parent / "witnesses" / "hoxha-choe-1959"
TEXTS = EDITION.parent.parent / "benchmarks" / "pages" / "texts"
NAMES = ("declaration.sq.txt", "declaration.en.txt")


def written(folder: Path, name: str, text: str) -> Path:
    """A file with a text in it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_specimen_beside_the_translation() -> None:
    """Every position of sentences and turns stands once, and plain pairs are found."""
    done = run("align", EDITION / "A.txt", EDITION / "W.txt", "--languages", "sq,en")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    for side in ("source", "target"):
        held = sorted(n for pair in told["sentences"] for n in pair[side])
        assert held == list(range(len(told[side]["sentences"])))
        turns = sorted(n for pair in told["turns"] for n in pair[side])
        assert turns == list(range(len(told[side]["turns"])))
    assert told["fingerprint"]["lexicon"]
    texts = {
        side: [sentence["text"] for sentence in told[side]["sentences"]]
        for side in ("source", "target")
    }
    found = {tuple(pair["source"]): tuple(pair["target"]) for pair in told["sentences"]}
    first = next(n for n, said in enumerate(texts["source"]) if said.startswith("Jemi jashtë"))
    start = next(n for n, said in enumerate(texts["target"]) if said.startswith("We are extreme"))
    for n in range(23):  # the opening turns, of which neither side lacks or divides a sentence
        assert found[(first + n,)] == (start + n,), texts["source"][first + n]


def test_the_same_bytes_again(tmp_path: Path) -> None:
    """The same files give the same bytes, and an output is replaced by its like."""
    out = tmp_path / "pairs.tsv"
    command = ("align", EDITION / "A.txt", EDITION / "W.txt", "--languages", "sq,en", "--to", "tsv")
    assert run(*command, "-o", out).returncode == 0
    first = out.read_bytes()
    assert run(*command, "-o", out).returncode == 0
    assert out.read_bytes() == first
    assert first.startswith(b"\xef\xbb\xbfsource\ttarget\t")


def test_spans_are_those_of_the_text_as_read() -> None:
    """A sentence's span holds it, its label left out, whatever stands around it."""
    said = ("Hoxha: Jemi të lumtur. P.sh. sot.", "Shehu: Mirë.", "Hoxha: Po.", "Shehu: Po.")
    text = "\n\n".join(f"Shoku {each}" for each in said)
    side = sentences("a.txt", text, "sq")
    assert [s.span.of(text) for s in side.sentences] == [s.text for s in side.sentences]
    assert [s.turn for s in side.sentences] == [0, 0, 1, 2, 3]
    assert side.sentences[0].text == "Jemi të lumtur."


def test_segmented_lines() -> None:
    """One sentence a line; a blank line ends a turn; line ends of any system."""
    text = "one\r\ntwo\r\n\r\n  three \n\n\nfour"
    side = segmented("a.txt", text, "en")
    assert [(s.text, s.turn) for s in side.sentences] == [
        ("one", 0),
        ("two", 0),
        ("three", 1),
        ("four", 2),
    ]
    assert all(s.span.of(text) == s.text for s in side.sentences)


def test_notes(tmp_path: Path) -> None:
    """The same file twice, two files in one language, and a summary are said."""
    one = written(tmp_path, "a.txt", "The house stood by the river. It was old.")
    other = written(tmp_path, "b.txt", "The house stood. " + "It was very old indeed. " * 9)
    assert b"the same file" in run("align", one, one, "--languages", "en,en").stderr
    said = run("align", one, other, "--languages", "en,en").stderr
    assert b"in one language (en)" in said
    assert b"perhaps a summary" in said


@pytest.mark.parametrize("told", [[], ["--languages", "sq"], ["--languages", "sq,en,de"]])
def test_languages_are_named(tmp_path: Path, told: list[str]) -> None:
    """Nothing is guessed of the languages."""
    path = written(tmp_path, "a.txt", "A house.")
    assert "--languages sq,en" in refused("align", path, path, *told)


def test_an_empty_side(tmp_path: Path) -> None:
    """A side without a sentence is refused."""
    path = written(tmp_path, "a.txt", "A house.")
    empty = written(tmp_path, "b.txt", " \n\n ")
    assert "b.txt" in refused("align", path, empty, "--languages", "en,sq")
    assert "b.txt" in refused("align", path, empty, "--languages", "en,sq", "--segmented")


def test_a_witness_is_never_written_to(tmp_path: Path) -> None:
    """The output may not be one of the two texts."""
    path = written(tmp_path, "a.txt", "A house.")
    other = written(tmp_path, "b.txt", "Një shtëpi.")
    refused("align", path, other, "--languages", "en,sq", "-o", other)
    assert other.read_text(encoding="utf-8") == "Një shtëpi."


@pytest.mark.parametrize("turned", [False, True])
def test_the_declaration(turned: bool) -> None:
    """The Universal Declaration paragraph by paragraph: every bead right, in either direction."""
    sides = [segmented(name, (TEXTS / name).read_text("utf-8"), name[12:14]) for name in NAMES]
    pairs, _ = align(*(sides[::-1] if turned else sides), lexicon=lexicon("sq", "en"))
    wanted: list[tuple[tuple[int, ...], tuple[int, ...]]]
    wanted = [((n,), (n,) if n < 9 else (n + 2,)) for n in range(90)]
    wanted[9] = ((9,), (9, 10, 11))
    found = [(pair.target, pair.source) if turned else (pair.source, pair.target) for pair in pairs]
    assert found == wanted


def test_a_lexicon_of_ones_own(tmp_path: Path) -> None:
    """A table of words decides where nothing else does, and the fingerprint names it."""
    one = written(tmp_path, "a.txt", "alfa bana\nciro duma\n")
    other = written(tmp_path, "b.txt", "red fish\nold town\n")
    table = written(tmp_path, "w.tsv", "\ufeffciro\tred\nduma\tfish\n")
    command = ("align", one, other, "--languages", "xx,en", "--segmented", "--lexicon", table)
    told = json.loads(run(*command).stdout)
    found = {tuple(pair["source"]): tuple(pair["target"]) for pair in told["sentences"]}
    assert found[(1,)] == (0,)
    assert "w.tsv" in told["fingerprint"]["lexicon"]
    broken = written(tmp_path, "broken.tsv", "ciro red\n")
    assert "broken.tsv:1" in refused(*command[:-1], broken)
    assert "none.tsv" in refused(*command[:-1], tmp_path / "none.tsv")
