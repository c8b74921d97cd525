// One hit as people read it: its sentence, marked, and what was decided about it.
import { h, bdi } from "./dom.mjs";
import { sentenceOf } from "./codec.mjs";

// The pieces of a text between the given marks; marks that begin inside another are left out.
export function pieces(text, marks) {
  const out = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mark.start < at || mark.end <= mark.start || mark.end > text.length) continue;
    if (mark.start > at) out.push({ text: text.slice(at, mark.start) });
    out.push({ ...mark, text: text.slice(mark.start, mark.end) });
    at = mark.end;
  }
  if (at < text.length) out.push({ text: text.slice(at) });
  return out;
}

export function sentenceLine(store, hit) {
  const found = sentenceOf(store, hit);
  if (!found) return h("p", { class: "sentence missing" }, "“", bdi(hit.entry.term), "”: its sentence is not in this page.");
  const marks = [{ start: hit.start - found.begin, end: hit.end - found.begin, kind: "hit" }];
  if (hit.cue !== null) marks.push({ start: hit.cue - found.begin, end: hit.cueEnd - found.begin, kind: "cue" });
  return h("p", { class: "sentence" }, bdi(pieces(found.text, marks).map((piece) => {
    if (piece.kind === "hit") return h("mark", { class: "v-" + (hit.voice || "none") }, piece.text);
    if (piece.kind === "cue") return h("u", { title: "the words that decided the voice" }, piece.text);
    return document.createTextNode(piece.text);
  })));
}

const unsure = (tier) => (tier === "ambiguous" ? " (ambiguous)" : "");

export function factsOf(store, hit, nameOf) {
  const facts = [];
  const add = (name, value) => value && facts.push(h("span", {}, name + " ", h("b", {}, bdi(value))));
  const layer = { frame: "frame", actor: "actor", place: "place", naming: "name of", quotation: "said by", word: "word" }[hit.layer];
  if (hit.layer === "quotation") add(layer, hit.speaker ? nameOf(hit.speaker) : "no speaker named");
  else add(layer, hit.entry.name === hit.entry.term ? hit.entry.term : `${hit.entry.name} · ${hit.entry.term}`);
  if (hit.voice) add("voice", hit.voice + (hit.tier === "ambiguous" ? " (weak cue)" : ""));
  if (hit.speaker && hit.layer !== "quotation") add("speaker", nameOf(hit.speaker));
  if (hit.agent) add("who", nameOf(hit.agent) + unsure(hit.agentTier));
  if (hit.target) add("to whom", nameOf(hit.target) + unsure(hit.targetTier));
  const rule = hit.rule ? h("span", { class: "rule" }, `${hit.rule.says} (${hit.rule.name})`) : null;
  return h("p", { class: "facts" }, facts, rule);
}

export function placeOf(store, hit) {
  const article = store.articles[hit.article];
  return [article.source || article.group, article.date, article.title || article.id].filter(Boolean).join(" · ");
}
