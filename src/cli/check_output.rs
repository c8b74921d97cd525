//! `framescope check-output`

use super::terminal::print_shown;
use clap::Args;
use framescope::error::{Error, Result};
use framescope::output::check_output;
use std::path::PathBuf;

/// Check that an output is as the run wrote it
///
/// Compares every file with the hash in the folder's `datapackage.json`. Files that were changed, that are gone or that no
/// run has written are listed, and the exit code is 5.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope check-output
  framescope check-output tables/2024")]
pub struct CheckOutput {
    /// Folder that `framescope run` or `framescope tables` wrote
    #[arg(value_name = "DIR", default_value = "output")]
    dir: PathBuf,
}

impl CheckOutput {
    pub fn execute(self) -> Result<()> {
        let found = check_output(&self.dir)?;
        if found.is_empty() {
            return print_shown(&format!("`{}` is as the run wrote it\n", self.dir.display()));
        }
        print_shown(&found.iter().map(|deviation| format!("{deviation}\n")).collect::<String>())?;
        let s = if found.len() == 1 { " is" } else { "s are" };
        Err(Error::Findings(format!("{} file{s} not as the run wrote `{}`", found.len(), self.dir.display())))
    }
}
