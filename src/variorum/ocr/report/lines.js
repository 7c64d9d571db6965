// The lines: truth and copy in one row each, drawn as far as they come into view.

const CHUNK = 40;
const state = { order: "worst", only: false, query: "", pair: null, pages: [], found: [], chosen: null };
const sectionsBox = byId("sections");
const announce = byId("announce");

/** Which lines are wanted, page by page, in the order asked for. */
function filter() {
  const sought = folded(state.query.trim());
  const fits = (r) => (!state.only || wanting(r)) && (!state.pair || has(r, state.pair)) && (!sought || searchText(r).includes(sought));
  const narrowed = state.only || state.pair || sought;
  state.pages = pagesInOrder(state.order).filter((page) => page.rows).map((page) => ({ page, rows: page.rows.filter(fits) }))
    .filter(({ rows }) => rows.length || !narrowed);
  state.found = state.pages.flatMap(({ rows }) => rows);
  state.places = new Map(state.found.map((r, i) => [r, i]));
  layOut();
  tellCount();
}

function tellCount() {
  const errors = state.found.reduce((n, r) => n + r.errors, 0);
  const all = many(ROWS.length, "line", "lines");
  const told = state.found.length === ROWS.length ? all : `${numeral(state.found.length)} of ${all}`;
  byId("count").textContent = data.truth ? `${told}, ${many(errors, "error", "errors")}` : told;
  byId("pair").hidden = !state.pair;
  if (state.pair) {
    byId("pair").replaceChildren("Lines with ", ...quoted(state.pair[0]), " read as ", ...quoted(state.pair[1]), " ",
      make("button", { type: "button", onclick: () => seek(null) }, "Show all lines"));
  }
}

const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) target.fill?.();
}, { rootMargin: "800px 0px" });

function layOut() {
  watcher.disconnect();
  state.chunks = new Map();
  sectionsBox.replaceChildren(...state.pages.map(shell));
  for (const box of sectionsBox.querySelectorAll(".rows, .view")) watcher.observe(box);
  if (!state.pages.length) sectionsBox.append(make("p", { class: "none" }, "No line fits."));
  const others = PAGES.filter((page) => !page.rows).length;
  if (others) sectionsBox.append(make("p", { class: "note" }, `${many(others, "other page was", "other pages were")} measured; the lines of the worst are shown.`));
}

/** A page, empty: its head, room for its image, room for its lines. */
function shell({ page, rows }) {
  const view = boxed(page).length || page.image >= 0 ? lazily(make("div", { class: "view" }), () => [leaf(page)]) : null;
  if (view) view.style.setProperty("--ratio", extent(page).join("/"));
  const chunks = [];
  for (let i = 0; i < rows.length; i += CHUNK) chunks.push(chunk(rows.slice(i, i + CHUNK)));
  return make(
    "section", { class: view ? "page" : "page bare", id: `p${page.number + 1}`, "aria-labelledby": `p${page.number + 1}-h`, tabindex: "-1" },
    make("div", { class: "page-head" },
      make("h3", { id: `p${page.number + 1}-h`, dir: "auto" }, page.label),
      make("p", { class: "note" }, make("b", {}, page.short), ` · ${page.long}`, page.file && page.file !== page.label ? make("bdi", {}, ` · ${page.file}`) : ""),
      ...page.notes.map((note) => make("p", { class: "warning" }, note))),
    view,
    make("div", { class: "column" }, ...chunks, empty(rows)),
  );
}

function empty(rows) {
  return rows.length ? null : make("p", { class: "none" }, "No line here.");
}

/** A box that is filled the first time somebody looks. */
function lazily(box, content) {
  box.fill = () => {
    box.fill = null;
    box.style.minHeight = "";
    box.append(...content());
  };
  return box;
}

function chunk(rows) {
  const box = lazily(make("ol", { class: "rows" }), () => rows.map(line));
  // Room for what is not yet drawn, so that the scroll bar tells the truth.
  const room = rows.reduce((n, r) => n + (wanting(r) ? (r.box && r.page.image >= 0 ? 5 : 2.6) : 1.9), 0);
  box.style.minHeight = `${room}rem`;
  box.style.containIntrinsicBlockSize = `auto ${room}rem`;
  for (const r of rows) state.chunks.set(r, box);
  return box;
}

