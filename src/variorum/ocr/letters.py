"""Letters as a person reads them: an invisible one by its name, a rate with its word.

Half of what an OCR engine does wrong cannot be seen: a space put in, a line
break lost, an accent without its letter.  So every letter that shows nothing by
itself has a *sign* (for use in a line) and a *name* (for a table and a voice)::

    letter              sign     name
    U+0020              ␣        space
    U+000A              ⏎        newline
    U+00AD                       soft hyphen
    U+0301              ◌́        combining acute accent

Letters without a sign are shown by name in the line too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from html import escape

__all__ = ["invisible", "many", "named", "numeral", "per_cent", "shown", "written"]

_KNOWN = {
    " ": ("␣", "space"),
    "\n": ("⏎", "newline"),
    "\r": ("␍", "carriage return"),
    "\t": ("⇥", "tab"),
    "\f": ("␌", "page break"),
    "\u00a0": ("⍽", "no-break space"),
    "\u202f": ("⍽", "narrow no-break space"),
    "\u00ad": ("", "soft hyphen"),
}

_EMPTY = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"}
"""Categories that show nothing, or nothing that can be relied on."""


@cache
def _sign(char: str) -> tuple[str, str] | None:
    if char in _KNOWN:
        return _KNOWN[char]
    category = unicodedata.category(char)
    if category[0] != "M" and category not in _EMPTY:
        return None
    name = unicodedata.name(char, "").lower() or f"U+{ord(char):04X}"
    return ("\u25cc" + char if category[0] == "M" else "", name)


def invisible(letters: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Sign and name of every character of *letters* that is not seen by itself."""
    found = {char for letter in letters for char in letter}
    signs = ((char, _sign(char)) for char in sorted(found))
    return {char: sign for char, sign in signs if sign}


def named(letters: str) -> str:
    """Letters for a table: as they are, or by name where one of them is invisible."""
    if not letters:
        return "nothing"
    if not any(_sign(char) for char in letters):
        return letters
    alone = len(letters) == 1
    return " + ".join(_name(char, alone=alone) for char in letters)


def _name(char: str, *, alone: bool) -> str:
    sign = _sign(char)
    if sign is None:
        return char
    return f"{sign[0]} {sign[1]}" if alone and sign[0] != sign[1] and sign[0] else sign[1]


def shown(letters: str) -> str:
    """Letters for a line: an invisible one by its sign, or its name in brackets."""
    return "".join(_in_line(char, _sign(char)) for char in letters)


def _in_line(char: str, sign: tuple[str, str] | None) -> str:
    return char if sign is None else sign[0] or f"[{sign[1]}]"


def written(letters: str) -> str:
    """Letters as HTML: told apart from the names of those that cannot be seen."""
    hidden = [sign for char in letters if (sign := _sign(char))]
    if not letters or len(hidden) == len(letters) or not _is_cluster(letters):
        return f'<i class="named">{escape(named(letters))}</i>'
    names = "".join(f' <i class="named">+ {escape(name)}</i>' for _, name in hidden)
    return f'<bdi class="letter">{escape(letters)}</bdi>{names}'


def _is_cluster(letters: str) -> bool:
    """Whether all that is invisible in *letters* stands on a letter that is not."""
    marks = (unicodedata.category(char)[0] == "M" for char in letters if _sign(char))
    return not _sign(letters[0]) and all(marks)


def numeral(number: int) -> str:
    """Thousands parted by a narrow space, as the variant report has them."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def many(number: int, one: str, more: str) -> str:
    """A number with its noun."""
    return f"{numeral(number)} {one if number == 1 else more}"


def per_cent(rate: float | None, digits: int = 2) -> str:
    """A rate in per cent; a small one is never rounded to nothing."""
    if rate is None:
        return "no rate"
    least = 10.0**-digits
    if 0 < rate * 100 < least:
        return f"<\u202f{least:.{digits}f}\u202f%"
    return f"{rate * 100:.{digits}f}\u202f%"
