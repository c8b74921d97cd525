#!/usr/bin/env python3
"""Recomputes every row of the tables of measures from its own count columns, and looks at every cell of every table.

usage: recompute.py OUTPUT_DIR [--by source]

Written apart from the program, in exact fractions and 34-digit decimals: nothing but the standard library. Agreement is
asked for to 1e-9 relative. Exit code 1 and the first differences when something is not as it should be.
"""

import argparse
import csv
import glob
import os
import re
import sys
from collections import defaultdict
from decimal import Decimal, getcontext
from fractions import Fraction
from functools import lru_cache

getcontext().prec = 34
RELATIVE = Decimal("1e-9")
# What a sum that is exactly 0 may leave over here; of a probability nothing is let pass.
RESIDUE = Decimal("1e-25")
PROBABILITIES = {"p", "q", "fisher_p"}
# Below this a p is no longer a normal floating point number.
SMALLEST_P = Decimal("1e-300")

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")

faults = []


def fault(text):
    faults.append(text)


def decimal(value):
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(value)


@lru_cache(maxsize=None)
def ln(value):
    return decimal(value).ln()


LN2 = Decimal(2).ln()
PI = Decimal("3.14159265358979323846264338327950288")


def compare(row, column, expected):
    """`expected` is a number, or None where the cell must be empty."""
    cell = row[column]
    if expected is None or cell == "":
        if not (expected is None and cell == ""):
            fault(f"{column}: `{cell}` where {expected} is expected in {row}")
        return
    if not NUMBER.fullmatch(cell):
        fault(f"{column}: `{cell}` is no number in {row}")
        return
    actual, expected = Decimal(cell), decimal(expected)
    if column in PROBABILITIES and expected < SMALLEST_P and actual < SMALLEST_P:
        return
    allowed = Decimal(0) if column in PROBABILITIES else RESIDUE
    if abs(actual - expected) > max(RELATIVE * abs(expected), allowed):
        fault(f"{column}: {actual} where {expected} is expected in {row}")


def g2_of(cells):
    a, b, c, d = cells
    total = a + b + c + d
    rows, columns = (a + b, c + d), (a + c, b + d)
    value = Decimal(0)
    for observed, row, column in ((a, 0, 0), (b, 0, 1), (c, 1, 0), (d, 1, 1)):
        if observed:
            value += observed * ln(Fraction(observed * total, rows[row] * columns[column]))
    value *= 2
    return -value if a * d < b * c else value


def chi_square_survival(x):
    """One degree of freedom: erfc(sqrt(x/2))."""
    x = abs(x)
    if x == 0:
        return Decimal(1)
    z = (x / 2).sqrt()
    if z < 3:
        term, total, n = z, z, 0
        while abs(term) > Decimal("1e-33"):
            n += 1
            term = -term * z * z / n
            total += term / (2 * n + 1)
        return 1 - 2 * total / PI.sqrt()
    # Continued fraction of the upper tail, from far enough out.
    fraction = Decimal(0)
    for n in range(400, 0, -1):
        fraction = Decimal(n) / 2 / (z + fraction)
    return (-z * z).exp() / (z + fraction) / PI.sqrt()


def benjamini_hochberg(rows):
    """`rows`: [(p, key)] with p not None; the answer maps key to q."""
    ranked = sorted(rows)
    m, q, smallest = len(ranked), {}, Decimal(1)
    for rank in range(m, 0, -1):
        p, key = ranked[rank - 1]
        smallest = min(smallest, p * m / rank)
        q[key] = smallest
    return q


def binomial_tails(a, b):
    """Functions of the log odds x: P(X >= a) and P(X <= a) of a binomial with a+b trials, in decimals."""
    n = a + b
    ratios = [Decimal(n - k) / Decimal(k + 1) for k in range(n)]

    def tails(log_odds):
        odds = log_odds.exp()
        # Terms relative to the one at `a`, in both directions.
        upper, term = Decimal(1), Decimal(1)
        for k in range(a, n):
            term = term * ratios[k] * odds
            upper += term
            if term < upper * Decimal("1e-30"):
                break
        lower, term = Decimal(1), Decimal(1)
        for k in range(a, 0, -1):
            term = term / (ratios[k - 1] * odds)
            lower += term
            if term < lower * Decimal("1e-30"):
                break
        whole = upper + lower - 1
        return upper / whole, lower / whole

    return tails


def solve(function, target, low, high, rising):
    for _ in range(110):
        middle = (low + high) / 2
        if (function(middle) < target) == rising:
            low = middle
        else:
            high = middle
        if high - low < Decimal("1e-18"):
            break
    return (low + high) / 2


