//! `framescope agreement`

use super::arguments::{CodebookArguments, adjudication, contents, force, warn_of_cells};
use super::stop;
use super::terminal::{print_shown, tell, tell_remarks};
use clap::Args;
use framescope::agreement::{
    Agreement, AgreementOf, agreement, coded_csv, confusion_csv, differences_csv, figures_csv, unread_csv,
};
use framescope::coding::{Gathered, HandCoding};
use framescope::error::Result;
use framescope::output::Files;
use framescope::output::{is_as_written, small_package};
use framescope::package::MARK;
use std::path::PathBuf;

/// Measure how far coders agree, and how often the program is right
///
/// Takes the key that `framescope sample` wrote and the sheets that were filled in, as spreadsheets save them. Writes
/// agreement.csv (one figure a row), disagreements.csv (items on which people or the program differ, with their sentences),
/// confusion.csv, coded.csv (the answers that count, for `run --coded`) and unread.csv (cells that were not understood).
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct AgreementCommand {
    /// Keys and sheets, in any order
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Folder for what is written
    #[arg(short, long, value_name = "DIR", default_value = "agreement")]
    output: PathBuf,

    /// Write over files of these names that are there, whatever was noted in them; what an earlier call has written and
    /// nobody has changed gives way without it
    #[arg(long)]
    force: bool,

    /// The coder whose answers count; without it, of each answer the most frequent one, and none where two are as frequent
    #[arg(long, value_name = "CODER")]
    gold: Option<String>,

    /// A sheet of the person who decided where the coders differ; its answers count before theirs
    #[arg(long, value_name = "FILE")]
    decided: Vec<PathBuf>,

    /// Begin the random draws of intervals with this number
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    #[command(flatten)]
    codebook: CodebookArguments,
}

/// The files of the folder.
const WRITTEN: [&str; 5] = ["agreement.csv", "disagreements.csv", "confusion.csv", "coded.csv", "unread.csv"];

/// The name of the data package beside them.
const PACKAGE: &str = "framescope-agreement";

const EXAMPLES: &str = "\
Examples:
  framescope agreement sheet.key.csv sheet.csv
  framescope agreement sheet.key.csv sheet.anna.csv sheet.ben.csv -o agreement --gold anna
  framescope agreement sheet.key.csv sheet.anna.csv sheet.ben.csv --decided sheet.carla.csv";

impl AgreementCommand {
    pub fn execute(self) -> Result<()> {
        stop::on_interrupt()?;
        let inputs: Vec<PathBuf> =
            self.files.iter().chain(&self.decided).cloned().chain([self.codebook.folder()]).collect();
        let names: Vec<PathBuf> = WRITTEN.iter().chain([&MARK]).map(|name| self.output.join(name)).collect();
        let files = Files::create(&names, force(self.force), &inputs, |old| is_as_written(old, PACKAGE))?;
        let codebook = self.codebook.read()?;
        let gathered = Gathered::read(&codebook, contents(&self.files)?, contents(&self.decided)?)?;
        warn_of_cells(&gathered);
        let rule = adjudication(self.gold.as_deref());
        let hand = HandCoding::new(&gathered, &rule)?;
        let found = agreement(&hand, self.seed);
        let written = [
            figures_csv(&found.figures),
            differences_csv(&found),
            confusion_csv(&found.confusions),
            coded_csv(&hand),
            unread_csv(gathered.unread()),
        ];
        for (at, bytes) in written.iter().enumerate() {
            files.put(at, bytes)?;
        }
        let listed: Vec<(&str, &[u8])> = WRITTEN.into_iter().zip(written.iter().map(Vec::as_slice)).collect();
        files.put(WRITTEN.len(), &small_package(PACKAGE, &listed))?;
        tell_remarks(&files.commit()?);
        tell(&self.summary(&gathered, &hand, &found));
        print_shown(&format!("{}\n", found.summary()))
    }

    /// What was read and written.
    fn summary(&self, gathered: &Gathered, hand: &HandCoding, found: &Agreement) -> String {
        let mut text = String::new();
        for judged in &hand.samples {
            let coded = judged.answers.iter().filter(|answers| !answers.is_empty()).count();
            text +=
                &format!("{coded} of {} {} have an answer that counts\n", judged.answers.len(), judged.key.kind.name());
        }
        let empty: u64 = gathered.sheets.iter().map(|sheet| sheet.empty).sum();
        if empty > 0 {
            text += &format!("{empty} rows of the sheets are not filled in\n");
        }
        if hand.undecided > 0 {
            text += &format!(
                "{} answers do not count, because coders differ and none is more frequent: decide them with `--gold CODER` or a \
                 sheet for `--decided`\n",
                hand.undecided
            );
        }
        let between = |about: AgreementOf| found.differences.iter().filter(|one| one.between == about.name()).count();
        text + &format!(
            "coders differ {} times, the program from them {} times: `{}`\n",
            between(AgreementOf::Coders),
            between(AgreementOf::Program),
            self.output.join("disagreements.csv").display()
        )
    }
}
