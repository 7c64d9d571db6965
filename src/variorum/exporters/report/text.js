// The witnesses side by side, and the alignment table of a turn.  A section is drawn when it
// comes near the window, and again when other witnesses are chosen.

const sectionsBox = document.getElementById("sections");
const shown = new Set();

/** The base first, then as many as fit: three columns where there is room, two where not. */
function firstShown() {
  const room = window.innerWidth < 640 ? 2 : 3;
  shown.add(data.base);
  for (const witness of WITNESSES) if (shown.size < room) shown.add(witness.number);
}

/** Shown witnesses, the base first. */
function shownInOrder() {
  return [...shown].sort((a, b) => (b === data.base) - (a === data.base) || a - b);
}

function shell(section) {
  const amount = section.loci.length ? many(section.loci.length, "place", "places") : "no difference";
  const score = make("details", { class: "alignment" }, make("summary", {}, "Alignment table"));
  score.addEventListener("toggle", () => score.open && drawScore(section, score));
  section.body = make("div", { class: "versions" });
  section.score = score;
  section.box = make(
    "section", { class: `turn ${section.role}`, id: `s${section.number}`, "aria-label": `${section.turn} ${section.title}`.trim() },
    make("h3", {},
      section.turn ? make("span", { class: "number" }, section.turn) : null,
      make("span", { dir: "auto" }, section.title),
      section.moved ? make("span", { class: "moved" }, "⇄ stands elsewhere in a witness") : null,
      make("span", { class: "amount" }, amount)),
    section.body, score,
  );
  // Room for what is not yet drawn, so that the scroll bar tells the truth.
  const longest = Math.max(0, ...section.spans.map((s) => pairs(s).reduce((n, [a, b]) => n + b - a, 0)));
  section.box.style.containIntrinsicBlockSize = `auto ${Math.round(8 + longest / 18)}rem`;
  return section.box;
}

const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) draw(SECTIONS[Number(target.id.slice(1))]);
  }
}, { rootMargin: "600px 0px" });

function layOut() {
  sectionsBox.replaceChildren(...SECTIONS.map(shell));
  for (const section of SECTIONS) watcher.observe(section.box);
}

function draw(section) {
  const key = shownInOrder().join();
  if (section.drawn === key) return;
  section.drawn = key;
  const order = shownInOrder();
  section.body.style.setProperty("--shown", order.length);
  section.body.replaceChildren(...order.map((w) => version(section, WITNESSES[w])));
}

function redraw() {
  for (const section of SECTIONS) if (section.drawn !== undefined) draw(section);
}

function version(section, witness) {
  const paragraphs = pairs(section.spans[witness.number]);
  const stretches = stretchesOf(section, witness, paragraphs);
  return make(
    "div", { class: "version", lang: witness.lang },
    make("h4", { lang: "en" }, siglum(witness),
      witness.number === data.base ? " base" : "", witness.synthetic ? " · synthetic" : ""),
    ...(paragraphs.length
      ? paragraphs.map((p) => make("p", { dir: "auto" }, ...runs(witness, p, stretches)))
      : [make("p", { class: "absent", lang: "en" }, "Nothing here.")]),
  );
}

