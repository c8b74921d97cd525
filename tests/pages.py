#!/usr/bin/env python3
"""How well the program finds the articles on saved pages, against texts that people took out of them.

    python3 tests/pages.py [FOLDER] [--program PATH] [--floor F1]

FOLDER (by default tests/data/pages/html) holds pages (.html, .htm, .mhtml) and, beside each, its article as NAME.txt:
headline, standfirst and text. What the program counts of each page is compared with it, word by word and in runs of
four words. It fails below the floor (0.97 of F1 for words, on average) and for any framing hit that the article's own
text does not give. Standard library only.
"""

import argparse
import collections
import csv
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def runs(text, n):
    words = re.findall(r"\w+", text)
    return collections.Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def f1(gold, found, n):
    gold, found = runs(gold, n), runs(found, n)
    right = sum((gold & found).values())
    precision = right / max(1, sum(found.values()))
    recall = right / max(1, sum(gold.values()))
    return 2 * precision * recall / max(1e-9, precision + recall)


def show(program, stage, folder):
    """Rows of a stage by the article that they are of."""
    told = subprocess.run([program, "show", stage, folder], capture_output=True, check=False)
    articles = collections.defaultdict(list)
    for row in csv.DictReader(io.StringIO(told.stdout.decode("utf-8"))):
        articles[row["article_id"]].append(row)
    return articles


class Read:
    """What the program counts of a folder: words in their order, and framing hits outside of what is left out."""

    def __init__(self, program, folder):
        words = show(program, "words", folder)
        kept = {name: [row for row in rows if row["counted"] == "true"] for name, rows in words.items()}
        self.text = {name: " ".join(row["word"] for row in rows) for name, rows in kept.items()}
        zones = {name: {row["zone"] for row in rows} for name, rows in kept.items()}
        self.hits = {
            name: collections.Counter(
                (row["surface"], row["code"]) for row in rows if row["layer"] == "frame" and row["zone"] in zones.get(name, ())
            )
            for name, rows in show(program, "mentions", folder).items()
        }


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    here = pathlib.Path(__file__).parent
    options.add_argument("folder", nargs="?", type=pathlib.Path, default=here / "data/pages/html")
    options.add_argument("--program", default=str(here.parent / "target/debug/framescope"))
    options.add_argument("--floor", type=float, default=0.97)
    given = options.parse_args()
    pages = sorted(path for path in given.folder.iterdir() if path.suffix in (".html", ".htm", ".mhtml"))
    scores, faults = [], []
    with tempfile.TemporaryDirectory() as apart:
        folders = [pathlib.Path(apart) / name for name in ("pages", "gold")]
        for folder in folders:
            folder.mkdir()
        for page in pages:
            shutil.copy(page, folders[0] / page.name)
            shutil.copy(page.with_suffix(".txt"), folders[1])
        found, gold = (Read(given.program, folder) for folder in folders)
        for page in pages:
            name = page.stem
            texts = gold.text.get(name, ""), found.text.get(name, "")
            scores.append([f1(*texts, n) for n in (1, 4)])
            print(f"{page.name}: words {scores[-1][0]:.3f}, runs of four {scores[-1][1]:.3f}")
            foreign = found.hits.get(name, collections.Counter()) - gold.hits.get(name, collections.Counter())
            faults += [f"{page.name}: `{surface}` ({code}) is not in the article" for surface, code in foreign]
    mean = [sum(score[i] for score in scores) / max(1, len(scores)) for i in (0, 1)]
    print(f"{len(pages)} pages: F1 of words {mean[0]:.3f}, of runs of four {mean[1]:.3f}")
    for fault in faults:
        print(fault)
    return 0 if pages and not faults and mean[0] >= given.floor else 1


if __name__ == "__main__":
    sys.exit(main())
