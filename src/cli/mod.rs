//! The command line: what was typed. One file per command; nothing here counts.

mod run;

use clap::{Parser, Subcommand};
use framescope::error::Result;

/// Corpus statistics for comparing how sources frame a conflict: who is named, with which framing terms, in whose
/// voice, about whom, and what occurs together.
#[derive(Debug, Parser)]
#[command(name = "framescope", version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Run),
}

impl Cli {
    pub fn execute(self) -> Result<()> {
        match self.command {
            Command::Run(run) => run.execute(),
        }
    }
}
