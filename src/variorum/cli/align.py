"""``variorum align``: which sentence renders which."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.cli import DONE
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.aligners import Parallel

__all__ = ["arguments", "run"]

SUMMARY = 2.5
"""Times that one side is longer than the other: no two languages differ so much."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """SOURCE, TARGET, --languages, --segmented, --lexicon, --to, -o."""
    from variorum.exporters.pairs import EXPORTS

    parser.add_argument("source", metavar="SOURCE", help="the original")
    parser.add_argument("target", metavar="TARGET", help="its translation")
    parser.add_argument(
        "--languages", metavar="sq,en", help="of the source and of the target (BCP 47 tags)"
    )
    parser.add_argument(
        "--segmented", action="store_true", help="one sentence a line, a blank line ends a turn"
    )
    parser.add_argument(
        "--lexicon",
        metavar="FILE",
        help="words of the two languages: lines of word, tab, rendering",
    )
    parser.add_argument(
        "--to", default="json", choices=tuple(EXPORTS), help="json (the default) or tsv"
    )
    parser.add_argument(
        "-o", "--output", default="-", metavar="FILE|-", help="where to; - is stdout"
    )


def run(options: argparse.Namespace) -> int:
    """Align, write what was asked for, and tell in a line what was found."""
    from variorum.edition.parallel import aligned
    from variorum.exporters.pairs import EXPORTS

    paths = (Path(options.source), Path(options.target))
    parallel = aligned(
        paths,
        _languages(options.languages),
        lines=options.segmented,
        table=Path(options.lexicon) if options.lexicon else None,
    )
    kept = (*paths, Path(options.lexicon)) if options.lexicon else paths
    _write(EXPORTS[options.to](parallel), options.output, kept)
    for note in _notes(paths, parallel):
        print(f"variorum: {note}", file=sys.stderr)
    alone = sum(not (pair.source and pair.target) for pair in parallel.sentences)
    print(
        f"variorum: {len(parallel.source.sentences):,} sentences to "
        f"{len(parallel.target.sentences):,}: {len(parallel.sentences) - alone:,} pairs, "
        f"{alone:,} without counterpart; lexicon: {parallel.fingerprint['lexicon'] or 'none'}",
        file=sys.stderr,
    )
    return DONE


def _notes(paths: tuple[Path, Path], parallel: Parallel) -> Iterator[str]:
    """What a person should know of the two sides, a sentence each."""
    sides = (parallel.source, parallel.target)
    one, other = (side.language.lower().partition("-")[0] for side in sides)
    if paths[0].resolve() == paths[1].resolve():
        yield "Source and target are the same file: every sentence renders itself."
    elif one == other:
        yield f"Both sides are in one language ({one}): aligned as such; collate compares words."
    sizes = [
        sum(len(s.text) for s in side.sentences) for side in (parallel.source, parallel.target)
    ]
    if max(sizes) > SUMMARY * min(sizes):
        yield "One side is far shorter than the other, perhaps a summary: pairs are less sure."


def _languages(told: str | None) -> tuple[str, str]:
    tags = [tag.strip() for tag in (told or "").split(",")]
    if len(tags) != 2 or not all(tags):
        raise UsageError(
            "the two languages are not named", remedy="name them, source first: --languages sq,en"
        )
    return tags[0], tags[1]


def _write(data: bytes, output: str, paths: tuple[Path, ...]) -> None:
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from variorum.files import write

    write({Path(output): data}, keep=frozenset(path.resolve() for path in paths))
