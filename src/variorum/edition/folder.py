"""An edition on disk: ``edition.toml`` and the files it names.

::

    my-edition/
      edition.toml       [edition] [[speaker]] [[witness]] [[role]] [recipe.NAME]
      W.txt  P.pdf  O1/  the witnesses as received; never written to
      build/             everything generated

A key that is not known, a siglum used twice, a base that is no witness or a
path that leaves the folder is an error with its line.  ``tomllib`` keeps no
lines, so the line is looked up in the text once something is wrong.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import regex
from attrs import frozen

from variorum.errors import EditionError, RuleError, WitnessError
from variorum.readers import read_path
from variorum.rules import RECIPES, Recipe, recipe_of
from variorum.text import Span, Text
from variorum.turns import Speaker
from variorum.witness import (
    Derivation,
    Description,
    Role,
    Stretch,
    Witness,
    join_pages,
)

__all__ = ["FILE", "Entry", "Folder", "load", "received_files", "witnesses"]

FILE = "edition.toml"

Table = Mapping[str, Any]

_STRING, _STRINGS, _BOOL, _TABLE = "a text", "a list of texts", "true or false", "a table"

_EDITION = {
    "title": _STRING,
    "base": _STRING,
    "recipe": _STRING,
    "style": _STRING,
    "languages": _STRINGS,
}
_SPEAKER = {"id": _STRING, "names": _STRINGS}
_WITNESS = {
    **dict.fromkeys(["siglum", "file", "pages", "language", "text", "kind", "recipe"], _STRING),
    **dict.fromkeys(["date", "repository", "shelfmark", "source", "rights"], _STRING),
    "hands": _STRINGS,
    "derivation": _TABLE,
    "synthetic": _BOOL,
}
_DERIVATION = {"from": _STRING, "by": _STRING, "how": _STRING}
_ROLE = {"siglum": _STRING, "quotation": _STRING, "role": _STRING}
_TOP = {"edition": _TABLE, "speaker": "", "witness": "", "role": "", "recipe": _TABLE}


@frozen
class Entry:
    """One ``[[witness]]``: its siglum, its files relative to the folder, what is said of it."""

    siglum: str
    files: tuple[str, ...]
    description: Description


@frozen
class Overruling:
    """One ``[[role]]``: wherever *siglum* has *quotation*, it has *role*."""

    siglum: str
    quotation: str
    role: Role
    line: int


@frozen
class Folder:
    """An edition as its file describes it."""

    path: Path
    title: str
    base: str
    recipe: str
    style: str
    languages: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    entries: tuple[Entry, ...]
    overrulings: tuple[Overruling, ...]
    recipes: Mapping[str, Recipe]


@frozen
class _Source:
    """The text of an edition file, to say where something stands."""

    text: str
    place: str

    def line(self, table: str, number: int = 0, key: str = "") -> int:
        """The line of *key* in the *number*-th table of that name; the table's if absent."""
        seen, header, found = -1, "", 1
        for at, line in enumerate(self.text.splitlines(), 1):
            match = regex.match(r"\s*\[\[?\s*([^\]\s]+)\s*\]?\]", line)
            if match:
                header = match[1]
                seen += header == table
                found = at if header == table and seen == number else found
            inside = (header == table and seen == number) or not (header or table)
            if inside and key and regex.match(rf"\s*[\"']?{regex.escape(key)}[\"']?\s*=", line):
                return at
        return found

    def wrong(
        self, what: str, remedy: str, table: str = "", number: int = 0, key: str = ""
    ) -> EditionError:
        """The error for what stands there."""
        return EditionError(
            what, place=f"{self.place}:{self.line(table, number, key)}", remedy=remedy
        )


