//! The command line: what was typed. One file per command; nothing here counts.

mod agreement;
mod arguments;
mod check;
mod check_output;
mod codebook;
mod completions;
pub mod concordance;
mod corpus;
mod diff;
mod explain;
pub mod failure;
mod merge;
mod open;
mod progress;
pub mod run;
mod sample;
mod show;
mod sketch;
mod stop;
pub mod summary;
mod tables;
mod tally;
pub mod terminal;

use clap::{Parser, Subcommand};
use framescope::error::Result;

/// Corpus statistics for comparing how sources frame a conflict: who is named, with which framing terms, in whose
/// voice, about whom, and what occurs together.
#[derive(Debug, Parser)]
#[command(name = "framescope", version, propagate_version = true, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  framescope run                                  the sample corpus in seeds/, tables in output/
  framescope run articles/ -o tables --by source,year
  framescope concordance articles/ --frame blockade
  framescope explain npmi

Exit codes: 0 done, 1 failure, 2 wrong usage, 3 unusable input or codebook, 4 incompatible tallies, 5 findings under
--strict or of check-output, 130 interrupted, 143 ended by SIGTERM.";

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Run),
    Open(open::Open),
    Show(show::Show),
    Concordance(concordance::Concordance),
    Sample(sample::SampleCommand),
    Corpus(corpus::CorpusCommand),
    Agreement(agreement::AgreementCommand),
    Diff(diff::DiffCommand),
    Check(check::Check),
    CheckOutput(check_output::CheckOutput),
    Codebook(codebook::CodebookCommand),
    Sketch(sketch::SketchCommand),
    Explain(explain::Explain),
    Completions(completions::Completions),
    Man(completions::Man),
    Tally(tally::TallyCommand),
    Merge(merge::MergeTallies),
    Tables(tables::Tables),
}

impl Cli {
    pub fn execute(self) -> Result<()> {
        match self.command {
            Command::Run(command) => command.execute(),
            Command::Open(command) => command.execute(),
            Command::Show(command) => command.execute(),
            Command::Concordance(command) => command.execute(),
            Command::Sample(command) => command.execute(),
            Command::Corpus(command) => command.execute(),
            Command::Agreement(command) => command.execute(),
            Command::Diff(command) => command.execute(),
            Command::Check(command) => command.execute(),
            Command::CheckOutput(command) => command.execute(),
            Command::Codebook(command) => command.execute(),
            Command::Sketch(command) => command.execute(),
            Command::Explain(command) => command.execute(),
            Command::Completions(command) => command.execute(),
            Command::Man(command) => command.execute(),
            Command::Tally(command) => command.execute(),
            Command::Merge(command) => command.execute(),
            Command::Tables(command) => command.execute(),
        }
    }
}
