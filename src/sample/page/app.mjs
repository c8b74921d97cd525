// Puts the page together: one item at a time, keys, what is kept, saved and opened.
import { h, empty, save } from "../../report/assets/page/dom.mjs";
import { prepared, workOf, remember, asked, stateOf, firstOpen, nextOpen, progress } from "./sheet.mjs";
import { saved, taken } from "./rows.mjs";
import { store, fits } from "./store.mjs";
import { itemBox } from "./item.mjs";
import { itemList, stateText } from "./list.mjs";
import { paper } from "./paper.mjs";
import { dressed } from "../../report/assets/page/theme.mjs";

const by = (id) => document.getElementById(id);

// The sentence stays at the top: a question is brought between it and the lower edge.
function bringIntoView(box) {
  const [{ top, bottom }, edge] = [box.getBoundingClientRect(), by("text").getBoundingClientRect().bottom];
  if (bottom > innerHeight) scrollBy(0, Math.min(bottom - innerHeight + 8, top - edge - 8));
  else if (top < edge) scrollBy(0, top - edge - 8);
}

export function start() {
  dressed(by("theme"));
  const sheet = prepared(JSON.parse(by("data").textContent));
  const kept = store(sheet.fingerprint);
  const found = kept.read();
  let work = fits(sheet, found) ? found : workOf(sheet);
  let undo = null;
  let shown = null;
  let active = null;
  let typing = true;

  const list = itemList(sheet, { work: () => work, go });
  by("list").append(...list.parts);
  by("list").open = matchMedia("(min-width: 62rem)").matches;
  by("what").textContent = `${sheet.rows.length} ${sheet.what}` + (sheet.named ? `, for ${sheet.cell(sheet.rows[0], "coder")}` : "");
  by("coder-box").hidden = sheet.named || !sheet.columns.includes("coder");

  const say = (text) => { by("status").textContent = text; };

  function notice(lines, canUndo) {
    empty(by("notice")).append(...lines.map((line) => h("p", {}, line)));
    if (canUndo) by("notice").append(h("button", { type: "button", id: "undo", onclick: () => put(undo, ["It is as it was before."], false) }, "Undo"));
    by("notice").append(" ", h("button", { type: "button", onclick: () => { by("notice").hidden = true; by("item").focus(); } }, "Close"));
    by("notice").hidden = false;
  }

  // Other work in the place of this one.
  function put(other, lines, canUndo) {
    undo = work;
    work = { ...other, at: Math.min(Math.max(0, Math.trunc(other.at) || 0), sheet.rows.length - 1) };
    write();
    everything();
    notice(lines, canUndo);
  }

  function write() {
    const is = kept.write(work);
    by("kept").textContent = work.unsaved
      ? is ? "Kept in this browser, not yet in a saved CSV file." : "This browser keeps nothing for this page: save the CSV file before you close it."
      : "";
  }

  function changed() {
    work.unsaved = true;
    write();
    list.refreshOne(work.at);
    count();
  }

  function count() {
    const { coded, skipped, unsure } = progress(sheet, work);
    const all = sheet.rows.length;
    by("progress").max = all;
    by("progress").value = coded + skipped;
    by("count").textContent = `${coded} of ${all} coded` + (skipped > 0 ? `, ${skipped} skipped` : "") + (unsure > 0 ? `, ${unsure} unsure` : "");
    by("done").hidden = coded + skipped < all;
  }

  function everything() {
    by("coder").value = work.coder;
    list.refresh();
    count();
    show();
  }

  function activate(question) {
    active = question ?? null;
    for (const one of shown.questions) one.activate(one.question === active);
    const box = shown.questions.find((one) => one.question === active);
    if (box) {
      box.focus(typing);
      bringIntoView(box.box);
    } else by("item-h").focus({ preventScroll: true });
  }

  function show() {
    const item = work.items[work.at];
    shown = itemBox(sheet, work.at, tools);
    empty(by("item")).append(shown.box);
    list.refresh();
    list.reveal();
    activate(firstOpen(sheet, item) ?? asked(sheet, item)[0]);
    if (by("item").getBoundingClientRect().top < 0 || !by("list").open) by("item").scrollIntoView();
    say(`Item ${work.at + 1} of ${sheet.rows.length}, ${stateText(sheet, item)}.`);
  }

  function go(at) {
    if (at < 0 || at >= sheet.rows.length) return say(at < 0 ? "This is the first item." : "This is the last item.");
    work.at = at;
    write();
    show();
  }

  function onward() {
    const next = nextOpen(sheet, work, work.at);
    if (next >= 0 && next !== work.at) go(next);
    else if (next < 0) {
      shown.refresh();
      by("save").focus();
      say("Every item is coded or skipped: save the CSV file.");
    } else activate(firstOpen(sheet, work.items[work.at]));
  }

  const tools = {
    work: () => work,
    stateText: (at) => stateText(sheet, work.items[at]),
    answer(question, value, words) {
      const item = work.items[work.at];
      const before = stateOf(sheet, item);
      item.answers[question.column] = value;
      if (question.words && words !== undefined) item.answers[question.words] = words;
      if (value !== "") item.skipped = false;
      remember(work, question, value);
      changed();
      shown.refresh();
      // Several answers are given one after another; the coder says when they are all.
      if (value === "" || (question.words && value !== "-")) return activateOnly(question);
      if (stateOf(sheet, item) === "coded" && before !== "coded" && by("by-itself").checked) onward();
      else activate(asked(sheet, item).find((one) => item.answers[one.column] === "") ?? question);
    },
    note(text) {
      work.items[work.at].note = text;
      changed();
    },
    mark(name) {
      const item = work.items[work.at];
      item[name] = !item[name];
      changed();
      shown.refresh();
      if (name === "skipped" && item.skipped) onward();
      else say(stateText(sheet, item));
    },
    goOn() {
      const all = asked(sheet, work.items[work.at]);
      const next = all[all.indexOf(active) + 1];
      if (next && active) activate(next);
      else onward();
    },
    step: (by) => go(work.at + by),
    nextOpen: onward,
    key: command,
  };

  const activateOnly = (question) => {
    active = question;
    for (const one of shown.questions) one.activate(one.question === active);
  };

  // Keys that move; true when the key was one.
  function command(event) {
    const all = asked(sheet, work.items[work.at]);
    const at = all.indexOf(active);
    const moves = {
      ArrowLeft: () => tools.step(-1), ArrowRight: () => tools.step(1),
      ArrowUp: () => activate(all[Math.max(0, at - 1)]), ArrowDown: () => activate(all[Math.min(all.length - 1, at + 1)]),
    };
    if (!Object.hasOwn(moves, event.key)) return false;
    moves[event.key]();
    return true;
  }

  const letters = {
    u: () => tools.mark("unsure"), s: () => tools.mark("skipped"), o: onward,
    n: () => shown.note.focus(),
    l: () => { by("list").open = true; list.focus(); },
  };

  document.addEventListener("keydown", (event) => {
    typing = true;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      return saveFile();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !by("keys").checked) return;
    const target = event.target;
    if (target.closest("input[type=text], textarea, select")) {
      if (event.key !== "Escape") return;
      const inside = target.closest("fieldset");
      if (!inside) activate(firstOpen(sheet, work.items[work.at]) ?? active);
      if (inside || document.activeElement === target) by("item").focus({ preventScroll: true });
      return;
    }
    const box = shown.questions.find((one) => one.box.contains(target)) ?? shown.questions.find((one) => one.question === active);
    const own = event.key === "Enter" || event.key === " ";
    if (own && target.closest("button, summary, input, a")) return;
    if (event.key === "Enter") tools.goOn();
    else if (box?.key(event.key) || command(event)) event.preventDefault();
    else if (Object.hasOwn(letters, event.key)) letters[event.key]();
    else return;
    event.preventDefault();
  });
  document.addEventListener("pointerdown", () => { typing = false; });
  document.addEventListener("focusin", (event) => {
    const box = shown?.questions.find((one) => one.box.contains(event.target));
    if (box && box.question !== active) activateOnly(box.question);
  });

  function saveFile() {
    save(sheet.file, "text/csv;charset=utf-8", saved(sheet, work));
    work.unsaved = false;
    write();
    say(`Saved as ${sheet.file}.`);
  }
  by("save").addEventListener("click", saveFile);
  by("open").addEventListener("click", () => by("file").click());
  by("file").addEventListener("change", async () => {
    const [file] = by("file").files;
    if (!file) return;
    const result = taken(sheet, work, await file.text());
    by("file").value = "";
    if (result.failed) notice([result.failed], false);
    else put({ ...result.work, at: Math.max(0, nextOpen(sheet, result.work, sheet.rows.length - 1)) }, result.said, true);
  });
  by("empty").addEventListener("click", () => put(workOf(sheet), ["The sheet is as it was made."], true));
  by("coder").addEventListener("input", () => {
    work.coder = by("coder").value;
    work.unsaved = true;
    write();
  });
  kept.onOther((other) => {
    if (fits(sheet, other)) {
      work = { ...other, at: work.at };
      everything();
      say("Taken over from another window of this sheet.");
    }
  });
  addEventListener("beforeunload", (event) => {
    if (work.unsaved) event.preventDefault();
  });
  addEventListener("beforeprint", () => by("paper").replaceChildren(...paper(sheet, work)));
  addEventListener("afterprint", () => by("paper").replaceChildren());
  write();
  everything();
  document.documentElement.dataset.ready = "yes";
}
