//! `framescope codebook`

use clap::{Args, Subcommand};
use framescope::codebook::{EMBEDDED_FILES, empty_files};
use framescope::error::{Error, Result};
use std::path::{Path, PathBuf};

/// Start a codebook of your own, or write out the one inside the program
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope codebook new my-conflict
  framescope codebook export dictionaries
  framescope run articles/ --dictionaries my-conflict")]
pub struct CodebookCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    New(New),
    Export(Export),
}

/// Write empty files with their headers, for another conflict
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
            Action::New(new) => new.target.write(empty_files()),
            Action::Export(export) => {
                export.target.write(EMBEDDED_FILES.iter().map(|(name, text)| (*name, (*text).to_owned())).collect())
            }
        }
    }
}

impl Target {
    fn write(&self, files: Vec<(&'static str, String)>) -> Result<()> {
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
        for (name, text) in &files {
            let path = dir.join(name);
            std::fs::write(&path, text).map_err(Error::io("write", &path))?;
        }
        super::terminal::tell(&format!("{} files in `{}`\n", files.len(), dir.display()));
        Ok(())
    }
}
