"""What an edition writes: whole files or nothing, never over what is not ours.

A file is written beside its place under another name and then moved there, so
that a reader sees the old one or the new one.  An existing file is replaced
only if it begins as files of variorum begin; anything else is somebody's work.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from variorum.apparatus import Apparatus
from variorum.errors import ExportError
from variorum.exporters import exporter

__all__ = ["BUILD", "FILES", "exported", "write"]

BUILD = "build"

FILES: Mapping[str, str] = {
    "report": "report.html",
    "json": "collation.json",
    "csv": "loci.csv",
    "collatex-json": "collatex.json",
}
"""Format → name of its file in the build folder."""

_HEADS = (b'{"witnesses":', b"\xef\xbb\xbfplace,", b"\xef\xbb\xbfid,")


def exported(apparatus: Apparatus, formats: tuple[str, ...] = tuple(FILES)) -> dict[str, bytes]:
    """The files of an apparatus: name in the build folder → bytes."""
    return {FILES[name]: exporter(name).export(apparatus) for name in formats}


def write(files: Mapping[Path, bytes], *, keep: frozenset[Path] = frozenset()) -> None:
    """Write all of *files*, or none.

    Raises ``ExportError`` where a path is one of *keep* (witnesses, the edition
    file), is a folder, or holds a file that variorum did not write.
    """
    for path, data in files.items():
        _refuse_foreign(path, data, keep)
    staged: list[tuple[str, Path]] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            staged.append((name, path))
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
        for name, path in staged:
            os.chmod(name, 0o644)
            os.replace(name, path)
    except OSError as error:
        raise ExportError(
            f"cannot be written ({error.strerror})",
            place=str(error.filename or ""),
            remedy="check the folder and the space on the disk",
        ) from None
    finally:
        for name, _ in staged:
            if os.path.exists(name):
                os.unlink(name)


def _refuse_foreign(path: Path, data: bytes, keep: frozenset[Path]) -> None:
    if path.is_dir():
        raise ExportError("is a folder", place=str(path), remedy="name a file in it")
    if path.resolve() in keep:
        raise ExportError(
            "is a witness or the edition file, which are never written to",
            place=str(path),
            remedy="name another file with -o",
        )
    if path.is_symlink():
        raise ExportError("is a link", place=str(path), remedy="name the file itself")
    if not path.exists():
        return
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head and not _ours(head, data):
        raise ExportError(
            "exists and was not written by variorum",
            place=str(path),
            remedy="move it away or name another file with -o",
        )


def _ours(head: bytes, data: bytes) -> bool:
    """A head of ours: it names variorum, or it is the head that the new file has."""
    if b"variorum" in head:
        return True
    return any(head.startswith(known) and data.startswith(known) for known in _HEADS)
