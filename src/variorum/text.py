"""Stand-off text: nothing that normalisation changes is lost.

A ``Derived`` text remembers how each stretch of it arose from its base.  The
base is a witness's text as read, the result is what is compared, and *runs*
tile both sides without gap or overlap::

    base     t h e   c o u n - ⏎ t r y   ’ s
             ─────────────────┬─────┬────┬─┬─
             kept             │ cut │kept│'│kept      "cut" names line-end-hyphens,
             ─────────────────┴─────┴────┴─┴─         "'" names quotes
    result   t h e   c o u n t r y   ' s

Offsets are Unicode code points, end exclusive, everywhere in the package.

Rules are folded in one fixed direction, base outward: ``Derived.then(edits)``.
Folding two already derived texts into one is not associative (zero-width runs
admit two bracketings), so it is not offered.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from attrs import field, frozen

from variorum.errors import TextError

__all__ = ["Derived", "Edit", "Run", "Span", "Text", "digest"]


def digest(data: bytes | str) -> str:
    """The SHA-256 of *data* (text as UTF-8, surrogates kept) in hexadecimal."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest()


@frozen(order=True)
class Span:
    """A stretch of a text: code points from ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise TextError(f"a span cannot run from {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of *text* that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether *other* lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


@frozen
class Text:
    """Immutable characters with a digest: a witness's text as read."""

    chars: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the characters in UTF-8, hexadecimal: the *revision*."""
        return digest(self.chars)

    def __len__(self) -> int:
        return len(self.chars)


@frozen
class Edit:
    """One replacement: the characters of ``span`` become ``replacement``.

    ``note`` is what the rule has to say for itself ("attested in W").
    """

    span: Span
    replacement: str
    note: str = ""


@frozen
class Run:
    """One stretch of a base text and what became of it."""

    base: Span
    result: Span
    rules: tuple[str, ...] = ()  # empty: kept as it was
    notes: tuple[str, ...] = ()  # what those rules said for themselves

    @property
    def kept(self) -> bool:
        """Whether the characters are the same on both sides."""
        return not self.rules


@frozen
class Derived:
    """A base text, the result of some rules, and the runs that tie them together.

    Raises ``TextError`` unless the runs tile both sides and every kept run is
    equal on both.
    """

    base: str
    result: str
    runs: tuple[Run, ...] = field()

    @classmethod
    def of(cls, text: str) -> Derived:
        """*text* before any rule: one kept run."""
        whole = Span(0, len(text))
        return cls(text, text, (Run(whole, whole),) if text else ())

    @runs.validator
    def _tile(self, _: object, runs: tuple[Run, ...]) -> None:
        base = result = 0
        for run in runs:
            if run.base.start != base or run.result.start != result:
                raise TextError(f"runs leave a gap or overlap at base {base}, result {result}")
            if run.kept and run.base.of(self.base) != run.result.of(self.result):
                raise TextError(f"a run kept at base {base} differs from its result")
            base, result = run.base.end, run.result.end
        if base != len(self.base) or result != len(self.result):
            raise TextError("runs do not reach the end of both texts")

    def then(self, edits: Iterable[Edit], rule: str) -> Derived:
        """What *edits* of the **result** make of it, under the name of *rule*.

        Edits are taken in order of their spans and may not overlap
        (``TextError``).  An edit is trimmed to what it changes; one that changes
        nothing leaves no trace.
        """
        made = _checked(edits, self.result)
        return _fold(self, made, rule) if made else self

    @cached_property
    def _base_starts(self) -> list[int]:
        return [run.base.start for run in self.runs]

    @cached_property
    def _result_starts(self) -> list[int]:
        return [run.result.start for run in self.runs]

    def to_base(self, span: Span) -> Span:
        """The stretch of the base that gave *span* of the result.

        Inside kept runs the answer is exact; a changed run counts as a whole.
        Text that was cut at either edge of *span* is not included.
        """
        runs = self.runs
        if len(runs) == 1 and not runs[0].rules:
            return span
        start, end, starts = span.start, span.end, self._result_starts
        if not runs:
            return Span(0, 0)
        first = runs[max(0, bisect_right(starts, start) - 1)]
        if start == end:
            return _point(start, first.kept, first.result, first.base)
        last = runs[max(0, bisect_left(starts, end) - 1)]
        return Span(
            first.base.start + (start - first.result.start if first.kept else 0),
            last.base.start + end - last.result.start if last.kept else last.base.end,
        )

    def to_result(self, span: Span) -> Span:
        """The stretch of the result that *span* of the base became, widened like ``to_base``."""
        runs = self.runs
        if len(runs) == 1 and not runs[0].rules:
            return span
        start, end, starts = span.start, span.end, self._base_starts
        if not runs:
            return Span(0, 0)
        first = runs[max(0, bisect_right(starts, start) - 1)]
        if start == end:
            return _point(start, first.kept, first.base, first.result)
        last = runs[max(0, bisect_left(starts, end) - 1)]
        return Span(
            first.result.start + (start - first.base.start if first.kept else 0),
            last.result.start + end - last.base.start if last.kept else last.result.end,
        )

    def changed_in(self, span: Span) -> tuple[Run, ...]:
        """The changed runs that touch *span* of the **base**, in order.

        Text inserted at either edge of *span* touches it.
        """
        starts, runs = self._base_starts, self.runs
        first = max(0, bisect_left(starts, span.start) - 1)
        after = bisect_right(starts, span.end)
        return tuple(
            run
            for run in islice(runs, first, after)
            if run.rules and (_inserted_at(run.base, span) or run.base.overlaps(span))
        )


def _inserted_at(place: Span, span: Span) -> bool:
    return place.start == place.end and span.start <= place.start <= span.end


def _point(at: int, kept: bool, near: Span, far: Span) -> Span:
    """Where the place *at* between two characters of ``near`` lies on the far side."""
    if kept:
        return Span(far.start + at - near.start, far.start + at - near.start)
    return Span(far.end, far.end) if at >= near.end else Span(far.start, far.start)


def _checked(edits: Iterable[Edit], text: str) -> list[Edit]:
    """The edits that change something, trimmed and in order.  Raises ``TextError`` for bad ones."""
    made = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
    reached = 0
    for edit in made:
        if edit.span.start < reached:
            raise TextError(f"edits overlap at {edit.span.start}")
        if edit.span.end > len(text):
            raise TextError(f"an edit ends at {edit.span.end}, after the text ({len(text)})")
        reached = edit.span.end
    return [_trimmed(edit, text) for edit in made if edit.span.of(text) != edit.replacement]


def _trimmed(edit: Edit, text: str) -> Edit:
    """*edit* without the characters that it begins and ends with and does not change."""
    start, end, put = edit.span.start, edit.span.end, edit.replacement
    longest = min(end - start, len(put))
    head = 0
    while head < longest and text[start + head] == put[head]:
        head += 1
    tail = 0
    while tail < longest - head and text[end - 1 - tail] == put[-1 - tail]:
        tail += 1
    if not head and not tail:
        return edit
    return Edit(Span(start + head, end - tail), put[head : len(put) - tail], edit.note)


# Folding.  A changed run cannot be cut, since nobody knows which of its characters came from
# which; so edits grow to the changed runs they touch, edits grown into each other become one
# *patch*, and what lies between patches stays as it was:
#
#     old runs     kept │ changed │ cut │ kept          a patch covers whole changed runs, may
#     edits           ├────┤   ├┤               ├┤      begin and end inside kept ones, and leaves
#     patches         ├────────┤                ├┤      alone what was cut at its edges
#
# A patch that leaves no text cuts each run by itself, so that a page number cut from the middle
# of a broken word is still known for one.

_Piece = tuple[int, str, tuple[str, ...], tuple[str, ...]]
"""How many characters of the base, what they became, by which rules, with which notes."""

_Place = tuple[int, int]
"""A place in the old runs: the run's index, and how far into it (kept runs only)."""


