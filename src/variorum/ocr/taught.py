"""What an evaluation teaches: which letters a copy misreads, as evidence and as proposed rules.

A confusion is a *trait* of a copy where it comes often, and far more often than
by chance; what came once may have been anything.  Two things are never taught:

- that letters which differ only in case were misread for one another: words
  are looked up without their case, so nothing could come of it;
- that a digit was read as something: which number stands on a page, no list of
  words can say.

An evaluation tells edits that touch twice, letter by letter and as a pattern;
of an m read as rn only the pattern is taken here: it is no m read as r.

Letters of one sound (z and s, ë and e) may be two spellings rather than one
misread: an editor who follows one writes *organise* where another copy has
*organize*, and an evaluation counts that like an error.  They are proposed as
no rule, but told beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import product
from math import exp, lgamma, log
from typing import TYPE_CHECKING, Any

import regex
from attrs import field, frozen

from variorum.errors import OcrError
from variorum.text import digest
from variorum.tokens import folded

if TYPE_CHECKING:
    from variorum.ocr.figures import Evaluation

__all__ = ["OFTEN", "TRAIT", "Pair", "Taught", "misreadings", "of_one_sound", "taught", "to_rules"]

Pair = tuple[str, str]
"""Letters of the truth, letters of the copy; one of them may be nothing."""

OFTEN = 3
"""Times that a letter must have been misread so to be a trait of the copy, …"""

TRAIT = 3.0
"""… and how many times more often than by chance: noise is no trait."""

_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
_IN_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}|!]+")

SOUNDS = tuple(
    map(
        frozenset,
        (
            "aeiouyæœøıj",
            *("sczx", "ckq", "kg", "gh", "gj", "fvw", "uvw", "bp", "bv", "dtþð"),
            "αεηιουω",
            "аеиоуыэюяѣіъьй",
            *("зсц", "фѳв"),
        ),
    )
)
"""Letters that one period or land writes for another's, by the sound they share.

