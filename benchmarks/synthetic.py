"""Noisy copies of a text that remember, character by character, where they came from.

A copy takes its source's words, changes some, misreads letters, moves turns or
passages, and is then set in lines and pages with a running head.  Each character keeps
the offset of the source character it stands for, or -1 for what the source has not::

    source   t h e   c o u n t r y          offsets  0 1 2 3 4 5 6 7 8 9 10
    copy     t b e   c o u n - ⏎ t r y               0 1 2 3 4 5 6 7 -1 -1 8 9 10

So the gold pairs are those of characters, whatever a tokeniser makes of the copies.
Misreadings are those of type and OCR (e for c, rn for m); spaces stay, since what a
lost space means for the pairs is a matter of taste.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import regex
from attrs import frozen

__all__ = ["NOWHERE", "Copy", "Noise", "copies", "turns_of"]

NOWHERE = -1

CONFUSED = {
    "a": "oe", "b": "h", "c": "eo", "d": "cl", "e": "co", "f": "t", "g": "q", "h": "b", "i": "l1",
    "j": "i", "k": "h", "l": "i1", "m": ("rn", "n"), "n": ("u", "ri"), "o": "ce", "p": "n",
    "q": "g", "r": "n", "s": "ae", "t": "fl", "u": "n", "v": "y", "w": ("vv",), "x": "z",
    "y": "v", "z": "x", "A": "4", "B": "8R", "C": "G", "D": "O", "E": "F", "F": "P", "G": "C6",
    "H": "N", "I": "l1", "J": "I", "K": "R", "L": "I", "M": "N", "N": "H", "O": "0D", "P": "F",
    "Q": "O", "R": "K", "S": "5", "T": "I", "U": "V", "V": "Y", "W": "V", "X": "K", "Y": "V",
    "Z": "2", "0": "O", "1": "l", "2": "Z", "3": "8", "4": "A", "5": "S", "6": "b", "7": "1",
    "8": "B", "9": "g", ".": ",", ",": ".", ":": ";", ";": ":", "’": "'", "-": "~", "(": "[",
    ")": "]", "[": "(", "]": ")", "“": "'", "”": "'", "?": "7", "!": "l", "%": "6",
}  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SUBSTITUTED, LOST = 0.80, 0.10  # shares of misreadings; the rest puts a letter in

LABEL = regex.compile(r"[^:\n]{3,40}: ")
HEAD = "Notes taken during a meeting, 6 June 1959"
LINES = 38  # a page


@frozen
class Noise:
    """How a copy departs from its source; shares from 0 to 1."""

    characters: float = 0.0  # share of characters misread
    words: float = 0.0  # share of words changed: half substituted, a quarter each lost and put in
    labels: bool = True  # whether turns keep their labels
    width: int = 0  # characters a line, words broken at its end, pages headed; 0: one line
    moved: float = 0.0  # share of turns moved
    passages: tuple[int, ...] = ()  # least lengths in tokens of passages moved


@frozen
class Copy:
    """The text of a copy, the source offset of each character, the source spans moved."""

    text: str
    origin: tuple[int, ...]
    moved: tuple[tuple[int, int], ...] = ()


Chars = list[tuple[str, int]]
"""Characters and the source offset of each."""


def turns_of(text: str) -> list[tuple[int, int]]:
    """Spans of the turns: paragraphs that begin with a label, with those that follow."""
    out: list[tuple[int, int]] = []
    for match in regex.finditer(r"[^\n]+", text):
        if LABEL.match(match.group()) or not out:
            out.append(match.span())
        else:
            out[-1] = (out[-1][0], match.end())
    return out


def copies(text: str, noises: Sequence[Noise], seed: int) -> list[Copy]:
    """One copy for each noise; the same seed gives the same copies."""
    return [_copy(text, noise, random.Random(f"{seed}:{n}")) for n, noise in enumerate(noises)]


def _copy(text: str, noise: Noise, rng: random.Random) -> Copy:
    spans = turns_of(text)
    vocabulary = regex.findall(r"\p{L}+", text)
    turns = [list(_worn(text, span, noise, vocabulary, rng)) for span in spans]
    turns, moved = _turns_moved(turns, spans, noise.moved, rng)
    words, passages = _passages_moved([w for turn in turns for w in turn], noise.passages, rng)
    chars = _set(words, noise, rng) if noise.width else [pair for word in words for pair in word]
    return Copy("".join(c for c, _ in chars), tuple(at for _, at in chars), (*moved, *passages))


def _worn(
    text: str, span: tuple[int, int], noise: Noise, vocabulary: Sequence[str], rng: random.Random
) -> Iterator[Chars]:
    """The words of a turn, each with the space behind it; a blank line at the end."""
    start, end = span
    label = LABEL.match(text, start, end)
    if label and not noise.labels:
        start = label.end()
    for match in regex.finditer(r"\S+\s*", text, pos=start, endpos=end):
        word = list(zip(match.group(), range(match.start(), match.end()), strict=True))
        yield from _changed(word, noise, vocabulary, rng)
    yield [("\n", NOWHERE), ("\n", NOWHERE)]


def _changed(
    word: Chars, noise: Noise, vocabulary: Sequence[str], rng: random.Random
) -> Iterator[Chars]:
    """A word as it is, another for it, nothing, or another before it; then misread."""
    lot = rng.random() / noise.words if noise.words else 1.0
    if lot < 0.5:
        word = _substituted(word, rng.choice(vocabulary))
    elif lot < 0.75:
        return
    elif lot < 1.0:
        yield [(char, NOWHERE) for char in rng.choice(vocabulary) + " "]
    yield _misread(word, noise.characters, rng)


def _substituted(word: Chars, other: str) -> Chars:
    """*other* in the place of the letters of *word*; marks around them stay."""
    letters = [n for n, (char, _) in enumerate(word) if char.isalnum()]
    if not letters:
        return word
    first, last = letters[0], letters[-1]
    return [*word[:first], *((char, word[first][1]) for char in other), *word[last + 1 :]]


def _misread(word: Chars, share: float, rng: random.Random) -> Chars:
    out: Chars = []
    for char, at in word:
        if char.isspace() or rng.random() >= share:
            out.append((char, at))
            continue
        lot = rng.random()
        if lot < SUBSTITUTED:
            out += [(new, at) for new in rng.choice(CONFUSED.get(char, LETTERS))]
        elif lot >= SUBSTITUTED + LOST:
            out += [(char, at), (rng.choice(LETTERS), at)]
    return out


def _turns_moved(
    turns: list[list[Chars]], spans: Sequence[tuple[int, int]], share: float, rng: random.Random
) -> tuple[list[list[Chars]], list[tuple[int, int]]]:
    chosen = sorted(rng.sample(range(len(turns)), round(share * len(turns))))
    rest = [turn for n, turn in enumerate(turns) if n not in chosen]
    for number in chosen:
        rest.insert(rng.randrange(len(rest) + 1), turns[number])
    return rest, [spans[number] for number in chosen]


def _passages_moved(
    words: list[Chars], lengths: Sequence[int], rng: random.Random
) -> tuple[list[Chars], list[tuple[int, int]]]:
    """Passages of so many tokens, each cut from one stretch of the text and put into another.

    The text is parted into twice as many stretches as there are passages, so that no
    two passages, and no passage and its new place, come near each other.
    """
    if not lengths:
        return words, []
    size = len(words) // (2 * len(lengths))
    stretches = rng.sample(range(2 * len(lengths)), 2 * len(lengths))
    put: dict[int, list[Chars]] = {}
    cut: set[int] = set()
    spans: list[tuple[int, int]] = []
    for length in lengths:
        start = stretches.pop() * size + rng.randrange(size - length)
        end = _after(words, start, length)
        known = [at for word in words[start:end] for _, at in word if at != NOWHERE]
        spans.append((min(known), max(known) + 1))
        cut.update(range(start, end))
        put[stretches.pop() * size + rng.randrange(size)] = words[start:end]
    out: list[Chars] = []
    for n, word in enumerate(words):
        out += put.get(n, [])
        if n not in cut:
            out.append(word)
    return out, spans


def _after(words: Sequence[Chars], start: int, tokens: int) -> int:
    """Where a passage of at least so many tokens from *start* ends."""
    end = start
    while tokens > 0:
        tokens -= len(regex.findall(r"\w+|[^\w\s]", "".join(c for c, _ in words[end])))
        end += 1
    return end


def _set(words: Sequence[Chars], noise: Noise, rng: random.Random) -> Chars:
    """The words in lines and pages: long ones broken at a line's end, a head on every page."""
    out: Chars = []
    room, lines = noise.width, 0
    for word in words:
        solid = [pair for pair in word if not pair[0].isspace()]
        if solid and len(solid) > room:
            cut = len(solid) // 2
            if len(solid) > 6 and cut < room and all(c.isalpha() for c, _ in solid[: cut + 1]):
                out += [*word[:cut], ("-", NOWHERE)]
                word = word[cut:]
            _trim(out)
            out.append(("\n", NOWHERE))
            room, lines = noise.width, lines + 1
            if lines % LINES == 0:
                out += _head(lines // LINES + 1, noise.characters, rng)
        out += word
        room = noise.width if any(c == "\n" for c, _ in word) else room - len(word)
    return out


def _trim(chars: Chars) -> None:
    while chars and chars[-1][0] == " ":
        chars.pop()


def _head(page: int, share: float, rng: random.Random) -> Chars:
    """A page number and a running head, misread like the rest."""
    lines: Chars = [(char, NOWHERE) for char in f"- {page} -\n{HEAD}\n"]
    return _misread(lines, share, rng)
