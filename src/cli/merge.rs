//! `framescope merge`

use super::tally::print_line;
use super::terminal::tell;
use clap::Args;
use framescope::error::{Error, Place, Result};
use framescope::tally::{Tally, sum};
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Add tallies up
///
/// Reads any number of lines that `framescope tally` or `framescope merge` printed, in any order, and prints one. Tallies
/// that were counted differently, or that have an article in common, are refused (exit code 4). No line at all gives a
/// line that adds nothing.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct MergeTallies {
    /// Files of tallies, one a line; `-` for standard input [default: -]
    #[arg(value_name = "FILE")]
    files: Vec<OsString>,

    /// Refuse another number of records, bad ones included: a partition was lost, or was counted twice
    #[arg(long, value_name = "N")]
    expect_articles: Option<u64>,

    /// Number of threads; 0 takes all processors. It changes the time and nothing else
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

const EXAMPLES: &str = "\
Examples:
  framescope merge parts/*.tally > all.tally
  cat parts/*.tally | framescope merge --expect-articles 120000 > all.tally";

impl MergeTallies {
    pub fn execute(self) -> Result<()> {
        let tally = read(&self.files, self.threads)?;
        if let Some(expected) = self.expect_articles {
            tally.expect_articles(expected)?;
        }
        print_line(&tally)?;
        tell_same_texts(&tally);
        Ok(())
    }
}

/// Articles that are named on standard error.
const SHOWN: usize = 3;

/// Says on standard error which articles have the text of another one: each is counted.
pub fn tell_same_texts(tally: &Tally) {
    let same = tally.same_texts();
    if same.is_empty() {
        return;
    }
    let mut warning = format!("warning: articles with the same text as another (each is counted): {}\n", same.len());
    for (id, first) in same.iter().take(SHOWN) {
        warning += &format!("  `{id}` has the same text as `{first}`\n");
    }
    if same.len() > SHOWN {
        warning += &format!("  and {} more\n", same.len() - SHOWN);
    }
    tell(&warning);
}

/// The sum of the tallies in files; standard input when none is named.
pub fn read(files: &[OsString], threads: usize) -> Result<Tally> {
    let files = if files.is_empty() { vec![OsString::from("-")] } else { files.to_vec() };
    sum(TallyLines { files: files.into_iter(), open: None }, threads)
}

/// The lines of several files, one file open at a time.
struct TallyLines {
    files: std::vec::IntoIter<OsString>,
    open: Option<(Place, Box<dyn BufRead + Send>)>,
}

impl TallyLines {
    fn open(file: &OsStr) -> Result<(Place, Box<dyn BufRead + Send>)> {
        let path = Path::new(file);
        if file == "-" {
            let stdin = BufReader::with_capacity(1 << 20, std::io::stdin());
            return Ok((Place::file(Path::new("<stdin>")), Box::new(stdin)));
        }
        let file = std::fs::File::open(path).map_err(Error::io("read", path))?;
        Ok((Place::file(path), Box::new(BufReader::with_capacity(1 << 20, file))))
    }

    fn line(&mut self) -> Result<Option<(Place, Vec<u8>)>> {
        loop {
            let Some((place, lines)) = &mut self.open else {
                let Some(file) = self.files.next() else { return Ok(None) };
                self.open = Some(Self::open(&file)?);
                continue;
            };
            let mut line = Vec::new();
            let read = lines.read_until(b'\n', &mut line).map_err(Error::io("read", &place.file))?;
            place.line += 1;
            if read > 0 {
                return Ok(Some((place.clone(), line)));
            }
            self.open = None;
        }
    }
}

impl Iterator for TallyLines {
    type Item = Result<(Place, Vec<u8>)>;

    fn next(&mut self) -> Option<Self::Item> {
        self.line().transpose()
    }
}
