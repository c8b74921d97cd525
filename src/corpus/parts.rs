//! One article from headline, standfirst and text that stand in columns of their own.

/// The parts as paragraphs in the order in which a page shows them; `None` when the text is all there is, or has the
/// other parts already.
pub(crate) fn joined(headline: &str, standfirst: &str, text: &str) -> Option<String> {
    let (headline, standfirst) = (headline.trim(), standfirst.trim());
    let begins_with = |text: &str, part: &str| part.is_empty() || text.trim_start().starts_with(part);
    let mut whole = String::new();
    if !begins_with(text, headline) {
        whole += headline;
    }
    let after_headline = text.trim_start().strip_prefix(headline).unwrap_or(text);
    if !begins_with(text, standfirst) && !begins_with(after_headline, standfirst) {
        let gap = if whole.is_empty() { "" } else { "\n\n" };
        whole = whole + gap + standfirst;
    }
    (!whole.is_empty()).then(|| whole + "\n\n" + text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_once() {
        for (headline, standfirst, text, whole) in [
            ("Head", "Stand.", "Text.", Some("Head\n\nStand.\n\nText.")),
            (" Head ", "", "Text.", Some("Head\n\nText.")),
            ("", "Stand.", "Text.", Some("Stand.\n\nText.")),
            ("", "", "Text.", None),
            ("Head", "", "Head\n\nText.", None),
            ("Head", "Stand.", "Head\n\nStand.\n\nText.", None),
        ] {
            assert_eq!(joined(headline, standfirst, text).as_deref(), whole);
        }
    }
}
