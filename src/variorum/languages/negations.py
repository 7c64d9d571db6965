"""What is known of languages without a dictionary: for now, the words that turn a sentence round.

A negation lost is the smallest difference that matters most, in a variant and
in an OCR copy alike; so its words are known here once, for every room::

    en   not, never, cannot │ no, nor, neither …     the sure ones tell the language,
    sq   nuk, s', asnjë …   │ as, jo, pa             the others count in it only

Two languages cannot be compared by counting such words, since they spend them
differently.  ``denials`` finds what is denied instead, a clause at a time, and
tells what surely denies from what denies in one language and not in another::

    sq   Nuk pashë asnjë njeri, as shtëpi.    nuk (asnjë goes along)   as: perhaps, NOR
    en   I saw no man, nor any house.         no                       nor: perhaps, NOR
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import pairwise
from unicodedata import normalize

import regex
from attrs import frozen

from variorum.text import Span

__all__ = ["DENIERS", "NEGATIONS", "Denial", "Sense", "denials", "negations_of"]

NEGATIONS: Mapping[str, tuple[str, str]] = {
    "en": ("not never cannot", "no nor neither none nothing nobody without"),
    "sq": ("nuk s' asnjë kurrë mos", "as jo pa"),
    "fr": ("pas jamais n'", "ne non rien ni aucun aucune sans"),
    "de": ("nicht kein keine keinen", "nie niemals ohne nein keiner keinem keines"),
    "es": ("nunca ningún ninguna", "no ni sin nada"),
    "it": ("mai nessun nessuna", "non né senza nulla niente"),
    "la": ("non haud nec neque", "ne nihil nullus nulla sine numquam"),
    "el": ("οὐ οὐκ οὐχ μή δεν", "οὐδέ μηδέ οὔτε μήτε μὴ οὐδὲ μηδὲ μην όχι"),
    "ru": ("не", "ни нет никогда без"),
    "ar": ("لا لم لن ولا ولم ولن", "ليس ما غير فلا فلم فلن"),
    "he": ("לא אין ולא", "אל בלי בל שלא ואל ואין"),
}
"""By language: negations that no other language listed has, or has as often; then the others.

A text's language is the one whose sure negations it has most of.
"""


class Sense(StrEnum):
    """How words deny; all but NOT deny in one language and not in another."""

    ONLY = "only"
    """A denial with an exception: *nothing but*, *nuk … veçse*."""
    TWICE = "twice"
    """One of a verb that denies itself, or goes along with one: *don't forget*, *deri sa nuk*."""
    ASKED = "asked"
    """*Is it not he?* and *is it he?* ask the same."""
    NOR = "nor"
    """One that continues another: *not … or*, *nuk … dhe nuk*."""
    NOT = "not"
    NO = "no"
    WITHOUT = "without"
    UNLESS = "unless"
    REFUSE = "refuse"
    """A verb that says so: *refuse*, *lack*, *forget*."""
    WITHIN = "within"
    """A prefix or ending: *unjust*, *i padrejtë*, *endless*."""


