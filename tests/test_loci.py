"""Loci: readable goldens of what an editor would want, and the laws."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import Planted, planted
from variorum.apparatus import Apparatus
from variorum.edition import Settings, collated
from variorum.errors import CollationError
from variorum.languages import negations_of
from variorum.loci import Absence, Cause, Feature, Locus, Operation, Significance, find
from variorum.loci.features import tell
from variorum.loci.known import Known, names_of
from variorum.multiple import collate
from variorum.ocr.taught import Taught
from variorum.rules import RECIPES
from variorum.text import Span, Text, digest
from variorum.tokens import Tokens
from variorum.turns import Speaker
from variorum.witness import Description, Layout, Witness, Word

GOLDENS = Path(__file__).parent / "goldens" / "loci"


def apparatus_of(golden: Path, **said: str) -> Apparatus:
    """The witnesses of a golden, ``SIGLUM.txt`` or ``SIGLUM.ocr.txt`` each, collated."""
    told = golden / "golden.toml"
    given_there = tomllib.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    texts = {
        path.name.removesuffix(".txt"): path.read_bytes().decode("utf-8")
        for path in sorted(golden.glob("[A-Z]*.txt"))
    }
    return collated_from(texts, **{**given_there, **said})


def collated_from(
    texts: Mapping[str, str],
    *,
    base: str = "A",
    recipe: str = "plain",
    speaker: tuple[Mapping[str, object], ...] = (),
) -> Apparatus:
    """Texts by name, ``O.ocr`` for a machine-read O, after a recipe."""
    found = [
        Witness(
            name.removesuffix(".ocr"),
            Text(text),
            description=Description(kind="OCR" if name.endswith(".ocr") else ""),
        )
        for name, text in texts.items()
    ]
    speakers = tuple(Speaker(str(s["id"]), tuple(map(str, s["names"]))) for s in speaker)  # type: ignore[call-overload]
    told = Settings("", base, {w.siglum: RECIPES[recipe] for w in found}, speakers)
    return collated(told, found)


def drawn(loci: tuple[Locus, ...]) -> str:
    """Loci as text: turn and kind, then the readings, each with what is said of it."""
    return "\n".join("\n".join(lines(locus)) + "\n" for locus in loci)


def lines(locus: Locus) -> list[str]:
    """A locus as text."""
    out = [f"{locus.turn} {locus.kind}"]
    for reading in locus.readings:
        written = reading.text or (f"– {reading.absence}" if reading.absence else "–")
        out.append(f"  {written}] {' '.join(reading.witnesses)}")
        if reading.operation:
            said = (reading.operation, reading.feature, reading.significance, reading.cause)
            out.append("      " + " · ".join(map(str, said)))
        out += [f"      ({evidence})" for evidence in reading.evidence]
    return out


@pytest.mark.parametrize("golden", sorted(GOLDENS.iterdir()), ids=lambda path: path.name)
def test_golden(golden: Path) -> None:
    """Each phenomenon is told as an editor would tell it, as it stands in its folder."""
    found = drawn(apparatus_of(golden).loci)
    expected = golden / "expected.txt"
    if os.environ.get("VARIORUM_ACCEPT"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def words(text: str) -> Tokens:
    """Ready-made tokens: words parted by spaces."""
    parts = text.split()
    ends = np.cumsum([len(part) + 1 for part in parts], dtype=np.int32) - 1
    starts = ends - np.array([len(part) for part in parts], dtype=np.int32)
    return Tokens(" ".join(parts), starts, ends, tuple(parts))


def bare(texts: Mapping[str, str], base: str = "A", **kinds: str) -> tuple[Locus, ...]:
    """The loci of ready-made tokens, of which nothing else is known."""
    return counted(texts, {}, base, kinds)


def counted(
    texts: Mapping[str, str],
    measured: Mapping[str, Taught],
    base: str = "A",
    kinds: Mapping[str, str] | None = None,
) -> tuple[Locus, ...]:
    """The loci of ready-made tokens; all that were measured are machine-read."""
    collation = collate({siglum: words(text) for siglum, text in texts.items()})
    known = {**dict.fromkeys(measured, "ocr"), **(kinds or {})}
    return find(
        collation, base=base, derived={}, divisions={}, kinds_of_witness=known, measured=measured
    )


@pytest.mark.parametrize("golden", sorted(GOLDENS.iterdir()), ids=lambda path: path.name)
def test_every_base_is_a_vantage(golden: Path) -> None:
    """Told against any witness, loci are well-formed and told in the order of its text."""
    for base in apparatus_of(golden).collation.sigla:
        told = apparatus_of(golden, base=base)
        assert_sound(told.loci, told)
        starts = [
            locus.readings[0].witnesses[base][0].start
            for locus in told.loci
            if len(locus.columns) and locus.kind != "move"
        ]
        assert starts == sorted(starts)


def assert_sound(loci: tuple[Locus, ...], told: Apparatus) -> None:
    """Ids differ, spans resolve to the text they quote, absences are unexplained."""
    texts = {witness.siglum: witness.text.chars for witness in told.witnesses}
    assert len({locus.id for locus in loci}) == len(loci)
    for locus in loci:
        assert told.base in locus.readings[0].witnesses
        assert locus.readings[0].operation is None
        assert len(locus.readings) > 1
        for reading in locus.readings:
            assert reading.absence in (None, Absence.UNEXPLAINED)
            if reading.absence:
                assert all(len(span) == 0 for s in reading.witnesses.values() for span in s)
            first = told.base if told.base in reading.witnesses else min(reading.witnesses)
            stands = " ".join(span.of(texts[first]) for span in reading.witnesses[first])
            assert "".join(stands.split()) in ("".join(reading.text.split()), "")


@settings(max_examples=60, deadline=None)
@given(planted(most=4, length=24))
def test_columns_that_differ_are_told(made: Planted) -> None:
    """Each witness's difference in each column is told in some locus, and none where all agree."""
    collation = collate({siglum: words(made.text(siglum)) for siglum in made.witnesses})
    base = collation.sigla[0]
    loci = find(collation, base=base, derived={}, divisions={})
    told = {
        (column, siglum)
        for locus in loci
        for reading in locus.readings[1:]
        for siglum in reading.witnesses
        for column in range(locus.columns.start, locus.columns.end)
    }
    moved = {c for move in collation.moves for span in (move.here, move.there) for c in cut(span)}
    for column in set(range(len(collation))) - moved:
        for row, siglum in enumerate(collation.sigla):
            if collation.form(column, row) != collation.form(column, 0):
                assert (column, siglum) in told
    for locus in loci:
        forms = [
            tuple(collation.form(c, row) for row in range(len(collation.sigla)))
            for c in cut(locus.columns)
        ]
        assert not all(len(set(column)) == 1 for column in forms)


