"""Names that an editor's table says are one: *Shqipëria* = *Albania*, *KQ* = *Central Committee*.

Spelling cannot tell them and a document may be too short to teach them, so they
are data: ``renderings.toml`` beside this file, and an editor's own table of the
same shape before it.  A name is known wherever it stands, in whatever case::

    Komitetit  Qendror  të  Bashkimit  Sovjetik
    └ central_committee ┘   └──── soviet ─────┘
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import regex

from variorum.languages.lexicon import fold
from variorum.review.places import Heard
from variorum.review.spelling import stems

__all__ = ["Table", "concepts", "table"]

Table = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""Of one language: a form's first word without endings → the form's words, and its concept."""

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


@cache
def table(language: str) -> Table:
    """The shipped names of a language, empty for one that has none."""
    told = tomllib.loads(Path(__file__).with_name("renderings.toml").read_text("utf-8"))
    primary = language.partition("-")[0].lower()
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for group in told.values():
        for concept, forms in group.items():
            for form in forms.get(primary, "").split(", "):
                words = tuple(_WORD.findall(form))
                if words:
                    for bare in stems(fold(words[0]), primary):
                        found[bare].append((words, concept))
    return {bare: tuple(sorted(forms, reverse=True)) for bare, forms in found.items()}


def concepts(words: Sequence[Heard], language: str) -> dict[int, frozenset[str]]:
    """By position of a word, the concepts of the names that it is part of."""
    known = table(language)
    found: dict[int, set[str]] = defaultdict(set)
    for at, word in enumerate(words):
        for bare in stems(word.folded, language):
            for form, concept in known.get(bare, ()):
                if _stands(form, words, at, language):
                    for n in range(at, at + len(form)):
                        found[n].add(concept)
    return {at: frozenset(named) for at, named in found.items()}


def _stands(form: Sequence[str], words: Sequence[Heard], at: int, language: str) -> bool:
    """Whether the words of a form follow one another from *at*, in any case."""
    here = words[at : at + len(form)]
    return len(here) == len(form) and all(
        (b.form.isupper() or not a.isupper() or len(a) > 4)  # US is not us
        and not set(stems(fold(a), language)).isdisjoint(stems(b.folded, language))
        for a, b in zip(form, here, strict=True)
    )
