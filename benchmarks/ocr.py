"""``python -m benchmarks.ocr``: how good and how fast ``variorum ocr`` is, peers in the same run.

    python -m benchmarks.ocr --data FOLDER [--only PART…]

FOLDER holds what belongs to others and is measured from there::

    dinglehopper/      src/dinglehopper/tests/data of qurator-spk/dinglehopper (Apache-2)
    bln600/train.csv   data/train.csv of Shef-AIRE/llms_post-ocr_correction

CPU is user and system time of whole processes, the least of several runs, ours
and the peer's in turns.  Exit codes as those of ``python -m benchmarks``.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks import estimating, voting
from benchmarks.accuracy import minutes
from benchmarks.peers import python
from benchmarks.table import Row, Rows, printed
from variorum.ocr.batch import Unit, sides
from variorum.ocr.evaluate import Evaluation, Side, compare
from variorum.ocr.pairs import Pair
from variorum.ocr.profiles import profile
from variorum.text import Text
from variorum.witness import Witness

VARIORUM = str(Path(sys.executable).with_name("variorum"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"

OF_DINGLEHOPPER = (
    ("actevedef_718448162/OCR-D-GT-PAGE/00000024.page.xml",
     "actevedef_718448162/OCR-D-OCR-CALAMARI/OCR-D-OCR-CALAMARI_0001.xml"),
    ("actevedef_718448162/OCR-D-GT-PAGE/00000024.page.xml",
     "actevedef_718448162/OCR-D-OCR-TESS/OCR-D-OCR-TESS_0001.xml"),
    ("bigger-texts/00008228/00008228.gt.xml",
     "bigger-texts/00008228/00008228-00236534.gt4hist.xml"),
    ("brochrnx_73075507X/00000139.gt.page.xml",
     "brochrnx_73075507X/00000139.ocrd-tess.ocr.page.xml"),
    ("lorem-ipsum/lorem-ipsum-scan-bad.gt.page.xml",
     "lorem-ipsum/lorem-ipsum-scan-bad.ocr.tesseract.alto.xml"),
    ("lorem-ipsum/lorem-ipsum-scan.gt.page.xml",
     "lorem-ipsum/lorem-ipsum-scan.ocr.tesseract.alto.xml"),
    ("test-gt.page2018.xml", "test-fake-ocr.page2018.xml"),
    ("test.page2018.xml", "test.alto1.xml"),
    ("test.alto1.xml", "test.alto3.xml"),
    ("mixed-regions.page.xml", "order.page.xml"),
    ("table-order/table-order-0001.xml", "table-order/table-region.xml"),
    ("table-order/table-unordered.xml", "table-order/table-no-reading-order.xml"),
    ("line_dirs/basic/gt/a.gt.txt", "line_dirs/basic/ocr/a.some-ocr.txt"),
    ("levels-are-different.page.xml", "test.txt"),
)  # fmt: skip
"""Truth and copy, among dinglehopper's test data."""


def worn(text: str, rate: float, seed: int) -> str:
    """*text* with letters exchanged, lost and added at *rate*; line ends stay."""
    rng = random.Random(seed)
    out = []
    for char in text:
        luck = rng.random() / rate
        if char == "\n" or luck > 1:
            out.append(char)
        elif luck < 0.6:
            out.append(rng.choice(LETTERS))
        elif luck > 0.8:
            out.append(char + rng.choice(LETTERS))
    return "".join(out)


def text_of(length: int) -> str:
    """The minutes, and beyond their length their words in other orders, in lines of 60."""
    words = minutes().split()
    rng = random.Random(5)
    made = list(words)
    while sum(map(len, made)) + len(made) < length:
        made += rng.sample(words, len(words))
    return "\n".join(textwrap.wrap(" ".join(made)[:length], 60)) + "\n"


def cpu(command: Sequence[str], folder: Path, times: int = 3) -> float:
    """CPU seconds of a whole process, the least of several runs."""
    best = math.inf
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        best = min(best, spent)
    return best


def dinglehopper(truth: Path, copy: Path, folder: Path) -> list[str]:
    """Its command for a pair of texts; the report goes to *folder*."""
    program = python("dinglehopper").with_name("dinglehopper")
    plain = ["--plain-encoding", "utf-8"] if truth.suffix == ".txt" else []
    return [str(program), *plain, str(truth), str(copy), "report", str(folder)]


def same(data: Path) -> Rows:
    """The profile dinglehopper against dinglehopper's own command, on its own test data."""
    worst, told = 0.0, 0
    for truth, copy in OF_DINGLEHOPPER:
        pair = (data / "dinglehopper" / truth, data / "dinglehopper" / copy)
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(dinglehopper(*pair, Path(folder)), check=True, capture_output=True)
            theirs = json.loads((Path(folder) / "report.json").read_text("utf-8"))
        unit = Unit(Pair("x", (pair[0],), (pair[1],)), "dinglehopper")
        summary = compare("x", *sides(unit), profile("dinglehopper")).summary
        ours = Evaluation(profile("dinglehopper"), (summary,))
        counts = (ours.characters, ours.words) == (theirs["n_characters"], theirs["n_words"])
        apart = max(abs((ours.cer or 0) - theirs["cer"]), abs((ours.wer or 0) - theirs["wer"]))
        worst = max(worst, apart if counts else math.inf)
        told += 1
    what = f"profile dinglehopper, {told} pairs of its own data: CER, WER, n differ by"
    yield Row(what, "<= 1e-9", f"{worst:.1e}", worst <= 1e-9)


