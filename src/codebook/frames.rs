//! `frames.csv`: the frames that terms belong to.

use super::rows::CsvFile;
use crate::error::Fault;
use std::collections::HashMap;

#[derive(Debug, Clone)]
pub struct Frame {
    pub code: String,
    pub name: String,
    pub definition: String,
    pub line: u64,
}

const COLUMNS: [&str; 3] = ["frame", "name", "definition"];

pub(super) fn parse(file: &CsvFile, faults: &mut Vec<Fault>) -> Vec<Frame> {
    let rows = file.rows(&COLUMNS, 2, faults);
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut frames = Vec::new();
    for row in &rows {
        // A frame with a fault is known all the same, so that its terms are no second one.
        let code = row.code(file, 0, "frame", faults).unwrap_or_else(|| row.take(0));
        let name = row.filled(file, 1, "name", faults).unwrap_or_default();
        if let Some(line) = seen.insert(code.clone(), row.line) {
            faults.push(row.fault(file, 0, format!("frame `{code}` stands twice"), format!("first in line {line}")));
            continue;
        }
        frames.push(Frame { code, name: name.to_owned(), definition: row.take(2), line: row.line });
    }
    frames
}
