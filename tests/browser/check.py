#!/usr/bin/env python3
"""Opens a report in headless Chromium, from disk, and checks it from outside.

usage: check.py OUTPUT_FOLDER [--seconds 3] [--megabytes 5] [--shots FOLDER]

The page's policy forbids foreign scripts, so a copy without the policy gets one more script that uses the page as a
reader would (sorts each table, filters the concordance, changes the theme) and writes what happened into the document;
the page itself is opened unchanged for errors on the console. Needs `chromium` on the path, and nothing else.
"""
import argparse, json, pathlib, re, subprocess, sys, tempfile

PROBE = """
(function () {
  const say = {first: window.firstChart / 1000, whole: performance.now() / 1000, charts: document.querySelectorAll("svg.chart").length, heat: document.querySelectorAll("table.heat").length};
  say.drawn = Array.from(document.querySelectorAll("svg.chart")).every((svg) => svg.getBoundingClientRect().height > 20 && svg.querySelector("rect,circle,path,line"));
  say.named = Array.from(document.querySelectorAll("svg.chart")).every((svg) => svg.querySelector("title").textContent && svg.querySelector("desc").textContent);
  say.captions = Array.from(document.querySelectorAll("table")).every((table) => table.caption && table.querySelector("th[scope]"));
  say.ids = new Set(Array.from(document.querySelectorAll("[id]"), (e) => e.id)).size === document.querySelectorAll("[id]").length;
  say.sorted = 0; say.unsorted = [];
  for (const table of document.querySelectorAll("table.sort")) {
    if (table.tBodies[0].rows.length < 2) continue;
    for (const head of table.tHead.rows[0].cells) {
      head.querySelector("button").click();
      const at = head.cellIndex, numeric = head.classList.contains("num");
      const keys = Array.from(table.tBodies[0].rows, (row) => row.cells[at].dataset.sort ?? row.cells[at].textContent.trim()).filter((key) => key !== "");
      const fine = keys.every((key, i) => i === 0 || (numeric ? Number(keys[i - 1]) <= Number(key) : keys[i - 1].localeCompare(key) <= 0));
      if (fine && head.getAttribute("aria-sort") === "ascending") say.sorted += 1; else say.unsorted.push(head.textContent);
    }
  }
  const form = document.getElementById("filter"), rows = Array.from(document.querySelectorAll("#kwic tbody tr"));
  say.lines = rows.length;
  if (form) {
    say.form = !form.hidden;
    const voice = form.elements.voice.options[1].text;
    form.elements.voice.value = voice;
    form.dispatchEvent(new Event("input"));
    const shown = rows.filter((row) => !row.hidden);
    say.filtered = shown.length > 0 && shown.every((row) => row.dataset.voice === voice) && shown.length === rows.filter((row) => row.dataset.voice === voice).length;
    form.elements.words.value = "no such words zzzz";
    form.dispatchEvent(new Event("input"));
    say.emptied = rows.every((row) => row.hidden);
  }
  document.getElementById("theme").click();
  say.theme = document.documentElement.dataset.theme;
  document.body.setAttribute("data-probe", JSON.stringify(say));
})();
"""

def chromium(folder, *arguments):
    base = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--proxy-server=127.0.0.1:9",
            "--user-data-dir=" + folder, "--enable-logging=stderr"]
    return subprocess.run(base + list(arguments), capture_output=True, text=True, timeout=120)

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--megabytes", type=float, default=5)
    parser.add_argument("--shots", type=pathlib.Path)
    asked = parser.parse_args()
    page = (asked.output / "report.html").resolve()
    size = page.stat().st_size
    failures = []
    def check(holds, what):
        if not holds:
            failures.append(what)
    check(size < asked.megabytes * 1e6, f"the page has {size} bytes")
    with tempfile.TemporaryDirectory() as folder:
        plain = chromium(folder, "--dump-dom", page.as_uri())
        console = [line for line in plain.stderr.splitlines() if "CONSOLE" in line]
        check(not console, f"messages on the console: {console[:3]}")
        html = page.read_text(encoding="utf-8")
        html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html, count=1)
        # The clock of the page begins with the navigation; this reads it when the first chart is in the document.
        html = html.replace("</table><p class=\"legend\">", "</table><script>window.firstChart ??= performance.now()</script><p class=\"legend\">", 1)
        html = html.replace("</body>", "<script>" + PROBE + "</script></body>")
        copy = pathlib.Path(folder) / "probed.html"
        copy.write_text(html, encoding="utf-8")
        dom = chromium(folder, "--dump-dom", copy.as_uri()).stdout
        found = re.search(r'data-probe="([^"]*)"', dom)
        check(found, "the probe did not run")
        if found:
            say = json.loads(found.group(1).replace("&quot;", '"').replace("&amp;", "&"))
            for key in ("drawn", "named", "captions", "ids", "form", "filtered", "emptied"):
                check(say.get(key, False), f"{key}: no")
            check(say["charts"] >= 5 and say["heat"] >= 3, f"only {say['charts']} charts and {say['heat']} heat maps")
            check(not say["unsorted"], f"not sorted: {say['unsorted'][:5]}")
            check(say["first"] < asked.seconds, f"the first chart came after {say['first']:.1f} s")
            check(say["theme"] == "light", f"the theme is {say['theme']}")
            print(f"{size} bytes, first chart after {say['first']:.2f} s, whole page after {say['whole']:.2f} s, {say['charts']} charts, {say['heat']} heat maps, "
                  f"{say['sorted']} columns sorted, {say['lines']} lines")
        if asked.shots:
            asked.shots.mkdir(parents=True, exist_ok=True)
            for name, window in (("desktop", "1280,4000"), ("phone", "500,4000")):
                chromium(folder, f"--window-size={window}", f"--screenshot={asked.shots / (name + '.png')}", page.as_uri())
    for failure in failures:
        print("failed:", failure, file=sys.stderr)
    return 1 if failures else 0

if __name__ == "__main__":
    sys.exit(main())
