//! `frame_frequency.csv`: framing terms per group, by voice.

use super::columns::columns;
use super::frame_item::{self, items};
use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, rates, text};
use crate::analysis::{Analysis, Group};
use crate::count::TermTally;
use crate::needs::Need;
use crate::stats::Spread;
use crate::voice::Voice;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "frame_frequency",
    needs: &[Need::Voice],
    answers: "Which framing terms does each group use, how often, and in whose voice?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>([frame, term]: [&'r str; 2], group: &'r Group<'_>, tally: &TermTally, spread: Spread<'_>, flags: Cell<'r>) {
        text("frame", "frame id of the codebook") => frame,
        frame_item::TERM => term,
        Declared::By => &group.key,
        integer(
            "n",
            "hits in any voice; of more than 40 groups one has a row of 0 only where five hits would be expected",
        ) => tally.voices.n(),
        integer("n_own", "hits in the article's own voice") => tally.voices.of(Voice::Own),
        integer("n_hypothetical", "hits in own voice as a risk, a prevention or a possibility") => tally.voices.of(Voice::Hypothetical),
        integer("n_attributed", "hits governed by a reporting cue") => tally.voices.of(Voice::Attributed),
        integer("n_quoted", "hits inside a longer direct quotation") => tally.voices.of(Voice::Quoted),
        integer("n_scare", "hits that the quotation marks or a distancing word single out") => tally.voices.of(Voice::Scare),
        integer("n_denied", "hits under a denial") => tally.voices.of(Voice::Denied),
        number("own_low", "share of hits in own voice without any cue; empty without hits") => rates::own_share(&tally.voices)[0],
        number(
            "own_high",
            "share of hits in own voice or hypothetical, or decided by a weak cue only; empty without hits",
        ) => rates::own_share(&tally.voices)[1],
        integer("articles", "articles of the group with a hit") => tally.occurs.articles,
        integer("sentences", "sentences of the group with a hit") => tally.occurs.sentences,
        integer("n_articles", "counted articles of the group") => group.counts.articles,
        integer("words", "counted words of the group") => group.counts.words,
        rates::COLUMNS => rates::cells(spread),
        text("flags", "why the number is fragile: expected_below_5, single_article") => flags,
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    for item in items(analysis) {
        let spread = analysis.spread(item.series());
        let (in_all, all_words) = (spread.in_all(), analysis.all().counts.words);
        let names = [analysis.frame_code(item.frame), item.name(analysis)];
        for (number, group) in analysis.groups.iter().enumerate() {
            let tally = item.tally(group);
            if tally.voices.n() == 0 && rates::is_silent(group, in_all, analysis) {
                out.leave_out(1);
                continue;
            }
            let flags = rates::flags(group, in_all, all_words);
            out.row(&cells(names, group, &tally, spread.of(number), flags));
        }
    }
}
