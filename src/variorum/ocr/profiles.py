"""Profiles: what is compared, letter by letter, before a rate may be called by a name.

The same page scores .056 or .053 by its blank lines alone, and two programs
that both say "WER" differ by a third; so a rate is always told with its
profile, and a profile fixes four things::

    profile        text                                  letter           word
    plain          as read, page breaks line breaks      code point       between white space
    dinglehopper   lines with one newline between,       grapheme         UAX #29, with a
                   NFC, its table of substitutions       cluster          letter or digit
    editorial      after the edition's recipe, white     grapheme         UAX #29, with a
                   space one space, no furniture         cluster          letter or digit

``dinglehopper`` agrees with the program of that name (0.11) to the last digit,
so that figures can be compared with published ones; it takes the text that a
PAGE file gives its regions.  Whatever is changed is a ``Derived``: every letter
compared still knows where it stands in the text as read.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import regex
from attrs import field, frozen

from variorum.errors import OcrError
from variorum.text import Derived, Edit, Span
from variorum.witness import Witness

__all__ = ["PROFILES", "Prepared", "Profile", "prepared", "profile", "words_of"]


@frozen
class Profile:
    """What a rate is measured by.

    ``level`` is the text level asked of a reader that has several;
    ``clusters`` says that letters are grapheme clusters (UAX #29), not code
    points; ``annex`` that words are those of UAX #29, not of white space;
    ``lines`` how lines are joined: "as read", "one newline" or "running".
    """

    name: str
    says: str
    level: str = ""
    clusters: bool = True
    annex: bool = True
    lines: str = "as read"
    substitutions: Mapping[str, str] = field(factory=dict)

    @property
    def signature(self) -> str:
        """One line for the fingerprint: everything here that could move a figure."""
        letter = "grapheme clusters" if self.clusters else "code points"
        word = "UAX 29" if self.annex else "white space"
        return (
            f"{self.name} 1: {self.says}; lines {self.lines}; letters {letter}; words {word}; "
            f"Unicode {unicodedata.unidata_version}, regex {regex.__version__}"
        )


_DINGLEHOPPER = {
    # ligatures in the private use areas of MUFI and eMOP, and in the standard
    "\ueba6": "\u017f\u017f",
    "\ueba7": "\u017f\u017fi",
    "\uf502": "ch",
    "\ueec4": "ck",
    "\uf4f9": "ll",
    "\ueba2": "\u017fi",
    "\ueada": "\u017ft",
    "\ufb01": "fi",
    "\ufb00": "ff",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ueec5": "ct",
    "\ueedc": "tz",
    "\uf532": "as",
    "\uf533": "is",
    "\uf534": "us",
    "\uf535": "Qu",
    "\u0133": "ij",
    "\ue8bf": "q&",
    "\ueba5": "\u017fp",
    "\ufb06": "st",
    # letters with an e above, dashes, the apostrophe, the double hyphen
    "\ue72b": "\u00fc",
    "\ue42c": "\u00e4",
    "==": "\u2013",
    "\u2014": "\u2013",
    "\ue644": "\u00f6",
    "\u2019": "'",
    "\u2e17": "-",
    "a\u0364": "\u00e4",
    "o\u0364": "\u00f6",
    "u\u0364": "\u00fc",
    "\uf50e": "q\u0301",
}
"""What dinglehopper 0.11 holds to be the same letter (its ``extracted_text.py``, Apache-2)."""

PROFILES: Mapping[str, Profile] = {
    "plain": Profile(
        "plain", "no normalisation, page breaks as lines", clusters=False, annex=False
    ),
    "dinglehopper": Profile(
        "dinglehopper",
        "NFC, substitutions of dinglehopper 0.11",
        level="region",
        lines="one newline",
        substitutions=_DINGLEHOPPER,
    ),
    "editorial": Profile("editorial", "after the edition's recipe", lines="running"),
}
"""What there is; ``editorial`` is told its recipe by the texts it is given."""


def profile(name: str) -> Profile:
    """The profile called *name*.  Raises ``OcrError`` that lists what there is."""
    if name not in PROFILES:
        raise OcrError(
            f"there is no profile {name!r}", remedy=f"choose one of {', '.join(PROFILES)}"
        )
    return PROFILES[name]


@frozen(eq=False)
class Prepared:
    """A text as a profile compares it.

    ``letters`` are the units compared; ``starts`` where each begins in
    ``derived.result`` (nothing: at its own index, each a code point).
    """

    derived: Derived
    letters: Sequence[str]
    starts: Sequence[int] | None = None

    def base(self, letter: int) -> int:
        """Where letter number *letter* begins in the text as read (its end, after the last)."""
        at = letter if self.starts is None else self.starts[letter]
        if at >= len(self.derived.result):
            return len(self.derived.base)
        return self.derived.to_base(Span(at, at + 1)).start

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text as read that gave the letters from *start* up to *end*."""
        if start >= end:
            return Span(self.base(start), self.base(start))
        first = start if self.starts is None else self.starts[start]
        after = end if self.starts is None else self.starts[end]
        return self.derived.to_base(Span(first, after))

    def letter(self, offset: int) -> int:
        """The first letter that stands at *offset* of the text as read, or after it."""
        if offset >= len(self.derived.base):
            return len(self.letters)
        at = self.derived.to_result(Span(offset, offset + 1)).start
        if self.starts is None:
            return at
        return max(0, bisect_right(self.starts, at) - 1)


def prepared(
    witness: Witness, told: Profile, derived: Derived | None = None, apart: Sequence[Span] = ()
) -> Prepared:
    """*witness* as the profile compares it.

    *derived* is its text after a recipe, *apart* what is no part of the text
    (furniture), in spans of the text as read; both for profiles that run the
    lines together.
    """
    made = derived or Derived.of(witness.text.chars)
    if told.lines == "as read":
        made = made.then(_leaves(made.result), "pages")
    if told.lines == "one newline":
        made = made.then(_one_newline(witness), "lines")
    if told.substitutions:
        made = made.then(_composed(made.result), "unicode")
        made = made.then(_substituted(made.result, told.substitutions), told.name)
    if told.lines == "running":
        cut = [made.to_result(span) for span in apart if len(span)]
        made = made.then([Edit(span, " ") for span in cut if len(span)], "page-furniture")
        made = made.then(_running(made.result), "lines")
    if not told.clusters:
        return Prepared(made, made.result)
    return _clustered(made)


def _leaves(text: str) -> Iterable[Edit]:
    """Pages follow one another like lines: whether they lie in one file or in several is ours."""
    at = text.find("\f")
    while at >= 0:
        yield Edit(Span(at, at + 1), "" if at == 0 or text[at - 1] in "\n\f" else "\n")
        at = text.find("\f", at + 1)


def _one_newline(witness: Witness) -> Iterable[Edit]:
    """Lines as laid out, or as typed without the white space around them, one newline between."""
    text = witness.text.chars
    laid = [line.span for line in witness.layout.lines]
    spans = laid or _typed(text)
    at = 0
    for number, span in enumerate(spans):
        yield Edit(Span(at, span.start), "\n" if number else "")
        at = span.end
    yield Edit(Span(at, len(text)), "")


_LINE = regex.compile(r"([^\r\n]*)(?:\r\n|[\r\n])|([^\r\n]+)")


def _typed(text: str) -> list[Span]:
    """The lines of a typed text, without the white space at either end of each."""
    spans = []
    for match in _LINE.finditer(text):
        line = match[1] if match[1] is not None else match[2]
        body = line.strip()
        start = match.start() + line.index(body)
        spans.append(Span(start, start + len(body)))
    return spans


def _composed(text: str) -> Iterable[Edit]:
    if unicodedata.is_normalized("NFC", text):
        return ()
    from variorum.rules import Context, rule

    return rule("unicode").edits(text, Context())


def _substituted(text: str, table: Mapping[str, str]) -> Iterable[Edit]:
    if text.isascii() and "==" not in text:
        return ()
    pattern = regex.compile("|".join(map(regex.escape, sorted(table, key=len, reverse=True))))
    return [Edit(Span(*m.span()), table[m.group()]) for m in pattern.finditer(text)]


_SPACE = regex.compile(r"\s+")


def _running(text: str) -> Iterable[Edit]:
    """White space is one space, and none at either end."""
    for match in _SPACE.finditer(text):
        start, end = match.span()
        inner = start > 0 and end < len(text)
        if not inner or match.group() != " ":
            yield Edit(Span(start, end), " " if inner else "")


_CLUSTER = regex.compile(r"\X")


def _clustered(made: Derived) -> Prepared:
    text = made.result
    found = _CLUSTER.findall(text)
    if len(found) == len(text):
        return Prepared(made, text)
    starts = [0]
    for cluster in found:
        starts.append(starts[-1] + len(cluster))
    return Prepared(made, found, starts)


_WORDS = regex.compile(r"(?V1)(?w)\b")
_PRIVATE = regex.compile(r"[\ue000-\uf8ff]")
_WRITTEN = regex.compile(r"[^\p{M}\p{P}\p{Z}\p{S}\p{Cc}\p{Cf}]")


def words_of(text: str, told: Profile) -> list[tuple[int, int]]:
    """Where the words of a compared text begin and end (code points of that text).

    By UAX #29 those with a letter or digit (private-use characters are
    letters, as dinglehopper has it); else what stands between white space.
    """
    if not told.annex:
        return [m.span() for m in regex.finditer(r"\S+", text)]
    cut = [m.start() for m in _WORDS.finditer(_PRIVATE.sub("A", text))]
    return [(a, b) for a, b in pairwise(cut) if _WRITTEN.search(text, a, b)]
