//! `framescope diff`

use super::terminal::{Colour, Ink, print, print_shown, tell};
use clap::Args;
use framescope::diff::{Detail, Diff, csv, text};
use framescope::error::Result;
use framescope::output::{Deviation, check_output};
use framescope::package::is_output_folder;
use std::path::{Path, PathBuf};

/// Show what changed between two outputs, and why
///
/// Begins with the contrasts that moved most, old and new value with their intervals. Then what went in or was decided
/// differently: articles added, removed or edited, files and entries of the codebook, options, the version. Then how many
/// rows of each table differ; with `--all` the rows themselves, with the cells that changed. Files that were changed
/// after their run are reported on standard error.
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
        let most = match (self.csv, self.all) {
            (true, _) => usize::MAX,
            (false, true) => self.rows,
            (false, false) => 0,
        };
        let diff = Diff::between(&self.old, &self.new, most)?;
        warn_of_changes(&self.old)?;
        warn_of_changes(&self.new)?;
        let detail = if self.all { Detail::Rows } else { Detail::Counts };
        match self.csv {
            true => print(&csv(&diff)),
            false => print_shown(&text(&diff, detail, self.rows)),
        }
    }
}

/// What no run has written is no part of a difference; what was changed since is, and not by a run.
fn warn_of_changes(folder: &Path) -> Result<()> {
    if !is_output_folder(folder) {
        return Ok(());
    }
    let label = Colour::of(&std::io::stderr()).paint(Ink::Yellow, "warning:");
    for deviation in check_output(folder)? {
        if !matches!(deviation, Deviation::Added(_)) {
            tell(&format!("{label} {deviation}\n"));
        }
    }
    Ok(())
}
