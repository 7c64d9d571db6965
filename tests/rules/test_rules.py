"""The shelf of rules: its laws, its recipes, and goldens one can read.

A golden (``tests/goldens/rules/*.txt``) is a text as read and as compared; in
it ␌ is a page break and ⏎ a newline inside a change.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import strategies
from variorum.errors import RuleError
from variorum.rules import (
    RECIPES,
    RULES,
    Context,
    Lexicon,
    Recipe,
    Step,
    apply,
    attested,
    explain,
    recipe,
    recipe_of,
    rule,
    signature,
)
from variorum.text import Derived, Span
from variorum.witness import Role, Stretch

GOLDENS = sorted((Path(__file__).parent.parent / "goldens" / "rules").glob("*.txt"))
KNOWS = Context("en", attested=attested({"W": "the Comrade Enver YongEnver a geon"}))


def _golden(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    head, *parts = path.read_text("utf-8").replace("\N{SYMBOL FOR FORM FEED}", "\f").split("=== ")
    settings = dict(line.split(": ", 1) for line in head.splitlines())
    return settings, {
        name: body.removesuffix("\n") for part in parts for name, _, body in [part.partition("\n")]
    }


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.stem)
def test_goldens(path: Path) -> None:
    """A text as read is compared as an editor would want it, and the changes are explained."""
    told, parts = _golden(path)
    context = Context("en", attested=attested({"W": told.get("attested", "")}))
    made = recipe(told["recipe"])
    assert apply(made, parts["as read"], context).result.strip() == parts["as compared"]
    if "explained" in parts:
        lines = [
            f"{e.rule} | {e.before} → {e.after} | {e.note}".replace("\n", "⏎")
            for e in explain(made, parts["as read"], context)
        ]
        assert lines == parts["explained"].splitlines()


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_keeps_the_contract(name: str) -> None:
    """A member offers its five names, is known by its own, and takes its options."""
    member = rule(name)
    assert name == member.NAME
    assert member.VERSION
    assert isinstance(member.IDEMPOTENT, bool)
    assert member.edits("", Context(), **member.OPTIONS) == []


@pytest.mark.parametrize("name", sorted(name for name in RULES if rule(name).IDEMPOTENT))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(text=strategies.texts())
def test_a_rule_that_claims_idempotence_has_it(name: str, text: str) -> None:
    """A second pass changes nothing."""
    once = apply(Recipe("one", (Step(name),)), text, KNOWS)
    twice = apply(Recipe("one", (Step(name),)), once.result, KNOWS)
    assert twice.result == once.result


@given(strategies.texts(), strategies.recipes(), st.integers(0, 5))
def test_a_recipe_in_two_halves_equals_the_whole(text: str, whole: Recipe, at: int) -> None:
    """Running the first steps and then the others gives the same text."""
    first, second = Recipe("1", whole.steps[:at]), Recipe("2", whole.steps[at:])
    halfway = apply(first, text, KNOWS).result
    assert apply(second, halfway, KNOWS).result == apply(whole, text, KNOWS).result


@given(strategies.texts(), st.sampled_from(sorted(RECIPES)))
def test_what_is_explained_is_what_was_done(text: str, name: str) -> None:
    """Something is explained if and only if something changed, and by rules of the recipe."""
    told = explain(recipe(name), text, KNOWS)
    made = apply(recipe(name), text, KNOWS)
    changed = {name for run in made.runs for name in run.rules}
    assert changed <= {e.rule for e in told}
    assert bool(told) or made == Derived.of(text)
    assert all(e.base.end <= len(text) for e in told)


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_built_in_recipes_can_be_written_by_an_edition(name: str) -> None:
    """Their rules and options exist, and their signature names every rule's version."""
    made = recipe(name)
    entries = [{"rule": step.rule, **step.options} for step in made.steps]
    assert recipe_of(name, entries) == made
    assert signature(made).startswith(f"{name}: unicode {rule('unicode').VERSION}")


