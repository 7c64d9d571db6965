"""The words that tell roles, and how a misread word is still one of them.

``words.toml`` lists them by language; all languages are looked at, since a
witness may quote one in another and its description may name none.  Words are
compared by their *key*, without case, accents and marks.
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import regex
from rapidfuzz import fuzz, process

__all__ = ["begins_with", "holds", "is_one_of", "key", "words"]

_APART = regex.compile(r"[\s\p{Z}]+")
_MARKS = regex.compile(r"[^\p{L}\p{N}\s]+")

_ALIKE = 85.0
"""Of letters: one misread in a word of seven.  Shorter words must be right ("pause", "cause")."""

_FINDABLE = 8
"""Letters of a word that may be looked for, misread, in a long paragraph."""


def key(written: str) -> str:
    """Letters, digits and single spaces, without case and accents."""
    bare = unicodedata.normalize("NFKD", written.casefold())
    return _APART.sub(" ", _MARKS.sub("", bare)).strip()


@cache
def _listed() -> dict[str, dict[str, list[str]]]:
    """Kind → language → words and phrases."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def words(kind: str) -> tuple[str, ...]:
    """The keys of all words of one kind ("months"), longest first."""
    keys = {key(word) for language in _listed()[kind].values() for word in language}
    return tuple(sorted(keys, key=lambda word: (-len(word), word)))


def is_one_of(written: str, kind: str) -> bool:
    """Whether *written* is a word or phrase of that kind, a misread letter or two allowed."""
    return (
        process.extractOne(key(written), words(kind), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        is not None
    )


def holds(written: str, kind: str) -> bool:
    """Whether a word or phrase of that kind stands in *written*, misread if it is long."""
    said = f" {key(written)} "
    return any(
        f" {word} " in said
        or (len(word) >= _FINDABLE and fuzz.partial_ratio(f" {word} ", said) >= _ALIKE)
        for word in words(kind)
    )


def begins_with(written: str, kind: str) -> bool:
    """Whether *written* begins with a word or phrase of that kind."""
    whole = key(written)
    said = whole.split(" ")
    return any(
        (not word.isascii() and whole.startswith(word))  # scripts without spaces
        or fuzz.ratio(" ".join(said[: len(word.split(" "))]), word) >= _ALIKE
        for word in words(kind)
    )