def cut(span: Span) -> range:
    """The columns of a span."""
    return range(span.start, span.end)


@settings(max_examples=30, deadline=None)
@given(planted(most=4, length=24))
def test_order_of_witnesses_does_not_matter(made: Planted) -> None:
    """The same loci whichever witness is named first."""
    texts = {siglum: made.text(siglum) for siglum in made.witnesses}
    assert bare(texts) == bare(dict(reversed(texts.items())))


def test_ids_are_those_of_any_process() -> None:
    """An id depends on sigla, spans and revisions, not on the hash seed."""
    code = (
        "from test_loci import bare;"
        "print([l.id for l in bare({'A': 'the red cat sat', 'B': 'the cat sat on'})])"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(seen) == 1
    here = [one.id for one in bare({"A": "the red cat sat", "B": "the cat sat on"})]
    assert seen.pop().strip() == str(here)


def test_equal_witnesses_have_no_loci() -> None:
    """Where nothing differs there is nothing to say."""
    assert bare(dict.fromkeys("ABC", "the cat sat on the mat")) == ()


def test_an_empty_witness_lacks_everything() -> None:
    """A witness without words has one unexplained absence, told with its extent."""
    (locus,) = bare({"A": "the cat sat", "B": ""})
    assert locus.readings[1].absence is Absence.UNEXPLAINED
    assert locus.readings[1].evidence == ("from here to the end of B",)
    assert locus.readings[1].witnesses == {"B": (Span(0, 0),)}


def test_base_without_words() -> None:
    """Told against an empty base, everything is an addition."""
    (locus,) = bare({"A": "", "B": "the cat", "C": "the dog"})
    assert [reading.operation for reading in locus.readings[1:]] == [Operation.ADDITION] * 2
    assert locus.turn == "1.1"


def test_an_unknown_base_is_an_error() -> None:
    """A base that is no witness is named."""
    with pytest.raises(CollationError, match="no witness 'X'"):
        bare({"A": "a", "B": "b"}, base="X")


def test_thirty_two_witnesses() -> None:
    """Many witnesses agree in few readings, each told once."""
    texts = {f"W{n:02}": "one two three four" for n in range(32)}
    texts |= {"W05": "one too three four", "W31": "one too three four", "W09": "one two three"}
    loci = bare(texts, base="W00")
    assert [[sorted(r.witnesses) for r in locus.readings[1:]] for locus in loci] == [
        [["W05", "W31"]],
        [["W09"]],
    ]


def test_an_unsure_engine_is_evidence() -> None:
    """A word that exists is a misreading if the engine itself did not trust it."""
    collation = collate({"A": words("for the cause now"), "O": words("for the case now")})
    layout = Layout(words=(Word(Span(8, 12), None, 0.31),))
    (locus,) = find(
        collation,
        base="A",
        derived={},
        divisions={},
        kinds_of_witness={"O": "ocr"},
        layouts={"O": layout},
    )
    assert locus.readings[1].cause is Cause.OCR
    assert "the engine was not sure of it (0.31)" in locus.readings[1].evidence
    assert locus.readings[1].significance is Significance.UNDECIDED


def test_no_engine_no_confusion() -> None:
    """A non-word in a witness that nobody machine-read is not laid to OCR."""
    (locus,) = bare({"A": "the modern world", "B": "the modem world"})
    assert locus.readings[1].cause is Cause.UNKNOWN


def test_two_machines_that_agree_attest() -> None:
    """Where all is machine-read, the odd one out is the misreading."""
    kinds = dict.fromkeys("ABC", "ocr")
    texts = {"A": "tbe old world", "B": "the old world", "C": "the old world"}
    (locus,) = bare(texts, **kinds)
    assert locus.readings[1].cause is Cause.OCR
    assert locus.readings[1].evidence[1] == "attested nowhere else: tbe"


def test_reference_is_turn_and_paragraph() -> None:
    """People find a locus by turn.paragraph of the base, or by its role where none speaks."""
    speech = "{}\n\nHAMLET: The rest is {} now.\n\nSo {} be it.\n\nHORATIO: Good night sweet {}.\n"
    told = collated_from(
        {
            "A": speech.format("June 6, 1959", "silence", "then", "prince"),
            "B": speech.format("June 7, 1959", "silent", "now", "king"),
        },
        speaker=({"id": "h", "names": ["HAMLET"]}, {"id": "o", "names": ["HORATIO"]}),
    )
    assert [locus.turn for locus in told.loci] == ["dateline", "1.1", "1.2", "2.1"]


def test_a_name_is_no_name_in_a_language_of_capitals() -> None:
    """Where every noun has a capital, capitals prove no names."""
    german = words("der alte Baum und das neue Haus am Fluss sah der Mann im Wald " * 12)
    assert names_of(german, ()) == frozenset()
    english = words("the old tree and the new house that Choe saw by the river " * 12)
    assert names_of(english, ()) == {"choe"}


@pytest.mark.parametrize(
    ("base", "own", "feature", "significance"),
    [
        ("5,000", "5000", Feature.PUNCTUATION, Significance.ACCIDENTAL),
        ("5,000", "5,006", Feature.NUMBER, Significance.SUBSTANTIVE),
        ("1.5", "15", Feature.NUMBER, Significance.SUBSTANTIVE),
        ("\u0661\u0669\u0665\u0669", "1959", Feature.SPELLING, Significance.ACCIDENTAL),
        ("Stra\u00dfe", "Strasse", Feature.SPELLING, Significance.ACCIDENTAL),
        ("The", "the", Feature.CASE, Significance.ACCIDENTAL),
        ("war time", "wartime", Feature.WORD_DIVISION, Significance.ACCIDENTAL),
        ("centre", "center", Feature.SPELLING, Significance.UNDECIDED),
        ("king", "prince", Feature.WORDING, Significance.SUBSTANTIVE),
        ("dear friend", "friend dear", Feature.WORD_ORDER, Significance.UNDECIDED),
        ("\u2019", "'", Feature.PUNCTUATION, Significance.ACCIDENTAL),
        ("", "[ Choe ]", Feature.BRACKETED, Significance.UNDECIDED),
        ("", ",", Feature.PUNCTUATION, Significance.ACCIDENTAL),
    ],
)
def test_what_a_reading_does(
    base: str, own: str, feature: Feature, significance: Significance
) -> None:
    """Feature and significance follow from the two readings."""
    told = tell(base.split(), own.split(), Known())
    assert (told.feature, told.significance) == (feature, significance)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("we do not know it", "we do now know it"),
        ("nuk e di se mos", "e di se mos"),
        ("je ne sais pas", "je sais"),
        ("they don\u2019t know, not yet", "they do know, not yet"),
        ("\u05dc\u05d0 \u05d0\u05d3\u05e2", "\u05d0\u05d3\u05e2"),
    ],
)
def test_negations_are_substantive(text: str, other: str) -> None:
    """A negation that comes or goes turns the sentence round, in whatever language."""
    (first, *_) = bare({"A": text, "B": other}).__iter__()
    assert first.readings[1].significance is Significance.SUBSTANTIVE