Without their accents.  Vowels stand in one group, since which of them an
unstressed syllable has is what spellings differ in most: *grey* and *gray*.
"""

_AS_ONE = {"ph": "f", "ct": "x", "ks": "x"}
"""Letters that sound as one: *connexion* and *connection*."""


@frozen(eq=False)
class Taught:
    """What a copy was measured to read for what.

    ``counts`` says how often, single letters by themselves only; ``expected``
    how often by chance, for one letter read as another; ``truths`` and
    ``copies`` are the digests of the texts that were compared.
    """

    counts: Mapping[Pair, int] = field(factory=dict)
    expected: Mapping[Pair, float] = field(factory=dict)
    truths: frozenset[str] = frozenset()
    copies: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        """The digest of all of it, for a fingerprint."""
        told = [sorted(self.counts.items()), sorted(self.expected.items())]
        sides = [sorted(self.truths), sorted(self.copies)]
        return digest(json.dumps([*told, *sides], ensure_ascii=False))

    def is_trait(self, pair: Pair, times: int) -> bool:
        """Whether *pair* is a trait of the copy if it was seen so many times."""
        return _is_trait(times, self.expected.get(pair, 0.0))


def _is_trait(times: int, expected: float) -> bool:
    return times >= OFTEN and times >= TRAIT * expected


def of_one_sound(right: str, wrong: str) -> bool:
    """Whether two readings of some letters may be two spellings: one sound, or but for accents."""
    letters = {*_sounds(right), *_sounds(wrong)}
    return len(letters) == 1 or any(letters <= group for group in SOUNDS)


def _sounds(letters: str) -> str:
    heard = folded(letters) or letters
    for several, one in _AS_ONE.items():
        heard = heard.replace(several, one)
    return heard


def taught(data: bytes, place: str) -> Taught:
    """What the JSON of an evaluation teaches.  Raises ``OcrError`` if *data* is none."""
    try:
        told = json.loads(data)
        if not str(told["format"]).startswith("variorum ocr "):
            raise KeyError("format")
        return _taught(told)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise OcrError(
            "is no evaluation",
            place=place,
            remedy="make it with: variorum ocr evaluate TRUTH OCR --to json",
        ) from None


def _taught(told: Mapping[str, Any]) -> Taught:
    confusions = [(_pair(c), c) for c in told["confusions"]]
    patterns = {_pair(p): int(p["count"]) for p in told["patterns"]}
    texts = [(str(truth), str(copy)) for _, truth, copy in told["fingerprint"]["texts"]]
    return Taught(
        _alone({pair: int(c["count"]) for pair, c in confusions}, patterns) | patterns,
        {pair: float(c["expected"]) for pair, c in confusions if c.get("expected") is not None},
        frozenset(truth for truth, _ in texts),
        frozenset(copy for _, copy in texts),
    )


def _pair(told: Mapping[str, Any]) -> Pair:
    return str(told["truth"]), str(told["ocr"])


def _alone(singles: Mapping[Pair, int], patterns: Mapping[Pair, int]) -> dict[Pair, int]:
    """How often letters were misread by themselves.

    As many letters for as many are so many misreadings that stand side by side.  Where
    there are more or fewer, which stands for which is not told: all pairs are taken off.
    """
    left = dict(singles)
    for (truth, copy), count in patterns.items():
        if len(truth) == len(copy):
            continue
        for pair in product(["", *set(truth)], ["", *set(copy)]):
            if pair in left:
                left[pair] = max(0, left[pair] - count)
    return left


@frozen(order=True)
class _Proposed:
    """A pair that may be mended; the most frequent comes first."""

    count: int = field(order=lambda count: -count)
    truth: str
    copy: str
    expected: float | None = field(default=None, order=False)  # nothing for several letters

    @property
    def line(self) -> str:
        """It as a comment."""
        told = f"{self.copy} for {self.truth}: {self.count:,} times"
        if self.expected is None:
            return told
        chance = f"{self.expected:.1f}" if self.expected >= 0.05 else "hardly any"
        return f"{told}, {chance} by chance"


def misreadings(evaluation: Evaluation) -> dict[str, list[str]]:
    """What a copy reads for what, as the rule ``misreadings`` takes it; the most frequent first."""
    return _table(found for found in _traits(evaluation) if not _may_be_spelt(found))


def _table(found: Iterable[_Proposed]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for one in found:
        table.setdefault(one.truth, []).append(one.copy)
    return table


def _may_be_spelt(found: _Proposed) -> bool:
    return of_one_sound(found.truth, found.copy)


def _traits(evaluation: Evaluation) -> list[_Proposed]:
    """The traits of a copy that a rule could mend, the most frequent first.

    Of all the pairs that were seen, less than one in all should have come so
    often by chance: of hundreds of pairs some come thrice.
    """
    patterns = {(p.truth, p.copy): p.count for p in evaluation.patterns}
    counts = _alone({(c.truth, c.copy): c.count for c in evaluation.confusions}, patterns)
    chances = {(c.truth, c.copy): c.expected for c in evaluation.confusions}
    found = [
        _Proposed(count, *pair, chance)
        for pair, count in counts.items()
        for chance in [chances[pair]]
        if chance is not None
        and _is_trait(count, chance)
        and len(counts) * _by_chance(count, chance) < 1
    ]
    found += [_Proposed(n, *pair) for pair, n in patterns.items() if _is_trait(n, 0.0)]
    return sorted(one for one in found if _mendable(one.truth, one.copy))


def _by_chance(count: int, expected: float) -> float:
    """How likely chance makes so many, or more, where it makes so many as *expected*.

    By Poisson's law, the first of its falling terms and at most what the others add.
    """
    if expected <= 0:
        return 0.0
    first = exp(count * log(expected) - expected - lgamma(count + 1))
    return first / (1 - expected / (count + 1))


def _mendable(truth: str, copy: str) -> bool:
    """Whether a rule can mend a pair: letters, read as what stands in words, and not case alone."""
    words = _LETTERS.fullmatch(truth) and _IN_WORDS.fullmatch(copy)
    return bool(words) and truth.casefold() != copy.casefold()


def to_rules(evaluation: Evaluation, printed: Mapping[str, object]) -> bytes:
    """A recipe that proposes the rule ``misreadings``; an editor takes it over, or does not."""
    found = _traits(evaluation)
    spelt = [one for one in found if _may_be_spelt(one)]
    read = [one for one in found if not _may_be_spelt(one)]
    lines = [
        f"# variorum ocr rules 2: proposed from what was measured (fingerprint {printed['id']}).",
        "# Nothing is mended until a recipe has this line: strike what you do not want, and copy",
        "# it into [recipe.NAME] of edition.toml, for the witness that was measured.",
        *(["# What was read for what the truth has:"] if read else []),
        *(f"#   {one.line}" for one in read),
        *(["# Not proposed, since a writer may have spelt it so:"] if spelt else []),
        *(f"#   {one.line}" for one in spelt),
        "rules = [",
        *(["  " + _step(_table(read))] if read else []),
        "]",
    ]
    return ("\n".join(lines) + "\n").encode()


def _step(table: Mapping[str, Iterable[str]]) -> str:
    entries = (f"{_quoted(right)} = [{', '.join(map(_quoted, table[right]))}]" for right in table)
    return f'{{ rule = "misreadings", read = {{ {", ".join(entries)} }} }},'


def _quoted(letters: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(letters, ensure_ascii=False)
