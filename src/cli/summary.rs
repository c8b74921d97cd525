//! The closing summary of a run.

use super::terminal::{Colour, Ink};
use framescope::corpus::WarningKind;
use framescope::run::RunSummary;
use framescope::template_watch::CountedTemplates;
use std::fmt::Display;
use std::path::Path;
use std::time::Duration;

/// How many of each kind of warning are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WarningsShown {
    First,
    All,
}

/// Warnings of one kind that are shown without `-v`.
const FIRST: usize = 3;
/// A corpus of so few articles speaks for nothing but itself.
const FEW_ARTICLES: u64 = 20;

/// The text of the summary.
pub fn text(summary: &RunSummary, output: &Path, took: Duration, detail: WarningsShown, colour: Colour) -> String {
    let mut lines = SummaryLines { text: String::new(), detail, colour };
    let all_words = summary.words + summary.words_dropped;
    lines.plain(format!(
        "read {} in {}: {} counted, {} dropped ({})",
        counted(summary.articles, "article"),
        counted(summary.groups, "group"),
        counted(summary.words, "word"),
        grouped(summary.words_dropped),
        percent(summary.words_dropped, all_words),
    ));
    let mut found = format!(
        "found {} and {}",
        counted(summary.mentions, "mention of an actor").replace("mention of an actors", "mentions of actors"),
        counted(summary.frame_hits, "framing hit"),
    );
    if let Some(voices) = summary.voices {
        found += &format!(
            ": {} of these not in the article's own voice, {} without an agent, {} without a target",
            percent(voices.not_own, summary.frame_hits),
            percent(voices.without_agent, summary.frame_hits),
            percent(voices.without_target, summary.frame_hits),
        );
    }
    lines.plain(found);
    if let Some(columns) = &summary.columns {
        lines.plain(columns.clone());
    }
    lines.list("articles with the same text as another (each is counted)", &summary.same_texts);
    if let Some(languages) = &summary.other_languages {
        lines.warning(languages);
    }
    if let Some(columns) = &summary.other_groups {
        lines.warning(&one_group(summary.articles, columns));
    }
    if let Some(rare) = &summary.rare_core_actors {
        lines.warning(rare);
    }
    for kind in WarningKind::ALL {
        let of_kind: Vec<_> = summary.warnings.iter().filter(|warning| warning.kind == kind).collect();
        lines.list(kind.meaning(), &of_kind);
    }
    lines.list("notes on articles that were read", &summary.notes);
    lines.list("records left out", &summary.bad_records);
    if let Some(templates) = templates(summary) {
        lines.warning(&templates);
    }
    if let Some(caution) = caution(summary) {
        lines.warning(&caution);
    }
    for line in &summary.remarks {
        lines.plain(line.clone());
    }
    lines.plain(format!(
        "{} in `{}`, after {}",
        counted(summary.tables as u64, "table"),
        output.display(),
        duration(took)
    ));
    lines.text
}

/// That all articles are in one group, and by which columns they would not be.
fn one_group(articles: u64, columns: &[String]) -> String {
    let named: Vec<String> = columns.iter().take(3).map(|column| format!("`{column}`")).collect();
    let help = match named.as_slice() {
        [] => "name the column of the sources with `--source-column COLUMN`".to_owned(),
        _ => format!("the column of the sources may be {}: `--source-column COLUMN` names it", named.join(" or ")),
    };
    format!("all {} are in one group, so that nothing is compared; {help}", counted(articles, "article"))
}

/// The lines that a sketch would keep out of the counts.
fn templates(summary: &RunSummary) -> Option<String> {
    let (at_least, n) = match summary.templates? {
        CountedTemplates::Exactly(n) => ("", n),
        CountedTemplates::AtLeast(n) => ("at least ", n),
    };
    let (lines, them) = (counted(n, "template line"), if n == 1 { "it" } else { "them" });
    (n > 0).then(|| {
        format!(
            "a sketch would find {at_least}{lines} in what is counted: make one with `framescope sketch`, and \
             `--sketch` leaves {them} out"
        )
    })
}

/// What so few articles allow one to say.
fn caution(summary: &RunSummary) -> Option<String> {
    let themselves = |n: u64| match n {
        1 => "one article describes itself only, not its source".to_owned(),
        _ => format!("{} articles describe themselves only, not their sources", in_words(n)),
    };
    let single = summary.single_article_groups;
    if single == 0 {
        return (summary.articles <= FEW_ARTICLES).then(|| themselves(summary.articles));
    }
    let which = match (single, summary.groups) {
        (1, 1) => "the only group has one article".to_owned(),
        (single, groups) if single == groups => format!("each of the {} groups has one article", in_words(groups)),
        (1, groups) => format!("one of {} groups has one article", in_words(groups)),
        (single, groups) => format!("{} of {} groups have one article", in_words(single), in_words(groups)),
    };
    let whom = if summary.articles <= FEW_ARTICLES { summary.articles } else { single };
    Some(format!("{}: {which}, and such a group has no p or q", themselves(whom)))
}