def conservative(a, n1, b, n2, m):
    alpha = Decimal("0.05") / m / 2
    sizes = ln(Fraction(n2, n1))
    tails = binomial_tails(a, b)
    # Whether the interval holds 0: the log odds at which the rates are equal lie between the bounds.
    equal = -sizes
    at_least, at_most = tails(equal)
    if at_least < alpha:
        bound = solve(lambda x: tails(x)[0], alpha, Decimal(-60), Decimal(60), True)
    elif at_most < alpha:
        bound = solve(lambda x: tails(x)[1], alpha, Decimal(-60), Decimal(60), False)
    else:
        return Decimal(0)
    return (sizes + bound) / LN2


def fisher(a, n1, b, n2):
    hits, total = a + b, n1 + n2
    low, high = max(0, hits - n2), min(hits, n1)
    weight, weights = Fraction(1), {}
    weights[a] = Decimal(1)
    term = Decimal(1)
    for k in range(a, high):
        term = term * ((n1 - k) * (hits - k)) / ((k + 1) * (n2 - hits + k + 1))
        weights[k + 1] = term
        if term < Decimal("1e-40"):
            break
    term = Decimal(1)
    for k in range(a, low, -1):
        term = term * (k * (n2 - hits + k)) / ((n1 - k + 1) * (hits - k + 1))
        weights[k - 1] = term
        if term < Decimal("1e-40"):
            break
    whole = sum(weights.values())
    return sum(value for value in weights.values() if value <= 1 + Decimal("1e-12")) / whole


def flags_of(row):
    return set(filter(None, row["flags"].split("|")))


def keyness(rows, by, articles):
    families = defaultdict(list)
    for number, row in enumerate(rows):
        group = tuple(row[column] for column in by)
        families[row["layer"], group].append((number, row))
    memory = {}
    for (layer, group), family in families.items():
        shown = []
        for number, row in family:
            a, n1, b, n2 = (int(row[name]) for name in ("a", "n1", "b", "n2"))
            if row["reference"] == "(others)":
                sides = articles[group], articles[("ALL",) * len(by)] - articles[group]
            else:
                sides = articles[group], articles[tuple(row["reference"].split(" / "))]
            expected = [Fraction(side * (a + b), n1 + n2) for side in (n1, n2)]
            row["_shown"] = min(sides) >= 2
            key = (a, n1, b, n2)
            if key not in memory:
                g2 = g2_of((a, b, n1 - a, n2 - b))
                memory[key] = g2, chi_square_survival(g2) if min(expected) >= 5 else fisher(a, n1, b, n2)
            if row["_shown"]:
                shown.append((memory[key][1], number))
            flags = set()
            if b == 0:
                flags.add("b_zero")
            if min(expected) < 5:
                flags.add("expected_below_5")
            if min(sides) < 2:
                flags.add("single_article")
            elif min(expected) < 5:
                flags.add("exact")
            if flags != flags_of(row):
                fault(f"flags: {flags} expected in {row}")
        q, m, bounds = benjamini_hochberg(shown), len(shown), {}
        for number, row in family:
            a, n1, b, n2 = (int(row[name]) for name in ("a", "n1", "b", "n2"))
            g2, p = memory[a, n1, b, n2]
            compare(row, "expected", Fraction(n1 * (a + b), n1 + n2))
            compare(row, "g2", g2)
            compare(row, "p", p if row["_shown"] else None)
            compare(row, "q", q.get(number))
            compare(row, "log_ratio", ln(Fraction((2 * a + 1) * (2 * n2 + 1), (2 * n1 + 1) * (2 * b + 1))) / LN2)
            compare(row, "bic", abs(g2) - ln(n1 + n2))
            if row["_shown"] and (a, b) not in bounds:
                bounds[a, b] = conservative(a, n1, b, n2, m)
            compare(row, "log_ratio_conservative", bounds[a, b] if row["_shown"] else None)
            if "chi2" in row:
                cross, c, d = a * (n2 - b) - b * (n1 - a), n1 - a, n2 - b
                compare(row, "chi2", Fraction((n1 + n2) * cross**2, (a + b) * (c + d) * n1 * n2))
                compare(row, "percent_diff", Fraction(100 * (a * n2 - b * n1), b * n1) if b else None)
                compare(row, "odds_ratio", Fraction(a * d, b * c) if b and c else None)
                compare(row, "fisher_p", fisher(a, n1, b, n2))
        order = [(-Decimal(row["g2"]), row["item"].encode()) for _, row in family]
        if order != sorted(order):
            fault(f"{layer} of {group} is not ordered by g2 and item")
    keys = [(row["layer"], tuple(row[column] for column in by)) for row in rows]
    if keys != sorted(keys):
        fault("keyness is not ordered by layer and group")


