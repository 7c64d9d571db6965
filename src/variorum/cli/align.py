"""``variorum align``: which sentence renders which."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.cli import DONE
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.aligners import Parallel
    from variorum.edition.parallel import Aligned

__all__ = ["arguments", "run"]

SUMMARY = 2.5
"""Times that one side is longer than the other: no two languages differ so much."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """SOURCE, TARGET, and how they are read, compared and written."""
    from variorum.exporters import ALIGNMENTS

    parser.add_argument("source", metavar="SOURCE", help="the original")
    parser.add_argument("target", metavar="TARGET", help="its translation")
    parser.add_argument(
        "--languages",
        metavar="sq,en",
        help="of the source and of the target (BCP 47 tags); without it they are identified",
    )
    parser.add_argument(
        "--segmented", action="store_true", help="one sentence a line, a blank line ends a turn"
    )
    parser.add_argument(
        "--lexicon",
        metavar="FILE",
        help="words of the two languages: lines of word, tab, rendering; or a TMX to learn from",
    )
    parser.add_argument(
        "--embeddings",
        default="auto",
        choices=("auto", "on", "off"),
        help="sentence vectors of variorum[embed]: if installed (auto, the default), always, never",
    )
    parser.add_argument(
        "--locks",
        action="append",
        default=[],
        metavar="FILE",
        help="an alignment made elsewhere, whose pairs stand: TMX, TSV, ladder, InterText links",
    )
    parser.add_argument(
        "--to",
        default="json",
        choices=tuple(ALIGNMENTS),
        help="json (the default), tsv, tmx, tei, or html: facing columns",
    )
    parser.add_argument(
        "-o", "--output", default="-", metavar="FILE|-", help="where to; - is stdout"
    )


def run(options: argparse.Namespace) -> int:
    """Align, write what was asked for, and tell in a line what was found."""
    from variorum.edition.parallel import aligned
    from variorum.exporters import written

    paths = (Path(options.source), Path(options.target))
    table = Path(options.lexicon) if options.lexicon else None
    held = tuple(map(Path, options.locks))
    done = aligned(
        paths,
        _languages(options.languages),
        lines=options.segmented,
        table=table,
        embeddings=options.embeddings,
        held=held,
    )
    data = written(options.to, done.parallel, done.findings)
    _write(data, options.output, (*paths, *held, *([table] if table else ())))
    for note in (*_notes(paths, done, options), *_summary(done)):
        print(f"variorum: {note}", file=sys.stderr)
    return DONE


def _notes(paths: tuple[Path, Path], done: Aligned, options: argparse.Namespace) -> Iterator[str]:
    """What a person should know of the two sides, a sentence each."""
    from variorum.review import unchecked

    sides = (done.parallel.source, done.parallel.target)
    one, other = (side.language.lower().partition("-")[0] for side in sides)
    if options.languages is None:
        yield f"Languages identified: {sides[0].language}, {sides[1].language}."
    if paths[0].resolve() == paths[1].resolve():
        yield "Source and target are the same file: every sentence renders itself."
    elif one == other:
        yield f"Both sides are in one language ({one}): aligned as such; collate compares words."
    sizes = [sum(len(s.text) for s in side.sentences) for side in sides]
    if max(sizes) > SUMMARY * min(sizes):
        yield "One side is far shorter than the other, perhaps a summary: pairs are less sure."
    yield from unchecked((sides[0].language, sides[1].language))
    if done.missed:
        yield f"{len(done.missed):,} of the locks not found; the first: {done.missed[0]}"


def _summary(done: Aligned) -> Iterator[str]:
    parallel = done.parallel
    alone = sum(not (pair.source and pair.target) for pair in parallel.sentences)
    yield (
        f"{len(parallel.source.sentences):,} sentences to {len(parallel.target.sentences):,}: "
        f"{len(parallel.sentences) - alone:,} pairs, {alone:,} without counterpart"
        f"{_moves(parallel)}; lexicon: {parallel.fingerprint['lexicon'] or 'none'}; "
        f"embeddings: {parallel.fingerprint['embeddings'] or 'none'}"
    )
    if done.findings:
        kinds = Counter(each.kind for each in done.findings)
        told = ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds.items()))
        yield f"to look at: {told}"


def _moves(parallel: Parallel) -> str:
    moved = sum(pair.move for pair in parallel.sentences)
    return f", {moved:,} moved" if moved else ""


def _languages(told: str | None) -> tuple[str, str] | None:
    if told is None:
        return None
    tags = [tag.strip() for tag in told.split(",")]
    if len(tags) != 2 or not all(tags):
        raise UsageError(
            f"{told!r} does not name two languages",
            remedy="name both, source first: --languages sq,en",
        )
    return tags[0], tags[1]


def _write(data: bytes, output: str, paths: tuple[Path, ...]) -> None:
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from variorum.files import write

    write({Path(output): data}, keep=frozenset(path.resolve() for path in paths))
