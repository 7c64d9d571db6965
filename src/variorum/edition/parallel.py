"""Two files in two languages, aligned and reviewed.

::

    SOURCE ─▶ sides ─┐                            ┌─▶ pairs of sentences, of turns, of words
    TARGET ─▶ sides ─┼─▶ aligners/across_languages┤
    lexicon, vectors,┘                            └─▶ review ─▶ findings
    locks
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from variorum import __version__
from variorum.aligners import Pair, Parallel, Side
from variorum.aligners import across_languages as aligner
from variorum.aligners.across_languages.evidence import Vectors, bare
from variorum.aligners.across_languages.vectors import embedded, model
from variorum.edition.received import contents
from variorum.edition.sides import side
from variorum.files import cache
from variorum.importers import Locks, locks, tmx
from variorum.languages.lexicon import Lexicon, learnt, lexicon, read_tsv
from variorum.readers.encoding import decode
from variorum.review import Finding, review
from variorum.sentences import SPLITTER
from variorum.text import digest

__all__ = ["Aligned", "aligned"]


@frozen
class Aligned:
    """The alignment of two texts, what to look at, and what of the locks was not found."""

    parallel: Parallel
    findings: tuple[Finding, ...]
    missed: tuple[str, ...]


def aligned(
    paths: tuple[Path, Path],
    languages: tuple[str, str] | None = None,
    *,
    lines: bool = False,
    table: Path | None = None,
    embeddings: str = "auto",
    held: Sequence[Path] = (),
) -> Aligned:
    """Two files aligned; *lines*: one sentence a line.

    Without *languages* each is identified.  The lexicon is *table* (TSV, words of
    the source before those of the target, or a TMX to learn from), or else the one
    shipped for the two languages, in either direction.  *embeddings* are used if they can be
    (``auto``), must be (``on``) or are not (``off``).  *held* are alignments made
    elsewhere, whose pairs stand.  Raises ``EditionError``, ``LexiconError``,
    ``ImporterError`` and ``AlignmentError``.
    """
    tags = languages or (None, None)
    source, target = (side(path, tag, lines=lines) for path, tag in zip(paths, tags, strict=True))
    words = _lexicon(source.language, target.language, table)
    vectors = _vectors(source, target, embeddings)
    kept = [locks(str(path), contents(path), source, target) for path in held]
    fixed = [pair for each in kept for pair in each.pairs]
    pairs, turns = aligner.align(source, target, lexicon=words, vectors=vectors, locks=fixed)
    told = _fingerprint(source, target, words, lines, vectors is not None, fixed)
    parallel = Parallel(source, target, pairs, turns, told)
    return Aligned(parallel, review(parallel, words), _missed(kept))


def _missed(kept: Sequence[Locks]) -> tuple[str, ...]:
    return tuple(said for each in kept for said in each.missed)


def _lexicon(source: str, target: str, table: Path | None) -> Lexicon | None:
    one, other = (tag.lower().partition("-")[0] for tag in (source, target))
    if table is not None:
        data = contents(table)
        if not tmx.recognise(str(table), data):
            return learnt(str(table), tmx.units(str(table), data, one, other), one, other)
        text, _ = decode(str(table), data)
        return read_tsv(str(table), text, one, other)
    return lexicon(one, other) or lexicon(other, one)


def _vectors(source: Side, target: Side, embeddings: str) -> tuple[Vectors, Vectors] | None:
    """The vectors of the sentences of both sides, remarks in brackets left out."""
    if embeddings == "off" or (embeddings == "auto" and model() is None):
        return None
    file = cache() / "vectors.sqlite"
    one, other = (
        embedded([bare(sentence.text) for sentence in each.sentences], file)
        for each in (source, target)
    )
    return one, other


def _fingerprint(
    source: Side,
    target: Side,
    words: Lexicon | None,
    lines: bool,
    vectors: bool,
    fixed: Sequence[Pair],
) -> dict[str, object]:
    """Everything that could move a byte of the result, and under ``"id"`` the digest of it."""
    out: dict[str, object] = {
        "variorum": __version__,
        "aligner": f"{aligner.NAME} {aligner.VERSION}",
        "sentences": "one a line" if lines else SPLITTER,
        "lexicon": f"{words.name} {words.digest}" if words else None,
        "embeddings": model() if vectors else None,
        "locks": _digest([[pair.source, pair.target] for pair in fixed]) if fixed else None,
        "source": [source.language, _digested(source)],
        "target": [target.language, _digested(target)],
    }
    return {**out, "id": digest(json.dumps(out, sort_keys=True))[:16]}


def _digested(side: Side) -> str:
    told = [[s.span.start, s.span.end, s.text, s.turn] for s in side.sentences]
    return _digest([side.file, told])


def _digest(told: object) -> str:
    return digest(json.dumps(told, ensure_ascii=False))[:16]
