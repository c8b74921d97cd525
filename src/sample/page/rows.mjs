// The sheet as the CSV file that `framescope agreement` reads, and back.
import { csv } from "../../report/assets/page/csv.mjs";
import { packNote, unpackNote, remember, isKnown } from "./sheet.mjs";

export function saved(sheet, work) {
  const rows = sheet.rows.map((row, at) => {
    const { answers } = work.items[at];
    const filled = { ...answers, note: packNote(work.items[at]) };
    if (!sheet.named) filled.coder = work.coder;
    return sheet.columns.map((name, column) => (Object.hasOwn(filled, name) && sheet.fill.includes(name) ? filled[name] : row[column]));
  });
  return csv(sheet.columns, rows, "\n");
}

// Records of a file with commas, semicolons or tabs, each with its line.
export function parsed(text) {
  const content = text.replace(/^\uFEFF/, "");
  const head = content.split(/\r?\n|\r/, 1)[0].replace(/"[^"]*"/g, "");
  const delimiter = [",", ";", "\t"].map((one) => [one, head.split(one).length]).sort((a, b) => b[1] - a[1])[0][0];
  const records = [];
  let [cells, cell, quoted, line, first] = [[], "", false, 1, 1];
  const close = () => {
    cells.push(cell);
    if (cells.length > 1 || cell !== "") records.push({ line: first, cells });
    [cells, cell, first] = [[], "", line + 1];
  };
  for (let at = 0; at < content.length; at += 1) {
    const c = content[at];
    if (quoted) {
      if (c === '"' && content[at + 1] === '"') at += 1;
      else if (c === '"') {
        quoted = false;
        continue;
      }
      if (c === "\n") line += 1;
      cell += c;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === delimiter) {
      cells.push(cell);
      cell = "";
    } else if (c === "\n" || (c === "\r" && content[at + 1] !== "\n")) {
      close();
      line += 1;
    } else if (c !== "\r") cell += c;
  }
  if (cell !== "" || cells.length > 0) close();
  return records;
}

// Spreadsheets write codes in other ways; what is no code is kept as it stands.
function code(question, text) {
  const plain = text.trim();
  const one = (value) => {
    const word = { true: "1", false: "0", "–": "-", "—": "-" }[value.trim().toLowerCase()] ?? value.trim();
    return question.codes.find((known) => known.code.toLowerCase() === word.toLowerCase())?.code ?? value.trim();
  };
  return question.words ? plain.split(";").map(one).join(";") : one(plain);
}

// Takes the answers of a file over: where it has one it counts, where it has none what is here stays.
// Says what happened, in sentences.
export function taken(sheet, work, text) {
  const [head, ...records] = parsed(text);
  const names = (head?.cells ?? []).map((name) => name.trim().toLowerCase());
  const items = new Map(sheet.rows.map((row, at) => [sheet.cell(row, "item"), at]));
  const idAt = names.indexOf("item");
  const known = idAt < 0 ? [] : records.filter((record) => items.has((record.cells[idAt] ?? "").trim()));
  if (known.length === 0) return { work, said: [], failed: "The file has no item of this sheet: nothing was taken from it." };
  const next = structuredClone(work);
  const said = [];
  const seen = new Set();
  let changed = 0;
  for (const { line, cells } of known) {
    const at = items.get(cells[idAt].trim());
    const item = next.items[at];
    const value = (name) => cells[names.indexOf(name)] ?? "";
    if (seen.has(at)) said.push(`Line ${line} has item ${sheet.cell(sheet.rows[at], "item")} once more: what it says counts.`);
    seen.add(at);
    const before = JSON.stringify(item);
    for (const question of sheet.questions) {
      const answer = code(question, value(question.column));
      if (answer === "") continue;
      item.answers[question.column] = answer;
      if (question.words) item.answers[question.words] = value(question.words).trim();
      remember(next, question, answer);
      if (!isKnown(question, answer)) said.push(`Line ${line}, ${question.column}: “${answer}” is not on the list; it is kept until you choose another answer.`);
    }
    const note = unpackNote(value("note").trim());
    if (note.note !== "") item.note = note.note;
    item.unsure = note.unsure || (item.unsure && value("note").trim() === "");
    item.skipped = note.skipped || (item.skipped && value("note").trim() === "");
    if (JSON.stringify(item) !== before) changed += 1;
  }
  const coder = names.includes("coder") ? (known[0].cells[names.indexOf("coder")] ?? "").trim() : "";
  if (!sheet.named && coder !== "") next.coder = coder;
  const missing = sheet.rows.length - seen.size;
  if (missing > 0) said.push(`${missing} item${missing === 1 ? " is" : "s are"} not in the file: their answers stay as they are here.`);
  const strange = records.length - known.length;
  if (strange > 0) said.push(`${strange} row${strange === 1 ? "" : "s"} of the file belong${strange === 1 ? "s" : ""} to no item of this sheet.`);
  next.unsaved = saved(sheet, next) !== text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  return { work: next, said: [`${changed} item${changed === 1 ? "" : "s"} changed by the file.`, ...said], failed: "" };
}
