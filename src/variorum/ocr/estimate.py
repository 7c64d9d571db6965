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
An estimate is no measurement: each says which evidence spoke.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp, log, sqrt

from attrs import frozen

from variorum.ocr.evidence import TINY, Heard, PageHeard, Shape, heard, within
from variorum.ocr.lexica import SHIPPED, Lexicon
from variorum.ocr.lexica import lexicon as words_of
from variorum.ocr.tongue import ENOUGH, identified, lost, model_of, primary, stranger
from variorum.text import Span
from variorum.witness import Page, Witness

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

ESTIMATOR = "estimate 1"
"""Raised whenever the same page would get another estimate."""

RUBBISH = 0.34
"""Mean confidence below which text is not what is on the page: upside down it is .08 to .28."""

STRANGE, UNKNOWN = 1.8, 0.75
"""The same without an engine: bits beyond the usual a letter, and the share of unknown words."""

CREDIBLE, SURE = 0.5, 0.8
"""Confidence from which a known word of three letters is no accident; an unknown one."""

SCRAPS = 0.45
"""Share of words of one or two letters from which rubbish is scraps, not lines of text."""

DUBIOUS = 0.5
"""Mean confidence below which a line without a credible word may be invented."""

SETTLED = 3.0
"""Doubt of a word that lacks nothing but diacritics: what the engine doubted were those."""

DISPLACED = 1.8
"""Errors that a letter read elsewhere makes: missing here, too many there, some match by chance."""

LOST = 0.75
"""Letters lost by letter's width of a gap in a row: some gaps were in the original."""

GAPS = 0.15
"""Gaps a letter that may be text lost; of a page with more of them, a table, no more is counted."""

FEW = 40
"""Letters on a page below which rubbish has no shape yet."""

TURNED = 0.85
"""Error rate of a page read upside down: some letters are right by chance (measured .82-.89)."""


@frozen
class Evidence:
    """What spoke for an estimate; nothing where a voice is silent.

    Means by letter: the engine's ``confidence``, the share of letters in
    ``known`` words, bits by which ``letters`` are stranger than usual.
    """

    confidence: float | None
    known: float | None
    letters: float | None
    speaks: str  # "engine and words", "engine", "words", "nothing"


@frozen
class Notice:
    """A warning: its kind and a sentence."""

    kind: str
    says: str


@frozen
class LineEstimate:
    """A line: its stretch of the text as read, its rate from 0 to 1, and the 95 % interval."""

    span: Span
    letters: int
    cer: float
    interval: tuple[float, float]
    evidence: Evidence
    rubbish: bool = False


@frozen
class PageEstimate:
    """A page: its rate from 0 to 1, the interval, what spoke, what to beware of, its lines."""

    page: Page
    letters: int
    cer: float
    interval: tuple[float, float]
    evidence: Evidence
    language: str
    notices: tuple[Notice, ...]
    lines: tuple[LineEstimate, ...]


@frozen
class Weights:
    """What was fitted for one way of speaking.

    ``coefficients`` of the ``terms``; ``spread`` of the interval: a share of the
    rate, a floor, and how errors cluster (1 if each came by itself).
    """

    coefficients: tuple[float, ...]
    spread: tuple[float, float, float]


Calibration = Mapping[str, Weights]
"""The weights by what speaks: "engine and words", "engine", "words"."""


@frozen
class Means:
    """The page as a whole, in the light of which each of its words is read.

    ``weight`` is what an unknown word tells (``Lexicon.weight``); ``lenient``
    whether diacritics are left aside, the model having lost them; ``undressed``
    the share of letters that lost theirs then, in words that are known but for it.
    """

    doubt: float
    unknown: float
    weight: float
    lenient: bool = False
    undressed: float = 0.0


@frozen
class _Known:
    """What is known before a page is looked at."""

    witness: Witness
    lexicon: Lexicon | None
    language: str
    lost: float  # of the whole witness, for pages too short to tell
    calibration: Calibration


def estimate(
    witness: Witness,
    language: str = "",
    lexicon: Lexicon | None = None,
    calibration: Calibration | None = None,
) -> tuple[PageEstimate, ...]:
    """The pages of *witness*, each with what may be said of its quality.

    *language* is that of the text, if known; *lexicon* its words, else those
    that come with the package are used where they fit; *calibration* other
    weights than the package's own.
    """
    text = witness.text.chars
    own = primary(language) or (lexicon.language if lexicon else "")
    own = own or identified(text, witness.layout.words)
    words = lexicon or (words_of(own) if own in SHIPPED else None)
    known = _Known(witness, words, own, lost(text, words), calibration or shipped())
    return tuple(_page(page, known) for page in heard(witness, words))


