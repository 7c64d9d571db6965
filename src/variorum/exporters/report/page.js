// The strip, the controls and the keys: what ties the parts of the page together.

const strip = document.getElementById("strip");
const byId = (id) => document.getElementById(id);
const BARS = 120;
const HIGH = 68;

/** Stretches of the text: columns shared out evenly over at most so many bars. */
const bars = Array.from({ length: Math.max(1, Math.min(BARS, Math.ceil(data.columns / 4))) }, (_, number) => ({ number }));
const barOf = (column) => Math.min(bars.length - 1, Math.floor((column * bars.length) / Math.max(1, data.columns)));

for (const section of [...SECTIONS].reverse()) {
  for (let i = barOf(section.column); i < bars.length; i += 1) {
    if (bars[i].section !== undefined && bars[i].section.column <= section.column) break;
    if (bars[i].section === undefined) bars[i].section = section;
  }
}

/** Turn numbers under the strip, where they do not run into one another. */
let free = 0;
for (const section of SECTIONS) {
  const at = barOf(section.column);
  if (!section.turn || at < free) continue;
  bars[at].turn = section.turn;
  free = at + 1 + Math.ceil(section.turn.length * 0.8);
}

function drawStrip() {
  const counts = bars.map(() => new Array(words.names.length).fill(0));
  for (const bar of bars) bar.first = null;
  for (const number of state.found) {
    const at = barOf(data.loci[number][4]);
    counts[at][words.families[data.loci[number][KIND]]] += 1;
    bars[at].first ??= number;
  }
  const sums = counts.map((c) => c.reduce((a, b) => a + b, 0));
  const most = Math.max(1, ...sums);
  const focused = strip.contains(document.activeElement) ? Number(document.activeElement.dataset.bar) : -1;
  strip.replaceChildren(...bars.map((bar, i) => barButton(bar, counts[i], sums[i], most)));
  strip.children[Math.max(0, focused)].tabIndex = 0;
  if (focused >= 0) strip.children[focused].focus();
  drawHere();
}

function barButton(bar, counts, sum, most) {
  const section = bar.section ?? SECTIONS[0];
  const what = counts.map((n, f) => (n ? `${n} ${words.names[f]}` : "")).filter(Boolean).join(", ");
  const where = section ? `${section.turn ? `turn ${section.turn}, ` : ""}${section.title}` : "the text";
  const label = `${bar.number + 1} of ${bars.length}, ${where}: ${sum ? `${many(sum, "place", "places")} (${what})` : "no difference"}`;
  const button = make("button", { type: "button", tabindex: "-1", "data-bar": bar.number, "data-turn": bar.turn, "aria-label": label, title: label });
  counts.forEach((n, family) => {
    if (!n) return;
    const piece = make("i", { class: `f${family}` });
    piece.style.height = `${Math.max(2, (n / most) * HIGH)}px`;
    button.append(piece);
  });
  return button;
}

function drawHere() {
  const here = state.chosen === null ? -1 : barOf(data.loci[state.chosen][4]);
  [...strip.children].forEach((button, i) => button.classList.toggle("here", i === here));
}

strip.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const bar = bars[Number(button.dataset.bar)];
  if (bar.first !== null) choose(bar.first);
  else if (bar.section ?? SECTIONS[0]) {
    const section = bar.section ?? SECTIONS[0];
    draw(section);
    section.box.scrollIntoView({ block: "start", behavior: "instant" });
  }
});

strip.addEventListener("keydown", (event) => {
  const at = Number(event.target.dataset.bar);
  const onward = RTL ? -1 : 1;
  const to = { ArrowRight: at + onward, ArrowLeft: at - onward, Home: 0, End: bars.length - 1 }[event.key];
  if (to === undefined || !strip.children[to]) return;
  event.preventDefault();
  event.target.tabIndex = -1;
  strip.children[to].tabIndex = 0;
  strip.children[to].focus();
});

/** One choice box a witness; the last one shown cannot be taken away. */
function drawColumns() {
  for (const witness of WITNESSES) {
    const box = make("input", { type: "checkbox", value: witness.number });
    box.checked = shown.has(witness.number);
    box.addEventListener("change", () => {
      if (box.checked) shown.add(witness.number);
      else if (shown.size > 1) shown.delete(witness.number);
      else box.checked = true;
      redraw();
      if (state.chosen !== null) mark(state.chosen);
    });
    byId("columns").append(make("label", {}, box, siglum(witness),
      witness.synthetic ? make("span", { class: "note" }, "synthetic") : null));
  }
}

function readFilter() {
  const kinds = [...document.querySelectorAll("input[name=kind]:checked")].map((box) => Number(box.value));
  const number = (id) => (byId(id).value === "" ? null : Number(byId(id).value));
  Object.assign(state, { kinds: new Set(kinds), witness: number("witness"), significance: number("significance"), query: byId("search").value });
  filter();
}

function setKinds(checked) {
  for (const box of document.querySelectorAll("input[name=kind]")) box.checked = checked;
  readFilter();
}

function typing(target) {
  return target.closest("input:not([type=checkbox]), select, textarea, dialog") !== null;
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  t: () => state.chosen !== null && openScore(place(state.chosen)),
  "/": () => byId("search").focus(),
  "?": () => byId("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && !byId("help").open) {
    if (event.target === byId("search")) byId("search").blur();
    else if (!detail.hidden) close();
    return;
  }
  if (typing(event.target) || !byId("keys-on").checked || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("click", (event) => {
  const inText = event.target.closest("#sections mark[data-place]");
  if (inText) choose(Number(inText.dataset.place), { scroll: false });
  const inList = event.target.closest("#list button");
  if (inList) choose(Number(inList.closest("tr").dataset.place));
});

let waiting = 0;
byId("search").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(readFilter, 120);
});
for (const id of ["filter", "witness", "significance"]) byId(id).addEventListener("change", readFilter);
byId("filter").addEventListener("submit", (event) => event.preventDefault());
byId("all-kinds").addEventListener("click", () => setKinds(true));
byId("no-kinds").addEventListener("click", () => setKinds(false));
byId("help-button").addEventListener("click", () => byId("help").showModal());

// On paper there is no coming into view: what can be drawn within reason is drawn.
window.addEventListener("beforeprint", () => {
  SECTIONS.slice(0, 300).forEach(draw);
  list.replaceChildren(...state.found.slice(0, 2000).map(row));
});
window.addEventListener("afterprint", drawList);

words.significance.forEach((word, number) => byId("significance").append(make("option", { value: number }, word)));
if (RTL) strip.dir = "rtl";
document.documentElement.classList.add("scripted");
firstShown();
drawColumns();
layOut();
readFilter();
