#!/usr/bin/env python3
"""Score a run on the labelled news corpus: voice, speaker, agent, target and sense.

    score.py MENTIONS.csv [CORPUS.jsonl[.gz]] [--part train|test] [--labels FILE] [--errors KIND]

MENTIONS.csv is the ledger of a run on the corpus. A label and a hit of the ledger belong together
when they are of one article and one frame and their places overlap. With the corpus, the texts'
hashes are checked and two baselines are printed beside the run. One row is printed a measure: how
many rows it stands on, its value, its 95 % interval (Wilson) and the value when every label is
weighted so that the sample stands for the corpus. --errors voice|speaker|agent|target|sense lists
the labels that the run misses. Python 3, standard library only.
"""
import argparse
import csv
import gzip
import hashlib
import json
import os
import re
import sys
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
OWN = ("own", "hypothetical")
ROLES = ("speaker", "agent", "target")
REPORTING = re.compile(
    r"\b(according to|sa(?:y|id|ys|ying)|t(?:ell|old|ells)|wr(?:ite|ote|ites)|claim\w*|accus\w*|"
    r"insist\w*|warn\w*|den(?:y|ied|ies)|call(?:ed|s|ing)|describ\w+|announc\w+|report\w*|argu\w+|"
    r"alleg\w+|stat(?:ed|es|ing|ement)|add(?:ed|s|ing)|condemn\w*|blam\w+|declar\w+|believ\w+|"
    r"suggest\w*|vow\w*|urg(?:ed|es|ing)|critici[sz]\w+)\b",
    re.IGNORECASE,
)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("ledger")
    parser.add_argument("corpus", nargs="?")
    parser.add_argument("--part", choices=("train", "test"), default="train")
    parser.add_argument("--labels", default=os.path.join(HERE, "labels.csv"))
    parser.add_argument("--errors", choices=("voice", "sense") + ROLES)
    return parser.parse_args()


def wilson(hits, n, z=1.96):
    if n == 0:
        return None, None
    p, d = hits / n, 1 + z * z / n
    middle, reach = p + z * z / (2 * n), z * ((p * (1 - p) + z * z / (4 * n)) / n) ** 0.5
    return (middle - reach) / d, (middle + reach) / d


def weight_of(row):
    """How many hits of the corpus the label stands for; labels without a weight count alike."""
    return float(row.get("weight") or 1)


def show(name, rows, good):
    """Print a share: `rows` are labels, `good` those that are right."""
    n, hits = len(rows), sum(1 for row in rows if good(row))
    if n == 0:
        print(f"{name},0,,,,")
        return
    low, high = wilson(hits, n)
    weight = sum(weight_of(row) for row in rows)
    weighted = sum(weight_of(row) for row in rows if good(row)) / weight
    print(f"{name},{n},{hits / n:.3f},{low:.3f},{high:.3f},{weighted:.3f}")


