// One article: its whole text, zones that are not counted greyed, hits and actors marked, and a strip that shows where.
import { h, s, bdi, empty } from "./dom.mjs";
import { formatState } from "./query.mjs";
import { pieces, factsOf } from "./lines.mjs";

export function reader(data, store, go) {
  const box = h("dialog", { id: "reader", "aria-labelledby": "reader-title" });
  let article = null;
  let hits = [];
  let now = -1;
  const facts = h("div", { class: "now", "aria-live": "polite" });
  const step = (by) => {
    if (hits.length > 0) go(formatState("read", { article: article.id, hit: String(hits[(now + by + hits.length) % hits.length].at) }), true);
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  });
  const close = () => go(null);
  box.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  const mark = (at) => {
    now = at;
    for (const element of box.querySelectorAll(".now-hit")) element.classList.remove("now-hit");
    const hit = hits[at];
    empty(facts);
    if (!hit) return;
    facts.append(h("p", { class: "place" }, `Hit ${at + 1} of ${hits.length}, line ${hit.line}`), factsOf(store, hit, data.actorName));
    for (const element of box.querySelectorAll(`[data-hit="${hit.at}"]`)) {
      element.classList.add("now-hit");
      if (element.matches("mark")) element.scrollIntoView({ block: "center" });
    }
  };
  return {
    box,
    show(filter) {
      const found = store.articles.find((one) => one.id === filter.article);
      if (!found) return false;
      if (found !== article || !box.open) {
        article = found;
        hits = found.hits.map((at) => store.hits[at]).filter((hit) => hit.layer === "frame" || hit.layer === "naming");
        const button = (label, act) => h("button", { type: "button", onclick: act }, label);
        empty(box).append(
          h("header", {}, h("h2", { id: "reader-title", tabindex: "-1" }, bdi(found.title || found.id)), h("p", { class: "place" }, bdi([found.source, found.date, found.id].filter(Boolean).join(" · "))),
            h("div", { class: "saves" }, button("Previous hit", () => step(-1)), button("Next hit", () => step(1)), button("Close", close)), strip(hits), facts),
          h("article", { lang: "" }, textOf(store, found)));
        if (!box.open) box.showModal();
      }
      const wanted = hits.findIndex((hit) => String(hit.at) === filter.hit);
      mark(wanted < 0 ? 0 : wanted);
      return true;
    },
    hide() {
      if (box.open) box.close();
      article = null;
    },
  };
}

// Where in the article its hits stand: the beginning on the left.
function strip(hits) {
  const picture = s("svg", { class: "strip", viewBox: "0 0 1000 20", preserveAspectRatio: "none", role: "img", "aria-label": "Where the hits stand in the article" });
  picture.append(s("rect", { width: 1000, height: 20, class: "ground" }));
  for (const hit of hits) picture.append(s("rect", { x: hit.permille, y: 1, width: 3, height: 18, class: "v-" + (hit.voice || "none"), "data-hit": hit.at }));
  return picture;
}

function textOf(store, article) {
  if (article.text === "") return h("p", {}, "This page holds no text of the article.");
  const marks = article.hits.map((at) => store.hits[at]).filter((hit) => hit.start !== null && hit.layer !== "quotation").map((hit) => ({ start: hit.start, end: hit.end, hit }));
  const wordings = marks.filter((mark) => mark.hit.layer !== "actor" && mark.hit.layer !== "place");
  const inside = (mark) => wordings.some((other) => other.start < mark.end && mark.start < other.end);
  const all = [...wordings, ...marks.filter((mark) => !wordings.includes(mark) && !inside(mark))];
  const passages = article.passages.length ? article.passages : [[0, article.text.length, -1]];
  const note = article.whole ? null : h("p", { class: "missing" }, "Only the sentences with hits are in this page.");
  return [note, passages.map(([start, end, zone]) => {
    const here = all.filter((mark) => mark.start >= start && mark.end <= end).map((mark) => ({ ...mark, start: mark.start - start, end: mark.end - start }));
    const counted = zone < 0 || store.zones[zone].counted;
    const name = zone < 0 ? "" : store.zones[zone].name;
    return h("p", { class: counted ? name : "uncounted", title: counted ? null : name + ": not counted" }, bdi(pieces(article.text.slice(start, end), here).map((piece) => {
      if (!piece.hit) return document.createTextNode(piece.text);
      if (piece.hit.layer === "actor" || piece.hit.layer === "place") return h("span", { class: "actor", title: piece.hit.entry.name }, piece.text);
      return h("mark", { class: "v-" + (piece.hit.voice || "none"), "data-hit": piece.hit.at, title: `${piece.hit.entry.name}, ${piece.hit.voice || "name"}` }, piece.text);
    })));
  })];
}
