//! `framescope run`

use super::arguments::{CodedArguments, CorpusArguments, OutputArguments, StudyArguments};
use super::progress::CorpusProgress;
use super::stop;
use super::summary::{self, WarningsShown};
use super::terminal::{Colour, tell};
use clap::Args;
use framescope::error::Result;
use framescope::pipeline::{Progress, Silent};
use framescope::report::ReportPage;
use framescope::run::{RunOptions, Strict, run};
use framescope::study::Study;
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

    #[command(flatten)]
    output: OutputArguments,

    #[command(flatten)]
    coded: CodedArguments,

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
  framescope run articles/ --coded sheet.key.csv sheet.csv
  zcat dump.jsonl.gz | framescope run - -o tables";

impl Run {
    /// What is read, and what is written where.
    pub fn options(&self) -> Result<RunOptions> {
        Ok(RunOptions {
            corpus: self.corpus.options()?,
            threads: self.threads,
            report: self.output.report(),
            force: self.output.force(),
            output: self.output.output.clone(),
            only: self.output.only.clone(),
            inputs: self.study.inputs().into_iter().chain(self.coded.inputs()).collect(),
            strict: if self.strict { Strict::Yes } else { Strict::No },
        })
    }

    /// What is looked for, and how it is counted.
    pub fn study(&self) -> Result<Study> {
        self.coded.study(self.study.study()?, !self.quiet)
    }

    pub fn execute(self) -> Result<()> {
        let begun = Instant::now();
        let options = self.options()?;
        let study = self.study()?;
        let stop = stop::on_interrupt()?;
        let bar = CorpusProgress::new();
        let progress: &dyn Progress = if self.quiet { &Silent } else { &bar };
        let result = run(&study, &options, progress, stop);
        bar.clear();
        let done = result?;
        if !self.quiet {
            let detail = if self.verbose { WarningsShown::All } else { WarningsShown::First };
            let colour = Colour::of(&std::io::stderr());
            tell(&format!("codebook: {}\n", study.codebook.about.line(&study.codebook.actors)));
            tell(&summary::text(&done, &options.output, begun.elapsed(), detail, colour));
            if options.report.page == ReportPage::Yes {
                let folder = options.output.display();
                tell(&format!("report: `{folder}/report.html`; open it with `framescope open {folder}`\n"));
            }
        }
        Ok(())
    }
}
