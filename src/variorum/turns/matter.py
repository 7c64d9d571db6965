"""What stands before, behind and between the speeches.

Told by position, shape and the words of ``words.toml``::

    June 6, 1959                                    dateline: a date and little else
    Notes taken during a Meeting …                  heading: short, no sentence
    From our side there were these attendees …      participants: says who was there
    Comrade Enver Hoxha: …                          turn
    … get to our heads (laughter), because …        stage direction, within a turn
    Note taker,                                     closer: short, near the end
    Haxhi Kroi                                      signature: a name after a closer
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from variorum.text import Span
from variorum.turns.paragraphs import sentence_ends
from variorum.turns.words import begins_with, holds, is_one_of, key, words
from variorum.witness import Role

__all__ = ["back", "front", "is_division", "stage_directions"]

_HEADING_WORDS = 25
_DATE_WORDS = 12
_CLOSER_WORDS = 8
_NAME_WORDS = 6
_TAIL = 8  # paragraphs at the end among which a closer is looked for

_DATES = regex.compile(
    r"(?P<month>\p{L}{3,14})\.?,?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th|er|\.|-?\u03b7\u03c2)?\s+(?:de\s+)?(?P<month>\p{L}{3,14})\.?,?\s+(?:de\s+)?\d{4}"
    r"|\d{1,2}\s?[./-]\s?(?:\d{1,2}|[IVX]{1,4})\s?[./-]\s?\d{2,4}|\d{4}-\d\d-\d\d"
    r"|\d{4}\s?[\u5e74\ub144]\s?\d{1,2}\s?[\u6708\uc6d4]\s?(?:\d{1,2}\s?[\u65e5\uc77c])?"
)
_BRACKETED = regex.compile(
    r"\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\]|\uff08[^\uff08\uff09\n]{1,40}\uff09"
)
_DIVISION = regex.compile(
    r"(?P<word>\p{L}+)(?:\s+(?:\d+|[IVXLC]+|[\p{Lu}\p{M}]{3,}(?:\s[\p{Lu}\p{M}]+)?))?\s*(?:$|[.:,;\u2013\u2014-])"
)
_MOVEMENT = regex.compile(
    r"(?:Enter|Re-enter|Exit|Exeunt|Exeunt omnes|Alarum|Flourish)\b[^:]{0,120}$"
)


def front(paragraphs: Sequence[str], *, turns: bool) -> list[Role | None]:
    """The roles of the paragraphs before the first turn; nothing for what is the text itself.

    *turns* says that turns follow; without them the first paragraph that is
    no heading begins the text.
    """
    out: list[Role | None] = []
    for text in paragraphs:
        listed = bool(out) and out[-1] is Role.PARTICIPANTS and _is_short(text, _DATE_WORDS)
        if _is_dateline(text):
            out.append(Role.DATELINE)
        elif is_division(text):
            out.append(Role.HEADING)
        elif listed or ((turns or out) and holds(text, "attendance")):
            out.append(Role.PARTICIPANTS)
        elif _is_heading(text) and not {Role.PARTICIPANTS, Role.NOTE} & set(out):
            out.append(Role.HEADING)
        elif turns:
            out.append(Role.NOTE)
        else:
            break
    if not turns and len(out) == len(paragraphs):
        out = out[:1] if len(paragraphs) > 1 else []
    return out + [None] * (len(paragraphs) - len(out))


def _is_short(text: str, most: int) -> bool:
    return len(text.split()) <= most and len(text) <= most * 12 and text.count("\n") < 4


def _is_dateline(text: str) -> bool:
    """A date that is a third of what is said or more."""
    match = _DATES.search(text)
    if match is None or not _is_short(text, _DATE_WORDS) or 3 * len(match.group()) < len(text):
        return False
    return match["month"] is None or is_one_of(match["month"], "months")


def _is_heading(text: str) -> bool:
    return _is_short(text, _HEADING_WORDS) and not sentence_ends(text) and not text[0].islower()


def is_division(text: str) -> bool:
    """Whether a paragraph is the heading of an act, a scene, a chapter."""
    match = _DIVISION.match(text)
    named = match is not None and key(match["word"]) in words("divisions")
    return named and _is_short(text, _DATE_WORDS)


def back(paragraphs: Sequence[str]) -> list[Role | None]:
    """The roles of the last paragraphs; nothing for those that still belong to the text."""
    out: list[Role | None] = [None] * len(paragraphs)
    for at in range(max(0, len(paragraphs) - _TAIL), len(paragraphs)):
        if _closes(paragraphs, at):
            out[at] = Role.CLOSER
            for later in range(at + 1, len(paragraphs)):
                named = _is_name(paragraphs[later]) and out[later - 1] in _SIGNING
                out[later] = Role.SIGNATURE if named else Role.NOTE
            break
    return out


_SIGNING = (Role.CLOSER, Role.SIGNATURE)


def _closes(paragraphs: Sequence[str], at: int) -> bool:
    text = paragraphs[at]
    if not _is_short(text, _CLOSER_WORDS):
        return False
    named = at + 1 < len(paragraphs) and _is_name(paragraphs[at + 1])
    if text.rstrip().endswith((",", "\uff0c")):
        return named or begins_with(text, "closers")
    return begins_with(text, "closers") and (named or ":" in text or at + 1 == len(paragraphs))


def _is_name(text: str) -> bool:
    """A few words that begin with capitals (in scripts that have them), and no sentence."""
    heads = regex.findall(r"\p{L}[\p{L}\p{M}'\u2019-]*", text)
    return (
        0 < len(heads) <= _NAME_WORDS
        and len(text) <= 60
        and not sentence_ends(text)
        and not text.rstrip().endswith(",")
        and sum(not head[0].islower() for head in heads) * 2 > len(heads)
    )


def stage_directions(text: str, paragraph: Span) -> Iterator[Span]:
    """The stage directions of a paragraph of *text*."""
    said = paragraph.of(text)
    if _MOVEMENT.match(said) or (
        _BRACKETED.fullmatch(said) and not is_one_of(said, "not-speakers")
    ):
        yield paragraph
        return
    for match in _BRACKETED.finditer(said):
        inner = match.group()[1:-1].strip()
        if _is_short(inner, 6) and (is_one_of(inner, "stage") or _names_stage(inner)):
            yield Span(paragraph.start + match.start(), paragraph.start + match.end())


def _names_stage(inner: str) -> bool:
    """A longer direction that begins or ends with a known one: "Laughter in the hall"."""
    said = key(inner).split(" ")
    return len(said) <= 4 and bool({said[0], said[-1]} & set(words("stage")))
