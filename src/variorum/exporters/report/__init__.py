"""The report: one HTML file that opens from disk and shows where the witnesses differ.

What is in the file, and who may see it::

    head      the policy: no network at all, only the style and script whose digests it names
    body      title, witnesses, closeness, kinds and the first part, for every reader
    data      the rest as JSON, drawn by the script as far as it is looked at

So a reader without JavaScript sees what was compared and how the text begins;
with it, turns side by side, the strip, the places and the alignment table.
Twenty thousand loci are quick because nothing is drawn before it is in view.

Nothing from a witness is ever markup: the static part is escaped, the data
block has no ``<`` in it, and the script writes text nodes only.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from string import Template

from variorum.apparatus import Apparatus
from variorum.exporters.report.data import data
from variorum.exporters.report.front import front

__all__ = ["MERGES", "NAME", "SUFFIX", "VERSION", "export"]

NAME = "report"
VERSION = "1"
SUFFIX = "html"
MERGES = (
    "The report is for reading: layout boxes, evidence for roles and the text of page furniture"
    " are not in it."
)

_SCRIPTS = ("model.js", "text.js", "places.js", "page.js")
"""Parts of one script, in the order in which they build on one another."""


def export(apparatus: Apparatus) -> bytes:
    """The page as UTF-8 HTML, with everything it needs inside."""
    here = files(__package__)
    style = here.joinpath("page.css").read_text("utf-8")
    parts = "\n".join(here.joinpath(name).read_text("utf-8") for name in _SCRIPTS)
    script = f'(() => {{\n"use strict";\n{parts}}})();\n'
    page = Template(here.joinpath("page.html").read_text("utf-8")).substitute(
        front(apparatus),
        style=style,
        style_digest=_source(style),
        script=script,
        script_digest=_source(script),
        data=_data_block(apparatus),
    )
    return page.encode("utf-8", "xmlcharrefreplace")


def _source(text: str) -> str:
    """A digest as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data_block(apparatus: Apparatus) -> str:
    """JSON that no HTML parser can leave early; a lone surrogate becomes JSON's own escape."""
    told = json.dumps(data(apparatus), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    safe = told.replace("<", "\\u003c").replace("\r", "\\r")
    return safe.encode("utf-8", "backslashreplace").decode("utf-8")