_DENYING: Mapping[str, Mapping[str, str]] = {
    "en": {
        "only": r"(?:nothing|none|no one|not|\p{L}+n't|no)(?: \p{L}+){0,4} (?:except|"
        r"other than|but only|until|till)|(?:nothing|none|no \p{L}+)(?: else)? (?:but|than)",
        "asked": r"(?:is|are|was|were|do|does|did|have|has|had|will|would|shall|should|can|could|"
        r"must)n't (?:i|you|he|she|it|we|they|this|that|there)",
        "twice": r"(?:not|never|\p{L}+n't|cannot)(?: to| you)? (?:forget|fail|cease|stop|lack|"
        r"miss|refuse|"
        r"deny|refrain|hesitate|withhold)\p{L}*|(?:whether )?or not(?= \p{L})",
        "not": r"not|\p{L}+n't|cannot|never|no one|no(?! *(?:[,;:.!?]|$))|none|nobody|"
        r"nothing|nowhere|neither",
        "nor": r"nor|not even|(?<=, )no(?= \p{L})|(?:and|or) (?:\p{L}+ not|"
        r"\p{L}+n't|not|never|no)",
        "no": r"no(?= *(?:[,;:.!?]|$))",
        "without": "without|instead of|rather than|apart from|free of|free from",
        "unless": r"unless|lest|otherwise|except|too \p{L}+ (?:to|for)|than \p{L}+ can",
        "refuse": r"fail\p{L}*|refus\p{L}+|lack\p{L}*|den(?:y|ies|ied|ying|ial)|"
        r"forbid\p{L}*|forbade|"
        r"prevent\p{L}*|abstain\p{L}*|refrain\p{L}*|absen(?:t|ce)|hardly|scarcely|"
        r"barely|declin\p{L}+|"
        r"stop\p{L}*|ceas\p{L}+|reject\p{L}*|avoid\p{L}*|miss(?:ing|ed)|withh[eo]ld\p{L}*|"
        r"hat(?:e|es|ed|red)|forg[eo]t\p{L}*|doubt\p{L}*|displeas\p{L}*|"
        r"despis\p{L}*|neglect\p{L}*|ignor\p{L}*",
        "within": r"un(?!der|til|to\b|it|i[oq]|cle|iv)\p{L}{4,}|non-?\p{L}{4,}|"
        r"(?:in|im|ir|il)\p{L}{2,}(?:ble|bly|bility)|"
        r"in(?:just|nocen|valid|human|equal|gratitud|iquit|firm|correct|direct|"
        r"finit|complete|suffici|"
        r"effici|depend|differen|activ|san[ei]|sincer|toleran|attent|advert|"
        r"adequa|experienc)\p{L}*|"
        r"i(?:m(?:mortal|pur[ei]|moral|perfect|partial|patien|proper|polite|passiv)|"
        r"r(?:regular|relevan|respons|religi|rever)|l(?:legal|legit|liter|logical))\p{L}*|"
        r"dis(?:ob|hon|agree|appro|beli|plea|satis|trust|like|regard|loyal|respect)\p{L}*|"
        r"(?!bless|unless|neverth|noneth|regard)\p{L}{3,}less(?:ly|ness)?",
        "void": r"not (?:only|just|merely|solely|alone)|no (?:doubt|less|sooner|small|little|few)|"
        r"not a (?:few|little)|(?:c[oa]m|br[io][nu]g)\p{L}* to nothing|or (?:not|no)|no, not|"
        r"(?:can't|cannot) (?:help|but)|not(?: \p{L}+){1,3} (?:only|alone)",
    },
    "sq": {
        "only": r"(?:nuk|s'|mos)(?: \p{L}+){0,6} (?:vecse|vec|pervec)|"
        r"(?:nuk|s'|mos)(?: \p{L}+)? vetem",
        "asked": r"(?:a|valle|ndofta) (?:nuk|mos|s'(?=\p{L}))|se mos|mos valle",
        "twice": r"(?:nuk|s'|mos) ?(?:\p{L}+ ){0,4}(?:harr|mung|refuz|pusho|resht|"
        r"ngurr)\p{L}*|(?:deri|derisa|gjersa)(?: sa)? (?:nuk|s'|mos)|"
        r"(?:ndalo|ndalu|pengo|penguar|tutem|druaj|trembem|ruhu)\p{L}*(?: \p{L}+){0,4} mos",
        "nor": r"(?:dhe|e|o|ose|apo|as)(?: te| as)? (?:nuk|mos|s'(?=\p{L})(?!em|at\b|motr|bij))|"
        r"as(?![^,;.]*\b(?:nuk|mos|s'))",
        "not": r"nuk|s'(?=\p{L})(?!em|at\b|motr|bij)|mos",
        "along": r"asnj\p{L}+|askush|askujt|askend|askurre|asgje(?!su|so)\p{L}*|kurre|"
        r"kurrgje|kurrfar\p{L}*|"
        r"askund|kurrsesi(?! *,)|aspak",
        "no": "jo|kurrsesi(?= *,)",
        "without": r"(?<!\b[eiu] )pa(?! (?:se|qe)\b)|ne vend (?:qe|se)",
        "unless": r"ndryshe|teper (?:[ie] )?\p{L}+ (?:aq )?(?:per|sa)|"
        r"perndryshe|ruhu(?:ni)? (?:se|nga)|pervec(?: ne| se)?|vec(?:se)?",
        "refuse": r"mung\p{L}+|refuz\p{L}+|moho\p{L}*|mohu\p{L}+|ndalo\p{L}*|ndalu\p{L}+|"
        r"pengo\p{L}*|"
        r"penguar|harro\p{L}*|harru\p{L}+|urre\p{L}+|dysho\p{L}*|pusho\p{L}*|"
        r"rresht\p{L}*|hedh\p{L}* poshte",
        "within": r"(?:i |e |te |ende |akoma )pa(?!s(?:a|u|tr|ter|k)|g(?:ez|uar|an)|jt|r|lo|ll|q|"
        r"kt?[ea]|dit|p(?:e|a)\b|m[eu]r|na)\p{L}{3,}|"
        r"pa(?:drejt|kuf|fund|mund|siguri|kena|besi|dij|muat)\p{L}*|mos(?!h|k[ao])\p{L}{4,}",
        "void": r"jo (?:vetem|thjesht)|(?:nuk|s') ?mund(?: te)?(?: t\p{L}+)? mos|mund te mos|"
        r"(?:nuk|s') ?\p{L}+ vetem|pa (?:tjeter|dyshim)|"
        r"pak a shume|(?:per)?vec(?:se)? k[eë]\p{L}+|[as]e? mos|apo jo|sesa",
    },
    "de": {
        "only": r"(?:nichts?|kein\p{L}*)(?: \p{L}+){0,4} (?:als|außer)",
        "not": r"nicht|nichts|kein(?:e|en|em|er|es)?|nie|niemals|niemand(?:en|em)?|"
        r"nirgends?|nimmer",
        "nor": r"weder|noch|(?:und|oder) (?:nicht|kein\p{L}*|nie)",
        "no": "nein",
        "without": "ohne",
        "unless": "außer|sonst|ausgenommen",
        "refuse": r"weiger\p{L}+|fehl\p{L}+|verbot\p{L}*|verbiet\p{L}+|mangel\p{L}*|"
        r"verweiger\p{L}+|kaum",
        "within": r"un(?!d|s|ter)\p{L}{4,}|\p{L}{3,}los(?:e|en|er|es|em)?|miss\p{L}{4,}",
        "void": "nicht (?:nur|bloß|allein)|oder nicht",
    },
    "fr": {
        "only": r"(?:ne |n')(?!(?:(?! que ).){0,60}(?:pas|jamais|rien|"
        r"point))(?: ?\p{L}+){1,5} que",
        "not": r"ne|n'(?=\p{L})",
        "along": "pas|jamais|rien|aucune?|personne|nulle?",
        "nor": r"ni|(?:et|ou) (?:ne|n'(?=\p{L}))",
        "no": "non",
        "without": "sans",
        "unless": "sauf|sinon|hormis|excepté|à moins",
        "refuse": r"manqu\p{L}+|refus\p{L}+|interdi\p{L}+|absen\p{L}+|empêch\p{L}+|à peine",
        "within": r"(?:in|im|ir|il)\p{L}{5,}|mal\p{L}{4,}",
        "void": "non (?:pas )?seulement|pas (?:seulement|uniquement)|ou non",
    },
    "es": {
        "only": r"no(?: \p{L}+){1,5} (?:sino|más que|salvo|excepto)",
        "not": "no(?! *(?:[,;:.!?]|$))",
        "along": "nunca|jamás|nada|nadie|ningun[oa]s?|ningún|tampoco",
        "nor": r"ni|(?:y|o) no",
        "no": "no(?= *(?:[,;:.!?]|$))",
        "without": "sin",
        "unless": "salvo|excepto|menos",
        "refuse": r"falt\p{L}+|neg\p{L}+|rehus\p{L}+|prohib\p{L}+|impid\p{L}+|apenas",
        "within": r"in\p{L}{6,}|im\p{L}{6,}|des\p{L}{5,}",
        "void": "no (?:sólo|solo|solamente)",
    },
    "it": {
        "only": r"non(?: \p{L}+){1,3} (?:che|se non)",
        "not": "non",
        "along": r"mai|nulla|niente|nessun\p{L}*|neppure|neanche|nemmeno",
        "nor": r"né|(?:e|o) non",
        "no": "no",
        "without": "senza",
        "unless": "salvo|eccetto|tranne|se non",
        "refuse": r"manc\p{L}+|rifiut\p{L}+|viet\p{L}+|neg\p{L}+|imped\p{L}+|appena",
        "within": r"in\p{L}{6,}|im\p{L}{6,}|dis\p{L}{5,}",
        "void": "non (?:solo|solamente|soltanto)",
    },
    "ru": {
        "only": r"не(?: \p{L}+){0,4} (?:кроме|лишь)",
        "not": "не|нет|нельзя",
        "along": r"никто|никого|никому|ничего|ничто|никогда|нигде|никак\p{L}*|ничем",
        "nor": r"ни|(?:и|или) не",
        "without": "без",
        "unless": "кроме|иначе|если не",
        "refuse": r"отказ\p{L}+|запре\p{L}+|отриц\p{L}+|отсутств\p{L}+|едва",
        "within": r"не\p{L}{4,}|без\p{L}{4,}|бес\p{L}{4,}",
        "void": "не только",
    },
    "el": {
        "only": r"(?:δεν|μην?)(?: \p{L}+){0,4} (?:παρα|εκτος)",
        "not": "δεν|δε|μην|μη|ουκ|ουχ|ου",
        "along": r"κανε\p{L}+|καμια|τιποτα|ποτε|ουδεν\p{L}*|μηδεν\p{L}*",
        "nor": r"ουτε|μητε|ουδε|μηδε|(?:και|η) (?:δεν|μην?)",
        "no": "οχι",
        "without": "χωρις|διχως",
        "unless": "εκτος|αλλιως",
        "within": r"α(?:ν|π|δ|κ|σ)\p{L}{5,}",
        "void": "οχι μονο",
    },
    "la": {
        "only": r"(?:non|nihil|nemo|null\p{L}+)(?: \p{L}+){0,4} (?:nisi|praeter|quam)",
        "not": r"non|haud|numquam|nemo|nihil|null\p{L}+",
        "nor": r"nec|neque|neve|(?:et|aut|vel) non",
        "without": "sine|absque",
        "unless": "nisi|praeter",
        "refuse": r"vix|neg\p{L}+|recus\p{L}+|prohib\p{L}+|des(?:it|un)\p{L}*",
        "within": r"in\p{L}{6,}|im\p{L}{6,}",
        "void": "non (?:solum|modo|tantum)",
    },
}
"""By language and sense, patterns of whole words in small letters; ``void`` is no denial,
``along`` stands with a verb that is denied and adds nothing to it.

Where many writers leave accents out (``_BARE``), without accents.
"""

