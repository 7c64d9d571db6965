"""The proof: what was exported against what is on the disk.

Works from ``build/collation.json`` and the received files, not from what some
run had in memory, and proves three things: the received files are the ones the
build rests on; the text as read of every witness is rebuilt from the collation
character for character; every span, siglum and pointer resolves.  The other
files of the build are made again from ``collation.json`` and must be the same
to the byte, so that a table someone edited is not taken for ours.

A pointer may resolve and still be wrong: a span within its text that shows
other words than its reading.  So readings are read where they point, and the
words of a locus must stand in its columns, or in those of a passage that moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from attrs import frozen

from variorum.apparatus import Apparatus
from variorum.collation import NOTHING, Collation
from variorum.edition import collated, fingerprint, opened
from variorum.edition.folder import FILE
from variorum.edition.output import BUILD, FILES, exported, facing
from variorum.errors import VariorumError
from variorum.exporters.json import export, restore
from variorum.loci import Locus, Reading
from variorum.text import Span
from variorum.witness import Witness

__all__ = ["Proof", "verify"]


@frozen
class Proof:
    """What was proved, a sentence each, and what was found wrong, a sentence each."""

    proved: tuple[str, ...]
    wrong: tuple[str, ...]


def verify(path: Path, *, publish: bool = False) -> Proof:
    """Verify the edition in the folder *path*; with *publish*, refuse synthetic witnesses."""
    told, found = opened(path)
    build = path / BUILD / FILES["json"]
    proved: list[str] = []
    if build.exists():
        data = build.read_bytes()
    else:
        proved.append("There is no build: it was made in memory.")
        data = export(collated(told, found))
    try:
        apparatus = restore(data)
    except VariorumError as error:
        return Proof((), (f"{build}: {error}",))
    now = {witness.siglum: witness for witness in found}
    wrong = [
        *_received(apparatus, now, path),
        *_rebuilt(apparatus, now),
        *_resolves(apparatus),
        *_as_written(apparatus, path / BUILD),
    ]
    if not wrong and apparatus.fingerprint["id"] != fingerprint(told, found)["id"]:
        wrong.append(f"{build}: rests on other settings than {path / FILE} has now; collate again")
    if publish:
        wrong += [
            f"{w.siglum} is synthetic, made to exercise the tools: it may not attest in print"
            for w in found
            if w.description.synthetic
        ]
    if not wrong:
        files = sum(len(witness.received) for witness in found)
        proved += [
            f"Received files untouched: {files} of {files}.",
            f"Texts rebuilt from the collation, character for character: {', '.join(now)}.",
            f"Every span, siglum and pointer resolves: {len(apparatus.loci)} loci, "
            f"{len(apparatus.beads)} beads, {len(apparatus.collation)} columns.",
        ]
    return Proof(tuple(proved), tuple(wrong))


def _received(apparatus: Apparatus, now: dict[str, Witness], path: Path) -> Iterator[str]:
    then = {witness.siglum: witness for witness in apparatus.witnesses}
    for siglum in sorted(now.keys() - then.keys()):
        yield f"{siglum}: a witness that the build does not know; collate again"
    for siglum in sorted(then.keys() - now.keys()):
        yield f"{siglum}: a witness of the build that {path / FILE} no longer names"
    for siglum in sorted(then.keys() & now.keys()):
        old = {r.file: r.digest for r in then[siglum].received}
        new = {r.file: r.digest for r in now[siglum].received}
        for file in sorted(old.keys() | new.keys()):
            if old.get(file) != new.get(file):
                yield f"{path / file}: not the file the build rests on; collate again"


def _rebuilt(apparatus: Apparatus, now: dict[str, Witness]) -> Iterator[str]:
    for witness in apparatus.witnesses:
        here = now.get(witness.siglum)
        if here is None or here.text.chars == witness.text.chars:
            continue
        pairs = zip(here.text.chars, witness.text.chars, strict=False)
        at = next((i for i, (a, b) in enumerate(pairs) if a != b), None)
        at = min(len(here.text), len(witness.text)) if at is None else at
        yield f"{witness.siglum}: the text rebuilt from the collation differs at character {at}"


def _as_written(apparatus: Apparatus, build: Path) -> Iterator[str]:
    """The files beside ``collation.json`` are what it gives."""
    there = [name for name, file in FILES.items() if (build / file).exists()]
    pages = {name: data for name, data in facing(apparatus).items() if (build / name).exists()}
    for file, data in (exported(apparatus, tuple(there)) | pages).items():
        if (build / file).read_bytes() != data:
            yield f"{build / file}: not what {FILES['json']} gives; collate again"


def _resolves(apparatus: Apparatus) -> Iterator[str]:
    texts = {witness.siglum: witness.text.chars for witness in apparatus.witnesses}
    words = _Words.of(apparatus.collation)
    for locus in apparatus.loci:
        for reading in locus.readings:
            yield from _reads(locus, reading, texts)
            yield from words.strangers(locus, reading)
    yield from _named(apparatus)
    yield from _covered(apparatus)


def _reads(locus: Locus, reading: Reading, texts: dict[str, str]) -> Iterator[str]:
    """The reading's text stands at the spans of the base, or of the first that has it."""
    first = locus.base if locus.base in reading.witnesses else min(reading.witnesses, default="")
    if first in texts and reading.text and len(locus.columns):
        there = "".join(span.of(texts[first]) for span in reading.witnesses[first])
        if "".join(there.split()) != "".join(reading.text.split()):
            yield f"locus {locus.id}: {first} does not read {reading.text!r} at its spans"


