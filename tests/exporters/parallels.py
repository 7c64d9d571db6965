"""Made-up alignments: a specimen one can read, and any alignment whatever."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from variorum.aligners import Pair, Parallel, Passage, Sentence, Side
from variorum.text import Span
from variorum.witness import Role

__all__ = ["SPECIMEN", "parallels", "side"]

LINES = ("Po.", "Jo.", "Po. Jo.", "Ai tha: “Po.”", 'He said "no".', "A & B < C", "e\u0301 ~~~ [0]")
ODD = ("\ufffe", "a\u0001b", "x\ud800")
ROLES = tuple(role for role in Role if role is not Role.FURNITURE)


def side(
    file: str,
    language: str,
    lines: Sequence[str],
    turns: Sequence[int] = (),
    passages: Sequence[Passage] = (Passage(Role.TURN),),
) -> Side:
    """A side of *lines*, all of one turn if nothing else is said."""
    sentences, at = [], 0
    for line, turn in zip(lines, turns or [0] * len(lines), strict=True):
        sentences.append(Sentence(Span(at, at + len(line)), line, turn))
        at += len(line) + 1
    return Side(file, language, tuple(sentences), tuple(passages))


SPECIMEN = Parallel(
    side(
        "a.sq.txt",
        "sq",
        ("Shënime", "Po.", "Ai erdhi dhe iku.", "Kështu."),
        (0, 1, 1, 2),
        (Passage(Role.HEADING), Passage(Role.TURN, "hoxha"), Passage(Role.TURN, "çoe")),
    ),
    side(
        "a.en.txt",
        "en",
        ("Notes", "He came.", "He left.", "Yes.", "(laughter)"),
        (0, 1, 1, 1, 2),
        (Passage(Role.HEADING), Passage(Role.TURN, "hoxha"), Passage(Role.STAGE)),
    ),
    (
        Pair((0,), (0,), 0.9),
        Pair((1,), (3,), 0.75, move=True),
        Pair((2,), (1, 2), 1.0, locked=True),
        Pair((3,), (), 0.5),
        Pair((), (4,), 0.25),
    ),
    (Pair((0,), (0,), 0.9), Pair((1,), (1,), 0.8), Pair((2,), (), 0.5), Pair((), (2,), 0.5)),
    {"variorum": "0", "aligner": "by hand", "id": "00"},
)
"""Every kind of bead: one to one, moved, one to two and locked, left out, added."""


@st.composite
def _sides(draw: st.DrawFn, language: str, lines: Sequence[str]) -> Side:
    told = draw(st.lists(st.sampled_from(lines), min_size=1, max_size=7))
    turns, turn = [], 0
    for n in range(len(told)):
        turn += bool(n) and draw(st.booleans())
        turns.append(turn)
    speakers = st.sampled_from((None, "hoxha", "çoe jong-gon", "1"))
    passages = [
        Passage(role, draw(speakers) if role is Role.TURN else None)
        for role in draw(st.lists(st.sampled_from(ROLES), min_size=turn + 1, max_size=turn + 1))
    ]
    return side(f"a.{language}.txt", language, told, turns, passages)


@st.composite
def _pairs(draw: st.DrawFn, one: int, other: int) -> tuple[Pair, ...]:
    """Pairs that hold every position once, in any order; most are in order."""
    rest = list(range(other)) if draw(st.integers(0, 3)) else draw(st.permutations(range(other)))
    out: list[Pair] = []
    at = 0
    while at < one:
        size, taken = draw(st.integers(1, 2)), draw(st.integers(0, 2))
        given = tuple(range(at, min(one, at + size)))
        got, rest = tuple(sorted(rest[:taken])), list(rest[taken:])
        at = given[-1] + 1
        sure, move, locked = draw(st.floats(0, 1)), draw(st.booleans()), draw(st.booleans())
        if got:
            out.append(Pair(given, got, sure, move=move, locked=locked))
        else:
            out += [Pair((n,), (), sure) for n in given]
    return (*out, *(Pair((), (n,), 0.5) for n in rest))


@st.composite
def parallels(draw: st.DrawFn, *, odd: bool = False, same: bool = False) -> Parallel:
    """Any alignment; *odd*: with characters that XML cannot hold; *same*: in one language."""
    lines = LINES + ODD if odd else LINES
    source = draw(_sides("sq", lines))
    target = draw(_sides("sq" if same else "en", lines))
    sizes = (len(source.sentences), len(target.sentences))
    turns = draw(_pairs(len(source.passages), len(target.passages)))
    fingerprint = {"variorum": "0", "lexicon": None, "source": ["sq", "0"]}
    return Parallel(source, target, draw(_pairs(*sizes)), turns, fingerprint)
