"""Words: how many were read right, and which kinds were not.

Editors do not ask for a rate alone: are the names right, the numbers, the
speakers' labels, every *not*?  So words are aligned by a shortest script of
whole words, and each word of the truth is of the kinds that its form and place
show::

    Comrade Enver Hoxha:  We do not have 60 mil-⏎lion
    ├─── label ────────┤        negation number ├ line end ┤      Enver, Hoxha: names

A number has a digit.  A name begins with a capital inside a sentence, unless
capitals are so common that they mean nothing.  Negations are those of the
text's language.  A word at a line end is one broken there in either text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import regex
from attrs import field, frozen
from rapidfuzz.distance import Levenshtein

from variorum.languages import negations_of

__all__ = ["KINDS", "Scored", "Shares", "common", "lines_of_words", "scored", "shares"]

KINDS = ("name", "number", "speaker label", "negation", "line-end hyphen")

TITLES = 0.2
"""From this share of capitals on inside sentences they are no sign of names."""

LINE = 12
"""Words of a line of type, and of what is drawn for the interval of the WER."""

_LIMIT = 0xF0000
"""More different words than this cannot be told apart by one character each."""

_SENTENCE_END = regex.compile(r"[.!?:;…。؟।]\P{L}*$|[\"“”‘’«»(\[—–-]\s*$|\n\s*\n\s*$")


@frozen
class Shares:
    """Of a kind of words: how many the truth has, how many of them were read otherwise."""

    kind: str
    words: int
    wrong: int
    examples: tuple[tuple[str, str], ...] = ()  # in the truth, in the copy


@frozen(eq=False)
class Scored:
    """The words of both texts, and which stand for which (opcodes of whole words)."""

    truth: Sequence[str]
    copy: Sequence[str]
    opcodes: Sequence[tuple[str, int, int, int, int]]
    edits: int
    right: frozenset[int] = field(factory=frozenset)  # of the truth, by number

    @property
    def added(self) -> int:
        """Words of the copy that stand for none of the truth's."""
        return sum(max(0, (j1 - j0) - (i1 - i0)) for _, i0, i1, j0, j1 in self.opcodes)


