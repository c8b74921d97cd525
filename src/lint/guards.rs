//! Guards that never apply, and guards that always do.

use super::{CodebookFiles, Finding, LintKind};
use crate::codebook::Codebook;
use crate::normalise::View;
use crate::span::NormSpan;

pub(super) fn check(codebook: &Codebook, files: CodebookFiles<'_>, findings: &mut Vec<Finding>) {
    for alias in &codebook.aliases {
        let place = ("aliases.csv", alias.line);
        row(files, place, &alias.alias, [&alias.not_before, &alias.not_after], findings);
    }
    for term in &codebook.terms {
        row(files, ("terms.csv", term.line), &term.term, [&term.not_before, &term.not_after], findings);
    }
}

fn row(
    files: CodebookFiles<'_>,
    place: (&str, u64),
    name: &str,
    guards: [&Vec<String>; 2],
    findings: &mut Vec<Finding>,
) {
    for (column, guards) in ["not_before", "not_after"].into_iter().zip(guards) {
        for guard in guards {
            if guard.split([' ', '-']).any(|word| word == "*") {
                let what = format!("the guard `{guard}` in `{column}` of `{name}` takes any word: it always forbids");
                findings.push(files.finding(LintKind::Contradictory, place, what, "name the words it means"));
            } else if guard
                .trim_matches([',', ' '])
                .split([' ', '-'])
                .filter(|word| !word.is_empty())
                .any(|word| !is_a_word(word))
            {
                let what = format!(
                    "the guard `{guard}` in `{column}` of `{name}` never applies: it is compared with whole words"
                );
                findings.push(files.finding(LintKind::Unmatchable, place, what, "write words without signs"));
            }
        }
    }
}

/// Whether the text (its last `*` left out) can be one word of the view.
fn is_a_word(text: &str) -> bool {
    let view = View::of(text.strip_suffix('*').unwrap_or(text));
    let whole = NormSpan::new(0, view.text().len());
    let mut words = view.words(whole);
    words.next() == Some(whole) && words.next().is_none()
}