def lines(data: Path) -> Rows:
    """The profile plain on the lines of BLN600, against the CER stored with each."""
    plain = profile("plain")
    wrong = number = edits = letters = 0
    with (data / "bln600" / "train.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            truth = Side(Witness("T", Text(row["Ground Truth"])))
            copy = Side(Witness("O", Text(row["OCR Text"])))
            summary = compare("x", truth, copy, plain).summary
            number += 1
            edits += summary.edits
            letters += summary.characters
            stored = float(row["CER"])
            wrong += abs(summary.edits / summary.characters - stored) > 1e-9
    what = f"profile plain, {number:,} lines of BLN600: lines that differ"
    yield Row(what, "0", str(wrong), wrong == 0)
    yield Row("BLN600, all lines pooled", "", f"CER {edits / letters:.4f}", None)


def _pair(folder: Path, length: int, rate: float) -> tuple[Path, Path]:
    truth, copy = folder / f"truth-{length}.txt", folder / f"ocr-{length}-{rate}.txt"
    text = text_of(length)
    truth.write_text(text, "utf-8")
    copy.write_text(worn(text, rate, length), "utf-8")
    return truth, copy


def _ours(pair: tuple[Path, Path], out: Path) -> list[str]:
    return [VARIORUM, "ocr", "evaluate", *map(str, pair), "--to", "report", "-o", str(out)]


def speed(_: Path) -> Rows:
    """Evaluation and report against dinglehopper's command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spent = {}
        for length in (24_000, 100_000):
            pair = _pair(folder, length, 0.03)
            theirs = cpu(dinglehopper(*pair, folder), folder)
            ours = spent[length] = cpu(_ours(pair, folder / "ours.html"), folder)
            inside = _inside(pair)
            said = f"{theirs / ours:.1f} ({theirs:.2f} s : {ours:.3f} s)"
            what = f"{length:,} letters at 3 %, command to report: times less than dinglehopper"
            yield Row(what, ">= 15", said, theirs >= 15 * ours)
            said = f"{theirs / inside:.1f} ({inside:.3f} s)"
            yield Row("the same, once Python and its packages are loaded", "", said, None)
        start = cpu([VARIORUM, "--version"], folder)
        yield Row("the start of the program alone", "", f"{start:.3f} s", None)


def _inside(pair: tuple[Path, Path]) -> float:
    """CPU seconds of evaluation and report in a process that has done it once."""
    from variorum.cli.__main__ import main

    with tempfile.TemporaryDirectory() as folder:
        told = _ours(pair, Path(folder) / "ours.html")[1:]
        main(told)
        best = math.inf
        for _ in range(3):
            start = time.process_time()
            main(told)
            best = min(best, time.process_time() - start)
    return best


def growth(_: Path) -> Rows:
    """How CPU grows with the text, within one process."""
    with tempfile.TemporaryDirectory() as name:
        small, large = (_inside(_pair(Path(name), n, 0.03)) for n in (24_000, 100_000))
    power = math.log(large / small) / math.log(100 / 24)
    said = f"n^{power:.2f} ({small:.3f} s, {large:.3f} s)"
    yield Row("growth from 24,000 to 100,000 letters at 3 %", "<= n^1.4", said, power <= 1.4)


MEASURE = """
import resource, runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_module("variorum.cli", run_name="__main__", alter_sys=True)
except SystemExit:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def large(_: Path) -> Rows:
    """Half a million letters at 15 %."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pair = _pair(folder, 500_000, 0.15)
        texts = [path.read_text("utf-8") for path in pair]
        start = time.process_time()
        least = Levenshtein.distance(*texts)
        bare = time.process_time() - start
        told = [*_ours(pair, folder / "ocr.json")[1:5], "--to", "json", "-o", "ocr.json"]
        ours = cpu([VARIORUM, *told], folder, times=1)
        found = json.loads((folder / "ocr.json").read_bytes())
        run = subprocess.run(
            [sys.executable, "-c", MEASURE, "variorum", *told],
            cwd=folder, check=True, capture_output=True, text=True,
        )  # fmt: skip
    said = f"{ours / bare:.2f} ({bare:.1f} s : {ours:.1f} s)"
    yield Row("500,000 letters at 15 %: times a bare distance", "<= 3", said, ours <= 3 * bare)
    exact = found["exact"] and found["edits"] == least
    yield Row("the same: the distance is exact", "yes", "yes" if exact else "no", exact)
    memory = int(run.stdout.split()[-1]) / 1024
    what = "the same: peak memory of the process"
    yield Row(what, "<= 300 MB", f"{memory:.0f} MB", memory <= 300)


def estimate(_: Path) -> Rows:
    """Estimates without a truth."""
    return (Row(*found) for found in estimating.rows())


def vote(_: Path) -> Rows:
    """The vote of three copies."""
    return (Row(*found) for found in voting.rows())


PARTS: Mapping[str, Callable[[Path], Rows]] = {
    "same": same,
    "lines": lines,
    "speed": speed,
    "growth": growth,
    "large": large,
    "estimate": estimate,
    "vote": vote,
}
NEED_DATA = frozenset(["same", "lines"])


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ocr", description=main.__doc__)
    parser.add_argument("--data", type=Path, help="the folder with dinglehopper/ and bln600/")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="NAME",
                        help=f"parts of the table: {', '.join(PARTS)}")  # fmt: skip
    told = parser.parse_args()
    if NEED_DATA & set(told.only) and not (told.data and told.data.is_dir()):
        parser.error("the data of others are missing: name their folder with --data")
    return printed(PARTS[name](told.data) for name in told.only)


if __name__ == "__main__":
    sys.exit(main())
