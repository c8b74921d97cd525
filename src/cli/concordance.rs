//! `framescope concordance`

use super::arguments::{CodebookArguments, CorpusArguments, voices};
use super::show::{ink, warn_of};
use super::terminal::{self, Colour, Ink, Output};
use clap::Args;
use framescope::concordance::{COLUMNS, Line, Query, QueryOptions, concordance, first_chars, last_chars};
use framescope::error::{Fault, Result};
use framescope::inspect::one_line;
use framescope::study::{Study, StudyOptions};
use framescope::tables::CsvBuffer;
use framescope::voice::Voice;
use std::ops::ControlFlow;

/// List hits with their context, one a line
///
/// A hit of any of --actor, --frame, --term and --pattern is a line; --source and --voice leave lines out. In the
/// terminal hits stand one below the other, between as much context as fits, each place of the text once; with --csv they are rows with the whole
/// sentence, the place in the raw text, and all that the ledger says of them.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Concordance {
    #[command(flatten)]
    corpus: CorpusArguments,

    /// Mentions of these actors (by id, name or alias) and of those that roll up to them
    #[arg(long, value_name = "ACTOR,...", value_delimiter = ',', help_heading = "Hits")]
    actor: Vec<String>,

    /// Hits of these frames, by id or name
    #[arg(long, value_name = "FRAME,...", value_delimiter = ',', help_heading = "Hits")]
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
  framescope concordance articles/ --actor Armenia --limit 20
  framescope concordance articles/ --term 'energy/pipeline' --source Reuters --csv > pipeline.csv
  framescope concordance articles/ --pattern 'humanitarian \\w+'";

impl Concordance {
    pub fn execute(self) -> Result<()> {
        let study = self.study()?;
        let mut out = Output::new();
        let kwic = Kwic { width: terminal::width(), colour: Colour::of(&std::io::stdout()) };
        let done = if self.csv {
            self.rows(&study, &mut |row| out.write(row))?
        } else {
            self.lines(&study, Each::Place, &mut |line| {
                out.write(terminal::shown(&kwic.line(line), kwic.colour).as_bytes())
            })?
        };
        out.finish()?;
        warn_of(&done.left_out);
        for unknown in &done.unknown_sources {
            let warning = Colour::of(&std::io::stderr()).paint(Ink::Yellow, "warning:");
            terminal::tell(&format!("{warning} {unknown}\n"));
        }
        if done.hits == 0 {
            terminal::tell("no hit\n");
        }
        Ok(())
    }

    /// The codebook, ready to look for.
    pub fn study(&self) -> Result<Study> {
        Study::new(self.codebook.read()?, StudyOptions::default())
    }

    /// The hits as rows of CSV, the header first.
    pub fn rows(&self, study: &Study, sink: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<Done> {
        let mut row = CsvBuffer::default();
        COLUMNS.iter().for_each(|column| {
            row.text(column);
        });
        row.end_row();
        sink(&row.bytes)?;
        self.lines(study, Each::Hit, &mut |line| {
            row.clear();
            line.write(&mut row);
            sink(&row.bytes)
        })
    }

    fn lines(&self, study: &Study, each: Each, sink: &mut dyn FnMut(&Line<'_>) -> Result<()>) -> Result<Done> {
        let query = Query::new(
            &study.codebook,
            &QueryOptions {
                actors: self.actor.clone(),
                frames: self.frame.clone(),
                terms: self.term.clone(),
                pattern: self.pattern.clone(),
                sources: self.source.clone(),
                voices: self.voice.clone(),
            },
        )?;
        let limit = self.limit.unwrap_or(u64::MAX);
        let mut hits = 0;
        let mut listed = (String::new(), [0; 2]);
        let result = concordance(study, &self.corpus.options()?, &query, &mut |line| {
            let is_listed =
                hits > 0 && listed.1 == [line.hit.start_byte, line.hit.end_byte] && listed.0 == line.hit.article_id;
            if each == Each::Place && is_listed {
                return Ok(ControlFlow::Continue(()));
            }
            if hits == limit {
                return Ok(ControlFlow::Break(()));
            }
            hits += 1;
            listed.0.clear();
            listed.0.push_str(line.hit.article_id);
            listed.1 = [line.hit.start_byte, line.hit.end_byte];
            sink(line)?;
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(Done { hits, left_out: result.left_out, unknown_sources: result.unknown_sources })
    }
}

/// What a concordance gave beside its lines.
pub struct Done {
    pub hits: u64,
    /// Records that could not be read.
    pub left_out: Vec<Fault>,
    /// Sources that were asked for and that no article has.
    pub unknown_sources: Vec<Fault>,
}

/// What is listed once: a place of the text, in however many layers it counts, or a hit of a layer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Each {
    Place,
    Hit,
}

/// Lines with their hits one below the other.
struct Kwic {
    width: usize,
    colour: Colour,
}

/// Width of the column with article and line, and of the one with the voice.
const PLACE: usize = 26;
const VOICE: usize = 12;
/// Characters of a hit for which both sides get the same width.
const TYPICAL_HIT: usize = 16;

impl Kwic {
    fn line(&self, line: &Line<'_>) -> String {
        let hit = &line.hit;
        let place = format!("{}:{}", one_line(hit.article_id), hit.line);
        let surface = line.surface();
        let width = self.width.saturating_sub(PLACE + VOICE + 4);
        let before = width.saturating_sub(TYPICAL_HIT) / 2;
        let after = width.saturating_sub(before + surface.chars().count());
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
