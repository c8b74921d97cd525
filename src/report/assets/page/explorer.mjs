// Every hit: searched as one types, filtered, sorted, and saved.
import { h, bdi, empty, save } from "./dom.mjs";
import { csv } from "./csv.mjs";
import { around } from "./codec.mjs";
import { select, sorted, formatState, ALL } from "./query.mjs";
import { describe } from "./panel.mjs";
import { hitRows, HIT_HEAD } from "./export.mjs";
import { plural, whole } from "./scale.mjs";

const STEP = 100;
const CONTEXT = 90;
const SORTS = [["", "as in the articles"], ["left", "words to the left"], ["right", "words to the right"], ["hit", "the hit"], ["frame", "frame or name"], ["voice", "voice"], ["outlet", "group"], ["date", "date"]];

export function explorer(data, store, replace) {
  const choice = (name, label, options) => h("label", {}, label + " ", h("select", { name }, options.map(([value, text]) => h("option", { value }, text))));
  const used = (layer) => [...new Map(store.entries.filter((entry) => entry.layer === layer).map((entry) => [layer === "actor" ? entry.roll : entry.code, layer === "actor" ? data.actorName(entry.roll) : entry.name]))].sort(([, a], [, b]) => a.localeCompare(b));
  const q = h("input", { type: "search", name: "q", autocomplete: "off" });
  const form = h("form", { class: "filter", "aria-label": "Filter the hits" },
    h("label", {}, "Words ", q),
    choice("layer", "What", [["frame", "framing terms"], ["naming", "contested names"], ["actor", "actors"], ["quotation", "quotations"], ["", "everything"]]),
    choice("frame", "Frame", [["", "all"], ...used("frame")]),
    choice("actor", "Actor", [["", "all"], ...used("actor")]),
    choice("voice", "Voice", [["", "all"], ...store.voices.map((voice) => [voice, voice])]),
    choice("group", data.By, [["", "all"], ...data.groups.filter((group) => group !== ALL).map((group) => [group, group])]),
    h("label", {}, "From ", h("input", { name: "from", size: "10", placeholder: "2020-09" })),
    h("label", {}, "To ", h("input", { name: "to", size: "10", placeholder: "2023" })),
    choice("sort", "Sorted by", SORTS));
  const count = h("p", { class: "count", id: "found", "aria-live": "polite" });
  const body = h("tbody");
  const more = h("button", { type: "button" });
  const saved = h("button", { type: "button", id: "save-hits" }, "Save these as CSV");
  const clear = h("button", { type: "button" }, "Show all hits");
  let filter = { layer: "frame" };
  let found = [];
  let shown = 0;
  const grow = () => {
    body.append(...found.slice(shown, shown + STEP).map((hit) => row(store, hit)));
    shown = Math.min(found.length, shown + STEP);
    more.hidden = shown >= found.length;
    more.textContent = `Show the next ${Math.min(STEP, found.length - shown)} of ${whole(found.length)}`;
  };
  const refresh = () => {
    found = sorted(store, select(store, filter), filter.sort, around);
    const all = filter.layer ? store.hits.filter((hit) => hit.layer === filter.layer).length : store.hits.length;
    count.textContent = `${plural(found.length, "hit")} of ${whole(all)}: ${describe(filter, data)}`;
    count.dataset.count = found.length;
    empty(body);
    shown = 0;
    grow();
  };
  const typed = () => {
    for (const field of form.elements) {
      if (!field.name) continue;
      if (field.value === "") delete filter[field.name];
      else filter[field.name] = field.value.trim();
    }
    if (filter.actor) filter.layer = "actor";
    if (filter.frame || filter.voice) filter.layer = filter.layer === "naming" && !filter.frame ? "naming" : "frame";
    if (filter.frame && filter.actor) delete filter.actor;
    fill();
    replace(formatState("hits", filter));
    refresh();
  };
  const fill = () => {
    for (const field of form.elements) if (field.name && document.activeElement !== field) field.value = filter[field.name] ?? "";
  };
  form.addEventListener("input", typed);
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", grow);
  clear.addEventListener("click", () => {
    filter = { layer: "frame" };
    fill();
    replace(formatState("hits", filter));
    refresh();
  });
  saved.addEventListener("click", () => save("hits.csv", "text/csv", csv(HIT_HEAD, hitRows(store, found))));
  const heads = ["where", "before", "hit", "after", "frame or name", "voice", "speaker"];
  const table = h("table", { class: "kwic" }, h("caption", {}, "A line opens its article."), h("thead", {}, h("tr", {}, heads.map((name) => h("th", { scope: "col" }, name)))), body);
  fill();
  refresh();
  return {
    box: h("div", { id: "explorer" }, form, count, h("div", { class: "saves" }, saved, clear), h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": "Every hit" }, table), more),
    show(wanted) {
      filter = { ...wanted };
      fill();
      refresh();
    },
  };
}

function row(store, hit) {
  const article = store.articles[hit.article];
  const { left, hit: word, right } = around(store, hit, CONTEXT);
  const open = h("a", { href: formatState("read", { article: article.id, hit: String(hit.at) }) }, bdi(article.group || article.id));
  return h("tr", {},
    h("td", { class: "where" }, open, h("small", {}, bdi(article.date), " line " + hit.line)),
    h("td", { class: "left" }, bdi(left)), h("td", { class: "word" }, h("mark", { class: "v-" + (hit.voice || "none") }, bdi(word))), h("td", {}, bdi(right)),
    h("td", {}, bdi(hit.entry.name), h("small", {}, bdi(hit.entry.term))), h("td", {}, hit.voice), h("td", {}, bdi(hit.speaker)));
}
