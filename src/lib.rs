//! framescope: corpus statistics for comparing how sources frame a conflict.
//!
//! It reads articles and says who is named, which framing terms are used, in whose voice and about whom, and what occurs
//! together. The path of the data, one module a stage:
//!
//! 1. [`corpus`] reads files and tables: [`Article`]s.
//! 2. [`normalise`] and [`zones`] fold the text and say which line is what.
//! 3. [`segment`] finds sentences and words.
//! 4. [`codebook`] is what the user's files say; a [`Study`] is a codebook with every setting decided.
//! 5. [`tag`] finds the codebook's entries, [`voice`] says who speaks and about whom. All of this together is one call:
//!    [`Coder::code`] gives a [`Coded`].
//! 6. [`count`] adds up integers, in any order; [`analysis`] and [`stats`] compute from the sums.
//! 7. [`tables`] makes rows, [`output`] and [`report`] write files.
//! 8. [`mod@run`] does all of it for a folder; [`tally`] does it in pieces that merge.
//!
//! # One text
//!
//! ```
//! use framescope::{Article, Codebook, Coder, Places, Study, StudyOptions};
//!
//! let study = Study::new(Codebook::embedded()?, StudyOptions::default())?;
//! let article = Article::from_text("a1", "Armenia accused Azerbaijan of ethnic cleansing on Monday, officials said.");
//! let mut coder = Coder::new(&study);
//! let coded = coder.code(&article);
//! let mut places = Places::new(&article.raw);
//! let rows: Vec<_> = (0..coded.mentions.len()).filter_map(|at| coded.ledger_row(at, &mut places)).collect();
//! let hit = rows.iter().find(|row| row.layer == "frame").expect("a framing term");
//! assert_eq!((hit.code, hit.surface, hit.voice), ("ethnic_cleansing", "ethnic cleansing", "attributed"));
//! assert_eq!((hit.speaker, hit.agent), ("ARM", "AZE"));
//! # Ok::<(), framescope::Error>(())
//! ```
//!
//! # A folder
//!
//! ```
//! use framescope::{Codebook, CorpusOptions, Input, Study, StudyOptions, count_corpus};
//!
//! let study = Study::new(Codebook::embedded()?, StudyOptions::default())?;
//! let corpus = CorpusOptions { inputs: vec![Input::Path("seeds".into())], ..CorpusOptions::default() };
//! let counts = count_corpus(&study, &corpus, 1)?;
//! for (group, counts) in &counts.groups {
//!     println!("{}: {} words", group.join(" / "), counts.words);
//! }
//! # Ok::<(), framescope::Error>(())
//! ```

#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod agreement;
pub mod analysis;
mod by_text;
// The modules with an `allow` are the edges: only they open files.
#[allow(clippy::disallowed_methods)]
pub mod codebook;
pub mod coded;
pub mod coder;
pub mod coding;
pub mod concordance;
#[allow(clippy::disallowed_methods)]
pub mod corpus;
pub mod count;
#[allow(clippy::disallowed_methods)]
pub mod diff;
pub mod error;
pub mod explain;
pub mod export;
mod html;
pub mod id;
pub mod inspect;
pub mod ledger;
pub mod lint;
mod named;
pub mod needs;
pub mod normalise;
#[allow(clippy::disallowed_methods)]
pub mod output;
#[allow(clippy::disallowed_methods)]
pub mod outputs;
#[allow(clippy::disallowed_methods)]
pub mod package;
pub mod pipeline;
#[allow(clippy::disallowed_methods)]
pub mod report;
#[allow(clippy::disallowed_methods)]
pub mod run;
pub mod sample;
pub mod segment;
pub mod show;
pub mod sketch;
pub mod span;
pub mod stats;
pub mod study;
pub mod tables;
pub mod tag;
#[allow(clippy::disallowed_methods)]
pub mod tally;
pub mod template_watch;
mod threads;
mod varint;
pub mod voice;
pub mod zones;

pub use codebook::Codebook;
pub use coded::Coded;
pub use coder::Coder;
pub use corpus::{Article, CorpusOptions, Input};
pub use count::Counts;
pub use error::{Error, Result};
pub use ledger::Places;
pub use run::{RunOptions, RunSummary, count as count_corpus, run};
pub use study::{Study, StudyOptions};
