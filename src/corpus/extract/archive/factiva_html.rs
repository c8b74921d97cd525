//! Factiva's web pages: a saved selection of articles, which no reader of single web pages can divide.

use quick_xml::escape::resolve_html5_entity;

use super::super::super::decode::decode;
use super::super::Document;
use super::of_text;

/// The articles of a page that Factiva made; `None` for any other page.
pub(crate) fn factiva_html(bytes: &[u8]) -> Option<Document> {
    memchr::memmem::find(bytes, b"articleParagraph")?;
    let page = decode(bytes.to_vec()).ok()?.text;
    of_text(&lines(&page)).filter(|document| document.archive == Some("factiva"))
}

/// The page as lines: a block is a line, a paragraph stands between blank lines, and cells are separated by tabs.
fn lines(page: &str) -> String {
    let mut out = HtmlLines::default();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        out.text(&rest[..open]);
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = tag_end(rest) else { break };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name_end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || c == '/')).unwrap_or(tag.len());
        let name = tag[..name_end].to_ascii_lowercase();
        match name.as_str() {
            "script" | "style" | "head" => {
                let close = format!("</{name}");
                // no other closing tag ends these
                let at = rest.as_bytes().windows(close.len()).position(|it| it.eq_ignore_ascii_case(close.as_bytes()));
                rest = at.map_or("", |at| &rest[at..]);
            }
            "p" | "/p" => out.paragraph(),
            "br" | "br/" | "div" | "/div" | "tr" | "/tr" | "table" | "/table" | "li" | "/li" | "ul" | "/ul" | "h1"
            | "h2" | "h3" | "h4" | "/h1" | "/h2" | "/h3" | "/h4" | "hr" | "hr/" | "body" | "/body" => out.end_line(),
            "/td" => out.line.push('\t'),
            _ => {}
        }
        if tag[name_end..].contains("Headline") && out.line.trim().is_empty() {
            out.line.push_str("HD\t");
        }
    }
    out.text(rest);
    out.end_line();
    out.done
}

/// The end of a tag: a `>` in quotation marks is none.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at),
            _ => {}
        }
    }
    text.find('>')
}

#[derive(Default)]
struct HtmlLines {
    done: String,
    line: String,
}

impl HtmlLines {
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            self.plain(&rest[..at]);
            let end = rest[at..].find(';').filter(|end| *end <= 32);
            let decoded = end.and_then(|end| entity(&rest[at + 1..at + end]));
            match (end, decoded) {
                (Some(end), Some(decoded)) => {
                    self.line.push_str(&decoded);
                    rest = &rest[at + end + 1..];
                }
                _ => {
                    self.line.push('&');
                    rest = &rest[at + 1..];
                }
            }
        }
        self.plain(rest);
    }

    fn plain(&mut self, text: &str) {
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\n' | '\r' | '\t');
            if !is_blank {
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with([' ', '\t']) {
                self.line.push(' ');
            }
        }
    }

    fn end_line(&mut self) {
        if !self.line.trim().is_empty() {
            self.done.push_str(self.line.trim_end_matches(' '));
            self.done.push('\n');
        }
        self.line.clear();
    }

    fn paragraph(&mut self) {
        // the code before a cell stays on its line
        let is_code = self.line.contains('\t');
        self.end_line();
        if !is_code && !self.done.is_empty() && !self.done.ends_with("\n\n") {
            self.done.push('\n');
        }
    }
}

fn entity(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else { return resolve_html5_entity(name).map(str::to_owned) };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).map(String::from)
}
