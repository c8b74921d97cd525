//! A name of a type stands for one thing in the whole crate.

use super::floors::sources;
use super::support::repository;
use std::collections::{BTreeMap, BTreeSet};

/// Names that still stand for several things. None is to be added; one that is declared once leaves the list.
const SHARED: [&str; 15] = [
    "Case", "Cell", "Coded", "Counted", "Estimate", "Form", "Group", "Level", "Lexicon", "Place", "Question", "Row",
    "Series", "Shape", "Table",
];

/// The name that a line declares. An indented `type` belongs to a trait, which has named it.
fn declared(line: &str) -> Option<&str> {
    let code = line.trim_start();
    let code = match code.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(") ")?.1,
        Some(rest) => rest.trim_start(),
        None => code,
    };
    let (kind, rest) = code.split_once(' ')?;
    let is_declared = matches!(kind, "struct" | "enum" | "trait") || kind == "type" && !line.starts_with(' ');
    let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    (is_declared && name.starts_with(|c: char| c.is_ascii_uppercase())).then_some(name)
}

#[test]
fn a_name_of_a_type_is_declared_once() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    sources(&repository("src"), None, &mut |_, path, text| {
        for (number, line) in text.lines().enumerate() {
            if let Some(name) = declared(line) {
                places.entry(name.to_owned()).or_default().push(format!("{}:{}", path.display(), number + 1));
            }
        }
    });
    assert!(places.len() > 500, "only {} names were read", places.len());
    places.retain(|_, places| places.len() > 1);
    let repeated: BTreeSet<&str> = places.keys().map(String::as_str).collect();
    let shared = BTreeSet::from(SHARED);
    let new: Vec<_> =
        repeated.difference(&shared).map(|name| format!("{name}: {}", places[*name].join(", "))).collect();
    assert!(new.is_empty(), "call each by what it is:\n{}", new.join("\n"));
    let gone: Vec<_> = shared.difference(&repeated).collect();
    assert!(gone.is_empty(), "declared once by now, take off the list: {gone:?}");
}
