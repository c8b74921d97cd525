# quanteda at this job.  Rscript quanteda.R CODEBOOK CORPUS.jsonl
#
# Does: JSON Lines, words, sentences, dictionary look-up in two layers (actors by spelling, framing terms in any case),
# counts per source, pairs of actor and frame in one sentence.  Does not: zones, voice, ledger, vocabulary, statistics.
# Prints the counts as CSV and a line of totals.
suppressPackageStartupMessages(library(quanteda))
quanteda_options(threads = 1)
arguments <- commandArgs(trailingOnly = TRUE)
read <- function(name) read.csv(file.path(arguments[1], name), encoding = "UTF-8", stringsAsFactors = FALSE)
aliases <- read("aliases.csv")
terms <- read("terms.csv")
actors <- dictionary(split(aliases$alias, aliases$actor), tolower = FALSE)
frames <- dictionary(split(terms$pattern, terms$frame))
con <- file(arguments[2], encoding = "UTF-8")
articles <- jsonlite::stream_in(con, verbose = FALSE)
sentences <- corpus_reshape(corpus(articles, docid_field = "id", text_field = "text"), to = "sentences")
words <- tokens(sentences, remove_punct = TRUE)
found_actors <- dfm(tokens_lookup(words, actors, case_insensitive = FALSE, valuetype = "fixed", nested_scope = "dictionary"), tolower = FALSE)
found_frames <- dfm(tokens_lookup(words, frames, case_insensitive = TRUE, valuetype = "fixed", nested_scope = "dictionary"), tolower = FALSE)
source <- docvars(sentences, "source")
print_long <- function(grouped, layer) {
  long <- as.data.frame(as.table(as.matrix(grouped)), stringsAsFactors = FALSE)
  long <- long[long$Freq > 0, ]
  cat(paste(long[[1]], layer, long[[2]], long$Freq, sep = ","), sep = "\n")
}
cat("source,layer,code,n\n")
print_long(dfm_group(found_actors, source), "actors")
print_long(dfm_group(found_frames, source), "frames")
cat("\nsource,actor,frame,sentences\n")
in_actors <- dfm_weight(found_actors, "boolean")
in_frames <- dfm_weight(found_frames, "boolean")
for (one in unique(source)) {
  pairs <- as.matrix(Matrix::crossprod(in_actors[source == one, ], in_frames[source == one, ]))
  long <- as.data.frame(as.table(pairs), stringsAsFactors = FALSE)
  long <- long[long$Freq > 0, ]
  cat(paste(one, long[[1]], long[[2]], long$Freq, sep = ","), sep = "\n")
}
cat(sprintf("\ntotal articles=%d words=%d sentences=%d actors=%d frames=%d\n", nrow(articles), sum(ntoken(words)),
  ndoc(sentences), sum(found_actors), sum(found_frames)))
