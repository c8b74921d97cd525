//! `framescope diff`

use super::terminal::{Colour, Ink, Output, print_shown, tell};
use clap::Args;
use framescope::diff::{Compared, Detail, Diff, Keep, text, write_csv};
use framescope::error::Result;
use framescope::output::{Deviation, check_output};
use framescope::package::is_output_folder;
use std::path::{Path, PathBuf};

/// Show what changed between two outputs, and why
///
/// Begins with the contrasts that moved most, old and new value with their intervals. Then what went in or was decided
/// differently: articles added, removed or edited, files and entries of the codebook, options, the version. Then how many
/// rows of each table differ; with `--all` the rows themselves, with the cells that changed. Numbers that are computed
/// from counts, as rates, intervals and p, move with every article: rows where nothing else differs are only counted, unless
/// `--computed` is given. Files that were changed after their run are reported on standard error.
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

    /// Compare computed numbers too: rates, intervals, p, flags
    #[arg(long)]
    computed: bool,

    /// Show this many contrasts, and rows of each table; the CSV has them all
    #[arg(long, value_name = "N", default_value_t = 10)]
    rows: usize,
}

const EXAMPLES: &str = "\
Examples:
  framescope diff output.old output
  framescope diff output.old output --all
  framescope diff output.old output --csv --computed > changes.csv";

impl DiffCommand {
    pub fn execute(self) -> Result<()> {
        warn_of_changes(&self.old)?;
        warn_of_changes(&self.new)?;
        let compared = if self.computed { Compared::All } else { Compared::Counted };
        let detail = if self.all { Detail::Rows } else { Detail::Counts };
        if self.csv {
            let mut out = Output::new();
            write_csv(&self.old, &self.new, compared, &mut |rows| out.write(rows))?;
            out.finish()?;
        } else {
            let keep = Keep { contrasts: self.rows, rows: if self.all { self.rows } else { 0 } };
            let diff = Diff::between(&self.old, &self.new, compared, keep)?;
            print_shown(&text(&diff, detail, self.rows))?;
        }
        Ok(())
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
