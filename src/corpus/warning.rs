//! What is odd about a corpus but does not stop the run.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Fault;

/// Something about the corpus as a whole that its reader should know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Warning {
    pub kind: WarningKind,
    pub fault: Fault,
}

/// The kinds of warnings, each counted by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// A row of a manifest names a file that is not there.
    MissingFile,
    /// A row of a manifest names a file that is there but is never read as an article.
    NotRead,
    /// A file that no row of the manifest names; it is read.
    UnlistedFile,
    /// A file of a format that is not known; it is not read.
    UnknownFormat,
    /// A file whose name does not match the given name pattern; it is read.
    UnmatchedName,
    /// A file that is read already, under another name.
    SameFile,
    /// A pipe, a device or a socket; it is not read.
    NoFile,
    /// An archive, or a member of one, that cannot be unpacked; it is not read.
    Locked,
    /// A hidden file, an editor's backup, a licence or a read-me; it is not read.
    LeftOut,
    /// A row of a list of addresses without a saved page.
    NoPage,
    /// A saved page that no row of a list names; it is not read.
    NoRow,
    /// A row of a list with the address of an earlier one.
    SamePage,
    /// A date of a manifest that is none, or may be two; it is left empty.
    BadDate,
}

impl WarningKind {
    /// All kinds, in the order in which they are reported.
    pub const ALL: [Self; 13] = [
        Self::MissingFile,
        Self::NotRead,
        Self::UnlistedFile,
        Self::UnknownFormat,
        Self::NoFile,
        Self::Locked,
        Self::SameFile,
        Self::UnmatchedName,
        Self::NoPage,
        Self::NoRow,
        Self::SamePage,
        Self::BadDate,
        Self::LeftOut,
    ];

    /// Whether it is a finding under `--strict`: a licence beside the articles is as it should be.
    pub fn is_odd(self) -> bool {
        self != Self::LeftOut
    }

    /// What the kind means, for a line that counts its warnings.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::MissingFile => "manifest rows whose file is missing",
            Self::NotRead => "manifest rows whose file is not read as an article",
            Self::UnlistedFile => "files that no manifest row names (read)",
            Self::UnknownFormat => "files of unknown format (not read)",
            Self::UnmatchedName => "file names that do not match the name pattern",
            Self::SameFile => "files that are the same file as another (read once)",
            Self::NoFile => "pipes, devices and sockets (not read)",
            Self::Locked => "archives and their members that cannot be unpacked (not read)",
            Self::LeftOut => "files that are no articles by their names (not read)",
            Self::NoPage => "rows of lists whose page is not among the saved ones",
            Self::NoRow => "saved pages that belong to no row of a list (not read)",
            Self::SamePage => "rows of lists with the address of an earlier one (counted once)",
            Self::BadDate => "dates in manifests that were left empty",
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)
    }
}
