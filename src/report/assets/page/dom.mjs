// Elements. Text enters the page as text nodes alone, so that nothing in it is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

function make(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export const h = (tag, attributes = {}, ...children) => make(document.createElement(tag), attributes, children);

export const s = (tag, attributes = {}, ...children) => make(document.createElementNS(SVG, tag), attributes, children);

// A name from the corpus: whatever direction it is written in, its neighbours stay where they are.
export const bdi = (text) => h("bdi", {}, text);

export const text = (x, y, content, attributes = {}) => s("text", { x: x.toFixed(1), y: y.toFixed(1), ...attributes }, content);

export function svg(width, height, label) {
  return s("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": label });
}

// A mark that opens the hits behind it, with the pointer and with the keyboard.
export function opens(element, filter, label, n) {
  element.classList.add("opens");
  element.dataset.filter = JSON.stringify(filter);
  if (n !== undefined) element.dataset.n = n;
  element.setAttribute("tabindex", "0");
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", label);
  const title = element.namespaceURI === SVG ? s("title", {}, label) : null;
  if (title) element.prepend(title);
  else element.title = label;
  return element;
}

export const empty = (element) => {
  element.replaceChildren();
  return element;
};

export function save(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
