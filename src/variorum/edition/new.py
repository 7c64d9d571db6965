"""New editions and late witnesses: files are copied in, the rest is proposed.

What can be read off the files is filled in (sigla from their names, speakers
from their labels); what only a person knows is left blank.  The first file is
proposed as the base, and the proposal is said, in the file and on the screen.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from variorum.apparatus import Apparatus
from variorum.edition import collated, opened
from variorum.edition.folder import FILE, load
from variorum.errors import EditionError
from variorum.loci import Locus
from variorum.readers import proposed_siglum, read_path
from variorum.rules import Context, apply, recipe
from variorum.text import Derived
from variorum.turns import Speaker, divide, proposed
from variorum.witness import Role, Witness

__all__ = ["add", "init"]

RECIPE = "plain"
OCR_READERS = frozenset(["hocr", "alto"])


@frozen
class _Copy:
    """A file to be copied in: where from, its name in the folder, its bytes, its witness."""

    path: Path
    name: str
    data: bytes
    witness: Witness


def init(folder: Path, paths: Sequence[Path]) -> list[str]:
    """Make an edition in *folder* out of *paths*; what was done, a sentence each.

    Raises ``EditionError`` where an edition or one of the files exists already.
    Nothing is written unless everything can be read.
    """
    if (folder / FILE).exists():
        raise EditionError(
            "is an edition already", place=str(folder), remedy="add to it with: variorum add"
        )
    copies = list(_copies(paths, frozenset()))
    for copy in copies:
        if (folder / copy.name).exists():
            raise EditionError(
                "exists already", place=str(folder / copy.name), remedy="move it away"
            )
    speakers = _speakers(copies)
    folder.mkdir(parents=True, exist_ok=True)
    for copy in copies:
        _put(folder / copy.name, copy.data)
    _put(folder / FILE, _proposal(folder, copies, speakers).encode())
    return [
        f"Made {folder / FILE} with {len(copies)} witnesses: correct what is proposed there.",
        *(f"{c.witness.siglum}: {c.name}{_roles(c)}" for c in copies),
        *(f"Speaker {s.id}: {', '.join(s.names)}" for s in speakers),
        *(
            [
                f"The base is proposed: {copies[0].witness.siglum}, the first file. It is yours to choose."
            ]
            if copies
            else ["No base yet: an edition needs witnesses, and one of them as base."]
        ),
    ]


def _copies(paths: Sequence[Path], taken: frozenset[str]) -> Iterator[_Copy]:
    sigla = set(taken)
    for path in paths:
        found = read_path(path, path.name)
        if len(found) != 1:
            raise EditionError(
                f"holds {len(found)} witnesses", place=str(path), remedy="give each its own file"
            )
        siglum, number = proposed_siglum(path.name), 2
        while siglum in sigla:
            siglum, number = f"{proposed_siglum(path.name)}{number}", number + 1
        sigla.add(siglum)
        witness = Witness(siglum, found[0].text, found[0].layout, received=found[0].received)
        yield _Copy(path, path.name, path.read_bytes(), witness)


def _derived(witness: Witness) -> Derived:
    return apply(recipe(RECIPE), witness.text.chars, Context(roles=witness.layout.roles))


def _speakers(copies: Sequence[_Copy]) -> tuple[Speaker, ...]:
    """The speakers of the witness whose labels name most turns."""
    best: tuple[Speaker, ...] = ()
    for copy in copies:
        found = proposed(_derived(copy.witness), copy.witness.layout.roles)
        best = found if len(found) > len(best) else best
    return best


def _roles(copy: _Copy) -> str:
    division = divide(_derived(copy.witness), roles=copy.witness.layout.roles)
    roles = sorted({str(s.role) for s in division.stretches if s.role is not Role.TURN})
    turns = f"{len(division.turns)} turns"
    return f" ({', '.join([turns, *roles])})"


def _proposal(folder: Path, copies: Sequence[_Copy], speakers: Sequence[Speaker]) -> str:
    base = copies[0].witness.siglum if copies else ""
    lines = [
        "# Proposed by variorum from the files; every line is yours to correct.",
        "",
        "[edition]",
        f"title = {_quoted(folder.resolve().name)}",
        f"base = {_quoted(base)}    # proposed: the first file",
        f"recipe = {_quoted(RECIPE)}    # see: variorum formats",
        'style = "documentary"',
        "languages = []",
    ]
    for speaker in speakers:
        names = ", ".join(map(_quoted, speaker.names))
        lines += ["", "[[speaker]]", f"id = {_quoted(speaker.id)}", f"names = [{names}]"]
    for copy in copies:
        lines += ["", *_entry(copy)]
    return "\n".join(lines) + "\n"


def _entry(copy: _Copy) -> list[str]:
    reader = copy.witness.received[0].reader.partition(" ")[0]
    kind = "OCR" if reader in OCR_READERS else {"pdf": "PDF", "html": "web page"}.get(reader, "")
    return [
        "[[witness]]",
        f"siglum = {_quoted(copy.witness.siglum)}",
        f"file = {_quoted(copy.name)}",
        'language = ""',
        'text = "original"    # or translation',
        'derivation = { from = "", by = "", how = "" }',
        f"kind = {_quoted(kind)}",
        'date = ""',
        'repository = ""',
        'shelfmark = ""',
        'source = ""',
        'rights = ""',
        "synthetic = false",
    ]


def _quoted(text: str) -> str:
    """A TOML basic string."""
    out = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in out) + '"'


def _put(path: Path, data: bytes) -> None:
    """Write a whole file or none."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    finally:
        if os.path.exists(name):
            os.unlink(name)


