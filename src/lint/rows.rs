//! Rows that stand twice in the files without codes (zones, cues, abbreviations), and contested names that are ordinary
//! words.

use super::{CodebookFiles, Finding, LintKind};
use crate::codebook::{Codebook, CueForm};
use crate::normalise::fold::fold_key;
use std::collections::HashMap;

pub(super) fn check(codebook: &Codebook, files: CodebookFiles<'_>, findings: &mut Vec<Finding>) {
    for variant in codebook.variants.iter().filter(|variant| variant.is_unconditional_word()) {
        let what = format!("`{}` is an ordinary word without a condition: it counts wherever it stands", variant.term);
        let help =
            "name actors in `near`, days in `from` and `to`, or write `true` in `alone` if it means nothing else";
        findings.push(files.finding(LintKind::Ordinary, ("pairs.csv", variant.line), what, help));
    }
    let mut zones = SeenRows::new("zones.csv", files);
    for row in &codebook.zones {
        findings.extend(zones.row(
            format!("{} {}", row.scope.name(), row.pattern),
            &row.pattern,
            row.zone.name(),
            row.line,
        ));
    }
    let mut cues = SeenRows::new("cues.csv", files);
    for cue in &codebook.cues {
        let forms = match &cue.form {
            CueForm::Words(words) => words.iter().map(|word| fold_key(word)).collect(),
            CueForm::Regex(regex) => vec![regex.clone()],
        };
        for form in forms {
            // One word may be a cue of several kinds; the same kind in the same direction is said twice.
            let key = format!("{:?} {:?} {form}", cue.kind, cue.scope);
            findings.extend(cues.row(key, &form, &format!("{:?}", cue.strength), cue.line));
        }
    }
    let mut abbreviations = SeenRows::new("abbreviations.csv", files);
    for row in &codebook.abbreviations {
        let key = fold_key(row.abbreviation.trim_end_matches('.'));
        findings.extend(abbreviations.row(key, &row.abbreviation, row.kind.name(), row.line));
    }
}

/// What was found, with what it was said to be and where.
struct SeenRows<'a> {
    file: &'static str,
    files: CodebookFiles<'a>,
    rows: HashMap<String, (String, u64)>,
}

impl<'a> SeenRows<'a> {
    fn new(file: &'static str, files: CodebookFiles<'a>) -> Self {
        Self { file, files, rows: HashMap::new() }
    }

    fn row(&mut self, key: String, shown: &str, meaning: &str, line: u64) -> Option<Finding> {
        let Some((known, first)) = self.rows.get(&key) else {
            self.rows.insert(key, (meaning.to_owned(), line));
            return None;
        };
        let place = (self.file, line);
        Some(if known == meaning {
            self.files.finding(
                LintKind::Duplicate,
                place,
                format!("`{shown}` stands in line {first} already"),
                "remove one",
            )
        } else {
            let what = format!(
                "`{shown}` is `{}` here and `{}` in line {first}",
                meaning.to_lowercase(),
                known.to_lowercase()
            );
            self.files.finding(LintKind::Contradictory, place, what, "remove one")
        })
    }
}
