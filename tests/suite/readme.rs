//! The parts of the documentation that are made from registries. `FRAMESCOPE_BLESS=1 cargo test` rewrites them.

use super::support::{is_blessing, repository};

/// Compares what stands between the marks of a page with what was made, or writes it there.
pub fn section(page: &str, name: &str, made: &str) {
    let path = repository(page);
    let text = std::fs::read_to_string(&path).expect("a page");
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let begin = text.find(&open).unwrap_or_else(|| panic!("{page} has no line `{}`", open.trim())) + open.len();
    let end = begin + text[begin..].find(&close).unwrap_or_else(|| panic!("{page} has no `{close}`"));
    // Markdown wants a blank line around what the markers hold.
    let made = format!("\n{}\n\n", made.trim_end());
    if is_blessing() && text[begin..end] != made {
        let whole = format!("{}{made}{}", &text[..begin], &text[end..]);
        std::fs::write(&path, whole).expect("written");
        return;
    }
    assert!(
        text[begin..end] == made,
        "the section `{name}` of {page} is not what the program says: FRAMESCOPE_BLESS=1 cargo test rewrites it"
    );
}

/// One test for both: they rewrite one file.
#[test]
fn tables_and_measures_of_the_reference_are_those_of_the_registries() {
    section("docs/reference.md", "tables", &framescope::tables::readme_tables());
    section("docs/reference.md", "measures", &framescope::stats::readme_table());
}

#[test]
fn the_rules_of_voice_are_those_of_their_file() {
    section("docs/voice.md", "rules", &framescope::explain::voice_rule_table());
}
