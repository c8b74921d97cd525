//! `framescope show`

use super::arguments::{CodebookArguments, CorpusArguments, zone_lists};
use super::terminal::{self, Colour, Ink};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use framescope::corpus::Article;
use framescope::error::{Fault, Result};
use framescope::inspect::{inspect, one_line};
use framescope::normalise::Zone;
use framescope::show::{Stage, VoicedHit, VoicedSentence, show, voiced_sentences};
use framescope::study::{Study, StudyOptions};
use framescope::tables::ledger::LedgerRow;
use std::fmt::Write as _;
use std::ops::ControlFlow;

/// Look at one stage of the work, as CSV on standard output
///
/// Byte offsets are those of the raw text and the same in every stage. `voice` prints the sentences with their framing
/// hits for reading; with --csv it gives rows like the others.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Show {
    /// The stage to look at
    #[arg(value_parser = stages())]
    stage: Stage,

    #[command(flatten)]
    corpus: CorpusArguments,

    #[command(flatten)]
    codebook: CodebookArguments,

    /// Zones to show [default: the counted ones: headline,standfirst,heading,body]
    #[arg(long, value_name = "ZONE,...", value_delimiter = ',', value_parser = zone_lists())]
    zones: Vec<Vec<Zone>>,

    /// With `voice`: rows of CSV instead of sentences
    #[arg(long)]
    csv: bool,

    /// With `voice`: also the sentences without a framing hit
    #[arg(long)]
    all_sentences: bool,
}

const EXAMPLES: &str = "\
Examples:
  framescope show zones article.txt
  framescope show sentences articles/ --zones all > sentences.csv
  framescope show rejected articles/ | grep not_before
  framescope show voice article.txt | less -R";

fn stages() -> impl TypedValueParser<Value = Stage> {
    let values = Stage::ALL.map(|stage| PossibleValue::new(stage.name()).help(stage.meaning()));
    PossibleValuesParser::new(values).try_map(|name| Stage::from_name(&name).ok_or("no such stage"))
}

impl Show {
    pub fn execute(self) -> Result<()> {
        let zones: Vec<Zone> = self.zones.into_iter().flatten().collect();
        let zones = if zones.is_empty() { Zone::COUNTED.to_vec() } else { zones };
        let corpus = self.corpus.options()?;
        let study = Study::new(self.codebook.read()?, StudyOptions { zones, ..StudyOptions::default() })?;
        let left_out = if self.stage == Stage::Voice && !self.csv {
            let page = ShowStyle { colour: Colour::of(&std::io::stdout()), all_sentences: self.all_sentences };
            let mut out = terminal::Output::new();
            let left_out = inspect(&study, &corpus, &mut |coded| {
                let text = page.article(coded.article, &voiced_sentences(coded));
                out.write(terminal::shown(&text, page.colour).as_bytes())?;
                Ok(ControlFlow::Continue(()))
            })?;
            out.finish()?;
            left_out
        } else {
            let mut out = terminal::Output::new();
            let left_out = show(self.stage, &study, &corpus, &mut |bytes| out.write(bytes))?;
            out.finish()?;
            left_out
        };
        warn_of(&left_out);
        Ok(())
    }
}

/// Says which records could not be read.
pub fn warn_of(left_out: &[Fault]) {
    let label = Colour::of(&std::io::stderr()).paint(Ink::Yellow, "warning:");
    for fault in left_out {
        super::terminal::tell(&format!("{label} left out: {fault}\n"));
    }
}

/// How an article's sentences are printed.
struct ShowStyle {
    colour: Colour,
    all_sentences: bool,
}

impl ShowStyle {
    fn article(&self, article: &Article, sentences: &[VoicedSentence<'_>]) -> String {
        let meta = &article.meta;
        let date = meta.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
        let hits: usize = sentences.iter().map(|sentence| sentence.hits.len()).sum();
        let s = if hits == 1 { "" } else { "s" };
        let mut text = String::new();
        let title = self.colour.paint(Ink::Bold, &one_line(&article.id));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{title} ({}{date}): {hits} framing hit{s}\n", one_line(&meta.source));
        for sentence in sentences.iter().filter(|sentence| self.all_sentences || !sentence.hits.is_empty()) {
            let line = self.colour.paint(Ink::Dim, &format!("{:>5}", sentence.line));
            let _ = writeln!(text, "{line}  {}", self.sentence(article, sentence));
            for hit in &sentence.hits {
                let _ = writeln!(text, "       {}", self.hit(&hit.row));
                let ranked_speaker =
                    hit.ranked_speaker.map(|trace| trace.grounds()).filter(|grounds| !grounds.is_empty());
                if let Some(grounds) = ranked_speaker {
                    let _ =
                        writeln!(text, "         {}", self.colour.paint(Ink::Dim, &format!("speaker by {grounds}")));
                }
                for (role, (trace, name)) in hit.traces.iter().zip(["agent", "target"]).enumerate() {
                    let grounds = trace.map(|trace| trace.grounds(role)).filter(|grounds| !grounds.is_empty());
                    if let Some(grounds) = grounds {
                        let _ =
                            writeln!(text, "         {}", self.colour.paint(Ink::Dim, &format!("{name} by {grounds}")));
                    }
                }
            }
            text.push('\n');
        }
        text
    }

    /// The sentence with its hits in brackets, which colour alone would not show to everybody.
    fn sentence(&self, article: &Article, sentence: &VoicedSentence<'_>) -> String {
        let raw = &article.raw;
        let (mut at, end) = (sentence.bytes.start as usize, sentence.bytes.end as usize);
        let mut text = String::new();
        for VoicedHit { row: hit, .. } in &sentence.hits {
            // Two frames may share a span, or one hit lie in another's.
            let start = (hit.start_byte as usize).max(at);
            let hit_end = hit.end_byte as usize;
            if start >= hit_end {
                continue;
            }
            text.push_str(&one_line(&raw[at..start]));
            text.push_str(&self.colour.paint(ink(hit.voice), &format!("[{}]", one_line(&raw[start..hit_end]))));
            at = hit_end;
        }
        text.push_str(&one_line(&raw[at..end]));
        text.trim().to_owned()
    }

    fn hit(&self, hit: &LedgerRow<'_>) -> String {
        let voice = self.colour.paint(ink(hit.voice), &format!("{:<12}", hit.voice));
        let mut text = format!("{voice} {:<22} {}", hit.code, one_line(hit.surface));
        let mut add = |label: &str, value: &str| {
            if !value.is_empty() {
                let _ = write!(text, "  {} {}", self.colour.paint(Ink::Dim, label), one_line(value));
            }
        };
        add("cue", hit.cue);
        add("speaker", hit.speaker);
        add("agent", hit.agent);
        add("target", hit.target);
        add("tier", hit.tier);
        add("rule", hit.rule);
        text
    }
}

/// The colour of a voice.
pub fn ink(voice: &str) -> Ink {
    match voice {
        "own" => Ink::Green,
        "hypothetical" => Ink::Cyan,
        "attributed" => Ink::Yellow,
        "quoted" => Ink::Blue,
        "scare" => Ink::Magenta,
        "denied" => Ink::Red,
        _ => Ink::Bold,
    }
}