@frozen
class _Patch:
    """Edits that are made as one, and the stretch of the old result they take."""

    span: Span
    edits: list[Edit]


def _fold(old: Derived, edits: Sequence[Edit], rule: str) -> Derived:
    pieces: list[_Piece] = []
    at: _Place = (0, 0)
    for patch in _patches(old, edits):
        begin = _after_cuts(old, patch.span.start)
        end = _before_cuts(old, patch.span.end) if len(patch.span) else begin
        pieces += _untouched(old, at, begin)
        text = _edited(old.result, patch)
        made = [_made(old, patch, begin, end, rule, text)] if text else None
        pieces += made or _cut(old, patch, begin, end, rule)
        at = end
    pieces += _untouched(old, at, (len(old.runs), 0))
    return _laid_out(old.base, pieces)


def _patches(old: Derived, edits: Sequence[Edit]) -> list[_Patch]:
    patches: list[_Patch] = []
    for edit in edits:
        span = _grown(old, edit.span)
        if patches and span.start < patches[-1].span.end:
            last = patches.pop()
            start = min(last.span.start, span.start)
            span = Span(start, max(last.span.end, span.end))
            patches.append(_Patch(span, [*last.edits, edit]))
        else:
            patches.append(_Patch(span, [edit]))
    return patches


