"""Proper names across languages: by how they sound, and by what an editor says they are.

Two ways lead from a name to its counterpart, and neither needs a dictionary::

    Hrushovin ~ Khrushchev     alike(…)   their consonants, once the endings of cases are off
    Shqipërisë = Albania       table(…)   what no spelling tells: ``renderings.toml``, and a
                                          file of the same shape that an editor writes

They live here because whoever compares languages needs them: the aligner for
what anchors a sentence, the review for what a translator exchanged.
"""

from __future__ import annotations

from variorum.languages.names.renderings import Names, Table, concepts, read, table
from variorum.languages.names.spelling import alike, latin, loose, stems

__all__ = ["Names", "Table", "alike", "concepts", "latin", "loose", "read", "stems", "table"]
