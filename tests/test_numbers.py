"""Numbers as values, in figures and in words."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from importlib.resources import files
from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from spellers import HIGHEST, SPELLERS
from strategies import texts
from variorum.languages.numbers import KINDS, LANGUAGES, Number, numbers, tables

UNSURE = {"el": {1}, "fr": {9}, "it": {6}}
"""What alone is another word too; and 1 everywhere but in German."""


def said(text: str, language: str) -> list[str]:
    """The numbers of a text, each as its value, and its kind if that is not cardinal."""
    return [
        number.value if number.kind == "cardinal" else f"{number.value} {number.kind}"
        for number in numbers(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("60,000,000 and 3.5 per cent", "en", ["60000000", "3.5"]),
        ("60.000.000 e 3,5 për qind", "sq", ["60000000", "3.5"]),
        ("60 000 000 habitants", "fr", ["60000000"]),
        ("in 1959, 15%", "en", ["1959", "15"]),
        ("5.3.1959, 12:30", "sq", ["5", "3", "1959", "12", "30"]),
        ("١٥ و 007", "ar", ["15", "7"]),
        ("page 0.50", "en", ["0.5"]),
        ("nothing", "en", []),
    ],
)
def test_values(text: str, language: str, values: list[str]) -> None:
    """A number has the same value in each language's way of writing it."""
    found = numbers(text, language)
    assert [number.value for number in found] == values
    assert all(number.span.of(text).strip() for number in found)


@pytest.mark.parametrize(
    ("value", "ways"),
    [
        (
            "60000000",
            "en:60 million|en:sixty million|en:60,000,000|sq:60 milionë|sq:60 miljon"
            "|sq:gjashtëdhjetë milionë|de:sechzig Millionen|de:60 Mio|fr:soixante millions"
            "|it:sessanta milioni|es:sesenta millones|pt:sessenta milhões|ru:60 млн"
            "|ru:шестьдесят миллионов|el:εξήντα εκατομμύρια",
        ),
        (
            "15 percent",
            "en:15 %|en:15%|en:fifteen percent|en:fifteen per cent|sq:pesëmbëdhjetë për qind"
            "|sq:15 për qind|sq:pesembedhete perqind|de:fünfzehn Prozent|fr:quinze pour cent"
            "|it:quindici per cento|es:quince por ciento|pt:15 por cento|ru:15 процентов"
            "|el:δεκαπέντε τοις εκατό|pl:15 %|ar:١٥ ٪",
        ),
        (
            "2500000",
            "en:2.5 million|en:two and a half million|en:two million five hundred thousand"
            "|en:2 million 500 thousand|sq:2 milionë e 500 mijë|sq:dy milionë e gjysmë"
            "|sq:dy e gjysmë milionë|de:zweieinhalb Millionen|de:2,5 Millionen"
            "|fr:deux millions et demi|it:due milioni e mezzo|es:dos millones y medio"
            "|ru:два с половиной миллиона|pt:dois milhões e meio",
        ),
        (
            "1959",
            "en:nineteen fifty-nine|en:nineteen hundred and fifty-nine"
            "|sq:një mijë e nëntëqind e pesëdhjetë e nëntë"
            "|sq:nji mijë e nandqind e pesdhetë e nandë"
            "|sq:njëmijëenëntëqindepesëdhjetenëntë|de:neunzehnhundertneunundfünfzig"
            "|de:tausendneunhundertneunundfünfzig|fr:mil neuf cent cinquante-neuf"
            "|fr:dix-neuf cent cinquante-neuf|it:millenovecentocinquantanove"
            "|es:mil novecientos cincuenta y nueve",
        ),
        (
            "500000",
            "en:half a million|sq:gjysmë milioni|fr:cinq cent mille|it:mezzo milione"
            "|es:medio millón"
            "|de:halbe Million|de:fünfhunderttausend",
        ),
        ("25", "sq:njëzet e pesë|sq:njezet e pese|sq:njizet e pes|sq:njëzetepesë|en:twenty-five"),
        ("1000000000000", "de:eine Billion|fr:un billion|en:one trillion|es:un billón"),
        (
            "1000000000",
            "en:a billion|de:eine Milliarde|fr:un milliard|sq:një miliard|es:mil millones",
        ),
        (
            "2 ordinal",
            "en:the second|sq:i dytë|sq:e dytë|sq:së dytës|de:zweite|fr:deuxième|ru:второй",
        ),
        ("38 ordinal", "en:38th|en:thirty-eighth|sq:38-të|fr:38e|de:achtunddreißigste|ru:38-й"),
        (
            "30",
            "sq:vitet tridhjetë|sq:të tridhjetave|en:the thirties|de:dreißiger|fr:années trente",
        ),
        ("12", "en:a dozen|en:twelve|sq:dymbëdhjetë|de:ein Dutzend|fr:une douzaine"),
        ("0.5 fraction", "en:half of it|sq:gjysma e tij|de:die Hälfte|fr:la moitié|es:la mitad"),
        ("79", "fr:soixante-dix-neuf|fr:septante-neuf|de:neunundsiebzig|it:settantanove"),
        ("1.5", "en:one and a half|sq:një e gjysmë|de:anderthalb|de:eineinhalb|ru:полтора"),
    ],
)
def test_one_value(value: str, ways: str) -> None:
    """What is said in many ways has one value and kind."""
    for way in ways.split("|"):
        language, _, text = way.partition(":")
        assert said(f"x {text}.", language) == [value], way


