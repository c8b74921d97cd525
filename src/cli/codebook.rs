//! `framescope codebook`

use super::arguments::{CodebookArguments, force};
use super::show::warn_of;
use super::terminal;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use framescope::codebook::import::{DictionaryFormat, ImportLayer, import};
use framescope::codebook::{EMBEDDED_FILES, new_files};
use framescope::corpus::{CorpusOptions, Input};
use framescope::error::{Error, Result};
use framescope::explain::entry;
use framescope::lint::{Suggestions, suggest};
use framescope::output::Files;
use framescope::study::{Study, StudyOptions};
use framescope::tables::CsvBuffer;
use std::ffi::OsString;
use std::path::PathBuf;

/// Start a codebook of your own, or write out the one inside the program
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope codebook new my-conflict
  framescope codebook export dictionaries
  framescope codebook show blockade
  framescope codebook import moral.dic mine
  framescope codebook suggest articles/
  framescope run articles/ --dictionaries my-conflict")]
pub struct CodebookCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    New(New),
    Export(Export),
    Show(ShowEntry),
    Import(Import),
    Suggest(Suggest),
}

/// Write files with a few rows as examples, for another conflict
///
/// Zone rules, abbreviations and voice cues do not hang on a conflict: theirs are the ones of the default codebook.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope codebook new my-conflict
  framescope check my-conflict")]
struct New {
    #[command(flatten)]
    target: TargetFolder,
}

/// Write the default codebook, to read it or to change it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope codebook export dictionaries
  framescope codebook export dictionaries --force")]
struct Export {
    #[command(flatten)]
    target: TargetFolder,
}

/// Print what a frame, an actor, a contested name or a term holds
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope codebook show blockade
  framescope codebook show 'United Nations'")]
struct ShowEntry {
    /// Id, name or alias of an entry
    name: String,

    #[command(flatten)]
    codebook: CodebookArguments,
}

/// Make a codebook from a dictionary of another program
///
/// Reads quanteda and newsmap YAML, LIWC `.dic`, WordStat `.cat`, Yoshikoder `.ykd`, spaCy patterns (`.jsonl`), PETRARCH
/// actors and CSV with a category and a word a line. Says what could not be carried over.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope codebook import moral.dic mine
  framescope codebook import newsmap.yml places --layer actors
  framescope codebook import Phoenix.Countries.actors.txt countries --format petrarch")]
struct Import {
    /// The dictionary
    file: PathBuf,

    #[command(flatten)]
    target: TargetFolder,

    /// How it is written [default: as the ending of its name says]
    #[arg(long, value_parser = formats())]
    format: Option<DictionaryFormat>,

    /// What its categories become [default: actors for spaCy and PETRARCH, else frames]
    #[arg(long, value_parser = layers())]
    layer: Option<ImportLayer>,
}

/// List names and words of your articles that the codebook does not know, as rows to paste into its files
///
/// Names are capitalised words that no entry knows. Words and phrases are those that stand clearly more often in sentences
/// with a framing hit, or in one source, than elsewhere; the frame of a row is the one whose hits stand beside it most
/// often. Each row has its counts and the first sentence in `note`. Of a name the actor is left empty: who it is nobody but
/// you can say.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope codebook suggest articles/
  framescope codebook suggest articles/ --most 200 > candidates.csv")]
struct Suggest {
    /// Folders or files of articles
    #[arg(value_name = "CORPUS", required = true)]
    corpus: Vec<OsString>,

    #[command(flatten)]
    codebook: CodebookArguments,

    /// Rows of each file, the clearest first
    #[arg(long, value_name = "N", default_value_t = 50)]
    most: usize,
}

impl Suggest {
    fn execute(self) -> Result<()> {
        let study = Study::new(self.codebook.read()?, StudyOptions::default())?;
        let inputs = self.corpus.iter().map(|path| Input::from(path.as_os_str())).collect();
        let suggestions = suggest(&study, &CorpusOptions { inputs, ..CorpusOptions::default() })?;
        let mut out = terminal::Output::new();
        out.write(&suggested_rows(&suggestions, self.most))?;
        out.finish()?;
        warn_of(&suggestions.left_out);
        Ok(())
    }
}

