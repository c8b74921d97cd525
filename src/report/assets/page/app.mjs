// Puts the page together: figures at once, hits as soon as they are unpacked, and the address that says what is open.
import { dressed } from "./theme.mjs";
import { unpack, expand } from "./codec.mjs";
import { figures } from "./figures.mjs";
import { card } from "./card.mjs";
import { panel } from "./panel.mjs";
import { explorer } from "./explorer.mjs";
import { reader } from "./reader.mjs";
import { parseState, formatState } from "./query.mjs";

const DIALOGS = ["open", "hits", "read"];

function named(list) {
  const names = new Map((list ?? []).map(([code, name]) => [code, name]));
  return (code) => names.get(code) || code;
}

export function prepared(data) {
  return { ...data, frameName: named(data.frames), actorName: named(data.actors), pairName: named(data.pairs) };
}

export async function start() {
  dressed(document.getElementById("theme"));
  const data = prepared(await unpack(document.getElementById("data-tables").textContent));
  const cards = [];
  for (const figure of figures(data)) {
    const place = document.querySelector(`[data-place="${figure.id}"]`);
    if (!place) continue;
    const made = card(figure);
    place.append(made);
    place.closest("section").hidden = false;
    made.redraw();
    cards.push(made);
    if (cards.length === 1) window.firstFigure = performance.now();
  }
  for (const link of document.querySelectorAll("nav a")) link.parentNode.hidden = document.querySelector(link.getAttribute("href"))?.hidden ?? false;
  onPaper(cards);
  const packed = document.getElementById("data-hits");
  if (packed) await new Promise((done) => setTimeout(done)).then(() => unpack(packed.textContent)).then((hits) => withHits(data, expand(hits)));
  document.documentElement.dataset.ready = "yes";
}

function withHits(data, store) {
  let back = "";
  const go = (fragment, inPlace) => {
    if (fragment === null) fragment = back;
    if (inPlace) {
      history.replaceState(null, "", fragment || location.pathname + location.search);
      route();
    } else if (fragment === "") {
      history.pushState(null, "", location.pathname + location.search);
      route();
    } else {
      location.hash = fragment;
    }
  };
  const replace = (fragment) => history.replaceState(null, "", fragment);
  const side = panel(data, store, go);
  const all = explorer(data, store, replace);
  const one = reader(data, store, go);
  side.close.addEventListener("click", () => {
    const opener = document.querySelector(".opened");
    go("");
    opener?.focus({ preventScroll: true });
  });
  document.body.append(side.box, one.box);
  document.querySelector('[data-place="hits"]').append(all.box);
  const open = (element) => {
    for (const other of document.querySelectorAll(".opened")) other.classList.remove("opened");
    element.classList.add("opened");
    go(formatState("open", JSON.parse(element.dataset.filter)));
  };
  document.addEventListener("click", (event) => {
    const element = event.target.closest("[data-filter]");
    if (element) open(element);
  });
  document.addEventListener("keydown", (event) => {
    const element = event.target.closest?.("[data-filter]");
    if (element && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      open(element);
    }
    if (event.key === "Escape" && !side.box.hidden && !one.box.open) side.close.click();
  });
  function route() {
    const { view, filter } = parseState(location.hash);
    if (view !== "read") one.hide();
    if (view === "open") side.show(filter);
    else if (view !== "read") side.hide();
    if (view === "hits" && Object.keys(filter).length > 0) {
      all.show(filter);
      document.getElementById("hits").scrollIntoView();
    }
    if (view === "read") one.show(filter);
    else back = DIALOGS.includes(view) ? location.hash : "";
  }
  addEventListener("hashchange", route);
  addEventListener("popstate", route);
  for (const link of document.querySelectorAll(".waits")) link.classList.remove("waits");
  if (parseState(location.hash).view) route();
}

function onPaper(cards) {
  let closed = [];
  addEventListener("beforeprint", () => {
    document.documentElement.dataset.paper = "yes";
    for (const made of cards) made.onPaper();
    closed = [...document.querySelectorAll("details.print:not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => {
    delete document.documentElement.dataset.paper;
    for (const made of cards) made.redraw();
    for (const one of closed) one.open = false;
  });
}