def _grown(old: Derived, span: Span) -> Span:
    """*span* with the whole of the changed runs that it begins or ends within."""
    if not old.runs:
        return span
    start, end = span.start, span.end
    first = old.runs[_holding(old, start)]
    last = old.runs[_holding(old, end - 1)] if end > start else first
    if first.rules and first.result.start < start < first.result.end:
        start = first.result.start
    if last.rules and last.result.start < end < last.result.end:
        end = last.result.end
    return Span(start, end)


def _holding(old: Derived, at: int) -> int:
    """The index of the last run that begins at or before *at* in the result."""
    return max(0, bisect_right(old._result_starts, at) - 1)


def _after_cuts(old: Derived, at: int) -> _Place:
    """The place *at* in the result, behind whatever was cut there."""
    if not old.runs:
        return (0, 0)
    index = _holding(old, at)
    run = old.runs[index]
    return (index, at - run.result.start) if at < run.result.end else (index + 1, 0)


def _before_cuts(old: Derived, at: int) -> _Place:
    """The place *at* (not 0) in the result, before whatever was cut there."""
    index = _holding(old, at - 1)
    run = old.runs[index]
    return (index, at - run.result.start) if at < run.result.end else (index + 1, 0)


def _base_of(old: Derived, place: _Place) -> int:
    index, offset = place
    return old.runs[index].base.start + offset if index < len(old.runs) else len(old.base)


def _untouched(old: Derived, begin: _Place, end: _Place) -> Iterator[_Piece]:
    """The old runs from one place to another, the first and the last perhaps in part."""
    index, offset = begin
    for run in islice(old.runs, index, end[0]):
        text = old.result[run.result.start + offset : run.result.end]
        yield len(run.base) - offset, text, run.rules, run.notes
        offset = 0
    if end[1] > offset:
        run = old.runs[end[0]]
        text = old.result[run.result.start + offset : run.result.start + end[1]]
        yield end[1] - offset, text, (), ()


def _made(old: Derived, patch: _Patch, begin: _Place, end: _Place, rule: str, text: str) -> _Piece:
    """The runs between two places, become *text*."""
    swallowed = old.runs[begin[0] : end[0] + (end[1] > 0)]
    rules = dict.fromkeys(name for run in swallowed for name in run.rules)
    notes = dict.fromkeys(note for run in swallowed for note in run.notes)
    rules[rule] = None
    notes.update((edit.note, None) for edit in patch.edits if edit.note)
    length = _base_of(old, end) - _base_of(old, begin)
    return length, text, tuple(rules), tuple(notes)


def _cut(old: Derived, patch: _Patch, begin: _Place, end: _Place, rule: str) -> Iterator[_Piece]:
    """The runs between two places, cut one by one: what was cut before keeps its reason."""
    said = [edit.note for edit in patch.edits if edit.note]
    for length, text, rules, notes in _untouched(old, begin, end):
        if text:
            rules = tuple(dict.fromkeys((*rules, rule)))
            notes = tuple(dict.fromkeys((*notes, *said)))
        yield length, "", rules, notes


def _edited(text: str, patch: _Patch) -> str:
    parts: list[str] = []
    at = patch.span.start
    for edit in patch.edits:
        parts += (text[at : edit.span.start], edit.replacement)
        at = edit.span.end
    parts.append(text[at : patch.span.end])
    return "".join(parts)


def _laid_out(base: str, pieces: Iterable[_Piece]) -> Derived:
    """Pieces one behind the other; kept neighbours become one run, nothing leaves no run."""
    runs: list[Run] = []
    texts: list[str] = []
    base_at = result_at = 0
    for length, text, rules, notes in pieces:
        if not length and not text:
            continue
        there, here = base_at, result_at
        base_at, result_at = base_at + length, result_at + len(text)
        if not rules and runs and not runs[-1].rules:
            last = runs.pop()
            there, here = last.base.start, last.result.start
        runs.append(Run(Span(there, base_at), Span(here, result_at), rules, notes))
        texts.append(text)
    return Derived(base, "".join(texts), tuple(runs))