def _page(told: PageHeard, known: _Known) -> PageEstimate:
    words = [word for _, line in told.lines for word in line]
    letters = _letters(words)
    evidence = _evidence(words)
    if not words:
        blank = Notice("blank", "no word on this page: blank, or nothing was recognised")
        return PageEstimate(told.page, 0, 0.0, (0.0, 1.0), evidence, known.language, (blank,), ())
    own = told.page.span.of(known.witness.text.chars)
    gone = lost(own, known.lexicon) if sum(map(str.isalpha, own)) >= ENOUGH else known.lost
    means = means_of(words, known.lexicon, lenient=gone > 0)
    lines = tuple(
        _line(line.span, held, means, known.calibration) for line, held in told.lines if held
    )
    what = _what(words, lines, evidence)
    cer = _pooled(lines, what, told.shape)
    interval = _interval(cer, letters, known.calibration.get(evidence.speaks), what)
    notices = tuple(_notices(evidence, what, lines, _model(told, known, gone)))
    return PageEstimate(told.page, letters, cer, interval, evidence, known.language, notices, lines)


def _letters(words: Sequence[Heard]) -> int:
    """Letters with the space after each word."""
    return sum(word.letters + 1 for word in words)


def _what(words: Sequence[Heard], lines: Sequence[LineEstimate], evidence: Evidence) -> str:
    """What a page is: "text", or "turned", "invented" throughout, "partly invented"."""
    if not any(map(_credible, words)):
        if all(word.letters <= TINY for word in words) and len(words) < FEW:
            return "invented"
        if _is_rubbish(evidence) and _letters(words) >= FEW:
            tiny = sum(word.letters <= TINY for word in words)
            return "invented" if tiny >= SCRAPS * len(words) else "turned"
    elif _is_rubbish(evidence) and _letters(words) >= ENOUGH:
        return "turned"
    rubbish = sum(line.rubbish for line in lines)
    return "partly invented" if len(lines) > rubbish >= len(lines) / 3 else "text"


def _pooled(lines: Sequence[LineEstimate], what: str, shape: Shape) -> float:
    """The rate of a page; letters of invented lines are errors of what text there is."""
    if what == "invented":
        return 1.0
    if what == "turned":
        return TURNED
    text = [line for line in lines if not (line.rubbish and what == "partly invented")]
    letters = sum(line.letters for line in text)
    wrong = sum(line.cer * line.letters for line in text)
    invented = sum(line.letters for line in lines) - letters
    torn = DISPLACED * shape.displaced + LOST * min(GAPS, shape.gaps)
    return min(1.0, (wrong + invented) / letters + torn)


def _credible(word: Heard) -> bool:
    """Whether a word is no accident: of some length, known or the engine sure of it."""
    if word.letters <= TINY:
        return False
    if word.confidence is None:
        return word.undressed is not None
    return word.confidence >= (SURE if word.undressed is None else CREDIBLE)


def _is_rubbish(evidence: Evidence) -> bool:
    if evidence.confidence is not None:
        return evidence.confidence < RUBBISH
    if evidence.letters is None or evidence.known is None:
        return False
    return evidence.letters > STRANGE and 1 - evidence.known > UNKNOWN


def _line(
    span: Span, words: Sequence[Heard], means: Means, calibration: Calibration
) -> LineEstimate:
    evidence = _evidence(words)
    letters = _letters(words)
    cer = sum(rate(word, means, calibration) * (word.letters + 1) for word in words) / letters
    dubious = evidence.confidence is not None and evidence.confidence < DUBIOUS
    rubbish = (dubious or _is_rubbish(evidence)) and not any(map(_credible, words))
    interval = _interval(cer, letters, calibration.get(evidence.speaks), "text")
    return LineEstimate(span, letters, cer, interval, evidence, rubbish)


def _mean(words: Sequence[Heard], of: Callable[[Heard], float | bool | None]) -> float:
    """The mean by letter over the words of which it is told; 0 if of none."""
    told = [(value, word.letters + 1) for word in words if (value := of(word)) is not None]
    total = sum(weight for _, weight in told)
    return sum(value * weight for value, weight in told) / total if total else 0.0


def _evidence(words: Sequence[Heard]) -> Evidence:
    engine = any(word.confidence is not None for word in words)
    lexicon_speaks = any(word.known is not None for word in words)
    return Evidence(
        _mean(words, lambda w: w.confidence) if engine else None,
        _mean(words, lambda w: w.known) if lexicon_speaks else None,
        _mean(words, lambda w: w.strange) if lexicon_speaks else None,
        _SPEAKS[engine, lexicon_speaks],
    )


_SPEAKS = {
    (True, True): "engine and words",
    (True, False): "engine",
    (False, True): "words",
    (False, False): "nothing",
}


@cache
def shipped() -> Calibration:
    """What comes with the package; where from, ``calibration.toml`` says."""
    told = tomllib.loads((files(__package__) / "calibration.toml").read_text("utf-8"))
    return {
        name: Weights(tuple(told[name]["coefficients"]), tuple(told[name]["spread"]))
        for name in ("engine and words", "engine", "words")
    }


