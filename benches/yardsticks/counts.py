"""What the Python yardsticks share: the codebook, the articles, the output."""
import csv
import json
import sys
from pathlib import Path


def entries(folder):
    """Aliases and framing terms of a codebook, each with its code."""
    def read(name, key, code):
        with open(Path(folder) / name, encoding='utf-8', newline='') as handle:
            return {row[key]: row[code] for row in csv.DictReader(handle)}
    return read('aliases.csv', 'alias', 'actor'), {term.lower(): frame for term, frame in read('terms.csv', 'pattern', 'frame').items()}


def articles(path):
    with open(path, encoding='utf-8') as handle:
        for line in handle:
            record = json.loads(line)
            yield record['source'], record['text']


def write(counts, pairs, totals):
    out = csv.writer(sys.stdout, lineterminator='\n')
    out.writerow(['source', 'layer', 'code', 'n'])
    out.writerows([*key, n] for key, n in sorted(counts.items()))
    if pairs:
        out.writerow(['source', 'actor', 'frame', 'sentences'])
        out.writerows([*key, n] for key, n in sorted(pairs.items()))
    print('total', *(f'{name}={n}' for name, n in totals.items()))
