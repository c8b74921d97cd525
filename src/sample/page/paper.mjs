// The whole sheet for paper: to be coded with a pencil, or to look through what was coded.
import { h, bdi } from "../../report/assets/page/dom.mjs";
import { textOf, frameOf, whereOf } from "./item.mjs";
import { packNote } from "./sheet.mjs";

function answerLine(question, answers) {
  const value = answers[question.column];
  const choices = question.type === "choice"
    ? question.codes.map((known) => h("span", { class: "choice" }, value === known.code ? "☒ " : "☐ ", bdi(known.label), " "))
    : h("span", { class: "blank" }, bdi(question.words && value ? `${value}: ${answers[question.words]}` : value));
  return h("p", {}, h("b", {}, question.ask), " ", choices);
}

export function paper(sheet, work) {
  return sheet.rows.map((row, at) => h("section", { class: "on-paper" },
    h("h2", {}, `${at + 1} `, h("small", {}, bdi([sheet.cell(row, "item"), ...whereOf(sheet, row)].join(" · ")))),
    textOf(sheet, row), frameOf(sheet, row),
    sheet.questions.map((question) => answerLine(question, work.items[at].answers)),
    h("p", {}, h("b", {}, "Note"), " ", h("span", { class: "blank" }, bdi(packNote(work.items[at]))))));
}