def test_a_foreign_negation_is_none() -> None:
    """Albanian *as* (nor) says nothing in an English text."""
    assert negations_of({"as": 3, "was": 2, "not": 1, "no": 1}) == {"not", "no"}


@pytest.mark.parametrize("hyphen", ["-\n", "-\r\n", "\u00ad\n", "- \f"])
def test_a_hyphen_kept_at_a_line_end_is_the_cause(hyphen: str) -> None:
    """A word that its witness broke over lines or pages says so."""
    told = collated_from({"A": "the collective economy", "B": f"the collec{hyphen}tive economy"})
    causes = {reading.cause for locus in told.loci for reading in locus.readings[1:]}
    assert causes <= {Cause.LINE_END_HYPHEN}


def test_a_missing_turn_is_no_lost_label() -> None:
    """A turn that is not there at all is one absence."""
    told = collated_from(
        {
            "A": "HAMLET: Words, words.\n\nHORATIO: What matter, lord?\n\nHAMLET: Slanders, sir.",
            "B": "HAMLET: Words, words.\n\nHAMLET: Slanders, sir.",
        },
        speaker=({"id": "h", "names": ["HAMLET"]}, {"id": "o", "names": ["HORATIO"]}),
    )
    assert [locus.kind for locus in told.loci] == ["absence"]


