// Unpacks what the page carries: JSON, compressed with gzip, written in base64.

export async function unpack(base64) {
  const bytes = Uint8Array.from(atob(base64.trim()), (c) => c.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(plain).text());
}

// A table as rows of objects.
export function rowsOf(table) {
  if (!table) return [];
  return table.rows.map((row) => Object.fromEntries(table.columns.map((name, at) => [name, row[at]])));
}

// Hits one by one. Starts are stored as distances: from the sentence, or from the hit before it where there is none.
export function expand(data) {
  const articles = data.articles.map((found) => {
    const sentences = [];
    let at = 0;
    for (let i = 0; i < found.sentences.length; i += 2) {
      const start = at + found.sentences[i];
      at = start + found.sentences[i + 1];
      sentences.push([start, at]);
    }
    return { ...found, sentences, hits: [] };
  });
  const hits = [];
  articles.forEach((article, number) => {
    let byte = 0;
    for (let i = 0; i < article.n; i += 1) {
      const at = hits.length;
      const column = (name) => data.hits[name][at];
      byte += column("byte");
      const sentence = column("sentence") < 0 ? null : article.sentences[column("sentence")];
      const start = sentence && column("start") >= 0 ? sentence[0] + column("start") : null;
      const cue = sentence && column("cueLength") > 0 ? sentence[0] + column("cue") : null;
      const entry = data.entries[column("entry")];
      article.hits.push(at);
      hits.push({
        at, article: number, entry, layer: entry.layer, byte, line: column("line"), permille: column("permille"),
        sentence: column("sentence"), start, end: start === null ? null : start + column("length"),
        cue, cueEnd: cue === null ? null : cue + column("cueLength"),
        voice: entry.voiced ? data.voices[column("voice")] : "", ...tiersOf(data.tiers, entry.voiced ? column("tier") : null),
        rule: entry.voiced ? data.rules[column("rule")] : null,
        speaker: data.actors[column("speaker")], agent: data.actors[column("agent")], target: data.actors[column("target")],
      });
    }
  });
  return { ...data, articles, hits };
}

// How sure voice, agent and target are stands in one number.
function tiersOf(names, packed) {
  const of = (place) => (packed === null ? "" : names[Math.floor(packed / names.length ** place) % names.length]);
  return { tier: of(0), agentTier: of(1), targetTier: of(2) };
}

// The sentence of a hit and what stands before and after it there; nothing where the page holds no text.
export function sentenceOf(store, hit) {
  const article = store.articles[hit.article];
  if (hit.start === null) return null;
  const [begin, end] = hit.stretch ?? article.sentences[hit.sentence];
  return { begin, end, text: article.text.slice(begin, end) };
}

// Words around a hit on one line.
export function around(store, hit, most) {
  const article = store.articles[hit.article];
  if (hit.start === null) return { left: "", hit: hit.entry.term, right: "" };
  const [begin, end] = article.whole ? [0, article.text.length] : article.sentences[hit.sentence];
  const line = (text) => text.replace(/\s+/g, " ");
  return {
    left: line(article.text.slice(Math.max(begin, hit.start - most), hit.start)),
    hit: line(article.text.slice(hit.start, hit.end)),
    right: line(article.text.slice(hit.end, Math.min(end, hit.end + most))),
  };
}
