"""Labels, roles and turns, in drama and minutes, in many scripts, well and badly read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from variorum.errors import TurnError
from variorum.rules import Context, apply, attested, recipe
from variorum.text import Derived, Span
from variorum.turns import Division, Speaker, divide, proposed
from variorum.witness import Role, Stretch

WITNESS = Path(__file__).parent.parent / "witnesses" / "hoxha-choe-1959" / "W.txt"
HOXHA = Speaker("hoxha", ("Comrade Enver Hoxha", "Shoku Enver Hoxha"))
CHOE = Speaker("choe", ("Comrade Choe Yong-geon",))


def _derived(text: str, name: str = "ocr-english") -> Derived:
    return apply(recipe(name), text, Context("en", attested=attested({"X": text})))


def _spoken(text: str, *speakers: Speaker) -> list[tuple[str | None, int]]:
    """Speaker and number of paragraphs of each turn."""
    found = divide(_derived(text), speakers=speakers).turns
    return [(turn.speaker, len(turn.paragraphs)) for turn in found]


def _roles(text: str, *speakers: Speaker) -> list[tuple[str, str]]:
    """Role and first line of each stretch that is no turn."""
    division = divide(_derived(text), speakers=speakers)
    return [
        (s.role.value, s.span.of(text).strip().partition("\n")[0])
        for s in division.stretches
        if s.role is not Role.TURN
    ]


def test_the_minutes_of_1959_are_read_as_an_editor_reads_them() -> None:
    """W: heading, dateline, those present, 36 turns in 78 paragraphs, laughter, closer, name."""
    text = WITNESS.read_text("utf-8")
    division = divide(_derived(text, "archive-english"), speakers=[HOXHA, CHOE])
    assert len(division.turns) == 36
    assert sum(len(turn.paragraphs) for turn in division.turns) == 78
    assert [turn.speaker for turn in division.turns] == ["hoxha", "choe"] * 18
    assert {turn.label.evidence for turn in division.turns if turn.label} == {"exact"}
    others = [
        (s.role.value, " ".join(s.span.of(text).split())[:40])
        for s in division.stretches
        if s.role is not Role.TURN
    ]
    assert others == [
        ("furniture", "Skip to content"),
        ("dateline", "June 6, 1959"),
        ("heading", "Notes taken during a Meeting between Env"),
        ("furniture", "This document was made possible with sup"),
        ("participants", "From our side there were also these atte"),
        ("stage direction", "(laughter)"),
        ("closer", "Note taker,"),
        ("signature", "Haxhi Kroi"),
        ("furniture", "Enver Hoxha and Choe Yeonggeon discuss i"),
    ]


def test_the_speakers_of_the_minutes_are_proposed() -> None:
    """Without an edition's list both speakers are found, in order of appearance."""
    text = WITNESS.read_text("utf-8")
    made = _derived(text, "archive-english")
    assert [speaker.names for speaker in proposed(made)] == [
        ("Comrade Enver Hoxha",),
        ("Comrade Choe Yong-geon",),
    ]
    assert len(divide(made).turns) == 36


@pytest.mark.parametrize(
    "label",
    [
        "Comrade Choe Yong-geon:",
        "Cornrade Choe Yong-geon;",
        "Comrade Choe Yong-qeon.",
        "Comradc Ch0e Yonq-geon :",
        "COMRADE CHOE YONG-GEON:",
        "Comrade Choe Yong-\ngeon:",
        "Comrade Choe Yong geon:",
        "Comrade Choe Yong-geon",
    ],
)
def test_labels_are_found_as_they_are_misread(label: str) -> None:
    """A label with a few wrong letters or another mark is still its speaker's."""
    text = f"Comrade Enver Hoxha: Welcome.\n\n{label} They are very well.\n\nMore.\n"
    assert _spoken(text, HOXHA, CHOE) == [("hoxha", 1), ("choe", 2)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Comrade Enver Hoxha said that it was well.",
        "Comrade Choe Yong-geon, I thank you with all my heart.",
        "Comrade Kim Il Sung asked me to transmit our greetings.",
        "Comrade Nam Il: he is well.",
        "Note: the tape ends here.",
        "As a saying in our country goes: not even the cannons.",
        "We send greetings to Comrade Enver Hoxha: he is well.",
    ],
)
def test_what_only_looks_like_a_label(paragraph: str) -> None:
    """A name that is spoken of or spoken to, a note, a colon in a sentence are no labels."""
    text = f"Comrade Enver Hoxha: Welcome.\n\n{paragraph}\n\nComrade Choe Yong-geon: Yes.\n"
    assert _spoken(text, HOXHA, CHOE) == [("hoxha", 2), ("choe", 1)]


