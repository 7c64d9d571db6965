"""Names by one form, as an editor's table says.

A person's name is spelled in as many ways as there are systems of
transliteration and witnesses.  The table gives each name its forms::

    { rule = "names", forms = { "Choe Yong-geon" = ["Choe Yong Gon", "Ch’oe Yonggŏn"] } }

    Comrade Choe Yong Gon said   →   Comrade Choe Yong-geon said

A form matches whole words, over any white space, with its capitals as given.
A change takes as few words as differ.  Forms of a name are tried before
shorter ones, and the name itself stands, even where it contains a form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import regex

from variorum.errors import RuleError
from variorum.rules import Context
from variorum.text import Edit, Span

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "names"
VERSION = "1"
IDEMPOTENT = True

_NONE: Mapping[str, Iterable[str]] = {}
OPTIONS: Mapping[str, object] = {"forms": _NONE}

_GAP = regex.compile(r"\s+")


def edits(
    text: str, _context: Context, *, forms: Mapping[str, Iterable[str]] = _NONE
) -> list[Edit]:
    """Each form of a name by the name.  Raises ``RuleError`` for a form of two names."""
    names = _table(forms)
    if not names:
        return []
    found = _pattern(names).finditer(text)
    return [edit for match in found if (edit := _named(match, names)) is not None]


def _table(forms: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The name of each form; a name is a form of itself."""
    table = {_spaced(name): name for name in forms}
    for name, others in forms.items():
        if isinstance(others, str):
            raise RuleError(
                f"the forms of {name!r} are no list", place="names", remedy="put them into [ ]"
            )
        for form in map(_spaced, others):
            if table.setdefault(form, name) != name:
                raise RuleError(
                    f"{form!r} is a form of {name!r} and of {table[form]!r}",
                    place="names",
                    remedy="leave one of them",
                )
    return table


def _spaced(form: str) -> str:
    return _GAP.sub(" ", form.strip())


def _pattern(names: Mapping[str, str]) -> regex.Pattern[str]:
    longest_first = sorted(names, key=lambda form: (-len(form), form))
    forms = "|".join(r"\s+".join(map(regex.escape, form.split(" "))) for form in longest_first)
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{forms})(?![\p{{L}}\p{{M}}\p{{N}}])")


def _named(match: regex.Match[str], names: Mapping[str, str]) -> Edit | None:
    """The edit that takes only the words in which form and name differ."""
    written, name = match.group(), names[_spaced(match.group())]
    if _spaced(written) == name:
        return None
    before, after = list(_words(written)), name.split(" ")
    head = _alike([word for word, _ in before], after)
    rest, end = before[head:], after[head:]
    tail = _alike([word for word, _ in reversed(rest)], end[::-1])
    rest, end = rest[: len(rest) - tail], end[: len(end) - tail]
    if not rest or not end:  # words only added or dropped: the name as a whole
        return Edit(Span(*match.span()), name, name)
    start = match.start()
    return Edit(
        Span(start + rest[0][1], start + rest[-1][1] + len(rest[-1][0])), " ".join(end), name
    )


def _words(written: str) -> Iterable[tuple[str, int]]:
    return ((word.group(), word.start()) for word in regex.finditer(r"\S+", written))


def _alike(a: Iterable[str], b: Iterable[str]) -> int:
    """How many words the two begin with in common."""
    count = 0
    for one, other in zip(a, b):  # noqa: B905 - the shorter ends it
        if one != other:
            break
        count += 1
    return count
