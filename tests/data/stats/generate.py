"""Reference values for the statistics, from implementations which share nothing with the program.

    python -m venv VENV && VENV/bin/pip install scipy statsmodels krippendorff scikit-learn mpmath
    VENV/bin/python tests/data/stats/generate.py [FILE ...]

SciPy, statsmodels, scikit-learn and the PyPI package `krippendorff` give the values where they keep ten digits over the whole range.
Where they subtract almost equal floats, the value is the plain published formula in 50 digits (mpmath) or in integers,
and SciPy or statsmodels must agree with it as far as its own arithmetic goes; the script stops where it does not.
Files that are named are written, all of them without a name. An empty cell is an undefined value. The seed is fixed: the same versions write the same files.
"""

import csv
import random
import sys
from fractions import Fraction
from itertools import combinations
from math import comb, fsum
from pathlib import Path

import krippendorff
import numpy as np
from mpmath import erfc, log, mp, mpf, sqrt
from scipy import stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

mp.dps = 50
HERE = Path(__file__).parent
Z = 1.959964


def near(value, other, relative, absolute=0.0):
    value, other = float(value), float(other)
    assert abs(value - other) <= relative * abs(value) + absolute, (value, other)


def cell(value):
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    if isinstance(value, Fraction):
        value = mpf(value.numerator) / value.denominator
    return repr(float(value))


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([cell(value) if not isinstance(value, str) else value for value in row] for row in rows)


def g2_of(cells):
    (a, b), (c, d) = cells
    total = a + b + c + d
    value = mpf(0)
    if a * d == b * c:
        return value
    for observed, row, column in [(a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d)]:
        if observed:
            value += observed * log(mpf(observed) * total / (mpf(row) * column))
    return 2 * value if a * d >= b * c else -2 * value


def survival(g2):
    value = erfc(sqrt(abs(g2) / 2))
    near(value, stats.chi2.sf(float(abs(g2)), 1), 1e-12, 1e-300)
    return value


def fisher(a, b, c, d):
    """Sum over all tables: in integers while they are short, in 50 digits above; SciPy keeps seven digits or more."""
    scipys = stats.fisher_exact([[a, b], [c, d]])[1]
    # The first row becomes the smallest marginal: the test does not change when rows, columns or axes are exchanged.
    if min(a + c, b + d) < min(a + b, c + d):
        b, c = c, b
    if c + d < a + b:
        a, b, c, d = c, d, a, b
    row, column, others = a + b, a + c, b + d
    low, high = max(0, a - d), min(row, column)
    short = row <= 500
    weight = comb(column, low) * comb(others, row - low) if short else mpf(1)
    weights = []
    for k in range(low, high + 1):
        weights.append(weight)
        up, down = (column - k) * (row - k), (k + 1) * (others - row + k + 1)
        weight = weight * up // down if short else weight * up / down
    own = weights[a - low]
    limit = own if short else own * (1 + mpf(10) ** -30)
    total, extreme = sum(weights), sum(w for w in weights if w <= limit)
    value = Fraction(extreme, total) if short else extreme / total
    near(value, scipys, 1e-6, 1e-300)
    return value


def log_ratio_conservative(a, n1, b, n2, alpha, m):
    if a + b == 0:
        return None
    tail = alpha / m / 2
    shift = np.log2(float(Fraction(n2, n1)))
    if a > 0:
        low = stats.beta.ppf(tail, a, b + 1) / stats.beta.isf(tail, b + 1, a)
        if shift + np.log2(low) > 0:
            return shift + np.log2(low)
    if b > 0:
        high = stats.beta.isf(tail, a + 1, b) / stats.beta.ppf(tail, b, a + 1)
        if shift + np.log2(high) < 0:
            return shift + np.log2(high)
    return 0.0


def random_count(rng, largest):
    """From 0 to `largest`, as often of one digit as of many."""
    return min(largest, int(np.exp(rng.uniform(0, np.log(largest + 1)))) - (rng.random() < 0.5))


