"""The made text as others read it: the text, JSON with its provenance, the disputed places.

The text goes out clean, so that it can be read, searched and collated like any
other; that it is *made* is said beside it, in three places that a user meets::

    vote.txt        Comrade Enver Hoxha: We are …          the text and nothing else
    vote.json       {"format":"variorum vote 1",           which copies, by digest; settings;
                     "fingerprint":…,"made":true,…         every token with its copies
    vote.csv        place 7: "come" O1 O3 .71              what a proofreader looks at first
                             "ccme" O2    .29
    edition.toml    [[witness]] … synthetic = true         what an editor pastes to use the text

A witness so described attests nothing: collation shows it, ``synthetic`` stands
beside it in every view, and an edition in which it attests is not published.

The table has one row a reading, the chosen one first, and is written like the
apparatus in ``exporters``: byte order mark, CR LF, and an apostrophe before a
cell that a spreadsheet would run as a formula.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, count

from variorum import __version__
from variorum.multiple import ALIGNER
from variorum.ocr.vote import VOTE, Consensus
from variorum.ocr.vote.choices import Choice
from variorum.text import digest
from variorum.tokens import TOKENISER
from variorum.witness import PAGE_BREAK, Witness

__all__ = ["COLUMNS", "entry", "fingerprint", "to_csv", "to_json", "to_text"]

COLUMNS = ("place", "reading no.", "page", "line", "chosen", "reading", "copies", "votes", "why")
"""Of the table of disputed places; ``place`` counts them, page and line are the made text's;
``why`` says what overruled the votes where another reading has more."""

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


def fingerprint(
    consensus: Consensus, copies: Sequence[Witness], lexicon: str = ""
) -> dict[str, object]:
    """Everything that could move a letter, and under ``"id"`` the digest of it.

    *lexicon* says where the words are from that were known; nothing if none were.
    """
    told: dict[str, object] = {
        "variorum": __version__,
        "vote": VOTE,
        "aligner": ALIGNER,
        "tokeniser": TOKENISER,
        "language": consensus.language,
        "lexicon": lexicon,
        "copies": {
            copy.siglum: {
                "text": copy.text.digest,
                "files": [[file.file, file.digest, file.reader] for file in copy.received],
            }
            for copy in sorted(copies, key=lambda copy: copy.siglum)
        },
    }
    return {**told, "id": digest(json.dumps(told, sort_keys=True, ensure_ascii=False))[:16]}


def to_text(consensus: Consensus) -> bytes:
    """The made text and nothing else, pages parted by form feeds, UTF-8."""
    return consensus.text.encode("utf-8", "surrogatepass")


def to_json(consensus: Consensus, printed: Mapping[str, object]) -> bytes:
    """The text and all that it rests on; offsets in code points, of it and of each copy as read.

    *printed* is the ``fingerprint``.  ``disputed`` numbers the choices, from 0, that
    could have gone otherwise.
    """
    places = _places(consensus)
    told = {
        "format": "variorum vote 1",
        "fingerprint": printed,
        "made": True,
        "digest": digest(consensus.text),
        "language": consensus.language,
        "copies": list(consensus.copies),
        "errors": dict(sorted(consensus.errors.items())),
        "weights": dict(sorted(consensus.weights.items())),
        "voices": [list(voice) for voice in consensus.voices],
        "likeness": [
            {"copies": list(pair), "correlation": value}
            for pair, value in sorted(consensus.likeness.items())
        ],
        "notes": list(consensus.notes),
        "text": consensus.text,
        "disputed": [n for n, choice in enumerate(consensus.choices) if choice.disputed],
        "choices": [
            _choice(choice, *place) for choice, place in zip(consensus.choices, places, strict=True)
        ],
    }
    text = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return (text + "\n").encode("utf-8", "surrogatepass")


def _choice(choice: Choice, page: int, line: int) -> dict[str, object]:
    return {
        "text": choice.text,
        "span": [choice.span.start, choice.span.end],
        "page": page,
        "line": line,
        "copies": list(choice.copies),
        "votes": choice.votes,
        "disputed": choice.disputed,
        "why": choice.why,
        "places": {s: [[at.start, at.end] for at in p] for s, p in choice.places.items()},
        "alternatives": [
            {"text": other.text, "copies": list(other.copies), "votes": other.votes}
            for other in choice.alternatives
        ],
    }


def _places(consensus: Consensus) -> Iterator[tuple[int, int]]:
    """Page and line of each choice in the made text, both from 1."""
    page = line = 1
    at = 0
    for choice in consensus.choices:
        passed = consensus.text[at : choice.span.start]
        at = choice.span.start
        if PAGE_BREAK in passed:
            page += passed.count(PAGE_BREAK)
            line = 1
        line += passed[passed.rfind(PAGE_BREAK) + 1 :].count("\n")
        yield page, line


def to_csv(consensus: Consensus) -> bytes:
    """The disputed places, a row a reading; a spreadsheet opens it as it is."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    told = zip(consensus.choices, _places(consensus), strict=True)
    disputed = ((choice, place) for choice, place in told if choice.disputed)
    for number, (choice, (page, line)) in enumerate(disputed, 1):
        for row in _rows(choice):
            table.writerow([number, row[0], page, line, *map(_inert, row[1:])])
    return out.getvalue().encode("utf-8-sig", "backslashreplace")


def _rows(choice: Choice) -> Iterator[tuple[int, str, str, str, str, str]]:
    """Number, chosen or not, text, copies and votes of each reading, and why it was chosen."""
    yield 1, "yes", choice.text, " ".join(choice.copies), f"{choice.votes:.3f}", choice.why
    for number, other in enumerate(choice.alternatives, 2):
        yield number, "", other.text, " ".join(other.copies), f"{other.votes:.3f}", ""


def _inert(cell: str) -> str:
    """The cell as text, whatever a spreadsheet makes of its first character."""
    return "'" + cell if cell.startswith(_ACTIVE) else cell


def entry(
    consensus: Consensus, copies: Sequence[Witness], file: str, taken: Collection[str] = ()
) -> str:
    """The ``[[witness]]`` table by which an edition takes up the made text kept in *file*.

    The siglum is V, or V2 and so on where *taken* or the copies have it.  What all
    copies agree on of themselves (language, original or translation, rights) the made
    text inherits.
    """
    used = {*taken, *consensus.copies}
    siglum = next(s for s in chain(["V"], (f"V{n}" for n in count(2))) if s not in used)
    made_of = ", ".join(sorted(consensus.copies))
    known = [copy.description for copy in copies]
    language = _shared([one.language for one in known]) or consensus.language
    lines = {
        "siglum": siglum,
        "file": file,
        **({"language": language} if language else {}),
        "text": _shared([one.text for one in known]) or "original",
        "kind": "vote of copies",
        **({"rights": rights} if (rights := _shared([one.rights for one in known])) else {}),
    }
    return "\n".join(
        [
            "[[witness]]",
            *(f"{key} = {_quoted(value)}" for key, value in lines.items()),
            f'derivation = {{ from = {_quoted(made_of)}, by = "variorum {__version__}", '
            'how = "voted" }',
            "synthetic = true",
        ]
    )


def _shared(values: Sequence[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""


def _quoted(value: str) -> str:
    """*value* as TOML has it: JSON's escapes, and DEL, which JSON leaves as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
