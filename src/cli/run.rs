//! `framescope run`

use super::arguments::{CorpusArguments, StudyArguments};
use super::progress::Bar;
use super::stop;
use super::summary::{self, Detail};
use super::terminal::Colour;
use clap::Args;
use framescope::error::Result;
use framescope::output::Force;
use framescope::pipeline::{Progress, Silent};
use framescope::report::{Excel, Page, ReportOptions, TableFormat};
use framescope::run::{RunOptions, Strict, run};
use std::path::PathBuf;
use std::time::Instant;

/// Read a corpus and write its comparison tables
///
/// Finds the actors, framing terms and contested names of the codebook in every article, decides in whose voice each
/// framing term stands, counts, and writes one CSV file per table. Either all tables are written or none: a run that
/// fails leaves the previous output as it was.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Run {
    #[command(flatten)]
    corpus: CorpusArguments,

    #[command(flatten)]
    study: StudyArguments,

    /// Folder for the tables; it is replaced as a whole
    #[arg(short, long, value_name = "DIR", default_value = "output", help_heading = "Output")]
    output: PathBuf,

    /// Write these tables only; `framescope explain tables` lists them
    #[arg(long, value_name = "TABLE,...", value_delimiter = ',', help_heading = "Output")]
    only: Vec<String>,

    /// Write the tables and the data package alone: no report, workbook, graph files or charts
    #[arg(long, help_heading = "Output")]
    no_report: bool,

    /// Write the tables once more for spreadsheets, into the folder `excel`
    #[arg(long, help_heading = "Output")]
    excel: bool,

    /// Format of the tables: `csv`, or `parquet` to have them as Parquet files too
    #[arg(long, value_name = "FORMAT", default_value = "csv", help_heading = "Output")]
    format: TableFormat,

    /// Replace the output folder even when it holds files that no run has written
    #[arg(long, help_heading = "Output")]
    force: bool,

    /// Treat what is odd about the corpus as an error (exit code 5)
    #[arg(long, help_heading = "Running")]
    strict: bool,

    /// Number of threads; 0 takes all processors. It changes the time and nothing else
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Running")]
    threads: usize,

    /// Print nothing but errors
    #[arg(short, long, conflicts_with = "verbose", help_heading = "Running")]
    quiet: bool,

    /// List every warning, not the first three of each kind
    #[arg(short, long, help_heading = "Running")]
    verbose: bool,
}

const EXAMPLES: &str = "\
Examples:
  framescope run
  framescope run articles/ -o tables --by source,year
  framescope run news.jsonl.gz --text-column body --reference Reuters --measures all
  framescope run articles/ --voice own --not-target UKR --only frame_frequency,frame_comparison
  zcat dump.jsonl.gz | framescope run - -o tables";

impl Run {
    pub fn execute(self) -> Result<()> {
        let begun = Instant::now();
        let options = RunOptions {
            corpus: self.corpus.options()?,
            output: self.output,
            threads: self.threads,
            report: ReportOptions {
                page: if self.no_report { Page::No } else { Page::Yes },
                excel: if self.excel { Excel::Yes } else { Excel::No },
                format: self.format,
            },
            only: self.only,
            force: if self.force { Force::Yes } else { Force::No },
            strict: if self.strict { Strict::Yes } else { Strict::No },
        };
        let study = self.study.study()?;
        let stop = stop::on_interrupt()?;
        let bar = Bar::new();
        let progress: &dyn Progress = if self.quiet { &Silent } else { &bar };
        let result = run(&study, &options, progress, stop);
        bar.clear();
        let done = result?;
        if !self.quiet {
            let detail = if self.verbose { Detail::All } else { Detail::First };
            let colour = Colour::of(&std::io::stderr());
            eprint!("{}", summary::text(&done, &options.output, begun.elapsed(), detail, colour));
        }
        Ok(())
    }
}