@pytest.mark.parametrize(
    "date",
    [
        "en:6 June 1959",
        "en:June 6, 1959",
        "en:the sixth of June 1959",
        "en:June 6th, 1959",
        "en:6th of June, 1959",
        "sq:6 qershor 1959",
        "sq:më 6 qershorit 1959",
        "de:am 6. Juni 1959",
        "fr:le 6 juin 1959",
        "it:6 giugno 1959",
        "es:6 de junio de 1959",
        "pt:6 de junho de 1959",
        "ru:6 июня 1959",
        "el:6 Ιουνίου 1959",
    ],
)
def test_dates(date: str) -> None:
    """A date has a day, a month and a year, in whatever order and however said."""
    language, _, text = date.partition(":")
    assert sorted(said(text, language)) == ["1959", "6 day", "6 month"]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        # dates in figures: nobody guesses which is the day
        ("sq", "6.6.1959", ["6", "6", "1959"]),
        # articles and pronouns
        ("en", "one another, no one, a man, this one", []),
        ("sq", "një popull, nji njeri, asnjë", []),
        ("de", "ein Mann, eine Frau, einmal", []),
        ("de", "eins", ["1"]),
        ("fr", "l’un, une femme", []),
        ("it", "un uomo, uno, un’altra", []),
        ("es", "un hombre, unos, una", []),
        ("en", "one per cent, one hundred and one", ["1 percent", "101"]),
        # second: a unit of time, a verb; first: an adverb; half: an hour
        ("en", "a second, one second, per second, ten seconds, I second that", ["10"]),
        ("en", "at first, first aid, the first", ["1 ordinal"]),
        ("en", "half past ten, half-hearted", ["10"]),
        ("fr", "une seconde, second, le deuxième", ["2 ordinal"]),
        ("es", "un segundo, el segundo", ["2 ordinal"]),
        ("it", "secondo me, prima di, la seconda, la prima volta", ["2 ordinal", "1 ordinal"]),
        ("pt", "segunda-feira, quarta", []),
        ("el", "την Τρίτη, ο τρίτος", ["3 ordinal"]),
        ("ru", "во-первых, первый", ["1 ordinal"]),
        ("sq", "të parë, para luftës, i parë, e para", ["1 ordinal", "1 ordinal"]),
        ("sq", "teta, e teta, treva, treve, njëzet e treve", ["8 ordinal", "23"]),
        ("la", "secundum legem, Quintus dixit, quintus", ["5 ordinal"]),
        # new, you are, attention, the eleven, a magpie
        ("fr", "neuf, dix-neuf, neuf cents, neuf pour cent", ["19", "900", "9 percent"]),
        ("it", "tu sei, ventisei, sei milioni", ["26", "6000000"]),
        ("de", "Acht geben, acht Tage, die Elf, elf", ["8", "11"]),
        ("ru", "сорока, сорока пяти, семью", ["45"]),
        # may, march, a planet, shortly, a name
        ("en", "May I march? you may; in May", ["5 month"]),
        ("en", "5 May, May 5", ["5 day", "5 month", "5 month", "5 day"]),
        ("fr", "la planète Mars, en mars, 3 Mars", ["3 month", "3 day", "3 month"]),
        ("sq", "planeti Mars, mars, më shkurt, 3 shkurt", ["3 month", "3 day", "2 month"]),
        ("de", "August Bebel, im August, 3. August", ["8 month", "3 day", "8 month"]),
        ("ru", "Марта, 3 марта", ["3 day", "3 month"]),
        ("en", "june, July", ["7 month"]),
        # no exact number, no decimal
        ("en", "hundreds of thousands, several hundred thousand, a few dozen, both", []),
        ("sq", "qindra mijëra, qindra mijë, disa mijë, dhjetëra, të dy", []),
        ("de", "einige hundert, Tausende, zwei Drittel", []),
        ("fr", "quelques cents, des milliers, deux tiers, deux cinquièmes", []),
        ("en", "one third, two thirds, three-quarters, a fifth", []),
        ("sq", "një e treta, dy të tretat", []),
        ("it", "un terzo, due terzi", []),
        # where a number ends
        ("en", "two hundred and three hundred", ["200", "300"]),
        ("en", "two thousand and three thousand", ["2000", "3000"]),
        ("en", "two hundred and three thousand; 3.5 million, 200", ["203000", "3500000", "200"]),
        ("en", "between twenty and thirty, five and twenty", ["20", "30", "5", "20"]),
        ("en", "10-15, ten-fifteen, forty\n\nfive", ["10", "15", "10", "15", "40", "5"]),
        ("en", "twenty – five, In 1959 200 people", ["20", "5", "1959", "200"]),
        ("sq", "në vitet tridhjetë e dyzet", ["30", "40"]),
        ("es", "veinte y treinta, diez y seis", ["20", "30", "16"]),
        ("fr", "10 cents", ["10"]),
        ("de", "Dreirad, Vierteljahr, Achtung, siebenjährig", []),
        ("it", "centrale, venticello, battesimo", []),
        # ordinals in figures, where certain
        ("en", "20th century, 1st", ["20 ordinal", "1 ordinal"]),
        ("de", "im 20. Jahrhundert. Am 20. Danach", ["20 ordinal", "20"]),
        ("sq", "Kongresi i gjashtë i gjashtë vendeve", ["6 ordinal", "6"]),
        ("it", "ventunesimo, quarantottesimo, 20º", ["21 ordinal", "48 ordinal", "20 ordinal"]),
        # old spellings, broken lines
        ("sq", "pesëmbëdhetë, dhetë, nandëdhetë e tetë", ["15", "10", "98"]),
        ("en", "twenty-\nfive, fif-\nteen, TWENTY FIVE", ["25", "15", "25"]),
        ("de", "fünfund-\nzwanzig, fünf\u00adzehn", ["25", "15"]),
        # only the figures of a language not listed
        ("pl", "sto, 15 milionów", ["15"]),
    ],
)  # fmt: skip
def test_traps(language: str, text: str, values: list[str]) -> None:
    """What looks like a number and is none, or ends elsewhere."""
    assert said(text, language) == values


