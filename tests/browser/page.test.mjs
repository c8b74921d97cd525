// Unit tests of the page's modules, by node's test runner: node --test tests/browser
import { test } from "node:test";
import assert from "node:assert/strict";
import { expand, around, sentenceOf, unpack } from "../../src/report/assets/page/codec.mjs";
import { select, sorted, parseState, formatState } from "../../src/report/assets/page/query.mjs";
import { csv } from "../../src/report/assets/page/csv.mjs";
import { clip, number, shade, ticks, whole } from "../../src/report/assets/page/scale.mjs";
import { pieces } from "../../src/report/assets/page/lines.mjs";
import { place } from "../../src/report/assets/page/network.mjs";
import { gzipSync } from "node:zlib";

const TEXT = "Armenia spoke of a siege. Nobody 👀 saw the siege of Armenia.";

function store() {
  const hits = { entry: [1, 0, 0, 1], sentence: [0, 0, 1, 1], start: [0, 19, 18, 27], length: [7, 5, 5, 7], byte: [0, 19, 27, 9], line: [1, 1, 1, 1], permille: [0, 300, 700, 900], voice: [0, 1, 0, 0], tier: [0, 4, 18, 0], rule: [0, 0, 0, 0], cue: [-1, 8, -1, -1], cueLength: [0, 5, 0, 0], speaker: [0, 1, 0, 0], agent: [0, 1, 0, 0], target: [0, 1, 0, 0] };
  return expand({
    depth: "articles", voices: ["own", "attributed"], tiers: ["firm", "ambiguous", "none"], rules: [{ name: "r", says: "says" }], zones: [], actors: ["", "ARM"], hits,
    entries: [{ layer: "frame", code: "blockade", name: "Blockade", term: "siege", force: "loaded", voiced: true }, { layer: "actor", code: "ARM", roll: "ARM", name: "Armenia", term: "Armenia" }],
    articles: [{ id: "a", source: "s", group: "s", date: "2020-10-01", title: "t", whole: true, text: TEXT, sentences: [0, 25, 1, 36], passages: [], n: 4 }],
  });
}

test("places of hits are those of the text, beyond the basic plane too", () => {
  const all = store();
  assert.deepEqual(all.hits.map((hit) => TEXT.slice(hit.start, hit.end)), ["Armenia", "siege", "siege", "Armenia"]);
  assert.equal(TEXT.slice(all.hits[1].cue, all.hits[1].cueEnd), "spoke");
  assert.deepEqual([all.hits[1].tier, all.hits[1].agentTier, all.hits[1].targetTier], ["ambiguous", "ambiguous", "firm"]);
  assert.deepEqual([all.hits[2].tier, all.hits[2].agentTier, all.hits[2].targetTier], ["firm", "firm", "none"]);
  assert.equal(all.hits[0].agentTier, "", "a name has no voice");
  assert.deepEqual(all.hits.map((hit) => hit.byte), [0, 19, 46, 55]);
  assert.equal(sentenceOf(all, all.hits[0]).text, "Armenia spoke of a siege.");
  assert.deepEqual(around(all, all.hits[1], 5), { left: "of a ", hit: "siege", right: ". Nob" });
});

test("a filter gives the hits that a number counts", () => {
  const all = store();
  const n = (filter) => select(all, filter).length;
  assert.equal(n({ frame: "blockade" }), 2);
  assert.equal(n({ frame: "blockade", voice: "own" }), 1);
  assert.equal(n({ frame: "blockade", force: "loaded" }), 2);
  assert.equal(n({ force: "neutral" }), 0);
  assert.equal(n({ actor: "ARM", group: "s" }), 2);
  assert.equal(n({ actor: "ARM", group: "other" }), 0);
  assert.equal(n({ speaker: "ARM" }), 1);
  assert.equal(n({ frame: "blockade", target: "(none)" }), 1);
  assert.equal(n({ frame: "blockade", target: "(none)", roles: "firm" }), 1, "the firm target stays");
  assert.equal(n({ frame: "blockade", agent: "ARM" }), 1);
  assert.equal(n({ frame: "blockade", agent: "ARM", roles: "firm" }), 0, "an agent that is not firm is nobody");
  assert.equal(n({ frame: "blockade", agent: "(none)", roles: "firm" }), 2);
  assert.equal(n({ both: "actor:ARM,frame:blockade" }), 2, "sentences");
  assert.equal(n({ layer: "frame", q: "nobody SIEGE" }), 1);
  assert.equal(n({ month: "2020-10" }), 4);
  assert.equal(n({ from: "2021" }), 0);
  assert.equal(n({ to: "2020" }), 4);
});

test("lines are sorted by the words beside the hit", () => {
  const all = store();
  const found = select(all, { frame: "blockade" });
  assert.deepEqual(sorted(all, found, "right", around).map((hit) => hit.at), [1, 2]);
  assert.deepEqual(sorted(all, found, "left", around).map((hit) => hit.at), [1, 2]);
});

test("an address holds a view and comes back as it was", () => {
  const filter = { frame: "a&b=c#d", group: "Ünlü / 2020", q: "two words" };
  assert.deepEqual(parseState(formatState("open", filter)), { view: "open", filter });
  assert.deepEqual(parseState("#frames"), { view: "frames", filter: {} });
  assert.deepEqual(parseState("#open?constructor=1&frame=x"), { view: "open", filter: { frame: "x" } });
});

test("CSV has quotes where they are needed", () => {
  assert.equal(csv(["a", "b"], [['x "y"', null], ["l\nm", 0.5]]), 'a,b\r\n"x ""y""",\r\n"l\nm",0.5\r\n');
});

test("numbers, ticks and shades are those of people", () => {
  assert.deepEqual(ticks(7.3, 4), [0, 2, 4, 6]);
  assert.deepEqual(ticks(0, 3), [0]);
  assert.equal(whole(1234567), "1,234,567");
  assert.equal(number(-0.001), "0.00");
  assert.equal(number(null), "–");
  assert.deepEqual([shade(0, 5), shade(0.01, 5), shade(5, 5), shade(NaN, 1)], ["", "s0", "s7", ""]);
  assert.equal(clip("👀👀👀", 2), "👀…");
});

test("marks that overlap do not double the text", () => {
  const parts = pieces("abcdef", [{ start: 1, end: 4, kind: "hit" }, { start: 2, end: 5 }, { start: 5, end: 99 }]);
  assert.equal(parts.map((part) => part.text).join(""), "abcdef");
  assert.deepEqual(parts.filter((part) => part.kind).map((part) => part.text), ["bcd"]);
});

test("no label of the network covers another, and the layout is the same each time", () => {
  const make = () => Array.from({ length: 20 }, (_, at) => ({ radius: 8, half: 40, at }));
  const edges = Array.from({ length: 19 }, (_, at) => ({ a: 0, b: at + 1, pull: 0.5 }));
  const [one, two] = [make(), make()];
  place(one, edges, 1100, 520);
  place(two, edges, 1100, 520);
  assert.deepEqual(one, two);
  for (const a of one) for (const b of one) {
    if (a.at < b.at) assert.ok(Math.abs(a.x - b.x) > 79 || Math.abs(a.y - b.y) > 33, `${a.at} covers ${b.at}`);
  }
});

test("what is packed by gzip comes back", async () => {
  const packed = gzipSync(JSON.stringify({ text: "</script>é" })).toString("base64");
  assert.deepEqual(await unpack(packed), { text: "</script>é" });
});
