"""Many pages: in parallel, taken up where they were left, a failed page told and the rest done.

::

    units ─▶ known from an earlier run? ─ yes ────────────────▶ summary ─┐
                 │ no                                                    ├─▶ Evaluation
                 └▶ process pool: read, prepare, compare ─▶ kept at once ┘   (sorted by name)

What is kept is one line of JSON a page, under a digest of everything that could
move its figures: a page whose files have changed is measured again, and a line
torn by a power cut is no line.  The result does not depend on how many
processes there were, nor on what was kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from errno import EACCES, EEXIST
from pathlib import Path
from typing import TYPE_CHECKING

import regex
from attrs import evolve, frozen

from variorum import __version__
from variorum.errors import OcrError, VariorumError
from variorum.ocr.evaluate import Comparison, Evaluation, Side, Summary, compare
from variorum.ocr.pairs import Pair, pages_read
from variorum.ocr.profiles import profile
from variorum.readers import versions
from variorum.text import Derived, Span, digest
from variorum.witness import Witness

if TYPE_CHECKING:
    from variorum.rules import Recipe
    from variorum.turns import Division

__all__ = ["SHOWN", "Measured", "Unit", "measured", "sides", "turns_of", "unmended"]

SHOWN = 100
"""Pages whose every line is kept for the report; of more, the worst."""

FEW = 8
"""Up to so many pages, starting processes takes longer than measuring."""


@frozen
class Unit:
    """A pair of texts to compare, and how; what a process is given."""

    pair: Pair
    profile: str
    recipe: Recipe | None = None


@frozen
class Measured:
    """The figures of all pages, the lines of those shown, and which failed, with why."""

    evaluation: Evaluation
    comparisons: tuple[Comparison, ...]
    failed: tuple[tuple[str, str], ...] = ()
    taken_up: int = 0  # pages known from an earlier run


def measured(
    units: Sequence[Unit],
    *,
    workers: int | None = None,
    kept: Path | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Measured:
    """All *units*, by *workers* processes (nothing: as many as there are processors).

    *kept* is the file of an earlier run, taken up and added to; *tell* hears
    how many pages of how many are done.
    """
    by_name = {unit.pair.name: unit for unit in units}
    if kept:
        _can_keep(kept)
    known = _known(kept)
    keys = {name: _key(unit) for name, unit in by_name.items()} if kept else {}
    summaries = {name: known[key] for name, key in keys.items() if key in known}
    todo = [unit for name, unit in by_name.items() if name not in summaries]
    whole: dict[str, Comparison] = {}
    failed: dict[str, str] = {}
    for name, found in _each(todo, workers, whole=len(units) <= SHOWN):
        if isinstance(found, str):
            failed[name] = found
        else:
            summaries[name] = found if isinstance(found, Summary) else found.summary
            if isinstance(found, Comparison):
                whole[name] = found
            if kept and keys[name]:
                _keep(kept, keys[name], summaries[name])
        if tell:
            tell(len(summaries) + len(failed), len(units))
    shown = _worst(summaries)
    again = [by_name[name] for name in shown if name not in whole]
    whole |= {n: c for n, c in _each(again, workers, whole=True) if isinstance(c, Comparison)}
    return Measured(
        Evaluation(profile(units[0].profile), tuple(summaries.values())),
        tuple(whole[name] for name in sorted(shown)),
        tuple(sorted(failed.items())),
        len(units) - len(todo),
    )


def _worst(summaries: Mapping[str, Summary]) -> list[str]:
    """The names of the pairs with the most edits, as many as are shown."""
    ranked = sorted(summaries, key=lambda name: (-summaries[name].text_edits, name))
    return ranked[:SHOWN]


Found = Comparison | Summary | str


def _each(
    units: Sequence[Unit], workers: int | None, *, whole: bool
) -> Iterator[tuple[str, Found]]:
    """Each pair's name with its comparison (*whole*) or summary, or the sentence it failed with."""
    number = min(workers or os.cpu_count() or 1, len(units))
    task = _whole if whole else _summed
    names = [unit.pair.name for unit in units]
    if number < 2 or (workers is None and len(units) <= FEW):
        yield from zip(names, map(task, units), strict=True)
        return
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(number, initializer=_undisturbed)
    try:
        yield from zip(names, pool.map(task, units, chunksize=4), strict=True)
    finally:
        pool.shutdown(cancel_futures=True)