@pytest.mark.parametrize("torn", ["[Pak Jong Ae", "Pak Jong Ae]", "/Pak Jong Ae"])
@pytest.mark.parametrize("base", ["A", "B"])
def test_an_insertion_that_lost_a_bracket_is_no_wording(torn: str, base: str) -> None:
    """A bracket that a copy lost does not make an identification a part of the wording."""
    text = "They met the head {}that day in the town"
    told = collated_from(
        {
            "A": text.format(""),
            "B": text.format("[Pak Jong Ae] "),
            "O.ocr": text.format(f"{torn} "),
        },
        base=base,
    )
    (locus,) = told.loci
    assert locus.kind == "insertion"
    assert {reading.feature for reading in locus.readings[1:]} == {Feature.BRACKETED}


def test_words_of_an_insertion_without_brackets_are_wording() -> None:
    """The same words without a bracket are words of the text."""
    text = "They met the head {}that day in the town"
    texts = {"A": "", "B": "[Pak Jong Ae] ", "C": "Pak Jong Ae "}
    (locus,) = collated_from({siglum: text.format(said) for siglum, said in texts.items()}).loci
    assert [r.feature for r in locus.readings[1:]] == [Feature.BRACKETED, Feature.WORDING]


def test_a_negation_divided_otherwise_is_the_same() -> None:
    """A negation in other pieces or another case does not turn the sentence round."""
    texts = ("we cannot go", "we can-not go", "we can not go", "we CANNOT go")
    (locus,) = bare(dict(zip("ABCD", texts, strict=True)))
    assert {reading.significance for reading in locus.readings[1:]} == {Significance.ACCIDENTAL}


