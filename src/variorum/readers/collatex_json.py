"""CollateX JSON: ready-made tokens, or texts, of several witnesses.

::

    {"witnesses": [{"id": "A", "tokens": [{"t": "Choe ", "n": "choe"}, …]},
                   {"id": "B", "content": "Choe Yong-geon …"}]}

The text as read is made of the tokens' ``t``, with one space between two
where neither side brings white space.  A token keeps its ``n`` and any further
keys; without ``n`` it is compared as ``t``, trimmed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath

from variorum.errors import ReadingError, WitnessError
from variorum.readers import decode, received
from variorum.text import Span, Text
from variorum.witness import GivenToken, Layout, Page, Received, Witness

__all__ = ["NAME", "VERSION", "read", "recognise"]

NAME = "collatex-json"
VERSION = "1"


def recognise(name: str, data: bytes) -> str:
    """Take what is named .json, or starts with a brace and speaks of witnesses."""
    if PurePath(name).suffix.lower() == ".json":
        return ""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{") and b'"witnesses"' in start:
        return ""
    return "not JSON with witnesses"


def read(name: str, data: bytes) -> tuple[Witness, ...]:
    """The witnesses, in the order of the file."""
    text, encoding = decode(name, data)
    try:
        told = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _wrong(f"not JSON ({error.msg})", f"{name}:{error.lineno}") from None
    except (RecursionError, ValueError) as error:
        raise _wrong(f"not JSON ({error})", name) from None
    if not isinstance(told, dict) or not isinstance(told.get("witnesses"), list):
        raise _wrong('no list "witnesses"', name)
    came = received(name, data, NAME, VERSION, encoding)
    found = [_witness(name, n, entry, came) for n, entry in enumerate(told["witnesses"], 1)]
    seen: set[str] = set()
    for witness in found:
        if witness.siglum in seen:
            raise ReadingError(
                f"the siglum {witness.siglum!r} is used twice",
                place=name,
                remedy="give each witness an id of its own",
            )
        seen.add(witness.siglum)
    if not found:
        raise _wrong("no witness in it", name)
    return tuple(found)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _wrong(what: str, place: str) -> ReadingError:
    return ReadingError(
        what, place=place, remedy='give {"witnesses": [{"id": …, "tokens": [{"t": …}]}]}'
    )


def _witness(name: str, number: int, entry: object, came: Received) -> Witness:
    place = f"{name}: witness {number}"
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise _wrong('a witness without "id"', place)
    try:
        if isinstance(entry.get("tokens"), list):
            text, tokens = _tokens(entry["tokens"], f"{place} ({entry['id']})")
            return Witness(
                entry["id"], Text(text), _page(text, name), received=(came,), tokens=tokens
            )
        if isinstance(entry.get("content"), str):
            text = entry["content"]
            return Witness(entry["id"], Text(text), _page(text, name), received=(came,))
    except WitnessError as error:
        raise ReadingError(error.what, place=place, remedy=error.remedy) from None
    raise _wrong('neither "tokens" nor "content"', f"{place} ({entry['id']})")


def _page(text: str, name: str) -> Layout:
    return Layout((Page(Span(0, len(text)), name),))


def _tokens(told: list[object], place: str) -> tuple[str, tuple[GivenToken, ...]]:
    parts: list[str] = []
    out: list[GivenToken] = []
    at = 0
    open_ = True  # whether the text so far ends in white space, or is empty
    for number, token in enumerate(told, 1):
        if not isinstance(token, dict) or not isinstance(token.get("t"), str):
            raise _wrong('a token without "t"', f"{place}, token {number}")
        n = token.get("n")
        if n is not None and not isinstance(n, str):
            raise _wrong('a token whose "n" is no text', f"{place}, token {number}")
        written = token["t"]
        if not open_ and written and not written[0].isspace():
            parts.append(" ")
            at += 1
        parts.append(written)
        out.append(GivenToken(Span(at, at + len(written)), n, _extra(token)))
        at += len(written)
        open_ = written[-1].isspace() if written else open_
    return "".join(parts), tuple(out)


def _extra(token: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    if len(token) == 1 + ("n" in token):
        return ()
    return tuple(
        (key, json.dumps(value, ensure_ascii=False, sort_keys=True))
        for key, value in sorted(token.items())
        if key not in ("t", "n")
    )
