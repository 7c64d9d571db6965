// The list of places: what is wanted of them, a page at a time, and the one that was chosen.

const PAGE = 100;
const state = { kinds: new Set(words.kinds.keys()), witness: null, significance: null, query: "", found: [], page: 0, chosen: null };
const list = document.getElementById("list");
const pager = document.getElementById("pager");
const detail = document.getElementById("place");
const count = document.getElementById("count");
const announce = document.getElementById("announce");

function filter() {
  state.found = wanted(state);
  state.page = 0;
  drawList();
  drawStrip();
}

function drawList() {
  const from = state.page * PAGE;
  const part = state.found.slice(from, from + PAGE);
  list.replaceChildren(...part.map(row));
  const all = many(data.loci.length, "place", "places");
  if (!data.loci.length) count.textContent = "The witnesses do not differ.";
  else if (!state.found.length) count.textContent = `None of ${all} fits.`;
  else count.textContent = `${numeral(from + 1)} to ${numeral(from + part.length)} of ${state.found.length === data.loci.length ? all : `${numeral(state.found.length)} that fit, of ${all}`}`;
  drawPager();
}

function drawPager() {
  const last = Math.ceil(state.found.length / PAGE) - 1;
  pager.hidden = last < 1;
  const turn = (label, page, off) => make("button", { type: "button", disabled: off, onclick: () => turnTo(page) }, label);
  pager.replaceChildren(
    turn("Previous", state.page - 1, state.page <= 0),
    `page ${numeral(state.page + 1)} of ${numeral(last + 1)}`,
    turn("Next", state.page + 1, state.page >= last),
  );
}

function turnTo(page) {
  state.page = page;
  drawList();
  list.closest("section").scrollTo({ top: 0 });
  list.querySelector("button")?.focus();
}

function swatch(family) {
  return make("i", { class: `swatch f${family}`, title: words.names[family], "aria-hidden": "true" }, words.letters[family]);
}

function sigla(r) {
  return make("span", { class: "sigla" }, ...r.witnesses.flatMap((w, i) => [i ? " " : "", siglum(WITNESSES[w.number])]));
}

function wordsOf(r) {
  if (!r.text) return make("span", { class: "none" }, `nothing${r.absence ? ` (${r.absence})` : ""}`);
  const lang = r.witnesses.length ? WITNESSES[r.witnesses[0].number].lang : null;
  const short = r.text.length > 160 ? `${r.text.slice(0, 100)} … ${r.text.slice(-40)}` : r.text;
  return make("bdi", { dir: "auto", lang }, short);
}

/** A place as an apparatus has it: lemma, bracket, variants, each with its sigla. */
function row(number) {
  const locus = place(number);
  const [lemma, ...variants] = locus.readings;
  return make("tr", { "data-place": number, class: number === state.chosen ? "chosen" : null },
    make("td", { class: "ref" }, make("button", { type: "button", "aria-label": `Go to ${locus.turn}, ${locus.kind}: ${locus.readings.map((r) => r.text || "nothing").join(" / ").slice(0, 80)}`, "aria-current": number === state.chosen ? "true" : null }, locus.turn)),
    make("td", {}, make("span", { class: "kind" }, swatch(locus.family), make("span", { class: "word" }, locus.kind))),
    make("td", { dir: direction }, wordsOf(lemma), " ", sigla(lemma), make("span", { class: "bracket" }, "]"),
      ...variants.flatMap((r, i) => [i ? "; " : " ", wordsOf(r), " ", sigla(r)])));
}

function choose(number, { scroll = true, speak = true } = {}) {
  const locus = place(number);
  state.chosen = number;
  const at = state.found.indexOf(number);
  const page = at < 0 ? state.page : Math.floor(at / PAGE);
  if (page !== state.page) {
    state.page = page;
    drawList();
  }
  drawDetail(locus, at);
  mark(number);
  if (scroll) show(locus);
  const line = list.querySelector(`tr[data-place="${number}"]`);
  if (line && getComputedStyle(line.closest("section")).position === "sticky") line.scrollIntoView({ block: "nearest" });
  drawHere();
  if (speak) {
    const readings = locus.readings.map((r) => `${r.witnesses.map((w) => WITNESSES[w.number].siglum).join(" ")}: ${r.text || `nothing, ${r.absence}`}`);
    announce.textContent = `${at < 0 ? "A place that the filter hides" : `Place ${at + 1} of ${state.found.length}`}, ${locus.turn}, ${locus.kind}. ${readings.join("; ")}`;
  }
}