def test_a_name_at_a_line_end_is_no_label() -> None:
    """A line that happens to begin with a name, in the middle of a sentence, is left alone."""
    text = (
        "Comrade Choe Yong-geon: We transmit our most sincere greetings to\n"
        "Comrade Enver Hoxha. And we thank you with all our hearts, dear\n"
        "Comrade Enver Hoxha, in the name of the people.\n"
    )
    assert _spoken(text, HOXHA, CHOE) == [("choe", 1)]


def test_those_present_are_no_speakers() -> None:
    """Names in a list of those present are no labels, since no colon was seen before."""
    text = (
        "Present were:\n\nComrade Enver Hoxha, First Secretary\n\n"
        "Comrade Choe Yong-geon, Chairman\n\n"
        "Comrade Enver Hoxha: Welcome.\n\nComrade Choe Yong-geon, Thank you.\n"
    )
    assert _spoken(text, HOXHA, CHOE) == [("hoxha", 1), ("choe", 1)]
    assert [role for role, _ in _roles(text, HOXHA, CHOE)] == ["participants"]


def test_a_name_as_like_to_two_speakers_is_nobodys() -> None:
    """Between two speakers who are equally like, nothing is guessed."""
    twins = Speaker("anna", ("Anna",)), Speaker("anne", ("Anne",))
    assert _spoken("Anna: Yes.\n\nAnne: No.\n\nAnno: Well.\n", *twins) == [("anna", 1), ("anne", 2)]


DRAMA = """HAMLET

ACT I. SCENE I.

Elsinore. A platform before the castle.

BERNARDO.
Who’s there?

FRANCISCO.
Nay, answer me. Stand and unfold yourself.

BERNARDO.
Long live the King!

[Enter Horatio and Marcellus.]

FRANCISCO.
Bernardo?

Exit Francisco.

SCENE II. A room of state.

HAMLET. A little more than kin (aside).
BERNARDO. Hm.
HAMLET. Not so, my lord.
"""


def test_drama_has_turns_scenes_and_stage_directions() -> None:
    """Labels in capitals, on lines of their own or before the speech, and what is no speech."""
    assert _spoken(DRAMA) == [
        ("bernardo", 1),
        ("francisco", 1),
        ("bernardo", 2),
        ("francisco", 2),
        ("hamlet", 1),
        ("bernardo", 1),
        ("hamlet", 1),
    ]
    assert _roles(DRAMA) == [
        ("heading", "HAMLET"),
        ("note", "Elsinore. A platform before the castle."),
        ("stage direction", "[Enter Horatio and Marcellus.]"),
        ("stage direction", "Exit Francisco."),
        ("heading", "SCENE II. A room of state."),
        ("stage direction", "(aside)"),
    ]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Q: How?\nA: Well.\nQ: Good.\nA: Yes.\n", ["q", "a", "q", "a"]),
        ("ΣΩΚΡΑΤΗΣ: Ποῖ;\nΦΑΙΔΡΟΣ: Παρά.\nΣΩΚΡΑΤΗΣ: Ναί.\nΦΑΙΔΡΟΣ: Ἦ.\n", ["σωκράτης", "φαιδρος"]),
        (
            "Тов. Хрущев: Да.\n\nТов. Ходжа: Да.\n\nТов. Хрушев; Спасибо вам.\n\nТов. Ходжа: Да.\n",
            [],
        ),
        ("金日成：你好。\n霍查：你好。\n金日成：很好。\n霍查：谢谢。\n", ["金日成", "霍查"] * 2),
        ("דוד: שלום.\nיעל: שלום לך.\nדוד: מה?\nיעל: טוב.\n", ["דוד", "יעל"] * 2),
        ("أحمد: السلام.\nمريم: وعليكم.\nأحمد: نعم.\nمريم: لا.\n", ["أحمد", "مريم"] * 2),
        (
            "Jean de La Fontaine : Oui.\n\nMarie : Non.\n\n"
            "Jean de La Fontaine : Si.\n\nMarie : Ah.\n",
            ["jean-de-la-fontaine", "marie"] * 2,
        ),
    ],
)
def test_speakers_are_proposed_in_any_script(text: str, speakers: list[str]) -> None:
    """Phrases that come before a colon again and again are labels."""
    spoken = [speaker for speaker, _ in _spoken(text)]
    assert len(spoken) == 4
    assert spoken[0] == spoken[2]
    assert spoken[1] == spoken[3]
    if len(speakers) == 4:
        assert spoken == speakers


