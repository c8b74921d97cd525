// Unit tests of the modules of a coding sheet, by node's test runner: node --test tests/browser
import { test } from "node:test";
import assert from "node:assert/strict";
import { keysOf, fitting } from "../../src/sample/page/keys.mjs";
import { prepared, workOf, asked, stateOf, nextOpen, progress, markedParts, packNote, unpackNote, remember } from "../../src/sample/page/sheet.mjs";
import { saved, parsed, taken } from "../../src/sample/page/rows.mjs";

const ACTORS = [["-", "none", ""], ["ARM", "Armenia", ""], ["ARM_MFA", "Foreign Ministry of Armenia", ""], ["TUR", "Türkiye", ""], ["__proto__", "Odd", ""],
  ...Array.from({ length: 20 }, (_, at) => ["X" + at, "Somebody " + at, ""])];

function hits(rows = 3) {
  const columns = ["item", "sentence", "span", "frame", "right_sense", "voice", "speaker", "agent", "target", "note", "coder"];
  return prepared({
    kind: "hits", file: "s.csv", columns, fill: columns.slice(4), about: {}, asks: {}, fingerprint: "f",
    lists: [[["1", "yes", ""], ["0", "no", ""]], [["own", "own voice", ""], ["quoted", "quoted", ""]], ACTORS],
    codes: { right_sense: 0, voice: 1, speaker: 2, agent: 2, target: 2 },
    rows: Array.from({ length: rows }, (_, at) => [`h1-${at + 1}`, 'a "b", [[siege]] c', "siege", "Blockade", "", "", "", "", "", "", ""]),
  });
}

const lists = (texts) => texts.map((one) => one.code);

test("each answer has a key of its own, and no key does two things", () => {
  assert.deepEqual(keysOf(["1", "0"]), ["1", "0"]);
  assert.deepEqual(keysOf(["-", "ARM", "AZE"]), ["0", "1", "2"]);
  const many = keysOf(Array.from({ length: 16 }, (_, at) => "code" + at));
  assert.equal(new Set(many).size, 16);
  assert.ok(many.every((key) => !"onsul0".includes(key)));
});

test("a code is found by the beginning of its id, its name, or a word of it, without accents", () => {
  const codes = ACTORS.map(([code, label]) => ({ code, label }));
  assert.deepEqual(lists(fitting(codes, "arm", 8)), ["ARM", "ARM_MFA"]);
  assert.deepEqual(lists(fitting(codes, "turk", 8)), ["TUR"]);
  assert.deepEqual(lists(fitting(codes, "foreign", 8)), ["ARM_MFA"]);
  assert.deepEqual(lists(fitting(codes, "  ", 8)), []);
  assert.deepEqual(lists(fitting(codes, "xyz", 8)), []);
});

test("a question that an answer makes needless is not asked", () => {
  const sheet = hits();
  const { items: [item] } = workOf(sheet);
  const names = () => asked(sheet, item).map((question) => question.column);
  assert.deepEqual(names(), ["right_sense", "voice", "speaker", "agent", "target"]);
  item.answers.voice = "own";
  assert.deepEqual(names(), ["right_sense", "voice", "agent", "target"]);
  assert.equal(stateOf(sheet, item), "started");
  item.answers.right_sense = "0";
  assert.deepEqual(names(), ["right_sense"]);
  assert.equal(stateOf(sheet, item), "coded");
});

test("the next open item is looked for from the start again, and skipped ones are passed", () => {
  const sheet = hits();
  const work = workOf(sheet);
  work.items[2].answers.right_sense = "0";
  work.items[0].skipped = true;
  assert.equal(nextOpen(sheet, work, 1), 1);
  assert.deepEqual(progress(sheet, work), { coded: 1, skipped: 1, started: 0, open: 1, unsure: 0 });
  work.items[1].skipped = true;
  assert.equal(nextOpen(sheet, work, 1), -1);
});

test("the marked words are those of the span, also where the text has brackets of its own", () => {
  assert.deepEqual(markedParts("a [[b]] c [[siege]] d", "siege"), ["a [[b]] c ", "siege", " d"]);
  assert.deepEqual(markedParts("a [[b]] c", ""), ["a ", "b", " c"]);
  assert.deepEqual(markedParts("no mark", "mark"), ["no mark", "", ""]);
});

test("marks stand before the note and come back from there", () => {
  for (const item of [
    { note: "", unsure: false, skipped: false }, { note: "[odd] x", unsure: true, skipped: false },
    { note: "two\nlines", unsure: true, skipped: true }, { note: "[later]", unsure: false, skipped: false },
  ]) assert.deepEqual(unpackNote(packNote(item)), item);
});

test("what was saved is read back as it was, by the byte", () => {
  const sheet = hits();
  const work = workOf(sheet);
  Object.assign(work.items[1].answers, { right_sense: "1", voice: "quoted", speaker: "ARM", agent: "-", target: "some people" });
  work.items[1].note = 'a "note", with; all\nof it';
  work.items[2].unsure = true;
  work.coder = "Ada";
  const text = saved(sheet, work);
  const { work: back, said } = taken(sheet, workOf(sheet), text);
  assert.equal(saved(sheet, back), text);
  assert.equal(back.unsaved, false);
  assert.deepEqual(said, ["2 items changed by the file."]);
});

test("a file from a spreadsheet is read, and what is no code is kept and reported", () => {
  const sheet = hits();
  const work = workOf(sheet);
  work.items[0].answers.agent = "ARM";
  const text = "\uFEFFitem;Right_Sense;voice;agent;extra\r\n h1-2 ;TRUE; Quoted ;arm;x\r\nh1-1;1;Somebody;\u2013;\r\nz9-9;1;own;-;\r\n";
  const { work: back, said } = taken(sheet, work, text);
  assert.deepEqual(back.items[1].answers, { right_sense: "1", voice: "quoted", speaker: "", agent: "ARM", target: "" });
  assert.deepEqual([back.items[0].answers.voice, back.items[0].answers.agent], ["Somebody", "-"]);
  assert.equal(work.items[0].answers.agent, "ARM", "the work before is not touched, so that it can be had back");
  assert.ok(said.some((line) => line.includes("Line 3, voice: “Somebody”")));
  assert.ok(said.some((line) => line.startsWith("1 item is not in the file")));
  assert.ok(said.some((line) => line.startsWith("1 row of the file belongs")));
  assert.equal(back.unsaved, true);
  assert.ok(taken(sheet, work, "a,b\n1,2\n").failed);
  assert.ok(taken(sheet, work, "").failed);
});

test("records may hold delimiters, quotation marks and line ends", () => {
  assert.deepEqual(parsed('a,b\r\n"x ""y"", z","two\nlines"\n\nlast,\n').map((one) => [one.line, one.cells]),
    [[1, ["a", "b"]], [2, ['x "y", z', "two\nlines"]], [5, ["last", ""]]]);
  assert.deepEqual(parsed("a\tb\rc\td").map((one) => one.cells), [["a", "b"], ["c", "d"]]);
});

test("codes that were looked up keep the key of their first use", () => {
  const sheet = hits();
  const work = workOf(sheet);
  const [speaker, agent] = ["speaker", "agent"].map((name) => sheet.questions.find((one) => one.column === name));
  for (const [question, code] of [[agent, "TUR"], [speaker, "ARM"], [agent, "TUR"], [agent, "-"], [agent, "not a code"]]) remember(work, question, code);
  assert.deepEqual(work.used, { 2: ["TUR", "ARM"] });
});
