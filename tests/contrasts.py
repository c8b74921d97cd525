#!/usr/bin/env python3
"""Recomputes every row of contrasts.csv from the ledger and articles.csv of an output, with SciPy.

usage: contrasts.py OUTPUT_DIR [--by source] [--terms dictionaries/terms.csv]

Written apart from the program: hits of each article are counted from mentions.csv. Agreement is asked for to 1e-9
relative; of a p only where all divisions were looked at (flag `exact`). Where cues stand is not in the output: counts, values
and ratio of `distancing_share` are compared with the verbs that sourcing.csv counts, its interval is not.
"""

import argparse
import csv
import math
import os
import sys
from collections import defaultdict
from itertools import combinations

import numpy as np
from scipy.stats import beta, t as student

faults = []


def read(*path):
    csv.field_size_limit(1 << 30)
    with open(os.path.join(*path[:-1], path[-1].removesuffix(".csv") + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare(row, column, expected):
    cell = row[column]
    if expected is None or cell == "":
        if expected is not None or cell != "":
            faults.append(f"{column}: `{cell}` where {expected} is expected in {row}")
    elif not math.isclose(float(cell), expected, rel_tol=1e-9, abs_tol=1e-300):
        faults.append(f"{column}: {cell} where {expected} is expected in {row}")


def side(above, below):
    """From the numerators and denominators of the articles of one side."""
    has_base = below > 0
    above, below = above[has_base], below[has_base]
    m, f, s = len(below), int(above.sum()), int(below.sum())
    r = f / s if s else None
    variance = deff = low = high = None
    if m >= 2:
        variance = m / (m - 1) * float(np.square(above - r * below).sum()) / s**2
        if 0 < f < s:
            deff = variance / (r * (1 - r) / s)
        n = min(s, s / max(deff if deff is not None else 1, 1) * (student.ppf(0.975, s - 1) / student.ppf(0.975, m - 1)) ** 2)
        x = r * n
        low = beta.ppf(0.025, x, n - x + 1) if f else 0.0
        high = beta.ppf(0.975, x + 1, n - x) if f < s else 1.0
    return {"m": m, "f": f, "s": s, "r": r, "variance": variance, "deff": deff, "low": low, "high": high, "sample": (above, below)}


def sides_of(one, two):
    return one["sample"], two["sample"]


def cues_of(sourcing, by):
    """(speaker, group) -> distancing verbs, all verbs."""
    of = lambda row: (int(row["n_distancing"]), sum(int(row["n_" + stance]) for stance in ("neutral", "distancing", "factive")))
    return {(row["speaker"], row[by]): of(row) for row in sourcing}


def verbs(row, group, cues):
    n, base = cues.get((row["item"], group), (0, 0))
    if row["reference"] == "(others)":
        all_n, all_base = cues[row["item"], "ALL"]
        n_ref, base_ref = all_n - n, all_base - base
    else:
        n_ref, base_ref = cues.get((row["item"], row["reference"]), (0, 0))
    for column, value in (("n", n), ("base", base), ("n_ref", n_ref), ("base_ref", base_ref)):
        compare(row, column, value)
    compare(row, "value", n / base if base else None)
    compare(row, "value_ref", n_ref / base_ref if base_ref else None)
    compare(row, "ratio", (n / base) / (n_ref / base_ref) if n and n_ref else None)


def exact_p(one, two):
    if one["m"] < 2 or two["m"] < 2 or math.comb(one["m"] + two["m"], one["m"]) > 10_000:
        return None
    pool = [pair for each in (one, two) for pair in zip(*map(np.ndarray.tolist, each["sample"]))]
    f, s = one["f"] + two["f"], one["s"] + two["s"]
    observed = abs(one["r"] - two["r"]) * (1 - 1e-12)
    extreme = 0
    for chosen in combinations(range(len(pool)), one["m"]):
        f1, s1 = sum(pool[i][0] for i in chosen), sum(pool[i][1] for i in chosen)
        extreme += abs(f1 / s1 - (f - f1) / (s - s1)) >= observed
    return extreme / math.comb(len(pool), one["m"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("output")
    parser.add_argument("--by", default="source")
    parser.add_argument("--terms", default=os.path.join(os.path.dirname(__file__), "../dictionaries/terms.csv"), help="what says which terms are loaded")
    arguments = parser.parse_args()
    articles = read(arguments.output, "articles")
    place = {article["article_id"]: at for at, article in enumerate(articles)}
    words = np.array([int(article["words"]) for article in articles])
    group_of = np.array([article[arguments.by] or "(none)" for article in articles], dtype=object)
    groups = {name: np.flatnonzero(group_of == name) for name in set(group_of)}
    others_of = {name: np.flatnonzero(group_of != name) for name in groups}
    pole_of = {(row["pair"], row["variant"]): row["pole"] for row in read(arguments.output, "naming")}
    loaded = {(row["frame"], row["term"]) for row in read(arguments.terms) if row.get("force") == "loaded"}
    # (measure, layer, item) -> by article what the numerator counts; "hits" is what all hits of the item are
    counted = defaultdict(lambda: np.zeros(len(articles), dtype=np.int64))
    for hit in read(arguments.output, "mentions"):
        if hit["kind"] == "place_use":
            continue
        layer, code, article = hit["layer"], hit["code"], place[hit["article_id"]]
        if layer == "actor":
            items = [("actor", hit["rollup"])]
        elif layer == "frame":
            force = "loaded" if (code, hit["alias"]) in loaded else "neutral"
            items = [("frame", code), ("force", f"{code}/({force})"), ("term", f"{code}/{hit['alias']}")]
        else:
            items = [("naming", f"{code}/{hit['alias']}")]
            pole = pole_of[code, hit["alias"]]
            counted["pole_share", "naming", f"{code}/{pole}"][article] += 1
            counted["pair", "naming", code][article] += 1
        is_own = hit["voice"] in (("own",) if layer == "frame" else ("", "own", "hypothetical"))
        numerators = {"hits": True, "own_share": is_own, "lead_share": hit["zone"] in ("headline", "standfirst")}
        if layer == "frame":
            for voice in ("attributed", "quoted", "scare", "denied"):
                numerators[f"{voice}_share"] = hit["voice"] == voice
            numerators["agent_share"] = hit["agent"] != ""
            counted["target_share", "frame", f"{code}/{hit['target']}"][article] += 1
        for item in items:
            for name, is_met in numerators.items():
                counted[(name, *item)][article] += is_met

    def parts(row):
        """Numerator and denominator of each article."""
        measure, layer, item = row["measure"], row["layer"], row["item"]
        whole = item.split("/")[0]
        if measure == "rate":
            return counted["hits", layer, item], words
        below = {"pole_share": ("pair", layer, whole), "target_share": ("hits", layer, whole)}.get(measure, ("hits", layer, item))
        return counted[measure, layer, item], counted[below]

    rows = read(arguments.output, "contrasts")
    exact, memory = 0, {}
    cues = cues_of(read(arguments.output, "sourcing"), arguments.by) if any(row["measure"] == "distancing_share" for row in rows) else {}
    for row in rows:
        group = row[arguments.by]
        others = row["reference"] == "(others)"
        if row["measure"] == "distancing_share":
            verbs(row, group, cues)
            continue
        above, below = parts(row)
        one, two = (side(above[at], below[at]) for at in (groups[group], others_of[group] if others else groups[row["reference"]]))
        per = 1000 if row["measure"] == "rate" else 1
        for column, value in (("n", one["f"]), ("base", one["s"]), ("articles", one["m"]), ("n_ref", two["f"]), ("base_ref", two["s"]), ("articles_ref", two["m"]), ("deff", one["deff"])):
            compare(row, column, value)
        for column, value in (("value", one["r"]), ("value_low", one["low"]), ("value_high", one["high"]), ("value_ref", two["r"])):
            compare(row, column, None if value is None else per * value)
        ratio = low = high = None
        if one["f"] and two["f"]:
            ratio = one["r"] / two["r"]
            if one["m"] >= 2 and two["m"] >= 2:
                v1, v2 = one["variance"] / one["r"] ** 2, two["variance"] / two["r"] ** 2
                if v1 + v2 > 1e-28:
                    df = (v1 + v2) ** 2 / (v1**2 / (one["m"] - 1) + v2**2 / (two["m"] - 1))
                    reach = student.ppf(0.975, df) * math.sqrt(v1 + v2)
                    low, high = ratio * math.exp(-reach), ratio * math.exp(reach)
                else:
                    low = high = ratio
        compare(row, "ratio", ratio)
        compare(row, "ratio_low", low)
        compare(row, "ratio_high", high)
        if "exact" in row["flags"].split("|"):
            exact += 1
            key = tuple(part.tobytes() for each in sides_of(one, two) for part in each)
            if key not in memory:
                memory[key] = exact_p(one, two)
            compare(row, "p", memory[key])
    families = defaultdict(list)
    for row in rows:
        if row["p"]:
            families[row["measure"], row["layer"], row[arguments.by], row["reference"]].append(row)
    for family in families.values():
        # Benjamini-Hochberg, from the largest p down
        family.sort(key=lambda row: -float(row["p"]))
        least = 1.0
        for rank, row in zip(range(len(family), 0, -1), family):
            least = min(least, float(row["p"]) * len(family) / rank)
            compare(row, "q", least)
    print(f"{len(rows)} contrasts, {exact} with an exact p: {len(faults)} differences")
    for text in faults[:20]:
        print(text)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
