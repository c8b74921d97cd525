//! `framescope check`

use super::arguments::{codebook_in, codebook_name};
use super::show::warn_of;
use super::terminal::{Colour, Ink, Output, shown};
use clap::Args;
use framescope::corpus::{CorpusOptions, Input};
use framescope::error::{Error, Result};
use framescope::lint::{CorpusUsage, Finding, LintKind, UnknownName, lint, usage};
use framescope::study::{Study, StudyOptions};
use framescope::tables::CsvBuffer;
use std::ffi::OsString;
use std::path::PathBuf;

/// Check a codebook: entries that contradict, repeat or hide one another or can never match
///
/// With a corpus also entries that do not occur in it, and capitalised names that no entry knows, as candidates for new
/// ones. Faults that make a codebook unusable (unknown columns, bad patterns, unknown parents) are errors of every
/// command and of this one.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope check
  framescope check my-conflict --strict
  framescope check dictionaries --corpus articles/ -v
  framescope check --corpus articles/ --csv > findings.csv")]
pub struct Check {
    /// Folder of the codebook [default: `dictionaries` when it is there, else the one inside the program]
    dir: Option<PathBuf>,

    /// The same, as other commands take it
    #[arg(long, value_name = "DIR", hide = true, conflicts_with = "dir")]
    dictionaries: Option<PathBuf>,

    /// Folders or files of articles to try the codebook on
    #[arg(long, value_name = "PATH", num_args = 1..)]
    corpus: Vec<OsString>,

    /// Exit with code 5 when there is a finding (dead entries and candidates are none)
    #[arg(long)]
    strict: bool,

    /// Rows of CSV with everything that was found: kind, file, line, what, help, n, articles
    #[arg(long)]
    csv: bool,

    /// List everything, not the first of each kind
    #[arg(short, long)]
    verbose: bool,
}

/// Findings of one kind, and candidates, that are listed without `-v`.
const FIRST: usize = 20;

impl Check {
    pub fn execute(self) -> Result<()> {
        let dir = self.dir.as_deref().or(self.dictionaries.as_deref());
        let codebook = codebook_in(dir)?;
        let folder = codebook_name(dir);
        let findings = lint(&codebook, &folder)?;
        let entries = codebook.aliases.len() + codebook.terms.len() + codebook.variants.len();
        let tried = if self.corpus.is_empty() {
            None
        } else {
            let inputs = self.corpus.iter().map(|path| Input::from(path.as_os_str())).collect();
            let study = Study::new(codebook, StudyOptions::default())?;
            Some(usage(&study, &CorpusOptions { inputs, ..CorpusOptions::default() }, &folder)?)
        };
        let mut out = Output::new();
        if self.csv {
            out.write(&csv(&findings, tried.as_ref()))?;
        } else {
            let first = if self.verbose { usize::MAX } else { FIRST };
            let text = FindingsText { first, colour: Colour::of(&std::io::stdout()) };
            let report = text.report(&folder, entries, &findings, tried.as_ref());
            out.write(shown(&report, text.colour).as_bytes())?;
        }
        out.finish()?;
        warn_of(tried.as_ref().map_or(&[][..], |tried| &tried.left_out));
        if self.strict && !findings.is_empty() {
            let s = if findings.len() == 1 { "" } else { "s" };
            return Err(Error::Findings(format!("{} finding{s} in the codebook `{folder}`", findings.len())));
        }
        Ok(())
    }
}

fn csv(findings: &[Finding], tried: Option<&CorpusUsage>) -> Vec<u8> {
    let mut out = CsvBuffer::default();
    for column in ["kind", "file", "line", "what", "help", "n", "articles"] {
        out.text(column);
    }
    out.end_row();
    for finding in findings.iter().chain(tried.map_or(&[][..], |tried| &tried.dead)) {
        let fault = &finding.fault;
        out.text(finding.kind.name()).text(&fault.place.file).integer(fault.place.line);
        out.text(&fault.what).text(&fault.help).text("").text("");
        out.end_row();
    }
    for candidate in tried.map_or(&[][..], |tried| &tried.candidates) {
        let (file, line) = candidate.place.rsplit_once(':').unwrap_or((&candidate.place, ""));
        out.text("candidate").text(file).text(line).text(&candidate.name).text(&candidate.example);
        out.integer(candidate.n).integer(candidate.articles);
        out.end_row();
    }
    out.bytes
}

/// Findings for a reader.
struct FindingsText {
    first: usize,
    colour: Colour,
}

impl FindingsText {
    fn report(&self, folder: &str, entries: usize, findings: &[Finding], tried: Option<&CorpusUsage>) -> String {
        let mut text = String::new();
        for kind in LintKind::ALL {
            let of_kind: Vec<&Finding> = findings.iter().filter(|finding| finding.kind == kind).collect();
            text.push_str(&self.section(kind.name(), kind.meaning(), &of_kind, |finding| finding.fault.to_string()));
        }
        if let Some(tried) = tried {
            let candidates: Vec<&UnknownName> = tried.candidates.iter().collect();
            text.push_str(&self.section(
                "unknown",
                "capitalised names that no entry knows",
                &candidates,
                |candidate| {
                    let times = format!("{:>5}", candidate.n);
                    format!("{times}  {:<28} {}: {}", candidate.name, candidate.place, candidate.example)
                },
            ));
            let dead: Vec<&Finding> = tried.dead.iter().collect();
            text.push_str(
                &self.section(LintKind::Dead.name(), LintKind::Dead.meaning(), &dead, |finding| {
                    finding.fault.to_string()
                }),
            );
            text.push_str(&format!("tried on {} articles\n", tried.articles));
        }
        let s = if findings.len() == 1 { "" } else { "s" };
        text.push_str(&format!("{} finding{s} in `{folder}` with {entries} entries\n", findings.len()));
        text
    }

    fn section<T>(&self, name: &str, meaning: &str, items: &[&T], line: impl Fn(&T) -> String) -> String {
        if items.is_empty() {
            return String::new();
        }
        let mut text = format!("{} {meaning}: {}\n", self.colour.paint(Ink::Bold, &format!("{name}:")), items.len());
        for item in items.iter().take(self.first) {
            text.push_str(&format!("  {}\n", line(item)));
        }
        if items.len() > self.first {
            text.push_str(&format!("  and {} more (-v lists all)\n", items.len() - self.first));
        }
        text.push('\n');
        text
    }
}
