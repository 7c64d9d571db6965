"""``python -m benchmarks.align``: how well sentences are aligned, peers in the same run.

    python -m benchmarks.align --data FOLDER [--only PART…] [--tools NAME…] [--csv FILE]

FOLDER holds what belongs to others and what is made once::

    textberg-dev/   dev.de, dev.fr and dev.defr of Text+Berg, as vecalign has them
    sets/           narrative sets that ``benchmarks.align.verses`` made
    bertalign/      a checkout of bfsujason/bertalign (GPL-3)
    vecalign/       a checkout of thompsonb/vecalign (Apache-2)
    hunalign/       a checkout of danielvarga/hunalign (LGPL-3)
    vectors/        the sentence vectors of the peers; made when missing, some twenty
                    sentences a second

A row is a set, a cell is strict F1 / lax F1, and F1 of what stands alone.  After each
part come the sums of each kind of set, and everything about each tool.  What is missing
is passed over with a word on stderr.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.align import peers, size
from benchmarks.align.ours import EMBEDDED, PLAIN, by_command, by_vectors, installed
from benchmarks.align.report import Result, details, heading, row, sums, told_in_csv
from benchmarks.align.score import judged, trusts
from benchmarks.align.sets import Line, Set, found, read
from benchmarks.align.vectors import kept, made
from benchmarks.align.verses import DEV, HELD_OUT
from benchmarks.parallel.make import SETS

TOOLS = (PLAIN, EMBEDDED, *peers.PEERS)


def declaration(_: Path) -> Iterator[tuple[Path, str]]:
    """The sets made of the Universal Declaration."""
    return ((SETS, name) for name in found(SETS))


def berg(data: Path) -> Iterator[tuple[Path, str]]:
    """The development document of Text+Berg."""
    return _of(data / "textberg-dev", ("dev",))


def verses(data: Path) -> Iterator[tuple[Path, str]]:
    """Narrative sets to develop on."""
    return _of(data / "sets", DEV)


def held_out(data: Path) -> Iterator[tuple[Path, str]]:
    """Narrative sets that nothing is to be fitted on."""
    return _of(data / "sets", HELD_OUT)


def _of(folder: Path, books: Sequence[str]) -> Iterator[tuple[Path, str]]:
    if not folder.is_dir():
        print(f"{folder} is missing: passed over", file=sys.stderr)
        return
    for name in sorted(found(folder), key=lambda each: (each.partition(".")[2], each)):
        if name.partition(".")[0] in books:
            yield folder, name


PARTS: Mapping[str, Callable[[Path], Iterator[tuple[Path, str]]]] = {
    "declaration": declaration,
    "berg": berg,
    "verses": verses,
    "held-out": held_out,
}


def measured(folder: Path, name: str, tools: Iterable[str], data: Path) -> list[Result]:
    """What each tool makes of a set; one that fails or cannot be run says so and is left out."""
    told = read(folder, name, found(folder)[name])
    results = []
    for tool in tools:
        try:
            said = _aligned(tool, folder, told, data)
        except subprocess.CalledProcessError as error:
            print(f"{tool} failed on {name}: {peers.reason(error)}", file=sys.stderr)
            continue
        if said is not None:
            score = judged(told.gold, said.beads, moves=told.moves, moved=said.moved)
            trust = trusts(told.gold, said.beads, said.confidence) if said.confidence else []
            results.append(Result(name, tool, score, tuple(trust), said.usage))
    return results


def _aligned(tool: str, folder: Path, told: Set, data: Path) -> peers.Told | None:
    files = [folder / f"{told.name}.{tag}" for tag in told.languages]
    if tool == PLAIN:
        return by_command(files, told.languages)
    if tool == EMBEDDED and installed():
        return by_command(files, told.languages, embeddings=True)
    if not peers.available(tool, data):
        return None
    texts = [_lines(side) for side in (told.source, told.target)]
    vectors = [kept(data / "vectors", text) for text in texts]
    if tool == EMBEDDED:
        return by_vectors(files, told.languages, vectors)
    return peers.asked(tool, texts, vectors, data)


def _lines(side: Sequence[Line]) -> list[str]:
    return [line.text for line in side]


def _by_vectors(tool: str, data: Path) -> bool:
    """Whether the tool is given vectors that are kept."""
    if tool == EMBEDDED:
        return not installed()
    return tool != PLAIN and tool not in peers.NO_VECTORS and peers.available(tool, data)


def part(name: str, tools: Sequence[str], data: Path) -> list[Result]:
    """Print a part, a row as soon as it is measured."""
    print(f"\n{name}: {(PARTS[name].__doc__ or '').strip()}\n")
    print(heading(tools), flush=True)
    places = list(PARTS[name](data))
    if any(_by_vectors(tool, data) for tool in tools):
        sets = [read(folder, each, found(folder)[each]) for folder, each in places]
        made(
            data / "vectors", (_lines(side) for told in sets for side in (told.source, told.target))
        )
    every: list[Result] = []
    for folder, each in places:
        results = measured(folder, each, tools, data)
        print(row(each, results, tools), flush=True)
        every += results
    for line in (*sums(every, tools), "", *details(every, tools)):
        print(line, flush=True)
    return every


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.align", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with others' data")
    parser.add_argument("--only", nargs="+", choices=[*PARTS, "size"], default=[*PARTS, "size"],
                        metavar="PART", help=f"parts: {', '.join(PARTS)}, size")  # fmt: skip
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS), metavar="NAME",
                        help=f"columns: {', '.join(TOOLS)}")  # fmt: skip
    parser.add_argument("--csv", type=Path, metavar="FILE", help="a line a set and tool, in full")
    told = parser.parse_args()
    if not told.data.is_dir():
        parser.error(f"there is no folder {told.data}")
    every = [each for name in told.only if name in PARTS
             for each in part(name, told.tools, told.data)]  # fmt: skip
    if told.csv:
        told.csv.write_text(told_in_csv(every), "utf-8")
    if "size" in told.only:
        for line in size.lines(told.tools, told.data):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
