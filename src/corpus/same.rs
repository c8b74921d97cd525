//! Whether two articles have the same text: a digest that white space does not change.

use sha2::{Digest, Sha256};

/// The digest of a text, blind to how its words are spaced and where its lines end, and to nothing else. 128 bits: of
/// any number of articles that can be read, no two different texts share one. All zeros for a text without a word.
pub fn text_digest(text: &str) -> [u8; 16] {
    let mut digest = [0; 16];
    if !text.contains(char::is_alphanumeric) {
        return digest;
    }
    let mut hash = Sha256::new();
    for (at, word) in text.trim_start_matches('\u{FEFF}').split_whitespace().enumerate() {
        if at > 0 {
            hash.update(b" ");
        }
        hash.update(word);
    }
    digest.copy_from_slice(&hash.finalize()[..16]);
    digest
}

/// A digest in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_standard_library() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(hex(&bytes), bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    }

    #[test]
    fn white_space_makes_no_difference_and_everything_else_does() {
        let same = text_digest("The road is shut.\n\nNobody passes.");
        for other in ["\u{FEFF}The road is  shut. Nobody passes.\r\n", "\tThe\u{A0}road\nis shut.\nNobody\npasses."] {
            assert_eq!(text_digest(other), same, "{other:?}");
        }
        for other in
            ["the road is shut. Nobody passes.", "The road is shut. Nobody passes!", "Theroad is shut. Nobody passes."]
        {
            assert_ne!(text_digest(other), same, "{other:?}");
        }
    }

    #[test]
    fn a_text_without_a_word_has_no_digest() {
        for text in ["", " \n", "* * *"] {
            assert_eq!(text_digest(text), [0; 16]);
        }
    }
}
