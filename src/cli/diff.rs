//! `framescope diff`

use super::terminal::print;
use clap::Args;
use framescope::diff::{Detail, Diff, csv, text};
use framescope::error::Result;
use std::path::PathBuf;

/// Show what changed between two outputs, and why
///
/// Begins with the contrasts that moved most, old and new value with their intervals. Then what went in or was decided
/// differently: articles added, removed or edited, files and entries of the codebook, options, the version. Then how many
/// rows of each table differ; with `--all` the rows themselves, with the cells that changed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct DiffCommand {
    /// Folder of the older output
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// Folder of the newer output
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// Print every difference as CSV: what, name, key, column, old, new, change
    #[arg(long)]
    csv: bool,

    /// Show the rows that differ, table by table
    #[arg(long)]
    all: bool,

    /// Show this many contrasts, and rows of each table; the CSV has them all
    #[arg(long, value_name = "N", default_value_t = 10)]
    rows: usize,
}

const EXAMPLES: &str = "\
Examples:
  framescope diff output.old output
  framescope diff output.old output --all
  framescope diff output.old output --csv > changes.csv";

impl DiffCommand {
    pub fn execute(self) -> Result<()> {
        let diff = Diff::between(&self.old, &self.new)?;
        let detail = if self.all { Detail::Rows } else { Detail::Counts };
        match self.csv {
            true => print(&csv(&diff)),
            false => print(&text(&diff, detail, self.rows)),
        }
    }
}
