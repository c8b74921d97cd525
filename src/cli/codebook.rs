//! `framescope codebook`

use super::arguments::CodebookArguments;
use super::terminal;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use framescope::codebook::import::{Format, Layer, import};
use framescope::codebook::{EMBEDDED_FILES, new_files};
use framescope::error::{Error, Result};
use framescope::explain::entry;
use std::path::{Path, PathBuf};

/// Start a codebook of your own, or write out the one inside the program
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope codebook new my-conflict
  framescope codebook export dictionaries
  framescope codebook show blockade
  framescope codebook import moral.dic mine
  framescope run articles/ --dictionaries my-conflict")]
pub struct CodebookCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    New(New),
    Export(Export),
    Show(Show),
    Import(Import),
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
    target: Target,
}

/// Write the default codebook, to read it or to change it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope codebook export dictionaries
  framescope codebook export dictionaries --force")]
struct Export {
    #[command(flatten)]
    target: Target,
}

/// Print what a frame, an actor, a contested name or a term holds
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope codebook show blockade
  framescope codebook show 'United Nations'")]
struct Show {
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
    target: Target,

    /// How it is written [default: as the ending of its name says]
    #[arg(long, value_parser = formats())]
    format: Option<Format>,

    /// What its categories become [default: actors for spaCy and PETRARCH, else frames]
    #[arg(long, value_parser = layers())]
    layer: Option<Layer>,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name))
        .try_map(|name| Format::ALL.into_iter().find(|format| format.name() == name).ok_or("no such format"))
}

fn layers() -> impl TypedValueParser<Value = Layer> {
    PossibleValuesParser::new(["frames", "actors"])
        .map(|name| if name == "actors" { Layer::Actors } else { Layer::Frames })
}

impl Import {
    fn execute(self) -> Result<()> {
        let text = std::fs::read_to_string(&self.file).map_err(Error::io("read the dictionary", &self.file))?;
        let format = self.format.or_else(|| Format::of_name(&self.file.to_string_lossy())).ok_or_else(|| {
            let known = Format::ALL.map(Format::name).join(", ");
            Error::Usage(format!("what kind of dictionary is `{}`? name its format: {known}", self.file.display()))
        })?;
        let imported = import(&text, format, self.layer.unwrap_or(format.usual_layer()))?;
        // What does not hang on a conflict is as in the default codebook.
        let general = ["cues.csv", "zones.csv", "abbreviations.csv"];
        let mut files: Vec<(&str, &str)> =
            EMBEDDED_FILES.iter().copied().filter(|(name, _)| general.contains(name)).collect();
        files.extend(imported.files.iter().map(|(name, text)| (*name, text.as_str())));
        self.target.write(&files)?;
        eprintln!("{} words in {} categories", imported.words, imported.categories);
        for lost in &imported.lost {
            eprintln!("not carried over: {lost}");
        }
        Ok(())
    }
}

#[derive(Debug, Args)]
struct Target {
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
            Action::Show(show) => terminal::print_shown(&entry(&show.name, &show.codebook.read()?)?),
            Action::New(new) => new.target.write(&new_files()),
            Action::Export(export) => export.target.write(EMBEDDED_FILES),
        }
    }
}

impl Target {
    fn write(&self, files: &[(&str, &str)]) -> Result<()> {
        let dir: &Path = &self.dir;
        std::fs::create_dir_all(dir).map_err(Error::io("create the folder", dir))?;
        if !self.force
            && let Some((name, _)) = files.iter().find(|(name, _)| dir.join(name).exists())
        {
            return Err(Error::Output(format!(
                "`{}` is there already; name another folder, or write over it with `--force`",
                dir.join(name).display()
            )));
        }
        for (name, text) in files {
            let path = dir.join(name);
            std::fs::write(&path, text).map_err(Error::io("write", &path))?;
        }
        super::terminal::tell(&format!("{} files in `{}`\n", files.len(), dir.display()));
        Ok(())
    }
}