/// The rows of both files, each under its header and a remark that names the file.
fn suggested_rows(suggestions: &Suggestions, most: usize) -> Vec<u8> {
    let mut out = CsvBuffer::default();
    let hits = |n: u64, articles: u64| {
        let s = |n: u64| if n == 1 { "" } else { "s" };
        format!("{n} hit{} in {articles} article{}", s(n), s(articles))
    };
    let mut row = |cells: &[&str]| {
        for cell in cells {
            out.text(cell);
        }
        out.end_row();
    };
    row(&["# rows for aliases.csv; write the actor into the first column"]);
    row(&["actor", "alias", "kind", "match_case", "not_before", "not_after", "from", "to", "note"]);
    for name in suggestions.names.iter().take(most) {
        let is_acronym = name.name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
        let kind = if is_acronym { "acronym" } else { "name" };
        let note = format!("{}; {}: {}", hits(name.n, name.articles), name.place, name.example);
        row(&["", &name.name, kind, "", "", "", "", "", &note]);
    }
    row(&["# rows for terms.csv"]);
    row(&[
        "frame",
        "term",
        "pattern",
        "kind",
        "match_case",
        "not_before",
        "not_after",
        "note",
        "deed",
        "force",
        "everyday",
    ]);
    for term in suggestions.terms.iter().take(most) {
        let why = match &term.source {
            Some(source) => format!("more often in {source} than elsewhere"),
            None => format!("{} of them in sentences with a framing hit", term.n_near),
        };
        let note = format!("{}, {why}; {}: {}", hits(term.n, term.articles), term.place, term.example);
        row(&[&term.frame, &term.term, "", "literal", "", "", "", &note, "", "", ""]);
    }
    out.bytes
}

fn formats() -> impl TypedValueParser<Value = DictionaryFormat> {
    PossibleValuesParser::new(DictionaryFormat::ALL.map(DictionaryFormat::name))
        .try_map(|name| DictionaryFormat::from_name(&name).ok_or("no such format"))
}

fn layers() -> impl TypedValueParser<Value = ImportLayer> {
    PossibleValuesParser::new(["frames", "actors"])
        .map(|name| if name == "actors" { ImportLayer::Actors } else { ImportLayer::Frames })
}

impl Import {
    fn execute(self) -> Result<()> {
        let text = std::fs::read_to_string(&self.file).map_err(Error::io("read the dictionary", &self.file))?;
        let format =
            self.format.or_else(|| DictionaryFormat::of_name(&self.file.to_string_lossy())).ok_or_else(|| {
                let known = DictionaryFormat::ALL.map(DictionaryFormat::name).join(", ");
                Error::Usage(format!("what kind of dictionary is `{}`? name its format: {known}", self.file.display()))
            })?;
        let imported = import(&text, format, self.layer.unwrap_or(format.usual_layer()))?;
        // What does not hang on a conflict is as in the default codebook.
        let general = ["cues.csv", "zones.csv", "abbreviations.csv"];
        let mut files: Vec<(&str, &str)> =
            EMBEDDED_FILES.iter().copied().filter(|(name, _)| general.contains(name)).collect();
        files.extend(imported.files.iter().map(|(name, text)| (*name, text.as_str())));
        self.target.write(&files, std::slice::from_ref(&self.file))?;
        terminal::tell(&format!("{} words in {} categories\n", imported.words, imported.categories));
        for lost in &imported.lost {
            terminal::tell(&format!("not carried over: {lost}\n"));
        }
        Ok(())
    }
}

#[derive(Debug, Args)]
struct TargetFolder {
    /// Folder to write into; it is made when it is not there
    dir: PathBuf,

    /// Write over files of the same names
    #[arg(long)]
    force: bool,
}

impl CodebookCommand {
    pub fn execute(self) -> Result<()> {
        match self.action {
            Action::Import(import) => import.execute(),
            Action::Suggest(suggest) => suggest.execute(),
            Action::Show(show) => terminal::print_shown(&entry(&show.name, &show.codebook.read()?)?),
            Action::New(new) => new.target.write(&new_files(), &[]),
            Action::Export(export) => export.target.write(EMBEDDED_FILES, &[]),
        }
    }
}

impl TargetFolder {
    /// Writes all files or none.
    fn write(&self, texts: &[(&str, &str)], inputs: &[PathBuf]) -> Result<()> {
        let names: Vec<PathBuf> = texts.iter().map(|(name, _)| self.dir.join(name)).collect();
        let files = Files::create(&names, force(self.force), inputs, |_| false)?;
        for (at, (_, text)) in texts.iter().enumerate() {
            files.put(at, text.as_bytes())?;
        }
        terminal::tell_remarks(&files.commit()?);
        terminal::tell(&format!("{} files in `{}`\n", texts.len(), self.dir.display()));
        Ok(())
    }
}
