//! `framescope explain`

use super::arguments::CodebookArguments;
use super::terminal;
use clap::Args;
use framescope::error::Result;
use framescope::explain::{explain, list};

/// Tell what a measure, table, column, rule, zone, voice or flag means, and what a frame or an actor holds
///
/// Without a name: everything that can be explained. `explain tables` (measures, columns, zones, zone rules, voices,
/// reject reasons, flags) lists one kind with a line each; `explain TABLE.COLUMN` explains one column.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Explain {
    /// Name as it stands in a table, its header or its file name
    name: Option<String>,

    #[command(flatten)]
    codebook: CodebookArguments,
}

const EXAMPLES: &str = "\
Examples:
  framescope explain log_ratio
  framescope explain actor_cooccurrence
  framescope explain groups.own_low
  framescope explain zones.csv:12
  framescope explain blockade
  framescope explain 'United Nations'
  framescope explain tables";

impl Explain {
    pub fn execute(self) -> Result<()> {
        let codebook = self.codebook.read()?;
        let text = match &self.name {
            Some(name) => explain(name, &codebook)?,
            None => list(&codebook),
        };
        terminal::print_shown(&text)
    }
}
