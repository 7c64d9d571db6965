"""What the terminal shows after a collation: worth reading by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from variorum.apparatus import Apparatus, Translation
from variorum.witness import Derivation

__all__ = ["show"]

FEW = 12
"""Kinds shown in full; the rest are summed up."""


def show(apparatus: Apparatus, where: Mapping[str, Path]) -> None:
    """Print witnesses, kinds of loci, closeness, notes, and where the files are."""
    console = Console(highlight=False)
    console.print(Text(apparatus.title, style="bold"))
    turns = sum(bead.turn is not None for bead in apparatus.beads)
    console.print(
        f"{len(apparatus.collation):,} places, {turns} turns, {len(apparatus.loci):,} loci, "
        f"told against {apparatus.base}; fingerprint {apparatus.fingerprint['id']}\n"
    )
    _print(console, "Witnesses", _witnesses(apparatus))
    if apparatus.loci:
        title = f"Loci by kind, and by witness that differs from {apparatus.base}"
        _print(console, title, _kinds(apparatus))
    title = "Closeness: share of places with the same word, in per cent"
    _print(console, title, _closeness(apparatus))
    for note in (*apparatus.notes, *map(_beside, apparatus.translations)):
        console.print(Text(f"• {note}"))
    for name, path in where.items():
        console.print(Text(f"{name:14} {path}"), soft_wrap=True)


def _beside(told: Translation) -> str:
    """A translation in a sentence: what was paired, what was not, what to look at."""
    pairs = told.parallel.sentences
    whole = sum(bool(pair.source and pair.target) for pair in pairs)
    alone = sum(not pair.target for pair in pairs), sum(not pair.source for pair in pairs)
    return (
        f"{told.source} beside {told.target}: {whole:,} pairs of sentences, {alone[0]:,} only in "
        f"{told.source}, {alone[1]:,} only in {told.target}; to look at: {len(told.findings):,}."
    )


def _print(console: Console, title: str, table: Table) -> None:
    """A table under its title, which may be wider than the table."""
    console.print(Text(title, style="italic"))
    console.print(table)


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD)


def _witnesses(apparatus: Apparatus) -> Table:
    table = _table()
    for name in ("siglum", "kind", "derivation"):
        table.add_column(name, overflow="fold")
    table.add_column("words", justify="right")
    sizes = {
        siglum: len(tokens)
        for siglum, tokens in zip(
            apparatus.collation.sigla, apparatus.collation.tokens, strict=True
        )
    }
    for witness in apparatus.witnesses:
        told = witness.description
        table.add_row(
            Text(witness.siglum, style="bold"),
            Text(f"{told.kind}{' (synthetic)' if told.synthetic else ''}"),
            Text(_derived(told.derivation)),
            f"{sizes[witness.siglum]:,}" if witness.siglum in sizes else "not collated",
        )
    return table


def _derived(derivation: Derivation) -> str:
    """How the witness came about, as one reads it: "translated from A by N. N."."""
    told = (("", derivation.how), ("from ", derivation.source), ("by ", derivation.by))
    return " ".join(f"{word}{what}" for word, what in told if what)


def _kinds(apparatus: Apparatus) -> Table:
    sigla = [s for s in apparatus.collation.sigla if s != apparatus.base]
    table = _table()
    table.add_column("kind")
    for name in ("loci", *sigla):
        table.add_column(name, justify="right")
    total = Counter(locus.kind for locus in apparatus.loci)
    own = Counter(
        (locus.kind, siglum)
        for locus in apparatus.loci
        for reading in locus.readings
        if reading.operation or reading.feature
        for siglum in reading.witnesses
    )
    for kind, count in total.most_common(FEW):
        table.add_row(kind, f"{count:,}", *(_count(own[kind, siglum]) for siglum in sigla))
    rest = [kind for kind, _ in total.most_common()[FEW:]]
    if rest:
        sums = [sum(own[kind, siglum] for kind in rest) for siglum in sigla]
        table.add_row(f"{len(rest)} more", f"{sum(total[k] for k in rest):,}", *map(_count, sums))
    return table


def _count(number: int) -> str:
    return f"{number:,}" if number else "·"


def _closeness(apparatus: Apparatus) -> Table:
    sigla = apparatus.collation.sigla
    table = _table()
    table.add_column("")
    for siglum in sigla:
        table.add_column(siglum, justify="right")
    for one in sigla:
        cells = []
        for other in sigla:
            share = apparatus.closeness.get((min(one, other), max(one, other)))
            cells.append("" if share is None or one == other else f"{100 * share:.1f}")
        table.add_row(Text(one, style="bold"), *cells)
    return table
