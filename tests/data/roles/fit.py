#!/usr/bin/env python3
"""Fit the weights by which the actors of a sentence are ranked as agent and target: `src/voice/data/roles.csv`.

    fit.py sentences made.jsonl made.csv       sentences with their labels, from the kinds of kinds.csv
    framescope show roles news.jsonl.gz > roles.csv; framescope show roles made.jsonl > made_roles.csv
    fit.py join roles.csv made_roles.csv made.csv     features and labels of the part `train` to features.csv.gz
    fit.py fit WEIGHTS.csv                     the weights from features.csv.gz
    fit.py try                                 what they are worth on articles left out, five times

`features.csv.gz` holds no text: `article, hit, deed, agents, targets, actor, features`; of the actors that fit, the first
is the best. A conditional model: the actors of a sentence and nobody share a probability of one, and what is likelier is
right; beside the news stand sentences made from `kinds.csv`, which show each way of naming who acts and who suffers in
its plain form, with names drawn at random (`{A}` a state, `{a}` its adjective, `{apl}` its people, `{G}` a group, `{P}` a
territory, `{on}`,
`{of}`, `{past}`, `{verb}` terms). Weights are held small by their squares. Each feature counts of itself and once more with the deed of the term.
Weights are tenths of a logit. What the other hits of an article show (`agent_same` and the like) is guessed by weights
that were fitted without that article, so that the fit does not trust it too much. Python 3 with numpy and scipy.
"""
import csv
import gzip
import json
import os
import random
import re
import sys
from collections import Counter, defaultdict

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

HERE = os.path.dirname(os.path.abspath(__file__))
FEATURES = os.path.join(HERE, "features.csv.gz")
LABELS = [os.path.join(HERE, "..", "labels", name) for name in ("labels.csv", "roles.csv", "more.csv")]
ROLES = ("agent", "target")
SQUARES, LEAST, FOLDS = 5.0, 4, 5
COPIES, OF_MADE = 14, 0.3  # sentences of a kind, and what each counts beside a labelled hit
SECOND = 0.6  # what an acceptable answer counts beside the first one
CLEAR, SAME = 11, 30  # as in src/voice/ranking.rs
STATES = (
    ("Armenia", "Armenian", "Armenians", "Yerevan", "ARM"),
    ("Azerbaijan", "Azerbaijani", "Azerbaijanis", "Baku", "AZE"),
    ("Russia", "Russian", "Russians", "Moscow", "RUS"),
    ("Ukraine", "Ukrainian", "Ukrainians", "Kyiv", "UKR"),
    ("Israel", "Israeli", "Israelis", "Israel", "ISR"),
    ("Turkey", "Turkish", "Turks", "Ankara", "TUR"),
    ("Iran", "Iranian", "Iranians", "Tehran", "IRN"),
    ("France", "French", "French people", "Paris", "FRA"),
    ("Lebanon", "Lebanese", "Lebanese people", "Lebanon", "LBN"),
)
GROUPS = (("Hamas", "HAMAS"), ("Hezbollah", "HEZBOLLAH"))
PLACES = (("Crimea", "CRIMEA"), ("Gaza", "GAZA"), ("Nagorno-Karabakh", "NK"), ("Donbas", "DONBAS"))
TERMS = {
    "on": ("attack", "offensive", "assault", "incursion", "aggression", "provocation", "air strike"),
    "of": ("occupation", "invasion", "annexation", "siege", "blockade", "shelling", "liberation", "bombardment"),
    "past": (
        "attacked", "invaded", "occupied", "besieged", "annexed", "seized", "liberated", "recaptured", "shelled",
        "deported", "expelled",
    ),
    "verb": ("attack", "invade", "occupy", "liberate", "annex", "besiege", "expel", "deport"),
    "verbs": ("attacks", "invades", "occupies", "liberates", "annexes", "besieges", "expels", "deports"),
}  # fmt: skip
ELSEWHERE = ("agent_same", "target_same", "agent_other", "target_other", "net_same", "net_other", "pair_")


def fill(template, draw):
    """A sentence of a kind, with the codes of its actors."""
    states, codes = draw.sample(STATES, 3), {}
    names = {}
    for letter, (name, adjective, people, capital, code) in zip("ABC", states):
        low = letter.lower()
        names |= {letter: name, letter + "'s": name + "'s", letter + "2": capital, low: adjective, low + "pl": people}
        codes[letter] = code
    names["G"], codes["G"] = draw.choice(GROUPS)
    names["P"], codes["P"] = draw.choice(PLACES)
    for kind, terms in TERMS.items():
        names[kind] = draw.choice(terms)
    names["ons"] = names["on"] + "s"
    codes |= {code: code for code in ("-", "RUS", "ARM")}
    text = re.sub(r"\{(\w+)\}s", lambda found: names[found[1]] + "s", template)
    text = re.sub(r"\{([\w']+)\}", lambda found: names[found[1]], text)
    text = re.sub(r"\b([Aa]n?) (\[?)(?=([A-Za-z]))", article, text)
    return text[0].upper() + text[1:], codes


