//! `framescope sketch`

use super::arguments::{CorpusArguments, force};
use super::show::warn_of;
use super::stop;
use super::summary::counted;
use super::terminal;
use clap::Args;
use framescope::corpus::CorpusOptions;
use framescope::error::{Error, Result};
use framescope::output::Files;
use framescope::sketch::{Sketch, beginning, sketch_corpus};
use std::io::Read;
use std::path::{Path, PathBuf};

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

    /// File to write; standard output when not given. An older sketch gives way
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write over a file that is there, whatever stands in it
    #[arg(long)]
    force: bool,
}

impl SketchCommand {
    pub fn execute(self) -> Result<()> {
        stop::on_interrupt()?;
        let corpus = if self.merge.is_empty() { Some(self.corpus.options()?) } else { None };
        let inputs = corpus.as_ref().map(CorpusOptions::paths).unwrap_or_default();
        let file = match &self.output {
            Some(path) => Some(Files::create(std::slice::from_ref(path), force(self.force), &inputs, is_sketch)?),
            None => None,
        };
        let (sketch, left_out) = if let Some(corpus) = corpus {
            sketch_corpus(&corpus)?
        } else {
            let mut all = Sketch::default();
            for path in &self.merge {
                let line = std::fs::read_to_string(path).map_err(Error::io("read the sketch", path))?;
                all.merge(Sketch::from_json(&line)?)?;
            }
            (all, Vec::new())
        };
        let line = format!("{}\n", sketch.to_json()?);
        match file {
            Some(file) => {
                file.put(0, line.as_bytes())?;
                terminal::tell_remarks(&file.commit()?);
            }
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

/// Whether a file was written as a sketch.
fn is_sketch(path: &Path) -> bool {
    let beginning = beginning();
    let mut begin = vec![0; beginning.len()];
    std::fs::File::open(path)
        .and_then(|mut file| file.read_exact(&mut begin))
        .is_ok_and(|()| begin == beginning.as_bytes())
}
