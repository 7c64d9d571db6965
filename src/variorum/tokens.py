"""Tokens: the words and marks of a witness, as written and as compared.

Held as columns of arrays rather than as objects, since a collation of many
witnesses handles millions of them::

    as read   Choe Yong-⏎geon’s  visit            compared forms are interned:
    outer     ├──┤ ├──────────┤  ├───┤            equal forms are one string
    form n    Choe Yong-geon's   visit

A token's *outer* span runs from its first to its last character in the text as
read.  Where furniture (a page number) stands in its middle, ``pieces`` lists
the spans without it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import regex
from attrs import field, frozen
from numpy.typing import NDArray

from variorum.errors import TokenError
from variorum.text import Derived, Span
from variorum.witness import Witness

__all__ = ["TOKENISER", "Tokens", "folded", "given", "tokenise"]

TOKENISER = "words-and-marks 1"
"""Name and version of the tokeniser, for the fingerprint."""

Offsets = NDArray[np.int32]

# A word is letters, digits and marks, joined inside by an apostrophe, a hyphen, or (between
# digits) a separator; N.S. and K.Q. are one word with their points.  Every other visible
# character is a mark by itself, a run of the same mark (... --) one token.
_TOKEN = regex.compile(
    r"(?:\p{Lu}\.){2,}"
    r"|\d+(?:[.,:/]\d+)+"
    r"|[\p{L}\p{N}\p{M}_]+(?:['’ʼ·-][\p{L}\p{N}\p{M}_]+)*"
    r"|([^\s\p{L}\p{N}\p{M}_])\1*\p{M}*"
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
    spans: list[tuple[int, int]] = []
    forms: list[str] = []
    intern: dict[str, str] = {}
    for match in _TOKEN.finditer(derived.result):
        base = derived.to_base(Span(*match.span()))
        form = match.group()
        spans.append((base.start, base.end))
        forms.append(intern.setdefault(form, form))
    return _without(derived.base, spans, forms, apart)


def _without(
    text: str,
    spans: Sequence[tuple[int, int]],
    forms: Sequence[str],
    apart: Sequence[Span],
) -> Tokens:
    """Drop what stands apart; a token that surrounds such a stretch is left in pieces."""
    kept: list[tuple[int, int]] = []
    names: list[str] = []
    pieces: dict[int, tuple[Span, ...]] = {}
    cuts = sorted(apart)
    at = 0
    for (start, end), form in zip(spans, forms, strict=True):
        while at < len(cuts) and cuts[at].end <= start:
            at += 1
        if at < len(cuts) and cuts[at].start < end:
            parts = _minus(Span(start, end), cuts[at:])
            if not parts:
                continue
            if len(parts) > 1:
                pieces[len(kept)] = parts
            start, end = parts[0].start, parts[-1].end
        kept.append((start, end))
        names.append(form)
    array = np.array(kept, dtype=np.int32).reshape(len(kept), 2)
    return Tokens(text, array[:, 0].copy(), array[:, 1].copy(), tuple(names), pieces)


def _minus(span: Span, cuts: Iterable[Span]) -> tuple[Span, ...]:
    out = []
    at = span.start
    for cut in cuts:
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
    forms = tuple(
        token.span.of(text).strip() if token.n is None else token.n for token in witness.tokens
    )
    intern: dict[str, str] = {}
    return Tokens(
        text,
        np.array([token.span.start for token in witness.tokens], dtype=np.int32),
        np.array([token.span.end for token in witness.tokens], dtype=np.int32),
        tuple(intern.setdefault(form, form) for form in forms),
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
