//! `framescope tally`

use super::arguments::{CountingArguments, ReadingArguments};
use super::merge::tell_same_texts;
use super::{stop, terminal};
use clap::Args;
use framescope::corpus::{Corpus, CorpusOptions, Format, Input, NamePattern};
use framescope::error::{Error, Fault, Result};
use framescope::needs::Needs;
use framescope::pipeline::{BlockSink, Pipeline, ReadCorpus, Silent};
use framescope::report::{CorpusFindings, Extract, ReportText, TextSink};
use framescope::tally::PartSink;
use framescope::tally::Tally;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// Count articles into one mergeable line of JSON
///
/// Reads JSON Lines (keys `id`, `source`, `date`, `title`, `text` and any further ones) and prints one line: how it was
/// counted, how many articles there were, and the counts. `framescope merge` adds such lines up, `framescope tables`
/// makes the tables of a run from the sum. No article at all gives a line that adds nothing.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct TallyCommand {
    /// Files to read, `-` for standard input [default: -]
    #[arg(value_name = "FILE", help_heading = "Corpus")]
    files: Vec<OsString>,

    /// Read the files that this file (`-`: standard input) lists, one a line
    #[arg(long, value_name = "LIST", conflicts_with = "files", help_heading = "Corpus")]
    paths_from: Option<PathBuf>,

    /// Read every input as this format instead of going by its name: txt, csv, jsonl, html, docx ...
    #[arg(long, value_name = "FORMAT", help_heading = "Corpus")]
    input_format: Option<String>,

    /// How file names tell metadata, such as `{date}-{source}` [default: {source}_{date}_{title}]
    #[arg(long, value_name = "PATTERN", help_heading = "Corpus")]
    name_pattern: Option<String>,

    #[command(flatten)]
    reading: ReadingArguments,

    #[command(flatten)]
    counting: CountingArguments,

    /// Write the ledger, the zones and the report's hits with their texts into this folder, for `framescope tables --parts`
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    parts: Option<PathBuf>,

    /// Number of threads; 0 takes all processors. It changes the time and nothing else
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Running")]
    threads: usize,

    /// Print nothing but errors on standard error
    #[arg(short, long, help_heading = "Running")]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  framescope tally < january.jsonl > january.tally
  framescope tally new.jsonl | framescope merge stored.tally - > all.tally
  ls *.jsonl | xargs -P 4 -I{} sh -c 'framescope tally --threads 1 {} > {}.tally'
  find archive -name '*.jsonl.gz' | framescope tally --paths-from - --parts parts > all.tally";

/// Bad records shown on standard error.
const SHOWN: usize = 3;

impl TallyCommand {
    pub fn execute(self) -> Result<()> {
        let options = self.corpus()?;
        let corpus = (!options.inputs.is_empty()).then_some(&options);
        let study = self.counting.study()?;
        let stop = stop::on_interrupt()?;
        let sink = self.parts.as_deref().map(PartSink::create).transpose()?;
        if let Some(sink) = &sink {
            terminal::tell_remarks(&sink.remarks);
        }
        let watched = sink.as_ref().map(|sink| TextSink::new(sink, Some(&study), ReportText::All));
        let pipeline = Pipeline {
            study: &study,
            needs: Needs::ALL,
            threads: self.threads,
            sink: watched.as_ref().map(|sink| sink as &dyn BlockSink),
            progress: &Silent,
            stop,
        };
        let (read, warnings) = match corpus {
            Some(corpus) => {
                let corpus = Corpus::open(corpus)?;
                let warnings = corpus.warnings().to_vec();
                (pipeline.read(corpus)?, warnings)
            }
            None => (ReadCorpus::default(), Vec::new()),
        };
        let unsketched = study.sketch_fault(&read.counts)?;
        let columns = read.columns.clone();
        let texts = watched.map(TextSink::finish).unwrap_or_default();
        let bad_records = read.counts.bad_records.clone();
        let mut tally = Tally::of(&study, read.counts, options.read_as())?;
        // The part is there before the tally that names it.
        if let Some(sink) = sink {
            let findings = CorpusFindings::of(&options, &bad_records, &warnings, &read.notes);
            if let Some((name, articles)) = sink.finish(&Extract { findings, texts })? {
                tally.add_part(name, articles);
            }
        }
        print_line(&tally)?;
        if !self.quiet {
            terminal::tell(&summary(&tally, &bad_records));
            if let Some(fault) = unsketched {
                terminal::tell(&format!("{fault}\n"));
            }
            tell_same_texts(&tally);
            if let Some(columns) = columns {
                terminal::tell(&format!("{columns}\n"));
            }
        }
        Ok(())
    }

    /// Without inputs when a list names no file.
    fn corpus(&self) -> Result<CorpusOptions> {
        let inputs: Vec<Input> = match &self.paths_from {
            Some(list) => paths_from(list)?,
            None if self.files.is_empty() => vec![Input::Stdin],
            None => self.files.iter().map(|file| Input::from(file.as_os_str())).collect(),
        };
        Ok(CorpusOptions {
            format: self.input_format.as_deref().map(str::parse::<Format>).transpose()?,
            name_pattern: self.name_pattern.as_deref().map(NamePattern::parse).transpose()?,
            ..self.reading.options(inputs)?
        })
    }
}

fn paths_from(list: &Path) -> Result<Vec<Input>> {
    let lines: Box<dyn BufRead> = if list == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(std::fs::File::open(list).map_err(Error::io("read", list))?))
    };
    let mut inputs = Vec::new();
    for line in lines.lines() {
        let line = line.map_err(Error::io("read", list))?;
        let path = line.trim_end_matches('\r');
        if !path.is_empty() {
            inputs.push(Input::Path(path.into()));
        }
    }
    Ok(inputs)
}

/// Prints a tally. A line that is not read is a lost tally, so a closed pipe is an error.
pub fn print_line(tally: &Tally) -> Result<()> {
    let mut line = tally.line();
    line.push('\n');
    let mut out = std::io::stdout().lock();
    let written = out.write_all(line.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| Error::Output(format!("cannot write the tally on standard output: {error}")))
}

fn summary(tally: &Tally, bad_records: &[Fault]) -> String {
    let (counted, bad) = (tally.articles_counted(), tally.bad_records());
    let mut text = format!("tally: {counted} article{} counted", if counted == 1 { "" } else { "s" });
    if bad == 0 {
        text.push('\n');
        return text;
    }
    text.push_str(&format!(", {bad} bad record{} left out\n", if bad == 1 { "" } else { "s" }));
    for fault in bad_records.iter().take(SHOWN) {
        text.push_str(&format!("  {fault}\n"));
    }
    if bad_records.len() > SHOWN {
        text.push_str(&format!("  and {} more\n", bad_records.len() - SHOWN));
    }
    text
}
