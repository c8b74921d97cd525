// One question: its answers as buttons with their keys, and a field to look others up.
import { h, bdi, empty } from "../../report/assets/page/dom.mjs";
import { keysOf } from "./keys.mjs";
import { isKnown } from "./sheet.mjs";
import { lookup } from "./lookup.mjs";

export const KEY = (key) => (key ? h("kbd", { "aria-hidden": "true" }, key) : null);

// `answer(value, words)` sets the answer, `note(text)` adds to the note, `next()` goes to the next question,
// `key(event)` takes a key that is no answer.
export function questionBox(sheet, question, { work, answers, answer, note, next, key }) {
  const id = "q-" + question.column;
  const heading = h("legend", { id: id + "-ask" }, question.ask, h("small", { class: "optional" }, " not needed here"));
  const buttons = h("div", { class: "answers" });
  const row = h("div", { class: "answer-row" }, buttons);
  const box = h("fieldset", { class: "question", tabindex: "-1", "data-column": question.column, "aria-describedby": "text" }, heading, row);
  const names = new Map(question.codes.map((known) => [known.code, known]));
  let keys = new Map();

  // What may be chosen with one key: all codes, or of a long list those that were used before.
  const offered = () => {
    if (question.type === "choice") return question.codes;
    const value = question.words ? "" : answers()[question.column];
    const codes = [...(work().used[question.list] ?? [])];
    if (value !== "" && value !== "-" && !codes.includes(value)) codes.push(value);
    return ["-", ...codes].map((code) => names.get(code)).filter(Boolean);
  };
  const press = (value) => {
    if (question.words) return value === "-" ? answer(answers()[question.column] === "-" ? "" : "-", "") : ask(value);
    answer(answers()[question.column] === value ? "" : value);
  };

  const field = question.type === "choice" ? null : lookup({
    id: id + "-find", codes: question.codes, label: question.ask, describedBy: "text",
    pick: (code) => (question.words ? ask(code) : answer(code)),
    unlisted: question.free
      ? { label: "outside the codebook", run: (text) => answer(text.toLowerCase()) }
      : { label: "not on the list, for the note", run: (text) => note(`${question.column}: ${text}`) },
    pass: next,
    key: (event) => (keys.has(event.key) && event.key !== "" ? (press(keys.get(event.key)), true) : key(event)),
  });
  if (field) row.append(field.box);
  if (question.type === "choice" && question.codes.some((known) => known.meaning)) {
    const meanings = question.codes.map((known) => [h("dt", {}, bdi(known.label)), h("dd", {}, bdi(known.meaning))]);
    box.append(h("details", { class: "meanings" }, h("summary", {}, "What the answers mean"), h("dl", {}, meanings)));
  }

  // Sentences have several frames: each is a pair of a code and the words that stand for it.
  const pairs = h("ul", { class: "pairs" });
  const words = h("input", { type: "text", id: id + "-words", autocomplete: "off" });
  const wordsLabel = h("label", { for: id + "-words" });
  const wordsBox = h("div", { class: "words", hidden: true }, wordsLabel, words);
  let pending = "";
  function ask(code) {
    pending = code;
    wordsLabel.replaceChildren("Which words stand for ", bdi(names.get(code).label), "?");
    const chosen = String(getSelection()).replace(/\s+/g, " ").trim();
    wordsBox.hidden = false;
    words.value = document.getElementById("text")?.textContent.replace(/\s+/g, " ").includes(chosen) ? chosen : "";
    words.focus();
    words.select();
  }
  const listed = () => {
    const codes = answers()[question.column];
    if (codes === "" || codes === "-") return [];
    const texts = answers()[question.words].split(";");
    return codes.split(";").map((code, at) => ({ code, text: (texts[at] ?? "").trim() }));
  };
  const store = (list) => answer(list.map((one) => one.code).join(";"), list.map((one) => one.text).join(";"));
  words.addEventListener("keydown", (event) => {
    if (!["Enter", "Escape"].includes(event.key) || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    wordsBox.hidden = true;
    // A semicolon divides the words of one frame from those of the next.
    if (event.key === "Enter") store([...listed(), { code: pending, text: words.value.replaceAll(";", ",").trim() }]);
    field.field.focus();
  });
  if (question.words) box.append(wordsBox, pairs);

  function refresh() {
    const value = answers()[question.column];
    const codes = offered();
    const strange = value === "" || question.words || names.has(value) ? []
      : [{ code: value, label: isKnown(question, value) ? value : `“${value}” is not on the list`, meaning: "" }];
    const letters = keysOf(codes.map((known) => known.code));
    keys = new Map(codes.map((known, at) => [letters[at], known.code]));
    const here = buttons.contains(document.activeElement) ? document.activeElement.dataset.value : undefined;
    empty(buttons).append(...[...codes, ...strange].map((known, at) => {
      const pressed = value === known.code;
      // Who was looked up once is known by the id; its name is shown while it is the answer.
      const short = question.type !== "choice" && known.code !== "-" && names.has(known.code);
      const name = short ? [h("b", {}, bdi(known.code)), pressed ? [" ", bdi(known.label)] : ""] : bdi(known.label);
      return h("button", {
        type: "button", "data-value": known.code, "aria-pressed": String(pressed), "aria-keyshortcuts": letters[at] || null,
        title: (short ? known.label : known.meaning) || null, "aria-label": short ? `${known.code} ${known.label}` : null,
        onclick: () => press(known.code),
      }, KEY(letters[at]), " ", name);
    }));
    if (here !== undefined) [...buttons.children].find((button) => button.dataset.value === here)?.focus();
    if (question.words) {
      empty(pairs).append(...listed().map((pair, at) => h("li", {}, bdi(names.get(pair.code)?.label ?? pair.code), pair.text ? [": “", bdi(pair.text), "”"] : "", " ", h("button", {
        type: "button", onclick: () => store(listed().filter((_, other) => other !== at)),
        "aria-label": `Take ${names.get(pair.code)?.label ?? pair.code} away`,
      }, "take away"))));
    }
    const needed = question.when(answers());
    box.classList.toggle("unneeded", !needed);
    box.classList.toggle("answered", value !== "");
  }
  refresh();
  return {
    question, box, refresh,
    // True when the key is one of its answers.
    key(name) {
      if (!keys.has(name) || name === "") return false;
      press(keys.get(name));
      return true;
    },
    // The field, for who types; the question as a whole otherwise, which takes keys too.
    focus: (typing) => (field && typing ? field.field : box).focus({ preventScroll: true }),
    activate: (on) => box.classList.toggle("active", on),
  };
}