/** What lies on the paragraphs, each stretch [start, end, what, more], by start. */
function stretchesOf(section, witness, paragraphs) {
  if (!paragraphs.length) return [];
  const from = Math.min(...paragraphs.map((p) => p[0]));
  const to = Math.max(...paragraphs.map((p) => p[1]));
  const near = (flat, what) => pairs(flat).filter(([a, b]) => a < to && b > from).map(([a, b]) => [a, b, what]);
  const out = [
    ...near(data.apart[witness.number], "apart"),
    ...near(data.joined[witness.number], "joined"),
    ...near(data.labels[witness.number], "label"),
    ...data.pages[witness.number].map((at, i) => [at, at, "page", i + 2]).filter(([at]) => at >= from && at < to),
  ];
  for (const number of section.loci) out.push(...locusStretches(place(number), witness, from));
  return out.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

function locusStretches(locus, witness, from) {
  const visible = locus.readings.filter((r) => r.witnesses.some((w) => shown.has(w.number)));
  const index = locus.readings.findIndex((r) => r.witnesses.some((w) => w.number === witness.number));
  if (index < 0) return [];
  const own = locus.readings[index].witnesses.find((w) => w.number === witness.number);
  const look = { locus, other: index > 0, quiet: visible.length < 2, absence: locus.readings[index].absence };
  return [
    // A gap at the very beginning stands after the last word of the turn before; it is shown here.
    ...own.spans.map(([a, b]) => (a === b ? [Math.max(a, from), Math.max(b, from), "locus", look] : [a, b, "locus", look])),
    ...own.marks.map(([a, b]) => [a, b, "mark"]),
  ];
}

/** The nodes of one paragraph: the text cut wherever a stretch begins or ends. */
function runs(witness, [start, end], stretches) {
  const here = stretches.filter(([a, b]) => (a < end && b > start) || (a === b && a >= start && a <= end));
  const edges = [...new Set([start, end, ...here.flatMap(([a, b]) => [a, b])])]
    .filter((at) => at >= start && at <= end).sort((a, b) => a - b);
  const out = [];
  let next = 0;
  let active = [];
  let before = null;
  edges.forEach((at, i) => {
    active = active.filter(([, b]) => b > at);
    for (; next < here.length && here[next][0] <= at; next += 1) {
      const [a, b] = here[next];
      if (a !== b) active.push(here[next]);
      else out.push(...point(here[next]));
    }
    const to = edges[i + 1];
    if (!(to > at) || active.some((s) => s[2] === "apart")) return;
    // The innermost place is the one a click chooses; its pieces make one mark.
    const look = active.findLast((s) => s[2] === "locus")?.[3] ?? null;
    const node = run(witness.text.slice(at, to), active);
    if (look && look === before && out.at(-1).tagName === "MARK") out.at(-1).append(node);
    else out.push(look ? marked(look, [node], "") : node);
    before = look;
  });
  return out;
}

function point([, , what, more]) {
  if (what === "page") return [make("span", { class: "page-break" }, ` |p. ${more}| `)];
  return what === "locus" ? [marked(more, ["⟨ ⟩", secret(`nothing: ${more.absence || "unexplained"}`)], "gap")] : [];
}

function run(text, active) {
  const is = (what) => active.some((s) => s[2] === what);
  let node = text;
  // The hyphen that the line end made is shown, and that a line ended there.
  if (is("joined")) node = make("span", { class: "line-break" }, `${text.replace(/\s+/gu, "")}|`);
  if (is("mark") && is("locus")) node = make("b", {}, node);
  return is("label") ? make("span", { class: "label" }, node) : node;
}

function marked({ locus, other, quiet }, children, more) {
  return make("mark", {
    class: [`f${locus.family}`, other ? "other" : "", quiet ? "quiet" : "", more].filter(Boolean).join(" "),
    "data-place": locus.number, title: `${locus.turn} ${locus.kind}`,
  }, ...children);
}

/** Columns of a section, in order: those of all tokens that stand in it, and of its places. */
function columnsOf(section) {
  const columns = new Set();
  for (const { number } of WITNESSES) {
    const own = tokens(number);
    for (const [start, end] of pairs(section.spans[number])) {
      for (let i = lower(own.starts, start); i < own.starts.length && own.starts[i] < end; i += 1) columns.add(own.columns[i]);
    }
  }
  for (const number of section.loci) {
    const { column, columns: size } = place(number);
    for (let at = column; at < Math.min(column + size, data.columns); at += 1) columns.add(at);
  }
  return [...columns].sort((a, b) => a - b);
}

/** What stands in a column: for each witness [as written, as compared], or nothing. */
function column(number) {
  return WITNESSES.map((witness) => {
    const own = tokens(witness.number);
    const i = lower(own.columns, number);
    if (own.columns[i] !== number) return null;
    const [n, t] = own.forms.get(i) ?? [];
    const written = t ?? witness.text.slice(own.starts[i], own.ends[i]);
    return [written, n ?? written];
  });
}

const AT_ONCE = 400;

/** The table in lines as wide as the page, a limited number of columns at once. */
function drawScore(section, box) {
  if (box.childElementCount > 1) return;
  const columns = columnsOf(section);
  let from = 0;
  const more = make("button", { type: "button", onclick: () => grow() });
  const grow = () => {
    const part = columns.slice(from, from + AT_ONCE);
    more.before(...scoreLines(part, box.clientWidth || sectionsBox.clientWidth));
    from += AT_ONCE;
    more.textContent = `Show ${many(Math.max(0, columns.length - from), "more column", "more columns")}`;
    more.hidden = from >= columns.length;
  };
  box.append(more);
  grow();
  if (state.chosen !== null) markColumns(place(state.chosen));
}

function scoreLines(columns, width) {
  const letter = 8, digit = 7, margin = 17, lines = [[]];
  let room = width - 70;
  for (const number of columns) {
    const cells = column(number);
    const wide = margin + Math.max(digit * `${number + 1}`.length, ...cells.map((c) => (c ? letter * breadth(c[0]) : 0)));
    if (wide > room && lines.at(-1).length) {
      lines.push([]);
      room = width - 70;
    }
    room -= wide;
    lines.at(-1).push([number, cells]);
  }
  return lines.filter((line) => line.length).map(scoreTable);
}

/** Letters across; those of East Asian scripts are as wide as two. */
function breadth(t) {
  let wide = 0;
  for (const letter of t) wide += letter >= "\u2e80" ? 2 : 1;
  return wide;
}

function scoreTable(line) {
  const caption = `Alignment, columns ${line[0][0] + 1} to ${line.at(-1)[0] + 1}`;
  return make("table", { class: "score", dir: direction },
    make("caption", { class: "sr" }, caption),
    make("thead", {}, make("tr", {}, make("td"), ...line.map(([n]) => make("th", { scope: "col" }, `${n + 1}`)))),
    make("tbody", {}, ...COLLATED.map((witness) => make("tr", {},
      make("th", { scope: "row" }, siglum(witness)),
      ...line.map(([n, cells]) => cell(n, cells[witness.number], cells[data.base], witness))))));
}

function cell(number, token, base, witness) {
  if (!token) return make("td", { class: base ? "empty other" : "empty", "data-column": number }, "–");
  const [t, n] = token;
  return make("td", { class: base && base[1] === n ? null : "other", "data-column": number, lang: witness.lang, title: t === n ? null : `compared as ${n}` },
    make("bdi", {}, t.replace(/\s+/gu, "")));
}
