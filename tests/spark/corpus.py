#!/usr/bin/env python3
"""A corpus of JSON Lines made of the paragraphs of seeds/: corpus.py SEEDS ARTICLES > corpus.jsonl

The same numbers give the same bytes. One line in 97 is no JSON, so that bad records are counted as well.
"""

import json
import pathlib
import random
import sys

seeds, articles = pathlib.Path(sys.argv[1]), int(sys.argv[2])
texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.rglob("*.txt"))]
paragraphs = [part.strip() for text in texts for part in text.split("\n") if part.strip()]
chance = random.Random(7)
for number in range(articles):
    if number % 97 == 96:
        print('{"id": "broken')
        continue
    article = {
        "id": f"article {number:05} \\ é",
        "source": chance.choice(["Khazar Line", "Neva Wire", "Sevan Ledger", "İhlamurlu\tPost"]),
        "date": f"202{chance.randrange(5)}-{chance.randrange(1, 13):02}",
        "desk": chance.choice(["", "world", "\"opinion\", letters"]),
        "text": "\n\n".join(chance.choice(paragraphs) for _ in range(chance.randrange(3, 12))),
    }
    print(json.dumps(article, ensure_ascii=number % 2 == 0))
