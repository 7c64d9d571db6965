"""Speaker labels: who begins to speak where.

A label stands at the beginning of a paragraph or a line.  Known speakers are
found by their names, exactly or as an OCR engine misreads them::

    Comrade Enver Hoxha: We are …        exact
    Cornrade Enver Hoxha; We are …       like 'Comrade Enver Hoxha' (.92)
    Comrade Choe Yong-qeon. They are …   like 'Comrade Choe Yong-geon' (.95)

How alike is enough depends on what follows the name.  A colon is a label's own
mark, and with it .75 will do: of a hundred labels of twenty letters with a
tenth of them misread, one falls below that (simulated), while two speakers with
the same title (Comrade Enver Hoxha, Comrade Choe Yong-geon) are at .6.  The
weaker the mark, the more the name must say by itself, and the weakest count
only once a sure label has been seen, because lists of those present are set in
the same way.  A name as like to one speaker as to another is nobody's label.

Without known speakers ``propose`` looks for phrases that stand before a colon,
or in capitals, at the beginning of at least two paragraphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import regex
from attrs import frozen
from rapidfuzz import fuzz

from variorum.text import Derived, Span
from variorum.turns.paragraphs import Gap, Line, sentence_ends
from variorum.turns.words import key, words

__all__ = ["Label", "Speaker", "labels", "propose"]


@frozen
class Speaker:
    """A person who speaks: a stable id and the forms the name is found in, best first."""

    id: str
    names: tuple[str, ...]


@frozen
class Label:
    """A speaker label as it stands in the text as read, colon included."""

    span: Span
    speaker: str  # id
    written: str
    evidence: str  # "exact", "like 'Comrade Enver Hoxha' (.91)"


@frozen
class _Form:
    speaker: str
    name: str
    key: str
    words: int


@frozen
class _Match:
    """A form found at the beginning of a line: how alike, and the mark after it."""

    form: _Form
    alike: float  # 0–100
    head: Span  # of the line: the name without its mark
    end: int  # of the line: behind the mark
    mark: str


_WORD = regex.compile(r"[^\s:;\uff1a\uff1b]+")
_MARK = regex.compile(r"\s*[:;\uff1a\uff1b]|[.,]?")
_BRACKET = r"\s*(?:\([^()]{1,60}\)|\[[^\[\]]{1,60}\])"  # CORDELIA [Aside]
_ASIDE = regex.compile(_BRACKET)
_STRONG = frozenset(":\uff1a")
_MARGIN = 5.0  # points between the best speaker and the next

# How alike a name must be, by its mark: at the beginning of a paragraph, and of another line.
_LIMITS: Mapping[str, tuple[float, float]] = {
    ":": (75.0, 75.0),
    ";": (75.0, 80.0),
    ".": (80.0, 90.0),
    "line": (85.0, 90.0),
    ",": (88.0, 101.0),
    "": (88.0, 101.0),
}


def labels(
    derived: Derived, found: Sequence[Line], starts: Sequence[bool], speakers: Sequence[Speaker]
) -> dict[int, Label]:
    """The label that each line begins with, by the line's number."""
    forms = [
        _Form(speaker.id, name, key(name), len(name.split()))
        for speaker in speakers
        for name in speaker.names
        if key(name)
    ]
    out: dict[int, Label] = {}
    confirmed = False
    for number, line in enumerate(found):
        before = found[number - 1].text if number else "."
        match = _best(line.text, forms)
        title = number == 0 and len(found) > 1 and found[1].gap is Gap.BLANK
        if match is None or (title and match.mark == "line"):
            continue
        if not _enough(match, line, starts[number], before):
            continue
        confirmed = confirmed or _confirms(match, line)
        if confirmed:
            out[number] = _label(derived, line, match)
    return out


def _confirms(match: _Match, line: Line) -> bool:
    """Whether this is surely a label, so that weaker marks may be labels after it."""
    speech = len(line.text[match.end :].split()) >= 3  # more than the office of one present
    return match.mark in _STRONG or match.mark == "line" or (match.mark in ";\uff1b" and speech)


def _label(derived: Derived, line: Line, match: _Match) -> Label:
    at = line.span.start
    span = derived.to_base(Span(at, at + match.end))
    exact = match.head.of(line.text) == match.form.name
    said = f"like {match.form.name!r} ({match.alike / 100:.2f})".replace("(0.", "(.")
    return Label(span, match.form.speaker, span.of(derived.base), "exact" if exact else said)


@frozen
class _Head:
    """The first words of a line, and the mark behind them."""

    words: int
    span: Span  # of the line: without the mark
    end: int  # of the line: behind the mark
    mark: str
    key: str
    capitals: bool


def _best(text: str, forms: Sequence[_Form]) -> _Match | None:
    """The form that the line begins with, unless another speaker's is nearly as like."""
    heads = list(_heads(text, max((form.words for form in forms), default=0) + 1))
    found: dict[str, _Match] = {}
    for form in forms:
        for head in heads:
            if abs(head.words - form.words) > 1 or not _same_dress(head, form):
                continue
            alike = fuzz.ratio(head.key, form.key, score_cutoff=70.0)
            best = found.get(form.speaker)
            if alike and (best is None or (alike, bool(head.mark)) > (best.alike, bool(best.mark))):
                found[form.speaker] = _Match(form, alike, head.span, head.end, head.mark)
    ranked = sorted(found.values(), key=lambda match: -match.alike)
    if not ranked or (len(ranked) > 1 and ranked[0].alike - ranked[1].alike < _MARGIN):
        return None
    return ranked[0]


