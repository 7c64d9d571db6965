"""The report of ``variorum ocr``: one HTML file that an editor can work from.

What is in the file, and who may see it::

    head      the policy: no network at all, only the style and script whose digests it names
    body      figures, texts, tables of confusions, words and turns: for every reader
    data      pages and lines as JSON, each image once; drawn by the script as far as looked at

Worst pages first; each page on its image with its lines shaded by their errors;
each line with its own piece of the image over truth and copy, which stand in
one row and so cannot drift apart, to the last line of the longest document.

Nothing from a text is ever markup: the static part is escaped, the data block
has no ``<`` in it, and the script writes text nodes only.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import regex

from variorum.ocr.evaluate import Comparison, Evaluation
from variorum.ocr.report import front, guesses, views
from variorum.ocr.report.front import Failed
from variorum.ocr.report.views import Image
from variorum.witness import Witness

if TYPE_CHECKING:
    from variorum.ocr.estimate import PageEstimate

__all__ = ["Image", "estimate_html", "html"]

_SCRIPTS = ("model.js", "image.js", "lines.js", "page.js")
"""Parts of one script, in the order in which they build on one another."""


def html(
    evaluation: Evaluation,
    comparisons: Sequence[Comparison],
    *,
    title: str,
    images: Mapping[tuple[str, int], Image],
    fingerprint: Mapping[str, object],
    failed: Failed = (),
) -> bytes:
    """The report of copies against their truth, lines of those *comparisons* that are given.

    *images* are those of the pages, by name of the comparison and number.
    """
    told = front.compared(evaluation, comparisons, title, fingerprint, failed)
    return _page(told, views.compared(evaluation, comparisons, images))


def estimate_html(
    pages: Sequence[tuple[Witness, PageEstimate]],
    *,
    title: str,
    images: Mapping[tuple[str, int], Image],
    fingerprint: Mapping[str, object],
    failed: Failed = (),
) -> bytes:
    """The report of copies without a truth: *pages* with the witness that each belongs to.

    *images* are by siglum of the witness, or name of the page's file, and number.
    """
    told = front.estimated(pages, title, fingerprint, failed)
    return _page(told, guesses.estimated(pages, images))


def _page(told: Mapping[str, str], data: Mapping[str, object]) -> bytes:
    here = Path(__file__).parent
    style = here.joinpath("page.css").read_text("utf-8")
    parts = "\n".join(here.joinpath(name).read_text("utf-8") for name in _SCRIPTS)
    script = f'(() => {{\n"use strict";\n{parts}}})();\n'
    page = Template(here.joinpath("page.html").read_text("utf-8")).substitute(
        told,
        style=style,
        style_digest=_source(style),
        script=script,
        script_digest=_source(script),
        data=_data_block(data),
    )
    return page.encode("utf-8", "xmlcharrefreplace")


_UNSEEN = regex.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Controls that turn the text round them in whatever shows the file as source."""


def _source(text: str) -> str:
    """A digest as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data_block(data: Mapping[str, object]) -> str:
    """JSON that no HTML parser can leave early; a lone surrogate becomes JSON's own escape."""
    told = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    told = _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", told.replace("<", "\\u003c"))
    return told.encode("utf-8", "backslashreplace").decode("utf-8")