def test_a_signature_tells_options_apart() -> None:
    """Other options are another fingerprint; the same ones written out are not."""
    bare = recipe_of("r", ["orthography-albanian"])
    own = recipe_of("r", [{"rule": "orthography-albanian", "forms": {"nji": "nje"}}])
    full = recipe_of("r", [{"rule": "orthography-albanian", **rule(bare.steps[0].rule).OPTIONS}])
    assert signature(bare) == signature(full)
    assert signature(bare) != signature(own)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (["unicorn"], r"recipe 'r': there is no rule 'unicorn'; choose among case, "),
        ([{"rule": "spaces", "tabs": 4}], r"the rule 'spaces' has no option 'tabs'; it takes none"),
        ([{"rule": "names", "form": {}}], r"has no option 'form'; it takes forms"),
        ([{"tabs": 4}], r"an entry names no rule"),
    ],
)
def test_wrong_recipes_are_refused(entries: list[str | dict[str, object]], said: str) -> None:
    """An unknown rule or option is named, with what there is."""
    with pytest.raises(RuleError, match=said):
        recipe_of("r", entries)


def test_unknown_recipes_are_refused() -> None:
    """An unknown recipe is named, with what there is."""
    with pytest.raises(RuleError, match="no recipe 'klingon'; choose one of albanian, archive-en"):
        recipe("klingon")


def test_words_are_attested_where_they_stand_whole() -> None:
    """Halves of broken words attest nothing; witnesses are named before lexicons."""
    where = attested(
        {"W": "the whole\nword", "O": "the ex-\ntra and Yong-geon’s half\u00ad\n ness"},
        [Lexicon("en", frozenset(("lexical", "the")))],
    )
    asked = ("the", "whole", "ex", "tra", "yong-geon's", "half", "ness", "lexical", "none", "")
    assert [where(word) for word in asked] == [
        *("O", "W", "", "", "O", "", "", "lexicon:en", "", "")
    ]


def test_roles_reach_a_rule_in_its_own_coordinates() -> None:
    """A stretch told in the text as read is found after rules that shortened the text."""
    text = "a    b\n\nTITLE\n\nend"
    told = (Stretch(Span(8, 13), Role.FURNITURE, "edition.toml"),)
    made = apply(recipe_of("r", ["spaces", "page-furniture"]), text, Context(roles=told))
    assert made.result == "a b\n\nend"


def test_an_editor_keeps_what_a_pattern_would_cut() -> None:
    """A stretch with another role is no furniture, whatever it looks like."""
    text = "Skip to content\n\nText"
    told = (Stretch(Span(0, 15), Role.HEADING, "edition.toml"),)
    assert apply(recipe("ocr-english"), text, Context(roles=told)).result == text
    assert apply(recipe("ocr-english"), text, Context()).result == "Text"


def test_cut_furniture_never_fuses_words() -> None:
    """Where nothing else parts the words around a cut, a line break does."""
    told = (Stretch(Span(3, 5), Role.FURNITURE, "reader"),)
    made = apply(recipe_of("r", ["page-furniture"]), "one12two", Context(roles=told))
    assert made.result == "one\ntwo"


def test_a_pattern_that_is_none_is_refused() -> None:
    """A pattern of an edition that cannot be compiled is named."""
    made = recipe_of("r", [{"rule": "page-furniture", "more": ["(unclosed"]}])
    with pytest.raises(RuleError, match=r"the pattern '\(unclosed' is no regular expression"):
        apply(made, "text", Context())


def test_page_numbers_count_with_the_pages() -> None:
    """Lone numbers at page edges that count are cut; a lone year is not."""
    text = "one\n\n11\f1959\n\ntwo\n\n12\fthree\n\n13"
    assert apply(
        recipe("ocr-english"), text, Context()
    ).result == "one\n\n\f1959\n\ntwo\n\n\fthree\n\n".replace("\n\n\f", "\f")


NAMES = {"Choe Yong-geon": ["Choe Yong Gon", "Choi Yong-kun"], "Kim Il Sung": ["Kim Ir Sen"]}