def load(path: Path) -> Folder:
    """The edition in the folder *path*.  Raises ``EditionError`` with the line."""
    file = path / FILE
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise EditionError(
            "no edition here", place=str(file), remedy=f"make one with: variorum init {path}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise EditionError(f"cannot be read ({error})", place=str(file), remedy="mend it") from None
    source = _Source(text, str(file))
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = regex.search(r"line (\d+)", str(error))
        raise EditionError(
            f"not TOML ({error})", place=f"{file}:{line[1] if line else 1}", remedy="mend the line"
        ) from None
    return _folder(path, told, source)


def _folder(path: Path, told: Table, source: _Source) -> Folder:
    for key in told:
        if key not in _TOP:
            known = f"known here: {', '.join(_TOP)}"
            raise source.wrong(f"an unknown key {key!r}", known, key if key in told else "", 0, key)
    edition = _checked(told.get("edition", {}), _EDITION, source, "edition")
    entries = tuple(_entries(path, _list(told, "witness", source), source))
    if not entries:
        raise source.wrong("no [[witness]]", "name at least two witnesses")
    base = edition.get("base")
    sigla = [entry.siglum for entry in entries]
    if not base:
        raise source.wrong(
            "no base witness", f'write base = "…", one of {", ".join(sigla)}', "edition"
        )
    if base not in sigla:
        raise source.wrong(
            f"the base {base!r} is no witness",
            f"choose one of {', '.join(sigla)}",
            "edition",
            0,
            "base",
        )
    recipes = {**RECIPES, **dict(_recipes(told.get("recipe", {}), source))}
    folder = Folder(
        path,
        edition.get("title", path.resolve().name),
        base,
        edition.get("recipe", "plain"),
        edition.get("style", "documentary"),
        tuple(edition.get("languages", ())),
        tuple(_speakers(_list(told, "speaker", source), source)),
        entries,
        tuple(_overrulings(_list(told, "role", source), sigla, source)),
        recipes,
    )
    _recipes_exist(folder, source)
    return folder


def _list(told: Table, name: str, source: _Source) -> Sequence[Table]:
    value = told.get(name, [])
    if not isinstance(value, list):
        raise source.wrong(f"[{name}] is not a list", f"write [[{name}]]", name)
    return value


def _checked(
    table: object, known: Mapping[str, str], source: _Source, name: str, number: int = 0
) -> Table:
    """The table, once every key is known and of its kind."""
    if not isinstance(table, Mapping):
        raise source.wrong(f"{name} is no table", f"write [{name}]", name, number)
    for key, value in table.items():
        if key not in known:
            raise source.wrong(
                f"an unknown key {key!r}", f"known here: {', '.join(known)}", name, number, key
            )
        if not _is(value, known[key]):
            raise source.wrong(f"{key} must be {known[key]}", "mend it", name, number, key)
    return table


def _is(value: object, kind: str) -> bool:
    if kind == _STRINGS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, {_STRING: str, _BOOL: bool, _TABLE: dict}[kind])


def _entries(path: Path, tables: Sequence[Table], source: _Source) -> Iterable[Entry]:
    seen: set[str] = set()
    for number, told in enumerate(tables):
        table = _checked(told, _WITNESS, source, "witness", number)
        siglum = table.get("siglum")
        if not siglum:
            raise source.wrong("a witness without siglum", 'write siglum = "…"', "witness", number)
        try:
            Witness(siglum, Text(""))
        except WitnessError as error:
            raise source.wrong(error.what, error.remedy, "witness", number, "siglum") from None
        if siglum in seen:
            raise source.wrong(
                f"the siglum {siglum!r} is used twice",
                "give each its own",
                "witness",
                number,
                "siglum",
            )
        seen.add(siglum)
        files = tuple(_files(path, table, source, number))
        yield Entry(siglum, files, _description(table, source, number))


def _files(path: Path, table: Table, source: _Source, number: int) -> Iterable[str]:
    if ("file" in table) == ("pages" in table):
        raise source.wrong(
            f"{table['siglum']} needs either file or pages", 'write file = "…"', "witness", number
        )
    key = "file" if "file" in table else "pages"
    told = table[key]
    root = path.resolve()
    if Path(told).is_absolute() or ".." in Path(told).parts:
        raise _outside(source, told, number, key)
    found = [told] if key == "file" else sorted(_matching(path, told), key=natural)
    if not found:
        raise source.wrong(f"no file matches {told!r}", "check the pattern", "witness", number, key)
    for name in found:
        if not (path / name).resolve().is_relative_to(root):
            raise _outside(source, name, number, key)
        if not (path / name).exists():
            raise source.wrong(
                f"there is no file {name!r}", "check the name", "witness", number, key
            )
        yield name


def _outside(source: _Source, told: str, number: int, key: str) -> EditionError:
    return source.wrong(
        f"{told!r} leaves the edition folder", "copy the file into it", "witness", number, key
    )


def _matching(path: Path, pattern: str) -> list[str]:
    try:
        return [found.relative_to(path).as_posix() for found in path.glob(pattern)]
    except ValueError:
        return []


def natural(name: str) -> list[tuple[int, int, str]]:
    """Name order in which page-2 comes before page-10."""
    parts = regex.findall(r"\d+|\D+", name)
    return [(0, int(p), p) if p.isdecimal() else (1, 0, p) for p in parts]


