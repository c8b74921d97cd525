//! `framescope merge`

use super::tally::print_line;
use clap::Args;
use framescope::error::{Error, Place, Result};
use framescope::tally::Tally;
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
pub struct Merge {
    /// Files of tallies, one a line; `-` for standard input [default: -]
    #[arg(value_name = "FILE")]
    files: Vec<OsString>,

    /// Refuse another number of records than this: a partition was lost, or was counted twice
    #[arg(long, value_name = "N")]
    expect_articles: Option<u64>,
}

const EXAMPLES: &str = "\
Examples:
  framescope merge parts/*.tally > all.tally
  cat parts/*.tally | framescope merge --expect-articles 120000 > all.tally";

impl Merge {
    pub fn execute(self) -> Result<()> {
        let tally = read(&self.files)?;
        if let Some(expected) = self.expect_articles {
            tally.expect_articles(expected)?;
        }
        print_line(&tally)
    }
}

/// The sum of the tallies in files; standard input when none is named.
pub fn read(files: &[OsString]) -> Result<Tally> {
    let stdin = [OsString::from("-")];
    let files = if files.is_empty() { &stdin } else { files };
    files.iter().try_fold(Tally::default(), |tally, file| add_file(tally, file))
}

fn add_file(mut tally: Tally, file: &OsStr) -> Result<Tally> {
    let path = Path::new(file);
    let mut lines: Box<dyn BufRead> = if file == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::with_capacity(1 << 20, std::fs::File::open(path).map_err(Error::io("read", path))?))
    };
    let mut place = Place::file(path);
    let mut line = String::new();
    loop {
        line.clear();
        place.line += 1;
        match lines.read_line(&mut line) {
            Ok(0) => return Ok(tally),
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                return Err(Error::input(place, "broken tally: not UTF-8", "unpack the file first if it is packed"));
            }
            Err(error) => return Err(Error::io("read", path)(error)),
        }
        let text = line.trim();
        if !text.is_empty() {
            tally = tally.add(text, &place)?;
        }
    }
}