def test_a_bracket_between_name_and_mark_belongs_to_the_label() -> None:
    """How something is said stands between the name and the speech, as a stage direction."""
    text = (
        "KING LEAR\nMeantime we shall.\n\nCORDELIA [Aside]\nWhat shall I do?\n\n"
        "KING LEAR (laughs): So.\n\nCORDELIA\nThen poor.\n"
    )
    assert [speaker for speaker, _ in _spoken(text)] == ["king-lear", "cordelia"] * 2
    assert _roles(text) == [("stage direction", "[Aside]"), ("stage direction", "(laughs)")]


@pytest.mark.parametrize(
    "text",
    [
        "Gen 1:1 In the beginning.\n\nGen 1:2 And the earth.\n\nGen 1:3 And God.\n",
        "The text says: one.\n\nThe text says: two.\n",
        "Note: one.\n\nNote: two.\n\nArticle 1: a.\n\nArticle 2: b.\n",
    ],
)
def test_what_comes_before_colons_need_not_speak(text: str) -> None:
    """References, sentences and headings are not proposed as speakers."""
    assert proposed(_derived(text)) == ()


def test_short_names_that_are_alike_are_two_people() -> None:
    """Two frequent short labels are kept apart, a rare one is the frequent one misread."""
    text = "".join(f"Maria: {n}.\n\nMario: so.\n\n" for n in range(4)) + "Marla: end.\n\n"
    assert [speaker.names for speaker in proposed(_derived(text))] == [
        ("Maria", "Marla"),
        ("Mario",),
    ]


def test_a_speaker_who_speaks_once_is_found_by_the_title() -> None:
    """A label seen once counts where it has the title of the others."""
    text = "Mr A: Yes.\n\nMr B: No.\n\nMr A: So.\n\nMr B: Ah.\n\nMr Cee: Oh.\n"
    assert [speaker for speaker, _ in _spoken(text)][-1] == "mr-cee"


def test_a_letter_is_one_turn_of_nobody() -> None:
    """A text without labels is a speakerless turn between its opening and its closing matter."""
    text = (
        "Tirana, 6 June 1959\n\nDear Friend,\n\nI write.\n\nIt is late.\n\n"
        "Yours sincerely,\n\nA. Smith\n"
    )
    assert _spoken(text) == [(None, 2)]
    assert _roles(text) == [
        ("dateline", "Tirana, 6 June 1959"),
        ("heading", "Dear Friend,"),
        ("closer", "Yours sincerely,"),
        ("signature", "A. Smith"),
    ]


@pytest.mark.parametrize(
    "date",
    ["June 6, 1959", "6 June 1959", "Tiranë, më 6 qershor 1959", "6. Juni 1959", "le 6 juin 1959"]
    + [
        "6 июня 1959 года",
        "6 Ιουνίου 1959",
        "1959年6月6日",
        "6.6.1959",
        "1959-06-06",
        "Junc 6, 1959",
    ],
)
def test_datelines_in_several_languages(date: str) -> None:
    """A date and little else is a dateline."""
    text = f"{date}\n\nAnna: Yes.\n\nBert: No.\n\nAnna: Yes.\n\nBert: No.\n"
    assert _roles(text) == [("dateline", date)]


@pytest.mark.parametrize(
    "remark",
    ["(laughter)", "(1aughter)", "[Applause]", "(të qeshura)", "(Duartrokitje)", "（笑）", "(смех)"]
    + ["(prolonged applause)", "(Heiterkeit)", "(general laughter)"],
)
def test_stage_directions_stay_inside_their_turn(remark: str) -> None:
    """A remark in brackets is a stretch of its own; the turn goes on around it."""
    text = f"Anna: Our heads {remark}, because.\n\nBert: No.\n\nAnna: Yes.\n\nBert: So.\n"
    assert _roles(text) == [("stage direction", remark)]
    assert _spoken(text)[0] == ("anna", 1)


