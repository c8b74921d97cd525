//! `framescope corpus`

use super::arguments::{CorpusArguments, force};
use super::show::warn_of;
use super::stop;
use super::summary::counted;
use super::terminal::{self, Output};
use clap::{Args, ValueEnum};
use framescope::error::{Error, Result};
use framescope::export::{Exported, json_lines, tei, text_files};
use framescope::output::{Files, NewFolder};
use std::io::Write;
use std::path::PathBuf;

/// Write the corpus as it is read: the text that was found in each file, with what is known of it
///
/// Look at what was taken out of web pages, documents and downloads of archives, correct it, and run over the result: it
/// gives the same counts. JSON Lines go to standard output or into a file, text files with a `sources.csv` into a new
/// folder. TEI is for other programs and is not read again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope corpus downloads/ > corpus.jsonl
  framescope corpus downloads/ --to text -o texts
  framescope corpus downloads/ --duplicates first -o corpus.jsonl
  framescope corpus downloads/ --to tei -o corpus.xml")]
pub struct CorpusCommand {
    #[command(flatten)]
    corpus: CorpusArguments,

    /// What to write
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = To::Jsonl, help_heading = "Output")]
    to: To,

    /// File to write, standard output when not given; a new folder for text files
    #[arg(short, long, value_name = "PATH", help_heading = "Output")]
    output: Option<PathBuf>,

    /// Write over a file that is there, whatever stands in it
    #[arg(long, help_heading = "Output")]
    force: bool,

    /// Print nothing but errors on standard error
    #[arg(short, long, help_heading = "Running")]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// One JSON object a line, with id, metadata and text
    Jsonl,
    /// A text file for each article, and `sources.csv`
    Text,
    /// One TEI file
    Tei,
}

impl CorpusCommand {
    pub fn execute(self) -> Result<()> {
        let options = self.corpus.options()?;
        stop::on_interrupt()?;
        let mut remarks = Vec::new();
        let exported = match (self.to, &self.output) {
            (To::Text, None) => {
                return Err(Error::Usage("text files go into a new folder: name it with `--output`".to_owned()));
            }
            (To::Text, Some(folder)) => {
                let folder = NewFolder::create(folder, &options.paths())?;
                let exported = text_files(&options, &folder)?;
                remarks = folder.commit()?;
                exported
            }
            (_, Some(path)) => {
                let file = Files::create(std::slice::from_ref(path), force(self.force), &options.paths(), |_| false)?;
                let mut exported = Exported::default();
                file.write(0, |out| {
                    exported = self.streamed(&options, out)?;
                    Ok(())
                })?;
                remarks = file.commit()?;
                exported
            }
            (_, None) => {
                let mut out = Piped(Output::new(), None);
                let exported = self.streamed(&options, &mut out);
                if let Some(error) = out.1 {
                    return Err(error);
                }
                out.0.finish()?;
                exported?
            }
        };
        warn_of(&exported.left_out);
        terminal::tell_remarks(&remarks);
        if !self.quiet {
            for note in exported.warnings.iter().map(|warning| &warning.fault).chain(&exported.notes) {
                terminal::tell(&format!("note: {note}\n"));
            }
            let left_out = match exported.left_out.len() {
                0 => String::new(),
                count => format!(", {} left out", counted(count as u64, "record")),
            };
            terminal::tell(&format!("{}{left_out}\n", counted(exported.articles, "article")));
        }
        Ok(())
    }

    fn streamed(&self, options: &framescope::corpus::CorpusOptions, out: &mut dyn Write) -> Result<Exported> {
        match self.to {
            To::Tei => tei(options, out),
            To::Jsonl | To::Text => json_lines(options, out),
        }
    }
}

/// Standard output, with the error that it gave.
struct Piped(Output, Option<Error>);

impl Write for Piped {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.0.write(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(error) => {
                self.1 = Some(error);
                Err(std::io::Error::other("standard output is closed"))
            }
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
