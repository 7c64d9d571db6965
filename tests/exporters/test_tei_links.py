"""TEI of an alignment: valid, complete, every pointer resolving, the same bytes again.

The small grammar beside this file is always asked.  The whole schema of TEI
(``tei_all.rng``, too large to carry along) is asked too where ``TEI_SCHEMA`` names
it, or where it stands in the folder ``shared`` beside the project.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from attrs import evolve
from hypothesis import given, settings
from lxml import etree

from exporters.parallels import SPECIMEN, parallels, side
from variorum.aligners import Parallel, Passage
from variorum.exporters.tei_links import to_tei
from variorum.witness import Role

HERE = Path(__file__).parent
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
WHOLE = Path(os.environ.get("TEI_SCHEMA") or HERE.parents[2] / "shared" / "tei_all.rng")

GOLDEN = """\
  <text>
    <group>
      <text xml:id="source" xml:lang="sq">
        <body>
          <div>
            <head xml:id="source-turn-0">
              <s xml:id="s0">Shënime</s>
            </head>
            <sp xml:id="source-turn-1" who="#speaker-1">
              <ab>
                <s xml:id="s1">Po.</s>
                <s xml:id="s2">Ai erdhi dhe iku.</s>
              </ab>
            </sp>
            <sp xml:id="source-turn-2" who="#speaker-2">
              <ab>
                <s xml:id="s3">Kështu.</s>
              </ab>
            </sp>
          </div>
        </body>
      </text>
      <text xml:id="target" xml:lang="en">
        <body>
          <div>
            <head xml:id="target-turn-0">
              <s xml:id="t0">Notes</s>
            </head>
            <sp xml:id="target-turn-1" who="#speaker-1">
              <ab>
                <s xml:id="t1">He came.</s>
                <s xml:id="t2">He left.</s>
                <s xml:id="t3">Yes.</s>
              </ab>
            </sp>
            <stage xml:id="target-turn-2">
              <s xml:id="t4">(laughter)</s>
            </stage>
          </div>
        </body>
      </text>
    </group>
  </text>
  <standOff>
    <linkGrp type="translation" subtype="sentences">
      <link target="#s0 #t0" cert="0.9000"/>
      <link target="#s1 #t3" cert="0.7500" type="move"/>
      <link target="#s2 #t1 #t2" cert="1.0000" resp="#editor"/>
    </linkGrp>
    <spanGrp type="untranslated" subtype="sentences">
      <span from="#s3" cert="0.5000"/>
    </spanGrp>
    <spanGrp type="added" subtype="sentences">
      <span from="#t4" cert="0.2500"/>
    </spanGrp>
    <linkGrp type="translation" subtype="turns">
      <link target="#source-turn-0 #target-turn-0" cert="0.9000"/>
      <link target="#source-turn-1 #target-turn-1" cert="0.8000"/>
    </linkGrp>
    <spanGrp type="untranslated" subtype="turns">
      <span from="#source-turn-2" cert="0.5000"/>
    </spanGrp>
    <spanGrp type="added" subtype="turns">
      <span from="#target-turn-2" cert="0.5000"/>
    </spanGrp>
  </standOff>
</TEI>
"""


@cache
def schema(path: Path) -> etree.RelaxNG:
    """A grammar, compiled once."""
    return etree.RelaxNG(etree.parse(str(path)))


def valid(root: etree._Element, path: Path = HERE / "tei_alignment.rng") -> None:
    """Nothing to find fault with."""
    grammar = schema(path)
    assert grammar.validate(root), grammar.error_log


def every_role() -> Parallel:
    """Each role before each other, twice over."""
    roles = [role for role in Role if role is not Role.FURNITURE]
    order = [role for one in roles for other in roles for role in (one, other)]
    lines = [f"{role} {n}" for n, role in enumerate(order)]
    made = side("a", "sq", lines, range(len(order)), [Passage(role) for role in order])
    return Parallel(made, evolve(made, language="en"), (), (), {})


def test_golden() -> None:
    """The two texts and the links between them, all kinds of bead."""
    made = to_tei(SPECIMEN).decode("utf-8")
    assert made.partition("</teiHeader>\n")[2] == GOLDEN
    assert "<name>the editor</name>" in made
    assert "<persName>çoe</persName>" in made
    assert '<p>aligner: "by hand"</p>' in made


@settings(deadline=None)
@given(parallels(odd=True))
def test_valid_and_complete(parallel: Parallel) -> None:
    """Valid; every sentence once in its text, every pair a link or a span, all pointers good."""
    made = to_tei(parallel)
    root = etree.fromstring(made)
    valid(root)
    assert made == to_tei(parallel)
    ids = {element.get(ID) for element in root.iter() if element.get(ID)}
    pointers = root.xpath("//@target | //@from | //@resp | //@who")
    assert isinstance(pointers, list)
    assert {name[1:] for told in pointers for name in str(told).split()} <= ids
    for sign, one in (("s", parallel.source), ("t", parallel.target)):
        told = {s.get(ID): s.text for s in root.iter(f"{TEI}s") if (s.get(ID) or "")[0] == sign}
        assert list(told) == [f"{sign}{n}" for n in range(len(one.sentences))]
        for sentence, text in zip(one.sentences, told.values(), strict=True):
            assert "\ufffd" in (text or "") or sentence.text == text
    for subtype, pairs in (("sentences", parallel.sentences), ("turns", parallel.turns)):
        counts = [
            len(root.findall(f".//{TEI}{path.format(subtype)}"))
            for path in (
                "linkGrp[@subtype='{}']/{{*}}link",
                "spanGrp[@type='untranslated'][@subtype='{}']/{{*}}span",
                "spanGrp[@type='added'][@subtype='{}']/{{*}}span",
            )
        ]
        both = [pair for pair in pairs if pair.source and pair.target]
        assert counts == [
            len(both),
            sum(len(pair.source) for pair in pairs if not pair.target),
            sum(len(pair.target) for pair in pairs if not pair.source),
        ]


def test_roles_in_any_order() -> None:
    """Heads and closers where TEI has none begin a new division; nothing is lost or moved."""
    parallel = every_role()
    root = etree.fromstring(to_tei(parallel))
    valid(root)
    told = [s.text for s in root.iter(f"{TEI}s")]
    assert told == [s.text for s in parallel.source.sentences] * 2


def test_empty() -> None:
    """Texts without a sentence are valid too."""
    nothing = Parallel(side("a", "sq", (), (), ()), side("b", "en", (), (), ()), (), (), {})
    valid(etree.fromstring(to_tei(nothing)))


def test_what_xml_cannot_hold_is_told() -> None:
    """The header names what stood where U+FFFD stands."""
    odd = evolve(SPECIMEN, target=side("b", "en", ["a\ufffeb", "\x01", "c", "d", "e"]))
    made = to_tei(odd).decode("utf-8")
    assert "XML cannot hold U+0001, U+FFFE" in made
    assert "a\ufffdb" in made
    assert "cannot hold" not in to_tei(SPECIMEN).decode("utf-8")


if WHOLE.is_file():

    def test_valid_tei() -> None:
        """The whole schema of TEI has no fault to find either."""
        for parallel in (SPECIMEN, every_role(), evolve(SPECIMEN, sentences=(), turns=())):
            valid(etree.fromstring(to_tei(parallel)), WHOLE)

    @settings(deadline=None, max_examples=30)
    @given(parallels(odd=True))
    def test_any_alignment_is_valid_tei(parallel: Parallel) -> None:
        """Nor in any other alignment."""
        valid(etree.fromstring(to_tei(parallel)), WHOLE)
