//! What people coded.

use super::super::terminal::{Colour, Ink, tell};
use clap::Args;
use framescope::codebook::Codebook;
use framescope::coding::{Adjudication, Gathered, HandCoding};
use framescope::error::{Error, Result};
use framescope::study::Study;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(next_help_heading = "Hand coding")]
pub struct CodedArguments {
    /// Correct shares and rates (table `corrected`) by what people coded: keys that `framescope sample` wrote, and the
    /// sheets that were filled in
    #[arg(long, value_name = "FILE", num_args = 1..)]
    coded: Vec<PathBuf>,

    /// The coder whose answers count; without it, of each answer the most frequent one
    #[arg(long, value_name = "CODER", requires = "coded")]
    gold: Option<String>,
}

impl CodedArguments {
    /// The study, with the hand coding if there is one.
    pub fn study(&self, study: Study, warn: bool) -> Result<Study> {
        match self.read(&study.codebook, warn)? {
            Some(hand) => study.with_hand_coding(hand),
            None => Ok(study),
        }
    }

    /// Reads the files; `None` when none is named.
    pub fn read(&self, codebook: &Codebook, warn: bool) -> Result<Option<HandCoding>> {
        if self.coded.is_empty() {
            return Ok(None);
        }
        let gathered = Gathered::read(codebook, contents(&self.coded)?, Vec::new())?;
        if warn {
            warn_of_cells(&gathered);
        }
        let rule = adjudication(self.gold.as_deref());
        let hand = HandCoding::new(&gathered, &rule)?;
        if warn && hand.undecided > 0 {
            let n = hand.undecided;
            let what = "answers are not used, because coders differ and none is more frequent";
            tell(&format!(
                "note: {n} {what}; decide with `--gold CODER`, or name the `coded.csv` of `framescope agreement --decided FILE` for the sheets\n"
            ));
        }
        Ok(Some(hand))
    }

    /// The files that are read.
    pub fn inputs(&self) -> Vec<PathBuf> {
        self.coded.clone()
    }
}

/// Name and content of each file.
pub fn contents(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>> {
    let content = |path: &PathBuf| {
        let bytes = std::fs::read(path).map_err(Error::io("read", path))?;
        Ok((path.display().to_string(), bytes))
    };
    paths.iter().map(content).collect()
}

pub fn adjudication(gold: Option<&str>) -> Adjudication {
    gold.map_or(Adjudication::Majority, |coder| Adjudication::Coder(coder.to_owned()))
}

/// Cells that are reported one by one; more are counted.
const MOST_TOLD: usize = 20;

/// Tells the cells that were not read, or read as something else.
pub fn warn_of_cells(gathered: &Gathered) {
    let label = Colour::of(&std::io::stderr()).paint(Ink::Yellow, "warning:");
    gathered.unread().take(MOST_TOLD).for_each(|cell| tell(&format!("{label} {}\n", cell.fault())));
    let more = gathered.unread().count().saturating_sub(MOST_TOLD);
    if more > 0 {
        tell(&format!("{label} and {more} more cells; `unread.csv` of `framescope agreement` lists them\n"));
    }
}
