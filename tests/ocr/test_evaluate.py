"""Evaluation: what adds up, what is nothing, what has no rate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from ocr.test_distance import prose, worn
from variorum.ocr.confusions import block, confusions, counted, groups, patterns
from variorum.ocr.distance import edits
from variorum.ocr.evaluate import Comparison, Evaluation, Side, compare, rate
from variorum.ocr.profiles import PROFILES, profile
from variorum.ocr.words import KINDS
from variorum.text import Span, Text
from variorum.witness import Layout, Line, Page, Witness

MINUTES = (
    "Comrade Enver Hoxha: We are happy to have you among us, Comrade Choe.\n"
    "Our assistance was not very small; 60 million people of Korea and of Alba-\n"
    "nia know it. It cannot be for-\ngotten.\n"
    "and that will be a great gain for our people, who have worked for it for years,\n"
    "since the climate of the country is much like that of the other, mild and wet.\n"
    "\n"
    "Comrade Choe Yong-geon: In 1959 nobody came to Tirana by way of Moscow.\n"
)
COPY = (
    "Cornrade Enver Hoxha: We are happy to havc you among us, Comrade Choc.\n"
    "Our assistance was net very small; 6O million people of Korea and of Alba-\n"
    "nla know it. It cannot be for-\ngoten.\n"
    "and that will be a great gain for our people, who have worked for it for years,\n"
    "since the climate of the country is much like that of the other, mild and wet.\n"
    "\n"
    "Comrade Choe Yong-geon: In 1959 nobody came to Tirana by way of Moscow.\n"
)


def side(text: str, siglum: str = "T") -> Side:
    """A text alone."""
    return Side(Witness(siglum, Text(text)))


def compared(truth: str, copy: str, name: str = "plain", called: str = "x") -> Comparison:
    """*copy* against *truth*."""
    return compare(called, side(truth), side(copy, "O"), profile(name))


def pooled(found: Sequence[Comparison], name: str = "plain") -> Evaluation:
    """The figures of all."""
    return Evaluation(profile(name), tuple(one.summary for one in found))


def labelled(text: str) -> Side:
    """The minutes with their two turns."""
    second = text.index("Comrade Choe Yong")
    turns = (
        ("hoxha", Span(0, second), Span(0, text.index(":") + 1)),
        ("choe", Span(second, len(text)), Span(second, text.index(":", second) + 1)),
    )
    return evolve(side(text), turns=turns)


@pytest.mark.parametrize("name", PROFILES)
@given(text=strategies.texts())
def test_a_text_against_itself_is_right(name: str, text: str) -> None:
    """Every rate is nothing, and there is no confusion; the interval begins at nothing."""
    found = pooled([compared(text, text, name)], name)
    assert (found.edits, found.text_edits, found.word_edits) == (0, 0, 0)
    assert (found.cer, found.wer, found.cer_text, found.cer_order) == (0, 0, 0, 0)
    low, high = found.interval or (1, 1)
    assert low == 0
    assert high <= min(1, 12 / max(1, found.characters))
    assert found.bag_of_words_f1 == 1
    assert not found.confusions
    assert not found.patterns


@settings(deadline=None)
@given(truth=strategies.texts(), copy=strategies.texts())
def test_everything_adds_up(truth: str, copy: str) -> None:
    """Confusions, rows, pages and places are so many as the edits; rows tile the truth."""
    for name in PROFILES:
        found = compared(truth, copy, name)
        told = found.summary
        assert sum(c.count for c in confusions(told.counts)) == told.text_edits
        assert sum(row.edits for row in found.rows) == told.text_edits
        assert sum(row.characters for row in found.rows) == told.characters
        assert sum(page.edits for page in told.pages) == told.text_edits
        assert len(found.wrong) == told.text_edits
        assert list(found.wrong) == sorted(found.wrong)
        assert told.text_edits <= told.edits
        for by in ("block", "category"):
            tallied = sum(t.edits for t in Evaluation(profile(name), (told,)).by(by))
            assert tallied == told.text_edits


@settings(deadline=None)
@given(st.lists(st.tuples(strategies.texts(), strategies.texts()), min_size=1, max_size=4))
def test_the_order_of_pages_does_not_matter(pairs: list[tuple[str, str]]) -> None:
    """Pooled figures are the same whatever the order of the pages; sums of edits and letters."""
    found = [compared(a, b, called=f"page-{n}") for n, (a, b) in enumerate(pairs)]
    one, other = pooled(found), pooled(found[::-1])
    assert one.summaries == other.summaries
    assert one.interval == other.interval
    assert one.confusions == other.confusions
    assert one.edits == sum(c.summary.edits for c in found)
    assert one.cer == rate(one.edits, one.characters)


def test_nothing_and_something() -> None:
    """Nothing for nothing is right; something for nothing has no rate, and is no infinity."""
    assert pooled([compared("", "")]).cer == 0
    found = pooled([compared("", "scraps")])
    assert found.cer is None
    assert found.wer is None
    assert found.interval is None
    assert found.cer_normalised == 1
    lost = pooled([compared("text", "")])
    assert (lost.cer, lost.cer_normalised) == (1, 1)
    assert (lost.interval or (0, 0))[1] == 1


def test_both_denominators() -> None:
    """The field's rate may exceed one, the normalised one may not."""
    found = pooled([compared("ab", "abcdefgh")])
    assert found.cer == 3
    assert found.cer_normalised == pytest.approx(6 / 8)