def test_spans() -> None:
    """A span covers the scale and the per cent, in code points of the text as given."""
    text = normalize("NFD", "Rreth 3,5 milionë e pesëmbëdhjetë për qind, i dytë")
    found = [number.span.of(text) for number in numbers(text, "sq")]
    expected = ("3,5 milionë", "pesëmbëdhjetë për qind", "dytë")
    assert found == [normalize("NFD", part) for part in expected]


def test_endless_figures() -> None:
    """A row of figures of any length is copied, not computed."""
    text = "9" * 5000
    assert numbers(f"{text} million", "en")[0] == Number(numbers(text, "en")[0].span, text)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, int, str]:
    """A language, a number, and how it is written out there."""
    language = draw(st.sampled_from(sorted(SPELLERS)))
    speller = draw(st.sampled_from(sorted(SPELLERS[language])))
    digits = draw(st.integers(1, 9))
    number = draw(st.integers(2, min(10**digits, HIGHEST.get(language, 10**9))))
    assume(number not in UNSURE.get(language, ()))
    return language, number, SPELLERS[language][speller](number)


@given(written())
def test_round_trip(case: tuple[str, int, str]) -> None:
    """A number written out is one number of that value, and its span is all of it."""
    language, number, words = case
    (found,) = numbers(f"« {words}. »", language)
    assert (found.value, found.kind) == (str(number), "cardinal")
    assert (found.span.start, len(found.span)) == (2, len(words))


@given(written(), st.sampled_from(["NFD", "NFC"]), st.booleans(), st.sampled_from(" \n"))
def test_however_set(case: tuple[str, int, str], form: str, big: bool, space: str) -> None:
    """Decomposed letters, capitals and line ends change no value."""
    language, number, words = case
    assume(words not in ("acht", "elf"))
    text = normalize(form, words.upper() if big else words)  # type: ignore[arg-type]
    assert said(text.replace(" ", space).replace("-", "-\n"), language) == [str(number)]


@given(st.lists(written(), max_size=4), texts(), st.sampled_from([*LANGUAGES, "pl"]))
def test_spans_are_in_order(cases: list[tuple[str, int, str]], text: str, language: str) -> None:
    """Numbers lie within the text, one after the other; kinds and values are as promised."""
    text = " ".join([*(words for _, _, words in cases), text, *(words for _, _, words in cases)])
    end = 0
    for number in numbers(text, language):
        assert end <= number.span.start < number.span.end <= len(text)
        assert number.kind in KINDS
        assert number.value.replace(".", "", 1).isdecimal()
        end = number.span.end


def test_every_language_is_spelt() -> None:
    """A language without a speller would be tried by nothing."""
    assert set(SPELLERS) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_have_one_meaning(language: str) -> None:
    """No spelling stands for two values in a table."""
    source = files("variorum.languages.numbers").joinpath(f"{language}.toml")
    meanings: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for words, entry in tables._entries(tomllib.loads(source.read_text(encoding="utf-8"))):
        meanings[words].add(str(entry.value))
    assert {words: found for words, found in meanings.items() if len(found) > 1} == {}
