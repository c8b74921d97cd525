#' Make a codebook of frames
#'
#' @param dictionary A named list of terms, or a quanteda dictionary: each entry is a frame. `*` in a term stands for any
#'   ending. Deeper levels of a dictionary are joined to their first one.
#' @param folder Where to write it.
#' @param actors Optionally a named list of names: each entry is an actor with all its names.
#' @return The folder, for the argument `dictionaries` of [fs_run()].
#' @export
fs_codebook <- function(dictionary, folder = tempfile("codebook"), actors = list()) {
  frames <- lapply(as.list(dictionary), function(terms) unique(trimws(unlist(terms, use.names = FALSE))))
  if (length(frames) == 0 || is.null(names(frames)) || !all(nzchar(names(frames)))) {
    stop("`dictionary` is a list with names: each is a frame, and holds its terms", call. = FALSE)
  }
  ids <- ids_of(names(frames))
  framescope(c("codebook", "new", folder))
  # The examples of an empty codebook make way.
  write_rows(folder, "frames.csv", data.frame(
    frame = ids, name = names(frames), definition = "from a dictionary in R"
  ))
  terms <- data.frame(
    frame = rep(ids, lengths(frames)), term = unlist(frames, use.names = FALSE),
    pattern = unlist(frames, use.names = FALSE)
  )
  terms$kind <- ifelse(grepl("*", terms$pattern, fixed = TRUE), "wildcard", "literal")
  write_rows(folder, "terms.csv", terms)
  actor_ids <- ids_of(names(actors))
  write_rows(folder, "actors.csv", data.frame(
    actor = actor_ids, name = as.character(names(actors)), kind = rep("other", length(actors)),
    parent = rep("", length(actors))
  ))
  write_rows(folder, "aliases.csv", data.frame(
    actor = rep(actor_ids, lengths(actors)), alias = as.character(unlist(actors, use.names = FALSE)),
    kind = rep("name", sum(lengths(actors)))
  ))
  write_rows(folder, "pairs.csv", data.frame(
    pair = character(), object = character(), pole = character(), term = character()
  ))
  framescope(c("check", folder))
  folder
}

# Ids are letters, digits, `_` and `-`, and begin with a letter.
ids_of <- function(names) {
  ids <- gsub("^_+|_+$", "", gsub("[^A-Za-z0-9]+", "_", iconv(names, to = "ASCII//TRANSLIT", sub = "_")))
  ids <- ifelse(grepl("^[A-Za-z]", ids), ids, paste0("f_", ids))
  if (anyDuplicated(ids)) {
    stop("two names become the same id `", ids[duplicated(ids)][1], "`; rename one", call. = FALSE)
  }
  ids
}

write_rows <- function(folder, file, rows) {
  utils::write.csv(rows, file.path(folder, file), row.names = FALSE, fileEncoding = "UTF-8")
}