_VERBLESS = frozenset(["en", "de", "es", "it", "la"])
"""Languages in which what goes along can deny for itself (*Nadie vino*; *asnjë* needs *nuk*)."""

_BARE = frozenset(["sq", "el", "la"])
_CLAUSE = regex.compile(r"[,;:.!?()\[\]“”\"„«»—–]+")

_END = regex.compile(r"[.!?:;]")
_WHY = {
    "en": "who|whom|whose|what|which|why|where|when|how",
    "sq": r"kush|kujt|kend|cfare|c'\p{L}*|cili|cila|cilet|cilat|pse|perse|ku|kur|si|sa|qysh",
    "de": r"wer|wen|wem|was|welche\p{L}*|warum|wo|wann|wie|weshalb|wozu|woher|wohin",
    "fr": r"qui|que|quoi|quel\p{L}*|pourquoi|où|quand|comment|combien",
    "es": r"qui[eé]n\p{L}*|qu[eé]|cu[aá]l\p{L}*|por qu[eé]|d[oó]nde|cu[aá]ndo|c[oó]mo",
    "it": r"chi|che|cosa|quale|quali|perch[eé]|dove|quando|come",
    "ru": r"кто|кого|кому|что|чего|какой|какая|какие|почему|зачем|где|когда|как",
    "el": r"ποιος|ποια|ποιον|τι|γιατι|που|ποτε|πως",
    "la": r"quis|quem|quid|quae|quod|cur|quare|ubi|quando|quomodo",
}
"""Words of questions that ask for more than yes or no."""