function line(r) {
  const kinds = ["row", `l${r.level}`, r.moved ? "moved" : "", r.lost ? "gone" : "", wanting(r) ? "" : "right"];
  return make(
    "li", { class: kinds.filter(Boolean).join(" "), id: `r${r.number + 1}`, tabindex: "-1" },
    make("div", { class: "ref" }, ...told(r), reference(r)),
    make("div", { class: "both" }, r.moved ? moved(r) : null, wanting(r) ? crop(r) : null, ...(data.truth ? [cell(r, 0), cell(r, 1)] : [cell(r, 1)])),
  );
}

const reference = (r) => make("a", { href: `#r${r.number + 1}`, "aria-label": `Line ${r.line} of ${r.page.label}` }, `${r.line}`);

function told(r) {
  const out = [];
  if (r.errors === null) out.push(make("span", { class: "sum" }, "–", secret(": no estimate")));
  else if (!data.truth) out.push(make("span", { class: "sum" }, `${Math.round((100 * r.errors) / Math.max(1, r.letters))} %`, secret(`: ${r.note}`)));
  else if (r.errors) out.push(make("span", { class: "sum", title: `${r.errors} of ${r.letters} letters` }, numeral(r.errors), secret(r.errors === 1 ? " error" : " errors")));
  if (r.moved) out.push(make("span", { title: "stands elsewhere in the copy" }, "⇄", secret(" moved")));
  return out.reverse();
}

/** A moved passage stands here as the truth has it, which is not where the copy does. */
function moved(r) {
  const before = ROWS[r.number - 1];
  if (before?.moved && before.page === r.page && r.line - before.line < 3 && r.line >= before.line) return null;
  const after = before && before.page === r.page ? ["; in the truth it follows line ", make("a", { href: `#r${before.number + 1}` }, `${before.line}`)] : [];
  return make("p", { class: "flag" }, "This passage stands elsewhere in the copy", ...after);
}

function cell(r, which) {
  const name = data.truth ? ["Truth", "Copy"][which] : "Copy";
  const body = make("p", { dir: "auto", lang: r.page.languages[which] }, ...content(r, which));
  const note = !data.truth && wanting(r) ? make("p", { class: "note" }, r.note) : null;
  return make("div", { class: which ? "cell copy" : "cell truth" }, make("span", { class: "side" }, name), body, note);
}

function content(r, which) {
  if (r.lost && which) return [make("i", { class: "none" }, "missing in the copy")];
  if (data.truth && !r.errors) return [side(r, which)];
  return pieces(r).map((piece, i) => {
    if (typeof piece === "string") return piece;
    return data.truth ? slip(piece, which, i) : make("mark", { class: "doubted", title: "the engine doubted this word" }, piece[0]);
  });
}

/** What differs, on its side; the copy's side says to a voice what it stands for. */
function slip([a, b], which, number) {
  const kind = a && b ? "replaced" : a ? "dropped" : "added";
  const letters = which ? b : a;
  return make("mark", { class: letters ? kind : `${kind} void`, "data-slip": number, title: `${plain(a)} → ${plain(b)}` },
    ...(letters ? shown(letters) : ["⟨ ⟩"]), which ? secret(a ? ` (for: ${plain(a)})` : " (added)") : "");
}

/** Letters with signs or names for those that cannot be seen. */
function shown(letters) {
  return [...letters].map((char, i, all) => {
    const [sign, name] = data.names[char] ?? [];
    // An accent that has its letter needs no stand-in for it.
    const carried = sign?.startsWith("\u25cc") && i > 0 && !(data.names[all[i - 1]] && !data.names[all[i - 1]][0].startsWith("\u25cc"));
    return name === undefined || carried ? char : make("span", { class: sign ? "sign" : "named", title: name }, sign || name);
  });
}

const plain = (letters) => (letters ? [...letters].map((char) => (data.names[char] ? ` ${data.names[char][1]} ` : char)).join("").trim() : "nothing");
const quoted = (letters) => (letters ? ["“", make("bdi", {}, ...shown(letters)), "”"] : ["nothing"]);

