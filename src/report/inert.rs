//! Text from a corpus on its way into files that people open.

use crate::error::turns_around;

/// Each direction mark, each control but line breaks and tabs, and the two that XML cannot hold become a space: as many
/// characters as before, and places in the text stay where they are.
pub(super) fn inert(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let is_bad = |c: char| {
        // Most are of these: told apart at once, and copied together, workbook and page need a thirtieth less.
        !matches!(c, ' '..='~')
            && (turns_around(c)
                || c.is_control() && !matches!(c, '\n' | '\r' | '\t')
                || matches!(c, '\u{FFFE}' | '\u{FFFF}'))
    };
    let mut out = String::with_capacity(text.len());
    for (at, piece) in text.split(is_bad).enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(piece);
    }
    out
}

/// At most so many characters, the last one an ellipsis when some are missing.
pub(super) fn clip(text: &str, most: usize) -> String {
    if text.len() <= most || text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_its_places_and_turns_nothing_around() {
        assert_eq!(inert("a\u{202E}é\n\u{7}\u{FFFF}"), "a é\n  ");
        assert_eq!(clip("abcdef", 4), "abc…");
    }
}
