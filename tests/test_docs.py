"""The README is true: its tour runs, and it names everything there is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from variorum.cli import COMMANDS
from variorum.exporters import ALIGNMENTS, EXPORTERS
from variorum.importers import IMPORTERS
from variorum.readers import READERS
from variorum.rules import RECIPES, RULES
from variorum.witness import Role

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def tour() -> list[tuple[str, list[str]]]:
    """Commands of the README's console blocks, each with the output it promises."""
    out: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                out.append((line[2:], []))
            else:
                out[-1][1].append(line)
    return out


def test_tour_runs(tmp_path: Path) -> None:
    """Every command of the tour works in a copy of the project, and prints what it promises."""
    for name in ("witnesses", "examples", "benchmarks/pages/texts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("build"))
    commands = tour()
    assert len(commands) > 8
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command, promised in commands:
        done = subprocess.run(
            command,
            shell=True,
            cwd=tmp_path,
            capture_output=True,
            env={**os.environ, "PATH": path},
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr.decode())
        for line in promised:
            assert line in done.stdout.decode(), command


@pytest.mark.parametrize(
    "name", [*COMMANDS, *READERS, *EXPORTERS, *ALIGNMENTS, *IMPORTERS, *RECIPES, *RULES]
)
def test_readme_names_what_there_is(name: str) -> None:
    """Each command, format, recipe and rule stands in the README."""
    assert re.search(rf"`(?:variorum )?{re.escape(name)}[ `]", README), name


@pytest.mark.parametrize("name", [role.value for role in Role])
def test_glossary_names_the_roles(name: str) -> None:
    """Each role stands in the glossary."""
    assert name in README


def test_what_the_readme_links_to_exists() -> None:
    """Every relative link leads to a file."""
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
