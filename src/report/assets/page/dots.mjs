// Rates with their intervals: a panel a thing, a row a group, a dot a rate.
import { h, s, svg, text, opens } from "./dom.mjs";
import { clip, linear, number, ticks, whole } from "./scale.mjs";

const ROW = 18;
const HEAD = 30;
const FOOT = 24;

export function columnsFor(width, least) {
  return Math.max(1, Math.min(4, Math.floor(width / least)));
}

// On paper, panels stand closer, and a picture ends where the page does.
export function dotPanels(panels, width, { common, page }) {
  const longest = Math.max(4, ...panels.flatMap((panel) => panel.rows.map((row) => row.label.length)));
  const label = Math.min(150, 14 + longest * 6.4);
  const columns = columnsFor(width, label + (page ? 120 : 190));
  const w = width / columns;
  const most = Math.max(0, ...panels.map((panel) => panel.rows.length));
  const height = HEAD + most * ROW + FOOT;
  // An interval of two or three articles reaches far: it is cut, with an arrow, before it hides where the dots are.
  const top = (panel) => {
    const largest = Math.max(...panel.rows.map((row) => row.value ?? 0), 0);
    const reach = Math.max(...panel.rows.map((row) => Math.max(row.high ?? 0, row.raw ?? 0)), largest);
    return largest > 0 ? Math.min(reach, 3 * largest) : reach;
  };
  const all = Math.max(0, ...panels.map(top));
  const of = page ? columns * Math.max(1, Math.floor(page / height)) : Math.max(1, panels.length);
  const pictures = [];
  for (let first = 0; first === 0 || first < panels.length; first += of) {
    const shown = panels.slice(first, first + of);
    const picture = svg(width, Math.ceil(shown.length / columns) * height, "Dots with intervals");
    shown.forEach((panel, at) => {
      const [x, y] = [(at % columns) * w, Math.floor(at / columns) * height];
      drawPanel(picture, panel, { x, y, w, label, largest: common ? all : top(panel) });
    });
    pictures.push(picture);
  }
  return pictures.length === 1 ? pictures[0] : h("div", {}, pictures);
}

function drawPanel(picture, panel, { x, y, w, label, largest }) {
  const [from, to] = [x + label + 12, x + w - 54];
  const place = linear(0, largest, from, to);
  picture.append(text(x + 2, y + 17, clip(panel.title, Math.floor((w - 12) / 7.6)), { class: "panel" }));
  const bottom = y + HEAD + panel.rows.length * ROW;
  for (const tick of ticks(largest, 3)) {
    picture.append(s("line", { x1: place(tick), x2: place(tick), y1: y + HEAD - 4, y2: bottom, class: "grid" }));
    picture.append(text(place(tick), bottom + 13, String(tick), { class: "tick", "text-anchor": "middle" }));
  }
  panel.rows.forEach((row, at) => {
    const middle = y + HEAD + at * ROW + ROW / 2;
    const mark = s("g", { class: row.whole ? "all" : "one" });
    mark.append(s("rect", { x: x, y: middle - ROW / 2, width: w - 6, height: ROW, class: "touch" }));
    mark.append(text(x + label, middle + 4, clip(row.label, 22), { class: "label", "text-anchor": "end" }));
    if (row.value !== null) {
      if (row.low !== null && row.high !== null) {
        const end = place(Math.min(row.high, largest));
        mark.append(s("line", { x1: place(Math.min(row.low, largest)), x2: end, y1: middle, y2: middle, class: "reach" }));
        if (row.high > largest) mark.append(s("path", { d: `M${end - 4} ${middle - 4}l5 4l-5 4`, class: "reach", fill: "none" }));
      }
      if (row.raw !== undefined && row.raw !== null) mark.append(s("line", { x1: place(Math.min(row.raw, largest)), x2: place(Math.min(row.raw, largest)), y1: middle - 6, y2: middle + 6, class: "before" }));
      mark.append(s("circle", { cx: place(row.value), cy: middle, r: 4, class: row.whole ? "ring" : "dot" }));
    }
    mark.append(text(x + w - 8, middle + 4, number(row.value), { class: "value", "text-anchor": "end" }));
    const says = row.says ? `${panel.title}, ${row.label}: ${number(row.value, 1)} ${row.unit ?? "%"} (${number(row.low, 1)} to ${number(row.high, 1)}), ${row.says}` : `${panel.title}, ${row.label}: ${number(row.value)} per 1,000 words (${number(row.low)} to ${number(row.high)}), ${whole(row.n)} in ${whole(row.words)} words`;
    picture.append(row.n > 0 ? opens(mark, row.filter, says, row.n) : mark);
  });
}
