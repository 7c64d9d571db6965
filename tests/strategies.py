"""Hypothesis strategies: texts as witnesses have them, edits, recipes, witnesses with variants.

``texts()`` is glued from fragments that each once broke something: combining
marks, ligatures, right-to-left words, hyphens at line ends, every kind of
space and break, page numbers.
"""

from __future__ import annotations

from attrs import frozen
from hypothesis import strategies as st

from variorum.rules import RULES, Recipe, Step
from variorum.text import Derived, Edit, Span

__all__ = ["Planted", "derived", "edits", "planted", "recipes", "spans", "texts"]

FRAGMENTS = (
    *("the", "Comrade", "Enver", "Yong", "geon", "N.S.", "p.sh.", "15%", "5,000", "1959", "A"),
    *("e\u0301", "\u00eb", "\u00c7", "o\u0323\u0302", "\u1100\u1161", "\u212b", "\u0301"),  # marks
    *("\ufb03", "\u017f", "\u0133", "\u00df", "\u03a3", "\u0130"),  # ligatures, odd capitals
    *("\u05e9\u05dc\u05d5\u05dd", "\u05e6\u05d4\u05f4\u05dc", "\u0639\u0640\u0631", "\u200f"),
    *("\u4f1a\u8c08", "\u3002", "\u0e01\u0e47", "\u1f00\u03bb\u03bb\u2019", "\u1f10\u03b3\u03ce"),
    *("'", "\u2019", "\u2018", "\u201c", "\u201d", "\u00ab", ",,", "''", "\u2026", ". . ."),
    *("-", "--", "\u2014", "\u2013", "\u2010", "\u00ad", "-\n", "\u00ac\r\n", "\ufffe\n"),
    *(" ", "  ", "\u00a0", "\u2009", "\t", "\n", "\n\n", "\r\n", "\r", "\u2028", "\u2029", "\f"),
    *(
        "\n- 2 -\n",
        "\nSkip to content\n",
        "\fPage 3\n",
        ".",
        ",",
        ":",
        ";",
        "?",
        "(",
        ")",
        "[",
        "]",
    ),
    *("\u200b", "\ufeff", "\u200d", "\uff1a", "\U0001f600", "\U00020000", "$"),
)


def texts(max_size: int = 30) -> st.SearchStrategy[str]:
    """Texts of up to *max_size* fragments."""
    return st.lists(st.sampled_from(FRAGMENTS), max_size=max_size).map("".join)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """A span of *text*, often empty."""
    start = draw(st.integers(0, len(text)))
    return Span(start, draw(st.integers(start, len(text))))


@st.composite
def edits(draw: st.DrawFn, text: str, most: int = 4) -> list[Edit]:
    """Edits of *text* that do not overlap, in any order."""
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=2 * most)))
    pairs = zip(places[::2], places[1::2], strict=False)
    made = [Edit(Span(a, b), draw(st.text("abc", max_size=3))) for a, b in pairs]
    return draw(st.permutations(made))


@st.composite
def derived(draw: st.DrawFn, most: int = 4) -> Derived:
    """A short text after up to *most* made-up rules."""
    made = Derived.of(draw(st.text("abcdefgh", max_size=12)))
    for step in range(draw(st.integers(0, most))):
        made = made.then(draw(edits(made.result)), f"rule-{step}")
    return made


def recipes() -> st.SearchStrategy[Recipe]:
    """Any few rules in any order, with their default options."""
    steps = st.lists(st.sampled_from(sorted(RULES)).map(Step), max_size=5)
    return steps.map(lambda found: Recipe("any", tuple(found)))


@frozen
class Planted:
    """Witnesses made from one text, and for each of their words the word of it they render.

    ``witnesses`` has, by siglum, (position in ``base`` or nothing, word as written).
    """

    base: tuple[str, ...]
    witnesses: dict[str, tuple[tuple[int | None, str], ...]]

    def text(self, siglum: str) -> str:
        """A witness as one would read it."""
        return " ".join(word for _, word in self.witnesses[siglum])


WORDS = ("the", "cat", "sat", "on", "mat", "of", "black", "party", "people", "strong", ",", ".")


@st.composite
def planted(draw: st.DrawFn, most: int = 4, length: int = 20) -> Planted:
    """Two to *most* witnesses with words left out, added and replaced."""
    base = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=length))
    made = {}
    for number in range(draw(st.integers(2, most))):
        words: list[tuple[int | None, str]] = []
        for at, word in enumerate(base):
            fate = draw(st.sampled_from(("keep",) * 12 + ("drop", "add", "change")))
            words += [(None, "moreover")] if fate == "add" else []
            words += [] if fate == "drop" else [(at, word + "x" if fate == "change" else word)]
        made["ABCDEFGH"[number]] = tuple(words)
    return Planted(tuple(base), made)
