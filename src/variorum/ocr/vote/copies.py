"""A copy as it votes: its visible characters, one by one, and where each of them stands.

What votes is a *unit*: a letter, compared in NFC, so that an accented one is
one vote however it is coded; a vowel sign, a point or an accent that has no
letter of its own votes by itself, since it is by itself that it is misread,
and in the order of NFC, in whatever order points were typed::

    as read   \u05d1 dagesh patah     units   \u05d1 patah dagesh    a copy that has lost the patah
    as read   \u05d1 dagesh           units   \u05d1       dagesh    still votes for the dagesh

White space and the hyphens at line ends are no units: they are *joints*, taken
from the copy that is followed::

    as read   t h e   c o u n - ⏎ t r y
    units     t h e   c o u n     t r y        each with its span and its word's confidence
    spaced    1 0 0   1 0 0 0     0 0 0        white space before it?
    tokens    ├───┤   ├───────────────┤        what is collated

A hyphen between letters at a line end is a joint whether it is the printer's or
the word's own: nothing need be known about the word, since the made text keeps
the lines of a copy and so keeps the hyphen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
import regex
from attrs import frozen
from numpy.typing import NDArray

from variorum.collation import NOTHING, Collation
from variorum.text import Derived, Edit, Span
from variorum.tokens import Tokens, tokenise
from variorum.witness import Witness, Word

__all__ = ["Copy", "copy_of", "esteemed", "joined", "token_starts"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_BROKEN = regex.compile(
    r"(?<=[\p{L}\p{M}])(?:[-\u2010\u00ac\u2e17=]|\u00ad)[^\S\r\n\f]*[\r\n\f]\s*(?=\p{L})"
)
_UNIT = regex.compile(r"\X")


@frozen(eq=False)
class Copy:
    """One copy.  All arrays but ``first`` have one value a unit.

    ``received`` are the digests of its files, where it came from files;
    ``starts`` and ``ends`` are offsets in the text as read, ``sure`` the
    engine's confidence in the unit's word (0–1; not a number where it gave
    none), ``spaced`` whether white space stands before it; ``first`` is the
    first unit of each token, with one value more at the end.
    """

    siglum: str
    text: str
    received: tuple[str, ...]
    tokens: Tokens
    keys: tuple[str, ...]
    starts: Ints
    ends: Ints
    sure: Floats
    spaced: NDArray[np.bool_]
    first: Ints

    def units(self, token: int) -> range:
        """The units of token number *token*."""
        return range(int(self.first[token]), int(self.first[token + 1]))

    def written(self, unit: int) -> str:
        """How the character of *unit* is written; in NFC where marks are not in that order."""
        own = self.text[int(self.starts[unit]) : int(self.ends[unit])]
        key = self.keys[unit]
        return own if unicodedata.normalize("NFC", own) == key else key

    def joint(self, unit: int) -> str:
        """What stands in the text between the unit before and *unit*."""
        before = int(self.ends[unit - 1]) if unit else 0
        return self.text[before : int(self.starts[unit])]


def copy_of(witness: Witness) -> Copy:
    """The units and tokens of a witness."""
    text = witness.text.chars
    closed, breaks = _closed(text)
    tokens = tokenise(closed)
    visible = closed.result if len(tokens) else ""  # marks on nothing belong to no token
    keys, starts, ends = _units(visible, _offsets(text, breaks))
    first = np.searchsorted(starts, np.append(tokens.starts, len(text)).astype(np.int64))
    first[0] = 0
    gaps = np.append(ends[:-1] < starts[1:], False) if len(keys) else np.zeros(0, np.bool_)
    spaced = np.ones(len(keys), dtype=np.bool_)
    spaced[1:] = gaps[:-1]
    at_break = np.searchsorted(starts, np.array([span.end for span in breaks], dtype=np.int64))
    spaced[at_break] = False
    return Copy(
        witness.siglum, text, tuple(file.digest for file in witness.received),
        tokens, keys, starts, ends, _sure(starts, witness.layout.words), spaced, first,
    )  # fmt: skip


def _closed(text: str) -> tuple[Derived, list[Span]]:
    """*text* without its line-end hyphens, and where they were."""
    breaks = [Span(*match.span()) for match in _BROKEN.finditer(text)]
    return Derived.of(text).then([Edit(span, "") for span in breaks], "line end"), breaks


def token_starts(text: str) -> Ints:
    """Where the tokens of *text* begin, line-end hyphens passed over."""
    return tokenise(_closed(text)[0]).starts.astype(np.int64)


def _offsets(text: str, breaks: Sequence[Span]) -> Ints:
    """For each character that is left without *breaks*, its offset in *text*."""
    left = np.ones(len(text), dtype=np.bool_)
    for span in breaks:
        left[span.start : span.end] = False
    return np.flatnonzero(left)


def _units(text: str, offsets: Ints) -> tuple[tuple[str, ...], Ints, Ints]:
    """Keys, starts and ends of the visible characters."""
    found = list(_spelt(text))
    spans = np.array([(a, b) for _, a, b in found], dtype=np.int64).reshape(-1, 2)
    return tuple(key for key, *_ in found), offsets[spans[:, 0]], offsets[spans[:, 1] - 1] + 1


def _spelt(text: str) -> Iterator[tuple[str, int, int]]:
    """(key, start, end) of the visible characters, in NFC.

    Where NFC puts marks in another order, each has the place of the one that is
    written there: a letter with all its marks is the same stretch of text.  Where it has
    fewer characters the first unit has the rest; where more, the first ones have no extent.
    """
    for match in _UNIT.finditer(text):
        written, start, end = match.group(), match.start(), match.end()
        keys = unicodedata.normalize("NFC", written)
        for left, key in zip(range(len(keys) - 1, -1, -1), keys, strict=True):
            stop = max(end - left, start)
            if not key.isspace():  # a mark may stand on a space, and votes without it
                yield key, start, stop
            start = stop


def _sure(starts: Ints, words: Sequence[Word]) -> Floats:
    """The confidence of the word that each unit stands in."""
    sure = np.full(len(starts), np.nan)
    for word in words:
        if word.confidence is not None:
            a, b = np.searchsorted(starts, (word.span.start, word.span.end))
            sure[a:b] = word.confidence
    return sure


def esteemed(collation: Collation, copies: Sequence[Copy]) -> list[int]:
    """The rows of *collation*, the best copy first.

    Better is a copy whose words are more often confirmed by another in their
    place, so that words lost or out of order count like misread ones; between
    equals, as two copies are, the one whose engine is surer; and then by siglum.
    A blank copy is never better.
    """
    return sorted(
        range(len(copies)),
        key=lambda row: (
            not copies[row].keys,
            -_confirmed(collation, row),
            -_mean(copies[row].sure),
            row,
        ),
    )


def _confirmed(collation: Collation, row: int) -> int:
    """In how many columns another copy has the same word."""
    numbers: dict[str, int] = {}
    forms = np.full(collation.table.shape, NOTHING, dtype=np.int64)
    for at, tokens in enumerate(collation.tokens):
        own = np.array([numbers.setdefault(f, len(numbers)) for f in tokens.forms], dtype=np.int64)
        there = collation.table[:, at] != NOTHING
        forms[there, at] = own[collation.table[there, at]]
    same = forms == forms[:, row, None]
    same[:, row] = False
    return int((same.any(axis=1) & (forms[:, row] != NOTHING)).sum())


def _mean(sure: Floats) -> float:
    return float(sure.mean()) if len(sure) and not np.isnan(sure).any() else 0.0


def joined(text: str) -> str:
    """*text* without line-end hyphens and white space: what is compared when places are told."""
    return "".join(unicodedata.normalize("NFC", _BROKEN.sub("", text)).split())
