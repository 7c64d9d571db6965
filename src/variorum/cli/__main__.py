"""``variorum``: arguments in, one library call, an exit code out.

Errors an editor can mend are one line on stderr and exit 2.  Anything else
that goes wrong is a mistake of ours and keeps its traceback.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from variorum import __version__
from variorum.cli import COMMANDS, WRONG
from variorum.errors import VariorumError

__all__ = ["main"]

GARBAGE = 50_000
"""Values made before Python looks for cycles: a command makes many small ones and no cycles."""

INTERRUPTED, CLOSED = 130, 141
"""Exit codes as shells give them for SIGINT and SIGPIPE: neither is bad input."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is returned."""
    gc.set_threshold(GARBAGE)
    told = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser(told)
    options = parser.parse_args(told)
    try:
        code = int(import_module(f"variorum.cli.{options.command}").run(options))
        sys.stdout.flush()
    except VariorumError as error:
        print(f"variorum: {error}", file=sys.stderr)
        return WRONG
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED
    except KeyboardInterrupt:
        print("variorum: interrupted; nothing half written", file=sys.stderr)
        return INTERRUPTED
    return code


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one line."""

    def error(self, message: str) -> None:  # type: ignore[override]  # argparse says NoReturn
        self.exit(WRONG, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser(told: Sequence[str]) -> argparse.ArgumentParser:
    """The parser; only the command asked for brings its own arguments."""
    parser = _Parser(
        prog="variorum",
        description="Compare the witnesses of a text, and make an apparatus of what differs.",
        epilog="Exit codes: 0 done, 1 a check found something, 2 bad input.",
    )
    parser.add_argument("--version", action="version", version=f"variorum {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    asked = next((word for word in told if not word.startswith("-")), "")
    for name, says in COMMANDS.items():
        command = commands.add_parser(name, help=says, description=f"{says[0].upper()}{says[1:]}.")
        if name == asked:
            import_module(f"variorum.cli.{name}").arguments(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
