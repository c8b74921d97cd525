//! How an entry of several words goes on after its first: a filter before they are compared letter by letter.

/// The second and third byte after a first word, mostly the first letters of the next one: one bit for several pairs of
/// bytes. "the" begins many words of a text that begin no entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NextWords(u64);

impl NextWords {
    /// Also lets pass what goes on with `rest`, in which hyphens are spaces; nothing for an entry of one word.
    #[must_use]
    pub fn with(self, rest: &[u8]) -> Self {
        match rest {
            [] => self,
            [_, first, second, ..] => Self(self.0 | 1 << bit(*first, *second)),
            // Anything may follow its end.
            [_] | [_, _] => Self(!0),
        }
    }

    /// Whether an entry may go on in a text behind its first `word` bytes.
    #[inline]
    pub fn may_follow(self, text: &[u8], word: usize) -> bool {
        match text.get(word + 1..word + 3) {
            Some([first, second]) => self.0 >> bit(spaced(*first), spaced(*second)) & 1 == 1,
            // The text ends: no entry that goes on further is in it.
            _ => self.0 == !0,
        }
    }
}

/// Pairs whose first or second letters are near each other in the alphabet have different bits.
fn bit(first: u8, second: u8) -> u32 {
    u32::from(first.wrapping_mul(11).wrapping_add(second) & 63)
}

/// A hyphen is a space.
pub(super) fn spaced(byte: u8) -> u8 {
    if byte == b'-' { b' ' } else { byte }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_entry_that_goes_on_is_held_back(rests in proptest::collection::vec("[ ab]{0,4}", 0..4), text in "[ ab-]{0,6}") {
            let words = rests.iter().fold(NextWords::default(), |words, rest| words.with(rest.as_bytes()));
            let spaced: String = text.replace('-', " ");
            let goes_on = rests.iter().any(|rest| !rest.is_empty() && spaced.starts_with(rest.as_str()));
            let text = format!("x{text}");
            prop_assert!(words.may_follow(text.as_bytes(), 1) || !goes_on);
        }
    }

    #[test]
    fn other_words_are_held_back() {
        let words = NextWords::default().with(b" republic").with(b"");
        let follows = [" republic", " repeat", "-republic", " region", " army", "", "s"]
            .map(|text| words.may_follow(text.as_bytes(), 0));
        assert_eq!(follows, [true, true, true, true, false, false, false]);
    }
}
