"""What an edition writes: the file of each format in its build folder."""

from __future__ import annotations

from collections.abc import Mapping

from variorum.apparatus import Apparatus
from variorum.edition.folder import BUILD
from variorum.exporters import exporter
from variorum.exporters.facing import to_html
from variorum.files import put, write

__all__ = ["BUILD", "FILES", "exported", "facing", "put", "write"]

FILES: Mapping[str, str] = {
    "report": "report.html",
    "json": "collation.json",
    "csv": "loci.csv",
    "collatex-json": "collatex.json",
}
"""Format → name of its file in the build folder."""


def exported(apparatus: Apparatus, formats: tuple[str, ...] = tuple(FILES)) -> dict[str, bytes]:
    """The files of an apparatus: name in the build folder → bytes."""
    return {FILES[name]: exporter(name).export(apparatus) for name in formats}


def facing(apparatus: Apparatus) -> dict[str, bytes]:
    """A page of facing columns for each translation: name in the build folder → bytes."""
    return {
        f"{each.source}-{each.target}.html": to_html(each.parallel, each.findings)
        for each in apparatus.translations
    }
