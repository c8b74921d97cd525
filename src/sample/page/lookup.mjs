// A field in which a code is looked up by typing some letters of its id or its name.
import { h, bdi, empty } from "../../report/assets/page/dom.mjs";
import { fitting } from "./keys.mjs";

const MOST = 8;

// `pick(code)` when one is chosen, `unlisted` for what is on no list, `pass()` when Enter finds the field
// empty, `key(event)` for a key in the empty field: true when it was used.
export function lookup({ id, codes, label, describedBy, pick, unlisted, pass, key }) {
  let shown = [];
  let at = -1;
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const field = h("input", {
    id, type: "text", role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false", placeholder: "type a name or an id", "aria-label": label,
    "aria-describedby": describedBy, "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
  });
  const point = (to) => {
    at = to;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at >= 0) field.setAttribute("aria-activedescendant", `${id}-${at}`);
    else field.removeAttribute("aria-activedescendant");
  };
  const draw = () => {
    const typed = field.value.trim();
    shown = fitting(codes, typed, MOST).map(({ code, label: name }) => ({ run: () => pick(code), parts: [h("b", {}, bdi(code)), " ", bdi(name)] }));
    if (typed !== "" && shown.length === 0) shown = [{ run: () => unlisted.run(typed), parts: [`${unlisted.label}: “`, bdi(typed), "”"] }];
    empty(list).append(...shown.map(({ parts }, number) => h("li", { id: `${id}-${number}`, role: "option", "data-at": number }, parts)));
    list.hidden = shown.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    point(shown.length > 0 ? 0 : -1);
    if (!list.hidden) list.scrollIntoView({ block: "nearest" });
  };
  const choose = (number) => {
    const chosen = shown[number];
    field.value = "";
    draw();
    chosen.run();
  };
  field.addEventListener("input", draw);
  field.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (field.value === "" && key(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      if (at >= 0) choose(at);
      else pass();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && shown.length > 0) {
      event.preventDefault();
      point((at + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
    } else if (event.key === "Escape" && field.value !== "") {
      event.stopPropagation();
      field.value = "";
      draw();
    }
  });
  // The pointer chooses before the field loses its focus.
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[data-at]");
    if (!option) return;
    event.preventDefault();
    choose(Number(option.dataset.at));
  });
  return { field, box: h("div", { class: "lookup" }, field, list), clear: () => { field.value = ""; draw(); } };
}