@pytest.mark.parametrize(
    "own", ["\u03b1\u03c1\u03c7\u03b7", "\u0391\u03a1\u03a7\u0397\u0399"], ids=["none", "beside"]
)
def test_an_iota_beneath_is_an_accent(own: str) -> None:
    """A Greek iota left out beneath its vowel, or written beside it, is spelling."""
    told = tell(["\u1f00\u03c1\u03c7\u1fc7"], [own], Known())
    assert (told.feature, told.significance) == (Feature.SPELLING, Significance.ACCIDENTAL)


RUINED = "Ccmrnbe Cbcc Ycng-qccn."
SPEECHES = (
    "Comrade Enver Hoxha: The camp is strong and will stay strong.\n\n"
    "Comrade Choe Yong-geon: Thank you for your kind words of today.\n\n"
    "Comrade Enver Hoxha: Tell them that we are with them."
)
MEN = (
    {"id": "hoxha", "names": ["Comrade Enver Hoxha"]},
    {"id": "choe", "names": ["Comrade Choe Yong-geon"]},
)


def test_a_label_past_recognition_is_one_locus() -> None:
    """A label that a machine ruined is told as a label, not word by word."""
    ruined = SPEECHES.replace("Comrade Choe Yong-geon:", RUINED)
    (locus,) = collated_from({"A": SPEECHES, "O.ocr": ruined}, speaker=MEN).loci
    reading = locus.readings[1]
    assert (locus.kind, reading.feature, reading.text) == ("speaker", Feature.SPEAKER, RUINED)
    assert reading.significance is Significance.UNDECIDED


def test_a_label_in_one_witness_without_divisions_says_nothing() -> None:
    """Of ready-made tokens nobody knows who speaks: they lose no label."""
    ruined = SPEECHES.replace("Comrade Choe Yong-geon:", RUINED)
    told = collated_from({"A": SPEECHES, "O.ocr": ruined}, speaker=MEN)
    loci = find(
        told.collation,
        base="A",
        derived={},
        divisions={"A": told.divisions["A"]},
        speakers=told.speakers,
        kinds_of_witness={"O": "ocr"},
    )
    features = {reading.feature for locus in loci for reading in locus.readings[1:]}
    assert Feature.SPEAKER not in features


def test_a_base_without_the_moved_passage_lacks_it_alone() -> None:
    """Witnesses that have a passage are not said to lack it because the base does."""
    first = "First we went to the big town by the river in spring."
    then = "Then all the men of the village came together for the feast of the year."
    last = "At last they sang the old songs until the morning light broke over the hills."
    told = collated_from(
        {
            "A": f"{then} {last}",
            "B": f"{first} {then} {last}",
            "C": f"{then} {first} {last}",
            "D": f"{first} {then} {last}",
        }
    )
    assert_sound(told.loci, told)
    (move,) = (locus for locus in told.loci if locus.kind == "move")
    assert [(sorted(r.witnesses), r.text, r.operation) for r in move.readings] == [
        (["A"], "", None),
        (["B", "D"], first, Operation.ADDITION),
        (["C"], first, Operation.MOVE),
    ]


