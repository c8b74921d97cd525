// Hits as rows of a CSV file.
import { around, sentenceOf } from "./codec.mjs";

export const HIT_HEAD = ["article_id", "source", "group", "date", "title", "line", "start_byte", "layer", "code", "entry", "hit", "voice", "tier", "rule", "speaker", "agent", "agent_tier", "target", "target_tier", "sentence"];

export function hitRows(store, hits) {
  return hits.map((hit) => {
    const article = store.articles[hit.article];
    const sentence = sentenceOf(store, hit);
    return [article.id, article.source, article.group, article.date, article.title, hit.line, hit.byte, hit.layer, hit.entry.code, hit.entry.term, around(store, hit, 0).hit, hit.voice, hit.tier, hit.rule ? hit.rule.name : "", hit.speaker, hit.agent, hit.agent ? hit.agentTier : "", hit.target, hit.target ? hit.targetTier : "", sentence ? sentence.text.replace(/\s+/g, " ") : ""];
  });
}
