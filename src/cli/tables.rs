//! `framescope tables`

use super::arguments::{CodebookArguments, CodedArguments, ComparisonArguments, OutputArguments};
use super::merge;
use super::terminal::tell;
use clap::Args;
use framescope::error::Result;
use framescope::tally::{TableJob, write_tables};
use std::ffi::OsString;
use std::path::PathBuf;

/// Make the output of a run from tallies
///
/// With `--parts` it writes what `framescope run` writes for the same articles, byte for byte: tables, data package,
/// report, workbook, graph files and charts. What was counted, and how, is in the tally; the codebook must be the one it
/// was made with. The ledger (`mentions`), the `zones` and the hits of the report are text of articles, not
/// counts: they come from the folders that `framescope tally --parts` wrote, and are left out without `--parts`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Tables {
    /// Files of tallies; several are merged. `-` for standard input
    #[arg(value_name = "TALLY", required = true)]
    tallies: Vec<OsString>,

    #[command(flatten)]
    output: OutputArguments,

    /// Folders that `framescope tally --parts` wrote: ledger, zones and the report's hits with their texts
    #[arg(long, value_name = "DIR", num_args = 1.., help_heading = "Output")]
    parts: Vec<PathBuf>,

    #[command(flatten)]
    coded: CodedArguments,

    #[command(flatten)]
    comparison: ComparisonArguments,

    #[command(flatten)]
    codebook: CodebookArguments,

    /// Refuse another number of records, bad ones included: a partition was lost, or was counted twice
    #[arg(long, value_name = "N", help_heading = "Running")]
    expect_articles: Option<u64>,

    /// Number of threads; 0 takes all processors. It changes the time and nothing else
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Running")]
    threads: usize,

    /// Print nothing but errors
    #[arg(short, long, help_heading = "Running")]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  framescope tables all.tally -o output
  framescope tables all.tally -o output --parts parts --expect-articles 120000
  framescope merge parts/*.tally | framescope tables - --reference Reuters --measures all";

impl Tables {
    pub fn execute(self) -> Result<()> {
        let tally = merge::read(&self.tallies, self.threads)?;
        if let Some(expected) = self.expect_articles {
            tally.expect_articles(expected)?;
        }
        if !self.quiet {
            merge::tell_same_texts(&tally);
        }
        let codebook = self.codebook.read()?;
        let job = TableJob {
            hand: self.coded.read(&codebook, !self.quiet)?,
            report: self.output.report(),
            force: self.output.force(),
            output: self.output.output,
            only: self.output.only,
            parts: self.parts,
            inputs: self
                .tallies
                .iter()
                .map(PathBuf::from)
                .chain([self.codebook.folder()])
                .chain(self.coded.inputs())
                .collect(),
            reference: self.comparison.reference,
            threads: self.threads,
            measures: self.comparison.measures,
            seed: self.comparison.seed,
        };
        let done = write_tables(codebook, tally, &job)?;
        if !self.quiet {
            for line in &done.remarks {
                tell(&format!("{line}\n"));
            }
            tell(&format!(
                "{} tables of {} articles in `{}`; {} bad records left out\n",
                done.tables,
                done.articles,
                job.output.display(),
                done.bad_records
            ));
        }
        Ok(())
    }
}
