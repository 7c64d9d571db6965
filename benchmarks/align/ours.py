"""Ours, as a user runs it: ``variorum align --segmented``, a process of its own.

The set's two files go in and JSON comes out.  Where the command knows ``--embeddings``
it is run with ``off`` and with ``on``; where it does not, or where they are not
installed, there is no second column.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.align.peers import Told, spent
from benchmarks.align.sets import Bead

__all__ = ["EMBEDDED", "PLAIN", "ours", "understood"]

VARIORUM = str(Path(sys.executable).with_name("variorum"))
PLAIN, EMBEDDED = "variorum", "variorum+vectors"


def ours(name: str, folder: Path, stem: str, languages: tuple[str, str]) -> Told | None:
    """What the command makes of a set; nothing if the embeddings are asked for and missing."""
    files = [str(folder / f"{stem}.{tag}") for tag in languages]
    command = [VARIORUM, "align", *files, "--languages", ",".join(languages), "--segmented"]
    if understood("--embeddings"):
        command += ["--embeddings", "on" if name == EMBEDDED else "off"]
    elif name == EMBEDDED:
        return None
    try:
        out, usage = spent([*command, "--to", "json"])
    except subprocess.CalledProcessError as error:
        if name == EMBEDDED and error.returncode == 2:
            return None
        sys.stderr.write((error.stderr or b"").decode("utf-8", "replace"))
        raise
    pairs = json.loads(out)["sentences"]
    return Told(
        tuple(_bead(pair) for pair in pairs),
        usage,
        tuple(float(pair["confidence"]) for pair in pairs),
        tuple(_bead(pair) for pair in pairs if pair["move"]),
    )


@cache
def understood(option: str) -> bool:
    """Whether the command knows the option."""
    done = subprocess.run([VARIORUM, "align", "--help"], capture_output=True, text=True, check=True)
    return option in done.stdout


def _bead(pair: Mapping[str, Any]) -> Bead:
    return tuple(pair["source"]), tuple(pair["target"])
