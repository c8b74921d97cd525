//! What a run did, for the closing summary.

use crate::analysis::Analysis;
use crate::corpus::Warning;
use crate::count::FiledRecord;
use crate::error::Fault;
use crate::needs::{Need, Needs};
use crate::template_watch::CountedTemplates;
use crate::voice::Voice;
use std::collections::{BTreeMap, BTreeSet};

/// What a run did, for the closing summary.
#[derive(Debug)]
pub struct RunSummary {
    pub articles: u64,
    pub words: u64,
    pub words_dropped: u64,
    pub mentions: u64,
    pub frame_hits: u64,
    /// `None` when no table needed voices.
    pub voices: Option<VoiceSummary>,
    pub tables: usize,
    /// Template lines that a sketch would keep out of the counts; `None` where it would change nothing.
    pub templates: Option<CountedTemplates>,
    /// Which columns of other names were taken for source, date and so on.
    pub columns: Option<String>,
    /// Articles that have the text of another one, each with that one.
    pub same_texts: Vec<String>,
    /// That articles are in languages which the codebook does not declare.
    pub other_languages: Option<String>,
    /// The columns by which articles that are all in one group would be several; `None` where that is no matter.
    pub other_groups: Option<Vec<String>>,
    /// What to say where hardly any article names an actor that the codebook is about.
    pub rare_core_actors: Option<String>,
    pub warnings: Vec<Warning>,
    pub notes: Vec<Fault>,
    pub bad_records: Vec<Fault>,
    /// Groups with a single article.
    pub single_article_groups: u64,
    pub groups: u64,
    /// What happened to the output folder: leftovers that were removed, files that were kept; what a workbook cannot hold.
    pub remarks: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
pub struct VoiceSummary {
    /// Framing hits with a voice other than own or hypothetical.
    pub not_own: u64,
    /// Framing hits without an agent, and without a target.
    pub without_agent: u64,
    pub without_target: u64,
}

pub(super) fn summarise(
    analysis: &Analysis<'_>,
    needs: Needs,
    tables: usize,
    templates: Option<CountedTemplates>,
    warnings: Vec<Warning>,
    notes: Vec<Fault>,
    bad_records: Vec<Fault>,
) -> RunSummary {
    let all = &analysis.all().counts;
    let hits =
        |of: fn(&crate::count::VoiceTally) -> u64| all.frames.values().map(|frame| of(&frame.voices)).sum::<u64>();
    let missing = |of: fn(&(u32, u32, u32)) -> u32| {
        all.targets.iter().filter(|(key, _)| of(key) == 0).map(|(_, tally)| tally.n).sum::<u64>()
    };
    RunSummary {
        articles: all.articles,
        words: all.words,
        words_dropped: all.words_dropped,
        mentions: all.coded.values().map(|tally| tally.n()).sum(),
        frame_hits: hits(crate::count::VoiceTally::n),
        voices: needs.has(Need::Voice).then(|| VoiceSummary {
            not_own: hits(|voices| voices.n() - voices.of(Voice::Own) - voices.of(Voice::Hypothetical)),
            without_agent: missing(|key| key.1),
            without_target: missing(|key| key.2),
        }),
        tables,
        templates,
        columns: None,
        same_texts: same_texts(analysis),
        other_languages: analysis.language_caveat(),
        other_groups: None,
        rare_core_actors: analysis.rare_core_actors(),
        warnings,
        notes,
        bad_records,
        single_article_groups: analysis.parts().iter().filter(|group| group.counts.articles == 1).count() as u64,
        groups: analysis.parts().len() as u64,
        remarks: Vec::new(),
    }
}

pub(super) fn same_texts(analysis: &Analysis<'_>) -> Vec<String> {
    analysis.same_texts.iter().map(|(id, first)| format!("`{id}` has the same text as `{first}`")).collect()
}

/// A corpus of fewer articles may well be of one group.
const MANY_ARTICLES: usize = 20;

/// Where many articles are in one group: the columns that have several values, each for several articles.
pub(super) fn other_groups(analysis: &Analysis<'_>) -> Option<Vec<String>> {
    let articles = &analysis.counts.articles;
    if analysis.parts().len() != 1 || articles.len() < MANY_ARTICLES {
        return None;
    }
    let enough = articles.len() / 2;
    let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for record in articles.iter().map(FiledRecord::open) {
        let known = [("source", record.source), ("language", record.language)];
        let further = record.more.iter().map(|(column, value)| (*column, *value));
        for (column, value) in known.into_iter().chain(further).filter(|(_, value)| !value.is_empty()) {
            if !values.contains_key(column) {
                values.insert(column.to_owned(), BTreeSet::new());
            }
            // beyond half of the articles the column groups nothing, whatever more there is
            if let Some(values) = values.get_mut(column)
                && values.len() <= enough
                && !values.contains(value)
            {
                values.insert(value.to_owned());
            }
        }
    }
    let by = &analysis.options.by;
    let likely =
        values.into_iter().filter(|(column, values)| !by.contains(column) && (2..=enough).contains(&values.len()));
    let mut likely: Vec<(usize, String)> = likely.map(|(column, values)| (values.len(), column)).collect();
    likely.sort();
    Some(likely.into_iter().map(|(_, column)| column).collect())
}