def scored(truth: Sequence[str], copy: Sequence[str]) -> Scored:
    """Words aligned by a shortest script; ``edits`` is the numerator of the WER."""
    a, b = _characters(truth, copy)
    way = Levenshtein.opcodes(a, b, score_hint=max(32, len(a) // 50))
    ops = [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in way]
    cost = sum(max(i1 - i0, j1 - j0) for tag, i0, i1, j0, j1 in ops if tag != "equal")
    return Scored(truth, copy, ops, cost, frozenset(_right(truth, copy, ops)))


def _right(
    truth: Sequence[str], copy: Sequence[str], ops: Iterable[tuple[str, int, int, int, int]]
) -> Iterator[int]:
    """Numbers of the truth's words that were read right, marks at their ends aside."""
    for tag, i0, i1, j0, j1 in ops:
        if tag == "equal":
            yield from range(i0, i1)
        elif tag == "replace":
            for i, j in zip(range(i0, i1), range(j0, j1), strict=False):
                if core(truth[i]) == core(copy[j]):
                    yield i


def lines_of_words(found: Scored) -> Iterator[tuple[int, int]]:
    """Edits and words of so many words at a time as a line has, in the order of the truth.

    Their sums are the edits and the words; what is put in belongs to the word before it.
    """
    words = len(found.truth)
    wrong = [0] * (words // LINE + 1)
    for tag, i0, i1, j0, j1 in found.opcodes:
        if tag != "equal":
            for i in range(i0, i1):
                wrong[min(i, words - 1) // LINE] += 1
            wrong[max(0, min(i1, words) - 1) // LINE] += max(0, (j1 - j0) - (i1 - i0))
    for number, edits in enumerate(wrong):
        here = min(LINE, words - number * LINE)
        if edits or here:
            yield edits, here


MARKS = (
    ".,;:!?\"'()[]{}\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb\u2026\u2013\u2014"
    "\u00bf\u00a1\u060c\u061b\u061f\u3002\u3001\u0964"
)
"""Marks that stand at the ends of words that white space divides, and are none of theirs."""


def core(word: str) -> str:
    """A word without the marks at its ends; of a word of marks, the marks."""
    return word.strip(MARKS) or word


def _characters(
    truth: Sequence[str], copy: Sequence[str]
) -> tuple[str, str] | tuple[Sequence[str], Sequence[str]]:
    """One character a word, which is fastest to compare; the words where they are too many."""
    forms = dict.fromkeys((*truth, *copy))
    if len(forms) > _LIMIT:
        return truth, copy
    known = {form: _character(number) for number, form in enumerate(forms)}
    return "".join(map(known.__getitem__, truth)), "".join(map(known.__getitem__, copy))


def _character(number: int) -> str:
    """A character for a word's number, surrogates passed over."""
    return chr(number if number < 0xD800 else number + 0x800)


def common(truth: Iterable[str], copy: Iterable[str]) -> int:
    """How many words both have, whatever their order."""
    return (Counter(truth) & Counter(copy)).total()


def shares(
    found: Scored,
    text: str,
    spans: Sequence[tuple[int, int]],
    broken: frozenset[int],
    labels: Sequence[tuple[int, int]],
) -> tuple[Shares, ...]:
    """Right and wrong by kind of word.

    *spans* are the truth's words in *text*, *broken* the numbers of those that
    a line end breaks, *labels* the spans of the speakers' labels in *text*.
    """
    digits = {word for word in {*found.truth} if any(map(str.isdigit, word))}
    kinds = {
        "name": _names(found.truth, text, spans),
        "number": {n for n, word in enumerate(found.truth) if word in digits},
        "speaker label": set(_within(spans, labels)),
        "negation": _negations(found.truth),
        "line-end hyphen": set(broken),
    }
    counterpart = _counterparts(found)
    return tuple(_share(kind, sorted(kinds[kind]), found, counterpart) for kind in KINDS)


EXAMPLES = 12


def _share(kind: str, numbers: Sequence[int], found: Scored, counterpart: dict[int, str]) -> Shares:
    wrong = [n for n in numbers if n not in found.right]
    shown = tuple((found.truth[n], counterpart.get(n, "")) for n in wrong[:EXAMPLES])
    return Shares(kind, len(numbers), len(wrong), shown)


def _counterparts(found: Scored) -> dict[int, str]:
    """What stands for each word that was read otherwise, where something does."""
    out: dict[int, str] = {}
    for tag, i0, i1, j0, j1 in found.opcodes:
        if tag == "replace":
            out |= {i: found.copy[j] for i, j in zip(range(i0, i1), range(j0, j1), strict=False)}
    return out


def _names(words: Sequence[str], text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    ends: dict[str, bool] = {}  # what stands between words, and whether it ends a sentence
    capital: list[int] = []
    inside = end = 0
    for number, (word, (start, stop)) in enumerate(zip(words, spans, strict=True)):
        between = text[end:start]
        end = stop
        if between not in ends:
            ends[between] = bool(_SENTENCE_END.search(between))
        if not number or ends[between] or not word[0].isalpha():
            continue
        inside += 1
        if word[0].isupper():
            capital.append(number)
    return set() if len(capital) > TITLES * inside else set(capital)


def _negations(words: Sequence[str]) -> set[int]:
    known = negations_of(Counter(map(core, words)))
    return {number for number, word in enumerate(words) if core(word) in known}


def _within(spans: Sequence[tuple[int, int]], holders: Sequence[tuple[int, int]]) -> Iterable[int]:
    """Numbers of the spans that lie in one of the *holders*; both in order."""
    at = 0
    for number, (start, end) in enumerate(spans):
        while at < len(holders) and holders[at][1] <= start:
            at += 1
        if at < len(holders) and holders[at][0] <= start and end <= holders[at][1]:
            yield number
