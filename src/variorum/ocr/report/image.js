// Pages and lines as drawings: the heat map on the image, the piece of it that is one line.

/** Each image is in the data once; here it becomes one object that every drawing points to. */
const sources = [];

function source(number) {
  const told = data.images[number];
  if (!told.startsWith("data:")) return told;
  if (!sources[number]) {
    const [head, body] = told.split(",", 2);
    const bytes = Uint8Array.from(atob(body), (c) => c.charCodeAt(0));
    sources[number] = URL.createObjectURL(new Blob([bytes], { type: head.slice(5).split(";")[0] }));
  }
  return sources[number];
}

const boxed = (page) => (page.rows ?? []).filter((r) => r.box);

/** Width and height of a page: as told, or as far as its lines reach. */
function extent(page) {
  if (page.width && page.height) return [page.width, page.height];
  const boxes = boxed(page).map((r) => r.box);
  return [Math.max(...boxes.map((b) => b[2])) * 1.05, Math.max(...boxes.map((b) => b[3])) * 1.05];
}

const ground = (page, width, height) => (page.image < 0 ? null : draw("image", { href: source(page.image), width, height, preserveAspectRatio: "none" }));

/** Lines of the copy by number, cut ones put together: [rows, errors, letters]. */
function lines(page) {
  const found = new Map();
  for (const r of boxed(page)) {
    const line = found.get(r.line) ?? { box: r.box, rows: [], errors: 0, letters: 0, lost: 0, number: r.line };
    line.rows.push(r);
    if (r.lost) line.lost += r.errors;
    else [line.errors, line.letters] = [line.errors + r.errors, line.letters + r.letters];
    found.set(r.line, line);
  }
  return [...found.values()];
}

/** What stands beside a line on the image: its errors, or per cent where there is no truth. */
const amount = (line) => (data.truth ? numeral(line.errors) : `${Math.round((100 * line.errors) / Math.max(1, line.letters))}`);

/** The page on its image, every line shaded and numbered by its errors. */
function leaf(page) {
  const [width, height] = extent(page);
  const size = width / 46;
  const all = lines(page);
  const bad = all.filter((line) => line.rows.some(wanting));
  return draw(
    "svg", { class: "leaf", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": described(page, all, bad) },
    page.image < 0 ? draw("rect", { class: "blank", width, height }) : ground(page, width, height),
    ...all.flatMap((line) => heat(line, size)),
    ...words(page, () => true),
  );
}

function described(page, all, bad) {
  const what = data.truth ? "have errors" : "are doubtful";
  const worst = [...bad].sort((a, b) => b.errors - a.errors).slice(0, 3).map((line) => line.number);
  const told = `${page.label}: ${bad.length} of ${many(all.length, "line", "lines")} ${what}`;
  return worst.length ? `${told}; most in line ${worst.join(", ")}. The lines follow as text.` : `${told}.`;
}

function heat(line, size) {
  const [left, top, right, bottom] = line.box;
  const shade = level(line.errors, line.letters);
  const number = line.rows[0].number;
  const out = [];
  if (shade || !data.truth) out.push(draw("rect", { class: `heat l${shade}`, "data-row": number, x: left, y: top, width: right - left, height: bottom - top }, draw("title", {}, titled(line))));
  else out.push(draw("rect", { class: "heat l0", "data-row": number, x: left, y: top, width: right - left, height: bottom - top }));
  if (shade && (data.truth || shade >= 2)) out.push(...tag(amount(line), left, (top + bottom) / 2, size, `l${shade}`));
  if (line.lost) {
    out.push(draw("path", { class: "gap", d: `M${left} ${top - 2}H${right}` }), ...tag(`−${numeral(line.lost)}`, left, top - 2, size, "lost"));
  }
  return out;
}

const titled = (line) => (data.truth ? `line ${line.number}: ${many(line.errors, "error", "errors")} in ${many(line.letters, "letter", "letters")}` : `line ${line.number}: about ${amount(line)} %`);

/** A number in the margin, in a box as dark as the line: said without colour too. */
function tag(text, left, middle, size, kind) {
  const width = size * (0.5 + 0.62 * text.length);
  const x = Math.max(0, left - width - size * 0.3);
  return [
    draw("rect", { class: `tag ${kind}`, x, y: middle - size * 0.68, width, height: size * 1.36, rx: size * 0.2 }),
    draw("text", { class: `tag ${kind}`, x: x + width / 2, y: middle + size * 0.36, "font-size": size, "text-anchor": "middle" }, text),
  ];
}

/** Outlines of the words that have errors in them, those of the page that are wanted. */
function words(page, wantedBox) {
  const out = [];
  for (let i = 0; i < page.words.length; i += 5) {
    const [left, top, right, bottom] = page.words.slice(i, i + 4);
    if (wantedBox(left, top, right, bottom)) out.push(draw("rect", { class: "word", x: left - 3, y: top - 3, width: right - left + 6, height: bottom - top + 6, rx: 4 }));
  }
  return out;
}

/** The piece of the image that is one line, at the scale of its page's widest. */
function crop(r) {
  if (!r.box || r.page.image < 0 || r.lost) return null;
  const [width, height] = extent(r.page);
  const [left, top, right, bottom] = r.box;
  const room = (bottom - top) * 0.35;
  const [x, w] = [left - room, right - left + 2 * room];
  const inside = (a, b, c, d) => (b + d) / 2 > top && (b + d) / 2 < bottom && c > left && a < right;
  const made = draw(
    "svg", { class: "crop", viewBox: `${x} ${top - room} ${w} ${bottom - top + 2 * room}`, role: "img", "aria-label": `Line ${r.line} on the image of the page` },
    ground(r.page, width, height), ...words(r.page, inside),
  );
  made.style.setProperty("--part", `${Math.min(100, (100 * w) / widest(r.page))}%`);
  return make("div", { class: "strip" }, made);
}

function widest(page) {
  page.widest ??= Math.max(...boxed(page).map((r) => r.box[2] - r.box[0] + 0.7 * (r.box[3] - r.box[1])));
  return page.widest;
}

/** A page in small: its lines where they stand, or one under the other where nobody says. */
function thumb(page) {
  const all = lines(page);
  const [width, height] = all.length ? extent(page) : [100, 135];
  const drawn = all.length ? all.map((line) => bar(line.box, line)) : stack(page.rows ?? []);
  return draw("svg", { class: "thumb", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, draw("rect", { class: "blank", width, height }), ...drawn);
}

const bar = ([left, top, right, bottom], { errors, letters }) => draw("rect", { class: `bar l${level(errors, letters)}`, x: left, y: top, width: right - left, height: bottom - top });

const STACKED = 45;

function stack(rows) {
  const each = Math.max(1, Math.ceil(rows.length / STACKED));
  const sums = [];
  for (let i = 0; i < rows.length; i += each) {
    const part = rows.slice(i, i + each);
    sums.push({ errors: part.reduce((n, r) => n + r.errors, 0), letters: part.reduce((n, r) => n + r.letters, 0) });
  }
  const most = Math.max(1, ...sums.map((s) => s.letters));
  const step = Math.min(4, 120 / Math.max(1, sums.length));
  return sums.map((s, i) => bar([10, 8 + i * step, 10 + 80 * Math.max(0.05, s.letters / most), 8 + (i + 0.7) * step], s));
}
