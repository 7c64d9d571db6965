"""An edition: the stages strung together, from files to apparatus and back to files.

::

    edition.toml ─▶ folder ─▶ witnesses ─▶ normalised ─▶ divided ─▶ tokens ─▶ collation
                                                                                 │
       build/ ◀─ exporters ◀─ apparatus ◀─ loci ◀─ beads (turns read off) ◀──────┘

``collated`` is a pure function of witnesses and settings; only ``folder`` and
``written`` touch the disk.  What is written rests on what was read in the same
run, and says so in its fingerprint.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from attrs import asdict, evolve, field, frozen

from variorum import __version__
from variorum.aligners import Bead
from variorum.aligners import across_languages as across
from variorum.aligners import same_language as beads_of
from variorum.apparatus import Apparatus, closeness
from variorum.edition.folder import Folder, load
from variorum.edition.received import measured, overruled, read_as, witnesses, worded
from variorum.edition.translated import translated
from variorum.errors import EditionError
from variorum.loci import LOCI, find
from variorum.multiple import ALIGNER, collate
from variorum.ocr.taught import Taught
from variorum.readers import reader
from variorum.rules import (
    RECIPES,
    Attested,
    Context,
    Explained,
    Recipe,
    apply,
    attested,
    explain,
    signature,
)
from variorum.text import Derived, digest
from variorum.tokens import TOKENISER, Tokens, given, tokenise
from variorum.turns import Division, Speaker, divide
from variorum.witness import Stretch, Witness

__all__ = [
    "Settings",
    "collated",
    "explained",
    "files",
    "fingerprint",
    "load",
    "normalised",
    "opened",
    "settings",
    "with_base",
    "witnesses",
]

Tell = Callable[[str], None]


def _silent(_: str) -> None:
    """Nobody listens."""


@frozen
class Settings:
    """What a collation depends on besides its witnesses.

    ``recipes`` gives each witness its recipe; ``overruled`` the roles its
    editor gave; ``measured`` what a copy was measured to read for what; all by
    siglum.
    """

    title: str
    base: str
    recipes: Mapping[str, Recipe]
    speakers: tuple[Speaker, ...] = ()
    overruled: Mapping[str, tuple[Stretch, ...]] = field(factory=dict)
    measured: Mapping[str, Taught] = field(factory=dict)
    notes: tuple[str, ...] = ()


def settings(folder: Folder, found: Sequence[Witness]) -> Settings:
    """The settings of an edition on disk."""
    return Settings(
        folder.title,
        folder.base,
        {w.siglum: folder.recipes[w.description.recipe or folder.recipe] for w in found},
        folder.speakers,
        {w.siglum: overruled(folder, w) for w in found},
        dict(measured(folder, found)),
    )


def opened(path: Path) -> tuple[Settings, tuple[Witness, ...]]:
    """The edition in the folder *path*: its settings and its witnesses as read now."""
    folder = load(path)
    found = witnesses(folder)
    return settings(folder, found), found


def files(
    paths: Sequence[Path],
    *,
    base: str | None = None,
    recipe: Recipe | None = None,
    piped: bytes = b"",
) -> tuple[Settings, tuple[Witness, ...]]:
    """Witness files without an edition; the path ``-`` stands for *piped* CollateX JSON.

    The base, if none is named, is the first witness of the first file (of one
    CollateX JSON file the first siglum in order, since there the order says
    nothing); a note says so.  Raises ``EditionError`` if two share a siglum.
    """
    found = [witness for path in paths for witness in _file(path, piped)]
    seen: dict[str, str] = {}
    for witness in found:
        file = witness.received[0].file if witness.received else witness.siglum
        if witness.siglum in seen:
            raise EditionError(
                f"the siglum {witness.siglum!r} is used twice ({seen[witness.siglum]})",
                place=file,
                remedy="rename one of the files, or make an edition with: variorum init",
            )
        seen[witness.siglum] = file
    if base is not None and base not in seen:
        raise EditionError(
            f"the base {base!r} is no witness", remedy=f"choose one of {', '.join(sorted(seen))}"
        )
    first = min(seen) if len(paths) == 1 else found[0].siglum
    note = f"The base is {first}, since none was named: choose another with --base."
    kept = recipe or RECIPES["plain"]
    return (
        Settings(
            _titled(paths),
            base or first,
            {witness.siglum: kept for witness in found},
            notes=() if base else (note,),
        ),
        tuple(found),
    )


PIPED = "standard input"
"""What the file called ``-`` is called in messages and in results."""


def _file(path: Path, piped: bytes) -> tuple[Witness, ...]:
    if str(path) != "-":
        return tuple(worded(witness, str(path)) for witness in read_as(path, str(path)))
    return reader("collatex-json").read(PIPED, piped)


def _titled(paths: Sequence[Path]) -> str:
    names = [PIPED if str(path) == "-" else path.name for path in paths]
    return " · ".join(names) if len(names) < 4 else f"{len(names)} files"


def fingerprint(told: Settings, found: Sequence[Witness]) -> dict[str, object]:
    """Everything that could move a byte of a result, and under ``"id"`` the digest of it.

    What is said of a witness belongs to it: its kind is evidence for causes, and
    every word of it is exported.
    """
    out: dict[str, object] = {
        "variorum": __version__,
        "base": told.base,
        "title": told.title,
        "tokeniser": TOKENISER,
        "aligner": ALIGNER,
        "beads": f"{beads_of.NAME} {beads_of.VERSION}",
        "translations": f"{across.NAME} {across.VERSION}",
        "loci": LOCI,
        "recipes": {s: signature(recipe) for s, recipe in sorted(told.recipes.items())},
        "speakers": [[speaker.id, *speaker.names] for speaker in told.speakers],
        "roles": {
            siglum: [[s.span.start, s.span.end, str(s.role)] for s in stretches]
            for siglum, stretches in sorted(told.overruled.items())
            if stretches
        },
        "confusions": {s: taught.digest[:16] for s, taught in sorted(told.measured.items())},
        "order": [witness.siglum for witness in found],
        "witnesses": {
            witness.siglum: {
                "text": witness.text.digest,
                "received": [[r.file, r.digest, r.reader] for r in witness.received],
                "language": witness.description.language,
                "synthetic": witness.description.synthetic,
                "description": _digested(asdict(witness.description)),
            }
            for witness in sorted(found, key=lambda w: w.siglum)
        },
    }
    return {**out, "id": _digested(out)}


def _digested(told: object) -> str:
    return digest(json.dumps(told, sort_keys=True, ensure_ascii=False))[:16]


def context(told: Settings, witness: Witness, where: Attested) -> Context:
    """What the rules may know of *witness*."""
    roles = [*witness.layout.roles, *told.overruled.get(witness.siglum, ())]
    language = witness.description.language
    return Context(language, tuple(sorted(roles)), where, witness.siglum)


def normalised(
    told: Settings, found: Sequence[Witness]
) -> tuple[dict[str, Derived], dict[str, Division]]:
    """Each witness after its recipe, and divided; ready-made tokens are left as they are."""
    where = attested({w.siglum: w.text.chars for w in found if w.tokens is None})
    derived: dict[str, Derived] = {}
    divisions: dict[str, Division] = {}
    for witness in found:
        if witness.tokens is not None:
            continue
        siglum = witness.siglum
        derived[siglum] = apply(
            told.recipes[siglum], witness.text.chars, context(told, witness, where)
        )
        divisions[siglum] = divide(
            derived[siglum],
            roles=witness.layout.roles,
            overruled=told.overruled.get(siglum, ()),
            speakers=told.speakers,
        )
    return derived, divisions


def explained(
    told: Settings, found: Sequence[Witness], siglum: str
) -> tuple[tuple[Explained, ...], Division | None]:
    """Rule by rule what happened to one witness, and how it was divided."""
    witness = next(w for w in found if w.siglum == siglum)
    if witness.tokens is not None:
        return (), None
    where = attested({w.siglum: w.text.chars for w in found if w.tokens is None})
    changes = explain(told.recipes[siglum], witness.text.chars, context(told, witness, where))
    _, divisions = normalised(told, found)
    return changes, divisions[siglum]


def _comparable(
    base: Witness, found: Sequence[Witness]
) -> tuple[list[Witness], list[Witness], list[str]]:
    """The witnesses in the base's language, the others, and what to say of those."""
    language = _primary(base)
    kept, others, notes = [], [], []
    for witness in found:
        own = _primary(witness)
        if own and language and own != language:
            others.append(witness)
            notes.append(
                f"{witness.siglum} is in another language ({own}) than the base ({language}): "
                "it is aligned with it sentence by sentence, not collated word by word."
            )
        else:
            kept.append(witness)
    return kept, others, notes