def _same_dress(head: _Head, form: _Form) -> bool:
    """A name set in capitals is a label by its capitals, unless a colon follows."""
    return head.capitals or head.mark in _STRONG or not form.name.isupper()


def _heads(text: str, most: int) -> Iterator[_Head]:
    """The first one, two … words of a line."""
    for count, word in enumerate(islice(_WORD.finditer(text), most), start=1):
        end = word.end()
        said = text[:end].rstrip(".,\uff0c\u3002")
        aside = _ASIDE.match(text, end)
        behind = _MARK.match(text, aside.end() if aside else end)
        after = behind.end() if behind else end
        mark = text[len(said) : end][:1] or (behind.group().strip() if behind else "")
        mark = "line" if after >= len(text) and mark in "." else mark
        yield _Head(count, Span(0, len(said)), after, mark, key(said), said.isupper())


def _enough(match: _Match, line: Line, starts: bool, before: str) -> bool:
    mark = {"\uff1a": ":", "\uff1b": ";", "\uff0c": ",", "\u3002": "."}.get(match.mark, match.mark)
    if match.alike < _LIMITS[mark][0 if starts else 1]:
        return False
    if mark == ":":
        return True
    follows = line.text[match.end :].lstrip(" \"'\u201c\u201e\u00ab([-\u2013")[:1]
    begins = not follows.islower() and (starts or sentence_ends(before))
    if mark in (";", ".", "line"):
        return begins
    # A name and no mark: an address ("Comrade President, I …") begins like this too.
    return (
        begins
        and follows.isalpha()
        and match.form.words > 1
        and not regex.match(r"\s*I\b", line.text[match.end :])
    )


# Proposing.  The phrase before the colon: up to six words that begin with a capital, or little
# words between them; in scripts without capitals, up to four words.
_LITTLE = (
    "of|the|and|de|du|des|la|le|les|von|van|der|den|zu|di|da|do|dos|del|della|e|i|y|ibn|bin|al|el"
    "|\u2019|'"
)
_CAPITAL = r"[\p{Lu}\p{Lt}][\p{L}\p{M}\p{N}.'\u2019\u2010\u2011-]*"
_OTHER = r"[\p{Lo}][\p{L}\p{M}\p{N}.'\u2019\u05f3\u05f4\u00b7-]*"
_CAPITALISED = rf"{_CAPITAL}(?:\s+(?:{_CAPITAL}|{_LITTLE}|\(\p{{Lu}}[^()]*\)|\d+)){{0,5}}"
_PHRASE = rf"(?:{_CAPITALISED}|{_OTHER}(?:\s+{_OTHER}){{0,3}})"
_COLON = regex.compile(rf"(?P<name>{_PHRASE})(?:{_BRACKET})?\s*[:\uff1a](?![\d/])")
_CAPITALS = regex.compile(
    r"(?P<name>\p{Lu}[\p{Lu}\p{M}'\u2019-]+(?:\s+\p{Lu}[\p{Lu}\p{M}'\u2019-]*){0,3})"
    rf"(?:{_BRACKET})?(?:\.(?=\s|$)|$)"
)
_STEM = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_LONGEST = 48  # characters of a label
_LIKE = 80.0  # two spellings of one label
_LONG = 12  # letters: shorter labels that are alike and both frequent are two people
_WORD_LIKE = 50.0  # a title in common makes two people alike; their names do not


def propose(found: Sequence[Line], starts: Sequence[bool]) -> tuple[Speaker, ...]:
    """Who seems to speak in these lines: phrases that come before a colon again and again."""
    counts: Counter[str] = Counter()
    for line, first in zip(found, starts, strict=True):
        match = _COLON.match(line.text) or (_CAPITALS.match(line.text) if first else None)
        name = " ".join(match["name"].split()) if match else ""
        if name and len(name) <= _LONGEST and _may_speak(name):
            counts[name] += 1
    return _people(_merged(counts))


def _may_speak(name: str) -> bool:
    return key(name).rstrip("0123456789 ") not in words("not-speakers")


def _merged(counts: Counter[str]) -> list[list[str]]:
    """Spellings of the same label together, the commonest first; labels seen but once are left."""
    groups: list[list[str]] = []
    for name, count in counts.most_common():  # equal counts: in order of appearance
        for group in groups:
            rare = 3 * count <= max(3, counts[group[0]]) or len(name) >= _LONG
            if rare and _misread(name, group[0]):
                group.append(name)
                break
        else:
            groups.append([name])
    often = [group for group in groups if sum(counts[name] for name in group) >= 2]
    titles = {group[0].split()[0] for group in often if " " in group[0]}
    once = [group for group in groups if group not in often]
    return often + [g for g in once if " " in g[0] and g[0].split()[0] in titles]


def _misread(name: str, other: str) -> bool:
    """Whether one label may be the other misread: as a whole, and in each of its words."""
    if fuzz.ratio(key(name), key(other)) < _LIKE:
        return False
    ours, others = key(name).split(), key(other).split()
    return len(ours) != len(others) or all(
        fuzz.ratio(word, its) >= _WORD_LIKE for word, its in zip(ours, others, strict=True)
    )


def _people(groups: Sequence[Sequence[str]]) -> tuple[Speaker, ...]:
    people: list[Speaker] = []
    for group in groups:
        stem = "-".join(_STEM.findall(group[0].lower())) or "speaker"
        taken = {speaker.id for speaker in people}
        name = next(n for n in (stem, *(f"{stem}-{i}" for i in range(2, 999))) if n not in taken)
        people.append(Speaker(name, tuple(group)))
    return tuple(people)