def _description(table: Table, source: _Source, number: int) -> Description:
    derivation = _checked(table.get("derivation", {}), _DERIVATION, source, "witness", number)
    text = table.get("text", "original")
    if text not in ("original", "translation"):
        raise source.wrong(
            f"text = {text!r}", "write original or translation", "witness", number, "text"
        )
    return Description(
        language=table.get("language", ""),
        text=text,
        derivation=Derivation(
            derivation.get("from", ""), derivation.get("by", ""), derivation.get("how", "")
        ),
        hands=tuple(table.get("hands", ())),
        kind=table.get("kind", ""),
        date=table.get("date", ""),
        repository=table.get("repository", ""),
        shelfmark=table.get("shelfmark", ""),
        source=table.get("source", ""),
        rights=table.get("rights", ""),
        recipe=table.get("recipe", ""),
        synthetic=table.get("synthetic", False),
    )


def _speakers(tables: Sequence[Table], source: _Source) -> Iterable[Speaker]:
    for number, told in enumerate(tables):
        table = _checked(told, _SPEAKER, source, "speaker", number)
        if not table.get("id") or not table.get("names"):
            raise source.wrong("a speaker needs id and names", "add them", "speaker", number)
        yield Speaker(table["id"], tuple(table["names"]))


def _overrulings(
    tables: Sequence[Table], sigla: Sequence[str], source: _Source
) -> Iterable[Overruling]:
    for number, told in enumerate(tables):
        table = _checked(told, _ROLE, source, "role", number)
        for key in _ROLE:
            if not table.get(key):
                raise source.wrong(f"a role needs {key}", f'write {key} = "…"', "role", number)
        if table["siglum"] not in sigla:
            raise source.wrong(
                f"no witness {table['siglum']!r}",
                f"one of {', '.join(sigla)}",
                "role",
                number,
                "siglum",
            )
        try:
            role = Role(table["role"])
        except ValueError:
            raise source.wrong(
                f"there is no role {table['role']!r}",
                f"one of {', '.join(Role)}",
                "role",
                number,
                "role",
            ) from None
        line = source.line("role", number, "quotation")
        yield Overruling(table["siglum"], table["quotation"], role, line)


def _recipes(told: object, source: _Source) -> Iterable[tuple[str, Recipe]]:
    if not isinstance(told, Mapping):
        raise source.wrong("[recipe] is no table", "write [recipe.NAME]", "recipe")
    for name, table in told.items():
        header = f"recipe.{name}"
        if not isinstance(table, Mapping) or not isinstance(table.get("rules"), list):
            raise source.wrong(f"recipe {name!r} has no rules", "write rules = [ … ]", header)
        for key in table:
            if key != "rules":
                raise source.wrong(f"an unknown key {key!r}", "known here: rules", header, 0, key)
        try:
            yield name, recipe_of(name, table["rules"])
        except RuleError as error:
            raise source.wrong(error.what, error.remedy, header, 0, "rules") from None


def _recipes_exist(folder: Folder, source: _Source) -> None:
    asked = [("edition", 0, folder.recipe)]
    asked += [
        ("witness", n, entry.description.recipe)
        for n, entry in enumerate(folder.entries)
        if entry.description.recipe
    ]
    for table, number, name in asked:
        if name not in folder.recipes:
            raise source.wrong(
                f"there is no recipe {name!r}",
                f"choose one of {', '.join(sorted(folder.recipes))}, or write [recipe.{name}]",
                table,
                number,
                "recipe",
            )


def received_files(folder: Folder) -> tuple[str, ...]:
    """Every file that a witness is made of."""
    return tuple(name for entry in folder.entries for name in entry.files)


def witnesses(folder: Folder) -> tuple[Witness, ...]:
    """The witnesses as read now, in the edition's order, roles overruled."""
    return tuple(_witness(folder, entry) for entry in folder.entries)


def _witness(folder: Folder, entry: Entry) -> Witness:
    pages = []
    for name in entry.files:
        found = read_path(folder.path / name, name)
        if len(found) != 1:
            raise EditionError(
                f"holds {len(found)} witnesses, not one",
                place=str(folder.path / name),
                remedy="give each witness a file of its own",
            )
        pages.append(found[0])
    joined = join_pages(entry.siglum, pages)
    return Witness(
        entry.siglum, joined.text, joined.layout, entry.description, joined.received, joined.tokens
    )


def overruled(folder: Folder, witness: Witness) -> tuple[Stretch, ...]:
    """The roles that the editor gave in *witness*; each quotation wherever it stands."""
    out = []
    for told in folder.overrulings:
        if told.siglum != witness.siglum:
            continue
        found = list(regex.finditer(regex.escape(told.quotation), witness.text.chars))
        if not found:
            raise EditionError(
                f"{told.siglum} does not have {told.quotation!r}",
                place=f"{folder.path / FILE}:{told.line}",
                remedy="quote it as it stands in the witness",
            )
        out += [Stretch(Span(*match.span()), told.role, FILE) for match in found]
    return tuple(sorted(out))
