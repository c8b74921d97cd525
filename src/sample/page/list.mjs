// All items with their state, to go to any of them.
import { h, bdi, empty } from "../../report/assets/page/dom.mjs";
import { stateOf, markedParts } from "./sheet.mjs";

export const SIGNS = { coded: "✓", skipped: "–", started: "◐", open: "○" };
const WORDS = { coded: "coded", skipped: "skipped", started: "begun", open: "open" };

export function stateText(sheet, item) {
  return WORDS[stateOf(sheet, item)] + (item.unsure ? ", unsure" : "");
}

const SHOWN = {
  all: () => true,
  "to do": (state) => state === "open" || state === "started",
  unsure: (state, item) => item.unsure,
  skipped: (state) => state === "skipped",
  "with a note": (state, item) => item.note !== "",
};

export function itemList(sheet, { work, go }) {
  const choice = h("select", { id: "shown" }, Object.keys(SHOWN).map((name) => h("option", { value: name }, name)));
  const list = h("ol", { id: "items" });
  const entries = sheet.rows.map((row, at) => {
    const [sentence, words] = markedParts(sheet.cell(row, "sentence"), sheet.cell(row, "span"));
    const text = [...(words || sentence)].slice(0, 60).join("");
    const sign = h("span", { class: "sign" });
    const button = h("button", { type: "button", onclick: () => go(at) }, sign, ` ${at + 1} `, bdi(text));
    const entry = h("li", {}, button);
    return { entry, button, sign };
  });
  list.append(...entries.map(({ entry }) => entry));
  const refreshOne = (at) => {
    const item = work().items[at];
    const state = stateOf(sheet, item);
    const { entry, button, sign } = entries[at];
    sign.textContent = SIGNS[state] + (item.unsure ? "?" : "");
    sign.setAttribute("aria-label", stateText(sheet, item));
    sign.setAttribute("role", "img");
    entry.hidden = !SHOWN[choice.value](state, item);
    if (at === work().at) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  };
  const refresh = () => entries.forEach((_, at) => refreshOne(at));
  choice.addEventListener("change", refresh);
  return {
    parts: [h("p", {}, h("label", { for: "shown" }, "Show "), choice), list],
    refresh, refreshOne,
    focus: () => entries[work().at].button.focus(),
    // Scrolls within the list alone: the page stays where it is.
    reveal: () => {
      const { offsetTop, offsetHeight } = entries[work().at].entry;
      if (offsetTop < list.scrollTop || offsetTop + offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = offsetTop - list.clientHeight / 2;
    },
  };
}
