"""The table that every benchmark prints: what, what it must reach, what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

__all__ = ["Row", "Rows", "printed"]


@frozen
class Row:
    """One line of the table; *ok* is nothing where a figure is only shown."""

    what: str
    must: str
    measured: str
    ok: bool | None

    def __str__(self) -> str:
        said = {True: "yes", False: "NO", None: "shown"}[self.ok]
        return f"| {self.what:<66} | {self.must:<16} | {self.measured:<32} | {said:<5} |"


Rows = Iterator[Row]


def printed(parts: Iterable[Rows]) -> int:
    """Print the rows as they are measured; 1 if one falls short, else 0."""
    print(f"| {'what':<66} | {'must reach':<16} | {'measured':<32} | {'ok':<5} |")
    print(f"|{'-' * 68}|{'-' * 18}|{'-' * 34}|{'-' * 7}|", flush=True)
    short = False
    for rows in parts:
        for row in rows:
            print(row, flush=True)
            short = short or row.ok is False
    return int(short)
