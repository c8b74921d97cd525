//! `framescope sketch`

use super::arguments::CorpusArguments;
use super::show::warn_of;
use super::summary::counted;
use super::terminal;
use clap::Args;
use framescope::error::{Error, Result};
use framescope::output::write_whole;
use framescope::sketch::{Sketch, sketch_corpus};
use std::path::PathBuf;

/// Find template lines and near-duplicate articles, which only the whole corpus shows
///
/// Writes one line of JSON for `run --sketch` and `tally --sketch`. Sketches of parts of a corpus are merged with
/// --merge, in any order. A run without a sketch says how many template lines one would find.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope sketch articles/ -o sketch.json
  framescope run articles/ --sketch sketch.json
  framescope sketch --merge part-*.json -o sketch.json")]
pub struct SketchCommand {
    #[command(flatten)]
    corpus: CorpusArguments,

    /// Merge these sketches instead of reading a corpus
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "corpus")]
    merge: Vec<PathBuf>,

    /// File to write; standard output when not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl SketchCommand {
    pub fn execute(self) -> Result<()> {
        let (sketch, left_out) = if self.merge.is_empty() {
            sketch_corpus(&self.corpus.options()?)?
        } else {
            let mut all = Sketch::default();
            for path in &self.merge {
                let line = std::fs::read_to_string(path).map_err(Error::io("read the sketch", path))?;
                all.merge(Sketch::from_json(&line)?)?;
            }
            (all, Vec::new())
        };
        let line = format!("{}\n", sketch.to_json()?);
        match &self.output {
            Some(path) => write_whole(path, line.as_bytes())?,
            None => terminal::print(&line)?,
        }
        warn_of(&left_out);
        let findings = sketch.finish();
        terminal::tell(&format!(
            "{}: {}, {}\n",
            counted(sketch.articles() as u64, "article"),
            counted(findings.template_lines() as u64, "template line"),
            counted(findings.duplicates.len() as u64, "near-duplicate")
        ));
        Ok(())
    }
}
