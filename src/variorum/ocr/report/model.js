// The data block as objects: pages, lines, what is wrong in each.

const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

/** Rates of a line from which it is one shade darker; below the first it has errors all the same. */
const STEPS = [0.02, 0.05, 0.1, 0.25];

/** From this shade on a line without a truth is one to look at. */
const DOUBTFUL = 3;

const ROWS = [];
const PAGES = data.pages.map(([label, file, errors, rate, short, long, image, width, height, languages, notes, rows, words], number) => {
  const page = { number, label, file, errors, rate: rate ?? (data.truth ? Infinity : -1), short, long, image, width, height, languages, notes, words, rows: null };
  page.rows = rows && rows.map((told) => row(page, told));
  return page;
});

function row(page, [line, errors, letters, flags, what, box, note]) {
  const made = { page, line, errors, letters, moved: Boolean(flags & 1), lost: Boolean(flags & 2), what, box: box || null, note, number: ROWS.length };
  made.level = level(errors, letters);
  ROWS.push(made);
  return made;
}

/** 0 is right, 5 is a quarter wrong or more. */
function level(errors, letters) {
  const rate = letters ? errors / letters : errors ? 1 : 0;
  if (data.truth ? !errors : rate < 0.01) return 0;
  return 1 + STEPS.filter((step) => rate > step).length;
}

/** Whether somebody should look at a line. */
const wanting = (r) => (data.truth ? r.errors > 0 : r.level >= DOUBTFUL);

/** A line in pieces: a string where both are alike, [truth, copy] or [doubted word] where not.
    Pieces that touch are one place for the eye, though they were several slips of the engine. */
function pieces(r) {
  const out = [];
  for (const piece of r.what) {
    const last = out.at(-1);
    if (data.truth && Array.isArray(piece) && Array.isArray(last)) out[out.length - 1] = [last[0] + piece[0], last[1] + piece[1]];
    else out.push(piece);
  }
  // The line break at the end is no part of what one reads.
  if (typeof out.at(-1) === "string") out.push(out.pop().replace(/[\r\n\f]+$/u, ""));
  return out;
}

/** Where a line goes wrong: numbers of its pieces, those with a pair of letters if one is sought.
    A doubtful line is one place. */
function slips(r, pair) {
  if (!wanting(r)) return [];
  if (!data.truth) return [0];
  return pieces(r).flatMap((piece, i) => (typeof piece === "string" || (pair && !misread(piece, ...pair)) ? [] : [i]));
}

/** One side of a line, as text. */
function side(r, which) {
  if (typeof r.what === "string") return r.what;
  if (data.truth && !r.errors) return r.what[which];
  return r.what.map((piece) => (typeof piece === "string" ? piece : piece[Math.min(which, piece.length - 1)])).join("");
}

/** Letters without case or accents: what a search compares. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

let searchable = null;

function searchText(r) {
  searchable ??= ROWS.map((one) => folded(`${side(one, 0)}\n${side(one, 1)}`));
  return searchable[r.number];
}

/** Whether a line has this letter, or these, read as that. */
function has(r, [truth, copy]) {
  if (!r.errors) return false;
  return r.what.some((piece) => typeof piece !== "string" && misread(piece, truth, copy));
}

/** Edits that touch are one piece, so a single letter is looked for inside it too: at the same
    place on both sides where they are as long, else anywhere. */
function misread([a, b], truth, copy) {
  if (a === truth && b === copy) return true;
  if (!truth) return b.length > a.length && b.includes(copy);
  if (!copy) return a.length > b.length && a.includes(truth);
  if (a.length !== b.length || truth.length !== copy.length) return a.includes(truth) && b.includes(copy);
  return [...Array(a.length).keys()].some((i) => a.startsWith(truth, i) && b.startsWith(copy, i));
}

function pagesInOrder(order) {
  const by = {
    worst: (a, b) => b.errors - a.errors || a.number - b.number,
    rate: (a, b) => (a.rate === b.rate ? 0 : b.rate - a.rate) || a.number - b.number,
    text: (a, b) => a.number - b.number,
  };
  return [...PAGES].sort(by[order]);
}

/** An element with properties and children; text is only ever text. */
function make(tag, properties = {}, ...children) {
  return dress(document.createElement(tag), properties, children);
}

/** The same of a drawing. */
function draw(tag, properties = {}, ...children) {
  return dress(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, children);
}

function dress(made, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false || value === "") continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
  return made;
}

const numeral = (n) => n.toLocaleString("en").replaceAll(",", "\u202f");
const many = (n, one, more) => `${numeral(n)} ${n === 1 ? one : more}`;
const secret = (text) => make("span", { class: "sr" }, text);
