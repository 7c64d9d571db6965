"""Ten thousand sentences against ten thousand: CPU and peak memory, a process each.

Two texts that mean nothing: of *words*, twelve to a sentence, four in ten lost on the
other side; and of *vectors*, 384 numbers each, blurred on the other side, where a
thousand that belong to nothing are put in after four thousand.  The command gets the
words, the aligners that want vectors get those.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.align import peers
from benchmarks.align.ours import EMBEDDED, PLAIN, by_command, by_vectors

__all__ = ["NUMBER", "lines"]

NUMBER = 10_000
PUT_IN = range(4_000, 5_000)
LENGTH = 80
TAGS = ("qaa", "qab")
LETTERS = "abdefgiklmnoprstuvz"


def lines(tools: Sequence[str], data: Path) -> Iterator[str]:
    """The rows, as they are measured."""
    yield f"\nsize: {NUMBER:,} sentences to {NUMBER:,}\n"
    yield f"| {'what':<28} | {'CPU s':<8} | {'MB':<6} | {'right pairs':<11} |"
    yield f"|{'-' * 30}|{'-' * 10}|{'-' * 8}|{'-' * 13}|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vectors = _vectors(folder)
        for tool in tools:
            if tool not in peers.NO_VECTORS and peers.available(tool, data):
                yield _row(tool, folder, vectors, data)


def _row(tool: str, folder: Path, vectors: Sequence[Path], data: Path) -> str:
    words = tool == PLAIN
    what = f"{tool}, {'words' if words else 'vectors'}"
    try:
        told = _by_words(folder) if words else _by_vectors(tool, folder, vectors, data)
    except subprocess.CalledProcessError as error:
        return f"| {what:<28} | failed: {peers.reason(error)}"
    put_in = range(0) if words else PUT_IN
    true = {((n,), (n if n < put_in.start else n + len(put_in),)) for n in range(NUMBER)}
    right = len(true & set(told.beads)) / (NUMBER - len(put_in))
    memory = told.usage.memory / 2**20
    return f"| {what:<28} | {told.usage.cpu:<8.2f} | {memory:<6.0f} | {right:<11.4f} |"


def _by_words(folder: Path) -> peers.Told:
    rng = random.Random("variorum size")
    known = ["".join(rng.choices(LETTERS, k=rng.randint(4, 9))) for _ in range(20_000)]
    source = [[known[int(20_000 * rng.random() ** 3)] for _ in range(12)] for _ in range(NUMBER)]
    target = [[word for word in line if rng.random() < 0.6] or ["x"] for line in source]
    return by_command(_files(folder, "words", source, target), TAGS)


def _files(folder: Path, stem: str, *sides: Sequence[Sequence[str]]) -> list[Path]:
    paths = [folder / f"{stem}.{tag}" for tag in TAGS]
    for path, side in zip(paths, sides, strict=True):
        path.write_text("".join(" ".join(line) + "\n" for line in side), "utf-8")
    return paths


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


def _by_vectors(tool: str, folder: Path, vectors: Sequence[Path], data: Path) -> peers.Told:
    lines = ["x" * LENGTH] * NUMBER
    if tool == EMBEDDED:
        words = [[line] for line in lines]
        return by_vectors(_files(folder, "vectors", words, words), TAGS, vectors)
    return peers.asked(tool, [lines, lines], vectors, data)
