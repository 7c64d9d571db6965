# /// script
# requires-python = ">=3.11"
# dependencies = ["typst==0.15.2", "variorum"]
# ///
"""Set W as a small book page and write P.pdf, which is then read through its text layer.

    python examples/make_pdf.py witnesses/hoxha-choe-1959

Set by the real Typst in a narrow justified column, so that words are divided at
line ends; with a heading, a running head and page numbers of its own.  No date
is written into the file: the same Typst gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import typst
from make_typescripts import paragraphs

from variorum.witness import Role

HEAD = """#set document(title: "A Conversation in Tirana", date: none)
#set page(
  width: 148mm, height: 210mm, margin: (x: 24mm, y: 24mm),
  header: context if counter(page).get().first() > 1 [
    #set text(8pt)
    A Conversation in Tirana #h(1fr) 6 June 1959
  ],
  footer: context align(center, text(8pt, counter(page).display())),
)
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "en", hyphenate: true)
#set par(justify: true, leading: 0.62em, spacing: 1.25em)
#align(center)[#text(14pt)[A Conversation in Tirana] \\ \\ Set from the archive's translation]
"""


def escaped(words: str) -> str:
    """Typst markup that prints exactly these characters."""
    return f'#"{words.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}"'


def page(parts: Iterable[tuple[Role, str]]) -> str:
    """The Typst source of the whole text."""
    blocks = []
    for role, words in parts:
        told = escaped(words)
        if role in (Role.HEADING, Role.DATELINE):
            told = f"#align(center, {told[1:]})"
        blocks.append(told)
    return HEAD + "\n\n".join(blocks) + "\n"


def main(folder: Path) -> None:
    """Write P.pdf in *folder*, from its W.txt."""
    source = page(paragraphs(folder / "W.txt")).encode()
    (folder / "P.pdf").write_bytes(typst.compile(source))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
