"""The facing page: two texts aligned, side by side, in one HTML file that opens from disk.

What is in the file, and who may see it::

    head      the policy: no network at all, only the style and script whose digests it names
    body      both texts bead by bead, the summary and the findings, for every reader
    data      word links as JSON, of which the script uses those of the bead looked at

The whole text is markup and not drawn by the script, unlike the report's: an
edition must be readable, printable and searchable with the script off.  What
would make it heavy is left out instead: words are wrapped when a bead is first
looked at, and stretches out of view are not laid out.

Nothing from a witness is ever markup: the text is escaped, the data block is
numbers only, and the script writes text nodes.  The page is no member of the
shelf's table, since it takes an alignment and not an apparatus.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import PurePosixPath
from string import Template

from variorum.aligners import Parallel, Side
from variorum.exporters.facing.body import Page, body, direction, plain
from variorum.exporters.facing.links import links
from variorum.exporters.facing.marks import marks, notes
from variorum.exporters.facing.panel import filters, items, many, strip, summary
from variorum.exporters.facing.rows import rows
from variorum.review import Finding

__all__ = ["to_html"]

_SCRIPTS = ("words.js", "beads.js", "findings.js", "search.js", "page.js")
"""Parts of one script, in the order in which they build on one another."""


def to_html(parallel: Parallel, findings: Sequence[Finding] = ()) -> bytes:
    """The page as UTF-8 HTML, with everything it needs inside."""
    listed = notes(findings)
    page = Page(parallel, rows(parallel), listed, marks(parallel, listed))
    here = files(__package__)
    style = here.joinpath("page.css").read_text("utf-8")
    parts = "\n".join(here.joinpath(name).read_text("utf-8") for name in _SCRIPTS)
    script = f'(() => {{\n"use strict";\n{parts}}})();\n'
    html = Template(here.joinpath("page.html").read_text("utf-8")).substitute(
        _told(page),
        style=style,
        style_digest=_source(style),
        script=script,
        script_digest=_source(script),
        data=json.dumps(links(parallel), separators=(",", ":")),
    )
    return html.encode("utf-8", "xmlcharrefreplace")


def _source(text: str) -> str:
    """A digest as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _told(page: Page) -> Mapping[str, str]:
    """What the page's template asks for, by name."""
    parallel = page.parallel
    told = {f"source_{key}": value for key, value in _side(parallel.source).items()}
    told |= {f"target_{key}": value for key, value in _side(parallel.target).items()}
    return told | {
        "beads": many(len(page.rows)),
        "summary": summary(page),
        "strip": strip(page),
        "body": body(page),
        "filters": filters(page),
        "items": items(page),
        "count": _counted(len(page.notes)),
        "any": "" if page.notes else " hidden",
        "fingerprint": _fingerprint(parallel.fingerprint),
    }


def _side(side: Side) -> dict[str, str]:
    return {
        "name": plain(PurePosixPath(side.file.replace("\\", "/")).name),
        "title": plain(PurePosixPath(side.file.replace("\\", "/")).stem),
        "lang": plain(side.language),
        "dir": direction(side.language),
        "size": many(len(side.sentences)),
    }


def _counted(findings: int) -> str:
    if not findings:
        return "There is none."
    return f"{many(findings)} {'finding' if findings == 1 else 'findings'}, worst first"


def _fingerprint(fingerprint: Mapping[str, object]) -> str:
    told = json.dumps(dict(fingerprint), ensure_ascii=False, indent=1, sort_keys=True, default=str)
    name = plain(str(fingerprint.get("id", "")))
    return (
        f"<details><summary>Fingerprint <code>{name}</code></summary>"
        f'<pre tabindex="0">{plain(told)}</pre></details>'
    )
