"""The shelf of rules: one normalisation step each, and the recipes made of them.

A rule reads a text and says what it would change; a recipe is an ordered list
of rules; the engine here applies them one after the other and keeps, for every
stretch, which rule changed it::

    as read              the sa-⏎me ‘life’ of 1959
    line-end-hyphens     the same ‘life’ of 1959       sa-⏎me → same (attested in W)
    quotes-and-dashes    the same 'life' of 1959       ‘ → '   ’ → '

``apply`` and ``explain`` walk the same steps, so that what is explained is
what was done.  A rule is a module with

- ``NAME`` and ``VERSION``: both go into the fingerprint; raise the version
  whenever the same text would be changed otherwise;
- ``IDEMPOTENT``: a claim, tested, that a second pass changes nothing;
- ``OPTIONS``: names and defaults of what it can be told; no other is taken;
- ``edits(text, context, **options) -> list[Edit]``: edits of the text it is
  given, not overlapping.  It never sees other rules.

How to add one, in six steps (and what you see if you skip one):

1. Write ``rules/NAME.py`` with the five names (else: the contracts test fails
   with "no attribute 'edits'").
2. Add its line to ``RULES`` (else: ``there is no rule 'NAME'``).
3. Put it into the recipes of ``recipes.toml`` that want it (else: it is only used
   by editions that name it).
4. Let ``tests/rules/test_NAME.py`` hold texts before and after (else: review
   will ask).
5. Name it in the README's list of rules (else: ``test_docs`` fails).
6. Say in ``CHANGELOG.md`` what users can now normalise.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import regex
from attrs import evolve, field, frozen

from variorum.errors import RuleError
from variorum.text import Derived, Edit, Span
from variorum.witness import Stretch

__all__ = [
    "RECIPES",
    "RULES",
    "Attested",
    "Context",
    "Explained",
    "Lexicon",
    "Recipe",
    "Rule",
    "Step",
    "apply",
    "attested",
    "explain",
    "recipe",
    "recipe_of",
    "replaced",
    "rule",
    "signature",
]

RULES: Mapping[str, str] = {
    "case": "variorum.rules.case",
    "ligatures-and-long-s": "variorum.rules.ligatures_and_long_s",
    "line-end-hyphens": "variorum.rules.line_end_hyphens",
    "misreadings": "variorum.rules.misreadings",
    "names": "variorum.rules.names",
    "orthography-albanian": "variorum.rules.orthography_albanian",
    "page-furniture": "variorum.rules.page_furniture",
    "punctuation": "variorum.rules.punctuation",
    "quotes-and-dashes": "variorum.rules.quotes_and_dashes",
    "spaces": "variorum.rules.spaces",
    "unicode": "variorum.rules.unicode",
}
"""What there is: name → module, loaded when asked for."""


class Attested(Protocol):
    """Whether a word, lower-cased, stands whole in some witness or in a lexicon, and where.

    The answer is a siglum, or "lexicon:en", or "" where it does not; the
    witness *but* is not asked.
    """

    def __call__(self, word: str, but: str = "", /) -> str:
        """Where *word* stands."""


def _nowhere(_word: str, _but: str = "", /) -> str:
    return ""


@frozen
class Context:
    """What a rule may know besides its text; immutable.

    ``roles`` are stretches of the text the rule is given (mapped forward by
    the recipe), from the reader or the editor; ``siglum`` is the witness whose
    text it is; ``attested`` says where words stand.
    """

    language: str = ""
    roles: tuple[Stretch, ...] = ()
    attested: Attested = _nowhere
    siglum: str = ""


@frozen
class Step:
    """One rule with its options, as an edition names it."""

    rule: str
    options: Mapping[str, object] = field(factory=dict)


@frozen
class Recipe:
    """A named, ordered list of steps."""

    name: str
    steps: tuple[Step, ...]


@frozen
class Explained:
    """One change: the rule, the stretch of the text as read, before, after, and why."""

    rule: str
    base: Span
    before: str
    after: str
    note: str = ""


@frozen
class Lexicon:
    """A list of words, lower-cased, known by a name ("en")."""

    name: str
    words: Collection[str]


class Rule(Protocol):
    """What every member of the shelf offers."""

    NAME: str
    VERSION: str
    IDEMPOTENT: bool
    OPTIONS: Mapping[str, object]

    def edits(self, text: str, context: Context, /, **options: object) -> list[Edit]:
        """What the rule changes in *text*."""


def _built_in() -> dict[str, Recipe]:
    """The recipes of ``recipes.toml``, written as an edition would write its own."""
    told = tomllib.loads(Path(__file__).with_name("recipes.toml").read_text("utf-8"))
    return {name: Recipe(name, tuple(map(_step, table["rules"]))) for name, table in told.items()}


def _step(entry: str | dict[str, object]) -> Step:
    if isinstance(entry, str):
        return Step(entry)
    return Step(str(entry["rule"]), {k: v for k, v in entry.items() if k != "rule"})


RECIPES: Mapping[str, Recipe] = _built_in()
"""The recipes that come with the package; an edition may bring its own."""


def rule(name: str) -> Rule:
    """The rule called *name*.  Raises ``RuleError`` that lists what there is."""
    if name not in RULES:
        raise RuleError(
            f"there is no rule {name!r}", remedy=f"choose among {', '.join(sorted(RULES))}"
        )
    return cast("Rule", import_module(RULES[name]))


def recipe(name: str) -> Recipe:
    """The built-in recipe called *name*.  Raises ``RuleError`` that lists what there is."""
    if name not in RECIPES:
        raise RuleError(
            f"there is no recipe {name!r}",
            remedy=f"choose one of {', '.join(sorted(RECIPES))}, or describe it in [recipe.{name}]",
        )
    return RECIPES[name]


def recipe_of(name: str, entries: Sequence[str | Mapping[str, object]]) -> Recipe:
    """The recipe an edition describes: rule names, or tables ``{rule = …, option = …}``.

    Raises ``RuleError`` for a rule or an option that does not exist.
    """
    return Recipe(name, tuple(_step_of(name, entry) for entry in entries))


def _step_of(recipe_name: str, entry: str | Mapping[str, object]) -> Step:
    place = f"recipe {recipe_name!r}"
    named = entry if isinstance(entry, str) else entry.get("rule")
    if not isinstance(named, str):
        raise RuleError(f"an entry names no rule: {entry!r}", place=place, remedy='add rule = "…"')
    step = _step(entry if isinstance(entry, str) else dict(entry))
    try:
        known = rule(named).OPTIONS
    except RuleError as error:
        raise RuleError(error.what, place=place, remedy=error.remedy) from None
    for option in step.options:
        if option not in known:
            raise RuleError(
                f"the rule {named!r} has no option {option!r}",
                place=place,
                remedy=f"it takes {', '.join(sorted(known)) or 'none'}",
            )
    return step


def signature(made: Recipe) -> str:
    """One line that names a recipe, its rules, their versions and options, for the fingerprint."""
    parts = []
    for step in made.steps:
        member = rule(step.rule)
        options = json.dumps({**member.OPTIONS, **step.options}, sort_keys=True, default=list)
        said = f" {hashlib.sha256(options.encode()).hexdigest()[:12]}" if member.OPTIONS else ""
        parts.append(f"{member.NAME} {member.VERSION}{said}")
    return f"{made.name}: {', '.join(parts)}"


def apply(made: Recipe, text: str, context: Context) -> Derived:
    """*text* after the recipe; ``context.roles`` are stretches of *text*."""
    stages = [after for *_, after in _stages(made, text, context)]
    return stages[-1] if stages else Derived.of(text)


def explain(made: Recipe, text: str, context: Context) -> tuple[Explained, ...]:
    """Every change that ``apply`` makes, rule by rule, in the order of the text."""
    before = Derived.of(text)
    told: list[Explained] = []
    for name, edits, after in _stages(made, text, context):
        for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
            was = edit.span.of(before.result)
            if was != edit.replacement:
                place = before.to_base(edit.span)
                told.append(Explained(name, place, was, edit.replacement, edit.note))
        before = after
    return tuple(told)


def _stages(made: Recipe, text: str, context: Context) -> Iterator[tuple[str, list[Edit], Derived]]:
    """Each rule's name, its edits, and the text after it."""
    derived = Derived.of(text)
    for step in made.steps:
        member = rule(step.rule)
        roles = tuple(evolve(role, span=derived.to_result(role.span)) for role in context.roles)
        edits = member.edits(derived.result, evolve(context, roles=roles), **step.options)
        derived = derived.then(edits, member.NAME)
        yield member.NAME, edits, derived