def _undisturbed() -> None:
    """An interruption is for the parent to hear, which then stops giving out work."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _whole(unit: Unit) -> Found:
    try:
        truth, copy = sides(unit)
        return compare(unit.pair.name, truth, copy, profile(unit.profile))
    except VariorumError as error:
        return str(error)


def _summed(unit: Unit) -> Found:
    found = _whole(unit)
    return found.summary if isinstance(found, Comparison) else found


def sides(unit: Unit) -> tuple[Side, Side]:
    """The two texts of a unit, read and, for a profile with a recipe, normalised and divided."""
    told = profile(unit.profile)
    truth, lost = pages_read("truth", unit.pair.truth, told.level)
    copy, missing = pages_read("ocr", unit.pair.copy, told.level)
    if told.lines == "running":
        a, b = _normalised(truth, copy, unit.recipe)
    else:
        a, b = Side(truth, turns=_labelled(truth)), Side(copy)
    return evolve(a, failed=lost), evolve(b, failed=missing)


def _normalised(truth: Witness, copy: Witness, recipe: Recipe | None) -> tuple[Side, Side]:
    from variorum.rules import RECIPES, Context, apply, attested
    from variorum.turns import divide

    where = attested({"truth": truth.text.chars, "ocr": copy.text.chars})
    told = unmended(recipe or RECIPES["plain"])
    out = []
    for witness in (truth, copy):
        context = Context("", witness.layout.roles, where, witness.siglum)
        derived = apply(told, witness.text.chars, context)
        division = divide(derived, roles=witness.layout.roles)
        out.append(Side(witness, derived, division.furniture(), turns_of(division)))
    return out[0], out[1]


def unmended(recipe: Recipe) -> Recipe:
    """*recipe* without the rule that mends misreadings: what it mends is what is measured."""
    steps = tuple(step for step in recipe.steps if step.rule != "misreadings")
    return evolve(recipe, steps=steps)


_LABEL = regex.compile(r"(?m)^[ \t]*\p{Lu}[^\n:]{1,60}:[ \t]")


def _labelled(truth: Witness) -> tuple[tuple[str, Span, Span | None], ...]:
    """The turns of a truth that has labels at all; dividing costs more than looking."""
    if sum(1 for _ in zip(range(2), _LABEL.finditer(truth.text.chars), strict=False)) < 2:
        return ()
    from variorum.turns import divide

    return turns_of(divide(Derived.of(truth.text.chars), roles=truth.layout.roles))


def turns_of(division: Division) -> tuple[tuple[str, Span, Span | None], ...]:
    """The turns of a division as a side has them; nothing if nobody is named."""
    found = tuple(
        (turn.speaker or "", turn.span, turn.label.span if turn.label else None)
        for turn in division.turns
    )
    return found if any(label for _, _, label in found) else ()


def _key(unit: Unit) -> str:
    """A digest of everything that could move the figures of a unit; nothing if it has no files."""
    from variorum.ocr.told import EVALUATOR

    try:
        files = [digest(path.read_bytes()) for path in (*unit.pair.truth, *unit.pair.copy)]
    except OSError:
        return ""
    told = [EVALUATOR, __version__, versions(), profile(unit.profile).signature]
    told += [_signature(unit.recipe), unit.pair.name]
    paths = [str(path) for path in (*unit.pair.truth, *unit.pair.copy)]
    return digest(json.dumps([told, paths, files]))[:32]


def _signature(recipe: Recipe | None) -> str:
    if recipe is None:
        return ""
    from variorum.rules import signature

    return signature(recipe)


def _can_keep(kept: Path) -> None:
    """Raise ``OcrError`` before any work is done if results could not be kept there."""
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        if kept.exists() and not kept.is_file():
            raise OSError(EEXIST, "no ordinary file")
        if not os.access(kept if kept.exists() else kept.parent, os.W_OK):
            raise PermissionError(EACCES, "Permission denied")
    except OSError as error:
        raise OcrError(
            f"cannot be written ({error.strerror})",
            place=str(kept),
            remedy="name another folder with -o",
        ) from None


def _known(kept: Path | None) -> dict[str, Summary]:
    """The summaries of an earlier run by their keys; lines that are torn or foreign are none."""
    if kept is None or not kept.is_file():
        return {}
    from variorum.ocr.told import unpacked

    out: dict[str, Summary] = {}
    for line in _lines(kept):
        try:
            told = json.loads(line)
            out[told["key"]] = unpacked(told["summary"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ExceptionGroup):
            continue
    return out


def _lines(kept: Path) -> Iterable[bytes]:
    try:
        return kept.read_bytes().split(b"\n")
    except OSError as error:
        raise OcrError(
            f"cannot be read ({error.strerror})", place=str(kept), remedy="name another folder"
        ) from None


def _keep(kept: Path, key: str, summary: Summary) -> None:
    from variorum.ocr.told import packed

    line = json.dumps({"key": key, "summary": packed(summary)}, ensure_ascii=True)
    try:
        with kept.open("ab") as stream:
            stream.write(b"\n" + line.encode() + b"\n")
    except OSError as error:
        raise OcrError(
            f"cannot be written ({error.strerror})", place=str(kept), remedy="check the disk"
        ) from None
