// A figure on the page: title, switches, drawing, table, source line, and what can be saved of it.
import { h, bdi, empty, opens, save } from "./dom.mjs";
import { csv } from "./csv.mjs";
import { number, plural } from "./scale.mjs";

// Rows of a figure that its table shows; the file has all.
const MOST_ROWS = 400;
// Width of a figure on paper, and the height of a page that it may fill.
const PAPER = 680;
const PAGE = 760;
// Of one side of a picture: browsers draw no larger ones.
const MOST_PIXELS = 16000;

export function card(figure) {
  const how = {};
  const drawing = h("div", { class: "drawing" });
  const box = h("figure", { class: "card", "data-figure": figure.id });
  const draw = (width, page) => {
    const picture = figure.draw(Math.max(280, Math.floor(width)), { ...how, page });
    empty(drawing).append(picture);
    box.dataset.drawn = width;
  };
  const redraw = () => draw(drawing.clientWidth || box.clientWidth || PAPER);
  const table = h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": "Table: " + figure.title });
  const details = h("details", { class: "rows" }, h("summary", {}, "The same as a table"), table);
  details.addEventListener("toggle", () => {
    if (details.open && !table.firstChild) table.append(rows(figure));
  });
  const saves = h("div", { class: "saves", role: "group", "aria-label": "Save this figure" },
    h("button", { type: "button", "data-save": "csv", onclick: () => save(figure.id + ".csv", "text/csv", asCsv(figure)) }, "CSV"),
    h("button", { type: "button", "data-save": "svg", onclick: () => withSvg(drawing, (text) => save(figure.id + ".svg", "image/svg+xml", text)) }, "SVG"),
    h("button", { type: "button", "data-save": "png", onclick: () => withSvg(drawing, (text, w, t) => png(text, w, t, figure.id)) }, "PNG"));
  box.append(...[
    h("h3", {}, bdi(figure.title)),
    figure.switches.length ? h("div", { class: "switches" }, figure.switches.map((one) => choose(one, how, redraw))) : null,
    drawing,
    h("figcaption", {}, figure.note + " ", figure.source ? h("span", { class: "source" }, "Source: ", h("a", { href: figure.source }, figure.source), ".") : null),
    saves,
    details,
  ].filter(Boolean));
  let width = 0;
  new ResizeObserver(() => {
    if (Math.abs(drawing.clientWidth - width) < 2 || document.documentElement.dataset.paper) return;
    width = drawing.clientWidth;
    redraw();
  }).observe(drawing);
  box.redraw = redraw;
  box.onPaper = () => draw(PAPER, PAGE);
  return box;
}

function choose(one, how, redraw) {
  const changed = (value) => {
    how[one.name] = value;
    redraw();
  };
  if (one.type === "check") return h("label", {}, h("input", { type: "checkbox", name: one.name, onchange: (event) => changed(event.target.checked) }), " " + one.label);
  const options = one.options.map(([value, label]) => h("option", { value }, label));
  return h("label", {}, one.label + " ", h("select", { name: one.name, onchange: (event) => changed(event.target.value) }, options));
}

function rows(figure) {
  const all = figure.rows();
  const cell = (value) => (typeof value === "number" ? h("td", { class: "num" }, Number.isInteger(value) ? String(value) : number(value, 3)) : h("td", {}, bdi(value === null || value === undefined ? "–" : value)));
  const line = (row) => h("tr", {}, row.cells.map((value, at) => {
    if (at !== row.n || !row.filter || !(value > 0)) return cell(value);
    return h("td", { class: "num" }, opens(h("span", { class: "link" }, String(value)), row.filter, `${value} hits`, value));
  }));
  const cut = all.length > MOST_ROWS ? `The first ${MOST_ROWS} of ${plural(all.length, "row")}; “CSV” saves all.` : plural(all.length, "row");
  return h("table", { class: "plain" }, h("caption", {}, cut), h("thead", {}, h("tr", {}, figure.head.map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, all.slice(0, MOST_ROWS).map(line)));
}

export function asCsv(figure) {
  return csv(figure.head, figure.rows().map((row) => row.cells));
}

const DRAWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "font-family", "font-size", "font-weight", "paint-order", "background-color", "color"];

// The drawing with its colours written into it, so that it looks the same elsewhere. Matrices are drawn as SVG too.
function withSvg(drawing, then) {
  const picture = drawing.querySelector("svg") ?? pictured(drawing);
  const copy = picture.cloneNode(true);
  const [from, to] = [[picture, ...picture.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  if (picture.isConnected) from.forEach((element, at) => {
    const style = getComputedStyle(element);
    for (const name of DRAWN) {
      const value = style.getPropertyValue(name);
      if (value && name !== "background-color" && name !== "color") to[at].setAttribute(name, value);
    }
    for (const name of ["class", "tabindex", "role", "data-filter", "data-n"]) to[at].removeAttribute(name);
  });
  const [width, height] = [Number(copy.getAttribute("width")), Number(copy.getAttribute("height"))];
  const paper = document.createElementNS(copy.namespaceURI, "rect");
  paper.setAttribute("width", width);
  paper.setAttribute("height", height);
  paper.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(paper);
  copy.setAttribute("xmlns", copy.namespaceURI);
  then(new XMLSerializer().serializeToString(copy), width, height);
}

// A matrix, which is a table on the page, as an SVG with a rectangle and a text for each cell.
function pictured(drawing) {
  const table = drawing.firstElementChild;
  const frame = table.getBoundingClientRect();
  const make = (tag, attributes, content) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (content) element.append(content);
    return element;
  };
  const picture = make("svg", { width: Math.ceil(frame.width), height: Math.ceil(frame.height), viewBox: `0 0 ${Math.ceil(frame.width)} ${Math.ceil(frame.height)}` });
  for (const element of table.querySelectorAll("th, .cell, h4, li > bdi")) {
    const [box, style] = [element.getBoundingClientRect(), getComputedStyle(element)];
    const [x, y] = [box.left - frame.left, box.top - frame.top];
    if (element.matches(".cell")) picture.append(make("rect", { x, y, width: box.width, height: box.height, fill: style.backgroundColor }));
    const lines = [element.firstChild?.textContent ?? "", element.querySelector("small")?.textContent ?? ""].filter(Boolean);
    lines.forEach((line, at) => picture.append(make("text", { x: x + 4, y: y + 15 + at * 14, fill: style.color, "font-size": at ? "11" : style.fontSize, "font-family": style.fontFamily }, line)));
  }
  return picture;
}

function png(text, width, height, id) {
  const image = new Image();
  image.onload = () => {
    const sharp = Math.min(2, MOST_PIXELS / width, MOST_PIXELS / height);
    const canvas = h("canvas", { width: width * sharp, height: height * sharp });
    const context = canvas.getContext("2d");
    context.scale(sharp, sharp);
    context.drawImage(image, 0, 0);
    canvas.toBlob((blob) => {
      document.documentElement.dataset.png = blob.size;
      save(id + ".png", "image/png", blob);
    }, "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
}
