"""Who is said to speak: labels that name another speaker, that are lost, or that are new.

::

    base   Comrade Enver Hoxha       :   We are glad
    A      Comrade Choe  Yong-geon   :   We are glad      the same words, another speaker
    B      -       -     -           -   We are glad      the label is not there
    O      Ccrnrnbe Eavcr Hcxba      .   We are glad      the label is past recognition

A label is a place of its own, apart from the words around it, if the words
that follow it are there: a turn that is missing whole is no lost label.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from variorum.collation import NOTHING
from variorum.loci import Feature, Operation, Significance
from variorum.loci.features import Told
from variorum.loci.sight import Sight
from variorum.loci.views import Place
from variorum.text import Span

__all__ = ["label_places", "tell_label"]

AHEAD = 8
"""Words of a speech that are looked at to say that it is the same speech."""


def label_places(sight: Sight) -> list[Place]:
    """The places of labels that differ in who speaks, or are there in some witnesses only."""
    base = sight.seen.base
    found: list[Place] = []
    taken: set[tuple[int, int]] = set()
    for own, label in sight.labels[base]:
        span = _span(sight, base, own)
        for row in sight.seen.others:
            place = _against(sight, row, label.speaker, own, span, taken)
            if place is not None:
                found.append(place)
    for row in sight.seen.others:
        found += _new(sight, row, taken)
    return found


def _span(sight: Sight, row: int, tokens: Span) -> Span:
    columns = sight.columns[row][tokens.start : tokens.end]
    return Span(int(columns.min()), int(columns.max()) + 1)


def _against(
    sight: Sight, row: int, speaker: str, own: Span, span: Span, taken: set[tuple[int, int]]
) -> Place | None:
    """What a witness makes of one label of the base, the tokens *own* in the columns *span*."""
    if sight.collation.sigla[row] not in sight.divisions:
        return None
    after = _followed(sight, row, own.end)
    here = sight.seen.table[span.start : span.end, row]
    here = here[here != NOTHING]
    if not len(here):
        return Place(span, frozenset([row]), "label") if after else None
    number = bisect_right(sight.label_starts[row], int(here[-1])) - 1
    if number < 0 or sight.labels[row][number][0].end <= int(here[0]):
        ruined = after and _ruined(sight, row, span)
        return Place(span, frozenset([row]), "label") if ruined else None
    tokens, label = sight.labels[row][number]
    taken.add((row, tokens.start))
    if label.speaker == speaker or not after:
        return None
    theirs = _span(sight, row, tokens)
    both = Span(min(span.start, theirs.start), max(span.end, theirs.end))
    return Place(both, frozenset([row]), "label")


def _followed(sight: Sight, row: int, first: int) -> bool:
    """Whether a witness has the words of the base from its token *first* on."""
    base = sight.seen.base
    columns = sight.columns[base][first : first + AHEAD]
    ours, theirs = sight.seen.forms[columns, base], sight.seen.forms[columns, row]
    return len(columns) > 0 and 2 * int((ours == theirs).sum()) >= len(columns)


def _new(sight: Sight, row: int, taken: set[tuple[int, int]]) -> Iterator[Place]:
    """Labels of a witness where the base has no words at all."""
    base = sight.seen.forms[:, sight.seen.base]
    for tokens, _ in sight.labels[row]:
        span = _span(sight, row, tokens)
        alone = bool((base[span.start : span.end] < 0).all())
        if (row, tokens.start) in taken or not alone or tokens.end >= len(sight.columns[row]):
            continue
        if base[int(sight.columns[row][tokens.end])] >= 0:
            yield Place(span, frozenset([row]), "label")


def tell_label(sight: Sight, row: int, span: Span) -> Told | None:
    """What a witness says of the speaker there, if it says something else than the base."""
    ours, theirs = sight.label(sight.seen.base, span), sight.label(row, span)
    if ours is not None and theirs is not None and ours.speaker != theirs.speaker:
        return Told(
            Operation.SUBSTITUTION,
            Feature.SPEAKER,
            Significance.SUBSTANTIVE,
            (f"the same words are given to {ours.speaker} and to {theirs.speaker}",),
        )
    own, base = _words(sight, row, span), _words(sight, sight.seen.base, span)
    lost = theirs is None and base and (2 * own <= base or _ruined(sight, row, span))
    if ours is not None and lost:
        operation = Operation.SUBSTITUTION if own else Operation.OMISSION
        state = "past recognition" if own else "not there"
        evidence = f"the label of {ours.speaker} is {state}"
    elif theirs is not None and own and not base:
        operation, evidence = Operation.ADDITION, f"a label of {theirs.speaker} more"
    else:
        return None
    return Told(operation, Feature.SPEAKER, Significance.UNDECIDED, (evidence,))


def _ruined(sight: Sight, row: int, span: Span) -> bool:
    """Whether a machine-read witness has other letters for a whole label of the base.

    That it has no label there is known already; a part of a label is a word
    like others, told by itself.
    """
    base, keys = sight.seen.base, sight.seen.keys
    if not sight.machine[row] or sight.collation.sigla[row] not in sight.divisions:
        return False
    last = sight.seen.table[span.start : span.end, base].max()
    number = bisect_right(sight.label_starts[base], int(last)) - 1
    if number < 0 or not span.covers(_span(sight, base, sight.labels[base][number][0])):
        return False
    ours, theirs = (
        "".join(keys[form] for form in sight.seen.cells(one, span)) for one in (base, row)
    )
    return ours != theirs


def _words(sight: Sight, row: int, span: Span) -> int:
    """How many words, not marks, a witness has in a range of columns."""
    return sum(bool(sight.seen.keys[form]) for form in sight.seen.cells(row, span))