def cooccurrence(rows, by, articles):
    families = defaultdict(list)
    for number, row in enumerate(rows):
        if not row["unit"].startswith("window"):
            families[row["unit"], tuple(row[column] for column in by)].append((number, row))
    memory = {}
    for (unit, group), family in families.items():
        shown = []
        for number, row in family:
            o11, r1, c1, n = (int(row[name]) for name in ("observed", "n_a", "n_b", "n_units"))
            row["_key"] = key = (o11, r1, c1, n)
            row["_shown"] = Fraction(r1 * c1, n) >= 5 and articles[group] >= 2
            if key not in memory:
                g2 = g2_of((o11, r1 - o11, c1 - o11, n - r1 - c1 + o11))
                memory[key] = g2, chi_square_survival(g2)
            if row["_shown"]:
                shown.append((memory[key][1], number))
        q = benjamini_hochberg(shown)
        for number, row in family:
            o11, r1, c1, n = row["_key"]
            g2, p = memory[row["_key"]]
            e11 = Fraction(r1 * c1, n)
            mi = ln(o11 / e11) / LN2 if o11 else None
            compare(row, "expected", e11)
            npmi = None if not o11 else Decimal(1) if o11 == n else mi / (ln(Fraction(n, o11)) / LN2)
            compare(row, "npmi", npmi)
            compare(row, "log_dice", 14 + ln(Fraction(2 * o11, r1 + c1)) / LN2 if o11 else None)
            defined = 0 < r1 < n
            compare(row, "delta_p_2_given_1", Fraction(o11, r1) - Fraction(c1 - o11, n - r1) if defined else None)
            defined = 0 < c1 < n
            compare(row, "delta_p_1_given_2", Fraction(o11, c1) - Fraction(r1 - o11, n - c1) if defined else None)
            compare(row, "g2", g2)
            compare(row, "p", p if row["_shown"] else None)
            compare(row, "q", q.get(number))
            if "mi" in row:
                compare(row, "mi", mi)
                compare(row, "t_score", decimal(o11 - e11) / Decimal(o11).sqrt() if o11 else None)
                compare(row, "dice", Fraction(2 * o11, r1 + c1) if r1 + c1 else None)
                compare(row, "jaccard", Fraction(o11, r1 + c1 - o11) if r1 + c1 > o11 else None)
            flags = set()
            if e11 < 5:
                flags.add("expected_below_5")
            if articles[group] < 2:
                flags.add("single_article")
            if flags != flags_of(row):
                fault(f"flags: {flags} expected in {row}")


TEXT_COLUMNS = {"article_id", "title", "path", "item", "word", "surface", "alias", "entry", "term", "variant", "cue", "name"}


def look_at_cells(path, rows):
    for row in rows:
        for column, cell in row.items():
            if column is None or cell is None:
                fault(f"{path}: a row of another width: {row}")
            elif cell.lower() in ("nan", "inf", "-inf", "infinity", "-0", "-0.0") and column not in TEXT_COLUMNS:
                fault(f"{path}: `{cell}` in {column} of {row}")
            elif re.fullmatch(r"-?[0-9.]+[eE][-+]?[0-9]+", cell) and column not in TEXT_COLUMNS | {"sha256"}:
                fault(f"{path}: `{cell}` in {column} has an exponent")
            elif re.fullmatch(r"-?[0-9]+\.[0-9]+", cell) and column not in TEXT_COLUMNS:
                digits = cell.lstrip("-").replace(".", "").lstrip("0")
                if not NUMBER.fullmatch(cell) or len(digits) > 12:
                    fault(f"{path}: `{cell}` in {column} is not a number of twelve digits")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("output")
    parser.add_argument("--by", default="source")
    arguments = parser.parse_args()
    by = arguments.by.split(",")
    tables = {}
    csv.field_size_limit(1 << 30)
    for path in sorted(glob.glob(os.path.join(arguments.output, "*.csv"))):
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        tables[os.path.basename(path)[:-4]] = rows
        look_at_cells(path, rows)
    articles = {tuple(row[column] for column in by): int(row["articles"]) for row in tables["groups"]}
    keyness(tables["keyness"], by, articles)
    for name in ("actor_cooccurrence", "frame_cooccurrence", "actor_frame"):
        cooccurrence(tables[name], by, articles)
    for text in faults[:20]:
        print(text, file=sys.stderr)
    counted = {name: len(rows) for name, rows in tables.items() if name in ("keyness", "actor_cooccurrence", "frame_cooccurrence", "actor_frame")}
    print(f"{counted}: {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
