"""Order is not noise: passages that the copy has elsewhere are put back before letters are counted.

Two turns read in the wrong order cost a distance as much as both turns, though
no letter is wrong.  So the copy is compared twice: as it stands, and with every
passage that stands elsewhere put where the truth has it::

    truth    A A A A   B B B B   C C C C         as it stands   8 edits: order and text
    copy     B B B B   A A a A   C C C C         put back       1 edit:  the text alone

What lies off the script that turns one into the other is searched for n-grams
that occur once there on either side; those that rise together are a passage.
Putting back is done only if it makes the distance smaller, so the error of the
text is never more than the error of both.  (Turn of a page, columns read
across, a displaced line: the same thing at three sizes.)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import frozen
from rapidfuzz.distance import Levenshtein

from variorum.ocr.distance import Edits, edits
from variorum.text import Span

__all__ = ["Ordered", "Passage", "doubtful", "put_back"]

GRAMS = (10, 10, 7, 7)
"""Letters of an n-gram, round by round.  At 10 % noise a third of ten letters are whole, and few
occur twice by chance; of seven letters half are whole, for what is left then."""

LEAST = 24
"""Letters of the shortest passage: half a line; shorter ones are as often a formula."""

SLACK = 8
"""Letters that noise may shift two n-grams of one passage against each other, and …"""

REACH = 120
"""… letters that may lie between them: two lines in which no n-gram is whole."""

DROP = 5
"""What growing may lose before it ends: two letters changed in a row, or three of four (as in
local alignment, Altschul et al. 1990)."""

DENSE = 12
"""Edits within ``LEAST`` letters that no noise makes which leaves a text readable: half of them."""

MARGIN = 48
"""Letters around such a place that may belong to the passage: two unlike texts have runs alike."""

ALIKE = 0.5
"""Share of letters that a passage has in common with what renders it; unlike texts have a third."""

SETTLED = 12
"""Letters alike in a row that show the script to be right there.  Two passages that begin alike
("Comrade …") would take the beginning of one for that of the other, so passages are sought twice,
with and without letters that are settled, and what leaves fewer edits is kept."""

LONG = 4_000
"""Letters of a passage that needs no such proof."""


@frozen(order=True)
class Passage:
    """Letters of the truth and the letters of the copy that render them elsewhere."""

    truth: Span
    copy: Span


@frozen
class Ordered:
    """The copy with its moved passages put back.

    ``pieces`` are stretches of the copy (letters) in the order of the truth;
    read one after the other they hold every letter of the copy once.
    """

    text: str
    edits: Edits
    pieces: tuple[Span, ...]
    passages: tuple[Passage, ...] = ()


def put_back(truth: str, copy: str, whole: Edits) -> Ordered:
    """*copy* in the order of *truth*; *whole* is the way from one to the other as they stand."""
    if not _loose(whole):
        return Ordered(copy, whole, (Span(0, len(copy)),))
    ways = (_put_back(truth, copy, whole, greedy=greedy) for greedy in (True, False))
    return min(ways, key=lambda ordered: len(ordered.edits))


def doubtful(told: Ordered) -> int:
    """Letters, at most, that may be out of order though nothing was found to put back.

    Where the copy has long stretches of nothing in the truth, and lacks as many,
    they may be the same ones, too worn or too short to be known again.
    """
    stretches = [truth for truth, _ in _loose(told.edits)]
    starts = [span.start for span in stretches]
    lacks = extra = 0
    for tag, i, _ in told.edits.ops:
        number = bisect_right(starts, i) - 1
        if number >= 0 and i <= stretches[number].end:
            lacks += tag != "insert"
            extra += tag != "delete"
    return min(lacks, extra)


def _put_back(truth: str, copy: str, whole: Edits, *, greedy: bool) -> Ordered:
    """The same; *greedy* passages take along letters that the script has right."""
    best = Ordered(copy, whole, (Span(0, len(copy)),))
    for gram in GRAMS:  # what is put back may uncover more
        here = _Settled() if greedy else _Settled.of(best.edits)
        found = _passages(truth, best, here, gram)
        tried = _moved(truth, best, found) if found else best
        if len(tried.edits) < len(best.edits):
            best = tried
    return best


def _moved(truth: str, best: Ordered, found: Sequence[Passage]) -> Ordered:
    """The copy with the passages *found* put back as well."""
    pieces = list(_pieces(truth, best.text, found))
    text = _spelled(best.text, pieces)
    passages = (*best.passages, *(_passage_as_read(p, best) for p in found))
    way = edits(truth, text)
    return Ordered(text, way, tuple(_composed(pieces, best.pieces)), tuple(sorted(passages)))


def _passages(truth: str, best: Ordered, here: _Settled, gram: int) -> list[Passage]:
    """Passages that lie off the script, the longest first choice, none overlapping another."""
    copy, way = best.text, best.edits
    loose = _loose(way)
    if not loose:
        return []
    of_truth = _grams(truth, [span for span, _ in loose], here.truth, gram)
    of_copy = _grams(copy, [span for _, span in loose], here.copy, gram)
    seeds = sorted((i, of_copy[gram]) for gram, i in of_truth.items() if gram in of_copy)
    there = _Map(way)
    found = [
        passage
        for passage in _chains(seeds, truth, copy, here)
        if _elsewhere(passage, there) and _alike(passage, truth, copy)
    ]
    kept: list[Passage] = []
    for passage in sorted(found, key=lambda p: (-len(p.truth), p)):
        free = _beside(passage, kept)
        if free and min(len(free.truth), len(free.copy)) >= LEAST:
            kept.append(free)
    return sorted(kept)


@frozen
class _Runs:
    """Runs of letters of one text that the script has right: their first letters and their ends."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def hold(self, letter: int) -> bool:
        """Whether *letter* is in one."""
        number = bisect_right(self.starts, letter) - 1
        return number >= 0 and letter < self.ends[number]


