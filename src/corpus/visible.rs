//! Names and other values without what cannot be seen, so that what looks the same is the same.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A value in NFC, without control characters and characters that show nothing, and with one blank for any run of
/// blanks. Joiners between letters stay: words of some scripts need them.
pub(crate) fn visible(value: &str) -> Cow<'_, str> {
    let is_plain = |text: &str| {
        let mut last = 'x';
        text.chars().all(|c| {
            let is_plain = !(is_invisible(c) || c.is_whitespace() && (c != ' ' || last == ' '));
            last = c;
            is_plain
        })
    };
    let is_short_ascii = value.is_ascii() && is_plain(value);
    if is_short_ascii || (is_nfc_quick(value.chars()) == IsNormalized::Yes && is_plain(value)) {
        return Cow::Borrowed(value);
    }
    let mut shown = String::with_capacity(value.len());
    for c in value.nfc().filter(|c| !is_invisible(*c) || c.is_whitespace()) {
        if !c.is_whitespace() {
            shown.push(c);
        } else if !shown.ends_with(' ') {
            shown.push(' ');
        }
    }
    Cow::Owned(shown.trim().to_owned())
}

/// Control characters, soft hyphens, zero-width spaces, marks of direction, byte order marks and tags.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{180E}'
                | '\u{200B}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (value, shown) in [
            ("A\0", "A"),
            ("Tu\u{308}rk Haber", "Türk Haber"),
            ("\u{FEFF}Post\u{200B}", "Post"),
            ("Daily\u{A0}\u{A0}Post\r\nEast", "Daily Post East"),
            ("Daily  Post", "Daily Post"),
            ("The\u{AD} Post", "The Post"),
            ("A\u{1}B", "AB"),
            ("می‌خواهد", "می‌خواهد"),
            ("plain", "plain"),
            ("\u{200B}", ""),
        ] {
            assert_eq!(visible(value), shown, "{value:?}");
        }
    }
}
