"""Every law over every listed member of every shelf."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.aligners import ALIGNERS
from variorum.edition import collated, files
from variorum.errors import ReadingError
from variorum.exporters import EXPORTERS, exporter
from variorum.exporters.json import restore
from variorum.readers import READERS, read, reader
from variorum.rules import RECIPES, RULES, Context, apply, rule, signature
from variorum.text import Derived

SAMPLES = Path(__file__).parent / "readers" / "samples"


def sample(name: str) -> Path:
    """The sample of a reader."""
    found = sorted(SAMPLES.glob(f"{name}.*"))
    assert found, f"no sample for {name}"
    return found[0]


@pytest.mark.parametrize("name", READERS)
def test_reader_takes_its_sample(name: str) -> None:
    """A reader recognises its sample, reads it, and says which file it was."""
    path = sample(name)
    data = path.read_bytes()
    member = reader(name)
    assert name == member.NAME
    assert member.recognise(path.name, data) == ""
    witnesses = member.read(path.name, data)
    assert witnesses
    for witness in witnesses:
        assert witness.text.chars.strip()
        assert witness.received[0].reader == f"{name} {member.VERSION}"
    assert [w.text for w in read(path.name, data)] == [w.text for w in witnesses]


@pytest.mark.parametrize("name", READERS)
def test_layout_lies_within_the_text(name: str) -> None:
    """Pages, lines, words and roles are in order and end before the text does."""
    path = sample(name)
    for witness in reader(name).read(path.name, path.read_bytes()):
        layout = witness.layout
        for facts in (layout.pages, layout.lines, layout.words):
            spans = [fact.span for fact in facts]
            assert spans == sorted(spans)
            assert all(span.end <= len(witness.text) for span in spans)
        assert all(role.span.end <= len(witness.text) for role in layout.roles)
        for line in layout.lines:
            assert "\n" not in line.span.of(witness.text.chars)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("other", READERS)
def test_reader_declines_with_a_sentence(name: str, other: str) -> None:
    """A reader says nothing to take a file, or why it does not; it never fails."""
    path = sample(other)
    excuse = reader(name).recognise(path.name, path.read_bytes())
    assert isinstance(excuse, str)
    if name not in (other, "plain", "markdown"):
        assert excuse


@pytest.mark.parametrize("name", READERS)
def test_reader_refuses_rubbish(name: str) -> None:
    """Whatever is cut in half is read or refused with place and remedy, never a traceback."""
    path = sample(name)
    data = path.read_bytes()
    refusals = []
    for piece in (data[: len(data) // 2], data[: len(data) // 2] + b"\xff\xfe\x00" + data[-9:]):
        try:
            reader(name).read(path.name, piece)
        except ReadingError as error:
            refusals.append(error)
    assert all(error.place and error.remedy for error in refusals)


TEXTS = st.text(alphabet="aeAE ﬁſ’'-\u00ad\n\u0301\u00ebç[]0159.,", max_size=60)


@pytest.mark.parametrize("name", RULES)
@given(text=TEXTS)
def test_rule_keeps_the_base(name: str, text: str) -> None:
    """A rule's edits fold into runs that tile both sides, and a claim of idempotence holds."""
    member = rule(name)
    context = Context("en", attested=lambda word, _="": "W" if len(word) > 2 else "")
    once = Derived.of(text).then(member.edits(text, context), name)
    assert once.base == text
    if member.IDEMPOTENT:
        again = member.edits(once.result, context)
        assert once.then(again, name).result == once.result


@pytest.mark.parametrize("name", RECIPES)
@given(text=TEXTS)
def test_recipe_in_two_halves(name: str, text: str) -> None:
    """Run in order, the steps of a recipe one by one give what the recipe gives."""
    recipe = RECIPES[name]
    context = Context("en")
    derived = Derived.of(text)
    for step in recipe.steps:
        member = rule(step.rule)
        edits = member.edits(derived.result, context, **step.options)
        derived = derived.then(edits, member.NAME)
    assert apply(recipe, text, context).result == derived.result


def test_signatures_differ() -> None:
    """Each recipe has a signature of its own that names its rules with their versions."""
    signatures = {signature(recipe) for recipe in RECIPES.values()}
    assert len(signatures) == len(RECIPES)


@pytest.mark.parametrize("name", EXPORTERS)
def test_exporter_keeps_its_contract(name: str) -> None:
    """An exporter gives the same bytes twice, and says what it merges or reads back equal."""
    member = exporter(name)
    apparatus = collated(*files([sample("collatex-json")]))
    first, second = member.export(apparatus), member.export(apparatus)
    assert first == second
    assert first
    assert name == member.NAME
    if member.MERGES:
        assert member.MERGES.endswith(".")
    else:
        back = restore(first)
        assert [w.text for w in back.witnesses] == [w.text for w in apparatus.witnesses]
        assert back.loci == apparatus.loci
        assert back.beads == apparatus.beads
        assert (back.collation.table == apparatus.collation.table).all()


def test_aligners_exist() -> None:
    """Every listed aligner is a module with the contract's names."""
    from importlib import import_module

    for module in ALIGNERS.values():
        member = import_module(module)
        assert member.NAME
        assert member.VERSION
        assert callable(member.align)
