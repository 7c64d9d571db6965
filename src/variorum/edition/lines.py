"""Where each key of a TOML text stands, so that an error can name its line.

``tomllib`` keeps no positions, and parsers that keep them (tomlkit) are a whole
second reading of the language for one number.  So ``tomllib`` judges the text,
and this walk over what it has accepted only counts: it need not know what a
value means, only where strings, arrays and inline tables end::

    [[witness]]                          ("witness", 0)                   1
    siglum = "W"                         ("witness", 0, "siglum")         2
    derivation = { from = "A" }          ("witness", 0, "derivation", "from")   3

A line that looks like a table or a key inside a string or a comment is neither.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import regex
from attrs import define, field

__all__ = ["Keys", "lines"]

Keys = tuple[str | int, ...]
"""The way to a value: names of tables and keys, numbers of items from 0."""

_TOKEN = regex.compile(
    r"(?P<string>\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5}|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
    r"|(?P<comment>\#[^\n]*)|(?P<mark>[\[\]{}=,.\n])|(?P<bare>[^\s\"'#\[\]{}=,.]+)",
    regex.DOTALL,
)


def lines(text: str) -> dict[Keys, int]:
    """Every table and key of *text*, which ``tomllib`` has accepted, with its line from 1."""
    walk = _Walk(list(_tokens(text.replace("\r\n", "\n"))))
    while walk.more():
        walk.statement()
    return walk.found


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, reached = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", reached, match.start())
        reached = match.start()
        if match.lastgroup != "comment":
            yield match[0], line


@define
class _Walk:
    """One walk over the tokens: where it is, the table it is in, what it found."""

    tokens: list[tuple[str, int]]
    at: int = 0
    table: Keys = ()
    found: dict[Keys, int] = field(factory=dict)
    counts: dict[Keys, int] = field(factory=dict)

    def more(self) -> bool:
        """Pass over empty lines; is anything left?"""
        while self._next() == "\n":
            self.at += 1
        return self.at < len(self.tokens)

    def statement(self) -> None:
        """One header, or one key with its value."""
        if self._next() == "[":
            self._header()
        else:
            self._pair(self.table)

    def _next(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def _took(self, token: str) -> bool:
        """Is *token* next?  Then pass it."""
        there = self._next() == token
        self.at += there
        return there

    def _name(self, end: str) -> list[str]:
        """The parts of a dotted name; *end* follows it and is passed."""
        raw: list[str] = []
        while not self._took(end):
            raw.append(self._next())
            self.at += 1
        parts: list[str] = []
        table = tomllib.loads(f"{''.join(raw)} = 0")
        while isinstance(table, dict):
            ((part, table),) = table.items()
            parts.append(part)
        return parts

    def _header(self) -> None:
        line = self.tokens[self.at][1]
        self.at += 1
        many = self._took("[")
        parts = self._name("]")
        if many:
            self._took("]")
        keys: Keys = ()
        for part in parts[:-1]:
            self.found.setdefault((*keys, part), line)  # implied by what is in it
            keys = self._into((*keys, part))
        keys = (*keys, parts[-1])
        if many:
            self.counts[keys] = self.counts.get(keys, -1) + 1
            self.found.setdefault(keys, line)
            keys = self._into(keys)
        self.table = keys
        self.found.setdefault(keys, line)

    def _into(self, keys: Keys) -> Keys:
        """The table at *keys*; of many, the last so far."""
        return (*keys, self.counts[keys]) if keys in self.counts else keys

    def _pair(self, inside: Keys) -> None:
        line = self.tokens[self.at][1]
        keys = inside
        for part in self._name("="):
            keys = (*keys, part)
            self.found.setdefault(keys, line)
        self._value(keys)

    def _value(self, keys: Keys) -> None:
        if self._took("{"):
            while not self._took("}"):
                if not self._took(","):
                    self._pair(keys)
        elif self._took("["):
            self._items(keys)
        else:
            while self._next() not in ("", "\n", ",", "]", "}"):
                self.at += 1

    def _items(self, keys: Keys) -> None:
        number = 0
        while not self._took("]"):
            if self._took("\n"):
                continue
            if self._took(","):
                number += 1
            else:
                self.found.setdefault((*keys, number), self.tokens[self.at][1])
                self._value((*keys, number))
