"""From page images to witnesses, with the real Tesseract in two languages."""

from __future__ import annotations

from pathlib import Path

import from_image_to_witness
import pytest

from variorum.edition import collated, opened
from variorum.ocr.estimate import estimate
from variorum.readers import read_path


def test_the_example_runs(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Both languages are read well; the wrong model loses every ë, is flagged, and is as sure."""
    assert from_image_to_witness.main([str(tmp_path)]) == 0
    told = capfd.readouterr().out
    rates = [float(line.split()[1]) for line in told.splitlines() if line.startswith("CER")]
    assert len(rates) == 3
    assert max(rates[:2]) < 0.03
    assert rates[2] > 0.06
    flagged = {}
    sure = {}
    for name in ("page-en", "page-sq", "page-sq-as-eng"):
        (witness,) = read_path(tmp_path / f"{name}.hocr")
        (page,) = estimate(witness)
        flagged[name] = "wrong language model" in {notice.kind for notice in page.notices}
        sure[name] = page.evidence.confidence or 0
        if name.endswith("-as-eng"):
            assert "ë" not in witness.text.chars
    assert flagged == {"page-en": False, "page-sq": False, "page-sq-as-eng": True}
    assert sure["page-sq-as-eng"] > 0.8
    assert "wrong language model" in told
    assert collated(*opened(tmp_path / "edition")).loci


def test_it_needs_a_folder(capfd: pytest.CaptureFixture[str]) -> None:
    """Without a folder it says how it is used."""
    assert from_image_to_witness.main([]) == 2
    assert "usage" in capfd.readouterr().err
