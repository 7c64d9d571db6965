"""Numbers in figures and in words, as values that two languages share.

::

    60 million    60,000,000    sixty million       60000000
    60 milionë    60.000.000    gjashtëdhjetë milionë

    15 %    fifteen per cent    pesëmbëdhjetë për qind      15   percent
    6 June 1959                 6 qershor 1959              6 · 6 · 1959   day, month, cardinal

Numbers outlive translation as names do, but a translator is free to spell them
out.  What a language says lies in tables (``tables``); how it adds up is the
same for all of them (``sums``), since a grammar for each would be ten programs
to trust.  The path of a text::

    figures ─▶ items ─▶ sums ─▶ readings ─▶ dates
               words    values  what is sure  days and months

Strict rather than eager: a word that is often something else (one, a second,
May, French *neuf*) is a number only where its neighbours say so.  "half" is 0.5
and "a dozen" 12; "both" says that there are no more, "hundreds of" that nobody
counted: no numbers.  A scale counts as its language does, so *Billion* is 10^12
in German and 10^9 in English.  Roman figures are left alone.
"""

from __future__ import annotations

from variorum.languages.numbers.dates import dated
from variorum.languages.numbers.items import items_of
from variorum.languages.numbers.number import KINDS, Number
from variorum.languages.numbers.readings import readings
from variorum.languages.numbers.tables import LANGUAGES, table_of

__all__ = ["KINDS", "LANGUAGES", "Number", "numbers"]


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of a text in order, never overlapping; *language* is a BCP 47 tag.

    Numbers in words are known for ``LANGUAGES``, up to 10^15; of any other
    language those in figures.  Never fails; time is linear in the text.
    """
    primary = language.lower().partition("-")[0]
    table = table_of(primary)
    return dated(text, readings(text, items_of(text, primary, table), table), table)
