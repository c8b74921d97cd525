//! Many lines into one tally, by several threads: each adds up lines of its own, and their sums are added at the end.

use super::Tally;
use crate::error::{Error, Place, Result};
use crate::threads::{number, on_threads};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Each thread holds groups and vocabulary once more, and adding the sums up takes longer than it saves.
const MOST_THREADS: usize = 8;

/// The sum of lines, each with its place. Empty lines are nothing. `threads` of 0 are all processors; their number changes
/// the time and nothing else.
///
/// # Errors
/// That of the first line that cannot be had or added; see [`Tally::add`].
pub fn sum<L>(lines: L, threads: usize) -> Result<Tally>
where
    L: Iterator<Item = Result<(Place, Vec<u8>)>> + Send,
{
    let lines = Mutex::new(lines.enumerate());
    let halted = AtomicBool::new(false);
    let work = || {
        let mut tally = Tally::default();
        while !halted.load(Ordering::Relaxed) {
            let Some((number, line)) = lines.lock().ok().and_then(|mut lines| lines.next()) else { break };
            match line.and_then(|(place, line)| add(tally, &line, &place)) {
                Ok(sum) => tally = sum,
                Err(error) => {
                    // Every line before this one is in some thread's hands already, so the first error is among theirs.
                    halted.store(true, Ordering::Relaxed);
                    return Err((number, error));
                }
            }
        }
        Ok(tally)
    };
    let results = on_threads(number(threads).min(MOST_THREADS), work)?;
    let mut sums = Vec::new();
    let mut errors = Vec::new();
    for result in results {
        match result {
            Ok(tally) => sums.push(tally),
            Err(error) => errors.push(error),
        }
    }
    if let Some((_, error)) = errors.into_iter().min_by_key(|error| error.0) {
        return Err(error);
    }
    let mut sums = sums.into_iter();
    let first = sums.next().unwrap_or_default();
    sums.try_fold(first, Tally::merge)
}

fn add(tally: Tally, line: &[u8], place: &Place) -> Result<Tally> {
    match std::str::from_utf8(line) {
        Ok(line) if line.trim().is_empty() => Ok(tally),
        Ok(line) => tally.add(line.trim(), place),
        Err(_) => Err(Error::input(place.clone(), "broken tally: not UTF-8", "unpack the file first if it is packed")),
    }
}
