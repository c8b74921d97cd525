// A table whose cells are coloured by their values, which are printed. Where there is no room for its columns, narrow
// fields, with their numbers as long as they fit; where there is none for these, a list.
import { h, s, svg, bdi, text, opens } from "./dom.mjs";
import { clip, plural, shade } from "./scale.mjs";
import { NONE } from "./query.mjs";

const COLUMN = 94;
const LABEL = 130;
// Widths of a field: the least, the least that holds a number, and the largest.
const [SQUARE, NUMBERED, WIDEST] = [12, 34, 60];
// Of a longer list each row has its largest cells.
const MOST_ROWS = 12;
const MOST_OF_ROW = 5;

export function matrix(what) {
  const { width, rows, columns, cells } = what;
  const largest = Math.max(0, ...cells.flat().map((cell) => (cell.plain ? 0 : cell.value ?? 0)));
  if (LABEL + columns.length * COLUMN <= Math.max(width, 300)) return table(what, largest);
  const label = 12 + 6.2 * Math.min(26, Math.max(...rows.map((name) => name.length)));
  const field = Math.min(WIDEST, Math.floor((width - label - 60) / columns.length));
  const fits = field >= NUMBERED || (field >= SQUARE && columns.length > MOST_ROWS);
  return fits ? fields(what, largest, label, field < NUMBERED ? Math.min(26, field) : field) : list(what, largest);
}

const classOf = (cell, largest) => (cell.plain ? "" : shade(cell.value, largest));

const saysOf = (cell, place) => `${place}: ${cell.text}${cell.small ? ` (${cell.small})` : ""}${cell.n > 0 && cell.filter ? ", " + plural(cell.n, "hit") : ""}`;

function table({ corner, rows, columns, ids, cells }, largest) {
  const head = h("tr", {}, h("th", { scope: "col" }, corner), columns.map((name, at) => h("th", { scope: "col", title: ids[1][at] }, bdi(clip(name, 26)))));
  const body = rows.map((name, r) => h("tr", {}, h("th", { scope: "row", title: ids[0][r] }, bdi(clip(name, 30))), columns.map((column, c) => filled(h("td", {}), cells[r][c], largest, `${name}, ${column}`))));
  return h("table", { class: "matrix" }, h("thead", {}, head), h("tbody", {}, body));
}

function filled(element, cell, largest, place) {
  const value = h("span", { class: "cell " + classOf(cell, largest) }, cell.text, cell.small ? h("small", {}, cell.small) : null);
  if (cell.n > 0 && cell.filter) opens(value, cell.filter, saysOf(cell, place), cell.n);
  element.append(value);
  return element;
}

function fields({ corner, width, rows, columns, cells }, largest, label, field) {
  const head = 12 + 5.4 * Math.min(26, Math.max(...columns.map((name) => name.length)));
  const high = Math.min(24, field);
  const picture = svg(width, head + rows.length * high + 6, corner);
  columns.forEach((name, c) => {
    const [x, y] = [label + c * field + field / 2 + 4, head - 6];
    picture.append(text(x, y, clip(name, 26), { class: "tick", transform: `rotate(-60 ${x.toFixed(1)} ${y.toFixed(1)})` }));
  });
  rows.forEach((name, r) => {
    const y = head + r * high;
    picture.append(text(label - 6, y + high / 2 + 4, clip(name, 26), { class: "tick", "text-anchor": "end" }));
    columns.forEach((column, c) => {
      const cell = cells[r][c];
      if (cell.text === "" && !(cell.n > 0)) return;
      const mark = s("g", { class: classOf(cell, largest) || "plain" }, s("rect", { x: label + c * field, y, width: field - 1, height: high - 1 }));
      if (field >= NUMBERED && cell.text.length * 6.4 < field) mark.append(text(label + (c + 0.5) * field, y + high / 2 + 4, cell.text, { class: "inside", "text-anchor": "middle" }));
      const says = saysOf(cell, `${name}, ${column}`);
      picture.append(cell.n > 0 && cell.filter ? opens(mark, cell.filter, says, cell.n) : (mark.prepend(s("title", {}, says)), mark));
    });
  });
  return picture;
}

function list({ rows, columns, cells }, largest) {
  const most = rows.length > MOST_ROWS ? MOST_OF_ROW : columns.length;
  return h("div", { class: "matrix-list" }, rows.map((name, r) => {
    const items = columns.map((column, c) => [column, cells[r][c]]).filter(([, cell]) => cell.n > 0 || cell.text !== "");
    if (items.length > most) items.sort(([, a], [, b]) => (b.value ?? 0) - (a.value ?? 0));
    const left = items.length > most ? h("p", { class: "hint" }, `and ${items.length - most} smaller ones: the table has all`) : null;
    const lines = items.slice(0, most).map(([column, cell]) => filled(h("li", {}, bdi(column), " "), cell, largest, `${name}, ${column}`));
    return h("section", {}, h("h4", {}, bdi(name)), items.length === 0 ? h("p", {}, "nothing") : h("ul", {}, lines), left);
  }));
}

// The names of rows and columns, most frequent first, and the sums of each two.
export function crossed(rows, rowKey, columnKey, most) {
  const sum = (key) => {
    const sums = new Map();
    for (const row of rows) sums.set(row[key], (sums.get(row[key]) ?? 0) + row.n);
    return [...sums].sort(([a, x], [b, y]) => (a === NONE) - (b === NONE) || y - x || (a < b ? -1 : 1)).map(([name]) => name);
  };
  const limit = (names) => (names.length <= most ? names : [...names.filter((name) => name !== NONE).slice(0, most - 1), ...names.filter((name) => name === NONE)]);
  const [rowNames, columnNames] = [limit(sum(rowKey)), limit(sum(columnKey))];
  const cells = rowNames.map((r) => columnNames.map((c) => rows.filter((row) => row[rowKey] === r && row[columnKey] === c).reduce((n, row) => n + row.n, 0)));
  return { rowNames, columnNames, cells };
}
