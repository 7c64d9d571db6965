"""Estimates without a truth: laws, what is told apart, and the pages whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import pytest
from attrs import evolve
from benchmarks.calibrate import GROUPS, words_for
from benchmarks.estimating import fresh, score
from benchmarks.pages.data import Sample, samples
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.ocr.estimate import ESTIMATOR, PageEstimate, estimate
from variorum.ocr.evidence import heard
from variorum.ocr.lexica import SHIPPED, bare, from_text, lexicon
from variorum.ocr.shape import misfits, shape_of
from variorum.ocr.tongue import identified, lost, primary
from variorum.readers import read
from variorum.text import Span, Text
from variorum.witness import Layout, Line, Page, Witness, Word, join_pages

DECLARATION = {
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. "
    "Είναι προικισμένοι με λογική και συνείδηση και οφείλουν να συμπεριφέρονται μεταξύ τους με "
    "πνεύμα αδελφοσύνης.",
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि और "
    "अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।",
    "zh": "人人生而自由，在尊严和权利上一律平等。"
    "他们赋有理性和良心，并应以兄弟关系的精神互相对待。",
}


STRANGERS = {
    "fr": "La nation est une grande famille, et la liberté de chacun est la condition de la paix. "
    "Le conseil a entendu le rapport du secrétaire sur la situation des provinces.",
    "it": "La libertà di ogni persona è il fondamento della pace, e nessuno può essere tenuto in "
    "servitù. Il consiglio ha ascoltato la relazione del segretario sulle province.",
    "es": "La libertad de cada persona es el fundamento de la paz, y nadie puede ser sometido a "
    "esclavitud. El consejo escuchó el informe del secretario sobre las provincias.",
    "pt": "A liberdade de cada pessoa é o fundamento da paz, e ninguém pode ser mantido em "
    "escravidão. O conselho ouviu o relatório do secretário sobre as províncias.",
    "la": "Omnes homines liberi nascuntur et ratione atque conscientia sunt praediti. Senatus "
    "legatos audivit de rebus quae in provincia gestae erant, sed nihil decrevit.",
    "ro": "Libertatea fiecărei persoane este temelia păcii și nimeni nu poate fi ținut în sclavie. "
    "Consiliul a ascultat raportul secretarului despre starea provinciilor.",
    "nl": "De vrijheid van ieder mens is de grondslag van de vrede en niemand mag in slavernij "
    "worden gehouden. De raad heeft het verslag van de secretaris gehoord.",
    "de": "Die Freiheit jedes Menschen ist die Grundlage des Friedens, und niemand darf in "
    "Knechtschaft gehalten werden. Der Rat hat den Bericht des Schreibers gehört.",
    "ca": "La llibertat de cada persona és el fonament de la pau, i ningú no pot ser tingut en "
    "servitud. El consell va escoltar l'informe del secretari sobre les províncies.",
    "sv": "Varje människas frihet är grunden för freden, och ingen får hållas i slaveri. Rådet "
    "har hört sekreterarens berättelse om läget i landskapen.",
    "da": "Ethvert menneskes frihed er grundlaget for freden, og ingen må holdes i slaveri. Rådet "
    "har hørt sekretærens beretning om forholdene i provinserne.",
    "pl": "Wolność każdego człowieka jest podstawą pokoju i nikt nie może być trzymany w niewoli. "
    "Rada wysłuchała sprawozdania sekretarza o stanie prowincji.",
    "tr": "Her insanın özgürlüğü barışın temelidir ve hiç kimse kölelik altında tutulamaz. Kurul, "
    "yazmanın illerin durumu üzerine raporunu dinledi.",
    "fi": "Jokaisen ihmisen vapaus on rauhan perusta, eikä ketään saa pitää orjuudessa. Neuvosto "
    "kuuli sihteerin kertomuksen maakuntien tilasta.",
    "hu": "Minden ember szabadsága a béke alapja, és senkit sem szabad rabszolgaságban tartani. A "
    "tanács meghallgatta a titkár jelentését a tartományok helyzetéről.",
}
"""Two sentences of our own in languages of which no words come with the package."""

SILENT = {
    "el": DECLARATION["el"],
    "he": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
    "ar": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах.",
    "zh": DECLARATION["zh"],
    "zh with two Latin names": DECLARATION["zh"] + " Lenin London",
    "numbers": "1945 1959 12 6",
    **STRANGERS,
}


def page(*lines: str, confidence: float | None = None, box: bool = False) -> Witness:
    """A page of *lines*, every word as sure as the others; boxes as of a typewriter."""
    text = "\n".join(lines)
    words, rows = [], []
    at = 0
    for row, line in enumerate(lines):
        rows.append(Line(Span(at, at + len(line)), _box(row, 0, len(line)) if box else None))
        column = 0
        for word in line.split(" "):
            place = _box(row, column, len(word)) if box else None
            words.append(Word(Span(at + column, at + column + len(word)), place, confidence))
            column += len(word) + 1
        at += len(line) + 1
    if confidence is not None:  # voices that never vary say nothing
        words[0] = evolve(words[0], confidence=confidence - 0.01)
    layout = Layout((Page(Span(0, len(text)), "page"),), tuple(rows), tuple(words))
    return Witness("A", Text(text), layout)


def _box(row: int, column: int, letters: int) -> tuple[int, int, int, int]:
    return (100 + 20 * column, 40 * row, 100 + 20 * (column + letters), 40 * row + 30)


def rate(witness: Witness, language: str = "") -> float:
    """The rate of the one page of a witness of which something speaks."""
    (told,) = estimate(witness, language)
    assert told.cer is not None
    return told.cer


def kinds(told: PageEstimate) -> set[str]:
    """The kinds of its notices."""
    return {notice.kind for notice in told.notices}


@cache
def archive() -> Mapping[str, tuple[Sample, PageEstimate]]:
    """Every committed page by name, estimated as a user would."""
    found = {}
    for sample in samples():
        words = None if sample.sheet.language in SHIPPED else words_for(sample)
        (told,) = estimate(sample.copy, lexicon=words)
        found[sample.sheet.name] = sample, told
    return found


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")),
    min_size=1,
    max_size=9,
)
BOXES = st.tuples(*[st.integers(-50, 3000)] * 4)


@st.composite
def pages(draw: st.DrawFn) -> Witness:
    """Witnesses of a page with any words, sure or not, wherever they stand."""
    made = page(*draw(st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=1)))
    sure = st.none() | st.floats(0, 1)
    words = [
        evolve(word, confidence=draw(sure), box=draw(st.none() | BOXES))
        for word in made.layout.words
    ]
    lines = [evolve(line, box=draw(BOXES | st.none())) for line in made.layout.lines]
    return evolve(made, layout=evolve(made.layout, words=tuple(words), lines=tuple(lines)))


def assert_lawful(told: PageEstimate) -> None:
    """Rates and intervals in [0, 1], each estimate inside its interval, lines as given.

    There is no estimate, of a page with words and of each of its lines, if nothing speaks.
    """
    for cer, (low, high) in [(one.cer, one.interval) for one in told.lines] + [
        (told.cer, told.interval)
    ]:
        assert (cer is None) == (told.evidence.speaks == "nothing" and bool(told.lines))
        assert 0.0 <= low <= (low if cer is None else cer) <= high <= 1.0
    if told.cer is None:
        assert told.interval == (0.0, 1.0)
        assert told.notices[0].kind == "no estimate"
    assert sum(line.letters for line in told.lines) == told.letters


@settings(max_examples=150, deadline=None)
@given(pages(), st.sampled_from(["", "en", "sq", "xx"]))
def test_an_estimate_never_leaves_its_range(witness: Witness, language: str) -> None:
    """Whatever the words, the voices and the places: from 0 to 1, and inside its interval."""
    for told in estimate(witness, language):
        assert_lawful(told)


@settings(max_examples=40, deadline=None)
@given(st.lists(pages(), min_size=2, max_size=4))
def test_the_order_of_pages_does_not_matter(made: list[Witness]) -> None:
    """The pages of a witness are what they are in any order."""
    forwards = estimate(join_pages("A", made), "en")
    backwards = estimate(join_pages("A", made[::-1]), "en")
    assert [one.cer for one in forwards] == [one.cer for one in backwards[::-1]]


def test_a_blank_page() -> None:
    """No word: nothing wrong that could be seen, no certainty, a notice."""
    blank = Witness("A", Text(""), Layout((Page(Span(0, 0), "a.hocr"),)))
    (told,) = estimate(blank)
    assert (told.cer, told.interval, kinds(told)) == (0.0, (0.0, 1.0), {"blank"})


@pytest.mark.parametrize("name", SILENT)
def test_where_nothing_speaks_there_is_no_estimate(name: str) -> None:
    """Faultless text in another language, without an engine: not half, and nobody else's words."""
    (told,) = estimate(Witness("A", Text(f"{SILENT[name]}\n" * 5)))
    assert_lawful(told)
    assert (told.cer, told.by, told.language) == (None, "nothing", "")
    assert kinds(told) == {"no estimate"}
    (says,) = (notice.says for notice in told.notices)
    assert ("--words" in says) != (
        (name.startswith("zh") and "names" not in name) or name == "numbers"
    )