/** What the marks mean, with the signs that occur. */
function drawLegend() {
  const sample = (kind, text, what) => [make("mark", { class: kind }, text), ` ${what} · `];
  const signs = Object.values(data.names).filter(([sign]) => sign).flatMap(([sign, name], i) => [i ? ", " : "", make("span", { class: "sign" }, sign), ` ${name}`]);
  byId("legend").replaceChildren(...(data.truth
    ? [...sample("replaced", "abc", "read as something else"), ...sample("dropped", "abc", "of the truth, missing in the copy"), ...sample("added", "abc", "of the copy, not in the truth"), ...signs]
    : [make("mark", { class: "doubted" }, "word"), " the engine doubted it"]));
}

/** Which coming into view is under way; a hand on the wheel ends it. */
let coming = 0;
for (const hand of ["wheel", "touchstart", "keydown"]) window.addEventListener(hand, () => { coming += 1; }, { passive: true, capture: true });

const STILL = 6, LONGEST = 60;

/** Bring a box into view.  What lies above is drawn on the way and moves it, so we look until it
    has stood still for some frames. */
function show(box, block) {
  coming += 1;
  const mine = coming;
  let top = null, still = 0, frames = 0;
  const look = () => {
    if (mine !== coming || still === STILL || frames === LONGEST || !box.isConnected) return;
    if (box.getBoundingClientRect().top !== top) {
      box.scrollIntoView({ block, behavior: "instant" });
      top = box.getBoundingClientRect().top;
      still = 0;
    }
    still += 1;
    frames += 1;
    requestAnimationFrame(look);
  };
  look();
}

/** Bring a line into view, whatever hides it. */
function bring(r) {
  if (!state.places.has(r)) {
    Object.assign(state, { only: false, query: "", pair: null });
    byId("only").checked = false;
    byId("search").value = "";
    filter();
  }
  const chunkHere = state.chunks.get(r);
  for (const near of [chunkHere, chunkHere.previousElementSibling, chunkHere.nextElementSibling]) near?.fill?.();
  const box = byId(`r${r.number + 1}`);
  show(box, "center");
  return box;
}

/** Choose a place: line and number of its piece, or nothing. */
function choose(r, piece, { speak = true } = {}) {
  for (const old of document.querySelectorAll(".chosen")) old.classList.remove("chosen");
  state.chosen = r ? { row: r, piece } : null;
  if (!r) return;
  const box = bring(r);
  box.classList.add("chosen");
  for (const mark of box.querySelectorAll(`mark[data-slip="${piece}"]`)) mark.classList.add("chosen");
  onLeaf(r)?.classList.add("chosen");
  if (speak) announce.textContent = spoken(r, piece);
}

function onLeaf(r) {
  const view = byId(`p${r.page.number + 1}`)?.querySelector(".view");
  view?.fill?.();
  const first = boxed(r.page).find((other) => other.line === r.line);
  return first ? view?.querySelector(`.heat[data-row="${first.number}"]`) : null;
}

function spoken(r, piece) {
  const where = `${r.page.label}, line ${r.line}`;
  if (!data.truth) return `${where}: ${r.note}`;
  const told = pieces(r)[piece];
  return Array.isArray(told) ? `${where}: ${plain(told[0])} read as ${plain(told[1])}` : where;
}

/** The next or previous place in the order shown. */
function step(by) {
  const at = state.chosen ? state.places.get(state.chosen.row) ?? -1 : by > 0 ? -1 : state.found.length;
  const here = state.chosen ? slips(state.chosen.row, state.pair) : [];
  const near = here[here.indexOf(state.chosen?.piece) + by];
  if (at >= 0 && near !== undefined) return choose(state.chosen.row, near);
  for (let i = at + by; i >= 0 && i < state.found.length; i += by) {
    const list = slips(state.found[i], state.pair);
    if (list.length) return choose(state.found[i], by > 0 ? list[0] : list.at(-1));
  }
  announce.textContent = by > 0 ? "That was the last." : "That was the first.";
  return undefined;
}

/** Show the lines with a pair of letters, or all. */
function seek(pair) {
  state.pair = pair;
  filter();
  choose(null);
  if (pair) show(byId("lines"), "start");
}
