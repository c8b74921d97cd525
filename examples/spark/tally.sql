-- Tallies of a corpus, one a partition, and their sum: run it with
--
--   spark-sql --files framescope -f tally.sql --hivevar input=corpus.jsonl --hivevar output=tally \
--     --hivevar tally='./framescope tally --quiet --threads 1' --hivevar merge='./framescope merge'
--
-- `value` is one article as a line of JSON. From a table with columns (Parquet, for one) it is made by
--   SELECT to_json(struct(id, source, date, title, text)) AS value FROM parquet.`articles`

INSERT OVERWRITE DIRECTORY '${hivevar:output}' USING text
SELECT TRANSFORM(tally) USING '${hivevar:merge}' AS (tally STRING)
FROM (
  SELECT /*+ REPARTITION(1) */ tally
  FROM (
    SELECT TRANSFORM(value) USING '${hivevar:tally}' AS (tally STRING)
    FROM text.`${hivevar:input}`
  )
);
