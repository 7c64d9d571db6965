"""What denies in a text, by language."""

from __future__ import annotations

import pytest

from variorum.languages.negations import Sense, denials


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("He didn’t come, nor did she.", "en", [("didn’t", "not"), ("nor", "nor")]),
        ("Not only he came.", "en", []),
        ("He can’t come without her.", "en", [("can’t", "not"), ("without", "without")]),
        ("An unjust union.", "en", [("unjust", "within")]),
        ("Nuk pashë asnjë njeri.", "sq", [("Nuk", "not")]),
        ("''Mos hani dhe mos e prekni''", "sq", [("Mos", "not"), ("dhe mos", "nor")]),
        ("S’ka gjë", "sq", [("S’", "not")]),
        ("E mori nga e ëma e s’ëmës.", "sq", []),
        ("Nuk është veçse një njeri.", "sq", [("Nuk është veçse", "only")]),
        ("Er kam nicht, nur sie.", "de", [("nicht", "not")]),
        ("Toute personne a droit à la vie.", "fr", [("personne", "no")]),
        ("Isn’t it he?", "en", [("Isn’t it", "asked")]),
        ("Why didn’t he come?", "en", [("didn’t he", "not")]),
        ("Unë e di se nuk erdhi.", "sq", [("nuk", "not")]),
        ("I papunë, i pasur, i parë.", "sq", [("I papunë", "within")]),
        ("Il n’est pas venu.", "fr", [("n’", "not")]),
        ("Nadie vino, y no lo vi.", "es", [("Nadie", "not"), ("y no", "nor")]),
        ("Он не пришёл, никто не знал.", "ru", [("не", "not"), ("не", "not")]),
        ("dunno", "xx", []),
    ],
)
def test_denials(text: str, language: str, told: list[tuple[str, str]]) -> None:
    """Each denial once, with its sense: what goes along with a verb is none of its own."""
    found = denials(text, language)
    assert [(each.span.of(text), each.sense.value) for each in found] == told


def test_senses() -> None:
    """A language without accents is the same language."""
    assert [d.sense for d in denials("Eshte i padrejte, pa dyshim.", "sq")] == [Sense.WITHIN]
