#!/usr/bin/env python3
"""How far two readings of the same hits agree: Krippendorff's alpha for nominal values.

    agreement.py FIRST.csv SECOND.csv [--differences]

Both files have the columns of labels.csv; hits are joined by article and place. First choices are
compared, and beside alpha stands the share of rows in which each first choice is acceptable to the
other reading. With --differences the rows are listed in which one is not acceptable to the other.
"""
import argparse
import csv
from collections import Counter


def alpha(pairs):
    """Krippendorff's alpha of two readings without missing values, nominal."""
    values = Counter(value for pair in pairs for value in pair)
    n = sum(values.values())
    observed = sum(a != b for a, b in pairs) / len(pairs)
    expected = (n * n - sum(v * v for v in values.values())) / (n * (n - 1))
    return 1.0 if expected == 0 else 1 - observed / expected


def load(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return {
            (r["article_id"], r["start_byte"], r["end_byte"], r["frame"]): r
            for r in csv.DictReader(lines)
        }


def is_own(voice):
    return "own" if voice in ("own", "hypothetical") else "not own"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("--differences", action="store_true")
    args = parser.parse_args()
    first, second = load(args.first), load(args.second)
    both = sorted(set(first) & set(second))
    print(f"{len(both)} hits in both readings")
    print("what,alpha,agree,acceptable_to_each_other")
    kinds = {
        "own_or_not": ("voice", is_own),
        "voice": ("voice", str),
        "sense": ("sense", str),
        "speaker": ("speaker", str),
        "agent": ("agent", str),
        "target": ("target", str),
    }
    for kind, (column, view) in kinds.items():
        pairs, fits = [], 0
        for key in both:
            a = [view(v) for v in first[key][column].split("|")]
            b = [view(v) for v in second[key][column].split("|")]
            pairs.append((a[0], b[0]))
            fits += a[0] in b and b[0] in a
            if args.differences and kind != "own_or_not" and not (a[0] in b and b[0] in a):
                print(kind, *key, first[key][column], second[key][column], sep="  ")
        agree = sum(a == b for a, b in pairs) / len(pairs)
        print(f"{kind},{alpha(pairs):.3f},{agree:.3f},{fits / len(pairs):.3f}")


if __name__ == "__main__":
    main()
