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

/** The first bead in the window.  The browser is asked what is where, since to measure beads
    that are out of view it would have to lay them out. */
function firstInView() {
  const frame = document.getElementById("beads").getBoundingClientRect();
  for (let y = SMALL.matches ? 4 : 114; y < innerHeight; y += 16) {
    const node = document.elementFromPoint(frame.left + frame.width / 4, y);
    const bead = node?.closest(".bead") ?? node?.closest(".run")?.querySelector(".bead");
    if (bead) return bead;
  }
  return BEADS[0];
}

function inView(node) {
  const box = node.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}

/** To a neighbour; who has scrolled away goes on from what is in view. */
function walk(by) {
  const to = here && inView(here) ? BEADS[NUMBER.get(here) + by] : firstInView();
  if (to) chooseBead(to);
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