def article(found):
    vowel = found[3].lower() in "aeio" or found[3] == "U"
    return found[1][0] + ("n " if vowel else " ") + found[2]


def sentences(texts, labels):
    draw, kinds = random.Random(1), csv.DictReader(open(os.path.join(HERE, "kinds.csv"), encoding="utf-8", newline=""))
    with open(texts, "w", encoding="utf-8") as out, open(labels, "w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(("part", "sense", "article_id", "start_byte", "end_byte", "frame", *ROLES))
        for number, row in enumerate(kinds):
            for copy in range(COPIES):
                text, codes = fill(row["template"], draw)
                text = "Talks go on\n\n" + text + "\n"
                start, end = text.index("["), text.index("]") - 1
                roles = ["|".join(codes[letter] for letter in row[role].split("|")) for role in ROLES]
                name = f"made-{number:03}-{copy:02}"
                out.write(json.dumps({"id": name, "text": re.sub(r"[\[\]]", "", text)}) + "\n")
                writer.writerow(("train", "1", name, start, end, "", *roles))


def is_made(hit):
    return hit["article"].startswith("made-")


def fold_of(article):
    article = article.rsplit("-", 1)[0] if article.startswith("made-") else article
    return random.Random(article).randrange(FOLDS)


def crossed(features, deed):
    return features + [feature + "|" + deed for feature in features] if deed else features


def of_role(hits, role):
    # An actor outside the codebook stands in small letters: nobody in the sentence can be right or wrong.
    return [hit for hit in hits if hit[role] and all(name == name.upper() for name in hit[role])]


def train(hits, role):
    """The weights, in tenths of a logit."""
    count = Counter(f for hit in hits for _, features in hit["actors"] for f in set(crossed(features, hit["deed"])))
    number = {f: at for at, f in enumerate(sorted(f for f, n in count.items() if n >= LEAST))}
    ends, columns, right, first = [0], [], [], [0]
    counts = np.array([OF_MADE if is_made(hit) else 1.0 for hit in hits])
    for hit in hits:
        wanted = [1.0 if a == hit[role][0] else SECOND if a in hit[role] else 0.0 for a, _ in hit["actors"]]
        right += wanted if any(wanted) else [1.0 if a == "-" else 0.0 for a, _ in hit["actors"]]
        for _, features in hit["actors"]:
            columns += [number[f] for f in crossed(features, hit["deed"]) if f in number]
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
        steps = (shares / whole[of_hit] - shares * right / good[of_hit]) * counts[of_hit]
        sum_of = counts @ (np.log(whole) - np.log(good))
        return sum_of + SQUARES / 2 * (weights @ weights), turned @ steps + SQUARES * weights

    found = minimize(loss, np.zeros(len(number)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {f: round(10 * found[at]) for f, at in number.items() if round(10 * found[at])}


def score(weights, hit):
    return [(sum(weights.get(f, 0) for f in crossed(features, hit["deed"])), a) for a, features in hit["actors"]]


def counted(same, other):
    def net(times, most):
        return min(max(most + min(times[0], 2 * most) - times[1], 0), 2 * most)

    return [
        f"agent_same.{min(same[0], 3)}", f"target_same.{min(same[1], 3)}",
        f"agent_other.{min(other[0], 4)}", f"target_other.{min(other[1], 4)}",
        f"net_same.{net(same, 2)}", f"net_other.{net(other, 3)}",
    ]  # fmt: skip


def without_elsewhere(hit):
    return [(a, [f for f in features if not f.startswith(ELSEWHERE)]) for a, features in hit["actors"]]


def look_elsewhere(hits, rounds=2):
    """Writes anew what the other hits of each article show, by weights fitted without it."""
    for hit in hits:
        hit["alone"] = without_elsewhere(hit)
        hit["actors"] = [(a, f + counted((0, 0), (0, 0)) if a != "-" else f) for a, f in hit["alone"]]
        hit["unseen"] = hit["actors"]
    for _ in range(rounds):
        clear = defaultdict(dict)
        for role in ROLES:
            for fold in range(FOLDS):
                labelled = [hit for hit in of_role(hits, role) if fold_of(hit["article"]) != fold]
                weights = train(labelled, role)
                for hit in hits:
                    if fold_of(hit["article"]) == fold:
                        scores = sorted(score(weights, {**hit, "actors": hit["unseen"]}), reverse=True)
                        ahead = len(scores) == 1 or scores[0][0] - scores[1][0] >= CLEAR
                        clear[id(hit)][role] = scores[0][1] if ahead and scores[0][1] != "-" else None
        articles = defaultdict(list)
        for hit in hits:
            articles[hit["article"]].append(hit)
        for article in articles.values():
            of_frame, of_all, pairs = Counter(), Counter(), Counter()
            for hit in article:
                own = clear[id(hit)]
                for role in ROLES:
                    if own[role]:
                        of_frame[hit["frame"], role, own[role]] += 1
                        of_all[role, own[role]] += 1
                if own["agent"] and own["target"]:
                    pairs[own["agent"], own["target"]] += 1
            for hit in article:
                own = clear[id(hit)]
                pair = (own["agent"], own["target"])
                names = [a for a, _ in hit["alone"] if a != "-"][:24]
                actors = []
                for actor, features in hit["alone"]:
                    if actor != "-":
                        frame = [of_frame[hit["frame"], role, actor] for role in ROLES]
                        same = [n - (own[role] == actor) for role, n in zip(ROLES, frame)]
                        other = [of_all[role, actor] - n for role, n in zip(ROLES, frame)]
                        features = features + counted(same, other)
                        if any(pairs[actor, name] > (pair == (actor, name)) for name in names):
                            features.append("pair_agent")
                        if any(pairs[name, actor] > (pair == (name, actor)) for name in names):
                            features.append("pair_target")
                    actors.append((actor, features))
                hit["actors"] = actors


def join(*paths):
    wanted, held = {}, set()
    for path in [*LABELS, *paths[2:]]:
        for row in csv.DictReader(open(path, encoding="utf-8", newline="")):
            if row.get("part", "train") != "train":
                held.add(row["article_id"])
            elif row["sense"] == "1":
                # A made sentence has one label for all frames of its term.
                wanted[row["article_id"], row["start_byte"] if row["frame"] else "", row["frame"]] = row
    csv.field_size_limit(1 << 24)
    hits, articles = {}, {key[0] for key in wanted} - held
    shown = (row for path in paths[:2] for row in csv.DictReader(open(path, encoding="utf-8-sig", newline="")))
    for row in shown:
        if row["article_id"] in articles:
            key = row["article_id"], row["start_byte"], row["code"]
            label = wanted.get(key) or wanted.get((row["article_id"], "", ""))
            if label and not (int(label["start_byte"]) < int(row["end_byte"]) <= int(label["end_byte"]) + 12):
                label = None
            new = {"article": key[0], "frame": key[2], "deed": row["deed"], "actors": []}
            for role in ROLES:
                new[role] = label[role].split("|") if label else None
            hits.setdefault(key, new)["actors"].append((row["actor"] or "-", row["features"].split()))
    look_elsewhere(list(hits.values()))
    lines, number = ["article,hit,deed,agents,targets,actor,features"], 0
    for hit in hits.values():
        if hit["agent"]:
            for actor, features in hit["actors"]:
                cells = hit["article"], str(number), hit["deed"], "|".join(hit["agent"]), "|".join(hit["target"])
                lines.append(",".join((*cells, actor, " ".join(features))))
            number += 1
    with gzip.GzipFile(FEATURES, "wb", mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())
    print(f"{number} of {len(wanted)} labelled hits")


def load():
    hits = {}
    with gzip.open(FEATURES, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            new = {"article": row["article"], "deed": row["deed"], "actors": []}
            new["agent"], new["target"] = row["agents"].split("|"), row["targets"].split("|")
            hits.setdefault(row["hit"], new)["actors"].append((row["actor"], row["features"].split()))
    return list(hits.values())


def fit(out):
    hits = load()
    agent, target = (train(of_role(hits, role), role) for role in ROLES)
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature",) + ROLES)
        writer.writerows((f, agent.get(f, 0), target.get(f, 0)) for f in sorted(agent.keys() | target.keys()))


def leads(scores, role):
    """By how much each actor is ahead in a role, when the other role is given as well as can be."""
    own, other = scores[ROLES[role]], scores[ROLES[1 - role]]
    whole = {
        a: s + max(o - (SAME if b == a and a != "-" else 0) for o, b in other) for s, a in own
    }
    return {a: w - max([v for b, v in whole.items() if b != a], default=-99) for a, w in whole.items()}


def attempt():
    hits = load()
    rows = defaultdict(list)
    for fold in range(FOLDS):
        rest = [hit for hit in hits if fold_of(hit["article"]) != fold]
        weights = {role: train(of_role(rest, role), role) for role in ROLES}
        for hit in hits:
            if fold_of(hit["article"]) == fold:
                scores = {role: score(weights[role], hit) for role in ROLES}
                for number, role in enumerate(ROLES):
                    if of_role([hit], role):
                        kind = role + " of made" if is_made(hit) else role
                        ahead = leads(scores, number)
                        best = max((a for a in ahead if a != "-"), key=ahead.get, default=None)
                        rows[kind].append((ahead.get(best, -99), best, hit[role]))
    for role in sorted(rows):
        needed = sum("-" not in wanted for _, _, wanted in rows[role])
        for least in (-2, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 28):
            given = [(best, wanted) for lead, best, wanted in rows[role] if best and lead >= least]
            right = sum(best in wanted for best, wanted in given)
            found = sum(best in wanted and "-" not in wanted for best, wanted in given)
            print(
                f"{role} ahead {least}: recall where required {found / needed:.3f}, "
                f"wrong {1 - right / len(given):.3f} of {len(given)}"
            )


if __name__ == "__main__":
    command, *rest = sys.argv[1:] or ["help"]
    if command == "join":
        join(*rest)
    elif command == "sentences":
        sentences(*rest)
    elif command == "fit":
        fit(rest[0])
    elif command == "try":
        attempt()
    else:
        sys.exit(__doc__)
