#!/usr/bin/env python3
"""Fit the weights by which the speaker of a framing hit is ranked (`src/voice/data/speakers.csv`).

    framescope show speakers news.jsonl.gz > speakers.csv
    fit.py join speakers.csv [MORE_LABELS.csv ...]      writes features.csv.gz: features and labels, no text
    fit.py fit src/voice/data/speakers.csv
    fit.py try                                          what the ranking is worth on articles left out of the fit

The labels are those of `../labels/labels.csv` and `more.csv`, part `train`, and of further files with the columns
`article_id,start_byte,end_byte,frame,sense,speaker`. Needs numpy and scipy.
"""
import csv
import gzip
import os
import random
import sys
from collections import Counter, defaultdict

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

HERE = os.path.dirname(os.path.abspath(__file__))
FEATURES = os.path.join(HERE, "features.csv.gz")
LABELS = os.path.join(HERE, "..", "labels")
SQUARES, LEAST, FOLDS = 8.0, 3, 8
SECOND = 0.6  # what an acceptable answer counts beside the first one
GIVEN = 10  # as in src/voice/speaker_ranking.rs


def crossed(features, voice):
    return features + [feature + "|" + voice for feature in features]


def train(hits):
    """The weights, in tenths of a logit."""
    rows = [[crossed(features, hit["voice"]) for _, features in hit["actors"]] for hit in hits]
    count = Counter(feature for hit in rows for actor in hit for feature in set(actor))
    number = {f: at for at, f in enumerate(sorted(f for f, n in count.items() if n >= LEAST))}
    ends, columns, right, first = [0], [], [], [0]
    for hit, actors in zip(hits, rows):
        wanted = hit["speakers"]
        share = [1.0 if a == wanted[0] else SECOND if a in wanted else 0.0 for a, _ in hit["actors"]]
        right += share if any(share) else [1.0 if a == "-" else 0.0 for a, _ in hit["actors"]]
        for features in actors:
            columns += [number[f] for f in features if f in number]
            ends.append(len(columns))
        first.append(len(right))
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(right), len(number)))
    turned, right = matrix.T.tocsr(), np.array(right)
    sizes = np.diff(first)
    starts, of_hit = np.array(first[:-1]), np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights):
        scores = matrix @ weights
        shares = np.exp(scores - np.maximum.reduceat(scores, starts)[of_hit])
        whole, good = np.add.reduceat(shares, starts), np.add.reduceat(shares * right, starts)
        steps = shares / whole[of_hit] - shares * right / good[of_hit]
        return (np.log(whole) - np.log(good)).sum() + SQUARES / 2 * (weights @ weights), turned @ steps + SQUARES * weights

    found = minimize(loss, np.zeros(len(number)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {f: round(10 * found[at]) for f, at in number.items() if round(10 * found[at])}


def choose(weights, hit):
    """As `SpeakerRanking::finish` does."""
    if hit["rule"] != "-":
        return hit["rule"]
    scores = sorted((sum(weights.get(f, 0) for f in crossed(fs, hit["voice"])), a) for a, fs in hit["actors"])
    known = [pair for pair in scores if pair[1] != "-"]
    if not known:
        return "-"
    best, actor = known[-1]
    others = [score for score, other in scores if other != actor]
    return actor if not others or best - max(others) >= GIVEN else "-"


def join(shown, *more):
    labels, held = {}, set()
    with open(os.path.join(LABELS, "articles.csv"), encoding="utf-8", newline="") as lines:
        held = {row["article_id"] for row in csv.DictReader(lines) if row["part"] == "test"}
    for path in (*(os.path.join(LABELS, name) for name in ("labels.csv", "more.csv")), *more):
        with open(path, encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                speakers = row["speaker"].split("|")
                # An actor outside the codebook stands in small letters: nobody can be right or wrong.
                known = all(name == name.upper() for name in speakers)
                if row["article_id"] not in held and row["sense"] == "1" and known:
                    labels[row["article_id"], row["start_byte"], row["frame"]] = row
    csv.field_size_limit(1 << 24)
    hits = {}
    with open(shown, encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            key = row["article_id"], row["start_byte"], row["code"]
            label = labels.get(key)
            if label and int(row["end_byte"]) <= int(label["end_byte"]) + 12:
                new = {"label": label["speaker"], "voice": row["voice"], "rule": row["rule_speaker"] or "-", "actors": []}
                hits.setdefault(key, new)["actors"].append((row["actor"] or "-", row["features"]))
    lines = ["article,hit,voice,rule_speaker,speakers,actor,features"]
    for number, (key, hit) in enumerate(hits.items()):
        for actor, features in hit["actors"]:
            lines.append(",".join((key[0], str(number), hit["voice"], hit["rule"], hit["label"], actor, features)))
    with gzip.GzipFile(FEATURES, "wb", mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())
    print(f"{len(hits)} of {len(labels)} labelled hits; at the others nobody says anything")


def load():
    hits = {}
    with gzip.open(FEATURES, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            new = {"article": row["article"], "voice": row["voice"], "rule": row["rule_speaker"], "actors": []}
            new["speakers"] = row["speakers"].split("|")
            hits.setdefault(row["hit"], new)["actors"].append((row["actor"], row["features"].split()))
    return list(hits.values())


def fit(out):
    weights = train(load())
    with open(out, "w", encoding="utf-8", newline="") as file:
        file.write("feature,speaker\n")
        file.writelines(f"{feature},{weight}\n" for feature, weight in sorted(weights.items()))


def attempt():
    hits, answers = load(), defaultdict(list)
    for fold in range(FOLDS):
        is_out = [random.Random(hit["article"]).randrange(FOLDS) == fold for hit in hits]
        weights = train([hit for hit, out in zip(hits, is_out) if not out])
        for hit, out in zip(hits, is_out):
            if out:
                answers["ranking"].append((choose(weights, hit), hit["speakers"]))
                answers["rules"].append((hit["rule"], hit["speakers"]))
    for name, rows in answers.items():
        needed = [answer in wanted for answer, wanted in rows if "-" not in wanted]
        given = [answer in wanted for answer, wanted in rows if answer != "-"]
        print(f"{name}: recall where required {sum(needed) / len(needed):.3f}, wrong {1 - sum(given) / len(given):.3f}")


if __name__ == "__main__":
    command, *rest = sys.argv[1:] or ["help"]
    commands = {"join": join, "fit": fit, "try": attempt}
    if command not in commands:
        sys.exit(__doc__)
    commands[command](*rest)
