"""What can go wrong, told so that an editor can mend it.

One base, one subclass a room.  Each message has three parts: the *place*
(file, line, witness or span), *what* is wrong, and the *remedy*::

    O2/page-3.hocr:118: not well-formed XML (mismatched tag); export it again

The command line prints that one line and exits 2.  An exception that is no
``VariorumError`` is a mistake of ours and stays loud.
"""

from __future__ import annotations

__all__ = [
    "AlignmentError",
    "ApparatusError",
    "CollationError",
    "EditionError",
    "ExportError",
    "ImporterError",
    "LexiconError",
    "LociError",
    "OcrError",
    "PairwiseError",
    "ReadingError",
    "RuleError",
    "TextError",
    "TokenError",
    "TurnError",
    "UsageError",
    "VariorumError",
    "WitnessError",
]


class VariorumError(Exception):
    """Something the user can mend: ``place: what; remedy``, in one line."""

    def __init__(self, what: str, *, place: str = "", remedy: str = "") -> None:
        self.what = what
        self.place = place
        self.remedy = remedy
        super().__init__(what)

    def __str__(self) -> str:
        head = f"{self.place}: {self.what}" if self.place else self.what
        line = f"{head}; {self.remedy}" if self.remedy else head
        return " ".join(line.split())


class TextError(VariorumError, ValueError):
    """A span or an edit that does not fit its text."""


class WitnessError(VariorumError, ValueError):
    """A witness that contradicts itself: siglum, layout or description."""


class ReadingError(VariorumError, ValueError):
    """A file that cannot be read as a witness."""


class RuleError(VariorumError, ValueError):
    """An unknown rule or recipe, or options it does not take."""


class LexiconError(VariorumError, ValueError):
    """A lexicon with a line that cannot be read."""


class TurnError(VariorumError, ValueError):
    """Roles or turns that do not tile their witness."""


class TokenError(VariorumError, ValueError):
    """Tokens that overlap or leave their text."""


class PairwiseError(VariorumError, ValueError):
    """An edit script with gaps or overlaps."""


class CollationError(VariorumError, ValueError):
    """A table in which some witness cannot be spelled."""


class AlignmentError(VariorumError, ValueError):
    """Beads that do not cover every turn once."""


class OcrError(VariorumError, ValueError):
    """Copies that cannot be measured, estimated or voted on as asked."""


class LociError(VariorumError, ValueError):
    """A locus without readings, or one that points nowhere."""


class ApparatusError(VariorumError, ValueError):
    """An apparatus whose sigla or pointers do not resolve."""


class ExportError(VariorumError, ValueError):
    """An output that cannot be written as asked."""


class ImporterError(VariorumError, ValueError):
    """An alignment made elsewhere that cannot be read, or is not of these two texts."""


class EditionError(VariorumError, ValueError):
    """An edition folder that is incomplete or contradicts itself."""


class UsageError(VariorumError, ValueError):
    """A command line that cannot be carried out."""
