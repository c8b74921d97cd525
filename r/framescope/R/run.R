#' Count articles
#'
#' @param articles A data frame with a column `text` and any of `id`, `source`, `date`, `title`, `author`, `language` and
#'   further columns; or the paths of folders or files.
#' @param by The columns that make the groups to compare.
#' @param dictionaries The folder of a codebook, as from [fs_codebook()]; `NULL` for the one inside the program, or the
#'   folder `dictionaries` when there is one here.
#' @param output A folder to keep the files in; `NULL` keeps none.
#' @param ... Further options of `framescope run`, with underscores: `voice = "own"`, `only = "groups"`, `excel = TRUE`.
#' @return The tables by their names, as tibbles whose columns have labels.
#' @export
fs_run <- function(articles, by = "source", dictionaries = NULL, output = NULL, ...) {
  folder <- tempfile("framescope")
  dir.create(folder)
  on.exit(unlink(folder, recursive = TRUE))
  inputs <- if (is.data.frame(articles)) write_articles(articles, file.path(folder, "articles.jsonl")) else articles
  if (!is.character(inputs) || length(inputs) == 0) {
    stop("`articles` is a data frame, or the paths of folders or files", call. = FALSE)
  }
  into <- if (is.null(output)) file.path(folder, "output") else output
  # The report is of use only where it stays.
  options <- list(no_report = is.null(output))
  given <- list(...)
  options[names(given)] <- given
  said <- framescope(c(
    "run", option_words(c(options, list(by = by, dictionaries = dictionaries, output = into))), "--", path.expand(inputs)
  ))
  result <- fs_read(into)
  attr(result, "summary") <- said
  if (is.null(output)) attr(result, "folder") <- NULL
  result
}

# Articles as JSON Lines: one line each, missing values left out.
write_articles <- function(articles, path) {
  if (!"text" %in% names(articles)) {
    other <- intersect(names(articles), c("body", "content", "article_text"))
    if (length(other) == 0) stop("the data frame has no column `text`", call. = FALSE)
  }
  columns <- lapply(as.data.frame(articles), function(column) {
    if (is.numeric(column) && !is.object(column)) column else enc2utf8(as.character(column))
  })
  file <- file(path, "wb")
  on.exit(close(file))
  jsonlite::stream_out(
    as.data.frame(columns, check.names = FALSE, stringsAsFactors = FALSE), file,
    verbose = FALSE, na = "null", digits = NA
  )
  path
}

#' Read a folder that the program has written
#'
#' @param folder The output folder of `framescope run`.
#' @return The tables by their names, as tibbles whose columns have labels. An undefined value is `NA`.
#' @export
fs_read <- function(folder) {
  file <- file.path(folder, "datapackage.json")
  if (!file.exists(file)) stop("`", folder, "` is no output folder: it has no `datapackage.json`", call. = FALSE)
  package <- jsonlite::read_json(file)
  is_table <- function(resource) {
    !is.null(resource$schema) && identical(resource$path, paste0(resource$name, ".csv"))
  }
  tables <- Filter(is_table, package$resources)
  names(tables) <- vapply(tables, function(resource) resource$name, "")
  structure(
    lapply(tables, function(resource) read_table(file.path(folder, resource$path), resource$schema$fields)),
    class = "framescope", folder = folder
  )
}

read_table <- function(path, fields) {
  types <- vapply(fields, function(field) field$type, "")
  # Whole numbers beyond R's integers stay exact as doubles.
  classes <- c(string = "character", integer = "numeric", number = "numeric", boolean = "character")
  table <- utils::read.csv(
    path,
    colClasses = unname(classes[types]), na.strings = "", check.names = FALSE, fileEncoding = "UTF-8",
    encoding = "UTF-8", comment.char = "", quote = "\""
  )
  for (at in seq_along(fields)) {
    if (types[at] == "boolean") table[[at]] <- table[[at]] == "true"
    if (types[at] == "integer" && all(abs(table[[at]]) <= .Machine$integer.max, na.rm = TRUE)) {
      table[[at]] <- as.integer(table[[at]])
    }
    attr(table[[at]], "label") <- fields[[at]]$description
  }
  tibble::as_tibble(table)
}

#' @export
print.framescope <- function(x, ...) {
  said <- attr(x, "summary")
  if (!is.null(said)) cat(said, sep = "\n")
  rows <- vapply(x, nrow, 0L)
  cat(paste0("  ", format(names(x)), "  ", format(rows), " rows"), sep = "\n")
  invisible(x)
}
