//! Which codebook.

use clap::Args;
use framescope::codebook::{Codebook, read_folder};
use framescope::error::Result;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
#[command(next_help_heading = "Codebook")]
pub struct CodebookArguments {
    /// Folder of the codebook [default: `dictionaries` when it is there, else the one inside the program]
    #[arg(long, value_name = "DIR")]
    dictionaries: Option<PathBuf>,
}

const DEFAULT_FOLDER: &str = "dictionaries";

impl CodebookArguments {
    pub fn read(&self) -> Result<Codebook> {
        read(self.dictionaries.as_deref())
    }

    /// The folder it is read from, when there is one.
    pub fn folder(&self) -> PathBuf {
        self.dictionaries.clone().unwrap_or_else(|| DEFAULT_FOLDER.into())
    }
}

/// The codebook of a folder, of the default folder when it is there, or the embedded one.
pub fn read(folder: Option<&Path>) -> Result<Codebook> {
    match folder {
        Some(folder) => read_folder(folder),
        None if Path::new(DEFAULT_FOLDER).is_dir() => read_folder(Path::new(DEFAULT_FOLDER)),
        None => Codebook::embedded(),
    }
}

/// What that codebook is called in messages.
pub fn name(folder: Option<&Path>) -> String {
    match folder {
        Some(folder) => folder.display().to_string().trim_end_matches('/').to_owned(),
        None if Path::new(DEFAULT_FOLDER).is_dir() => DEFAULT_FOLDER.to_owned(),
        None => "embedded codebook".to_owned(),
    }
}