@pytest.mark.parametrize("language", STRANGERS)
def test_other_languages_are_not_taken_for_ours(language: str) -> None:
    """A sentence, two, both repeated, in capitals, without accents: never English or Albanian."""
    text = STRANGERS[language]
    first = text.partition(".")[0]
    for told in (first, text, text * 20, text.upper(), bare(text)):
        assert identified(told, ()) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council heard the report of the secretary on the state of the provinces.", "en"),
        ("We have to say that this is not the first time", "en"),
        ("Këshilli dëgjoi raportin e sekretarit për gjendjen në krahina.", "sq"),
        ("Keshilli degjoi raportin e sekretarit per gjendjen ne krahina.", "sq"),
    ],
)
def test_ours_are_told_from_a_sentence(text: str, language: str) -> None:
    """With their diacritics or without; repeated, it is as much and no more."""
    assert identified(text, ()) == identified(f"{text} " * 9, ()) == language


def test_french_read_by_the_english_model_is_not_english() -> None:
    """What the engine says it read is no proof: the small words have a veto."""
    made = page(*STRANGERS["fr"].split(". "), confidence=0.9)
    words = tuple(evolve(word, language="eng") for word in made.layout.words)
    (told,) = estimate(evolve(made, layout=evolve(made.layout, words=words)))
    assert told.by == "engine"


