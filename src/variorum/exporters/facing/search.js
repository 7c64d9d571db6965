// The search of both texts, without regard to case and accents.

const search = document.getElementById("search");
const hits = document.getElementById("hits");
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const found = { query: "", beads: [], at: -1 };
const highlights = typeof Highlight === "function" && CSS.highlights;
let folded = null;

/** Each bead's sentences as they are compared, made when first asked for. */
function searchable() {
  folded ??= BEADS.map((bead) => [...bead.querySelectorAll(".x")].map((x) => fold(x.textContent)));
  return folded;
}

function look() {
  const query = fold(search.value.trim());
  if (query === found.query) return;
  found.query = query;
  found.at = -1;
  found.beads = query ? BEADS.filter((_, i) => searchable()[i].some((text) => text.includes(query))) : [];
  tellHits();
  paint();
}

function tellHits() {
  const sum = found.beads.length;
  const of = found.at < 0 ? "" : `${found.at + 1} of `;
  hits.textContent = !found.query ? "" : sum ? `${of}${sum} ${sum === 1 ? "bead" : "beads"}` : "none";
}

/** Where a query stands in a sentence, character by character: folding may lengthen or shorten it. */
function rangesOf(sentence, query) {
  const at = [];
  let text = "";
  const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let offset = 0;
    for (const char of node.data) {
      const told = fold(char);
      for (let i = 0; i < told.length; i += 1) at.push([node, offset, offset + char.length]);
      text += told;
      offset += char.length;
    }
  }
  return hitsIn(text, query).map((start) => {
    const range = new Range();
    range.setStart(at[start][0], at[start][1]);
    range.setEnd(at[start + query.length - 1][0], at[start + query.length - 1][2]);
    return range;
  });
}

function hitsIn(text, query) {
  const out = [];
  for (let i = text.indexOf(query); i >= 0; i = text.indexOf(query, i + query.length)) out.push(i);
  return out;
}

/** Underline what was found.  Where the browser cannot, the bead itself is shown. */
function paint() {
  if (!highlights) return;
  const from = Math.max(0, found.at - 100);
  const near = found.beads.slice(from, from + 300).flatMap((bead) => [...bead.querySelectorAll(".x")]);
  CSS.highlights.set("found", new Highlight(...near.flatMap((x) => (found.query ? rangesOf(x, found.query) : []))));
}

/** Ranges do not survive that words are wrapped in elements. */
function repaint() {
  if (found.query) paint();
}

/** To the next or previous bead found; the focus stays in the search. */
function toHit(by) {
  look();
  if (!found.beads.length) return;
  found.at = found.at < 0 && by < 0 ? found.beads.length - 1 : (found.at + by + found.beads.length) % found.beads.length;
  const bead = found.beads[found.at];
  unfold(bead);
  paint();
  chooseBead(bead, { focus: false });
  reveal(bead);
  tellHits();
}

function clearSearch() {
  search.value = "";
  look();
  if (here) here.focus({ preventScroll: true });
  else search.blur();
}

let waiting = 0;
search.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 150);
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") toHit(event.shiftKey ? -1 : 1);
});
document.getElementById("find").addEventListener("submit", (event) => event.preventDefault());
