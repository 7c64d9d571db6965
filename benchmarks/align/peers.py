"""The peers in alignment: each a process of its own, in an environment of its own.

None is imported here; Bertalign is GPL-3 and is neither changed nor shipped.  A peer's
program (below, run by the peer's interpreter) reads what to do from stdin and prints
beads, the same for all::

    {"source": {"lines": […], "vectors": "….npy"}, "target": {…}, "home": "FOLDER/bertalign"}
        ─▶ .peers/bertalign/bin/python -c PROGRAM ─▶ [0]:[0,1]
                                                     [1]:[]

``bertalign`` and ``vecalign`` are run as their authors' programmes from the data folder
(checkouts of bfsujason/bertalign and thompsonb/vecalign) at their default settings, with
vectors of the model that we use too.  The vector of several sentences is the mean of
theirs instead of one of the joined text; Bertalign's are centred on the mean of each
side first.  Of the ways tried on the development document of Text+Berg (means plain or
weighted by lengths or their roots, centred or not) each gets the one that is best for it.
``hunalign`` (LGPL) is compiled from a checkout of danielvarga/hunalign and run without a
dictionary, realigning; ``galechurch`` is the package of that name, on lengths alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from benchmarks.align.sets import Bead, bead_of
from benchmarks.peers import python

__all__ = ["PEERS", "Told", "Usage", "asked", "available", "reason", "spent"]

MERGES = """
import json, sys
import numpy as np

def merged(side, most, centred):
    vectors = np.load(side["vectors"]).astype(np.float64)
    if centred:
        vectors -= vectors.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    out = np.zeros((most, *vectors.shape), dtype=np.float32)
    for many in range(1, most + 1):
        for last in range(len(vectors)):
            whole = vectors[max(0, last - many + 1) : last + 1].sum(0)
            out[many - 1, last] = whole / (np.linalg.norm(whole) + 1e-9)
    return out

def told(beads):
    for source, target in beads:
        print(f"{[int(n) for n in source]}:{[int(n) for n in target]}")

asked = json.load(sys.stdin)
"""

BERTALIGN = """
sys.path.insert(0, asked["home"] + "/bertalign")
from types import SimpleNamespace
sys.modules["torch"] = SimpleNamespace(cuda=SimpleNamespace(is_available=lambda: False))
import corelib as peer

MOST, TOP, AROUND, SKIP = 5, 3, 5, -0.1
source, target = (merged(asked[side], MOST - 1, True) for side in ("source", "target"))

def lengths(side):
    ends = np.cumsum([0, *map(len, asked[side]["lines"])])
    return np.array([[ends[n + 1] - ends[max(0, n - many)] for n in range(len(ends) - 1)]
                     for many in range(MOST - 1)])

ours, theirs = lengths("source"), lengths("target")
n, m = source.shape[1], target.shape[1]
near, places = peer.find_top_k_sents(source[0], target[0], k=TOP)
kinds = peer.get_alignment_types(2)
width, band = peer.find_first_search_path(n, m)
marks = peer.first_pass_align(n, m, width, band, kinds, near, places)
first = peer.first_back_track(n, m, marks, band, kinds)
kinds = peer.get_alignment_types(MOST)
width, band = peer.find_second_search_path(first, AROUND, n, m)
marks = peer.second_pass_align(source, target, ours, theirs, width, band, kinds,
                               ours[0].sum() / theirs[0].sum(), SKIP, margin=True, len_penalty=True)
told(peer.second_back_track(n, m, marks, band, kinds))
"""

VECALIGN = """
from random import seed
seed(42)
np.random.seed(42)
from vecalign import dp_utils as peer

MOST = 4
source, target = (merged(asked[side], MOST, False) for side in ("source", "target"))
stack = peer.vecalign(vecs0=source, vecs1=target,
                      final_alignment_types=peer.make_alignment_types(MOST),
                      del_percentile_frac=0.2, width_over2=MOST // 2 + 5, max_size_full_dp=300,
                      costs_sample_size=20000, num_samps_for_norm=100)
told(stack[0]["final_alignments"])
"""

GALECHURCH = """
import json, sys
from galechurch import align
asked = json.load(sys.stdin)
lines = [asked[side]["lines"] for side in ("source", "target")]
for line in align(*lines, max_block_size=10**9).to_pharaoh_lines():
    print(line)
