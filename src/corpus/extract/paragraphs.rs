//! Paragraphs as a document's reader comes to them, one inside another where a text box stands in a paragraph.

/// The paragraphs so far, and those that are open.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    text: String,
    open: Vec<String>,
}

impl Paragraphs {
    pub fn begin(&mut self) {
        self.open.push(String::new());
    }

    /// Adds text to the innermost open paragraph, or begins one.
    pub fn push(&mut self, text: &str) {
        if self.open.is_empty() {
            self.open.push(String::new());
        }
        if let Some(open) = self.open.last_mut() {
            open.push_str(text);
        }
    }

    /// Whether the innermost paragraph has no text yet.
    pub fn is_at_start(&self) -> bool {
        self.open.last().is_none_or(|open| open.trim().is_empty())
    }

    /// Whether a blank at the end of the innermost paragraph would be one too many.
    pub fn ends_blank(&self) -> bool {
        self.open.last().is_none_or(|open| open.is_empty() || open.ends_with([' ', '\n']))
    }

    /// Ends the innermost paragraph. Paragraphs stand between blank lines; an empty one is none.
    pub fn end(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        let paragraph = paragraph.trim();
        if !paragraph.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(paragraph);
        }
    }

    /// Drops the innermost paragraph.
    pub fn drop_open(&mut self) {
        self.open.pop();
    }

    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.text
    }
}
