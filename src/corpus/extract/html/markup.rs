//! Whether a text is markup: a page or a piece of one in a place where plain text is expected.

use super::tags::ElementTag;

/// Tags of blocks that make a text markup.
const ENOUGH: usize = 2;
/// How much of a text is looked at.
const SAMPLE_BYTES: usize = 1 << 14;

/// Whether a text is written in HTML: it has tags of blocks or line ends, not only a `<` somewhere.
pub(super) fn is_markup(text: &str) -> bool {
    tags(text).take(ENOUGH).count() == ENOUGH
}

/// Whether it is a whole page.
pub(super) fn is_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(512).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html")
        || start.contains("<html")
        || start.contains("<head>")
        || start.contains("<body")
}

/// The start and end tags of blocks and of `br`.
fn tags(text: &str) -> impl Iterator<Item = ElementTag> {
    let sample = &text.as_bytes()[..text.len().min(SAMPLE_BYTES)];
    memchr::memchr_iter(b'<', sample).filter_map(|at| {
        let rest = &sample[at + 1..];
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        let length = rest.iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let is_ended = rest.get(length).is_some_and(|byte| b"> /\t\n\r".contains(byte));
        let tag = ElementTag::of(&rest[..length].to_ascii_lowercase());
        (is_ended && (tag.is_block() || tag == super::tags::BR)).then_some(tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_reported_from_text_with_a_sign() {
        for markup in ["<p>a</p>", "a<br>b<br/>c", "<div class=x>a</DIV>", "<!DOCTYPE html><html><body>a"] {
            assert!(is_markup(markup), "{markup}");
        }
        for text in ["", "a < b and b > c", "<b>bold</b> <i>words</i>", "1 <p", "see <http://a.example> <p", "a <br> b"]
        {
            assert!(!is_markup(text), "{text}");
        }
        assert!(is_page(" <!DOCTYPE HTML><p>") && is_page("<html lang=en>") && !is_page("<p>a</p>"));
    }
}