@pytest.mark.parametrize("insertion", ["[Choe Yong Gon]", "(APL)", "(in 1956)", "[sic]"])
def test_other_brackets_are_speech(insertion: str) -> None:
    """An identification or an aside of the speaker is no stage direction."""
    text = f"Anna: Our party {insertion} is.\n\nBert: No.\n\nAnna: Yes.\n\nBert: So.\n"
    assert _roles(text) == []


WRAPPED = """   Anna: The party is committed to follow the course and closely
attached to the people of the country and to all of the others that
are in the struggle against them.
   The second paragraph begins here, set in by a few blanks, and it
goes on for two lines.
\f
   Bert: We have walked and will always do so in this course full of
successes, because our countries do not know crises, and the levels
\f
grow steadily every year.
   Anna: That is so.
   Bert: Yes.
"""


def test_paragraphs_of_wrapped_lines_are_recovered() -> None:
    """Indentation and short last lines end paragraphs; a page break does not by itself."""
    expected = [("anna", 2), ("bert", 1), ("anna", 1), ("bert", 1)]
    assert _spoken(WRAPPED) == expected
    flush = "\n".join(line.strip() for line in WRAPPED.splitlines() if line.strip())
    assert _spoken(flush) == expected


def test_verse_is_not_cut_at_its_lines() -> None:
    """Lines that all begin with a capital are verse: only blank lines end their paragraphs."""
    text = "Shall I compare thee to a day?\nThou art more lovely.\nRough winds do shake the buds.\n"
    assert _spoken(f"{text}\n{text}") == [(None, 2)]


def test_what_was_told_comes_first() -> None:
    """Roles of the reader beat recognition, and those of the editor beat the reader's."""
    text = "Anna: Yes.\n\nTHE END\n\nBert: No.\n\nAnna: Yes.\n\nBert: No.\n"
    place = Span(12, 19)
    made = Derived.of(text)
    told = [Stretch(place, Role.NOTE, "reader")]
    assert [s.role for s in divide(made, roles=told).stretches][1] is Role.NOTE
    over = [Stretch(place, Role.FURNITURE, "edition.toml")]
    division = divide(made, roles=told, overruled=over)
    assert [s.of(text).strip() for s in division.furniture()] == ["THE END"]
    assert [len(turn.paragraphs) for turn in division.turns] == [1, 1, 1, 1]


def test_furniture_inside_a_turn_is_named_with_its_evidence() -> None:
    """A page number between two halves of a word is furniture, the word's halves are not."""
    text = "Anna: The Ko-\n- 1 -\n\frean party.\n\nBert: No.\n\nAnna: Yes.\n\nBert: No.\n"
    context = Context("en", attested=attested({"W": "Korean"}))
    division = divide(apply(recipe("ocr-english"), text, context))
    found = [s for s in division.stretches if s.role is Role.FURNITURE]
    assert [(s.span.of(text).strip(), s.evidence) for s in found] == [
        ("- 1 -", "page-furniture, page number")
    ]


def test_stretches_must_tile() -> None:
    """A division with a gap or a short end is refused."""
    with pytest.raises(TurnError, match="gap or overlap at 0"):
        Division(3, (Stretch(Span(1, 3), Role.TURN),))
    with pytest.raises(TurnError, match="roles end at 2, the text at 3"):
        Division(3, (Stretch(Span(0, 2), Role.TURN),))


@given(
    st.lists(st.one_of(strategies.texts(6), st.just("\n\nAnna: So.\n\nBert: No.\n\n")), max_size=8),
    st.data(),
)
def test_nothing_of_a_witness_is_lost(parts: list[str], data: st.DataObject) -> None:
    """Stretches tile any text under any recipe, and turns lie in order within them."""
    text = "".join(parts)
    made = apply(data.draw(strategies.recipes()), text, Context())
    told = [Stretch(data.draw(strategies.spans(text)), data.draw(st.sampled_from(Role)))]
    division = divide(made, roles=told)
    assert "".join(s.span.of(text) for s in division.stretches) == text
    ends = [0]
    for turn in division.turns:
        assert ends[-1] <= turn.span.start <= turn.span.end
        assert turn.span == Span(turn.paragraphs[0].start, turn.paragraphs[-1].end)
        ends.append(turn.span.end)
    spoken = [s.span for s in division.stretches if s.role is Role.TURN]
    for turn in division.turns:
        assert any(span.overlaps(turn.span) for span in spoken) or len(turn.span) == 0 or told
