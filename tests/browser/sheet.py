#!/usr/bin/env python3
"""Codes a sheet as a person would, in headless Chromium, from disk and without a network.

usage: sheet.py SHEET.html SHEET.csv [--coded FILE] [--shots FOLDER]

Every item is coded with keys alone; in the middle the browser is closed and opened again. What is saved is compared with
what was pressed, opened in another browser, and saved once more. Looked at too: a telephone, dark colours, paper, names
for a screen reader, the question before work is lost, and that nothing appears on the console.
"""
import argparse, csv, io, json, pathlib, random, sys, tempfile, time
from chromium import Browser

SINGLE = {"right_sense", "voice", "zone"}
LOOKED_UP = {"speaker", "agent", "target", "actor"}
NOTE = 'half "own", half theirs; see, above'


class Coder:
    """Presses keys for one answer after the other, and knows what the file should say."""

    def __init__(self, browser, rows, data, seed):
        self.browser, self.rows, self.data, self.random = browser, rows, data, random.Random(seed)
        self.used, self.typed = {}, 0

    def codes(self, column):
        return [code for code, _, _ in self.data["lists"][self.data["codes"][column]]]

    def press(self, key):
        self.browser.key(key, text=key)

    def choose(self, column):
        """A code of a short list, by its key."""
        codes = self.codes(column)
        code = self.random.choice(codes)
        digits = all(one.isdigit() and len(one) == 1 for one in codes)
        self.press(code if digits else "123456789abcdefghijkmpqrtvwxyz"[codes.index(code)])
        return code

    def look_up(self, column):
        """A code of a long list: none, one used before by its number, another by typing it."""
        used = self.used.setdefault(self.data["codes"][column], [])
        if self.random.random() < .3:
            self.press("0")
            return "-"
        if used and self.random.random() < .6:
            at = self.random.randrange(len(used))
            self.press(str(at + 1))
            return used[at]
        if self.random.random() < .1:
            self.browser.type("Zz relief society")
            self.press("Enter")
            return "zz relief society"
        code = self.random.choice([one for one in self.codes(column) if one != "-"][:40])
        self.browser.type(code)
        self.press("Enter")
        self.typed += 1
        if code not in used and len(used) < 9:
            used.append(code)
        return code

    def several(self, row):
        """Frames with their words, or none."""
        column = "missed_frames"
        pairs = []
        for _ in range(self.random.choice([0, 1, 1, 2])):
            code = self.random.choice([one for one in self.codes(column) if one != "-"])
            self.browser.type(code)
            self.press("Enter")
            self.browser.type("some; words")
            self.press("Enter")
            pairs.append((code, "some, words"))
            self.typed += 1
            used = self.used.setdefault(self.data["codes"][column], [])
            if code not in used and len(used) < 9:
                used.append(code)
        if pairs:
            self.press("Enter")
        else:
            self.press("0")
        row["missed_frames"] = ";".join(code for code, _ in pairs) or "-"
        row["terms"] = ";".join(words for _, words in pairs)

    def code(self, row):
        """One item; the page goes on by itself."""
        marks = self.random.random()
        single = self.data["fill"][0] in SINGLE
        if marks < .1 and single:
            self.press("u")
            row["note"] = "[unsure]"
        if marks < .05 and single:
            self.press("n")
            self.browser.type(NOTE)
            self.browser.key("Escape")
            row["note"] += " " + NOTE
        for column in self.data["fill"]:
            if column in SINGLE:
                row[column] = self.choose(column)
            elif column == "missed_frames":
                self.several(row)
            elif column in LOOKED_UP and not (column == "speaker" and row.get("voice") == "own"):
                row[column] = self.look_up(column)
            if column == "right_sense" and row[column] == "0":
                break


