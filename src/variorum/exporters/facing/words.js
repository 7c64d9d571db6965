// Words and their counterparts: wrapped when a bead is first looked at, lit up when one is chosen.

const LINKS = JSON.parse(document.getElementById("data").textContent);
const BEADS = [...document.querySelectorAll(".bead")];
const NUMBER = new Map(BEADS.map((bead, number) => [bead, number]));
const announce = document.getElementById("announce");

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Starts and ends from gaps and lengths. */
function places(flat) {
  const out = [];
  let at = 0;
  for (let i = 0; i < flat.length; i += 2) {
    at += flat[i];
    out.push([at, (at += flat[i + 1])]);
  }
  return out;
}

/** The text nodes of one side's sentences, each with its place in the sentences joined. */
function texts(cell) {
  const out = [];
  let at = 0;
  for (const sentence of cell.querySelectorAll(".x")) {
    const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      out.push([node, at]);
      at += node.length;
    }
    at += 1;
  }
  return out;
}

/** Put one stretch of a text node in an element, which is given back. */
function wrap(node, start, end) {
  if (end < node.length) node.splitText(end);
  const middle = start ? node.splitText(start) : node;
  const box = make("span", { class: "w", tabindex: "-1" });
  middle.replaceWith(box);
  box.append(middle);
  return box;
}

/** A list of elements for each word: several where a mark begins or ends within it. */
function wrapAll(cell, words) {
  const boxes = words.map(() => []);
  for (const [node, at] of texts(cell)) {
    const end = at + node.length;
    for (let i = words.length - 1; i >= 0; i -= 1) {
      const [from, to] = [Math.max(words[i][0], at), Math.min(words[i][1], end)];
      if (from < to) boxes[i].push(wrap(node, from - at, to - at));
    }
  }
  return boxes;
}

/** Element of a word → the elements of the same word and those of its counterparts. */
const WORDS = new WeakMap();
const unfolded = new Set();

function unfold(bead) {
  const number = NUMBER.get(bead);
  const told = LINKS[number];
  if (unfolded.has(number)) return;
  unfolded.add(number);
  if (!told) return;
  const sides = [".s", ".t"].map((side, i) => wrapAll(bead.querySelector(`:scope > ${side}`), places(told[i])));
  const mates = sides.map((words) => words.map(() => []));
  for (let i = 0; i < told[2].length; i += 2) {
    const [one, other] = [told[2][i], told[2][i + 1]];
    mates[0][one].push(...sides[1][other]);
    mates[1][other].push(...sides[0][one]);
  }
  sides.forEach((words, side) => words.forEach((own, i) => own.forEach((box) => WORDS.set(box, { own, mates: mates[side][i] }))));
  repaint();
}

let lit = [];

function dim() {
  for (const box of lit) box.classList.remove("lit");
  lit = [];
}

function light(box) {
  dim();
  const word = WORDS.get(box);
  lit = [...word.own, ...word.mates];
  for (const each of lit) each.classList.add("lit");
  return word;
}

const said = (boxes) => boxes.map((box) => box.textContent).join(" ");

/** The word that the pointer is on, or else the one that has the focus. */
function follow(target) {
  const bead = target?.closest?.(".bead");
  if (bead) unfold(bead);
  const word = target?.closest?.(".w") ?? document.activeElement.closest(".w");
  if (word) light(word);
  else dim();
}

document.addEventListener("pointerover", (event) => {
  const bead = event.target.closest?.(".bead");
  const first = bead && !unfolded.has(NUMBER.get(bead));
  if (bead) unfold(bead);
  // What is under the pointer became an element just now.
  follow(first ? document.elementFromPoint(event.clientX, event.clientY) : event.target);
});

document.addEventListener("focusin", (event) => {
  follow(event.target);
  const word = WORDS.get(event.target);
  if (word) announce.textContent = `${said(word.own)}: ${said(word.mates)}`;
});

/** The next or previous linked word of a bead, in the order of the page. */
function step(bead, by) {
  unfold(bead);
  const words = [...bead.querySelectorAll(".w")].filter((box) => WORDS.get(box).own[0] === box);
  const at = words.indexOf(document.activeElement);
  const to = at < 0 ? (by > 0 ? 0 : words.length - 1) : at + by;
  words[to]?.focus({ preventScroll: true });
  return words[to];
}
