// The side panel: the hits behind a number.
import { h, bdi, empty, save } from "./dom.mjs";
import { csv } from "./csv.mjs";
import { holdsTexts } from "./words.mjs";
import { select, formatState, ALL, NONE } from "./query.mjs";
import { sentenceLine, factsOf, placeOf } from "./lines.mjs";
import { plural, whole } from "./scale.mjs";
import { hitRows, HIT_HEAD } from "./export.mjs";

const STEP = 50;

export function describe(filter, data) {
  const words = [];
  if (filter.frame) words.push(data.frameName(filter.frame));
  if (filter.term) words.push("“" + filter.term + "”");
  if (filter.actor) words.push(data.actorName(filter.actor));
  if (filter.pair) words.push(data.pairName(filter.pair));
  if (filter.pole) words.push("names of " + filter.pole);
  if (filter.variant) words.push("“" + filter.variant + "”");
  if (filter.word) words.push("the word “" + filter.word + "”");
  if (filter.layer === "quotation") words.push("quotations");
  if (filter.both) words.push(filter.both.split(",").map((thing) => (thing.startsWith("actor:") ? data.actorName(thing.slice(6)) : data.frameName(thing.slice(6)))).join(" with "));
  if (filter.voice) words.push("voice: " + filter.voice.replaceAll(",", ", "));
  const role = (key, name) => filter[key] && words.push(name + ": " + (filter[key] === NONE ? "not said" : data.actorName(filter[key])));
  role("speaker", "speaker");
  role("agent", "who");
  role("target", "to whom");
  if (filter.roles === "firm") words.push("firm answers");
  if (filter.month) words.push(filter.month);
  if (filter.article) words.push(filter.article);
  if (filter.q) words.push("with “" + filter.q + "”");
  words.push(filter.group && filter.group !== ALL ? [filter.group, filter.other].filter(Boolean).join(" and ") : "all " + data.groupWord);
  return words.join(" · ");
}

export function panel(data, store, go) {
  const title = h("h2", { id: "panel-title", tabindex: "-1" });
  const count = h("p", { class: "count", "aria-live": "polite" });
  const list = h("ol", { class: "hits" });
  const more = h("button", { type: "button" });
  const close = h("button", { type: "button", class: "close" }, "Close");
  const box = h("aside", { id: "panel", hidden: true, "aria-labelledby": "panel-title" });
  let found = [];
  let shown = 0;
  let filter = {};
  const grow = () => {
    list.append(...found.slice(shown, shown + STEP).map((hit) => item(data, store, hit)));
    shown = Math.min(found.length, shown + STEP);
    more.hidden = shown >= found.length;
    more.textContent = `Show the next ${Math.min(STEP, found.length - shown)} of ${whole(found.length)}`;
  };
  more.addEventListener("click", grow);
  const search = h("button", { type: "button" }, "Search in these");
  search.addEventListener("click", () => go(formatState("hits", filter)));
  const saved = h("button", { type: "button" }, "Save as CSV");
  saved.addEventListener("click", () => save("hits.csv", "text/csv", csv(HIT_HEAD, hitRows(store, found))));
  box.append(h("div", { class: "bar" }, title, close), count, h("div", { class: "saves" }, search, saved), list, more);
  return {
    box, close,
    show(wanted) {
      filter = wanted;
      found = select(store, filter);
      title.textContent = describe(filter, data);
      search.hidden = filter.word !== undefined;
      count.textContent = heading(data, store, filter, found.length);
      box.dataset.count = found.length;
      empty(list);
      shown = 0;
      grow();
      box.hidden = false;
      box.scrollTop = 0;
      title.focus({ preventScroll: true });
    },
    hide() {
      box.hidden = true;
    },
  };
}

function heading(data, store, filter, n) {
  if (filter.word !== undefined && !holdsTexts(store)) return "Words are looked for in the texts, which are not in this page; vocabulary.csv counts them.";
  const what = plural(n, filter.both ? "sentence" : filter.layer === "quotation" ? "quotation" : "hit");
  return store.depth === "sample" ? `${what} in ${whole(store.articles.length)} of ${whole(store.articlesTotal)} articles: this page holds a sample; mentions.csv has all.` : what + ".";
}

function item(data, store, hit) {
  const article = store.articles[hit.article];
  const open = h("a", { href: formatState("read", { article: article.id, hit: String(hit.at) }), class: "open" }, bdi(placeOf(store, hit)));
  return h("li", {}, sentenceLine(store, hit), factsOf(store, hit, data.actorName), h("p", { class: "place" }, open, hit.line ? ` line ${hit.line}` : ""));
}
