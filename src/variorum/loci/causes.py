"""How a difference came about: said only on evidence, else *unknown*.

An OCR confusion needs a machine-read copy and a sign of it: letters that such
copies confuse (rn for m, 1 for l), or a word that no other witness has
anywhere, close to the word that the others have here.  A hyphen at a line's
end shows in the text as read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from variorum.loci import Cause, Feature
from variorum.pairwise import differences
from variorum.tokens import folded

__all__ = ["cause"]

CLOSE = 0.4
"""Least likeness of a misread word to what stood on the page."""

SHAPES = (
    "1lIi|!tfj/)(][",
    "0OoQDecauCG6",
    "rnmhnunwvvy",
    "5Ss$8B3eax",
    "hbkli6",
    "gq9y",
    "ceoats",
    ".,:;'’‘`-_·•“”\"*^~",
    "zZ2",
    "fft",
    "[](){}/|1lI",
)
"""Groups of characters whose shapes are alike in type and typescript."""


def cause(
    base: Sequence[str],
    own: Sequence[str],
    *,
    feature: Feature,
    read: str,
    machine: bool,
    known: Mapping[str, int],
    forms: Mapping[str, int],
) -> tuple[Cause, tuple[str, ...]]:
    """The cause of a reading, and the evidence.

    *read* is the reading in the text as read, line breaks included; *machine*
    says that every witness of it is machine-read; *known* counts the folded
    words of the witnesses that are not, *forms* their words as compared.
    """
    if "-\n" in read.replace("\r\n", "\n"):
        return Cause.LINE_END_HYPHEN, ("a hyphen at a line's end stands in it",)
    if not machine or not base or not own:
        return Cause.UNKNOWN, ()
    a, b = " ".join(base), " ".join(own)
    confused = _confusions(a, b)
    if feature is Feature.PUNCTUATION:
        return (Cause.OCR, (f"shapes confused: {confused}",)) if confused else (Cause.UNKNOWN, ())
    like = Levenshtein.normalized_similarity("".join(map(folded, base)), "".join(map(folded, own)))
    same = list(map(folded, base)) == list(map(folded, own))  # but for case and accents
    strange = [
        form
        for form in own
        if folded(form) and (form not in forms if same else folded(form) not in known)
    ]
    if strange and like >= CLOSE:
        told = f"no witness that was not machine-read has {' '.join(strange)} anywhere"
        return Cause.OCR, ((told, f"shapes confused: {confused}") if confused else (told,))
    return Cause.UNKNOWN, ()


def _confusions(a: str, b: str) -> str:
    """The confusions that lead from *a* to *b*, if each is between alike shapes; else nothing."""
    found = []
    pieces = differences(a, b)
    at = 0
    while at < len(pieces):
        if pieces[at][0] == 0:
            at += 1
            continue
        gone = pieces[at][1] if pieces[at][0] < 0 else ""
        at += bool(gone)
        come = pieces[at][1] if at < len(pieces) and pieces[at][0] > 0 else ""
        at += bool(come)
        if not gone or not come or not _alike(gone, come):
            return ""
        found.append(f"{come} for {gone}")
    return ", ".join(found)


def _alike(gone: str, come: str) -> bool:
    return any(set(gone) <= set(group) and set(come) <= set(group) for group in SHAPES)
