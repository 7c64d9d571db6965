"""Noisy copies of a text that remember, character by character, where they came from.

A copy is made of the source's words with word changes, then character noise, then what pages do
to a text: labels are lost, headers stand in the middle, words are broken at line ends, turns are
moved.  Each character keeps the offset of the source character it stands for, or -1::

    source   t h e   c o u n t r y          offsets 0 1 2 3 4 5 6 7 8 9 10
    copy     t l i e   c o u n - ⏎ t r y    0 1 1 2 3 4 5 6 7 -1 -1 8 9 10
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import regex
from attrs import frozen

__all__ = ["Copy", "Noise", "copies", "turns_of"]

CONFUSED = {
    "a": "eo", "e": "co", "o": "ce", "c": "e", "s": "ae", "l": "i1", "i": "l1", "n": "u", "u": "n",
    "h": "b", "b": "h", "t": "f", "f": "t", "r": "n", "v": "y", "y": "v", "g": "q", "I": "l",
    "O": "0", "S": "5", "B": "8", ".": ",", ",": ".", ":": ";", "’": "'", "1": "l", "0": "O",
}  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LABEL = regex.compile(r"^[^:\n]{3,40}: ")


@frozen
class Noise:
    """How a copy departs from its source; shares are 0 to 1."""

    characters: float
    words: float
    labels: bool = False  # lose them all
    headers: int = 0  # a header line every so many words
    hyphens: float = 0.0  # share of long words broken at a line's end
    moved: float = 0.0  # share of turns moved
    passages: tuple[int, ...] = ()  # lengths in words of passages moved


@frozen
class Copy:
    """The text of a copy, and for each character the source offset it stands for, or -1."""

    text: str
    origin: tuple[int, ...]
    moved: tuple[tuple[int, int], ...] = ()  # source spans of moved passages


Word = list[tuple[str, int]]


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
    words = [m.group() for m in regex.finditer(r"\p{L}+", text)]
    turns = [_turn(text, span, noise, words, rng) for span in turns_of(text)]
    turns, moved = _moved_turns(turns, turns_of(text), noise, rng)
    flat = [word for turn in turns for word in turn]
    flat, passages = _moved_passages(flat, noise, rng)
    out: list[tuple[str, int]] = []
    for number, word in enumerate(flat):
        if noise.headers and number and number % noise.headers == 0:
            header = f"\n- {number // noise.headers + 1} -\nMinutes of a conversation 1959\n"
            out += [(char, -1) for char in header]
        out += word
    chars = "".join(char for char, _ in out)
    return Copy(chars, tuple(at for _, at in out), (*moved, *passages))


def _turn(
    text: str, span: tuple[int, int], noise: Noise, words: Sequence[str], rng: random.Random
) -> list[Word]:
    start, end = span
    if noise.labels and (label := LABEL.match(text[start:end])):
        start += label.end()
    out: list[Word] = []
    for match in regex.finditer(r"\S+\s*", text[start:end]):
        word = [(char, start + match.start() + n) for n, char in enumerate(match.group())]
        out += _changed(word, noise, words, rng)
    out.append([("\n", -1), ("\n", -1)])
    return out


def _changed(word: Word, noise: Noise, words: Sequence[str], rng: random.Random) -> list[Word]:
    """A word substituted, left out or joined by another, then noise and a line's end."""
    lot = rng.random()
    letters = [n for n, (char, _) in enumerate(word) if char.isalpha()]
    if letters and lot < noise.words / 2:
        first, last = letters[0], letters[-1] + 1
        at = word[first][1]
        other = [(char, at) for char in rng.choice(words)]
        word = [*word[:first], *other, *word[last:]]
    elif lot < noise.words * 3 / 4 and letters:
        return []
    elif lot < noise.words:
        added = [(char, -1) for char in rng.choice(words) + " "]
        return [added, _noisy(word, noise, rng)]
    return [_noisy(word, noise, rng)]


def _noisy(word: Word, noise: Noise, rng: random.Random) -> Word:
    out: Word = []
    for char, at in word:
        if char.isspace() or rng.random() >= noise.characters:
            out.append((char, at))
            continue
        lot = rng.random()
        if lot < 0.8:
            out.append((rng.choice(CONFUSED.get(char, LETTERS)), at))
        elif lot < 0.9:
            out += [(char, at), (rng.choice(LETTERS), at)]
    letters = [n for n, (char, _) in enumerate(out) if char.isalpha()]
    if len(letters) > 6 and rng.random() < noise.hyphens:
        cut = letters[len(letters) // 2]
        out[cut:cut] = [("-", -1), ("\n", -1)]
    return out or word


def _moved_turns(
    turns: list[list[Word]], spans: Sequence[tuple[int, int]], noise: Noise, rng: random.Random
) -> tuple[list[list[Word]], list[tuple[int, int]]]:
    count = round(noise.moved * len(turns))
    chosen = sorted(rng.sample(range(len(turns)), count))
    rest = [turn for n, turn in enumerate(turns) if n not in chosen]
    for number in chosen:
        rest.insert(rng.randrange(len(rest) + 1), turns[number])
    return rest, [spans[number] for number in chosen]


def _moved_passages(
    words: list[Word], noise: Noise, rng: random.Random
) -> tuple[list[Word], list[tuple[int, int]]]:
    """Passages of given lengths cut from stretches of their own and put into others."""
    if not noise.passages:
        return words, []
    size = len(words) // (2 * len(noise.passages))
    slots = [n * size for n in range(2 * len(noise.passages))]
    rng.shuffle(slots)
    cuts, places, spans = [], [], []
    for length in noise.passages:
        start = slots.pop() + rng.randrange(max(1, size - length))
        piece = words[start : start + length]
        known = [at for word in piece for _, at in word if at >= 0]
        spans.append((min(known), max(known) + 1))
        cuts.append((start, start + length))
        places.append((slots.pop() + rng.randrange(size), piece))
    out: list[Word] = []
    for n, word in enumerate(words):
        for place, piece in places:
            out += piece if place == n else []
        if not any(a <= n < b for a, b in cuts):
            out.append(word)
    return out, spans
