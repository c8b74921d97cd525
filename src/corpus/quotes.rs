//! Quotes of CSV that never close: without this test one forgotten quote swallows the rest of a table in silence.

use memchr::memchr;

/// Follows the quotes of CSV through bytes that come in any pieces.
#[derive(Debug, Clone)]
pub(crate) struct Quotes {
    delimiter: u8,
    state: QuoteState,
    /// The last byte seen; a line feed before the first one.
    last: u8,
    seen_bytes: u64,
    opened_at: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum QuoteState {
    Outside,
    Inside,
    /// After a quote inside: closed, unless the next byte is another one.
    Closing,
}

impl Quotes {
    pub fn new(delimiter: u8) -> Self {
        Self { delimiter, state: QuoteState::Outside, last: b'\n', seen_bytes: 0, opened_at: 0 }
    }

    pub fn feed(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while at < bytes.len() {
            if self.state == QuoteState::Closing {
                if bytes[at] == b'"' {
                    self.state = QuoteState::Inside;
                    at += 1;
                    continue;
                }
                self.state = QuoteState::Outside;
            }
            let Some(distance) = memchr(b'"', &bytes[at..]) else { break };
            let quote = at + distance;
            match self.state {
                QuoteState::Outside => {
                    let before = if quote == 0 { self.last } else { bytes[quote - 1] };
                    if before == self.delimiter || before == b'\n' || before == b'\r' {
                        self.state = QuoteState::Inside;
                        self.opened_at = self.seen_bytes + quote as u64;
                    }
                }
                QuoteState::Inside => self.state = QuoteState::Closing,
                QuoteState::Closing => {}
            }
            at = quote + 1;
        }
        self.last = bytes.last().copied().unwrap_or(self.last);
        self.seen_bytes += bytes.len() as u64;
    }

    /// Where the quote stands that is open at the end of what was seen, in bytes from the start.
    pub fn open_byte(&self) -> Option<u64> {
        match self.state {
            QuoteState::Inside => Some(self.opened_at),
            QuoteState::Outside | QuoteState::Closing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_quote_is_open_when_it_began_a_field_and_never_ended() {
        for (text, open) in [
            ("", None),
            ("a,b\n", None),
            ("\"a\",b\n", None),
            ("a,\"b\n", Some(2)),
            ("\"a\"\"b\"\n", None),
            ("\"a\"\"\n", Some(0)),
            ("a,5\" gun\n", None),
            ("\"a\nb\",c\n\"d\ne,f\n", Some(8)),
            ("\"", Some(0)),
            ("\"\"", None),
            ("\"\"\"", Some(0)),
            ("a\r\"b", Some(2)),
            ("\"a\"b\"c\n", None),
        ] {
            let mut quotes = Quotes::new(b',');
            quotes.feed(text.as_bytes());
            assert_eq!(quotes.open_byte(), open, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn pieces_make_no_difference(text in "[\",\na]{0,40}", cuts in prop::collection::vec(0usize..40, 0..5)) {
            let bytes = text.as_bytes();
            let mut whole = Quotes::new(b',');
            whole.feed(bytes);
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let mut pieces = Quotes::new(b',');
            for pair in cuts.windows(2) {
                pieces.feed(&bytes[pair[0]..pair[1]]);
            }
            prop_assert_eq!(pieces.open_byte(), whole.open_byte());
        }
    }
}