def means_of(words: Sequence[Heard], lexicon: Lexicon | None, *, lenient: bool) -> Means:
    """The page as a whole."""
    coverage = lexicon.coverage if lexicon else 1.0
    unknown = _mean(words, lambda w: None if w.known is None else not _accepted(w, lenient))
    beyond = max(0.0, unknown - (1 - coverage)) / max(0.1, coverage)
    weight = lexicon.weight if lexicon else 0.0
    undressed = _undressed(words) if lenient else 0.0
    return Means(_mean(words, lambda w: w.doubt), beyond, weight, lenient, undressed)


def _undressed(words: Sequence[Heard]) -> float:
    explained = [word for word in words if word.undressed is not None]
    return sum(word.undressed or 0 for word in explained) / max(1, _letters(explained))


def _accepted(word: Heard, lenient: bool) -> bool:
    return word.undressed is not None if lenient else bool(word.known)


def terms(word: Heard, means: Means, speaks: str) -> tuple[float, ...]:
    """What the coefficients of ``calibration.toml`` are multiplied with, for one word.

    First those of the word, then those of its page (``PAGE_TERMS``).
    """
    tiny = float(word.letters <= TINY)
    unknown = 0.0 if word.known is None or _accepted(word, means.lenient) else means.weight
    lexical = (unknown, (word.strange or 0.0) * unknown)
    doubt = SETTLED if means.lenient and word.undressed else word.doubt or 0.0
    engine_of_page = (means.doubt, exp(-means.doubt))
    words_of_page = log(0.02 + means.unknown)
    if speaks == "engine":
        return (1.0, tiny, doubt, *engine_of_page)
    if speaks == "words":
        return (1.0, tiny, *lexical, words_of_page)
    return (1.0, tiny, doubt, *lexical, *engine_of_page, words_of_page)


PAGE_TERMS: Mapping[str, int] = {"engine and words": 3, "engine": 2, "words": 1}
"""How many of the terms, the last, are the page's."""


def voices(word: Heard) -> str:
    """Who speaks of a word."""
    return _SPEAKS[word.confidence is not None, word.known is not None]


def rate(word: Heard, means: Means, calibration: Calibration) -> float:
    """Errors to be expected a letter of a word, from 0 to 1; half where nobody speaks."""
    said = _said(word, means, calibration)
    if not means.lenient:
        return said
    bare = means.undressed if word.undressed is None else word.undressed / (word.letters + 1)
    return min(1.0, said + bare)


def _said(word: Heard, means: Means, calibration: Calibration) -> float:
    """What the voices say of a word, diacritics aside where the model lost them."""
    speaks = voices(word)
    if speaks == "nothing":
        return 0.5
    told = terms(word, means, speaks)
    weights = calibration[speaks].coefficients
    total = sum(w * t for w, t in zip(weights, told, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def _interval(cer: float, letters: int, weights: Weights | None, what: str) -> tuple[float, float]:
    """Where the true rate lies nineteen times in twenty: by evidence, wider for short texts."""
    if weights is None or what == "invented":
        return 0.0, 1.0
    share, floor, clustered = weights.spread
    half = sqrt((share * cer) ** 2 + floor**2 + 4 * clustered * cer * (1 - cer) / max(1, letters))
    return max(0.0, cer - half), min(1.0, cer + half)


def _model(told: PageHeard, known: _Known, gone: float) -> str:
    """What is wrong with the language model, in a sentence; nothing if it fits."""
    text = known.witness.text.chars
    own = within(known.witness.layout.words, told.page.span)
    model = model_of(own)
    read_as = f", read as {model}" if model else ""
    if gone:
        return (
            f"the letters of {known.language or 'this language'} that have diacritics do not "
            f"occur, {gone:.0%} of all letters should be such{read_as}"
        )
    if model and known.language and model != known.language:
        return f"the text is {known.language}{read_as}"
    if not known.language and stranger(text, own, model):
        return f"hardly a word is {model}, as which it was read"
    return ""


def _notices(
    evidence: Evidence, what: str, lines: Sequence[LineEstimate], model: str
) -> Iterator[Notice]:
    """What to beware of on a page."""
    if evidence.confidence is None:
        yield Notice("no confidence", "the engine says nothing of its words, or always the same")
    if evidence.known is None:
        yield Notice("no words", "no list of words of this language: give one with --words")
    if what == "invented":
        yield Notice("invented text", "scraps, not words: a page that is blank, or nearly so")
    elif what == "turned":
        yield Notice("upside down", "hardly a word is one: upside down, or another script")
    elif what == "partly invented":
        number = sum(line.rubbish for line in lines)
        yield Notice("invented text", f"{number} of {len(lines)} lines are no text")
    if model and what in ("text", "partly invented"):
        yield Notice("wrong language model", model)