_Known = Mapping[str, regex.Pattern[str]]


@frozen
class Denial:
    """Words of a text that deny, surely (``Sense.NOT``) or in some languages."""

    span: Span
    sense: Sense


def denials(text: str, language: str) -> tuple[Denial, ...]:
    """What denies in *text*, in order; nothing for an unknown language."""
    primary = language.lower().partition("-")[0]
    if primary not in _DENYING:
        return ()
    known = _patterns(primary)
    plain = "".join(_plain(char, primary in _BARE) for char in text)
    ends = [0, *(match.end() for match in _CLAUSE.finditer(plain)), len(plain)]
    found: list[Denial] = []
    for start, end in pairwise(ends):
        clause = sorted(_of_clause(plain, Span(start, end), known), key=lambda one: one.span)
        if known["why"].search(plain, start, end):
            clause = [_sure(each) for each in clause]
        elif any(map(_denied, clause)) and _asked(plain, end, primary):
            clause = [Denial(c.span, Sense.ASKED) if _denied(c) else c for c in clause]
        along = _spans(plain, Span(start, end), known, "along")
        if along and not any(_denied(e) or e.sense is Sense.WITHOUT for e in clause):
            clause.append(Denial(along[0], Sense.NOT if primary in _VERBLESS else Sense.NO))
        for each in clause:
            first = each.sense is Sense.NOR and not any(map(_denied, found))
            first = first and (primary in _VERBLESS or _says_not(plain, each.span, known))
            found.append(Denial(each.span, Sense.NOT) if first else each)
    return tuple(found)


