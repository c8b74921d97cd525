//! `report.html`: one file that needs no network and runs nothing but its own lines.
//!
//! What the figures show and every hit are in the page, compressed; its script, which lies in `assets/page` as small
//! modules, draws the figures and opens the hits behind each number.

mod grid;
mod overview;

use super::answers::answers;
use super::facts::Facts;
use super::figure::GroupChoice;
use super::payload;
use super::texts::{Depth, ReportText};
use crate::error::{Error, Result, turns_around};
use crate::html;
use grid::Grid;
use minijinja::{Environment, context};
pub(super) use overview::{caveats, corpus, filters, title};
use serde::Serialize;

const TEMPLATE: &str = include_str!("../assets/report.html");
const STYLE: &str = include_str!("../assets/report.css");

/// The modules of the script, in the order in which they need each other.
const MODULES: [&str; 24] = [
    include_str!("../assets/page/scale.mjs"),
    include_str!("../assets/page/dom.mjs"),
    include_str!("../assets/page/theme.mjs"),
    include_str!("../assets/page/codec.mjs"),
    include_str!("../assets/page/csv.mjs"),
    include_str!("../assets/page/words.mjs"),
    include_str!("../assets/page/query.mjs"),
    include_str!("../assets/page/dots.mjs"),
    include_str!("../assets/page/bars.mjs"),
    include_str!("../assets/page/matrix.mjs"),
    include_str!("../assets/page/trend.mjs"),
    include_str!("../assets/page/network.mjs"),
    include_str!("../assets/page/groups.mjs"),
    include_str!("../assets/page/coded.mjs"),
    include_str!("../assets/page/compared.mjs"),
    include_str!("../assets/page/together.mjs"),
    include_str!("../assets/page/figures.mjs"),
    include_str!("../assets/page/card.mjs"),
    include_str!("../assets/page/lines.mjs"),
    include_str!("../assets/page/export.mjs"),
    include_str!("../assets/page/panel.mjs"),
    include_str!("../assets/page/explorer.mjs"),
    include_str!("../assets/page/reader.mjs"),
    include_str!("../assets/page/app.mjs"),
];

/// A table of the page, and the file it comes from.
#[derive(Debug, Default, Serialize)]
pub(super) struct PageTable {
    pub heading: String,
    pub grid: Grid,
    /// Whether it is shown at once.
    pub open: bool,
    /// A file beside the page.
    pub csv: String,
}

/// The whole page.
///
/// # Errors
/// None that an input can cause: the template is a part of the program.
pub(super) fn page(facts: &Facts<'_>, groups: &GroupChoice) -> Result<String> {
    let script = html::script(&MODULES);
    let policy = html::policy(STYLE, &script);
    let mut environment = Environment::new();
    let failed = |error: minijinja::Error| Error::Output(format!("cannot make `report.html`: {error:#}"));
    environment.add_template("report.html", TEMPLATE).map_err(failed)?;
    let template = environment.get_template("report.html").map_err(failed)?;
    let failed_to_pack = || Error::io("make", "report.html");
    let hits = match facts.texts {
        Some(texts) => {
            let hits = payload::hits(texts, facts.study, facts.options.text);
            Some(payload::packed(&hits).map_err(failed_to_pack())?)
        }
        None => None,
    };
    let mut page = template
        .render(context! {
            policy,
            style => STYLE,
            script,
            version => env!("CARGO_PKG_VERSION"),
            fingerprint => facts.study.codebook.fingerprint,
            title => overview::title(facts),
            corpus => overview::corpus(facts, groups),
            answers => answers(facts, groups),
            caveats => overview::caveats(facts, groups),
            filters => overview::filters(facts),
            read => overview::tables(facts, groups),
            text_note => text_note(facts),
            has_ledger => facts.is_written("mentions"),
            tables => payload::packed(&payload::tables(facts, groups)).map_err(failed_to_pack())?,
            hits,
        })
        .map_err(failed)?;
    // A name with an unclosed direction mark would turn its neighbours around, in headings and menus too.
    page.retain(|c| !turns_around(c));
    Ok(page)
}

/// What of the texts is not in the page, and how to get it.
fn text_note(facts: &Facts<'_>) -> String {
    let Some(texts) = facts.texts else {
        return "This page was made from counts alone: it holds no hit and no sentence. A tally made with --parts, and \
                tables made with its parts, give a page that does."
            .into();
    };
    let all = "mentions.csv has every hit with its place";
    match (facts.options.text, texts.depth) {
        (_, Depth::Sample) => format!(
            "This corpus is too large for one page: it holds the hits of {} of its {} articles, chosen by a hash of their ids, \
             with their sentences. {all}.",
            texts.articles.len(),
            texts.articles_total
        ),
        (ReportText::None, _) => {
            format!(
                "This page holds no text of the articles (--report-text none): it shows where each hit stands. {all}."
            )
        }
        (ReportText::Hits, _) => {
            format!(
                "This page holds the sentences with framing terms and contested names, not whole articles (--report-text hits). {all}."
            )
        }
        (ReportText::All, Depth::Sentences) => {
            format!(
                "Whole articles would be too large for one page: it holds the sentences with framing terms and contested names. {all}."
            )
        }
        (ReportText::All, Depth::Articles) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_modules_of_the_script_fit_together() {
        crate::html::tests::assert_modules_fit(&super::MODULES);
    }
}