def _primary(witness: Witness) -> str:
    return witness.description.language.lower().partition("-")[0]


def collated(told: Settings, found: Sequence[Witness], tell: Tell = _silent) -> Apparatus:
    """The apparatus of *found* witnesses; *tell* hears which stage begins."""
    by_siglum = {witness.siglum: witness for witness in found}
    if told.base not in by_siglum:
        raise EditionError(f"the base {told.base!r} is no witness", remedy="name another base")
    if len(found) < 2:
        raise EditionError("one witness has nothing to be compared with", remedy="add another")
    tell("normalising")
    derived, divisions = normalised(told, found)
    compared, others, notes = _comparable(by_siglum[told.base], found)
    if len(compared) < 2:
        raise EditionError(
            f"no other witness is in the language of the base {told.base}",
            remedy="add one, choose another base, or correct the languages",
        )
    tell("collating")
    tokens: dict[str, Tokens] = {
        w.siglum: given(w)
        if w.tokens is not None
        else tokenise(derived[w.siglum], divisions[w.siglum].furniture())
        for w in compared
    }
    collation = collate(tokens)
    tell("reading off turns")
    beads: tuple[Bead, ...] = beads_of.align(collation, base=told.base, divisions=divisions)
    tell("finding loci")
    loci = find(
        collation,
        base=told.base,
        derived=derived,
        divisions=divisions,
        beads=beads,
        speakers=told.speakers,
        kinds_of_witness={w.siglum: _kind(w) for w in compared},
        layouts={w.siglum: w.layout for w in compared},
        measured=told.measured,
    )
    if others:
        tell("aligning other languages")
    return Apparatus(
        title=told.title,
        base=told.base,
        witnesses=tuple(found),
        derived=derived,
        divisions=divisions,
        speakers=told.speakers,
        collation=collation,
        beads=beads,
        loci=loci,
        closeness=closeness(collation),
        fingerprint=fingerprint(told, found),
        translations=tuple(translated(by_siglum[told.base], others, divisions, collation)),
        notes=(*told.notes, *notes, *(note for w in found for note in w.layout.notes)),
    )


def _kind(witness: Witness) -> str:
    """How the text came to be read: what loci may take as evidence for a cause."""
    readers = {received.reader.partition(" ")[0] for received in witness.received}
    if readers & {"hocr", "alto", "page-xml"} or "ocr" in witness.description.kind.lower():
        return "ocr"
    return "pdf" if "pdf" in readers else "text"


def with_base(told: Settings, base: str) -> Settings:
    """The same edition, told against another base."""
    return evolve(told, base=base)
