//! What is read, and how.

use clap::Args;
use framescope::corpus::{CorpusOptions, Format, Input, NamePattern};
use framescope::error::{Error, Result};
use std::ffi::OsString;
use std::path::Path;

#[derive(Debug, Args)]
#[command(next_help_heading = "Corpus")]
pub struct CorpusArguments {
    /// Folders or files to read, `-` for standard input (JSON Lines); `seeds` when none is named
    ///
    /// Read are .txt, .md, .csv, .tsv, .jsonl and .ndjson, each also as .gz or .zst. A folder may hold a `sources.csv`
    /// with the columns file, source, date, title, author, language and any further one.
    #[arg(value_name = "CORPUS")]
    corpus: Vec<OsString>,

    /// Read every input as this format instead of going by its name: txt, md, csv, tsv, jsonl
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<String>,

    /// How file names tell metadata, such as `{date}-{source}` [default: {source}_{date}_{title}]
    #[arg(long, value_name = "PATTERN")]
    name_pattern: Option<String>,

    /// Column (or JSON key) that holds the text [default: the first of text, body, content, article_text]
    #[arg(long, value_name = "COLUMN")]
    text_column: Option<String>,
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
            inputs,
            format: self.input_format.as_deref().map(str::parse::<Format>).transpose()?,
            name_pattern: self.name_pattern.as_deref().map(NamePattern::parse).transpose()?,
            text_column: self.text_column.clone(),
        })
    }
}
