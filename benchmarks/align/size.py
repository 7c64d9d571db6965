"""Ten thousand sentences against ten thousand: CPU and peak memory, a process each.

Two texts that mean nothing: of *words*, twelve to a sentence, four in ten lost on the
other side; and of *vectors*, 384 numbers each, blurred on the other side, where a
thousand that belong to nothing are put in after four thousand.  The command gets the
words, the aligners that want vectors get those.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.align import peers
from benchmarks.align.ours import EMBEDDED, PLAIN, ours
from benchmarks.align.sets import bead_of

__all__ = ["NUMBER", "lines"]

NUMBER = 10_000
PUT_IN = range(4_000, 5_000)
LENGTH = 80
LETTERS = "abdefgiklmnoprstuvz"
TOO_SLOW = frozenset(["galechurch"])
"""It fills a table of all positions in plain Python: hours."""

BY_VECTORS = """
import sys
import numpy as np
from variorum.aligners import Passage, Sentence, Side
from variorum.aligners.across_languages import programme
from variorum.aligners.across_languages.crossing import crossed
from variorum.aligners.across_languages.evidence import View
from variorum.text import Span

def side(tag, number):
    line = "x" * 80
    said = tuple(Sentence(Span(81 * n, 81 * n + 80), line, 0) for n in range(number))
    return Side("x", tag, said, (Passage("turn"),))

ours, theirs = (np.load(path) for path in sys.argv[1:])
none = [np.zeros(len(each), dtype=np.float32) for each in (ours, theirs)]
views = [View(ours, theirs, *none, 1.0)]
pairs = crossed(programme.path(side("qaa", len(ours)), side("qab", len(theirs)), views), views)
for pair in pairs:
    print(f"{list(pair.source)}:{list(pair.target)}")
"""


def lines(tools: Sequence[str], data: Path) -> Iterator[str]:
    """The rows, as they are measured."""
    yield f"\nsize: {NUMBER:,} sentences to {NUMBER:,}\n"
    yield f"| {'what':<28} | {'CPU s':<8} | {'MB':<6} | {'right pairs':<11} |"
    yield f"|{'-' * 30}|{'-' * 10}|{'-' * 8}|{'-' * 13}|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if PLAIN in tools:
            yield _row(f"{PLAIN}, words", _by_words(folder), range(0))
        vectors = _vectors(folder)
        for tool in tools:
            if tool in (PLAIN, *TOO_SLOW) or not peers.available(tool, data):
                continue
            yield _row(f"{tool}, vectors", _by_vectors(tool, vectors, data), PUT_IN)


def _row(what: str, told: peers.Told | None, put_in: range) -> str:
    if told is None:
        return f"| {what:<28} | {'–':<8} | {'–':<6} | {'–':<11} |"
    true = {((n,), (n if n < put_in.start else n + len(put_in),)) for n in range(NUMBER)}
    right = len(true & set(told.beads))
    wanted = NUMBER - len(put_in)
    memory = told.usage.memory / 2**20
    return f"| {what:<28} | {told.usage.cpu:<8.2f} | {memory:<6.0f} | {right / wanted:<11.4f} |"


def _by_words(folder: Path) -> peers.Told:
    rng = random.Random("variorum size")
    known = ["".join(rng.choices(LETTERS, k=rng.randint(4, 9))) for _ in range(20_000)]
    source = [
        [known[int(len(known) * rng.random() ** 3)] for _ in range(12)] for _ in range(NUMBER)
    ]
    target = [[word for word in line if rng.random() < 0.6] or ["x"] for line in source]
    for tag, side in (("qaa", source), ("qab", target)):
        text = "".join(" ".join(line) + "\n" for line in side)
        (folder / f"size.{tag}").write_text(text, "utf-8")
    told = ours(PLAIN, folder, "size", ("qaa", "qab"))
    assert told is not None
    return told


def _vectors(folder: Path) -> tuple[Path, Path]:
    rng = np.random.default_rng(1)
    source = rng.standard_normal((NUMBER, 384)).astype(np.float32)
    blurred = source + 0.8 * rng.standard_normal(source.shape).astype(np.float32)
    strange = rng.standard_normal((len(PUT_IN), 384)).astype(np.float32)
    start, end = PUT_IN.start, NUMBER - len(PUT_IN)
    target = np.concatenate([blurred[:start], strange, blurred[start:end]])
    paths = folder / "source.npy", folder / "target.npy"
    for path, side in zip(paths, (source, target), strict=True):
        np.save(path, side)
    return paths


def _by_vectors(tool: str, vectors: tuple[Path, Path], data: Path) -> peers.Told | None:
    if tool != EMBEDDED:
        return peers.asked(tool, [[LENGTH] * NUMBER] * 2, vectors, data)
    try:
        out, usage = peers.spent([sys.executable, "-c", BY_VECTORS, *map(str, vectors)])
    except subprocess.CalledProcessError as error:
        print((error.stderr or b"").decode("utf-8", "replace").strip()[-200:], file=sys.stderr)
        return None
    return peers.Told(tuple(map(bead_of, out.splitlines())), usage)
