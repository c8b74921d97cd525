//! `framescope codebook`

use super::arguments::CodebookArguments;
use super::terminal;
use clap::{Args, Subcommand};
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
            Action::Show(show) => terminal::print(&entry(&show.name, &show.codebook.read()?)?),
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
        eprintln!("{} files in `{}`", files.len(), dir.display());
        Ok(())
    }
}
