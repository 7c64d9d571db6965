"""Two texts aligned by hand, with everything the facing page has to show."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.aligners import Link, Pair, Parallel, Passage, Sentence, Side, Word
from variorum.review import Finding
from variorum.sentences import words
from variorum.text import Span
from variorum.witness import Role

__all__ = ["finding", "large", "linked", "side", "specimen"]


def side(language: str, turns: Sequence[tuple[Passage, Sequence[str]]], file: str = "") -> Side:
    """A side whose text as read is its sentences, with a line break between them."""
    found: list[Sentence] = []
    at = 0
    for number, (_, texts) in enumerate(turns):
        for text in texts:
            inside = tuple(Word(w, Span(at + w.start, at + w.end)) for w in words(text))
            found.append(Sentence(Span(at, at + len(text)), text, number, inside))
            at += len(text) + 1
    passages = tuple(passage for passage, _ in turns)
    return Side(file or f"{language}.txt", language, tuple(found), passages)


def linked(
    source: Side, target: Side, ours: Sequence[int], theirs: Sequence[int], *pairs: tuple[int, int]
) -> tuple[Link, ...]:
    """Links of words by their numbers among those of the sentences named."""
    here = [word for n in ours for word in source.sentences[n].words]
    there = [word for n in theirs for word in target.sentences[n].words]
    return tuple(Link(here[s].span, there[t].span) for s, t in pairs)


def finding(
    kind: str,
    pair: int,
    source: Sequence[Span] = (),
    target: Sequence[Span] = (),
    *,
    weight: float = 0.5,
) -> Finding:
    """A finding with an id from what it is."""
    name = f"{kind}{pair}{[s.start for s in (*source, *target)]}"
    said = f"The {kind} of bead {pair} asks for an editor."
    return Finding(name, kind, pair, tuple(source), tuple(target), said, {"seen": pair}, weight)


HOXHA, CHOE = Passage(Role.TURN, "shoku-enver-hoxha"), Passage(Role.TURN, "shoku-çoe-jong-gon")
COMRADE, GUEST = Passage(Role.TURN, "comrade-enver-hoxha"), Passage(Role.TURN, "comrade-choe")


def specimen() -> tuple[Parallel, tuple[Finding, ...]]:
    """Eight beads: one to one, one to two, left out, added, moved, locked, and of low confidence.

    The third turn of the source begins with a sentence that is not translated.
    """
    source = side(
        "sq",
        [
            (Passage(Role.DATELINE), ["6 qershor 1959"]),
            (HOXHA, ["Jemi të lumtur që ju presim.", "Populli ynë punon mirë dhe ju do."]),
            (CHOE, ["Faleminderit.", "Ata janë 15 shokë.", "Partia është e fortë."]),
        ],
    )
    target = side(
        "en",
        [
            (Passage(Role.DATELINE), ["June 6, 1959"]),
            (COMRADE, ["We are happy to receive you.", "Our people work well.", "They love you."]),
            (GUEST, ["The Party is strong.", "They are 16 comrades.", "(laughter)"]),
        ],
    )
    pairs = (
        Pair((0,), (0,), 0.97, words=linked(source, target, [0], [0], (0, 1), (1, 0), (2, 2))),
        Pair((1,), (1,), 0.93, words=linked(source, target, [1], [1], (0, 0), (0, 1), (2, 2))),
        Pair((2,), (2, 3), 0.81, words=linked(source, target, [2], [2, 3], (0, 1), (2, 2), (6, 5))),
        Pair((3,), (), 0.0),
        Pair((4,), (5,), 0.31, words=linked(source, target, [4], [5], (2, 2), (3, 3))),
        Pair((5,), (4,), 0.66, move=True, words=linked(source, target, [5], [4], (0, 1))),
        Pair((), (6,), 0.7, locked=True),
    )
    turns = (Pair((0,), (0,), 1.0), Pair((1,), (1,), 1.0), Pair((2,), (2,), 1.0))
    number = (source.sentences[4].words[2].span, target.sentences[5].words[2].span)
    findings = (
        finding("omission", 3, [source.sentences[3].span], weight=0.6),
        finding("number", 4, number[:1], number[1:], weight=0.9),
        finding("name", 4, [source.sentences[4].words[3].span], weight=0.2),
        finding("numeral style", 4, [number[0]], weight=0.1),
    )
    return Parallel(source, target, pairs, turns, {"id": "0123456789abcdef"}), findings


def large(sentences: int, words_each: int = 15) -> tuple[Parallel, tuple[Finding, ...]]:
    """Turns of three sentences, each word linked with its counterpart; a finding in every tenth."""
    each = {
        key: [
            " ".join(_word(key, n * 7 + i) for i in range(words_each)) + "."
            for n in range(sentences)
        ]
        for key in ("s", "t")
    }
    sides = [
        side(
            language,
            [((HOXHA, CHOE)[at // 3 % 2], each[key][at : at + 3]) for at in range(0, sentences, 3)],
        )
        for language, key in (("sq", "s"), ("en", "t"))
    ]
    source, target = sides
    pairs = tuple(
        Pair((n,), (n,), (n % 100) / 100, words=tuple(map(_link, s.words, t.words)))
        for n, (s, t) in enumerate(zip(source.sentences, target.sentences, strict=True))
    )
    turns = tuple(Pair((n,), (n,), 1.0) for n in range(len(source.passages)))
    findings = tuple(
        finding(f"kind {n % 7}", n, [source.sentences[n].words[2].span], weight=(n % 50) / 50)
        for n in range(0, sentences, 10)
    )
    return Parallel(source, target, pairs, turns, {"id": "large"}), findings


def _word(key: str, number: int) -> str:
    """A word of four to eight letters, which a number decides."""
    letters = "aeioulmnrt"
    return key + "".join(letters[int(d)] for d in f"{number % 997:03}") + "ovun"[: number % 5]


def _link(source: Word, target: Word) -> Link:
    return Link(source.span, target.span)