function mark(number) {
  for (const old of document.querySelectorAll(".chosen")) old.classList.remove("chosen");
  for (const old of list.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
  for (const now of document.querySelectorAll(`[data-place="${number}"]`)) now.classList.add("chosen");
  list.querySelector(`tr[data-place="${number}"] button`)?.setAttribute("aria-current", "true");
  markColumns(number < 0 ? { column: 0, columns: 0 } : place(number));
}

/** The columns of the chosen place in the alignment tables that are open. */
function markColumns({ column, columns }) {
  for (const box of sectionsBox.querySelectorAll("td[data-column]")) {
    const at = Number(box.dataset.column);
    box.classList.toggle("here", at >= column && at < column + columns);
  }
}

/** Bring a place into view.  What lies above is drawn on the way and moves it, so we look twice. */
function show(locus) {
  const section = SECTIONS[locus.section];
  if (!section) return;
  draw(section);
  mark(locus.number);
  const look = () => (section.body.querySelector(`mark[data-place="${locus.number}"]`) ?? section.box)
    .scrollIntoView({ block: "center", behavior: "instant" });
  look();
  requestAnimationFrame(() => requestAnimationFrame(look));
}

function close() {
  detail.hidden = true;
  mark(-1);
  state.chosen = null;
  drawHere();
}

function drawDetail(locus, at) {
  const step = (label, by) => make("button", { type: "button", onclick: () => move(by) }, label);
  const facts = (r) => [r.operation, r.feature, r.significance, r.cause && `cause: ${r.cause}`, ...r.evidence].filter(Boolean).join(" · ");
  detail.className = `js f${locus.family}`;
  detail.hidden = false;
  detail.replaceChildren(
    make("h3", {}, swatch(locus.family), `${locus.turn} · ${locus.kind}`),
    make("dl", {}, ...locus.readings.flatMap((r, i) => [
      make("dt", { dir: direction }, ...marks(locus, r), " ", sigla(r)),
      make("dd", {}, facts(r) || (i ? "" : "the base’s reading")),
    ])),
    locus.evidence.length ? make("p", { class: "note" }, locus.evidence.join(" · ")) : "",
    make("p", { class: "tools" }, step("Previous", -1), step("Next", 1),
      make("button", { type: "button", onclick: () => openScore(locus) }, "Alignment"),
      make("button", { type: "button", onclick: close }, "Close")),
  );
  detail.setAttribute("aria-label", `The place chosen${at < 0 ? "" : `: ${at + 1} of ${state.found.length}`}`);
}

/** A reading as its first witness has it, with the characters that differ set apart. */
function marks(locus, r) {
  const first = r.witnesses[0];
  if (!r.text || !first || r.text.length > 400) return [wordsOf(r)];
  const witness = WITNESSES[first.number];
  const stretches = first.marks.map(([a, b]) => [a, b, "mark"]);
  const nodes = first.spans.flatMap(([a, b], i) => [
    i ? " " : "",
    ...runs(witness, [a, b], [[a, b, "locus", { locus, other: false, quiet: false }], ...stretches]).flatMap((node) => [...(node.childNodes ?? [node])]),
  ]);
  return [make("bdi", { dir: "auto", lang: witness.lang }, ...nodes)];
}

function openScore(locus) {
  const section = SECTIONS[locus.section];
  if (!section) return;
  draw(section);
  section.score.open = true;
  drawScore(section, section.score);
  const sought = () => section.score.querySelector(`td[data-column="${locus.column}"]`);
  const more = section.score.querySelector("button");
  while (!sought() && !more.hidden) more.click();
  section.score.querySelector("summary").focus({ preventScroll: true });
  markColumns(locus);
  (sought() ?? section.score).scrollIntoView({ block: "center", behavior: "instant" });
}

/** The next or previous place of the list, from the chosen one or from its beginning. */
function move(by) {
  if (!state.found.length) {
    announce.textContent = "No place fits.";
    return;
  }
  const at = state.chosen === null ? (by > 0 ? -1 : state.found.length) : nearest(state.chosen, by);
  const to = at + by;
  if (to < 0 || to >= state.found.length) {
    announce.textContent = by > 0 ? "That was the last place." : "That was the first place.";
    return;
  }
  choose(state.found[to]);
}

/** Where the chosen place stands in the list, or would stand if the filter hides it. */
function nearest(number, by) {
  const at = lower(state.found, number);
  return state.found[at] === number || by < 0 ? at : at - 1;
}