def test_who_spoke_is_named() -> None:
    """The words by their language, those of a user as those given."""
    text = "The people of the country have worked for many years and for their children."
    assert estimate(page(text))[0].by == "words (en)"
    assert estimate(page(text, confidence=0.9))[0].by == "engine and words (en)"
    assert estimate(page(text, confidence=0.9), "fr")[0].by == "engine"
    (greek,) = estimate(page(DECLARATION["el"]), lexicon=from_text("", DECLARATION["el"]))
    assert greek.by == "words (those given)"


def test_an_empty_layout() -> None:
    """A text without layout is a page, of which the words speak and nobody else."""
    (told,) = estimate(Witness("A", Text("The people of the country have worked.\nAll of them.")))
    assert told.evidence.speaks == "words"
    assert "no confidence" in kinds(told)
    assert len(told.lines) == 2
    assert_lawful(told)


def test_numbers_in_plain_text_are_no_errors() -> None:
    """A word of which nobody speaks is as the others are."""
    bare = Witness("A", Text("The people of the country have worked for many years."))
    dated = Witness("A", Text("The people of the country have worked for 12 years 1945 1959."))
    assert rate(dated) < rate(bare) + 0.02


def test_doubt_and_unknown_words_raise_the_rate() -> None:
    """A surer page is a better one, and so is one whose words are known."""
    line = "the people of the country have worked for many years"
    wrong = "tbe peopie of tne conntry bave worked for rnany yaars"
    sure, unsure = (rate(page(line, confidence=c)) for c in (0.96, 0.6))
    assert sure < unsure < rate(page(wrong, confidence=0.6), "en")


def test_a_gap_is_lost_text_and_a_speck_is_not() -> None:
    """Wide gaps between words count; a mark on the margin is no text beyond a gap."""
    line = "we thank you for the help of the people"
    whole = page(line, line, confidence=0.95, box=True)
    *others, last = whole.layout.words
    x, y, z, w = last.box or (0, 0, 0, 0)
    far = evolve(last, box=(x + 400, y, z + 400, w))
    torn = evolve(whole, layout=evolve(whole.layout, words=(*others, far)))
    assert rate(torn) > rate(whole) + 0.05
    speck = page(line, f"{line} .", confidence=0.95, box=True)
    *before, mark = speck.layout.words
    away = evolve(mark, box=(2000, 40, 2010, 70))
    specked = evolve(speck, layout=evolve(speck.layout, words=(*before, away)))
    assert rate(specked) == pytest.approx(rate(speck), abs=0.01)


def test_columns_are_no_broken_lines() -> None:
    """Two columns of names, read one after the other: nothing is lost and nothing displaced."""
    made = page(*["Enver Hoxha", "Mehmet Shehu", "Hysni Kapo", "Beqir Balluku"] * 2, box=True)
    lines, right = [], (600, -160)
    for number, line in enumerate(made.layout.lines):
        own = [word for word in made.layout.words if line.span.covers(word.span)]
        if number > 3:
            own = [evolve(word, box=_moved(word.box, right)) for word in own]
            line = evolve(line, box=_moved(line.box, right))
        lines.append((line, own))
    told = shape_of(lines, made.text.chars)
    assert (told.displaced, told.gaps) == (0.0, 0.0)
    broken = [*lines[:4], lines[5]]  # one piece far off is no column
    assert shape_of(broken, made.text.chars).gaps > 0


