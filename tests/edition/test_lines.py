"""Where the keys of an edition file stand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.edition.lines import Keys, lines

ROOT = Path(__file__).parents[2]
EDITIONS = sorted(ROOT.glob("*/*/edition.toml"))

TRICKY = '''# [comment]
[edition]
title = """
[[witness]]
siglum = "none" \\""" """
"base" = 'A#]' # a comment
a . "b.c" . d = 1.5
at = 1979-05-27T07:32:00.5Z
[[witness]]
siglum="A"
hands = [ # one a line
  "x", [1, {q = "]", r = {}}],

]
derivation = { from = "A", by.who = "b" }
[[witness]]
[witness.derivation]
form = 1
[[witness.sub]]
k = \'\'\'
k = 2
\'\'\'
[recipe."my one"]
rules = []
'''


def ways(value: object, keys: Keys = ()) -> Iterator[Keys]:
    """The way to every table, key and item that tomllib finds."""
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    for key, item in inside:
        yield (*keys, key)
        yield from ways(item, (*keys, key))


@pytest.mark.parametrize("text", [TRICKY, TRICKY.replace("\n", "\r\n")], ids=["lf", "crlf"])
def test_strings_and_comments_are_no_tables(text: str) -> None:
    """What looks like a table in a string or a comment is none; each key has its line."""
    found = lines(text)
    assert set(found) == set(ways(tomllib.loads(text)))
    told = text.splitlines()
    for keys, start in {
        ("edition", "base"): '"base"',
        ("edition", "a", "b.c", "d"): "a . ",
        ("witness", 0, "siglum"): 'siglum="A"',
        ("witness", 0, "hands", 1, 1, "q"): '  "x"',
        ("witness", 0, "derivation", "by"): "derivation",
        ("witness", 1, "derivation", "form"): "form",
        ("witness", 1, "sub", 0): "[[witness.sub]]",
        ("recipe", "my one", "rules"): "rules",
    }.items():
        assert told[found[keys] - 1].startswith(start)


@pytest.mark.parametrize("path", EDITIONS, ids=lambda p: p.parent.name)
def test_every_key_of_our_editions_has_a_line(path: Path) -> None:
    """The walk finds what tomllib finds, no more and no less, in every edition here."""
    text = path.read_text(encoding="utf-8")
    assert set(lines(text)) == set(ways(tomllib.loads(text)))


@given(st.lists(st.text(alphabet="a[]{}#=,.'\"\\\n é", max_size=12), max_size=5))
def test_whatever_stands_in_strings(values: list[str]) -> None:
    """Whatever strings hold, the key after them is found on its line."""
    escaped = [v.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for v in values]
    told = [f'[[witness]]\nsiglum = "{v}"\nh = ["{v}", {{ k = "{v}" }}]' for v in escaped]
    text = "\n".join([*told, "last = 1"])
    found = lines(f"[edition]\n{text}\n" if not told else f"{text}\n")
    key: Keys = ("witness", len(values) - 1, "last") if values else ("edition", "last")
    assert found[key] == (3 * len(values) + 1 if values else 2)