def _says_not(plain: str, span: Span, known: _Known) -> bool:
    """Whether words that continue a denial can begin one: *dhe nuk* can, *as* and *ни* cannot."""
    return known["not"].search(plain, span.start, span.end) is not None


def _sure(denial: Denial) -> Denial:
    """Of a question that asks for more: *why isn't it?* is not *why is it?*."""
    return Denial(denial.span, Sense.NOT) if denial.sense is Sense.ASKED else denial


def _asked(plain: str, end: int, language: str) -> bool:
    """Whether the clause that ends here is the last one of a question."""
    last = _END.search(plain, max(0, end - 1))
    return last is not None and last.group() == (";" if language == "el" else "?")


def _denied(denial: Denial) -> bool:
    return denial.sense in (Sense.NOT, Sense.NOR, Sense.ONLY)


def _of_clause(plain: str, clause: Span, known: _Known) -> Iterator[Denial]:
    """Each word once, by the first sense that it has."""
    taken = _spans(plain, clause, known, "void")
    for sense in Sense:
        for at in _spans(plain, clause, known, sense):
            if not any(map(at.overlaps, taken)):
                taken.append(at)
                yield Denial(at, sense)


def _spans(plain: str, clause: Span, known: _Known, kind: str) -> list[Span]:
    if kind not in known:
        return []
    return [Span(*m.span()) for m in known[kind].finditer(plain, clause.start, clause.end)]


DENIERS = frozenset(_DENYING)
"""Languages whose denials ``denials`` knows."""


@cache
def _patterns(language: str) -> _Known:
    return {
        kind: regex.compile(rf"(?<!\p{{L}}'?)(?:{words})(?!(?<!')\p{{L}}|(?<!')'\p{{L}})")
        for kind, words in {**_DENYING[language], "why": _WHY[language]}.items()
    }


def _plain(char: str, bare: bool) -> str:
    """A letter in small, without its accent where *bare*; always one character."""
    if char in "’‘ʼ":
        return "'"
    low = char.lower()
    if len(low) != 1:
        return char
    return normalize("NFD", low)[0] if bare else low


def negations_of(forms: Mapping[str, int]) -> frozenset[str]:
    """Those of the counted *forms* that are negations in the language of the text."""
    counted: Counter[str] = Counter()
    for form, count in forms.items():
        for word in _as_listed(form):
            counted[word] += count
    counts = {
        language: sum(counted[word] for word in sure.split())
        for language, (sure, _) in NEGATIONS.items()
    }
    most = max(counts.values())
    in_play = [language for language, count in counts.items() if count == most and most]
    known = {word for language in in_play for part in NEGATIONS[language] for word in part.split()}
    return frozenset(form for form in forms if not known.isdisjoint(_as_listed(form)))


def _as_listed(form: str) -> tuple[str, ...]:
    """What a form may be listed as: ``n'était`` as ``n'``, ``don’t`` as ``not``."""
    word = normalize("NFC", form.lower()).replace("’", "'")
    head, mark, tail = word.partition("'")
    if not mark:
        return (word,)
    return (word, "not") if tail == "t" and head[-1:] == "n" else (word, head + mark)
