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
from collections.abc import Iterable, Sequence
from functools import cached_property

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
    """One replacement: the characters of ``span`` become ``replacement``."""

    span: Span
    replacement: str


@frozen
class Run:
    """One stretch of a base text and what became of it."""

    base: Span
    result: Span
    rules: tuple[str, ...] = ()  # empty: kept as it was

    @property
    def kept(self) -> bool:
        """Whether the characters are the same on both sides."""
        return not self.rules


def _whole(text: str) -> tuple[Run, ...]:
    return (Run(Span(0, len(text)), Span(0, len(text))),) if text else ()


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
        return cls(text, text, _whole(text))

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
        """This text after *edits* of its **result**, made by the rule named *rule*.

        Edits are taken in order of their spans and may not overlap.  An edit
        that changes nothing leaves no trace.
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
        return _mapped(span, self.runs, self._result_starts, forward=False)

    def to_result(self, span: Span) -> Span:
        """The stretch of the result that *span* of the base became, widened like ``to_base``."""
        return _mapped(span, self.runs, self._base_starts, forward=True)

    def changed_in(self, span: Span) -> tuple[Run, ...]:
        """The changed runs that touch *span* of the **base**, in order."""
        runs = self.runs
        first = max(0, bisect_right(self._base_starts, span.start) - 1)
        out = []
        for run in runs[first:]:
            if run.base.start > span.end or (run.base.start == span.end and len(run.base)):
                break
            if not run.kept and run.base.end >= span.start and _touches(run.base, span):
                out.append(run)
        return tuple(out)


def _touches(run: Span, span: Span) -> bool:
    return run.overlaps(span) or (len(run) == 0 and span.start <= run.start <= span.end)


def _checked(edits: Iterable[Edit], text: str) -> list[Edit]:
    made = sorted(
        (e for e in edits if e.span.of(text) != e.replacement),
        key=lambda e: (e.span.start, e.span.end),
    )
    reached = 0
    for edit in made:
        if edit.span.start < reached:
            raise TextError(f"edits overlap at {edit.span.start}")
        if edit.span.end > len(text):
            raise TextError(f"an edit ends at {edit.span.end}, after the text ({len(text)})")
        reached = edit.span.end
    return made


def _fold(old: Derived, edits: Sequence[Edit], rule: str) -> Derived:
    """Cut the old runs at the edits, swallow what an edit covers, and tile anew."""
    pieces: list[str] = []
    runs: list[Run] = []
    at = 0  # how much of the old result has been handled
    base_at = 0
    length = 0
    index = 0

    def emit(base_end: int, text: str, rules: tuple[str, ...]) -> None:
        nonlocal base_at, length
        new = Run(Span(base_at, base_end), Span(length, length + len(text)), rules)
        if runs and runs[-1].kept and new.kept:
            last = runs.pop()
            new = Run(Span(last.base.start, base_end), Span(last.result.start, new.result.end), ())
        if len(new.base) or len(new.result):
            runs.append(new)
        pieces.append(text)
        base_at, length = base_end, length + len(text)

    def keep_until(stop: int) -> None:
        nonlocal at, index
        while index < len(old.runs) and at < stop:
            run = old.runs[index]
            if run.result.end <= stop or not run.kept:
                emit(run.base.end, old.result[at : run.result.end], run.rules)
                at = run.result.end
                index += 1
            else:
                emit(base_at + stop - at, old.result[at:stop], ())
                at = stop

    def first_touched(edit: Edit) -> int:
        """A changed run cannot be cut: an edit that starts inside one starts at its start."""
        here = bisect_right(old._result_starts, edit.span.start) - 1
        run = old.runs[here] if 0 <= here < len(old.runs) else None
        inside = run is not None and not run.kept and run.result.start < edit.span.start
        return (
            run.result.start
            if run and inside and edit.span.start < run.result.end
            else (edit.span.start)
        )

    i = 0
    while i < len(edits):
        start = first_touched(edits[i])
        keep_until(start)
        # Runs of no width in the result (cuts) that end here stay as they are.
        while (
            index < len(old.runs)
            and len(old.runs[index].result) == 0
            and old.runs[index].result.start == start
            and edits[i].span.start == start
        ):
            emit(old.runs[index].base.end, "", old.runs[index].rules)
            index += 1
        names: list[str] = []
        text: list[str] = []
        cursor = start
        base_end = base_at
        stop = start
        while True:
            edit = edits[i]
            text += [old.result[cursor : edit.span.start], edit.replacement]
            cursor = edit.span.end
            stop = max(stop, cursor)
            i += 1
            while index < len(old.runs) and old.runs[index].result.start < stop:
                run = old.runs[index]
                if run.kept and run.result.end > stop:
                    offset = stop - run.result.start
                    base_end = run.base.start + offset
                    break
                if not run.kept:
                    names += [n for n in run.rules if n not in names]
                    stop = max(stop, run.result.end)
                base_end = run.base.end
                index += 1
            if i >= len(edits) or edits[i].span.start >= stop:
                break
        text.append(old.result[cursor:stop])
        names += [rule] if rule not in names else []
        emit(base_end, "".join(text), tuple(names))
        at = stop
    keep_until(len(old.result))
    while index < len(old.runs):
        emit(old.runs[index].base.end, "", old.runs[index].rules)
        index += 1
    return Derived(old.base, "".join(pieces), tuple(runs))


def _mapped(span: Span, runs: Sequence[Run], starts: Sequence[int], *, forward: bool) -> Span:
    def sides(run: Run) -> tuple[Span, Span]:
        return (run.base, run.result) if forward else (run.result, run.base)

    if not runs:
        return Span(0, 0)
    if len(span) == 0:
        return _mapped_point(span.start, runs, starts, sides_of=sides)
    first = max(0, bisect_right(starts, span.start) - 1)
    near, far = sides(runs[first])
    begin = far.start + (span.start - near.start if runs[first].kept else 0)
    last = max(first, bisect_left(starts, span.end) - 1)
    while last > first and len(sides(runs[last])[0]) == 0:
        last -= 1
    near, far = sides(runs[last])
    end = far.start + span.end - near.start if runs[last].kept else far.end
    return Span(begin, max(begin, end))


def _mapped_point(at: int, runs: Sequence[Run], starts: Sequence[int], *, sides_of: object) -> Span:
    assert callable(sides_of)
    index = max(0, bisect_right(starts, at) - 1)
    near, far = sides_of(runs[index])
    if runs[index].kept:
        point = far.start + min(at - near.start, len(far))
        return Span(point, point)
    return Span(far.end, far.end) if at >= near.end else Span(far.start, far.start)