@frozen
class _Settled:
    """What the script has right, on either side."""

    truth: _Runs = _Runs()
    copy: _Runs = _Runs()

    @classmethod
    def of(cls, way: Edits) -> _Settled:
        """The long runs between the edits of a script."""
        corners = [(0, 0)]
        for tag, i, j in way.ops:
            corners += [(i, j), (i + (tag != "insert"), j + (tag != "delete"))]
        corners.append(way.lengths)
        runs = [
            (a, b)
            for a, b in zip(corners[::2], corners[1::2], strict=True)
            if b[0] - a[0] >= SETTLED
        ]
        return cls(
            _Runs(tuple(a[0] for a, _ in runs), tuple(b[0] for _, b in runs)),
            _Runs(tuple(a[1] for a, _ in runs), tuple(b[1] for _, b in runs)),
        )


def _alike(passage: Passage, truth: str, copy: str) -> bool:
    """Whether the two sides are one text; a chain longer than a page is none by chance."""
    if len(passage.truth) > LONG:
        return True
    a, b = passage.truth.of(truth), passage.copy.of(copy)
    return Levenshtein.normalized_similarity(a, b) >= ALIKE


def _beside(passage: Passage, kept: Sequence[Passage]) -> Passage | None:
    """What is left of a passage beside those that were chosen before it.

    Two neighbours both grow over the letters that happen to be alike at their
    joint; the later one gives them up, as many on either side.
    """
    for other in kept:
        truth, copy = passage.truth, passage.copy
        if not (truth.overlaps(other.truth) or copy.overlaps(other.copy)):
            continue
        head = max(_over(other.truth, truth.start, truth), _over(other.copy, copy.start, copy))
        tail = max(_under(other.truth, truth.end, truth), _under(other.copy, copy.end, copy))
        if head + tail >= min(len(truth), len(copy)):
            return None
        passage = Passage(
            Span(truth.start + head, truth.end - tail), Span(copy.start + head, copy.end - tail)
        )
    return passage


def _over(other: Span, start: int, own: Span) -> int:
    """How many letters of *own* lie under the end of *other*."""
    return other.end - start if other.start <= start < other.end and own.overlaps(other) else 0


def _under(other: Span, end: int, own: Span) -> int:
    """How many letters of *own* lie under the beginning of *other*."""
    return end - other.start if other.start < end <= other.end and own.overlaps(other) else 0


def _loose(way: Edits) -> list[tuple[Span, Span]]:
    """Stretches in which the script has edits as dense as where nothing corresponds.

    A moved passage is missing in one place and too many in another, and there
    the script can but delete, insert, or match by chance.
    """
    dense = zip(way.ops, way.ops[DENSE - 1 :], strict=False)
    windows = (
        (first, last)
        for first, last in dense
        if max(last[1] - first[1], last[2] - first[2]) < LEAST
    )
    found: list[tuple[Span, Span]] = []
    for (_, i, j), (_, k, m) in windows:
        truth = Span(max(0, i - MARGIN), min(way.lengths[0], k + MARGIN))
        copy = Span(max(0, j - MARGIN), min(way.lengths[1], m + MARGIN))
        if found and truth.start <= found[-1][0].end and copy.start <= found[-1][1].end:
            before = found.pop()
            truth = Span(before[0].start, max(before[0].end, truth.end))
            copy = Span(before[1].start, max(before[1].end, copy.end))
        found.append((truth, copy))
    return found


