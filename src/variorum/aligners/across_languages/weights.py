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
    "words": "16.226 5.617 -0.465  2.509 0 0  13.808 2.857 1.446 2.288 1.0  3.88 -0.479",
    "lexicon": "2.008 -0.488 -0.083  0 3.688 0  14.828 2.359 0.611 2.502 1.0  -1.878 0.321",
    "vectors words": "-1.22 -0.244 -0.508  -0.322 0 7.534  13.44 2.676 0.3 2.543 1.0  -2.533 -0.14",
    "lexicon vectors": "-2.662 -0.79 -0.404  0 1.042 6.838  13.53 2.65 0.3 2.338 1.0  -2.859 0.388",
}
"""Names of the views at hand, sorted → the weights of ``steps.PAIRS`` and ``steps.ALONE``."""


def weights_for(names: frozenset[str]) -> NDArray[np.float64]:
    """The weights for the views at hand."""
    return np.array([float(each) for each in WEIGHTS[" ".join(sorted(names))].split()])
