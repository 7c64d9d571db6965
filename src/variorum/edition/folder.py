"""An edition on disk: ``edition.toml`` and the files it names.

::

    my-edition/
      edition.toml       [edition] [[speaker]] [[witness]] [[role]] [recipe.NAME]
      W.txt  P.pdf  O1/  the witnesses as received; never written to
      build/             everything generated

A key that is not known, a siglum used twice, a base that is no witness or a
path that leaves the folder is an error with its line.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import regex
from attrs import frozen

from variorum.edition.lines import Keys, lines
from variorum.errors import EditionError, RuleError, WitnessError
from variorum.files import natural
from variorum.readers import decode
from variorum.rules import RECIPES, Recipe, recipe_of
from variorum.text import Text
from variorum.turns import Speaker
from variorum.witness import Derivation, Description, Role, Witness

__all__ = ["BUILD", "FILE", "Entry", "Folder", "load"]

FILE = "edition.toml"
BUILD = "build"
"""Names in an edition folder: its description, and everything generated."""

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
    "confusions": _STRING,
    "hands": _STRINGS,
    "derivation": _TABLE,
    "synthetic": _BOOL,
}
_DERIVATION = {"from": _STRING, "by": _STRING, "how": _STRING}
_ROLE = {"siglum": _STRING, "quotation": _STRING, "role": _STRING}
_TOP = {"edition": _TABLE, "speaker": "", "witness": "", "role": "", "recipe": _TABLE}


@frozen
class Entry:
    """One ``[[witness]]``: its siglum, its files relative to the folder, what is said of it.

    ``confusions`` is the file of an evaluation (``variorum ocr evaluate``) that
    tells what this copy reads for what; "" if there is none.
    """

    siglum: str
    files: tuple[str, ...]
    description: Description
    confusions: str = ""


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
    """An edition file: where it is, and on which line each of its keys stands."""

    place: str
    lines: Mapping[Keys, int]

    def line(self, *keys: str | int) -> int:
        """The line of *keys*, or of the table that should hold them."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def wrong(self, what: str, remedy: str, *keys: str | int) -> EditionError:
        """The error for what stands there."""
        return EditionError(what, place=f"{self.place}:{self.line(*keys)}", remedy=remedy)


def load(path: Path) -> Folder:
    """The edition in the folder *path*.  Raises ``EditionError`` with the line."""
    file = path / FILE
    text = _text(file)
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = regex.search(r"line (\d+)", str(error))
        at = int(line[1]) if line else text.count("\n") + 1
        raise EditionError(
            f"not TOML ({error})", place=f"{file}:{at}", remedy="mend the line"
        ) from None
    return _folder(path, told, _Source(str(file), lines(text)))


def _text(file: Path) -> str:
    try:
        text, encoding = decode(str(file), file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise EditionError(
            "no edition here", place=str(file), remedy=f"make one with: variorum init {file.parent}"
        ) from None
    except OSError as error:
        raise EditionError(
            f"cannot be read ({error.strerror})",
            place=str(file),
            remedy="check what it is and its permissions",
        ) from None
    if not encoding.startswith("utf-8"):
        raise EditionError(f"is {encoding}, not UTF-8", place=str(file), remedy="save it as UTF-8")
    return text


def _folder(path: Path, told: Table, source: _Source) -> Folder:
    for key in told:
        if key not in _TOP:
            known = f"known here: {', '.join(_TOP)}"
            raise source.wrong(f"an unknown key {key!r}", known, key)
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


def _checked(table: object, known: Mapping[str, str], source: _Source, *keys: str | int) -> Table:
    """The table at *keys*, once every key in it is known and of its kind."""
    if not isinstance(table, Mapping):
        raise source.wrong(f"{keys[0]} is no table", f"write [{keys[0]}]", *keys)
    for key, value in table.items():
        if key not in known:
            raise source.wrong(
                f"an unknown key {key!r}", f"known here: {', '.join(known)}", *keys, key
            )
        if not _is(value, known[key]):
            raise source.wrong(f"{key} must be {known[key]}", "mend it", *keys, key)
    return table


def _is(value: object, kind: str) -> bool:
    if kind == _STRINGS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, {_STRING: str, _BOOL: bool, _TABLE: dict}[kind])


