//! Samples for hand coding: a corpus in, items for people to judge and their key out.
//!
//! Every item of the corpus has a random number that comes from the seed and from the item alone, and of each stratum
//! those with the smallest numbers are drawn: the same items at any number of threads and in any order of the corpus, and
//! mostly the same when articles are added. A stratum is a class of the program's answer within a group.

mod allocate;
mod candidates;
mod codes;
mod doccano;
mod draw;
mod files;
mod form;
mod format;
mod html;
mod label_studio;
mod workbook;

pub use allocate::{Plan, allocate};
pub use codes::{Code, codes};
pub use files::{codes_csv, key_csv, sheet_csv};
pub use format::SheetFormat;
pub use html::page;
pub use workbook::workbook;

use crate::coding::{Key, Kind};
use crate::corpus::{Corpus, CorpusOptions};
use crate::error::{Error, Fault, Place, Result};
use crate::needs::{Need, Needs};
use crate::pipeline::{Pipeline, Progress};
use crate::study::Study;
use draw::Drawing;
use sha2::{Digest, Sha256};
use std::sync::atomic::AtomicBool;

/// What to draw.
#[derive(Debug, Clone)]
pub struct SampleOptions {
    pub kind: Kind,
    pub size: Size,
    /// Names of those who code; none for one sheet without a name.
    pub coders: Vec<String>,
    /// Share of the items that all coders get, 0 to 1; each of the others goes to one of them.
    pub overlap: f64,
    pub blind: Blind,
    pub seed: u64,
}

/// How much to draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Size {
    Items(u64),
    /// As few items as give this half width of the corrected own-voice share of the whole corpus.
    Margin(f64),
}

/// Whether the sheet shows article, source and date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blind {
    Yes,
    No,
}

/// The share of wrong answers in each class that a sample by [`Size::Margin`] is planned for.
pub const PLANNED_ERROR: f64 = 0.15;

/// An item as a person sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SampleItem {
    pub id: String,
    pub article: String,
    pub source: String,
    pub date: String,
    /// The sentence before, on one line.
    pub before: String,
    /// The sentence on one line: what stands before the words to be judged, these words, and what follows. Of a sentence or
    /// line that is judged as a whole the first is all.
    pub left: String,
    pub span: String,
    pub right: String,
    /// The sentence after.
    pub after: String,
    /// The name of the frame that the words may stand for.
    pub frame: String,
    pub coders: Vec<String>,
}

impl SampleItem {
    /// The sentence with the words to be judged between `[[` and `]]`.
    pub fn sentence(&self) -> String {
        if self.span.is_empty() { self.left.clone() } else { format!("{}[[{}]]{}", self.left, self.span, self.right) }
    }
}

/// What was drawn.
#[derive(Debug, Clone)]
pub struct Sample {
    pub kind: Kind,
    pub blind: Blind,
    /// In the order of their ids, which is random.
    pub items: Vec<SampleItem>,
    /// What may be written into each column.
    pub codes: Vec<Code>,
    pub key: Key,
    /// The half width of the corrected own-voice share that may be expected; `None` where the sample has no voices.
    pub half_width: Option<f64>,
}

/// What drawing gave beside the sample.
#[derive(Debug)]
pub struct Drawn {
    pub sample: Sample,
    /// Records that could not be read.
    pub left_out: Vec<Fault>,
    pub notes: Vec<Fault>,
}

impl Sample {
    /// The items of a coder, or all where there are no names.
    pub fn of<'s>(&'s self, coder: Option<&'s str>) -> impl Iterator<Item = &'s SampleItem> {
        self.items.iter().filter(move |item| coder.is_none_or(|coder| item.coders.iter().any(|own| own == coder)))
    }
}

/// Draws a sample.
///
/// # Errors
/// Whatever reading says; a corpus without such items; a margin for items that have no voice.
pub fn sample(
    study: &Study,
    corpus: &CorpusOptions,
    options: &SampleOptions,
    threads: usize,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<Drawn> {
    check(options)?;
    let drawing = Drawing::new(study, options)?;
    let needs = Needs::of([Need::Voice]);
    let pipeline = Pipeline { study, needs, threads, sink: Some(&drawing), progress, stop };
    let mut read = pipeline.read(Corpus::open(corpus)?)?;
    read.notes.extend(study.sketch_fault(&read.counts)?);
    let strata = drawing.finish();
    if strata.iter().all(|stratum| stratum.size == 0) {
        return Err(Error::input(
            Place::default(),
            format!("the corpus has no {} to draw from", options.kind.name()),
            "draw another kind with `--of`, or look at the corpus with `framescope show`",
        ));
    }
    let sample = draw::put_together(study, options, strata);
    Ok(Drawn { sample, left_out: read.counts.bad_records, notes: read.notes })
}

fn check(options: &SampleOptions) -> Result<()> {
    let usage = |what: String| Err(Error::Usage(what));
    match options.size {
        Size::Margin(_) if options.kind != Kind::Hits => {
            return usage("`--margin` is for `--of hits`, which have a voice; say how many items with `--n`".into());
        }
        Size::Margin(margin) if !(margin > 0.0 && margin < 0.5) => {
            return usage(format!("`--margin {margin}` is no half width of a share; 0.05 is usual"));
        }
        Size::Items(0) => return usage("`--n 0` draws nothing".into()),
        Size::Margin(_) | Size::Items(_) => {}
    }
    if !(0.0..=1.0).contains(&options.overlap) {
        return usage(format!(
            "`--overlap {}` is no share; 1 gives every item to all coders, 0.2 a fifth of them",
            options.overlap
        ));
    }
    for (at, coder) in options.coders.iter().enumerate() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        if coder.is_empty() || !coder.chars().all(is_name) {
            return usage(format!(
                "`{coder}` in `--coders` cannot be part of a file's name; use letters, digits, `_` and `-`"
            ));
        }
        if ["key", "codes"].contains(&coder.as_str()) {
            return usage(format!("a coder cannot be called `{coder}`: the key and the codes have this name"));
        }
        if options.coders[..at].iter().any(|other| other.eq_ignore_ascii_case(coder)) {
            return usage(format!("`--coders` names `{coder}` twice"));
        }
    }
    Ok(())
}

/// A random number that comes from the seed and from what is drawn.
fn number(seed: u64, parts: &[&str]) -> u128 {
    let mut hash = Sha256::new();
    hash.update(seed.to_le_bytes());
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    digest.iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte))
}
