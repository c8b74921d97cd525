//! Where an output may go: links lead on, and what a run reads is never replaced.

use super::earlier::Survey;
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// More links than this lead in a circle.
const MOST_LINKS: usize = 40;

/// The place that a path names once its links are followed, the last of which may lead to nothing yet. The folder above
/// it must be there.
pub(super) fn resolve(path: &Path) -> Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        if let Ok(real) = std::fs::canonicalize(&path) {
            return Ok(real);
        }
        let parent = parent(&path);
        match std::fs::read_link(&path) {
            Ok(to) => path = parent.join(to),
            Err(_) => {
                let real = std::fs::canonicalize(&parent).map_err(Error::io("find the folder", &parent))?;
                return Ok(path.file_name().map_or_else(|| real.clone(), |name| real.join(name)));
            }
        }
    }
    Err(Error::Output(format!("cannot write into `{}`: its links lead in a circle", path.display())))
}

/// The folder above a path as it is written.
pub(super) fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Refuses an output that is, or holds, something that the run reads; and, with a survey of it, a folder of articles inside
/// the corpus.
///
/// # Errors
/// Such an output; `--force` does not help.
pub(super) fn refuse_inputs(place: &Path, survey: Option<&Survey>, inputs: &[PathBuf]) -> Result<()> {
    for input in inputs {
        let Ok(real) = std::fs::canonicalize(input) else { continue };
        let relation = if real == place {
            "is read by this run"
        } else if real.starts_with(place) {
            "holds what this run reads"
        } else if place.starts_with(&real)
            && survey.is_some_and(|survey| !survey.is_output && !survey.foreign.is_empty())
        {
            "is a part of what this run reads"
        } else {
            continue;
        };
        return Err(Error::Output(format!(
            "cannot write into `{}`: it {relation} (`{}`), and would be replaced; name another folder with `--output`",
            place.display(),
            input.display()
        )));
    }
    Ok(())
}

/// Refuses a place that is read, or lies in a folder that is: what is read is never replaced, and a new file among articles
/// would be read with them the next time.
///
/// # Errors
/// Such a place; `--force` does not help.
pub(super) fn refuse_read(named: &Path, target: &Path, inputs: &[PathBuf]) -> Result<()> {
    for input in inputs {
        let Ok(real) = std::fs::canonicalize(input) else { continue };
        let (named, input) = (named.display(), input.display());
        if real == target {
            return Err(Error::Output(format!(
                "cannot write `{named}`: this command reads it (`{input}`), and it would be replaced; take another name"
            )));
        }
        if target.starts_with(&real) {
            return Err(Error::Output(format!(
                "cannot write `{named}`: it lies in `{input}`, which this command reads, and would be read with it the next \
                 time; take a place outside"
            )));
        }
    }
    Ok(())
}