def add(folder: Path, path: Path) -> list[str]:
    """Admit the witness at *path*; what changed, a sentence each.

    The edition file keeps its text; an entry is written at its end.
    """
    told = load(folder)
    (copy,) = _copies([path], frozenset(entry.siglum for entry in told.entries))
    if (folder / copy.name).exists() and (folder / copy.name).resolve() != path.resolve():
        raise EditionError(
            "exists already", place=str(folder / copy.name), remedy="rename the new file"
        )
    before = collated(*opened(folder)) if len(told.entries) > 1 else None
    text = (folder / FILE).read_text(encoding="utf-8").rstrip("\n")
    base = next(entry for entry in told.entries if entry.siglum == told.base)
    entry = "\n".join(_entry(copy)).replace(
        'language = ""', f"language = {_quoted(base.description.language)}", 1
    )
    _put(folder / copy.name, copy.data)
    _put(folder / FILE, f"{text}\n\n{entry}\n".encode())
    after = collated(*opened(folder))
    return [f"Admitted {copy.witness.siglum}: {copy.name}.", *_changes(before, after)]


def _changes(before: Apparatus | None, after: Apparatus) -> Iterator[str]:
    yield f"Now {len(after.witnesses)} witnesses, {len(after.loci):,} loci."
    if before is None:
        return
    old, new = _by_place(before), _by_place(after)
    kept = [place for place in old if place in new]
    same = sum(_readings(old[p], before) == _readings(new[p], before) for p in kept)
    fresh = [new[p] for p in new if p not in old]
    yield (
        f"Of {len(old):,} loci before, {same:,} stand as they were but for the new witness, "
        f"{len(kept) - same:,} read otherwise, {len(old) - len(kept):,} are told elsewhere; "
        f"{len(fresh):,} are new."
    )
    for locus in fresh[:10]:
        told = " | ".join(reading.text or "–" for reading in locus.readings)
        yield f"  new  {locus.turn:>10}  {locus.kind:14} {told[:100]}"
    if len(fresh) > 10:
        yield f"  … and {len(fresh) - 10:,} more: see the report."


def _by_place(apparatus: Apparatus) -> dict[tuple[object, ...], Locus]:
    return {
        (locus.kind == "paragraph", *locus.readings[0].witnesses[locus.base]): locus
        for locus in apparatus.loci
        if locus.base in locus.readings[0].witnesses
    }


def _readings(locus: Locus, of: Apparatus) -> set[tuple[str, frozenset[str]]]:
    """Readings by the sigla that were there before."""
    known = {witness.siglum for witness in of.witnesses}
    out = set()
    for reading in locus.readings:
        sigla = frozenset(known.intersection(reading.witnesses))
        if sigla:
            out.add((reading.text, sigla))
    return out
