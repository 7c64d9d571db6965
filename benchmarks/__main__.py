"""``python -m benchmarks``: the table of figures, a line as soon as it is measured.

Exit 0 if every figure reaches what it must, 1 if one falls short, 2 for bad arguments.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import accuracy, speed
from benchmarks.gold import Gold, ours, same_in_every_order, theirs
from benchmarks.peers import COLLATEX_JAVA, collatex
from benchmarks.table import Row, Rows, printed

ROOT = Path(__file__).parent.parent


def alignment(_: Path) -> Rows:
    """Aligned tokens in worn copies."""
    for characters, words, must in ((0.03, 0.03, 0.997), (0.08, 0.10, 0.990)):
        for k in (4, 6, 8):
            f1 = accuracy.alignment(accuracy.minutes(), characters, words, k).f1
            what = f"aligned-token F1, {characters:.0%} letters, {words:.0%} words, k = {k}"
            yield Row(what, f">= {must:.3f}", f"{f1:.4f}", f1 >= must)


def turns(_: Path) -> Rows:
    """Tokens in the right turn."""
    text = accuracy.minutes()
    what = "tokens in the right turn, labels lost, 6 % moved"
    share = accuracy.turns(text)
    yield Row(what, ">= .996", f"{share:.4f}", share >= 0.996)
    yield Row(f"{what}, base worn too", "", f"{accuracy.turns(text, worn_base=True):.4f}", None)


def moves(_: Path) -> Rows:
    """Moves found and invented."""
    text = accuracy.minutes()
    for k in (2, 4, 8):
        found = accuracy.moves(text, k)
        yield Row(
            f"moves of 8 and more tokens at 3 %, precision / recall, k = {k}",
            ">= .97 / >= .94",
            f"{found.precision:.3f} / {found.recall:.3f}",
            found.precision >= 0.97 and found.recall >= 0.94,
        )
    for heads in (False, True):
        number = sum(accuracy.invented(text, k, heads=heads) for k in (2, 4, 8))
        what = f"moves invented, 3 % and 8 %, k = 2, 4, 8, {'with' if heads else 'no'} page heads"
        yield Row(what, "0", str(number), number == 0)


def gold(data: Path) -> Rows:
    """The gold collations."""
    for name, var, tc in (("florilegium", 0.925, 0.960), ("besoin", 0.988, 0.985)):
        told = Gold.of(data / f"{name}.json")
        score = ours(told)
        yield Row(
            f"{name}: VAR-F1 / TC (F1 {score.f1:.4f})",
            f">= {var:.3f} / {tc:.3f}",
            f"{score.var_f1:.4f} / {score.tc:.4f}",
            score.var_f1 >= var and score.tc >= tc,
        )


def published(data: Path) -> Rows:
    """CollateX's published figures, reproduced by our scorer on its own output."""
    for name, known in (
        ("florilegium", ".9935 / .8905 / .950"),
        ("besoin", ".9976 / .9506 / .976"),
    ):
        told = Gold.of(data / f"{name}.json")
        peer = collatex(told.words)
        score = theirs(told, peer.columns)
        said = f"{score.f1:.4f} / {score.var_f1:.4f} / {score.tc:.3f}".replace("0.", ".")
        what = f"{name}: CollateX-Python's F1 / VAR-F1 / TC, as published"
        yield Row(what, "the same", said, said == known)


