"use strict";
(function () {
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch (_) { /* no storage for this file */ } };
  const recall = (name) => { try { return localStorage.getItem(name); } catch (_) { return null; } };

  const themes = ["system", "light", "dark"];
  const button = document.getElementById("theme");
  const dress = (theme) => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = "Theme: " + (theme === "system" ? "as the system" : theme);
    button.dataset.now = theme;
  };
  dress(themes.includes(recall("theme")) ? recall("theme") : "system");
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(button.dataset.now) + 1) % themes.length];
    remember("theme", next);
    dress(next);
  });

  const key = (row, at) => {
    const cell = row.cells[at];
    return cell.dataset.sort === undefined ? cell.textContent.trim() : cell.dataset.sort;
  };
  const sort = (head, at) => {
    const body = head.closest("table").tBodies[0];
    const down = head.getAttribute("aria-sort") === "ascending";
    const numeric = head.classList.contains("num");
    const rows = Array.from(body.rows, (row) => [key(row, at), row]);
    rows.sort(([a], [b]) => {
      if (a === "" || b === "") return (a === "") - (b === "");
      const order = numeric ? a - b : a.localeCompare(b);
      return down ? -order : order;
    });
    for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows.map(([, row]) => row));
  };
  for (const head of document.querySelectorAll("table.sort thead th")) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.append(...head.childNodes);
    head.append(handle);
    handle.addEventListener("click", () => sort(head, head.cellIndex));
  }

  const form = document.getElementById("filter");
  if (form) {
    const rows = Array.from(document.getElementById("kwic").tBodies[0].rows);
    const found = document.getElementById("found");
    const texts = new Map();
    const text = (row) => {
      if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
      return texts.get(row);
    };
    const filter = () => {
      const words = form.elements.words.value.trim().toLowerCase();
      const wanted = ["source", "frame", "voice"].map((name) => [name, form.elements[name].value]);
      let n = 0;
      for (const row of rows) {
        const shown = wanted.every(([name, value]) => value === "" || row.dataset[name] === value) && (words === "" || text(row).includes(words));
        row.hidden = !shown;
        n += shown ? 1 : 0;
      }
      found.textContent = n + " of " + rows.length + " lines";
    };
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    filter();
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
})();
