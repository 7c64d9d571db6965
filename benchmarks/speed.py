"""How fast: CPU against the peer and against an honest floor, growth, memory, the commands.

Machines differ and are busy, so nearly everything is a ratio of CPU seconds taken in
one run; what is compared closely is taken in turns, the best of several.

The floor is what any collation must do: normalise, tokenise, intern, one edit script
for each further witness, and read its opcodes.  It aligns nothing but pairs.
"""

from __future__ import annotations

import bisect
import itertools
import json
import math
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from attrs import frozen
from rapidfuzz.distance import Levenshtein

from benchmarks.accuracy import MINUTES, minutes
from benchmarks.gold import tokens_of
from benchmarks.peers import Peer, collatex
from benchmarks.synthetic import LETTERS, Noise, copies
from variorum.multiple import collate
from variorum.text import Derived
from variorum.tokens import Tokens, tokenise

__all__ = [
    "Versus",
    "against_collatex",
    "against_floor",
    "exponent",
    "growth",
    "growth_in_witnesses",
    "memory",
    "seconds_of_edition",
    "seconds_of_help",
]

VARIORUM = str(Path(sys.executable).with_name("variorum"))


@frozen
class Versus:
    """CPU seconds on the same witnesses, in process and as a whole command, and the peer's."""

    collating: float
    command: float
    peer: Peer


def against_collatex(k: int = 8, n: int = 1000) -> Versus:
    """The minutes as k witnesses of n tokens, 5 % of words edited, 1 % of letters misread."""
    text = minutes()
    head = text[: int(tokenise(Derived.of(text)).ends[n - 1])]
    made = copies(head, [Noise(0.01, 0.05)] * k, 0)
    words = {f"W{n}": list(tokenise(Derived.of(copy.text)).forms) for n, copy in enumerate(made)}
    ready = {siglum: tokens_of(row) for siglum, row in words.items()}
    collating = min(_cpu(partial(collate, ready)) for _ in range(5))
    told = {
        "witnesses": [
            {"id": siglum, "tokens": [{"t": word + " ", "n": word} for word in row]}
            for siglum, row in words.items()
        ]
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.json"
        path.write_text(json.dumps(told), encoding="utf-8")
        command = [VARIORUM, "collate", str(path), "--to", "collatex-json", "-o", "-"]
        return Versus(collating, min(_cpu_of(command) for _ in range(3)), collatex(words))


def against_floor(k: int = 8) -> float:
    """Times the floor's CPU: k copies of the minutes at 3 %, from text to collation."""
    texts = [copy.text for copy in copies(minutes(), [Noise(0.03, 0.03)] * k, 0)]
    ours, floor = [], []
    for _ in range(5):
        floor.append(_cpu(partial(_floor, texts)))
        ours.append(_cpu(partial(_collated, texts)))
    return min(ours) / min(floor)


def _tokens(text: str) -> Tokens:
    return tokenise(Derived.of(unicodedata.normalize("NFC", text)))


def _collated(texts: Sequence[str]) -> None:
    collate({f"W{n}": _tokens(text) for n, text in enumerate(texts)})


def _floor(texts: Sequence[str]) -> int:
    """What no collation can do without; how many tokens its opcodes cover."""
    ids: dict[str, int] = {}
    rows = [[ids.setdefault(form, len(ids)) for form in _tokens(text).forms] for text in texts]
    return sum(
        op.src_end - op.src_start for row in rows[1:] for op in Levenshtein.opcodes(rows[0], row)
    )


def growth(sizes: Sequence[int]) -> list[float]:
    """CPU seconds of two witnesses of so many tokens each, 3 % of words and letters changed.

    The best of three, of a million tokens one.
    """
    out = []
    for size in sizes:
        rng = random.Random(size)
        source = _zipf(size, rng)
        ready = {f"W{n}": tokens_of(_worn(source, rng)) for n in range(2)}
        out.append(min(_cpu(partial(collate, ready)) for _ in range(3 if size < 10**6 else 1)))
    return out


def growth_in_witnesses(counts: Sequence[int]) -> list[float]:
    """CPU seconds of so many copies of the minutes at 3 %, taken in turns, the best of five."""
    made = [_tokens(c.text) for c in copies(minutes(), [Noise(0.03, 0.03)] * max(counts), 0)]
    ready = [{f"W{n:02d}": tokens for n, tokens in enumerate(made[:k])} for k in counts]
    rounds = [[_cpu(partial(collate, one)) for one in ready] for _ in range(5)]
    return [min(taken) for taken in zip(*rounds, strict=True)]


def _zipf(size: int, rng: random.Random, vocabulary: int = 20_000) -> list[str]:
    """Made-up words, as unevenly frequent as those of a language."""
    words = ["".join(rng.choices(LETTERS, k=rng.randint(2, 9))) for _ in range(vocabulary)]
    reach = list(itertools.accumulate(1 / n for n in range(1, vocabulary + 1)))
    return [words[bisect.bisect_left(reach, rng.random() * reach[-1])] for _ in range(size)]


def _worn(source: Sequence[str], rng: random.Random) -> list[str]:
    """3 % of words substituted, lost or put in, and 3 % of letters, at most one a word."""
    out = []
    for word in source:
        lot = rng.random()
        if 0.0225 <= lot < 0.03:
            out.append(rng.choice(source))
        if lot < 0.015:
            out.append(rng.choice(source))
        elif lot >= 0.0225:
            at = rng.randrange(len(word))
            misread = rng.random() < 0.03 * len(word)
            out.append(word[:at] + rng.choice(LETTERS) + word[at + 1 :] if misread else word)
    return out


PEAK = """
import sys
from variorum.multiple import collate
from variorum.text import Derived
from variorum.tokens import tokenise
if len(sys.argv) > 1:
    made = {}
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8") as file:
            made[name.rpartition("/")[2]] = tokenise(Derived.of(file.read()))
    collation = collate(made)
    print(sum(map(len, made.values())))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
# VmHWM rather than ru_maxrss: the latter begins with what the starting process had.


def memory(k: int = 8, n: int = 25_000) -> float:
    """Bytes a token·witness at the peak, from texts to collation, over the interpreter's own."""
    rng = random.Random(3)
    source = _zipf(n, rng)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"W{n}" for n in range(k)]
        for path in paths:
            path.write_text(" ".join(_worn(source, rng)), encoding="utf-8")
        (alone,) = _told(PEAK)
        tokens, peak = _told(PEAK, *map(str, paths))
    return (peak - alone) * 1024 / tokens


def _told(program: str, *arguments: str) -> list[int]:
    run = subprocess.run(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, check=True
    )
    return [int(word) for word in run.stdout.split()]


def seconds_of_edition() -> float:
    """Seconds by the clock of ``variorum collate`` on the real minutes, warm, all outputs."""
    with tempfile.TemporaryDirectory() as folder:
        edition = Path(folder) / MINUTES.name
        shutil.copytree(MINUTES, edition, ignore=shutil.ignore_patterns("build"))
        return _warm([VARIORUM, "collate", str(edition)], 3)


def seconds_of_help() -> float:
    """Seconds by the clock of ``variorum --help``, warm."""
    return _warm([VARIORUM, "--help"], 5)


def exponent(small: float, large: float, factor: float) -> float:
    """The power of growth: 1 is as fast as the input, 2 its square."""
    return math.log(large / small) / math.log(factor)


def _warm(command: Sequence[str], times: int) -> float:
    """The best by the clock of several runs after a first one."""
    taken = []
    for _ in range(times + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return min(taken[1:])


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _cpu_of(command: Sequence[str]) -> float:
    """User and system seconds of a child."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