def _moved(
    box: tuple[int, int, int, int] | None, by: tuple[int, int]
) -> tuple[int, int, int, int] | None:
    if box is None:
        return None
    return box[0] + by[0], box[1] + by[1], box[2] + by[0], box[3] + by[1]


def test_a_box_too_wide_tells_of_missing_letters() -> None:
    """The box of a word that lost letters is too wide for those it has."""
    made = page("the people of the country", "have worked for many years", box=True)
    words = list(made.layout.words)
    left, top, right, bottom = words[1].box or (0, 0, 0, 0)
    words[1] = evolve(words[1], box=(left, top, right + 60, bottom))
    off = misfits(words, made.text.chars)
    assert off[1] == max(off) > 0.1
    assert all(abs(other) < 0.05 for at, other in enumerate(off) if at != 1)


def test_shape_without_boxes() -> None:
    """Where boxes are missing, lines are in the order as read and nothing is lost."""
    made = page("one line", "another line")
    lines = [(line, made.layout.words[:2]) for line in made.layout.lines]
    told = shape_of(lines, made.text.chars)
    assert (told.order, told.displaced, told.gaps) == ((0, 1), 0.0, 0.0)


def test_confidences_all_alike_say_nothing() -> None:
    """An engine that is always certain is not heard."""
    lines = ["the people of the country have worked", "for many years and more than that"]
    flat = page(*lines)
    certain = tuple(evolve(word, confidence=1.0) for word in flat.layout.words)
    told = estimate(evolve(flat, layout=evolve(flat.layout, words=certain)))[0]
    assert told.evidence.speaks == "words"


@pytest.mark.parametrize("language", DECLARATION)
def test_any_text_is_a_lexicon(language: str) -> None:
    """A text in the language of the copy speaks for its words, where words have spaces."""
    text = DECLARATION[language]
    if language == "zh":
        (told,) = estimate(Witness("A", Text(text)), language)
        assert (told.cer, told.interval) == (None, (0.0, 1.0))
        return
    known = from_text(language, text)
    (clean,) = estimate(Witness("A", Text(text)), language, known)
    (spoilt,) = estimate(Witness("A", Text(text[::-1])), language, known)
    assert clean.evidence.known == 1.0
    assert clean.language == language
    assert (clean.cer or 0.0) < (spoilt.cer or 0.0)


def test_chinese_with_an_engine() -> None:
    """Where no list can say where words end, the engine speaks alone."""
    made = page(*DECLARATION["zh"].split("，"), confidence=0.9)
    assert estimate(made, "zh")[0].evidence.speaks == "engine"


def test_tags_of_engines() -> None:
    """Languages as Tesseract, ALTO and editors write them."""
    assert [primary(tag) for tag in ("sqi", "sq-AL", "deu", "English", "el")] == [
        "sq", "sq", "de", "en", "el",
    ]  # fmt: skip


def test_every_page_read_by_the_wrong_model_is_flagged() -> None:
    """Albanian read as English: each of the twenty pages, from clean to heavy."""
    wrong = [told for sample, told in archive().values() if sample.kind == "eng"]
    assert len(wrong) == 20
    assert all("wrong language model" in kinds(told) for told in wrong)
    assert all(told.language == "sq" for told in wrong)


def test_no_page_read_by_the_right_model_is_flagged() -> None:
    """Worn, sparse, blank or upside down: none is taken for one of another language."""
    right = [told for sample, told in archive().values() if sample.kind != "eng"]
    assert len(right) == 193
    assert not any("wrong language model" in kinds(told) for told in right)


def test_a_language_without_words_is_not_flagged() -> None:
    """German, of which nothing is known until words are given: few words are no other language."""
    german = [sample for sample in samples() if sample.sheet.language == "de"]
    for sample in german:
        (told,) = estimate(sample.copy)
        assert "wrong language model" not in kinds(told), sample.sheet.name
        assert told.language == ""


def test_unseen_pages_are_estimated_as_well() -> None:
    """Other texts, another resolution, another segmentation: nothing was fitted on these."""
    found = score(fresh())
    assert found.error <= 0.015
    assert found.covered >= 0.93
    wrong = [told for sample, told in fresh() if sample.kind == "eng"]
    assert len(wrong) == 10
    assert all("wrong language model" in kinds(told) for told in wrong)


