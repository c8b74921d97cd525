//! A coding sheet in the forms in which people fill it in: a page of its own ([`page()`]).
//!
//! Comes in: the sheet as a table, and the codes that may be written into its columns. Goes out: text; no file is touched.
//! Every form has the same columns and codes, and gives the same answers back (`docs/coding-format.md`).

mod html;

pub use html::page;

/// A sheet, whatever it is written as.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// What the sheet is called: the name of its CSV file, without the extension.
    pub name: String,
    /// `hits`, `actors`, `roles`, `misses` or `zones`.
    pub kind: String,
    pub header: Vec<String>,
    /// One row an item, as many cells as the header has; cells to fill are empty, or hold what was answered before.
    pub rows: Vec<Vec<String>>,
    pub codes: Vec<Code>,
    /// What names in the sheet mean: definitions of frames by their names.
    pub about: Vec<(String, String)>,
}

/// What may be written into a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub column: String,
    pub code: String,
    pub label: String,
    pub meaning: String,
}

/// The columns that a person fills in.
const TO_FILL: [&str; 11] =
    ["right_sense", "voice", "speaker", "agent", "target", "actor", "missed_frames", "terms", "zone", "note", "coder"];

impl Form {
    /// The columns of this sheet that a person fills in.
    fn to_fill(&self) -> impl Iterator<Item = &str> {
        self.header.iter().map(String::as_str).filter(|name| TO_FILL.contains(name))
    }
}
