//! The sketch of a whole corpus.

use super::Sketch;
use crate::corpus::{BadRecord, Corpus, CorpusOptions};
use crate::error::{Fault, Result};
use crate::normalise::View;

/// Reads a corpus and sketches it; gives the records that could not be read, too.
///
/// # Errors
/// Whatever reading says; an article id that stands twice.
pub fn sketch_corpus(options: &CorpusOptions) -> Result<(Sketch, Vec<Fault>)> {
    let mut corpus = Corpus::open(options)?;
    let (mut sketch, mut view, mut left_out) = (Sketch::default(), View::default(), Vec::new());
    while let Some(block) = corpus.next_block()? {
        for article in block.into_articles() {
            match article {
                Ok(article) => {
                    view.read(&article.raw);
                    sketch.add(&mut view, &article.id, &article.meta.source, &article.sha256)?;
                }
                Err(BadRecord::Fatal(error)) => return Err(error),
                Err(BadRecord::Skipped(fault)) => left_out.push(fault),
            }
        }
    }
    Ok((sketch, left_out))
}
