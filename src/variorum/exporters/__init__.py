"""The shelf of exporters: an apparatus in, the bytes of one file out.

An exporter is a module with

- ``NAME``, ``VERSION`` and ``SUFFIX`` (``"html"``);
- ``MERGES``: the empty string if reading the file back loses nothing, else
  one sentence that names what the format cannot tell apart;
- ``restore(bytes) -> Apparatus``, if ``MERGES`` is empty: the way back, on
  which the round-trip law is run;
- ``export(apparatus) -> bytes``; options, if any, are keyword-only with
  defaults.  The same apparatus gives the same bytes: no clock, no paths of
  the machine.

How to add one, in six steps (and what you see if you skip one):

1. Write ``exporters/NAME.py`` (or a package ``NAME/``) with these names (else: the contracts test
   fails with "no attribute 'export'").
2. Add its line to ``EXPORTERS`` (else: ``--to NAME`` is refused).
3. Say in ``MERGES`` what is lost (else: the round-trip law is run on it).
4. Let ``tests/exporters/test_NAME.py`` hold a golden one can read.
5. Name it in the README's list of formats (else: ``test_docs`` fails).
6. Say in ``CHANGELOG.md`` what users can now write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

import regex

from variorum.aligners import Parallel
from variorum.apparatus import Apparatus
from variorum.errors import ExportError
from variorum.review import Finding

__all__ = ["ALIGNMENTS", "EXPORTERS", "ILLEGAL", "Exporter", "exporter", "writable", "written"]

EXPORTERS: Mapping[str, str] = {
    "collatex-json": "variorum.exporters.collatex_json",
    "csv": "variorum.exporters.csv",
    "json": "variorum.exporters.json",
    "report": "variorum.exporters.report",
}
"""What there is: name → module, loaded when asked for."""

ALIGNMENTS: Mapping[str, tuple[str, str]] = {
    "json": ("variorum.exporters.pairs", "to_json"),
    "tsv": ("variorum.exporters.pairs", "to_tsv"),
    "tmx": ("variorum.exporters.tmx", "to_tmx"),
    "tei": ("variorum.exporters.tei_links", "to_tei"),
    "html": ("variorum.exporters.facing", "to_html"),
}
"""What an alignment across languages is written as: format → module and function."""

WITH_FINDINGS = frozenset(["json", "html"])
"""Those of them that tell what to look at."""


ILLEGAL = regex.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML 1.0 cannot hold."""


def writable(text: str) -> str:
    """*text* with U+FFFD for whatever XML cannot hold."""
    return ILLEGAL.sub("\ufffd", text)


class Exporter(Protocol):
    """What every member of the shelf offers."""

    NAME: str
    VERSION: str
    SUFFIX: str
    MERGES: str

    def export(self, apparatus: Apparatus, /) -> bytes:
        """The bytes of the file."""


def exporter(name: str) -> Exporter:
    """The exporter called *name*.  Raises ``ExportError`` that lists what there is."""
    if name not in EXPORTERS:
        raise ExportError(
            f"there is no format {name!r}", remedy=f"choose one of {', '.join(sorted(EXPORTERS))}"
        )
    return cast("Exporter", import_module(EXPORTERS[name]))


def written(name: str, parallel: Parallel, findings: Sequence[Finding]) -> bytes:
    """An alignment in a format of ``ALIGNMENTS``; those for exchange leave findings out."""
    module, function = ALIGNMENTS[name]
    write = getattr(import_module(module), function)
    told = write(parallel, findings) if name in WITH_FINDINGS else write(parallel)
    return cast("bytes", told)
