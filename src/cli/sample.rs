//! `framescope sample`

use super::arguments::{CorpusArguments, CountingArguments, force};
use super::progress::CorpusProgress;
use super::show::warn_of;
use super::stop;
use super::summary::counted;
use super::terminal::{tell, tell_remarks};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use framescope::coding::Kind;
use framescope::error::Result;
use framescope::output::Files;
use framescope::sample::{
    Blind, Drawn, PLANNED_ERROR, Sample, SampleOptions, SheetFormat, Size, codes_csv, key_csv, sample,
};
use std::path::PathBuf;

/// Draw hits for people to code, so that the program can be measured and its shares corrected
///
/// Writes a sheet without the program's answers, and beside it a key with them (NAME.key.csv) and a list of the codes
/// (NAME.codes.csv). The sheet is a CSV file; a workbook with drop-down lists where the name ends in .xlsx; a page for a
/// browser, by mouse or keyboard, where it ends in .html; tasks of Label Studio (.json) or lines for doccano (.jsonl), with
/// the labels of the project beside them (NAME.labels.xml, NAME.labels.json). Groups (--by)
/// share the items by the square roots of their sizes; within a group every class of the program's answer gives some. The
/// same seed draws the same items, whatever the order of the corpus.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct SampleCommand {
    #[command(flatten)]
    corpus: CorpusArguments,

    /// Sheet to write
    #[arg(short, long, value_name = "FILE", help_heading = "Sample")]
    output: PathBuf,

    /// What the sheet is, where the name of the file does not say it
    #[arg(long, value_name = "FORMAT", value_parser = formats(), help_heading = "Sample")]
    format: Option<SheetFormat>,

    /// What is drawn: framing hits, mentions of actors, hits for their roles (speaker, agent, target), sentences without a
    /// framing hit (for recall), lines and their zones
    #[arg(long, value_name = "KIND", value_parser = kinds(), default_value = "hits", help_heading = "Sample")]
    of: Kind,

    /// Number of items [default: 200]
    #[arg(long, value_name = "N", conflicts_with = "margin", help_heading = "Sample")]
    n: Option<u64>,

    /// As few hits as give this half width of the corrected own-voice share of the whole corpus, such as 0.05
    #[arg(long, value_name = "SHARE", help_heading = "Sample")]
    margin: Option<f64>,

    /// Names of those who code; each gets a sheet of their own (NAME.CODER.csv)
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', help_heading = "Sample")]
    coders: Vec<String>,

    /// Share of the items that all coders get; each of the others goes to one of them
    #[arg(long, value_name = "SHARE", default_value_t = 1.0, help_heading = "Sample")]
    overlap: f64,

    /// Leave article, source and date out of the sheet
    #[arg(long, help_heading = "Sample")]
    blind: bool,

    /// Begin the random numbers with this one
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Sample")]
    seed: u64,

    /// Write over a sheet that is there, whatever stands in it
    #[arg(long, help_heading = "Sample")]
    force: bool,

    #[command(flatten)]
    counting: CountingArguments,

    /// Number of threads; 0 takes all processors. It changes the time and nothing else
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Running")]
    threads: usize,
}

const EXAMPLES: &str = "\
Examples:
  framescope sample articles/ -o sheet.xlsx
  framescope sample articles/ -o sheet.html
  framescope sample articles/ -o sheet.csv --n 400 --coders anna,ben --overlap 0.25 --blind
  framescope sample articles/ -o sheet.csv --margin 0.05
  framescope sample articles/ -o missed.csv --of misses --n 150";

/// Items of a sample when no number is given.
const USUAL: u64 = 200;

fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name)).try_map(|name| Kind::from_name(&name).ok_or("no such kind"))
}

fn formats() -> impl TypedValueParser<Value = SheetFormat> {
    let names = SheetFormat::ALL.map(SheetFormat::name);
    PossibleValuesParser::new(names).try_map(|name| SheetFormat::from_name(&name).ok_or("no such format"))
}

