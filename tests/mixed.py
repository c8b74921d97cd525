#!/usr/bin/env python3
"""Makes many articles of few: paragraphs of one or two articles, some left out, in sources of very unequal size.

usage: mixed.py ARTICLES.jsonl[.gz] NUMBER SOURCES > corpus.jsonl
"""
import gzip
import json
import random
import sys

path, number, sources = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
    articles = [json.loads(line) for line in file]
rng = random.Random(20)
# The last source has a single article.
weights = [1 / (at + 1) for at in range(sources - 1)]
for at in range(number):
    source = sources - 1 if at == 0 else rng.choices(range(sources - 1), weights)[0]
    # Sources lean towards articles of their own.
    own = [rng.randrange(len(articles)) if rng.random() < 0.5 else (source * 37 + rng.randrange(60)) % len(articles) for _ in range(2)]
    paragraphs = [part for one in own[: rng.randint(1, 2)] for part in articles[one]["text"].split("\n\n") if rng.random() < 0.7]
    date = f"{rng.randint(2019, 2023)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    text = "\n\n".join(paragraphs) or articles[own[0]]["title"]
    print(json.dumps({"id": f"m{at:05}", "source": f"source {source:02}", "date": date, "text": text}, ensure_ascii=False))
