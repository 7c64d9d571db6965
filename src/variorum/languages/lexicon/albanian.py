"""The Albanian table, made from the dictionary and the paradigms of uniparser-albanian.

``python -m variorum.languages.lexicon.albanian LEXEMES PARADIGMS OUT``

A lexeme has numbered stems, paradigms and a gloss; a paradigm says which ending
goes on which stem, and may take further endings from another::

    lex: popull   stem: popuj.|popull.   paradigm: 1a, 5a      people; populace
    1a   <1>.it   →  stem 1, ending -it            popull│it
    5a   <0>.ve   →  stem 0, ending -ve            popuj│ve
    x    .<.>ni   with its own paradigm: IO_clitics, then -ni

What comes out: a line for each paradigm and stem number with its endings, an
empty line, a line for each stem with the kinds it has, and its gloss.  Left out
is what is more than a stem and an ending: 23 of 140,362 stems and 36 of some
3,300 endings of version 2.3.0 (words in two parts, like *cil.do*).
"""

from __future__ import annotations

import lzma
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import regex

from variorum.languages.lexicon import content, fold

__all__ = ["made"]

_FLEX = regex.compile(r"(?:<(\d+)>)?\.([^<>.\s]*)(<\.>)?([^<>.\s]*)")
_OLD = (("asht", "be"), ("nji", "one"), ("njani", "one"), ("kje", "be"), ("kjene", "be"))
"""Forms from before 1972 that the dictionary may lack."""

_Fields = Mapping[str, list[str]]
_Ending = tuple[str, str]
"""Number of the stem, and what stands behind it."""


def made(lexemes: str, paradigms: str) -> str:
    """The table as text, always the same for the same two files."""
    endings = _endings(paradigms)
    numbers = {kind: f"{n:x}" for n, kind in enumerate(sorted(endings))}
    stems: dict[str, set[str]] = defaultdict(set)
    for lexeme in _blocks(lexemes, "-lexeme"):
        gloss = " ".join(dict.fromkeys(w for told in lexeme["trans_en"] for w in content(told)))
        for stem, number in _stems(lexeme):
            kinds = {numbers[p, number] for p in lexeme["paradigm"] if (p, number) in numbers}
            if gloss and kinds:
                stems[f"{stem}\t{','.join(sorted(kinds))}"].add(gloss)
    bare = next(numbers[kind] for kind in sorted(endings) if endings[kind] == {""})
    for form, gloss in _OLD:
        stems[f"{form}\t{bare}"].add(gloss)
    first = [f"{numbers[kind]}\t{','.join(sorted(endings[kind]))}" for kind in sorted(endings)]
    second = [f"{stem}\t{gloss}" for stem in sorted(stems) for gloss in sorted(stems[stem])]
    return "\n".join([*first, "", *second, ""])


def _blocks(told: str, head: str) -> Iterator[_Fields]:
    for block in told.split(head)[1:]:
        fields: dict[str, list[str]] = defaultdict(list)
        for line in block.split("\n"):
            name, colon, value = line.strip().partition(": ")
            if colon:
                fields[name].append(value.strip())
        yield fields


def _stems(lexeme: _Fields) -> Iterator[tuple[str, str]]:
    for told in lexeme["stem"]:
        for number, each in enumerate(told.split("|")):
            for stem in each.split("//"):
                if stem.endswith(".") and stem.count(".") == 1 and len(stem) > 1:
                    yield fold(stem[:-1]), str(number)


def _endings(paradigms: str) -> dict[tuple[str, str], set[str]]:
    """Paradigm and number of the stem → the endings it may have."""
    told: dict[str, list[tuple[str, list[str]]]] = {}
    for block in ("\n" + paradigms).split("\n-paradigm: ")[1:]:
        name, _, rest = block.partition("\n")
        told[name.strip()] = [
            (each, regex.findall(r"\n\s*paradigm: *(\S+)", flex))
            for flex in rest.split("-flex: ")[1:]
            for each in flex.partition("\n")[0].strip().split("//")
        ]
    out: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in told:
        for number, ending in _expanded(name, told, 3):
            out[name, number].add(fold(ending))
    return out


def _expanded(
    name: str, told: Mapping[str, list[tuple[str, list[str]]]], depth: int
) -> Iterator[_Ending]:
    for flex, below in told.get(name, ()):
        match = _FLEX.fullmatch(flex)
        if match is None:
            continue
        number, before, more, behind = match.groups(default="")
        if not more:
            yield number or "0", before
        elif depth:
            for other in below:
                for _, ending in _expanded(other, told, depth - 1):
                    yield number or "0", before + ending + behind


if __name__ == "__main__":
    text = made(*(Path(name).read_text("utf-8") for name in sys.argv[1:3]))
    Path(sys.argv[3]).write_bytes(lzma.compress(text.encode("utf-8"), preset=9))
