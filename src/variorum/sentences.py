"""Sentences, in any script, without stumbling over abbreviations.

A sentence ends with a terminal mark and what closes behind it, where white
space and a new beginning follow::

    Comrade N.S. Khrushchev came.│ “He saw p. 3, nr. 5.”│ It rose by 3.5 % … again.
           ╰ initials             ╰ quotation          │  ╰ number  ╰ small letter follows

The mark is trusted unless something speaks against it: the word before it is a
known abbreviation of the language or a single capital, a small letter or a
mark follows, or the bracket it stands in is still open.  Marks that have no
other use (。！？ ؟ । ۔) end a sentence without white space.  Abbreviations are
data, by language; a general list holds for all.

Splitting by rules rather than by a trained model: no splitter at hand knows
Albanian, and an editor can see and mend a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

from variorum.text import Span

__all__ = ["ABBREVIATIONS", "SPLITTER", "split", "words"]

SPLITTER = "marks-and-abbreviations 2"
"""Name and version of the splitter, for the fingerprint."""

# Titles and references: a name or a number follows, so that their point never ends a sentence.
ABBREVIATIONS: Mapping[str, str] = {
    "": "cf vol vols nos nr pp p ed eds dr prof mr st op cit ibid ca approx s.v vs",
    "en": "mr mrs ms dr prof rev hon st gen col capt lt sgt gov sen rep pres messrs jr sr e.g i.e "
    "viz esp jan feb mar apr aug sept oct nov dec",
    "sq": "p.sh nr fq f z znj zj dr prof akad v shih etj.p vëll bot gjen kol sh shek mr "
    "d.m.th p.e.s m.e.r",
    "fr": "m mm mme mlle dr pr st ste av apr j.-c p.ex c.-à-d chap env éd",
    "de": "hr fr dr prof st z.b d.h u.a bzw vgl s bd nr str ca usw.u geb gest hrsg jh i.e sog evtl",
    "it": "sig sigg dott prof avv ecc.d s.ta ing on",
    "es": "sr sra srta d dña dr dra prof pág cap núm ud uds p.ej ee.uu",
    "pt": "sr sra dr dra prof pág cap núm ex",
    "ru": "т.е т.к т.д.и г гг тов им ул д стр с в вв см ср проф акад гр руб тыс млн млрд",
    "el": "π.χ δηλ κ κα κκ σελ αρ βλ πρβλ μ.χ δρ καθ",
    "la": "cf s.v l lib cap f ff",
}
"""By language ("" for all): abbreviations that end in a point and never end a sentence."""

# Words that are abbreviations before a number only.
_BEFORE_NUMBERS = frozenset(["no", "art", "fig", "sec", "cap", "pag", "kap", "ch", "para"])

_POINTED = frozenset("cs da de et fi hr hu is lv nb nn no pl sk sl sr tr".split())
"""Languages that write an ordinal as a number with a point (am 3. Mai)."""

_CLOSING = r"['\"\u2019\u201d\u00bb\u203a)\]\u300d\u300f\uff09\u2018\u201c]"
_MARKS = regex.compile(
    rf"(?P<wide>[\u3002\uff01\uff1f\uff61]+{_CLOSING}*)"
    rf"|(?P<other>(?:[.!?\u2026\u061f\u06d4\u0964\u0965\u0589\u1362]|(?P<greek>[;\u037e]))+"
    rf"{_CLOSING}*)(?=\s|$)"
)
_ORDINAL = regex.compile(r"(?<!\d)\d{1,2}$")
_LETTER_AND_POINT = regex.compile(r"[\s\u00a0\u202f]*\p{L}{1,2}\.")
_GUILLEMET = regex.compile(r"[ \u00a0\u202f]\u00bb")
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]"
    r"|\p{N}+(?:[.,]\p{N}+)*"
    r"|(?:(?![\p{Han}\p{Hiragana}\p{Katakana}])[\p{L}\p{M}])+"
    r"(?:['\u2019](?:(?![\p{Han}\p{Hiragana}\p{Katakana}])[\p{L}\p{M}])+)?"
)
_BEFORE = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}.'\u2019-]*$")
_OPENING = regex.compile(r"[\s'\"\u2018\u201c\u201e\u00ab\u2039(\[\u00bf\u00a1\u2013\u2014-]*")
_INITIALS = regex.compile(r"(?:\p{Lu}\p{M}*\p{Ll}?\.)*\p{Lu}\p{M}*")


def split(text: str, language: str) -> tuple[Span, ...]:
    """The sentences of a paragraph, in order, white space between them left out.

    *language* is a BCP 47 tag; an unknown one is split by the general rules.
    Everything but white space is in exactly one sentence.
    """
    known = _known(language)
    spans: list[Span] = []
    at = 0
    for end in (*_ends(text, known, language), len(text)):
        said = text[at:end]
        if said.strip():
            start = at + len(said) - len(said.lstrip())
            spans.append(Span(start, start + len(said.strip())))
        at = end
    return tuple(spans)


def words(text: str) -> tuple[Span, ...]:
    """The words and numbers of a sentence, in order, as two languages can be compared by them.

    Parts of a hyphenated word each for itself; scripts without spaces by the character.
    """
    return tuple(Span(*match.span()) for match in _WORD.finditer(text))


def _known(language: str) -> frozenset[str]:
    primary = language.lower().partition("-")[0]
    return frozenset((ABBREVIATIONS[""] + " " + ABBREVIATIONS.get(primary, "")).split())


def _ends(text: str, known: frozenset[str], language: str) -> Iterator[int]:
    primary = language.lower().partition("-")[0]
    greek = primary in ("el", "grc")
    reached = 0
    for match in _MARKS.finditer(text):
        if match["greek"] and not greek and set(match["other"]) & set(".!?") == set():
            continue
        if _open_bracket(text[reached : match.end()]):
            continue
        if match["wide"] or _is_end(text, match, known, pointed=primary in _POINTED):
            reached = match.end()
            if primary == "fr" and (closing := _GUILLEMET.match(text, reached)):
                reached = closing.end()
            yield reached


def _open_bracket(so_far: str) -> bool:
    """Whether a bracket is open that holds no more than a remark (200 characters)."""
    at = max(so_far.rfind("("), so_far.rfind("["))
    return 0 <= len(so_far) - at <= 200 and at > max(so_far.rfind(")"), so_far.rfind("]"))


def _is_end(text: str, match: regex.Match[str], known: frozenset[str], *, pointed: bool) -> bool:
    opening = _OPENING.match(text, match.end())
    follows = text[opening.end() :][:1] if opening else ""
    if not follows:
        return True
    if follows.islower() or follows in ",;:.!?":
        return False
    said = match["other"]
    if not said.startswith(".") or said.startswith(".."):
        return True
    before = text[: match.start()]
    if pointed and _ORDINAL.search(before[-4:]):
        return False
    spaced = before[-1:].islower() and not before[-2:-1].isalpha()  # z. B., d. h., p. ex.
    if spaced and _LETTER_AND_POINT.match(text, match.end()):
        return False
    return not _abbreviated(before, known, follows)


def _abbreviated(before: str, known: frozenset[str], follows: str) -> bool:
    """Whether the point after *before* is that of an abbreviation."""
    word = _BEFORE.search(before[-40:])
    if word is None:  # "3." before a capital: an ordinal or an end, and an end more often
        return before[-1:].isdigit() and len(_last_number(before)) < len(before) == 2
    said = word.group()
    if said.lower() in known or (said.lower() in _BEFORE_NUMBERS and follows.isdigit()):
        return True
    return _INITIALS.fullmatch(said) is not None and follows.isupper() and said != "I"


def _last_number(before: str) -> str:
    number = regex.search(r"\d+$", before)
    return number.group() if number else ""
