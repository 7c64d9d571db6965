"""Two files in two languages, cut into sentences and aligned.

::

    file ─▶ witness ─▶ normalised ─▶ roles, turns ─▶ sentences ─┐
    file ─▶ witness ─▶ normalised ─▶ roles, turns ─▶ sentences ─┴▶ pairs of sentences, of turns

With ``segmented`` a file is one sentence a line already, and a blank line ends
a turn.  Speakers of the two sides have ids of their own; they are compared only
where both sides know the same id.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

from variorum import __version__
from variorum.aligners import Parallel, Passage, Sentence, Side, Word
from variorum.aligners import across_languages as aligner
from variorum.edition.received import contents, read_as
from variorum.errors import EditionError
from variorum.languages.lexicon import Lexicon, lexicon, read_tsv
from variorum.readers.encoding import decode
from variorum.rules import RECIPES, Context, apply
from variorum.sentences import SPLITTER, split, words
from variorum.text import Derived, Span, digest
from variorum.turns import Division, Turn, divide
from variorum.witness import PAGE_BREAK, Role, Stretch

__all__ = ["aligned", "segmented", "sentences"]

_PARAGRAPH = regex.compile(r"(?:(?!\n\s*\n)[^\f])+")
_ALONE = frozenset([Role.FURNITURE, Role.TURN, Role.STAGE])


def aligned(
    paths: tuple[Path, Path],
    languages: tuple[str, str],
    *,
    lines: bool,
    table: Path | None = None,
) -> Parallel:
    """Two files aligned; *lines*: one sentence a line.  Raises ``EditionError`` for an empty one.

    The lexicon is *table* (TSV, words of the source before those of the target),
    or else the one shipped for the two languages, in either direction.
    """
    source, target = (
        _side(path, language, lines=lines) for path, language in zip(paths, languages, strict=True)
    )
    words = _lexicon(source.language, target.language, table)
    sentences_, turns = aligner.align(source, target, lexicon=words)
    return Parallel(source, target, sentences_, turns, _fingerprint(source, target, words, lines))


def _lexicon(source: str, target: str, table: Path | None) -> Lexicon | None:
    one, other = (tag.lower().partition("-")[0] for tag in (source, target))
    if table is not None:
        text, _ = decode(str(table), contents(table))
        return read_tsv(str(table), text, one, other)
    return lexicon(one, other) or lexicon(other, one)


def _side(path: Path, language: str, *, lines: bool) -> Side:
    witnesses = read_as(path, str(path))
    if len(witnesses) != 1:
        raise EditionError(
            f"holds {len(witnesses)} witnesses",
            place=str(path),
            remedy="name a file that holds one",
        )
    text = witnesses[0].text.chars
    side = (
        segmented(str(path), text, language)
        if lines
        else sentences(str(path), text, language, roles=witnesses[0].layout.roles)
    )
    if not side.sentences:
        raise EditionError("has no sentence", place=str(path), remedy="name a file with text")
    return side


def segmented(file: str, text: str, language: str) -> Side:
    """A side of one sentence a line; a blank line or a page break ends a turn."""
    found: list[Sentence] = []
    turn, ended = -1, True
    for match in regex.finditer(r"[^\n\r\f]*(?:\r\n|[\n\r\f])?", text):
        said = match.group()
        if not said:
            continue
        if not said.strip():
            ended = True
            continue
        turn, ended = turn + ended, PAGE_BREAK in said
        start = match.start() + len(said) - len(said.lstrip())
        bare = said.strip()
        inside = tuple(Word(at, Span(start + at.start, start + at.end)) for at in words(bare))
        found.append(Sentence(Span(start, start + len(bare)), bare, turn, inside))
    return Side(file, language, tuple(found), (Passage(Role.TURN),) * (turn + 1))


def sentences(file: str, text: str, language: str, *, roles: Sequence[Stretch] = ()) -> Side:
    """A side cut by the rules: each turn without its label, and all else but furniture."""
    recipe = RECIPES["plain"]
    derived = apply(recipe, text, Context(language))
    division = divide(derived, roles=roles)
    found: list[Sentence] = []
    passages: list[Passage] = []
    for passage, paragraphs in _passages(derived, division):
        cut = [
            _sentence(derived, here, len(passages))
            for paragraph in paragraphs
            for here in _cut(derived, paragraph, language)
        ]
        if cut:
            found += cut
            passages.append(passage)
    return Side(file, language, tuple(found), tuple(passages))


def _passages(derived: Derived, division: Division) -> list[tuple[Passage, list[Span]]]:
    """What is read together, in order: turns, and stretches of other roles."""
    out = [
        (turn.span.start, Passage(Role.TURN, turn.speaker), list(_said(turn)))
        for turn in division.turns
    ]
    for stretch in division.stretches:
        if stretch.role not in _ALONE:
            span = derived.to_result(stretch.span)
            paragraphs = [
                derived.to_base(Span(*match.span()))
                for match in _PARAGRAPH.finditer(derived.result, span.start, span.end)
            ]
            out.append((stretch.span.start, Passage(stretch.role), paragraphs))
    return [(passage, spans) for _, passage, spans in sorted(out, key=lambda each: each[0])]


def _said(turn: Turn) -> Iterator[Span]:
    """The paragraphs of a turn, the first without its label."""
    for span in turn.paragraphs:
        if turn.label and span.start <= turn.label.span.start < span.end:
            yield Span(min(turn.label.span.end, span.end), span.end)
        else:
            yield span


def _cut(derived: Derived, paragraph: Span, language: str) -> Iterator[Span]:
    """The sentences of a paragraph, as spans of the normalised text."""
    whole = derived.to_result(paragraph)
    for span in split(whole.of(derived.result), language):
        yield Span(whole.start + span.start, whole.start + span.end)


def _sentence(derived: Derived, here: Span, turn: int) -> Sentence:
    """The sentence *here* of the normalised text, in one line, each word known in both texts."""
    said = here.of(derived.result)
    line = " ".join(said.split())
    inside = tuple(
        Word(at, derived.to_base(Span(here.start + was.start, here.start + was.end)))
        for at, was in zip(words(line), words(said), strict=True)
    )
    return Sentence(derived.to_base(here), line, turn, inside)


def _fingerprint(
    source: Side, target: Side, words: Lexicon | None, lines: bool
) -> dict[str, object]:
    """Everything that could move a byte of the result, and under ``"id"`` the digest of it."""
    out: dict[str, object] = {
        "variorum": __version__,
        "aligner": f"{aligner.NAME} {aligner.VERSION}",
        "sentences": "one a line" if lines else SPLITTER,
        "lexicon": f"{words.name} {words.digest}" if words else None,
        "embeddings": None,
        "source": [source.language, _digested(source)],
        "target": [target.language, _digested(target)],
    }
    return {**out, "id": digest(json.dumps(out, sort_keys=True))[:16]}


def _digested(side: Side) -> str:
    told = [[s.span.start, s.span.end, s.text, s.turn] for s in side.sentences]
    return digest(json.dumps([side.file, told], ensure_ascii=False))[:16]
