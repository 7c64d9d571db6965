// Findings: the list as filtered and ordered, and the slip of the chosen one in its bead.

const list = document.getElementById("list");
const ITEMS = [...list.children];
const BY_WEIGHT = ITEMS.map((item, number) => ({ item, number, row: Number(item.dataset.row), kind: item.dataset.kind }));
const BY_PLACE = [...BY_WEIGHT].sort((a, b) => a.row - b.row || a.number - b.number);
let shown = BY_WEIGHT;
let chosen = null;
let slip = null;

function boxes() {
  return [...document.querySelectorAll("input[name=kind]")];
}

function drawList() {
  const kinds = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
  const order = document.getElementById("order").value === "text" ? BY_PLACE : BY_WEIGHT;
  shown = order.filter((finding) => kinds.has(finding.kind));
  for (const finding of BY_WEIGHT) finding.item.hidden = !kinds.has(finding.kind);
  list.append(...order.map((finding) => finding.item));
  const all = `${BY_WEIGHT.length} ${BY_WEIGHT.length === 1 ? "finding" : "findings"}`;
  const told = order === BY_PLACE ? "as in the texts" : "worst first";
  if (BY_WEIGHT.length) {
    document.getElementById("count").textContent =
      shown.length === BY_WEIGHT.length ? `${all}, ${told}` : `${shown.length} of ${all}, ${told}`;
  }
}

function unchoose() {
  slip?.remove();
  slip = null;
  for (const node of document.querySelectorAll("mark.chosen, .finding.chosen")) node.classList.remove("chosen");
  list.querySelector("[aria-current]")?.removeAttribute("aria-current");
  chosen = null;
}

/** Close the slip; the focus goes back to the list if it came from there. */
function closeFinding() {
  const { finding, fromList } = chosen;
  const bead = BEADS[finding.row];
  unchoose();
  setAddress(bead.id);
  if (fromList) finding.item.querySelector("a").focus();
  else bead.focus({ preventScroll: true });
}

function drawSlip({ item, row }) {
  const part = (name) => item.querySelector(`.${name}`)?.cloneNode(true) ?? null;
  const button = (label, act) => make("button", { type: "button", onclick: act }, label);
  const hue = [...item.classList].find((name) => /^f\d$/.test(name));
  slip = make("div", { class: `slip ${hue}` },
    make("p", { class: "top" }, part("swatch"), part("kind"),
      make("span", { class: "tools" }, button("Previous", () => onward(-1)), button("Next", () => onward(1)), button("Close", closeFinding))),
    part("said"), part("evidence"));
  BEADS[row].append(slip);
}

function chooseFinding(number, { fromList = false, focus = true } = {}) {
  const finding = BY_WEIGHT[number];
  unchoose();
  chosen = { finding, fromList };
  finding.item.classList.add("chosen");
  finding.item.querySelector("a").setAttribute("aria-current", "true");
  drawSlip(finding);
  for (const mark of document.querySelectorAll(`mark[data-f~="${number}"]`)) mark.classList.add("chosen");
  chooseBead(BEADS[finding.row], { address: finding.item.id, focus, always: true });
  const panel = list.closest("section");
  if (getComputedStyle(panel).position === "sticky") keepInPanel(finding.item, panel);
  const at = shown.indexOf(finding);
  const where = at < 0 ? "A finding that the filter hides" : `Finding ${at + 1} of ${shown.length}`;
  announce.textContent = `${where}, ${finding.item.querySelector(".kind").textContent}: ${finding.item.querySelector(".said").textContent}`;
}

/** Scroll the panel only: the page itself is at the bead. */
function keepInPanel(item, panel) {
  const [box, frame] = [item.getBoundingClientRect(), panel.getBoundingClientRect()];
  if (box.top < frame.top || box.bottom > frame.bottom) panel.scrollTop += box.top - frame.top - frame.height / 3;
}

/** The next or previous finding of the list, from the chosen one or from its beginning. */
function onward(by) {
  const at = chosen ? shown.indexOf(chosen.finding) : by > 0 ? -1 : shown.length;
  const next = shown[at + by];
  if (next) chooseFinding(next.number, { fromList: chosen?.fromList ?? false });
  else announce.textContent = shown.length ? "No further finding." : "There is no finding.";
}

/** The next finding of a kind, which is shown from now on if it was hidden. */
function nextOfKind(kind) {
  const box = boxes().find((each) => each.value === kind);
  if (!box.checked) {
    box.checked = true;
    drawList();
  }
  const of = shown.filter((finding) => finding.kind === kind);
  const at = chosen ? of.indexOf(chosen.finding) : -1;
  chooseFinding(of[(at + 1) % of.length].number);
}
