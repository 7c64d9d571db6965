"""Turns read off the collation."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.aligners import Bead
from variorum.edition import Settings, collated
from variorum.rules import recipe
from variorum.text import Text
from variorum.witness import Description, Witness

TURNS = (
    ("ANNA", "How was the journey over the mountains in the snow?"),
    ("BERT", "Long, and cold enough to freeze the ink in its bottle."),
    ("ANNA", "Then sit by the stove, and tell us about the city."),
    ("BERT", "They have built forty bridges since the war ended there."),
    ("ANNA", "Forty bridges is a marvellous number for one small river."),
)


def text(*turns: tuple[str, str]) -> str:
    """Turns as paragraphs with labels; an empty name is a lost label."""
    return "\n\n".join(f"{name}: {speech}" if name else speech for name, speech in turns) + "\n"


def aligned(texts: Mapping[str, str], base: str = "A") -> tuple[Bead, ...]:
    """The beads of some texts."""
    found = [
        Witness(siglum, Text(told), description=Description(language="en"))
        for siglum, told in texts.items()
    ]
    recipes = {siglum: recipe("plain") for siglum in texts}
    return collated(Settings("", base, recipes), found).beads


def read(bead: Bead, siglum: str, texts: Mapping[str, str]) -> str:
    """What a witness has in a bead."""
    spans = bead.witnesses.get(siglum, ())
    return " | ".join(" ".join(span.of(texts[siglum]).split()) for span in spans)


def test_turns_are_found_where_every_label_is_lost() -> None:
    """A witness without labels has its turns from the one that kept them."""
    texts = {"A": text(*TURNS), "B": text(*(("", speech) for _, speech in TURNS))}
    beads = aligned(texts)
    assert [bead.turn for bead in beads] == [1, 2, 3, 4, 5]
    assert [read(bead, "B", texts) for bead in beads] == [speech for _, speech in TURNS]
    assert all(bead.confidence == 1 for bead in beads)


def test_base_without_labels_gets_turns_from_another() -> None:
    """Where the base has lost its labels, the witness that kept most frames the text."""
    texts = {"A": text(*(("", speech) for _, speech in TURNS)), "B": text(*TURNS)}
    assert [read(bead, "A", texts) for bead in aligned(texts)] == [s for _, s in TURNS]


def test_a_turn_that_moved_is_one_bead() -> None:
    """A turn that stands elsewhere is a bead with a move, no omission beside an addition."""
    order = [0, 3, 1, 2, 4]
    texts = {"A": text(*TURNS), "B": text(*(TURNS[n] for n in order)), "C": text(*TURNS)}
    beads = aligned(texts)
    assert len(beads) == 5
    moved = [bead for bead in beads if bead.move]
    assert moved
    assert any("forty bridges since" in read(bead, "B", texts) for bead in beads if bead.turn == 4)


def test_a_turn_of_another_witness_is_its_own_bead() -> None:
    """A turn that the base lacks stands between its neighbours as a bead of its own."""
    extra = ("BERT", "Nobody asked me whether I would rather have stayed at home.")
    texts = {"A": text(*TURNS), "B": text(*TURNS[:3], extra, *TURNS[3:])}
    beads = aligned(texts)
    own = [bead for bead in beads if set(bead.witnesses) == {"B"}]
    assert [read(bead, "B", texts) for bead in own] == [f"{extra[0]}: {extra[1]}"]
    assert [bead.turn for bead in beads] == [1, 2, 3, None, 4, 5]


def test_an_inserted_sentence_goes_with_its_paragraph() -> None:
    """Words that the base lacks go to the side that their own label or paragraph says."""
    longer = [
        *TURNS[:1],
        ("BERT", TURNS[1][1] + " My boots gave out on the second day."),
        *TURNS[2:],
    ]
    texts = {"A": text(*TURNS), "B": text(*longer)}
    assert read(aligned(texts)[1], "B", texts).endswith("second day.")


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(TURNS), min_size=1, max_size=7),
    st.lists(st.sampled_from(TURNS), min_size=1, max_size=7),
)
def test_beads_cover_every_word_once(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> None:
    """Every character that is no white space lies in exactly one bead."""
    texts = {"A": text(*one), "B": text(*other)}
    beads = aligned(texts)
    for siglum, told in texts.items():
        spans = sorted(span for bead in beads for span in bead.witnesses.get(siglum, ()))
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
        covered = {at for span in spans for at in range(span.start, span.end)}
        assert all(at in covered for at, char in enumerate(told) if not char.isspace())


def test_a_turn_that_only_others_have_is_one_bead_of_theirs() -> None:
    """Two witnesses with a turn the base lacks share its bead, and so does one without labels."""
    extra = ("BERT", "Nobody asked me whether I would rather have stayed at home.")
    longer = [*TURNS[:3], extra, *TURNS[3:]]
    texts = {
        "A": text(*TURNS),
        "B": text(*longer),
        "C": text(*longer),
        "D": text(*(("", speech) for _, speech in longer)),
    }
    (own,) = [bead for bead in aligned(texts) if "A" not in bead.witnesses]
    assert [read(own, siglum, texts) for siglum in "BCD"] == [
        f"{extra[0]}: {extra[1]}",
        f"{extra[0]}: {extra[1]}",
        extra[1],
    ]


def test_different_turns_moved_to_one_place() -> None:
    """Turns that two witnesses moved to the same place, labels lost, each keep their own number."""
    bare = [("", speech) for _, speech in TURNS]
    texts = {
        "A": text(*TURNS),
        "B": text(*(bare[n] for n in (1, 2, 3, 0, 4))),
        "C": text(*(bare[n] for n in (0, 2, 3, 1, 4))),
        "D": text(*TURNS),
    }
    beads = {bead.turn: bead for bead in aligned(texts)}
    for number, (_, speech) in enumerate(TURNS, 1):
        assert read(beads[number], "B", texts) == speech
        assert read(beads[number], "C", texts) == speech
    assert [number for number, bead in beads.items() if bead.move] == [1, 2]
