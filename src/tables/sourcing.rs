//! `sourcing.csv`: who is given the word, how much of it, and by which verbs.

use super::columns::columns;
use super::frame_targets::actor_or_none;
use super::{Declared, Row, RowSink, Source, TableSpec, integer, number, rates, text};
use crate::analysis::{Analysis, Group, Series};
use crate::codebook::Stance;
use crate::count::{ALL_TERMS, Said};
use crate::needs::Need;
use crate::stats::{self, Part, Sums, diversity};
use std::collections::BTreeMap;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "sourcing",
    needs: &[Need::Voice],
    answers: "Who is given the word, how much of it, and by which verbs?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>(name: &'r str, group: &'r Group<'_>, sum: &SpeakerSum, sums: &Sums, speakers: Option<&Vec<u64>>) {
        text(
            "speaker",
            "actor who speaks, rolled up; `(none)` where the sentence does not name one; `(all)` in the row of the whole group",
        ) => name,
        Declared::By => &group.key,
        integer("n_quotations", "direct quotations of counted zones, with a framing hit or without") => sum.quotations,
        integer("n_attributed", "reporting clauses with a framing hit outside quotation marks") => sum.attributed,
        integer("words_quoted", "words in the quotations") => sum.words,
        integer("words_quoted_all", "words in all quotations of the group") => sums.s,
        number("share", "words_quoted over words_quoted_all") => stats::ratio(sum.words as f64, sums.s as f64),
        SHARE_ENDS => share_ends(sums, speakers.is_some()),
        integer("articles", "articles of the group that quote or report the speaker") => sum.articles,
        integer("n_articles", "articles of the group with a quotation: the sample of the share") => sums.m,
        integer("n_neutral", "verbs and phrases that bring the words in and only say who speaks (`said`)") => sum.cues[Stance::Neutral as usize],
        integer("n_distancing", "those that keep their distance (`claimed`)") => sum.cues[Stance::Distancing as usize],
        integer("n_factive", "those that hold what was said to be so (`acknowledged`)") => sum.cues[Stance::Factive as usize],
        integer(
            "speakers",
            "actors of the group with a quotation; in the row `(all)` only, as the columns behind it",
        ) => speakers.map(|counts| counts.iter().filter(|n| **n > 0).count() as u64),
        number(
            "hhi",
            "probability that two of their quotations have one speaker: 0 all different, 1 all of one",
        ) => speakers.and_then(|counts| diversity::hhi(counts)),
        number("shannon", "entropy of the speakers of quotations in bits") => speakers.and_then(|counts| diversity::shannon(counts)),
        number(
            "evenness",
            "shannon over its largest value for as many speakers: 1 all as often",
        ) => speakers.and_then(|counts| diversity::evenness(counts)),
        text(
            "flags",
            "single_article: a single one has quotations, no interval",
        ) => rates::flags_cell([("single_article", sums.m < stats::FEWEST_ARTICLES)]),
    }
}

/// What somebody says in a group.
#[derive(Clone, Copy, Default)]
struct SpeakerSum {
    quotations: u64,
    words: u64,
    attributed: u64,
    cues: [u64; Stance::NAMES.len()],
    articles: u64,
}

impl SpeakerSum {
    fn add(&mut self, said: &Said) {
        self.quotations += u64::from(said.quotations);
        self.words += u64::from(said.words);
        self.attributed += u64::from(said.attributed);
        for (sum, n) in self.cues.iter_mut().zip(said.cues) {
            *sum += u64::from(n);
        }
        self.articles += 1;
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let speakers: Vec<(u32, Vec<(u32, Said)>)> = analysis
        .speakers()
        .into_iter()
        .map(|speaker| {
            let hits = analysis.hits([Series::Speaker(speaker)]);
            (speaker, hits.map(|(article, counts)| (article, Said::of(&counts))).collect())
        })
        .collect();
    let mut quoted = vec![0u64; analysis.all().articles.len()];
    for (article, said) in speakers.iter().flat_map(|(_, articles)| articles) {
        quoted[*article as usize] += u64::from(said.words);
    }
    // The whole corpus comes before the groups.
    let group_of: Vec<usize> = analysis.group_of_articles().iter().map(|part| *part as usize + 1).collect();
    // Words in all quotations, without those of any speaker.
    let mut samples = vec![Sums::default(); analysis.groups.len()];
    for (group, size) in group_of.iter().zip(&quoted) {
        for group in [0, *group] {
            samples[group].add(Part { count: 0, size: *size });
        }
    }
    let mut wholes: Vec<(SpeakerSum, Vec<u64>)> = vec![(SpeakerSum::default(), Vec::new()); analysis.groups.len()];
    let mut of_speakers: Vec<(u32, usize, SpeakerSum, Sums)> = Vec::new();
    let mut is_spoken = vec![false; quoted.len()];
    for (speaker, articles) in &speakers {
        let mut of_groups: BTreeMap<usize, (SpeakerSum, Sums, Sums)> = BTreeMap::new();
        for (article, said) in articles {
            is_spoken[*article as usize] = true;
            let size = quoted[*article as usize];
            for group in [0, group_of[*article as usize]] {
                let (sum, without, with) = of_groups.entry(group).or_default();
                sum.add(said);
                wholes[group].0.add(said);
                without.add(Part { count: 0, size });
                with.add(Part { count: said.words.into(), size });
            }
        }
        for (group, (sum, without, with)) in of_groups {
            if *speaker > 0 {
                wholes[group].1.push(sum.quotations);
            }
            of_speakers.push((*speaker, group, sum, samples[group].minus(without).plus(with)));
        }
    }
    let mut spoken = vec![0; analysis.groups.len()];
    for group in group_of.iter().zip(&is_spoken).filter(|(_, is)| **is).flat_map(|(group, _)| [0, *group]) {
        spoken[group] += 1;
    }
    for (group, (whole, counts)) in wholes.iter_mut().enumerate() {
        if whole.articles > 0 {
            whole.articles = spoken[group];
            let sample = samples[group];
            out.row(&cells(ALL_TERMS, &analysis.groups[group], whole, &sample, Some(counts)));
        }
    }
    for (speaker, group, sum, sums) in &of_speakers {
        out.row(&cells(actor_or_none(analysis, *speaker), &analysis.groups[*group], sum, sums, None));
    }
}

const SHARE_ENDS: Declared = Declared::Several(&[
    number("share_low", "lower end of the 95% Korn-Graubard interval of the share over articles; empty with one"),
    number("share_high", "upper end of the 95% Korn-Graubard interval of the share over articles; empty with one"),
]);

fn share_ends(sums: &Sums, is_whole: bool) -> [Option<f64>; 2] {
    // All words are all words: there is nothing to be sure of.
    let interval = if is_whole { None } else { sums.interval() };
    [interval.map(|ends| ends.low), interval.map(|ends| ends.high)]
}
