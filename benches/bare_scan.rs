//! The yardstick: one aho-corasick DFA over the bytes of a file, leftmost-longest, nothing else.
//!
//! `bare_scan PATTERNS FILE...`, one pattern a line; prints the number of matches.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use aho_corasick::{AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use std::error::Error;
use std::io::Read;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let patterns = std::fs::read_to_string(arguments.next().ok_or("usage: bare_scan PATTERNS FILE...")?)?;
    let scanner = AhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(patterns.lines().filter(|line| !line.is_empty()))?;
    let (mut matches, mut buffer) = (0usize, vec![0; 1 << 20]);
    for path in arguments {
        let mut file = std::fs::File::open(path)?;
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            matches += scanner.find_iter(&buffer[..read]).count();
        }
    }
    println!("{matches}");
    Ok(())
}
