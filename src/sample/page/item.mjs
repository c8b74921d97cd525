// One item: where it stands, its sentence with the neighbours, the questions, and what else can be done with it.
import { h, bdi } from "../../report/assets/page/dom.mjs";
import { markedParts } from "./sheet.mjs";
import { KEY, questionBox } from "./question.mjs";

// Without marks of direction, an unclosed one of which would turn the rest of the line around.
const straight = (text) => text.replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "");

// The text of an item; the neighbours are other sentences, of lines other lines.
export function textOf(sheet, row) {
  const cell = (name) => straight(sheet.cell(row, name));
  const [left, words, right] = markedParts(cell("sentence"), cell("span"));
  const near = (name) => (cell(name) ? h("p", { class: "near" }, bdi(cell(name))) : null);
  const sentence = sheet.kind === "zones" && !words ? h("mark", {}, bdi(left)) : [left, words ? h("mark", {}, bdi(words)) : null, right];
  return [near("before"), h("p", { class: "sentence", dir: "auto" }, sentence), near("after")];
}

export function frameOf(sheet, row) {
  const frame = sheet.cell(row, "frame");
  if (!frame) return null;
  const about = Object.hasOwn(sheet.about, frame) ? sheet.about[frame] : "";
  return h("p", { class: "frame" }, "Frame: ", h("b", {}, bdi(frame)), about ? [". ", bdi(about)] : "");
}

export const whereOf = (sheet, row) => ["source", "date", "article"].map((name) => sheet.cell(row, name)).filter((part) => part !== "");

export function itemBox(sheet, at, tools) {
  const row = sheet.rows[at];
  const item = () => tools.work().items[at];
  const where = whereOf(sheet, row).flatMap((part, number) => (number > 0 ? [" · ", bdi(part)] : [bdi(part)]));
  const questions = sheet.questions.map((question) => questionBox(sheet, question, {
    work: tools.work,
    answers: () => item().answers,
    answer: (value, words) => tools.answer(question, value, words),
    note: (text) => {
      note.value = [note.value.trim(), text].filter((part) => part !== "").join("; ");
      tools.note(note.value);
    },
    next: tools.goOn,
    key: tools.key,
  }));
  const note = h("textarea", { id: "note", rows: "2", oninput: () => tools.note(note.value) });
  note.value = item().note;
  const button = (id, key, label, run) => h("button", { type: "button", id, onclick: run, "aria-keyshortcuts": { "←": "ArrowLeft", "→": "ArrowRight" }[key] ?? key }, KEY(key), " ", label);
  const unsure = button("unsure", "u", "Unsure", () => tools.mark("unsure"));
  const skip = button("skip", "s", "Skip", () => tools.mark("skipped"));
  const state = h("span", { class: "state" });
  const box = h("article", { "aria-labelledby": "item-h" },
    h("h2", { id: "item-h", tabindex: "-1" }, `Item ${at + 1} of ${sheet.rows.length} `, h("small", {}, bdi(sheet.cell(row, "item"))), " ", state),
    where.length > 0 ? h("p", { class: "where" }, where) : null,
    h("div", { id: "text" }, textOf(sheet, row)),
    frameOf(sheet, row),
    questions.map((question) => question.box),
    h("p", { class: "note" }, h("label", { for: "note" }, KEY("n"), " Note"), note),
    h("div", { class: "moves" }, button("back", "←", "Back", () => tools.step(-1)), unsure, skip, button("next", "→", "Next", () => tools.step(1)), button("open-next", "o", "Next open", tools.nextOpen)),
  );
  const refresh = () => {
    for (const question of questions) question.refresh();
    unsure.setAttribute("aria-pressed", String(item().unsure));
    skip.setAttribute("aria-pressed", String(item().skipped));
    state.textContent = tools.stateText(at);
  };
  refresh();
  return { box, questions, refresh, note };
}