def taught(
    pair: tuple[str, str], times: int, expected: float = 0.01, of: str = "another text"
) -> Taught:
    """What a copy with the text *of* was measured to read: one pair, so many times."""
    return Taught({pair: times}, {pair: expected}, copies=frozenset([digest(of)]))


def said(
    text: str, read: str, told: Taught | None = None, **more: str
) -> tuple[Significance | None, str]:
    """Significance and evidence of the first reading of a machine-read copy O."""
    kinds = dict.fromkeys(["O", *more], "ocr")
    measured = {"O": told} if told else {}
    locus, *_ = counted({"A": text, "O": read, **more}, measured, kinds=kinds)
    own = next(reading for reading in locus.readings[1:] if "O" in reading.witnesses)
    return own.significance, " | ".join(own.evidence)


UNDECIDED = Significance.UNDECIDED


@pytest.mark.parametrize(
    ("pair", "times", "evidence"),
    [
        (("d", "v"), 4, "(measured, 3 times elsewhere)"),
        (("d", "v"), 3, ""),
        (("d", "v"), 1, ""),
        (("d", "x"), 9, ""),
    ],
)
def test_a_locus_is_no_evidence_for_itself(
    pair: tuple[str, str], times: int, evidence: str
) -> None:
    """What this text was measured to read counts but for the place, and decides no significance."""
    text, read = "all the democracies of it", "all the vemocracies of it"
    told = said(text, read, taught(pair, times, of=read))
    assert told[0] is UNDECIDED
    assert evidence in told[1]
    assert ("measured" in told[1]) == bool(evidence)


def test_the_same_two_words_are_one_piece_of_evidence() -> None:
    """A pair of words that comes four times is no evidence for any of the four."""
    text, read = (
        "a dim day a dim sun a dim sky a dim sea",
        "a vim day a vim sun a Vim sky a vim sea",
    )
    assert said(text, read, taught(("d", "v"), 6, of=read))[0] is UNDECIDED
    assert "(measured, 3 times elsewhere)" in said(text, read, taught(("d", "v"), 7, of=read))[1]


def test_pages_of_a_text_are_this_text() -> None:
    """What was measured page by page was measured on the copy that the pages make."""
    page = words("all the vemocracies of it")
    tokens = Tokens(page.text + "\fthe next page\f", page.starts, page.ends, page.forms)
    collation = collate({"A": words("all the democracies of it"), "O": tokens})
    for of in (page.text, "another page", ""):
        (locus, *_) = find(
            collation,
            base="A",
            derived={},
            divisions={},
            kinds_of_witness={"O": "ocr"},
            measured={"O": taught(("d", "v"), 3, of=of)},
        )
        counts = "of another text" in " ".join(locus.readings[1].evidence)
        assert counts == (of != page.text)


def test_another_text_of_the_same_engine_counts_in_full() -> None:
    """Nothing is left out of a measurement of another text, and the evidence says which it was."""
    text, read = "all the democracies of it", "all the vemocracies of it"
    significance, evidence = said(text, read, taught(("d", "v"), 3))
    assert significance is UNDECIDED
    assert "letters confused: v for d (measured, 3 times of another text)" in evidence


def test_chance_is_no_trait() -> None:
    """What letters as frequent would give by chance is no evidence."""
    text, read = "all the democracies of it", "all the vemocracies of it"
    assert said(text, read, taught(("d", "v"), 8, 3.0)) == said(text, read)
    assert said(text, read, taught(("d", "v"), 9, 3.0)) != said(text, read)


