"""What each feature counts: learnt from texts whose beads are known.

The weights are those under which the known alignments are most likely (a
conditional random field; Lafferty, McCallum & Pereira 2001), with a small
penalty on large ones.  ``benchmarks/align/learn.py`` makes them again, and says from which
texts.  There is a set for each kind of evidence at hand, since two kinds that
agree repeat each other.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["WEIGHTS", "weights_for"]

# pair merge both words lexicon vectors length crossed begins closes speaker │ alone long
WEIGHTS: Mapping[str, tuple[float, ...]] = {
    "words": (10.8, 3.2, 0.0, 3.0, 0.0, 0.0, 13.4, 2.7, 1.2, 2.4, 1.0, 1.5, -0.3),
    "lexicon": (1.9, -0.58, -0.83, 0.0, 3.07, 0.0, 17.2, 2.0, 0.76, 2.21, 1.0, -1.46, 0.39),
    "vectors words": (1.0, 0.0, -0.8, 2.2, 0.0, 3.7, 12.0, 2.0, 0.76, 2.0, 1.0, -1.0, 0.5),
    "lexicon vectors": (1.0, 0.0, -0.8, 0.0, 2.2, 3.7, 12.0, 2.0, 0.76, 2.0, 1.0, -1.0, 0.5),
}
"""Names of the views at hand, sorted → the weights of ``steps.PAIRS`` and ``steps.ALONE``."""


def weights_for(names: frozenset[str]) -> NDArray[np.float64]:
    """The weights for the views at hand."""
    return np.array(WEIGHTS[" ".join(sorted(names))])