def _grams(text: str, spans: Sequence[Span], settled: _Runs, size: int) -> dict[str, int]:
    """The n-grams that begin in *spans*, not in what is settled, and occur there once."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for span in spans:
        for at in range(span.start, min(span.end, len(text) - size + 1)):
            if settled.hold(at):
                continue
            gram = text[at : at + size]
            if gram in found:
                twice.add(gram)
            found[gram] = at
    return {gram: at for gram, at in found.items() if gram not in twice}


def _chains(
    seeds: Sequence[tuple[int, int]], truth: str, copy: str, here: _Settled
) -> Iterator[Passage]:
    """Seeds that rise together, each chain grown over letters alike at its ends."""
    chain: list[tuple[int, int]] = []
    for seed in [*seeds, (-1, -1)]:
        if chain and not _follows(chain[-1], seed):
            yield from _grown(chain, truth, copy, here)
            chain = []
        chain.append(seed)


def _follows(before: tuple[int, int], after: tuple[int, int]) -> bool:
    down, along = after[0] - before[0], after[1] - before[1]
    near = 0 < down <= REACH and 0 < along <= REACH + SLACK
    return near and abs(down - along) <= SLACK


def _grown(
    chain: Sequence[tuple[int, int]], truth: str, copy: str, here: _Settled
) -> Iterator[Passage]:
    """The passage that a chain is the middle of, grown past letters that noise has changed."""

    def alike(i: int, j: int) -> bool | None:
        if not (0 <= i < len(truth) and 0 <= j < len(copy)):
            return None
        return None if here.truth.hold(i) or here.copy.hold(j) else truth[i] == copy[j]

    (i, j), (k, m) = chain[0], chain[-1]
    head = _reach(lambda step: alike(i - 1 - step, j - 1 - step))
    tail = _reach(lambda step: alike(k + step, m + step))
    passage = Passage(Span(i - head, k + tail), Span(j - head, m + tail))
    if min(len(passage.truth), len(passage.copy)) >= LEAST:
        yield passage


def _reach(alike: Callable[[int], bool | None]) -> int:
    """How many letters on the best stretch ends: each alike gains one, each other loses two."""
    best = score = reached = step = 0
    while score > best - DROP and (same := alike(step)) is not None:
        step += 1
        score += 1 if same else -2
        if score > best:
            best, reached = score, step
    return reached


class _Map:
    """Where the script has each letter of the truth in the copy."""

    def __init__(self, way: Edits) -> None:
        self.at = [i for _, i, _ in way.ops]
        self.ops = way.ops
        self.lengths = way.lengths

    def copy(self, letter: int) -> int:
        """The letter of the copy that stands for *letter*, or before which it is missing."""
        number = bisect_right(self.at, letter)
        if not number:
            return letter
        tag, i, j = self.ops[number - 1]
        if tag != "insert" and i == letter:
            return j
        return j + (tag != "delete") + letter - i - (tag != "insert")


def _elsewhere(passage: Passage, here: _Map) -> bool:
    """Whether the script has less than half of the passage where the passage is."""
    inside = [
        letter
        for letter in range(passage.truth.start, passage.truth.end, 4)
        if abs(here.copy(letter) - passage.copy.start - (letter - passage.truth.start)) <= SLACK
    ]
    return 2 * len(inside) * 4 < len(passage.truth)


def _pieces(truth: str, copy: str, found: Sequence[Passage]) -> Iterator[Span]:
    """The copy cut up: what stays, with each passage where the truth has it.

    Where that is, the two texts say without the passages: with them, the
    script goes astray just there.
    """
    rest = list(_left(len(copy), sorted(p.copy for p in found)))
    kept = list(_left(len(truth), sorted(p.truth for p in found)))
    here = _Map(edits(_spelled(truth, kept), _spelled(copy, rest)))
    at = before = 0
    for passage in found:  # in the order of the truth
        target = max(at, here.copy(passage.truth.start - before))
        yield from _composed([Span(at, target)], rest)
        yield passage.copy
        at, before = target, before + len(passage.truth)
    yield from _composed([Span(at, sum(map(len, rest)))], rest)


def _left(length: int, taken: Sequence[Span]) -> Iterator[Span]:
    """What of a text of *length* letters is in none of the spans *taken*."""
    for before, after in pairwise([Span(0, 0), *taken, Span(length, length)]):
        if before.end < after.start:
            yield Span(before.end, after.start)


def _spelled(text: str, pieces: Iterable[Span]) -> str:
    return "".join(span.of(text) for span in pieces)


def _composed(pieces: Sequence[Span], under: Sequence[Span]) -> Iterator[Span]:
    """*pieces* of a text that is itself made of the pieces *under*, as pieces of the first."""
    starts = [0]
    for piece in under:
        starts.append(starts[-1] + len(piece))
    for piece in pieces:
        first = bisect_right(starts, piece.start) - 1
        for number in range(first, len(under)):
            low = max(piece.start, starts[number])
            high = min(piece.end, starts[number + 1])
            if low >= high:
                break
            shift = under[number].start - starts[number]
            yield Span(low + shift, high + shift)


def _passage_as_read(passage: Passage, best: Ordered) -> Passage:
    """The passage with its place in the copy as it was before anything was put back."""
    spans = list(_composed([passage.copy], best.pieces))
    return Passage(passage.truth, max(spans, key=len))
