// Keys, clicks and addresses: what ties the parts of the page together.

const byId = (id) => document.getElementById(id);

function typing(target) {
  return target.closest("input:not([type=checkbox]), select, textarea, dialog") !== null;
}

const KEYS = {
  j: () => walk(1),
  k: () => walk(-1),
  n: () => onward(1),
  p: () => onward(-1),
  "/": () => {
    search.focus();
    search.select();
  },
  "?": () => byId("help").showModal(),
};

/** One step back: out of the search, from a word to its bead, from a finding to where it was. */
function escape(target) {
  if (byId("help").open) return;
  if (target === search) clearSearch();
  else if (target.closest(".w")) target.closest(".bead").focus({ preventScroll: true });
  else if (chosen) closeFinding();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") escape(event.target);
  else if (typing(event.target)) return;
  else if (event.key.startsWith("Arrow")) arrow(event);
  else if (byId("keys-on").checked && event.key in KEYS) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

/** Links of this page that do more than links do: to a finding, or on to the next of a sort. */
function followLink(link) {
  const { go, next, kind } = link.dataset;
  if (go !== undefined) chooseFinding(Number(go), { fromList: link.closest("#list") !== null });
  else if (next !== undefined) nextOf(next);
  else if (kind !== undefined) nextOfKind(kind);
  else if (link.hash.startsWith("#b-")) chooseBead(byId(link.hash.slice(1)));
  else toPart(byId(link.hash.slice(1)));
}

function toPart(part) {
  setAddress(part.id);
  part.focus({ preventScroll: true });
  const stays = getComputedStyle(part).position === "sticky";
  reveal(stays ? part.parentElement : part, { always: !stays, block: "start" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link) {
    followLink(link);
    event.preventDefault();
    return;
  }
  if (event.target.closest("button, .slip") || !getSelection().isCollapsed) return;
  const mark = event.target.closest("mark");
  const bead = event.target.closest(".bead");
  if (mark) chooseFinding(Number(nextMark(mark)));
  else if (bead) chooseBead(bead, { focus: false });
});

/** The finding of a mark; of several, the one after that which is chosen. */
function nextMark(mark) {
  const numbers = mark.dataset.f.split(" ");
  const at = chosen ? numbers.indexOf(String(chosen.finding.number)) : -1;
  return numbers[(at + 1) % numbers.length];
}

/** To what an address names: a finding, a bead, or a sentence in its bead. */
function toAddress() {
  let id = location.hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    return;
  }
  const node = id ? byId(id) : null;
  const at = ITEMS.indexOf(node);
  if (at >= 0) chooseFinding(BY_WEIGHT.findIndex((finding) => finding.item === node));
  else if (node?.closest(".bead")) chooseBead(node.closest(".bead"), { address: id, always: true });
}

/** Names of languages, as the browser knows them. */
function nameLanguages() {
  const names = new Intl.DisplayNames("en", { type: "language", fallback: "code" });
  for (const box of document.querySelectorAll("[data-language]")) {
    try {
      box.textContent = names.of(box.dataset.language);
    } catch {
      // A tag that is none stays as it was told.
    }
  }
}

addEventListener("hashchange", toAddress);
byId("filter").addEventListener("change", drawList);
byId("filter").addEventListener("submit", (event) => event.preventDefault());
byId("help-button").addEventListener("click", () => byId("help").showModal());

document.documentElement.classList.add("scripted");
BEADS[0]?.setAttribute("tabindex", "0");
nameLanguages();
toAddress();
