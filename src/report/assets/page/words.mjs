// Where a word of the vocabulary stands in the texts of the page, found as the program finds words: by UAX #29,
// with one form of each quotation mark and dash, in small letters, in counted zones.

const HIDDEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
// Each is replaced by one character, so that places stay.
const one = (text) => text.replace(/[\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\u0060]/g, "'").replace(/[\u2010-\u2015\u2212]/g, "-");
const plain = (text) => one(text).replace(HIDDEN, "").normalize("NFC").toLowerCase();
// What is shown of the text before and after it.
const CONTEXT = 160;

export function uses(store, filter, isWanted) {
  const segmenter = new Intl.Segmenter("en", { granularity: "word" });
  const found = [];
  store.articles.forEach((article, number) => {
    if (!isWanted(article)) return;
    for (const [start, end, zone] of article.passages) {
      const text = article.text.slice(start, end);
      if (!store.zones[zone].counted || !plain(text).includes(filter.word)) continue;
      for (const { segment, index } of segmenter.segment(one(text))) {
        if (plain(segment) !== filter.word) continue;
        const at = start + index;
        const stretch = [Math.max(start, text.lastIndexOf(" ", index - CONTEXT) + 1 + start), at + CONTEXT < end ? article.text.lastIndexOf(" ", at + CONTEXT) : end];
        found.push({
          at: -1, article: number, entry: { layer: "word", code: filter.word, name: filter.word, term: filter.word }, layer: "word", line: "", byte: "", permille: 0,
          sentence: -1, stretch: [Math.min(stretch[0], at), Math.max(stretch[1], at + segment.length)], start: at, end: at + segment.length, cue: null, cueEnd: null,
          voice: "", tier: "", agentTier: "", targetTier: "", rule: null, speaker: "", agent: "", target: "",
        });
      }
    }
  });
  return found;
}

// Whether the page holds the texts in which words are looked for.
export const holdsTexts = (store) => store.depth === "articles";
