// From bead to bead: one has the focus, its address is in the address line.

const SMALL = matchMedia("(max-width: 47.99rem)");
let here = null;

const LOOKS = 8;
let wanted = null;

/** Bring into view.  What lies on the way is laid out as it comes near and moves what is sought,
    so we look again until it stays, or something else is wanted. */
function reveal(node, { always = false, block = null } = {}) {
  wanted = node;
  const top = SMALL.matches ? 0 : 110;
  const look = (left) => {
    const box = node.getBoundingClientRect();
    if (!always && box.top >= top && box.bottom <= innerHeight - 20) return;
    const where = block ?? (box.height > innerHeight * 0.6 ? "start" : "center");
    node.scrollIntoView({ block: where, behavior: "instant" });
    if (left) requestAnimationFrame(() => requestAnimationFrame(() => wanted === node && look(left - 1)));
  };
  look(LOOKS);
}

// Who scrolls by hand wants nothing else.
for (const event of ["wheel", "touchstart", "pointerdown"]) addEventListener(event, () => (wanted = null), { passive: true });

function setAddress(id) {
  if (location.hash !== `#${id}`) history.replaceState(null, "", `#${id}`);
}

function chooseBead(bead, { focus = true, address = bead.id, always = false } = {}) {
  if (here !== bead) {
    here?.classList.remove("here");
    here?.setAttribute("tabindex", "-1");
    here = bead;
    bead.classList.add("here");
    bead.setAttribute("tabindex", "0");
    drawHere();
  }
  if (address) setAddress(address);
  if (focus) bead.focus({ preventScroll: true });
  if (focus) reveal(bead, { always });
}

/** The bead to go on from: the chosen one, or the first in view. */
function firstInView() {
  return BEADS.findIndex((bead) => bead.getBoundingClientRect().bottom > 110);
}

function walk(by) {
  const at = here ? NUMBER.get(here) + by : Math.max(0, firstInView());
  if (BEADS[at]) chooseBead(BEADS[at]);
  else announce.textContent = by > 0 ? "The last bead." : "The first bead.";
}

/** The next bead of a sort behind the chosen one, or the first of all. */
function nextOf(name) {
  const after = here ? NUMBER.get(here) + 1 : 0;
  const found = BEADS.slice(after).find((bead) => bead.classList.contains(name))
    ?? BEADS.find((bead) => bead.classList.contains(name));
  if (found) chooseBead(found);
}

const BARS = [...document.querySelectorAll("#strip a")];

function drawHere() {
  const at = Math.min(BARS.length - 1, Math.floor((NUMBER.get(here) * BARS.length) / BEADS.length));
  BARS.forEach((bar, i) => bar.classList.toggle("here", i === at));
}

document.getElementById("strip").addEventListener("keydown", (event) => {
  const onward = event.currentTarget.dir === "rtl" ? -1 : 1;
  const at = BARS.indexOf(event.target);
  const to = { ArrowRight: at + onward, ArrowLeft: at - onward, Home: 0, End: BARS.length - 1 }[event.key];
  if (!BARS[to]) return;
  event.preventDefault();
  event.target.tabIndex = -1;
  BARS[to].tabIndex = 0;
  BARS[to].focus();
});

/** Arrows inside a bead: up and down to its neighbours, along the line from word to word. */
function arrow(event) {
  const bead = event.target.closest(".bead");
  if (!bead || event.target.closest("button")) return;
  const side = event.target.closest(".s, .t") ?? bead;
  const onward = getComputedStyle(side).direction === "rtl" ? -1 : 1;
  const act = {
    ArrowDown: () => walk(1),
    ArrowUp: () => walk(-1),
    ArrowRight: () => step(bead, onward),
    ArrowLeft: () => step(bead, -onward),
  }[event.key];
  event.preventDefault();
  if (here !== bead) chooseBead(bead, { focus: false });
  act();
}

document.addEventListener("focusin", (event) => {
  const bead = event.target.closest(".bead");
  if (bead && bead !== here) chooseBead(bead, { focus: false });
});
