//! HTML tags inside a text: what they leave of it.

use memchr::{memchr2, memmem};

/// What a tag stands for, and how many bytes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MarkupTag {
    pub effect: TagEffect,
    pub bytes: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagEffect {
    /// The text goes on: emphasis, links.
    Nothing,
    LineBreak,
    Paragraph,
    QuoteBegins,
    QuoteEnds,
}

/// Elements whose text is not read: programs, styles, what stands in the head of a page, fields and buttons.
#[rustfmt::skip]
const UNREAD: &[&str] = &[
    "button", "head", "iframe", "noscript", "option", "script", "select", "style", "svg", "template", "textarea", "title",
];

#[rustfmt::skip]
const PARAGRAPHS: &[&str] = &[
    "address", "article", "aside", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
];

#[rustfmt::skip]
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "dfn", "em", "embed", "font", "i", "img", "input", "ins",
    "kbd", "label", "link", "mark", "meta", "object", "picture", "q", "s", "small", "source", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "video", "wbr",
];

/// No tag is longer: an address among its attributes may be long.
const MAX_TAG_BYTES: usize = 4096;

/// Reads tags one after the other, from the beginning of a text to its end.
#[derive(Debug, Default)]
pub(super) struct MarkupTags {
    /// Elements of which it is known that the rest of the text does not close them, one bit each.
    never_closed: u32,
}

impl MarkupTags {
    /// The tag at the beginning of `rest`, together with the text of an element that is not read.
    pub fn read(&mut self, rest: &str) -> Option<MarkupTag> {
        let bytes = rest.as_bytes();
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = memmem::find(&comment.as_bytes()[..comment.len().min(MAX_TAG_BYTES)], b"-->")?;
            return Some(MarkupTag { effect: TagEffect::Nothing, bytes: end + 7 });
        }
        let is_closing = bytes.get(1) == Some(&b'/');
        let from = if is_closing { 2 } else { 1 };
        let letters = bytes[from.min(bytes.len())..].iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric());
        let length = letters.count();
        let name = rest.get(from..from + length)?.to_ascii_lowercase();
        let is_declaration = rest.len() > 9 && rest.as_bytes()[..9].eq_ignore_ascii_case(b"<!doctype");
        if !is_declaration && !matches!(bytes.get(from + length), Some(b' ' | b'>' | b'/' | b'\n' | b'\t' | b'\r')) {
            return None;
        }
        let end = tag_end(bytes)?;
        let known = |list: &[&str]| list.binary_search(&name.as_str()).is_ok();
        let effect = match name.as_str() {
            "br" => TagEffect::LineBreak,
            "blockquote" if is_closing => TagEffect::QuoteEnds,
            "blockquote" => TagEffect::QuoteBegins,
            _ if is_declaration || known(PARAGRAPHS) => TagEffect::Paragraph,
            _ if known(INLINE) => TagEffect::Nothing,
            _ if known(UNREAD) => {
                let inside = if is_closing { 0 } else { self.unread(&rest[end..], &name) };
                return Some(MarkupTag { effect: TagEffect::Paragraph, bytes: end + inside });
            }
            _ => return None,
        };
        Some(MarkupTag { effect, bytes: end })
    }

    /// How many bytes lie up to and with the tag that closes an element that is not read; none if nothing closes it.
    fn unread(&mut self, rest: &str, name: &str) -> usize {
        let bit = 1 << UNREAD.binary_search(&name).unwrap_or_default();
        if self.never_closed & bit != 0 {
            return 0;
        }
        let closes = |at: &usize| {
            let tag = rest.as_bytes().get(at + 2..at + 2 + name.len());
            tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
        };
        match memmem::find_iter(rest.as_bytes(), b"</").find(closes) {
            Some(at) => at + tag_end(&rest.as_bytes()[at..]).unwrap_or(2),
            None => {
                self.never_closed |= bit;
                0
            }
        }
    }
}

/// Behind the `>` of the tag that begins here. A `<` before it, outside quotation marks, and this is no tag.
fn tag_end(bytes: &[u8]) -> Option<usize> {
    let bytes = &bytes[..bytes.len().min(MAX_TAG_BYTES)];
    let mut at = 1;
    let mut marks = 0;
    while let Some(found) = memchr2(b'<', b'>', &bytes[at..]) {
        marks += bytes[at..at + found].iter().filter(|byte| **byte == b'"').count();
        let sign = bytes[at + found];
        at += found + 1;
        // Inside an attribute's value either may stand.
        if marks % 2 == 0 {
            return (sign == b'>').then_some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_reported_from_signs() {
        assert!([UNREAD, PARAGRAPHS, INLINE].iter().all(|list| list.is_sorted()));
        for (text, expected) in [
            ("<p>x", Some((TagEffect::Paragraph, 3))),
            ("</P >x", Some((TagEffect::Paragraph, 5))),
            ("<br/>x", Some((TagEffect::LineBreak, 5))),
            ("<a href=\"x>y\">z</a>", Some((TagEffect::Nothing, 14))),
            ("<script>a < b</script>x", Some((TagEffect::Paragraph, 22))),
            ("<script>a < b", Some((TagEffect::Paragraph, 8))),
            ("<!-- a --> b", Some((TagEffect::Nothing, 10))),
            ("<!DOCTYPE html>", Some((TagEffect::Paragraph, 15))),
            ("<blockquote class=x>y", Some((TagEffect::QuoteBegins, 20))),
            ("< 3", None),
            ("<3", None),
            ("<unknown>", None),
            ("<p", None),
            ("<b <b>", None),
            ("<", None),
        ] {
            let tag = MarkupTags::default().read(text);
            assert_eq!(tag.map(|tag| (tag.effect, tag.bytes)), expected, "{text}");
        }
    }
}
