"""New editions and late witnesses: files are copied in, the rest is proposed.

What can be read off the files is filled in (sigla from their names, speakers
from their labels) or put there as a comment to be uncommented (roles, which
are recognised anew in every run and need a line only where that is wrong);
what only a person knows is left blank.  The first file is proposed as the
base, and the proposal is said, in the file and on the screen.

Everything is read and computed before anything is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import evolve, frozen

from variorum.apparatus import Apparatus
from variorum.edition import collated, opened
from variorum.edition.folder import BUILD, FILE, load
from variorum.edition.output import put
from variorum.edition.received import read_as, worded
from variorum.errors import EditionError
from variorum.loci import Locus
from variorum.readers import proposed_siglum
from variorum.rules import Context, apply, recipe
from variorum.text import Derived
from variorum.turns import Division, Speaker, divide, proposed
from variorum.witness import Description, Role, Stretch, Witness

__all__ = ["add", "init"]

RECIPE = "plain"
KINDS = {"hocr": "OCR", "alto": "OCR", "pdf": "PDF", "html": "web page"}
"""Reader → the kind of witness that its files are."""

RESERVED = frozenset([FILE, BUILD, "decisions.jsonl"])
"""Names in an edition folder that no witness may have."""

LONGEST = 160
"""Characters of the longest stretch that is quoted as a proposed role: two lines of a comment."""


@frozen
class _Copy:
    """A file to be copied in: its name in the folder, its bytes, its witness, how it divides."""

    name: str
    data: bytes
    witness: Witness
    derived: Derived
    division: Division


def init(folder: Path, paths: Sequence[Path]) -> list[str]:
    """Make an edition in *folder* out of *paths*; what was done, a sentence each.

    Raises ``EditionError`` where an edition or one of the files exists already,
    or two files have one name.  Nothing is written unless everything can be read.
    """
    if os.path.lexists(folder / FILE):
        raise EditionError(
            "is an edition already", place=str(folder), remedy="add to it with: variorum add"
        )
    copies = list(_copies(folder, paths, frozenset()))
    speakers = _speakers(copies)
    put(
        {
            **{folder / copy.name: copy.data for copy in copies},
            folder / FILE: _proposal(folder, copies, speakers).encode(),
        }
    )
    return list(_said(folder, copies, speakers))


def _said(folder: Path, copies: Sequence[_Copy], speakers: Sequence[Speaker]) -> Iterator[str]:
    count = f"{len(copies)} witness{'' if len(copies) == 1 else 'es'}"
    yield f"Made {folder / FILE} with {count}: correct what is proposed there."
    for copy in copies:
        roles = sorted({str(s.role) for s in _recognised(copy)})
        turns = len(copy.division.turns)
        told = ", ".join([f"{turns} turn{'' if turns == 1 else 's'}", *roles])
        yield f"{copy.witness.siglum}: {copy.name} ({told})"
    for speaker in speakers:
        yield f"Speaker {speaker.id}: {', '.join(speaker.names)}"
    if copies:
        base = copies[0].witness.siglum
        yield f"The base is proposed: {base}, the first file. It is yours to choose."
    else:
        yield "No base yet: an edition needs witnesses, and one of them as base."


def _copies(folder: Path, paths: Sequence[Path], taken: frozenset[str]) -> Iterator[_Copy]:
    """What is to be copied into *folder*; *taken* sigla are not proposed again."""
    sigla, names = set(taken), set()
    for path in paths:
        name = path.name
        if name in names:
            raise EditionError(f"a second file called {name}", place=str(path), remedy="rename one")
        if name in RESERVED:
            raise EditionError(
                f"{name} is a name the edition needs itself", place=str(path), remedy="rename it"
            )
        if os.path.lexists(folder / name) and not _same_file(folder / name, path):
            raise EditionError("exists already", place=str(folder / name), remedy="rename the file")
        copy = _copied(path, sigla)
        names.add(name)
        sigla.add(copy.witness.siglum)
        yield copy


def _same_file(one: Path, other: Path) -> bool:
    return os.path.exists(other) and os.path.samefile(one, other)


def _copied(path: Path, sigla: set[str]) -> _Copy:
    found = read_as(path, path.name)
    if len(found) != 1:
        raise EditionError(
            f"holds {len(found)} witnesses", place=str(path), remedy="give each its own file"
        )
    if found[0].tokens is not None:
        raise EditionError(
            "holds ready-made tokens, not a text", place=str(path), remedy="give the text itself"
        )
    worded(found[0], str(path))
    first = proposed_siglum(path.name)
    siglum, number = first, 2
    while siglum in sigla:
        siglum, number = f"{first}{number}", number + 1
    witness = Witness(siglum, found[0].text, found[0].layout, received=found[0].received)
    derived = apply(recipe(RECIPE), witness.text.chars, Context(roles=witness.layout.roles))
    division = divide(derived, roles=witness.layout.roles)
    return _Copy(path.name, path.read_bytes(), witness, derived, division)


def _speakers(copies: Sequence[_Copy]) -> tuple[Speaker, ...]:
    """The speakers of the witness whose labels name most of them."""
    best: tuple[Speaker, ...] = ()
    for copy in copies:
        found = proposed(copy.derived, copy.witness.layout.roles)
        best = found if len(found) > len(best) else best
    return best


def _recognised(copy: _Copy) -> list[Stretch]:
    return [stretch for stretch in copy.division.stretches if stretch.role is not Role.TURN]


def _proposal(folder: Path, copies: Sequence[_Copy], speakers: Sequence[Speaker]) -> str:
    lines = [
        "# Proposed by variorum from the files; every line is yours to correct.",
        "",
        "[edition]",
        f"title = {_quoted(folder.resolve().name)}",
        f"base = {_quoted(copies[0].witness.siglum)}    # proposed: the first file"
        if copies
        else 'base = ""    # the siglum of a witness',
        f"recipe = {_quoted(RECIPE)}    # see: variorum formats",
        'style = "documentary"',
        "languages = []",
    ]
    for speaker in speakers:
        names = ", ".join(map(_quoted, speaker.names))
        lines += ["", "[[speaker]]", f"id = {_quoted(speaker.id)}", f"names = [{names}]"]
    for copy in copies:
        lines += ["", *_entry(copy)]
    for copy in copies:
        lines += _roles(copy)
    return "\n".join(lines) + "\n"


def _kind(copy: _Copy) -> str:
    return KINDS.get(copy.witness.received[0].reader.partition(" ")[0], "")


def _entry(copy: _Copy, language: str = "") -> list[str]:
    return [
        "[[witness]]",
        f"siglum = {_quoted(copy.witness.siglum)}",
        f"file = {_quoted(copy.name)}",
        f"language = {_quoted(language)}",
        'text = "original"    # or translation',
        'derivation = { from = "", by = "", how = "" }',
        f"kind = {_quoted(_kind(copy))}",
        'date = ""',
        'repository = ""',
        'shelfmark = ""',
        'source = ""',
        'rights = ""',
        "synthetic = false",
    ]


def _roles(copy: _Copy) -> list[str]:
    """The roles recognised in one witness, as comments; what is too long or not unique, counted.

    A quotation overrules wherever it stands, so that a page number is no proposal.
    """
    siglum, text = copy.witness.siglum, copy.witness.text.chars
    out = ["", f"# Recognised in {siglum}; uncomment a role to overrule it."]
    passed = 0
    for stretch in _recognised(copy):
        quotation = stretch.span.of(text).strip()
        if not quotation or len(quotation) > LONGEST or text.count(quotation) > 1:
            passed += 1
            continue
        out += ["", "# [[role]]", f"# siglum = {_quoted(siglum)}"]
        out += [f"# quotation = {_quoted(quotation)}", f"# role = {_quoted(str(stretch.role))}"]
    if passed:
        more = "more" if len(out) > 2 else "stretches"
        out += ["", f"# {passed} {more}, long or repeated: variorum explain lists them."]
    return out if len(out) > 2 else []


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\f": "\\f"}


def _quoted(text: str) -> str:
    """A TOML basic string."""
    return (
        '"' + "".join(_ESCAPES.get(c) or (c if c.isprintable() else _code(c)) for c in text) + '"'
    )


def _code(char: str) -> str:
    return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"


def add(folder: Path, path: Path) -> list[str]:
    """Admit the witness at *path*; what changed, a sentence each.

    The edition file keeps its text; an entry is written at its end.  Nothing is
    written unless the edition can be collated with the new witness.
    """
    told = load(folder)
    (copy,) = _copies(folder, [path], frozenset(entry.siglum for entry in told.entries))
    if copy.name in {name for entry in told.entries for name in entry.files}:
        raise EditionError("is a witness already", place=str(path), remedy="add another file")
    settings, found = opened(folder)
    language = next(entry for entry in told.entries if entry.siglum == told.base).description
    description = Description(language=language.language, kind=_kind(copy))
    new = evolve(copy.witness, description=description)
    recipes = {**settings.recipes, new.siglum: told.recipes[told.recipe]}
    before = collated(settings, found) if len(found) > 1 else None
    after = collated(evolve(settings, recipes=recipes), [*found, new])
    entry = "\n".join(_entry(copy, language.language))
    file = folder / FILE
    put(
        {
            folder / copy.name: copy.data,
            file: file.read_bytes().rstrip() + f"\n\n{entry}\n".encode(),
        }
    )
    return [
        f"Admitted {new.siglum}: {copy.name}, entered in {file} to be completed.",
        *_changes(before, after),
    ]


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
    share = _unmoved(before, after)
    yield f"Of the places collated before, {share:.1%} are aligned as they were."
    for heading, loci in (("new", fresh), ("gone", [old[p] for p in old if p not in new])):
        yield from _listed(heading, loci)


def _listed(heading: str, loci: Sequence[Locus], most: int = 10) -> Iterator[str]:
    for locus in loci[:most]:
        told = " | ".join(reading.text or "–" for reading in locus.readings)
        shown = told if len(told) <= 100 else f"{told[:99]}…"
        yield f"  {heading:4}  {locus.turn:>10}  {locus.kind:14} {shown}"
    if len(loci) > most:
        yield f"  … and {len(loci) - most:,} more {heading}: see the report."


def _unmoved(before: Apparatus, after: Apparatus) -> float:
    """The share of the columns before that stand in the new table, the new rows left out."""
    old, new = before.collation, after.collation
    rows = [new.row(siglum) for siglum in old.sigla]
    there = set(map(tuple, new.table[:, rows].tolist()))
    columns = list(map(tuple, old.table.tolist()))
    return sum(column in there for column in columns) / max(1, len(columns))


def _by_place(apparatus: Apparatus) -> dict[tuple[object, ...], Locus]:
    return {
        (locus.kind == "paragraph", *locus.readings[0].witnesses[locus.base]): locus
        for locus in apparatus.loci
        if locus.base in locus.readings[0].witnesses
    }


def _readings(locus: Locus, of: Apparatus) -> set[tuple[str, frozenset[str]]]:
    """Readings by the sigla that were there before."""
    known = {witness.siglum for witness in of.witnesses}
    by_text: Iterable[tuple[str, frozenset[str]]] = (
        (reading.text, frozenset(known.intersection(reading.witnesses)))
        for reading in locus.readings
    )
    return {(text, sigla) for text, sigla in by_text if sigla}