SPELT = {
    "labour": ("the labor of all", "the labour of all", ("", "u")),
    "heroical": ("the heroic men of it", "the heroical men of it", ("", "al")),
    "judgment": ("the judgement of all", "the judgment of all", ("e", "")),
    "organise": ("to organize the men", "to organise the men", ("z", "s")),
    "draught": ("the draft of it", "the drauft of it", ("", "u")),
    "connexion": ("the connection of it", "the connexion of it", ("ct", "x")),
    "sulfur": ("the sulphur of it", "the sulfur of it", ("ph", "f")),
    "chekof": ("to Chekov and back", "to Chekof and back", ("v", "f")),
    "travelled": ("he traveled to it", "he travelled to it", ("", "l")),
    "drempt": ("he drempt of it", "he drimpt of it", ("e", "i")),
}


@pytest.mark.parametrize("word", SPELT)
def test_a_spelling_is_never_made_accidental_by_counting(word: str) -> None:
    """However often a copy was measured to spell so, whether it matters stays undecided."""
    text, read, pair = SPELT[word]
    for of in ("another text", read):
        told = taught(pair, 99, of=of)
        assert said(text, read, told)[0] is said(text, read)[0] is UNDECIDED
        assert "measured" in said(text, read, told)[1]


def test_a_word_that_is_attested_is_not_laid_to_a_measurement() -> None:
    """A word that a hand has elsewhere is told as perhaps misread, no more."""
    significance, evidence = said("a vale a dale", "a vale a vale", taught(("d", "v"), 9))
    assert significance is UNDECIDED
    assert "perhaps misread: letters confused: v for d" in evidence


@pytest.mark.parametrize(
    ("text", "read", "pair"),
    [
        ("so it is now", "so, it is now", ("", ",")),
        ("the party of it", "the Party of it", ("p", "P")),
    ],
)
def test_marks_and_capitals_may_be_a_hand_s(text: str, read: str, pair: tuple[str, str]) -> None:
    """A mark that came and a capital are not laid to the machine by counting."""
    texts, told = {"A": text, "O": read}, {"O": taught(pair, 99)}
    for locus in counted(texts, told):
        assert locus.readings[1].cause is bare(texts, O="ocr")[0].readings[1].cause


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("dam den din dot dug".split()), min_size=4, max_size=12), st.data())
def test_what_a_text_says_of_itself_adds_nothing(text: list[str], data: st.DataObject) -> None:
    """A copy that differs in one word, however often, has the loci that it has unmeasured."""
    word = data.draw(st.sampled_from(text))
    letter = data.draw(st.sampled_from("vxhke"))
    read = [letter + one[1:] if one == word else one for one in text]
    texts = {"A": " ".join(text), "O": " ".join(read)}
    told = taught(("d", letter), text.count(word), 0.0, of=texts["O"])
    assert counted(texts, {"O": told}) == bare(texts, O="ocr")


@settings(max_examples=60, deadline=None)
@given(planted(most=3, length=24), st.integers(0, 99), st.floats(0, 30))
def test_a_measurement_only_makes_the_undecided_accidental(
    made: Planted, times: int, expected: float
) -> None:
    """No measurement changes anything else, whatever it says of whatever letters."""
    texts = {siglum: made.text(siglum) for siglum in made.witnesses}
    base, *others = sorted(texts)
    letters = sorted({*"".join(texts.values())} - {" "})
    pairs = [(a, b) for a in ["", *letters] for b in ["", *letters] if a != b]
    told = Taught(dict.fromkeys(pairs, times), dict.fromkeys(pairs, expected))
    kinds = dict.fromkeys(others, "ocr")
    plain = bare(texts, base, **kinds)
    for before, after in zip(plain, counted(texts, dict.fromkeys(others, told), base), strict=True):
        for one, other in zip(before.readings, after.readings, strict=True):
            moved = (one.significance, other.significance)
            assert moved[0] is moved[1]
            assert (one.text, one.feature, one.operation) == (
                other.text,
                other.feature,
                other.operation,
            )
