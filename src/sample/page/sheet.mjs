// The sheet: which questions are asked of an item, and how far its coding is. Nothing here touches the page.

// In the order in which they are asked. A question is asked while `when` holds of the answers so far.
const MEANT = (answers) => answers.right_sense !== "0";
const SAID = (answers) => MEANT(answers) && answers.voice !== "own";
const QUESTIONS = {
  right_sense: {}, voice: { when: MEANT }, speaker: { when: SAID }, agent: { when: MEANT }, target: { when: MEANT }, actor: { when: MEANT },
  missed_frames: { words: "terms" }, zone: {},
};
const KINDS = {
  hits: "framing hits", actors: "names of actors", roles: "framing hits, for who says it and who does it to whom",
  misses: "sentences, for framing terms that a list of words overlooks", zones: "lines, for what part of the page they are",
};
// So many codes are shown as buttons; more are looked up by typing.
const MOST_BUTTONS = 16;
const MARKS = ["unsure", "skipped"];

export function prepared(data) {
  const place = new Map(data.columns.map((name, at) => [name, at]));
  const questions = data.fill.filter((name) => Object.hasOwn(QUESTIONS, name)).map((column) => {
    const { when = () => true, words = "" } = QUESTIONS[column];
    const codes = (data.lists[data.codes[column]] ?? []).map(([code, label, meaning]) => ({ code, label, meaning }));
    const type = words ? "several" : codes.length > MOST_BUTTONS ? "lookup" : "choice";
    const free = ["speaker", "agent", "target", "actor"].includes(column);
    return { column, ask: data.asks[column], when, words, type, free, codes, list: data.codes[column] };
  });
  const cell = (row, column) => (place.has(column) ? row[place.get(column)] : "");
  return { ...data, place, questions, cell, what: KINDS[data.kind] ?? data.kind, named: cell(data.rows[0] ?? [], "coder") !== "" };
}

// The answers that the rows hold; of a new sheet none.
export function workOf(sheet, rows = sheet.rows) {
  const work = { at: 0, coder: sheet.named ? "" : sheet.cell(rows[0] ?? [], "coder"), unsaved: false, used: {}, items: [] };
  for (const row of rows) {
    const answers = {};
    for (const column of sheet.fill) if (column !== "note" && column !== "coder") answers[column] = sheet.cell(row, column);
    work.items.push({ answers, ...unpackNote(sheet.cell(row, "note")) });
    for (const question of sheet.questions) remember(work, question, answers[question.column]);
  }
  return work;
}

// Codes that were looked up become buttons, in the order of their first use, so that a key keeps its meaning.
export function remember(work, question, value) {
  if (question.type === "choice" || value === "") return;
  const used = (work.used[question.list] ??= []);
  for (const code of question.words ? value.split(";") : [value]) {
    if (code !== "-" && used.length < 9 && !used.includes(code) && question.codes.some((known) => known.code === code)) used.push(code);
  }
}

// A code of the list; of actors also a name outside the codebook, in small letters. Further right answers follow a bar.
export function isKnown(question, value) {
  const one = (text) => text === "" || question.codes.some((known) => known.code === text) || (question.free && /\p{L}/u.test(text) && text === text.toLowerCase());
  return value.split(question.words ? ";" : "|").every(one);
}

// Marks stand before the note in square brackets, where every program shows them.
export function unpackNote(text) {
  const found = { note: text, unsure: false, skipped: false };
  for (let mark; (mark = MARKS.find((name) => found.note.startsWith(`[${name}]`) && !found[name])); ) {
    found[mark] = true;
    found.note = found.note.slice(mark.length + 2).replace(/^ /, "");
  }
  return found;
}

export const packNote = (item) => [...MARKS.filter((mark) => item[mark]).map((mark) => `[${mark}]`), item.note].filter((part) => part !== "").join(" ");

export const asked = (sheet, item) => sheet.questions.filter((question) => question.when(item.answers));

export const firstOpen = (sheet, item) => asked(sheet, item).find((question) => item.answers[question.column] === "");

export function stateOf(sheet, item) {
  if (!firstOpen(sheet, item)) return "coded";
  if (item.skipped) return "skipped";
  return sheet.questions.some((question) => item.answers[question.column] !== "") ? "started" : "open";
}

export function progress(sheet, work) {
  const count = { coded: 0, skipped: 0, started: 0, open: 0, unsure: 0 };
  for (const item of work.items) {
    count[stateOf(sheet, item)] += 1;
    if (item.unsure) count.unsure += 1;
  }
  return count;
}

// The next item that is neither coded nor skipped, from the start again after the last; -1 when none is left.
export function nextOpen(sheet, work, at) {
  const n = work.items.length;
  for (let step = 1; step <= n; step += 1) {
    const next = (at + step) % n;
    if (!["coded", "skipped"].includes(stateOf(sheet, work.items[next]))) return next;
  }
  return -1;
}

// The sentence in three parts, the marked words in the middle; the marks are the brackets of the sheet.
export function markedParts(sentence, span) {
  let begin = span ? sentence.indexOf(`[[${span}]]`) : -1;
  let end = begin < 0 ? -1 : begin + span.length + 2;
  if (begin < 0) {
    begin = sentence.indexOf("[[");
    end = sentence.indexOf("]]", begin);
  }
  if (begin < 0 || end < 0) return [sentence, "", ""];
  return [sentence.slice(0, begin), sentence.slice(begin + 2, end), sentence.slice(end + 2)];
}
