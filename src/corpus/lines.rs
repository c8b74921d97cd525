//! A stream cut into whole lines, a block of them at a time, in bounded memory.

use std::io::Read;

use memchr::{memchr, memchr_iter, memrchr};

use super::compressed::ByteStream;

/// A stream that is being cut.
pub(crate) struct LineSource {
    stream: ByteStream,
    /// The start of a line whose end was not read yet.
    carry: Vec<u8>,
    next_line: u64,
    is_done: bool,
    /// Why the stream ended before its end; what came before is given first.
    error: Option<std::io::Error>,
    max_line_bytes: u64,
}

/// Whole lines.
#[derive(Debug)]
pub(crate) struct RawLines {
    pub first_line: u64,
    pub bytes: Vec<u8>,
    /// Lines before these that were too long to be kept.
    pub too_long: Vec<u64>,
}

impl LineSource {
    pub fn new(stream: ByteStream, max_line_bytes: u64) -> Self {
        Self { stream, carry: Vec::new(), next_line: 1, is_done: false, error: None, max_line_bytes }
    }

    /// The next lines, about as many bytes of them as asked for; a longer line comes whole unless it is beyond the
    /// limit. `None` at the end.
    ///
    /// # Errors
    ///
    /// An unreadable stream.
    pub fn next_lines(&mut self, block_bytes: u64) -> std::io::Result<Option<RawLines>> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        if self.is_done {
            return Ok(None);
        }
        let mut too_long = Vec::new();
        let mut bytes = Vec::with_capacity(usize::try_from(block_bytes.min(1 << 26)).unwrap_or(0) + self.carry.len());
        bytes.append(&mut self.carry);
        let end = loop {
            let read_before = bytes.len();
            let wanted = block_bytes.saturating_sub(read_before as u64).max(block_bytes.div_ceil(4)).max(1);
            let wanted = wanted.min(self.max_line_bytes.max(1 << 16));
            let read = self.stream.by_ref().take(wanted).read_to_end(&mut bytes);
            if let Err(error) = read {
                self.is_done = true;
                self.error = Some(error);
                break memrchr(b'\n', &bytes).map_or(0, |newline| newline + 1);
            } else if bytes.len() == read_before {
                self.is_done = true;
                break bytes.len();
            }
            if let Some(newline) = memrchr(b'\n', &bytes[read_before..]) {
                break read_before + newline + 1;
            }
            if bytes.len() as u64 > self.max_line_bytes {
                too_long.push(self.next_line);
                self.next_line += 1;
                self.drop_line(&mut bytes)?;
                if let Some(newline) = memrchr(b'\n', &bytes) {
                    break newline + 1;
                }
            }
        };
        if bytes.is_empty() && too_long.is_empty() && self.error.is_none() {
            return Ok(None);
        }
        self.carry = bytes.split_off(end);
        let first_line = self.next_line;
        self.next_line += memchr_iter(b'\n', &bytes).count() as u64;
        Ok(Some(RawLines { first_line, bytes, too_long }))
    }

    /// Reads to the end of a line without keeping it; leaves what was read after it.
    fn drop_line(&mut self, bytes: &mut Vec<u8>) -> std::io::Result<()> {
        loop {
            *bytes = Vec::new();
            if self.stream.by_ref().take(1 << 16).read_to_end(bytes)? == 0 {
                return Ok(());
            }
            if let Some(newline) = memchr(b'\n', bytes) {
                bytes.drain(..=newline);
                return Ok(());
            }
        }
    }
}

impl RawLines {
    /// The lines with their numbers, without blanks around them; empty ones are left out.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let lines = self.bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        (self.first_line..).zip(lines).filter(|(_, line)| !line.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn a_line_beyond_the_limit_is_dropped_and_the_others_keep_their_numbers() {
        let long = "x".repeat(300_000);
        let text = format!("one\n{long}\nthree\n\n{long}\n{long}\nseven\n{long}");
        for block_bytes in [1, 100, 1 << 20] {
            let mut source = LineSource::new(Box::new(Cursor::new(text.clone().into_bytes())), 1000);
            let (mut kept, mut dropped) = (Vec::new(), Vec::new());
            while let Some(lines) = source.next_lines(block_bytes).unwrap() {
                dropped.extend_from_slice(&lines.too_long);
                for (number, line) in lines.iter() {
                    if line.len() > 1000 {
                        dropped.push(number);
                    } else {
                        kept.push((number, String::from_utf8_lossy(line).into_owned()));
                    }
                }
            }
            assert_eq!(kept, [(1, "one".to_owned()), (3, "three".to_owned()), (7, "seven".to_owned())]);
            assert_eq!(dropped, [2, 5, 6, 8], "{block_bytes}");
        }
    }
}
