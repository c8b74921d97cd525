#!/usr/bin/env python3
"""Draw framing hits of a corpus to label by reading, and write blind sheets.

    sample.py CORPUS.jsonl MENTIONS.csv SENTENCES.csv OUT_DIR [--hits N] [--seed S] [--again FILE]

MENTIONS.csv is the ledger of a run on the corpus, SENTENCES.csv what `framescope show sentences`
prints. Of the ledger only the places, the frames and the actors' codes are read: the sheets never
show what the program thinks of voice, speaker, agent and target.

Hits are drawn at random within frame and source (stratum), n**0.75 of a stratum's n hits in
proportion, so that rare frames and small sources are seen. A sentence that occurs in several
articles is drawn in one of them only. A fifth of the documents is `test`; a document is never in
both parts. Every fifth sheet is of the test part.

--again FILE draws the second reading: N hits out of FILE (the labels' csv), in a new order.
"""
import argparse
import csv
import hashlib
import json
import os
import random
import re
from collections import defaultdict

BEFORE, AFTER, SHEET = 170, 90, 130


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("corpus", "mentions", "sentences", "out"):
        parser.add_argument(name)
    parser.add_argument("--hits", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=19)
    parser.add_argument("--again")
    return parser.parse_args()


def source(article):
    return article.rsplit("-", 1)[0]


def load(args):
    with open(args.corpus, encoding="utf-8") as lines:
        texts = {row["id"]: row["text"].encode() for row in map(json.loads, lines)}
    sentences = defaultdict(list)
    with open(args.sentences, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            sentences[row["article_id"]].append((int(row["start_byte"]), int(row["end_byte"])))
    hits, actors = [], defaultdict(list)
    with open(args.mentions, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            span = int(row["start_byte"]), int(row["end_byte"])
            if row["layer"] == "frame":
                hits.append((row["article_id"], *span, row["code"], row["alias"]))
            elif row["layer"] == "actor":
                code = row["rollup"] or "~" + row["code"]
                actors[row["article_id"]].append((*span, code))
    return texts, sentences, hits, actors


def sentence_of(sentences, article, start):
    for at, (a, b) in enumerate(sentences[article]):
        if a <= start < b:
            return at, a, b
    return None


def draw(hits, texts, sentences, count, chance):
    """Hits drawn within frame and source, repeated sentences once."""
    chance.shuffle(hits)
    seen, strata = {}, defaultdict(list)
    for hit in hits:
        place = sentence_of(sentences, hit[0], hit[1])
        if place is None:
            continue
        _, a, b = place
        text = re.sub(rb"\W+", b" ", texts[hit[0]][a:b]).lower()
        if seen.setdefault(text, (hit[0], a)) == (hit[0], a):
            strata[hit[3], source(hit[0])].append(hit)
    wanted = {key: len(rows) ** 0.75 for key, rows in strata.items()}
    scale = count / sum(wanted.values())
    drawn, carry = [], 0.0
    for key in sorted(strata):
        carry += wanted[key] * scale
        take = min(int(carry), len(strata[key]))
        carry -= take
        drawn += [(*hit, len(strata[key]) / take) for hit in strata[key][:take]]
    return drawn


def marked(text, a, b, spans):
    """The sentence with its marks; `spans` are (start, end, before, after)."""
    out, at = [], a
    marks = []
    for start, end, before, after in spans:
        marks.append((start, 1, -end, before))
        marks.append((end, 0, -start, after))
    for place, _, _, mark in sorted(marks):
        place = min(max(place, a), b)
        out += [text[at:place].decode("utf-8", "replace"), mark]
        at = place
    out.append(text[at:b].decode("utf-8", "replace"))
    return re.sub(r"\s+", " ", "".join(out)).strip()


def sheet(path, rows, texts, sentences, actors):
    """One sheet: sentences in the order of the rows, each with its drawn hits."""
    with open(path, "w", encoding="utf-8") as out:
        last = None
        for number, (article, start, _, _, _) in rows:
            place = sentence_of(sentences, article, start)
            if (article, place) == last:
                continue
            last = article, place
            at, a, b = place
            text = texts[article]
            spans = [(s, e, "{", "=" + c + "}") for s, e, c in actors[article] if a <= s < b]
            names = []
            for n, (other, s, e, frame, term) in rows:
                if other == article and a <= s < b:
                    spans.append((s, e, "[[", "]]" + str(n)))
                    names.append(f"{n} {frame}/{term}")
            body = marked(text, a, b, spans)
            before = text[max(0, a - BEFORE) : a].decode("utf-8", "ignore")
            after = ""
            if body.count('"') % 2 or body.count("“") != body.count("”") or body[:1] in "\"“'‘":
                after = " >> " + re.sub(r"\s+", " ", text[b : b + AFTER].decode("utf-8", "ignore"))
            before = re.sub(r"\n\s*", " ¶", before)
            out.write(f"{article} | {'; '.join(names)}\n  < {before}\n  {body}{after}\n")


def main():
    args = arguments()
    chance = random.Random(args.seed)
    texts, sentences, hits, actors = load(args)
    os.makedirs(args.out, exist_ok=True)
    if args.again:
        with open(args.again, encoding="utf-8", newline="") as lines:
            rows = [
                (r["article_id"], int(r["start_byte"]), int(r["end_byte"]), r["frame"], r["term"])
                for r in csv.DictReader(lines)
            ]
        chance.shuffle(rows)
        order = {}
        for row in rows[: args.hits]:
            order.setdefault(row[0], len(order))
        batches = [("again", sorted(rows[: args.hits], key=lambda r: (order[r[0]], r)))]
    else:
        drawn = draw(hits, texts, sentences, args.hits, chance)
        parts = {"train": [], "test": []}
        by_document = defaultdict(list)
        for hit in sorted(drawn):
            by_document[hit[0]].append(hit)
        documents = sorted(by_document)
        chance.shuffle(documents)
        for at, document in enumerate(documents):
            parts["test" if at % 5 == 4 else "train"] += by_document[document]
        batches = [(part, [hit[:5] for hit in rows]) for part, rows in parts.items()]
        with open(os.path.join(args.out, "drawn.csv"), "w", encoding="utf-8", newline="") as out:
            table = csv.writer(out, lineterminator="\n")
            table.writerow("part,number,article_id,start_byte,end_byte,frame,term,weight,sha256".split(","))
            for part, rows in parts.items():
                for number, hit in enumerate(rows, 1):
                    digest = hashlib.sha256(texts[hit[0]]).hexdigest()
                    table.writerow([part, number, *hit[:5], f"{hit[5]:.3f}", digest])
    for part, rows in batches:
        numbered = list(enumerate(rows, 1))
        if args.again:
            with open(os.path.join(args.out, "again.csv"), "w", encoding="utf-8", newline="") as out:
                table = csv.writer(out, lineterminator="\n")
                table.writerow("part,number,article_id,start_byte,end_byte,frame,term".split(","))
                table.writerows(["again", number, *row] for number, row in numbered)
        for at in range(0, len(numbered), SHEET):
            name = f"{part}-{at // SHEET + 1:02}.txt"
            rows_of = numbered[at : at + SHEET]
            sheet(os.path.join(args.out, name), rows_of, texts, sentences, actors)


if __name__ == "__main__":
    main()