@frozen
class _Words:
    """Where the words of each witness start, and the column each stands in."""

    starts: dict[str, list[int]]
    columns: dict[str, list[int]]
    moved: frozenset[int]

    @staticmethod
    def of(collation: Collation) -> _Words:
        """Of every witness of a collation."""
        starts = [tokens.starts.tolist() for tokens in collation.tokens]
        columns = [
            (collation.table[:, row] != NOTHING).nonzero()[0].tolist() for row in range(len(starts))
        ]
        passages = [span for move in collation.moves for span in (move.here, move.there)]
        moved = frozenset(at for span in passages for at in range(span.start, span.end))
        sigla = collation.sigla
        return _Words(
            dict(zip(sigla, starts, strict=True)), dict(zip(sigla, columns, strict=True)), moved
        )

    def strangers(self, locus: Locus, reading: Reading) -> Iterator[str]:
        """Witnesses that point at words of other columns; paragraphs point at none."""
        if not len(locus.columns):
            return
        for siglum, spans in reading.witnesses.items():
            if siglum not in self.starts:
                yield f"locus {locus.id}: {siglum} was not collated"
            elif any(not self._at_home(siglum, span, locus.columns) for span in spans):
                yield f"locus {locus.id}: {siglum} points at words of other columns"

    def _at_home(self, siglum: str, span: Span, columns: Span) -> bool:
        starts = self.starts[siglum]
        held = self.columns[siglum][bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        return all(columns.start <= at < columns.end or at in self.moved for at in held)


def _named(apparatus: Apparatus) -> Iterator[str]:
    """Ids are used once; speakers and the sigla of figures are known."""
    for what, ids in (
        ("locus", [locus.id for locus in apparatus.loci]),
        ("bead", [bead.id for bead in apparatus.beads]),
    ):
        yield from (f"{what} {id_}: its id is used {n} times" for id_, n in _repeated(ids))
    speakers = {speaker.id for speaker in apparatus.speakers}
    speakers.update(t.speaker for d in apparatus.divisions.values() for t in d.turns if t.speaker)
    for bead in apparatus.beads:
        if bead.speaker and bead.speaker not in speakers:
            yield f"bead {bead.id}: there is no speaker {bead.speaker!r}"
    sigla = set(apparatus.collation.sigla)
    for pair in apparatus.closeness:
        if not sigla.issuperset(pair):
            yield f"closeness of {' and '.join(pair)}: not both were collated"


def _repeated(ids: Iterable[str]) -> list[tuple[str, int]]:
    return [(id_, count) for id_, count in Counter(ids).items() if count > 1]


def _covered(apparatus: Apparatus) -> Iterator[str]:
    """Every token lies in exactly one bead."""
    collation = apparatus.collation
    for row, siglum in enumerate(collation.sigla):
        if int((collation.table[:, row] != NOTHING).sum()) != len(collation.tokens[row]):
            yield f"{siglum}: the table does not hold every token"
        spans = sorted(s for bead in apparatus.beads for s in bead.witnesses.get(siglum, ()))
        if any(a.end > b.start for a, b in pairwise(spans)):
            yield f"{siglum}: two beads claim the same words"
        held = 0
        for index in range(len(collation.tokens[row])):
            start = int(collation.tokens[row].starts[index])
            while held < len(spans) and spans[held].end <= start:
                held += 1
            if held == len(spans) or start < spans[held].start:
                yield f"{siglum}: the word at {start} lies in no bead"
                break
