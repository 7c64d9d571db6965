"""The JSON result reads back equal, and says so when it cannot."""

from __future__ import annotations

import json as plain
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from attrs import asdict
from hypothesis import given as for_all
from hypothesis import strategies as st

from exporters.specimen import apparatus_of, ready_made, specimen, with_original
from variorum.apparatus import Apparatus
from variorum.errors import ExportError
from variorum.exporters import exporter
from variorum.exporters.json import _tokens, load, rebuild, restore
from variorum.exporters.json.restored import sealed
from variorum.loci import Absence
from variorum.tokens import Tokens

json = exporter("json")


def _same(one: Apparatus, other: Apparatus) -> None:
    """Field by field, arrays included."""
    for name in ("title", "base", "witnesses", "speakers", "beads", "loci", "notes"):
        assert getattr(one, name) == getattr(other, name), name
    for name in ("derived", "divisions", "closeness", "fingerprint"):
        assert dict(getattr(one, name)) == dict(getattr(other, name)), name
    assert one.collation.sigla == other.collation.sigla
    assert one.collation.moves == other.collation.moves
    assert (one.collation.table == other.collation.table).all()
    for a, b in zip(one.collation.tokens, other.collation.tokens, strict=True):
        assert (a.starts == b.starts).all()
        assert (a.ends == b.ends).all()
        assert (a.text, a.forms) == (b.text, b.forms)
        assert (dict(a.pieces), dict(a.extra)) == (dict(b.pieces), dict(b.extra))


def test_reads_back_equal() -> None:
    """Everything an apparatus holds comes back, and is written the same again."""
    made = specimen()
    data = json.export(made)
    back = restore(data)
    _same(made, back)
    assert json.export(back) == data


def test_ready_made_tokens_read_back_equal() -> None:
    """Tokens that came with n, without it, and with further keys stay what they were."""
    made = ready_made(
        {
            "A": [("The ", "the", ""), ("cat ", None, '{"page": 1.50, "é": [null]}')],
            "B": [("A ", "a", "1e3"), ("cat", "CAT", ""), ("!", None, "")],
        }
    )
    _same(made, restore(json.export(made)))


def test_a_witness_that_is_not_collated() -> None:
    """An original beside its translations has no row, and its text is rebuilt all the same."""
    made = with_original(specimen())
    data = json.export(made)
    _same(made, restore(data))
    assert rebuild(load(data)["witnesses"][-1]).startswith("Shoku Enver Hoxha")


def test_a_text_without_tokens() -> None:
    """A witness of furniture alone, and one that is empty, are rebuilt."""
    made = apparatus_of({"A": "word", "B": "furniture\n", "C": ""})
    _same(made, restore(json.export(made)))


def test_shape_is_the_published_one() -> None:
    """Keys and offsets of the file are those that scripts rely on."""
    found = plain.loads(json.export(specimen()))
    assert {"fingerprint", "witnesses", "beads", "loci"} <= found.keys()
    locus = found["loci"][0]
    assert {"id", "turn", "kind", "evidence", "base", "lemma", "readings"} <= locus.keys()
    ours, theirs = locus["readings"]
    assert (ours["text"], theirs["text"]) == ("15", "16")
    assert list(ours["witnesses"]) == ["P", "W"]
    texts = {w["siglum"]: rebuild(w) for w in found["witnesses"]}
    [[start, end]] = theirs["witnesses"]["O1"]
    assert texts["O1"][start:end] == "16"
    assert {"id", "turn", "witnesses", "move", "confidence"} <= found["beads"][1].keys()
    assert {r["absence"] for x in found["loci"] for r in x["readings"]} == {None, *Absence}


def test_a_token_in_pieces_is_told_with_what_stands_between() -> None:
    """A page number in the middle of a word is no part of the token, and is not lost."""
    [witness] = [w for w in load(json.export(specimen()))["witnesses"] if w["siglum"] == "P"]
    [[index, spans, inner]] = witness["pieces"]
    assert witness["t"][index] == witness["n"][index] == "extremely"
    assert inner == ["\f3\n"]
    assert spans[1][0] - spans[0][1] == 3
    assert "extre\f3\nmely" in rebuild(witness)


def test_bytes_are_strict_and_deterministic() -> None:
    """The file ends with a line feed, has letters as letters, and no hash order in it."""
    data = json.export(specimen())
    assert data == json.export(specimen())
    assert data.endswith(b"\n}\n")
    assert "Durrës".encode() in data
    shuffled = specimen()
    object.__setattr__(shuffled, "closeness", dict(reversed(list(shuffled.closeness.items()))))
    assert json.export(shuffled) == data