def _entries(path: Path, tables: Sequence[Table], source: _Source) -> Iterable[Entry]:
    seen: set[str] = set()
    for number, told in enumerate(tables):
        keys: Keys = ("witness", number)
        table = _checked(told, _WITNESS, source, *keys)
        siglum = table.get("siglum")
        if not siglum:
            raise source.wrong("a witness without siglum", 'write siglum = "…"', *keys)
        try:
            Witness(siglum, Text(""))
        except WitnessError as error:
            raise source.wrong(error.what, error.remedy, *keys, "siglum") from None
        if siglum in seen:
            raise source.wrong(
                f"the siglum {siglum!r} is used twice", "give each its own", *keys, "siglum"
            )
        seen.add(siglum)
        files = tuple(_files(path, table, source, number))
        description = _description(table, source, number)
        yield Entry(siglum, files, description, _confusions(path, table, source, number))


def _confusions(path: Path, table: Table, source: _Source, number: int) -> str:
    told: str = table.get("confusions", "")
    if told:
        keys: Keys = ("witness", number, "confusions")
        if os.path.isabs(told) or ".." in Path(told).parts:
            raise _outside(source, told, keys)
        _within(path, told, source, keys)
    return told


def _files(path: Path, table: Table, source: _Source, number: int) -> Iterable[str]:
    if ("file" in table) == ("pages" in table):
        raise source.wrong(
            f"{table['siglum']} needs either file or pages",
            'write file = "…"',
            "witness",
            number,
        )
    key = "file" if "file" in table else "pages"
    told: str = table[key]
    keys: Keys = ("witness", number, key)
    if os.path.isabs(told) or ".." in Path(told).parts:
        raise _outside(source, told, keys)
    found = [told] if key == "file" else sorted(_matching(path, told), key=natural)
    if not found:
        raise source.wrong(f"no file matches {told!r}", "check the pattern", *keys)
    for name in found:
        _within(path, name, source, keys)
        yield name


def _within(path: Path, name: str, source: _Source, keys: Keys) -> None:
    """*name* is a file, and in the edition folder wherever links lead."""
    file = os.path.join(path, name)
    if not name or not os.path.exists(file):  # also false for what can be no name
        raise source.wrong(f"there is no file {name!r}", "check the name", *keys)
    if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(path)):
        raise _outside(source, name, keys)
    if name == FILE or Path(name).parts[:1] == (BUILD,):
        raise source.wrong(f"{name!r} is no witness", "name the files received", *keys)
    if os.path.isdir(file):
        raise source.wrong(f"{name!r} is a folder", f'write pages = "{name}/*.…"', *keys)


def _outside(source: _Source, told: str, keys: Keys) -> EditionError:
    return source.wrong(f"{told!r} leaves the edition folder", "copy the file into it", *keys)


def _matching(path: Path, pattern: str) -> list[str]:
    """The files that match; a folder is no page."""
    try:
        found = list(path.glob(pattern))
    except (ValueError, NotImplementedError):  # what can be no pattern
        return []
    return [file.relative_to(path).as_posix() for file in found if not file.is_dir()]


def _description(table: Table, source: _Source, number: int) -> Description:
    keys: Keys = ("witness", number, "derivation")
    derivation = _checked(table.get("derivation", {}), _DERIVATION, source, *keys)
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
    seen: set[str] = set()
    for number, told in enumerate(tables):
        table = _checked(told, _SPEAKER, source, "speaker", number)
        if not table.get("id") or not any(name.strip() for name in table.get("names", ())):
            raise source.wrong("a speaker needs id and names", "add them", "speaker", number)
        if table["id"] in seen:
            raise source.wrong(
                f"the speaker {table['id']!r} is there twice",
                "put all names into one list",
                "speaker",
                number,
                "id",
            )
        seen.add(table["id"])
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
        keys: Keys = ("recipe", name)
        if not isinstance(table, Mapping) or not isinstance(table.get("rules"), list):
            raise source.wrong(f"recipe {name!r} has no rules", "write rules = [ … ]", *keys)
        for key in table:
            if key != "rules":
                raise source.wrong(f"an unknown key {key!r}", "known here: rules", *keys, key)
        try:
            yield name, recipe_of(name, table["rules"])
        except RuleError as error:
            raise source.wrong(error.what, error.remedy, *keys, "rules") from None


def _recipes_exist(folder: Folder, source: _Source) -> None:
    asked: list[tuple[Keys, str]] = [(("edition", "recipe"), folder.recipe)]
    asked += [
        (("witness", number, "recipe"), entry.description.recipe)
        for number, entry in enumerate(folder.entries)
        if entry.description.recipe
    ]
    for keys, name in asked:
        if name not in folder.recipes:
            raise source.wrong(
                f"there is no recipe {name!r}",
                f"choose one of {', '.join(sorted(folder.recipes))}, or write [recipe.{name}]",
                *keys,
            )
