"""What is written: whole files or nothing, never over what is not ours.

Files are written beside their places under other names and then moved there
together, so that a reader sees the old ones or the new ones.

An existing file is replaced only by a file of its own kind, and only if its
first lines are those that variorum writes: the generator a report names, the
format a result names, the exact header of the readings, the exact line breaks
of our CollateX table (CollateX's own table stands on one line).  That it speaks
of variorum somewhere is no sign: an editor's notes may do so too.  A file that is
the same already, such as a made text that nobody has corrected, is no matter.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from variorum.errors import ExportError

__all__ = ["cache", "natural", "ours", "put", "write"]

_HEADS = (
    rb'<!DOCTYPE html>\n<html lang="en">\n<head>\n(?:(?!</head>).)*'
    rb'\n<meta name="generator" content="variorum">\n',
    rb'\{\n"format":"variorum \d+",\n"title":',
    rb"\xef\xbb\xbfplace,reading no\.,locus,turn,kind,lemma,reading,sigla,[^\n\"]*\r\n",
    rb'\{"format":"variorum ocr \d+",',
    rb"# variorum ocr rules \d+: ",
    rb"\xef\xbb\xbfname,page,file,characters,edits,cer,[^\n\"]*\r\n",
    rb"\xef\xbb\xbffile,page,cer,lowest,highest,[^\n\"]*\r\n",
    rb'\[\{"format":"variorum ocr estimate \d+",',
    rb'\{"format":"variorum vote \d+",',
    rb"\xef\xbb\xbfplace,reading no\.,page,line,chosen,reading,copies,votes[^\n\"]*\r\n",
    rb'\{"format":"variorum alignment \d+",',
    rb"\xef\xbb\xbfsource\ttarget\tconfidence\tmove\tsource text\ttarget text\r\n",
    rb'<\?xml version="1\.0" encoding="UTF-8"\?>\n<tmx version="1\.4">\n'
    rb'  <header creationtool="variorum" ',
    rb'<\?xml version="1\.0" encoding="UTF-8"\?>\n'
    rb'<TEI xmlns="http://www\.tei-c\.org/ns/1\.0" type="variorum-alignment" ',
    rb'\{"witnesses": \[[^\n]*\],\n"table": \[\n[\[\]]',
)
"""How the files begin that variorum writes, each kind in its own way; a dot is any byte."""

_HEAD = 65536  # bytes read to tell: the longest head is a list of sigla, 32 characters each


def cache() -> Path:
    """The folder for what can be made again: $VARIORUM_CACHE, or the user's cache folder."""
    named = os.environ.get("VARIORUM_CACHE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "variorum"


def natural(name: str) -> list[tuple[int, int, str]]:
    """Name order in which page-2 comes before page-10."""
    parts = re.findall(r"\d+|\D+", name)
    return [(0, int(p), p) if p.isdecimal() else (1, 0, p) for p in parts]


def ours(path: Path) -> bool:
    """Whether variorum wrote the file *path*, by its first bytes; no file is not ours."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return any(re.match(kind, head, re.DOTALL) for kind in _HEADS)


def write(files: Mapping[Path, bytes], *, keep: frozenset[Path] = frozenset()) -> None:
    """Write all of *files*, or none.

    Raises ``ExportError`` where a path is one of *keep* (witnesses, the edition
    file), is a folder, or holds a file that variorum did not write.
    """
    for path, data in files.items():
        _refuse_foreign(path, data, keep)
    put(files)


def put(files: Mapping[Path, bytes]) -> None:
    """Write all of *files*, or none, whatever is there.  Raises ``ExportError``."""
    import tempfile  # brings much with it, and most commands write nothing

    staged: list[tuple[str, Path]] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".variorum-", dir=path.parent)
            staged.append((name, path))
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.chmod(name, 0o644)
        for name, path in staged:
            os.replace(name, path)
    except (OSError, ValueError) as error:  # ValueError: what can be no name
        raise ExportError(
            f"cannot be written ({getattr(error, 'strerror', None) or error})",
            place=str(path),
            remedy="check the folder and the space on the disk",
        ) from None
    finally:
        for name, _ in staged:
            if os.path.exists(name):
                os.unlink(name)


def _refuse_foreign(path: Path, data: bytes, keep: frozenset[Path]) -> None:
    if os.path.isdir(path):
        raise ExportError("is a folder", place=str(path), remedy="name a file in it")
    if Path(os.path.realpath(path)) in keep:
        raise ExportError(
            "is a witness or the edition file, which are never written to",
            place=str(path),
            remedy="name another file with -o",
        )
    if os.path.islink(path):
        raise ExportError("is a link", place=str(path), remedy="name the file itself")
    if not os.path.exists(path):
        return
    if not os.path.isfile(path):
        raise ExportError("is no ordinary file", place=str(path), remedy="use -o - and a pipe")
    if not _ours(_head(path), data) and path.read_bytes() != data:
        raise ExportError(
            "exists and was not written by variorum",
            place=str(path),
            remedy="move it away or name another file with -o",
        )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError as error:
        raise ExportError(
            f"cannot be read ({error.strerror})",
            place=str(path),
            remedy="name another file with -o",
        ) from None


def _ours(head: bytes, data: bytes) -> bool:
    """Nothing is there yet, or what is there is of the same kind as the new *data*."""
    return not head or any(
        re.match(kind, head, re.DOTALL) and re.match(kind, data, re.DOTALL) for kind in _HEADS
    )