def replaced(
    pattern: regex.Pattern[str], to: Callable[[regex.Match[str]], str], text: str
) -> list[Edit]:
    """Edits that put *to(match)* in place of whatever *pattern* finds."""
    return [Edit(Span(*match.span()), to(match)) for match in pattern.finditer(text)]


# A word with its inner apostrophes and hyphens, and what makes it one half of a broken word.
_HYPHEN = r"[-\u2010\u00ac\u00ad\u2e17=]"
_WHOLE = regex.compile(
    rf"(?P<second>(?<=[\p{{L}}\p{{M}}](?:{_HYPHEN}\s{{1,8}}|[\ufffe\x02]\s{{0,8}})))?"
    r"(?P<word>[\p{L}\p{M}]+(?:['\u2019\u2010\u2011-][\p{L}\p{M}]+)*)"
    rf"(?P<first>(?=[\ufffe\x02]|{_HYPHEN}[ \t]*[\r\n\f]))?"
)


def attested(texts: Mapping[str, str], lexicons: Sequence[Lexicon] = ()) -> Attested:
    """What ``Context.attested`` asks: where a word stands whole, or "".

    *texts* are witnesses by siglum, as read; the halves of a word broken at a
    line end are not attested by it.  Witnesses are answered before lexicons,
    in the order of their sigla.  The texts are read when first asked.
    """
    index: dict[str, tuple[str, ...]] = {}

    def where(word: str, but: str = "", /) -> str:
        if not index:
            index.update(_index(texts))
        key = _key(word)
        return next((siglum for siglum in index.get(key, ()) if siglum != but), "") or next(
            (f"lexicon:{lexicon.name}" for lexicon in lexicons if key in lexicon.words), ""
        )

    return where


def _key(word: str) -> str:
    return unicodedata.normalize("NFC", word).lower().replace("\u2019", "'").replace("\u2010", "-")


def _index(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The first two witnesses that have each word."""
    found: dict[str, tuple[str, ...]] = {"": ()}  # never asked for: the texts have been read
    for siglum in sorted(texts):
        for match in _WHOLE.finditer(texts[siglum]):
            if match["first"] is None and match["second"] is None:
                key = _key(match["word"])
                known = found.get(key, ())
                if len(known) < 2 and siglum not in known:
                    found[key] = (*known, siglum)
    return found
