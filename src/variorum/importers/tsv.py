"""Tables of two columns with tabs between: our own, an editor's, hunalign's text output.

Our own (``align --to tsv``) has positions *and* words, which must agree; an editor
moves numbers and texts from line to line and brings the table back.  Any other has
words only, which are looked for::

    source ⇥ target ⇥ confidence ⇥ move ⇥ source text ⇥ target text      ours, by its header
    7 ⇥ 7 8 ⇥ 0.9134 ⇥ ⇥ Ai erdhi dhe iku. ⇥ He came. He left.

    Ai erdhi dhe iku. ⇥ He came. ~~~ He left. ⇥ 0.71                      hunalign's

hunalign writes ``~~~`` between sentences and ``<p>`` for a paragraph; both count as
a space.  A spreadsheet may have put a cell in quotes, and doubled those in it: it
is read without them where it stands in the text so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from variorum.aligners import Side
from variorum.errors import ImporterError, ReadingError
from variorum.importers import Said, Sought
from variorum.readers import decode

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "tsv"
VERSION = "1"

_OURS = ["source", "target", "confidence", "move", "source text", "target text"]
_MARKS = regex.compile(r"\s*(?:~~~|(?<!\S)<p>(?!\S))\s*")

Row = tuple[int, list[str]]


def recognise(name: str, data: bytes) -> str:
    """Take text whose first line has a tab in it."""
    try:
        rows = _rows(name, data)
    except ReadingError as error:
        return error.what
    return "" if rows and len(rows[0][1]) > 1 else "the first line has no tab"


def read(name: str, data: bytes, source: Side, target: Side) -> Iterator[Said]:
    """The pairs of a table, by position in our own, else by their words.

    Raises ``ImporterError`` where a line has one column, or its positions and
    words do not agree.
    """
    rows = _rows(name, data)
    sought = (Sought.of(source), Sought.of(target))
    if rows[0][1][: len(_OURS)] == _OURS:
        yield from _numbered(name, rows[1:], sought)
    else:
        yield from _worded(name, rows[_heads(rows[0], source, target) :], sought)


def _rows(name: str, data: bytes) -> list[Row]:
    """The cells of each line that holds something, with its number."""
    text, _ = decode(name, data)
    lines = enumerate(regex.split(r"\r\n|\n|\r", text), 1)
    return [(n, [cell.strip() for cell in line.split("\t")]) for n, line in lines if line.strip()]


def _heads(row: Row, source: Side, target: Side) -> bool:
    """Whether the first row is a header: it names columns or languages."""
    one, other = (cell.lower() for cell in row[1][:2])
    return one in ("source", source.language.lower()) and other in (
        "target",
        target.language.lower(),
    )


def _numbered(name: str, rows: Sequence[Row], sought: tuple[Sought, Sought]) -> Iterator[Said]:
    for line, cells in rows:
        told = cells + [""] * (len(_OURS) - len(cells))  # spreadsheets drop empty cells at the end
        halves = []
        for which, side in enumerate(sought):
            positions = _positions(name, line, told[which])
            _agree(name, line, positions, told[4 + which], side)
            halves.append(positions)
        yield Said(line, halves[0], halves[1])


def _positions(name: str, line: int, cell: str) -> tuple[int, ...]:
    numbers = cell.split()
    if not all(n.isdecimal() and len(n) < 10 for n in numbers):
        raise ImporterError(
            f"“{cell[:40]}” is no list of positions",
            place=f"{name}:{line}",
            remedy="write numbers of sentences, from 0, with spaces between",
        )
    return tuple(sorted(map(int, numbers)))


def _agree(name: str, line: int, positions: tuple[int, ...], text: str, side: Sought) -> None:
    """The words must be those of the positions; numbers out of range are told by ``placed``."""
    if any(n >= len(side.side.sentences) for n in positions):
        return
    # a lone surrogate stands in our table as a question mark
    asked = text.replace("\ufffd", "?")
    said = " ".join(side.side.sentences[n].text for n in positions)
    if any(side.agrees(positions, each) for each in (text, _unquoted(text))):
        return
    if said.encode("utf-8", "replace").decode() == asked:
        return
    raise ImporterError(
        f"the sentences {' '.join(map(str, positions)) or '(none)'} of {side.side.file} do not"
        f" read “{text[:40]}”",
        place=f"{name}:{line}",
        remedy="name the texts the table was made from, or give numbers and words that agree",
    )


def _worded(name: str, rows: Sequence[Row], sought: tuple[Sought, Sought]) -> Iterator[Said]:
    for line, cells in rows:
        if len(cells) < 2:
            raise ImporterError(
                "has one column", place=f"{name}:{line}", remedy="write source, tab, target"
            )
        one, other = (_words(cell, side) for cell, side in zip(cells[:2], sought, strict=True))
        if one or other:
            yield Said(line, one, other)


def _words(cell: str, side: Sought) -> str:
    """A cell as it stands in the text: as it is, without marks, or without its quotes."""
    bare = _MARKS.sub(" ", cell).strip()
    forms = (cell, bare, _unquoted(cell), _unquoted(bare))
    return next((form for form in forms if side.find(form)), bare)


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell
