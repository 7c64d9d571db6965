"""A page from its words: what it is, what that makes of its rate, and what to beware of.

Three things break the sum of the words' rates, and are told apart first::

    what the page is      sign                                        its rate
    ─────────────────────────────────────────────────────────────────────────────
    text                                                              the sum
    … of a wrong model    letters of the language that never occur    and those letters
    partly invented       a third of the lines without a credible     and their letters,
                          word, the engine unsure                     of what text there is
    invented throughout   nothing but scraps                          1
    turned                lines, but of rubbish                       .85
    no voice              nothing speaks of a word                    none
    blank                 no word                                     0, or anything

and text that was lost leaves gaps.  Each threshold stands with what was measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from attrs import evolve, frozen

from variorum.ocr.estimate.rates import (
    SPEAKS,
    Calibration,
    Weights,
    letters_of,
    mean_of,
    means_of,
    rates_of,
    shipped,
)
from variorum.ocr.evidence import TINY, Heard, PageHeard, heard, within
from variorum.ocr.lexica import SHIPPED, Lexicon, words_in
from variorum.ocr.lexica import lexicon as words_of
from variorum.ocr.shape import Shape
from variorum.ocr.tongue import ENOUGH, identified, lost, model_of, primary, stranger
from variorum.text import Span
from variorum.witness import Page, Witness

__all__ = ["ESTIMATOR", "Evidence", "LineEstimate", "Notice", "PageEstimate", "estimate"]

ESTIMATOR = "estimate 3"
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

DISPLACED = 1.8
"""Errors that a letter read elsewhere makes: missing here, too many there, some match by chance."""

LOST = 0.75
"""Letters lost by letter's width of a gap in a row: some gaps were in the original."""

GAPS = 0.15
"""Gaps a letter that may be text lost; of a page with more of them, a table, no more is counted."""

MODEL = "wrong language model"
"""The kind of that notice."""

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
    """A line: its stretch of the text as read, its rate from 0 to 1, and the 95 % interval.

    Nothing is its rate, and the interval [0, 1], on a page of which nothing speaks.
    """

    span: Span
    letters: int
    cer: float | None
    interval: tuple[float, float]
    evidence: Evidence
    rubbish: bool = False


@frozen
class PageEstimate:
    """A page: its rate from 0 to 1, the interval, what spoke, what to beware of, its lines.

    Where nothing speaks there is no rate; the interval is [0, 1], a notice says why.
    """

    page: Page
    letters: int
    cer: float | None
    interval: tuple[float, float]
    evidence: Evidence
    language: str
    notices: tuple[Notice, ...]
    lines: tuple[LineEstimate, ...]

    @property
    def by(self) -> str:
        """What spoke, and words of which language: ``engine and words (en)``."""
        if self.evidence.known is None:
            return self.evidence.speaks
        return f"{self.evidence.speaks} ({self.language or 'those given'})"


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
    letters = letters_of(words)
    evidence = _evidence(words)
    if evidence.speaks == "nothing":
        return _unheard(told, known, evidence)
    own = told.page.span.of(known.witness.text.chars)
    gone = lost(own, known.lexicon) if sum(map(str.isalpha, own)) >= ENOUGH else known.lost
    means = means_of(words, known.lexicon, lenient=gone > 0)
    rates = dict(zip(words, rates_of(words, means, known.calibration), strict=True))
    lines = tuple(_line(line.span, held, rates, known) for line, held in told.lines if held)
    what = _what(words, lines, evidence)
    cer = _pooled(lines, what, told.shape)
    interval = _interval(cer, letters, known.calibration.get(evidence.speaks), what)
    notices = tuple(_notices(evidence, what, lines, _model(told, known, gone)))
    seen = tuple(_as_part_of(what, line) for line in lines)
    return PageEstimate(told.page, letters, cer, interval, evidence, known.language, notices, seen)


def _unheard(told: PageHeard, known: _Known, evidence: Evidence) -> PageEstimate:
    """A page of which nothing speaks: no guess is better than one of half."""
    anything = (0.0, 1.0)
    lines = tuple(
        LineEstimate(line.span, letters_of(words), None, anything, evidence)
        for line, words in told.lines
        if words
    )
    letters = sum(line.letters for line in lines)
    model = _model(told, known, 0.0)
    why = _silence(told.page.span.of(known.witness.text.chars), known) if lines else _BLANK
    notices = (why, Notice(MODEL, model)) if model and lines else (why,)
    cer = None if lines else 0.0  # of a blank page no letter is wrong, if it is one
    return PageEstimate(told.page, letters, cer, anything, evidence, known.language, notices, lines)


_BLANK = Notice("blank", "no word on this page: blank, or nothing was recognised")


def _silence(text: str, known: _Known) -> Notice:
    """Why nothing speaks, and what to do."""
    if not words_in(text):
        why = (
            "there is no word that a list could know (numbers, marks, a script without spaces): "
            "estimate a copy that has confidences, as hOCR or ALTO"
        )
    elif known.lexicon:
        why = "there is no word of which the list of words could speak: look at the page"
    else:
        why = (
            "no list of words fits: give one, or any text in the language, with --words "
            f"({', '.join(SHIPPED)}: name it with --language)"
        )
    return Notice("no estimate", f"the engine says nothing, and {why}")


def _what(words: Sequence[Heard], lines: Sequence[LineEstimate], evidence: Evidence) -> str:
    """What a page is: "text", or "turned", "invented" throughout, "partly invented"."""
    if not any(map(_credible, words)):
        if all(word.letters <= TINY for word in words) and len(words) < FEW:
            return "invented"
        if _is_rubbish(evidence) and letters_of(words) >= FEW:
            tiny = sum(word.letters <= TINY for word in words)
            return "invented" if tiny >= SCRAPS * len(words) else "turned"
    elif _is_rubbish(evidence) and letters_of(words) >= ENOUGH:
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
    wrong = sum((line.cer or 0.0) * line.letters for line in text)
    invented = sum(line.letters for line in lines) - letters
    torn = DISPLACED * shape.displaced + LOST * min(GAPS, shape.gaps)
    return min(1.0, (wrong + invented) / letters + torn)


def _as_part_of(what: str, line: LineEstimate) -> LineEstimate:
    """A line on a page that is no text, or no text of which is this line."""
    if what == "turned":
        return evolve(line, cer=TURNED, interval=(0.0, 1.0))
    if what == "invented" or (what == "partly invented" and line.rubbish):
        return evolve(line, cer=1.0, interval=(0.0, 1.0))
    return line


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
    span: Span, words: Sequence[Heard], rates: Mapping[Heard, float], known: _Known
) -> LineEstimate:
    evidence = _evidence(words)
    letters = letters_of(words)
    cer = mean_of(words, lambda word: rates[word])
    dubious = evidence.confidence is not None and evidence.confidence < DUBIOUS
    rubbish = (dubious or _is_rubbish(evidence)) and not any(map(_credible, words))
    interval = _interval(cer, letters, known.calibration.get(evidence.speaks), "text")
    return LineEstimate(span, letters, cer, interval, evidence, rubbish)


def _evidence(words: Sequence[Heard]) -> Evidence:
    engine = any(word.confidence is not None for word in words)
    lexicon_speaks = any(word.known is not None for word in words)
    return Evidence(
        mean_of(words, lambda w: w.confidence) if engine else None,
        mean_of(words, lambda w: w.known) if lexicon_speaks else None,
        mean_of(words, lambda w: w.strange) if lexicon_speaks else None,
        SPEAKS[engine, lexicon_speaks],
    )


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
        yield Notice(MODEL, model)
