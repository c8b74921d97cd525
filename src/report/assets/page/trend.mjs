// Rates from month to month: a small panel a frame, so that no colour has to tell lines apart.
import { s, svg, text, opens } from "./dom.mjs";
import { columnsFor } from "./dots.mjs";
import { clip, linear, number, ticks, whole } from "./scale.mjs";

const HEIGHT = 160;

export function trendPanels(panels, months, width) {
  const columns = columnsFor(width, 280);
  const w = width / columns;
  const picture = svg(width, Math.ceil(panels.length / columns) * HEIGHT, "Rates by month");
  const largest = Math.max(0, ...panels.flatMap((panel) => panel.points.map((point) => (point ? Math.max(point.value ?? 0, Math.min(point.high ?? 0, (point.value ?? 0) * 3)) : 0))));
  panels.forEach((panel, at) => drawPanel(picture, panel, months, largest, (at % columns) * w, Math.floor(at / columns) * HEIGHT, w));
  return picture;
}

function drawPanel(picture, panel, months, largest, x, y, w) {
  const [left, right, top, bottom] = [x + 34, x + w - 16, y + 26, y + HEIGHT - 28];
  const across = linear(0, months.length - 1, left + 6, right - 6);
  const up = linear(0, largest, bottom, top);
  picture.append(text(x + 2, y + 16, clip(panel.title, Math.floor((w - 6) / 8)), { class: "panel" }));
  for (const tick of ticks(largest, 3)) {
    picture.append(s("line", { x1: left, x2: right, y1: up(tick), y2: up(tick), class: "grid" }));
    picture.append(text(left - 4, up(tick) + 4, String(tick), { class: "tick", "text-anchor": "end" }));
  }
  picture.append(text(left, bottom + 15, months[0], { class: "tick" }), text(right, bottom + 15, months.at(-1), { class: "tick", "text-anchor": "end" }));
  // Half the way from month to month.
  const half = (right - left - 12) / Math.max(1, months.length - 1) / 2;
  panel.points.forEach((point, at) => {
    if (typeof point?.level !== "number") return;
    picture.append(s("line", { x1: Math.max(left, across(at) - half), x2: Math.min(right, across(at) + half), y1: up(point.level), y2: up(point.level), class: "level" }));
    if (typeof point.change !== "number") return;
    const says = `${panel.title}: a new level from ${point.month} on, ${number(point.level)} per 1,000 words (p ${number(point.change, 3)})`;
    picture.append(s("g", {}, s("title", {}, says), s("line", { x1: across(at) - half, x2: across(at) - half, y1: top, y2: bottom, class: "level" }), text(across(at) - half + 3, top + 8, point.month, { class: "tick halo" })));
  });
  let run = [];
  const flush = () => {
    if (run.length > 1) picture.append(s("path", { d: "M" + run.join("L"), class: "trend" }));
    run = [];
  };
  const marks = panel.points.map((point, at) => {
    if (!point || point.value === null) {
      flush();
      return null;
    }
    run.push(`${across(at).toFixed(1)} ${up(point.value).toFixed(1)}`);
    const mark = s("g", {});
    if (typeof point.low === "number" && typeof point.high === "number") mark.append(s("line", { x1: across(at), x2: across(at), y1: up(point.low), y2: Math.max(top, up(point.high)), class: "reach" }));
    if (point.high > largest) mark.append(s("path", { d: `M${across(at) - 4} ${top + 4}l4 -5l4 5`, class: "reach", fill: "none" }));
    mark.append(s("circle", { cx: across(at), cy: up(point.value), r: months.length > 36 ? 2 : 3, class: "dot" }));
    const says = `${panel.title}, ${point.month}: ${number(point.value)} per 1,000 words, ${whole(point.n)} hits`;
    return point.n > 0 ? opens(mark, point.filter, says, point.n) : mark;
  });
  flush();
  picture.append(...marks.filter(Boolean));
}