def goldens(_: Path) -> Rows:
    """The hard cases, each a readable golden of the tests, in every order of the witnesses."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "tests/test_multiple.py",
        "-k",
        "golden or order",
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    count = len(list((ROOT / "tests" / "goldens" / "collation").iterdir()))
    last = run.stdout.strip().splitlines()[-1].partition(",")[0]
    yield Row(f"hard cases: {count} goldens, in every order", "all", last, run.returncode == 0)


def order(data: Path) -> Rows:
    """Whether the order of the witnesses matters."""
    for name in ("florilegium", "besoin"):
        same = same_in_every_order(Gold.of(data / f"{name}.json"), 6)
        yield Row(f"{name}: one table in 6 shuffled orders", "always", str(same).lower(), same)


def peer(_: Path) -> Rows:
    """Against CollateX on 8 witnesses of 1,000 tokens."""
    found = speed.against_collatex()
    times = found.peer.collating / found.collating
    said = f"{times:,.0f} ({found.peer.collating:.1f} s : {found.collating * 1000:.1f} ms)"
    what = "collate(), 8 x 1,000 tokens: times less CPU than CollateX-Python"
    yield Row(what, ">= 1,000", said, times >= 1000)
    times = found.peer.whole / found.command
    said = f"{times:,.0f} ({found.peer.whole:.1f} s : {found.command:.2f} s)"
    what = "command, JSON in and out: times less CPU than CollateX-Python"
    yield Row(what, ">= 40", said, times >= 40)
    times = COLLATEX_JAVA / found.command
    what = f"the same: times less than CollateX-Java's {COLLATEX_JAVA} s (quoted)"
    yield Row(what, ">= 3", f"{times:.1f}", times >= 3)


def floor(_: Path) -> Rows:
    """Against the honest floor."""
    times = speed.against_floor()
    yield Row(
        "text to collation against the floor, k = 8, 3 %", "<= 2.0", f"{times:.2f}", times <= 2
    )


def growth(_: Path) -> Rows:
    """Growth with tokens and with witnesses."""
    small, large, huge = speed.growth((10**4, 10**5, 10**6))
    power = speed.exponent(small, large, 10)
    said = f"n^{power:.2f} ({small:.3f} s, {large:.2f} s)"
    yield Row("growth from 10,000 to 100,000 tokens, pairwise", "<= n^1.1", said, power <= 1.1)
    said = f"n^{speed.exponent(large, huge, 10):.2f} ({huge:.2f} s)"
    yield Row("growth on to 1,000,000 tokens", "", said, None)
    few, many = speed.growth_in_witnesses((4, 32))
    power = speed.exponent(few, many, 8)
    said = f"k^{power:.2f} ({few:.3f} s, {many:.2f} s)"
    yield Row("growth from 4 to 32 witnesses", "<= k^1.2", said, power <= 1.2)


def memory(_: Path) -> Rows:
    """Peak memory through the API."""
    size = speed.memory()
    what = "peak memory over the interpreter's, bytes a token and witness"
    yield Row(what, "<= 400", f"{size:.0f}", size <= 400)


def edition(_: Path) -> Rows:
    """The real edition, from command to report."""
    taken = speed.seconds_of_edition()
    what = "the real edition, command to report, JSON and CSV, warm"
    yield Row(what, "<= 3 s", f"{taken:.2f} s", taken <= 3)


def usage(_: Path) -> Rows:
    """How soon the command answers."""
    taken = speed.seconds_of_help()
    yield Row("variorum --help", "<= 0.3 s", f"{taken:.2f} s", taken <= 0.3)


PARTS: Mapping[str, Callable[[Path], Rows]] = {
    "alignment": alignment,
    "turns": turns,
    "moves": moves,
    "gold": gold,
    "published": published,
    "goldens": goldens,
    "order": order,
    "peer": peer,
    "floor": floor,
    "growth": growth,
    "memory": memory,
    "edition": edition,
    "help": usage,
}
NEED_DATA = frozenset(["gold", "published", "order"])


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("--data", type=Path, help="the folder with the gold collations")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="NAME",
                        help=f"parts of the table: {', '.join(PARTS)}")  # fmt: skip
    told = parser.parse_args()
    if NEED_DATA & set(told.only) and not (told.data and told.data.is_dir()):
        parser.error("the gold collations are missing: name their folder with --data")
    return printed(PARTS[name](told.data) for name in told.only)


if __name__ == "__main__":
    sys.exit(main())
