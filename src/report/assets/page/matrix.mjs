// A table whose cells are coloured by their values, which are printed. Where there is no room for its columns, a list.
import { h, bdi, opens } from "./dom.mjs";
import { clip, shade } from "./scale.mjs";

const COLUMN = 88;
const LABEL = 130;

export function matrix({ corner, width, rows, columns, ids, cells }) {
  const largest = Math.max(0, ...cells.flat().map((cell) => cell.value ?? 0));
  if (LABEL + columns.length * COLUMN > Math.max(width, 300)) return list({ rows, columns, cells, largest });
  const head = h("tr", {}, h("th", { scope: "col" }, corner), columns.map((name, at) => h("th", { scope: "col", title: ids[1][at] }, bdi(clip(name, 26)))));
  const body = rows.map((name, r) => h("tr", {}, h("th", { scope: "row", title: ids[0][r] }, bdi(clip(name, 30))), columns.map((column, c) => filled(h("td", {}), cells[r][c], largest, `${name}, ${column}`))));
  return h("table", { class: "matrix" }, h("thead", {}, head), h("tbody", {}, body));
}

function filled(element, cell, largest, place) {
  const value = h("span", { class: "cell " + shade(cell.value, largest) }, cell.text, cell.small ? h("small", {}, cell.small) : null);
  if (cell.n > 0 && cell.filter) opens(value, cell.filter, `${place}: ${cell.text}, ${cell.n} hits`, cell.n);
  element.append(value);
  return element;
}

function list({ rows, columns, cells, largest }) {
  return h("div", { class: "matrix-list" }, rows.map((name, r) => {
    const items = columns.map((column, c) => [column, cells[r][c]]).filter(([, cell]) => cell.n > 0 || cell.text !== "");
    return h("section", {}, h("h4", {}, bdi(name)), items.length === 0 ? h("p", {}, "nothing") : h("ul", {}, items.map(([column, cell]) => filled(h("li", {}, bdi(column), " "), cell, largest, `${name}, ${column}`))));
  }));
}