def wide(browser):
    return browser.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def saved(browser, folder, name):
    """Saves with the keyboard, and reads what was saved."""
    browser.key("s", "KeyS", modifiers=2)
    path, end = folder / name, time.monotonic() + 20
    while not path.exists() or path.stat().st_size == 0:
        if time.monotonic() > end:
            raise TimeoutError(f"`{name}` is not saved: {list(folder.iterdir())}")
        time.sleep(.05)
    text = path.read_bytes()
    path.unlink()
    return text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("csv", type=pathlib.Path)
    parser.add_argument("--coded", type=pathlib.Path, help="where to leave what was saved")
    parser.add_argument("--shots", type=pathlib.Path)
    options = parser.parse_args()
    page, failures = options.page.resolve(), []
    check = lambda good, text: good or failures.append(text)
    shots = options.shots
    if shots:
        shots.mkdir(parents=True, exist_ok=True)
    picture = lambda browser, name: shots and browser.picture(shots / f"{page.stem}-{name}.png")

    empty = options.csv.read_bytes()
    rows = list(csv.DictReader(io.StringIO(empty.decode())))
    at = "Number(document.getElementById('item-h').textContent.match(/\\d+/)[0])"
    with tempfile.TemporaryDirectory() as profile, tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        browser = Browser(1280, 900, profile=profile)
        try:
            browser.downloads(folder)
            browser.open(page.as_uri())
            data = json.loads(browser.eval("document.getElementById('data').textContent"))
            check(saved(browser, folder, options.csv.name) == empty, "a sheet without answers is not saved as it was made")
            check(not browser.nameless(), f"without a name for a screen reader: {browser.nameless()}")
            check(wide(browser) <= 0, f"{wide(browser)} pixels too wide")
            named = rows[0]["coder"] != ""
            if not named:
                for _ in range(100):
                    browser.key("Tab")
                    if browser.eval("document.activeElement.id") == "coder":
                        break
                browser.type("Ada")
                browser.key("Escape")
            coder = Coder(browser, rows, data, 7)
            for number, row in enumerate(rows):
                if not named:
                    row["coder"] = "Ada"
                check(browser.eval(at) == number + 1, f"item {browser.eval(at)} is shown, not {number + 1}")
                if number == len(rows) // 2:
                    picture(browser, "middle")
                    # Leaving with work that is in no file is asked about; closed and opened again, all is there.
                    before = len(browser.events)
                    browser.open("about:blank", ready=False)
                    check(any(event["method"] == "Page.javascriptDialogOpening" for event in browser.events[before:]),
                          "nothing is asked before work is lost")
                    messages = browser.complaints()
                    browser.close()
                    check(not messages, f"console: {messages}")
                    browser = Browser(1280, 900, profile=profile)
                    browser.downloads(folder)
                    browser.open(page.as_uri())
                    coder.browser = browser
                    check(browser.eval(at) == number + 1, f"opened again, it shows item {browser.eval(at)}, not {number + 1}")
                coder.code(row)
                if failures:
                    picture(browser, "failed")
                    break
            check(browser.eval("!document.getElementById('done').hidden"), "it does not say that all is coded")
            picture(browser, "done")
            text = saved(browser, folder, options.csv.name)
            found = list(csv.DictReader(io.StringIO(text.decode())))
            if options.coded:
                options.coded.write_bytes(text)
            for row, other in zip(rows, found):
                check(row == other, f"coded {row}\nsaved {other}")
            check(len(rows) == len(found), f"{len(rows)} items, {len(found)} saved")
            check(browser.eval("(() => { const e = new Event('beforeunload', {cancelable: true}); dispatchEvent(e); return !e.defaultPrevented; })()"),
                  "it asks although everything is saved")
            browser.eval("dispatchEvent(new Event('beforeprint'))")
            check(browser.eval("document.querySelectorAll('#paper section').length") == len(rows), "paper has not every item")
            browser.eval("dispatchEvent(new Event('afterprint'))")
            if shots:
                browser.pdf(shots / f"{page.stem}.pdf")
            messages = browser.complaints()
            check(not messages, f"console: {messages}")
        finally:
            browser.close()

        # On another computer, which is a telephone: from the saved file.
        browser = Browser(390, 844)
        try:
            browser.downloads(folder)
            browser.dark(True)
            browser.open(page.as_uri())
            check(wide(browser) <= 0, f"{wide(browser)} pixels too wide for a telephone")
            picture(browser, "telephone")
            background = browser.eval("getComputedStyle(document.body).backgroundColor")
            check(max(int(part) for part in background.strip("rgb()").split(",")) < 60, f"dark colours are {background}")
            # With a byte order mark, semicolons, and rows in another order, as a spreadsheet may leave it.
            half = folder / "returned.csv"
            with half.open("w", encoding="utf-8-sig", newline="") as out:
                writer = csv.DictWriter(out, rows[0].keys(), delimiter=";")
                writer.writeheader()
                writer.writerows(rows[::-1])
            browser.put_file("#file", half)
            browser.wait("!document.getElementById('notice').hidden")
            check(wide(browser) <= 0, f"{wide(browser)} pixels too wide for a telephone, with a message")
            picture(browser, "opened")
            browser.eval("document.getElementById('more').open = true; document.getElementById('list').open = true")
            check(wide(browser) <= 0, f"{wide(browser)} pixels too wide for a telephone, with help and list")
            picture(browser, "open-telephone")
            check(saved(browser, folder, options.csv.name) == text, "opened from the file and saved again, it is another file")
            browser.eval("document.getElementById('undo').click()")
            check(saved(browser, folder, options.csv.name) == empty, "undone, there are answers left")
            browser.put_file("#file", page)
            browser.wait("document.getElementById('notice').textContent.includes('no item of this sheet')")
            check(browser.eval("document.title !== 'broken' && document.querySelectorAll('img, a[onclick], b[onclick]').length === 0"), "text became markup")
            messages = browser.complaints()
            check(not messages, f"console: {messages}")
        finally:
            browser.close()
    for failure in failures[:10]:
        print(f"{page.name}: {failure}", file=sys.stderr)
    print(f"{page.name}: {len(rows)} items coded, {coder.typed} codes typed, {len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
