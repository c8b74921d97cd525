//! `--duplicates first`: of articles with the same text only the first in the order of the corpus is read.
//!
//! The corpus is read twice: once for the digests of its texts, once for the articles. So it does not depend on how many
//! workers there are which of two articles is the first one.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::block::BadRecord;
use super::same::text_digest;
use super::{Article, Corpus};
use crate::error::{Fault, Place, Result};

/// The later ones of articles with the same text, each with the id of the first one: by block and place in it.
#[derive(Debug, Default)]
pub(crate) struct Later(FxHashMap<(u64, usize), Arc<str>>);

impl Later {
    /// Reads a whole corpus.
    ///
    /// # Errors
    ///
    /// Whatever stops the reading.
    pub fn of(mut corpus: Corpus) -> Result<Self> {
        let mut first: FxHashMap<[u8; 16], Arc<str>> = FxHashMap::default();
        let mut later = FxHashMap::default();
        while let Some(block) = corpus.next_block()? {
            let index = block.index;
            for (at, outcome) in block.into_articles().enumerate() {
                let article = match outcome {
                    Ok(article) => article,
                    Err(BadRecord::Fatal(error)) => return Err(error),
                    Err(BadRecord::Skipped(_)) => continue,
                };
                let digest = text_digest(&article.raw);
                if digest == [0; 16] {
                    continue;
                }
                match first.get(&digest) {
                    Some(known) => drop(later.insert((index, at), known.clone())),
                    None => drop(first.insert(digest, article.id)),
                }
            }
        }
        Ok(Self(later))
    }

    /// What to say of an article that is a later one.
    pub fn fault(&self, block: u64, at: usize, article: &Article) -> Option<Fault> {
        let first = self.0.get(&(block, at))?;
        let what = format!("`{}` is not counted: it has the same text as `{first}`", article.id);
        let place = Place { file: article.path.clone(), line: article.line, column: 0 };
        Some(Fault { place, what, help: "`--duplicates keep` counts both".to_owned() })
    }
}

/// The outcomes of a block without the later ones.
pub(crate) fn without(
    later: Arc<Later>,
    block: u64,
    outcomes: impl Iterator<Item = std::result::Result<Article, BadRecord>> + Send,
) -> impl Iterator<Item = std::result::Result<Article, BadRecord>> + Send {
    outcomes.enumerate().map(move |(at, outcome)| {
        let article = outcome?;
        match later.fault(block, at, &article) {
            Some(fault) => Err(BadRecord::Skipped(fault)),
            None => Ok(article),
        }
    })
}
