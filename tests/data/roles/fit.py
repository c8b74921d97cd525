#!/usr/bin/env python3
"""Fit the weights by which the actors of a sentence are ranked as agent and target: `src/voice/data/roles.csv`.

    framescope show roles news.jsonl.gz > roles.csv
    fit.py join roles.csv [LABELS.csv ...]     features and labels of the part `train` to features.csv.gz
    fit.py fit WEIGHTS.csv                     the weights from features.csv.gz
    fit.py try                                 what they are worth on articles left out, five times

`features.csv.gz` holds no text: `article, hit, agents, targets, actor, rule_agent, rule_target, features`; of the actors
that fit, the first is the best. A conditional model: the actors of a sentence and nobody share a probability of one,
and what is likelier is right. Weights are tenths of a logit. Python 3, standard library only.
"""
import csv
import gzip
import math
import os
import random
import sys
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
FEATURES = os.path.join(HERE, "features.csv.gz")
LABELS = os.path.join(HERE, "..", "labels", "labels.csv")
ROLES = ("agent", "target")
EPOCHS, RATE, DECAY, LEAST = 8, 0.1, 0.01, 6
SECOND = 0.35  # what an acceptable answer counts beside the first one


def join(shown, labels):
    wanted = {}
    for path in labels or [LABELS]:
        for row in csv.DictReader(open(path, encoding="utf-8", newline="")):
            if row.get("part", "train") == "train" and row["sense"] == "1":
                wanted[row["article_id"], row["start_byte"], row["frame"]] = row
    csv.field_size_limit(1 << 24)
    numbers = {}
    with gzip.GzipFile(FEATURES, "wb", mtime=0) as packed:
        lines = []
        for row in csv.DictReader(open(shown, encoding="utf-8-sig", newline="")):
            key = row["article_id"], row["start_byte"], row["code"]
            if key not in wanted:
                continue
            number = numbers.setdefault(key, len(numbers))
            label = wanted[key]
            cells = (row["article_id"], str(number), label["agent"], label["target"], row["actor"] or "-")
            lines.append(",".join(cells + (row["features"],)))
        packed.write(("article,hit,agents,targets,actor,features\n" + "\n".join(lines) + "\n").encode())
    print(f"{len(numbers)} of {len(wanted)} labelled hits")


def load():
    hits = defaultdict(list)
    with gzip.open(FEATURES, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            hits[row["article"], row["hit"]].append(row)
    return [
        {
            "article": key[0],
            "agent": rows[0]["agents"].split("|"),
            "target": rows[0]["targets"].split("|"),
            "actors": [(row["actor"], row["features"].split()) for row in rows],
        }
        for key, rows in hits.items()
    ]


def of_role(hits, role):
    # An actor outside the codebook stands in small letters: nobody in the sentence can be right or wrong.
    return [hit for hit in hits if all(name == name.upper() for name in hit[role])]


def train(hits, role):
    count = defaultdict(int)
    for hit in hits:
        for _, features in hit["actors"]:
            for feature in features:
                count[feature] += 1
    weights, squares = defaultdict(float), defaultdict(lambda: 1e-6)
    shuffled = random.Random(1)
    hits = list(hits)
    for _ in range(EPOCHS):
        shuffled.shuffle(hits)
        for hit in hits:
            scores = [sum(weights[f] for f in features if count[f] >= LEAST) for _, features in hit["actors"]]
            top = max(scores)
            shares = [math.exp(score - top) for score in scores]
            whole = sum(shares)
            right = [1.0 if a == hit[role][0] else SECOND if a in hit[role] else 0.0 for a, _ in hit["actors"]]
            if not any(right):
                right = [1.0 if a == "-" else 0.0 for a, _ in hit["actors"]]
            of_right = sum(r * s for r, s in zip(right, shares))
            for (_, features), share, r in zip(hit["actors"], shares, right):
                step = r * share / of_right - share / whole
                if abs(step) < 1e-4:
                    continue
                for feature in features:
                    if count[feature] >= LEAST:
                        slope = step - DECAY * weights[feature]
                        squares[feature] += slope * slope
                        weights[feature] += RATE * slope / math.sqrt(squares[feature])
    return weights


def rounded(weights):
    return {feature: round(10 * weight) for feature, weight in weights.items() if round(10 * weight)}


def fit(out):
    hits = load()
    agent, target = (rounded(train(of_role(hits, role), role)) for role in ROLES)
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature",) + ROLES)
        writer.writerows((f, agent.get(f, 0), target.get(f, 0)) for f in sorted(agent.keys() | target.keys()))


def attempt():
    hits = load()
    articles = sorted({hit["article"] for hit in hits})
    random.Random(3).shuffle(articles)
    fold = {article: at % 5 for at, article in enumerate(articles)}
    for number, role in enumerate(ROLES):
        rows = []
        for part in range(5):
            weights = rounded(train([h for h in of_role(hits, role) if fold[h["article"]] != part], role))
            for hit in of_role(hits, role):
                if fold[hit["article"]] == part:
                    scores = sorted(((sum(weights.get(f, 0) for f in fs), a) for a, fs in hit["actors"]), reverse=True)
                    rule = next((a for a, fs in hit["actors"] if f"rule.{number}" in fs), "")
                    rows.append((scores, rule, hit[role], {a: s for s, a in scores}))
        for ahead in (0, 4, 8, 12, 16, 20, 25, 30):
            for behind in (0, 6, 12, 20):
                given = wrong = found = true = firm = firm_wrong = 0
                for scores, rule, wanted, by in rows:
                    best = scores[0][1] if scores[0][1] != "-" and (len(scores) == 1 or scores[0][0] - scores[1][0] >= ahead) else ""
                    if rule:
                        lead = by[rule] - max(s for s, a in scores if a != rule)
                        if best in ("", rule) and lead >= -behind:
                            best = rule
                        if best == rule and lead >= 12:
                            firm += 1
                            firm_wrong += rule not in wanted
                    true += wanted[0] != "-"
                    found += wanted[0] != "-" and best in wanted
                    given += best != ""
                    wrong += best != "" and best not in wanted
                print(f"{role} ahead {ahead} behind {behind}: recall {found / true:.3f}, wrong {wrong / given:.3f} of {given}; firm {firm_wrong / max(firm, 1):.3f} of {firm}")


if __name__ == "__main__":
    command, *rest = sys.argv[1:] or ["help"]
    if command == "join":
        join(rest[0], rest[1:])
    elif command == "fit":
        fit(rest[0])
    elif command == "try":
        attempt()
    else:
        sys.exit(__doc__)
