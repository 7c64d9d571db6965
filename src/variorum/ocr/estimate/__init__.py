"""How good is this copy, with no truth to measure it by?

Every word gets an expected error rate from the evidence that speaks (the
engine, the words, the letters, the shape of the page), by a logistic function
whose few coefficients were fitted on pages whose text is known; a line's rate
is that of its letters, a page's that of its lines::

    word    confidence .71, unknown, strange letters      →  .38 errors a letter
    line    Σ rate × letters / letters                    →  .06
    page    the same, its interval by its length          →  .04 (.02 to .07)

Three things break that sum and are told apart by rules of their own: letters of
the language that never occur (a wrong language model: each is an error however
sure the engine was), lines that are rubbish (text invented on an empty page: its
letters count as errors of what text there is), and pages that are rubbish
throughout (upside down, or not this language).

What is estimated is the error of the *text* (``evaluate`` tells it apart from
that of the order), over letters, white space runs one space, quotes straight.
An estimate is no measurement: each says which evidence spoke.  Where none does
(Greek without an engine, and no Greek words given), there is no estimate.
"""

from __future__ import annotations

from variorum.ocr.estimate.pages import (
    ESTIMATOR,
    Evidence,
    LineEstimate,
    Notice,
    PageEstimate,
    estimate,
)
from variorum.ocr.estimate.rates import (
    PAGE_TERMS,
    Calibration,
    Means,
    Weights,
    means_of,
    shipped,
    terms,
    voices,
)

__all__ = [
    "ESTIMATOR",
    "PAGE_TERMS",
    "Calibration",
    "Evidence",
    "LineEstimate",
    "Means",
    "Notice",
    "PageEstimate",
    "Weights",
    "estimate",
    "means_of",
    "shipped",
    "terms",
    "voices",
]
