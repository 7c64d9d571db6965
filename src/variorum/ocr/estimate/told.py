"""Estimates as others read them: JSON, a table of the corpus, the terminal, what is kept.

Every figure goes out with the evidence that speaks for it and with a fingerprint
of all that could move it.  The JSON is a list, an item a page::

    [{"format":"variorum ocr estimate 1","file":"page-03.hocr","page":1,"cer":.0412,
      "interval":[.033,.049],"evidence":{"confidence":.86,…,"speaks":"engine and words"},…},
     …]

The terminal is told the whole, what to beware of, and the worst pages first.  A
page of which nothing speaks has no rate ("cer": null) and is in no sum.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from textwrap import wrap
from typing import TYPE_CHECKING

from attrs import asdict, frozen

from variorum.ocr.estimate.pages import LineEstimate, PageEstimate
from variorum.text import digest

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = [
    "SHOWN",
    "Corpus",
    "Estimated",
    "EstimatedPage",
    "corpus",
    "packed",
    "shown",
    "to_csv",
    "to_json",
    "unpacked",
    "worst",
]

SHOWN = 100
"""Pages whose witnesses are read again for the report, which shows the lines of so many."""


@frozen
class EstimatedPage:
    """A page with the file it stands in, as named, that file's digest, and its witness's siglum."""

    file: str
    digest: str
    siglum: str
    told: PageEstimate


@frozen
class Estimated:
    """All pages in the order of the files, and which files failed, with why.

    ``fingerprint`` is everything that could move a figure, but for the files.
    """

    pages: tuple[EstimatedPage, ...]
    failed: tuple[tuple[str, str], ...]
    fingerprint: Mapping[str, object]
    taken_up: int = 0  # files known from an earlier run


def worst(found: Estimated, number: int = SHOWN) -> list[EstimatedPage]:
    """The pages with the highest rates, in the order given among equals, then those without."""
    return sorted(found.pages, key=_rank)[:number]


def _rank(page: EstimatedPage) -> float:
    return 1.0 if page.told.cer is None else -page.told.cer


def packed(pages: Sequence[EstimatedPage]) -> object:
    """Pages as plain JSON values; ``unpacked`` gives them back equal."""
    return _converter().unstructure(tuple(pages))


def unpacked(told: object) -> tuple[EstimatedPage, ...]:
    """The pages that ``packed`` made these values of.  Raises ``ValueError`` if none did."""
    return _converter().structure(told, tuple[EstimatedPage, ...])


@cache
def _converter() -> Converter:
    """Made once: it learns each class anew."""
    from cattrs import Converter

    return Converter(forbid_extra_keys=True)


@frozen
class Corpus:
    """All pages as one: its rate by letter, the interval if all pages err alike, its letters.

    Pages without an estimate are only counted; if there are no others, nothing is the rate.
    """

    cer: float | None
    interval: tuple[float, float]
    letters: int  # of pages with an estimate
    without: int = 0  # pages that have none


def corpus(pages: Sequence[EstimatedPage]) -> Corpus:
    """The rate over all letters of which something speaks, from 0 to 1."""
    told = [(p.told.cer, p.told.interval, p.told.letters) for p in pages if p.told.cer is not None]
    without = len(pages) - len(told)
    letters = sum(number for _, _, number in told)
    if not letters:
        return Corpus(None, (0.0, 1.0), 0, without)
    cer = sum(cer * number for cer, _, number in told) / letters
    low = sum(interval[0] * number for _, interval, number in told) / letters
    high = sum(interval[1] * number for _, interval, number in told) / letters
    return Corpus(cer, (min(low, cer), max(high, cer)), letters, without)


def to_json(found: Estimated) -> bytes:
    """A list with an item a page, each in a line of its own; offsets in code points as read."""
    items = [
        json.dumps(_item(page, found.fingerprint), ensure_ascii=False, separators=(",", ":"))
        for page in found.pages
    ]
    return ("[" + ",\n".join(items) + "]\n").encode("utf-8", "surrogatepass")


def _item(page: EstimatedPage, printed: Mapping[str, object]) -> dict[str, object]:
    told = page.told
    own = {**printed, "file": page.digest}
    return {
        "format": "variorum ocr estimate 1",
        "file": page.file,
        "page": told.page.number,
        "witness": page.siglum,
        "cer": told.cer,
        "interval": told.interval,
        "evidence": asdict(told.evidence),
        "letters": told.letters,
        "language": told.language,
        "notices": [asdict(notice) for notice in told.notices],
        "lines": [_line(line) for line in told.lines],
        "fingerprint": {**own, "id": digest(json.dumps(own, sort_keys=True))[:16]},
    }


def _line(line: LineEstimate) -> dict[str, object]:
    return {
        "span": [line.span.start, line.span.end],
        "letters": line.letters,
        "cer": line.cer,
        "interval": line.interval,
        "evidence": asdict(line.evidence),
        "rubbish": line.rubbish,
    }


NONE = "no estimate"
"""What stands for the rate of a page of which nothing speaks."""

_COLUMNS = "file,page,cer,lowest,highest,letters,language,by,confidence,known,notices"

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet would run."""


