//! What is read, and how.

use clap::Args;
use framescope::corpus::{ColumnNames, CorpusOptions, DateOrder, Duplicates, Format, Input, NamePattern};
use framescope::error::{Error, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
#[command(next_help_heading = "Corpus")]
pub struct CorpusArguments {
    /// Folders or files to read, `-` for standard input (JSON Lines); `seeds` when none is named
    ///
    /// Read are texts (.txt, .md), tables (.csv, .tsv, .xlsx, .xls, .ods, .parquet), .jsonl and .json, web pages (.html,
    /// .mhtml, .warc), documents (.docx, .rtf, .odt, .pdf, .epub) and downloads of Nexis, Factiva and ProQuest, each also
    /// as .gz, .zst or in a .zip. A folder may hold a `sources.csv` with the columns file, source, date, title, author,
    /// language and any further one.
    #[arg(value_name = "CORPUS")]
    corpus: Vec<OsString>,

    /// Read every input as this format instead of going by its name: txt, csv, jsonl, html, docx ...
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<String>,

    /// How file names tell metadata, such as `{date}-{source}` [default: {source}_{date}_{title}]
    #[arg(long, value_name = "PATTERN")]
    name_pattern: Option<String>,

    #[command(flatten)]
    reading: ReadingArguments,
}

/// How tables and lines become articles.
#[derive(Debug, Args)]
#[command(next_help_heading = "Corpus")]
pub struct ReadingArguments {
    /// Column (or JSON key, also a path such as article.body) that holds the text [default: found by its name, such as text, body, content]
    #[arg(long, value_name = "COLUMN")]
    text_column: Option<String>,

    /// Column that holds the source [default: found by its name, such as source, outlet, media_name]
    #[arg(long, value_name = "COLUMN")]
    source_column: Option<String>,

    /// Column that holds the date [default: found by its name, such as date, publish_date, published]
    #[arg(long, value_name = "COLUMN")]
    date_column: Option<String>,

    /// Column that holds the title [default: found by its name]
    #[arg(long, value_name = "COLUMN")]
    title_column: Option<String>,

    /// Column that holds the article's id [default: found by its name, such as id, article_id, doc_id]
    #[arg(long, value_name = "COLUMN")]
    id_column: Option<String>,

    /// What 09/05/2023 means: day-first or month-first [default: as the column's other dates show, or left empty]
    #[arg(long, value_name = "ORDER")]
    date_order: Option<String>,

    /// Of articles with the same text count all (keep) or only the first of the corpus (first) [default: keep]
    #[arg(long, value_name = "WAY")]
    duplicates: Option<String>,

    /// Folder (or archive) of saved pages, for lists of addresses without texts, as of Media Cloud and GDELT
    ///
    /// A row of the list and a page belong together by the page's address: where it was saved from, what it says of
    /// itself, or the name of its file. Rows without a page and pages without a row are listed. Nothing is fetched.
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,

    /// Leave articles of more than so many megabytes out [default: 64]
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u64).range(1..=4095))]
    max_article: Option<u64>,
}

impl ReadingArguments {
    /// These options for some inputs.
    pub fn options(&self, inputs: Vec<Input>) -> Result<CorpusOptions> {
        Ok(CorpusOptions {
            inputs,
            columns: ColumnNames {
                text: self.text_column.clone(),
                id: self.id_column.clone(),
                source: self.source_column.clone(),
                date: self.date_column.clone(),
                title: self.title_column.clone(),
                ..ColumnNames::default()
            },
            date_order: self.date_order.as_deref().map(str::parse::<DateOrder>).transpose()?,
            duplicates: self.duplicates.as_deref().map(str::parse::<Duplicates>).transpose()?.unwrap_or_default(),
            pages: self.pages.clone(),
            max_article: self.max_article.map(|megabytes| megabytes << 20),
            ..CorpusOptions::default()
        })
    }
}

/// What is read when nothing is named.
const DEFAULT_CORPUS: &str = "seeds";

impl CorpusArguments {
    pub fn options(&self) -> Result<CorpusOptions> {
        let inputs: Vec<Input> = if self.corpus.is_empty() {
            if !Path::new(DEFAULT_CORPUS).exists() {
                return Err(Error::Usage(format!(
                    "no corpus is named, and there is no folder `{DEFAULT_CORPUS}` here; name a folder or a file of articles"
                )));
            }
            vec![Input::Path(DEFAULT_CORPUS.into())]
        } else {
            self.corpus.iter().map(|argument| Input::from(argument.as_os_str())).collect()
        };
        Ok(CorpusOptions {
            format: self.input_format.as_deref().map(str::parse::<Format>).transpose()?,
            name_pattern: self.name_pattern.as_deref().map(NamePattern::parse).transpose()?,
            ..self.reading.options(inputs)?
        })
    }
}
