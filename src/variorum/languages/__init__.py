"""What is known of languages, as data that an editor can see and mend.

::

    negations    the words that turn a sentence round
    numbers      numbers in figures and in words, as values
    lexicon      what a word of one language is rendered by in another
    names        proper names across languages, by sound and by table
    identified   which language a text is in, where nobody says

A room before all others that deal with text, since a variant, an OCR copy and
a translation ask the same things of a language.
"""

from __future__ import annotations

from variorum.languages.negations import NEGATIONS, negations_of

__all__ = ["NEGATIONS", "negations_of"]
