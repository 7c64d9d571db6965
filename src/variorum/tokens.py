"""Tokens: the words and marks of a witness, as written and as compared.

Held as columns of arrays rather than as objects, since a collation of many
witnesses handles millions of them::

    as read   Choe Yong-⏎geon’s  visit            compared forms are interned:
    outer     ├──┤ ├──────────┤  ├───┤            equal forms are one string
    form n    Choe Yong-geon's   visit

A token's *outer* span runs from its first to its last character in the text as
read.  Where furniture (a page number) stands in its middle, ``pieces`` lists
the spans without it.  Tokens never overlap: where a rule made several tokens
out of one changed stretch, the first one has the stretch and the others have
an empty span behind it.

What is one token
-----------------
Letters, digits and combining marks stand together, over an apostrophe or a
hyphen between two of them, and over a separator between two digits::

    don’t   Yong-geon   5,000   12:30   l’homme   צה״ל   Ka‘ba

Initials keep their points (``N.S.``, ``P.P.Sh.``), a Greek
elision and a Hebrew geresh their mark (``ἀλλ’``, ``וכו׳``).  Each ideograph is
a token; scripts without spaces otherwise (Thai, kana) stay in one run, since
cutting them needs a dictionary, and a wrong cut differs from witness to
witness.  Any other visible character is a mark and a token; a run of the same
mark (``...``, ``--``) is one.

Why arrays and not a regular expression: characters are sorted into classes
through a table and the cuts found by comparing neighbours, for all the text at
once.  Measured on 120,000 tokens, that is 2.6 times as fast as matching them one
by one, and the cutting is a good part of what a collation costs.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import compress

import numpy as np
import regex
from attrs import field, frozen
from numpy.typing import NDArray

from variorum.errors import TokenError
from variorum.text import Derived, Span
from variorum.witness import Witness

__all__ = ["TOKENISER", "Tokens", "folded", "given", "tokenise"]

TOKENISER = "words-and-marks 2"
"""Name and version of the tokeniser, for the fingerprint."""

Offsets = NDArray[np.int32]
_Flags = NDArray[np.bool_]
_Classes = NDArray[np.int32]

# Classes of characters, as bits.
_SPACE, _WORD, _DIGIT, _CAPITAL = 1, 2, 4, 8
_JOINER, _SEPARATOR, _POINT, _ELISION = 16, 32, 64, 128
_GREEK, _HEBREW, _GERSHAYIM, _EXTENDS = 256, 512, 1024, 2048
_IDEOGRAPH = 4096

_APOSTROPHES = "'\u2018\u2019\u02bc\u0060\u00b4\u2032\u1fbd"
_HYPHENS = "-\u2010\u2011\u00b7"  # the middle dot joins Catalan l·l
_BREAKS = "\u200b\ufeff"  # zero-width space and byte order mark: seen by nobody, but they part
_INITIALS = regex.compile(
    r"(?<![\p{L}\p{N}\p{M}_])(?:\p{Lu}\p{M}*\p{Ll}?\.(?:\p{M}|(?![\u200b\ufeff])\p{Cf})*){2,}"
)
_LONGEST_INITIAL = 4  # a capital, its accent, a small letter and the point
_IDEOGRAPHS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


@cache
def _class_of(char: str) -> int:
    category = unicodedata.category(char)
    if char.isspace() or char in _BREAKS:
        return _SPACE
    if category[0] == "M" or category == "Cf":
        return _EXTENDS
    if category[0] in "LN" or char == "_":
        return _WORD | _letter_of(char, category)
    return (
        _JOINER * (char in _APOSTROPHES or char in _HYPHENS)
        | _SEPARATOR * (char in ".,:/")
        | _POINT * (char == ".")
        | _ELISION * (char in _APOSTROPHES or char == "\u05f3")
        | _GERSHAYIM * (char in '\u05f3\u05f4"')
    )


def _letter_of(char: str, category: str) -> int:
    code = ord(char)
    return (
        _DIGIT * (category == "Nd")
        | _CAPITAL * (category == "Lu")
        | _GREEK * (0x370 <= code < 0x400 or 0x1F00 <= code < 0x2000)
        | _HEBREW * (0x5D0 <= code <= 0x5F2)
        | _JOINER * (char in _APOSTROPHES)
        | _IDEOGRAPH * (char in "\u3005\u3007" or any(a <= code <= b for a, b in _IDEOGRAPHS))
    )


def _ascending(_: object, __: object, starts: Offsets) -> None:
    if len(starts) > 1 and bool((np.diff(starts) < 0).any()):
        raise TokenError("tokens are not in the order of their text")


@frozen(eq=False)
class Tokens:
    """The tokens of one witness, in the order of its text as read.

    ``starts`` and ``ends`` are outer spans (int32, length n), ``forms`` the
    compared forms, ``pieces`` the exceptions that are not one stretch, and
    ``extra`` further keys of ready-made tokens (values as JSON text).
    """

    text: str
    starts: Offsets = field(validator=_ascending)
    ends: Offsets
    forms: tuple[str, ...]
    pieces: Mapping[int, tuple[Span, ...]] = field(factory=dict)
    extra: Mapping[int, tuple[tuple[str, str], ...]] = field(factory=dict)

    def __len__(self) -> int:
        return len(self.forms)

    def outer(self, index: int) -> Span:
        """From the first to the last character of token *index*."""
        return Span(int(self.starts[index]), int(self.ends[index]))

    def spans(self, index: int) -> tuple[Span, ...]:
        """The stretches of token *index* without what is not its own."""
        return self.pieces.get(index) or (self.outer(index),)

    def written(self, index: int) -> str:
        """Token *index* as it stands in the witness (CollateX's ``t``)."""
        return "".join(span.of(self.text) for span in self.spans(index))


def tokenise(derived: Derived, apart: Sequence[Span] = ()) -> Tokens:
    """The tokens of a normalised text; *apart* are base spans that are not collated."""
    starts, ends = _cut(derived.result)
    forms = _interned(
        [derived.result[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    )
    starts, ends = _in_base(derived, starts, ends)
    whole = Tokens(derived.base, starts, ends, tuple(forms))
    return _without(whole, sorted(apart)) if apart else whole


def _interned(forms: Sequence[str]) -> list[str]:
    """Equal forms as one string."""
    seen: dict[str, str] = {}
    return list(map(seen.setdefault, forms, forms))


def _cut(text: str) -> tuple[Offsets, Offsets]:
    """Starts and ends of the tokens of *text*."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    classes = _classes(text, codes)
    word = _words(classes)
    begins = np.ones(len(codes) + 1, dtype=np.bool_)
    begins[1:-1] = ~_held(codes, classes, word)
    for start, end in _initials(text, classes):
        begins[start + 1 : end] = False
        begins[[start, end]] = True
    visible = (classes & _SPACE) == 0
    starts = np.flatnonzero(begins[:-1] & visible)
    ends = np.flatnonzero(begins[1:] & visible) + 1
    return starts.astype(np.int32), ends.astype(np.int32)


def _classes(text: str, codes: NDArray[np.uint32]) -> _Classes:
    """The class of each character; a combining mark has that of what it stands on."""
    if not text:
        return np.zeros(0, dtype=np.int32)
    table = np.zeros(int(codes.max()) + 1, dtype=np.int32)
    for char in set(text):
        table[ord(char)] = _class_of(char)
    classes = table[codes]
    extends = (classes & _EXTENDS) > 0
    if extends.any():
        carrier = np.maximum.accumulate(np.where(extends, 0, np.arange(len(codes))))
        on = classes[carrier]
        alone = (on & (_SPACE | _EXTENDS)) > 0
        classes = np.where(extends, np.where(alone, _WORD, on | _EXTENDS), classes)
    return classes


def _words(classes: _Classes) -> _Flags:
    """Which characters belong to words: letters, digits, and what joins or follows them."""
    before, after = _neighbours(classes)
    word = (classes & _WORD) > 0
    word |= ((classes & _JOINER) > 0) & ((before & after & _WORD) > 0)
    word |= ((classes & _SEPARATOR) > 0) & ((before & after & _DIGIT) > 0)
    word |= ((classes & _GERSHAYIM) > 0) & ((before & after & _HEBREW) > 0)
    word |= ((classes & _ELISION) > 0) & ((before & (_GREEK | _HEBREW)) > 0)
    return word


def _neighbours(classes: _Classes) -> tuple[_Classes, _Classes]:
    """The class before and the class after each character; nothing at the edges."""
    padded = np.zeros(len(classes) + 2, dtype=np.int32)
    padded[1:-1] = classes
    return padded[:-2], padded[2:]


def _initials(text: str, classes: _Classes) -> list[tuple[int, int]]:
    """Where initials with their points stand: ``N.S.``, ``P.P.Sh.`` and their like."""
    points = np.flatnonzero((classes & _POINT) > 0)
    found: list[tuple[int, int]] = []
    if len(points) < 2:
        return found
    near = np.flatnonzero(np.diff(points) <= _LONGEST_INITIAL)
    for at in points[near].tolist():
        reached = found[-1][1] if found else 0
        for start in range(max(reached, at - _LONGEST_INITIAL + 1), at):
            if match := _INITIALS.match(text, start):
                found.append(match.span())
                break
    return found


def _held(codes: NDArray[np.uint32], classes: _Classes, word: _Flags) -> _Flags:
    """Which characters, from the second, belong to the same token as the one before."""
    apart = (classes & _IDEOGRAPH) > 0
    together = word[1:] & word[:-1] & ~apart[1:] & ~apart[:-1]
    together |= (codes[1:] == codes[:-1]) & ~word[1:] & ~word[:-1]
    return together | ((classes[1:] & _EXTENDS) > 0)


def _in_base(derived: Derived, starts: Offsets, ends: Offsets) -> tuple[Offsets, Offsets]:
    """``Derived.to_base`` for all tokens at once, overlaps given to the first comer."""
    runs = derived.runs
    if not len(starts) or (len(runs) == 1 and runs[0].kept):
        return starts, ends
    columns = np.array(
        [(r.result.start, r.base.start, r.base.end, not r.rules) for r in runs], dtype=np.int32
    )
    near, far, far_end, kept = columns.T
    first = np.searchsorted(near, starts, "right") - 1
    last = np.searchsorted(near, ends, "left") - 1
    begin = far[first] + (starts - near[first]) * kept[first]
    end = np.where(kept[last] > 0, far[last] + ends - near[last], far_end[last])
    begin[1:] = np.maximum(begin[1:], end[:-1])
    return begin, end


def _without(tokens: Tokens, cuts: Sequence[Span]) -> Tokens:
    """Drop what stands apart; a token that surrounds such a stretch is left in pieces."""
    gone = np.zeros(len(tokens), dtype=np.bool_)
    starts, ends = tokens.starts.copy(), tokens.ends.copy()
    pieces: dict[int, tuple[Span, ...]] = {}
    for index in _touched(tokens, cuts):
        parts = _minus(tokens.outer(index), cuts)
        gone[index] = not parts
        if parts:
            starts[index], ends[index] = parts[0].start, parts[-1].end
            pieces[index] = parts
    left = np.flatnonzero(~gone)
    number = dict(zip(left.tolist(), range(len(left)), strict=True)) if pieces else {}
    return Tokens(
        tokens.text,
        starts[left],
        ends[left],
        tuple(compress(tokens.forms, (~gone).tolist())),
        {number[index]: parts for index, parts in pieces.items() if len(parts) > 1},
    )


def _touched(tokens: Tokens, cuts: Sequence[Span]) -> list[int]:
    """The tokens that share a character with a cut, or stand empty within one."""
    found: set[int] = set()
    for cut in cuts:
        first = int(np.searchsorted(tokens.ends, cut.start, "right"))
        after = int(np.searchsorted(tokens.starts, cut.end, "left"))
        found.update(range(first, after))
    return sorted(found)


def _minus(span: Span, cuts: Sequence[Span]) -> tuple[Span, ...]:
    out = []
    at = span.start
    for cut in cuts[bisect_left(cuts, span.start, key=lambda cut: cut.end) :]:
        if cut.start >= span.end:
            break
        if cut.start > at:
            out.append(Span(at, cut.start))
        at = max(at, cut.end)
    if at < span.end:
        out.append(Span(at, span.end))
    return tuple(out)


def given(witness: Witness) -> Tokens:
    """The ready-made tokens of a witness; one without ``n`` is compared as ``t``, trimmed."""
    if witness.tokens is None:
        raise TokenError("this witness has no ready-made tokens", place=witness.siglum)
    text = witness.text.chars
    forms = [
        token.span.of(text).strip() if token.n is None else token.n for token in witness.tokens
    ]
    return Tokens(
        text,
        np.array([token.span.start for token in witness.tokens], dtype=np.int32),
        np.array([token.span.end for token in witness.tokens], dtype=np.int32),
        tuple(_interned(forms)),
        {},
        {i: token.extra for i, token in enumerate(witness.tokens) if token.extra},
    )


_MARKS = regex.compile(r"[^\p{L}\p{N}]+")


def folded(form: str) -> str:
    """A form without case, accents and marks: ``Choe`` and ``CHOË`` are ``choe``.

    What alignment compares for likeness; never shown and never a reading.  A
    form of marks alone folds to the empty string.
    """
    if form.isascii():
        return form.lower() if form.isalnum() else _MARKS.sub("", form.lower())
    bare = unicodedata.normalize("NFKD", form.casefold())
    return _MARKS.sub("", bare)