impl SampleCommand {
    pub fn execute(self) -> Result<()> {
        let options = SampleOptions {
            kind: self.of,
            size: self.margin.map_or(Size::Items(self.n.unwrap_or(USUAL)), Size::Margin),
            coders: self.coders.clone(),
            overlap: self.overlap,
            blind: if self.blind { Blind::Yes } else { Blind::No },
            seed: self.seed,
        };
        let format = self.format.unwrap_or_else(|| SheetFormat::of(&self.output));
        let sheets = self.sheets(format);
        let corpus = self.corpus.options()?;
        let inputs: Vec<PathBuf> = corpus.paths().into_iter().chain(self.counting.inputs()).collect();
        // A sheet may hold days of work, and its key is worth as much.
        let labels = format.labels_ending().map(|ending| self.named(ending));
        let own = [Some(self.beside("key")), Some(self.beside("codes")), labels].into_iter().flatten();
        let names: Vec<PathBuf> = own.chain(sheets.iter().map(|(_, path)| path.clone())).collect();
        let files = Files::create(&names, force(self.force), &inputs, |_| false)?;
        let study = self.counting.study()?;
        let stop = stop::on_interrupt()?;
        let bar = CorpusProgress::new();
        let drawn = sample(&study, &corpus, &options, self.threads, &bar, stop);
        bar.clear();
        let Drawn { sample, left_out, notes } = drawn?;
        files.put(0, &key_csv(&sample.key))?;
        files.put(1, &codes_csv(&sample.codes))?;
        if let Some(labels) = format.labels(&sample, &study.codebook) {
            files.put(2, &labels)?;
        }
        let first = names.len() - sheets.len();
        for (at, (coder, path)) in sheets.iter().enumerate() {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            files.put(first + at, &format.sheet(&sample, &study.codebook, coder.as_deref(), &name)?)?;
        }
        tell_remarks(&files.commit()?);
        warn_of(&left_out);
        notes.iter().for_each(|note| tell(&format!("note: {note}\n")));
        tell(&self.summary(&sample, &sheets));
        Ok(())
    }

    /// The sheets: of whom, and where.
    fn sheets(&self, format: SheetFormat) -> Vec<(Option<String>, PathBuf)> {
        let extension = format.extension();
        if self.coders.is_empty() {
            return vec![(None, self.output.clone())];
        }
        let of = |coder: &String| (Some(coder.clone()), self.named(&format!("{coder}.{extension}")));
        self.coders.iter().map(of).collect()
    }

    fn beside(&self, what: &str) -> PathBuf {
        self.named(&format!("{what}.csv"))
    }

    /// The name of the sheet with another ending.
    fn named(&self, ending: &str) -> PathBuf {
        let stem = self.output.file_stem().unwrap_or_default().to_string_lossy();
        self.output.with_file_name(format!("{stem}.{ending}"))
    }

    fn summary(&self, sample: &Sample, sheets: &[(Option<String>, PathBuf)]) -> String {
        let n = sample.items.len();
        let of: u64 = sample.key.strata.iter().map(|stratum| stratum.size).sum();
        let mut text = format!("{n} of {of} {} drawn, seed {}\n", sample.kind.name(), sample.key.seed);
        if let Some(half_width) = sample.half_width.map(f64::abs) {
            text += &format!(
                "expected interval of the corrected own-voice share: +-{half_width:.3} for the whole corpus, if {:.0} % of \
                 the program's answers are wrong in each class\n",
                PLANNED_ERROR * 100.0
            );
        }
        for (coder, path) in sheets {
            text +=
                &format!("{} in `{}`\n", counted(sample.of(coder.as_deref()).count() as u64, "item"), path.display());
        }
        text + &format!(
            "the program's answers: `{}`, which those who code are not to see\n",
            self.beside("key").display()
        )
    }
}
