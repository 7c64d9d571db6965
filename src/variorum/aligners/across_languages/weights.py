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

# pair merge both words lexicon vectors least length crossed begins closes speaker │ alone long
WEIGHTS: Mapping[str, tuple[float, ...]] = {
    "words": (
        16.226,
        5.617,
        -0.465,
        2.509,
        0.0,
        0.0,
        0.0,
        13.808,
        2.857,
        1.446,
        2.288,
        1.0,
        3.88,
        -0.479,
    ),
    "lexicon": (1.9, -0.58, -0.83, 0.0, 3.07, 0.0, 0.0, 17.2, 2.0, 0.76, 2.21, 1.0, -1.46, 0.39),
    "vectors words": (
        -1.215,
        -0.244,
        -0.508,
        -0.322,
        0.0,
        7.534,
        0.0,
        13.437,
        2.676,
        0.3,
        2.543,
        1.0,
        -2.533,
        -0.139,
    ),
    "lexicon vectors": (
        -2.662,
        -0.79,
        -0.404,
        0.0,
        1.042,
        6.838,
        0.0,
        13.53,
        2.65,
        0.3,
        2.338,
        1.0,
        -2.859,
        0.388,
    ),
}
"""Names of the views at hand, sorted → the weights of ``steps.PAIRS`` and ``steps.ALONE``."""


def weights_for(names: frozenset[str]) -> NDArray[np.float64]:
    """The weights for the views at hand."""
    return np.array(WEIGHTS[" ".join(sorted(names))])