struct SummaryLines {
    text: String,
    detail: WarningsShown,
    colour: Colour,
}

impl SummaryLines {
    fn plain(&mut self, line: String) {
        self.text.push_str(&line);
        self.text.push('\n');
    }

    fn warning(&mut self, what: &str) {
        let label = self.colour.paint(Ink::Yellow, "warning:");
        self.plain(format!("{label} {what}"));
    }

    fn list<T: Display>(&mut self, what: &str, items: &[T]) {
        if items.is_empty() {
            return;
        }
        self.warning(&format!("{what}: {}", grouped(items.len() as u64)));
        let shown = match self.detail {
            WarningsShown::First => FIRST,
            WarningsShown::All => items.len(),
        };
        for item in items.iter().take(shown) {
            self.plain(format!("  {item}"));
        }
        if items.len() > shown {
            self.plain(format!("  and {} more (-v lists all)", items.len() - shown));
        }
    }
}

/// `1,234 articles`
pub fn counted(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// `1,234,567`
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn in_words(n: u64) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    usize::try_from(n).ok().and_then(|n| WORDS.get(n)).map_or_else(|| grouped(n), |word| (*word).to_owned())
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "0 %".into();
    }
    format!("{:.0} %", part as f64 * 100.0 / whole as f64)
}

fn duration(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    let whole = took.as_secs();
    format!("{} min {} s", whole / 60, whole % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use framescope::run::VoiceSummary;

    fn summary(articles: u64, groups: u64, single_article_groups: u64) -> RunSummary {
        RunSummary {
            articles,
            words: 900,
            words_dropped: 100,
            mentions: 1,
            frame_hits: 4,
            voices: Some(VoiceSummary { not_own: 1, without_agent: 2, without_target: 4 }),
            tables: 15,
            templates: None,
            columns: None,
            same_texts: Vec::new(),
            other_languages: None,
            other_groups: None,
            rare_core_actors: None,
            remarks: Vec::new(),
            warnings: Vec::new(),
            notes: Vec::new(),
            bad_records: Vec::new(),
            single_article_groups,
            groups,
        }
    }

    #[test]
    fn few_articles_are_said_to_describe_themselves_only() {
        for (articles, groups, single, text) in [
            (5, 5, 5, "five articles describe themselves only, not their sources: each of the five groups has one"),
            (10, 5, 0, "ten articles describe themselves only, not their sources"),
            (100, 10, 2, "two articles describe themselves only, not their sources: two of ten groups have one"),
            (1, 1, 1, "one article describes itself only, not its source: the only group"),
        ] {
            let printed = caution(&summary(articles, groups, single)).expect("a caution");
            assert!(printed.starts_with(text), "{printed}");
        }
        assert_eq!(caution(&summary(100, 5, 0)), None);
    }

    #[test]
    fn template_lines_are_reported_where_a_sketch_would_find_some() {
        let printed = |found| templates(&RunSummary { templates: found, ..summary(100, 5, 0) });
        for (found, text) in [
            (CountedTemplates::Exactly(1), "a sketch would find 1 template line in"),
            (CountedTemplates::AtLeast(2000), "a sketch would find at least 2,000 template lines in"),
        ] {
            let printed = printed(Some(found)).expect("a warning");
            assert!(printed.starts_with(text), "{printed}");
        }
        for nothing in [None, Some(CountedTemplates::Exactly(0)), Some(CountedTemplates::AtLeast(0))] {
            assert_eq!(printed(nothing), None);
        }
    }

    #[test]
    fn a_summary_gives_numbers_and_shares() {
        let printed =
            text(&summary(5, 5, 5), Path::new("out"), Duration::from_millis(1500), WarningsShown::First, Colour::Off);
        assert!(
            printed.starts_with("read 5 articles in 5 groups: 900 words counted, 100 dropped (10 %)\n"),
            "{printed}"
        );
        assert!(printed.contains("found 1 mention of an actor and 4 framing hits: 25 % of these not in"), "{printed}");
        assert!(printed.ends_with("15 tables in `out`, after 1.5 s\n"), "{printed}");
    }

    #[test]
    fn long_numbers_are_grouped() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")] {
            assert_eq!(grouped(n), text);
        }
    }
}
