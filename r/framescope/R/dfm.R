#' Counts as a document-feature matrix
#'
#' @param x What [fs_run()] or [fs_read()] gave.
#' @param layer `"frame"`, `"actor"` or `"naming"`.
#' @param voice Count hits in these voices only; `NULL` counts all.
#' @return A sparse matrix with a row for each article and a column for each frame, actor or pair. With quanteda loaded,
#'   `quanteda::as.dfm()` takes it.
#' @export
fs_dfm <- function(x, layer = "frame", voice = NULL) {
  if (!requireNamespace("Matrix", quietly = TRUE)) stop("`fs_dfm` needs the package `Matrix`", call. = FALSE)
  layer <- match.arg(layer, c("frame", "actor", "naming"))
  for (table in c("mentions", "articles")) {
    if (is.null(x[[table]])) stop("`fs_dfm` needs the table `", table, "`, which this run left out", call. = FALSE)
  }
  hits <- x$mentions[x$mentions$layer == layer & x$mentions$kind != "place_use", ]
  if (!is.null(voice)) hits <- hits[hits$voice %in% voice, ]
  codes <- sort(unique(as.character(hits$code)), method = "radix")
  articles <- as.character(x$articles$article_id)
  Matrix::sparseMatrix(
    i = match(hits$article_id, articles), j = match(hits$code, codes), x = rep(1, nrow(hits)),
    dims = c(length(articles), length(codes)), dimnames = list(docs = articles, features = codes)
  )
}
