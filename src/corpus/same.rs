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
    let mut rest = text.trim_start_matches('\u{FEFF}').trim();
    while !rest.is_empty() {
        let (stretch, behind) = rest.split_at(evenly_spaced(rest));
        hash.update(stretch.trim_end());
        rest = behind.trim_start();
        if !rest.is_empty() {
            hash.update(b" ");
        }
    }
    digest.copy_from_slice(&hash.finalize()[..16]);
    digest
}

/// How far a text goes on whose words are parted by one space each, perhaps with another space behind it. Most of a text
/// is such: it is hashed as it stands.
fn evenly_spaced(text: &str) -> usize {
    let bytes = text.as_bytes();
    // With these bytes spaces outside ASCII begin, and other characters.
    let may_be_space = |byte: u8| byte.wrapping_sub(b'\t') < 5 || byte == 0xC2 || byte.wrapping_sub(0xE1) < 3;
    let is_uneven = |at: usize| match bytes[at] {
        b' ' => at > 0 && bytes[at - 1] == b' ',
        byte => may_be_space(byte) && text[at..].starts_with(char::is_whitespace),
    };
    for from in (0..bytes.len()).step_by(BLOCK) {
        let end = bytes.len().min(from + BLOCK);
        // Without a branch: most blocks have nothing to look at.
        let spaces = bytes[from.saturating_sub(1)..end].windows(2);
        let doubled = spaces.fold(false, |any, pair| any | ((pair[0] == b' ') & (pair[1] == b' ')));
        let suspicious = bytes[from..end].iter().fold(doubled, |any, byte| any | may_be_space(*byte));
        if suspicious && let Some(at) = (from..end).find(|at| is_uneven(*at)) {
            return at;
        }
    }
    bytes.len()
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// A digest in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    let mut text = String::with_capacity(2 * bytes.len());
    bytes.iter().for_each(|byte| text.extend([digit(byte >> 4), digit(byte & 15)]));
    text
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

    proptest::proptest! {
        #[test]
        fn it_is_the_digest_of_the_words_parted_by_single_spaces(text in "\u{FEFF}?[ \t\r\n\u{85}\u{A0}\u{2003}\u{3000}\u{200B}a\u{C9}\u{1681}\u{201C}]{0,30}a?") {
            let words: Vec<&str> = text.trim_start_matches('\u{FEFF}').split_whitespace().collect();
            let expected = if text.contains(char::is_alphanumeric) { Sha256::digest(words.join(" "))[..16].to_vec() } else { vec![0; 16] };
            proptest::prop_assert_eq!(text_digest(&text).to_vec(), expected);
        }
    }

    #[test]
    fn a_text_without_a_word_has_no_digest() {
        for text in ["", " \n", "* * *"] {
            assert_eq!(text_digest(text), [0; 16]);
        }
    }
}
