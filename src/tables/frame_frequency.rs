//! `frame_frequency.csv`: framing terms per group, by voice.

use super::frame_item::{self, items};
use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, rates, text};
use crate::analysis::Analysis;
use crate::needs::Need;
use crate::voice::Voice;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "frame_frequency",
    needs: &[Need::Voice],
    answers: "Which framing terms does each group use, how often, and in whose voice?",
    columns: &[
        text("frame", "frame id of the codebook"),
        frame_item::TERM,
        Declared::By,
        integer(
            "n",
            "hits in any voice; of more than 40 groups one has a row of 0 only where five hits would be expected",
        ),
        integer("n_own", "hits in the article's own voice"),
        integer("n_hypothetical", "hits in own voice as a risk, a prevention or a possibility"),
        integer("n_attributed", "hits governed by a reporting cue"),
        integer("n_quoted", "hits inside a longer direct quotation"),
        integer("n_scare", "hits that the quotation marks or a distancing word single out"),
        integer("n_denied", "hits under a denial"),
        number("own_low", "share of hits in own voice without any cue; empty without hits"),
        number(
            "own_high",
            "share of hits in own voice or hypothetical, or decided by a weak cue only; empty without hits",
        ),
        integer("articles", "articles of the group with a hit"),
        integer("sentences", "sentences of the group with a hit"),
        integer("n_articles", "counted articles of the group"),
        integer("words", "counted words of the group"),
        rates::PER_1000,
        rates::PER_1000_LOW,
        rates::PER_1000_HIGH,
        rates::DEFF,
        rates::LOO_MIN,
        rates::LOO_MAX,
        rates::MEAN_OF_ARTICLES,
        text("flags", "why the number is fragile: expected_below_5, single_article"),
    ],
    rows: Source::Analysis(rows),
};

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    for item in items(analysis) {
        let spread = analysis.spread(item.series());
        let (in_all, all_words) = (spread.in_all(), analysis.all().counts.words);
        for (number, group) in analysis.groups.iter().enumerate() {
            let tally = item.tally(group);
            let n = tally.voices.n();
            if n == 0 && rates::is_silent(group, in_all, analysis) {
                out.leave_out(1);
                continue;
            }
            let mut row: Row<'_> = vec![analysis.frame_code(item.frame).into(), item.name(analysis).into()];
            row.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
            row.push(n.into());
            row.extend(
                [Voice::Own, Voice::Hypothetical, Voice::Attributed, Voice::Quoted, Voice::Scare, Voice::Denied]
                    .map(|voice| Cell::from(tally.voices.of(voice))),
            );
            row.extend(rates::own_share(&tally.voices));
            row.extend([
                tally.occurs.articles.into(),
                tally.occurs.sentences.into(),
                group.counts.articles.into(),
                group.counts.words.into(),
            ]);
            row.extend(rates::cells(n, group.counts.words, spread.of(number)));
            row.push(rates::flags(group, in_all, all_words));
            out.row(&row);
        }
    }
}
