"""How good: synthetic copies of a text, the gold collations, the hard cases."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import synthetic
from benchmarks.score import columns_of, f1, pairs_of, scores
from variorum.aligners.same_language import align
from variorum.collation import NOTHING, Collation
from variorum.edition import Settings, normalised
from variorum.multiple import collate
from variorum.readers import read_path
from variorum.rules import Context, apply, recipe
from variorum.text import Derived, Span, Text
from variorum.tokens import Tokens, tokenise
from variorum.turns import Division, divide
from variorum.witness import Description, Role, Witness

__all__ = ["alignment", "gold", "minutes", "moves", "order", "tokens_of", "turns"]

ROOT = Path(__file__).parent.parent
SEEDS = range(3)


def minutes() -> str:
    """The turns of W as plain text, a blank line between paragraphs."""
    path = ROOT / "witnesses" / "hoxha-choe-1959" / "W.txt"
    (witness,) = read_path(path, path.name)
    derived = apply(recipe("archive-english"), witness.text.chars, Context("en"))
    division = divide(derived)
    kept = [s.span.of(witness.text.chars) for s in division.stretches if s.role in _SPEECH]
    lines = (" ".join(line.split()) for line in "".join(kept).split("\n"))
    return "\n\n".join(line for line in lines if line)


_SPEECH = frozenset([Role.TURN, Role.STAGE])


def prepared(text: str) -> tuple[Derived, Division, Tokens]:
    """A copy after the recipe for OCR copies, divided and cut into tokens."""
    derived = apply(recipe("ocr-english"), text, Context("en"))
    division = divide(derived)
    return derived, division, tokenise(derived, division.furniture())


def origins(copy: synthetic.Copy, tokens: Tokens) -> list[int]:
    """For each token the source token it stands for: by most of its characters, else -1."""
    out = []
    for index in range(len(tokens)):
        found = [copy.origin[at] for s in tokens.spans(index) for at in range(s.start, s.end)]
        known = [at for at in found if at >= 0]
        out.append(known[len(known) // 2] if len(known) * 2 > len(found) else -1)
    return out


def source_tokens(text: str) -> tuple[list[int], Tokens]:
    """The source's token for each of its characters."""
    tokens = prepared(text)[2]
    of_char = [-1] * len(text)
    for index in range(len(tokens)):
        span = tokens.outer(index)
        of_char[span.start : span.end] = [index] * len(span)
    return of_char, tokens


def tokens_of(words: Sequence[str]) -> Tokens:
    """Ready-made tokens: words joined by spaces."""
    ends = np.cumsum([len(word) + 1 for word in words], dtype=np.int32) - 1
    starts = ends - np.array([len(word) for word in words], dtype=np.int32)
    return Tokens(" ".join(words), starts, ends, tuple(words))


def _collated(
    text: str, copies: Sequence[synthetic.Copy]
) -> tuple[Collation, dict[str, list[int]], dict[str, Division]]:
    """The copies through the whole road up to the collation, no turns and no speakers given."""
    of_char, _ = source_tokens(text)
    witnesses = [
        Witness(f"W{number:02d}", Text(copy.text), description=Description(language="en"))
        for number, copy in enumerate(copies)
    ]
    recipes = {witness.siglum: recipe("ocr-english") for witness in witnesses}
    derived, divisions = normalised(Settings("", "W00", recipes), witnesses)
    tokens, truth = {}, {}
    for witness, copy in zip(witnesses, copies, strict=True):
        siglum = witness.siglum
        tokens[siglum] = tokenise(derived[siglum], divisions[siglum].furniture())
        truth[siglum] = [of_char[at] if at >= 0 else -1 for at in origins(copy, tokens[siglum])]
    return collate(tokens), truth, divisions


def alignment(text: str, characters: float, words: float, k: int) -> float:
    """All-pairs aligned-token F1 of k copies with lost labels, headers and line-end hyphens."""
    true = false = missed = 0
    for seed in SEEDS:
        noises = [
            synthetic.Noise(characters, words, labels=n % 2 == 1, headers=310 + n, hyphens=0.05)
            for n in range(k)
        ]
        collation, truth, _ = _collated(text, synthetic.copies(text, noises, seed))
        columns = columns_of(collation)
        for a, b in combinations(collation.sigla, 2):
            gold = _gold_pairs(truth[a], truth[b])
            found = pairs_of(columns[a], columns[b])
            both = len(gold & found)
            true, false, missed = true + both, false + len(found) - both, missed + len(gold) - both
    return f1(true, false, missed)


def _gold_pairs(a: Sequence[int], b: Sequence[int]) -> set[tuple[int, int]]:
    """Tokens that stand for one source token; of several the first."""
    first: dict[int, int] = {}
    for j, token in enumerate(b):
        if token >= 0:
            first.setdefault(token, j)
    out: dict[int, tuple[int, int]] = {}
    for i, token in enumerate(a):
        if token in first:
            out.setdefault(token, (i, first[token]))
    return set(out.values())