def test_interval_holds_the_rate_and_narrows() -> None:
    """The interval is around the rate, and a longer text has a narrower one."""
    widths = []
    for length in (3_000, 30_000):
        truth = "\n".join(prose(60, n) for n in range(length // 60))
        found = pooled([compared(truth, worn(truth, 0.05, 1))])
        low, high = found.interval or (1, 0)
        assert low <= (found.cer_text or 0) <= high
        widths.append(high - low)
    assert widths[1] < widths[0] / 2


@settings(deadline=None)
@given(truth=strategies.texts(), copy=strategies.texts())
def test_words_add_up(truth: str, copy: str) -> None:
    """Words by the line are all words, their edits all edits; both denominators hold."""
    found = pooled([compared(truth, copy)])
    told = found.summaries[0]
    assert sum(words for _, words in told.word_lines) == told.words
    assert sum(edits for edits, _ in told.word_lines) == told.text_word_edits
    assert 0 <= found.wer_normalised <= 1
    if found.word_interval and found.wer_text is not None:
        low, high = found.word_interval
        assert low <= min(1, found.wer_text) + 1e-9
        assert high >= min(1, found.wer_text) - 1e-9


def test_short_texts_tell_little() -> None:
    """Of four letters the interval is wide; of a clean page it does not end at nothing."""
    low, high = pooled([compared("four", "fonr")]).interval or (0, 0)
    assert low < 0.1
    assert high > 0.6
    low, high = pooled([compared(MINUTES, MINUTES)]).interval or (1, 1)
    assert low == 0
    assert 0.005 < high < 0.05


def test_order_is_no_misreading_of_words() -> None:
    """Halves exchanged, no letter wrong: no name, number, negation or label is misread."""
    parts = [f"{prose(150, n)}. It is not {1900 + n} in Korea yet.\n\n" for n in range(8)]
    found = pooled([compared("".join(parts), "".join(parts[4:] + parts[:4]))])
    assert found.cer_text is not None
    assert found.cer_text < 0.01
    assert found.wer is not None
    assert found.wer > 0.5
    assert found.wer_text is not None
    assert found.wer_text < 0.02
    assert sum(shares.wrong for shares in found.kinds) <= 1


def test_pages_of_plain_text_are_told_by_form_feeds() -> None:
    """The first line of a page is that page's, not the last of the page before."""
    truth = "page one a\npage one b\n\fpage two a\npage two b\n\fpage three a\n"
    copy = truth.replace("page two a", "pXgX tXo a")
    pages = compared(truth, copy).summary.pages
    assert [page.edits for page in pages] == [0, 3, 0]


def test_marks_at_the_ends_of_words_are_no_misreading() -> None:
    """A comma for a point is no misread number, and *not,* is a negation."""
    found = pooled([compared("In 1959, it was not, 5000.", "In 1959. it was not, 5000,")])
    told = {shares.kind: (shares.words, shares.wrong) for shares in found.kinds}
    assert told["number"] == (2, 0)
    assert told["negation"] == (1, 0)


def test_a_text_in_one_line_has_an_interval_too() -> None:
    """A paragraph without line ends is drawn in parts, not as one line of no width."""
    truth = prose(6_000, 1)
    found = pooled([compared(truth, worn(truth, 0.05, 1))])
    low, high = found.interval or (1, 0)
    assert low < (found.cer_text or 0) < high
    lines = found.summaries[0].lines
    assert sum(edits for edits, _ in lines) == found.text_edits
    assert sum(letters for _, letters in lines) == found.characters


def test_kinds_of_words() -> None:
    """Names, numbers, labels, negations and broken words are told apart, with what was read."""
    found = compare("x", labelled(MINUTES), side(COPY, "O"), profile("plain"))
    told = {shares.kind: shares for shares in found.summary.kinds}
    assert tuple(told) == KINDS
    assert ("60", "6O") in told["number"].examples
    assert ("not", "net") in told["negation"].examples
    assert ("Comrade", "Cornrade") in told["speaker label"].examples
    assert any(truth.startswith("Choe") for truth, _ in told["name"].examples)
    assert told["line-end hyphen"].words >= 4
    assert told["line-end hyphen"].wrong >= 2
    for shares in told.values():
        assert 0 < shares.wrong <= shares.words


def test_turns_and_their_labels() -> None:
    """Each turn has its letters and edits, and says whether its label was read right."""
    found = compare("x", labelled(MINUTES), side(COPY, "O"), profile("plain")).summary
    first, second = found.turns
    assert (first.speaker, first.label_right) == ("hoxha", False)
    assert (second.speaker, second.label_right, second.edits) == ("choe", True, 0)
    assert first.edits == found.text_edits
    assert first.characters + second.characters == found.characters


def test_pages_lines_and_boxes() -> None:
    """A row has the page, the line and the box of the copy; a lost line is a row without copy."""
    truth = "one line here\ntwo lines here, and more of it\nthree lines"
    text = "one 1ine here\fthree lines"
    layout = Layout(
        (Page(Span(0, 13), "a.hocr", 1), Page(Span(14, 25), "b.hocr", 2)),
        (Line(Span(0, 13), (1, 2, 3, 4)), Line(Span(14, 25), (5, 6, 7, 8))),
    )
    copy = Side(Witness("O", Text(text), layout))
    found = compare("x", side(truth), copy, profile("plain"))
    assert {(row.page, row.box) for row in found.rows if not row.lost} == {
        (1, (1, 2, 3, 4)),
        (2, (5, 6, 7, 8)),
    }
    assert "".join(row.truth.of(truth) for row in found.rows) == truth
    assert [row.copy.of(text) for row in found.rows if not row.lost][-1] == "three lines"
    assert any(row.lost and "two lines here" in row.truth.of(truth) for row in found.rows)
    assert [(page.number, page.file) for page in found.summary.pages] == [
        (1, "a.hocr"),
        (2, "b.hocr"),
    ]


def test_a_moved_line_is_marked() -> None:
    """A line that stands elsewhere is a row that says so, and costs the text nothing."""
    lines = [prose(70, n) for n in range(6)]
    moved = [lines[0], lines[3], lines[1], lines[2], lines[4], lines[5]]
    found = compared("\n".join(lines), "\n".join(moved))
    assert found.summary.edits > 60
    assert found.summary.text_edits <= 4
    assert any(row.moved for row in found.rows)


@given(st.text(alphabet="abc ", max_size=30), st.text(alphabet="abc ", max_size=30))
def test_groups_are_the_edits(truth: str, copy: str) -> None:
    """Edits taken together and apart are the same edits."""
    way = edits(truth, copy).ops
    assert sum(group.edits for group in groups(way)) == len(way)


def test_patterns_and_expectation() -> None:
    """Two letters read as one are one pattern; a rate is of the letter's occurrences."""
    truth, copy = "burn corn barn mm nn", "bum com bam mm nn"
    counts = counted(truth, copy, edits(truth, copy).ops)
    assert [(p.truth, p.copy, p.count) for p in patterns(counts)] == [("rn", "m", 3)]
    found = {(c.truth, c.copy): c for c in confusions(counts)}
    letter = next(c for (a, b), c in found.items() if a and b)
    assert letter.rate == pytest.approx(letter.count / Counter(truth)[letter.truth])
    assert letter.expected is not None
    assert 0 < letter.expected <= letter.count
    assert all(c.contexts for c in found.values())


@pytest.mark.parametrize(
    ("char", "name"),
    [("a", "Basic Latin"), ("\u00eb", "Latin-1 Supplement"), ("\u0416", "Cyrillic")],
)
def test_blocks(char: str, name: str) -> None:
    """A character is in the block that Unicode has it in."""
    assert block(char) == name
