// The data block as objects, and which places are wanted.  Offsets are UTF-16 units here.

const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;

const WITNESSES = data.witnesses.map(([siglum, lang, synthetic], number) => ({
  siglum, lang, synthetic: Boolean(synthetic), number, text: data.texts[number],
}));

/** Those that have a row of the table; an original beside its translations has none. */
const COLLATED = WITNESSES.filter((witness) => data.tokens[witness.number].length);

/** Whether the base is written from right to left: then columns and the strip run so too. */
const RTL = /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
  .test(data.texts[data.base]);
const direction = RTL ? "rtl" : null;

const SECTIONS = data.sections.map(([title, turn, role, moved, column, spans], number) => ({
  title, turn, role, moved: Boolean(moved), column, spans, number, loci: [],
}));

/** @param {number[]} flat starts and ends in one list; @returns {[number, number][]} */
function pairs(flat) {
  const out = [];
  for (let i = 0; i < flat.length; i += 2) out.push([flat[i], flat[i + 1]]);
  return out;
}

const told = (list, number) => (number === null ? "" : list[number]);

function reading([text, absence, operation, feature, significance, cause, evidence, witnesses]) {
  return {
    text,
    absence: told(words.absence, absence),
    operation: told(words.operation, operation),
    feature: told(words.feature, feature),
    significance: told(words.significance, significance),
    cause: told(words.cause, cause),
    evidence: evidence.map((e) => words.evidence[e]),
    witnesses: witnesses.map(([number, spans, marks]) => ({
      number, spans: pairs(spans), marks: pairs(marks),
    })),
  };
}

const opened = new Map();

/** The place with this number, its lists made into objects the first time it is asked for. */
function place(number) {
  if (!opened.has(number)) {
    const [id, turn, kind, section, column, lemma, evidence, readings, columns] = data.loci[number];
    opened.set(number, {
      number, id, turn, section, column, columns, lemma,
      kind: words.kinds[kind],
      family: words.families[kind],
      evidence: evidence.map((e) => words.evidence[e]),
      readings: readings.map(reading),
    });
  }
  return opened.get(number);
}

data.loci.forEach((locus, number) => SECTIONS[locus[3]]?.loci.push(number));

/** Letters without case or accents: what a search compares. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

let searchable = null;

function searchText() {
  searchable ??= data.loci.map((locus) => folded(
    [locus[1], ...locus[7].map((r) => r[0])].join("\n"),
  ));
  return searchable;
}

const KIND = 2, READINGS = 7, SIGNIFICANCE = 4, ATTESTED = 7;

/** Numbers of the places that fit: kinds (a Set), witness and significance (a number or null). */
function wanted({ kinds, witness, significance, query }) {
  const sought = folded(query.trim());
  const texts = sought ? searchText() : null;
  const out = [];
  data.loci.forEach((locus, number) => {
    if (!kinds.has(locus[KIND])) return;
    if (texts && !texts[number].includes(sought)) return;
    if (witness !== null && !departs(locus, witness)) return;
    if (significance !== null && !locus[READINGS].some((r) => r[SIGNIFICANCE] === significance)) return;
    out.push(number);
  });
  return out;
}

/** Whether a witness has another reading than the base, which comes first. */
function departs(locus, witness) {
  return locus[READINGS].some((r, i) => i > 0 && r[ATTESTED].some(([w]) => w === witness));
}

/** Tokens of a witness as three typed arrays: starts, ends, columns. */
const unpacked = [];

function tokens(witness) {
  if (!unpacked[witness]) {
    const flat = data.tokens[witness];
    const size = flat.length / 3;
    const made = { starts: new Int32Array(size), ends: new Int32Array(size), columns: new Int32Array(size), forms: new Map(data.forms[witness].map(([i, ...told]) => [i, told])) };
    for (let i = 0, at = 0, column = 0; i < size; i += 1) {
      made.starts[i] = at += flat[3 * i];
      made.ends[i] = at += flat[3 * i + 1];
      made.columns[i] = column += flat[3 * i + 2];
    }
    unpacked[witness] = made;
  }
  return unpacked[witness];
}

/** The first index of a rising list whose value is not below the one sought. */
function lower(list, sought) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < sought) low = middle + 1; else high = middle;
  }
  return low;
}

/** An element with properties and children; text is only ever text. */
function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
  return made;
}

const numeral = (n) => n.toLocaleString("en").replaceAll(",", "\u202f");
const many = (n, one, more) => `${numeral(n)} ${n === 1 ? one : more}`;
const siglum = (witness) => make("span", { class: witness.synthetic ? "siglum made" : "siglum", title: witness.synthetic ? "synthetic" : null }, witness.siglum);
const secret = (text) => make("span", { class: "sr" }, text);
