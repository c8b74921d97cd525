//! Agreement: what people coded in, how far they agree and how far the program agrees with them out.
//!
//! Between coders: percent, Cohen's kappa, Krippendorff's alpha with its interval, and every item on which they differ. Of the
//! program with the answers that count: how many are right, precision and recall of every class, weighted by how probable
//! each item was to be drawn. Every figure is one row.

mod coders;
mod differences;
mod program;
mod variable;
mod write;

pub use differences::{Confused, Difference};
pub use write::{coded_csv, confusion_csv, differences_csv, figures_csv, unread_csv};

use crate::coding::{HandCoding, Kind};
use crate::named::named;
use std::collections::BTreeSet;
use variable::Variable;

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub about: AgreementOf,
    pub kind: Kind,
    pub variable: &'static str,
    /// Whose answers are compared: `anna & ben`, `all coders`, `program`.
    pub who: String,
    /// A code, against all others; `(all)` for all codes.
    pub class: String,
    /// What the items are split by: `frame`, `voice`, `rule` or the columns of the group; empty for all items.
    pub split: String,
    /// The value of the split.
    pub of: String,
    pub measure: &'static str,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Items on which it rests.
    pub n: u64,
}

named! {
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum AgreementOf {
        Coders = "coders",
        Program = "program",
    }
}

/// Everything that is known of the agreement.
#[derive(Debug, Clone, Default)]
pub struct Agreement {
    pub coders: Vec<String>,
    pub figures: Vec<Figure>,
    pub differences: Vec<Difference>,
    pub confusions: Vec<Confused>,
}

/// A figure over all codes.
pub(crate) const ALL_CLASSES: &str = "(all)";

/// Compares coders with each other and the program with the answers that count. `seed` begins the draws of intervals.
pub fn agreement(hand: &HandCoding, seed: u64) -> Agreement {
    let names: BTreeSet<&str> =
        hand.sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.coder.as_str()).collect();
    let mut agreement = Agreement { coders: names.into_iter().map(str::to_owned).collect(), ..Agreement::default() };
    for (number, judged) in hand.samples.iter().enumerate() {
        let variables: Vec<Variable> = Variable::of(judged.key.kind);
        for (at, variable) in variables.iter().enumerate() {
            let table = variable::VariableItems::of(*variable, number, judged, &hand.sheets, &agreement.coders);
            if table.is_empty() {
                continue;
            }
            coders::compare(
                &table,
                &agreement.coders,
                (seed, (number * variables.len() + at) as u64),
                &mut agreement.figures,
            );
            program::compare(&table, judged, &mut agreement.figures);
            differences::list(&table, judged, &hand.sheets, number, &agreement.coders, &mut agreement.differences);
            differences::confuse(&table, judged, &agreement.coders, &mut agreement.confusions);
        }
    }
    program::missed(hand, &mut agreement.figures);
    agreement
}

impl Agreement {
    /// The figures that most readers ask for, in one line.
    pub fn summary(&self) -> String {
        let mut parts = Vec::new();
        let shown = |figure: &Figure| match (figure.value, figure.low, figure.high) {
            (Some(value), Some(low), Some(high)) => format!("{value:.2} [{low:.2}, {high:.2}]"),
            (Some(value), _, _) => format!("{value:.2}"),
            (None, _, _) => "undefined".to_owned(),
        };
        let of = |about: AgreementOf, variable: &str, class: &str, measure: &str| {
            self.figures.iter().find(|figure| {
                (figure.about, figure.variable, figure.class.as_str(), figure.measure)
                    == (about, variable, class, measure)
                    && figure.split.is_empty()
            })
        };
        let mut variables: Vec<&str> = self.figures.iter().map(|figure| figure.variable).collect();
        variables.dedup();
        let first =
            ["voice", "agent", "actor", "zone", "missed_frames"].into_iter().find(|name| variables.contains(name));
        let Some(variable) = first.or(variables.first().copied()) else {
            return "nothing was coded twice, and nothing can be compared".to_owned();
        };
        if let (Some(alpha), Some(percent)) = (
            of(AgreementOf::Coders, variable, ALL_CLASSES, "krippendorff_alpha"),
            of(AgreementOf::Coders, variable, ALL_CLASSES, "percent"),
        ) {
            parts.push(format!(
                "coders agree on {variable} in {} of {} items, alpha {}",
                shown(percent),
                percent.n,
                shown(alpha)
            ));
        }
        if let Some(accuracy) = of(AgreementOf::Program, variable, ALL_CLASSES, "accuracy") {
            let mut text = format!("the program is right on {variable} in {} of {} items", shown(accuracy), accuracy.n);
            if let (Some(precision), Some(recall)) = (
                of(AgreementOf::Program, variable, "own", "precision"),
                of(AgreementOf::Program, variable, "own", "recall"),
            ) {
                text += &format!(", own voice with precision {} and recall {}", shown(precision), shown(recall));
            }
            parts.push(text);
        }
        if let Some(sense) = of(AgreementOf::Program, "right_sense", ALL_CLASSES, "accuracy") {
            parts.push(format!("{} of its hits are in the right sense", shown(sense)));
        }
        if let Some(missed) = of(AgreementOf::Program, "hits", ALL_CLASSES, "missed_per_sentence") {
            parts.push(format!("it misses {} hits per sentence in which it finds none", shown(missed)));
        }
        if let Some(recall) = of(AgreementOf::Program, "hits", ALL_CLASSES, "recall") {
            parts.push(format!("it finds {} of all hits", shown(recall)));
        }
        if parts.is_empty() {
            return "nothing can be compared yet".to_owned();
        }
        parts.join("; ")
    }
}
