"""How the word lists that come with the package are made, from packages whose licence permits it.

    pip download --no-deps simplemma==2.0.0 uniparser-albanian==2.3.0   (both MIT; unpack them)
    apt-get download wamerican wbritish                                 (SCOWL; unpack them)
    python -m benchmarks.lexica FOLDER

Albanian: every form that uniparser-albanian's paradigms give its lexemes
(without the forms it marks as nonstandard, and without clitics), and simplemma's
forms.  English: SCOWL's size 60, American and British, and simplemma's forms.
Lower case, sorted, each word as what it adds to the one before, xz.
"""

from __future__ import annotations

import lzma
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from variorum.ocr.lexica import packed

OUT = Path(__file__).parent.parent / "src" / "variorum" / "ocr" / "lexica"
RARE = ("clitics", "nonst", "-adm-", "-opt-", "-old")
"""Paradigms left out: admirative and optative are rare, and near words of other moods."""

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")

Paradigms = Mapping[str, Sequence[tuple[str, Sequence[str]]]]
"""Name → its endings, each with the paradigms that go on from it."""


def albanian(folder: Path) -> Iterator[str]:
    """Forms of uniparser-albanian's lexemes."""
    data = folder / "uniparser_albanian" / "data_strict"
    paradigms = _paradigms((data / "paradigms.txt").read_text("utf-8"))
    for block in (data / "lexemes.txt").read_text("utf-8").split("-lexeme")[1:]:
        yield from re.findall(r"^ lex: (.*)$", block, flags=re.M)
        stems = re.findall(r"^ stem: (.*)$", block, flags=re.M)
        for name in re.findall(r"^ paradigm: (.*)$", block, flags=re.M) if stems else ():
            for ending, after in paradigms.get(name.strip(), ()):
                for stem in _stems(ending, stems[0].split("|")):
                    yield from _inflected(stem, after, paradigms, 3)


def _paradigms(text: str) -> Paradigms:
    found = {}
    for block in re.split(r"^-paradigm: ", text, flags=re.M)[1:]:
        name, _, body = block.partition("\n")
        endings = []
        for part in re.split(r"^ -flex: ", body, flags=re.M)[1:]:
            flex, _, rest = part.partition("\n")
            if "nonst" not in rest.partition("\n")[0]:
                after = [n for n in re.findall(r"^ *paradigm: (.*)$", rest, flags=re.M)
                         if not any(rare in n for rare in RARE)]  # fmt: skip
                endings += [(one.strip(), after) for one in flex.split("//")]
        found[name.strip()] = endings
    return found


def _stems(ending: str, stems: Sequence[str]) -> Iterator[str]:
    """The stems that an ending goes on, joined with it; ``<.>`` marks where others go on."""
    number = re.match(r"<(\d+)>", ending)
    bare = re.sub(r"<\d+>", "", ending)
    chosen = stems if number is None else stems[int(number[1]) : int(number[1]) + 1]
    for stem in (one for group in chosen for one in group.split("//")):
        yield _joined(stem.replace(".", ""), bare)


def _joined(stem: str, ending: str) -> str:
    marked = ending.replace("<.>", "\0").replace("[", "").replace("]", "")
    if marked.endswith(".") and not marked.startswith("."):
        return marked[:-1] + stem
    return stem + marked.replace(".", "")


def _inflected(stem: str, after: Sequence[str], paradigms: Paradigms, depth: int) -> Iterator[str]:
    if "\0" not in stem:
        yield stem
        return
    yield stem.replace("\0", "")
    for name in after if depth else ():
        for ending, further in paradigms.get(name.strip(), ()):
            part = re.sub(r"<\d+>", "", ending).replace("<.>", "\0").replace(".", "")
            yield from _inflected(stem.replace("\0", part, 1), further, paradigms, depth - 1)


def simplemma(folder: Path, language: str) -> Iterator[str]:
    """Forms and lemmas of simplemma's dictionary."""
    sys.path.insert(0, str(folder))
    factory = import_module("simplemma.strategies.dictionaries.dictionary_factory")
    for form, lemma in factory.DefaultDictionaryFactory().get_dictionary(language).items():
        yield from (one.decode() if isinstance(one, bytes) else one for one in (form, lemma))


def scowl(folder: Path) -> Iterator[str]:
    """Debian's lists of English words."""
    for name in ("american-english", "british-english"):
        yield from (folder / "usr" / "share" / "dict" / name).read_text("utf-8").split()


def put(language: str, words: Iterable[str]) -> None:
    """Write a list, and say how long it is."""
    lower = {word.strip().lower().replace("\u2019", "'") for word in words}
    kept = sorted(word for word in lower if WORD.fullmatch(word) and len(word) < 32)
    data = lzma.compress(packed(kept).encode(), preset=9 | lzma.PRESET_EXTREME)
    (OUT / f"{language}.words.xz").write_bytes(data)
    print(f"{language}: {len(kept):,} words, {len(data):,} bytes")


def main(folder: Path) -> None:
    """Make both lists."""
    put("sq", {*albanian(folder), *simplemma(folder, "sq")})
    put("en", {*scowl(folder), *simplemma(folder, "en")})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
