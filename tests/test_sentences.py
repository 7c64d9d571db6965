"""Sentences: where they end in many languages, and where they only seem to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from variorum.sentences import split


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "Comrade N.S. Khrushchev came. He saw.", "Comrade N.S. Khrushchev came.|He saw."),
        ("en", "Mr. Smith met Dr. No. They spoke.", "Mr. Smith met Dr. No.|They spoke."),
        ("en", "“Not even the cannons.” We said.", "“Not even the cannons.”|We said."),
        ("en", "It rose by 3.5 % … again. Yes!", "It rose by 3.5 % … again.|Yes!"),
        ("en", "He left (e.g. in May. Really). So?", "He left (e.g. in May. Really).|So?"),
        ("en", "No end; but here. And.", "No end; but here.|And."),
        ("en", "So I... We thank you.", "So I...|We thank you."),
        ("en", "So am I. Then we left.", "So am I.|Then we left."),
        (
            "sq",
            "Ai p.sh. Tirana, nr. 5 e K.Q. të P.P.Sh. tha. Po!",
            "Ai p.sh. Tirana, nr. 5 e K.Q. të P.P.Sh. tha.|Po!",
        ),
        ("sq", "– Po. – Jo!", "– Po.|– Jo!"),
        (
            "el",
            "\u03a0\u03bf\u1fd6; \u03a0\u03b1\u03c1\u03ac.",
            "\u03a0\u03bf\u1fd6;|\u03a0\u03b1\u03c1\u03ac.",
        ),
        ("ar", "كيف حالك؟ أنا بخير.", "كيف حالك؟|أنا بخير."),
        ("zh", "你好。他说：“好！”然后走了。", "你好。|他说：“好！”|然后走了。"),
        ("de", "Er kam z.B. Montag. Gut.", "Er kam z.B. Montag.|Gut."),
        ("ru", "Тов. Хрущев приехал. Да.", "Тов. Хрущев приехал.|Да."),
        (
            "de",
            "Der 3. Mai war schön. Er kam z. B. gestern.",
            "Der 3. Mai war schön.|Er kam z. B. gestern.",
        ),
        ("fr", "Il a dit: « Oui. » Puis il partit.", "Il a dit: « Oui. »|Puis il partit."),
        ("sq", "K.Q. i P.P.Sh. vendosi. R.P.Sh. është.", "K.Q. i P.P.Sh. vendosi.|R.P.Sh. është."),
        ("sq", "Anëtar i K.Q. të P.P.Sh. Ai foli.", "Anëtar i K.Q. të P.P.Sh.|Ai foli."),
        ("sq", "– Si jeni? – Mirë. Ai u ul.", "– Si jeni?|– Mirë.|Ai u ul."),
        (
            "sq",
            "Ai tha: „Po. Jam dakord.“ Iku ... dhe qeshi.",
            "Ai tha: „Po.|Jam dakord.“|Iku ... dhe qeshi.",
        ),
        ("", "", ""),
        ("xx", " One.  Two. ", "One.|Two."),
    ],
)
def test_where_sentences_end(language: str, text: str, sentences: str) -> None:
    """Terminal marks end sentences unless abbreviations, numbers or brackets speak against it."""
    assert "|".join(span.of(text) for span in split(text, language)) == sentences


@given(strategies.texts(), st.sampled_from(["en", "sq", "el", ""]))
def test_nothing_visible_is_outside_a_sentence(text: str, language: str) -> None:
    """Sentences ascend, have no white space at their edges, and leave only white space out."""
    reached = 0
    for span in split(text, language):
        assert text[reached : span.start].strip() == ""
        assert span.of(text) == span.of(text).strip() != ""
        reached = span.end
    assert text[reached:].strip() == ""
