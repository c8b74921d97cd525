#!/usr/bin/env python3
"""Uses a report as a reader would, in headless Chromium, from disk and without a network.

usage: check.py OUTPUT_FOLDER [--seconds 1] [--megabytes 6] [--shots FOLDER] [--least-figures 8]

Looked at: no message on the console, every figure drawn, a number of each figure opens as many hits as it says, search,
filter, sort, reader, back button, a link to a view, what is saved, the keyboard, both themes, a telephone, and paper.
"""
import argparse, csv, io, json, pathlib, sys, tempfile, time
from chromium import Browser


# Saved files are caught instead of written: the page makes them as blobs.
CATCH = """
(() => { window.saved = []; const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => { window.saved.push(blob); return make(blob); };
  HTMLAnchorElement.prototype.click = function () { if (!this.download) HTMLElement.prototype.click.call(this); };
})()"""

# The answers of people are no hits: their numbers open nothing. Pairs do where the run has sentences.
OF_NO_HITS = ("agreement",)
# A page that holds a sample says so where a number opens fewer hits.
IS_SAMPLE = "this page holds a sample"
OPENED = "!document.getElementById('panel').hidden"


def open_marks(browser, check, say, name, marks, wanted):
    """What a mark says is what it opens."""
    for i, n in wanted:
        browser.eval(f"{marks}[{i}].dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
        browser.wait(OPENED)
        found, lines = browser.eval("[Number(document.getElementById('panel').dataset.count), document.querySelectorAll('#panel .hits > li').length]")
        label, told = browser.eval(f"[{marks}[{i}].getAttribute('aria-label'), document.querySelector('#panel .count').textContent]")
        holds = found == n or (found < n and (IS_SAMPLE in told or "are not in this page" in told))
        check(holds and lines == min(found, 50), f"{name}: `{label}` says {n}, opens {found} ({lines} shown): {told}")
        say["opened"] += 1
    browser.eval("document.querySelector('#panel .close').click()")
    browser.wait("document.getElementById('panel').hidden")


def switched(browser, at):
    """Puts each switch of a figure on each of its first choices in turn, and back."""
    for s in range(browser.eval(f"{at}.querySelectorAll('.switches select').length")):
        select = f"{at}.querySelectorAll('.switches select')[{s}]"
        for value, label in browser.eval(f"Array.from({select}.options, (o) => [o.value, o.textContent]).slice(1, 6)"):
            browser.eval(f"(() => {{ const s = {select}; s.value = {json.dumps(value)}; s.dispatchEvent(new Event('change', {{bubbles: true}})); }})()")
            yield label
        browser.eval(f"(() => {{ const s = {select}; s.selectedIndex = 0; s.dispatchEvent(new Event('change', {{bubbles: true}})); }})()")


def figures(browser, check, say):
    names = browser.eval("Array.from(document.querySelectorAll('figure.card'), (f) => f.dataset.figure)")
    for name in names:
        at = f"document.querySelector('[data-figure={name}]')"
        size = browser.eval(f"(() => {{ const d = {at}.querySelector('.drawing > *'); const b = d.getBoundingClientRect();"
                            f" return [b.width, b.height, d.querySelectorAll('rect,circle,line,path,.cell,li').length]; }})()")
        check(size[0] > 100 and size[1] > 30 and size[2] > 2, f"{name}: not drawn: {size}")
        check(browser.eval(f"{at}.querySelector('h3').textContent.length > 10"), f"{name}: no title")
        # The largest number, one in the middle and the last one, each by a click.
        marks = browser.eval(f"(() => {{ const all = Array.from({at}.querySelectorAll('.drawing [data-n]'));"
                             f" return all.map((m, i) => [i, Number(m.dataset.n)]); }})()")
        check(marks or name in OF_NO_HITS, f"{name}: nothing opens")
        if not marks:
            browser.eval(f"{at}.querySelector('details.rows').open = true")
            continue
        largest = max(marks, key=lambda m: m[1])
        opened = {tuple(largest), tuple(marks[len(marks) // 2]), tuple(marks[-1]), tuple(marks[len(marks) // 3])}
        open_marks(browser, check, say, name, f"{at}.querySelectorAll('.drawing [data-n]')", opened)
        for choice in switched(browser, at):
            marks = browser.eval(f"Array.from({at}.querySelectorAll('.drawing [data-n]'), (m, i) => [i, Number(m.dataset.n)])")
            open_marks(browser, check, say, f"{name} ({choice})", f"{at}.querySelectorAll('.drawing [data-n]')", map(tuple, marks[:2]))
        browser.eval(f"{at}.querySelector('details.rows').open = true")
    browser.wait("Array.from(document.querySelectorAll('details.rows')).every((d) => d.querySelector('table'))")
    browser.eval("document.querySelectorAll('details.rows').forEach((d) => { d.open = false; })")
    say["figures"] = len(names)


def answers(browser, check, say):
    """What a sentence says of hits is what its link opens."""
    for i in range(browser.eval("document.querySelectorAll('.answers [data-n]').length")):
        at = f"document.querySelectorAll('.answers [data-n]')[{i}]"
        browser.eval(at + ".click()")
        browser.wait(OPENED)
        n, found = browser.eval(f"[Number({at}.dataset.n), Number(document.getElementById('panel').dataset.count)]")
        sentence, told = browser.eval(f"[{at}.closest('li').textContent, document.querySelector('#panel .count').textContent]")
        check(n == found or (found < n and IS_SAMPLE in told), f"`{sentence}` opens {found}")
        say["opened"] += 1
        browser.eval("document.querySelector('#panel .close').click()")
        browser.wait("document.getElementById('panel').hidden")
    check(browser.eval("document.querySelectorAll('.answers li').length") > 0, "no answer is given")


def saves(browser, check):
    text = lambda: browser.eval("window.saved.at(-1).text()")
    for name in browser.eval("Array.from(document.querySelectorAll('figure.card'), (f) => f.dataset.figure)"):
        for kind in ("csv", "svg", "png"):
            before = browser.eval("window.saved.length")
            browser.eval(f"document.querySelector('[data-figure={name}] [data-save={kind}]').click()")
            browser.wait(f"window.saved.length > {before}")
            if kind == "csv":
                rows = list(csv.reader(io.StringIO(text())))
                shown = browser.eval(f"document.querySelectorAll('[data-figure={name}] .plain tbody tr').length")
                check(len(rows) - 1 == shown or shown == 400, f"{name}: the CSV has {len(rows) - 1} rows, the table {shown}")
                check(all(len(row) == len(rows[0]) for row in rows), f"{name}: rows of the CSV have other lengths")
            elif kind == "svg":
                check("<svg" in text() and "class=" not in text(), f"{name}: the SVG has no colours of its own")
            else:
                size = browser.eval("window.saved.at(-1).size")
                colours = browser.eval("""(async () => { const bitmap = await createImageBitmap(window.saved.at(-1));
                  const canvas = document.createElement('canvas'); canvas.width = bitmap.width; canvas.height = bitmap.height;
                  const c = canvas.getContext('2d'); c.drawImage(bitmap, 0, 0);
                  const p = c.getImageData(0, 0, bitmap.width, bitmap.height).data; const seen = new Set();
                  for (let i = 0; i < p.length; i += 4 * 37) seen.add(p[i] << 16 | p[i + 1] << 8 | p[i + 2]); return seen.size; })()""")
                check(size > 2000 and colours > 3, f"{name}: the PNG is blank ({size} bytes, {colours} colours)")


def explorer(browser, check):
    count = lambda: browser.eval("Number(document.getElementById('found').dataset.count)")
    field = lambda name, value: browser.eval(
        f"(() => {{ const f = document.querySelector('#explorer [name={name}]'); f.value = {json.dumps(value)};"
        f" f.dispatchEvent(new Event('input', {{bubbles: true}})); }})()")
    every = count()
    check(every > 0, "no hit is listed")
    word = browser.eval("document.querySelector('.kwic .word').textContent").split()[0]
    field("q", word)
    some = count()
    check(0 < some <= every, f"the search for `{word}` finds {some} of {every}")
    check(browser.eval("location.hash").startswith("#hits?"), "a search is not in the address")
    link = browser.eval("location.href")
    before = browser.eval("window.saved.length")
    browser.eval("document.getElementById('save-hits').click()")
    browser.wait(f"window.saved.length > {before}")
    rows = list(csv.reader(io.StringIO(browser.eval("window.saved.at(-1).text()"))))
    check(len(rows) - 1 == some, f"{some} hits are found, {len(rows) - 1} saved")
    field("q", "zzzz no such word")
    check(count() == 0, "a word that is nowhere finds something")
    field("q", "")
    voice = browser.eval("document.querySelector('#explorer [name=voice]').options[1].value")
    field("voice", voice)
    voices = browser.eval("Array.from(document.querySelectorAll('.kwic tbody tr'), (r) => r.cells[5].textContent)")
    check(all(v == voice for v in voices) and 0 < count() <= every, f"the filter `{voice}` shows {set(voices)}")
    field("voice", "")
    field("sort", "right")
    right = browser.eval("Array.from(document.querySelectorAll('.kwic tbody tr'), (r) => r.cells[3].textContent.replace(/^[^\\p{L}\\p{N}]+/u, '').toLowerCase().slice(0, 20))")
    check(right == sorted(right), "lines are not sorted by the words to the right")
    field("sort", "")
    check(count() == every, "without filters not every hit is there")
    return link, some


def reader(browser, check):
    browser.eval("document.querySelector('.kwic .where a').click()")
    browser.wait("document.getElementById('reader').open")
    check(browser.eval("document.querySelectorAll('#reader article mark.now-hit').length") > 0, "the reader marks no hit in the text")
    check("[object" not in browser.eval("document.getElementById('reader').textContent"), "the reader shows no text")
    first = browser.eval("location.hash")
    several = browser.eval("document.querySelectorAll('#reader .strip rect[data-hit]').length") > 1
    browser.key("n", "KeyN", "n")
    if several:
        browser.wait(f"location.hash !== {json.dumps(first)}")
    browser.eval("history.back()")
    browser.wait("!document.getElementById('reader').open")
    browser.eval(f"location.hash = {json.dumps(first)}")
    browser.wait("document.getElementById('reader').open")
    browser.key("Escape")
    browser.wait("!document.getElementById('reader').open")


def inert(browser, check):
    """Every article is read, so that all of its text is in the document."""
    articles = browser.eval("Array.from(document.querySelectorAll('.kwic .where a'), (a) => a.getAttribute('href'))")
    for link in articles:
        browser.eval(f"location.hash = {json.dumps(link)}")
        browser.wait("document.getElementById('reader').open")
    for view in ("layer=quotation", "layer=frame", "layer=naming", "layer=word&word=alert", "layer=word&word=constructor"):
        browser.eval("location.hash = ''")
        browser.wait("!(" + OPENED + ")")
        browser.eval(f"location.hash = '#open?{view}'")
        browser.wait(OPENED)
        count = browser.eval("Number(document.getElementById('panel').dataset.count)")
        check(count > 0 or view.endswith("constructor"), f"`{view}` opens nothing")
        browser.eval("for (let more; (more = document.querySelector('#panel > button:not([hidden])'));) more.click()")
    browser.eval(f"location.hash = {json.dumps(articles[-1])}")
    browser.wait("document.getElementById('reader').open")
    text = browser.eval("document.getElementById('reader').textContent")
    check(text, "the reader is empty")
    foreign = browser.eval("document.querySelectorAll('img, i, b[onclick], iframe, object, embed, form[action], [onerror], [onclick]').length")
    check(foreign == 0, f"{foreign} elements come from the texts")
    check(browser.eval("document.title") != "broken", "a script of a text ran")
    marks = browser.eval("/[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.innerText)")
    check(not marks, "a direction mark is on the page")
    browser.eval("location.hash = ''")
    browser.wait("!document.getElementById('reader').open")


def tabs(browser, check):
    """The key Tab reaches every button, choice and field, in their order, and each shows that it has the focus."""
    browser.eval("document.activeElement.blur(); window.scrollTo(0, 0)")
    wanted = browser.eval("""(() => { window.wanted = Array.from(document.querySelectorAll('a[href], button, select, input, summary')).filter((e) => e.checkVisibility() && !e.closest('#explorer table'));
      window.met = new Set(); window.faint = []; return window.wanted.length; })()""")
    for _ in range(6000):
        browser.key("Tab")
        over = browser.eval("""(() => { const e = document.activeElement; if (e === document.body || e.closest('#read')) return true; window.met.add(e);
          const o = getComputedStyle(e); if (o.outlineStyle === 'none' || parseFloat(o.outlineWidth) < 1) window.faint.push(e.outerHTML.slice(0, 80)); return false; })()""")
        if over and browser.eval("window.met.size") > 5:
            break
    missed = browser.eval("window.wanted.filter((e) => !window.met.has(e) && !e.closest('#read, footer')).map((e) => e.outerHTML.slice(0, 90))")
    check(not missed, f"Tab does not reach {len(missed)} of {wanted} controls: {missed[:3]}")
    faint = browser.eval("window.faint")
    check(not faint, f"{len(faint)} controls do not show the focus: {faint[:3]}")


def keyboard(browser, check):
    browser.eval("document.querySelector('figure.card [data-n]').focus()")
    browser.key("Enter")
    browser.wait(OPENED)
    check(browser.eval("document.activeElement.id") == "panel-title", "the panel does not take the focus")
    browser.key("Escape")
    browser.wait("document.getElementById('panel').hidden")
    check(browser.eval("document.activeElement.matches('figure.card [data-n]')"), "the focus does not go back to what opened the panel")
    browser.eval("document.querySelector('figure.card [data-n]').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    browser.wait(OPENED)
    browser.eval("history.back()")
    browser.wait("document.getElementById('panel').hidden")


def looks(browser, check, shots):
    for width in (390, 1400):
        browser.resize(width)
        time.sleep(0.6)
        wide = browser.eval("document.documentElement.scrollWidth")
        check(wide <= width, f"at {width} pixels the page is {wide} wide")
        over = browser.eval(f"Array.from(document.querySelectorAll('.drawing > *')).filter((d) => d.getBoundingClientRect().right > {width} + 1).map((d) => d.closest('figure').dataset.figure)")
        check(not over, f"at {width} pixels these figures are cut: {over}")
        for dark in (False, True):
            browser.dark(dark)
            time.sleep(0.2)
            paper = browser.eval("getComputedStyle(document.body).backgroundColor")
            check((paper == "rgb(255, 255, 255)") != dark, f"the paper is {paper} with dark {dark}")
            if shots:
                browser.picture(shots / f"{width}-{'dark' if dark else 'light'}.png")
        browser.dark(False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--megabytes", type=float, default=6)
    parser.add_argument("--pages", type=int, default=20, help="of paper, at most")
    parser.add_argument("--tabs", action="store_true", help="the key Tab is tried on the whole page")
    parser.add_argument("--shots", type=pathlib.Path)
    parser.add_argument("--least-figures", type=int, default=6)
    parser.add_argument("--inert", action="store_true", help="the corpus is that of hostile.py: nothing of it may be markup")
    asked = parser.parse_args()
    page = (asked.output / "report.html").resolve()
    failures, say = [], {"opened": 0}

    def check(holds, what):
        if not holds:
            failures.append(what)

    size = page.stat().st_size
    check(size < asked.megabytes * 1e6, f"the page has {size} bytes")
    if asked.shots:
        asked.shots.mkdir(parents=True, exist_ok=True)
    browser = Browser()
    try:
        browser.open(page.as_uri())
        first = browser.eval("window.firstFigure") / 1000
        check(first < asked.seconds, f"the first figure came after {first:.1f} s")
        browser.eval(CATCH)
        figures(browser, check, say)
        answers(browser, check, say)
        saves(browser, check)
        if asked.inert:
            inert(browser, check)
        check(say["figures"] >= asked.least_figures, f"only {say['figures']} figures")
        link, some = explorer(browser, check)
        reader(browser, check)
        keyboard(browser, check)
        if asked.tabs:
            tabs(browser, check)
        looks(browser, check, asked.shots)
        with tempfile.TemporaryDirectory() as folder:
            path = (asked.shots or pathlib.Path(folder)) / "page.pdf"
            browser.pdf(path)
            pages = path.read_bytes().count(b"/Type /Page\n") or path.read_bytes().count(b"/Type /Page ")
            check(pages <= asked.pages, f"{pages} pages of paper")
            check(path.stat().st_size > 20000, "the paper is empty")
        browser.call("Page.navigate", url="about:blank")
        browser.open(link)
        found = browser.eval("Number(document.getElementById('found').dataset.count)")
        check(found == some, f"the link shows {found} hits, it was made from {some}")
        said = browser.complaints()
        check(not said, f"messages: {said[:3]}")
        print(f"{size} bytes, first figure after {first:.2f} s, {say['figures']} figures, {say['opened']} numbers opened, {some} hits in a search, {pages} pages of paper")
    finally:
        browser.close()
    for failure in failures:
        print("failed:", failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