def turns(text: str, k: int = 4) -> float:
    """Tokens in the right turn: one witness with labels, the others without, 6 % of turns moved."""
    right = total = 0
    bounds = synthetic.turns_of(text)
    starts = np.array([start for start, _ in bounds])
    for seed in SEEDS:
        noises = [synthetic.Noise(0.03, 0.02)] + [
            synthetic.Noise(0.03, 0.02, labels=True, moved=0.06) for _ in range(k - 1)
        ]
        copies = synthetic.copies(text, noises, seed)
        collation, _, divisions = _collated(text, copies)
        beads = [b for b in align(collation, base="W00", divisions=divisions) if b.turn is not None]
        source = {
            b.id: _source_turn(b.witnesses["W00"], copies[0], starts)
            for b in beads
            if "W00" in b.witnesses
        }
        for row, siglum in enumerate(collation.sigla[1:], 1):
            tokens = collation.tokens[row]
            place = {s: source.get(b.id) for b in beads for s in b.witnesses.get(siglum, ())}
            spans = sorted(place)
            edges = np.array([span.start for span in spans])
            for index, origin in enumerate(origins(copies[row], tokens)):
                if origin < 0:
                    continue
                at = int(tokens.starts[index])
                span = spans[max(0, int(np.searchsorted(edges, at, side="right")) - 1)]
                wanted = int(np.searchsorted(starts, origin, side="right"))
                right += span.start <= at < span.end and place[span] == wanted
                total += 1
    return right / total


def _source_turn(spans: Sequence[Span], copy: synthetic.Copy, starts: NDArray[np.int64]) -> int:
    """The turn of the source that most of a bead's words in the frame come from."""
    found = Counter(
        int(np.searchsorted(starts, at, side="right"))
        for span in spans
        for at in copy.origin[span.start : span.end]
        if at >= 0
    )
    return found.most_common(1)[0][0] if found else 0


LENGTHS = (8, 10, 12, 16, 24, 40, 80)


def moves(text: str, k: int = 4, seeds: int = 10) -> tuple[float, float, int]:
    """Precision and recall of moves of 8 and more words at 3 % noise; moves invented."""
    hits = found = wanted = invented = 0
    for seed in range(seeds):
        plain = [synthetic.Noise(0.03, 0.02) for _ in range(k)]
        moved = [*plain[:-1], synthetic.Noise(0.03, 0.02, passages=LENGTHS)]
        copies = synthetic.copies(text, moved, seed)
        collation, _, _ = _collated(text, copies)
        left = list(copies[-1].moved)
        wanted += len(left)
        for move in collation.moves:
            own = _own_span(collation, move, copies[-1])
            found += 1
            hit = next((s for s in left if _shares(own, s)), None)
            if hit is not None:
                left.remove(hit)
                hits += 1
        invented += len(_collated(text, synthetic.copies(text, plain, 1000 + seed))[0].moves)
    return hits / max(1, found), hits / wanted, invented


def _own_span(collation: Collation, move: object, copy: synthetic.Copy) -> tuple[int, int]:
    """The source characters of the moved words, from the copy that moved them."""
    from variorum.moves import Move

    assert isinstance(move, Move)
    row = len(collation.sigla) - 1
    found = []
    for pair in move.links:
        for column in pair:
            index = int(collation.table[column, row])
            if index != NOTHING:
                span = collation.tokens[row].outer(index)
                found += [at for at in copy.origin[span.start : span.end] if at >= 0]
    return (min(found), max(found) + 1) if found else (0, 0)


def _shares(found: tuple[int, int], wanted: tuple[int, int]) -> bool:
    """Whether two spans share at least half of either."""
    both = min(found[1], wanted[1]) - max(found[0], wanted[0])
    return both * 2 >= max(found[1] - found[0], wanted[1] - wanted[0])


def gold(path: Path) -> tuple[float, float, float]:
    """F1, VAR-F1 and TC on a gold collation."""
    told = json.loads(path.read_text(encoding="utf-8"))
    words: dict[str, list[str]] = told["witnesses"]
    collation = collate({siglum: tokens_of(row) for siglum, row in words.items()})
    return scores(words, told["gold"], columns_of(collation))


def order(path: Path, shuffles: int = 5) -> bool:
    """Whether the witnesses of a gold collation give one table in every order tried."""
    import random

    words: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))["witnesses"]
    tables = Counter()
    for seed in range(shuffles):
        sigla = list(words)
        random.Random(seed).shuffle(sigla)
        table = collate({siglum: tokens_of(words[siglum]) for siglum in sigla}).table
        tables[table.tobytes()] += 1
    return len(tables) == 1
