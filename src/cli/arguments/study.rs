//! What is counted, and how it is compared.

use super::CodebookArguments;
use super::choices::{levels, measures, unit, voices, zone_lists};
use clap::Args;
use framescope::count::{CodingUnit, Demonyms, Level};
use framescope::error::{Error, Result};
use framescope::normalise::Zone;
use framescope::stats::Measures;
use framescope::study::{Study, StudyOptions};
use framescope::voice::Voice;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(next_help_heading = "What is counted")]
pub struct CountingArguments {
    /// Columns of metadata that make the groups: any column of the corpus, and article_id, year, month
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',', default_value = "source")]
    by: Vec<String>,

    /// Stretches of text within which two things occur together: sentence, paragraph, article, window:K (K words)
    #[arg(
        long,
        value_name = "UNIT,...",
        value_delimiter = ',',
        value_parser = unit,
        default_value = "sentence,paragraph,article"
    )]
    unit: Vec<CodingUnit>,

    /// Zones of an article that count [default: headline,standfirst,heading,body]
    #[arg(long, value_name = "ZONE,...", value_delimiter = ',', value_parser = zone_lists())]
    zones: Vec<Vec<Zone>>,

    /// Actors of the co-occurrence tables: as coded, or rolled up to their last parent
    #[arg(long, value_parser = levels(), default_value = "rolled")]
    level: Level,

    /// Do not let demonyms (`Armenian`) count as naming the actor in co-occurrence
    #[arg(long)]
    no_demonyms: bool,

    /// Count framing hits in these voices only
    #[arg(long, value_name = "VOICE,...", value_delimiter = ',', value_parser = voices())]
    voice: Vec<Voice>,

    /// Count framing hits about these actors only
    #[arg(long, value_name = "ACTOR,...", value_delimiter = ',')]
    target: Vec<String>,

    /// Count no framing hit about these actors
    #[arg(long, value_name = "ACTOR,...", value_delimiter = ',')]
    not_target: Vec<String>,

    /// What `framescope sketch` has found in the whole corpus: template lines do not count, near-duplicates are flagged
    #[arg(long, value_name = "FILE")]
    sketch: Option<PathBuf>,

    #[command(flatten)]
    codebook: CodebookArguments,
}

/// How groups are compared once they are counted.
#[derive(Debug, Args)]
#[command(next_help_heading = "Comparison")]
pub struct ComparisonArguments {
    /// Group every other one is compared with; without it, each group with all others together
    #[arg(long, value_name = "GROUP")]
    pub reference: Option<String>,

    /// Measures the tables show; `framescope explain` tells what each one is
    #[arg(long, value_parser = measures(), default_value = "default")]
    pub measures: Measures,

    /// Begin the random divisions of articles, from which a p of `contrasts.csv` comes, with this number
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

/// Everything that decides the numbers of a run.
#[derive(Debug, Args)]
pub struct StudyArguments {
    #[command(flatten)]
    counting: CountingArguments,

    #[command(flatten)]
    comparison: ComparisonArguments,
}

impl StudyArguments {
    /// Reads the codebook and decides every setting.
    pub fn study(&self) -> Result<Study> {
        let mut options = self.counting.options();
        options.reference.clone_from(&self.comparison.reference);
        options.measures = self.comparison.measures;
        options.seed = self.comparison.seed;
        self.counting.study_of(options)
    }

    /// Files and folders that are read for it.
    pub fn inputs(&self) -> Vec<PathBuf> {
        self.counting.inputs()
    }
}

impl CountingArguments {
    /// Reads the codebook and decides every setting of counting; those of the comparison are the defaults.
    pub fn study(&self) -> Result<Study> {
        self.study_of(self.options())
    }

    /// Files and folders that are read for it.
    pub fn inputs(&self) -> Vec<PathBuf> {
        self.sketch.iter().cloned().chain([self.codebook.folder()]).collect()
    }

    fn study_of(&self, options: StudyOptions) -> Result<Study> {
        let study = Study::new(self.codebook.read()?, options)?;
        match &self.sketch {
            Some(file) => {
                study.with_sketch(&std::fs::read_to_string(file).map_err(Error::io("read the sketch", file))?)
            }
            None => Ok(study),
        }
    }

    fn options(&self) -> StudyOptions {
        let defaults = StudyOptions::default();
        let zones: Vec<Zone> = self.zones.iter().flatten().copied().collect();
        StudyOptions {
            by: self.by.clone(),
            units: self.unit.clone(),
            level: self.level,
            demonyms: if self.no_demonyms { Demonyms::Ignored } else { Demonyms::Counted },
            zones: if zones.is_empty() { defaults.zones } else { zones },
            voices: self.voice.clone(),
            targets: self.target.clone(),
            not_targets: self.not_target.clone(),
            ..defaults
        }
    }
}