def load(args):
    with open(args.labels, encoding="utf-8", newline="") as lines:
        labels = [row for row in csv.DictReader(lines) if row["part"] == args.part]
    ledger = defaultdict(list)
    with open(args.ledger, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["layer"] == "frame":
                ledger[row["article_id"], row["code"]].append(row)
    for label in labels:
        start, end = int(label["start_byte"]), int(label["end_byte"])
        best, most = None, 0
        for row in ledger[label["article_id"], label["frame"]]:
            overlap = min(end, int(row["end_byte"])) - max(start, int(row["start_byte"]))
            if overlap > most:
                best, most = row, overlap
        label["hit"] = best
        for column in ("voice",) + ROLES:
            label[column] = label[column].split("|")
    return labels


def texts_of(path, labels):
    wanted = {label["article_id"] for label in labels}
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        texts = {row["id"]: row["text"].encode() for row in rows if row["id"] in wanted}
    with open(os.path.join(HERE, "articles.csv"), encoding="utf-8", newline="") as lines:
        known = {row["article_id"]: row["sha256"] for row in csv.DictReader(lines)}
    for article in sorted(wanted):
        if article not in texts:
            sys.exit(f"article `{article}` is not in `{path}`; give the corpus that was labelled")
        if hashlib.sha256(texts[article]).hexdigest() != known.get(article):
            sys.exit(f"article `{article}` of `{path}` has another text than the labelled one")
    return texts


def baselines(labels, texts):
    """Is the hit in quotation marks, and is a reporting word in its sentence?"""
    for label in labels:
        text = texts[label["article_id"]]
        start, end = int(label["start_byte"]), int(label["end_byte"])
        before = text[:start].decode("utf-8", "ignore").split("\n")[-1]
        after = text[end:].decode("utf-8", "ignore").split("\n")[0]
        curly = before.count("“") > before.count("”")
        label["quotes"] = curly or before.count('"') % 2 == 1
        left = re.split(r"[.!?][\"”’]?\s+(?=[A-Z“\"])", before)[-1]
        right = re.split(r"[.!?][\"”’]?(?=\s|$)", after)[0]
        label["report"] = label["quotes"] or bool(REPORTING.search(left + " " + right))


def not_own(name, rows, says):
    """Precision and recall of not own; the truth is the label's first choice."""
    true = [row for row in rows if row["voice"][0] not in OWN]
    given = [row for row in rows if says(row)]
    show(f"{name}_precision", given, lambda row: row["voice"][0] not in OWN)
    show(f"{name}_recall", true, says)


def voices(rows, with_text):
    one_side = [r for r in rows if len({voice in OWN for voice in r["voice"]}) == 1]
    single = [row for row in rows if len(row["voice"]) == 1]
    kinds = [("", lambda row: row["hit"]["voice"] not in OWN)]
    if with_text:
        kinds += [("_by_quotation_marks", lambda row: row["quotes"])]
        kinds += [("_by_quotation_or_reporting_word", lambda row: row["report"])]
    for suffix, says in kinds:
        not_own(f"not_own_all_rows{suffix}", rows, says)
        not_own(f"not_own_undebated_rows{suffix}", one_side, says)
        not_own(f"not_own_rows_without_alternatives{suffix}", single, says)
    show("six_voices_first_choice", rows, lambda row: row["hit"]["voice"] == row["voice"][0])
    show("six_voices_acceptable", rows, lambda row: row["hit"]["voice"] in row["voice"])
    hypothetical = [row for row in rows if row["voice"][0] == "hypothetical"]
    show("hypothetical_recall", hypothetical, lambda row: row["hit"]["voice"] == "hypothetical")
    for voice in ("own", "attributed", "quoted", "scare", "denied"):
        true = [row for row in rows if row["voice"][0] == voice]
        show(f"{voice}_recall", true, lambda row: row["hit"]["voice"] == voice)


def fits(row, role):
    return (row["hit"][role] or "-") in row[role]


def role_rows(rows, role):
    """Rows whose actors are all in the codebook (others stand in small letters)."""
    return [row for row in rows if not any(name != name.upper() for name in row[role])]


def roles(rows):
    for role in ROLES:
        known = role_rows(rows, role)
        true = [row for row in known if row[role][0] != "-"]
        needed = [row for row in true if "-" not in row[role]]
        given = [row for row in known if row["hit"][role]]
        found = lambda row: bool(row["hit"][role]) and fits(row, role)
        show(f"{role}_recall", true, found)
        show(f"{role}_recall_where_required", needed, found)
        show(f"{role}_wrong_or_invented_among_given", given, lambda row: not fits(row, role))
        tier = f"{role}_tier"
        if rows and tier in rows[0]["hit"]:
            for name in ("firm", "ambiguous"):
                of_tier = [row for row in given if row["hit"][tier] == name]
                wrong = lambda row: not fits(row, role)
                show(f"{role}_wrong_or_invented_{name}", of_tier, wrong)
                in_tier = lambda row: found(row) and row["hit"][tier] == name
                show(f"{role}_recall_{name}", true, in_tier)


def errors(kind, labels):
    for row in labels:
        hit, place = row["hit"], f"{row['article_id']} {row['start_byte']}-{row['end_byte']}"
        if kind == "sense":
            wrong = (hit is not None) != (row["sense"] == "1")
            want, got = row["sense"], "hit" if hit else "no hit"
        elif hit is None or row["sense"] == "0":
            continue
        else:
            got, want = hit[kind] or "-", "|".join(row[kind])
            wrong = got not in row[kind]
        if wrong:
            print(f"{place},{row['frame']},{row['term']},want {want},got {got},{hit and hit['rule']}")


def main():
    args = arguments()
    labels = load(args)
    if args.errors:
        errors(args.errors, labels)
        return
    found = [row for row in labels if row["hit"] is not None]
    rows = [row for row in found if row["sense"] == "1"]
    if args.corpus:
        baselines(rows, texts_of(args.corpus, labels))
    print("measure,rows,value,low,high,weighted")
    show("right_sense", found, lambda row: row["sense"] == "1")
    right = [row for row in labels if row["sense"] == "1"]
    show("right_sense_still_found", right, lambda row: row["hit"] is not None)
    voices(rows, bool(args.corpus))
    roles(rows)


if __name__ == "__main__":
    main()
