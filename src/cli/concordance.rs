//! `framescope concordance`

use super::arguments::{CodebookArguments, CorpusArguments, voices};
use super::show::{ink, warn_of};
use super::terminal::{self, Colour, Ink, Output};
use clap::Args;
use framescope::concordance::{COLUMNS, Line, Query, QueryOptions, concordance, first_chars, last_chars};
use framescope::error::Result;
use framescope::inspect::one_line;
use framescope::study::{Study, StudyOptions};
use framescope::tables::CsvBuffer;
use framescope::voice::Voice;
use std::ops::ControlFlow;

/// List hits with their context, one a line
///
/// A hit of any of --actor, --frame, --term and --pattern is a line; --source and --voice leave lines out. In the
/// terminal hits stand one below the other, between as much context as fits; with --csv they are rows with the whole
/// sentence, the place in the raw text, and all that the ledger says of them.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Concordance {
    #[command(flatten)]
    corpus: CorpusArguments,

    /// Mentions of these actors and of those that roll up to them
    #[arg(long, value_name = "ID,...", value_delimiter = ',', help_heading = "Hits")]
    actor: Vec<String>,

    /// Hits of these frames
    #[arg(long, value_name = "ID,...", value_delimiter = ',', help_heading = "Hits")]
    frame: Vec<String>,

    /// Hits of this framing term (`frame/term` or `term`) or contested name; may be given several times
    #[arg(long, value_name = "TERM", help_heading = "Hits")]
    term: Vec<String>,

    /// Hits of a regular expression, as a term of kind `regex` would match: any case, accents and dashes folded,
    /// beginning and ending at the edge of a word, within one sentence
    #[arg(long, value_name = "REGEX", help_heading = "Hits")]
    pattern: Option<String>,

    /// Articles of these sources only; may be given several times
    #[arg(long, value_name = "SOURCE", help_heading = "Filters")]
    source: Vec<String>,

    /// Hits in these voices only; mentions of actors and hits of --pattern have none
    #[arg(long, value_name = "VOICE,...", value_delimiter = ',', value_parser = voices(), help_heading = "Filters")]
    voice: Vec<Voice>,

    /// Stop after so many lines
    #[arg(long, value_name = "N", help_heading = "Filters")]
    limit: Option<u64>,

    /// Rows of CSV instead of aligned lines
    #[arg(long, help_heading = "Output")]
    csv: bool,

    #[command(flatten)]
    codebook: CodebookArguments,
}

const EXAMPLES: &str = "\
Examples:
  framescope concordance articles/ --frame blockade --voice own
  framescope concordance articles/ --actor ARM --limit 20
  framescope concordance articles/ --term 'energy/pipeline' --source Reuters --csv > pipeline.csv
  framescope concordance articles/ --pattern 'humanitarian \\w+'";

impl Concordance {
    pub fn execute(self) -> Result<()> {
        let corpus = self.corpus.options()?;
        let study = Study::new(self.codebook.read()?, StudyOptions::default())?;
        let query = Query::new(
            &study.codebook,
            &QueryOptions {
                actors: self.actor,
                frames: self.frame,
                terms: self.term,
                pattern: self.pattern,
                sources: self.source,
                voices: self.voice,
            },
        )?;
        let mut out = Output::new();
        let mut rows = CsvBuffer::default();
        if self.csv {
            COLUMNS.iter().for_each(|column| {
                rows.text(column);
            });
            rows.end_row();
            out.write(&rows.bytes)?;
        }
        let kwic = Kwic { width: terminal::width(), colour: Colour::of(&std::io::stdout()) };
        let mut left = self.limit.unwrap_or(u64::MAX);
        let mut n = 0u64;
        let left_out = concordance(&study, &corpus, &query, &mut |line| {
            if left == 0 {
                return Ok(ControlFlow::Break(()));
            }
            left -= 1;
            n += 1;
            if self.csv {
                rows.clear();
                line.write(&mut rows);
                out.write(&rows.bytes)?;
            } else {
                out.write(kwic.line(line).as_bytes())?;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        out.finish()?;
        warn_of(&left_out);
        if n == 0 {
            super::terminal::tell("no hit\n");
        }
        Ok(())
    }
}

/// Lines with their hits one below the other.
struct Kwic {
    width: usize,
    colour: Colour,
}

/// Width of the column that tells the article and line, and of the one that tells the voice.
const PLACE: usize = 26;
const VOICE: usize = 12;
/// Characters of a hit for which both sides get the same room.
const TYPICAL_HIT: usize = 16;

impl Kwic {
    fn line(&self, line: &Line<'_>) -> String {
        let hit = &line.hit;
        let place = format!("{}:{}", one_line(hit.article_id), hit.line);
        let surface = line.surface();
        let room = self.width.saturating_sub(PLACE + VOICE + 4);
        let before = room.saturating_sub(TYPICAL_HIT) / 2;
        let after = room.saturating_sub(before + surface.chars().count());
        let left = last_chars(&line.left, before);
        let right = first_chars(&line.right, after);
        let ink = if hit.voice.is_empty() { Ink::Bold } else { ink(hit.voice) };
        let text = format!(
            "{}  {}  {}{left}{}{right}",
            self.colour.paint(Ink::Dim, &padded(last_chars(&place, PLACE), PLACE)),
            self.colour.paint(ink, &padded(hit.voice, VOICE)),
            " ".repeat(before - left.chars().count()),
            self.colour.paint(ink, &surface),
        );
        format!("{}\n", text.trim_end())
    }
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())))
}
