//! One article after the other, for commands that look at stages and not at counts.

use crate::coded::Coded;
use crate::coder::Coder;
use crate::corpus::{BadRecord, Corpus, CorpusOptions};
use crate::error::{Fault, Result};
use crate::study::Study;
use std::ops::ControlFlow;

/// Codes each article in the order of the corpus and hands it to `look`, until that breaks off. Gives the records that
/// could not be read.
///
/// # Errors
/// Whatever reading or `look` says.
pub fn inspect(
    study: &Study,
    corpus: &CorpusOptions,
    look: &mut dyn FnMut(&Coded<'_>) -> Result<ControlFlow<()>>,
) -> Result<Vec<Fault>> {
    let mut corpus = Corpus::open(corpus)?;
    let mut coder = Coder::new(study);
    coder.keep_roles();
    let mut left_out = Vec::new();
    while let Some(block) = corpus.next_block()? {
        for article in block.into_articles() {
            match article {
                Ok(article) => {
                    if look(&coder.code(&article))?.is_break() {
                        return Ok(left_out);
                    }
                }
                Err(BadRecord::Fatal(error)) => return Err(error),
                Err(BadRecord::Skipped(fault)) => left_out.push(fault),
            }
        }
    }
    Ok(left_out)
}

/// Raw text on one line: every run of white space and control characters becomes one space, so that an article can
/// neither break a line nor command a terminal.
pub fn one_line(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for c in raw.chars() {
        if c.is_whitespace() || c.is_control() {
            if !text.ends_with(' ') {
                text.push(' ');
            }
        } else if !matches!(c, '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_on_one_line_neither_breaks_it_nor_commands_the_terminal() {
        assert_eq!(one_line("a\r\n  b\u{1b}[31mc\u{202E}d"), "a b [31mcd");
    }
}