"""

HUNALIGN = """
import json, re, subprocess, sys, tempfile
from pathlib import Path
asked = json.load(sys.stdin)
with tempfile.TemporaryDirectory() as name:
    paths = [Path(name, file) for file in ("null.dic", "source", "target")]
    paths[0].write_text("")
    for path, side in zip(paths[1:], ("source", "target")):
        words = (re.findall(r"\\w+|[^\\w\\s]", line.lower()) for line in asked[side]["lines"])
        path.write_text("".join(" ".join(line) + "\\n" for line in words), "utf-8")
    command = [asked["home"] + "/src/hunalign/hunalign", "-utf", "-realign", *map(str, paths)]
    out = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=name
    ).stdout  # it leaves a file where it is run
rungs = [[int(n) for n in line.split()[:2]] for line in out.splitlines() if line.strip()]
for (s, t), (u, v) in zip(rungs, rungs[1:]):
    if s < u and t < v:
        print(f"{list(range(s, u))}:{list(range(t, v))}")
    for n in range(s, u) if t == v else ():
        print(f"[{n}]:[]")
    for n in range(t, v) if s == u else ():
        print(f"[]:[{n}]")
"""

PEERS: Mapping[str, str] = {
    "galechurch": GALECHURCH,
    "hunalign": HUNALIGN,
    "vecalign": MERGES + VECALIGN,
    "bertalign": MERGES + BERTALIGN,
}
NO_VECTORS = frozenset(["galechurch", "hunalign"])
CHECKOUTS = frozenset(["hunalign", "vecalign", "bertalign"])


@frozen
class Usage:
    """What a process took: CPU seconds, and its most memory in bytes."""

    cpu: float
    memory: int


@frozen
class Told:
    """An alignment: beads, and where the aligner gives them the confidence of each and moves."""

    beads: tuple[Bead, ...]
    usage: Usage
    confidence: tuple[float, ...] | None = None
    moved: tuple[Bead, ...] | None = None


def available(name: str, data: Path) -> bool:
    """Whether the data folder has what the peer needs."""
    return name not in CHECKOUTS or (data / name).is_dir()


def asked(name: str, texts: Sequence[Sequence[str]], vectors: Sequence[Path], data: Path) -> Told:
    """What a peer makes of two lists of lines and the vectors of each."""
    sides = zip(("source", "target"), texts, vectors, strict=True)
    question = {side: {"lines": list(lines), "vectors": str(path)} for side, lines, path in sides}
    command = [str(_interpreter(name, data)), "-W", "ignore", "-c", PEERS[name]]
    out, usage = spent(command, json.dumps(question | {"home": str(data / name)}))
    return Told(tuple(bead_of(line) for line in out.splitlines()), usage)


def _interpreter(name: str, data: Path) -> Path:
    """The peer's, with its own programme compiled where that has to be done."""
    if name == "hunalign":
        if not (data / name / "src/hunalign/hunalign").exists():
            make = ["make", "--silent", "-C", str(data / name / "src/hunalign")]
            subprocess.run(make, stdout=sys.stderr, check=True)
        return Path(sys.executable)
    found = python(name)
    mark = found.parent.parent / "installed"
    if name == "vecalign" and not mark.exists():
        pip = [str(found), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, "--no-build-isolation", str(data / name)], check=True)
        mark.touch()
    return found


def reason(error: subprocess.CalledProcessError) -> str:
    """The last line that a failed process said."""
    lines = (error.stderr or b"").decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else str(error)


def spent(command: Sequence[str], told: str = "") -> tuple[str, Usage]:
    """What a command printed, and what it took.

    Raises ``CalledProcessError`` with its stderr if it fails.
    """
    with tempfile.TemporaryFile("w+") as asked, tempfile.TemporaryFile("w+") as out:
        asked.write(told)
        asked.seek(0)
        process = subprocess.Popen(command, stdin=asked, stdout=out, stderr=subprocess.PIPE)
        said = process.stderr.read() if process.stderr else b""
        _, status, use = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command[:1], None, said)
        out.seek(0)
        return out.read(), Usage(use.ru_utime + use.ru_stime, use.ru_maxrss * 1024)
