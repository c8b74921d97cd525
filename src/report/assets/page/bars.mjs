// Bars: to both sides of a middle, as shares of a whole, and against a reference.
import { s, svg, text, opens } from "./dom.mjs";
import { clip, linear, number, percent, whole } from "./scale.mjs";

const NARROW = 560;
const BAR = 18;

// Labels stand before the bars, above them where there is little room.
function layout(width, longest) {
  const narrow = width < NARROW;
  const label = narrow ? 0 : Math.min(Math.max(210, width / 4), 16 + longest * 6.6);
  return { narrow, label, most: Math.floor(narrow ? width / 7 : (label - 8) / 6.6), step: narrow ? BAR + 26 : BAR + 8, from: label + 6, to: width - 8 };
}

function legend(picture, names, width, classOf) {
  let [x, y] = [2, 0];
  for (const name of names) {
    const room = 26 + name.length * 6.6;
    if (x + room > width) [x, y] = [2, y + 20];
    picture.append(s("rect", { x, y: y + 2, width: 12, height: 12, class: classOf(name) }));
    picture.append(text(x + 17, y + 12, name, { class: "tick" }));
    x += room;
  }
  return y + 28;
}

function rowLabel(picture, row, y, at, extra) {
  const says = at.narrow ? clip(row.label, at.most - extra.length - 3) + " · " + extra : clip(row.label, at.most);
  picture.append(text(at.narrow ? 2 : at.label, y + (at.narrow ? 12 : 13), says, { class: "label halo", "text-anchor": at.narrow ? "start" : "end" }));
  return y + (at.narrow ? 18 : 0);
}

function segment(picture, x, width, y, cls, n, filter, says) {
  const mark = s("g", {});
  mark.append(s("rect", { x, y, width: Math.max(0.5, width), height: BAR, class: cls + " part" }));
  const label = whole(n);
  if (width > 8 + 7 * label.length) mark.append(text(x + width / 2, y + 13, label, { class: "on " + cls, "text-anchor": "middle" }));
  picture.append(opens(mark, filter, says, n));
}

// Parts before `middle` go to the left, the others to the right, each row a hundred per cent wide.
export function divergingBars(rows, parts, middle, width) {
  const longest = Math.max(4, ...rows.map((row) => row.label.length));
  const at = layout(width, longest);
  const share = (row, from, to) => row.counts.slice(from, to).reduce((a, b) => a + b, 0) / row.n;
  const left = Math.max(0.05, ...rows.map((row) => share(row, 0, middle)));
  const right = Math.max(0.05, ...rows.map((row) => share(row, middle)));
  const end = at.to - (at.narrow ? 0 : 120);
  const unit = (end - at.from) / (left + right);
  const zero = at.from + left * unit;
  const picture = svg(width, 0, "Voices");
  let y = legend(picture, parts, width, (name) => "v-" + name);
  picture.append(text(zero - 6, y + 10, "← others’ words", { class: "tick", "text-anchor": "end" }), text(zero + 6, y + 10, "article’s own →", { class: "tick" }));
  y += 18;
  const top = y;
  for (const row of rows) {
    const [low, high] = [row.low, row.high].map((share) => number(share === null ? null : share * 100, 0));
    const own = low === high ? `own ${low} %` : `own ${low} to ${high} %`;
    const bar = rowLabel(picture, row, y, at, `n ${whole(row.n)}, ${own}`);
    let x = zero - share(row, 0, middle) * unit;
    row.counts.forEach((n, part) => {
      if (n === 0) return;
      const w = (n / row.n) * unit;
      segment(picture, x, w, bar, "v-" + parts[part], n, { ...row.filter, voice: parts[part] }, `${row.label}: ${parts[part]} ${whole(n)} of ${whole(row.n)} (${percent(n, row.n)})`);
      x += w;
    });
    if (!at.narrow) picture.append(opens(s("g", {}, text(end + 8, bar + 13, `${whole(row.n)} · ${own}`, { class: "tick" })), row.filter, `${row.label}: all ${whole(row.n)} hits`, row.n));
    y += at.step;
  }
  picture.prepend(s("line", { x1: zero, x2: zero, y1: top - 4, y2: y, class: "zero" }));
  return sized(picture, width, y + 6);
}

export function shareBars(rows, parts, key, width) {
  const longest = Math.max(4, ...rows.map((row) => row.label.length));
  const at = layout(width, longest);
  const end = at.to - (at.narrow ? 0 : 60);
  const picture = svg(width, 0, "Shares");
  let y = legend(picture, parts, width, (name) => "k" + (parts.indexOf(name) % 8));
  for (const row of rows) {
    const bar = rowLabel(picture, row, y, at, `n ${whole(row.n)}`);
    let x = at.from;
    row.counts.forEach((n, part) => {
      if (n === 0) return;
      const w = (n / row.n) * (end - at.from);
      segment(picture, x, w, bar, "k" + (part % 8), n, { ...row.filter, [key]: parts[part] }, `${row.label}: ${parts[part]} ${whole(n)} of ${whole(row.n)} (${percent(n, row.n)})`);
      x += w;
    });
    if (!at.narrow) picture.append(opens(s("g", {}, text(end + 8, bar + 13, "n " + whole(row.n), { class: "tick" })), row.filter, `${row.label}: all ${whole(row.n)} hits`, row.n));
    y += at.step;
  }
  return sized(picture, width, y + 6);
}

const against = (row) => `(${whole(row.n)} : ${whole(row.against)})`;

// More often in `group` to the right, more often in `reference` to the left; both named at the top.
export function twoSided(rows, group, reference, width) {
  const longest = Math.max(4, ...rows.map((row) => row.label.length));
  const at = layout(width, longest);
  const end = at.to - (at.narrow ? 40 : 40 + 7 * Math.max(...rows.map((row) => against(row).length), 1));
  const largest = Math.max(1, ...rows.map((row) => Math.abs(row.value)));
  const place = linear(-largest, largest, at.from, end);
  const picture = svg(width, 0, "Effects");
  const room = Math.floor((end - at.from) / 2 / 7);
  picture.append(text(place(0) - 8, 14, "← more in " + clip(reference, room - 12), { class: "tick", "text-anchor": "end" }), text(place(0) + 8, 14, "more in " + clip(group, room - 10) + " →", { class: "tick" }));
  let y = 26;
  for (const row of rows) {
    const bar = rowLabel(picture, row, y, at, `${whole(row.n)} against ${whole(row.against)}`);
    const mark = s("g", {});
    const span = (value, cls) => s("rect", { x: Math.min(place(0), place(value)), y: bar + 2, width: Math.max(0.5, Math.abs(place(value) - place(0))), height: BAR - 4, class: cls });
    mark.append(span(row.value, "effect"), span(Math.sign(row.value) === Math.sign(row.sure) ? row.sure : 0, "sure"));
    mark.append(text(end + 8, bar + 13, number(row.value, 1) + (at.narrow ? "" : ` ${against(row)}`), { class: "value" }));
    const says = `${row.label} (${row.id}): log ratio ${number(row.value)}, at least ${number(row.sure)}; ${whole(row.n)} hits against ${whole(row.against)}`;
    picture.append(row.filter && row.n > 0 ? opens(mark, row.filter, says, row.n) : (mark.prepend(s("title", {}, says)), mark));
    y += at.step;
  }
  picture.prepend(s("line", { x1: place(0), x2: place(0), y1: 20, y2: y, class: "zero" }));
  return sized(picture, width, y + 6);
}

function sized(picture, width, height) {
  picture.setAttribute("height", height);
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return picture;
}
