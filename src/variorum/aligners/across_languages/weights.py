"""What each feature counts: learnt from texts whose beads are known.

The weights are those under which the known alignments are most likely (a
conditional random field over whole alignments; Lafferty, McCallum & Pereira
2001), with a small penalty on large ones; so a confidence is a probability, and
right that often on texts of the kind that was learnt from.
``benchmarks/align/learn.py`` makes them again, and says from which texts: hard
sets of the Declaration in eight pairs of languages, Albanian and English
narrative, and German and French of the Alps; what is measured on one of these is
measured with weights learnt without it.  There is a set for each kind of evidence at hand,
since two kinds that agree repeat each other.

Only sums over a whole alignment count, and each sentence is in one step; so the
same amount may be taken from *alone* and *merge* and twice from *pair*, and
nothing changes.  The numbers are to be read with that in mind.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["WEIGHTS", "weights_for"]

WEIGHTS: Mapping[str, str] = {
    # pair merge both │ words lexicon vectors │ length crossed begins closes speaker │ alone long
    "words": "14.9 5.04 -0.664  2.73 0 0  15.7 2.74 1.17 2.39 1.0  3.24 -0.367",
    "lexicon": "2.01 -0.488 -0.083  0 3.69 0  14.8 2.36 0.611 2.50 1.0  -1.88 0.321",
    "vectors words": "-1.10 -0.086 -0.525  -0.08 0 7.0  14.3 2.47 0.187 2.64 1.0  -1.96 0.086",
    "lexicon vectors": "-1.86 -0.035 -0.484  0 1.29 6.53  14.1 2.33 0.128 2.56 1.0  -1.53 0.63",
}
"""Names of the views at hand, sorted → the weights of ``steps.PAIRS`` and ``steps.ALONE``."""


def weights_for(names: frozenset[str]) -> NDArray[np.float64]:
    """The weights for the views at hand."""
    return np.array([float(each) for each in WEIGHTS[" ".join(sorted(names))].split()])
