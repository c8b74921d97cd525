"""polars' multi-pattern extraction at this job.  polars_extract.py CODEBOOK CORPUS.jsonl

Does: JSON Lines, leftmost-longest match in two layers, counts per source.  Does not: words, sentences, word boundaries
(it finds `EU` in `Eurostat`), pairs, zones, voice, ledger, vocabulary, statistics.  POLARS_MAX_THREADS bounds its
threads.  Prints the counts as CSV and a line of totals.
"""
import sys

import polars as pl

from counts import entries, write

actors, frames = entries(sys.argv[1])
corpus = pl.read_ndjson(sys.argv[2]).select('source', 'text')
counts, totals = {}, {'articles': corpus.height}
for layer, names, fold in (('actors', actors, False), ('frames', frames, True)):
    hits = corpus.select(
        'source',
        pl.col('text').str.extract_many(list(names), ascii_case_insensitive=fold, leftmost=True).alias('name'),
    ).explode('name').drop_nulls()
    name = pl.col('name').str.to_lowercase() if fold else pl.col('name')
    found = hits.select('source', name.replace_strict(names, return_dtype=pl.String).alias('code'))
    for source, code, n in found.group_by('source', 'code').len().iter_rows():
        counts[source, layer, code] = n
    totals[layer] = hits.height
write(counts, {}, totals)