def to_csv(found: Estimated) -> bytes:
    """The table of the corpus, a row a page in the order given; a spreadsheet opens it as it is."""
    out = io.StringIO(newline="")
    out.write(f"\ufeff{_COLUMNS}\r\n")
    rows = csv.writer(out)
    for page in found.pages:
        rows.writerow(_cells(page))
    return out.getvalue().encode("utf-8", "surrogatepass")


def _cells(page: EstimatedPage) -> Iterator[object]:
    told = page.told
    name = f"'{page.file}" if page.file.startswith(_ACTIVE) else page.file
    yield from (name, told.page.number)
    yield NONE if told.cer is None else f"{told.cer:.6f}"
    yield from map("{:.6f}".format, told.interval)
    yield from (told.letters, told.language, told.evidence.speaks)
    for share in (told.evidence.confidence, told.evidence.known):
        yield "" if share is None else f"{share:.4f}"
    yield "; ".join(f"{notice.kind}: {notice.says}" for notice in told.notices)


WORST = 10
"""Pages that are shown on the terminal; the report has a hundred, the tables all."""

BREADTH = 80
"""Columns of a terminal."""


def shown(found: Estimated) -> str:
    """What a terminal is told: the corpus, who spoke, what to beware of, the worst pages first."""
    whole = corpus(found.pages)
    by = Counter(page.told.by for page in found.pages if page.told.cer is not None)
    blank = by.pop("nothing", 0)
    return "\n".join(
        [
            f"{_rate(whole)}   {_many(len(found.pages), 'page')}, {_letters(found.pages)}",
            *(f"by {name}: {_many(number, 'page')}" for name, number in by.most_common()),
            *([f"blank: {_many(blank, 'page')}"] if blank else []),
            *_without(whole),
            *_beware(found.pages),
            *_worst(found),
            *([f"\n{_many(len(found.failed), 'file')} failed: see above"] if found.failed else []),
        ]
    )


def _rate(whole: Corpus) -> str:
    low, high = whole.interval
    return NONE if whole.cer is None else f"estimated CER {whole.cer:.4f} ({low:.4f}-{high:.4f})"


def _letters(pages: Sequence[EstimatedPage]) -> str:
    return _many(sum(page.told.letters for page in pages), "letter")


def _without(whole: Corpus) -> Iterator[str]:
    """How many pages the rate is not of."""
    if whole.without and whole.cer is not None:
        yield f"{NONE}: {_many(whole.without, 'page')}, left out of the rate"


def _many(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _beware(pages: Sequence[EstimatedPage]) -> Iterator[str]:
    """Each kind of notice, on how many pages, and what one of them says."""
    by_kind: dict[str, list[tuple[EstimatedPage, str]]] = {}
    for page in pages:
        for notice in page.told.notices:
            by_kind.setdefault(notice.kind, []).append((page, notice.says))
    if by_kind:
        yield "\nbeware"
    for kind, held in sorted(by_kind.items(), key=lambda item: -len(item[1])):
        says = dict.fromkeys(text for _, text in held)
        first = next(iter(says)) + (" …" if len(says) > 1 else "")
        on = f" on {_many(len(held), 'page')}" if len(pages) > 1 else ""
        yield from wrap(f"  {kind}{on}: {first}", BREADTH, subsequent_indent="    ")


def _worst(found: Estimated) -> Iterator[str]:
    told = [(page, cer) for page in worst(found, WORST) if (cer := page.told.cer) is not None]
    if len(found.pages) < 2 or not told:
        return
    yield "\nworst pages: CER, 95 %, letters, by"
    for page, cer in told:
        low, high = page.told.interval
        figures = f"  {cer:.4f} {low:.3f}-{high:.3f} {page.told.letters:>7,}"
        head = f"{figures}  {page.told.by:<21}  "
        number = f" p. {page.told.page.number}" if page.told.page.number > 1 else ""
        room = BREADTH - len(head) - len(number)
        name = page.file if len(page.file) <= room else f"…{page.file[1 - room :]}"
        yield f"{head}{name}{number}"
