//! A stream that is followed while the CSV parser reads it, for what the parser does not tell.

use std::collections::VecDeque;
use std::io::Read;

use memchr::memchr_iter;

use super::quotes::Quotes;

/// Follows quotes and lines.
pub(crate) struct Watched<R> {
    inner: R,
    pub quotes: Quotes,
    /// First byte and number of each line that is not empty, from the last one asked for.
    lines: VecDeque<(u64, u64)>,
    at_line_start: bool,
    line: u64,
    seen_bytes: u64,
}

impl<R> Watched<R> {
    pub fn new(inner: R, delimiter: u8) -> Self {
        let quotes = Quotes::new(delimiter);
        Self { inner, quotes, lines: VecDeque::new(), at_line_start: true, line: 1, seen_bytes: 0 }
    }

    /// The first line that is not empty at or after a byte: where a record really begins, since the parser counts the
    /// empty lines before it, and the second half of a CR LF, as part of it. Bytes must be asked for in rising order.
    pub fn line_from(&mut self, byte: u64) -> u64 {
        while self.lines.front().is_some_and(|(start, _)| *start < byte) {
            self.lines.pop_front();
        }
        self.lines.front().map_or(self.line, |(_, line)| *line)
    }

    fn follow(&mut self, bytes: &[u8]) {
        self.quotes.feed(bytes);
        let mut start = 0;
        for end in memchr_iter(b'\n', bytes).map(|newline| newline + 1).chain([bytes.len()]) {
            let is_empty = matches!(bytes.get(start), None | Some(b'\n' | b'\r'));
            if self.at_line_start && !is_empty {
                self.lines.push_back((self.seen_bytes + start as u64, self.line));
            }
            if end > start {
                self.at_line_start = bytes[end - 1] == b'\n';
                self.line += u64::from(self.at_line_start);
            }
            start = end;
        }
        self.seen_bytes += bytes.len() as u64;
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.follow(&buffer[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_begins_at_the_first_line_with_something_in_it() {
        let text = b"a,b\r\n\r\n\nc,d\n\"e\nf\",g\n";
        for piece_bytes in 1..text.len() {
            let mut watched = Watched::new(std::io::empty(), b',');
            for piece in text.chunks(piece_bytes) {
                watched.follow(piece);
            }
            let lines = [0, 4, 12, 13, 99].map(|byte| watched.line_from(byte));
            assert_eq!(lines, [1, 4, 5, 6, 7], "pieces of {piece_bytes}");
        }
    }
}