def test_a_wrong_model_is_told_without_the_engine_naming_it() -> None:
    """The letters that are missing tell, though the copy does not say what it was read as."""
    for name in ("declaration.sq-courier-clean-as-eng", "declaration.sq-serif-worn-as-eng"):
        sample, _ = archive()[name]
        words = tuple(evolve(word, language=None) for word in sample.copy.layout.words)
        mute = evolve(sample.copy, layout=evolve(sample.copy.layout, words=words))
        assert "wrong language model" in kinds(estimate(mute)[0])


def test_pages_upside_down_are_flagged_and_no_others() -> None:
    """All six, and of the upright none."""
    flagged = [s for s, told in archive().values() if "upside down" in kinds(told)]
    assert len(flagged) == 6
    assert all(sample.sheet.turned for sample in flagged)


def test_invented_text_on_empty_pages_is_flagged() -> None:
    """What an engine makes of a blank page is no text; where it makes nothing, it is blank."""
    for sample, told in archive().values():
        if not sample.sheet.lines:
            invented = bool(sample.copy.text.chars)
            assert ("invented text" if invented else "blank") in kinds(told)
            assert told.cer == (1.0 if invented else 0.0)


@pytest.mark.parametrize("by", GROUPS)
def test_no_group_is_far_off(by: str) -> None:
    """The weights of the package on each group of pages; left out, the benchmark measures."""
    groups: dict[str, list[float]] = {}
    for sample, told in archive().values():
        if told.cer is not None:
            groups.setdefault(GROUPS[by](sample), []).append(abs(told.cer - sample.cer()))
    off = {name: sum(found) / len(found) for name, found in groups.items()}
    assert max(off.values()) < 0.04, off


def test_every_estimate_of_the_archive_is_lawful() -> None:
    """On real pages too."""
    for _, told in archive().values():
        assert_lawful(told)


def test_language_is_told_through_wear_and_a_wrong_model() -> None:
    """English and Albanian, whatever the model; of German nothing is known."""
    for sample, _ in archive().values():
        if sample.kind in ("full", "eng"):
            found = identified(sample.copy.text.chars, sample.copy.layout.words)
            expected = sample.sheet.language if sample.sheet.language in SHIPPED else ""
            assert found == expected, sample.sheet.name


def test_lost_diacritics() -> None:
    """None of a text that has them, their share where all are gone, nothing of short texts."""
    text = "Të gjithë njerëzit lindin të lirë dhe të barabartë në dinjitet dhe në të drejta. " * 3
    assert lost(text, lexicon("sq")) == 0.0
    assert lost(text.replace("ë", "e"), lexicon("sq")) > 0.05
    assert lost("te gjithe", lexicon("sq")) == 0.0
    assert lost(text.replace("ë", "e"), lexicon("en")) == 0.0


def test_a_name_that_comes_again_is_no_error() -> None:
    """What has the shape of a name and stands there twice is likelier one."""
    lines = ["Comrade Yong-geon thanked the people", "and Yong-geon was their guest"]
    (told,) = heard(page(*lines, confidence=0.9), lexicon("en"))
    names = [word for _, line in told.lines for word in line if not word.known]
    assert len(names) == 2
    assert all(word.name and word.again for word in names)
    once = page(lines[0], "and Ymnq-gecn was their guest", confidence=0.9)
    assert rate(page(*lines, confidence=0.9)) < rate(once)


ALTO = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page ID="p" WIDTH="900"
 HEIGHT="900"><PrintSpace><TextBlock ID="b"><TextLine ID="l" HPOS="10" VPOS="10" WIDTH="400"
 HEIGHT="20">{}</TextLine></TextBlock></PrintSpace></Page></Layout></alto>"""


def alto(words: Sequence[tuple[str, float]]) -> Witness:
    """A page of ALTO with a confidence for each word."""
    strings = "<SP/>".join(
        f'<String ID="s{n}" CONTENT="{word}" WC="{sure}" HPOS="{10 + 60 * n}" VPOS="10" '
        f'WIDTH="50" HEIGHT="20"/>'
        for n, (word, sure) in enumerate(words)
    )
    return read("page.xml", ALTO.format(strings).encode())[0]


def test_other_formats_speak_too() -> None:
    """The confidences of ALTO are heard as those of hOCR are."""
    made = alto([("the", 0.95), ("people", 0.9), ("worked", 0.97), ("together", 0.93)])
    (told,) = estimate(made)
    assert told.evidence.speaks.startswith("engine")
    assert rate(made) < 0.05


def test_the_version_is_a_name() -> None:
    """What goes into fingerprints."""
    assert ESTIMATOR.startswith("estimate ")
