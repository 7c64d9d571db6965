"""Names that a table says are one: *Shqipëria* = *Albania*, *KQ* = *Central Committee*.

Spelling cannot tell them and a document may be too short to teach them, so they
are data: ``renderings.toml`` beside this file, and an editor's own file of the
same shape, which adds to it.  A name is known wherever it stands, in whatever
case::

    Komitetit  Qendror  të  Bashkimit  Sovjetik
    └ central_committee ┘   └──── soviet ─────┘

The shape: any headings, under each a line for a name, by language; several forms
are parted by commas, a form may have several words::

    [people]
    choe = { en = "Choe Yong Gon, Choi", sq = "Çoe Jen Gen" }
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import regex

from variorum.errors import LexiconError
from variorum.languages.lexicon import fold
from variorum.languages.names.spelling import stems

__all__ = ["Names", "Table", "concepts", "read", "table"]

Names = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Name of a concept → language → its forms."""

Table = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""Of one language: a form's first word without endings → the form's words, and its concept."""

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def table(language: str, own: Names | None = None) -> Table:
    """The names of a language: those that are shipped, and those of an editor's *own* file."""
    primary = language.lower().partition("-")[0]
    shipped = _shipped(primary)
    if not own:
        return shipped
    more = _prepared(own, primary)
    return {key: (*more.get(key, ()), *shipped.get(key, ())) for key in shipped.keys() | more}


@cache
def _shipped(language: str) -> Table:
    file = Path(__file__).with_name("renderings.toml")
    return _prepared(read(file.name, file.read_text("utf-8")), language)


def read(name: str, data: str) -> Names:
    """The names that an editor's file holds, its text *data*.

    Raises ``LexiconError`` for what is no TOML, or not of the shape above.
    """
    try:
        return dict(_told(name, tomllib.loads(data)))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"is no TOML: {error}", place=name, remedy="mend the line") from error


def _told(
    name: str, data: Mapping[str, object]
) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    for heading, group in data.items():
        for concept, forms in group.items() if isinstance(group, dict) else ():
            if not isinstance(forms, dict) or not all(isinstance(f, str) for f in forms.values()):
                raise LexiconError(
                    f"says of {concept} no forms by language",
                    place=f"{name}:[{heading}]",
                    remedy='write name = { en = "Albania", sq = "Shqipëri" }',
                )
            yield concept, {tag: tuple(said.split(", ")) for tag, said in forms.items()}


def concepts(forms: Sequence[str], language: str, known: Table) -> dict[int, frozenset[str]]:
    """By position of a word, the concepts of the names that it is part of."""
    folded = [fold(form) for form in forms]
    found: dict[int, set[str]] = defaultdict(set)
    for at, word in enumerate(folded):
        for bare in stems(word, language):
            for form, concept in known.get(bare, ()):
                if _stands(form, forms[at:], folded[at:], language):
                    for n in range(at, at + len(form)):
                        found[n].add(concept)
    return {at: frozenset(named) for at, named in found.items()}


def _prepared(names: Names, language: str) -> Table:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for concept, forms in names.items():
        for form in forms.get(language, ()):
            words = tuple(_WORD.findall(form))
            for bare in stems(fold(words[0]), language) if words else ():
                found[bare].append((words, concept))
    return {bare: tuple(sorted(forms, reverse=True)) for bare, forms in found.items()}


def _stands(form: Sequence[str], said: Sequence[str], folded: Sequence[str], language: str) -> bool:
    """Whether the words of a form begin what is said, in any case."""
    return len(said) >= len(form) and all(
        (b.isupper() or not a.isupper() or len(a) > 4)  # US is not us
        and not set(stems(fold(a), language)).isdisjoint(stems(c, language))
        for a, b, c in zip(form, said, folded, strict=False)
    )
