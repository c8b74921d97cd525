// Which hits a number stands for: filters, their order, and the address fragment that says both.
import { uses } from "./words.mjs";

// Keys of a filter, in the order in which an address names them.
export const KEYS = ["layer", "frame", "term", "force", "actor", "pair", "pole", "variant", "voice", "group", "other", "speaker", "agent", "target", "roles", "month", "from", "to", "both", "word", "article", "hit", "q", "sort"];

export const NONE = "(none)";
export const ALL = "ALL";
const NOT_OWN = ["attributed", "quoted", "scare", "denied"];

// `#hits?frame=blockade&group=Daily` is the view `hits` with a filter; a plain `#frames` is a place on the page.
export function parseState(fragment) {
  const [view, query = ""] = fragment.replace(/^#/, "").split("?");
  const filter = {};
  for (const [key, value] of new URLSearchParams(query)) {
    if (KEYS.includes(key) && value !== "") filter[key] = value;
  }
  return { view, filter };
}

export function formatState(view, filter) {
  const query = new URLSearchParams();
  for (const key of KEYS) {
    if (filter[key] !== undefined && filter[key] !== "") query.set(key, filter[key]);
  }
  const text = query.toString();
  return "#" + view + (text ? "?" + text : "");
}

function isNamed(hit, code) {
  return hit.layer === "actor" && (hit.entry.code === code || hit.entry.roll === code);
}

function isThing(hit, thing) {
  const [layer, code] = [thing.slice(0, thing.indexOf(":")), thing.slice(thing.indexOf(":") + 1)];
  return layer === "actor" ? isNamed(hit, code) : hit.layer === layer && hit.entry.code === code;
}

// `other` names a second group.
function isOfGroup(article, filter) {
  return filter.group === undefined || filter.group === ALL || article.group === filter.group || article.group === filter.other;
}

// Whether one hit passes; the search for words and pairs in a sentence are looked at elsewhere.
export function passes(store, hit, filter) {
  const article = store.articles[hit.article];
  const is = (key, value) => filter[key] === undefined || filter[key] === value;
  const role = (key, tier) => {
    if (filter[key] === undefined) return true;
    const actor = filter.roles === "firm" && tier !== undefined && hit[tier] !== "firm" ? "" : hit[key];
    return filter[key] === NONE ? actor === "" : actor === filter[key];
  };
  if (!is("layer", hit.layer)) return false;
  if (filter.frame !== undefined && !(hit.layer === "frame" && hit.entry.code === filter.frame)) return false;
  if (filter.term !== undefined && !(hit.layer === "frame" && hit.entry.term === filter.term)) return false;
  if (filter.force !== undefined && !(hit.layer === "frame" && hit.entry.force === filter.force)) return false;
  if (filter.actor !== undefined && !isNamed(hit, filter.actor)) return false;
  if (filter.pair !== undefined && !(hit.layer === "naming" && hit.entry.code === filter.pair)) return false;
  if (filter.pole !== undefined && hit.entry.pole !== filter.pole) return false;
  if (filter.variant !== undefined && !(hit.layer === "naming" && hit.entry.term === filter.variant)) return false;
  if (filter.voice !== undefined && !filter.voice.split(",").includes(hit.voice)) return false;
  if (!isOfGroup(article, filter)) return false;
  if (filter.article !== undefined && article.id !== filter.article) return false;
  if (filter.month !== undefined && !article.date.startsWith(filter.month)) return false;
  if (filter.from !== undefined && !(article.date !== "" && article.date >= filter.from)) return false;
  if (filter.to !== undefined && !(article.date !== "" && article.date.slice(0, filter.to.length) <= filter.to)) return false;
  if (filter.speaker === NONE && hit.layer !== "quotation" && !NOT_OWN.includes(hit.voice)) return false;
  return role("speaker") && role("agent", "agentTier") && role("target", "targetTier");
}

// The hits of a filter, in the order of articles and texts. `both=actor:ARM,frame:blockade` gives one hit for each
// sentence with both.
export function select(store, filter) {
  if (filter.both !== undefined) return sentencesWith(store, filter);
  if (filter.word !== undefined) return uses(store, filter, (article) => isOfGroup(article, filter));
  const found = store.hits.filter((hit) => passes(store, hit, filter));
  return filter.q === undefined ? found : search(store, found, filter.q);
}

function sentencesWith(store, filter) {
  const [a, b] = filter.both.split(",");
  const found = [];
  const rest = { ...filter };
  delete rest.both;
  for (const article of store.articles) {
    const first = new Map();
    const other = new Set();
    for (const at of article.hits) {
      const hit = store.hits[at];
      if (!passes(store, hit, rest)) continue;
      if (isThing(hit, a) && !first.has(hit.sentence)) first.set(hit.sentence, hit);
      if (b === undefined || isThing(hit, b)) other.add(hit.sentence);
    }
    for (const [sentence, hit] of first) if (other.has(sentence)) found.push(hit);
  }
  return found;
}

// Every word that was typed stands in the sentence, in a name, or in what is known of the article.
export function search(store, hits, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return hits.filter((hit) => {
    const text = haystack(store, hit);
    return words.every((word) => text.includes(word));
  });
}

function haystack(store, hit) {
  if (hit.haystack === undefined) {
    const article = store.articles[hit.article];
    const sentence = hit.sentence >= 0 && article.sentences[hit.sentence] ? article.text.slice(...article.sentences[hit.sentence]) : "";
    hit.haystack = [sentence, hit.entry.term, hit.entry.code, hit.entry.name, hit.voice, hit.speaker, hit.agent, hit.target, article.source, article.group, article.title, article.date, article.id].join("\n").toLowerCase();
  }
  return hit.haystack;
}

const letters = (text) => text.replace(/^[^\p{L}\p{N}]+/u, "").toLowerCase();

// Sorts by the words to the right, by those to the left read from the hit outwards, by outlet, or by date.
export function sorted(store, hits, how, around) {
  const article = (hit) => store.articles[hit.article];
  const keys = {
    left: (hit) => around(store, hit, 60).left.trim().split(" ").reverse().map(letters).join(" "),
    right: (hit) => letters(around(store, hit, 60).right),
    hit: (hit) => around(store, hit, 60).hit.toLowerCase(),
    outlet: (hit) => article(hit).group,
    date: (hit) => article(hit).date,
    frame: (hit) => hit.entry.code + " " + hit.entry.term,
    voice: (hit) => hit.voice,
  };
  const key = keys[how];
  if (!key) return hits;
  const keyed = hits.map((hit) => [key(hit), hit]);
  keyed.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x.at - y.at));
  return keyed.map(([, hit]) => hit);
}
