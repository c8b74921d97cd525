//! The YAML that dictionaries are written in: categories in categories, and lists of words in either style.

use super::ReadDictionary;

/// A category and how far its line is indented.
struct OpenCategory {
    indent: usize,
    name: String,
}

pub(super) fn read(text: &str) -> ReadDictionary {
    let mut read = ReadDictionary::default();
    let mut open: Vec<OpenCategory> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let mut line = without_remark(line).to_owned();
        // A list in brackets may go on in the next lines.
        while line.contains('[') && !line.contains(']') {
            match lines.next() {
                Some((_, next)) => line += without_remark(next).trim(),
                None => break,
            }
        }
        let mut indent = line.chars().take_while(|c| *c == ' ').count();
        let mut rest = line.trim();
        if rest.is_empty() || rest == "---" || rest == "..." {
            continue;
        }
        let mut is_item = false;
        while let Some(item) = rest.strip_prefix("- ").or_else(|| (rest == "-").then_some("")) {
            indent += rest.len() - item.trim_start().len();
            rest = item.trim();
            is_item = true;
        }
        let own = if is_item { indent.saturating_sub(2) } else { indent };
        match key(rest) {
            Some((name, value)) => {
                while open.last().is_some_and(|last| last.indent >= indent) {
                    open.pop();
                }
                open.push(OpenCategory { indent, name });
                words(&mut read, &open, value);
            }
            None if is_item => {
                // A list may stand as far to the left as the name of its category.
                while open.last().is_some_and(|last| last.indent > own) {
                    open.pop();
                }
                words(&mut read, &open, rest);
            }
            None => read.lost.push(format!("line {}: `{rest}` is neither a category nor a word of one", number + 1)),
        }
    }
    read
}

/// A line without what follows a `#` behind a space.
fn without_remark(line: &str) -> &str {
    if line.trim_start().starts_with('#') {
        return "";
    }
    line.find(" #").map_or(line, |at| &line[..at])
}

/// `name:` and what follows it.
fn key(text: &str) -> Option<(String, &str)> {
    let (name, value) = match text.strip_suffix(':') {
        Some(name) => (name, ""),
        None => text.split_once(": ")?,
    };
    Some((bare(name).to_owned(), value.trim()))
}

fn words(read: &mut ReadDictionary, open: &[OpenCategory], value: &str) {
    let path: Vec<String> = open.iter().map(|open| open.name.clone()).collect();
    let list = value.strip_prefix('[').map_or(value, |value| value.trim_end().trim_end_matches(']'));
    let is_list = list.len() < value.len();
    for word in list.split(|c| is_list && c == ',').map(bare).filter(|word| !word.is_empty()) {
        read.word(&path, word);
    }
}

fn bare(text: &str) -> &str {
    let text = text.trim();
    for mark in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) {
            return inner;
        }
    }
    text
}
