//! What can go wrong, said so that the reader knows what, where and what to do.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};

pub type Result<T> = std::result::Result<T, Error>;

/// A place in a file. Lines and columns count from 1; 0 means "the file as a whole" (line) or "the line as a whole"
/// (column, which counts fields in a CSV file and code points elsewhere).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Place {
    pub file: String,
    pub line: u64,
    pub column: u64,
}

impl Place {
    pub fn file(path: &Path) -> Self {
        Self { file: path.display().to_string(), line: 0, column: 0 }
    }

    pub fn at(path: &Path, line: u64, column: u64) -> Self {
        Self { file: path.display().to_string(), line, column }
    }
}

/// Marks of writing direction can make a text look like another one.
pub fn turns_around(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A name in one line, as a terminal may get it.
fn in_one_line(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            c if c.is_control() => out.extend(c.escape_default()),
            c if turns_around(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_one_line(&self.file))?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        Ok(())
    }
}

/// One thing that is wrong with an input or a codebook, with the place and the way out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fault {
    pub place: Place,
    pub what: String,
    /// What the reader can do about it; empty when the message says it all.
    pub help: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A fault of the whole input lies in no file.
        if !self.place.file.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.what)?;
        if !self.help.is_empty() {
            write!(f, " ({})", self.help)?;
        }
        Ok(())
    }
}

/// Why something could not be done, as data: the kind decides the exit code of the program.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("cannot {action} `{}`", in_one_line(&path.display().to_string()))]
    Io { path: PathBuf, action: &'static str, source: std::io::Error },
    #[error("{0}")]
    Usage(String),
    #[error("{0}")]
    Input(Fault),
    #[error("the codebook has {} fault{}\n{}", .0.len(), if .0.len() == 1 { "" } else { "s" }, lines(.0))]
    Codebook(Vec<Fault>),
    #[error("{0}")]
    Output(String),
    #[error("{0}")]
    Incompatible(String),
    #[error("{0}")]
    Findings(String),
    #[error("interrupted; the previous output is untouched")]
    Interrupted,
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("  {fault}")).collect::<Vec<_>>().join("\n")
}

impl Error {
    /// Wraps an I/O error with the path and the verb: `.map_err(Error::io("read", path))`.
    pub fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, action, source }
    }

    pub fn input(place: Place, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Input(Fault { place, what: what.into(), help: help.into() })
    }

    /// The process exit code: 1 failure, 2 usage, 3 unusable input or codebook, 4 incompatible tallies, 5 findings under
    /// `--strict` or of `check-output`, 130 interrupted (the program says 129 or 143 where another signal ended it).
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Io { .. } | Self::Output(_) => 1,
            Self::Usage(_) => 2,
            Self::Input(_) | Self::Codebook(_) => 3,
            Self::Incompatible(_) => 4,
            Self::Findings(_) => 5,
            Self::Interrupted => 130,
        }
    }
}

/// The value that a closed list has under a name; `what` is what the message calls such a value.
pub(crate) fn one_of<T: Copy>(what: &str, name: &str, known: &[(&'static str, T)]) -> Result<T> {
    known.iter().find(|(known, _)| *known == name).map(|(_, value)| *value).ok_or_else(|| {
        let help = did_you_mean(name, known.iter().map(|(known, _)| *known));
        Error::Usage(format!("unknown {what} `{name}`; {help}"))
    })
}

/// Says which of the known names lies nearest to an unknown one: ``did you mean `actor`?``. When none is near it lists the
/// known ones, of many the first few.
pub fn did_you_mean<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    const MOST_LISTED: usize = 24;
    const OF_MANY: usize = 5;
    let known: Vec<&str> = known.into_iter().collect();
    nearest(unknown, known.iter().copied()).unwrap_or_else(|| {
        if known.len() <= MOST_LISTED {
            return format!("known are {}", known.join(", "));
        }
        format!("known are {} and {} more", known[..OF_MANY].join(", "), known.len() - OF_MANY)
    })
}

/// The nearest known name as a question; `None` when none is near.
pub(crate) fn nearest<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    // Nobody mistypes so much; and the distance takes time by the product of the lengths.
    const LONGEST: usize = 200;
    if unknown.len() > LONGEST {
        return None;
    }
    let (distance, _, name) =
        known.map(|name| (edit_distance(unknown, name), name.len().abs_diff(unknown.len()), name)).min()?;
    (distance <= name.len().max(unknown.len()).div_ceil(3)).then(|| format!("did you mean `{name}`?"))
}

/// Levenshtein distance over lower-cased characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substitution = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substitution.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested_and_a_far_one_is_not() {
        assert_eq!(did_you_mean("aktor", ["actor", "alias"]), "did you mean `actor`?");
        assert_eq!(did_you_mean("zzzzzz", ["actor", "alias"]), "known are actor, alias");
        let groups: Vec<String> = (10..40).map(|number| format!("group {number}")).collect();
        let known = "known are group 10, group 11, group 12, group 13, group 14 and 25 more";
        assert_eq!(did_you_mean("zzzzzz", groups.iter().map(String::as_str)), known);
    }

    #[test]
    fn a_fault_without_a_file_begins_with_what_is_wrong() {
        let fault = Fault { place: Place::default(), what: "no article".into(), help: "name a folder".into() };
        assert_eq!(fault.to_string(), "no article (name a folder)");
    }

    #[test]
    fn a_place_prints_as_editors_expect_it() {
        assert_eq!(Place::at(Path::new("a.csv"), 3, 2).to_string(), "a.csv:3:2");
        assert_eq!(Place::file(Path::new("a.csv")).to_string(), "a.csv");
    }
}
