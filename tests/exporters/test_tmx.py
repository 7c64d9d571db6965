"""TMX: valid against the standard's document type, complete, and the same bytes again."""

from __future__ import annotations

from io import StringIO

from attrs import evolve
from hypothesis import given, settings
from lxml import etree

from exporters.parallels import SPECIMEN, parallels
from variorum.aligners import Parallel
from variorum.exporters.tmx import to_tmx

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

DOCTYPE = etree.DTD(
    StringIO("""
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop)*>
<!ATTLIST header
  creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED
  o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED srclang CDATA #REQUIRED
  datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
<!ELEMENT note (#PCDATA)>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED>
""")
)
"""What TMX 1.4b requires of the elements and attributes that we write; it allows more."""

GOLDEN = """\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="variorum" creationtoolversion="VERSION" segtype="sentence" \
o-tmf="variorum alignment" adminlang="en" srclang="sq" datatype="plaintext">
    <prop type="source-file">a.sq.txt</prop>
    <prop type="target-file">a.en.txt</prop>
    <prop type="fingerprint">{"aligner": "by hand", "id": "00", "variorum": "0"}</prop>
  </header>
  <body>
    <tu tuid="0">
      <prop type="confidence">1.0000</prop>
      <prop type="locked">yes</prop>
      <tuv xml:lang="sq">
        <prop type="source-sentences">2</prop>
        <prop type="source-turns">1</prop>
        <seg>Ai erdhi dhe iku.</seg>
      </tuv>
      <tuv xml:lang="en">
        <prop type="target-sentences">1 2</prop>
        <prop type="target-turns">1</prop>
        <seg>He came. He left.</seg>
      </tuv>
    </tu>
    <tu tuid="1">
      <prop type="confidence">0.5000</prop>
      <prop type="absence">not translated</prop>
      <tuv xml:lang="sq">
        <prop type="source-sentences">3</prop>
        <prop type="source-turns">2</prop>
        <seg>Kështu.</seg>
      </tuv>
    </tu>
  </body>
</tmx>
"""


def test_golden() -> None:
    """A pair of one to two, locked, and a sentence that was not translated."""
    from variorum import __version__

    made = to_tmx(evolve(SPECIMEN, sentences=SPECIMEN.sentences[2:4])).decode("utf-8")
    assert made == GOLDEN.replace("VERSION", __version__)


@settings(deadline=None)
@given(parallels(odd=True))
def test_valid_and_complete(parallel: Parallel) -> None:
    """Valid; a unit a pair, a variant for each side that it has; every position once."""
    made = to_tmx(parallel)
    root = etree.fromstring(made)
    assert DOCTYPE.validate(root), DOCTYPE.error_log
    assert made == to_tmx(parallel)
    units = root.findall("body/tu")
    assert len(units) == len(parallel.sentences)
    for kind, side in (("source", parallel.source), ("target", parallel.target)):
        told = root.findall(f".//prop[@type='{kind}-sentences']")
        held = sorted(int(n) for each in told for n in (each.text or "").split())
        assert held == list(range(len(side.sentences)))
    for unit, pair in zip(units, parallel.sentences, strict=True):
        wanted = ["sq"] * bool(pair.source) + ["en"] * bool(pair.target)
        assert [variant.get(LANG) for variant in unit.findall("tuv")] == wanted


def test_what_moves_and_what_is_added() -> None:
    """Moves and additions are said in props."""
    root = etree.fromstring(to_tmx(SPECIMEN))
    props = [[p.get("type") for p in unit.findall("prop")] for unit in root.findall("body/tu")]
    assert props[1] == ["confidence", "move"]
    assert root.findtext("body/tu[5]/prop[@type='absence']") == "added in translation"


@settings(deadline=None)
@given(parallels(odd=True))
def test_what_xml_cannot_hold_is_told(parallel: Parallel) -> None:
    """A unit with U+FFFD in it has a note that names what stood there, and no other has."""
    for unit in etree.fromstring(to_tmx(parallel)).findall("body/tu"):
        text = "".join(seg.text or "" for seg in unit.iter("seg"))
        note = unit.findtext("note") or ""
        assert ("\ufffd" in text) == note.startswith("XML cannot hold U+")
        for char, name in (("a\ufffdb", "U+0001"), ("x\ufffd", "U+D800")):
            assert (char in text) == (name in note)