def keyness_table(rng):
    n1 = 1 + random_count(rng, 10 ** rng.choice([1, 2, 4, 6, 8]))
    n2 = n1 if rng.random() < 0.1 else 1 + random_count(rng, 10 ** rng.choice([1, 2, 4, 6, 8]))
    a = random_count(rng, min(n1, 10 ** rng.choice([1, 2, 3, 5])))
    if rng.random() < 0.5:
        near_rate = int(a / n1 * n2 * rng.uniform(0.5, 1.5))
        b = min(n2, near_rate)
    else:
        b = random_count(rng, min(n2, 10 ** rng.choice([1, 2, 3, 5])))
    return max(a, 0), n1, max(b, 0), n2


def keyness(rng):
    fixed = [(7, 1000, 2, 1000), (60, 1000, 20, 1000), (3, 1286, 0, 5864), (0, 10, 0, 10), (10, 10, 10, 10)]
    fixed += [(0, 10, 10, 10), (10, 10, 0, 10), (5, 1000, 10, 2000), (1000, 10**6, 999, 10**6), (1, 1, 0, 1)]
    # Far tails: g2 of about 100 to 1,400.
    fixed += [(k, 20_000, k // 9, 50_000) for k in range(60, 700, 40)]
    for a, n1, b, n2 in fixed + [keyness_table(rng) for _ in range(3000)]:
        c, d, words, hits = n1 - a, n2 - b, n1 + n2, a + b
        g2 = g2_of([[a, b], [c, d]])
        others = words - hits
        if hits and others:
            scipys = stats.chi2_contingency([[a, b], [c, d]], correction=False, lambda_="log-likelihood")[0]
            near(abs(g2), scipys, 1e-9, 1e-9 * words)
        chi2 = Fraction(words * (a * d - b * c) ** 2, hits * others * n1 * n2) if hits and others else None
        m = rng.choice([1, 5, 40, 1000, 10**6])
        yield [
            a, n1, b, n2, g2, survival(g2), chi2,
            log((mpf(2 * a + 1) * (2 * n2 + 1)) / (mpf(2 * b + 1) * (2 * n1 + 1)), 2),
            m, log_ratio_conservative(a, n1, b, n2, 0.05, m),
            Fraction(100 * (a * n2 - b * n1), b * n1) if b else None,
            Fraction(a * d, b * c) if b and c else None,
            abs(g2) - log(words),
            fisher(a, b, c, d),
        ]


def association(rng):
    for _ in range(2000):
        n = 1 + random_count(rng, 10 ** rng.choice([1, 2, 4, 6]))
        r1 = max(0, random_count(rng, n))
        c1 = max(0, random_count(rng, n))
        low, high = max(0, r1 + c1 - n), min(r1, c1)
        independent = min(high, max(low, r1 * c1 // n))
        o11 = rng.choice([rng.randint(low, high), independent, low, high, rng.randint(low, independent)])
        o12, o21, o22 = r1 - o11, c1 - o11, n - r1 - c1 + o11
        g2 = g2_of([[o11, o12], [o21, o22]])
        mi = log(mpf(o11) * n / (mpf(r1) * c1), 2) if o11 else None
        npmi = None if not o11 else mpf(1) if o11 == n else mi / -log(mpf(o11) / n, 2)
        yield [
            o11, r1, c1, n, mi, npmi,
            (o11 - mpf(r1) * c1 / n) / sqrt(o11) if o11 else None,
            14 + log(mpf(2 * o11) / (r1 + c1), 2) if o11 else None,
            Fraction(2 * o11, r1 + c1) if r1 + c1 else None,
            Fraction(o11, r1 + c1 - o11) if r1 + c1 else None,
            Fraction(o11, r1) - Fraction(o21, n - r1) if 0 < r1 < n else None,
            Fraction(o11, c1) - Fraction(o12, n - c1) if 0 < c1 < n else None,
            g2, survival(g2),
        ]


def proportions(rng):
    z = mpf(Z)
    for _ in range(2000):
        n = 1 + random_count(rng, 10 ** rng.choice([1, 2, 4, 6, 8]))
        k = rng.choice([max(0, random_count(rng, n)), rng.randint(0, n), n, 0, n - max(0, random_count(rng, n))])
        root = z * sqrt(z * z + 4 * k * (1 - mpf(k) / n))
        wilson = [(2 * k + z * z + sign * root) / (2 * (n + z * z)) for sign in (-1, 1)]
        for value, other in zip(wilson, proportion_confint(k, n, 2 * stats.norm.sf(Z), "wilson")):
            near(value, other, 1e-9, 1e-15)
        alpha = rng.choice([0.05, 0.01, 0.2, 1e-5])
        exact = [
            stats.beta.ppf(alpha / 2, k, n - k + 1) if k else 0.0,
            stats.beta.isf(alpha / 2, k + 1, n - k) if k < n else 1.0,
        ]
        for value, other in zip(exact, proportion_confint(k, n, alpha, "beta")):
            near(value, other, 1e-9)
        yield [k, n, mpf(0) if k == 0 else wilson[0], mpf(1) if k == n else wilson[1], alpha, *exact]


def dispersion(rng):
    for _ in range(1500):
        k = rng.choice([1, 2, 2, 3, 4, 5, 8, 12, 20])
        sizes = [rng.randint(1, 10 ** rng.choice([1, 2, 3, 4])) for _ in range(k)]
        if rng.random() < 0.2:
            sizes = [sizes[0]] * k
        share = rng.choice([0.02, 0.2, 1.0])
        counts = [rng.randint(0, max(1, int(size * share))) if rng.random() < 0.7 else 0 for size in sizes]
        hits, words = sum(counts), sum(sizes)
        rates = [mpf(f) / s for f, s in zip(counts, sizes)]
        juilland = dp = norm = None
        if hits:
            dp = sum(abs(Fraction(f, hits) - Fraction(s, words)) for f, s in zip(counts, sizes)) / 2
        if hits and k > 1:
            norm = dp / (1 - Fraction(min(sizes), words))
            mean = sum(rates) / k
            deviation = sqrt(sum((rate - mean) ** 2 for rate in rates) / k)
            juilland = 1 - deviation / mean / sqrt(k - 1)
            plain = np.array([float(rate) for rate in rates])
            near(juilland, 1 - stats.variation(plain) / np.sqrt(k - 1), 1e-9, 1e-12)
            if sum(1 for f in counts if f) == 1:
                juilland = mpf(0)
        left_out = [Fraction(hits - f, words - s) for f, s in zip(counts, sizes)] if k > 1 else [None]
        yield [
            " ".join(f"{f}/{s}" for f, s in zip(counts, sizes)),
            sum(1 for f in counts if f), juilland, dp, norm,
            min(left_out), max(left_out), sum(rates) / k,
        ]


def multiple(rng):
    for _ in range(150):
        p = [rng.choice([rng.random(), rng.random() ** 6, 10 ** -rng.uniform(0, 200), round(rng.random(), 1)])
             for _ in range(rng.randint(1, 30))]
        q = multipletests(p, method="fdr_bh")[1]
        yield [" ".join(repr(float(value)) for value in p), " ".join(repr(float(value)) for value in q)]


def agreement(rng):
    for number in range(1500):
        coders = 2 if number % 2 else rng.randint(2, 6)
        codes = "abcde"[: rng.randint(1, 5)]
        gaps = 0.0 if coders == 2 else rng.choice([0.0, 0.2, 0.6])
        noise = rng.choice([0.0, 0.1, 0.5, 1.0])
        units = []
        for _ in range(rng.randint(1, 25)):
            truth = rng.choice(codes)
            units.append("".join(
                "." if rng.random() < gaps else rng.choice(codes) if rng.random() < noise else truth
                for _ in range(coders)))
        paired = [unit for unit in units if len(unit.replace(".", "")) > 1]
        used = {code for unit in paired for code in unit if code != "."}
        alpha = kappa = None
        if len(used) > 1:
            data = [[np.nan if unit[i] == "." else float(ord(unit[i])) for unit in units] for i in range(coders)]
            alpha = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
        if coders == 2 and gaps == 0.0 and len(used) > 1:
            square = np.array([[sum(unit == x + y for unit in units) for y in sorted(used)] for x in sorted(used)])
            n = len(units)
            equal = Fraction(sum(unit[0] == unit[1] for unit in units), n)
            chance = sum(Fraction(sum(u[0] == x for u in units) * sum(u[1] == x for u in units), n * n) for x in used)
            kappa = (equal - chance) / (1 - chance)
            near(kappa, cohens_kappa(square, return_results=False), 1e-9, 1e-12)
            near(kappa, cohen_kappa_score([unit[0] for unit in units], [unit[1] for unit in units]), 1e-9, 1e-12)
        yield [" ".join(units), kappa if coders == 2 else None, alpha]


def side(rng):
    """Articles with hits of words, or parts of hits: some without anything, rates that vary from article to article."""
    share = rng.choice([0.002, 0.02, 0.3])
    sample = []
    for _ in range(rng.choice([1, 2, 2, 3, 4, 5, 8])):
        size = rng.randint(1, rng.choice([5, 300, 4000])) if rng.random() < 0.95 else 0
        sample.append((min(size, int(rng.expovariate(1) * size * share + rng.random())), size))
    return sample


def of_side(sample):
    """Ratio, variance, design effect, effective size and interval: in fractions as far as they go, then SciPy."""
    sample = [(f, s) for f, s in sample if s]
    m, f, s = len(sample), sum(f for f, _ in sample), sum(s for _, s in sample)
    r = Fraction(f, s) if s else None
    variance = deff = n = low = high = None
    if m > 1:
        variance = Fraction(m, m - 1) * sum((a - r * b) ** 2 for a, b in sample) / s**2
        deff = variance / (r * (1 - r) / s) if 0 < f < s else None
        degrees = stats.t.ppf(0.975, s - 1) / stats.t.ppf(0.975, m - 1)
        n = min(s, s / max(float(deff) if deff is not None else 1, 1) * degrees**2)
        x, rest = float(r) * n, float(1 - r) * n
        low = stats.beta.ppf(0.025, x, rest + 1) if f else 0.0
        high = stats.beta.ppf(0.975, x + 1, rest) if f < s else 1.0
    return {"m": m, "f": f, "r": r, "v": variance}, [r, variance, deff, n, low, high]


def exact_p(first, second):
    """All divisions into sides as large as these, in fractions."""
    first, second = ([(f, s) for f, s in sample if s] for sample in (first, second))
    both, m = first + second, len(first)
    if min(m, len(second)) < 2:
        return None
    f, s = sum(f for f, _ in both), sum(s for _, s in both)

    def distance(chosen):
        f1, s1 = sum(both[i][0] for i in chosen), sum(both[i][1] for i in chosen)
        return abs(Fraction(f1, s1) - Fraction(f - f1, s - s1))

    observed = distance(range(m))
    found = [distance(chosen) >= observed for chosen in combinations(range(len(both)), m)]
    return Fraction(sum(found), len(found))


def comparison(rng):
    for _ in range(2000):
        first, second = side(rng), side(rng)
        (one, values), (two, _) = of_side(first), of_side(second)
        ratio = low = high = None
        if one["f"] and two["f"]:
            ratio = one["r"] / two["r"]
            if min(one["m"], two["m"]) > 1:
                v1, v2 = (float(of["v"] / of["r"] ** 2) for of in (one, two))
                low = high = ratio
                if v1 + v2 > 0:
                    df = (v1 + v2) ** 2 / (v1**2 / (one["m"] - 1) + v2**2 / (two["m"] - 1))
                    reach = np.exp(stats.t.ppf(0.975, df) * np.sqrt(v1 + v2))
                    low, high = float(ratio) / reach, float(ratio) * reach
                    if not np.isfinite(high):
                        low = high = None
        of = [" ".join(f"{f}/{s}" for f, s in sample) for sample in (first, second)]
        few = len(first) + len(second) <= 10
        yield [*of, *values, ratio, low, high, exact_p(first, second) if few else None]


def profiles(rng):
    for _ in range(1000):
        items = rng.randint(1, 12)
        a, b = ([max(0, random_count(rng, 10 ** rng.choice([1, 2, 4]))) for _ in range(items)] for _ in range(2))
        if rng.random() < 0.05:
            a = [0] * items
        n1, n2 = sum(a), sum(b)
        jsd = cosine = None
        if n1 and n2:
            p, q = ([mpf(n) / total for n in counts] for counts, total in ((a, n1), (b, n2)))
            entropy = lambda shares: -sum(x * log(x, 2) for x in shares if x)
            jsd = abs(entropy([(x + y) / 2 for x, y in zip(p, q)]) - (entropy(p) + entropy(q)) / 2)
            mixed = [(x + y) / 2 for x, y in zip(p, q)]
            near(jsd, (stats.entropy(np.array(p, float), np.array(mixed, float), 2)
                       + stats.entropy(np.array(q, float), np.array(mixed, float), 2)) / 2, 1e-9, 1e-12)
            cosine = mpf(sum(x * y for x, y in zip(a, b))) / sqrt(mpf(sum(x * x for x in a)) * sum(y * y for y in b))
        k = sum(1 for n in a if n)
        shannon = stats.entropy(a, base=2) if n1 else None
        hhi = Fraction(sum(n * (n - 1) for n in a), n1 * (n1 - 1)) if n1 > 1 else None
        yield [" ".join(map(str, a)), " ".join(map(str, b)), jsd, cosine, hhi, shannon,
               fsum([shannon / np.log2(k)]) if k > 1 else None]


def main():
    # With a seed of its own each file stays as it is when another one gets more rows.
    def wanted(name):
        return len(sys.argv) == 1 or name in sys.argv[1:]

    if wanted("comparison.csv"):
        write("comparison.csv", ["first", "second", "value", "variance", "deff", "n", "low", "high", "ratio",
                                 "ratio_low", "ratio_high", "p"], comparison(random.Random(20260301)))
    if wanted("profiles.csv"):
        write("profiles.csv", ["a", "b", "jsd", "cosine", "hhi", "shannon", "evenness"],
              profiles(random.Random(20260302)))
    if len(sys.argv) > 1:
        return
    rng = random.Random(20260101)
    write("keyness.csv", ["a", "n1", "b", "n2", "g2", "p", "chi2", "log_ratio", "m", "log_ratio_conservative",
                          "percent_diff", "odds_ratio", "bic", "fisher_p"], keyness(rng))
    write("association.csv", ["o11", "r1", "c1", "n", "mi", "npmi", "t_score", "log_dice", "dice", "jaccard",
                              "delta_p_2_given_1", "delta_p_1_given_2", "g2", "p"], association(rng))
    write("proportions.csv", ["hits", "n", "wilson_low", "wilson_high", "alpha", "exact_low", "exact_high"],
          proportions(rng))
    write("dispersion.csv", ["parts", "range", "juilland_d", "gries_dp", "dp_norm", "loo_min", "loo_max",
                             "mean_of_articles"], dispersion(rng))
    write("multiple.csv", ["p", "q"], multiple(rng))
    write("agreement.csv", ["units", "cohen_kappa", "krippendorff_alpha"], agreement(rng))


main()
