"""Tallies of a corpus, one a partition, and their sum.

spark-submit --files framescope tally.py corpus.jsonl tally './framescope tally --quiet --threads 1'

The corpus is JSON Lines, one article a line, in one file, a folder of files or a pattern; the sum is one line in a text
file of the folder `tally`. `checkCode` matters: without it a program that fails counts as one that printed nothing.
"""

import sys

from pyspark import SparkContext

corpus, output, tally = sys.argv[1:4]
partitions = int(sys.argv[4]) if len(sys.argv) > 4 else None

spark = SparkContext(appName="framescope tally")
articles = spark.textFile(corpus, minPartitions=partitions)
tallies = articles.pipe(tally, checkCode=True)
tallies.repartition(1).pipe("./framescope merge", checkCode=True).saveAsTextFile(output)
spark.stop()
