//! Texts that a pattern is meant to match, for trying it.

use crate::codebook::{Pattern, Term};
use regex_syntax::hir::{Class, Hir, HirKind};

/// More spellings than this of one pattern are not tried.
const MOST: usize = 24;

/// Some of the spellings of a term; at least one unless the pattern cannot be read.
pub(super) fn spellings(term: &Term) -> Vec<String> {
    match term.kind {
        Pattern::Literal => vec![term.pattern.clone()],
        Pattern::Wildcard | Pattern::Mask => {
            ["", "s", "xyz"].map(|letters| term.pattern.replace('*', letters)).to_vec()
        }
        Pattern::Regex => regex_syntax::parse(&term.pattern).map(|hir| of(&hir)).unwrap_or_default(),
    }
}

/// Texts of an expression: every alternative, the least and one more of a repetition, one member of a class.
fn of(hir: &Hir) -> Vec<String> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![String::new()],
        HirKind::Literal(literal) => vec![String::from_utf8_lossy(&literal.0).into_owned()],
        HirKind::Class(class) => vec![member(class)],
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Alternation(alternatives) => alternatives.iter().flat_map(of).take(MOST).collect(),
        HirKind::Repetition(repetition) => {
            let once = of(&repetition.sub);
            let least = repetition.min as usize;
            let mut all = vec![once.first().cloned().unwrap_or_default().repeat(least)];
            if repetition.max.is_none_or(|max| max as usize > least) {
                all.extend(once.iter().map(|text| text.repeat(least + 1)));
            }
            all.truncate(MOST);
            all
        }
        HirKind::Concat(parts) => {
            let mut all = vec![String::new()];
            for part in parts {
                let next = of(part);
                all = all
                    .iter()
                    .flat_map(|head| next.iter().map(move |tail| format!("{head}{tail}")))
                    .take(MOST)
                    .collect();
            }
            all
        }
    }
}

/// A space or a letter where the class has one, else its first member.
fn member(class: &Class) -> String {
    let has = |wanted: char| match class {
        Class::Unicode(class) => class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&wanted)),
        Class::Bytes(class) => {
            class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&(wanted as u8)))
        }
    };
    let first = match class {
        Class::Unicode(class) => class.ranges().first().map(|range| range.start()),
        Class::Bytes(class) => class.ranges().first().map(|range| range.start() as char),
    };
    [' ', 'e', 's'].into_iter().find(|c| has(*c)).or(first).map(String::from).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_tried_in_all_its_alternatives() {
        let hir = regex_syntax::parse("(?:lift|end)(?:ing)? [- ]blockades?").unwrap();
        let all = of(&hir);
        for text in ["lift  blockade", "lifting  blockades", "end  blockade"] {
            assert!(all.contains(&text.to_owned()), "{all:?}");
        }
    }
}