@pytest.mark.parametrize(
    ("text", "result", "cut"),
    [
        ("Comrade Choe Yong Gon said", "Comrade Choe Yong-geon said", " G"),
        ("Choi\nYong-kun", "Choe Yong-geon", None),
        ("Choe Yong-geon", "Choe Yong-geon", None),
        ("Choe Yong Gong", "Choe Yong Gong", None),
        ("Kim Ir Senit", "Kim Ir Senit", None),
        ("Kim  Ir\nSen.", "Kim  Il Sung.", None),
    ],
)
def test_names_take_their_one_form(text: str, result: str, cut: str | None) -> None:
    """Whole forms over any white space become the name, and only what differs is changed."""
    made = apply(recipe_of("r", [{"rule": "names", "forms": NAMES}]), text, Context())
    assert made.result == result
    if cut is not None:
        first = next(run for run in made.runs if not run.kept)
        assert first.base.of(text).startswith(cut)


@pytest.mark.parametrize(
    ("forms", "said"),
    [
        ({"A": ["B"], "C": ["B"]}, "'B' is a form of 'C' and of 'A'"),
        ({"A": ["B"], "B": ["C"]}, "is a form of"),
        ({"A": "B"}, "are no list"),
    ],
)
def test_ambiguous_names_are_refused(forms: dict[str, object], said: str) -> None:
    """A form belongs to one name, and a name is no form of another."""
    with pytest.raises(RuleError, match=said):
        apply(recipe_of("r", [{"rule": "names", "forms": forms}]), "B", Context())


@pytest.mark.parametrize(
    ("text", "result"),
    [("COMRADE Enver ë", "comrade enver ë"), ("ΟΔΟΣ ΣΑΣ", "οδος σας")],
)
def test_case_is_lowered_word_by_word(text: str, result: str) -> None:
    """A final sigma stays final."""
    assert apply(recipe_of("r", ["case"]), text, Context()).result == result


def test_composition_points_to_the_few_characters_it_concerns() -> None:
    """A composed letter is one small run, and Hangul syllables are composed whole."""
    made = apply(recipe("plain"), "abce\u0301def \u1112\u1161\u11ab", Context())
    assert made.result == "abc\u00e9def \ud55c"
    assert [run.base.of(made.base) for run in made.runs if not run.kept] == [
        "e\u0301",
        "\u1112\u1161\u11ab",
    ]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a \u00a0\t b", "a b"),
        ("a \r\n\r\n\r\n  b\rc\u2028d\u2029e", "a\n\nb\nc\nd\n\ne"),
        ("a\n \f\n\n b \f\f c", "a\fb\f\fc"),
        ("\ufeffa\u200fb \u200e c", "ab c"),
        ("a\n\u200f b", "a\nb"),
        ("a\u200bb", "a\u200bb"),
    ],
)
def test_white_space_is_made_plain(text: str, result: str) -> None:
    """One space, one or two newlines, page breaks kept, invisible signs cut."""
    assert apply(recipe_of("r", ["spaces"]), text, Context()).result == result


def test_white_space_keeps_the_name_of_what_was_cut_from_its_middle() -> None:
    """A page number cut from among blank lines is still known for one."""
    text = "one\r\n\r\n- 2 -\r\n\r\n\f\r\ntwo"
    made = apply(recipe("ocr-english"), text, Context())
    assert made.result == "one\ftwo"
    cut = [run.base.of(text) for run in made.runs if run.rules == ("page-furniture",)]
    assert [said.strip() for said in cut] == ["- 2 -"]


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("joined in W, compound in the lexicon", "recreation"),
        ("compound in W, joined in the lexicon", "re-creation"),
    ],
)
def test_a_witness_is_asked_before_a_lexicon(found: str, wanted: str) -> None:
    """Where both spellings are attested, the witness of this text decides."""
    joined, compound = "recreation", "re-creation"
    ours, theirs = (joined, compound) if found.startswith("joined") else (compound, joined)
    context = Context("en", attested=attested({"W": ours}, [Lexicon("en", {theirs})]))
    assert apply(recipe("ocr-english"), "re-\ncreation", context).result == wanted
