articles <- data.frame(
  id = c("a", "b", "c"),
  source = c("One", "One", "Two"),
  date = as.Date(c("2023-09-25", "2023-09-26", NA)),
  page = c(1L, NA, 12L),
  text = c(
    "The blockade of the road goes on, \"a siege\", Yerevan said.\n\nNobody spoke of Türkiye.",
    "The blockade, said a driver in Baku, is a siege.",
    "Russian peacekeepers watch the corridor."
  )
)

# The cells of a CSV file as they stand there.
cells <- function(path) {
  utils::read.csv(path, colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8")
}

test_that("every cell is that of the program", {
  kept <- tempfile()
  result <- fs_run(articles, output = kept, force = TRUE)
  expect_gt(length(result), 15)
  for (name in names(result)) {
    table <- result[[name]]
    expected <- cells(file.path(kept, paste0(name, ".csv")))
    expect_identical(names(table), names(expected), info = name)
    expect_identical(nrow(table), nrow(expected), info = name)
    for (column in names(table)) {
      found <- table[[column]]
      attr(found, "label") <- NULL
      wanted <- expected[[column]]
      if (is.logical(found)) wanted <- wanted == "true"
      if (is.integer(found)) wanted <- as.integer(wanted)
      if (is.double(found)) wanted <- as.numeric(wanted)
      expect_identical(found, wanted, info = paste(name, column))
    }
  }
})

test_that("a data frame and the same articles in a file give the same tables", {
  file <- tempfile(fileext = ".csv")
  rows <- articles
  rows$date <- as.character(rows$date)
  utils::write.csv(rows, file, row.names = FALSE, na = "", fileEncoding = "UTF-8")
  from_file <- fs_run(file)
  from_frame <- fs_run(articles)
  expect_equal(from_frame$frame_frequency, from_file$frame_frequency)
  expect_equal(from_frame$actor_frequency, from_file$actor_frequency)
})

test_that("tables are tibbles with labels, dates and missing values arrive, and the report is kept on request", {
  kept <- tempfile()
  result <- fs_run(articles, output = kept)
  expect_s3_class(result$groups, "tbl_df")
  expect_match(attr(result$groups$articles, "label"), "articles")
  expect_identical(as.character(result$articles$date), c("2023-09-25", "2023-09-26", NA))
  expect_identical(as.character(result$articles$page), c("1", NA, "12"))
  expect_true(file.exists(file.path(kept, "report.html")))
  again <- fs_read(kept)
  expect_equal(again$mentions, result$mentions)
  expect_output(print(result), "frame_frequency")
})

test_that("options of the program are arguments", {
  result <- fs_run(articles, by = c("source", "year"), only = c("groups", "frame_frequency"), voice = "own")
  expect_setequal(names(result), c("groups", "frame_frequency"))
  expect_true(all(c("source", "year") %in% names(result$groups)))
})

test_that("errors are those of the program", {
  expect_error(fs_run(articles, only = "group"), "did you mean `groups`")
  expect_error(fs_run(articles, unti = "sentence"), "--unti")
  expect_error(fs_run("no such folder"), "no such folder")
  expect_error(fs_run(data.frame(words = "a")), "no column `text`")
  expect_error(fs_read(tempdir()), "no output folder")
  expect_error(fs_run(articles, dictionaries = tempfile()), "cannot read the codebook folder")
})

test_that("a named list is a codebook", {
  folder <- fs_codebook(
    list("Siege and blockade" = c("blockade", "siege*"), Peace = c("peacekeepers", "cease fire")),
    actors = list(Russia = c("Russia", "Russian"))
  )
  result <- fs_run(articles, dictionaries = folder)
  all <- result$frame_frequency[result$frame_frequency$source == "ALL" & result$frame_frequency$term == "(all)", ]
  counts <- stats::setNames(as.integer(all$n), all$frame)
  expect_identical(counts[["Siege_and_blockade"]], 4L)
  expect_identical(counts[["Peace"]], 1L)
  expect_identical(as.integer(result$actor_frequency$n[result$actor_frequency$source == "ALL"])[1], 1L)
  expect_error(fs_codebook(list("a")), "names")
  expect_error(fs_codebook(list("a b" = "x", "a-b" = "y")), "same id")
})

test_that("a quanteda dictionary is a codebook", {
  skip_if_not_installed("quanteda")
  dictionary <- quanteda::dictionary(list(violence = list(war = "war*", siege = "siege"), peace = "peace*"))
  result <- fs_run(articles, dictionaries = fs_codebook(dictionary))
  expect_true("violence" %in% result$frame_frequency$frame)
})

test_that("the matrix adds up to the table", {
  skip_if_not_installed("Matrix")
  result <- fs_run(articles)
  matrix <- fs_dfm(result)
  expect_identical(rownames(matrix), articles$id)
  table <- result$frame_frequency
  all <- table[table$source == "ALL" & table$term == "(all)" & table$n > 0, ]
  sums <- Matrix::colSums(matrix)
  expect_equal(as.numeric(sums[all$frame]), as.numeric(all$n))
  expect_lt(sum(fs_dfm(result, voice = "own")), sum(matrix))
  expect_error(fs_dfm(fs_run(articles, only = "groups")), "mentions")
})
