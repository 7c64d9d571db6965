"""Page furniture: what belongs to the page or the web site, not to the text.

Running heads, page numbers, the navigation and the legal lines of a web page
are taken out before anything is compared, and stay in the text as read::

    … the people and the Ko-⏎                  … the people and the Ko-⏎
    - 2 -⏎ FF                            →     FF
    NOTES TAKEN DUR1NG A MEETING⏎
    rean Workers’ Party …                      rean Workers’ Party …

Five kinds of evidence, named in the note of each change:

- *role*: a reader or an editor says that the stretch is furniture;
- *pattern*: a line that the table of patterns knows;
- *repeated*: a line at the head or foot of a page that stands there on
  neighbouring pages too, but for its numbers and for reading errors;
- *page number*: a lone number at a page's edge that counts with the pages, or
  one that is dressed as a page number ("- 2 -", "Page 3 of 9");
- *running*: without page breaks, a line that comes again and again and
  interrupts sentences, which a heading never does: with a rising number, or
  at even distances between words that run on.

A stretch to which reader or editor give another role is never cut.  What stays
apart stays apart: the wider of the two breaks around a cut is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import regex
from attrs import frozen
from rapidfuzz import fuzz, process

from variorum.errors import RuleError
from variorum.rules import Context
from variorum.text import Edit, Span
from variorum.witness import Role

__all__ = ["IDEMPOTENT", "NAME", "OPTIONS", "VERSION", "edits"]

NAME = "page-furniture"
VERSION = "2"
IDEMPOTENT = False  # what is cut uncovers other lines at the edges of the page

GENERIC: Sequence[str] = (
    r"^(?:Skip|Jump) to (?:main )?(?:content|navigation|search)$",
    r"^(?:Back to top|Print this page|Share this(?: page)?|Toggle navigation|Main navigation)$",
    r"^(?:We|This (?:web ?)?site) uses? cookies\b.*$",
    r"^(?:Accept|Reject|Manage)(?: all)? cookies$",
    r"^(?:All rights reserved|\u00a9|\(c\)|Copyright \u00a9).{0,120}$",
    r"^(?:Privacy policy|Terms of (?:use|service)|Cookie (?:policy|settings))$",
)
"""Lines of web pages in general; regular expressions, ``^`` and ``$`` at line ends."""

OPTIONS: Mapping[str, object] = {"patterns": GENERIC, "more": ()}

_EDGE = 3  # heads and feet have at most so many lines: running head, rule, number
_ALIKE = 75.0  # two copies with a tenth of their letters misread still agree in four fifths
_SURE = 90.0  # what two pages alone must reach
_LETTERS = 12  # a line this long does not come twice by chance; a speaker's label may be shorter
_MANY = 2000  # short lines that are compared with one another for likeness
_EVEN = 3  # pages of one print differ less in length than one to three
_SHORTEST = 8  # letters of a running head; what is shorter may be a label

_LINE = regex.compile(r"[^\r\n\f]*")
_DRESSED = regex.compile(
    r"[-\u2013\u2014~*\u2022|\[(]+\s*\w{1,4}\s*[-\u2013\u2014~*\u2022|\])]+"
    r"|(?i:page|p\.|pg\.|faqe|faqja|f\.|seite|s\.|pagina|p[a\u00e1]gina|\u0441\u0442\u0440\.?"
    r"|\u03c3\u03b5\u03bb\.?)\s*\d{1,4}(?:\s*(?:of|/|nga|von|de|di|\u0438\u0437)\s*\d{1,4})?"
)
_NUMBER = regex.compile(r"\W{0,3}(\d{1,4})\W{0,3}")
_SENTENCE_END = regex.compile(r"[.!?:;\u2026\u3002\u061f\u037e\u0964]['\"\u2019\u201d\u00bb)\]]*$")


@frozen
class _Line:
    """A line that is not blank: where it stands, and what it says without its numbers."""

    span: Span
    page: int
    text: str
    key: str


@frozen
class _Cut:
    span: Span
    note: str


def edits(
    text: str, context: Context, *, patterns: Sequence[str] = GENERIC, more: Sequence[str] = ()
) -> list[Edit]:
    """The furniture of *text*, cut.  Raises ``RuleError`` for a pattern that is none."""
    cuts = [_Cut(s.span, "role") for s in context.roles if s.role is Role.FURNITURE]
    cuts += _patterned(text, (*patterns, *more))
    lines = list(_lines(text))
    cuts += _paged(lines) if "\f" in text else _running(lines)
    kept = [s.span for s in context.roles if s.role is not Role.FURNITURE]
    free = [part for cut in cuts for part in _outside(cut, kept)]
    return [_edit(text, block) for block in _blocks(text, free)]


def _patterned(text: str, patterns: Sequence[str]) -> list[_Cut]:
    found = []
    for pattern in patterns:
        try:
            compiled = regex.compile(pattern, regex.MULTILINE)
        except regex.error as error:
            raise RuleError(
                f"the pattern {pattern!r} is no regular expression ({error})",
                place=NAME,
                remedy="correct it in the recipe",
            ) from None
        found += [_Cut(Span(*m.span()), "pattern") for m in compiled.finditer(text) if m.group()]
    return found


def _lines(text: str) -> Iterator[_Line]:
    page = at = 0
    for match in _LINE.finditer(text):
        page += text.count("\f", at, match.start())
        at = match.start()
        said = match.group().strip()
        if said:
            start = match.start() + match.group().index(said)
            key = regex.sub(r"\d+", "#", " ".join(said.casefold().split()))
            yield _Line(Span(start, start + len(said)), page, said, key)


def _paged(lines: Sequence[_Line]) -> list[_Cut]:
    """Furniture by its place on the pages."""
    pages: dict[int, list[_Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    heads = {page: there[:_EDGE] for page, there in pages.items()}
    feet = {page: there[-_EDGE:][::-1] for page, there in pages.items()}
    cuts = []
    for edge in (heads, feet):
        cuts += [_Cut(line.span, "repeated") for line in _repeated(edge)]
        cuts += [_Cut(line.span, "page number") for line in _numbers(edge)]
    return cuts


def _repeated(edge: Mapping[int, Sequence[_Line]]) -> list[_Line]:
    """Lines that stand at the same edge of neighbouring pages (facing pages may differ)."""
    partners: dict[_Line, dict[int, float]] = {}
    for page in sorted(edge):
        for neighbour in (page + 1, page + 2):
            for line in filter(_may_run, edge[page]):
                for other in filter(_may_run, edge.get(neighbour, ())):
                    alike = fuzz.ratio(line.key, other.key)
                    if alike >= _ALIKE:
                        partners.setdefault(line, {})[neighbour] = alike
                        partners.setdefault(other, {})[page] = alike
    return [line for line, others in partners.items() if _enough(line, others, partners)]


def _may_run(line: _Line) -> bool:
    letters = sum(char.isalpha() for char in line.key)
    numbered = "#" in line.key
    return not line.text.endswith(":") and letters >= (3 if numbered else _SHORTEST)


def _enough(
    line: _Line, others: Mapping[int, float], partners: Mapping[_Line, Mapping[int, float]]
) -> bool:
    """Three pages are a habit; two are, where a long line is nearly the same on both."""
    pages = {line.page, *others}
    for other, its in partners.items():
        if other.page in others and line.page in its:
            pages |= set(its)
    letters = sum(char.isalpha() for char in line.key)
    return len(pages) >= 3 or (max(others.values()) >= _SURE and letters >= _LETTERS)


def _numbers(edge: Mapping[int, Sequence[_Line]]) -> list[_Line]:
    """Lone numbers that count with the pages, and those dressed as page numbers."""
    found = [line for lines in edge.values() for line in lines if _DRESSED.fullmatch(line.text)]
    plain: dict[int, list[_Line]] = {}
    for lines in edge.values():
        for line in lines[:2]:
            if match := _NUMBER.fullmatch(line.text):
                plain.setdefault(int(match[1]) - line.page, []).append(line)
    for counted in plain.values():
        if len({line.page for line in counted}) >= 2:
            found += [line for line in counted if line not in found]
    return found


def _running(lines: Sequence[_Line]) -> list[_Cut]:
    """Furniture in a text whose pages are not marked."""
    cuts = [_Cut(line.span, "page number") for line in lines if _DRESSED.fullmatch(line.text)]
    chains: list[list[tuple[int, _Line, bool]]] = []
    for before, line in pairwise([None, *lines]):
        if line is None or not _may_run(line) or len(line.text) > 80:
            continue
        if (number := _edge_number(line.text)) is None:
            continue
        interrupts = before is not None and not _SENTENCE_END.search(before.text)
        _link(chains, number, line, interrupts)
    cuts += _habits(lines, {cut.span for cut in cuts})
    for chain in chains:
        if len(chain) >= 3 and 2 * sum(interrupts for *_, interrupts in chain) >= len(chain):
            cuts += [_Cut(line.span, "running") for _, line, _ in chain]
    return cuts


def _habits(lines: Sequence[_Line], numbers: set[Span]) -> list[_Cut]:
    """Lines without a number that stand again and again between words that run on."""
    said = [line for line in lines if line.span not in numbers]
    found: dict[_Line, bool] = {}
    for before, line, after in zip(said, said[1:], said[2:], strict=False):
        if _may_run(line) and len(line.text) <= 80:
            broken = not _SENTENCE_END.search(before.text)
            found[line] = broken and after.text[:1] == after.text[:1].lower()
    cuts = []
    for there in _alike(list(found)):
        gaps = [b.span.start - a.span.start for a, b in pairwise(there)]
        even = len(gaps) > 1 and max(gaps) <= _EVEN * min(gaps)
        if even and 2 * sum(found[line] for line in there) >= len(there):
            cuts += [_Cut(line.span, "running") for line in there]
    return cuts


def _alike(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Lines that say the same but for misread letters, in the order of the text.

    Among very many short lines (verse) only those that say exactly the same.
    """
    groups: dict[str, list[_Line]] = {}
    for line in lines:
        key = line.key
        if key not in groups and len(lines) <= _MANY:
            near = process.extractOne(key, groups.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
            key = near[0] if near else key
        groups.setdefault(key, []).append(line)
    return list(groups.values())


def _edge_number(text: str) -> int | None:
    match = regex.match(r"(\d{1,4})\b|.*\b(\d{1,4})$", text)
    return int(match[1] or match[2]) if match else None


def _link(
    chains: list[list[tuple[int, _Line, bool]]], number: int, line: _Line, interrupts: bool
) -> None:
    """Append the line to the chain it goes on with, or begin a chain."""
    for chain in chains:
        last, other, _ = chain[-1]
        if 0 < number - last <= 2 and fuzz.ratio(line.key, other.key) >= _ALIKE:
            chain.append((number, line, interrupts))
            return
    chains.append([(number, line, interrupts)])


def _outside(cut: _Cut, kept: Iterable[Span]) -> Iterator[_Cut]:
    """What is left of a cut beside the stretches that have another role."""
    at = cut.span.start
    for span in sorted(kept):
        if span.overlaps(cut.span) and span.end > at:
            if span.start > at:
                yield _Cut(Span(at, span.start), cut.note)
            at = span.end
    if at < cut.span.end:
        yield _Cut(Span(at, cut.span.end), cut.note)


def _blocks(text: str, cuts: Iterable[_Cut]) -> list[_Cut]:
    """Cuts that touch, overlap, or have only white space of one page between them."""
    blocks: list[_Cut] = []
    for cut in sorted(cuts, key=lambda cut: cut.span):
        last = blocks[-1] if blocks else None
        between = text[last.span.end : cut.span.start] if last else "x"
        if last and not between.strip() and "\f" not in between:
            notes = dict.fromkeys((*last.note.split(", "), cut.note))
            span = Span(last.span.start, max(last.span.end, cut.span.end))
            blocks[-1] = _Cut(span, ", ".join(notes))
        else:
            blocks.append(cut)
    return blocks


_BREAKS_AFTER = regex.compile(r"(?:[^\S\r\n\f]*(?:\r\n|\r|\n))*")
_BREAKS_BEFORE = regex.compile(r"(?:(?:\r\n|\r|\n)[^\S\r\n\f]*)*\Z")
_BREAK = regex.compile(r"\r\n|\r|\n")


def _edit(text: str, block: _Cut) -> Edit:
    """Cut a block with the narrower of the breaks around it."""
    start, end = block.span.start, block.span.end
    after = _BREAKS_AFTER.match(text, end)
    before = _BREAKS_BEFORE.search(text[max(0, start - 200) : start])
    behind = after.group() if after else ""
    ahead = before.group() if before else ""
    at_edge = start == 0 or text[start - 1] == "\f"
    if at_edge or len(_BREAK.findall(ahead)) >= len(_BREAK.findall(behind)) > 0:
        return Edit(Span(start, end + len(behind)), "", block.note)
    if behind:
        return Edit(Span(start - len(ahead), end), "", block.note)
    fuses = start > 0 and end < len(text) and not (text[start - 1] + text[end]).isspace()
    apart = fuses and not text[start - 1].isspace() and not text[end].isspace()
    return Edit(block.span, "\n" if apart else "", block.note)