def test_a_lone_surrogate_survives() -> None:
    """What UTF-8 cannot hold is written as an escape and read back."""
    made = apparatus_of({"A": "a \ud800 b", "B": "a b"})
    _same(made, restore(json.export(made)))


@for_all(st.lists(st.lists(st.sampled_from(["a", "Ë", "-\n", "\f", "𝔘", " ", "’", "."]))))
def test_any_text_is_rebuilt(rows: list[list[str]]) -> None:
    """Whatever the witnesses hold, each is rebuilt to the character."""
    texts = {f"S{i}": "".join(row) for i, row in enumerate([["a"], *rows])}
    found = load(json.export(apparatus_of(texts)))
    assert {w["siglum"]: rebuild(w) for w in found["witnesses"]} == texts


@for_all(st.text("ab c", min_size=1, max_size=12), st.data())
def test_tokens_that_share_characters_are_rebuilt(text: str, data: st.DataObject) -> None:
    """Two tokens cut from the same characters by a rule neither double nor lose them."""
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = sorted(tuple(sorted(pair)) for pair in data.draw(st.lists(edges, max_size=5)))
    starts, ends = (np.array([s[i] for s in spans], dtype=np.int32) for i in (0, 1))
    tokens = Tokens(text, starts, ends, tuple("n" for _ in spans))
    assert rebuild({"siglum": "A", **_tokens(tokens, text)}) == text


def _changed(change: Callable[[dict[str, Any]], None]) -> bytes:
    """The specimen's file with something changed and the seal set anew."""
    found = load(json.export(specimen()))
    del found["digest"]
    change(found)
    return sealed(plain.dumps(found)[:-1].encode() + b",")


def _set(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def change(found: Any) -> None:
        for key in path[:-1]:
            found = found[key]
        found[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_set("witnesses", 0, "t", 3, to="A"), "W: the text rebuilt from its tokens is not"),
        (_set("witnesses", 0, "between", 3, to="  "), "W: the text rebuilt"),
        (_set("witnesses", 0, "between", to=[]), "W: tokens and the strings between them"),
        (_set("witnesses", 0, "columns", 0, to=1), "cannot be spelled"),
        (_set("witnesses", 0, "roles", to=[]), "roles end at 0"),
        (_set("loci", 0, "lemma", to=5), "points at no columns or reading"),
        (_set("loci", 0, "base", to="Z"), "has a base 'Z' unknown"),
        (_set("loci", 0, "readings", 0, "witnesses", "Z", to=[]), "no witness 'Z'"),
        (_set("loci", 0, "readings", 0, "witnesses", "W", to=[[0, 9999]]), "leaves the text of W"),
        (_set("beads", 0, "witnesses", "W", to=[[0, 9999]]), "bead b0: a span leaves"),
        (_set("moves", 0, "there", to=[0, 999]), "move at 3: points at no columns"),
        (_set("loci", 0, "readings", 0, "cause", to="gremlins"), "damaged"),
        (_set("format", to="variorum 0"), "not a result of the format"),
    ],
)
def test_what_does_not_hold_is_refused(change: Callable[[dict[str, Any]], None], told: str) -> None:
    """A file that contradicts itself is refused with the place, even when sealed anew."""
    with pytest.raises(ExportError) as caught:
        restore(_changed(change))
    assert told in str(caught.value)


def test_one_changed_character_is_noticed() -> None:
    """The seal covers readings and forms too, which no witness's digest would catch."""
    data = json.export(specimen())
    with pytest.raises(ExportError, match="changed after it was written"):
        load(data.replace(b'"text":"16"', b'"text":"17"'))


@pytest.mark.parametrize("data", [b"", b"\xff", b"[1]", b'{"format":"variorum 1","x":NaN}'])
def test_what_is_no_result_is_refused(data: bytes) -> None:
    """Other bytes than a result are declined with a sentence."""
    with pytest.raises(ExportError, match="not a result"):
        restore(data)


def test_descriptions_come_whole() -> None:
    """What the editor said about a witness stands in the file under its own names."""
    made = specimen()
    found = load(json.export(made))
    assert found["witnesses"][0]["description"] == plain.loads(
        plain.dumps(asdict(made.witnesses[0].description))
    )
