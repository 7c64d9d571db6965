"""Loci: readable goldens of what an editor would want, and the laws."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from variorum.apparatus import Apparatus
from variorum.edition import Settings, collated
from variorum.loci import Locus
from variorum.rules import RECIPES
from variorum.text import Text
from variorum.turns import Speaker
from variorum.witness import Description, Witness

GOLDENS = Path(__file__).parent / "goldens" / "loci"


def apparatus_of(golden: Path) -> Apparatus:
    """The witnesses of a golden, ``SIGLUM.txt`` or ``SIGLUM.ocr.txt`` each, collated."""
    told = golden / "golden.toml"
    settings = tomllib.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    texts = {
        path.name.removesuffix(".txt"): path.read_bytes().decode("utf-8")
        for path in sorted(golden.glob("[A-Z]*.txt"))
    }
    return collated_from(texts, **settings)


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
