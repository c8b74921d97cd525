//! Containers in UTF-16 are made UTF-8 while they stream, and a byte order mark is taken off.

use std::io::{Cursor, Read};

use encoding_rs::{Decoder, Encoding, UTF_8};

use super::compressed::ByteStream;
use super::decode::{SAMPLE_BYTES, utf16};

/// The first bytes of a stream, for decisions about the whole.
pub(crate) fn start(stream: &mut ByteStream) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    stream.take(SAMPLE_BYTES as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// A container's bytes as UTF-8 (or an older encoding, which is decoded record by record), without a byte order mark,
/// and the encoding it was in. Takes what was read already and the rest.
pub(crate) fn as_utf8(mut start: Vec<u8>, stream: ByteStream) -> (ByteStream, &'static Encoding) {
    if let Some(encoding) = utf16(&start) {
        let inner: ByteStream = Box::new(Cursor::new(start).chain(stream));
        let decoder = encoding.new_decoder_with_bom_removal();
        return (Box::new(Transcoder { inner, decoder, text: Vec::new(), given: 0, is_done: false }), encoding);
    }
    if start.starts_with(b"\xEF\xBB\xBF") {
        start.drain(..3);
    }
    (Box::new(Cursor::new(start).chain(stream)), UTF_8)
}

struct Transcoder {
    inner: ByteStream,
    decoder: Decoder,
    text: Vec<u8>,
    /// How much of `text` was handed on.
    given: usize,
    is_done: bool,
}

impl Transcoder {
    fn refill(&mut self) -> std::io::Result<()> {
        let mut bytes = Vec::new();
        self.inner.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut bytes)?;
        self.is_done = bytes.is_empty();
        self.text.resize(self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16), 0);
        let (_, _, written, _) = self.decoder.decode_to_utf8(&bytes, &mut self.text, self.is_done);
        self.text.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl Read for Transcoder {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.given == self.text.len() && !self.is_done {
            self.refill()?;
        }
        let count = buffer.len().min(self.text.len() - self.given);
        buffer[..count].copy_from_slice(&self.text[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_utf8(bytes: Vec<u8>) -> (ByteStream, &'static Encoding) {
        let mut stream: ByteStream = Box::new(Cursor::new(bytes));
        let first = start(&mut stream).unwrap();
        super::as_utf8(first, stream)
    }

    #[test]
    fn a_container_of_any_unicode_form_streams_the_same_text() {
        let text = "{\"text\": \"Степанакерт, “held” 𝒜\"}\n".repeat(9_000);
        let utf16 = |swap: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            format!("{mark}{text}").encode_utf16().flat_map(swap).collect()
        };
        for (bytes, encoding) in [
            (text.clone().into_bytes(), "UTF-8"),
            (format!("\u{FEFF}{text}").into_bytes(), "UTF-8"),
            (utf16(u16::to_le_bytes, "\u{FEFF}"), "UTF-16LE"),
            (utf16(u16::to_be_bytes, "\u{FEFF}"), "UTF-16BE"),
            (utf16(u16::to_le_bytes, ""), "UTF-16LE"),
        ] {
            let (mut stream, found) = as_utf8(bytes);
            let mut read = String::new();
            stream.read_to_string(&mut read).unwrap();
            assert_eq!(found.name(), encoding);
            assert!(read == text);
        }
    }

    #[test]
    fn a_broken_end_becomes_a_replacement_character() {
        let (mut stream, _) = as_utf8(b"\xFF\xFEa\0b".to_vec());
        let mut read = String::new();
        stream.read_to_string(&mut read).unwrap();
        assert_eq!(read, "a\u{FFFD}");
    }
}
