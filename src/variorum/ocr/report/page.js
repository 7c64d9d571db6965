// The sheet of pages, the controls and the keys: what ties the parts of the page together.

const SHEET = 60;
let sheet = SHEET;

function drawSheet() {
  const pages = pagesInOrder(state.order);
  byId("sheet").replaceChildren(...pages.slice(0, sheet).map(tile));
  byId("more-pages").hidden = pages.length <= sheet;
  byId("more-pages").textContent = `Show ${many(Math.min(SHEET, pages.length - sheet), "more page", "more pages")}`;
}

function tile(page) {
  return make("li", {}, make("button", { type: "button", "data-page": page.number, disabled: !page.rows, "aria-label": `${page.label}: ${page.short}, ${page.long}`, title: page.long },
    thumb(page), make("span", { class: "name", dir: "auto" }, page.label), make("span", { class: "rate" }, page.short)));
}

/** Go to a page: to its head, and its first error is the next. */
function turnTo(page) {
  let place = state.pages.findIndex((one) => one.page === page);
  if (place < 0) {
    Object.assign(state, { only: false, query: "", pair: null });
    filter();
    place = state.pages.findIndex((one) => one.page === page);
  }
  const box = byId(`p${page.number + 1}`);
  for (const part of [...box.querySelectorAll(".view, .rows")].slice(0, 2)) part.fill?.();
  show(box, "start");
  box.focus({ preventScroll: true });
  const [first] = state.pages[place].rows;
  state.chosen = first ? { row: first, piece: -1 } : null;
}

function readFilter() {
  Object.assign(state, { order: byId("order").value, only: byId("only").checked, query: byId("search").value });
  filter();
}

function typing(target) {
  return target.closest("input:not([type=checkbox]), select, textarea, dialog") !== null;
}

const KEYS = {
  n: () => step(1),
  p: () => step(-1),
  j: () => step(1),
  k: () => step(-1),
  e: () => byId("only").click(),
  "/": () => byId("search").focus(),
  "?": () => byId("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && !byId("help").open) {
    if (event.target === byId("search")) byId("search").blur();
    else choose(null);
    return;
  }
  if (typing(event.target) || !byId("keys-on").checked || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("click", (event) => {
  const near = (what) => event.target.closest(what);
  const tileHere = near("#sheet button");
  if (tileHere) turnTo(PAGES[Number(tileHere.dataset.page)]);
  const mark = near("mark[data-slip]");
  if (mark) choose(ROWS[Number(mark.closest("li").id.slice(1)) - 1], Number(mark.dataset.slip));
  const spot = near(".heat");
  if (spot) choose(ROWS[Number(spot.dataset.row)], slips(ROWS[Number(spot.dataset.row)])[0] ?? -1);
  const pair = near("button.pair");
  if (pair) seek(data.pairs[Number(pair.dataset.pair)]);
});

function followHash() {
  const told = /^#([rp])(\d+)$/u.exec(location.hash);
  if (!told) return;
  const list = told[1] === "r" ? ROWS : PAGES;
  const found = list[Number(told[2]) - 1];
  if (found && told[1] === "r") choose(found, slips(found)[0] ?? -1);
  else if (found?.rows) turnTo(found);
}

let waiting = 0;
byId("search").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(readFilter, 150);
});
byId("only").addEventListener("change", readFilter);
byId("order").addEventListener("change", () => {
  readFilter();
  drawSheet();
});
byId("filter").addEventListener("submit", (event) => event.preventDefault());
byId("next").addEventListener("click", () => step(1));
byId("previous").addEventListener("click", () => step(-1));
byId("help-button").addEventListener("click", () => byId("help").showModal());
byId("more-pages").addEventListener("click", () => {
  sheet += SHEET;
  drawSheet();
});
window.addEventListener("hashchange", followHash);

// On paper there is no coming into view: what can be drawn within reason is drawn.
window.addEventListener("beforeprint", () => {
  for (const box of [...sectionsBox.querySelectorAll(".view, .rows")].slice(0, 200)) box.fill?.();
});

document.documentElement.classList.add("scripted");
if (!data.truth) {
  sectionsBox.classList.add("single");
  byId("order").value = "rate";
}
drawLegend();
readFilter();
drawSheet();
followHash();
