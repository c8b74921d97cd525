# The program: where it is, and how it is called.

# Looked for in the option `framescope.program`, on the path, and in the Python package.
program <- function() {
  set <- getOption("framescope.program")
  if (!is.null(set)) {
    if (!file.exists(set)) stop("there is no program `", set, "` (option `framescope.program`)", call. = FALSE)
    return(list(command = normalizePath(set), before = character()))
  }
  on_path <- Sys.which("framescope")
  if (nzchar(on_path)) return(list(command = unname(on_path), before = character()))
  for (python in Sys.which(c("python3", "python"))) {
    if (nzchar(python) && is.null(attr(call_program(python, c("-m", "framescope", "--version")), "status"))) {
      return(list(command = unname(python), before = c("-m", "framescope")))
    }
  }
  stop(
    "the program `framescope` is not found; install it with `pip install framescope`, ",
    "or say where it is: options(framescope.program = \"/path/to/framescope\")",
    call. = FALSE
  )
}

call_program <- function(command, arguments) {
  suppressWarnings(system2(command, shQuote(arguments), stdout = TRUE, stderr = TRUE))
}

# Runs the program; what it says in the end is an error when it failed, and else the answer.
framescope <- function(arguments) {
  found <- program()
  said <- call_program(found$command, c(found$before, arguments))
  if (!is.null(attr(said, "status"))) {
    said <- sub("^error: ", "", said)
    stop(paste(said, collapse = "\n"), call. = FALSE)
  }
  Encoding(said) <- "UTF-8"
  said
}

# `not_target = c("UKR", "RUS")` as `--not-target UKR --not-target RUS`; TRUE is an option without a value.
option_words <- function(options) {
  words <- character()
  for (name in names(options)) {
    value <- options[[name]]
    option <- paste0("--", gsub("_", "-", name))
    if (is.null(value) || identical(value, FALSE)) next
    if (identical(value, TRUE)) {
      words <- c(words, option)
    } else {
      words <- c(words, paste0(option, "=", value))
    }
  }
  words
}
